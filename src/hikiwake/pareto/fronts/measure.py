"""By what the parties' utilities are compared: each from its own zero, in its own unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Literal

import numpy as np

from hikiwake.numeric import fits_int64
from hikiwake.solvers.solution import Integers

Point = tuple[Fraction, ...]  # everybody's utility, in the integer units of the problem


@dataclass(frozen=True, slots=True)
class Measure:
    """value_i = (utility_i − zero_i) ÷ unit_i, for the parties that are compared.

    With walk-away values as zeros and ranges as units the values are gains; else they are points.
    """

    parties: tuple[int, ...]
    zeros: tuple[int | Fraction, ...]
    units: tuple[int | Fraction, ...]
    of: Literal["gain", "points"] = "points"

    def values(self, point: Sequence[int | Fraction]) -> tuple[Fraction, ...]:
        """Return the compared parties' values at a point."""
        return tuple(
            _value(point[i], zero, unit)
            for i, zero, unit in zip(self.parties, self.zeros, self.units, strict=True)
        )

    def point(self, values: Sequence[Fraction]) -> Point:
        """Return the point at which the compared parties, if these are all, have some values."""
        return tuple(
            zero + value * unit
            for zero, unit, value in zip(self.zeros, self.units, values, strict=True)
        )

    def integers(self, utilities: Integers) -> tuple[Integers, int]:
        """Return the values of many points as integers, and the integer that stands for 1.

        Parameters
        ----------
        utilities
            Shape (m, n), integers; zeros and units must be integers too.
        """
        zeros, units = [int(z) for z in self.zeros], [int(u) for u in self.units]
        scale = lcm(*units)
        factors = [scale // unit for unit in units]
        chosen = utilities[:, list(self.parties)]
        largest = int(np.abs(chosen).max()) if chosen.size else 0
        bound = (largest + max(map(abs, zeros), default=0)) * max(factors, default=1)
        dtype = chosen.dtype if fits_int64(bound * len(units)) else np.dtype(object)
        moved = chosen.astype(dtype) - np.array(zeros, dtype=dtype)
        return moved * np.array(factors, dtype=dtype), scale


def _value(number: int | Fraction, zero: int | Fraction, unit: int | Fraction) -> Fraction:
    """Return (number − zero) ÷ unit, reduced once."""
    (a, b), (c, d), (e, f) = (n.as_integer_ratio() for n in (number, zero, unit))
    return Fraction((a * d - c * b) * f, b * d * e)
