"""Small systems of equations in whole numbers: no fraction is made before the last step.

References
----------
Bareiss, E. H. (1968), Sylvester's Identity and Multistep Integer-Preserving Gaussian Elimination,
Mathematics of Computation 22.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hikiwake.solvers.programs.elimination import Multiple, Singular

Row = Mapping[int, int]
Whole = list[list[int]]


class WholeFactors:
    """The elimination of a small square matrix of whole numbers, once, for any right-hand side.

    Columns with nothing but a 1 or -1 are set aside with their rows: they follow from the others.
    Of those, after each step what is left are determinants of the rows and columns taken so far
    with one of each more, so the division by the pivot before comes out even.

    Raises
    ------
    Singular
        If the matrix has no inverse.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self._given = rows
        self._aside = _aside(rows)  # the column of each row that is set aside
        aside = set(self._aside.values())
        self._columns = [c for c in range(len(rows)) if c not in aside]
        self._order = [r for r in range(len(rows)) if r not in self._aside]
        self._rows: Whole = [[rows[r].get(c, 0) for c in self._columns] for r in self._order]
        self._pivots = [1]
        for k in range(len(self._order)):
            self._take(k)

    def _take(self, k: int) -> None:
        rows, order, before = self._rows, self._order, self._pivots[-1]
        usable = (r for r in range(k, len(rows)) if rows[r][k])
        at = min(usable, key=lambda r: abs(rows[r][k]), default=None)
        if at is None:
            raise Singular
        rows[k], rows[at] = rows[at], rows[k]
        order[k], order[at] = order[at], order[k]
        pivot, rest = rows[k][k], rows[k][k + 1 :]
        for row in rows[k + 1 :]:
            if factor := row[k]:
                pairs = zip(row[k + 1 :], rest, strict=True)
                row[k + 1 :] = [(pivot * a - factor * b) // before for a, b in pairs]
            elif pivot != before:
                row[k + 1 :] = [pivot * a // before for a in row[k + 1 :]]
        self._pivots.append(pivot)

    def whole(self, right: Sequence[int]) -> Multiple:
        """Return whole numbers x and how many make 1, with rows · x = right."""
        whole, x = self._pivots[-1], [0] * len(right)
        found = self._solved(self._rows, [right[r] for r in self._order])
        for c, number in zip(self._columns, found, strict=True):
            x[c] = number
        for r, c in self._aside.items():
            row, left = self._given[r], right[r] * whole
            for k, value in row.items():
                if k != c:
                    left -= value * x[k]
            x[c] = left * row[c]
        return _upright(x, whole)

    def whole_across(self, right: Sequence[int]) -> Multiple:
        """Return whole numbers y and how many make 1, with y · rows = right."""
        whole, y, left = self._pivots[-1], [0] * len(right), list(right)
        for r, c in self._aside.items():
            if own := right[c] * self._given[r][c]:
                y[r] = own * whole
                for k, value in self._given[r].items():
                    left[k] -= own * value
        turned = [list(column) for column in zip(*self._rows, strict=True)]
        found = self._solved(turned, [left[c] for c in self._columns])
        for r, number in zip(self._order, found, strict=True):
            y[r] = number
        return _upright(y, whole)

    def _solved(self, rows: Whole, b: list[int]) -> list[int]:
        """Return the unknowns of rows that were eliminated, times the determinant."""
        size, whole = len(b), self._pivots[-1]
        for k, before in enumerate(self._pivots[:-1]):
            pivot, own = rows[k][k], b[k]
            for r in range(k + 1, size):
                b[r] = (pivot * b[r] - rows[r][k] * own) // before
        found = [0] * size
        for k in reversed(range(size)):
            row, left = rows[k], whole * b[k]
            for c in range(k + 1, size):
                left -= row[c] * found[c]
            found[k] = left // row[k]
        return found


def _upright(numbers: list[int], whole: int) -> Multiple:
    """Return numbers of which ``whole`` make 1 so that a positive number does."""
    return (numbers, whole) if whole > 0 else ([-number for number in numbers], -whole)


def _aside(rows: Sequence[Row]) -> dict[int, int]:
    """Return the rows that have a column of their own, with nothing in it but a 1 or -1."""
    users: dict[int, list[int]] = {}
    for r, row in enumerate(rows):
        for c, value in row.items():
            if value:
                users.setdefault(c, []).append(r)
    found: dict[int, int] = {}
    for c, (first, *others) in users.items():
        if not others and abs(rows[first][c]) == 1:
            if first in found:
                raise Singular
            found[first] = c
    return found
