"""What one member of a grid would be told where something is divided between two sides, exactly."""

from __future__ import annotations

from collections.abc import Mapping
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
from hikiwake.options.disclosure.corners import Corners
from hikiwake.options.disclosure.unknowns import numbers_of

Array = NDArray[Any]
_NEAR = 1e-9  # of floats, which only find what is compared exactly


@dataclass(frozen=True, slots=True)
class Ranges:
    """The most that the known and the hidden side can gain; below 0: nothing is possible."""

    known: Fraction
    hidden: Fraction


class Measured:
    """The members of a hidden side, each measured at all corners and edges."""

    def __init__(self, corners: Corners) -> None:
        self.corners = corners
        self._tolerance = corners.dispute.tolerance

    def gain(self, member: Preference, outcome: Outcome) -> Fraction:
        """Return what a package gives the member beyond its walk-away value."""
        return _worth(self.corners.row(outcome), numbers_of(self.corners.dispute, member))

    def ranges(self, member: Preference) -> Ranges:
        """Return the most that both sides can gain."""
        if member not in self._known:
            self._known[member] = Ranges(*self._most(numbers_of(self.corners.dispute, member)))
        return self._known[member]

    def word(self, member: Preference, outcome: Outcome) -> Word:
        """Return what would be told about a package."""
        own = self.gain(member, outcome)
        if own < 0 or not self.corners.allowed(outcome):
            return Word.NOT_POSSIBLE
        even = self._even(self.corners.gain(outcome), own, self.ranges(member))
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
        return own >= 0 and self._even(there, own, ranges) is draw

    def _even(self, there: Fraction, own: Fraction, ranges: Ranges) -> bool:
        if min(ranges.known, ranges.hidden) <= 0:
            return False
        return abs(own / ranges.hidden - there / ranges.known) <= self._tolerance

    def _most(self, numbers: Mapping[Answer, Fraction]) -> tuple[Fraction, Fraction]:
        corners = self.corners
        rows, parts = corners.table
        scale = np.lcm.reduce([number.denominator for number in numbers.values()])
        own = np.array([int(numbers[a] * int(scale)) for a in corners.answers], dtype=np.int64)
        worth: Array = rows @ own - parts * int(numbers[WALK_AWAY] * int(scale))
        known = [Fraction(int(corners.gained[worth >= 0].max(initial=-1)), corners.units)]
        known += self._crossed(worth, corners.gained, Fraction(1, corners.units))
        unit = Fraction(1, parts * int(scale))
        accepted = worth[corners.gained >= 0]
        hidden = [int(accepted.max(initial=-1)) * unit]
        hidden += self._crossed(corners.gained, worth, unit)
        return max(known), max(hidden)

    def _crossed(self, limit: Array, worth: Array, unit: Fraction) -> list[Fraction]:
        """Return what edges are worth at the most where they cross a limit of 0.

        Only those near the most of all.
        """
        one, other = self.corners.edges.T
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
    own = sum((part * numbers[answer] for answer, part in row.items()), start=Fraction(0))
    return own - numbers[WALK_AWAY]


__all__ = ["Measured", "Ranges"]
