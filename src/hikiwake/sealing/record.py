"""The record: one line an entry, each bound to all before it, each signed twice.

An entry holds the act (signed by who acted, naming how far they had seen the record), its number,
the hash of the entry before it, the time at which it was entered, and the keeper's signature.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hikiwake.errors import InputError
from hikiwake.sealing import clock, merkle, shape
from hikiwake.sealing.acts import PREFERENCE, Act, Seen
from hikiwake.sealing.canonical import Json, as_file, malformed, parse, refused
from hikiwake.sealing.checkpoint import MAX_ENTRIES, Checkpoint
from hikiwake.sealing.ground import GroundRules
from hikiwake.sealing.keys import Keys, signed

ENTRY = "hikiwake entry 1"
SLACK_SECONDS = 300  # how far ahead of the keeper's clock another's may be
_FORMS = {
    "act": shape.table,
    "entry": shape.number,
    "form": shape.one_of(ENTRY),
    "previous": shape.HASH,
    "signature": shape.SIGNATURE,
    "time": shape.TIME,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record."""

    number: int
    previous: str
    time: str
    act: Act
    signature: str

    def body(self) -> Json:
        """What the keeper signs."""
        return {
            "act": self.act.data,
            "entry": self.number,
            "previous": self.previous,
            "time": self.time,
        }

    @property
    def line(self) -> bytes:
        """The entry as it stands in the file, its line end included."""
        return as_file({**self.body(), "form": ENTRY, "signature": self.signature})


@dataclass(slots=True)
class Record:
    """The entries so far, checked one by one as they were added."""

    rules: GroundRules
    entries: list[Entry] = field(default_factory=list[Entry])
    hashes: list[bytes] = field(default_factory=list[bytes])
    opened: bool = False
    package: str | None = None  # what was settled on last, as a commitment
    agreed: set[str] = field(default_factory=set[str])
    places: dict[str, int] = field(default_factory=dict[str, int])  # entries by their signatures

    @property
    def head(self) -> str:
        """The hash of the last entry; of the ground rules while there is none."""
        return self.head_at(len(self.hashes))

    def head_at(self, count: int) -> str:
        """Return the hash of the last of the first ``count`` entries."""
        return self.hashes[count - 1].hex() if count else self.rules.hash

    @property
    def seen(self) -> Seen:
        """What somebody who has read all of it signs."""
        return Seen(len(self.entries), self.head)

    @property
    def checkpoint(self) -> Checkpoint:
        """The record's state, to be kept outside of it."""
        return Checkpoint.of(self.hashes)

    def acts(self, kind: str) -> list[Act]:
        """Return the acts of one kind, in order."""
        return [entry.act for entry in self.entries if entry.act.kind == kind]

    def now(self) -> str:
        """Return the time, never before that of the last entry."""
        return max(clock.now(), self.entries[-1].time if self.entries else "")

    def append(self, line: bytes, entry: Entry) -> None:
        """Add an entry that was checked."""
        self.entries.append(entry)
        self.hashes.append(merkle.leaf(line))
        self.places[entry.act.signature] = entry.number
        self.opened = self.opened or entry.act.kind == "open"
        if entry.act.kind == "settle":
            self.package = entry.act.about["package"]
        elif entry.act.kind == "agree":
            self.agreed.add(entry.act.by)

    def sealed(self, what: str, to: str | None = None) -> dict[str, Act]:
        """Return each party's last seal of a preference, or of an answer to a package."""
        seals = self.acts("seal")
        mine = [a for a in seals if a.about["what"] == what and a.about.get("to") == to]
        return {act.by: act for act in mine}

    def counts(self, act: Act) -> bool:
        """Tell whether an act is its party's last seal of what it seals."""
        last = self.sealed(act.about["what"], act.about.get("to")).get(act.by)
        return last is not None and last.signature == act.signature


