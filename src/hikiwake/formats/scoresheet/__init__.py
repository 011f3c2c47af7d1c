"""Score sheets as teachers hand them out: CSV files or an Excel workbook (H20).

Each line gives an issue, an option and its points; the last one the threshold: what the party keeps
without an agreement. One sheet or file a party, or a column that names the party.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from io import StringIO
from itertools import islice
from pathlib import Path

from hikiwake.errors import did_you_mean
from hikiwake.formats.foreign import (
    Findings,
    assembled,
    choice_of,
    files_in,
    party_ids,
    require_parties,
)
from hikiwake.formats.scoresheet.rows import (
    MAX_ABOVE,
    MAX_ROWS,
    Line,
    Sheet,
    SheetReader,
    columns_of,
    headings_in,
)
from hikiwake.formats.scoresheet.workbook import read_workbook
from hikiwake.model import Dispute, FrozenMap, Issue, Preference, Table

__all__ = ["SUFFIXES", "is_scoresheet", "is_workbook", "read_scoresheet"]

SUFFIXES = (".csv", ".tsv")
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"  # Excel before 2007, or a workbook with a password
_TOLD = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)  # Excel's own first line
_DELIMITERS = ",;\t"
_HEADINGS = "the headings issue, option and points above it"


def is_scoresheet(text: str) -> bool:
    """Tell whether a text begins with the headings of a score sheet."""
    return any(_headed(line, delimiter) for line in _top(text, 1) for delimiter in _DELIMITERS)


def is_workbook(start: bytes) -> bool:
    """Tell whether a file that begins with these bytes may be an Excel workbook."""
    return start.startswith((_ZIP, _OLE))


def read_scoresheet(source: Path) -> Dispute:
    """Return the dispute that score sheets hold: a workbook, a CSV file, or a folder of CSV files.

    Every party must score the same options of an issue; an issue that one party leaves out does
    not matter to it. A party without a threshold is noted (H4).

    Raises
    ------
    FormatError
        With every broken place: which file, which line, what was expected (H20).
    Unsupported
        If a library that is needed to read a workbook is missing.
    """
    findings = Findings()
    if source.is_dir():
        sheets = _folder(source, findings)
    elif is_workbook(_start(source)):
        sheets = _workbook(source, findings)
    else:
        sheets = _file(source, None, findings)
    findings.settle()
    sheets = {party: sheet for party, sheet in sheets.items() if sheet.points}
    require_parties(source, list(sheets), "score sheet")
    issues, options = _issues(sheets, findings)
    findings.settle()
    parties = party_ids(list(sheets))
    preferences = {
        name: _preference(parties[name].id, sheet, options, findings)
        for name, sheet in sheets.items()
    }
    title = source.resolve().name if source.is_dir() else source.stem
    return assembled(title, parties, issues, preferences, findings.notes)


def _folder(folder: Path, findings: Findings) -> dict[str, Sheet]:
    sheets: dict[str, Sheet] = {}
    for path in files_in(folder, SUFFIXES):
        for party, sheet in _file(path, path.stem, findings).items():
            if party in sheets:
                found = f"a second sheet for {party[:80]!r} (also {sheets[party].where})"
                findings.wrong(path.name, found, "One for each party")
            sheets[party] = sheet
    return sheets


def _file(path: Path, party: str | None, findings: Findings) -> dict[str, Sheet]:
    """Return the sheets in one CSV file; without a party column it is the given party's."""
    text = findings.text(path, guess=True)
    if text is None:
        return {}
    delimiter = _delimiter(_top(text, MAX_ABOVE + 1))
    if (told := _TOLD.match(text)) is not None:
        delimiter, text = told[1], f"\n{text[told.end() :]}"
    reader = SheetReader(findings, decimal_comma=delimiter != ",", point_parts=delimiter == ";")
    try:
        lines = list(_lines(text, path.name, delimiter))
    except csv.Error:
        findings.wrong(path.name, "a cell without an end", "Cells of a few words, quotes closed")
        return {}
    if len(lines) > MAX_ROWS:
        limit = f"At most {MAX_ROWS}"
        findings.wrong(path.name, f"{len(lines)} lines", limit, "Use fewer.", "H16")
        return {}
    _, columns = headings_in(lines) or (0, {})
    if party is None and lines and "party" not in columns:
        found = "no heading `party`, and no folder with a file for each party"
        findings.wrong(path.name, found, "A column that says whose points they are")
    elif not reader.read(lines, path.name, party):
        findings.wrong(path.name, "no score sheet", f"A table with {_HEADINGS}")
    return reader.sheets


