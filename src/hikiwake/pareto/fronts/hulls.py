"""A Pareto frontier with continuous parts, asked question by question by branch and bound.

For any number of parties, shares and amounts mixed with whole issues. Where a face of the
frontier is best (an equal sum, an equal smallest value), its point with the greatest sorted
values stands for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import islice, starmap
from typing import Literal

from hikiwake.errors import Fault, Unsupported
from hikiwake.pareto.fronts.answer import Found, LimitReached
from hikiwake.pareto.fronts.edges import best_on, closed_ends
from hikiwake.pareto.fronts.measure import Measure, Point
from hikiwake.pareto.fronts.orderings import LexicographicMinimum, Ordering, Product, Total
from hikiwake.pareto.fronts.region import ANYWHERE, Region
from hikiwake.settlement import Bound, Count
from hikiwake.solvers.deadline import Deadline, TimeIsOver
from hikiwake.solvers.envelope import Edge
from hikiwake.solvers.hulls import (
    Division,
    Hull,
    LevelSearch,
    Link,
    OutOfTime,
    Reached,
    Terms,
    TooManyTies,
    Undominated,
    best_product,
    best_sum,
    border,
    corners,
    crossed,
    divisions,
    floors,
    single_view,
    taken_at,
)
from hikiwake.solvers.problem import Problem
from hikiwake.solvers.solution import Taken
from hikiwake.solvers.turned import Turned

MAX_DIVISIONS = 1_000  # choices of cells behind a point that are compared or counted

Today = tuple[int | None, ...]


class Hulls:
    """The frontier of a problem with shares or amounts between any number of parties."""

    engine = "linear"

    def __init__(self, problem: Problem, deadline: Deadline | None = None) -> None:
        self._problem = problem
        self._hull = Hull(problem)
        self._turned = Turned.by_lot(problem)
        self._deadline = deadline or Deadline()
        self._kept = kept_in(self._hull)
        self._answers: dict[object, Found] = {}
        self._mosts: dict[int, Reached | None] = {}
        self._behind: dict[Point, tuple[list[Division], Iterator[Division]]] = {}
        self._more: set[Point] = set()

    def _late(self) -> bool:
        return self._deadline.passed

    @property
    def empty(self) -> bool:
        """Whether nothing is acceptable to everybody."""
        return self._most_of(0) is None

    @cached_property
    def _any(self) -> Reached | None:
        try:
            return best_sum(self._hull, self._kept, {}, self._late)
        except OutOfTime:
            raise LimitReached from None

    def most(self, party: int) -> Fraction:
        """Return the most that a party gets anywhere on the frontier."""
        return self._hoped(party).values[0]

    def hope(self, party: int) -> Taken:
        """Return a package that gives a party the most that it gets."""
        taken = self._package(self._hoped(party))
        assert taken is not None, "what was reached has a package"
        return taken

    def _hoped(self, party: int) -> Reached:
        found = self._most_of(party)
        assert found is not None, "something is acceptable"
        return found

    def _most_of(self, party: int) -> Reached | None:
        if party not in self._mosts:
            try:
                self._mosts[party] = best_sum(self._hull, self._kept, {party: 1}, self._late)
            except OutOfTime:
                raise LimitReached(self._package(self._any)) from None
        return self._mosts[party]

    def best(self, ordering: Ordering, measure: Measure, region: Region = ANYWHERE) -> Found:
        """Return the best points within a region; none where there is no best one.

        Raises
        ------
        LimitReached
            If time was up, or the region's points too often dominated, before it was certain.
        """
        key = (type(ordering), measure, region)
        if key not in self._answers:
            try:
                self._answers[key] = self._best(ordering, measure, region)
            except OutOfTime as late:
                of = _bounded(ordering)
                bound = None if late.bound is None else Bound(of, late.bound)
                raise LimitReached(self._package(late.found or self._any), bound) from None
        return self._answers[key]

    def _best(self, ordering: Ordering, measure: Measure, region: Region) -> Found:
        terms = Terms(measure.parties, measure.zeros, measure.units, self._kept)
        if region.spread is not None:
            search = Undominated(self._hull, _within(terms, region), terms.links, self._late)
            return replace(self._points(search.run()), approached=search.approached)
        if region.floors is not None:  # what betters a point above them is above them, too
            if self._listed and self._problem.parties == len(measure.parties) == 2:
                return best_on(self.edges, LexicographicMinimum(), measure, region)
            search = LevelSearch(self._hull, _within(terms, region), self._late)
            return self._points(search.run())
        if isinstance(ordering, Product):
            found, bound = best_product(self._hull, terms, self._late)
            return self._points(found, None if bound is None else Bound("product", bound))
        if isinstance(ordering, Total):
            weights = {
                i: 1 / Fraction(u) for i, u in zip(measure.parties, measure.units, strict=True)
            }
            most = best_sum(self._hull, self._kept, weights, self._late)
            assert most is not None, "something is acceptable"
            terms = Terms(*terms.by, (*self._kept, Link(weights, most.values[0])))
        return self._points(LevelSearch(self._hull, terms, self._late).run())

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The straight parts of a two-party frontier; of more, the edges of its flat faces.

        Raises
        ------
        Unsupported
            For four and more parties with whole issues, or amounts with kinks: there faces of
            many packages cut each other in more than lines (H18).
        LimitReached
            If the time was over before all were found.
        """
        if not self.complete:
            raise Unsupported(_faces_that_cut_each_other())
        return self.certain[1]

    @property
    def _listed(self) -> bool:
        """Whether the edges are known by now."""
        return "_faces" in self.__dict__

    @property
    def complete(self) -> bool:
        """Whether all corners and edges can be listed."""
        return self._faces[2]

    @property
    def certain(self) -> tuple[tuple[Point, ...], tuple[Edge, ...]]:
        """The corners and edges that are surely on the frontier: all, if it is ``complete``."""
        return self._faces[:2]

    @cached_property
    def _faces(self) -> tuple[tuple[Point, ...], tuple[Edge, ...], bool]:
        """The corners, the edges, and whether these are all."""
        try:
            return self._all_faces()
        except TimeIsOver:
            raise LimitReached from None

    def _all_faces(self) -> tuple[tuple[Point, ...], tuple[Edge, ...], bool]:
        late = self._deadline
        if self._problem.parties == 2:
            edges = border(self._hull, self._kept, late)
            return tuple(closed_ends(edges)), edges, True
        view = single_view(self._hull)
        if view is not None:
            found = corners(self._hull, view, self._kept, late)
            points, edges, complete = found.points, tuple(starmap(Edge, found.joined)), True
        else:
            points, edges, complete = crossed(self._hull, self._kept, late)
        return points, edges or tuple(Edge(point, point) for point in points), complete

    def corners(self) -> Iterator[Point]:
        """Yield every corner of the frontier; raises as ``edges`` does."""
        len(self.edges)
        yield from self._faces[0]

    def packages(self, point: Point) -> Iterator[Taken]:
        """Yield packages behind a point, one division for each choice of whole options."""
        seen: set[object] = set()
        for division in self._divisions(point):
            for taken in map(self._turned.back, division.packages(self._by_lot)):
                if (exact := self._exact(taken)) not in seen:
                    seen.add(exact)
                    yield taken

    def nearest(self, point: Point, today: Today) -> Iterator[Taken]:
        """Yield the packages behind a point that differ from today's on the fewest whole issues.

        The first ``MAX_DIVISIONS`` choices of whole options are compared.
        """
        found = list(islice(self.packages(point), MAX_DIVISIONS))
        changes = [_changes(taken, today) for taken in found]
        yield from (t for t, n in zip(found, changes, strict=True) if n == min(changes))

    def count(self, point: Point) -> Count:
        """Return how many packages are behind a point."""
        divided = self._divisions(point)
        if any(not division.only for division in divided):
            return "infinite"
        if point in self._more:
            raise LimitReached(next(self.packages(point), None))
        return sum(1 for _ in self.packages(point))

    def mirrors(self, best: tuple[Point, ...], shown: Point, measure: Measure) -> Iterator[Point]:
        """Yield twins of a point that ``best`` does not name: none."""
        return iter(())

    def _divisions(self, point: Point) -> Iterator[Division]:
        """Yield the divisions behind a point, each sought when it is first needed."""
        if point not in self._behind:
            self._behind[point] = [], self._sought(point)
        known, sought = self._behind[point]
        for place in range(MAX_DIVISIONS):
            if place == len(known):
                known.extend(islice(sought, 1))
            if place == len(known):
                return
            yield known[place]

    @cached_property
    def _by_lot(self) -> Hull:
        """The hull with its parties in an order that hangs on no place in a file.

        Of more packages than are looked at, it says which are.
        """
        same = self._turned.same
        return self._hull if same else Hull(self._turned.problem(self._problem))

    def _sought(self, point: Point) -> Iterator[Division]:
        hull, sums = self._by_lot, self._turned.row(point)
        found = divisions(hull, sums, kept_in(hull), self._late)
        try:
            for number, division in enumerate(found, 1):
                yield division
                if number == MAX_DIVISIONS:
                    raise TooManyTies
        except TooManyTies:
            self._more.add(point)

    def _exact(self, taken: Taken) -> tuple[object, ...]:
        """Return what is the same just for packages that are: options may meet at their ends."""
        options: list[object] = [*taken.options]
        for slope in self._problem.slopes:
            if slope.spans:
                start, end = slope.spans[taken.options[slope.issue]]
                options[slope.issue] = start + taken.along[slope.issue] * (end - start)
            else:
                options[slope.issue] = (taken.options[slope.issue], taken.along[slope.issue])
        return (*options, *(taken.shares[s] for s in sorted(taken.shares)))

    def _package(self, reached: Reached | None) -> Taken | None:
        """Return the package by which a point was reached: no other is looked for."""
        if reached is None:
            return None
        return next(taken_at(self._hull, reached.view, reached.mixture).packages(self._hull))

    def _point(self, reached: Reached) -> Point:
        return reached.sums[: self._problem.parties]

    def _points(self, found: list[Reached], bound: Bound | None = None) -> Found:
        return Found(tuple(sorted({self._point(one) for one in found})), bound)


def kept_in(hull: Hull) -> tuple[Link, ...]:
    """Return what is kept everywhere: everybody's floor, and the conditions on sides."""
    pairs = enumerate(hull.problem.floors)
    return (*floors({i: floor for i, floor in pairs if floor is not None}), *hull.balances())


def _faces_that_cut_each_other() -> Fault:
    return Fault(
        "The Pareto frontier",
        "something divided between four or more parties, and whole issues or curves beside it",
        "Two or three parties; or more, and nothing but shares, money and straight amounts: "
        "else the faces of many packages cut each other, and what borders them is not straight",
        "H18",
        "`settle` finds single points of it under any rule.",
    )


def _bounded(ordering: Ordering) -> Literal["least_gain", "total", "product"]:
    if isinstance(ordering, Product):
        return "product"
    return "total" if isinstance(ordering, Total) else "least_gain"


def _within(terms: Terms, region: Region) -> Terms:
    least = tuple(terms.at_least(place, value) for place, value in enumerate(region.floors or ()))
    return Terms(*terms.by, (*terms.links, *least), region.spread)


def _changes(taken: Taken, today: Today) -> int:
    pairs = zip(taken.options, today, strict=True)
    return sum(before is not None and before != now for now, before in pairs)
