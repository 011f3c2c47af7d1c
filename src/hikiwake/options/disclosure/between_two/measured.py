"""What one member of a grid would be told where something is divided between two sides, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.findings.talks import Talks, Word
from hikiwake.model import WALK_AWAY, Outcome, Preference
from hikiwake.numeric import DEFAULT_TOLERANCE, to_grain, wholes
from hikiwake.options.disclosure.between_two.rows import highest
from hikiwake.options.disclosure.between_two.staked import Staked
from hikiwake.options.disclosure.hidden.unknowns import Name, numbers_of
from hikiwake.options.disclosure.told.asked import Settled

Array = NDArray[Any]
Row = tuple[tuple[Name, int], ...]


@dataclass(frozen=True, slots=True)
class Ranges:
    """The most that the known and the hidden side can gain; below 0: nothing is possible.

    ``level`` is what counts as even in groups not for trade.
    """

    known: Fraction
    hidden: Fraction
    level: Fraction


@dataclass(frozen=True, slots=True)
class _Package:
    """A package that is asked about: its row in whole ``parts``, and what the known side sees."""

    row: Row
    parts: int
    gain: Fraction
    allowed: bool
    decided: list[int]


class _Own:
    """A member's numbers, in whole ``parts`` of a point, and how uneven that makes groups.

    ``aparts`` is that of each combination of each group.
    """

    def __init__(self, measured: Measured, member: Preference) -> None:
        self.member, self._measured = member, measured
        self.ranges: Ranges | None = None
        self.numbers = numbers_of(measured.corners.dispute, member)
        self.parts = lcm(*(number.denominator for number in self.numbers.values()))
        whole = wholes(self.numbers.values(), self.parts)
        self.whole: dict[Any, int] = dict(zip(self.numbers, whole, strict=True))

    def worth(self, row: Row) -> int:
        """Return what a row is worth."""
        return sum(part * self.whole[answer] for answer, part in row)

    @cached_property
    def aparts(self) -> list[list[Fraction]]:
        """How uneven each combination of each group is."""
        found = list[list[Fraction]]()
        for (*rows, extent), stake in self._measured.staked:
            parts, named = stake.parts, stake.inside.named(self.whole)
            *worths, most = (sum(x * named[a] for a, x in row) for row in (*rows, extent))
            pairs = zip(worths, parts, strict=True)
            found.append([_apart(own, most, part) if most else Fraction(0) for own, part in pairs])
        return found

    @cached_property
    def aparts_of_all(self) -> list[Fraction]:
        """How uneven each combination of all groups is, where it is least even."""
        return [_largest(self.aparts, decided) for decided in self._measured.combinations[0]]


class Measured:
    """The members of a hidden side, each measured at all corners and edges."""

    def __init__(self, worths: Any) -> None:
        self.worths, self.corners = worths, worths.corners
        self._tolerance = self.corners.dispute.tolerance
        self._packages: dict[Outcome, _Package] = {}
        self._known: dict[Preference, Ranges] = {}
        self._last: _Own | None = None  # the questions about a member come one after another

    def gain(self, member: Preference, outcome: Outcome) -> Fraction:
        """Return what a package gives the member beyond its walk-away value."""
        package, own = self._package(outcome), self._own(member)
        return Fraction(own.worth(package.row), package.parts * own.parts) - own.numbers[WALK_AWAY]

    def ranges(self, member: Preference) -> Ranges:
        """Return the most that both sides can gain."""
        own = self._own(member)
        if own.ranges is None:
            own.ranges = self._known.get(member) or self._most(member)
            self._known[member] = own.ranges
        return own.ranges

    def word(self, member: Preference, outcome: Outcome) -> Word:
        """Return what would be told about a package."""
        own, package = self.gain(member, outcome), self._package(outcome)
        if own < 0 or not package.allowed:
            return Word.NOT_POSSIBLE
        ranges = self.ranges(member)
        if self.uneven(member, outcome) > ranges.level:
            return Word.NOT_POSSIBLE
        even = self._even(package.gain, own, ranges)
        return Word.EVEN if even else Word.NOT_EVEN

    def uneven(self, member: Preference, outcome: Outcome) -> Fraction:
        """Return how uneven a package is in the group where it is least even."""
        return _largest(self._own(member).aparts, self._package(outcome).decided)

    def told(self, member: Preference, talks: Talks) -> bool:
        """Tell whether all the words that were told would have been told."""
        return talks.agree(lambda outcome: self.word(member, outcome))

    def may_settle(self, member: Preference, seen: Settled) -> bool:
        """Tell whether a package may be shown as it was; what is not so is certain."""
        outcome, draw, coarse = seen
        ranges, there = self.ranges(member), self._package(outcome).gain
        if coarse is None or ranges.known <= 0:
            return coarse is None and ranges.known == 0
        grain = max(self._tolerance, DEFAULT_TOLERANCE)
        if to_grain(there / ranges.known, grain) != coarse:
            return False
        own = self.gain(member, outcome)
        even = self._even(there, own, ranges) and ranges.level <= self._tolerance
        return own >= 0 and even is draw

    def _even(self, there: Fraction, own: Fraction, ranges: Ranges) -> bool:
        if min(ranges.known, ranges.hidden) <= 0:
            return False
        return abs(own / ranges.hidden - there / ranges.known) <= self._tolerance

    def _most(self, member: Preference) -> Ranges:
        corners, numbers = self.corners, self._own(member).numbers
        worth, parts = self.worths.of(numbers, numbers[WALK_AWAY])
        level = self._level(member, worth)
        kept = self.kept(member, level, closed=False)
        known = _most(corners.edges, worth, corners.gained, kept)
        hidden = _most(corners.edges, corners.gained, worth, kept)
        return Ranges(known / corners.units, hidden / parts, level)

    def kept(self, member: Preference, level: Fraction, closed: bool) -> Array:
        """Return at which corners what is decided in groups is as even as a level (H8).

        With ``closed``, where it is more even.
        """
        aparts = self._own(member).aparts_of_all
        kept = [apart < level if closed else apart <= level for apart in aparts]
        return np.array(kept, dtype=bool)[self.combinations[1]]

    def _level(self, member: Preference, worth: Array) -> Fraction:
        """Return what counts as even in groups."""
        if not self.corners.stakes:
            return self._tolerance
        place = self.combinations[1]
        accepted = set(place[(worth >= 0) & (self.corners.gained >= 0)].tolist())
        accepted |= set(place[self._shared(worth)].tolist())
        aparts = self._own(member).aparts_of_all
        return max(self._tolerance, min((aparts[n] for n in accepted), default=self._tolerance))

    @cached_property
    def combinations(self) -> tuple[list[list[int]], Array]:
        """What all combinations decide, and which of these each corner has."""
        names, place = np.unique(self.corners.combination, return_inverse=True)
        return [self.corners.decided(int(name)) for name in names], place.reshape(-1)

    @cached_property
    def staked(self) -> list[tuple[list[Row], Staked]]:
        """The rows of each group's combinations, and of the most, in whole parts; and the group."""
        return [(_whole_rows([*s.rows, s.inside.extent])[0], s) for s in self.corners.stakes]

    def _own(self, member: Preference) -> _Own:
        if self._last is None or self._last.member is not member:
            self._last = _Own(self, member)
        return self._last

    def _package(self, outcome: Outcome) -> _Package:
        if outcome not in self._packages:
            corners = self.corners
            (row,), parts = _whole_rows([self.worths.row(outcome)])
            gain, allowed = corners.gain(outcome), corners.allowed(outcome)
            found = _Package(row, parts, gain, allowed, corners.decided_by(outcome))
            self._packages[outcome] = found
        return self._packages[outcome]

    def _shared(self, worth: Array) -> Array:
        """Return one end of each edge both sides accept some of, while neither accepts its ends."""
        gained, (one, other) = self.corners.gained, self.corners.edges.T
        across = (gained[one] < 0) == (worth[other] < 0)
        across &= (gained[one] < 0) != (gained[other] < 0)
        across &= (worth[one] < 0) != (worth[other] < 0)
        one, other = one[across], other[across]
        below, above = np.where(gained[one] < 0, [one, other], [other, one])
        ends = [
            x.astype(object) for x in (worth[below], gained[above], worth[above], gained[below])
        ]
        return below[(ends[0] * ends[1] >= ends[2] * ends[3]).astype(bool)]


