"""Random disputes of three or four sides who divide something, beside whole issues."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

from hikiwake.model import (
    Amount,
    Bonus,
    Curve,
    Dispute,
    FrozenMap,
    Group,
    Issue,
    Linear,
    Money,
    Party,
    Preference,
    Rule,
    Share,
    Table,
)
from tests.conformance.builders import NAMES, choice, condition, red_line

F = Fraction
TOLERANCES = [F(1, 20), F(0), F(1, 7), F(1, 3), F(1, 20)]
PRICES = [F(1, 10), F(1, 4), F(1, 2), F(1), F(1, 10)]


def several(seed: int) -> Dispute:
    """Return a dispute with bonuses, rules, red lines on parts, and a group not for trade."""
    return _Drawn(Random(f"several {seed}")).dispute()


class _Drawn:
    def __init__(self, rng: Random) -> None:
        self.rng, self.names = rng, NAMES[: rng.choice([3, 3, 3, 4])]
        self.shares = [f"s{k}" for k in range(rng.choice([1, 1, 2]))]
        self.options = {
            f"x{k}": "abcd"[: rng.choice([2, 3, 4])] for k in range(rng.choice([1, 2, 2, 3]))
        }
        self.amounts = [f"a{k}" for k in range(rng.choice([0, 0, 1]))]
        self.money = ["m"] * (rng.random() < 0.2)

    def dispute(self) -> Dispute:
        """Return it."""
        rng = self.rng
        issues: list[Issue] = [Share(name) for name in self.shares]
        issues += [Amount(name, F(0), F(6)) for name in self.amounts]
        issues += [choice(name, *own) for name, own in self.options.items()]
        issues += [Money(name, F(5)) for name in self.money]
        rules = (
            [Rule(condition(**self._some()))]
            if len(self.options) > 1 and rng.random() < 0.4
            else []
        )
        if rng.random() < 0.3:
            bound = {rng.choice(self.names): {"above": F(1, 2)}}
            rules.append(Rule(condition(s0=bound, **self._some())))
        pair = tuple(sorted(self.options)[:2]) if rng.random() < 0.3 else ()
        return Dispute(
            tuple(map(Party, self.names)),
            tuple(issues),
            FrozenMap({party: self._preference(party) for party in self.names}),
            rules=tuple(rules),
            groups=(Group("g", pair, not_for_trade=True),) if len(pair) > 1 else (),
            common_scale=True,
            tolerance=rng.choice(TOLERANCES),
            price=rng.choice(PRICES),
        )

    def _points(self) -> Fraction:
        return F(self.rng.randint(0, 9))

    def _some(self) -> dict[str, Any]:
        """Return options of one issue or two."""
        count = min(len(self.options), self.rng.choice([1, 2]))
        return {
            k: self.rng.choice(self.options[k])
            for k in self.rng.sample(sorted(self.options), count)
        }

    def _preference(self, party: str) -> Preference:
        rng = self.rng
        points: dict[str, Any] = {
            name: Linear(self._points()) for name in (*self.shares, *self.money)
        }
        for name in self.amounts:
            places = sorted({F(0), F(6), F(rng.randint(1, 5))})
            points[name] = Curve(tuple((place, self._points()) for place in places))
        for name, own in self.options.items():
            points[name] = Table(FrozenMap({option: self._points() for option in own}))
        count = rng.choice([0, 0, 1, 1, 2])
        bonuses = [
            Bonus(condition(**self._some()), F(rng.choice([2, 3, 5, -2]))) for _ in range(count)
        ]
        least = {"s0": {party: {"below": F(1, rng.choice([5, 8]))}}}
        more = self._some() if rng.random() < 0.5 else {}
        return Preference(
            party,
            FrozenMap(points),
            red_lines=(red_line(**least, **more),) if rng.random() < 0.2 else (),
            bonuses=tuple(bonuses),
            walk_away=F(rng.choice([0, 0, 1, 2])),
        )
