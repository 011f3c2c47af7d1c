"""Branch and bound over the cells that a hull's optimum mixes, the best bound first.

Each node's linear program bounds everything in it, so the first node that reaches its own bound
without mixing is best, and those that reach the same bound are all the others as good.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count
from math import inf

from hikiwake.solvers.hulls.hull import Frame, Hull, Link, Mixture, Sums, View
from hikiwake.solvers.hulls.levels import LEVEL, Levels, Promise, Terms, floors
from hikiwake.solvers.problem import Problem
from hikiwake.solvers.programs import Impossible

Key = tuple[Fraction | float, ...]
CornerKey = tuple[int, int, int, int]  # (part, cell, factor, corner)


class NotAttained(Exception):
    """A node's best values are approached as closely as one likes, and not reached."""


class OutOfTime(Exception):
    """The search was stopped. ``found`` is the best so far, ``bound`` a bound on all the rest."""

    def __init__(self, found: Reached | None, bound: Fraction | None) -> None:
        super().__init__("the search was stopped")
        self.found = found
        self.bound = bound


@dataclass(frozen=True, slots=True)
class Reached:
    """A point that is attained: everybody's sums, the cells that do it, and its sorted values."""

    sums: Sums
    view: View
    values: tuple[Fraction, ...]
    mixture: Mixture


@dataclass(frozen=True)
class Node:
    """A part of what is possible: cells left, corners left out, and conditions kept."""

    view: View
    links: tuple[Link, ...] = ()
    without: frozenset[CornerKey] = frozenset()

    def frame(self, hull: Hull) -> Frame:
        """Return the columns and rows of what is left."""
        if not self.view and not self.without:
            return hull.frame
        return Frame(hull, self.view, self.without)


Refine = Callable[[Node, Reached], "list[Node] | None"]


def branches(hull: Hull, node: Node, mixture: Mixture) -> Iterator[Node]:
    """Yield nodes that split a node's cells so that each excludes the mixture."""
    mixed = mixture.mixed()
    part = max(mixed, key=lambda p: (1 - max(mixed[p].values()), -p))
    cells, masses = hull.cells(node.view, part), mixed[part]
    if len(cells) <= 6:
        ways: list[tuple[int, ...]] = [(cell,) for cell in cells]
    else:
        middle = sum(cells.index(cell) * mass for cell, mass in masses.items())
        cut = int(middle) + 1
        ways = [tuple(cells[:cut]), tuple(cells[cut:])]
    yield from (replace(node, view={**node.view, part: own}) for own in ways)


def settled(view: View, mixture: Mixture) -> View:
    """Return a view narrowed to the cells that a mixture takes, one a part."""
    return {**view, **{part: (*own,) for part, own in mixture.masses.items()}}


