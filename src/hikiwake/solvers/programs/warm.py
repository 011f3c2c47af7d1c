"""One program in floats that is asked again and again, always with other columns left out.

HiGHS goes on from where it last ended. What is found here is a guess, as in ``floats``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.solvers.highs import new_solver

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


class Level:
    """How high a level can be, where one column of each group is taken, or a mixture of some.

    Every row asks that what the columns add to its start is at least so many times the level, or
    at least 0.
    """

    def __init__(self, groups: int) -> None:
        import highspy

        self._solver = new_solver(presolve="off")
        self._optimal = highspy.HighsModelStatus.kOptimal
        self._infinite: float = highspy.kHighsInf
        self._groups, self.rows, self.columns = groups, 0, 0
        self._sizes: list[float] = []
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._solver.addCol(1.0, -self._infinite, self._infinite, 0, [], [])
        for _ in range(groups):
            self._solver.addRow(1.0, 1.0, 0, [], [])

    def add_column(self, group: int, numbers: Floats) -> None:
        """Add a column of a group, by what it adds to each row."""
        values = numbers / np.array(self._sizes) if self.rows else numbers
        places = np.concatenate([[group], self._groups + np.arange(self.rows)]).astype(np.int32)
        values = np.concatenate([[1.0], values])
        self._solver.addCol(0.0, 0.0, self._infinite, len(places), places, values)
        self.columns += 1

    def add_row(self, start: float, numbers: Floats, times: float) -> None:
        """Add a row: its start, what every column adds, and how many levels it has to reach."""
        size = max(1e-12, abs(start), abs(times), np.abs(numbers).max(initial=0.0))
        values = np.concatenate([[-times], numbers]) / size
        places = np.arange(1 + self.columns, dtype=np.int32)
        self._solver.addRow(-start / size, self._infinite, len(places), places, values)
        self._sizes.append(size)
        self.rows += 1

    def best(self, places: Sequence[int]) -> tuple[float, Floats, Floats] | None:
        """Return how high the level can be with some of the columns; None: that is not known.

        And the part that each of these columns has, and the weights of rows that show it.
        """
        most = np.zeros(self.columns)
        most[places] = self._infinite
        every = np.arange(1, 1 + self.columns, dtype=np.int32)
        self._solver.changeColsBounds(self.columns, every, np.zeros(self.columns), most)
        self._solver.run()
        if self._solver.getModelStatus() != self._optimal:
            return None
        found: Any = self._solver.getSolution()
        parts = np.array(found.col_value)[1:][places]
        weights = -np.array(found.row_dual)[self._groups :] / np.array(self._sizes)
        return float(found.col_value[0]), parts, weights
