"""Answers of one side that vary together: how far a straight line reaches over all they may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import numpy as np

from hikiwake.solvers.regions import Part, Region, centre, corners, reach

Array = Any  # a NumPy array of Python's own integers or fractions
Line = tuple[int, ...]
Point = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """Answers that orders and constraints link: where they stand, and all that they may be.

    Where few corners bound it they are all tried, else each line is a linear program; either is
    exact. A line that was asked about is not worked out again.
    """

    part: Part
    _corners: Array | None
    _scale: int
    _known: dict[Line, tuple[Fraction, Point]] = field(default_factory=dict)

    @classmethod
    def of(cls, part: Part) -> Linked:
        """Return the linked answers of a part, ready to be asked."""
        found = corners(part.region)
        if found is None:
            return cls(part, None, 1)
        scale = lcm(*(x.denominator for point in found for x in point))
        table = np.array([[int(x * scale) for x in point] for point in found], dtype=object)
        return cls(part, table, scale)

    @property
    def places(self) -> list[int]:
        """Where they stand among the answers of the side."""
        return list(self.part.places)

    @property
    def region(self) -> Region:
        """All that they may be."""
        return self.part.region

    @property
    def lines(self) -> list[Line]:
        """The lines that were asked about, in lowest terms."""
        return list(self._known)

    def most(self, rows: Array) -> Array:
        """Return the most that each line comes to."""
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

    def _unit(self, place: int, sign: int) -> list[int]:
        return [sign * (place == other) for other in range(len(self.part.places))]

    def _learn(self, lines: set[Line]) -> None:
        """Work out some lines."""
        asked = sorted(lines)
        if self._corners is None:
            for line in asked:
                found = reach(self.region, line)
                self._known[line] = found.value, found.point
        elif asked:
            values = np.array(asked, dtype=object) @ self._corners.T
            for line, own in zip(asked, values, strict=True):
                best = int(np.argmax(own))
                point = tuple(Fraction(x, self._scale) for x in self._corners[best])
                self._known[line] = Fraction(own[best], self._scale), point


def _lowest(row: Sequence[int]) -> tuple[Line, int]:
    """Return a line in lowest terms, and how many times that the row is."""
    times = gcd(*row) or 1
    return tuple(number // times for number in row), times