def _top(text: str, most: int) -> list[str]:
    """Return the first lines with something in them."""
    lines = (line[:10_000] for line in text.splitlines() if line.strip())
    return list(islice(lines, most))


def _headed(line: str, delimiter: str) -> bool:
    cells = next(csv.reader([line], delimiter=delimiter), [])
    return columns_of(Line("", tuple(cells))) is not None


def _delimiter(top: list[str]) -> str:
    """Return what parts the cells: what makes headings of a line, else the most frequent."""
    for line in top:
        for delimiter in _DELIMITERS:
            if _headed(line, delimiter):
                return delimiter
    return max(_DELIMITERS, key=top[0].count) if top else ","


def _lines(text: str, name: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield Line(f"{name} line {reader.line_num}", tuple(cells))


def _workbook(path: Path, findings: Findings) -> dict[str, Sheet]:
    reader = SheetReader(findings, decimal_comma=True)
    for name, shown, lines in read_workbook(path):
        if not shown:
            findings.notes.append(f"A hidden sheet is ignored: {name[:80]!r}.")
        elif not reader.read(lines, f"sheet {name[:80]!r}", name):
            findings.notes.append(f"No score sheet, ignored: sheet {name[:80]!r}.")
    return reader.sheets


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(8)
    except OSError:
        return b""


def _issues(
    sheets: Mapping[str, Sheet], findings: Findings
) -> tuple[list[Issue], dict[str, tuple[str, dict[str, str]]]]:
    """Return the issues, and by the name of each its id and the ids of its options."""
    listed: dict[str, Mapping[str, object]] = {}
    for sheet in sheets.values():
        for issue, points in sheet.points.items():
            known = listed.setdefault(issue, points)
            missing = [option for option in known if option not in points]
            extra = [option for option in points if option not in known]
            if missing or extra:
                _differ(sheet, issue, missing, extra, findings)
    taken: set[str] = set()
    made = {name: choice_of(name, list(options), taken) for name, options in listed.items()}
    issues: list[Issue] = [issue for issue, _ in made.values()]
    return issues, {name: (issue.id, ids) for name, (issue, ids) in made.items()}


def _differ(
    sheet: Sheet, issue: str, missing: list[str], extra: list[str], findings: Findings
) -> None:
    found = f"issue {issue[:80]!r}: "
    if missing:
        found += f"no points for {missing[0][:80]!r}"
    else:
        found += f"the option {extra[0][:80]!r}, which an earlier sheet lacks"
    near = did_you_mean(missing[0], extra) if missing else ""
    remedy = f"{near} Write it alike in every sheet.".strip()
    expected = "Every party scores the same options"
    findings.wrong(sheet.where, found, expected, remedy, "H2")


def _preference(
    party: str,
    sheet: Sheet,
    options: Mapping[str, tuple[str, dict[str, str]]],
    findings: Findings,
) -> Preference:
    points: dict[str, Table] = {}
    for name, (issue, ids) in options.items():
        if name in sheet.points:
            scores = sheet.points[name]
            points[issue] = Table(FrozenMap({ids[o]: scores[o] for o in ids}))
        else:
            note = (
                f"{sheet.where}: the issue {name[:80]!r} is not scored; it does not matter there."
            )
            findings.notes.append(note)
    if not sheet.declared:
        findings.notes.append(f"{sheet.where}: declares no threshold (H4).")
    return Preference(party, FrozenMap(points), walk_away=sheet.threshold)
