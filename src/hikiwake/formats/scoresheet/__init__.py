"""Score sheets as teachers hand them out: CSV files or an Excel workbook (H20).

Each line gives an issue, an option and its points; the last one the threshold: what the party keeps
without an agreement. One sheet or file a party, a column that names the party, or a column of
points for each party.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
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
from hikiwake.formats.scoresheet.columns import MAX_ABOVE, Line, is_headed
from hikiwake.formats.scoresheet.rows import MAX_ROWS, Sheet, SheetReader
from hikiwake.formats.scoresheet.words import same
from hikiwake.formats.scoresheet.workbook import read_workbook
from hikiwake.model import Dispute, FrozenMap, Issue, Preference, Table

__all__ = ["BOOKS", "SUFFIXES", "is_scoresheet", "is_workbook", "read_scoresheet"]

SUFFIXES = (".csv", ".tsv")
BOOKS = (".xlsx", ".xlsm")
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"  # Excel before 2007, or a workbook with a password
_TOLD = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)  # Excel's own first line
_DELIMITERS = ",;\t"
_ALIKE = 0.8  # of two names of issues, so that one may be the other misspelt
_EXPECTED = (
    "A table with the headings issue, option and points above it, or the parties' names instead of "
    "points; in English, French, German, Japanese, Russian or Spanish"
)


def is_scoresheet(text: str) -> bool:
    """Tell whether a text begins with the headings of a score sheet."""
    return any(_headed(line, delimiter) for line in _top(text, 1) for delimiter in _DELIMITERS)


def is_workbook(start: bytes) -> bool:
    """Tell whether a file that begins with these bytes may be an Excel workbook."""
    return start.startswith((_ZIP, _OLE))


def read_scoresheet(source: Path) -> Dispute:
    """Return the dispute that score sheets hold: a workbook, a CSV file, or a folder of such files.

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
        sheets = _workbook(source, None, findings)
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
    for path in files_in(folder, (*SUFFIXES, *BOOKS)):
        read = _workbook if path.suffix.lower() in BOOKS else _file
        for party, sheet in read(path, path.stem, findings).items():
            known = sheets.setdefault(party, sheet)
            if known is not sheet:
                _join(known, sheet, party, findings)
    return sheets


def _join(known: Sheet, other: Sheet, party: str, findings: Findings) -> None:
    """Add what a second file says of a party: other issues, or the threshold."""
    if twice := next((issue for issue in other.points if issue in known.points), None):
        found = f"a second sheet for {party[:80]!r} with the issue {twice[:80]!r}"
        findings.wrong(other.where, f"{found} (also {known.where})", "Every issue once")
    if known.declared and other.declared:
        found = f"a second threshold for {party[:80]!r} (also {known.declared})"
        findings.wrong(other.declared, found, "One for each party")
    elif other.declared:
        known.declared, known.threshold = other.declared, other.threshold
    known.points.update(other.points)
    known.lines.update(other.lines)


def _file(path: Path, party: str | None, findings: Findings) -> dict[str, Sheet]:
    """Return the sheets in one CSV file; without a party column it is the given party's."""
    text = findings.text(path, guess=_is_likely)
    if text is None:
        return {}
    delimiter = _delimiter(_top(text, MAX_ABOVE + 1))
    if (told := _TOLD.match(text)) is not None:
        delimiter, text = told[1], f"\n{text[told.end() :]}"
    reader = SheetReader(findings, delimiter != ",", delimiter == ";", delimiter == ",")
    try:
        lines = list(_lines(text, path.name, delimiter))
    except csv.Error:
        findings.wrong(path.name, "a cell without an end", "Cells of a few words, quotes closed")
        return {}
    if len(lines) > MAX_ROWS:
        limit = f"At most {MAX_ROWS}"
        findings.wrong(path.name, f"{len(lines)} lines", limit, "Use fewer.", "H16")
        return {}
    if lines and not reader.read(lines, path.name, party):
        findings.wrong(path.name, "no score sheet", _EXPECTED)
    return reader.sheets


