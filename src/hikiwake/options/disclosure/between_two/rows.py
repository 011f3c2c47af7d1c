"""What packages at corners and on edges are worth to the hidden side, whatever it wants.

Notation: a *row* is what a package is worth: how much of each of the hidden side's numbers. a is
what it gives the known side (see :mod:`hikiwake.options.disclosure.between_two.corners`). A *spot*
is a corner, or the corners at both ends of an edge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.model import Answer, Outcome
from hikiwake.options.disclosure.between_two.corners import Corners
from hikiwake.options.disclosure.hidden.unknowns import answers_of, parts_of

Array = NDArray[Any]
Spot = tuple[int, ...]

_NEAR = 1e-9  # of floats, which only find what is compared exactly


@dataclass(frozen=True, slots=True)
class Row:
    """What a package is worth, in whole ``parts`` of the numbers, and its combination."""

    combination: int
    numbers: list[int]
    parts: int


class Worths:
    """The rows of all corners, in ``parts``. ``found`` are the spots that were seen to matter."""

    def __init__(self, corners: Corners) -> None:
        self.corners = corners
        self._dispute = corners.dispute
        self.answers: list[Answer] = [
            answer for issue in self._dispute.issues for answer in answers_of(self._dispute, issue)
        ]
        columns = [self._columns(n) for n in range(len(corners.places))]
        own = (part for column in columns for row in column for part in row.values())
        self.parts = lcm(*(part.denominator for part in own))
        self.columns = [
            [{answer: int(part * self.parts) for answer, part in row.items()} for row in column]
            for column in columns
        ]
        self.found: dict[Spot, None] = {}
        self._rows: dict[int, list[int]] = {}

    def row(self, outcome: Outcome) -> dict[Answer, Fraction]:
        """Return the row of any package."""
        found = dict[Answer, Fraction]()
        for issue in self._dispute.issues:
            own = parts_of(self._dispute, self.corners.hidden, issue, outcome[issue.id])
            for answer, part in own:
                found[answer] = found.get(answer, Fraction(0)) + part
        return found

    def of(self, numbers: Mapping[Answer, Fraction], less: Fraction) -> tuple[Array, int]:
        """Return what all corners are worth with some numbers, less something, and in how many
        parts of a point that is."""
        scale = lcm(less.denominator, *(number.denominator for number in numbers.values()))
        columns = [
            [
                sum(part * int(numbers[answer] * scale) for answer, part in row.items())
                for row in own
            ]
            for own in self.columns
        ]
        return self.corners.sums(columns, -int(less * scale) * self.parts), self.parts * scale

    def row_at(self, spot: Spot, part: Fraction) -> Row:
        """Return the row of a corner, or of what lies a part of an edge beyond its first end."""
        row, parts = self._row_of(spot[0]), self.parts
        if part:
            further = self._row_of(spot[1])
            row = [
                x * part.denominator + (y - x) * part.numerator
                for x, y in zip(row, further, strict=True)
            ]
            parts *= part.denominator
        return Row(int(self.corners.combination[spot[0]]), row, parts)

    def _row_of(self, corner: int) -> list[int]:
        if corner not in self._rows:
            own = dict.fromkeys(self.answers, 0)
            for at, column in zip(self.corners.at, self.columns, strict=True):
                for answer, part in column[at[corner]].items():
                    own[answer] += part
            self._rows[corner] = list(own.values())
        return self._rows[corner]

    def _columns(self, n: int) -> list[dict[Answer, Fraction]]:
        """Return the rows of the places of an issue."""
        issue = self._dispute.issues[n]
        found = list[dict[Answer, Fraction]]()
        for value in self.corners.places[n]:
            row = dict[Answer, Fraction]()
            for answer, part in parts_of(self._dispute, self.corners.hidden, issue, value):
                row[answer] = row.get(answer, Fraction(0)) + part
            found.append(row)
        return found


class Border:
    """The packages that give the known side so much; with ``beyond``, more than that.

    What is *near* can only be come near to, not reached.
    """

    def __init__(self, worths: Worths, least: Fraction, beyond: bool) -> None:
        self._worths, self._beyond = worths, beyond
        self._corners = worths.corners
        self._over = self._corners.over(least)
        self._place: Array = np.sign(self._over.astype(np.float64)).astype(np.int8)

    def largest(
        self, worth: Array, kept: Array, count: int = 1
    ) -> Iterator[tuple[Spot, Fraction, bool]]:
        """Yield where these packages are worth most, how much that is, and whether it is near:
        among corners, along edges, and among what is near. ``kept`` are the corners that count.

        Of each so many: the best comes first, then what is worth most of those unlike it in two
        issues at least, and so on.
        """
        there = np.flatnonzero(kept & (self._place >= self._beyond))
        for corners, near in ((there, False), (self._near[kept[self._near]], True)):
            left = corners
            for _ in range(count):
                if not len(left):
                    break
                best = int(left[worth[left].argmax()])
                yield (best,), Fraction(int(worth[best])), near
                left = left[self._unlike(left, best)]
        edges = self._corners.edges[self._across]
        for _ in range(count):
            found = highest(edges, self._over, worth, kept)
            if found is None:
                break
            yield (*found, self._beyond)
            edges = edges[self._unlike(edges[:, 0], found[0][0])]

    def known(self, kept: Mapping[Spot, Any]) -> Iterator[tuple[Spot, bool]]:
        """Yield of some spots those that count here, and whether they are near."""
        near = set(self._near.tolist())
        for spot in kept:
            ends = self._place[list(spot)]
            if len(spot) == 2 and ends.min() < 0 < ends.max():
                yield spot, self._beyond
                continue
            for corner in spot:
                if self._place[corner] >= self._beyond:
                    yield (corner,), False
                elif corner in near:
                    yield (corner,), True

    def row(self, spot: Spot) -> Row:
        """Return the row of a corner, or of where an edge gives the known side just so much."""
        return self._worths.row_at(spot, crossing(self._over, spot))

    def _unlike(self, corners: Array, one: int) -> Array:
        """Return which corners differ from one in two issues at least."""
        apart: Array = np.sum([at[corners] != at[one] for at in self._corners.at], axis=0)
        return apart > 1

    @cached_property
    def _across(self) -> Array:
        ends = self._place[self._corners.edges]
        return np.flatnonzero(ends[:, 0] * ends[:, 1] < 0)

    @cached_property
    def _near(self) -> Array:
        """The corners that give just so much, on an edge that goes further."""
        if not self._beyond:
            return np.zeros(0, dtype=np.int64)
        one, other = self._corners.edges.T
        first, last = self._place[one], self._place[other]
        near = [one[(first == 0) & (last > 0)], other[(last == 0) & (first > 0)]]
        return np.unique(np.concatenate(near))


def crossing(limit: Array, spot: Spot) -> Fraction:
    """Return which part of an edge lies before where a limit is 0; 0 of a corner."""
    if len(spot) == 1:
        return Fraction(0)
    first, last = (int(limit[end]) for end in spot)
    return Fraction(first, first - last)


def highest(edges: Array, limit: Array, worth: Array, kept: Array) -> tuple[Spot, Fraction] | None:
    """Return which edge is worth most where it crosses a limit of 0, and how much that is there.

    Of edges the corners of which are kept, those where ends beyond the limit are worth less.
    """
    one, other = edges[kept[edges[:, 0]]].T
    first = limit[one]
    below, above = np.where(first < 0, one, other), np.where(first < 0, other, one)
    rising = worth[below] > worth[above]
    below, above = below[rising], above[rising]
    if not len(below):
        return None
    low, high = limit[below].astype(float), limit[above].astype(float)
    ends = worth[below].astype(float), worth[above].astype(float)
    near = ends[1] + (ends[0] - ends[1]) * high / (high - low)
    size = max(float(np.abs(one).max()) for one in ends)
    best: list[tuple[Fraction, Spot]] = []
    for n in np.flatnonzero(near >= near.max() - _NEAR * size).tolist():
        spot = int(below[n]), int(above[n])
        start, end = (int(worth[corner]) for corner in spot)
        best.append((start + (end - start) * crossing(limit, spot), spot))
    value, spot = max(best)
    return spot, value


__all__ = ["Border", "Row", "Spot", "Worths", "crossing", "highest"]
