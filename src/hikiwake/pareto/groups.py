"""Groups that are not for trade: how even every combination is within a group (H8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import lcm, prod
from operator import itemgetter

from hikiwake.errors import Fault, TooLarge
from hikiwake.model import (
    Condition,
    Dispute,
    FrozenMap,
    Group,
    Outcome,
    Preference,
    Value,
)
from hikiwake.numeric import count_text
from hikiwake.pareto.one_order import decisions_by_lot, issues_by_lot

MAX_COMBINATIONS = 200_000

Combination = tuple[int, ...]
Values = tuple[Value, ...]


@dataclass(frozen=True)
class GroupTable:
    """Each party's part of a group, for every combination that the public rules allow.

    ``parts[c]`` holds whole numbers, of which ``whole`` make a share of 1; None for a party with
    nothing at stake in the group. With fewer than two others the group holds in any case.
    """

    group: str
    issues: tuple[str, ...]
    places: tuple[Mapping[Value, int], ...]
    parts: dict[Combination, tuple[int | None, ...]]
    whole: int

    def shares(self, combination: Combination) -> tuple[Fraction | None, ...]:
        """Return every party's share of the group at a combination."""
        parts = self.parts[combination]
        return tuple(None if part is None else Fraction(part, self.whole) for part in parts)

    def imbalance(self, combination: Combination) -> Fraction | None:
        """Return the largest share less the smallest; None if fewer than two are compared."""
        apart = self._apart[combination]
        return None if apart is None else Fraction(apart, self.whole)

    @cached_property
    def _apart(self) -> Mapping[Combination, int | None]:
        """How far the parts of all who have something at stake are apart, by combination."""
        first: Sequence[int | None] = next(iter(self.parts.values()), ())
        compared = [i for i, part in enumerate(first) if part is not None]
        if len(compared) < 2:
            return dict.fromkeys(self.parts)
        compare = itemgetter(*compared)
        numbers = {places: compare(own) for places, own in self.parts.items()}
        return {places: max(own) - min(own) for places, own in numbers.items()}

    def shares_at(self, outcome: Outcome) -> tuple[Fraction | None, ...]:
        """Return every party's share of the group at an outcome that the public rules allow."""
        return self.shares(self.of(outcome))

    def imbalance_at(self, outcome: Outcome) -> Fraction | None:
        """Return the imbalance at an outcome; None also where public rules do not allow it."""
        combination = self.of(outcome)
        return self.imbalance(combination) if combination in self.parts else None

    def within(self, level: Fraction) -> frozenset[Combination]:
        """Return the combinations whose imbalance is at most ``level``."""
        most = level.numerator * self.whole // level.denominator
        return frozenset(c for c, apart in self._apart.items() if (apart or 0) <= most)

    def levels(self) -> set[Fraction]:
        """Return every imbalance that occurs."""
        levels = set(self._apart.values())
        return {Fraction(level, self.whole) for level in levels if level is not None}

    def of(self, outcome: Outcome) -> Combination:
        """Return the combination that an outcome has on the group's issues."""
        return tuple(
            places[outcome[issue]] for issue, places in zip(self.issues, self.places, strict=True)
        )


def group_tables(dispute: Dispute, units: tuple[int, ...]) -> tuple[GroupTable, ...]:
    """Return the table of every group not for trade; ``units`` make points whole numbers.

    Its issues and their options are in the order in which engines see them.
    """
    return tuple(_table(dispute, group, units) for group in dispute.groups if group.not_for_trade)


def _table(dispute: Dispute, group: Group, units: tuple[int, ...]) -> GroupTable:
    issues = [issue for issue in issues_by_lot(dispute) if issue.id in group.issues]
    names = tuple(issue.id for issue in issues)
    values = tuple(decisions_by_lot(dispute, issue) or () for issue in issues)
    total = prod(len(v) for v in values)
    if total > MAX_COMBINATIONS:
        raise TooLarge(
            Fault(
                f"Group {group.id!r}",
                f"{count_text(total)} combinations",
                f"At most {MAX_COMBINATIONS:,} in a group that is not for trade",
                "H18",
                "Split the group, or leave some options out.",
            )
        )
    inside = dict(zip(names, values, strict=True))
    public = _inside((rule.never for rule in dispute.rules), inside)
    every = _Every(inside)
    allowed = every.but(public)
    own = [
        _OwnPoints(dispute.preferences[party], every, unit)
        for party, unit in zip(dispute.party_ids, units, strict=True)
    ]
    columns = [points.above_least(allowed) for points in own]
    whole = lcm(*(extent for _, extent in columns if extent))
    factors = [whole // extent if extent else None for _, extent in columns]
    parts = {
        places: tuple(
            None if factor is None else column[places] * factor
            for (column, _), factor in zip(columns, factors, strict=True)
        )
        for places in allowed
    }
    numbered = tuple({value: n for n, value in enumerate(v)} for v in values)
    return GroupTable(group.id, names, numbered, parts, whole)


def _inside(conditions: Iterable[Condition], issues: Mapping[str, object]) -> list[Condition]:
    return [condition for condition in conditions if condition.tests.keys() <= issues.keys()]


class _Every:
    """Every combination of a group's values, in one order; as outcomes only where asked."""

    def __init__(self, inside: Mapping[str, Values]) -> None:
        self.inside = inside
        self.places = list(product(*(range(len(values)) for values in inside.values())))

    @cached_property
    def outcomes(self) -> dict[Combination, Outcome]:
        """What each combination decides."""
        ways = product(*self.inside.values())
        outcomes = (FrozenMap(dict(zip(self.inside, way, strict=True))) for way in ways)
        return dict(zip(self.places, outcomes, strict=True))

    def but(self, never: Sequence[Condition]) -> list[Combination]:
        """Return those of which no condition holds."""
        if not never:
            return self.places
        return [p for p, o in self.outcomes.items() if not any(when.holds(o) for when in never)]

    def sums(self, worths: Mapping[str, Sequence[int]]) -> list[int]:
        """Return what each is worth, an issue that is left out nothing."""
        totals = [0]
        for issue, values in self.inside.items():
            own = worths.get(issue) or (0,) * len(values)
            totals = [total + worth for total in totals for worth in own]
        return totals


class _OwnPoints:
    """One party's points within a group, as whole numbers."""

    def __init__(self, preference: Preference, every: _Every, unit: int) -> None:
        self._every = every
        self._worths = {
            issue: [int(points.value(preference.party, v) * unit) for v in every.inside[issue]]
            for issue, points in preference.points.items()
            if issue in every.inside
        }
        self._lines = _inside((line.never for line in preference.red_lines), every.inside)
        self._bonuses = [
            (bonus.when, int(bonus.points * unit))
            for bonus in preference.bonuses
            if bonus.when.tests.keys() <= every.inside.keys()
        ]

    def above_least(self, allowed: Sequence[Combination]) -> tuple[dict[Combination, int], int]:
        """Return the points above the party's least for every combination, and its most so.

        Bonuses inside the group are among them. Least and most are over the combinations that its
        own red lines allow.
        """
        points = dict(zip(self._every.places, self._every.sums(self._worths), strict=True))
        for when, more in self._bonuses:
            for places, outcome in self._every.outcomes.items():
                points[places] += more if when.holds(outcome) else 0
        kept = set(self._every.but(self._lines))
        own = [points[places] for places in allowed if places in kept]
        least, most = min(own, default=0), max(own, default=0)
        return {places: points[places] - least for places in allowed}, most - least
