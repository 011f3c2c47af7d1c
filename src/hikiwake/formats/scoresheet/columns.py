"""Columns of a score sheet, by their headings: one of points, or one for each party."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hikiwake.errors import Fault
from hikiwake.formats.scoresheet.cells import heading_of, plainly
from hikiwake.formats.scoresheet.words import HEADINGS, OF, TOTALS, WEIGHTS, without

MAX_COLUMNS = 120
MAX_ABOVE = 10  # lines above the headings: a title, whose sheet it is

_ASK = "Take the column out, or rename its heading."


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

    def place(self, column: int) -> str:
        """Return where a cell is, as faults name it."""
        return f"{self.where}, column {letter(column)}"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what. ``points`` leads from a party's name, or none, to its column."""

    issue: int
    option: int
    points: Mapping[str, int]
    party: int | None = None


def letter(column: int) -> str:
    """Return what spreadsheet programs call a column, counted from 0.

    Examples
    --------
    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    higher, lower = divmod(column, 26)
    return (letter(higher - 1) if higher else "") + chr(ord("A") + lower)


def is_headed(first: Line) -> bool:
    """Tell whether a line has the headings of a score sheet: issue, option, and one more.

    Examples
    --------
    >>> is_headed(Line("", ("Issue", "Option", "Points"))), is_headed(Line("", ("Price", "low")))
    (True, False)
    >>> is_headed(Line("", ("論点", "選択肢", "甲", "乙")))
    True
    """
    named = _named(first)
    if "issue" not in named or "option" not in named:
        return False
    return "points" in named or bool(_others(first, named))


def headings_in(lines: Sequence[Line]) -> int | None:
    """Return where the headings stand among the first lines, if anywhere."""
    return next((n for n, line in enumerate(lines[: MAX_ABOVE + 1]) if is_headed(line)), None)


def columns_of(
    head: Line, rest: Sequence[Line], is_number: Callable[[str], bool]
) -> tuple[Columns, list[int], list[Fault]]:
    """Return what stands in which column, the columns that are ignored, and what is ambiguous.

    Without a heading for the points, every other column to the right that holds numbers is one
    party's, named by its heading.

    Parameters
    ----------
    head, rest
        The line with the headings, and those below it.
    is_number
        Tells whether a cell holds a number.
    """
    named = _named(head)
    others = _others(head, named)
    counted = [n for n in others if any(is_number(line.cell(n)) for line in rest)]
    weights = [n for n in counted if plainly(head.cell(n)) in WEIGHTS]
    totals = [n for n in counted if plainly(head.cell(n)) in TOTALS]
    faults = [_weight(head, n) for n in weights]
    issue, option, party = named["issue"], named["option"], named.get("party")
    if "points" in named:
        points = {"": named["points"]}
        again = [n for n in counted if heading_of(head.cell(n)) == "points"]
        faults.extend(_again(head, named["points"], n, "the points") for n in again)
    else:
        points: dict[str, int] = {}
        for n in (n for n in counted if n not in (*weights, *totals) and n > max(issue, option)):
            name = party_in(head.cell(n))
            if name in points:
                faults.append(_again(head, points[name], n, f"the points of {name[:80]!r}"))
            points[name] = n
        if points and party is not None:
            faults.append(_whose(head, party, next(iter(points.values()))))
    ignored = [n for n in others if n not in points.values()]
    return Columns(issue, option, points, party), ignored, faults


def party_in(heading: str) -> str:
    """Return the party that a heading names, without what says that these are its points.

    Examples
    --------
    >>> [party_in(text) for text in ("Points of Ann", "Ben (points)", "Punkte Union", "甲の点数")]
    ['Ann', 'Ben', 'Union', '甲']
    """
    plain = heading.strip(": ")
    if plain.endswith((")", "]", "）")) and (cut := max(map(plain.rfind, "([（"))) > 0:
        plain = plain[:cut].rstrip()
    found = without(HEADINGS["points"], plain)
    return (found if found == plain else without(OF, found)) or plain


def _named(head: Line) -> dict[str, int]:
    found: dict[str, int] = {}
    for place in range(min(len(head.cells), MAX_COLUMNS)):
        name = heading_of(head.cell(place))
        if name is not None and name not in found:
            found[name] = place
    return found


def _others(head: Line, named: Mapping[str, int]) -> list[int]:
    places = range(min(len(head.cells), MAX_COLUMNS))
    return [n for n in places if head.cell(n) and n not in named.values()]


def _called(head: Line, column: int) -> str:
    return f"column {letter(column)} {head.cell(column)[:80]!r}"


def _weight(head: Line, column: int) -> Fault:
    found = f"{_called(head, column)} holds weights"
    expected = "Points as they count, with the weights multiplied in"
    return Fault("The file", found, expected, "H20", _ASK, head.where)


def _again(head: Line, first: int, second: int, what: str) -> Fault:
    found = f"{_called(head, first)} and {_called(head, second)} may both be {what}"
    expected = "One column for each party, under the party's name and in one unit"
    return Fault("The file", found, expected, "H20", _ASK, head.where)


def _whose(head: Line, party: int, column: int) -> Fault:
    found = f"{_called(head, party)} and {_called(head, column)} both say whose points they are"
    expected = "A column that names the party, or one column for each party"
    return Fault("The file", found, expected, "H20", _ASK, head.where)
