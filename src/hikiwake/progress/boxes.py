"""What a position is worth that leaves things open: an interval, exact in all that is usual.

A box holds for each issue the values that a position can mean. Points of different issues add up,
so their ends do as well. Issues that a bonus ties together are looked at together: values that are
alike to every bonus count by the least and the most that they are worth. Where more than
``MAX_COMBINED`` such combinations would have to be, a bonus counts where it may hold, and for
certain where it must: nothing lies outside then, but the ends may lie further in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from hikiwake.findings.history import Box, History
from hikiwake.findings.talks import Interval
from hikiwake.model import (
    Amount,
    Condition,
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
MAX_COMBINED = 1_000

Weighed = Sequence[tuple[Preference, Fraction]]
"""Sides' preferences, and what a point of each counts: their sum is what is looked at."""


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


def worth(sides: Weighed, box: Box) -> Interval:
    """Return the least and the most that a box is worth."""
    return _summed(tie.ends(tie.ways(box)) for tie in _ties(sides, box, ()))


def change(sides: Weighed, before: Box, after: Box) -> Interval:
    """Return by how much what counts falls from one box to another; the same values count 0.

    The same are they in whatever order they are named: what is not named follows the file's.
    """
    same = {i for i, values in before.items() if frozenset(values) == frozenset(after[i])}
    return _summed(tie.change(before, after, same) for tie in _ties(sides, before, same))


@dataclass(frozen=True, slots=True)
class _Way:
    """Values of an issue that are alike to all bonuses: which they allow, and their worth."""

    allows: tuple[bool, ...]
    worth: Interval


Ways = dict[str, tuple[_Way, ...]]


@dataclass(frozen=True, slots=True)
class _Tie:
    """Issues that bonuses tie together, and these with what they count; mostly a single issue."""

    sides: Weighed
    issues: tuple[str, ...]
    bonuses: tuple[tuple[Condition, Fraction], ...]

    def ways(self, box: Box) -> Ways:
        """Return, issue by issue, what the values of a box come to."""
        return {issue: tuple(self._alike(issue, box[issue])) for issue in self.issues}

    def _alike(self, issue: str, values: Iterable[Value]) -> Iterator[_Way]:
        tests = [when.tests.get(issue) for when, _ in self.bonuses]
        found: dict[tuple[bool, ...], list[Fraction]] = {}
        for value in values:
            allows = tuple(test is None or test.holds(value) for test in tests)
            found.setdefault(allows, []).append(self._points(issue, value))
        for allows, points in found.items():
            yield _Way(allows, Interval(min(points), max(points)))

    def _points(self, issue: str, value: Value) -> Fraction:
        return sum(
            (
                weight * own.points[issue].value(own.party, value)
                for own, weight in self.sides
                if issue in own.points
            ),
            start=ZERO,
        )

    def ends(self, ways: Ways) -> Interval:
        """Return the least and the most that a choice among ways can be worth."""
        if prod(map(len, ways.values())) > MAX_COMBINED:
            return self._rough(list(ways.values()))
        found = [self._rough([(way,) for way in chosen]) for chosen in product(*ways.values())]
        return Interval(min(one.low for one in found), max(one.high for one in found))

    def _rough(self, ways: Sequence[tuple[_Way, ...]]) -> Interval:
        """Return bounds, each bonus by itself: the ends where there is one way for each issue."""
        low = sum((min(way.worth.low for way in among) for among in ways), start=ZERO)
        high = sum((max(way.worth.high for way in among) for among in ways), start=ZERO)
        for n, (_, points) in enumerate(self.bonuses):
            if all(any(way.allows[n] for way in among) for among in ways):
                sure = all(way.allows[n] for among in ways for way in among)
                low += points if sure else min(points, ZERO)
                high += points if sure else max(points, ZERO)
        return Interval(low, high)

    def change(self, before: Box, after: Box, same: Collection[str]) -> Interval:
        """Return by how much what counts falls; issues with the same values are decided alike."""
        first, second = self.ways(before), self.ways(after)
        shared: Ways = {
            issue: tuple(_Way(way.allows, NOTHING) for way in first[issue])
            for issue in self.issues
            if issue in same
        }
        few = sum(prod(map(len, ways.values())) for ways in (first, second)) <= MAX_COMBINED
        each = product(*shared.values()) if few else ()
        held: list[Ways] = [
            {issue: (way,) for issue, way in zip(shared, chosen, strict=True)} for chosen in each
        ]
        found: list[Interval] = []
        for decided in held or [shared]:
            one, other = self.ends(first | decided), self.ends(second | decided)
            found.append(Interval(one.low - other.high, one.high - other.low))
        return Interval(min(one.low for one in found), max(one.high for one in found))


def _ties(sides: Weighed, issues: Iterable[str], settled: Collection[str]) -> Iterator[_Tie]:
    """Yield the issues in the parts that bonuses tie together, but for parts all settled.

    A bonus that hangs on nothing else than what is settled ties nothing.
    """
    bonuses = [
        (bonus.when, weight * bonus.points)
        for own, weight in sides
        for bonus in own.bonuses
        if not set(bonus.when.tests) <= set(settled)
    ]
    parts: list[set[str]] = [{issue} for issue in issues]
    for when, _ in bonuses:
        touched = [part for part in parts if not part.isdisjoint(when.tests)]
        parts = [part for part in parts if part not in touched] + [set().union(*touched)]
    for part in parts:
        if not part <= set(settled):
            own = tuple(pair for pair in bonuses if not part.isdisjoint(pair[0].tests))
            yield _Tie(sides, tuple(sorted(part)), own)


def _summed(intervals: Iterable[Interval]) -> Interval:
    low = high = ZERO
    for interval in intervals:
        low, high = low + interval.low, high + interval.high
    return Interval(low, high)


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
