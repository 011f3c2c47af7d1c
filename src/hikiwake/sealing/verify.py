"""Reading a record again: it holds, or the first entry at which it was changed.

What the numbers of entries, their links and their signatures cannot show, because who keeps the
record changed it and signed everything anew, the acts of the others show, each of which names the
hash of what its author had seen, and the checkpoints that somebody kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from hikiwake.errors import InputError
from hikiwake.sealing.canonical import canonical
from hikiwake.sealing.checkpoint import Checkpoint
from hikiwake.sealing.ground import GroundRules
from hikiwake.sealing.record import ENTRY, Entry, Record, read_entry, unruly, unseen


class How(Enum):
    """In which way a record was changed."""

    ALTERED = "altered"
    DROPPED = "dropped"
    MOVED = "reordered"
    REPEATED = "repeated"
    BACKDATED = "backdated"
    REWRITTEN = "rewritten"
    UNRULY = "not allowed here"


@dataclass(frozen=True, slots=True)
class Change:
    """The first change: at the earliest in entry ``first``, at the latest in entry ``last``.

    They are the same wherever the record itself shows the place. Where who keeps the record signed
    everything anew from some place on, the change lies between the last entry that is vouched for
    and the first that contradicts it.
    """

    how: How
    first: int
    last: int
    why: str


@dataclass(slots=True)
class Reading:
    """A record while it is read, entry by entry; ``change`` is where that ended, if it did."""

    record: Record
    kept: Sequence[Checkpoint] = ()
    vouched: int = 0  # entries that somebody else's signature, or a kept checkpoint, vouches for
    change: Change | None = None
    _due: dict[int, Checkpoint] = field(default_factory=dict[int, Checkpoint])

    def __post_init__(self) -> None:
        for checkpoint in self.kept:
            if self._due.setdefault(checkpoint.entries, checkpoint) != checkpoint:
                self._rewritten(checkpoint.entries, "two kept checkpoints contradict each other")

    def take(self, line: bytes, later: Iterable[bytes] = ()) -> None:
        """Read the next line; the later ones are only looked at to name what is missing."""
        place, record = len(self.record.entries) + 1, self.record
        try:
            entry = read_entry(line, record.rules)
        except InputError as error:
            self._at(How.ALTERED, place, str(error.faults[0].found))
            return
        if entry.number != place:
            self._misplaced(entry, place, later)
        elif entry.previous != record.head:
            why = f"entry {place} continues another entry {place - 1} than the one here"
            self._rewritten(place - 1, why)
        elif record.entries and entry.time < record.entries[-1].time:
            self._at(How.BACKDATED, place, "its time lies before that of the entry before it")
        elif entry.act.time > entry.time:
            self._at(How.BACKDATED, place, "it was entered before it was done")
        elif fault := unseen(record, entry.act):
            self._contradicted(entry, fault, place)
        elif fault := unruly(record, entry.act, entry.time):
            self._at(How.UNRULY, place, fault.faults[0].found)
        else:
            record.append(line, entry)
            self._vouch(entry, place)

    def end(self) -> None:
        """Note that there are no more lines."""
        place = len(self.record.entries) + 1
        for count in sorted(self._due):
            if count >= place:
                self._at(How.DROPPED, place, f"a kept checkpoint counts {count} entries")
                return

    def _vouch(self, entry: Entry, place: int) -> None:
        if entry.act.by != self.record.rules.keeper.who:
            self.vouched = max(self.vouched, entry.act.seen.entries)
        kept = self._due.get(place)
        if kept is None:
            return
        if kept != self.record.checkpoint:
            self._rewritten(place, "the checkpoint that was kept is another")
        else:
            self.vouched = place

    def _contradicted(self, entry: Entry, fault: InputError, place: int) -> None:
        seen = entry.act.seen.entries
        dated = seen < place and self.record.head_at(seen) == entry.act.seen.head
        if dated:
            self._at(How.BACKDATED, place, fault.faults[0].found)
        elif seen >= place or entry.act.by == self.record.rules.keeper.who:
            self._at(How.MOVED, place, fault.faults[0].found)
        else:
            self._rewritten(seen, f"{entry.act.by} signed over another record in entry {place}")

    def _misplaced(self, entry: Entry, place: int, later: Iterable[bytes]) -> None:
        if entry.number < place:
            how = How.REPEATED
            why = f"entry {entry.number} stands there again"
        else:
            mark = canonical({"entry": place, "form": ENTRY})[1:-1]  # so it stands in that line
            found = any(mark in line for line in later)
            how = How.MOVED if found else How.DROPPED
            why = f"entry {entry.number} stands there"
        self._at(how, place, why)

    def _rewritten(self, last: int, why: str) -> None:
        first = min(self.vouched + 1, last)
        self.change = self.change or Change(How.REWRITTEN, max(1, first), max(1, last), why)

    def _at(self, how: How, place: int, why: str) -> None:
        self.change = self.change or Change(how, place, place, why)


def verify(data: bytes, rules: GroundRules, kept: Sequence[Checkpoint] = ()) -> Reading:
    """Return a record read to its end, or to the first change.

    Parameters
    ----------
    data
        The file: one line an entry.
    kept
        Checkpoints that somebody kept elsewhere. Without one, that entries at the end are missing
        shows nowhere.

    Notes
    -----
    Two signatures and a hash for each entry: linear, a thousand entries in about a second.
    """
    reading = Reading(Record(rules), kept)
    lines = data.split(b"\n")
    whole = lines.pop() == b""
    for place, line in enumerate(lines):
        if reading.change is None:
            reading.take(line, lines[place + 1 :])
    if reading.change is None and not whole:
        reading._at(How.ALTERED, len(lines) + 1, "no line end")
    if reading.change is None:
        reading.end()
    return reading
