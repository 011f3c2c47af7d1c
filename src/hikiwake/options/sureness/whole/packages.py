"""Whole issues: how a package stands where every package can be listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from hikiwake.findings.sureness import SmallestRegret
from hikiwake.model import Dispute, FrozenMap, Outcome
from hikiwake.options.sureness import draws, points
from hikiwake.options.sureness.draws import Gains, Reach, hopes, reach
from hikiwake.options.sureness.gains import End, Shown, accepted, greatest_gain, least_gain
from hikiwake.options.sureness.groups import Group, evenness, groups_of, uneven_inside
from hikiwake.options.sureness.guesses import Array, Box, Corner, Guesses, Mask, Side, guesses
from hikiwake.options.sureness.whole.regrets import most_careful
from hikiwake.options.tables import are_draws
from hikiwake.solvers.deadline import UNLIMITED, Deadline

MAX_PACKAGES = 10_000
SAMPLES = 1_000
SLOWER_SAMPLES = 300


@dataclass(frozen=True)
class Listed:
    """A package among all those of a dispute. Its place in the list is ``package``.

    What takes long raises TimeIsOver where no time is left.
    """

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
            return draws.gains_at([s.surplus(own) for s, own in pairs], self.package)
        return points.gains_of(self._meant(corners), self.outcome)

    def is_draw(self, corners: Sequence[Corner]) -> bool:
        """Tell whether the package is a draw at one set of answers; in time, or it is not told."""
        if self.quick:
            pairs = zip(self.sides, corners, strict=True)
            surpluses = [side.surplus(own)[None, :] for side, own in pairs]
            return bool(self._draws(surpluses)[0])
        if not all(group.even_at(self.sides, corners, self.package) for group in self.groups):
            return False
        return points.is_draw_of(self._meant(corners), self.outcome, self.found.deadline)

    def draws_at(self, answers: Sequence[Array]) -> Mask:
        """Tell at which of many sets of answers the package is a draw; where it is ``quick``.

        ``answers`` has an array for each side, a line for each set, in whole numbers of a unit.
        """
        pairs = zip(self.sides, answers, strict=True)
        return self._draws([side.rows.each(numbers) for side, numbers in pairs])

    def _draws(self, surpluses: Sequence[Array]) -> Mask:
        dispute = self.dispute
        return are_draws(surpluses, self.package, dispute.tolerance, dispute.price)

    def reach(self, boxes: Sequence[Box]) -> Reach:
        """Return how little and how much each side may gain, and whether it is surely a draw."""
        return reach(self.found, boxes, self.package, self.groups)

    def plain_doubts(self, boxes: Sequence[Box]) -> Iterator[tuple[Corner, ...]]:
        """Yield answers at which it takes little to see that the package is no draw."""
        yield from uneven_inside(self.groups, boxes, self.package)

    def span(self, boxes: Sequence[Box], side: int) -> tuple[End | None, End]:
        """Return the least and the greatest gain of one side."""
        even = evenness(self.groups, boxes, len(self.found.outcomes))
        surely, possibly = accepted(boxes, self.package, even)
        late = self.found.deadline
        least = least_gain(boxes[side], self.package, possibly[side], late)
        return least, greatest_gain(boxes[side], self.package, surely[side], late)

    def shown(self, boxes: Sequence[Box]) -> list[Shown]:
        """Return for each side what shows the most that it may gain, and that it may gain."""
        even, every = evenness(self.groups, boxes, len(self.found.outcomes)), self.found.outcomes
        surely, _ = accepted(boxes, self.package, even)
        found: list[Shown] = []
        for box, few in zip(boxes, surely, strict=True):
            mixture = greatest_gain(box, self.package, few).mixture
            good = tuple(every[n] for n in hopes(box, few))
            found.append(Shown(good, tuple((every[n], weight) for n, weight in mixture)))
        return found

    def smallest_regret(self, boxes: Sequence[Box]) -> SmallestRegret | None:
        """Return the package whose largest worst regret is smallest; the settled one, if it is.

        Of packages that are even in every group and that nobody would walk away from, wherever the
        sides are in their boxes.
        """
        even = evenness(self.groups, boxes, len(self.found.outcomes))
        safe = np.logical_and.reduce([even[0], *(b.least(b.side.rows) >= 0 for b in boxes)])
        if not safe.any():
            return None
        first = self.package if safe[self.package] else int(np.flatnonzero(safe)[0])
        _, possibly = accepted(boxes, first, even)
        sides = list(zip(boxes, possibly, strict=True))
        place, gains = most_careful(sides, safe, first, self.found.deadline)
        regrets = FrozenMap.paired(self.dispute.party_ids, (1 - gain for gain in gains))
        least = max(regrets.values())
        return SmallestRegret(self.found.outcomes[place], regrets, int(safe.sum()), least)

    def _meant(self, corners: Sequence[Corner]) -> Dispute:
        return points.meant(self.dispute, self.sides, corners)


def listed(dispute: Dispute, outcome: Outcome, deadline: Deadline = UNLIMITED) -> Listed:
    """Return a package among all those of a dispute of whole issues.

    Raises
    ------
    TooLarge
        If there are too many combinations (H18).
    """
    found = guesses(dispute, deadline)
    return Listed(found, outcome, found.outcomes.index(outcome), groups_of(found.outcomes))
