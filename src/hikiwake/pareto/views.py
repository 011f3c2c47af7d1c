"""What each party's own points say about an outcome: issue by issue, and if one issue changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from hikiwake.model import (
    Amount,
    Curve,
    Dispute,
    FrozenMap,
    Issue,
    Linear,
    Money,
    Outcome,
    Preference,
    Value,
)
from hikiwake.pareto.bargain import Bargain
from hikiwake.settlement import Change, GroupShares, IssueView

MAX_CHANGES = 2_000
MAX_STEPS_TOLD = 10


def views(dispute: Dispute, outcome: Outcome) -> FrozenMap[str, tuple[IssueView, ...]]:
    """Return, for each party, every issue with its own points and its own best hope there."""
    return FrozenMap({party: tuple(_views(dispute, outcome, party)) for party in dispute.party_ids})


def _views(dispute: Dispute, outcome: Outcome, party: str) -> Iterator[IssueView]:
    points = dispute.preferences[party].points
    for issue in dispute.issues:
        decided, own = outcome[issue.id], points.get(issue.id)
        if own is None:
            yield IssueView(issue.id, decided, Fraction(0), (), Fraction(0), matters=False)
            continue
        worth = own.value(party, decided)
        decisions = dispute.decisions_of(issue)
        if decisions is not None:
            each = {value: own.value(party, value) for value in decisions}
            hoped = max(each.values())
            matters = min(each.values()) != hoped
            hopes = tuple(value for value, points in each.items() if points == hoped)
        elif isinstance(own, Curve):
            corners = own.corners
            hoped = max(y for _, y in corners)
            matters = min(y for _, y in corners) != hoped
            hopes = tuple(x for x, y in corners if y == hoped)
        else:
            assert isinstance(own, Linear)
            best = _best(dispute, issue, party, own.whole > 0)
            hoped, matters = own.value(party, best), own.whole != 0
            hopes = (best,)
        yield IssueView(issue.id, decided, worth, hopes if matters else (), hoped, matters)


def _best(dispute: Dispute, issue: Issue, party: str, more: bool) -> Value:
    """Return the division, or the payments, that a party likes best: it likes more, or less."""
    others = [other for other in dispute.party_ids if other != party]
    if isinstance(issue, Money):
        own = issue.span(len(dispute.party_ids))[more]
        each = -own / len(others)
        return FrozenMap({p: own if p == party else each for p in dispute.party_ids})
    taker = party if more else others[0]
    return FrozenMap({p: Fraction(p == taker) for p in dispute.party_ids})


def changes(bargain: Bargain, outcome: Outcome) -> tuple[Change, ...]:
    """Return what deciding one issue otherwise would do, all else left as it is.

    Of an amount with more than ``MAX_STEPS_TOLD`` other steps, only the next ones and the ends are
    looked at. Shares are left out; so is everything if there would be more than ``MAX_CHANGES``.
    """
    dispute = bargain.dispute
    others = {i.id: tuple(_others(dispute, i, outcome[i.id])) for i in dispute.issues}
    if sum(map(len, others.values())) > MAX_CHANGES:
        return ()
    spare = {p: dispute.utility(p, outcome) - dispute.walk_away(p) for p in dispute.party_ids}
    return tuple(
        change
        for issue, values in others.items()
        for change in _changes_of(bargain, outcome, spare, (issue, values))
    )


def _others(dispute: Dispute, issue: Issue, decided: Value) -> Iterator[Value]:
    """Yield other values of an issue, chosen by nobody's points: each side may see them (H14)."""
    values = dispute.decisions_of(issue) or ()
    if not isinstance(issue, Amount) or len(values) - 1 <= MAX_STEPS_TOLD:
        yield from (value for value in values if value != decided)
        return
    here, last = values.index(decided), len(values) - 1
    yield from (values[n] for n in sorted({0, here - 1, here + 1, last} - {here, -1, last + 1}))


def _changes_of(
    bargain: Bargain,
    outcome: Outcome,
    spare: Mapping[str, Fraction],
    others: tuple[str, tuple[Value, ...]],
) -> Iterator[Change]:
    dispute, (issue, values) = bargain.dispute, others
    worths = {p: _worth_of(dispute.preferences[p], outcome, issue) for p in spare}
    now = {party: worth(outcome[issue]) for party, worth in worths.items()}
    for value in values:
        changed: Outcome = FrozenMap({**outcome, issue: value})
        effects = {party: worth(value) - now[party] for party, worth in worths.items()}
        allowed = (
            dispute.allows(changed)
            and all(spare[party] + effect >= 0 for party, effect in effects.items())
            and all(
                (group.imbalance_at(changed) or 0) <= bargain.level
                for group in bargain.compiled.groups
            )
        )
        yield Change(issue, value, allowed, FrozenMap(effects))


def _worth_of(own: Preference, outcome: Outcome, issue: str) -> Callable[[Value], Fraction]:
    """Return how many points hang on an issue, by its value, while all else stays as it is."""
    points = own.points.get(issue)
    bonuses = [
        (bonus.when.tests[issue], bonus.points)
        for bonus in own.bonuses
        if issue in bonus.when.tests
        and all(test.holds(outcome[k]) for k, test in bonus.when.tests.items() if k != issue)
    ]

    def worth(value: Value) -> Fraction:
        extra = sum((more for test, more in bonuses if test.holds(value)), start=Fraction(0))
        return extra + (points.value(own.party, value) if points else 0)

    return worth


def group_shares(bargain: Bargain, outcome: Outcome) -> tuple[GroupShares, ...]:
    """Return how even each group that is not for trade is at an outcome (H8)."""
    found: list[GroupShares] = []
    for group in bargain.compiled.groups:
        own = group.shares_at(outcome)
        shares = FrozenMap(dict(zip(bargain.dispute.party_ids, own, strict=True)))
        apart = group.imbalance_at(outcome)
        even = apart is None or apart <= bargain.dispute.tolerance
        found.append(GroupShares(group.group, shares, apart, even))
    return tuple(found)
