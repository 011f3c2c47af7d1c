"""Every set of items at once, up to 20: dynamic programming over subsets, exact in every order.

References
----------
Bellman, R. (1962), Dynamic programming treatment of the travelling salesman problem, JACM 9.
Held, M. and Karp, R. (1962), A dynamic programming approach to sequencing problems, SIAM J. 10.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from hikiwake.execution.found import Found, Limits
from hikiwake.execution.pieces import Problem, SetFunction
from hikiwake.numeric import fits_int64

MAX_ITEMS = 20
NEVER = np.iinfo(np.int32).max

Array = np.ndarray[Any, np.dtype[Any]]


class Tables:
    """The temptation and exposure of every set that some order passes through, as ranks."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._count = len(problem.items)
        sets = np.arange(1 << self._count, dtype=np.int32)
        reached = np.ones(len(sets), dtype=bool)
        for place, before in enumerate(problem.before):
            reached &= (sets >> place & 1 == 0) | (sets & before == before)
        sizes = np.bitwise_count(sets)
        self._layers = [sets[reached & (sizes == size)] for size in range(self._count + 1)]
        self._reached = reached
        temptation = _largest([_values(lure, sets) for lure in problem.lures], len(sets))
        gains = [-_values(gain, sets) for gain in problem.gains]
        exposure = np.maximum(_largest(gains, len(sets)), 0)
        self._levels = {"temptation": _ranked(temptation), "exposure": _ranked(exposure)}

    def least(self, of: str, limits: Limits) -> Found:
        """Return the order whose largest temptation, or exposure, is least within limits."""
        levels, ranks = self._levels[of]
        costs = np.where(self._within(limits), ranks, NEVER)
        reach = self._reach(costs)
        value = int(reach[-1])
        if value == NEVER:
            return Found(None, None, None)
        return Found(levels[value], self._back(reach, len(reach) - 1), levels[value])

    def furthest(self, temptation: int) -> tuple[int, tuple[int, ...]]:
        """Return the largest set that is reached with no temptation above a number, and how.

        What is left after it, done at one moment, ends the order. The empty set, if nothing is.
        """
        levels, ranks = self._levels["temptation"]
        within = np.asarray([level <= temptation for level in levels])[ranks]
        within &= self._reached
        within[0] = True  # beginning is not stopping
        reach = self._reach(np.where(within, 0, NEVER))
        for layer in reversed(self._layers[:-1]):
            if len(there := layer[reach[layer] != NEVER]):
                return int(there[0]), self._back(reach, int(there[0]))
        return 0, ()

    def worst(self) -> tuple[int, int, tuple[int, ...]]:
        """Return the largest temptation of all, the largest exposure with it, and an order."""
        (t_levels, tempting), (e_levels, exposed) = (
            self._levels["temptation"],
            self._levels["exposure"],
        )
        tempting = np.where(self._reached, tempting, -1)
        most = int(tempting.max())
        before = np.full(len(tempting), -1, dtype=np.int32)  # largest exposure on a way here
        after = np.full(len(tempting), -1, dtype=np.int32)  # … on one that met the temptation
        for layer in self._layers:
            plain, met = exposed[layer].copy(), np.full(len(layer), -1, dtype=np.int32)
            for here, previous in self._previous(layer):
                plain[here] = np.maximum(plain[here], before[previous])
                met[here] = np.maximum(met[here], after[previous])
            met = np.where(met >= 0, np.maximum(met, exposed[layer]), met)
            before[layer] = plain
            after[layer] = np.where(tempting[layer] == most, np.maximum(met, plain), met)
        order = self._worst_way(before, after, tempting == most, exposed)
        return t_levels[most], e_levels[int(after[-1])], order

    # --- how -------------------------------------------------------------------------------------

    def _within(self, limits: Limits) -> Array:
        within = self._reached.copy()
        for of, most in (("temptation", limits.temptation), ("exposure", limits.exposure)):
            if most is not None:
                levels, ranks = self._levels[of]
                within &= np.asarray([level <= most for level in levels])[ranks]
        return within

    def _previous(self, layer: Array) -> Any:
        """Yield, item by item, which sets of a layer hold it, and those sets without it."""
        for place in range(self._count):
            here = layer >> place & 1 == 1
            yield here, layer[here] ^ (1 << place)

    def _reach(self, costs: Array) -> Array:
        """Return for every set the least that the largest cost on a way to it can be."""
        reach = np.full(len(costs), NEVER, dtype=np.int32)
        reach[0] = costs[0]
        for layer in self._layers[1:]:
            best = np.full(len(layer), NEVER, dtype=np.int32)
            for here, previous in self._previous(layer):
                best[here] = np.minimum(best[here], reach[previous])
            reach[layer] = np.maximum(best, costs[layer])
        return reach

    def _back(self, reach: Array, end: int) -> tuple[int, ...]:
        return self._way(end, lambda without: (int(reach[without]), without))

    def _way(self, end: int, key: Callable[[int], tuple[int, int]]) -> tuple[int, ...]:
        order: list[int] = []
        while end:
            there = [p for p in range(self._count) if end >> p & 1 and self._reached[end ^ 1 << p]]
            last = min(there, key=lambda place: key(end ^ 1 << place))
            order.append(last)
            end ^= 1 << last
        return tuple(reversed(order))

    def _worst_way(
        self, before: Array, after: Array, tempting: Array, exposed: Array
    ) -> tuple[int, ...]:
        """Return an order that meets the largest temptation, and the largest exposure with it."""
        order: list[int] = []
        end, goal, met = len(before) - 1, int(after[-1]), True
        while end:
            if met and tempting[end] and before[end] >= goal:
                met = False
            if exposed[end] >= goal:
                goal = -1
            values = after if met else before
            there = [p for p in range(self._count) if end >> p & 1 and self._reached[end ^ 1 << p]]
            last = max(there, key=lambda p: (int(values[end ^ 1 << p]), -p))
            order.append(last)
            end ^= 1 << last
        return tuple(reversed(order))


def _values(function: SetFunction, sets: Array) -> Array:
    """Return a function's numbers for all sets: 64 bits where every sum is safe, else Python's."""
    bound = abs(function.constant) + sum(map(abs, function.items))
    bound += sum(abs(value) for _, value in function.joined)
    kind = np.int64 if fits_int64(bound) else object
    values = np.array([function.constant], dtype=kind)
    for value in function.items:
        values = np.concatenate((values, values + value))
    for mask, value in function.joined:
        values[sets & mask == mask] += value
    return values


def _largest(columns: Sequence[Array], count: int) -> Array:
    if not columns:
        return np.zeros(count, dtype=np.int64)
    largest = columns[0]
    for column in columns[1:]:
        largest = np.maximum(largest, column)
    return largest


def _ranked(values: Array) -> tuple[list[int], Array]:
    levels, ranks = np.unique(values, return_inverse=True)
    return [int(level) for level in levels], ranks.astype(np.int32)
