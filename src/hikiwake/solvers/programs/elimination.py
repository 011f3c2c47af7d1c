"""Sparse systems of equations in fractions, the rows with the fewest unknowns first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import lcm

Row = Mapping[int, int]
Multiple = tuple[list[int], int]  # numbers in whole ones, and how many of them make 1


class Singular(Exception):
    """The equations do not determine their unknowns."""


class Factors:
    """The elimination of a square matrix, once, to solve for any right-hand side.

    Raises
    ------
    Singular
        If the matrix has no inverse.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self._steps: list[tuple[int, int, Fraction, dict[int, Fraction]]] = []
        self._moves: list[tuple[int, int, Fraction]] = []
        self._size = len(rows)
        work = [{c: Fraction(v) for c, v in row.items() if v} for row in rows]
        users: dict[int, set[int]] = {}
        for r, row in enumerate(work):
            for c in row:
                users.setdefault(c, set()).add(r)
        queue = [(len(row), r) for r, row in enumerate(work)]
        heapify(queue)
        done = [False] * self._size
        while queue:
            count, r = heappop(queue)
            if done[r] or count != len(work[r]):
                continue
            if not count:
                raise Singular
            self._pivot(r, work, users, done, queue)

    def _pivot(
        self,
        r: int,
        work: list[dict[int, Fraction]],
        users: dict[int, set[int]],
        done: list[bool],
        queue: list[tuple[int, int]],
    ) -> None:
        done[r] = True
        row = work[r]
        c = min(row, key=lambda column: (len(users[column]), column))
        pivot = row[c]
        for column in row:
            users[column].discard(r)
        for other in sorted(users.pop(c)):
            target = work[other]
            factor = target.pop(c) / pivot
            self._moves.append((other, r, factor))
            for column, value in row.items():
                if column == c:
                    continue
                now = target.get(column, 0) - factor * value
                if now:
                    target[column] = now
                    users[column].add(other)
                elif column in target:
                    del target[column]
                    users[column].discard(other)
            heappush(queue, (len(target), other))
        self._steps.append((r, c, pivot, {k: v for k, v in row.items() if k != c}))

    def solve(self, right: Sequence[Fraction | int]) -> list[Fraction]:
        """Return x with rows · x = right."""
        b = [Fraction(value) for value in right]
        for other, r, factor in self._moves:
            if b[r]:
                b[other] -= factor * b[r]
        x = [Fraction(0)] * self._size
        for r, c, pivot, rest in reversed(self._steps):
            left = b[r]
            for column, value in rest.items():
                if x[column]:
                    left -= value * x[column]
            x[c] = left / pivot
        return x

    def solve_across(self, right: Sequence[Fraction | int]) -> list[Fraction]:
        """Return y with y · rows = right: the same matrix, turned round."""
        b = [Fraction(value) for value in right]
        y = [Fraction(0)] * self._size
        for r, c, pivot, rest in self._steps:
            if b[c]:
                y[r] = b[c] / pivot
                for column, value in rest.items():
                    b[column] -= y[r] * value
        for other, r, factor in reversed(self._moves):
            if y[other]:
                y[r] -= factor * y[other]
        return y

    def whole(self, right: Sequence[int]) -> Multiple:
        """Return whole numbers x and how many make 1, with rows · x = right."""
        return _multiple(self.solve(right))

    def whole_across(self, right: Sequence[int]) -> Multiple:
        """Return whole numbers y and how many make 1, with y · rows = right."""
        return _multiple(self.solve_across(right))


def _multiple(numbers: Sequence[Fraction]) -> Multiple:
    unit = lcm(*(number.denominator for number in numbers))
    return [number.numerator * (unit // number.denominator) for number in numbers], unit
