"""Of the packages worth as much to everybody, those that divide the fewest shares."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, islice

from hikiwake.errors import TooLarge
from hikiwake.model import FrozenMap, Outcome, Share, Value
from hikiwake.pareto.bargain import Bargain
from hikiwake.pareto.ties import MAX_WEIGHED, Chosen, first_of
from hikiwake.settlement import MAX_LISTED, FewestShares
from hikiwake.solvers.deadline import Budget, Deadline

MAX_EFFORT = 30  # repeatable seconds


def with_fewest_divided(
    bargain: Bargain, chosen: Chosen, deadline: Deadline
) -> tuple[Chosen, FewestShares]:
    """Return what is shown instead, if something divides fewer shares, and how many it divides.

    Payments and amounts are not counted. It is certain that no package divides fewer unless
    a limit was reached: then the best found is shown, and that is said.
    """
    divided = _divided(bargain, chosen.outcome)
    if not divided:
        return chosen, FewestShares(0, certain=True)
    try:
        fewest, outcomes, certain = _fewest(bargain, chosen, deadline)
    except TooLarge:
        return chosen, FewestShares(divided, certain=False)
    if fewest >= divided:
        return chosen, FewestShares(divided, certain)
    first = first_of(bargain.dispute, outcomes)
    others = (outcome for outcome in chosen.tied if outcome != first)
    tied = (first, *islice(others, MAX_LISTED - 1))
    return replace(chosen, outcome=first, tied=tied), FewestShares(fewest, certain)


def _fewest(
    bargain: Bargain, chosen: Chosen, deadline: Deadline
) -> tuple[int, list[Outcome], bool]:
    from hikiwake.pareto.fronts.hulls import kept_in
    from hikiwake.solvers.hulls import Hull, fewest_divided
    from hikiwake.solvers.turned import Turned

    compiled = bargain.compiled
    problem = compiled.within(bargain.level if compiled.groups else None)
    turned = Turned.by_lot(problem)  # so that of more ways than are looked at, lots decide for some
    hull = Hull(turned.problem(problem))
    shares = {issue.id for issue in bargain.dispute.issues if isinstance(issue, Share)}
    counted = frozenset(s for s, issue in enumerate(compiled.shared) if issue in shares)
    budget = Budget(MAX_EFFORT)
    found = fewest_divided(
        hull,
        turned.row(chosen.point),
        kept_in(hull),
        counted,
        lambda: deadline.passed or budget.passed,
    )
    packages = chain.from_iterable(division.packages(hull) for division in found.divisions)
    outcomes = [compiled.outcome(turned.back(taken)) for taken in islice(packages, MAX_WEIGHED)]
    return found.divided, outcomes, found.certain


def _divided(bargain: Bargain, outcome: Outcome) -> int:
    """Return how many shares nobody has whole in a package."""
    return sum(
        isinstance(issue, Share) and not _whole(outcome[issue.id])
        for issue in bargain.dispute.issues
    )


def _whole(value: Value) -> bool:
    return isinstance(value, FrozenMap) and 1 in value.values()
