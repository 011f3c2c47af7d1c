"""Work that is counted, so that a limit on it ends a search whatever a clock says."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from hikiwake.api import load
from hikiwake.options.again import answer
from hikiwake.solvers.deadline import Budget
from hikiwake.solvers.effort import programmed, spent

EXAMPLES = Path(__file__).parents[3] / "examples"


def test_the_same_settlement_costs_the_same_work() -> None:
    """However often, and it costs some."""
    costs: set[float] = set()
    for _ in range(3):
        dispute = load(EXAMPLES / "two-heirs")
        before = spent()
        answer(dispute, "draw")
        costs.add(round(spent() - before, 6))
    (cost,) = costs
    assert cost > 0


def test_a_budget_is_used_up_by_work() -> None:
    """By no more and no less than it holds, and never below nothing."""
    budget = Budget(0.01)
    assert not budget.passed
    while not budget.passed:
        programmed(100)
    assert budget.left == 0


def test_what_others_ask_in_other_threads_uses_up_nothing() -> None:
    """A search ends at the same place, whatever else the process is asked at the time."""
    budget = Budget(0.01)
    other = Thread(target=lambda: programmed(10_000_000))
    other.start()
    other.join()
    assert budget.left == pytest.approx(0.01)