def _top(text: str, most: int) -> list[str]:
    """Return the first lines with something in them."""
    lines = (line[:10_000] for line in text.splitlines() if line.strip())
    return list(islice(lines, most))


def _headed(line: str, delimiter: str) -> bool:
    cells = next(csv.reader([line], delimiter=delimiter), [])
    return is_headed(Line("", tuple(cells)))


def _is_likely(text: str) -> bool:
    """Tell whether a text that was decoded by a guess has headings that are known."""
    top = _top(text, MAX_ABOVE + 1)
    return any(_headed(line, delimiter) for line in top for delimiter in _DELIMITERS)


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


def _workbook(path: Path, party: str | None, findings: Findings) -> dict[str, Sheet]:
    """Return the sheets in one workbook; the party's, if it is given and there is only one."""
    reader = SheetReader(findings, decimal_comma=True)
    found = False
    sheets = list(read_workbook(path))
    alone = party if sum(bool(shown and lines) for _, shown, lines in sheets) == 1 else None
    for name, shown, lines in sheets:
        if not shown:
            findings.notes.append(f"A hidden sheet is ignored: {name[:80]!r}.")
        elif reader.read(lines, f"{path.name}, sheet {name[:80]!r}", alone or name):
            found = True
        else:
            findings.notes.append(f"No score sheet, ignored: sheet {name[:80]!r}.")
    if not found:
        findings.wrong(path.name, "no score sheet", _EXPECTED)
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
    _require_common(sheets, listed, findings)
    taken: set[str] = set()
    made = {name: choice_of(name, list(options), taken) for name, options in listed.items()}
    issues: list[Issue] = [issue for issue, _ in made.values()]
    return issues, {name: (issue.id, ids) for name, (issue, ids) in made.items()}


def _require_common(
    sheets: Mapping[str, Sheet], listed: Mapping[str, Mapping[str, object]], findings: Findings
) -> None:
    """Refuse sheets with no issue in common, and an issue that seems to be written in two ways."""
    scored = Counter(issue for sheet in sheets.values() for issue in sheet.points)
    lonely = [issue for issue, times in scored.items() if times == 1]
    for sheet in sheets.values():
        own = [issue for issue in lonely if issue in sheet.points]
        missing = [issue for issue in listed if issue not in sheet.points]
        alike = ((a, b) for a in own for b in missing if listed[a].keys() == listed[b].keys())
        for issue, other in alike:
            if get_close_matches(same(issue), [same(other)], cutoff=_ALIKE):
                found = f"the issue {issue[:80]!r}, which reads {other[:80]!r} in another sheet"
                expected = "Every party scores the same issues, written alike"
                findings.wrong(_place(sheet, issue), found, expected, "Write it alike.", "H2")
    if len(lonely) == len(scored):
        last = list(sheets.values())[-1]
        found = "no issue that another party scores as well"
        findings.wrong(last.where, found, "Every party scores the same issues, written alike")


def _place(sheet: Sheet, issue: str) -> str:
    return next((place for (name, _), place in sheet.lines.items() if name == issue), sheet.where)


def _differ(
    sheet: Sheet, issue: str, missing: list[str], extra: list[str], findings: Findings
) -> None:
    found = f"issue {issue[:80]!r}: "
    where = _place(sheet, issue)
    if missing:
        found += f"no points for {missing[0][:80]!r}"
    else:
        found += f"the option {extra[0][:80]!r}, which an earlier sheet lacks"
        where = sheet.lines[issue, extra[0]]
    near = did_you_mean(missing[0], extra) if missing else ""
    remedy = f"{near} Write it alike in every sheet.".strip()
    expected = "Every party scores the same options"
    findings.wrong(where, found, expected, remedy, "H2")


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
