"""Engines: integers in, the exact Pareto frontier out. No names, no parties' words, no rules."""

from __future__ import annotations

from hikiwake.errors import Fault, TooLarge, UnknownName, Unsupported, did_you_mean
from hikiwake.solvers import brute_force, linear
from hikiwake.solvers.deadline import UNLIMITED, Deadline
from hikiwake.solvers.linear import Divided
from hikiwake.solvers.merging import additive
from hikiwake.solvers.problem import Problem
from hikiwake.solvers.solution import Solution

CP_SAT = "cp_sat"
ENGINES = ("additive", "brute_force", CP_SAT, "linear")


def needs_hulls(problem: Problem) -> bool:
    """Tell whether a problem has shares of three and more, amounts without steps, or sides."""
    many = bool(problem.shares) and problem.parties != 2
    return bool(problem.slopes or problem.sides) or many


def possible(problem: Problem) -> bool:
    """Tell whether anything keeps all the limits of a problem."""
    if needs_hulls(problem):
        return _possible_together(problem)
    try:
        solution = solve(problem)
    except TooLarge:
        if problem.continuous:
            return _possible_together(problem)
        from hikiwake.solvers.cp_sat import Model, Question

        return Question(Model(problem), Deadline()).ask() is not None
    return len(solution.border if isinstance(solution, Divided) else solution.utilities) > 0


def _possible_together(problem: Problem) -> bool:
    from hikiwake.solvers.hulls import possible as possible_together

    return possible_together(problem)


def require_engine(engine: str | None, problem: Problem) -> None:
    """Refuse an engine that is unknown, or does not cover the problem.

    Raises
    ------
    UnknownName
        If there is no such engine.
    Unsupported
        If the engine does not cover the problem (H18): continuous parts need ``linear``.
    """
    if engine is not None and engine not in ENGINES:
        known = ", ".join(ENGINES)
        hint = did_you_mean(engine, ENGINES) or "Use one of these."
        raise UnknownName(Fault(f"Engine {engine!r}", "unknown", f"Known: {known}", "H18", hint))
    if engine is not None and (engine == "linear") != problem.continuous:
        raise Unsupported(
            Fault(
                f"Engine {engine!r}",
                "shares or amounts without steps are decided here"
                if problem.continuous
                else "nothing is shared here",
                "The linear engine is for disputes with such issues, the others for those without",
                "H18",
                "Leave the choice of the engine out.",
            )
        )


def solve(
    problem: Problem, engine: str | None = None, deadline: Deadline = UNLIMITED
) -> Solution | Divided:
    """Return the whole exact Pareto frontier, by the engine that suits the problem's structure.

    Raises
    ------
    UnknownName, Unsupported
        If there is no such engine, or it does not cover the problem (H18).
    TooLarge
        If the frontier outgrows what the engine holds (H18).
    TimeIsOver
        If no time was left before it was done.
    """
    require_engine(engine, problem)
    chosen = engine or ("linear" if problem.shares else "additive")
    if chosen == "linear":
        return linear.pareto(problem, deadline)
    if chosen == "additive":
        return additive.pareto(problem, deadline)
    return brute_force.pareto(problem, deadline)


__all__ = [
    "CP_SAT",
    "ENGINES",
    "Divided",
    "Problem",
    "Solution",
    "needs_hulls",
    "possible",
    "require_engine",
    "solve",
]
