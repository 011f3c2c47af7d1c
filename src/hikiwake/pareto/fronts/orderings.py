"""What it means to be better: orderings of the parties' values, one idea a class.

Each ordering is exact, on points (integers over one unit, many at a time) and along a straight
edge between two points, where it names the only places at which a best point can lie.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from hikiwake.solvers.solution import Index, Integers

Values = Sequence[Fraction]


class Ordering(ABC):
    """A weak order on value vectors; larger keys are better."""

    @abstractmethod
    def key(self, values: Values) -> tuple[Fraction, ...]:
        """Return a key by which value vectors compare."""

    @abstractmethod
    def best_rows(self, values: Integers) -> Index:
        """Return all the rows that are best; ``values`` has one row a point."""

    def peaks(self, start: Values, end: Values) -> Iterator[Fraction]:
        """Yield where strictly between two points (0 to 1) a best point of an edge may lie."""
        yield from ()


def _top(values: Integers, rows: Index) -> Index:
    return rows[values[rows] == values[rows].max()] if len(rows) else rows


class LexicographicMinimum(Ordering):
    """Compare the smallest values first, then the next smallest, and so on."""

    def key(self, values: Values) -> tuple[Fraction, ...]:
        """Return the values in rising order."""
        return tuple(sorted(values))

    def best_rows(self, values: Integers) -> Index:
        """Return all the rows whose sorted values are lexicographically greatest."""
        rows: Any = np.arange(len(values))
        if values.shape[1]:
            rows = _top(values.min(axis=1), rows)
        ordered = np.sort(values[rows], axis=1)
        best: Any = np.arange(len(rows))
        for column in range(1, values.shape[1]):
            best = _top(ordered[:, column], best)
        return rows[best]

    def peaks(self, start: Values, end: Values) -> Iterator[Fraction]:
        """Yield where two values become equal."""
        yield from _meetings(start, end)


class Minimum(Ordering):
    """Compare the smallest values only."""

    def key(self, values: Values) -> tuple[Fraction, ...]:
        """Return the smallest value."""
        return (min(values),) if values else ()

    def best_rows(self, values: Integers) -> Index:
        """Return all the rows whose smallest value is largest."""
        rows = np.arange(len(values))
        return _top(values.min(axis=1), rows) if values.shape[1] else rows

    def peaks(self, start: Values, end: Values) -> Iterator[Fraction]:
        """Yield where two values become equal."""
        yield from _meetings(start, end)


class Total(Ordering):
    """Compare the sums."""

    def key(self, values: Values) -> tuple[Fraction, ...]:
        """Return the sum."""
        return (sum(values, start=Fraction(0)),)

    def best_rows(self, values: Integers) -> Index:
        """Return all the rows with the largest sum."""
        return _top(values.sum(axis=1), np.arange(len(values)))


class Product(Ordering):
    """As many as can gain; then the largest product of gains; then the smallest values first."""

    def key(self, values: Values) -> tuple[Fraction, ...]:
        """Return how many values are positive, their product, and the sorted values."""
        product = Fraction(1)
        for value in values:
            product *= value if value > 0 else 1
        return (Fraction(sum(v > 0 for v in values)), product, *sorted(values))

    def best_rows(self, values: Integers) -> Index:
        """Return all the rows that are best."""
        rows = np.arange(len(values))
        if not values.shape[1]:
            return rows
        rows = _top((values > 0).sum(axis=1), rows)
        gains = values[rows].astype(object)
        products = np.where(gains > 0, gains, 1).prod(axis=1)
        rows = rows[_top(products, np.arange(len(rows)))]
        return rows[LexicographicMinimum().best_rows(values[rows])]

    def peaks(self, start: Values, end: Values) -> Iterator[Fraction]:
        """Yield where the product of two values is largest along the edge."""
        if len(start) == 2:
            (a, b), (c, d) = ((s, e - s) for s, e in zip(start, end, strict=True))
            if b * d != 0:
                peak = -(a * d + b * c) / (2 * b * d)
                if 0 < peak < 1:
                    yield peak


def _meetings(start: Values, end: Values) -> Iterator[Fraction]:
    for i in range(len(start)):
        for j in range(i):
            before, after = start[i] - start[j], end[i] - end[j]
            if before * after < 0:
                yield before / (before - after)
