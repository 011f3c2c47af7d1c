"""The table: the folder that everybody has a copy of, all of it public but ``private/``.

``ground-rules.json``, ``dispute.toml`` (the public part), ``record.jsonl``, ``seals/``, and, where
the record is kept, ``private/``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from hikiwake.errors import InputError
from hikiwake.sealing.acts import Act, new_act
from hikiwake.sealing.canonical import as_file, malformed, read, refused
from hikiwake.sealing.checkpoint import Checkpoint
from hikiwake.sealing.ground import GroundRules
from hikiwake.sealing.keys import Keys
from hikiwake.sealing.record import Entry, Record, enter
from hikiwake.sealing.seals import Seal
from hikiwake.sealing.verify import Reading, verify

RULES, RECORD = "ground-rules.json", "record.jsonl"
SEALS, PRIVATE = "seals", "private"
MAX_RECORD = 128 * 1024 * 1024


@dataclass(slots=True)
class Table:
    """A folder with ground rules and a record that holds."""

    folder: Path
    record: Record
    size: int

    @property
    def rules(self) -> GroundRules:
        """What everybody agreed to beforehand."""
        return self.record.rules

    @property
    def private(self) -> Path:
        """The folder of who keeps the record, and nobody else's."""
        return self.folder / PRIVATE

    def enter(self, act: Act, keeper: Keys, time: str | None = None) -> Entry:
        """Enter an act, in the file as well.

        Raises
        ------
        InputError
            If it cannot be entered (H24), or somebody else wrote to the file meanwhile.
        """
        entry = enter(self.record, act, keeper, time)
        path = self.folder / RECORD
        try:
            with path.open("ab") as file:
                if file.tell() != self.size:
                    raise refused(
                        "The record",
                        "written to by somebody else just now",
                        "One writer at a time",
                        "Try again.",
                        "H24",
                    )
                self.size += file.write(entry.line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            why = (error.strerror or "it cannot be written").lower()
            raise malformed(RECORD, why, "Change the rights of the folder.") from None
        return entry

    def seal_path(self, party: str, what: str) -> Path:
        """Return where a party's seal lies."""
        return self.folder / SEALS / f"{party}.{what}.seal"

    def seals(self, what: str) -> dict[str, Seal]:
        """Return the seals of one kind that lie here, by party.

        Raises
        ------
        InputError
            With every fault, each with the file it is in (H23).
        """
        found: dict[str, Seal] = {}
        errors: list[InputError] = []
        for party in self.rules.party_ids:
            path = self.seal_path(party, what)
            if not path.exists():
                continue
            try:
                seal = Seal.from_data(read(path), self.rules, path.name)
                if (seal.act.by, seal.act.about["what"]) != (party, what):
                    raise malformed(path.name, "the seal of another party, or of something else")
                found[party] = seal
            except InputError as error:
                errors.append(error)
        if errors:
            raise InputError(*(fault for error in errors for fault in error.faults))
        return found

    def take_in(self, what: str, keeper: Keys, time: str | None = None) -> dict[str, Seal]:
        """Return the seals that lie here, after entering those that are new.

        Raises
        ------
        InputError
            If one of them does not hold, or cannot be entered (H23, H24).
        """
        seals = self.seals(what)
        known = {act.signature for act in self.record.acts("seal")}
        for seal in seals.values():
            if seal.act.signature not in known:
                self.enter(seal.act, keeper, time)
        return seals


def lay(rules: GroundRules, keeper: Keys, time: str | None = None) -> dict[str, bytes]:
    """Return the files that a new table begins with: the ground rules, and the first entry."""
    record = Record(rules)
    enter(record, new_act(keeper, rules, "begin", {}, record.seen, time), keeper, time)
    return {RULES: as_file(rules.data), RECORD: record.entries[0].line}


def read_rules(folder: Path) -> GroundRules:
    """Return a table's ground rules.

    Raises
    ------
    InputError
        If there are none that hold (H23).
    """
    if not (folder / RULES).exists():
        raise refused(
            f"Folder {folder.name[:80]!r}",
            f"no {RULES} in it" if folder.is_dir() else "no such folder",
            "A table: what `hikiwake record begin` laid, or your copy of it",
            "Check the path.",
        )
    return GroundRules.from_data(read(folder / RULES), RULES)


def read_table(folder: Path) -> Table:
    """Return the table in a folder.

    Raises
    ------
    InputError
        If the ground rules or the record do not hold (H23, H24).
    """
    reading, size = reading_of(folder)
    if reading.change is not None:
        raise refused(
            f"The record, entry {reading.change.first}",
            reading.change.why,
            "A record that nobody changed",
            "See `hikiwake record verify`, and compare with another copy.",
            "H24",
        )
    return Table(folder, reading.record, size)


def reading_of(folder: Path, kept: tuple[Checkpoint, ...] = ()) -> tuple[Reading, int]:
    """Return a table's record as it reads, and its size in bytes."""
    rules = read_rules(folder)
    path = folder / RECORD
    try:
        with path.open("rb") as file:
            data = file.read(MAX_RECORD + 1)
    except OSError as error:
        why = (error.strerror or "it cannot be read").lower()
        raise malformed(RECORD, why, "Check the path.") from None
    if len(data) > MAX_RECORD:
        raise malformed(RECORD, "too large")
    return verify(data, rules, kept), len(data)
