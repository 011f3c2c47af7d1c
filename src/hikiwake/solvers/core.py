"""Of very many independent issues, the few that are open when points near the best are sought.

For any weights of at least 0 no package is worth more, weighed, than the sum of what each issue's
best option is worth. What a package must reach leaves so much slack below that sum; an option
that falls further below the best of its issue is in no such package. Where the weights come from
decides how much that leaves out, never whether it is right: whole numbers decide.

References
----------
Balas, E. and Zemel, E. (1980), An Algorithm for Large Zero-One Knapsack Problems, Operations
Research 28.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Any

import numpy as np

from hikiwake.solvers.deadline import UNLIMITED, Deadline
from hikiwake.solvers.foremost import Key, foremost
from hikiwake.solvers.highs import new_solver
from hikiwake.solvers.merging.additive import pareto
from hikiwake.solvers.problem import Problem
from hikiwake.solvers.solution import Decision, Integers, Solution

_FINEST = 2**40
_FEWEST = 8  # issues that are open at first
_COARSEST = 2**20


@dataclass(frozen=True, slots=True)
class Ray:
    """What everybody must reach: ``start + t · direction``, the larger t the better."""

    start: tuple[Fraction, ...]
    direction: tuple[Fraction, ...]

    def floors(self, t: Fraction) -> tuple[int, ...]:
        """Return the least whole numbers that reach so far."""
        return tuple(ceil(a + t * d) for a, d in zip(self.start, self.direction, strict=True))


class Weighed:
    """A problem's independent issues, weighed for a ray: how far any package can reach along it."""

    def __init__(self, problem: Problem, ray: Ray, weights: Sequence[int]) -> None:
        self._problem = problem
        self.ray = ray
        self.weights = weights
        worths = [
            [sum(w * p for w, p in zip(weights, option, strict=True)) for option in options]
            for options in problem.points
        ]
        most = [max(own) for own in worths]
        self.losses = [
            [best - worth for worth in own] for best, own in zip(most, worths, strict=True)
        ]
        self._above = sum(most) - self._weigh(ray.start)
        self._per_step = self._weigh(ray.direction)

    def _weigh(self, point: Sequence[Fraction | int]) -> Fraction:
        pairs = zip(self.weights, point, strict=True)
        return sum((Fraction(w) * p for w, p in pairs), start=Fraction(0))

    @property
    def at_most(self) -> Fraction:
        """How far along the ray any package can reach."""
        return self._above / self._per_step

    def reaches(self) -> Iterator[Fraction]:
        """Yield numbers down to 0, each leaving about twice as much slack as the one before.

        Nothing if no package reaches as far as 0.
        """
        losses = sorted(sorted(own)[1] for own in self.losses if len(own) > 1)
        slack = max([self._above / _COARSEST, *losses[:_FEWEST]])
        if self._above > 0:
            yield self.at_most
        while slack < self._above:
            yield (self._above - slack) / self._per_step
            slack *= 2
        if self._above >= 0:
            yield Fraction(0)

    def best(self) -> Decision:
        """Return the package that is worth most, weighed: nothing says what it gives to each."""
        return tuple(own.index(0) for own in self.losses)

    def core(self, t: Fraction, deadline: Deadline = UNLIMITED) -> Core:
        """Return the undominated points that reach so far along the ray, and their packages.

        Raises
        ------
        TooLarge
            If too many issues are open for the additive engine (H18).
        TimeIsOver
            If no time was left before it was done.
        """
        slack = self._above - t * self._per_step
        kept = [
            tuple(option for option, loss in enumerate(own) if loss <= slack) for own in self.losses
        ]
        return Core(self._problem, kept, self.ray.floors(t), deadline)


