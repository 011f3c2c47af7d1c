"""What the parties bargain over: the frontier of what nobody would walk away from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from hikiwake.model import Dispute, FrozenMap, Outcome
from hikiwake.pareto.canonical import Written
from hikiwake.pareto.compiled import Compiled
from hikiwake.pareto.fronts.answer import LimitReached
from hikiwake.pareto.fronts.measure import Measure, Point
from hikiwake.pareto.fronts.orderings import LexicographicMinimum, Ordering
from hikiwake.pareto.fronts.points import Points
from hikiwake.pareto.fronts.region import ANYWHERE, Region
from hikiwake.pareto.fronts.sets import ParetoSet, pareto_set
from hikiwake.settlement import Package
from hikiwake.solvers.deadline import Deadline


@dataclass(frozen=True)
class Bargain:
    """A dispute that has an agreement: its frontier, ideals, and the measures to compare by.

    ``level`` is the imbalance within groups that had to be accepted: the tolerance, or more if
    no package is even in every group (H8). ``measure`` is given where gains are those of a larger
    bargain, of which this one holds a part.
    """

    compiled: Compiled
    frontier: ParetoSet
    level: Fraction
    measure: Measure | None = None

    @cached_property
    def walk_away(self) -> tuple[Fraction, ...]:
        """Everybody's walk-away value, in the integer units of the problem."""
        return tuple(Fraction(floor or 0) for floor in self.compiled.problem.floors)

    @cached_property
    def ideals(self) -> tuple[Fraction, ...]:
        """The most that everybody could get, in the integer units of the problem (H9)."""
        return tuple(self.frontier.most(i) for i in range(self.compiled.problem.parties))

    @cached_property
    def gains(self) -> Measure:
        """By what parts of their ranges those are compared who can gain."""
        if self.measure is not None:
            return self.measure
        ranges = tuple(b - a for a, b in zip(self.walk_away, self.ideals, strict=True))
        compared = tuple(i for i, own in enumerate(ranges) if own > 0)
        zeros = tuple(self.walk_away[i] for i in compared)
        return Measure(compared, zeros, tuple(ranges[i] for i in compared), "gain")

    @cached_property
    def written(self) -> Written:
        """Its packages in canonical form."""
        return Written(self.compiled)

    @property
    def dispute(self) -> Dispute:
        """The dispute."""
        return self.compiled.dispute

    @property
    def raw(self) -> Measure:
        """Points above walk-away values, not scaled (H15), of those who can gain (H9)."""
        parties, zeros = self.gains.parties, self.gains.zeros
        return Measure(parties, zeros, tuple(self.compiled.units[i] for i in parties))

    @property
    def ideal_points(self) -> FrozenMap[str, Fraction]:
        """Each party's ideal, in its own points."""
        parties = enumerate(self.dispute.party_ids)
        return FrozenMap({p: self.compiled.points(i, self.ideals[i]) for i, p in parties})

    @property
    def even_groups(self) -> bool:
        """Whether every group that is not for trade is even within itself."""
        return self.level <= self.dispute.tolerance

    def best(
        self, ordering: Ordering, measure: Measure | None = None, region: Region = ANYWHERE
    ) -> tuple[Point, ...]:
        """Return all the best points of the frontier; by gains if no measure is given."""
        return self.frontier.best(ordering, measure or self.gains, region).points

    def gains_at(self, point: Point) -> tuple[Fraction | None, ...]:
        """Return everybody's gain; None for a party that can neither gain nor lose (H9)."""
        values = dict(zip(self.gains.parties, self.gains.values(point), strict=True))
        return tuple(values.get(i) for i in range(len(self.walk_away)))

    def point_of(self, outcome: Outcome) -> Point:
        """Return what an outcome is worth to everybody, in the integer units of the problem."""
        pairs = zip(self.dispute.party_ids, self.compiled.units, strict=True)
        return tuple(self.dispute.utility(party, outcome) * unit for party, unit in pairs)

    def package(self, point: Point, outcome: Outcome) -> Package:
        """Return an outcome that lies at a point, with what it is worth and gives to everybody."""
        parties = self.dispute.party_ids
        worths = (self.compiled.points(i, u) for i, u in enumerate(point))
        return Package(
            outcome,
            FrozenMap.paired(parties, worths),
            FrozenMap.paired(parties, self.gains_at(point)),
            self.imbalance(point),
        )

    def imbalance(self, point: Point) -> Fraction | None:
        """Return the largest gain less the smallest; None if fewer than two are compared."""
        values = self.gains.values(point)
        return max(values) - min(values) if len(values) >= 2 else None

    @cached_property
    def _greatest(self) -> tuple[Point, ...]:
        return self.best(LexicographicMinimum())

    def kalai_smorodinsky(self) -> tuple[Point, ...]:
        """Return the points whose sorted gains are lexicographically greatest, found once."""
        return self._greatest

    def costs(self, point: Point, reference: Point) -> tuple[Fraction, ...]:
        """Return what a point costs each compared party against another, in parts of its range."""
        pairs = zip(self.gains.values(reference), self.gains.values(point), strict=True)
        return tuple(before - after for before, after in pairs)

    def is_draw(self, point: Point) -> bool:
        """Tell whether a point of the frontier is a draw (H10)."""
        apart = self.imbalance(point)
        if apart is None or apart > self.dispute.tolerance or not self.even_groups:
            return False
        return any(
            max(self.costs(point, reference)) <= self.dispute.price
            for reference in self.kalai_smorodinsky()
        )


