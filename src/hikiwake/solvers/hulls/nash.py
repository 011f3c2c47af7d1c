"""Branch and bound for the largest product: each node's bound is proven in fractions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from heapq import heappop, heappush
from itertools import combinations, count

from hikiwake.solvers.hulls.hull import Hull, Sums
from hikiwake.solvers.hulls.levels import Terms
from hikiwake.solvers.hulls.product import Relaxed, Stopped, relaxed_product
from hikiwake.solvers.hulls.search import LevelSearch, Node, OutOfTime, Reached, branches, settled


def best_product(
    hull: Hull, terms: Terms, stop: Callable[[], bool] | None = None
) -> tuple[list[Reached], Fraction | None]:
    """Return the points where as many values as can be are above 0, and their product is largest.

    Returns
    -------
    All the best points, and None; or where the best product is irrational, points close to it,
    and a proven bound on the product.

    Raises
    ------
    OutOfTime
        If the search is stopped before that.
    """
    if not hull.possible:
        return [], None
    for size in range(len(terms.parties), 0, -1):
        searches = [
            _Search(hull, own, stop).run()
            for own in (
                _only(terms, places) for places in combinations(range(len(terms.parties)), size)
            )
        ]
        searches = [(found, bound) for found, bound in searches if found]
        if searches:
            return _best(searches, terms)
    return LevelSearch(hull, terms, stop).run(), None


def _only(terms: Terms, places: Sequence[int]) -> Terms:
    return replace(
        terms,
        parties=tuple(terms.parties[p] for p in places),
        zeros=tuple(terms.zeros[p] for p in places),
        units=tuple(terms.units[p] for p in places),
    )


def _best(
    searches: Sequence[tuple[list[Reached], Fraction | None]], terms: Terms
) -> tuple[list[Reached], Fraction | None]:
    """Return the best of the answers for several sets of parties."""
    most = max(found[0].values[0] for found, _ in searches)
    bounds = [bound for _, bound in searches if bound is not None and bound > most]
    best = {f.sums: f for found, _ in searches for f in found if f.values[0] == most}
    levels = {sums: sorted(terms.values(sums)) for sums in best}
    top = max(levels.values())
    return [f for sums, f in best.items() if levels[sums] == top], max(bounds, default=None)


class _Search:
    """The search among points where all of some parties have more than 0."""

    def __init__(self, hull: Hull, terms: Terms, stop: Callable[[], bool] | None) -> None:
        self._hull, self._terms, self._stop = hull, terms, stop
        self._order = count()
        self._heap: list[tuple[Fraction, int, Node, Relaxed]] = []
        self._best: Fraction | None = None
        self._loose: list[Fraction] = []
        self._found: dict[Sums, Reached] = {}

    def run(self) -> tuple[list[Reached], Fraction | None]:
        """Return the best points, and a bound if they may not be quite the best."""
        self._push(Node({}))
        while self._heap:
            negative, _, node, relaxed = heappop(self._heap)
            if self._best is not None and -negative < self._best:
                break
            if self._stop is not None and self._stop():
                raise self._out_of_time(-negative)
            if relaxed.mixture.mixed():
                for branch in branches(self._hull, node, relaxed.mixture):
                    self._push(branch, -negative)
            else:
                self._take(node, relaxed)
        assert self._best is not None or not self._found
        loose = [b for b in self._loose if self._best is not None and b > self._best]
        return list(self._found.values()), max(loose, default=None)

    def _out_of_time(self, bound: Fraction | None) -> OutOfTime:
        return OutOfTime(next(iter(self._found.values()), None), bound)

    def _push(self, node: Node, bound: Fraction | None = None) -> None:
        frame, terms = node.frame(self._hull), self._terms
        try:
            relaxed = relaxed_product(frame, terms, terms.links, self._stop or bool)
        except Stopped:
            raise self._out_of_time(bound) from None
        if relaxed is not None and (self._best is None or relaxed.bound >= self._best):
            heappush(self._heap, (-relaxed.bound, -next(self._order), node, relaxed))

    def _take(self, node: Node, relaxed: Relaxed) -> None:
        mixture = relaxed.mixture
        if not relaxed.exact:
            self._loose.append(relaxed.bound)
        if self._best is None or relaxed.product > self._best:
            self._best, self._found = relaxed.product, {}
        if relaxed.product == self._best:
            view = settled(node.view, mixture)
            self._found[mixture.sums] = Reached(mixture.sums, view, (relaxed.product,), mixture)