class Core:
    """The packages that take one of some options on each issue, and reach some floors."""

    engine = "additive"

    def __init__(
        self,
        problem: Problem,
        kept: Sequence[Sequence[int]],
        floors: Sequence[int],
        deadline: Deadline,
    ) -> None:
        points = problem.points
        self._kept = kept
        self._open = [k for k, options in enumerate(kept) if len(options) > 1]
        self._settled = [options[0] if options else 0 for options in kept]
        settled = (points[k][own[0]] for k, own in enumerate(kept) if len(own) == 1)
        self._base = tuple(map(sum, zip((0,) * problem.parties, *settled, strict=True)))
        left: Problem = replace(
            problem,
            points=tuple(tuple(points[k][option] for option in kept[k]) for k in self._open),
            floors=tuple(floor - own for floor, own in zip(floors, self._base, strict=True)),
        )
        self._solution: Solution = pareto(left, deadline)

    @cached_property
    def _table(self) -> Integers:
        rows: Any = self._solution.utilities.astype(object)
        return rows + np.array(self._base, dtype=object)

    @property
    def utilities(self) -> Integers:
        """One row a point, one column a party."""
        return self._table

    def count(self, point: int) -> int:
        """Return how many packages have exactly the utilities of a point."""
        return self._solution.count(point)

    def decisions(self, point: int) -> Iterator[Decision]:
        """Yield every package behind a point."""
        return map(self._whole, self._solution.decisions(point))

    def nearest(self, point: int, today: tuple[int | None, ...]) -> Iterator[Decision]:
        """Yield the packages behind a point that differ from ``today`` on the fewest issues."""
        return map(self._whole, self._solution.nearest(point, self._places(today)))

    def foremost(
        self, nearest: tuple[int, tuple[int | None, ...]], most: int, order: Sequence[int], key: Key
    ) -> Decision | None:
        """Return the first of what ``nearest`` yields, as :func:`foremost` does of a merge."""
        place = {k: n for n, k in enumerate(self._open)}
        found = foremost(
            self._solution,
            (nearest[0], self._places(nearest[1])),
            most,
            [place[k] for k in order if k in place],
            lambda n, option: key(self._open[n], self._kept[self._open[n]][option]),
        )
        return None if found is None else self._whole(found)

    def _places(self, today: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Return where today's options are among those that are open; −1: left out."""
        return tuple(
            kept.index(now) if now in kept else None if now is None else -1
            for kept, now in ((self._kept[k], today[k]) for k in self._open)
        )

    def _whole(self, decision: Decision) -> Decision:
        whole = list(self._settled)
        for k, option in zip(self._open, decision, strict=True):
            whole[k] = self._kept[k][option]
        return tuple(whole)


def weighed(problem: Problem, ray: Ray) -> Weighed:
    """Return a problem's issues weighed so that the bound along a ray is as low as it can be."""
    bits = [
        max(
            (abs(option[i]) for options in problem.points for option in options), default=0
        ).bit_length()
        for i in range(problem.parties)
    ]
    prices = _prices(problem, ray, [1 << b for b in bits])
    finest = _FINEST / max(prices)
    weights = [
        round(price * finest) << max(bits) - b for price, b in zip(prices, bits, strict=True)
    ]
    return Weighed(problem, ray, weights)


def _prices(problem: Problem, ray: Ray, sizes: Sequence[int]) -> list[float]:
    """Return the parties' prices where options may be mixed: a linear program, in floats.

    Everybody's points count in parts of a size, so that none is lost beside the others'.
    """
    import highspy

    infinite: float = highspy.kHighsInf
    solver = new_solver(solver="ipm")  # of thousands of issues far faster than the simplex
    parties, issues = problem.parties, len(problem.points)
    model: Any = highspy.HighsLp()
    columns = _columns(problem, ray, sizes)
    model.num_col_, model.num_row_ = len(columns), parties + issues
    model.col_cost_ = np.array([1.0] + [0.0] * (len(columns) - 1))
    model.col_lower_ = np.array([-infinite] + [0.0] * (len(columns) - 1))
    model.col_upper_ = np.full(len(columns), infinite)
    starts = [a / size for a, size in zip(ray.start, sizes, strict=True)]
    model.row_lower_ = np.array([float(a) for a in starts] + [1.0] * issues)
    model.row_upper_ = np.array([infinite] * parties + [1.0] * issues)
    model.sense_ = highspy.ObjSense.kMaximize
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.cumsum([0, *map(len, columns)]).astype(np.int32)
    entries = [entry for column in columns for entry in column]
    model.a_matrix_.index_ = np.array([row for row, _ in entries], dtype=np.int32)
    model.a_matrix_.value_ = np.array([value for _, value in entries])
    solver.passModel(model)
    solver.run()
    prices = [abs(float(price)) for price in solver.getSolution().row_dual[:parties]]
    useful = any(price for price, d in zip(prices, ray.direction, strict=False) if d)
    return prices if useful and len(prices) == parties else [1.0] * parties


def _columns(problem: Problem, ray: Ray, sizes: Sequence[int]) -> list[list[tuple[int, float]]]:
    """Return the entries of the program's columns: how far along the ray, then every option."""
    along = [Fraction(d) / size for d, size in zip(ray.direction, sizes, strict=True)]
    columns = [[(i, -float(d / max(along))) for i, d in enumerate(along) if d]]
    for k, options in enumerate(problem.points):
        for option in options:
            worths = zip(option, sizes, strict=True)
            own = [(i, points / size) for i, (points, size) in enumerate(worths) if points]
            columns.append([*own, (problem.parties + k, 1.0)])
    return columns
