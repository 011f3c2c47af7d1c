"""Whole issues whose packages are too many to be listed: each question about all of them is asked.

The same figures as for packages that are listed, by the same definitions. What is said of all
packages is proved by CP-SAT, every number whole; each package that it answers with is looked at
again in fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from hikiwake.errors import TooLarge
from hikiwake.findings.sureness import SmallestRegret
from hikiwake.model import Dispute, Outcome
from hikiwake.options.sureness.draws import Reach, uneven
from hikiwake.options.sureness.gains import End, Shown, nothing_to_gain
from hikiwake.options.sureness.groups import Group, groups_of, uneven_inside
from hikiwake.options.sureness.guesses import Box, Corner, side_of
from hikiwake.options.sureness.lists import Packages
from hikiwake.options.sureness.points import AsSettled
from hikiwake.options.sureness.whole.asked import Asked, Choices
from hikiwake.options.sureness.whole.conditions import countings
from hikiwake.pareto.compiled import Compiled, compiled
from hikiwake.solvers.cp_sat.picks import Picks
from hikiwake.solvers.deadline import UNLIMITED, Deadline
from hikiwake.solvers.solution import Decision, Taken


@dataclass(frozen=True)
class Searched(AsSettled):
    """A package among very many. The ``rows`` of its sides are its own line alone."""

    choices: Choices
    groups: tuple[Group, ...]
    package: int = 0

    @property
    def deadline(self) -> Deadline:
        """When time is over."""
        return self.choices.deadline

    def span(self, boxes: Sequence[Box], side: int) -> tuple[End | None, End]:
        """Return the least and the greatest gain of one side."""
        asked = self._asked(boxes)
        least = asked.least_gain(side, self.choices.settled)
        return least and least.end, asked.greatest_gain(side)

    def plain_doubts(self, boxes: Sequence[Box]) -> Iterator[tuple[Corner, ...]]:
        """Yield answers at which it takes little to see that the package is no draw."""
        yield from uneven_inside(self.groups, boxes, self.package)
        with suppress(TooLarge):
            yield from self._asked(boxes).dominated()

    def reach(self, boxes: Sequence[Box]) -> Reach:
        """Return how little and how much each side may gain, and whether it is surely a draw.

        Where a limit was reached the ends are bounds, and it is not.
        """
        asked, many = self._asked(boxes), range(len(boxes))
        found = [asked.least_gain(n, self.choices.settled) for n in many]
        least = tuple(one and one.end for one in found)
        most = tuple(asked.greatest_gain(n) for n in many)
        own = [box.side.rows[self.package] for box in boxes]
        better: list[tuple[Corner, ...]] | None = None
        with suppress(TooLarge):
            better = [*asked.dominated()]
        doubts = (
            *uneven_inside(self.groups, boxes, self.package),
            *(better or ()),
            *uneven(boxes, own, (least, most), self.dispute.tolerance),
        )
        safe = [end.gain for end in least if end is not None]
        every = len(safe) == len(boxes)
        compared = [n for n in many if not nothing_to_gain(least[n], most[n])]
        bounded = any(end.bounded for end in (*most, *filter(None, least)))
        exact = proved = False
        with suppress(TooLarge):
            exact = every and not bounded and asked.ends_are_reached()
        with suppress(TooLarge):
            proved = (
                every
                and better is not None
                and not doubts
                and len(compared) > 1
                and all(map(asked.some_range, compared))
                and asked.price_holds(min(safe))
            )
        return Reach(least, most, exact, proved, doubts)

    def shown(self, boxes: Sequence[Box]) -> list[Shown]:
        """Return for each side what shows the most that it may gain, and that it may gain."""
        return [self._shown(self._asked(boxes), n) for n in range(len(boxes))]

    def _shown(self, asked: Asked, side: int) -> Shown:
        end, packages = asked.greatest_shown(side)
        return Shown(
            tuple(self._named(one) for one in asked.hopes(side)),
            tuple((self._named(packages[n]), weight) for n, weight in end.mixture),
        )

    def _named(self, decision: Decision) -> Outcome:
        return self.choices.compiled.outcome(Taken(decision))

    def smallest_regret(self, boxes: Sequence[Box]) -> SmallestRegret | None:
        """Return the package whose largest worst regret is smallest, of all packages.

        Of those that are surely even in every group and that nobody would walk away from, wherever
        the sides are in their boxes.
        """
        return self._asked(boxes).smallest_regret()

    def _asked(self, boxes: Sequence[Box]) -> Asked:
        return Asked(self.choices, boxes, self.groups)


def searched(dispute: Dispute, outcome: Outcome, deadline: Deadline = UNLIMITED) -> Searched:
    """Return a package among all those of a dispute of whole issues, which are not listed.

    Raises
    ------
    TooLarge
        If a group that is not for trade has too many combinations (H18).
    """
    found = compiled(dispute)
    places = [ways.index(outcome[i]) for i, ways in zip(found.whole, found.decisions, strict=True)]
    one = Packages(found, {k: np.array([place]) for k, place in enumerate(places)}, 1)
    sides = tuple(side_of(one, party) for party in dispute.party_ids)
    return Searched(dispute, outcome, sides, _choices(found, one, deadline), groups_of(one))


def _choices(found: Compiled, settled: Packages, deadline: Deadline) -> Choices:
    bonuses = [
        (party, place, clause)
        for party in found.dispute.party_ids
        for place, bonus in enumerate(found.dispute.preferences[party].bonuses, start=1)
        if (clause := settled.indices.clause(bonus.when)) is not None
    ]
    picks = Picks(
        [len(ways) for ways in found.decisions],
        found.problem.never,
        [clause for *_, clause in bonuses],
    )
    return Choices(found, picks, tuple(countings(settled, bonuses)), settled.options(0), deadline)
