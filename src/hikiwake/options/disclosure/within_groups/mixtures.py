"""The best of all mixtures of corners, cell by cell, and what proves that none is better.

Whatever is worth something is linear in a cell. Multipliers say why no mixture there that keeps all
conditions is better: weighed by them, what is wanted and the conditions together are no more than
that at any corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.numeric import fits_int64
from hikiwake.solvers.programs import Impossible, Program, solve

Array = NDArray[Any]
Weights = tuple[Fraction, ...]  # of what is wanted, then of each condition

MAX_POOL = 60  # weights that are tried first


@dataclass(frozen=True, slots=True)
class Form:
    """What is linear in cells: whole numbers at all corners, times ``scale``."""

    numbers: Array
    scale: int

    def less(self, value: Fraction) -> Form:
        """Return how much more than a value it is."""
        level = value * self.scale
        times = level.denominator
        largest = int(abs(self.numbers).max(initial=0)) * times + abs(level.numerator)
        numbers = self.numbers if fits_int64(largest) else self.numbers.astype(object)
        return Form(numbers * times - level.numerator, self.scale * times)

    def __neg__(self) -> Form:
        """Return the opposite."""
        return Form(-self.numbers, self.scale)


@dataclass(frozen=True, slots=True)
class Best:
    """The most that a mixture is worth: in a cell, by its corners and how much of each."""

    value: Fraction
    cell: int
    weights: dict[int, Fraction]


class Mixtures:
    """The mixtures; the cells begin at the corners ``first``."""

    def __init__(self, first: Sequence[int], corners: int) -> None:
        self._first = list(first)
        self._cells = [range(*ends) for ends in zip(first, [*first[1:], corners], strict=True)]
        self._pools: dict[Any, list[Weights]] = {}

    def best(self, kind: Any, wanted: Form, kept: Sequence[Form]) -> Best | None:
        """Return the most that is wanted of mixtures of which nothing in ``kept`` is below 0.

        None: there is no such mixture. What was learnt about one ``kind`` of question helps with
        the next.
        """
        return self._search(kind, [wanted, *kept], None, True)[0]

    def proofs(
        self, kind: Any, wanted: Form, kept: Sequence[Form], bar: Fraction, above: bool
    ) -> list[Weights] | None:
        """Return weights one of which proves, for each cell, that no mixture reaches a bar.

        With ``above``, that none is above it. None: some mixture does.
        """
        best, used = self._search(kind, [wanted, *kept], bar, above)
        return used if best is None else None

    def _search(
        self, kind: Any, forms: list[Form], bar: Fraction | None, above: bool
    ) -> tuple[Best | None, list[Weights]]:
        """Return the best, or with a bar the first beyond it, and the weights that were needed."""
        found: Best | None = None
        seeking = bar is None
        pool = [*self._pools.get(kind, ()), *_alone(len(forms))]
        owns, largest = zip(*(self._largest(weights, forms) for weights in pool), strict=True)
        owns, largest = list(owns), list(largest)
        while True:
            proven = np.array([
                _proves(own, most, bar, above) for own, most in zip(owns, largest, strict=True)
            ])  # fmt: skip
            missing = np.flatnonzero(~proven.any(axis=0))
            if not len(missing):
                used = _few(proven)
                self._pools[kind] = [pool[k] for k in used[:MAX_POOL]]
                return found, [pool[k] for k in used]
            near = [most / own for own, most in zip(owns, largest, strict=True) if own > 0]
            cell = int(missing[np.argmin([-min(one[c] for one in near) for c in missing])])
            value, parts, weights = self._solve(cell, forms)
            pool.append(weights)
            own, most = self._largest(weights, forms)
            owns.append(own)
            largest.append(most)
            if value is not None and (bar is None or value > bar or (value == bar and not above)):
                found, bar, above = Best(value, cell, parts), value, True
                if not seeking:
                    return found, []

    def _largest(self, weights: Weights, forms: Sequence[Form]) -> tuple[int, Array]:
        """Return what the weights count of what is wanted, and what all counts in each cell."""
        exact = [weight / form.scale for weight, form in zip(weights, forms, strict=True)]
        times = lcm(*(one.denominator for one in exact))
        counts = [int(one * times) for one in exact]
        common = gcd(*counts) or 1
        counts = [count // common for count in counts]
        size = sum(
            abs(count) * int(abs(form.numbers).max(initial=0))
            for count, form in zip(counts, forms, strict=True)
        )
        total: Any = 0
        for count, form in zip(counts, forms, strict=True):
            if count:
                total = total + count * (
                    form.numbers if fits_int64(size) else form.numbers.astype(object)
                )
        most = np.maximum.reduceat(total, self._first).astype(object)
        return counts[0] * forms[0].scale, most

    def _solve(
        self, cell: int, forms: Sequence[Form]
    ) -> tuple[Fraction | None, dict[int, Fraction], Weights]:
        """Return the most in a cell, by which mixture, and what proves it; None: there is none."""
        wanted, *kept = forms
        corners = self._cells[cell]
        rows = list(enumerate(kept, 1))
        columns = [
            ((0, 1), *((r, int(own.numbers[v])) for r, own in rows if own.numbers[v]))
            for v in corners
        ]
        slack = [((r, -1),) for r, _ in rows]
        objective = [int(wanted.numbers[v]) for v in corners]
        program = Program([*columns, *slack], [*objective, *(0 for _ in slack)],
                          [1, *(0 for _ in slack)])  # fmt: skip
        answer = solve(program)
        own = [-y * form.scale for y, form in zip(answer.multipliers[1:], kept, strict=True)]
        if isinstance(answer, Impossible):
            return None, {}, (Fraction(0), *own)
        parts = {corners[j]: part for j, part in answer.parts.items() if j < len(columns)}
        weights = tuple(one / wanted.scale for one in own)
        return answer.value / wanted.scale, parts, (Fraction(1), *weights)


def _alone(count: int) -> list[Weights]:
    return [tuple(Fraction(int(k == n)) for k in range(count)) for n in range(count)]


def _proves(own: int, largest: Array, bar: Fraction | None, above: bool) -> Array:
    """Return for which cells weights prove that nothing is beyond a bar."""
    if own == 0:
        return (largest < 0).astype(bool)
    if bar is None:
        return np.zeros(len(largest), dtype=bool)
    scaled, limit = largest * bar.denominator, own * bar.numerator
    return (scaled <= limit if above else scaled < limit).astype(bool)


def _few(proven: Array) -> list[int]:
    """Return some weights that prove it for all cells together."""
    missing, used = np.ones(proven.shape[1], dtype=bool), list[int]()
    while missing.any():
        k = int(np.argmax(np.count_nonzero(proven[:, missing], axis=1)))
        used.append(k)
        missing &= ~proven[k]
    return used


__all__ = ["Best", "Form", "Mixtures", "Weights"]