@dataclass(frozen=True, slots=True)
class NoBargain:
    """Nothing is acceptable to everybody, as an engine found out."""

    engine: str


def bargain_over(
    compiled: Compiled, engine: str | None = None, deadline: Deadline | None = None
) -> Bargain | NoBargain:
    """Return what there is to bargain over, if something is acceptable to everybody.

    Raises
    ------
    LimitReached
        If the time was over before that was certain, or an ideal was.
    """
    frontier, level = _least_uneven(compiled, engine, deadline or Deadline())
    if frontier.empty:
        return NoBargain(frontier.engine)
    bargain = Bargain(compiled, frontier, level)
    if not isinstance(frontier, Points):
        len(bargain.ideals)  # what is sought for: a limit is to be told here
    return bargain


def _least_uneven(
    compiled: Compiled, engine: str | None, deadline: Deadline
) -> tuple[ParetoSet, Fraction]:
    """Return the frontier at the smallest group imbalance, at least the tolerance, that has one."""

    def at(level: Fraction | None) -> ParetoSet:
        return pareto_set(compiled.within(level), engine, deadline)

    tolerance = compiled.dispute.tolerance
    frontier = at(tolerance if compiled.groups else None)
    if not compiled.groups or not frontier.empty or at(None).empty:
        return frontier, tolerance
    if compiled.ranges:
        level = _least_level(compiled, deadline)
        return at(level), level
    levels = _levels_above(compiled, tolerance)
    low, high = 0, len(levels) - 1
    while low < high:
        middle = (low + high) // 2
        if at(levels[middle]).empty:
            low = middle + 1
        else:
            high = middle
    return at(levels[low]), levels[low]


def _least_level(compiled: Compiled, deadline: Deadline) -> Fraction:
    """Return the smallest group imbalance of anything acceptable to everybody."""
    from hikiwake.solvers.hulls import OutOfTime, least_level

    try:
        return least_level(compiled.within(Fraction(0)), lambda: deadline.passed)
    except OutOfTime:
        raise LimitReached from None


def _levels_above(compiled: Compiled, tolerance: Fraction) -> Sequence[Fraction]:
    levels = {level for table in compiled.tables for level in table.levels()}
    return sorted(level for level in levels if level > tolerance)