class LevelSearch:
    """The search for the points whose sorted values are lexicographically greatest.

    Parameters
    ----------
    stop
        Asked before each program whether time is up.
    refine
        Given an attained point; None: it counts. Else nodes that together hold everything in its
        node but this point, and what is as bad.

    Attributes
    ----------
    approached
        Whether best values were come across that are approached and not reached.
    """

    def __init__(
        self,
        hull: Hull,
        terms: Terms,
        stop: Callable[[], bool] | None = None,
        refine: Refine | None = None,
    ) -> None:
        self._hull, self._terms = hull, terms
        self._stop, self._refine = stop, refine
        self._lowest = terms.lowest(hull) if hull.possible else Fraction(0)
        self.approached = False
        self._best: Key | None = None
        self._order = count()
        self._heap: list[tuple[Key, int, Node, Levels | None]] = []

    def _push(
        self, node: Node, levels: Levels | None = None, promise: Promise | None = None
    ) -> None:
        key: Key = (-inf,) * len(self._terms.parties)
        if levels is not None:
            key = (*(-level for level in levels.known), *key[len(levels.known) :])
        elif promise is not None and key:
            key = (-promise.at(node.view), *key[1:])
        if self._best is None or key <= self._best:
            heappush(self._heap, (key, -next(self._order), node, levels))

    def run(self, start: View | None = None) -> list[Reached]:
        """Return all the best points that are attained.

        Raises
        ------
        OutOfTime
            If the search is stopped before they are certain.
        """
        if not self._hull.possible:
            return []
        found: dict[Sums, Reached] = {}
        self._push(Node(start or {}))
        while self._heap:
            key, _, node, levels = heappop(self._heap)
            if self._best is not None and key > self._best:
                break
            if self._stop is not None and self._stop():
                best = next(iter(found.values()), None) or self._dive(node, levels)
                raise OutOfTime(best, None if key[0] == -inf else -Fraction(key[0]))
            if levels is None:
                frame = node.frame(self._hull)
                levels = Levels(frame, self._terms, self._lowest, node.links)
            if not levels.complete:
                if levels.advance():
                    self._push(node, levels)
            else:
                self._take(node, levels, found)
        return list(found.values())

    def _dive(self, node: Node, levels: Levels | None) -> Reached | None:
        """Return some attained point of a node; None if this does not find one.

        Each part keeps the cell of which a mixture takes most; of those that mix cells only one
        does at a time. So what follows are few programs, ever smaller ones.
        """
        while True:
            if levels is None or levels.mixture is None:
                levels = Levels(node.frame(self._hull), self._terms, self._lowest, node.links)
                if not levels.advance():
                    return None
            mixture = levels.mixture
            assert mixture is not None
            most = {part: max(own, key=own.__getitem__) for part, own in mixture.masses.items()}
            open_parts = [p for p in most if len(self._hull.cells(node.view, p)) > 1]
            if not open_parts:
                break
            mixed = mixture.mixed()
            now = max(mixed, key=lambda part: mixed[part][most[part]], default=None)
            kept = {p: (most[p],) for p in open_parts if p == now or p not in mixed}
            node, levels = replace(node, view={**node.view, **kept}), None
        while not levels.complete:
            if not levels.advance():
                return None
        mixture = levels.mixture
        assert mixture is not None
        return Reached(mixture.sums, settled(node.view, mixture), levels.known, mixture)

    def _take(self, node: Node, levels: Levels, found: dict[Sums, Reached]) -> None:
        mixture = levels.mixture
        assert mixture is not None
        if mixture.sums in found:
            return
        if mixture.mixed():
            for branch in branches(self._hull, node, mixture):
                self._push(branch, promise=levels.promise)
            return
        here = Reached(mixture.sums, settled(node.view, mixture), levels.known, mixture)
        key = tuple(-level for level in levels.known)
        try:
            finer = self._refine(node, here) if self._refine else None
        except NotAttained:
            # Nothing worse is best either: only what reaches the same values counts from now on.
            self._best, self.approached = key, True
            return
        if finer is None:
            self._best = key
            found[mixture.sums] = here
        else:
            for part in finer:
                self._push(part, promise=levels.promise if part.links == node.links else None)


def best_levels(hull: Hull, terms: Terms, start: View | None = None) -> list[Reached]:
    """Return all the attained points whose sorted values are lexicographically greatest."""
    return LevelSearch(hull, terms).run(start)


def possible(problem: Problem) -> bool:
    """Tell whether any package keeps all the limits of a problem."""
    least = {i: floor for i, floor in enumerate(problem.floors) if floor is not None}
    hull = Hull(problem)
    return best_sum(hull, (*floors(least), *hull.balances()), {}) is not None


def least_level(problem: Problem, stop: Callable[[], bool] | None = None) -> Fraction:
    """Return by how little the balances need to be loosened, all alike, so that they can be kept.

    Without them something must be possible.

    Raises
    ------
    OutOfTime
        If the search is stopped before it is certain.
    """
    hull = Hull(problem)
    least = {i: floor for i, floor in enumerate(problem.floors) if floor is not None}
    loose = tuple(replace(link, others={LEVEL: 1}) for link in hull.balances())
    found = best_sum(hull, (*floors(least), *loose), {}, stop, {LEVEL: -1})
    assert found is not None, "something is possible"
    return -found.values[0]


def best_sum(
    hull: Hull,
    links: tuple[Link, ...],
    weights: Mapping[int, int | Fraction],
    stop: Callable[[], bool] | None = None,
    others: Mapping[int, int | Fraction] | None = None,
) -> Reached | None:
    """Return an attained point where a weighed sum of utilities is largest, links kept.

    ``others`` weighs unknowns beside the utilities.

    Raises
    ------
    OutOfTime
        If the search is stopped before it is certain.
    """
    if not hull.possible:
        return None
    order = count()
    heap: list[tuple[Fraction | float, int, Node, Mixture | None]] = [(-inf, 0, Node({}), None)]
    while heap:
        _, place, node, mixture = heappop(heap)
        if mixture is None:  # only promised so far
            best = node.frame(hull).best(links, weights, others)
            if not isinstance(best, Impossible):
                heappush(heap, (-best.value, place, node, best))
            continue
        if not mixture.mixed():
            return Reached(mixture.sums, settled(node.view, mixture), (mixture.value,), mixture)
        if stop is not None and stop():
            raise OutOfTime(None, mixture.value)
        promise = Promise.of(hull, links, mixture.multipliers, Fraction(0), weights)
        for branch in branches(hull, node, mixture):
            heappush(heap, (-promise.at(branch.view), -next(order), branch, None))
    return None
