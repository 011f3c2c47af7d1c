"""Between what places the pieces of an issue lie: its ends, bounds, and where a curve bends."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hikiwake.model import Amount, Condition, Curve, Dispute, FrozenMap, Issue, Money, Value
from hikiwake.model.condition import Beyond, SharesBeyond


def places_of(dispute: Dispute, known: str, issue: Issue) -> list[Value]:
    """Return every decision of an issue, or the places between which its pieces lie."""
    whole = dispute.decisions_of(issue)
    if whole is not None:
        return list(whole)
    own = dispute.preferences[known]
    lines = [*dispute.rules, *own.red_lines]
    bounds = {b for line in lines for b in _bounds(line.never, issue, known)}
    if not isinstance(issue, Amount):
        low, high = _span(issue)
        return [_divided(dispute, known, issue, own) for own in _within(bounds, low, high)]
    points = own.points.get(issue.id)
    bends = {x for x, _ in points.corners} if isinstance(points, Curve) else set[Fraction]()
    return [*_within(bounds | bends, issue.min, issue.max)]


def number_of(known: str, value: Value) -> Fraction:
    """Return the amount that is decided, or the known side's part of what is divided."""
    number = value[known] if isinstance(value, FrozenMap) else value
    assert isinstance(number, Fraction)
    return number


def middle(one: Value, other: Value) -> Value:
    """Return what lies halfway between two places."""
    if isinstance(one, FrozenMap) and isinstance(other, FrozenMap):
        return FrozenMap({party: (part + other[party]) / 2 for party, part in one.items()})
    assert isinstance(one, Fraction)
    assert isinstance(other, Fraction)
    return (one + other) / 2


def _span(issue: Issue) -> tuple[Fraction, Fraction]:
    """Return the least and the most of a share or of money that is one side's."""
    return issue.span(2) if isinstance(issue, Money) else (Fraction(0), Fraction(1))


def _bounds(line: Condition, issue: Issue, known: str) -> Iterator[Fraction]:
    """Yield where a test of an issue begins and ends to hold; of a share, as the known side's."""
    test = line.tests.get(issue.id)
    if isinstance(test, Beyond):
        yield from (bound for bound in (test.above, test.below) if bound is not None)
    if isinstance(test, SharesBeyond):
        for party, own in test.parties.items():
            for bound in (own.above, own.below):
                if bound is not None:
                    yield bound if party == known else sum(_span(issue)) - bound


def _within(bounds: set[Fraction], low: Fraction, high: Fraction) -> list[Fraction]:
    return sorted({low, high} | {bound for bound in bounds if low < bound < high})


def _divided(dispute: Dispute, known: str, issue: Issue, own: Fraction) -> Value:
    rest = sum(_span(issue)) - own
    return FrozenMap({party: own if party == known else rest for party in dispute.party_ids})


__all__ = ["middle", "number_of", "places_of"]
