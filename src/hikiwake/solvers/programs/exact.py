"""The simplex method in fractions, from whatever basis floats have found.

With the right basis it only confirms: two systems of equations and one look at every column. With
a wrong one it goes on from there; the smallest index decides every choice, so it ends.

References
----------
Bland, R. G. (1977), New Finite Pivoting Rules for the Simplex Method, Mathematics of OR 2.
Lemke, C. E. (1954), The Dual Method of Solving the Linear Programming Problem.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction

from hikiwake.solvers.programs.elimination import Factors, Singular
from hikiwake.solvers.programs.floats import basis_of
from hikiwake.solvers.programs.program import Column, Impossible, Optimum, Program, weighed
from hikiwake.solvers.programs.whole import WholeFactors

_SMALL = 24  # rows: in more, fractions gain by how sparse they are

Answer = Optimum | Impossible


def confirm(program: Program, basis: Sequence[int] | None = None) -> Answer:
    """Return the exact answer of a program whose objective is bounded.

    Parameters
    ----------
    basis
        A column for each row, where to begin; ``len(columns) + r`` stands for row r being left
        alone (its own unit column, whose part must be 0).
    """
    if basis is not None:
        try:
            return _Simplex(program, list(basis)).run()
        except _Restart:
            pass
    return _from_nothing(program, basis)


class _Restart(Exception):
    """The basis is good for neither method."""


def _from_nothing(program: Program, basis: Sequence[int] | None) -> Answer:
    """Return the answer by two phases: first with unit columns to fill all rows, then without.

    A basis that floats could not improve is often the end of the first phase; where they have
    none, because nothing is possible, they are asked for that end itself.
    """
    count = len(program.columns)
    units: list[Column] = [((r, 1 if b >= 0 else -1),) for r, b in enumerate(program.right)]
    first = Program([*program.columns, *units], [0] * count + [-1] * len(units), program.right)
    found: Answer | None = None
    begun = basis_of(first) if basis is None else basis
    if begun is not None:
        with suppress(_Restart):
            found = _Simplex(first, list(begun)).run()
    if found is None:
        found = _Simplex(first, list(range(count, count + len(units)))).run()
    assert isinstance(found, Optimum)
    if found.value < 0:
        return Impossible(found.multipliers)
    return _Simplex(program, list(found.basis)).run()


class _Simplex:
    """A basis of a program, and the steps from it to the best one."""

    def __init__(self, program: Program, basis: list[int]) -> None:
        self._program = program
        self._basis = basis
        self._count = len(program.columns)

    def _column(self, j: int) -> Column:
        return self._program.columns[j] if j < self._count else ((j - self._count, 1),)

    def _solve(self) -> None:
        rows: list[dict[int, int]] = [{} for _ in range(self._program.rows)]
        for place, j in enumerate(self._basis):
            for row, coefficient in self._column(j):
                rows[row][place] = coefficient
        self._factors = WholeFactors(rows) if len(rows) <= _SMALL else Factors(rows)
        self._parts = self._factors.whole(self._program.right)
        costs = [self._program.objective[j] if j < self._count else 0 for j in self._basis]
        self._multipliers = self._factors.whole_across(costs)

    def run(self) -> Answer:
        """Return the answer.

        Raises
        ------
        _Restart
            If the first basis is singular, or good for neither method.
        """
        try:
            self._solve()
        except Singular:
            raise _Restart from None
        primal = self._wrong_part() is None
        if not primal and self._entering() is not None:
            raise _Restart
        return self._forward() if primal else self._backward()

    def _forward(self) -> Answer:
        """Return the optimum, every basis on the way possible."""
        while (j := self._entering()) is not None:
            rows = [0] * self._program.rows
            for row, coefficient in self._column(j):
                rows[row] = coefficient
            (parts, _), (direction, _) = self._parts, self._factors.whole(rows)
            ratios = [
                (Fraction(parts[p], d) if own < self._count else Fraction(0), own, p)
                for p, (own, d) in enumerate(zip(self._basis, direction, strict=True))
                if d > 0 or (d and own >= self._count)
            ]
            assert ratios, "the objective is bounded"
            self._basis[min(ratios)[2]] = j
            self._solve()
        return self._optimum()

    def _backward(self) -> Answer:
        """Return the answer, no column ever promising more (the dual method)."""
        while (place := self._wrong_part()) is not None:
            unit = [0] * self._program.rows
            unit[place] = 1 if self._parts[0][place] < 0 else -1
            whole, size = self._factors.whole_across(unit)
            y, scale = self._multipliers
            best: tuple[Fraction, int] | None = None
            inside = set(self._basis)
            for j, column in enumerate(self._program.columns):
                if j not in inside and (slope := weighed(column, whole)) < 0:
                    short = weighed(column, y) - self._program.objective[j] * scale
                    ratio = (Fraction(-short) / slope, j)
                    best = ratio if best is None else min(best, ratio)
            if best is None:
                return Impossible(tuple(Fraction(m, size) for m in whole))
            self._basis[place] = best[1]
            self._solve()
        return self._optimum()

    def _optimum(self) -> Optimum:
        (parts, unit), (y, scale) = self._parts, self._multipliers
        taken = [(j, part) for j, part in zip(self._basis, parts, strict=True) if part]
        whole = sum(self._program.objective[j] * part for j, part in taken)
        return Optimum(
            Fraction(whole, unit),
            {j: Fraction(part, unit) for j, part in taken},
            tuple(Fraction(m, scale) for m in y),
            tuple(self._basis),
        )

    def _wrong_part(self) -> int | None:
        wrong = [
            (j, place)
            for place, (j, part) in enumerate(zip(self._basis, self._parts[0], strict=True))
            if part < 0 or (part and j >= self._count)
        ]
        return min(wrong)[1] if wrong else None

    def _entering(self) -> int | None:
        """Return the first column by which the objective would grow."""
        y, scale = self._multipliers
        inside = set(self._basis)
        for j, (column, cost) in enumerate(
            zip(self._program.columns, self._program.objective, strict=True)
        ):
            if weighed(column, y) < cost * scale and j not in inside:
                return j
        return None
