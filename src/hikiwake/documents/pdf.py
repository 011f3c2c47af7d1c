"""A document as a PDF, set by Typst in Noto Sans CJK, which has Latin, Cyrillic and Japanese.

What people named reaches the template as data, never as markup, so that no name can be a command.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import noto_cjk_sans_jp_regular as font
import typst

from hikiwake.documents.columns import is_form, shares
from hikiwake.explain.language.telling import BULLET, Section
from hikiwake.explain.statement import Document


def pdf(document: Document) -> bytes:
    """Return a document as a PDF file."""
    *notices, title = document.title.split("\n")
    data = {
        "language": document.language,
        "notices": notices,
        "title": title,
        "sections": [_section(section) for section in document.sections],
        "foot": list(document.foot),
    }
    fonts: list[Any] = [str(Path(str(font.FONT_PATH)).parent)]
    return typst.compile(
        files("hikiwake.documents").joinpath("document.typ").read_bytes(),
        font_paths=fonts,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )


def _section(section: Section) -> dict[str, Any]:
    lines = section.lines
    return {
        "heading": section.heading,
        "lines": [line for line in lines if not line.startswith(BULLET)],
        "listed": [line.removeprefix(BULLET) for line in lines if line.startswith(BULLET)],
        "columns": list(section.table.columns) if section.table else [],
        "shares": shares(section.table) if section.table else [],
        "form": section.table is not None and is_form(section.table),
        "rows": [list(row) for row in section.table.rows] if section.table else [],
    }
