"""The certificate of a plan: with it a program of its own checks that no order asks for less."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hikiwake.execution.cp_order import demand_of
from hikiwake.execution.found import Limits
from hikiwake.execution.ledger import ledgers
from hikiwake.execution.pieces import Problem, SetFunction
from hikiwake.execution.plan import problem_for
from hikiwake.execution.search import search
from hikiwake.findings.course import Planned
from hikiwake.model import Dispute
from hikiwake.settlement import Settlement
from hikiwake.solvers.deadline import Deadline

VERSION = 1
MAX_SETS = 200_000  # that one refutation may take
TRIED = 2_000  # from the other end first, to keep certificates quick

Pair = tuple[int | None, int | None]


def certificate(
    planned: Planned, dispute: Dispute | None = None, settlement: Settlement | None = None
) -> dict[str, Any]:
    """Return the certificate of a plan, JSON-ready. It holds everybody's figures (H14).

    It claims the orders of the trade-off with their demands, and lists the limits that no order
    keeps. What would take more than ``MAX_SETS`` sets to refute is left out: then it establishes
    less than the plan says. ``proof/plan_checker.py`` says what each certificate establishes.
    """
    figures = ledgers(planned.agreement, dispute, settlement)
    problem, orders = problem_for(planned, figures)
    demands = [demand_of(problem, order) for order in orders]
    points = [
        {"temptation": temptation, "exposure": exposure, "order": list(order)}
        for (temptation, exposure), order in zip(demands, orders, strict=True)
    ]
    return {
        "hikiwake_plan": VERSION,
        "items": [" + ".join(f"{name}.{n + 1}" for name, n in item) for item in problem.items],
        "before": [_places(before) for before in problem.before],
        "gains": [_function(function) for function in problem.gains],
        "lures": [_function(function) for function in problem.lures],
        "scale": problem.scale,
        "points": points,
        "refuted": [
            r for pair in _pairs(planned, problem, demands) if (r := _refuted(problem, pair))
        ],
    }


def _pairs(planned: Planned, problem: Problem, demands: list[tuple[int, int]]) -> list[Pair]:
    """Return the limits to refute: below the first, between neighbours, beyond the last."""
    temptation, _ = demands[0]
    low, least = (
        int(part * problem.scale) for part in (planned.bound.temptation, planned.bound.exposure)
    )
    pairs: list[Pair] = [(low - 1, None), (temptation, least - 1)]
    if planned.trade_off_complete:
        pairs += [(after[0] - 1, here[1] - 1) for here, after in pairwise(demands)]
        pairs.append((None, demands[-1][1] - 1))
    return [pair for pair in dict.fromkeys(pairs) if all(limit != -1 for limit in pair)]


def _refuted(problem: Problem, pair: Pair) -> dict[str, Any] | None:
    for most in (TRIED, MAX_SETS):
        for back in (True, False):
            budget = most, Deadline(None)
            found, closed = search(problem, "temptation", Limits(*pair), back, budget)
            if found.order is None and found.bound is None:
                end = "end" if back else "start"
                return {"temptation": pair[0], "exposure": pair[1], "from": end, "sets": closed}
    return None


def _function(function: SetFunction) -> dict[str, Any]:
    return {
        "constant": function.constant,
        "items": list(function.items),
        "joined": [[_places(mask), value] for mask, value in function.joined],
    }


def _places(mask: int) -> list[int]:
    return [place for place in range(mask.bit_length()) if mask >> place & 1]
