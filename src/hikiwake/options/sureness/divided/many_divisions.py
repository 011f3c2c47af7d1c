"""Very many divisions: how a package stands where not even their ends can be listed.

The figures are those of packages that are listed, but for two: the radius rests on another bound
of the price, and the smallest worst regret is found to a thousandth. What is said of all packages
is proved by cases, each a linear program. A question that takes too many of them leaves a bound,
or an interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from hikiwake.findings.sureness import SmallestRegret
from hikiwake.model import Dispute, Outcome
from hikiwake.options.sureness.divided.many_questions import Questions
from hikiwake.options.sureness.draws import Reach, uneven
from hikiwake.options.sureness.gains import End, Shown, compared_ends
from hikiwake.options.sureness.groups import Group, groups_of, uneven_inside
from hikiwake.options.sureness.guesses import Box, Corner, Side
from hikiwake.options.sureness.lists import Packages
from hikiwake.options.sureness.points import AsSettled
from hikiwake.options.sureness.trees.balances import Balance, balances_of
from hikiwake.options.sureness.trees.cases import Unproved
from hikiwake.options.sureness.trees.statement import (
    Stated,
    outcome_of,
    package_of,
    robust_statement,
)
from hikiwake.options.sureness.whole.conditions import rows_of
from hikiwake.pareto.compiled import compiled
from hikiwake.solvers.deadline import UNLIMITED, Deadline

Json = Any


@dataclass(frozen=True)
class ByCases(AsSettled):
    """A package among very many divisions. The ``rows`` of its sides are its own line alone."""

    stated: Stated
    settled: Json
    groups: tuple[Group | Balance, ...]
    package: int = 0
    until: Deadline = UNLIMITED

    @property
    def deadline(self) -> Deadline:
        """When time is over."""
        return self.until

    def span(self, boxes: Sequence[Box], side: int) -> tuple[End | None, End]:
        """Return the least and the greatest gain of one side."""
        asked = Questions(self, boxes)
        return asked.least_gain(side, self.settled), asked.greatest_gain(side)[0]

    def plain_doubts(self, boxes: Sequence[Box]) -> Iterator[tuple[Corner, ...]]:
        """Yield answers at which it takes little to see that the package is no draw."""
        yield from uneven_inside(self.groups, boxes, self.package)
        with suppress(Unproved):
            yield from Questions(self, boxes).dominated()

    def reach(self, boxes: Sequence[Box]) -> Reach:
        """Return how little and how much each side may gain, and whether it is surely a draw.

        Where a question took too many cases the ends are bounds, and it is not.
        """
        asked, many = Questions(self, boxes), range(len(boxes))
        least = tuple(asked.least_gain(n, self.settled) for n in many)
        shown = [asked.greatest_gain(n) for n in many]
        most = tuple(end for end, _ in shown)
        own = [box.side.rows[self.package] for box in boxes]
        dominated: list[tuple[Corner, ...]] | None = None
        with suppress(Unproved):
            dominated = [*asked.dominated()]
        doubts = (
            *uneven_inside(self.groups, boxes, self.package),
            *(dominated or ()),
            *uneven(boxes, own, (least, most), self.dispute.tolerance),
        )
        safe = [end.gain for end in least if end is not None]
        every = len(safe) == len(boxes)
        bounded = any(end.bounded for end in (*most, *filter(None, least)))
        exact = every and not bounded and not self.groups and all(map(asked.one_sided, many))
        proved = False
        with suppress(Unproved):
            hopes = [packages for _, packages in shown]
            ends = compared_ends(least, most)
            compared = [n for n in many if ends[n] is not None]
            proved = (
                every
                and dominated is not None
                and not doubts
                and len(compared) > 1
                and all(asked.some_range(n, hopes[n]) for n in compared)
                and asked.price_holds(ends, hopes)
            )
        return Reach(least, most, exact, proved, doubts)

    def shown(self, boxes: Sequence[Box]) -> list[Shown]:
        """Return for each side what shows the most that it may gain, and that it may gain."""
        asked, found = Questions(self, boxes), compiled(self.dispute)
        shown: list[Shown] = []
        for n in range(len(boxes)):
            end, packages = asked.greatest_gain(n)
            named = [outcome_of(found, one) for one in packages]
            mixture = tuple((named[k], weight) for k, weight in end.mixture)
            shown.append(Shown(tuple(named[::-1]), mixture))
        return shown

    def smallest_regret(self, boxes: Sequence[Box]) -> SmallestRegret | None:
        """Return the package whose largest worst regret is smallest, to a thousandth.

        Of those that are surely even in every group and that nobody would walk away from. None: the
        settled one might leave somebody below its walk-away value, or none is even, as far as seen.
        """
        return Questions(self, boxes).smallest_regret()


def by_cases(dispute: Dispute, outcome: Outcome, deadline: Deadline = UNLIMITED) -> ByCases:
    """Return a package of a dispute whose divisions are not listed.

    Raises
    ------
    TooLarge
        If a group that is not for trade has too many combinations (H18).
    """
    found = compiled(dispute)
    stated, package = Stated.of(robust_statement(dispute)), package_of(found, outcome)
    places = {k: np.array([package[k][0]]) for k in range(len(found.whole))}
    groups = groups_of(Packages(found, places, 1))
    if found.ranges:
        groups, stated = balances_of(dispute, package), replace(stated, groups=())
    sides: list[Side] = []
    for n, party in enumerate(dispute.party_ids):
        given, line = dispute.preferences[party].answers(), stated.line(n, package)
        row = np.array([line.get(j, Fraction(0)) for j in range(len(given))], dtype=object)
        sides.append(Side(party, tuple(given), tuple(given.values()), rows_of(row)))
    return ByCases(dispute, outcome, tuple(sides), stated, package, groups, until=deadline)
