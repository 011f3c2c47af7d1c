"""Packages to choose among: Pareto-optimal ones, those nearest to a draw first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np

from hikiwake.errors import Unsupported
from hikiwake.model import Outcome
from hikiwake.numeric import DEFAULT_TOLERANCE
from hikiwake.options.asking import between, otherwise
from hikiwake.pareto import Bargain, Point, Region
from hikiwake.pareto.canonical import canonical
from hikiwake.pareto.points import Points

MAX_CANDIDATES = 400
MAX_BEHIND = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """A package, what it is worth to everybody, and how far from a draw it is."""

    point: Point
    outcome: Outcome
    short: Fraction


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
        return -(-short // (self._bargain.dispute.tolerance or DEFAULT_TOLERANCE))


@dataclass(frozen=True, slots=True)
class Candidates:
    """Packages in steps: draws, and then whatever is short of one by as many tolerances.

    ``complete``: every Pareto-optimal package of each step is there.
    """

    steps: tuple[tuple[Candidate, ...], ...]
    complete: bool


def candidates(
    bargain: Bargain, first: Candidate, count: int, within: Fraction, better: bool
) -> Candidates:
    """Return at least ``count`` packages beside the first one, if there are as many.

    Parameters
    ----------
    within
        How far short of a draw a package may be and still count as one.
    better
        Only packages in which every party gets more than its walk-away value.

    Notes
    -----
    Of a frontier of finitely many points all are looked at. Where something can be divided: the
    ends of the straight parts, and draws on them. Where a frontier can only be asked: the best
    package in which one issue is decided otherwise, for every issue and option. Of three parties
    and more also the draws on the way from the first package to each of these. Each for at most
    20 seconds. Up to ``MAX_BEHIND`` packages of equal worth are taken of a point.
    """
    points, complete = _points(bargain, first, count, within)
    closeness = Closeness(bargain)
    ranked = sorted((closeness.short(point), point) for point in {first.point, *points})
    steps: dict[int, list[Candidate]] = {}
    left = MAX_CANDIDATES
    for short, point in ranked:
        step = 0 if short <= within else closeness.step(short)
        if better and any(u <= w for u, w in zip(point, bargain.walk_away, strict=True)):
            continue
        enough = sum(map(len, steps.values())) >= count
        if (enough and step not in steps) or left <= 0:
            complete = complete and left > 0
            break
        behind = _behind(bargain, point, first, min(left, MAX_BEHIND))
        complete = complete and len(behind) < min(left, MAX_BEHIND)
        left -= len(behind)
        steps.setdefault(step, []).extend(Candidate(point, o, short) for o in behind)
    return Candidates(tuple(tuple(steps[step]) for step in sorted(steps)), complete)


def _behind(bargain: Bargain, point: Point, first: Candidate, most: int) -> list[Outcome]:
    """Return packages worth as much as a point, the first package itself left out."""
    packages = map(bargain.compiled.outcome, bargain.frontier.packages(point))
    some = dict.fromkeys(islice(packages, most))
    some.pop(first.outcome, None)
    return sorted(some, key=canonical)


def _points(
    bargain: Bargain, first: Candidate, count: int, within: Fraction
) -> tuple[Iterable[Point], bool]:
    frontier = bargain.frontier
    if isinstance(frontier, Points):
        rows = _nearest(bargain, frontier)
        return [frontier.point(row) for row in rows], len(rows) == len(frontier)
    try:
        points = list(_on_edges(bargain, count, within) if frontier.edges else ())
    except Unsupported:
        points = []  # what cannot be listed is asked
    points = points or list(otherwise(bargain, first.outcome))
    if len(bargain.dispute.parties) > 2:
        around = _draws_around(bargain, within)
        points = [*points, *between(bargain, first.outcome, points, around)]
    return points, False


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
