"""The referee for tables: every package of a dispute without conditions, as whole numbers.

Without rules, red lines, bonuses, groups and shares, a package is worth the sum of its options.
All sums are listed, in Python's own integers: half a million packages take seconds where
``Enumeration`` takes minutes. What follows from them is the same definitions.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import lcm
from operator import ge

from hikiwake.model import Choice, Curve, Dispute, Item, Table
from tests.conformance.definitions import Case, Conflict, Count, Vector, decisions, on_curve
from tests.conformance.oracle import Enumeration

Whole = tuple[int, ...]


class Listed(Enumeration):
    """A dispute of independent discrete issues: all the points of all its packages."""

    def __init__(self, dispute: Dispute) -> None:
        assert not dispute.rules
        assert not dispute.groups
        assert not any(p.red_lines or p.bonuses for p in dispute.preferences.values())
        Case.__init__(self, dispute)
        self.fallback = False
        self.least_uneven = Fraction(0)
        self.ideal = None
        self._answers = {}
        columns = [self._sums(party) for party in self.parties]
        units = [unit for unit, _ in columns]
        floors = [walk * unit for walk, unit in zip(self.walk, units, strict=True)]
        self.counts = Counter(
            sums
            for sums in zip(*(sums for _, sums in columns), strict=True)
            if all(a >= b for a, b in zip(sums, floors, strict=True))
        )
        self.number = len(columns[0][1])
        best = unbeaten(set(self.counts))
        self.whole: dict[Vector, Whole] = {
            tuple(Fraction(s, unit) for s, unit in zip(sums, units, strict=True)): sums
            for sums in self.counts
        }
        self.vectors = set(self.whole)
        if self.vectors:
            self.ideal = tuple(max(column) for column in zip(*self.vectors, strict=True))
            self.frontier = {vector for vector, sums in self.whole.items() if sums in best}

    def _sums(self, party: str) -> tuple[int, list[int]]:
        """Return a unit and, for every package in turn, a party's points times that unit."""
        tables = [self._points(party, issue) for issue in self.dispute.issues]
        unit = lcm(*(value.denominator for table in tables for value in table))
        sums = [0]
        for table in tables:
            whole = [int(value * unit) for value in table]
            sums = [before + value for before in sums for value in whole]
        return unit, sums

    def _points(self, party: str, issue: object) -> list[Fraction]:
        assert isinstance(issue, Choice | Item) or getattr(issue, "step", None)
        names = decisions(self.dispute, issue)  # pyright: ignore[reportArgumentType]
        table = self.dispute.preferences[party].points.get(issue.id)  # pyright: ignore[reportAttributeAccessIssue]
        if table is None:
            return [Fraction(0)] * len(names)
        if isinstance(table, Curve):
            return [on_curve(table, name) for name in names]
        assert isinstance(table, Table)
        return [table.points[name] for name in names]

    def conflicts(self) -> set[Conflict]:
        """Return the smallest sets of walk-away values that cannot all hold; not listed here."""
        raise NotImplementedError

    def ties(self, vector: Vector) -> Count:
        """Return how many packages are worth this to everyone."""
        return self.counts[self.whole[vector]] if vector in self.whole else 0


def unbeaten(found: set[Whole]) -> set[Whole]:
    """Return the points that no other one beats: whatever beats one comes before it in sum."""
    kept: list[Whole] = []
    for point in sorted(found, key=lambda one: (sum(one), one), reverse=True):
        for place, other in enumerate(kept):
            if all(map(ge, other, point)):
                # What has just beaten one point is likely to beat the next.
                kept.insert(0, kept.pop(place))
                break
        else:
            kept.append(point)
    return set(kept)
