"""Looking for a good basis in floats: a dense simplex for small programs, HiGHS for large ones.

What is found here is a guess. Nothing rests on it but the time that the exact method takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
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
    """A program in floats, every row and then every column brought to size 1; no objective."""

    def __init__(self, program: Program) -> None:
        m, n = program.rows, len(program.columns)
        largest = [1] * m
        for column in program.columns:
            for row, coefficient in column:
                largest[row] = max(largest[row], abs(coefficient))
        rows: list[int] = []
        starts = [0]
        values: list[float] = []
        self._sizes: list[float] = []
        for column in program.columns:
            own = [(row, coefficient / largest[row]) for row, coefficient in column]
            size = max((abs(value) for _, value in own), default=1.0) or 1.0
            rows.extend(row for row, _ in own)
            values.extend(value / size for _, value in own)
            starts.append(len(rows))
            self._sizes.append(size)
        self.right: Floats = np.array(
            [b / size for b, size in zip(program.right, largest, strict=True)], dtype=float
        )
        self.rows = np.array(rows, dtype=np.int32)
        self.starts = np.array(starts, dtype=np.int32)
        self.values: Floats = np.array(values, dtype=float)
        self.shape = (m, n)

    def costs(self, objective: Sequence[int]) -> Floats:
        """Return an objective in floats, its largest coefficient 1 before columns are scaled."""
        top = max(map(abs, objective), default=0) or 1
        pairs = zip(objective, self._sizes, strict=True)
        return np.array([cost / top / size for cost, size in pairs], dtype=float)

    def dense(self) -> Floats:
        """Return the whole matrix."""
        matrix = np.zeros(self.shape)
        columns = np.repeat(np.arange(self.shape[1]), np.diff(self.starts))
        matrix[self.rows, columns] = self.values
        return matrix


class Search:
    """The search for good bases of programs that differ in their objective alone.

    What does not hang on the objective is done once: so every answer is as if it were asked first.
    """

    def __init__(self, program: Program) -> None:
        m, n = program.rows, len(program.columns)
        self._scaled = Scaled(program)
        self._small = (m + 1) * (n + m + 1) <= _DENSE

    def basis(self, objective: Sequence[int]) -> tuple[int, ...] | None:
        """Return what may be the best basis; None if none was found or nothing is possible."""
        costs = self._scaled.costs(objective)
        return self._second_phase(costs) if self._small else _highs(self._scaled, costs)

    @cached_property
    def _first_phase(self) -> tuple[Floats, list[int], bool]:
        """The table and basis that fill all rows, as far as they can be; and whether that ended.

        Unit columns, ``n + r`` for row r, never come back in once they are out: the table has none.
        """
        m, n = self._scaled.shape
        table: Floats = np.zeros((m + 1, n + 1))
        table[:m, :n] = self._scaled.dense()
        table[:m, -1] = self._scaled.right
        table[:m][self._scaled.right < 0] *= -1
        table[m] = -table[:m].sum(axis=0)
        basis = list(range(n, n + m))
        return table, basis, _improve(table, basis)

    def _second_phase(self, costs: Floats) -> tuple[int, ...] | None:
        filled, first, ended = self._first_phase
        if not ended:
            return None
        m, n = self._scaled.shape
        basis = list(first)
        if filled[m, -1] > -1e-7:  # something is possible
            table = filled.copy()
            table[m] = 0
            table[m, :n] = -costs
            for place, j in enumerate(basis):
                if j < n and table[m, j]:
                    table[m] -= table[m, j] * table[place]
            _improve(table, basis)
        return tuple(basis)


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


def _highs(scaled: Scaled, costs: Floats) -> tuple[int, ...] | None:
    import highspy

    solver = new_solver()
    model = _model(scaled, costs, highspy)
    solver.passModel(model)
    solver.run()
    return basis_in(solver, scaled.shape)


def _model(scaled: Scaled, costs: Floats, highspy: Any) -> Any:
    m, n = scaled.shape
    model: Any = highspy.HighsLp()
    model.num_col_, model.num_row_ = n, m
    model.col_cost_ = costs
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
