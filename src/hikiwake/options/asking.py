"""Packages of a frontier that can only be asked: with one issue decided otherwise, and on the way.

Each is made Pareto-optimal again, so that nothing is left on the table in what comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from hikiwake.errors import TooLarge
from hikiwake.model import (
    Amount,
    Beyond,
    Condition,
    Dispute,
    FrozenMap,
    OneOf,
    Outcome,
    Rule,
    Share,
    SharesBeyond,
    lot_of,
)
from hikiwake.options.again import answer
from hikiwake.pareto import Bargain, LimitReached, NoBargain, Point, Region, bargain_over
from hikiwake.pareto.canonical import lot
from hikiwake.pareto.dominators import floors_at
from hikiwake.pareto.lots import lot_at
from hikiwake.pareto.ties import shown_first
from hikiwake.solvers.deadline import Budget, Deadline

MAX_FORCED = 200
MAX_EFFORT = 20  # repeatable seconds
ON_THE_WAY = (Fraction(1), Fraction(1, 2))  # to the last draw on it


def otherwise(bargain: Bargain, shown: Outcome) -> Iterator[Point]:
    """Yield the best packages with one issue decided otherwise, made Pareto-optimal again."""
    deadline = Budget(MAX_EFFORT)
    for never in islice(_forced(bargain.dispute, shown), MAX_FORCED):
        if deadline.passed:
            return
        forced = replace(bargain.dispute, rules=(*bargain.dispute.rules, never))
        try:
            found = answer(forced, "draw")
            if found is not None:
                yield _undominated(bargain, found.outcome(), deadline)
        except (LimitReached, TooLarge):
            continue


def between(
    bargain: Bargain, shown: Outcome, points: Iterable[Point], regions: Iterable[Region]
) -> Iterator[Point]:
    """Yield draws on the way from what is shown to points at which only divisions differ."""
    deadline = Budget(MAX_EFFORT)
    values, around = bargain.gains.values, tuple(regions)
    for point in points:
        other = shown_first(bargain, point)
        ways = (
            region.interval(values(bargain.point_of(shown)), values(point)) for region in around
        )
        far = max((way[1] for way in ways if way is not None), default=Fraction(0))
        for part in ON_THE_WAY if far else ():
            if deadline.passed:
                return
            mixed = _mixed(shown, other, part * far)
            if mixed is not None and acceptable(bargain, mixed):
                try:
                    yield _undominated(bargain, mixed, deadline)
                except LimitReached:
                    return


def _mixed(one: Outcome, other: Outcome, part: Fraction) -> Outcome | None:
    """Return a part of the way between two packages, if only divisions differ."""
    mixed = dict(one)
    for issue in (issue for issue in one if one[issue] != other[issue]):
        before, after = one[issue], other[issue]
        if not isinstance(before, FrozenMap) or not isinstance(after, FrozenMap):
            return None
        mixed[issue] = FrozenMap({p: v + part * (after[p] - v) for p, v in before.items()})
    return FrozenMap(mixed)


def acceptable(bargain: Bargain, outcome: Outcome) -> bool:
    """Tell whether a package keeps every limit, nobody below what it has without an agreement."""
    dispute = bargain.dispute
    return (
        dispute.allows(outcome)
        and all(dispute.utility(p, outcome) >= dispute.walk_away(p) for p in dispute.party_ids)
        and all(
            (group.imbalance_at(outcome) or 0) <= bargain.level for group in bargain.compiled.groups
        )
    )


def _forced(dispute: Dispute, shown: Outcome) -> Iterator[Rule]:
    """Yield rules that each leave one issue a single other option, or a party all or nothing."""
    for issue in sorted(dispute.issues, key=lambda issue: lot_of(issue.id)):
        if isinstance(issue, Share):
            for party in sorted(dispute.party_ids, key=lot_of):
                for bound in (Beyond(Fraction(0), None), Beyond(None, Fraction(1))):
                    test = SharesBeyond(FrozenMap({party: bound}))
                    yield Rule(Condition(FrozenMap({issue.id: test})))
        values = dispute.decisions_of(issue) or ()
        if isinstance(issue, Amount):
            values = values[:: max(1, len(values) // 10)]
        for value in sorted(values, key=lambda value: lot(FrozenMap({issue.id: value}))):
            if value != shown[issue.id] and len(values) > 1:
                others = frozenset(v for v in dispute.decisions_of(issue) or () if v != value)
                test = OneOf(others)  # pyright: ignore[reportArgumentType]
                yield Rule(Condition(FrozenMap({issue.id: test})))


def _undominated(bargain: Bargain, outcome: Outcome, deadline: Deadline) -> Point:
    better = bargain_over(floors_at(bargain.compiled, outcome), None, deadline)
    if isinstance(better, NoBargain) or not better.gains.parties:
        return bargain.point_of(outcome)
    parties = bargain.dispute.party_ids
    return min(better.kalai_smorodinsky(), key=lambda point: lot_at(parties, point))
