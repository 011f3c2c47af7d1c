"""Rows of a score sheet: which columns there are, and what each line says."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from hikiwake.formats.foreign import Findings
from hikiwake.formats.scoresheet.cells import (
    TOTALS,
    heading_of,
    points_of,
    tells_threshold,
)

MAX_ROWS = 100_000
MAX_COLUMNS = 20
MAX_ABOVE = 10  # lines above the headings: a title, whose sheet it is

_NEEDED = ("issue", "option", "points")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet: the place that a fault names, and the text of each cell."""

    where: str
    cells: tuple[str, ...]

    def cell(self, column: int | None) -> str:
        """Return the tidy text of a cell, empty if there is none."""
        if column is None or column >= len(self.cells):
            return ""
        return " ".join(unicodedata.normalize("NFC", self.cells[column]).split())


@dataclass(slots=True)
class Sheet:
    """One party's scores: issue → option → points, and its threshold if it declares one."""

    where: str
    points: dict[str, dict[str, Fraction]] = field(default_factory=dict[str, "dict[str, Fraction]"])
    threshold: Fraction | None = None
    declared: bool = False


def columns_of(first: Line) -> dict[str, int] | None:
    """Return which column holds what, by the headings of a first line; None if it has none.

    Examples
    --------
    >>> columns_of(Line("", ("Issue", "Option", "Points")))
    {'issue': 0, 'option': 1, 'points': 2}
    >>> columns_of(Line("", ("Price", "high", "40")))
    """
    found: dict[str, int] = {}
    for place in range(min(len(first.cells), MAX_COLUMNS)):
        name = heading_of(first.cell(place))
        if name is not None and name not in found:
            found[name] = place
    return found if all(name in found for name in _NEEDED) else None


def headings_in(lines: Sequence[Line]) -> tuple[int, dict[str, int]] | None:
    """Return where the headings stand among the first lines, and which column holds what."""
    for place, line in enumerate(lines[: MAX_ABOVE + 1]):
        if (columns := columns_of(line)) is not None:
            return place, columns
    return None


class SheetReader:
    """Reads lines into the sheets of the parties that they belong to."""

    def __init__(
        self, findings: Findings, decimal_comma: bool = False, point_parts: bool = False
    ) -> None:
        self.sheets: dict[str, Sheet] = {}
        self.findings = findings
        self.decimal_comma, self.point_parts = decimal_comma, point_parts
        self._issue = ""
        self._columns: dict[str, int] = {}

    def read(self, lines: Iterable[Line], where: str, party: str | None) -> bool:
        """Read one file or sheet; ``party`` is whose it is if it has no column for that.

        Returns
        -------
        False if it is no score sheet: then nothing was read.
        """
        rows = [line for line in lines if any(cell.strip() for cell in line.cells)]
        columns, rest = self._headed(rows, where)
        if columns is None:
            return False
        self._columns, self._issue = columns, ""
        current = party or ""
        for line in rest:
            if "party" in columns:
                named = line.cell(columns["party"])
                self._issue = self._issue if named in ("", current) else ""
                current = named or current
            if not current:
                found, expected = "a line that belongs to nobody", "A name under the party heading"
                self.findings.wrong(line.where, found, expected)
                continue
            self._line(line, self.sheets.setdefault(current, Sheet(where)))
        return True

    def _headed(
        self, rows: Sequence[Line], where: str
    ) -> tuple[dict[str, int] | None, Sequence[Line]]:
        found = headings_in(rows)
        if found is not None:
            above, columns = found
            if above:
                self.findings.notes.append(f"{where}: what stands above the headings is ignored.")
            return columns, rows[above + 1 :]
        plain = [rows[0].cell(n) for n in range(3)] if rows else ["", "", ""]
        try:
            self._number(plain[2])
        except ValueError:
            return None, ()
        unheaded = {name: place for place, name in enumerate(_NEEDED)}
        return (unheaded, rows) if plain[0] and plain[1] else (None, ())

    def _line(self, line: Line, sheet: Sheet) -> None:
        issue, option, points = (line.cell(self._columns[name]) for name in _NEEDED)
        if tells_threshold(issue, option):
            self._threshold(line, points, sheet)
        elif not option and issue.casefold().rstrip(": ") in TOTALS:
            note = f"{sheet.where}: lines with totals are ignored."
            self.findings.notes.append(note)
        elif not option and not points:
            self._issue = issue or self._issue
        elif not option:
            expected = "An option, or the word threshold for what is kept without an agreement"
            self.findings.wrong(line.where, "points without an option", expected)
        else:
            self._issue = issue or self._issue
            self._option(line, option, points, sheet)

    def _threshold(self, line: Line, points: str, sheet: Sheet) -> None:
        if sheet.declared:
            self.findings.wrong(line.where, "a second threshold", "One for each party")
        sheet.declared = True
        sheet.threshold = self._points(line, points, "the threshold")

    def _option(self, line: Line, option: str, points: str, sheet: Sheet) -> None:
        if not self._issue:
            self.findings.wrong(line.where, "an option without an issue", "The issue beside it")
            return
        options = sheet.points.setdefault(self._issue, {})
        if option in options:
            found = f"issue {self._issue[:80]!r} has the option {option[:80]!r} twice"
            self.findings.wrong(line.where, found, "Every option once")
            return
        options[option] = self._points(line, points, f"what stands for {option[:80]!r}")

    def _points(self, line: Line, text: str, what: str) -> Fraction:
        try:
            if not text:
                raise ValueError("nothing, or a formula that was never computed")
            return self._number(text)
        except ValueError as error:
            expected = 'A number, such as 12, 12.5 or "1/3"'
            self.findings.wrong(line.where, f"{what} is {error}", expected, convention="H1")
            return Fraction(0)

    def _number(self, text: str) -> Fraction:
        return points_of(text, self.decimal_comma, self.point_parts)
