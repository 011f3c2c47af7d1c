"""The dense simplex of :mod:`hikiwake.solvers.programs.floats` on lists, for tiny programs.

With a hundred numbers lists are done before arrays have begun. Step by step the numbers are the
same, so both end at the same basis.
"""

from __future__ import annotations

from functools import cached_property

from hikiwake.solvers.programs.scaled import Scaled

EPSILON = 1e-9
PIVOTS = 5_000

Rows = list[list[float]]


class Lists:
    """The search for good bases of a program, whatever its objective."""

    def __init__(self, scaled: Scaled) -> None:
        self._scaled = scaled

    def basis(self, costs: list[float]) -> tuple[int, ...] | None:
        """Return what may be the best basis; None if none was found."""
        filled, first, ended = self._filled
        if not ended:
            return None
        basis = list(first)
        if filled[-1][-1] > -1e-7:  # something is possible
            promise = [*(-cost for cost in costs), 0.0]
            for place, j in enumerate(basis):
                if j < len(costs) and (factor := promise[j]):
                    pairs = zip(promise, filled[place], strict=True)
                    promise = [a - factor * b for a, b in pairs]
            improve([*filled[:-1], promise], basis)
        return tuple(basis)

    @cached_property
    def _filled(self) -> tuple[Rows, list[int], bool]:
        """The table and basis that fill all rows, as far as they can be; and whether that ended.

        The last row holds what each column promises, below 0 if much, the last column the parts.
        Unit columns, ``n + r`` for row r, never come back in once they are out: the table has none.
        """
        m, n = self._scaled.shape
        table = [[0.0] * (n + 1) for _ in range(m + 1)]
        for j, column in enumerate(self._scaled.columns):
            for row, value in column:
                table[row][j] = value
        for row, right in enumerate(self._scaled.right):
            table[row][n] = right
            if right < 0:
                table[row] = [-value for value in table[row]]
        for own in table[:m]:
            table[m] = [a - b for a, b in zip(table[m], own, strict=True)]
        basis = list(range(n, n + m))
        return table, basis, improve(table, basis)


def improve(table: Rows, basis: list[int]) -> bool:
    """Pivot until no column promises more; False if that takes too long."""
    n = len(table[-1]) - 1
    if n == 0:
        return True
    for turn in range(PIVOTS):
        promise = table[-1]
        least = min(promise[:n])
        if least >= -EPSILON:
            return True
        if turn < PIVOTS // 2:
            j = promise.index(least)
        else:
            j = next(k for k, value in enumerate(promise) if value < -EPSILON)
        place = _leaving(table, basis, j)
        if place is None:
            return False
        _take(table, place, j)
        basis[place] = j
    return False


def _leaving(table: Rows, basis: list[int], j: int) -> int | None:
    """Return the row that is first to reach 0; of such the one with the largest number."""
    n = len(table[-1]) - 1
    ratios: list[tuple[float, float, int]] = []
    for place, own in enumerate(basis):
        row = table[place]
        lever, part = row[j], row[n]
        if own >= n and part <= EPSILON:
            # A unit column without a part may leave by whatever sign: it stays without one.
            lever = abs(lever)
        if lever > EPSILON:
            ratios.append((max(part, 0.0) / lever, abs(lever), place))
    if not ratios:
        return None
    near = min(ratios)[0] + EPSILON
    return max((own for own in ratios if own[0] <= near), key=lambda own: own[1])[2]


def _take(table: Rows, place: int, j: int) -> None:
    """Let a column take a row's place in the basis."""
    size = table[place][j]
    pivot = [value / size for value in table[place]]
    for r, row in enumerate(table):
        if r == place:
            table[r] = pivot
        elif factor := row[j]:
            table[r] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
