"""A Pareto frontier of finitely many points, all of them known."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

import numpy as np

from hikiwake.pareto.fronts.answer import Found
from hikiwake.pareto.fronts.measure import Measure, Point
from hikiwake.pareto.fronts.orderings import Ordering
from hikiwake.pareto.fronts.region import ANYWHERE, Region
from hikiwake.settlement import Count
from hikiwake.solvers.foremost import Key, foremost
from hikiwake.solvers.problem import Problem
from hikiwake.solvers.solution import Solution, Taken
from hikiwake.solvers.weights import weightiest_first


class Points:
    """A frontier of finitely many points."""

    edges = ()

    def __init__(self, solution: Solution, problem: Problem) -> None:
        self.solution = solution
        self._problem = problem
        self.engine = solution.engine

    def __len__(self) -> int:
        return len(self.solution.utilities)

    @property
    def empty(self) -> bool:
        """Whether nothing is acceptable to everybody."""
        return len(self) == 0

    def most(self, party: int) -> Fraction:
        """Return the most that a party gets anywhere on the frontier."""
        return Fraction(int(self.solution.utilities[:, party].max()))

    def hope(self, party: int) -> Taken:
        """Return a package that gives a party the most that it gets."""
        row = int(self.solution.utilities[:, party].argmax())
        return Taken(next(self.solution.decisions(row)))

    def best(self, ordering: Ordering, measure: Measure, region: Region = ANYWHERE) -> Found:
        """Return all the best points within a region."""
        values, scale = measure.integers(self.solution.utilities)
        inside = np.arange(len(self))
        if region is not ANYWHERE:
            inside = np.flatnonzero(region.rows(values, scale))
        if len(inside) == 0:
            return Found(())
        rows = inside[ordering.best_rows(values[inside])]
        return Found(tuple(self.point(int(row)) for row in rows))

    def point(self, row: int) -> Point:
        """Return everybody's utility at a row."""
        return tuple(Fraction(int(u)) for u in self.solution.utilities[row])

    def row(self, point: Point) -> int:
        """Return the row of a point on the frontier."""
        return self._rows[tuple(int(utility) for utility in point)]

    @cached_property
    def _rows(self) -> dict[tuple[int, ...], int]:
        """The row of each point, looked up by its integers."""
        return {tuple(point): row for row, point in enumerate(self.solution.utilities.tolist())}

    def corners(self) -> Iterator[Point]:
        """Yield every point."""
        yield from (self.point(row) for row in range(len(self)))

    def packages(self, point: Point) -> Iterator[Taken]:
        """Yield every package behind a point."""
        return map(Taken, self.solution.decisions(self.row(point)))

    def nearest(self, point: Point, today: tuple[int | None, ...]) -> Iterator[Taken]:
        """Yield the packages behind a point that differ from today's on the fewest issues."""
        return map(Taken, self.solution.nearest(self.row(point), today))

    def first_of_many(
        self, point: Point, today: tuple[int | None, ...], most: int, key: Key
    ) -> Taken | None:
        """Return the first of the nearest packages, by keys of options; None if they are few.

        They are compared issue by issue, the weightiest first.
        """
        row = self.row(point)
        if self.solution.count(row) <= most:
            return None
        first = foremost(self.solution, (row, today), most, self._order, key)
        return None if first is None else Taken(first)

    @cached_property
    def _order(self) -> list[int]:
        return weightiest_first(self._problem)

    def count(self, point: Point) -> Count:
        """Return how many packages are behind a point."""
        return self.solution.count(self.row(point))

    def mirrors(self, best: tuple[Point, ...], shown: Point, measure: Measure) -> Iterator[Point]:
        """Yield twins of a point that ``best`` does not name: with finitely many, none."""
        return iter(())
