"""Rows of a score sheet: what each line says, and whose points it gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from hikiwake.formats.foreign import Findings
from hikiwake.formats.scoresheet.cells import plainly, points_of, tells_threshold
from hikiwake.formats.scoresheet.columns import Columns, Line, columns_of, headings_in, letter
from hikiwake.formats.scoresheet.words import TOTALS

MAX_ROWS = 100_000

_BLANK = "nothing: an empty or merged cell, or a formula that was never computed"
_WITHOUT_HEADINGS = Columns(issue=0, option=1, points={"": 2})


@dataclass(slots=True)
class Sheet:
    """One party's scores: issue → option → points, and its threshold if it declares one.

    ``lines`` says where each option of an issue stands.
    """

    where: str
    points: dict[str, dict[str, Fraction]] = field(default_factory=dict[str, "dict[str, Fraction]"])
    lines: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    threshold: Fraction | None = None
    declared: str = ""


@dataclass(slots=True)
class _Blank:
    """A cell without points, beside others that have some."""

    sheet: Sheet
    issue: str
    option: str
    where: str


class SheetReader:
    """Reads lines into the sheets of the parties that they belong to.

    Parameters
    ----------
    findings
        Where faults and notes are kept.
    decimal_comma, point_parts
        How numbers are read: see :func:`hikiwake.formats.scoresheet.cells.points_of`.
    commas_part
        Whether commas part the cells, so that one inside a number parts that.
    """

    def __init__(
        self,
        findings: Findings,
        decimal_comma: bool = False,
        point_parts: bool = False,
        commas_part: bool = False,
    ) -> None:
        self.sheets: dict[str, Sheet] = {}
        self.findings = findings
        self.decimal_comma, self.point_parts = decimal_comma, point_parts
        self.commas_part = commas_part
        self._issue = ""
        self._columns = _WITHOUT_HEADINGS
        self._width = 0
        self._blank: list[_Blank] = []

    def read(self, lines: Iterable[Line], where: str, party: str | None) -> bool:
        """Read one file or sheet; ``party`` is whose it is if nothing in it says so.

        Returns
        -------
        False if it is no score sheet: then nothing was read.
        """
        rows = [line for line in lines if any(cell.strip() for cell in line.cells)]
        faults = len(self.findings.broken)
        rest = self._headed(rows, where)
        if rest is None:
            return len(self.findings.broken) > faults
        if party is None and self._columns.party is None and "" in self._columns.points:
            found = "no heading `party`, and no folder with a file for each party"
            expected = "A column that says whose points they are, or one of points for each party"
            self.findings.wrong(where, found, expected)
            return True
        self._issue, self._blank = "", []
        current = party or ""
        for line in rest:
            if self._columns.party is not None:
                named = line.cell(self._columns.party)
                self._issue = self._issue if named in ("", current) else ""
                current = named or current
            if not current and self._columns.party is not None:
                found, expected = "a line that belongs to nobody", "A name under the party heading"
                self.findings.wrong(line.where, found, expected)
                continue
            self._line(line, self._owners(where, current))
        self._settle_blanks()
        return True

    def _owners(self, where: str, current: str) -> dict[int, Sheet]:
        """Return whose points stand in which column of a line."""
        found: dict[int, Sheet] = {}
        for name, column in self._columns.points.items():
            whole = f"{where}, column {letter(column)} {name[:80]!r}" if name else where
            found[column] = self.sheets.setdefault(name or current, Sheet(whole))
        return found

    def _headed(self, rows: Sequence[Line], where: str) -> Sequence[Line] | None:
        above = headings_in(rows)
        if above is None:
            plain = [rows[0].cell(n) for n in range(3)] if rows else ["", "", ""]
            self._columns, self._width = _WITHOUT_HEADINGS, 3
            return rows if plain[0] and plain[1] and self._is_number(plain[2]) else None
        head, rest = rows[above], rows[above + 1 :]
        columns, ignored, faults = columns_of(head, rest, self._is_number)
        self._columns = columns
        self._width = max(n for n in range(len(head.cells)) if head.cell(n)) + 1
        for fault in faults:
            self.findings.wrong(
                fault.where, fault.found, fault.expected, fault.remedy, fault.convention
            )
        if faults or not columns.points:
            return None
        if above:
            self.findings.notes.append(f"{where}: what stands above the headings is ignored.")
        if ignored:
            names = ", ".join(repr(head.cell(n)[:80]) for n in ignored[:10])
            self.findings.notes.append(f"{where}: columns that are ignored: {names}.")
        return rest

    def _line(self, line: Line, owners: Mapping[int, Sheet]) -> None:
        issue, option = line.cell(self._columns.issue), line.cell(self._columns.option)
        filled = any(line.cell(column) for column in owners)
        self._require_no_parted_number(line, owners)
        if tells_threshold(issue, option):
            for column, sheet in owners.items():
                self._threshold(line, column, sheet)
        elif not option and plainly(issue) in TOTALS:
            for sheet in owners.values():
                self.findings.notes.append(f"{sheet.where}: lines with totals are ignored.")
        elif not option and not filled:
            self._issue = issue or self._issue
        elif not option:
            expected = "An option, or the word threshold for what is kept without an agreement"
            self.findings.wrong(line.where, "points without an option", expected)
        else:
            self._issue = issue or self._issue
            if not self._issue:
                expected = "The issue beside it"
                self.findings.wrong(line.where, "an option without an issue", expected)
                return
            for column, sheet in owners.items():
                self._option(line, option, column, sheet)

    def _require_no_parted_number(self, line: Line, owners: Mapping[int, Sheet]) -> None:
        """Refuse ``12,5`` where commas part the cells: it would be read as 12."""
        if not self.commas_part or not any(line.cells[self._width :]):
            return
        after = [line.cell(n) for n in range(min(owners) + 1, len(line.cells))]
        if any(cell.isdecimal() for cell in after):
            expected = "A decimal point, or such a number in quotes, where commas part the cells"
            where = line.place(self._width)
            self.findings.wrong(where, "more cells than there are headings", expected)

    def _threshold(self, line: Line, column: int, sheet: Sheet) -> None:
        where = line.place(column)
        if sheet.declared:
            found = f"a second threshold (also {sheet.declared})"
            self.findings.wrong(where, found, "One for each party")
        sheet.declared = where
        sheet.threshold = self._points(line, column, "the threshold")

    def _option(self, line: Line, option: str, column: int, sheet: Sheet) -> None:
        options = sheet.points.setdefault(self._issue, {})
        if option in options:
            first = sheet.lines[self._issue, option]
            found = (
                f"issue {self._issue[:80]!r} has the option {option[:80]!r} twice (also {first})"
            )
            self.findings.wrong(line.place(column), found, "Every option once")
            return
        sheet.lines[self._issue, option] = line.place(column)
        if not line.cell(column) and len(self._columns.points) > 1:
            self._blank.append(_Blank(sheet, self._issue, option, line.place(column)))
            options[option] = Fraction(0)
        else:
            options[option] = self._points(line, column, f"what stands for {option[:80]!r}")

    def _settle_blanks(self) -> None:
        """Take an issue from a party that scores none of its options; refuse other blanks (H2)."""
        by_issue: dict[tuple[int, str], list[_Blank]] = {}
        for blank in self._blank:
            by_issue.setdefault((id(blank.sheet), blank.issue), []).append(blank)
        for blanks in by_issue.values():
            scores = blanks[0].sheet.points
            if len(blanks) == len(scores[blanks[0].issue]):
                del scores[blanks[0].issue]
                continue
            for blank in blanks:
                found = f"what stands for {blank.option[:80]!r} is {_BLANK}"
                expected = "Points for every option of an issue, or for none"
                self.findings.wrong(blank.where, found, expected, convention="H2")

    def _points(self, line: Line, column: int, what: str) -> Fraction:
        try:
            text = line.cell(column)
            if not text:
                raise ValueError(_BLANK)
            return self._number(text)
        except ValueError as error:
            expected = 'A number, such as 12, 12.5 or "1/3"'
            self.findings.wrong(line.place(column), f"{what} is {error}", expected, convention="H1")
            return Fraction(0)

    def _number(self, text: str) -> Fraction:
        return points_of(text, self.decimal_comma, self.point_parts)

    def _is_number(self, text: str) -> bool:
        try:
            self._number(text)
        except ValueError:
            return False
        return True
