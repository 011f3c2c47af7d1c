"""The referee for tables: every package of a dispute without conditions, as whole numbers.

Without rules, red lines, bonuses, groups and shares, a package is worth the sum of its options.
All sums are listed and compared as whole numbers, in 64 bits where the largest is seen to fit and
as Python's own where not. What a single package is, is told by the definitions of ``Referee``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.model import Choice, Curve, Dispute, Item, Table
from tests.conformance.definitions import Conflict, Vector, decisions, on_curve
from tests.conformance.oracle import Referee

Numbers = NDArray[Any]  # whole numbers: int64, or objects of type int
Mask = NDArray[np.bool_]


class Listed(Referee):
    """A dispute of independent discrete issues: all the points that all its packages have.

    Points that come several times are kept once, with how often they come. ``sums`` and ``gains``
    have a column for each party, in a unit of its own and in one for all.
    """

    def __init__(self, dispute: Dispute) -> None:
        assert not dispute.rules
        assert not dispute.groups
        assert not any(p.red_lines or p.bonuses for p in dispute.preferences.values())
        super().__init__(dispute)
        listed = [self._listed(i) for i in range(len(self.parties))]
        self.units = [unit for unit, _ in listed]
        self.number = len(listed[0][1])
        floors = [int(walk * unit) for walk, unit in zip(self.walk, self.units, strict=True)]
        columns = list(zip((sums for _, sums in listed), floors, strict=True))
        enough = np.logical_and.reduce([sums >= floor for sums, floor in columns])
        if not enough.any():
            return
        found = [np.unique(sums[enough], return_inverse=True) for sums, _ in columns]
        rows, self.counts = np.unique(
            np.column_stack([ranks for _, ranks in found]), axis=0, return_counts=True
        )
        self.sums = [values[ranks] for (values, _), ranks in zip(found, rows.T, strict=True)]
        self.places = {
            sums: place
            for place, sums in enumerate(zip(*(own.tolist() for own in self.sums), strict=True))
        }
        self.ideal = tuple(
            Fraction(int(values[-1]), unit)
            for (values, _), unit in zip(found, self.units, strict=True)
        )
        self.undominated = undominated(rows)
        self.frontier = self._vectors(self.undominated)
        self.scale, self.parts = self._above_walk_away(
            [Fraction(1) / (most - walk) if most > walk else None
             for most, walk in zip(self.ideal, self.walk, strict=True)]
        )  # fmt: skip
        self.sorted = np.sort(self.parts, axis=1)

    def _listed(self, place: int) -> tuple[int, Numbers]:
        """Return a unit and, for every package in turn, a party's points in that unit."""
        party, walk = self.parties[place], self.walk[place]
        tables = [self._points(party, issue) for issue in self.dispute.issues]
        unit = lcm(walk.denominator, *(value.denominator for table in tables for value in table))
        most = sum(max(abs(value) for value in table) for table in tables) + abs(walk)
        sums = whole([0], most * unit)
        for table in tables:
            steps = whole([int(value * unit) for value in table], most * unit)
            sums = np.add.outer(sums, steps).ravel()
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

    def _above_walk_away(self, worth: Sequence[Fraction | None]) -> tuple[int, Numbers]:
        """Return a scale and what the compared have above walk-away, a point weighing its worth.

        One row for each of the points, in whole numbers of that scale.
        """
        weights = {i: Fraction(worth[i] or 0) / self.units[i] for i in self.compared}
        scale = lcm(*(weight.denominator for weight in weights.values()))
        columns: list[Numbers] = []
        for i, weight in weights.items():
            assert self.ideal is not None
            floor, factor = int(self.walk[i] * self.units[i]), int(weight * scale)
            most = int(self.ideal[i] * self.units[i]) - floor
            columns.append(whole(self.sums[i] - floor, most * factor) * factor)
        return scale, np.column_stack([np.zeros((len(self.counts), 0), np.int64), *columns])

    def _vectors(self, chosen: Mask | NDArray[np.intp]) -> frozenset[Vector]:
        """Return chosen points as everybody's utilities."""
        columns = [
            [Fraction(value, unit) for value in own[chosen].tolist()]
            for own, unit in zip(self.sums, self.units, strict=True)
        ]
        return frozenset(zip(*columns, strict=True))

    def _place(self, vector: Vector) -> int | None:
        sums = tuple(u * unit for u, unit in zip(vector, self.units, strict=True))
        return self.places.get(sums)  # pyright: ignore[reportArgumentType] – equal, if whole

    def _greatest(self, rows: Numbers, among: Mask | None = None) -> Mask:
        """Return where the rows are lexicographically greatest, among all or some of them."""
        chosen = np.ones(len(rows), np.bool_) if among is None else among.copy()
        for column in rows.T:
            chosen &= column == column[chosen].max()
        return chosen

    @property
    def even(self) -> Mask:
        """Where the gains differ by no more than the tolerance."""
        if len(self.compared) < 2:
            return np.zeros(len(self.sorted), np.bool_)
        return self.sorted[:, -1] - self.sorted[:, 0] <= int(self.dispute.tolerance * self.scale)

    @property
    def cheap(self) -> Mask:
        """Where nobody loses more than the price against some best package."""
        best = self._greatest(self.sorted)
        price = int(self.dispute.price * self.scale)
        return np.logical_or.reduce(
            [(one - self.parts <= price).all(axis=1) for one in self.parts[best]]
        )

    def extremes(self, group: set[str], party: str) -> tuple[Fraction, Fraction] | None:
        """Return a party's least and most in a group; there are no groups here."""
        raise NotImplementedError

    def conflicts(self) -> set[Conflict]:
        """Return the smallest sets of walk-away values that cannot all hold; not listed here."""
        raise NotImplementedError

    def ties(self, vector: Vector) -> int:
        """Return how many packages are worth this to everyone."""
        place = self._place(vector)
        return 0 if place is None else int(self.counts[place])

    def is_optimal(self, vector: Vector) -> bool:
        """Tell whether nothing that is kept dominates this."""
        return vector in self.frontier

    def find(self, rule: str) -> frozenset[Vector]:
        """Return the utilities of all the answers of a rule."""
        if rule == "kalai_smorodinsky":
            return self._vectors(self._greatest(self.sorted))
        if rule == "draw":
            balanced = self.even & self.cheap & self.undominated
            return self._vectors(self._greatest(self.sorted, balanced if balanced.any() else None))
        if rule == "nash":
            gaining = (self.parts > 0).sum(axis=1)
            most = np.flatnonzero(gaining == gaining.max())
            several = self.parts[most]
            product = np.where(several > 0, several, 1).astype(object).prod(axis=1)
            best = self._greatest(np.column_stack([product, self.sorted[most]]))
            return self._vectors(most[best])
        assert rule == "egalitarian"
        _, raw = self._above_walk_away([Fraction(1)] * len(self.parties))
        least = raw.min(axis=1, keepdims=True) if self.compared else raw
        return self._vectors(self._greatest(least) & self.undominated)

    def even_but_dearer(self) -> frozenset[Vector]:
        """Return the best even utilities that cost somebody more than the price; maybe none."""
        if (self.even & self.cheap & self.undominated).any():
            return frozenset()
        dear = self.undominated & self.even & ~self.cheap
        return self._vectors(self._greatest(self.sorted, dear)) if dear.any() else frozenset()


def whole(numbers: Sequence[int] | Numbers, most: Fraction | int) -> Numbers:
    """Return whole numbers, in 64 bits if none of them nor of their sums is beyond the most."""
    return np.asarray(numbers, np.int64 if most < 2**62 else object)


def undominated(rows: NDArray[np.int64]) -> Mask:
    """Return where rows are that no other row dominates.

    What dominates a row has a greater sum: of what is left, the row with the greatest is
    dominated by nothing. It is kept, and what it dominates is left no longer.
    """
    kept = np.zeros(len(rows), np.bool_)
    places = np.argsort(-rows.sum(axis=1), kind="stable")
    left = rows[places].T.astype(np.int32)  # a column for each row: far quicker to compare
    while len(places):
        kept[places[0]] = True
        better = (left > left[:, :1]).any(axis=0)
        places, left = places[better], np.compress(better, left, axis=1)
    return kept