def read_entry(line: bytes, rules: GroundRules) -> Entry:
    """Return the entry that a line is, without its line end; both its signatures are checked.

    Raises
    ------
    InputError
        If anything in it is not as its author and the keeper signed it (H24).
    """
    data = shape.require(parse(line, "record.jsonl"), _FORMS, "record.jsonl")
    act = Act.from_data(data["act"], "record.jsonl")
    act.check(rules)
    entry = Entry(data["entry"], data["previous"], data["time"], act, data["signature"])
    if not clock.is_time(entry.time):
        raise malformed("record.jsonl", "`time` is no day of the calendar")
    if not signed(rules.keeper.signing, ENTRY, entry.body(), entry.signature):
        raise refused(
            f"Entry {entry.number}",
            "the keeper's signature does not hold",
            "The signature of who keeps the record",
            "Take another copy of the record.",
            "H24",
        )
    return entry


def enter(record: Record, act: Act, keeper: Keys, time: str | None = None) -> Entry:
    """Return the record's next entry, added to it.

    Raises
    ------
    InputError
        If the act does not hold, was signed over another record, is dated ahead, or breaks the
        ground rules (H24).
    """
    act.check(record.rules)
    at = max(time or clock.now(), record.entries[-1].time if record.entries else "")
    if act.time > clock.later(at, SLACK_SECONDS):
        raise refused(
            _thing(act),
            "dated ahead of the keeper's clock",
            "A time that has come",
            "Compare the clocks, and sign again.",
            "H24",
        )
    at = max(at, act.time)
    if fault := unseen(record, act) or unruly(record, act, at):
        raise fault
    if len(record.entries) == MAX_ENTRIES:
        raise refused(
            "The record", "full", f"At most {MAX_ENTRIES:,} entries", "Begin another one.", "H16"
        )
    unsigned = Entry(len(record.entries) + 1, record.head, at, act, "")
    signature = keeper.sign(ENTRY, unsigned.body())
    entry = Entry(unsigned.number, unsigned.previous, at, act, signature)
    record.append(entry.line[:-1], entry)
    return entry


def unseen(record: Record, act: Act) -> InputError | None:
    """Return why an act was not signed over this record, if that is so."""
    count = act.seen.entries
    if count > len(record.hashes) or record.head_at(count) != act.seen.head:
        return refused(
            _thing(act),
            "signed over a record that was another one",
            f"The hash of entry {count}, as this record has it",
            "Compare the two copies: one of them was changed.",
            "H24",
        )
    if count and act.time < record.entries[count - 1].time:
        return refused(
            _thing(act),
            "dated before what it has seen",
            "A time not before that of the entry it names",
            "Sign again.",
            "H24",
        )
    return None


def unruly(record: Record, act: Act, at: str) -> InputError | None:
    """Return why an act may not stand at this place of the record, if that is so."""
    for broken, found, expected in _conditions(record, act, at):
        if broken:
            return refused(_thing(act), found, expected, "Leave it out of the record.", "H24")
    return None


def _conditions(record: Record, act: Act, at: str) -> Iterator[tuple[bool, str, str]]:
    """Yield whether each rule that concerns an act is broken, and how that is said."""
    rules, about = record.rules, act.about
    first = "`begin` is the first entry, and only that"
    yield (act.kind == "begin") != (not record.entries), "not at its place", first
    twice = act.signature in record.places  # else an old seal, entered again, would count anew
    yield twice, "entered a second time", "Each act stands in the record once"
    if act.kind == "seal" and about["what"] == PREFERENCE:
        late = rules.deadline is not None and at > rules.deadline
        yield late, "after the deadline", f"Entered by {rules.deadline}"
        yield record.opened, "after the opening", "Sealed before anything is opened"
    elif act.kind == "open":
        yield record.opened, "a second opening", "Preferences are opened once"
    elif act.kind == "offer":
        agreed = rules.offers and record.agreed >= set(rules.party_ids)
        needed = "Ground rules that record them, and an act `agree` of every party"
        yield not agreed, "offers are not recorded here", needed
    elif act.kind in ("seal", "accept"):
        other = about["to" if act.kind == "seal" else "package"] != record.package
        yield other, "about another package than the record's", "What was settled on last"


def _thing(act: Act) -> str:
    return f"The act `{act.kind}` of {act.by!r}"


def lines_of(entries: Sequence[Entry]) -> bytes:
    """Return the record's file."""
    return b"".join(entry.line for entry in entries)
