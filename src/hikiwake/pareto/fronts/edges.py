"""The Pareto frontier of two parties with shares: straight edges in the plane."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import islice

from hikiwake.pareto.fronts.answer import Found
from hikiwake.pareto.fronts.measure import Measure, Point
from hikiwake.pareto.fronts.orderings import Ordering
from hikiwake.pareto.fronts.region import ANYWHERE, Region
from hikiwake.settlement import Count
from hikiwake.solvers.envelope import Edge
from hikiwake.solvers.linear import Divided, divisions
from hikiwake.solvers.solution import Decision, Taken

MAX_RECOUNTED = 10_000


class Edges:
    """A frontier of straight edges between two parties' utilities; open ends are dominated."""

    def __init__(self, divided: Divided) -> None:
        self.divided = divided
        self.engine = divided.engine

    def __len__(self) -> int:
        return len(self.edges)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The edges, in rising order of the first party's utility."""
        return self.divided.border.edges

    @property
    def empty(self) -> bool:
        """Whether nothing is acceptable to everybody."""
        return not self.edges

    def most(self, party: int) -> Fraction:
        """Return the most that a party gets anywhere on the frontier."""
        return max(max(edge.first[party], edge.second[party]) for edge in self.edges)

    def hope(self, party: int) -> Taken:
        """Return a package that gives a party the most that it gets."""
        return next(self.packages(max(self.corners(), key=lambda corner: corner[party])))

    def best(self, ordering: Ordering, measure: Measure, region: Region = ANYWHERE) -> Found:
        """Return all the best points within a region; none where only an open end would be best."""
        return best_on(self.edges, ordering, measure, region)

    def corners(self) -> Iterator[Point]:
        """Yield every end of an edge that is itself undominated, once."""
        return closed_ends(self.edges)

    def packages(self, point: Point) -> Iterator[Taken]:
        """Yield packages behind a point, those that split the fewest shares first."""
        return self._behind(point, None)

    def nearest(self, point: Point, today: tuple[int | None, ...]) -> Iterator[Taken]:
        """Yield packages behind a point that differ from today's on the fewest whole issues."""
        return self._behind(point, today)

    def _behind(self, point: Point, today: tuple[int | None, ...] | None) -> Iterator[Taken]:
        seen: set[tuple[Decision, frozenset[tuple[int, Fraction]]]] = set()
        for cell, row in self.divided.behind((point[0], point[1])):
            found, _ = divisions(cell, row, (point[0], point[1]))
            whole = cell.whole
            wholes = whole.decisions(row) if today is None else whole.nearest(row, today)
            for decision in wholes:
                for division in found:
                    key = (decision, frozenset(division.items()))
                    if key not in seen:
                        seen.add(key)
                        parts = {share: (part, 1 - part) for share, part in division.items()}
                        yield Taken(decision, parts)

    def count(self, point: Point) -> Count:
        """Return how many packages are behind a point."""
        total = cells = 0
        for cell, row in self.divided.behind((point[0], point[1])):
            _, infinite = divisions(cell, row, (point[0], point[1]))
            if infinite:
                return "infinite"
            total += cell.whole.count(row)
            cells += 1
        if cells > 1 and total <= MAX_RECOUNTED:
            # Cells may touch, so the same package can stand behind two of them.
            return sum(1 for _ in islice(self.packages(point), total))
        return total

    def mirrors(self, best: tuple[Point, ...], shown: Point, measure: Measure) -> Iterator[Point]:
        """Yield the mirror of a point if it lies inside an edge all of which is best."""
        if len(measure.parties) < 2:
            return
        first, second = reversed(measure.values(shown))
        mirror = tuple(
            zero + gain * unit
            for zero, gain, unit in zip(measure.zeros, (first, second), measure.units, strict=True)
        )
        for edge in self.edges:
            within = edge.second[0] < mirror[0] < edge.first[0]
            if within and edge.first in best and edge.second in best and edge.holds(mirror):
                yield mirror


def best_on(edges: Iterable[Edge], ordering: Ordering, measure: Measure, region: Region) -> Found:
    """Return all the best points of some edges in a region; none where only an open end is best."""
    found: dict[Point, bool] = {}
    for edge in edges:
        for point, attained in _candidates(edge, (ordering, measure, region)):
            found[point] = found.get(point, False) or attained
    if not found:
        return Found(())
    keys = {point: ordering.key(measure.values(point)) for point in found}
    best = max(keys.values())
    points = sorted(p for p, attained in found.items() if attained and keys[p] == best)
    return Found(tuple(points))


def _candidates(edge: Edge, task: tuple[Ordering, Measure, Region]) -> Iterator[tuple[Point, bool]]:
    ordering, measure, region = task
    start, end = measure.values(edge.first), measure.values(edge.second)
    within = region.interval(start, end)
    if within is None:
        return
    low, high = within
    for place in {low, high, *ordering.peaks(start, end)}:
        if low <= place <= high:
            point = tuple(a + place * (b - a) for a, b in zip(edge.first, edge.second, strict=True))
            open_end = (place == 0 and not edge.first_closed) or (
                place == 1 and not edge.second_closed
            )
            yield point, not open_end


def closed_ends(edges: Iterable[Edge]) -> Iterator[Point]:
    """Yield every end of an edge that is itself undominated, once."""
    seen: set[Point] = set()
    for edge in edges:
        ends = ((edge.first, edge.first_closed), (edge.second, edge.second_closed))
        for corner, closed in ends:
            if closed and corner not in seen:
                seen.add(corner)
                yield corner
