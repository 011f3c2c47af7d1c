"""A small TOML writer: texts, whole numbers, truth values, lists, tables. No floats, no dates."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

Path = tuple[str, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def _never(path: Path) -> bool:
    return not path


def dumps(data: Mapping[str, Any], short: Callable[[Path], bool] = _never) -> str:
    """Return a table as a TOML document.

    Parameters
    ----------
    data
        Texts, whole numbers, truth values, lists and tables of them.
    short
        Tells by its path whether a table is written on one line.

    Examples
    --------
    >>> print(dumps({"title": "Two", "issues": [{"id": "a", "points": {"ann": 1}}]}), end="")
    title = "Two"
    <BLANKLINE>
    [[issues]]
    id = "a"
    <BLANKLINE>
    [issues.points]
    ann = 1
    """
    return "\n".join(_table(data, (), short)).strip("\n") + "\n"


def _table(table: Mapping[str, Any], path: Path, short: Callable[[Path], bool]) -> Iterator[str]:
    headed = {k: v for k, v in table.items() if _is_headed(v) and not short((*path, k))}
    for key, value in table.items():
        if key not in headed:
            yield f"{_key(key)} = {inline(value)}"
    for key, value in headed.items():
        inner = (*path, key)
        heading = ".".join(_key(part) for part in inner)
        listed = isinstance(value, list)
        for entry in cast("list[Any]", value) if listed else [value]:
            lines = list(_table(entry, inner, short))
            if listed or not lines or lines[0]:
                yield ""
                yield f"[[{heading}]]" if listed else f"[{heading}]"
            yield from lines


def _is_headed(value: Any) -> bool:
    """Tell whether a value stands under a heading: a table, or a list of nothing but tables."""
    if isinstance(value, list):
        entries = cast("list[Any]", value)
        return bool(entries) and all(isinstance(entry, dict) for entry in entries)
    return isinstance(value, dict)


def inline(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return f"[{', '.join(inline(entry) for entry in cast('list[Any]', value))}]"
    entries = cast("Mapping[str, Any]", value).items()
    inner = ", ".join(f"{_key(key)} = {inline(entry)}" for key, entry in entries)
    return f"{{ {inner} }}" if inner else "{}"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
