"""Small disputes, built from their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from hikiwake.model import (
    Beyond,
    Choice,
    Condition,
    Dispute,
    FrozenMap,
    Issue,
    Item,
    Linear,
    OneOf,
    Option,
    Outcome,
    Party,
    Preference,
    RedLine,
    Rule,
    Share,
    SharesBeyond,
    Table,
)

NAMES = ("ann", "ben", "cem", "dua")
Number = int | str | Fraction


def number(value: Number) -> Fraction:
    """Return a number as a fraction: 3, "0.25", "2/7"."""
    return Fraction(value)


def condition(**tests: Any) -> Condition:
    """Return a combination: a value, a list of values, or bounds on a party's share."""
    found: dict[str, Any] = {}
    for issue, test in tests.items():
        if isinstance(test, dict):
            found[issue] = SharesBeyond(
                FrozenMap(
                    {
                        party: Beyond(
                            *(number(b[k]) if k in b else None for k in ("above", "below"))
                        )
                        for party, b in test.items()
                    }
                )
            )
        else:
            found[issue] = OneOf(frozenset({test} if isinstance(test, str) else test))
    return Condition(FrozenMap(found))


def rule(**tests: Any) -> Rule:
    """Return a public rule: never these together."""
    return Rule(condition(**tests))


def red_line(**tests: Any) -> RedLine:
    """Return a red line: never these together."""
    return RedLine(condition(**tests))


def preference(
    party: str, points: Mapping[str, Any], walk_away: Number | None = None, **more: Any
) -> Preference:
    """Return a preference: a table of points an issue, or a number for all of a share."""
    tables: dict[str, Any] = {
        issue: Table(FrozenMap({name: number(value) for name, value in table.items()}))
        if isinstance(table, Mapping)
        else Linear(number(table))
        for issue, table in points.items()
    }
    keeps = None if walk_away is None else number(walk_away)
    return Preference(party, FrozenMap(tables), walk_away=keeps, **more)


def dispute(issues: Sequence[Issue], *preferences: Preference, **more: Any) -> Dispute:
    """Return a dispute between the parties whose preferences these are, on a common scale."""
    return Dispute(
        parties=tuple(Party(p.party) for p in preferences),
        issues=tuple(issues),
        preferences=FrozenMap({p.party: p for p in preferences}),
        **{"common_scale": True, **more},
    )


def choice(name: str, *options: str) -> Choice:
    """Return an issue with these options."""
    return Choice(name, tuple(Option(option) for option in options))


def one_of(
    *packages: Sequence[Number], walk_away: Sequence[Number | None] = (), **more: Any
) -> Dispute:
    """Return a dispute over one list of packages, p0, p1 …, each given by everyone's points."""
    parties = NAMES[: len(packages[0])]
    names = [f"p{place}" for place in range(len(packages))]
    keeps = walk_away or [None] * len(parties)
    return dispute(
        [choice("package", *names)],
        *(
            preference(
                party,
                {"package": {n: worth[i] for n, worth in zip(names, packages, strict=True)}},
                keeps[i],
            )
            for i, party in enumerate(parties)
        ),
        **more,
    )


def division(
    points: Sequence[tuple[Number, Number]],
    walk_away: tuple[Number | None, Number | None] = (None, None),
    red_lines: tuple[Sequence[RedLine], Sequence[RedLine]] = ((), ()),
    **more: Any,
) -> Dispute:
    """Return a dispute of two parties over divided issues s0, s1 …, worth this to each."""
    return dispute(
        [Share(f"s{place}") for place in range(len(points))],
        *(
            preference(
                party,
                {f"s{place}": both[i] for place, both in enumerate(points)},
                walk_away[i],
                red_lines=tuple(red_lines[i]),
            )
            for i, party in enumerate(NAMES[:2])
        ),
        **more,
    )


def items(points: Sequence[Sequence[Number]], **more: Any) -> Dispute:
    """Return a dispute over whole items i0, i1 …, worth this to each party that has them."""
    parties = NAMES[: len(points[0])]
    return dispute(
        [Item(f"i{place}") for place in range(len(points))],
        *(
            preference(
                party,
                {
                    f"i{place}": {p: worth[i] if p == party else 0 for p in parties}
                    for place, worth in enumerate(points)
                },
            )
            for i, party in enumerate(parties)
        ),
        **more,
    )


def outcome(**values: Any) -> Outcome:
    """Return an outcome; a number is the first party's part of a share between two."""
    return FrozenMap(
        {
            issue: value
            if isinstance(value, str)
            else FrozenMap({"ann": number(value), "ben": 1 - number(value)})
            for issue, value in values.items()
        }
    )
