"""Random disputes in which many divisions are worth the same, and the same file reordered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any, TypeVar

from hikiwake.model import (
    Amount,
    Choice,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    Issue,
    Item,
    Linear,
    Money,
    Outcome,
    Party,
    Preference,
    Share,
    Table,
)
from tests.conformance.builders import NAMES, choice

F = Fraction
T = TypeVar("T")


def level(seed: int) -> Dispute:
    """Return a dispute of two to four sides: few points, so that much trades at the same ratio."""
    rng = Random(f"level {seed}")
    names = NAMES[: rng.choice([2, 3, 3, 3, 4])]
    shares = [f"s{k}" for k in range(rng.choice([0, 1, 2, 3]))] or ["s0"]
    amounts = [f"a{k}" for k in range(rng.choice([0, 0, 1, 2]))]
    options = {f"x{k}": "abc"[: rng.choice([2, 3])] for k in range(rng.choice([0, 1, 2]))}
    items = [f"i{k}" for k in range(rng.choice([0, 1, 2]))]
    issues: list[Issue] = [*map(Share, shares), *(Amount(name, F(0), F(6)) for name in amounts)]
    issues += [*(choice(name, *own) for name, own in options.items()), *map(Item, items)]
    issues += [Money("m", F(rng.choice([1, 5, 20])))] * (rng.random() < 0.6)
    top, alike = rng.choice([1, 2, 3, 10]), rng.random() < 0.4

    def points(party: str) -> dict[str, Any]:
        found: dict[str, Any] = {name: Linear(F(rng.randint(0, top))) for name in shares}
        found["m"] = Linear(F(1 if alike else rng.choice([0, 1, 1, 2])))
        for name in amounts:
            places = sorted({F(0), F(6), F(rng.randint(1, 5))})
            found[name] = Curve(tuple((place, F(rng.randint(0, top))) for place in places))
        for name, some in options.items():
            found[name] = Table(FrozenMap({option: F(rng.randint(0, top)) for option in some}))
        for name in items:
            worth = F(rng.randint(0, top))
            found[name] = Table(FrozenMap({p: worth if p == party else F(0) for p in names}))
        return {issue.id: found[issue.id] for issue in issues}

    def own(party: str) -> Preference:
        return Preference(party, FrozenMap(points(party)), walk_away=F(rng.choice([0, 0, 1])))

    return Dispute(
        tuple(map(Party, names)),
        tuple(issues),
        FrozenMap(
            {
                p: Preference(p, FrozenMap(points(p)), walk_away=F(rng.choice([0, 0, 1])))
                for p in names
            }
        ),
        common_scale=True,
        tolerance=F(1, rng.choice([20, 20, 7])),
        price=F(1, rng.choice([10, 4])),
        chance=rng.random() < 0.3,
    )


def a_package(dispute: Dispute, seed: int) -> Outcome:
    """Return some package of the dispute; nobody pays anything."""
    rng, names = Random(f"package {seed}"), sorted(dispute.party_ids)

    def value(issue: Issue) -> Any:
        if isinstance(issue, Amount):
            return F(rng.randint(0, 6))
        if isinstance(issue, Choice | Item):
            return rng.choice(sorted(dispute.values_of(issue)))
        if isinstance(issue, Money):
            return FrozenMap(dict.fromkeys(names, F(0)))
        parts = [rng.randint(1, 3) for _ in names]
        return FrozenMap({p: F(part, sum(parts)) for p, part in zip(names, parts, strict=True)})

    return FrozenMap({issue.id: value(issue) for issue in dispute.issues})


def turned_round(dispute: Dispute, seed: int) -> Dispute:
    """Return the dispute with everything in another order: parties, issues, options, what sides
    want, red lines, bonuses, rules, groups, and what each of these names."""
    rng = Random(f"turned {seed}")

    def mixed(values: Iterable[T]) -> tuple[T, ...]:
        own = list(values)
        rng.shuffle(own)
        return tuple(own)

    def issue(given: Issue) -> Issue:
        if isinstance(given, Choice):
            return replace(given, options=mixed(given.options))
        return replace(given, others=mixed(given.others)) if isinstance(given, Item) else given

    def said(given: Condition) -> Condition:
        return Condition(FrozenMap(dict(mixed(given.tests.items()))))

    preferences = {
        party: replace(
            own,
            points=FrozenMap(dict(mixed(own.points.items()))),
            red_lines=mixed(replace(line, never=said(line.never)) for line in own.red_lines),
            bonuses=mixed(replace(bonus, when=said(bonus.when)) for bonus in own.bonuses),
        )
        for party, own in mixed(dispute.preferences.items())
    }
    return replace(
        dispute,
        parties=mixed(dispute.parties),
        issues=mixed(map(issue, dispute.issues)),
        preferences=FrozenMap(preferences),
        rules=mixed(replace(rule, never=said(rule.never)) for rule in dispute.rules),
        groups=mixed(replace(one, issues=mixed(one.issues)) for one in dispute.groups),
    )