def _most(edges: Array, limit: Array, worth: Array, kept: Array) -> Fraction:
    """Return the most that something is worth where a limit is not below 0, of what is kept."""
    most = Fraction(int(worth[kept & (limit >= 0)].max(initial=-1)))
    sign = np.sign(limit.astype(np.float64)).astype(np.int8)[edges]
    found = highest(edges[sign[:, 0] * sign[:, 1] < 0], limit, worth, kept)
    return most if found is None else max(most, found[1])


def _whole_rows(rows: Sequence[Mapping[Any, Fraction]]) -> tuple[list[Row], int]:
    """Return rows in whole parts, and in how many parts of a number."""
    parts = lcm(*(part.denominator for row in rows for part in row.values()))
    return [tuple(zip(row, wholes(row.values(), parts), strict=True)) for row in rows], parts


def _apart(own: int, most: int, part: Fraction) -> Fraction:
    """Return how far a part of the most is from another part."""
    times = part.denominator
    return Fraction(abs(own * times - part.numerator * most), abs(most) * times)


def _largest(groups: Sequence[Sequence[Fraction]], decided: Sequence[int]) -> Fraction:
    """Return how uneven a package is in the group where it is least even."""
    pairs = zip(groups, decided, strict=True)
    return max((own[inside] for own, inside in pairs), default=Fraction(0))


__all__ = ["Measured", "Ranges"]
