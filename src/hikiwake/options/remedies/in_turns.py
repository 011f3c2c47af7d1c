"""A whole issue shared, or taken in turns, between two of its options."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from hikiwake.model import (
    Amount,
    Beyond,
    Bonus,
    Choice,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    Item,
    OneOf,
    Preference,
    Table,
    Value,
)

NOTHING, ALL = Fraction(0), Fraction(1)


def pairs(dispute: Dispute, settled: FrozenMap[str, Value]) -> Iterator[tuple[str, str, str]]:
    """Yield every whole issue with its settled option and each other one."""
    for issue in dispute.issues:
        if isinstance(issue, Choice | Item):
            decided = str(settled[issue.id])
            others = (v for v in dispute.values_of(issue) if v != decided)
            yield from ((issue.id, decided, other) for other in others)


def in_turns(dispute: Dispute, issue: str, first: str, second: str) -> Dispute | None:
    """Return the dispute in which an issue is decided by the part of one of two options.

    The issue becomes an amount from 0 to 1: the part of ``first``, the rest is ``second``. Points
    count in proportion. What a rule or a red line forbids of one of the options, it forbids of any
    part of it. None where a bonus hangs on one of them alone, or a rule forbids both.
    """
    change = _Change(issue, first, second)
    preferences: dict[str, Preference] = {}
    for party, own in dispute.preferences.items():
        bonuses = [change.bonus(bonus) for bonus in own.bonuses]
        lines = [(line, change.condition(line.never)) for line in own.red_lines]
        if None in bonuses or any(never is not None and not never.tests for _, never in lines):
            return None
        points = {i: p for i, p in own.points.items() if i != issue}
        if isinstance(table := own.points.get(issue), Table):
            ends = (NOTHING, table.points[second]), (ALL, table.points[first])
            points[issue] = Curve(ends)
        preferences[party] = replace(
            own,
            points=FrozenMap(points),
            red_lines=tuple(replace(line, never=never) for line, never in lines if never),
            bonuses=tuple(bonus for some in bonuses for bonus in some or ()),
            walk_away=dispute.walk_away(party),
        )
    rules = [(rule, change.condition(rule.never)) for rule in dispute.rules]
    if any(never is not None and not never.tests for _, never in rules):
        return None
    today = dict(dispute.status_quo or {})
    parts = {first: ALL, second: NOTHING}
    if (now := str(today.pop(issue, ""))) in parts:
        today[issue] = parts[now]
    return replace(
        dispute,
        parties=tuple(replace(party, names=FrozenMap()) for party in dispute.parties),
        issues=tuple(
            Amount(i.id, NOTHING, ALL, name=i.name) if i.id == issue else i for i in dispute.issues
        ),
        preferences=FrozenMap(preferences),
        rules=tuple(replace(rule, never=never) for rule, never in rules if never),
        status_quo=FrozenMap(today),
        notes=(),
    )


class _Change:
    """What becomes of conditions where an issue is no longer whole."""

    def __init__(self, issue: str, first: str, second: str) -> None:
        self._issue, self._first, self._second = issue, first, second

    def condition(self, condition: Condition) -> Condition | None:
        """Return what a condition says of parts; None if it can no longer hold."""
        test = condition.tests.get(self._issue)
        if test is None:
            return condition
        assert isinstance(test, OneOf)
        rest = {issue: t for issue, t in condition.tests.items() if issue != self._issue}
        named = self._first in test.values, self._second in test.values
        if named == (False, False):
            return None
        if named == (True, True):
            return Condition(FrozenMap(rest))
        bound = Beyond(NOTHING, None) if named[0] else Beyond(None, ALL)
        return Condition(FrozenMap({**rest, self._issue: bound}))

    def bonus(self, bonus: Bonus) -> tuple[Bonus, ...] | None:
        """Return what is left of a bonus: itself or nothing; None if it hangs on one option."""
        test = bonus.when.tests.get(self._issue)
        if test is None:
            return (bonus,)
        when = self.condition(bonus.when)
        if when is None:
            return ()
        if self._issue in when.tests or not when.tests:
            return None
        return (replace(bonus, when=when),)
