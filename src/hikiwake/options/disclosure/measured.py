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
from hikiwake.options.disclosure.asked import Settled
from hikiwake.options.disclosure.rows import Worths
from hikiwake.options.disclosure.unknowns import numbers_of

Array = NDArray[Any]
_NEAR = 1e-9  # of floats, which only find what is compared exactly


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
        if _largest(self._aparts(member), self.corners.decided_by(outcome)) > ranges.level:
            return Word.NOT_POSSIBLE
        even = self._even(self.corners.gain(outcome), own, ranges)
        return Word.EVEN if even else Word.NOT_EVEN

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
        rows, parts = self.worths.table
        scale = int(np.lcm.reduce([number.denominator for number in numbers.values()]))
        own = np.array([int(numbers[a] * scale) for a in self.worths.answers], dtype=np.int64)
        worth: Array = rows @ own - parts * int(numbers[WALK_AWAY] * scale)
        level, kept = self._counted(member, worth)
        known = [Fraction(int(corners.gained[kept & (worth >= 0)].max(initial=-1)), corners.units)]
        known += self._crossed(worth, corners.gained, Fraction(1, corners.units), kept)
        unit = Fraction(1, parts * scale)
        hidden = [int(worth[kept & (corners.gained >= 0)].max(initial=-1)) * unit]
        hidden += self._crossed(corners.gained, worth, unit, kept)
        return Ranges(max(known), max(hidden), level)

    def _counted(self, member: Preference, worth: Array) -> tuple[Fraction, Array]:
        """Return what counts as even in groups, and at which corners what is decided is (H8)."""
        corners = self.corners
        if not corners.stakes:
            return self._tolerance, np.ones(len(worth), dtype=bool)
        names, place = np.unique(corners.combination, return_inverse=True)
        groups = self._aparts(member)
        aparts = [_largest(groups, corners.decided(int(name))) for name in names]
        accepted = set(place[(worth >= 0) & (corners.gained >= 0)].tolist())
        accepted |= set(place[self._shared(worth)].tolist())
        level = max(self._tolerance, min((aparts[n] for n in accepted), default=self._tolerance))
        return level, np.array([apart <= level for apart in aparts])[place.reshape(-1)]

    def _shared(self, worth: Array) -> Array:
        """Return one end of each edge both sides accept some of, while neither accepts its ends."""
        gained, (one, other) = self.corners.gained, self.corners.edges.T
        across = (gained[one] < 0) == (worth[other] < 0)
        across &= (gained[one] < 0) != (gained[other] < 0)
        across &= (worth[one] < 0) != (worth[other] < 0)
        one, other = one[across], other[across]
        below, above = np.where(gained[one] < 0, [one, other], [other, one])
        both = worth[below] * gained[above] >= worth[above] * gained[below]
        return below[both.astype(bool)]

    def _aparts(self, member: Preference) -> list[list[Fraction]]:
        """Return how uneven each combination of each group is."""
        numbers, found = numbers_of(self.corners.dispute, member), list[list[Fraction]]()
        for stake in self.corners.stakes:
            worths = [_worth(row, numbers) for row in stake.rows]
            most = max(worths)
            pairs = zip(worths, stake.parts, strict=True)
            found.append([abs(own / most - part) if most else Fraction(0) for own, part in pairs])
        return found

    def _crossed(self, limit: Array, worth: Array, unit: Fraction, kept: Array) -> list[Fraction]:
        """Return what edges are worth at the most where they cross a limit of 0.

        Only those near the most of all, of corners that are kept.
        """
        one, other = self.corners.edges[kept[self.corners.edges[:, 0]]].T
        signs = np.array(np.sign(limit.astype(np.float64)), dtype=np.int8)
        across = np.flatnonzero(signs[one] * signs[other] < 0)
        below = np.where(signs[one] < 0, one, other)[across]
        above = np.where(signs[one] < 0, other, one)[across]
        rising = worth[below] > worth[above]
        below, above = below[rising], above[rising]
        if not len(below):
            return []
        low, high = limit[below].astype(float), limit[above].astype(float)
        ends = worth[below].astype(float), worth[above].astype(float)
        near = ends[1] + (ends[0] - ends[1]) * high / (high - low)
        size = max(float(np.abs(one).max()) for one in ends)
        best = np.flatnonzero(near >= near.max() - _NEAR * size)
        found: list[Fraction] = []
        for n in best.tolist():
            i, j = int(below[n]), int(above[n])
            part = Fraction(int(limit[j]), int(limit[j]) - int(limit[i]))
            found.append((int(worth[j]) + (int(worth[i]) - int(worth[j])) * part) * unit)
        return found

    @cached_property
    def _known(self) -> dict[Preference, Ranges]:
        return {}


def _worth(row: Mapping[Answer, Fraction], numbers: Mapping[Answer, Fraction]) -> Fraction:
    return sum((part * numbers[answer] for answer, part in row.items()), start=Fraction(0))


def _largest(groups: Sequence[Sequence[Fraction]], decided: Sequence[int]) -> Fraction:
    """Return how uneven a package is in the group where it is least even."""
    pairs = zip(groups, decided, strict=True)
    return max((own[inside] for own, inside in pairs), default=Fraction(0))


__all__ = ["Measured", "Ranges"]
