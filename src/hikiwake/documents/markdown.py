"""A document as Markdown. What people named is text in it, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hikiwake.explain.language.telling import BULLET, Section
from hikiwake.explain.statement import Document

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")
_FIRST = re.compile(r"^(\d+)([.)])|^([+-])")


def markdown(document: Document) -> bytes:
    """Return a document as Markdown, in UTF-8."""
    *notices, title = document.title.split("\n")
    parts = [f"# {_plain(title)}", *(f"*{_plain(notice)}*" for notice in notices)]
    for section in document.sections:
        parts += _section(section)
    if document.foot:
        parts += ["---", "  \n".join(_plain(line) for line in document.foot)]
    return ("\n\n".join(parts) + "\n").encode()


def _section(section: Section) -> Iterator[str]:
    if section.heading:
        yield f"## {_plain(section.heading)}"
    listed = [line for line in section.lines if line.startswith(BULLET)]
    yield from (_plain(line) for line in section.lines if not line.startswith(BULLET))
    if listed:
        yield "\n".join(f"- {_plain(line.removeprefix(BULLET))}" for line in listed)
    if section.table is not None:
        rows = [section.table.columns, ["---"] * len(section.table.columns), *section.table.rows]
        yield "\n".join(_row(row, rule=place == 1) for place, row in enumerate(rows))


def _row(cells: Sequence[str], rule: bool) -> str:
    return f"| {' | '.join(cell if rule else _plain(cell) for cell in cells)} |"


def _plain(text: str) -> str:
    escaped = _MARKUP.sub(r"\\\1", text.replace("\n", " "))
    return _FIRST.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)
