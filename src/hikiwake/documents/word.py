"""A document as a Word file (DOCX), by way of python-docx."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document as NewDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from hikiwake.documents.columns import is_form, shares
from hikiwake.explain.statement import Document
from hikiwake.explain.telling import BULLET, Section, Table

LATIN, JAPANESE = "Arial", "Yu Gothic"  # a Word file names fonts that readers have; it holds none
PAGE, NARROW = 15.2, 2.0  # centimetres that a table, and a narrow column, are wide
_LOCALE = {"en": "en-GB", "ja": "ja-JP", "ru": "ru-RU"}


def word(document: Document) -> bytes:
    """Return a document as a DOCX file."""
    made: Any = NewDocument()
    for name in ("Normal", "Title", "Heading 1", "List Bullet", "Footer"):
        _font(made.styles[name], _LOCALE.get(document.language, "en-GB"))
    made.styles["Normal"].font.size = Pt(10.5)
    *notices, title = document.title.split("\n")
    made.core_properties.title = title
    made.core_properties.author = ""
    for notice in notices:
        made.add_paragraph().add_run(notice).italic = True
    made.add_paragraph(title, style="Title")
    for section in document.sections:
        _section(made, section)
    foot = made.sections[0].footer.paragraphs[0]
    foot.text = "\n".join(document.foot)
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in foot.runs:
        run.font.size = Pt(8)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def _section(made: Any, section: Section) -> None:
    if section.heading:
        made.add_paragraph(section.heading, style="Heading 1")
    for line in section.lines:
        listed = line.startswith(BULLET)
        style = "List Bullet" if listed else "Normal"
        made.add_paragraph(line.removeprefix(BULLET), style=style)
    if section.table is not None:
        _table(made, section.table)


def _table(made: Any, table: Table) -> None:
    drawn = made.add_table(rows=0, cols=len(table.columns), style="Table Grid")
    form = is_form(table)
    for place, row in enumerate((table.columns, *table.rows)):
        for text, cell in zip(row, drawn.add_row().cells, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.add_run(text).bold = place == 0
            space = paragraph.paragraph_format
            space.space_before = space.space_after = Pt(8 if form and place else 3)
    parts = shares(table)
    room = (PAGE - NARROW * parts.count(0)) / (sum(parts) or 1)
    for column, share in zip(drawn.columns, parts, strict=True):
        for part in (column, *column.cells):
            part.width = Cm(room * share or NARROW)


def _font(style: Any, locale: str) -> None:
    style.font.name = LATIN
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(kind), LATIN)
    fonts.set(qn("w:eastAsia"), JAPANESE)
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    names = {qn("w:val"): locale, qn("w:eastAsia"): locale}
    properties.append(properties.makeelement(qn("w:lang"), names))
