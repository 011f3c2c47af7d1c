"""Engines: integers in, the exact Pareto frontier out. No names, no parties' words, no rules."""

from __future__ import annotations

from hikiwake.errors import Fault, UnknownName, Unsupported, did_you_mean
from hikiwake.solvers import additive, brute_force, linear
from hikiwake.solvers.linear import Divided
from hikiwake.solvers.problem import Problem
from hikiwake.solvers.solution import Solution

ENGINES = ("additive", "brute_force", "linear")


def solve(problem: Problem, engine: str | None = None) -> Solution | Divided:
    """Return the exact Pareto frontier, by the engine that suits the problem's structure.

    Raises
    ------
    UnknownName
        If there is no such engine.
    Unsupported
        If the engine does not cover the problem (H18): shares need ``linear``, and only it.
    """
    if engine is not None and engine not in ENGINES:
        known = ", ".join(ENGINES)
        hint = did_you_mean(engine, ENGINES) or "Use one of these."
        raise UnknownName(Fault(f"Engine {engine!r}", "unknown", f"Known: {known}", "H18", hint))
    chosen = engine or ("linear" if problem.shares else "additive")
    if (chosen == "linear") != bool(problem.shares):
        raise Unsupported(
            Fault(
                f"Engine {chosen!r}",
                "shares are divided here" if problem.shares else "nothing is shared here",
                "The linear engine is for disputes with shares, the others for those without",
                "H18",
                "Leave the choice of the engine out.",
            )
        )
    if chosen == "linear":
        return linear.pareto(problem)
    return additive.pareto(problem) if chosen == "additive" else brute_force.pareto(problem)


__all__ = ["ENGINES", "Divided", "Problem", "Solution", "solve"]
