"""Writing score sheets: issue, option, points; the threshold in the last line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from fractions import Fraction
from io import BytesIO, StringIO
from itertools import chain
from typing import Any

from hikiwake.formats.decimals import decimal
from hikiwake.formats.foreign import require_library
from hikiwake.formats.foreign_writing import Exported, Listed, Plain, multiplied, plain, stems
from hikiwake.model import Amount, Dispute

MAX_NAME = 31  # letters in the name of a sheet, for Excel
MAX_DIGITS = 15  # of a number in a cell that spreadsheet programs keep

_NEEDED = ("Issue", "Option", "Points")
_PARTY, _LAST = "Party", "Threshold"
_NOT_IN_SHEETS = "[]'"

Row = tuple[str, ...]


def write_csv(dispute: Dispute, single: bool = False) -> Exported:
    """Return a CSV file for each party, or a single one with a column that names the party.

    Raises
    ------
    Unsupported
        If score sheets cannot hold the dispute (H20).
    """
    found, factors, notes = _sheets(dispute)
    if single:
        rows: list[Row] = [(_PARTY, *_NEEDED)]
        for party, label in found.parties.items():
            rows.extend((label, *row) for row in _rows(found, party, factors[party]))
        return Exported({"": _csv(rows)}, tuple(notes))
    names, other = stems(found.parties, [])
    files = {f"{names[party]}.csv": _csv(table) for party, table in _tables(found, factors, names)}
    return Exported(files, (*notes, *other))


def write_workbook(dispute: Dispute) -> Exported:
    """Return an Excel workbook with a sheet for each party.

    A number that a cell cannot hold exactly is written as a text.

    Raises
    ------
    Unsupported
        If score sheets cannot hold the dispute (H20), or openpyxl is not installed.
    """
    openpyxl: Any = require_library("openpyxl", "openpyxl", "an Excel workbook")
    found, factors, notes = _sheets(dispute)
    book = openpyxl.Workbook()
    book.remove(book.active)
    names = _sheet_names(found.parties)
    for party, table in _tables(found, factors, names):
        sheet = book.create_sheet(names[party])
        for row, cells in enumerate(table, start=1):
            for column, text in enumerate(cells, start=1):
                cell = sheet.cell(row, column)
                number = _number(text) if row > 1 and column == len(cells) else None
                cell.value = text if number is None else number
                if number is None:
                    cell.data_type = "s"  # never a formula
        for letter, width in zip("ABCD", (30, 30, 12, 12), strict=True):
            sheet.column_dimensions[letter].width = width
    out = BytesIO()
    book.save(out)
    return Exported({"": out.getvalue()}, tuple(notes))


def _sheets(dispute: Dispute) -> tuple[Plain, Mapping[str, int], list[str]]:
    found = plain(dispute, "score sheets", _never)

    def numbers(party: str) -> Iterator[Fraction]:
        return chain(*found.points(party), [found.walk_away[party]])

    factors, notes = multiplied(found, numbers)
    return found, factors, [*found.notes, *notes]


def _never(amount: Amount) -> bool:
    return False


def _tables(
    found: Plain, factors: Mapping[str, int], names: Mapping[str, str]
) -> Iterator[tuple[str, list[Row]]]:
    """Yield each party's table, with its name in a column where the file's name is another."""
    for party, label in found.parties.items():
        rows: list[Row] = [_NEEDED, *_rows(found, party, factors[party])]
        if names[party] != label:
            rows = [(_PARTY if not n else label, *row) for n, row in enumerate(rows)]
        yield party, rows


def _rows(found: Plain, party: str, factor: int) -> Iterator[Row]:
    for subject in found.subjects:
        assert isinstance(subject, Listed)
        for value, points in zip(subject.values, subject.points[party], strict=True):
            yield subject.label, value, decimal(points * factor)
    yield _LAST, "", decimal(found.walk_away[party] * factor)


def _csv(rows: list[Row]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _sheet_names(parties: Mapping[str, str]) -> dict[str, str]:
    found, _ = stems(parties, ["history"])
    taken: set[str] = {"history"}
    for party, stem in found.items():
        plainly = "".join("_" if c in _NOT_IN_SHEETS else c for c in stem)
        name, times = plainly[:MAX_NAME].strip(), 1
        while name.casefold() in taken:
            times += 1
            ending = f" ({times})"
            name = plainly[: MAX_NAME - len(ending)].strip() + ending
        taken.add(name.casefold())
        found[party] = name
    return found


def _number(text: str) -> int | float | None:
    """Return the number that a cell holds exactly, of up to 15 digits; None for a longer one."""
    if len(text.lstrip("-").replace(".", "").lstrip("0")) > MAX_DIGITS:
        return None
    return float(text) if "." in text else int(text)
