"""Random disputes in which money is paid by sides whose points are of very different magnitudes."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from hikiwake.model import (
    Beyond,
    Choice,
    Condition,
    Dispute,
    FrozenMap,
    Linear,
    Money,
    OneOf,
    Option,
    Party,
    Preference,
    RedLine,
    SharesBeyond,
    Table,
    Text,
)

NAMES = ("ann", "ben", "cem", "dua")
TEN = Fraction(10)


def far_apart(rng: Random) -> Dispute:
    """Return a dispute of two to four sides with payments, whole issues and some red lines."""
    parties = NAMES[: rng.choice([2, 2, 3, 3, 4])]
    issues = [
        Choice(f"list{k}", tuple(Option(f"o{j}") for j in range(rng.choice([2, 3, 4]))))
        for k in range(rng.choice([1, 2, 2, 3]))
    ]
    money = Money("money", Fraction(rng.choice([1, 10, 100, 1000])), Text("EUR"))
    return Dispute(
        parties=tuple(map(Party, parties)),
        issues=(*issues, money),
        preferences=FrozenMap({one: _preference(rng, one, issues, money) for one in parties}),
        common_scale=True,
    )


def _preference(rng: Random, party: str, issues: list[Choice], money: Money) -> Preference:
    size, rate = TEN ** rng.choice([0, 0, 0, 20, -20, 10, 18]), rng.choice([1, 1, 2, 3])
    points: dict[str, Table | Linear] = {
        issue.id: Table(FrozenMap({o.id: rng.randint(0, 9) * size for o in issue.options}))
        for issue in issues
    }
    points["money"] = Linear(rate * TEN ** rng.choice([0, 0, 0, 20, -20, -3, 10]))
    lines: list[Condition] = []
    if rng.random() < 0.3:
        least = Beyond(None, -money.limit / rng.choice([2, 3, 5]))
        lines.append(Condition(FrozenMap({"money": SharesBeyond(FrozenMap({party: least}))})))
    if rng.random() < 0.2:
        issue = rng.choice(issues)
        lines.append(Condition(FrozenMap({issue.id: OneOf(frozenset({issue.options[0].id}))})))
    return Preference(party, FrozenMap(points), red_lines=tuple(map(RedLine, lines)))
