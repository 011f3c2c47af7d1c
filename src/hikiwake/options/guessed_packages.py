"""Whole issues: how a package stands where every package can be listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod

import numpy as np

from hikiwake.findings.sureness import SmallestRegret
from hikiwake.model import Dispute, FrozenMap, Outcome
from hikiwake.options import guessed_draws, guessed_points
from hikiwake.options.guessed_draws import Gains, Reach, reach, uneven_inside
from hikiwake.options.guessed_gains import End, accepted, greatest_gain, least_gain
from hikiwake.options.guessed_groups import Even, Group, evenness, groups_of
from hikiwake.options.guesses import Array, Box, Corner, Guesses, Mask, Side, guesses

MAX_PACKAGES = 10_000
MAX_CANDIDATES = 30
MAX_LOOKED_AT = 3_000_000
SAMPLES = 1_000
SLOWER_SAMPLES = 300


@dataclass(frozen=True)
class Listed:
    """A package among all those of a dispute. Its place in the list is ``package``."""

    found: Guesses
    outcome: Outcome
    package: int
    groups: tuple[Group, ...]

    @property
    def dispute(self) -> Dispute:
        """The dispute."""
        return self.found.dispute

    @property
    def sides(self) -> tuple[Side, ...]:
        """The parties, by their answers."""
        return self.found.sides

    @property
    def quick(self) -> bool:
        """Whether a set of answers is looked at fastest by listing what all packages are worth."""
        return not self.groups and len(self.found.outcomes) <= MAX_PACKAGES

    @property
    def samples(self) -> int:
        """How many sets of answers to draw: fewer where each takes settling anew."""
        return SAMPLES if self.quick else SLOWER_SAMPLES

    def gains(self, corners: Sequence[Corner]) -> Gains:
        """Return everybody's gain at one set of answers; None for a side that can gain nothing."""
        if self.quick:
            pairs = zip(self.sides, corners, strict=True)
            return guessed_draws.gains_at([s.surplus(own) for s, own in pairs], self.package)
        return guessed_points.gains_of(self._meant(corners), self.outcome)

    def is_draw(self, corners: Sequence[Corner]) -> bool:
        """Tell whether the package is a draw at one set of answers."""
        if self.quick:
            pairs = zip(self.sides, corners, strict=True)
            surpluses = [side.surplus(own) for side, own in pairs]
            return guessed_draws.is_draw_at(self.found, surpluses, self.package)
        if not all(group.even_at(self.sides, corners, self.package) for group in self.groups):
            return False
        return guessed_points.is_draw_of(self._meant(corners), self.outcome)

    def reach(self, boxes: Sequence[Box]) -> Reach:
        """Return how little and how much each side may gain, and whether it is surely a draw."""
        return reach(self.found, boxes, self.package, self.groups)

    def plain_doubts(self, boxes: Sequence[Box]) -> Iterator[tuple[Corner, ...]]:
        """Yield answers at which it takes little to see that the package is no draw."""
        for group in self.groups:
            yield from uneven_inside(group, boxes, self.package)

    def span(self, boxes: Sequence[Box], side: int) -> tuple[End | None, End]:
        """Return the least and the greatest gain of one side."""
        even = evenness(self.groups, boxes, len(self.found.outcomes))
        surely, possibly = accepted(boxes, self.package, even)
        least = least_gain(boxes[side], self.package, possibly[side])
        return least, greatest_gain(boxes[side], self.package, surely[side])

    def smallest_regret(self, boxes: Sequence[Box]) -> SmallestRegret | None:
        """Return the package whose largest worst regret is smallest.

        Of packages that are even in every group and that nobody would walk away from, wherever the
        sides are in their boxes: those that gain most as given come first, and no more are looked
        at once none can be better.
        """
        even = evenness(self.groups, boxes, len(self.found.outcomes))
        safe = np.logical_and.reduce([even[0], *(b.least(b.side.rows) >= 0 for b in boxes)])
        places = np.flatnonzero(safe)
        levels, one = self._least_gains(even[0])
        levels = levels[places]
        most = max(1, min(MAX_CANDIDATES, MAX_LOOKED_AT // max(len(safe), 1)))
        best: SmallestRegret | None = None
        for looked, n in enumerate(np.argsort(-levels, kind="stable")):
            known = best is not None and max(best.regrets.values()) <= 1 - Fraction(levels[n], one)
            if best is not None and (known or looked == most):
                return replace(best, of=len(places) if known else looked)
            regrets = self._regrets(boxes, int(places[n]), even)
            if best is None or max(regrets) < max(best.regrets.values()):
                named = FrozenMap.paired(self.dispute.party_ids, regrets)
                best = SmallestRegret(self.found.outcomes[int(places[n])], named, len(places))
        return best

    def _least_gains(self, even: Mask) -> tuple[Array, int]:
        """Return everybody's smallest gain by each package, all answers as given, and what is 1."""
        given = [side.surplus(side.given).astype(object) for side in self.sides]
        possible = np.logical_and.reduce([even, *(own >= 0 for own in given)])
        possible[self.package] = True
        ideals = [max(1, own[possible].max()) for own in given]
        one = prod(ideals)
        pairs = zip(given, ideals, strict=True)
        return np.minimum.reduce([own * (one // ideal) for own, ideal in pairs]), one

    def _regrets(self, boxes: Sequence[Box], package: int, even: Even) -> list[Fraction]:
        _, possibly = accepted(boxes, package, even)
        ends = [least_gain(one, package, many) for one, many in zip(boxes, possibly, strict=True)]
        return [1 - end.gain for end in ends if end is not None]

    def _meant(self, corners: Sequence[Corner]) -> Dispute:
        return guessed_points.meant(self.dispute, self.sides, corners)


def listed(dispute: Dispute, outcome: Outcome) -> Listed:
    """Return a package among all those of a dispute of whole issues.

    Raises
    ------
    TooLarge
        If there are too many combinations (H18).
    """
    found = guesses(dispute)
    return Listed(found, outcome, found.outcomes.index(outcome), groups_of(found.outcomes))
