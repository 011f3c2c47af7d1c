"""What a position is worth that leaves things open: an interval, exact where nothing ties issues.

A box holds for each issue the values that a position can mean. Points of different issues add up,
so their ends do as well. A bonus counts where it may hold, and for certain where it must.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hikiwake.findings.history import Box, History
from hikiwake.findings.talks import Interval
from hikiwake.model import (
    Amount,
    Bonus,
    Curve,
    Dispute,
    FrozenMap,
    Money,
    Preference,
    Share,
    Value,
)

ZERO = Fraction(0)
NOTHING = Interval(ZERO, ZERO)


def full_box(dispute: Dispute, named: Box, history: History) -> Box:
    """Return a box with every issue: those that are not named as today, or as anything."""
    today = dispute.status_quo if history.as_today and dispute.status_quo is not None else {}
    values: dict[str, tuple[Value, ...]] = {}
    for issue in dispute.issues:
        if issue.id in named:
            values[issue.id] = named[issue.id]
        elif issue.id in today:
            values[issue.id] = (today[issue.id],)
        else:
            values[issue.id] = tuple(_extremes(dispute, issue.id))
    return FrozenMap(values)


def worth(own: Preference, box: Box) -> Interval:
    """Return the least and the most points that a party has in a box."""
    ends = [_points(own, issue, values) for issue, values in box.items()]
    low = sum((min(points) for points in ends), start=ZERO)
    high = sum((max(points) for points in ends), start=ZERO)
    for bonus in own.bonuses:
        held = _bonus(bonus, box)
        low, high = low + held.low, high + held.high
    return Interval(low, high)


def change(own: Preference, before: Box, after: Box) -> Interval:
    """Return by how much a party's points fall from one box to another; the same values count 0.

    The same are they in whatever order they are named: what is not named follows the file's.
    """
    low = high = ZERO
    other = {i for i, values in before.items() if frozenset(values) != frozenset(after[i])}
    for issue, values in before.items():
        if issue in other:
            first, second = _points(own, issue, values), _points(own, issue, after[issue])
            low += min(first) - max(second)
            high += max(first) - min(second)
    for bonus in own.bonuses:
        if not other.isdisjoint(bonus.when.tests):
            first, second = _bonus(bonus, before), _bonus(bonus, after)
            low += first.low - second.high
            high += first.high - second.low
    return Interval(low, high)


def _points(own: Preference, issue: str, values: tuple[Value, ...]) -> list[Fraction]:
    points = own.points.get(issue)
    return [ZERO] if points is None else [points.value(own.party, value) for value in values]


def _bonus(bonus: Bonus, box: Box) -> Interval:
    tests = [[test.holds(v) for v in box[issue]] for issue, test in bonus.when.tests.items()]
    sure, may = all(all(test) for test in tests), all(any(test) for test in tests)
    points = bonus.points
    if sure:
        return Interval(points, points)
    return Interval(min(points, ZERO), max(points, ZERO)) if may else NOTHING


def _extremes(dispute: Dispute, issue_id: str) -> Iterator[Value]:
    """Yield values among which everybody has its least and its most on an issue."""
    issue, parties = dispute.issue(issue_id), dispute.party_ids
    values = dispute.decisions_of(issue)
    if values is not None:
        yield from values
    elif isinstance(issue, Share):
        for taker in parties:
            yield FrozenMap({party: Fraction(party == taker) for party in parties})
    elif isinstance(issue, Money):
        most = issue.span(len(parties))[1]
        for taker in parties:
            yield FrozenMap({p: most if p == taker else -issue.limit for p in parties})
    elif isinstance(issue, Amount):
        corners = {issue.min, issue.max}
        for party in parties:
            own = dispute.preferences[party].points.get(issue_id)
            corners |= {x for x, _ in own.corners} if isinstance(own, Curve) else set()
        yield from sorted(corners)
