"""Small linear programs in floats: something is made as small as it can be. Guesses only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.solvers.highs import new_solver

Term = tuple[int, float]  # (variable, coefficient)
Floats = NDArray[np.float64]

_FINE = 1e-9  # how far a program may be from what it requires


@dataclass(frozen=True, slots=True)
class Found:
    """The variables, what each requirement costs, and the sum: −∞ where nothing bounds it."""

    values: Floats
    costs: Floats
    least: float


class Least:
    """A linear program that is written once, term by term, and asked often: make a sum small.

    Each time other requirements may hold, and other costs. The solver has the program in its dual
    form, where that changes bounds only: so it goes on from where it stood. What comes out is a
    guess. Whoever uses it rounds it, and checks what that proves exactly.
    """

    def __init__(self) -> None:
        self._costs: list[float] = []
        self._free: list[bool] = []
        self._starts: list[int] = [0]
        self._columns: list[int] = []
        self._values: list[float] = []
        self._least: list[float] = []
        self._exact: list[bool] = []

    def variable(self, cost: float = 0.0, free: bool = False) -> int:
        """Return a new variable: at least 0, or free."""
        self._costs.append(cost)
        self._free.append(free)
        return len(self._costs) - 1

    def at_least(self, terms: Iterable[Term], least: float, exactly: bool = False) -> int:
        """Require that a sum is at least, or exactly, so much; return the requirement's number."""
        for column, value in terms:
            if value:
                self._columns.append(column)
                self._values.append(value)
        self._starts.append(len(self._columns))
        self._least.append(least)
        self._exact.append(exactly)
        return len(self._least) - 1

    def way_back(self) -> Callable[[], None]:
        """Return what takes the solver back to where it stands now: many changes from here."""
        solver, _ = self._solver
        basis = solver.getBasis()
        return lambda: solver.setBasis(basis)

    @property
    def size(self) -> int:
        """How many requirements there are."""
        return len(self._least)

    def solve(
        self, holding: NDArray[np.bool_], costs: Mapping[int, float], least: Mapping[int, float]
    ) -> Found | None:
        """Return the smallest sum where some of the requirements hold; None if none was found.

        ``costs`` of some variables, the same each time, and ``least`` of some requirements are
        other than written. Nothing may be written any more.
        """
        self._change(holding, costs, least)
        solver, statuses = self._solver
        for fresh in (False, True):
            if fresh:
                solver.clearSolver()
            solver.run()
            if solver.getModelStatus() == statuses.kOptimal:
                found: Any = solver.getSolution()
                least_sum = -solver.getInfo().objective_function_value
                return Found(-np.array(found.row_dual), np.array(found.col_value), least_sum)
            if solver.getModelStatus() == statuses.kInfeasible:
                return Found(np.zeros(len(self._costs)), np.zeros(self.size), -np.inf)
        return None

    def _change(
        self, holding: NDArray[np.bool_], costs: Mapping[int, float], least: Mapping[int, float]
    ) -> None:
        solver, _ = self._solver
        places, free, written = self._columns_of_all
        upper = np.where(holding, np.inf, 0.0)
        solver.changeColsBounds(self.size, places, np.where(holding & free, -np.inf, 0.0), upper)
        asked = written.copy()
        for requirement, value in least.items():
            asked[requirement] = value
        solver.changeColsCost(self.size, places, -asked)
        for variable, cost in costs.items():
            solver.changeRowBounds(variable, cost if self._free[variable] else -np.inf, cost)

    @cached_property
    def _columns_of_all(self) -> tuple[NDArray[np.int32], NDArray[np.bool_], Floats]:
        """The requirements as columns: their numbers, which are exact, what they ask for."""
        return np.arange(self.size, dtype=np.int32), np.array(self._exact), np.array(self._least)

    @cached_property
    def _solver(self) -> tuple[Any, Any]:
        """The solver with the dual program, and the names of its statuses."""
        import highspy

        fine = {f"{side}_feasibility_tolerance": _FINE for side in ("primal", "dual")}
        # Presolved, it would not go on from where it stood.
        solver = new_solver(presolve="off", **fine)
        solver.passModel(self._dual(highspy))
        return solver, highspy.HighsModelStatus

    def _dual(self, highspy: Any) -> Any:
        costs = np.array(self._costs)
        model: Any = highspy.HighsLp()
        model.num_col_, model.num_row_ = self.size, len(costs)
        model.col_cost_ = -np.array(self._least)
        model.col_lower_ = np.where(self._exact, -np.inf, 0.0)
        model.col_upper_ = np.full(self.size, np.inf)
        model.row_lower_ = np.where(self._free, costs, -np.inf)
        model.row_upper_ = costs
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.array(self._starts, dtype=np.int32)
        model.a_matrix_.index_ = np.array(self._columns, dtype=np.int32)
        model.a_matrix_.value_ = np.array(self._values)
        return model
