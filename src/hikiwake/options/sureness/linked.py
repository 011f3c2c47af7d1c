"""Answers of one side that vary together: how far a straight line reaches over all they may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import numpy as np

from hikiwake.numeric import fits_int64, wholes
from hikiwake.solvers.regions import Part, Region, centre, corners, reach

Array = Any  # a NumPy array of Python's own integers or fractions
Line = tuple[int, ...]
Point = tuple[Fraction, ...]

_AT_ONCE = 256  # lines


@dataclass(frozen=True, slots=True)
class Linked:
    """Answers that orders and constraints link: where they stand, and all that they may be.

    Where few corners bound it they are all tried, else each line is a linear program; either is
    exact. A line that was asked about is not worked out again.
    """

    part: Part
    corners: tuple[Point, ...]  # none where they are too many
    scale: int  # all corners times this are whole
    _table: Array
    _known: dict[Line, tuple[int | Fraction, Point]] = field(default_factory=dict)

    @classmethod
    def of(cls, part: Part) -> Linked:
        """Return the linked answers of a part, ready to be asked."""
        found = tuple(corners(part.region) or ())
        scale = lcm(*(x.denominator for point in found for x in point))
        table = [wholes(point, scale) for point in found]
        return cls(part, found, scale, np.array(table, dtype=object))

    @property
    def places(self) -> list[int]:
        """Where they stand among the answers of the side."""
        return list(self.part.places)

    @property
    def region(self) -> Region:
        """All that they may be."""
        return self.part.region

    def most(self, rows: Array) -> Array:
        """Return the most that each line comes to, times the scale."""
        lines = [_lowest(row) for row in rows]
        self._learn({line for line, _ in lines} - self._known.keys())
        return np.array([self._known[line][0] * times for line, times in lines], dtype=object)

    def where_most(self, row: Array) -> Point:
        """Return a point at which one line comes to its most."""
        line, _ = _lowest(row)
        self._learn({line} - self._known.keys())
        return self._known[line][1]

    def ends(self, place: int) -> tuple[Point, Point]:
        """Return the middles of what is left where one answer is at its least, and at its most."""
        low, high = (reach(self.region, self._unit(place, sign)).value for sign in (-1, 1))
        return centre(self.region.pinned(place, -low)), centre(self.region.pinned(place, high))

    def least_at_once(self, signs: Sequence[int]) -> bool:
        """Tell whether one point has the least of every answer; of those of sign -1 the most."""
        alone = (reach(self.region, self._unit(n, -sign)) for n, sign in enumerate(signs))
        together = reach(self.region, [-sign for sign in signs])
        return together.value == sum((one.value for one in alone), Fraction(0))

    def _unit(self, place: int, sign: int) -> list[int]:
        return [sign * (place == other) for other in range(len(self.part.places))]

    def _learn(self, lines: set[Line]) -> None:
        """Work out some lines."""
        asked = sorted(lines)
        if not self.corners:
            for line in asked:
                found = reach(self.region, line)
                self._known[line] = found.value, found.point
        for start in range(0, len(asked) if self.corners else 0, _AT_ONCE):
            some = asked[start : start + _AT_ONCE]
            values = _product(np.array(some, dtype=object), self._table.T)
            for line, own, best in zip(some, values, values.argmax(axis=1), strict=True):
                self._known[line] = int(own[best]), self.corners[best]


def _product(lines: Array, table: Array) -> Array:
    """Return lines times a table, in 64 bits where every sum fits."""
    largest = np.abs(lines).max() * np.abs(table).max() * len(table)
    if fits_int64(int(largest)):
        return lines.astype(np.int64) @ table.astype(np.int64)
    return lines @ table


def _lowest(row: Sequence[int]) -> tuple[Line, int]:
    """Return a line in lowest terms, and how many times that the row is."""
    times = gcd(*row) or 1
    return tuple(number // times for number in row), times
