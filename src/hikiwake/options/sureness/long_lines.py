"""Very many lines of whole numbers, each put together from a few short ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import lcm
from typing import Any

import numpy as np

from hikiwake.numeric import fits_int64, wholes

Array = Any  # a NumPy array


@dataclass(frozen=True, slots=True)
class Strip:
    """Some columns of every line: ``codes`` says which row of a short ``table`` a line has there.

    A column is in one strip at most.
    """

    columns: Array
    table: Array
    codes: Array


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that are ``base`` in every column, and what their strips add to it.

    Where NumPy asks for an array it gets one, line by line; sums of products do not need it.
    """

    base: Array
    strips: tuple[Strip, ...]
    count: int

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Array]:
        return (self[n] for n in range(self.count))

    def __getitem__(self, key: Any) -> Any:
        """Return one line as an array; or the lines of a mask or of some places."""
        if isinstance(key, int | np.integer):
            line = self.base.copy()
            for strip in self.strips:
                line[strip.columns] += strip.table[strip.codes[key]]
            return line
        strips = tuple(replace(strip, codes=strip.codes[key]) for strip in self.strips)
        return Lines(self.base, strips, int(np.arange(self.count)[key].size))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        lines = np.repeat(self.base[None, :], self.count, axis=0)
        for strip in self.strips:
            lines[:, strip.columns] += strip.table[strip.codes]
        return lines if dtype is None else lines.astype(dtype)

    def __sub__(self, line: Array) -> Lines:
        return replace(self, base=self.base - line)

    def __neg__(self) -> Lines:
        return -1 * self

    def __rmul__(self, factor: int) -> Lines:
        strips = (replace(strip, table=factor * strip.table) for strip in self.strips)
        return Lines(factor * self.base, tuple(strips), self.count)

    def __matmul__(self, numbers: Array) -> Array:
        return self._sums(self.base * numbers, [s.table * numbers[s.columns] for s in self.strips])

    def each(self, numbers: Array) -> Array:
        """Return the sum of each line times each of some lines of numbers, a line for each."""
        head = numbers @ self.base
        parts = [numbers[:, strip.columns] @ strip.table.T for strip in self.strips]
        largest = (int(np.abs(part).max(initial=0)) for part in (head, *parts))
        exact = _exact(sum(largest))
        total = np.repeat(head.astype(exact)[:, None], self.count, axis=1)
        for part, strip in zip(parts, self.strips, strict=True):
            total += part.astype(exact)[:, strip.codes]
        return total

    def most(self, low: Array, high: Array) -> Array:
        """Return the most that each line can come to, each column's number from low to high."""
        strips = [
            _most(self.base[s.columns] + s.table, low[s.columns], high[s.columns])
            for s in self.strips
        ]
        return self._sums(_most(self.base, low, high), strips, replaced=True)

    def differences(self, other: Lines, low: Array, high: Array) -> Array:
        """Return the most that each line less each line of ``other`` can come to.

        Both have the same columns in each strip, and the same base.
        """
        parts: list[Array] = []
        for strip, theirs in zip(self.strips, other.strips, strict=True):
            apart = strip.table[:, None, :] - theirs.table[None, :, :]
            parts.append(_most(apart, low[strip.columns], high[strip.columns]).sum(axis=2))
        exact = _exact(sum(int(np.abs(part).max()) for part in parts))
        total = np.zeros((self.count, other.count), dtype=exact)
        for part, strip, theirs in zip(parts, self.strips, other.strips, strict=True):
            total += part.astype(exact)[strip.codes[:, None], theirs.codes[None, :]]
        return total

    def one_sided(self, columns: Iterable[int]) -> bool:
        """Tell whether no two lines have numbers of different signs in one of these columns."""
        asked = set(columns)
        for strip in self.strips:
            for place, column in enumerate(strip.columns):
                if column in asked:
                    own = self.base[column] + strip.table[:, place]
                    if own.min() < 0 < own.max():
                        return False
        return True

    def _sums(self, base: Array, strips: Sequence[Array], replaced: bool = False) -> Array:
        """Return the sum of what stands in each line, in 64 bits where every sum fits.

        ``replaced``: a strip stands for what the base has in its columns, not beside it.
        """
        alone = np.ones(len(base), dtype=bool)
        if replaced:
            for strip in self.strips:
                alone[strip.columns] = False
        head = base[alone].sum() if alone.any() else 0
        rows = [own.sum(axis=1) for own in strips]
        bound = abs(head) + sum(max(map(abs, row), default=0) for row in rows)
        exact = _exact(bound)
        total = np.full(self.count, head, dtype=exact)
        for row, strip in zip(rows, self.strips, strict=True):
            total += row.astype(exact)[strip.codes]
        return total


def _exact(bound: int) -> Any:
    """Return the kind of array for sums of at most so much."""
    return np.int64 if fits_int64(bound) else object


def _most(block: Array, low: Array, high: Array) -> Array:
    return np.maximum(block, 0) * high + np.minimum(block, 0) * low


def whole(numbers: Array) -> tuple[Array, int]:
    """Return fractions times a number that makes all of them whole, and that number."""
    unit = lcm(*{number.denominator for number in numbers.flat})
    return times(numbers, unit), unit


def times(numbers: Array, unit: int) -> Array:
    """Return fractions times a number that makes all of them whole."""
    found = wholes(numbers.flat, unit)
    return np.array(found, dtype=object).reshape(numbers.shape)
