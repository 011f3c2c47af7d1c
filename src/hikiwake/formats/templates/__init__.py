"""Disputes to begin with: commented files that can be settled as they stand, and then changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from hikiwake.errors import Fault, UnknownName, did_you_mean

__all__ = ["template_files", "templates"]

_HERE = Path(__file__).parent
_HEADING = re.compile(r"^(\[\[?)", re.MULTILINE)
_PRIVATE = """
# What it is worth to each of you. In one file, whoever opens it sees both: for points that stay
# private, begin with a folder, where everybody has a file of their own.
"""


def templates() -> tuple[str, ...]:
    """Return the names of the templates.

    Examples
    --------
    >>> templates()
    ('boundary', 'co-founders', 'couple', 'two-heirs', 'workplace')
    """
    return tuple(sorted(path.parent.name for path in _HERE.glob("*/dispute.toml")))


def template_files(name: str, folder: bool = False) -> Mapping[str, str]:
    """Return the files of a template: their texts by their paths.

    Parameters
    ----------
    name
        One of :func:`templates`.
    folder
        True: the public ``dispute.toml`` and one private file a party. False: all in one file.

    Raises
    ------
    UnknownName
        If there is no template of that name.
    """
    if name not in templates():
        raise UnknownName(
            Fault(
                f"Template {name[:80]!r}",
                "no template has this name",
                f"Known: {', '.join(templates())}",
                "H3",
                did_you_mean(name, templates()) or "Use one of these.",
            )
        )
    public = _read(_HERE / name / "dispute.toml")
    files = {
        path.stem: _read(path) for path in sorted((_HERE / name / "preferences").glob("*.toml"))
    }
    if folder:
        private = {f"preferences/{party}.toml": text for party, text in files.items()}
        return {"dispute.toml": public, **private}
    parts = [_under_heading(party, text) for party, text in files.items()]
    return {f"{name}.toml": "\n".join([public + _PRIVATE, *parts])}


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _under_heading(party: str, text: str) -> str:
    """Return a preference file as a part of one file: headings moved, first words left out."""
    lines = text.splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    body = _HEADING.sub(rf"\1preferences.{party}.", "".join(lines[first:]))
    return f"[preferences.{party}]{body}"
