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

from hikiwake.solvers.programs import Impossible, Program, solve

Array = NDArray[Any]
Weights = tuple[Fraction, ...]  # of what is wanted, then of each condition

MAX_POOL = 60  # weights that are tried first


@dataclass(frozen=True, slots=True)
class Form:
    """What is linear in cells: whole numbers, times ``scale``.

    It is the sum of a number for the value of each issue, one for the cell, and one fixed.
    """

    columns: Sequence[Sequence[int]]
    cells: Array
    fixed: int
    scale: int

    def less(self, value: Fraction) -> Form:
        """Return how much more than a value it is."""
        level = value * self.scale
        times = level.denominator
        columns = [[times * x for x in column] for column in self.columns]
        fixed = times * self.fixed - level.numerator
        return Form(columns, self.cells * times, fixed, self.scale * times)

    def along(self, value: Fraction) -> Form:
        """Return it with one more issue, a part from 0 to 1, of which all is worth a value."""
        whole = value * self.scale
        times = whole.denominator
        columns = [*([times * x for x in column] for column in self.columns), [0, whole.numerator]]
        return Form(columns, self.cells * times, times * self.fixed, self.scale * times)

    def __neg__(self) -> Form:
        """Return the opposite."""
        columns = [[-x for x in column] for column in self.columns]
        return Form(columns, -self.cells, -self.fixed, self.scale)


@dataclass(frozen=True, slots=True)
class Best:
    """The most that a mixture is worth, and how much it has of which values of each issue."""

    value: Fraction
    weights: list[dict[int, Fraction]]


class Mixtures:
    """The mixtures: ``cells`` has a piece of each issue, and ``pieces`` the values of each piece,
    all by their numbers."""

    def __init__(
        self, pieces: Sequence[Sequence[tuple[int, ...]]], cells: Sequence[tuple[int, ...]]
    ) -> None:
        self._pieces, self._cells = pieces, cells
        self._in_cells = np.array(cells, dtype=np.int64).reshape(len(cells), -1).T
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
                found, bar, above = Best(value, parts), value, True
                if not seeking:
                    return found, []

    def _largest(self, weights: Weights, forms: Sequence[Form]) -> tuple[int, Array]:
        """Return what the weights count of what is wanted, and what all counts in each cell."""
        exact = [weight / form.scale for weight, form in zip(weights, forms, strict=True)]
        times = lcm(*(one.denominator for one in exact))
        counts = [int(one * times) for one in exact]
        common = gcd(*counts) or 1
        pairs = [(n // common, form) for n, form in zip(counts, forms, strict=True) if n]
        total: Array = np.array(sum(count * form.fixed for count, form in pairs), dtype=object)
        for count, form in pairs:
            total = total + count * form.cells
        for n, (pieces, inside) in enumerate(zip(self._pieces, self._in_cells, strict=True)):
            column = [sum(count * form.columns[n][k] for count, form in pairs)
                      for k in range(len(forms[0].columns[n]))]  # fmt: skip
            most = [max(column[k] for k in piece) for piece in pieces]
            total = total + np.array(most, dtype=object)[inside]
        return counts[0] // common * forms[0].scale, total

    def _solve(
        self, cell: int, forms: Sequence[Form]
    ) -> tuple[Fraction | None, list[dict[int, Fraction]], Weights]:
        """Return the most in a cell, by which mixture, and what proves it; None: there is none."""
        wanted, *kept = forms
        own = [self._pieces[n][k] for n, k in enumerate(self._cells[cell])]
        open_to = [(n, k) for n, piece in enumerate(own) if len(piece) > 1 for k in piece]
        mixed = list(dict.fromkeys(n for n, _ in open_to))
        columns = [
            ((mixed.index(n), 1), *((r, form.columns[n][k])
              for r, form in enumerate(kept, len(mixed)) if form.columns[n][k]))
            for n, k in open_to
        ]  # fmt: skip
        slack = [((len(mixed) + r, -1),) for r in range(len(kept))]
        objective = [*(wanted.columns[n][k] for n, k in open_to), *(0 for _ in slack)]
        fixed = [self._fixed(cell, form) for form in (wanted, *kept)]
        right = [*(1 for _ in mixed), *(-one for one in fixed[1:])]
        answer = solve(Program([*columns, *slack], objective, right))
        pairs = zip(answer.multipliers[len(mixed) :], kept, strict=True)
        counts = [-y * form.scale for y, form in pairs]
        if isinstance(answer, Impossible):
            return None, [], (Fraction(0), *counts)
        weights = [{piece[0]: Fraction(1)} if len(piece) == 1 else {} for piece in own]
        for j, part in answer.parts.items():
            if j < len(open_to):
                n, k = open_to[j]
                weights[n][k] = part
        value = (answer.value + fixed[0]) / wanted.scale
        return value, weights, (Fraction(1), *(one / wanted.scale for one in counts))

    def _fixed(self, cell: int, form: Form) -> int:
        """Return what is the same in all of a cell."""
        own = enumerate(self._cells[cell])
        alone = ((n, self._pieces[n][k]) for n, k in own if len(self._pieces[n][k]) == 1)
        return form.fixed + int(form.cells[cell]) + sum(form.columns[n][k] for n, (k,) in alone)


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
