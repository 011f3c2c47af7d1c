"""Looking for a good basis in floats: a dense simplex for small programs, HiGHS for large ones.

What is found here is a guess. Nothing rests on it but the time that the exact method takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.solvers.highs import new_solver
from hikiwake.solvers.programs.program import Program

_DENSE = 60_000  # coefficients, zeros and a unit column for each row included
_PIVOTS = 5_000
_EPSILON = 1e-9

Floats = NDArray[np.float64]


class Scaled:
    """A program in floats, every row and then every column brought to size 1."""

    def __init__(self, program: Program) -> None:
        m, n = program.rows, len(program.columns)
        largest = [1] * m
        for column in program.columns:
            for row, coefficient in column:
                largest[row] = max(largest[row], abs(coefficient))
        rows: list[int] = []
        starts = [0]
        values: list[float] = []
        self.costs = np.zeros(n)
        top = max(map(abs, program.objective), default=0) or 1
        for j, column in enumerate(program.columns):
            own = [(row, coefficient / largest[row]) for row, coefficient in column]
            size = max((abs(value) for _, value in own), default=1.0) or 1.0
            rows.extend(row for row, _ in own)
            values.extend(value / size for _, value in own)
            starts.append(len(rows))
            self.costs[j] = program.objective[j] / top / size
        self.right: Floats = np.array(
            [b / size for b, size in zip(program.right, largest, strict=True)], dtype=float
        )
        self.rows = np.array(rows, dtype=np.int32)
        self.starts = np.array(starts, dtype=np.int32)
        self.values: Floats = np.array(values, dtype=float)
        self.shape = (m, n)

    def dense(self) -> Floats:
        """Return the whole matrix."""
        matrix = np.zeros(self.shape)
        columns = np.repeat(np.arange(self.shape[1]), np.diff(self.starts))
        matrix[self.rows, columns] = self.values
        return matrix


def basis_of(program: Program) -> tuple[int, ...] | None:
    """Return what may be the best basis, or None if nothing was found or nothing is possible."""
    m, n = program.rows, len(program.columns)
    scaled = Scaled(program)
    if (m + 1) * (n + m + 1) <= _DENSE:
        return _dense(scaled)
    return _highs(scaled)


def _dense(scaled: Scaled) -> tuple[int, ...] | None:
    """Return the last basis of two phases on a dense table.

    Unit columns, ``n + r`` for row r, never come back in once they are out: the table has none.
    """
    m, n = scaled.shape
    table: Floats = np.zeros((m + 1, n + 1))
    table[:m, :n] = scaled.dense()
    table[:m, -1] = scaled.right
    table[:m][scaled.right < 0] *= -1
    table[m] = -table[:m].sum(axis=0)
    basis = list(range(n, n + m))
    if not _improve(table, basis):
        return None
    possible = table[m, -1] > -1e-7
    if possible:
        table[m] = 0
        table[m, :n] = -scaled.costs
        for place, j in enumerate(basis):
            if j < n and table[m, j]:
                table[m] -= table[m, j] * table[place]
        _improve(table, basis)
    return tuple(basis)


def _improve(table: Floats, basis: list[int]) -> bool:
    """Pivot until no column promises more; False if that takes too long."""
    m, n = table.shape[0] - 1, table.shape[1] - 1
    if n == 0:
        return True
    promise, parts = table[m, :n], table[:m, -1]
    units = np.array(basis) >= n
    left = int(units.sum())
    for turn in range(_PIVOTS):
        if turn < _PIVOTS // 2:
            j = int(promise.argmin())
        else:
            below = (promise < -_EPSILON).nonzero()[0]
            j = int(below[0]) if len(below) else 0
        if promise[j] >= -_EPSILON:
            return True
        factors = table[:, j].copy()
        levers = column = factors[:m]
        if left:
            # A unit column without a part may leave by whatever sign: it stays without one.
            levers = np.where(units & (parts <= _EPSILON), np.abs(column), column)
        usable = (levers > _EPSILON).nonzero()[0]
        if not len(usable):
            return False
        ratios = np.maximum(parts[usable], 0) / levers[usable]
        close = usable[ratios <= ratios.min() + _EPSILON]
        place = int(close[np.abs(column[close]).argmax()]) if len(close) > 1 else int(close[0])
        pivot = table[place]
        pivot /= factors[place]
        factors[place] = 0
        table -= factors[:, None] * pivot
        basis[place] = j
        if units[place]:
            left, units[place] = left - 1, False
    return False


def _highs(scaled: Scaled) -> tuple[int, ...] | None:
    import highspy

    solver = new_solver()
    model = _model(scaled, highspy)
    solver.passModel(model)
    solver.run()
    return basis_in(solver, scaled.shape)


def _model(scaled: Scaled, highspy: Any) -> Any:
    m, n = scaled.shape
    model: Any = highspy.HighsLp()
    model.num_col_, model.num_row_ = n, m
    model.col_cost_ = scaled.costs
    model.col_lower_ = np.zeros(n)
    model.col_upper_ = np.full(n, highspy.kHighsInf)
    model.row_lower_ = model.row_upper_ = scaled.right
    model.sense_ = highspy.ObjSense.kMaximize
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = scaled.starts
    model.a_matrix_.index_ = scaled.rows
    model.a_matrix_.value_ = scaled.values
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
