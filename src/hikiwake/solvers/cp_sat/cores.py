"""Which limits of a problem without continuous parts cannot be kept together, by assumptions."""

from __future__ import annotations

from math import ceil
from typing import Any

from hikiwake.errors import TooLarge
from hikiwake.solvers.cp_sat.model import Model
from hikiwake.solvers.cp_sat.picks import too_hard
from hikiwake.solvers.cp_sat.watched import search
from hikiwake.solvers.limits import Limits, kept_by
from hikiwake.solvers.problem import Problem
from hikiwake.solvers.solution import Taken


class Cores:
    """A problem whose limits are assumed anew in every question.

    Raises
    ------
    TooLarge
        If somebody's points do not fit the solver's integers (H18).
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._model = Model(problem, keeping=False)
        cp: Any = self._model.cp
        self._assumed: list[Any] = []
        for clause in problem.never:
            literal = cp.new_bool_var("")
            cp.add_implication(literal, ~self._model.all_hold(clause, wanted=False))
            self._assumed.append(literal)
        for scale, floor in zip(self._model.scales, problem.floors, strict=True):
            literal = cp.new_bool_var("")
            if floor is not None:
                least = scale.levels(ceil(floor))
                cp.add(scale.level >= least).only_enforce_if(literal)
            self._assumed.append(literal)
        self._limits = {literal.index: n for n, literal in enumerate(self._assumed)}

    def ask(self, limits: Limits) -> tuple[bool, Limits]:
        """Return whether some limits can be kept together, and which.

        Possible: all the limits that a package keeps which keeps these. Not: some of these that
        cannot be kept together either.

        Raises
        ------
        TooLarge
            If telling took more memory than is allowed (H18).
        """
        from ortools.sat.python.cp_model import FEASIBLE, INFEASIBLE, OPTIMAL, CpSolver

        cp: Any = self._model.cp
        cp.clear_assumptions()
        cp.add_assumptions([self._assumed[n] for n in sorted(limits)])
        solver: Any = CpSolver()
        solver.parameters.num_workers = 1  # the only way that gives cores
        solver.parameters.cp_model_presolve = False  # takes longer than these questions do
        status, stopped = search(solver, cp)
        if stopped and status not in (INFEASIBLE, OPTIMAL, FEASIBLE):
            raise TooLarge(too_hard())
        if status == INFEASIBLE:
            core = solver.sufficient_assumptions_for_infeasibility()
            return False, frozenset(self._limits[index] for index in core) & limits
        decision = self._model.decision(self._model.taken(solver.boolean_value))
        utilities = self._model.utilities(decision)
        return True, kept_by(self._problem, Taken(decision), utilities)


__all__ = ["Cores"]
