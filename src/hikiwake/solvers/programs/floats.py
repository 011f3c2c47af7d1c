"""Looking for a good basis in floats: a dense simplex for small programs, HiGHS for large ones.

What is found here is a guess. Nothing rests on it but the time that the exact method takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.solvers.highs import new_solver
from hikiwake.solvers.programs.program import Program
from hikiwake.solvers.programs.scaled import Scaled
from hikiwake.solvers.programs.tiny import EPSILON, PIVOTS, Lists

_DENSE = 60_000  # coefficients, zeros and a unit column for each row included
_TINY = 400  # numbers in a table: up to so many, lists are quicker than arrays

Floats = NDArray[np.float64]


class Search:
    """The search for good bases of programs that differ in their objective alone.

    What does not hang on the objective is done once: so every answer is as if it were asked first.
    """

    def __init__(self, program: Program) -> None:
        m, n = program.rows, len(program.columns)
        self._scaled = Scaled(program)
        self._dense: Lists | Arrays | None = None
        if (m + 1) * (n + 1) <= _TINY:
            self._dense = Lists(self._scaled)
        elif (m + 1) * (n + m + 1) <= _DENSE:
            self._dense = Arrays(self._scaled)

    def basis(self, objective: Sequence[int]) -> tuple[int, ...] | None:
        """Return what may be the best basis; None if none was found or nothing is possible."""
        costs = self._scaled.costs(objective)
        return _highs(self._scaled, costs) if self._dense is None else self._dense.basis(costs)


class Arrays:
    """The search for good bases of a program, whatever its objective, in one table of floats."""

    def __init__(self, scaled: Scaled) -> None:
        self._scaled = scaled

    def basis(self, costs: Sequence[float]) -> tuple[int, ...] | None:
        """Return what may be the best basis; None if none was found."""
        filled, first, ended = self._filled
        if not ended:
            return None
        m, n = self._scaled.shape
        basis = list(first)
        if filled[m, -1] > -1e-7:  # something is possible
            table = filled.copy()
            table[m] = 0
            table[m, :n] = -np.array(costs, dtype=float)
            for place, j in enumerate(basis):
                if j < n and table[m, j]:
                    table[m] -= table[m, j] * table[place]
            _improve(table, basis)
        return tuple(basis)

    @cached_property
    def _filled(self) -> tuple[Floats, list[int], bool]:
        """The table and basis that fill all rows, as far as they can be; and whether that ended.

        Unit columns, ``n + r`` for row r, never come back in once they are out: the table has none.
        """
        m, n = self._scaled.shape
        table: Floats = np.zeros((m + 1, n + 1))
        table[:m, :n] = _matrix(self._scaled)
        table[:m, -1] = self._scaled.right
        table[:m][table[:m, -1] < 0] *= -1
        table[m] = -table[:m].sum(axis=0)
        basis = list(range(n, n + m))
        return table, basis, _improve(table, basis)


def _matrix(scaled: Scaled) -> Floats:
    """Return the whole matrix."""
    matrix = np.zeros(scaled.shape)
    starts, rows, values = _sparse(scaled)
    matrix[rows, np.repeat(np.arange(scaled.shape[1]), np.diff(starts))] = values
    return matrix


def _sparse(scaled: Scaled) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
    """Return where each column starts in two lists, of rows and of their values."""
    starts = list(accumulate(map(len, scaled.columns), initial=0))
    entries = list(chain.from_iterable(scaled.columns))
    rows = np.array([row for row, _ in entries], dtype=np.int32)
    values = np.array([value for _, value in entries], dtype=float)
    return np.array(starts, dtype=np.int32), rows, values


def basis_of(program: Program) -> tuple[int, ...] | None:
    """Return what may be the best basis, or None if nothing was found or nothing is possible."""
    return Search(program).basis(program.objective)


def _improve(table: Floats, basis: list[int]) -> bool:
    """Pivot until no column promises more; False if that takes too long."""
    m, n = table.shape[0] - 1, table.shape[1] - 1
    if n == 0:
        return True
    promise, parts = table[m, :n], table[:m, -1]
    units = np.array(basis) >= n
    left = int(units.sum())
    for turn in range(PIVOTS):
        if turn < PIVOTS // 2:
            j = int(promise.argmin())
        else:
            below = (promise < -EPSILON).nonzero()[0]
            j = int(below[0]) if len(below) else 0
        if promise[j] >= -EPSILON:
            return True
        factors = table[:, j].copy()
        levers = column = factors[:m]
        if left:
            # A unit column without a part may leave by whatever sign: it stays without one.
            levers = np.where(units & (parts <= EPSILON), np.abs(column), column)
        usable = (levers > EPSILON).nonzero()[0]
        if not len(usable):
            return False
        ratios = np.maximum(parts[usable], 0) / levers[usable]
        close = usable[ratios <= ratios.min() + EPSILON]
        place = int(close[np.abs(column[close]).argmax()]) if len(close) > 1 else int(close[0])
        pivot = table[place]
        pivot /= factors[place]
        factors[place] = 0
        table -= factors[:, None] * pivot
        basis[place] = j
        if units[place]:
            left, units[place] = left - 1, False
    return False


def _highs(scaled: Scaled, costs: Sequence[float]) -> tuple[int, ...] | None:
    import highspy

    solver = new_solver()
    model = _model(scaled, costs, highspy)
    solver.passModel(model)
    solver.run()
    return basis_in(solver, scaled.shape)


def _model(scaled: Scaled, costs: Sequence[float], highspy: Any) -> Any:
    m, n = scaled.shape
    model: Any = highspy.HighsLp()
    model.num_col_, model.num_row_ = n, m
    model.col_cost_ = np.array(costs, dtype=float)
    model.col_lower_ = np.zeros(n)
    model.col_upper_ = np.full(n, highspy.kHighsInf)
    model.row_lower_ = model.row_upper_ = np.array(scaled.right, dtype=float)
    model.sense_ = highspy.ObjSense.kMaximize
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    starts, rows, values = _sparse(scaled)
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = starts, rows, values
    return model


def basis_in(solver: Any, shape: tuple[int, int]) -> tuple[int, ...] | None:
    """Return HiGHS's last basis as columns, ``n + r`` for a row that is left alone."""
    found: Any = solver.getBasis()
    if not found.valid:
        return None
    m, n = shape
    columns = _basic(found.col_status)
    rows = _basic(found.row_status)
    basis = [*columns, *(n + r for r in rows)]
    return tuple(basis) if len(basis) == m else None


def _basic(statuses: Sequence[Any]) -> list[int]:
    import highspy

    basic: Any = highspy.HighsBasisStatus.kBasic
    return [place for place, status in enumerate(statuses) if status == basic]
