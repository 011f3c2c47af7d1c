"""A part of the value space: no further apart than so much, nobody below so much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from hikiwake.solvers.solution import Integers

Values = Sequence[Fraction]


@dataclass(frozen=True, slots=True)
class Region:
    """Values whose largest and smallest differ by at most ``spread``, each at least ``floors``."""

    spread: Fraction | None = None
    floors: tuple[Fraction, ...] | None = None

    def rows(self, values: Integers, scale: int) -> NDArray[np.bool_]:
        """Tell which rows of integer values, ``scale`` standing for 1, lie in the region."""
        inside = np.ones(len(values), dtype=bool)
        exact = values.astype(object)
        if self.spread is not None and values.shape[1]:
            apart = exact.max(axis=1) - exact.min(axis=1)
            most = self.spread * scale
            inside &= (apart * most.denominator <= most.numerator).astype(bool)
        for column, floor in enumerate(self.floors or ()):
            least = floor * scale
            inside &= (exact[:, column] * least.denominator >= least.numerator).astype(bool)
        return inside

    def interval(self, start: Values, end: Values) -> tuple[Fraction, Fraction] | None:
        """Return which part of the way from one point to another lies in the region, or None."""
        low, high = Fraction(0), Fraction(1)
        for slack, slope in self._slacks(start, end):
            if slope == 0:
                if slack < 0:
                    return None
            elif slope > 0:
                low = max(low, -slack / slope)
            else:
                high = min(high, -slack / slope)
        return (low, high) if low <= high else None

    def _slacks(self, start: Values, end: Values) -> list[tuple[Fraction, Fraction]]:
        """Return (slack at the start, its change to the end) of each linear condition."""
        slacks: list[tuple[Fraction, Fraction]] = []
        if self.spread is not None:
            for i in range(len(start)):
                for j in range(len(start)):
                    if i != j:
                        before, after = start[i] - start[j], end[i] - end[j]
                        slacks.append((self.spread - before, before - after))
        for value, after, floor in zip(start, end, self.floors or (), strict=False):
            slacks.append((value - floor, after - value))
        return slacks


ANYWHERE = Region()
