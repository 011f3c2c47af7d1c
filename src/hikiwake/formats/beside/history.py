"""Histories on disk: dated positions of the sides, each with its source (TOML or JSON)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import cast

from hikiwake.errors import Fault, FormatError, InputError
from hikiwake.findings.history import Entry, History, Position
from hikiwake.formats.beside.dates import why_no_date
from hikiwake.formats.beside.packages import outcome_of, party_of
from hikiwake.formats.native.files import read_text
from hikiwake.formats.native.numbers import kind
from hikiwake.formats.native.syntax import Tree, parse
from hikiwake.model import Dispute, FrozenMap, Text, Value

MAX_POSITIONS = 1_000
BEGIN = "Give the history of a dispute, or write one as docs/how-to/progress.md shows."

_UNNAMED = ("as_today", "anything")
_TOP = {"hikiwake", "history", "dispute", "illustrative", "unnamed", "entries"}
_ENTRY = {"date", "event", "source", "positions"}
_POSITION = {"party", "offers", "source", "note", "withdrawn"}


def history_file(path: Path) -> Path:
    """Return the history that a path means: the file itself, or the one in a dispute's folder.

    Raises
    ------
    FormatError
        If a folder has none (H19).
    """
    if not path.is_dir():
        return path
    files = [path / "history.toml", path / "history.json"]
    if (found := next((file for file in files if file.is_file()), None)) is None:
        found = "a folder without a history"
        raise FormatError(_fault(found, "history.toml in it", path.name, BEGIN))
    return found


def read_tree(path: Path) -> Tree:
    """Return what a history's file says, not yet read against a dispute.

    Raises
    ------
    FormatError
        If it is no history (H16, H19).
    """
    tree = parse(read_text(path, path.name), path.name)
    if tree.get("history") != 1 or tree.get("hikiwake") != 1:
        raise FormatError(
            _fault(
                "no history",
                "A file that begins with hikiwake = 1 and history = 1",
                path.name,
                BEGIN,
            )
        )
    return tree


def dispute_of(tree: Tree, path: Path) -> Path:
    """Return where the dispute of a history is: what it says, else the folder it is in."""
    named = tree.get("dispute", ".")
    if not isinstance(named, str):
        raise FormatError(_fault(kind(named), "A path, in quotes", f"{path.name}: dispute"))
    return path.parent / named


def read_history(dispute: Dispute, tree: Tree, name: str) -> History:
    """Return the history that a tree means, entries in the order of their dates.

    Raises
    ------
    InputError
        With every fault: unknown keys, parties, issues or values, dates that are none (H3, H5,
        H16, H19).
    """
    faults: list[Fault] = list(_unknown(tree, _TOP, name))
    unnamed = tree.get("unnamed", "anything")
    if unnamed not in _UNNAMED:
        faults.append(_fault("another word", f"One of {', '.join(_UNNAMED)}", f"{name}: unnamed"))
    entries: list[Entry] = []
    for n, raw in enumerate(_several(tree, "entries", name, faults), 1):
        try:
            entries.append(_entry(dispute, raw, f"{name}: entries[{n}]"))
        except InputError as error:
            faults += error.faults
    if not entries and not faults:
        faults.append(_fault("no entries", "At least one [[entries]]", name))
    if sum(len(entry.positions) for entry in entries) > MAX_POSITIONS:
        faults.append(_fault("too many positions", f"At most {MAX_POSITIONS:,}", name))
    if faults:
        raise InputError(*faults)
    in_order = tuple(sorted(entries, key=lambda entry: entry.date))
    illustrative = tree.get("illustrative") is True or dispute.illustrative
    return History(in_order, unnamed == "as_today", illustrative)


def _entry(dispute: Dispute, raw: object, where: str) -> Entry:
    tree = _table(raw, where)
    faults = list(_unknown(tree, _ENTRY, where))
    when = tree.get("date")
    if isinstance(when, date) and not isinstance(when, datetime):
        when = when.isoformat()
    if (found := _no_date(when) if "date" in tree else "nothing") is not None:
        expected = 'A date, or a year or month in quotes: "1956", "1956-10"'
        faults.append(_fault(found, expected, f"{where}.date"))
    positions: list[Position] = []
    for n, one in enumerate(_several(tree, "positions", where, faults), 1):
        try:
            positions.append(_position(dispute, one, f"{where}.positions[{n}]"))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(*faults)
    event = _text(tree.get("event", ""), f"{where}.event")
    source = _text(tree.get("source", ""), f"{where}.source")
    return Entry(str(when), event, tuple(positions), source)


def _no_date(raw: object) -> str | None:
    """Return what stands where a date should, if it is none."""
    if not isinstance(raw, str):
        return kind(raw)
    why = why_no_date(raw)
    return None if why is None else f"{raw[:40]!r}, {why}"


def require_earlier(since: str, history: History) -> None:
    """Refuse a date with which the last one of a history cannot be compared.

    Raises
    ------
    InputError
        If it is none, or before the first entry, or not before the last (H19).
    """
    first, last = history.entries[0].date, history.entries[-1].date
    if (found := _no_date(since)) is not None:
        expected = "A year, a month or a day, such as 1956 or 1956-10-19"
    elif since < first[: len(since)]:
        found, expected = f"{since!r}, before the first entry", f"{first} or later"
    elif since >= last[: len(since)]:
        found, expected = f"{since!r}, not before the last entry", f"A date before {last}"
    else:
        return
    raise InputError(Fault("Option --since", found, expected, "H19", "Change it, or leave it out."))


def _position(dispute: Dispute, raw: object, where: str) -> Position:
    tree = _table(raw, where)
    if faults := list(_unknown(tree, _POSITION, where)):
        raise InputError(*faults)
    party = party_of(dispute, tree.get("party"), f"{where}.party")
    withdrawn = tree.get("withdrawn", False) is True
    if withdrawn == ("offers" in tree):
        raise InputError(_fault("not one of both", "`offers`, or `withdrawn = true`", where))
    offers = _table(tree.get("offers", {}), f"{where}.offers")
    named: dict[str, tuple[Value, ...]] = {}
    for issue, values in offers.items():
        ways = cast("list[object]", values) if isinstance(values, list) else [values]
        if not ways:
            raise InputError(_fault("no value", "At least one", f"{where}.offers.{issue[:80]}"))
        read = [outcome_of(dispute, {issue: way}, f"{where}.offers") for way in ways]
        named[issue] = tuple(dict.fromkeys(outcome[issue] for outcome in read))
    ordered = {issue.id: named[issue.id] for issue in dispute.issues if issue.id in named}
    source = _text(tree.get("source", ""), f"{where}.source")
    note = _text(tree.get("note", ""), f"{where}.note")
    return Position(party, FrozenMap(ordered), source, note, withdrawn)


def _several(tree: Tree, key: str, where: str, faults: list[Fault]) -> list[object]:
    """Return what stands in double brackets under a key; a fault is added where it does not."""
    raw = tree.get(key, [])
    if isinstance(raw, list):
        return cast("list[object]", raw)
    expected = "Double brackets: [[entries]], and [[entries.positions]] below it"
    faults.append(_fault(kind(raw), expected, f"{where}.{key}"))
    return []


def _table(raw: object, where: str) -> Tree:
    if not isinstance(raw, dict):
        raise InputError(_fault(kind(raw), "A table", where))
    return cast(Tree, raw)


def _text(raw: object, where: str) -> Text:
    if isinstance(raw, str):
        return Text(raw)
    if isinstance(raw, dict):
        by_language = cast("dict[str, object]", raw)
        if all(isinstance(text, str) for text in by_language.values()):
            texts = {language: str(text) for language, text in by_language.items()}
            return Text.of(texts)
    raise InputError(_fault(kind(raw), "A text, or texts by language", where))


def _unknown(tree: Tree, known: set[str], where: str) -> Iterator[Fault]:
    for key in tree.keys() - known:
        yield _fault(f"an unknown key {key[:80]!r}", f"Known: {', '.join(sorted(known))}", where)


def _fault(found: str, expected: str, where: str, remedy: str = "Change it.") -> Fault:
    return Fault("The history", found, expected, "H19", remedy, where)
