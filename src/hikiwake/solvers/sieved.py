"""Every package of independent issues that gives everybody at least so much, where these are few.

Decide one issue after the other and drop what can no longer reach: what somebody still needs has to
come from the issues that are left, and what is weighed of all that is needed cannot exceed the sum
of what their best options bring. What a party has beyond its need helps nobody, so it is not
counted. The weights decide how much is dropped, never whether it is right: integers decide.

References
----------
Balas, E. (1965), An Additive Algorithm for Solving Linear Programs with Zero-One Variables,
Operations Research 13.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from hikiwake.numeric import fits_int64
from hikiwake.solvers.core import Ray, weighed
from hikiwake.solvers.merging.undominated import undominated
from hikiwake.solvers.problem import Problem
from hikiwake.solvers.solution import Decision, Index, Integers

MAX_HELD = 50_000  # packages in part
MAX_LOOKED_AT = 1_000_000  # numbers in the table of those with one issue more

_WEIGHED = 2**60  # that all needs, weighed, stay below: sums of them fit 64 bits


@dataclass(frozen=True, slots=True)
class Sieved:
    """The undominated points among some packages; a point's packages stand together."""

    engine = "additive"
    utilities: Integers
    packages: Index
    starts: Index

    def count(self, point: int) -> int:
        """Return how many outcomes have exactly the utilities of a point."""
        return len(self._behind(point))

    def decisions(self, point: int) -> Iterator[Decision]:
        """Yield every outcome behind a point."""
        return map(tuple, self._behind(point).tolist())

    def nearest(self, point: int, today: tuple[int | None, ...]) -> Iterator[Decision]:
        """Yield the outcomes behind a point that differ from ``today`` on the fewest issues."""
        stated = [issue for issue, option in enumerate(today) if option is not None]
        behind = self._behind(point)
        now = np.array([today[issue] for issue in stated], dtype=np.int64)
        changes: Any = (behind[:, stated] != now).sum(axis=1)
        return map(tuple, behind[changes == changes.min()].tolist())

    def _behind(self, point: int) -> Index:
        return self.packages[self.starts[point] : self.starts[point + 1]]


def sieved(problem: Problem, floors: Sequence[int]) -> Sieved | None:
    """Return the undominated points that reach some floors; None if too much has to be held.

    Notes
    -----
    First come the issues where a wrong option costs most: what is left after them is little.
    """
    magnitude = problem.magnitude
    if not fits_int64(2 * (magnitude + max(map(abs, floors), default=0))):
        return None
    points = [np.array(options, dtype=np.int64) for options in problem.points]
    least = [own.min(axis=0) for own in points]
    need: Integers = np.array(floors, dtype=np.int64) - np.sum(least, axis=0, dtype=np.int64)
    helps = [
        np.minimum(own - low, np.maximum(need, 0)) for own, low in zip(points, least, strict=True)
    ]
    if not (need > 0).any():
        return None  # nothing would be dropped
    weights = _weights(problem, helps, np.maximum(need, 0))
    order = sorted(range(len(points)), key=lambda k: -_cost(helps[k] @ weights))
    taken = _reaching(helps, np.maximum(need, 0), weights, order)
    if taken is None:
        return None
    packages: Index = np.empty((len(taken), len(points)), dtype=np.int64)
    packages[:, order] = taken
    utilities: Integers = np.zeros((len(taken), problem.parties), dtype=np.int64)
    for k, own in enumerate(points):
        utilities += own[packages[:, k]]
    members, starts = undominated(utilities)
    return Sieved(utilities[members[starts[:-1]]], packages[members], starts)


def _weights(problem: Problem, helps: Sequence[Integers], need: Integers) -> Integers:
    """Return weights by which what is needed comes closest to what can be had, as small integers.

    They are the prices of a linear program in which options may be mixed.
    """
    rows: list[list[list[int]]] = [own.tolist() for own in helps]
    capped = replace(problem, points=tuple(tuple(map(tuple, options)) for options in rows))
    start = (Fraction(0),) * problem.parties
    prices = weighed(capped, Ray(start, tuple(map(Fraction, need.tolist())))).weights
    largest = max(1, *(w * n for w, n in zip(prices, need.tolist(), strict=True)))
    most = _WEIGHED // max(1, problem.parties)
    return np.array([w * most // largest for w in prices], dtype=np.int64)


def _cost(worths: Integers) -> float:
    """Return what a wrong option costs on average."""
    return float(worths.max() - worths.astype(np.float64).mean())


def _reaching(
    helps: Sequence[Integers], need: Integers, weights: Integers, order: Sequence[int]
) -> Index | None:
    """Return the options taken, a column an issue in order, by all packages that meet a need."""
    left = [0]
    room = [np.zeros_like(need)]
    for k in reversed(order):
        left.append(left[-1] + int((helps[k] @ weights).max()))
        room.append(room[-1] + helps[k].max(axis=0))
    open_needs = need[None, :]
    taken: Index = np.zeros((1, 0), dtype=np.int64)
    for k, brings, each in zip(order, left[-2::-1], room[-2::-1], strict=True):
        options = len(helps[k])
        if len(open_needs) * options * len(need) > MAX_LOOKED_AT:
            return None
        after = np.maximum(open_needs[:, None, :] - helps[k], 0).reshape(-1, len(need))
        meets: Any = (after @ weights <= min(brings, 2 * _WEIGHED)) & (after <= each).all(axis=1)
        places = np.flatnonzero(meets)
        if len(places) > MAX_HELD:
            return None
        parents, chosen = np.divmod(places, options)
        open_needs = after[places]
        taken = np.column_stack((taken[parents], chosen))
    return taken


__all__ = ["MAX_HELD", "MAX_LOOKED_AT", "Sieved", "sieved"]
