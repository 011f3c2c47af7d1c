"""What each party's own points say about an outcome: issue by issue, and if one issue changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    others = [
        (issue.id, value)
        for issue in bargain.dispute.issues
        for value in _others(bargain.dispute, issue, outcome[issue.id])
    ]
    if len(others) > MAX_CHANGES:
        return ()
    dispute = bargain.dispute
    spare = {p: dispute.utility(p, outcome) - dispute.walk_away(p) for p in dispute.party_ids}
    return tuple(_change(bargain, outcome, spare, issue, value) for issue, value in others)


def _others(dispute: Dispute, issue: Issue, decided: Value) -> Iterator[Value]:
    """Yield other values of an issue, chosen by nobody's points: each side may see them (H14)."""
    values = dispute.decisions_of(issue) or ()
    if not isinstance(issue, Amount) or len(values) - 1 <= MAX_STEPS_TOLD:
        yield from (value for value in values if value != decided)
        return
    here, last = values.index(decided), len(values) - 1
    yield from (values[n] for n in sorted({0, here - 1, here + 1, last} - {here, -1, last + 1}))


def _change(
    bargain: Bargain, outcome: Outcome, spare: Mapping[str, Fraction], issue: str, value: Value
) -> Change:
    dispute = bargain.dispute
    changed: Outcome = FrozenMap({**outcome, issue: value})
    effects = {p: _effect(dispute.preferences[p], outcome, changed, issue) for p in spare}
    allowed = (
        dispute.allows(changed)
        and all(spare[party] + effect >= 0 for party, effect in effects.items())
        and all(
            (group.imbalance_at(changed) or 0) <= bargain.level for group in bargain.compiled.groups
        )
    )
    return Change(issue, value, allowed, FrozenMap(effects))


def _effect(own: Preference, before: Outcome, after: Outcome, issue: str) -> Fraction:
    """Return what a party gains in points where one package differs from another in one issue."""
    effect = Fraction(0)
    if points := own.points.get(issue):
        effect = points.value(own.party, after[issue]) - points.value(own.party, before[issue])
    for bonus in own.bonuses:
        if issue in bonus.when.tests:
            effect += bonus.points * (bonus.when.holds(after) - bonus.when.holds(before))
    return effect


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
