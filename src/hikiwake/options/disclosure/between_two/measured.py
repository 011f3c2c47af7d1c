"""What one member of a grid would be told where something is divided between two sides, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.findings.talks import Talks, Word
from hikiwake.model import WALK_AWAY, Answer, Outcome, Preference
from hikiwake.numeric import DEFAULT_TOLERANCE, to_grain
from hikiwake.options.disclosure.between_two.rows import Worths, highest
from hikiwake.options.disclosure.hidden.unknowns import numbers_of
from hikiwake.options.disclosure.told.asked import Settled

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Ranges:
    """The most that the known and the hidden side can gain; below 0: nothing is possible.

    ``level`` is what counts as even in groups not for trade.
    """

    known: Fraction
    hidden: Fraction
    level: Fraction


class Measured:
    """The members of a hidden side, each measured at all corners and edges."""

    def __init__(self, worths: Worths) -> None:
        self.worths, self.corners = worths, worths.corners
        self._tolerance = self.corners.dispute.tolerance

    def gain(self, member: Preference, outcome: Outcome) -> Fraction:
        """Return what a package gives the member beyond its walk-away value."""
        numbers = numbers_of(self.corners.dispute, member)
        return _worth(self.worths.row(outcome), numbers) - numbers[WALK_AWAY]

    def ranges(self, member: Preference) -> Ranges:
        """Return the most that both sides can gain."""
        if member not in self._known:
            self._known[member] = self._most(member)
        return self._known[member]

    def word(self, member: Preference, outcome: Outcome) -> Word:
        """Return what would be told about a package."""
        own = self.gain(member, outcome)
        if own < 0 or not self.corners.allowed(outcome):
            return Word.NOT_POSSIBLE
        ranges = self.ranges(member)
        if self.uneven(member, outcome) > ranges.level:
            return Word.NOT_POSSIBLE
        even = self._even(self.corners.gain(outcome), own, ranges)
        return Word.EVEN if even else Word.NOT_EVEN

    def uneven(self, member: Preference, outcome: Outcome) -> Fraction:
        """Return how uneven a package is in the group where it is least even."""
        return _largest(self._aparts(member), self.corners.decided_by(outcome))

    def told(self, member: Preference, talks: Talks) -> bool:
        """Tell whether all the words that were told would have been told."""
        return all(self.word(member, one.outcome) is one.word for one in talks.told)

    def may_settle(self, member: Preference, seen: Settled) -> bool:
        """Tell whether a package may be shown as it was; what is not so is certain."""
        outcome, draw, coarse = seen
        ranges, there = self.ranges(member), self.corners.gain(outcome)
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
        corners, numbers = self.corners, numbers_of(self.corners.dispute, member)
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
        aparts = self._aparts_of_all(member)
        kept = [apart < level if closed else apart <= level for apart in aparts]
        return np.array(kept, dtype=bool)[self._combinations[1]]

    def _level(self, member: Preference, worth: Array) -> Fraction:
        """Return what counts as even in groups."""
        if not self.corners.stakes:
            return self._tolerance
        place = self._combinations[1]
        accepted = set(place[(worth >= 0) & (self.corners.gained >= 0)].tolist())
        accepted |= set(place[self._shared(worth)].tolist())
        aparts = self._aparts_of_all(member)
        return max(self._tolerance, min((aparts[n] for n in accepted), default=self._tolerance))

    @cached_property
    def _combinations(self) -> tuple[list[list[int]], Array]:
        """What all combinations decide, and which of these each corner has."""
        names, place = np.unique(self.corners.combination, return_inverse=True)
        return [self.corners.decided(int(name)) for name in names], place.reshape(-1)

    def _aparts_of_all(self, member: Preference) -> list[Fraction]:
        """Return how uneven each combination of all groups is, where it is least even."""
        groups = self._aparts(member)
        return [_largest(groups, decided) for decided in self._combinations[0]]

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

    def _aparts(self, member: Preference) -> list[list[Fraction]]:
        """Return how uneven each combination of each group is."""
        numbers, found = numbers_of(self.corners.dispute, member), list[list[Fraction]]()
        for stake in self.corners.stakes:
            worths = [_worth(row, numbers) for row in stake.rows]
            most = max(worths)
            pairs = zip(worths, stake.parts, strict=True)
            found.append([abs(own / most - part) if most else Fraction(0) for own, part in pairs])
        return found

    @cached_property
    def _known(self) -> dict[Preference, Ranges]:
        return {}


def _most(edges: Array, limit: Array, worth: Array, kept: Array) -> Fraction:
    """Return the most that something is worth where a limit is not below 0, of what is kept."""
    most = Fraction(int(worth[kept & (limit >= 0)].max(initial=-1)))
    sign = np.sign(limit.astype(np.float64)).astype(np.int8)[edges]
    found = highest(edges[sign[:, 0] * sign[:, 1] < 0], limit, worth, kept)
    return most if found is None else max(most, found[1])


def _worth(row: Mapping[Answer, Fraction], numbers: Mapping[Answer, Fraction]) -> Fraction:
    return sum((part * numbers[answer] for answer, part in row.items()), start=Fraction(0))


def _largest(groups: Sequence[Sequence[Fraction]], decided: Sequence[int]) -> Fraction:
    """Return how uneven a package is in the group where it is least even."""
    pairs = zip(groups, decided, strict=True)
    return max((own[inside] for own, inside in pairs), default=Fraction(0))


__all__ = ["Measured", "Ranges"]
