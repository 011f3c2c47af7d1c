"""What a certificate of no agreement names: conflicts, and what keeps all limits but one."""

from __future__ import annotations

from hikiwake.pareto.compiled import Compiled
from hikiwake.pareto.fronts.sets import pareto_set
from hikiwake.proof.canonical import Json, taken_outcome
from hikiwake.settlement import Conflict
from hikiwake.solvers import needs_hulls
from hikiwake.solvers.deadline import Deadline
from hikiwake.solvers.solution import Taken


def named_conflicts(
    compiled: Compiled, conflicts: tuple[Conflict, ...], deadline: Deadline
) -> dict[str, Json]:
    """Return what stands in the proof that there is no agreement."""
    outcomes: list[list[Json]] = []
    found: list[dict[str, Json]] = []
    for conflict in conflicts:
        limits = sorted(compiled.limits.index(limit) for limit in conflict.limits)
        without: list[int] = []
        for spared in limits:
            kept = frozenset(limits) - {spared}
            outcome = taken_outcome(compiled, _keeping(compiled, kept, deadline))
            if outcome not in outcomes:
                outcomes.append(outcome)
            without.append(outcomes.index(outcome))
        found.append({"limits": limits, "without": without})
    return {"outcomes": outcomes, "conflicts": found}


def _keeping(compiled: Compiled, limits: frozenset[int], deadline: Deadline) -> Taken:
    """Return a package that keeps these limits, whatever it does to others."""
    problem = compiled.only(limits)
    frontier = pareto_set(problem, None, deadline)
    if needs_hulls(problem):
        return frontier.hope(0)
    return next(frontier.packages(next(frontier.corners())))
