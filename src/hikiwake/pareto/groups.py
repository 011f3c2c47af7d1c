"""Groups that are not for trade: how even every combination is within a group (H8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm, prod

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

MAX_COMBINATIONS = 200_000

Combination = tuple[int, ...]
Values = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
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
        apart = self._apart(combination)
        return None if apart is None else Fraction(apart, self.whole)

    def _apart(self, combination: Combination) -> int | None:
        compared = [part for part in self.parts[combination] if part is not None]
        return max(compared) - min(compared) if len(compared) >= 2 else None

    def shares_at(self, outcome: Outcome) -> tuple[Fraction | None, ...]:
        """Return every party's share of the group at an outcome that the public rules allow."""
        return self.shares(self.of(outcome))

    def imbalance_at(self, outcome: Outcome) -> Fraction | None:
        """Return the imbalance at an outcome; None also where public rules do not allow it."""
        combination = self.of(outcome)
        return self.imbalance(combination) if combination in self.parts else None

    def within(self, level: Fraction) -> frozenset[Combination]:
        """Return the combinations whose imbalance is at most ``level``."""
        most = level.numerator * self.whole
        return frozenset(c for c in self.parts if (self._apart(c) or 0) * level.denominator <= most)

    def levels(self) -> set[Fraction]:
        """Return every imbalance that occurs."""
        apart = {self._apart(combination) for combination in self.parts}
        return {Fraction(level, self.whole) for level in apart if level is not None}

    def of(self, outcome: Outcome) -> Combination:
        """Return the combination that an outcome has on the group's issues."""
        return tuple(
            places[outcome[issue]] for issue, places in zip(self.issues, self.places, strict=True)
        )


def group_tables(dispute: Dispute, units: tuple[int, ...]) -> tuple[GroupTable, ...]:
    """Return the table of every group not for trade; ``units`` make points whole numbers."""
    return tuple(_table(dispute, group, units) for group in dispute.groups if group.not_for_trade)


def _table(dispute: Dispute, group: Group, units: tuple[int, ...]) -> GroupTable:
    issues = [dispute.issue(issue) for issue in group.issues]
    values = tuple(dispute.decisions_of(issue) or () for issue in issues)
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
    inside = dict(zip(group.issues, values, strict=True))
    public = _inside((rule.never for rule in dispute.rules), inside)
    combinations: dict[Combination, Outcome] = {
        places: FrozenMap({i: v[p] for i, v, p in zip(group.issues, values, places, strict=True)})
        for places in product(*(range(len(v)) for v in values))
    }
    allowed = {
        places: outcome
        for places, outcome in combinations.items()
        if not any(condition.holds(outcome) for condition in public)
    }
    own = [
        _OwnPoints(dispute.preferences[party], inside, unit)
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
    return GroupTable(group.id, group.issues, numbered, parts, whole)


def _inside(conditions: Iterable[Condition], issues: Mapping[str, object]) -> list[Condition]:
    return [condition for condition in conditions if condition.tests.keys() <= issues.keys()]


class _OwnPoints:
    """One party's points within a group, as whole numbers."""

    def __init__(self, preference: Preference, inside: Mapping[str, Values], unit: int) -> None:
        self._tables = {
            issue: {v: int(points.value(preference.party, v) * unit) for v in inside[issue]}
            for issue, points in preference.points.items()
            if issue in inside
        }
        self._lines = _inside((line.never for line in preference.red_lines), inside)
        self._bonuses = [
            (bonus.when, int(bonus.points * unit))
            for bonus in preference.bonuses
            if bonus.when.tests.keys() <= inside.keys()
        ]

    def at(self, outcome: Outcome) -> int:
        """Return the points for a combination, bonuses inside the group included."""
        total = sum(table[outcome[issue]] for issue, table in self._tables.items())
        return total + sum(points for when, points in self._bonuses if when.holds(outcome))

    def above_least(
        self, allowed: Mapping[Combination, Outcome]
    ) -> tuple[dict[Combination, int], int]:
        """Return the points above the party's least for every combination, and its most so.

        Least and most are over the combinations that its own red lines allow.
        """
        points = {places: self.at(outcome) for places, outcome in allowed.items()}
        own = [
            points[places]
            for places, outcome in allowed.items()
            if not any(line.holds(outcome) for line in self._lines)
        ]
        least, most = min(own, default=0), max(own, default=0)
        return {places: value - least for places, value in points.items()}, most - least
