"""Disputes made up for measuring: the same ones for the same seed, on every machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

from hikiwake.model import (
    Bonus,
    Choice,
    Condition,
    Dispute,
    FrozenMap,
    Issue,
    Item,
    Linear,
    OneOf,
    Option,
    Party,
    Preference,
    Share,
    Table,
    Text,
)

MOST = 100  # points of a single option


def choices(parties: int, issues: int, options: int, seed: int) -> Dispute:
    """Return independent issues: every option is worth 0 to 100 to each party, by chance."""
    chance = Random(f"choices {parties} {issues} {options} {seed}")
    names = [f"o{j}" for j in range(options)]
    decided = [Choice(f"i{k}", tuple(map(Option, names))) for k in range(issues)]
    points = [
        {issue.id: {name: chance.randint(0, MOST) for name in names} for issue in decided}
        for _ in range(parties)
    ]
    return _dispute(f"{issues} issues of {options} options", decided, points)


def tied(parties: int, issues: int, options: int, seed: int) -> Dispute:
    """Return issues that hang together: as many bonuses as issues, on two to four issues each."""
    chance = Random(f"tied {parties} {issues} {options} {seed}")
    plain = choices(parties, issues, options, seed)
    return replace(
        plain,
        preferences=FrozenMap(
            {
                party: replace(preference, bonuses=_bonuses(chance, issues, options))
                for party, preference in plain.preferences.items()
            }
        ),
    )


def _bonuses(chance: Random, issues: int, options: int) -> tuple[Bonus, ...]:
    found: list[Bonus] = []
    for _ in range(issues):
        tests: dict[str, OneOf] = {}
        for k in chance.sample(range(issues), chance.randint(2, 4)):
            chosen = chance.sample(range(options), (options + 1) // 2)
            tests[f"i{k}"] = OneOf(frozenset(f"o{j}" for j in chosen))
        found.append(Bonus(Condition(FrozenMap(tests)), Fraction(chance.randint(1, MOST))))
    return tuple(found)


def estate(heirs: int, items: int, seed: int, least: int = 1) -> Dispute:
    """Return an inventory: most things are worth little, few much, and heirs agree by half.

    Every thing goes to one heir. Points are on one scale, as if they were money.
    """
    chance = Random(f"estate {heirs} {items} {seed}")
    market = [least + int(chance.paretovariate(1.2)) % 1_000 for _ in range(items)]
    points = [
        [max(least, worth // 2 + chance.randint(0, worth)) for worth in market]
        for _ in range(heirs)
    ]
    return division(points)


def division(points: Sequence[Sequence[int]]) -> Dispute:
    """Return whole items, worth this to each party (a row) that has them."""
    parties = [f"p{i}" for i in range(len(points))]
    things = [Item(f"t{k}") for k in range(len(points[0]))]
    tables = [
        {
            thing.id: {owner: row[k] if owner == party else 0 for owner in parties}
            for k, thing in enumerate(things)
        }
        for party, row in zip(parties, points, strict=True)
    ]
    dispute = _dispute(f"An inventory of {len(things)} things", things, tables)
    return replace(dispute, common_scale=True)


def shares(points: Sequence[Sequence[int]]) -> Dispute:
    """Return things that can be divided, worth this to each party (a row) that has all of them."""
    things = [Share(f"t{k}") for k in range(len(points[0]))]
    preferences = {
        f"p{i}": Preference(
            f"p{i}",
            FrozenMap({t.id: Linear(Fraction(w)) for t, w in zip(things, row, strict=True)}),
        )
        for i, row in enumerate(points)
    }
    return Dispute(
        tuple(map(Party, preferences)),
        tuple(things),
        FrozenMap(preferences),
        title=Text(f"{len(things)} things to divide"),
        common_scale=True,
    )


def worths(parties: int, things: int, seed: int) -> list[list[int]]:
    """Return a row of points a party, each from 1 to 100, by chance."""
    chance = Random(f"worths {parties} {things} {seed}")
    return [[chance.randint(1, MOST) for _ in range(things)] for _ in range(parties)]


def _dispute(
    title: str,
    issues: Sequence[Issue],
    points: Sequence[Mapping[str, Mapping[str, int]]],
) -> Dispute:
    preferences = {
        f"p{i}": Preference(
            f"p{i}",
            FrozenMap(
                {
                    issue: Table(FrozenMap({name: Fraction(p) for name, p in table.items()}))
                    for issue, table in tables.items()
                }
            ),
        )
        for i, tables in enumerate(points)
    }
    return Dispute(
        tuple(map(Party, preferences)), tuple(issues), FrozenMap(preferences), title=Text(title)
    )
