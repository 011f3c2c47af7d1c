"""The same dispute told differently: other names, another order, another scale of points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hikiwake.model import (
    Choice,
    Condition,
    Dispute,
    FrozenMap,
    Item,
    Linear,
    OneOf,
    Option,
    Preference,
    Share,
    SharesBeyond,
    Table,
)
from hikiwake.settlement import MAX_LISTED, Settlement

Names = Mapping[str, str]


def answers(settlement: Settlement) -> frozenset[Any] | None:
    """Return all the packages that a settlement calls as good as each other; None: too many."""
    if settlement.package is None:
        return frozenset()
    counts = settlement.ties, settlement.twins, settlement.by_lot
    if "infinite" in counts or any(n > MAX_LISTED for n in counts if n != "infinite"):
        return None
    mirrors = {other.outcome for other in (*settlement.mirrors, *settlement.lots)}
    return frozenset({settlement.package.outcome, *settlement.tied, *mirrors})


def numbers(settlement: Settlement) -> dict[str, Any]:
    """Return what a settlement says beside its packages, with parties in no order."""
    package, beside = settlement.package, settlement.even_but_dearer
    return {
        "status": settlement.status,
        "ties and twins": settlement.ties if settlement.twins == 0 else "some",
        "levels": package and sorted(g for g in package.gains.values() if g is not None),
        "imbalance": settlement.imbalance,
        "left out": set(settlement.left_out),
        "beside": beside and sorted(g for g in beside.package.gains.values() if g is not None),
        "conflicts": {c.limits for c in settlement.conflicts} and len(settlement.conflicts),
    }


def value_renamed(value: Any, names: Names) -> Any:
    """Return an owner, or the parts of a share, with parties renamed."""
    if isinstance(value, FrozenMap):
        return FrozenMap({names[party]: part for party, part in value.items()})
    return names.get(value, value)


def outcome_renamed(dispute: Dispute, outcome: Any, names: Names) -> Any:
    """Return an outcome with parties renamed; what a choice is decided as keeps its name."""
    choices = {issue.id for issue in dispute.issues if isinstance(issue, Choice)}
    return FrozenMap(
        {i: v if i in choices else value_renamed(v, names) for i, v in outcome.items()}
    )


def parties_renamed(dispute: Dispute, names: Names) -> Dispute:
    """Return the dispute with other party ids, and the parties in the opposite order."""

    def condition(given: Condition) -> Condition:
        tests: dict[str, Any] = {}
        for issue, test in given.tests.items():
            if isinstance(test, OneOf) and isinstance(dispute.issue(issue), Item):
                tests[issue] = OneOf(frozenset(names.get(str(v), v) for v in test.values))
            elif isinstance(test, SharesBeyond):
                tests[issue] = SharesBeyond(value_renamed(test.parties, names))
            else:
                tests[issue] = test
        return Condition(FrozenMap(tests))

    def preference(given: Preference) -> Preference:
        points = {
            issue: Table(value_renamed(table.points, {**_same(table), **names}))
            if isinstance(table, Table) and isinstance(dispute.issue(issue), Item)
            else table
            for issue, table in given.points.items()
        }
        return replace(
            _conditions(given, condition), party=names[given.party], points=FrozenMap(points)
        )

    today = dispute.status_quo
    return replace(
        dispute,
        parties=tuple(replace(p, id=names[p.id]) for p in reversed(dispute.parties)),
        issues=tuple(
            replace(i, claims=value_renamed(i.claims, names)) if isinstance(i, Share) else i
            for i in dispute.issues
        ),
        preferences=FrozenMap({names[p]: preference(v) for p, v in dispute.preferences.items()}),
        rules=tuple(
            replace(r, never=condition(r.never), by=r.by and names[r.by]) for r in dispute.rules
        ),
        status_quo=None if today is None else outcome_renamed(dispute, today, names),
    )


def _same(table: Table) -> dict[str, str]:
    return {name: name for name in table.points}


def _conditions(given: Preference, change: Callable[[Condition], Condition]) -> Preference:
    return replace(
        given,
        red_lines=tuple(replace(line, never=change(line.never)) for line in given.red_lines),
        bonuses=tuple(replace(bonus, when=change(bonus.when)) for bonus in given.bonuses),
    )


def rescaled(dispute: Dispute, party: str, factor: Fraction, shift: Fraction) -> Dispute:
    """Return the dispute with one party's points times a factor, plus a shift for any package.

    Its walk-away goes with them. The shift is added to every option of a choice or item; where
    there is none, nothing is shifted.
    """
    given = dispute.preferences[party]
    points: dict[str, Any] = {}
    for issue, table in given.points.items():
        if isinstance(table, Table):
            points[issue] = Table(FrozenMap({v: p * factor for v, p in table.points.items()}))
        else:
            assert isinstance(table, Linear)
            points[issue] = Linear(table.whole * factor)
    discrete = [issue for issue in dispute.issues if isinstance(issue, Choice | Item)]
    moved = shift if discrete else Fraction(0)
    if discrete:
        values, old = dispute.values_of(discrete[0]), points.get(discrete[0].id)
        before = old.points if isinstance(old, Table) else dict.fromkeys(values, Fraction(0))
        points[discrete[0].id] = Table(FrozenMap({v: before[v] + moved for v in values}))
    changed = replace(
        given,
        points=FrozenMap(points),
        bonuses=tuple(replace(bonus, points=bonus.points * factor) for bonus in given.bonuses),
        walk_away=dispute.walk_away(party) * factor + moved,
    )
    return replace(dispute, preferences=FrozenMap({**dispute.preferences, party: changed}))


def reordered(dispute: Dispute) -> Dispute:
    """Return the dispute with its issues, their options, and its groups in the opposite order."""
    return replace(
        dispute,
        issues=tuple(
            replace(i, options=i.options[::-1])
            if isinstance(i, Choice)
            else replace(i, others=i.others[::-1])
            if isinstance(i, Item)
            else i
            for i in reversed(dispute.issues)
        ),
        groups=dispute.groups[::-1],
    )


def with_idle_issue(dispute: Dispute, options: int) -> Dispute:
    """Return the dispute with one more issue, which matters to nobody."""
    idle = Choice("idle", tuple(Option(f"o{number}") for number in range(options)))
    return replace(dispute, issues=(*dispute.issues, idle))


def with_dominated_option(dispute: Dispute, issue: Choice) -> Dispute:
    """Return the dispute with one more option, worse for everyone than the issue's first one."""
    first = issue.options[0].id
    larger = replace(issue, options=(*issue.options, Option("worse")))
    preferences: dict[str, Preference] = {}
    for party, given in dispute.preferences.items():
        table = given.points.get(issue.id)
        old = (
            table.points
            if isinstance(table, Table)
            else FrozenMap(dict.fromkeys((o.id for o in issue.options), Fraction(0)))
        )
        worse = Table(FrozenMap({**old, "worse": old[first] - 1}))
        preferences[party] = replace(given, points=FrozenMap({**given.points, issue.id: worse}))
    return replace(
        dispute,
        issues=tuple(larger if i.id == issue.id else i for i in dispute.issues),
        preferences=FrozenMap(preferences),
    )


def untied_choices(dispute: Dispute) -> list[Choice]:
    """Return the choices that no rule, red line, bonus or guarded group mentions."""
    named = {i for group in dispute.groups if group.not_for_trade for i in group.issues}
    conditions = list(dispute.forbidden())
    for preference in dispute.preferences.values():
        conditions += [bonus.when for bonus in preference.bonuses]
    for condition in conditions:
        named |= set(condition.tests)
    return [i for i in dispute.issues if isinstance(i, Choice) and i.id not in named]
