"""A whole issue shared, or taken in turns: between two of its options, or among all sides."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
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
    Linear,
    OneOf,
    Preference,
    Share,
    SharesBeyond,
    Table,
    Text,
    Value,
)
from hikiwake.model.condition import Test
from hikiwake.model.preference import Points

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
    points = {
        party: Curve(((NOTHING, table.points[second]), (ALL, table.points[first])))
        for party, own in dispute.preferences.items()
        if isinstance(table := own.points.get(issue), Table)
    }
    today = {first: ALL, second: NOTHING}
    between = {first: Beyond(NOTHING, None), second: Beyond(None, ALL)}
    divided = Amount(issue, NOTHING, ALL, name=_name(dispute, issue))
    return _Change(dispute, divided, between).dispute(points, today)


def parted_by_bonus(dispute: Dispute, issue: str, options: Collection[str]) -> bool:
    """Tell whether a bonus hangs on some of these options of a whole issue, but not on all."""
    tests = (
        bonus.when.tests.get(issue)
        for preference in dispute.preferences.values()
        for bonus in preference.bonuses
    )
    named = (test.values & set(options) for test in tests if isinstance(test, OneOf))
    return any(0 < len(some) < len(options) for some in named)


def among_all(dispute: Dispute, issue: str) -> Dispute | None:
    """Return the dispute in which an item is divided among all sides, three or more.

    The item becomes a share; ``others`` get nothing of it. As :func:`in_turns` else. None also
    where somebody gives points for another's having it: what half of that is worth, a share cannot
    say.
    """
    item = next(i for i in dispute.issues if i.id == issue)
    if not isinstance(item, Item) or len(dispute.party_ids) < 3:
        return None
    points: dict[str, Linear] = {}
    for party, own in dispute.preferences.items():
        if isinstance(table := own.points.get(issue), Table):
            if any(table.points[other] for other in dispute.party_ids if other != party):
                return None
            points[party] = Linear(table.points[party])
    parties = dispute.party_ids
    today = {p: FrozenMap({q: ALL if p == q else NOTHING for q in parties}) for p in parties}
    some = {p: SharesBeyond(FrozenMap({p: Beyond(NOTHING, None)})) for p in parties}
    return _Change(dispute, Share(issue, name=item.name), some).dispute(points, today)


def _name(dispute: Dispute, issue: str) -> Text:
    return next(i.name for i in dispute.issues if i.id == issue)


class _Change:
    """An issue that is no longer whole; ``some`` tests for some part of each possible option."""

    def __init__(self, dispute: Dispute, divided: Amount | Share, some: Mapping[str, Test]) -> None:
        self._dispute, self._divided, self._some = dispute, divided, some
        self._issue = divided.id

    def dispute(self, points: Mapping[str, Points], today: Mapping[str, Value]) -> Dispute | None:
        """Return the dispute so changed; None where a part cannot be told apart from the whole."""
        dispute, one = self._dispute, self._issue
        preferences: dict[str, Preference] = {}
        for party, own in dispute.preferences.items():
            bonuses = [self._bonus(bonus) for bonus in own.bonuses]
            lines = [replace(a, never=b) for a in own.red_lines for b in self._conditions(a.never)]
            if None in bonuses:
                return None
            rest = {i: p for i, p in own.points.items() if i != one}
            preferences[party] = replace(
                own,
                points=FrozenMap(rest | ({one: points[party]} if party in points else {})),
                red_lines=tuple(lines),
                bonuses=tuple(bonus for some in bonuses for bonus in some or ()),
                walk_away=dispute.walk_away(party),
            )
        rules = [replace(a, never=b) for a in dispute.rules for b in self._conditions(a.never)]
        never = [line.never for own in preferences.values() for line in own.red_lines]
        if not all(condition.tests for condition in (*never, *(rule.never for rule in rules))):
            return None  # whatever part of it is forbidden
        now = dict(dispute.status_quo or {})
        if (decided := str(now.pop(one, ""))) in today:
            now[one] = today[decided]
        return replace(
            dispute,
            parties=tuple(replace(party, names=FrozenMap()) for party in dispute.parties),
            issues=tuple(self._divided if i.id == one else i for i in dispute.issues),
            preferences=FrozenMap(preferences),
            rules=tuple(rules),
            status_quo=FrozenMap(now),
            notes=(),
        )

    def _conditions(self, condition: Condition) -> list[Condition]:
        """Return what a condition says of parts: nothing if it can no longer hold."""
        test = condition.tests.get(self._issue)
        if test is None:
            return [condition]
        assert isinstance(test, OneOf)
        rest = {issue: t for issue, t in condition.tests.items() if issue != self._issue}
        if test.values >= self._some.keys():
            return [Condition(FrozenMap(rest))]
        named = [some for option, some in self._some.items() if option in test.values]
        return [Condition(FrozenMap({**rest, self._issue: some})) for some in named]

    def _bonus(self, bonus: Bonus) -> tuple[Bonus, ...] | None:
        """Return what is left of a bonus: itself or nothing; None if it hangs on one option."""
        when = self._conditions(bonus.when)
        if any(self._issue in one.tests or not one.tests for one in when):
            return None
        return tuple(replace(bonus, when=one) for one in when)
