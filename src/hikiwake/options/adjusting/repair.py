"""The fewest issues to decide otherwise, so that a package becomes possible, or a draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations, groupby, islice
from operator import ne

from hikiwake.findings.talks import Repair, Repairs
from hikiwake.model import Outcome, lot_of
from hikiwake.options.adjusting.combinations import Combinations
from hikiwake.options.adjusting.divided import Around, Divided, Found, divided_over
from hikiwake.pareto import Bargain, LexicographicMinimum, LimitReached, Point, Region, Total
from hikiwake.pareto.fronts.points import Points
from hikiwake.pareto.given import first_of
from hikiwake.pareto.ties import shown_first
from hikiwake.settlement import Limit, Package

MAX_DRAWS = 1_000
MAX_BETTERING = 50  # packages, kept to be looked at first
MAX_SETS = 20  # of issues, in which a draw of three sides and more is looked for

Values = tuple[Fraction, ...]
Hopeful = Callable[[Sequence[str]], bool]  # whether changing some issues could mend anything


class Repairing:
    """Looks for the fewest changes to a package, in a dispute that has an agreement.

    Notes
    -----
    Sets of issues are tried from the smallest upwards; those that cannot mend what is broken are
    passed over. Where everything is decided whole, each combination of values on them is looked
    at; where something is divided, each set is a linear question, unless what was proved of others
    answers it. Draws are read off the frontier, and written out from the evenest on.
    """

    def __init__(
        self,
        bargain: Bargain,
        references: Sequence[Values],
        asks: tuple[Callable[[Outcome], bool], Callable[[Outcome], Package]],
    ) -> None:
        self._bargain = bargain
        self._references = references
        self._is_draw, self._package = asks
        self._ids = tuple(issue.id for issue in bargain.dispute.issues)
        self._last: tuple[Outcome, Around] | None = None
        self._bettering: list[Values] = []

    def repairs(
        self, outcome: Outcome, broken: Sequence[Limit], uneven_groups: Sequence[str]
    ) -> Repairs:
        """Return the fewest changes for a possible package, and for a draw.

        Parameters
        ----------
        broken, uneven_groups
            What the package does not keep.
        """
        if self._is_draw(outcome):
            return Repairs(None, None)
        to_possible, sought = None, True
        hopeful = self._hopeful(outcome, broken, uneven_groups)
        if broken or uneven_groups:
            to_possible, sought = self._to_possible(outcome, hopeful)
        to_draw, draw_sought = self._to_draw(outcome, hopeful)
        return Repairs(to_possible, to_draw, sought, draw_sought)

    def prepare(self) -> None:
        """Find what serves every question, so that none has to wait for it."""
        if not self._bargain.compiled.problem.continuous:
            _ = self._combinations
        if self._draws is None and self._divided is not None:
            if not self._divided.planar:
                _ = self._best_draws
            elif self._divided.draws:
                _ = self._divided.aims, self._divided.everywhere

    @cached_property
    def _combinations(self) -> Combinations:
        return Combinations(self._bargain)

    @cached_property
    def _divided(self) -> Divided | None:
        return divided_over(self._bargain, self._regions)

    def _around(self, outcome: Outcome) -> Around:
        """Return the packages around one; what was found out of them serves both repairs."""
        if self._last is None or self._last[0] != outcome:
            assert self._divided is not None
            self._last = outcome, self._divided.around(outcome)
        return self._last[1]

    @cached_property
    def _regions(self) -> tuple[Region, ...]:
        dispute = self._bargain.dispute
        return tuple(
            Region(dispute.tolerance, tuple(gain - dispute.price for gain in reference))
            for reference in self._references
        )

    @cached_property
    def _draws(self) -> tuple[Point, ...] | None:
        """All the points of the frontier that are draws; None where they are not so listed."""
        bargain = self._bargain
        if not isinstance(bargain.frontier, Points):
            return None
        if not bargain.even_groups or len(bargain.gains.parties) < 2:
            return ()
        values, scale = bargain.gains.integers(bargain.frontier.solution.utilities)
        rows = {int(r) for region in self._regions for r in region.rows(values, scale).nonzero()[0]}
        return tuple(bargain.frontier.point(row) for row in sorted(rows))

    def _to_possible(self, outcome: Outcome, hopeful: Hopeful) -> tuple[Repair | None, bool]:
        if not self._bargain.compiled.problem.continuous:
            found = self._combinations.fewest(outcome, hopeful)
            return (None, False) if found is None else (self._best(outcome, found), True)
        if self._divided is None:
            return None, False
        around = self._around(outcome)
        for size in range(1, len(self._ids) + 1):
            found = around.evenest(self._sets(hopeful, size))
            if found:
                return self._best(outcome, [one.outcome for one in found]), True
        return None, True

    def _to_draw(self, outcome: Outcome, hopeful: Hopeful) -> tuple[Repair | None, bool]:
        if self._draws is not None:
            return self._nearest_draw(outcome, self._draws)
        if self._divided is None:
            return None, False
        if not self._divided.planar:
            return self._some_draw(outcome, hopeful)
        if not self._divided.draws:
            return None, True
        around = self._around(outcome)
        for size in range(1, len(self._ids) + 1):
            sets = combinations(self._ids, size)
            found = sorted(chain.from_iterable(map(around.draws, sets)), key=_evenest_first)
            for _, level in groupby(found, _evenest_first):
                draws = [one.outcome for one in level if self._is_draw(one.outcome)]
                if draws:
                    return self._best(outcome, draws), True
        return None, True

    def _some_draw(self, outcome: Outcome, hopeful: Hopeful) -> tuple[Repair | None, bool]:
        """Return few changes for a draw, where draws of three sides and more are not all known.

        Of what each set of issues allows the most even-handed package is looked at, so fewer may
        do, unless it is one; the best draws of all come last.
        """
        around, sizes = self._around(outcome), range(1, len(self._ids))
        sets = chain.from_iterable(self._sets(hopeful, size) for size in sizes)
        for issues in islice(sets, MAX_SETS):
            answer = around.even(issues)
            if answer is not None and self._unbettered(answer.levels):
                repair = self._best(outcome, [answer.outcome])
                return repair, len(repair.issues) == 1
        draws, certain = self._best_draws
        if not draws:
            return None, certain
        repair = self._best(outcome, draws)
        return repair, len(repair.issues) == 1

    def _unbettered(self, gains: Values) -> bool:
        """Tell whether no package is better for somebody and worse for nobody.

        Packages that were found better once are looked at first, whatever the question was.
        """
        if any(
            min(b - a for a, b in zip(gains, other, strict=True)) >= 0 and other != gains
            for other in self._bettering
        ):
            return False
        found = self._bargain.best(Total(), region=Region(floors=gains))
        more = self._bargain.gains.values(found[0]) if found else gains
        if sum(more) == sum(gains):
            return True
        self._bettering = [more, *self._bettering[: MAX_BETTERING - 1]]
        return False

    @cached_property
    def _best_draws(self) -> tuple[Sequence[Outcome], bool]:
        """The best draws of all; where there are none, whether there is certainly no other."""
        bargain = self._bargain
        if len(bargain.gains.parties) < 2:
            return (), True
        draws, certain = [*filter(bargain.is_draw, bargain.kalai_smorodinsky())], True
        if not draws:
            try:
                found = [
                    bargain.frontier.best(LexicographicMinimum(), bargain.gains, r)
                    for r in self._regions
                ]
            except LimitReached:
                return (), False
            draws = [point for own in found for point in own.points]
            certain = not any(own.approached for own in found)
        return [shown_first(bargain, point) for point in draws], certain

    def _nearest_draw(self, outcome: Outcome, draws: Sequence[Point]) -> tuple[Repair | None, bool]:
        bargain = self._bargain
        if len(draws) > MAX_DRAWS:
            return None, False
        if not draws:
            return None, True
        here = self._combinations.places(outcome)
        changes = {point: self._changes(here, point) for point in draws}
        fewest = min(changes.values())
        closest = [point for point in draws if changes[point] == fewest]
        gains = {point: sorted(bargain.gains.values(point)) for point in closest}
        most = max(gains.values())
        evenest = [point for point in closest if gains[point] == most]
        return self._best(outcome, [shown_first(bargain, p, here) for p in evenest]), True

    def _changes(self, here: tuple[int, ...], point: Point) -> int:
        """Return how many issues the packages that are worth a point decide otherwise at least."""
        nearest = next(iter(self._bargain.frontier.nearest(point, here)))
        return sum(map(ne, here, nearest.options))

    def _sets(self, hopeful: Hopeful, size: int) -> Iterator[tuple[str, ...]]:
        drawn = sorted(self._ids, key=lot_of)  # which come first hangs on no place in the file
        return (issues for issues in combinations(drawn, size) if hopeful(issues))

    def _hopeful(
        self, outcome: Outcome, broken: Sequence[Limit], uneven_groups: Sequence[str]
    ) -> Hopeful:
        """Return a test whether changing some issues touches everything that is broken."""
        dispute = self._bargain.dispute
        touching: list[frozenset[str]] = [
            frozenset(condition.tests)
            for condition in dispute.forbidden()
            if condition.holds(outcome)
        ]
        groups = {group.id: group for group in dispute.groups}
        touching += [frozenset(groups[group].issues) for group in uneven_groups]
        for limit in broken:
            if limit.kind == "walk_away" and limit.party is not None:
                own = dispute.preferences[limit.party]
                bonuses = (issue for bonus in own.bonuses for issue in bonus.when.tests)
                touching.append(frozenset((*own.points, *bonuses)))
        return lambda issues: all(not touch.isdisjoint(issues) for touch in touching)

    def _best(self, outcome: Outcome, found: Sequence[Outcome]) -> Repair:
        """Return the evenest-off of packages that change equally few issues (H11, H13)."""
        looks = [(self._gains(other), other) for other in found]
        most = max(gains for gains, _ in looks)
        chosen = first_of(self._bargain.dispute, [other for gains, other in looks if gains == most])
        return Repair(self._changed(outcome, chosen), self._package(chosen))

    def _gains(self, outcome: Outcome) -> list[Fraction]:
        return sorted(self._bargain.gains.values(self._bargain.point_of(outcome)))

    def _changed(self, before: Outcome, after: Outcome) -> tuple[str, ...]:
        return tuple(issue for issue in self._ids if before[issue] != after[issue])


def _evenest_first(found: Found) -> tuple[bool, list[Fraction]]:
    return found.inside, [-level for level in sorted(found.levels)]
