"""Which limits of a problem with continuous parts cannot be kept together, by Farkas's lemma.

Where a linear program is impossible, its multipliers weigh the floors against each other: floors
with none are not needed. Of the clauses only those are that bar something worth more, weighed so,
than anything they leave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from hikiwake.solvers.hulls.behind import Division, factors_of, positions_in
from hikiwake.solvers.hulls.hull import Hull, Link, Mixture
from hikiwake.solvers.hulls.levels import floors
from hikiwake.solvers.hulls.search import Node, branches, settled
from hikiwake.solvers.limits import Limits, kept_by, only
from hikiwake.solvers.parts import TiedPart, parts_of
from hikiwake.solvers.problem import Clause, Problem
from hikiwake.solvers.programs import Impossible
from hikiwake.solvers.solution import Decision

MAX_WEIGHED = 20_000  # combinations of a part; of larger parts every clause is taken to be needed

Weights = Mapping[int, Fraction]


class Cores:
    """A problem of which some limits are kept in every question."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._clauses = len(problem.never)

    def ask(self, limits: Limits) -> tuple[bool, Limits]:
        """Return whether some limits can be kept together, and which.

        Possible: all the limits that a package keeps which keeps these. Not: some of these that
        cannot be kept together either.
        """
        asked = only(self._problem, limits)
        hull = Hull(asked)
        clauses = frozenset(n for n in limits if n < self._clauses)
        if not hull.possible:
            barred = [part for part, own in enumerate(hull.parts) if not own.cells]
            return False, self._numbers(parts_of(asked)[barred[0]].never, clauses)
        links = floors({i: f for i, f in enumerate(asked.floors) if f is not None})
        used: set[int] = set()
        nodes, first = [Node({})], True
        while nodes:
            node = nodes.pop()
            found = node.frame(hull).best(links, {})
            if isinstance(found, Mixture):
                if not found.mixed():
                    return True, self._kept(hull, node, found)
                nodes.extend(branches(hull, node, found))
            else:
                weights = _weights(links, found)
                used |= weights.keys()
                clauses = self._needed(hull, weights, clauses) if first else clauses
            first = False
        return False, clauses | {self._clauses + i for i in used}

    def _kept(self, hull: Hull, node: Node, mixture: Mixture) -> Limits:
        view = settled(node.view, mixture)
        cells = {part: hull.cells(view, part)[0] for part in range(len(hull.parts))}
        positions = positions_in(mixture, factors_of(hull, cells))
        taken = next(Division(cells, positions).packages(hull))
        return kept_by(self._problem, taken, mixture.sums[: hull.parties])

    def _needed(self, hull: Hull, weights: Weights, clauses: Limits) -> Limits:
        """Return clauses that bar all that is worth more, weighed, than what is possible."""
        needed: set[int] = set()
        for place, part in enumerate(parts_of(hull.problem)):
            own = self._numbers(part.never, clauses)
            sizes = [range(len(hull.problem.points[k])) for k in part.issues]
            if not own or prod(len(size) for size in sizes) > MAX_WEIGHED:
                needed |= own
                continue
            most = _most(hull, place, weights)
            for options in product(*sizes):
                if _worth(hull.problem, part, options, weights) > most:
                    needed |= self._barring(part, options, own, needed)
        return frozenset(needed)

    def _barring(self, part: TiedPart, options: Decision, own: Limits, needed: set[int]) -> Limits:
        """Return what of some clauses bars a combination, if none of the needed ones does."""
        taken = dict(zip(part.issues, options, strict=True))
        said = {
            n: self._problem.never[n]
            for n in sorted(own)
            if all(taken[k] in among for k, among in self._problem.never[n].options)
        }
        whole = [n for n, clause in said.items() if not clause.shares]
        if whole:
            return frozenset() if needed & set(whole) else frozenset(whole[:1])
        return frozenset(said)

    def _numbers(self, clauses: Sequence[Clause], among: Limits) -> Limits:
        return frozenset(n for n in among if self._problem.never[n] in clauses)


def _weights(links: Sequence[Link], impossible: Impossible) -> Weights:
    return {
        i: -multiplier * weight
        for link, multiplier in zip(links, impossible.multipliers, strict=True)
        for i, weight in link.weights.items()
        if multiplier
    }


def _most(hull: Hull, part: int, weights: Weights) -> Fraction:
    """Return the most that a part is worth, weighed, in any of its cells."""

    def worth(vector: Sequence[int]) -> Fraction:
        return sum((w * vector[i] / hull.scale[i] for i, w in weights.items()), Fraction(0))

    return max(
        sum((max(map(worth, corners)) for corners in hull.corners(part, cell)), Fraction(0))
        for cell in range(len(hull.parts[part].cells))
    )


def _worth(problem: Problem, part: TiedPart, options: Decision, weights: Weights) -> Fraction:
    """Return the most that a combination is worth, weighed, if shares could go anywhere."""
    taken = dict(zip(part.issues, options, strict=True))
    total = Fraction(0)
    for k, option in taken.items():
        total += _weighed(problem.points[k][option], weights)
    for slope in problem.slopes:
        if slope.issue in taken:
            total += max(Fraction(0), _weighed(slope.changes[taken[slope.issue]], weights))
    for extra in part.extras:
        if all(taken[k] in among for k, among in extra.when.options):
            total += weights.get(extra.party, 0) * extra.points
    for share in part.shares:
        total += max(weights.get(i, 0) * w for i, w in enumerate(problem.shares[share]))
    return total


def _weighed(points: Sequence[int], weights: Weights) -> Fraction:
    return sum((w * points[i] for i, w in weights.items()), Fraction(0))


__all__ = ["Cores"]
