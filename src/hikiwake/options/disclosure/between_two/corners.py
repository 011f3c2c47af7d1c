"""All packages between two sides where something is divided: corners, and edges between them.

A piece of an issue that is divided lies between two of its places: its ends, the bounds of rules
and red lines, and where the known side's curve bends. A corner has every issue at a place; along an
edge one issue goes through a piece. On the packages that give the known side at least so much, what
the hidden side gets is largest at a corner, or where an edge is just so much worth.

Notation: a is what a package gives the known side beyond its walk-away value. The *combination* of
a corner is what it decides in groups that are not for trade, all of whole issues: all of an edge
has the same.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import lcm, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.model import Condition, Dispute, Outcome, Value
from hikiwake.numeric import fits_int64
from hikiwake.options.disclosure.between_two.places import middle, number_of, places_of
from hikiwake.options.disclosure.between_two.staked import covered, staked_of

Array = NDArray[Any]

MAX_CORNERS = 100_000


class Corners:
    """The corners and edges, as one who looks sees them.

    ``gained`` is a at each corner, in ``units``. ``at`` is the place of each issue there, and
    ``combination`` a number for its combination.

    ``points`` is what each place of each issue is worth to the known side, ``walk_away`` what it
    keeps, ``bonuses`` when it gets how much more: all in ``units``. ``edges`` are the corners at
    both ends of each.
    """

    def __init__(self, dispute: Dispute, hidden: str) -> None:
        self.dispute, self.hidden = dispute, hidden
        (self.known,) = (party for party in dispute.party_ids if party != hidden)
        self.places = [places_of(dispute, self.known, issue) for issue in dispute.issues]
        self._shape = tuple(map(len, self.places))
        worths = [self._worths(n) for n in range(len(self._shape))]
        own = dispute.preferences[self.known]
        walk_away = dispute.walk_away(self.known)
        numbers = [walk_away, *(bonus.points for bonus in own.bonuses)]
        self.units = lcm(*(x.denominator for x in (*numbers, *(x for w in worths for x in w))))
        self.points = [[int(x * self.units) for x in column] for column in worths]
        self.walk_away = int(walk_away * self.units)
        self.bonuses = [(int(one.points * self.units), one.when) for one in own.bonuses]
        self._kept = self._allowed(None)
        self._number: Array = np.where(
            self._kept, np.cumsum(self._kept).reshape(self._shape) - 1, -1
        )
        self.at: tuple[Array, ...] = np.nonzero(self._kept)
        more = [points for points, _ in self.bonuses]
        self.gained: Array = self.sums(self.points, -self.walk_away, sum(map(abs, more)))
        for points, when in self.bonuses:
            self.gained += points * self._where(when, None)[self._kept]
        self.edges = np.array([pair for n in range(len(self._shape)) for pair in self._edges(n)])
        self.edges = self.edges.reshape(-1, 2).astype(np.int64)
        self.stakes = staked_of(dispute, hidden)
        self.combination: Array = np.zeros(len(self.gained), dtype=np.int64)
        for stake, inside in zip(self.stakes, self._inside(self.at), strict=True):
            self.combination = self.combination * len(stake.parts) + inside

    def sums(self, columns: Sequence[Sequence[int]], further: int, room: int = 0) -> Array:
        """Return at each corner the sum of a whole number for the place of each issue, and of one
        more; ``room`` is what else is to be added."""
        largest = abs(further) + room + sum(max(map(abs, column)) for column in columns)
        exact: Any = np.int64 if fits_int64(largest) else object
        total: Array = np.array(further, dtype=exact)
        for column in columns:
            total = np.add.outer(total, np.array(column, dtype=exact))
        return total[self._kept]

    def over(self, least: Fraction) -> Array:
        """Return a at each corner beyond ``least``, times a whole number above 0."""
        level = least * self.units
        largest = int(abs(self.gained).max(initial=0)) * level.denominator + abs(level.numerator)
        gained = self.gained if fits_int64(largest) else self.gained.astype(object)
        return gained * level.denominator - level.numerator

    def parts_of_edges(self, most: int) -> int:
        """Return into how many parts to divide edges so that a is 0 at one of them, if anywhere.

        Where these are more than ``most``, some number above that.
        """
        one, other = self.gained[self.edges.T]
        across = (one < 0) & (other > 0) | (one > 0) & (other < 0)
        found = 1
        for start, end in set(zip(one[across].tolist(), other[across].tolist(), strict=True)):
            if found <= most:
                found = lcm(found, Fraction(start, end - start).denominator)
        return found

    def gain(self, outcome: Outcome) -> Fraction:
        """Return a of any package."""
        return self.dispute.utility(self.known, outcome) - self.dispute.walk_away(self.known)

    def allowed(self, outcome: Outcome) -> bool:
        """Tell whether a package is possible, but for what the hidden side wants."""
        lines = self.conditions()
        return self.gain(outcome) >= 0 and not any(line.holds(outcome) for line in lines)

    def decided_by(self, outcome: Outcome) -> list[int]:
        """Return the combination of each group in a package."""
        issues = zip(self.dispute.issues, self.places, strict=True)
        at = [v.index(outcome[i.id]) if outcome[i.id] in v else 0 for i, v in issues]
        return [int(inside) for inside in self._inside(at)]

    def decided(self, combination: int) -> list[int]:
        """Return the combination of each group in one of all together."""
        sizes = [len(stake.parts) for stake in self.stakes]
        return [int(inside) for inside in np.unravel_index(combination, sizes)] if sizes else []

    @cached_property
    def most(self) -> Fraction:
        """The most that a is anywhere."""
        return Fraction(int(self.gained.max(initial=0)), self.units)

    def inside(self, outcome: Outcome) -> bool:
        """Tell whether a package lies within a piece of an issue that the known side cares for."""
        for n, issue in enumerate(self.dispute.issues):
            if outcome[issue.id] not in self.places[n]:
                start = self.piece(n, outcome[issue.id])
                if self.points[n][start] != self.points[n][start + 1]:
                    return True
        return False

    def piece(self, n: int, value: Value) -> int:
        """Return after which place of an issue the piece begins within which a value lies."""
        places = [number_of(self.known, place) for place in self.places[n]]
        return bisect(places, number_of(self.known, value)) - 1

    def _inside(self, at: Sequence[Any]) -> Iterator[Any]:
        """Yield the combination of each group where issues are at these places."""
        for stake in self.stakes:
            yield np.ravel_multi_index([at[n] for n in stake.issues], stake.shape)

    def _worths(self, n: int) -> list[Fraction]:
        points = self.dispute.preferences[self.known].points.get(self.dispute.issues[n].id)
        return [
            Fraction(0) if points is None else points.value(self.known, value)
            for value in self.places[n]
        ]

    def _edges(self, n: int) -> Array:
        """Return the corners at both ends of each edge along an issue."""
        if self.dispute.decisions_of(self.dispute.issues[n]) is not None:
            return np.zeros((0, 2), dtype=np.int64)
        kept = self._allowed(n)
        size = self._shape[n]
        ends = [self._number.take(range(k, size - 1 + k), axis=n)[kept] for k in (0, 1)]
        return np.stack(ends, axis=1)

    def _allowed(self, along: int | None) -> Array:
        """Return which corners, or edges along an issue, are allowed."""
        shape = [size - (n == along) for n, size in enumerate(self._shape)]
        allowed = np.ones(shape, dtype=bool)
        for condition in self.conditions():
            allowed &= ~self._where(condition, along)
        return allowed

    def conditions(self) -> Iterator[Condition]:
        """Yield what must not be: the public rules and the known side's red lines."""
        yield from (rule.never for rule in self.dispute.rules)
        yield from (line.never for line in self.dispute.preferences[self.known].red_lines)

    def _where(self, condition: Condition, along: int | None) -> Array:
        shape = [size - (n == along) for n, size in enumerate(self._shape)]
        holds: Array = np.ones(shape, dtype=bool)
        for n, issue in enumerate(self.dispute.issues):
            if issue.id in condition.tests:
                places: list[Value] = self.places[n]
                if n == along:
                    places = [middle(*two) for two in pairwise(places)]
                own = [condition.tests[issue.id].holds(value) for value in places]
                holds &= self._along(np.array(own, dtype=bool), n)
        return holds

    def _along(self, values: Array, n: int) -> Array:
        shape = [1] * len(self._shape)
        shape[n] = len(values)
        return values.reshape(shape)


def fits_corners(dispute: Dispute, hidden: str) -> bool:
    """Tell whether two sides divide something, and all corners can be listed.

    Groups not for trade have to be of whole issues: what is even elsewhere is not known at corners.
    It rests on what the known side knows alone.
    """
    if len(dispute.parties) != 2 or not covered(dispute, hidden):
        return False
    if all(dispute.decisions_of(issue) is not None for issue in dispute.issues):
        return False
    (known,) = (party for party in dispute.party_ids if party != hidden)
    return prod(len(places_of(dispute, known, one)) for one in dispute.issues) <= MAX_CORNERS


__all__ = ["MAX_CORNERS", "Corners", "fits_corners"]
