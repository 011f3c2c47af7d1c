"""Packages to choose among: Pareto-optimal ones, those nearest to a draw first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from itertools import islice
from typing import Any

import numpy as np

from hikiwake.errors import Unsupported
from hikiwake.model import Outcome
from hikiwake.numeric import DEFAULT_TOLERANCE
from hikiwake.options.asking import between, otherwise
from hikiwake.pareto import Bargain, Point, Region
from hikiwake.pareto.canonical import lot
from hikiwake.pareto.fronts.points import Points
from hikiwake.pareto.lots import lot_at

MAX_CANDIDATES = 400
MAX_BEHIND = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """A package, what it is worth to everybody, and how far from a draw it is."""

    point: Point
    outcome: Outcome
    short: Fraction


Nearness = tuple[Fraction, list[Fraction], bytes]


def nearness(bargain: Bargain, package: Candidate) -> Nearness:
    """Return by what packages are ordered: how near to a draw, how good for who has least, a lot.

    So nobody is favoured by a place in the file.
    """
    gains = sorted(bargain.gains.values(package.point))
    return package.short, [-gain for gain in gains], lot(package.outcome)


class Closeness:
    """How far points of a frontier are from a draw."""

    def __init__(self, bargain: Bargain) -> None:
        self._bargain = bargain
        self._references = bargain.kalai_smorodinsky()

    def short(self, point: Point) -> Fraction:
        """Return by how much tolerance and price would have to be wider for a point to be one."""
        bargain, dispute = self._bargain, self._bargain.dispute
        apart = bargain.imbalance(point) or Fraction(0)
        cost = min(
            max(bargain.costs(point, reference), default=Fraction(0))
            for reference in self._references
        )
        within = bargain.level - dispute.tolerance
        return max(apart - dispute.tolerance, cost - dispute.price, within, Fraction(0))

    def step(self, short: Fraction) -> int:
        """Return how many tolerances a point is short of a draw, rounded up."""
        return -(-short // self._width)

    def rounded(self, short: Fraction) -> Fraction:
        """Return the fewest whole tolerances that are at least as much; 1 if they are more."""
        return min(Fraction(1), self.step(short) * self._width)

    @property
    def _width(self) -> Fraction:
        return self._bargain.dispute.tolerance or DEFAULT_TOLERANCE


@dataclass(frozen=True, slots=True)
class Candidates:
    """Packages in steps: draws, and then whatever is short of one by as many tolerances.

    Within a step the nearest to a draw come first, by :func:`nearness`. ``complete``: every
    Pareto-optimal package of each step is there. ``beyond``: other points that were looked at,
    farther from a draw than what counts as one, the nearest first.
    """

    steps: tuple[tuple[Candidate, ...], ...]
    complete: bool
    beyond: tuple[tuple[Fraction, Point], ...] = ()


class Search:
    """Packages beside a first one. What does not hang on how near they are is asked once.

    Parameters
    ----------
    better
        Only packages in which every party gets more than its walk-away value.

    Notes
    -----
    Of a frontier of finitely many points all are looked at. Where something can be divided: the
    ends of the straight parts, and draws on them. Where a frontier can only be asked: the best
    package in which one issue is decided otherwise, for every issue and option. Of three parties
    and more also the draws on the way from the first package to each of these. Each for at most
    20 repeatable seconds. Up to ``MAX_BEHIND`` packages of equal worth are taken of a point.
    """

    def __init__(self, bargain: Bargain, first: Candidate, better: bool) -> None:
        self.bargain, self.first, self._better = bargain, first, better
        self.closeness = Closeness(bargain)

    def candidates(self, count: int, within: Fraction) -> Candidates:
        """Return at least ``count`` packages beside the first one, if there are as many.

        ``within``: how far short of a draw a package may be and still count as one.
        """
        points, complete = self._points(count, within)
        short = self.closeness.short
        counting = {p for p in (self.first.point, *points) if self.counts(p)}
        ranked = sorted(((short(p), p) for p in counting), key=self._by_lot)
        steps: dict[int, list[Candidate]] = {}
        left, taken = MAX_CANDIDATES, 0
        for distance, point in ranked:
            step = 0 if distance <= within else self.closeness.step(distance)
            enough = sum(map(len, steps.values())) >= count
            if (enough and step not in steps) or left <= 0:
                complete = complete and left > 0
                break
            behind = self.behind(point, min(left, MAX_BEHIND))
            complete = complete and len(behind) < min(left, MAX_BEHIND)
            left -= len(behind)
            steps.setdefault(step, []).extend(Candidate(point, o, distance) for o in behind)
            taken += 1
        beyond = tuple(pair for pair in ranked[taken:] if pair[0] > within)
        near = partial(nearness, self.bargain)
        inside = (sorted(steps[step], key=near) for step in sorted(steps))
        return Candidates(tuple(map(tuple, inside)), complete, beyond)

    def _by_lot(self, ranked: tuple[Fraction, Point]) -> tuple[Fraction, bytes]:
        """Return the order of a point: of those as near to a draw a lot decides."""
        short, point = ranked
        return short, lot_at(self.bargain.dispute.party_ids, point)

    def behind(self, point: Point, most: int = MAX_BEHIND) -> list[Outcome]:
        """Return packages worth as much as a point, the first package itself left out."""
        packages = map(self.bargain.compiled.outcome, self.bargain.frontier.packages(point))
        some = dict.fromkeys(islice(packages, most))
        some.pop(self.first.outcome, None)
        return sorted(some, key=lot)

    def counts(self, point: Point) -> bool:
        """Tell whether a package of this worth may be shown."""
        return not self._better or all(
            u > w for u, w in zip(point, self.bargain.walk_away, strict=True)
        )

    def _points(self, count: int, within: Fraction) -> tuple[Iterable[Point], bool]:
        bargain, frontier = self.bargain, self.bargain.frontier
        if isinstance(frontier, Points):
            rows = _nearest(bargain, frontier)
            return [frontier.point(row) for row in rows], len(rows) == len(frontier)
        try:
            points = list(_on_edges(bargain, count, within) if frontier.edges else ())
        except Unsupported:
            points = []  # what cannot be listed is asked
        points = points or self._asked
        if len(bargain.dispute.parties) > 2:
            around = _draws_around(bargain, within)
            points = [*points, *between(bargain, self.first.outcome, points, around)]
        return points, False

    @cached_property
    def _asked(self) -> list[Point]:
        return list(otherwise(self.bargain, self.first.outcome))


def _nearest(bargain: Bargain, points: Points) -> Sequence[int]:
    """Return the rows of the points among which the nearest to a draw are, at most so many."""
    if len(points) <= 10 * MAX_CANDIDATES or not bargain.gains.parties:
        return range(min(len(points), 10 * MAX_CANDIDATES))
    values, scale = bargain.gains.integers(points.solution.utilities)
    exact = values.astype(object)
    tolerance, price = bargain.dispute.tolerance * scale, bargain.dispute.price * scale
    apart = exact.max(axis=1) - exact.min(axis=1) - tolerance
    costs = [
        (np.array([int(g * scale) for g in bargain.gains.values(k)], dtype=object) - exact).max(1)
        for k in bargain.kalai_smorodinsky()
    ]
    short: Any = np.maximum(apart, np.min(costs, axis=0) - price)
    short[short < 0] = Fraction(0)
    return np.argsort(short, kind="stable")[: 10 * MAX_CANDIDATES].tolist()


def _on_edges(bargain: Bargain, count: int, within: Fraction) -> Iterator[Point]:
    """Yield the ends of a divided frontier's straight parts, and draws spread evenly on them."""
    yield from bargain.frontier.corners()
    yield from bargain.kalai_smorodinsky()
    for region in _draws_around(bargain, within):
        for edge in bargain.frontier.edges:
            ends = edge.first, edge.second
            inside = region.interval(*map(bargain.gains.values, ends))
            for place in _spread(*inside, count) if inside else ():
                open_end = (place == 0 and not edge.first_closed) or (
                    place == 1 and not edge.second_closed
                )
                if not open_end and (edge.reached or place in (0, 1)):
                    yield tuple(a + place * (b - a) for a, b in zip(*ends, strict=True))


def _spread(low: Fraction, high: Fraction, count: int) -> set[Fraction]:
    return {low + (high - low) * k / max(1, count) for k in range(max(1, count) + 1)}


def _draws_around(bargain: Bargain, within: Fraction) -> Iterator[Region]:
    """Yield where the draws are: around each Kalai-Smorodinsky point."""
    tolerance, price = bargain.dispute.tolerance + within, bargain.dispute.price + within
    for reference in bargain.kalai_smorodinsky():
        yield Region(tolerance, tuple(gain - price for gain in bargain.gains.values(reference)))
