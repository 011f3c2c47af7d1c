"""The limits of a problem by their numbers: its clauses in order, and after them its floors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hikiwake.solvers.problem import Clause, Problem
from hikiwake.solvers.solution import Taken

Limits = frozenset[int]


def only(problem: Problem, limits: Limits) -> Problem:
    """Return a problem with only some of its limits."""
    clauses = len(problem.never)
    return replace(
        problem,
        never=tuple(clause for n, clause in enumerate(problem.never) if n in limits),
        floors=tuple(
            floor if clauses + i in limits else None for i, floor in enumerate(problem.floors)
        ),
    )


def kept_by(problem: Problem, taken: Taken, utilities: Sequence[int | Fraction]) -> Limits:
    """Return the limits that a package keeps which is worth so much to everybody."""
    kept = [n for n, clause in enumerate(problem.never) if not holds(clause, taken)]
    clauses = len(problem.never)
    kept += [
        clauses + i
        for i, (floor, own) in enumerate(zip(problem.floors, utilities, strict=False))
        if floor is None or own >= floor
    ]
    return frozenset(kept)


def holds(clause: Clause, taken: Taken) -> bool:
    """Tell whether a package has all of a combination."""
    return all(taken.options[k] in among for k, among in clause.options) and all(
        (above is None or taken.shares[share][party] > above)
        and (below is None or taken.shares[share][party] < below)
        for share, party, above, below in clause.shares
    )
