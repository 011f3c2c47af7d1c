"""The Pareto frontier as a set of points, or for shares as edges in the plane.

Both answer the same questions: is it empty, how much could a party get, which points are best.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Protocol

import numpy as np

from hikiwake.pareto.measure import Measure, Point
from hikiwake.pareto.orderings import Ordering
from hikiwake.pareto.region import ANYWHERE, Region
from hikiwake.solvers.envelope import Edge
from hikiwake.solvers.linear import Divided
from hikiwake.solvers.solution import Solution


class ParetoSet(Protocol):
    """The undominated points of a problem, in its integer units."""

    @property
    def engine(self) -> str:
        """The engine that found it."""
        ...

    def __len__(self) -> int: ...

    def most(self, party: int) -> Fraction:
        """Return the most that a party gets anywhere on the frontier."""
        ...

    def best(
        self, ordering: Ordering, measure: Measure, region: Region = ANYWHERE
    ) -> tuple[Point, ...]:
        """Return all the best points within a region; none if it is empty or has no best point."""
        ...


class Points:
    """A frontier of finitely many points."""

    def __init__(self, solution: Solution) -> None:
        self.solution = solution
        self.engine = solution.engine

    def __len__(self) -> int:
        return len(self.solution.utilities)

    def most(self, party: int) -> Fraction:
        """Return the most that a party gets anywhere on the frontier."""
        return Fraction(int(self.solution.utilities[:, party].max()))

    def best(
        self, ordering: Ordering, measure: Measure, region: Region = ANYWHERE
    ) -> tuple[Point, ...]:
        """Return all the best points within a region."""
        values, scale = measure.integers(self.solution.utilities)
        inside = np.arange(len(self))
        if region is not ANYWHERE:
            inside = np.flatnonzero(region.rows(values, scale))
        if len(inside) == 0:
            return ()
        rows = inside[ordering.best_rows(values[inside])]
        return tuple(self.point(int(row)) for row in rows)

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


class Edges:
    """A frontier of straight edges between two parties' utilities; open ends are dominated."""

    def __init__(self, divided: Divided) -> None:
        self.divided = divided
        self.engine = divided.engine

    def __len__(self) -> int:
        return len(self.divided.border)

    def most(self, party: int) -> Fraction:
        """Return the most that a party gets anywhere on the frontier."""
        return max(max(edge.first[party], edge.second[party]) for edge in self.divided.border.edges)

    def best(
        self, ordering: Ordering, measure: Measure, region: Region = ANYWHERE
    ) -> tuple[Point, ...]:
        """Return all the best points within a region; none where only an open end would be best."""
        found: dict[Point, bool] = {}
        for edge in self.divided.border.edges:
            for point, attained in self._candidates(edge, (ordering, measure, region)):
                found[point] = found.get(point, False) or attained
        if not found:
            return ()
        keys = {point: ordering.key(measure.values(point)) for point in found}
        best = max(keys.values())
        return tuple(sorted(p for p, attained in found.items() if attained and keys[p] == best))

    def _candidates(
        self, edge: Edge, task: tuple[Ordering, Measure, Region]
    ) -> Iterator[tuple[Point, bool]]:
        ordering, measure, region = task
        start, end = measure.values(edge.first), measure.values(edge.second)
        within = region.interval(start, end)
        if within is None:
            return
        low, high = within
        for place in {low, high, *ordering.peaks(start, end)}:
            if low <= place <= high:
                point = tuple(
                    a + place * (b - a) for a, b in zip(edge.first, edge.second, strict=True)
                )
                open_end = (place == 0 and not edge.first_closed) or (
                    place == 1 and not edge.second_closed
                )
                yield point, not open_end


def pareto_set(solution: Solution | Divided) -> Points | Edges:
    """Return a solver's answer as a set of points or of edges."""
    return Edges(solution) if isinstance(solution, Divided) else Points(solution)
