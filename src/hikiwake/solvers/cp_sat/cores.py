"""Which limits of a problem without continuous parts cannot be kept together, by assumptions."""

from __future__ import annotations

from math import ceil
from typing import Any

from hikiwake.errors import TooLarge
from hikiwake.solvers.cp_sat.model import Model
from hikiwake.solvers.limits import Limits, kept_by
from hikiwake.solvers.problem import Problem
from hikiwake.solvers.solution import Taken
from hikiwake.solvers.watched import search, too_hard


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
        cp: Any = self._model.cp
        cp.clear_assumptions()
        cp.add_assumptions([self._assumed[n] for n in sorted(limits)])
        # Only one worker gives cores, and presolving takes longer than these questions do.
        ended = search(cp, num_workers=1, cp_model_presolve=False)
        if ended.impossible:
            return False, frozenset(self._limits[index] for index in ended.core()) & limits
        if not ended.found:
            raise TooLarge(too_hard())
        decision = self._model.decision(self._model.taken(ended.holds))
        utilities = self._model.utilities(decision)
        return True, kept_by(self._problem, Taken(decision), utilities)


__all__ = ["Cores"]
