"""Small linear programs in floats: something is made as small as it can be. Guesses only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

Term = tuple[int, float]  # (variable, coefficient)


class Least:
    """A linear program that is written term by term: make a sum as small as it can be.

    What comes out is a guess. Whoever uses it rounds it, and checks what that proves exactly.
    """

    def __init__(self) -> None:
        self._costs: list[float] = []
        self._lower: list[float] = []
        self._starts: list[int] = [0]
        self._columns: list[int] = []
        self._values: list[float] = []
        self._least: list[float] = []
        self._most: list[float] = []

    def variable(self, cost: float = 0.0, lower: float = 0.0) -> int:
        """Return a new variable, at least ``lower``."""
        self._costs.append(cost)
        self._lower.append(lower)
        return len(self._costs) - 1

    def cost(self, variable: int, more: float) -> None:
        """Add to what a variable costs."""
        self._costs[variable] += more

    def at_least(self, terms: Iterable[Term], least: float, most: float = np.inf) -> int:
        """Require that a sum is at least so much; return the number of the requirement."""
        for column, value in terms:
            if value:
                self._columns.append(column)
                self._values.append(value)
        self._starts.append(len(self._columns))
        self._least.append(least)
        self._most.append(most)
        return len(self._least) - 1

    def solve(self) -> tuple[Sequence[float], Sequence[float], float] | None:
        """Return the variables, what each requirement costs, and the sum; None if none is best."""
        import highspy

        # The class without its underscore prints its name as soon as it is made.
        solver: Any = getattr(highspy, "_Highs", highspy.Highs)()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.passModel(self._model(highspy))
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        found: Any = solver.getSolution()
        return found.col_value, found.row_dual, solver.getInfo().objective_function_value

    def _model(self, highspy: Any) -> Any:
        model: Any = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self._costs), len(self._least)
        model.col_cost_ = np.array(self._costs)
        model.col_lower_ = np.array(self._lower)
        model.col_upper_ = np.full(len(self._costs), highspy.kHighsInf)
        model.row_lower_ = np.array(self._least)
        model.row_upper_ = np.array(self._most)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.array(self._starts, dtype=np.int32)
        model.a_matrix_.index_ = np.array(self._columns, dtype=np.int32)
        model.a_matrix_.value_ = np.array(self._values)
        return model
