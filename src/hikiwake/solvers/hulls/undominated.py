"""The best points of a region that nothing outside the region dominates.

A region is a condition on the values (how far they may be apart, nobody below so much), and its
best point may be dominated by a point outside. Then what dominates it is excluded, and the search
goes on: by the same cells the corners that are better given up, one of them at a time; by other
cells by asking for more than they offer on one of their sides.

Notes
-----
With one cell a part (shares alone) this ends: each step leaves out a corner. Elsewhere what is
left may come as close as one likes to a point that is itself dominated; then there is no best
point (H10), and none is given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise

from hikiwake.errors import TooLarge
from hikiwake.solvers.hulls.chain import chain
from hikiwake.solvers.hulls.corners import solid
from hikiwake.solvers.hulls.facets import beyond
from hikiwake.solvers.hulls.hull import Corner, Frame, Hull, Link, Mixture
from hikiwake.solvers.hulls.levels import Terms
from hikiwake.solvers.hulls.search import (
    CornerKey,
    LevelSearch,
    Node,
    NotAttained,
    OutOfTime,
    Reached,
    best_sum,
)
from hikiwake.solvers.programs import Impossible

MAX_DOMINATED = 400  # points given up, in one search
_PROBE = Fraction(1, 10**9)


@dataclass
class Undominated:
    """The search for a region's best points among those that nothing dominates.

    ``kept`` holds the conditions on everything that is possible, the region's own left out.
    """

    hull: Hull
    terms: Terms
    kept: tuple[Link, ...]
    stop: Callable[[], bool] | None = None
    left: int = MAX_DOMINATED
    approached: bool = False  # whether there are points, none of them best
    _planes: dict[object, tuple[Link, ...] | None] = field(
        default_factory=dict[object, "tuple[Link, ...] | None"]
    )

    def run(self) -> list[Reached]:
        """Return all the best points, none if there is no best one.

        Raises
        ------
        OutOfTime
            If too many points turn out dominated, or time is up.
        """
        search = LevelSearch(self.hull, self.terms, self.stop, self._refine)
        found = search.run()
        self.approached = search.approached and not found
        return found

    def _weights(self) -> dict[int, Fraction]:
        units = zip(self.terms.parties, self.terms.units, strict=True)
        return {i: 1 / Fraction(unit) for i, unit in units}

    def _refine(self, node: Node, here: Reached) -> list[Node] | None:
        """Return the rest of a node where a point of it is dominated; None where it is not."""
        weights = self._weights()
        above = (*self.kept, *(Link({i: 1}, here.sums[i]) for i in weights))
        total = sum(weight * here.sums[i] for i, weight in weights.items())
        better = Frame(self.hull, here.view).best(above, weights)
        assert not isinstance(better, Impossible)
        if better.value > total:
            self._count(here)
            return [*self._other_cells(node, here), *self._without(node, here, better)]
        other = best_sum(self.hull, above, weights, self.stop)
        assert other is not None
        if other.values[0] == total:
            return None
        self._count(here)
        return self._beyond(node, here, other)

    def _count(self, here: Reached) -> None:
        self.left -= 1
        if self.left < 0:
            raise OutOfTime(None, here.values[0])

    def _other_cells(self, node: Node, here: Reached) -> list[Node]:
        """Return the rest of a node whose cells are not all those of a point."""
        rest: list[Node] = []
        view = dict(node.view)
        for part in range(len(self.hull.parts)):
            cells = self.hull.cells(node.view, part)
            if len(cells) > 1:
                own = here.view[part]
                others = tuple(cell for cell in cells if cell not in own)
                rest.append(replace(node, view={**view, part: others}))
                view[part] = own
        return rest

    def _without(self, node: Node, here: Reached, better: Mixture) -> list[Node]:
        """Return the point's cells without each corner that the better mixture takes less of."""
        after = {key_of(corner): mass for corner, mass in better.corners}
        given_up = [
            key_of(corner)
            for corner, mass in here.mixture.corners
            if after.get(key_of(corner), Fraction(0)) < mass
        ]
        narrowed = replace(node, view={**node.view, **here.view})
        rest = [replace(narrowed, without=node.without | {key}) for key in given_up]
        # A condition on everything may be what a better point leans on more than this one.
        for link in self.kept:
            if len(link.weights) > 1 and _slack(link, better.sums) < _slack(link, here.sums):
                tight = Link({i: -w for i, w in link.weights.items()}, -link.least)
                rest.append(replace(narrowed, links=(*node.links, tight)))
        return rest

    def _beyond(self, node: Node, here: Reached, other: Reached) -> list[Node]:
        """Return where the dominating point, and all that its cells dominate, is left behind.

        Raises
        ------
        NotAttained
            If that has been asked already, and points just beyond are undominated.
        """
        conditions = self._conditions(other)
        asked = [link for link in conditions if link in node.links]
        if asked:
            return self._approached(node, here, asked[0])
        within = [link for link in conditions if self._may_be_met(link, here.values[0])]
        return [replace(node, links=(*node.links, link)) for link in within]

    def _may_be_met(self, link: Link, level: Fraction) -> bool:
        """Tell whether a condition can be met where somebody's value is at most so much.

        Nobody's is larger than by the spread then.
        """
        if self.terms.spread is None:
            return True
        most = level + self.terms.spread
        places = {i: place for place, i in enumerate(self.terms.parties)}
        if not places.keys() >= link.weights.keys():
            return True
        tops = (
            w * (self.terms.zeros[places[i]] + self.terms.units[places[i]] * most)
            for i, w in link.weights.items()
        )
        return sum(tops, Fraction(0)) >= link.least

    def _conditions(self, other: Reached) -> tuple[Link, ...]:
        """Return conditions of which everything that is not dominated from there keeps one."""
        key = tuple(sorted(other.view.items()))
        if key not in self._planes:
            self._planes[key] = self._beyond_cells(other)
        planes = self._planes[key]
        return planes or tuple(Link({i: 1}, other.sums[i]) for i in self.terms.parties)

    def _beyond_cells(self, other: Reached) -> tuple[Link, ...] | None:
        """Return the sides of what a point's cells dominate; None if they are too many."""
        parties = self.terms.parties
        sides = None
        if not self.hull.problem.balances:
            sides = beyond(self.hull, other.view, parties)
        elif len(parties) == 2:
            return self._beyond_chain(other, *parties)
        return sides or self._beyond_solid(other)

    def _beyond_solid(self, other: Reached) -> tuple[Link, ...] | None:
        try:
            own = solid(self.hull, other.view, self.kept, self._require)
        except TooLarge:
            return None
        assert own is not None, "a point of it was reached"
        return tuple(
            Link({i: -w for i, w in enumerate(side[:-1]) if w}, side[-1]) for side in own.sides()
        )

    def _require(self) -> None:
        if self.stop is not None and self.stop():
            raise OutOfTime(None, None)

    def _beyond_chain(self, other: Reached, one: int, two: int) -> tuple[Link, ...]:
        corners = [c.sums for c in chain(Frame(self.hull, other.view), self.kept, (one, two))]
        links = [Link({one: 1}, corners[0][one]), Link({two: 1}, corners[-1][two])]
        for a, b in pairwise(corners):
            weights = {one: b[two] - a[two], two: a[one] - b[one]}
            links.append(Link(weights, sum(w * a[i] for i, w in weights.items())))
        return tuple(links)

    def _approached(self, node: Node, here: Reached, link: Link) -> list[Node]:
        """Return nodes just beyond a limit that does not count, if there is anything beyond."""
        most = node.frame(self.hull).best((*self.terms.links, *node.links), link.weights)
        if isinstance(most, Impossible) or most.value <= link.least:
            return []
        step = (most.value - link.least) * _PROBE
        moved = replace(link, least=link.least + step)
        links = (*self.terms.links, *node.links, moved)
        near = LevelSearch(self.hull, replace(self.terms, links=links), self.stop)
        for found in near.run(node.view):
            weights = self._weights()
            above = (*self.kept, *(Link({k: 1}, found.sums[k]) for k in weights))
            total = sum(weight * found.sums[k] for k, weight in weights.items())
            best = best_sum(self.hull, above, weights, self.stop)
            assert best is not None
            if best.values[0] == total:
                raise NotAttained
            self._count(here)
            conditions = [own for own in self._conditions(best) if own not in node.links]
            if not conditions:
                raise OutOfTime(None, here.values[0])
            return [replace(node, links=(*node.links, own)) for own in conditions]
        return []


def key_of(corner: Corner) -> CornerKey:
    """Return what names a corner in every frame of a hull."""
    return corner.part, corner.cell, corner.factor, corner.corner


def _slack(link: Link, sums: tuple[Fraction, ...]) -> Fraction:
    return sum((w * sums[i] for i, w in link.weights.items()), -Fraction(link.least))
