"""A document as a Word file (DOCX), by way of python-docx."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document as NewDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from hikiwake.documents.columns import is_form, shares
from hikiwake.explain.language.telling import BULLET, Section, Table
from hikiwake.explain.statement import Document

LATIN, JAPANESE = "Arial", "Yu Gothic"  # a Word file names fonts that readers have; it holds none
MARGIN, PAGE = 2.5, 16.0  # centimetres: beside a table, and how wide it is
NARROW, LETTER = 0.6, 0.2  # what a narrow column has, and for each letter of its head and texts
MANY = 5  # columns: with more, letters are smaller
_LOCALE = {"en": "en-GB", "ja": "ja-JP", "ru": "ru-RU"}


def word(document: Document) -> bytes:
    """Return a document as a DOCX file."""
    made: Any = NewDocument()
    for name in ("Normal", "Title", "Heading 1", "List Bullet", "Footer"):
        _font(made.styles[name], _LOCALE.get(document.language, "en-GB"))
    made.styles["Normal"].font.size = Pt(10.5)
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(MARGIN)
    *notices, title = document.title.split("\n")
    made.core_properties.title = title
    made.core_properties.author = ""
    for notice in notices:
        made.add_paragraph().add_run(notice).italic = True
    made.add_paragraph(title, style="Title")
    for section in document.sections:
        _section(made, section)
    foot = page.footer.paragraphs[0]
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
        line = drawn.add_row()
        _keep_whole(line, head=place == 0)
        for text, cell in zip(row, line.cells, strict=True):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(text)
            run.bold = place == 0
            run.font.size = Pt(9) if len(table.columns) > MANY else None
            space = paragraph.paragraph_format
            space.space_before = space.space_after = Pt(8 if form and place else 3)
    for column, width in zip(drawn.columns, _widths(table), strict=True):
        for part in (column, *column.cells):
            part.width = Cm(width)


def _widths(table: Table) -> list[float]:
    """Return how wide columns are, in centimetres."""
    parts = shares(table)
    texts = zip(table.columns, *table.rows, strict=True)
    narrow = [
        0 if share else NARROW + LETTER * max(map(len, cells))
        for share, cells in zip(parts, texts, strict=True)
    ]
    room = (PAGE - sum(narrow)) / (sum(parts) or 1)
    return [room * share or own for share, own in zip(parts, narrow, strict=True)]


def _keep_whole(row: Any, head: bool) -> None:
    """Let a row stand on one page, and a head on each."""
    properties = row._tr.get_or_add_trPr()
    for tag in ("w:cantSplit", "w:tblHeader")[: 1 + head]:
        properties.append(properties.makeelement(qn(tag), {}))


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
