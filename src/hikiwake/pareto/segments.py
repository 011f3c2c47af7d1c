"""An amount without steps as straight segments: along each, everybody's points change evenly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from hikiwake.model import Amount, Beyond, Condition, Curve, Dispute


@dataclass(frozen=True, slots=True)
class Segment:
    """The amounts from ``start`` to ``end``, both included; they may be one and the same."""

    start: Fraction
    end: Fraction

    def at(self, part: Fraction) -> Fraction:
        """Return the amount at a part of the way, from 0 to 1."""
        return self.start + part * (self.end - self.start)

    def passes(self, test: Beyond) -> bool:
        """Tell whether all the amounts inside pass a test; some do only where all do."""
        return test.holds((self.start + self.end) / 2)


def segments_of(dispute: Dispute, amount: Amount) -> tuple[Segment, ...]:
    """Return the segments between everybody's corners and the bounds of conditions.

    A bound is a segment by itself too: it may be all that two conditions leave allowed.
    """
    bounds = {b for b in _bounds(dispute, amount.id) if amount.min <= b <= amount.max}
    corners = {
        x
        for preference in dispute.preferences.values()
        if isinstance(curve := preference.points.get(amount.id), Curve)
        for x, _ in curve.corners
        if amount.min < x < amount.max
    }
    places = sorted(corners | bounds | {amount.min, amount.max})
    lone = bounds if len(places) > 1 else set(places)
    found = [Segment(x, x) for x in lone] + [Segment(a, b) for a, b in pairwise(places)]
    return tuple(sorted(found, key=lambda segment: (segment.start, segment.end)))


def conditions_of(dispute: Dispute) -> Iterator[Condition]:
    """Yield every condition of a dispute: rules, red lines, bonuses."""
    yield from dispute.forbidden()
    for preference in dispute.preferences.values():
        yield from (bonus.when for bonus in preference.bonuses)


def _bounds(dispute: Dispute, issue: str) -> Iterator[Fraction]:
    for condition in conditions_of(dispute):
        test = condition.tests.get(issue)
        if isinstance(test, Beyond):
            yield from (bound for bound in (test.above, test.below) if bound is not None)
