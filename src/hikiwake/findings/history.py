"""What the sides offered over time, and how far apart that left them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from hikiwake.findings.talks import Interval
from hikiwake.model import FrozenMap, Text, Value
from hikiwake.model.text import NO_TEXT

Box = FrozenMap[str, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Position:
    """What one side offered or asked for: of each issue that it named, the values it can mean.

    More than one value: it is not known, or was left open, which of them. ``source`` says where it
    stands, ``note`` how sure that is. ``withdrawn``: from now on the side has no position.
    """

    party: str
    named: Box
    source: Text = NO_TEXT
    note: Text = NO_TEXT
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What was on the table at a date: a year, a month or a day, as ISO 8601 writes them."""

    date: str
    event: Text
    positions: tuple[Position, ...]
    source: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class History:
    """Dated positions. ``as_today``: issues that a side has not named count as they are today."""

    entries: tuple[Entry, ...]
    as_today: bool = False
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one side stands at a date, by its own measure, in parts of its range.

    ``worth`` is the gain that its own position would give it; ``apart`` what it would give up if it
    took the other side's position (of several, the one that costs it most, whichever that is);
    ``above_draw`` how much more than the draw it asks. ``moved`` is what it gave up since its last
    position, and ``moved_for`` what that was worth to the others together; both 0 where it did not
    move.
    """

    party: str
    worth: Interval
    apart: Interval | None
    above_draw: Interval | None
    moved: Interval
    moved_for: Interval


@dataclass(frozen=True, slots=True)
class Moved:
    """What one side gave up between two dates, and what that was worth to the others together.

    In parts of each one's range; below 0 it asks for more than before.
    """

    party: str
    gave_up: Interval
    to_others: Interval


@dataclass(frozen=True, slots=True)
class Shared:
    """One value that every side's position allows; ``certain``: none of them allows another.

    ``weight`` is what the issue matters to all of them, in parts of their ranges, together.
    """

    issue: str
    value: Value
    certain: bool
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Moment:
    """How far the sides are apart at one date.

    ``closeness`` is the least that the side which concedes most would still have to concede, in
    parts of its range, so that all meet in a package that decides each issue as some position does
    (what is divided, or a number without steps, in any way) and keeps the public rules. It is 0
    where all positions are one package, whatever the rules of today are. None: it cannot be told,
    because some side has no position, or there is no such package. ``silent`` names the sides that
    have none. ``moved_until_now`` says how each side that had a position then, and has one at the
    last date, moved in between.
    """

    entry: Entry
    standings: tuple[Standing, ...]
    closeness: Interval | None
    shared: tuple[Shared, ...]
    silent: tuple[str, ...] = ()
    moved_until_now: tuple[Moved, ...] = ()


class Since(Enum):
    """How the last date compares with an earlier one."""

    CLOSER = "closer"
    NO_CLOSER = "no_closer"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Progress:
    """How the distance between the sides developed. For the mediator only (H14)."""

    moments: tuple[Moment, ...]
    as_today: bool
    illustrative: bool

    def at(self, date: str) -> Moment | None:
        """Return the last moment not after a date; None if there is none."""
        before = [m for m in self.moments if m.entry.date[: len(date)] <= date]
        return before[-1] if before else None

    @property
    def told(self) -> tuple[Moment, ...]:
        """The moments at which it can be told how far the sides were apart."""
        return tuple(moment for moment in self.moments if moment.closeness is not None)

    def since(self, date: str) -> Since | None:
        """Return how the last date compares with the last one not after another; None: none is."""
        before = self.at(date)
        if before is None:
            return None
        then, now = before.closeness, self.moments[-1].closeness
        if then is None or now is None:
            return Since.CANNOT_TELL
        if now.high < then.low:
            return Since.CLOSER
        return Since.NO_CLOSER if now.low >= then.high else Since.CANNOT_TELL
