"""What the engines cover: the rest is refused before any work is done (H18)."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from hikiwake.errors import Fault, Unsupported
from hikiwake.model import Amount, Between, Dispute, Issue
from hikiwake.numeric import count_text
from hikiwake.pareto.segments import conditions_of

MAX_STEPS = 10_000
MAX_STEPS_IN_ALL = 200_000
MAX_STEPS_IN_CONDITIONS = 1_000_000


def require_covered(dispute: Dispute) -> None:
    """Refuse a dispute that the engines do not cover.

    Raises
    ------
    Unsupported
        For amounts with too many steps (H18).
    """
    faults = [fault for issue in dispute.issues for fault in _issue_faults(issue)]
    faults = faults or list(_steps_faults(dispute))
    if faults:
        raise Unsupported(*faults)


def _issue_faults(issue: Issue) -> Iterator[Fault]:
    if isinstance(issue, Amount) and issue.steps is not None and issue.steps > MAX_STEPS:
        remedy = "Give it a larger step, or none: then any number in the range is possible."
        found = f"{count_text(issue.steps)} steps"
        yield Fault(
            f"Issue {issue.id!r}",
            found,
            f"An amount with at most {MAX_STEPS:,} steps",
            "H18",
            remedy,
        )


def _steps_faults(dispute: Dispute) -> Iterator[Fault]:
    """Yield what is too much in all. How many steps private conditions span is not told (H14)."""
    amounts = {issue.id: issue for issue in dispute.issues if isinstance(issue, Amount)}
    steps = sum(amount.steps or 0 for amount in amounts.values()) * len(dispute.parties)
    if steps > MAX_STEPS_IN_ALL:
        found = f"{count_text(steps)} steps in all, counted for each party"
        remedy = (
            "Give some of them larger steps, or none: then any number in the range is possible."
        )
        yield Fault("The amounts", found, f"At most {MAX_STEPS_IN_ALL:,}", "H18", remedy)
    named = sum(
        _steps_between(amounts[issue], test)
        for condition in conditions_of(dispute)
        for issue, test in condition.tests.items()
        if isinstance(test, Between) and issue in amounts
    )
    if named > MAX_STEPS_IN_CONDITIONS:
        yield Fault(
            "The rules, red lines and bonuses",
            "too many steps of amounts within their bounds",
            f"At most {MAX_STEPS_IN_CONDITIONS:,}, counted for each of them",
            "H18",
            "Leave some out, or give the amounts larger steps.",
        )


def _steps_between(amount: Amount, test: Between) -> int:
    if amount.step is None:
        return 0
    low = amount.min if test.low is None else max(test.low, amount.min)
    high = amount.max if test.high is None else min(test.high, amount.max)
    first, last = ceil((low - amount.min) / amount.step), floor((high - amount.min) / amount.step)
    return max(0, last - first + 1)
