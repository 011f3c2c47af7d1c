"""All packages between two sides where something is divided: corners, and edges between them.

A piece of an issue that is divided lies between two of its places: its ends, the bounds of rules
and red lines, and where the known side's curve bends. A corner has every issue at a place; along an
edge one issue goes through a piece. On the packages that give the known side at least so much, what
the hidden side gets is largest at a corner, or where an edge is just so much worth.

Notation: a is what a package gives the known side beyond its walk-away value. A *row* is what a
package is worth to the hidden side: how much of each of its numbers.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import lcm, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.model import (
    Amount,
    Answer,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    Issue,
    Money,
    Outcome,
    Value,
)
from hikiwake.model.condition import Beyond, SharesBeyond
from hikiwake.options.disclosure.unknowns import answers_of, parts_of

Array = NDArray[Any]

MAX_CORNERS = 1_500
MAX_PARTS = 50_000  # of a number, in a row


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows in whole parts of ``parts``; ``exact`` if they are not rounded.

    What is in ``near`` can be come near to, not reached.
    """

    parts: int
    exact: bool
    there: Array
    near: Array


class Corners:
    """The corners and edges, as one who looks sees them. ``gained`` is a at each, in ``units``."""

    def __init__(self, dispute: Dispute, hidden: str) -> None:
        self.dispute, self.hidden = dispute, hidden
        (self.known,) = (party for party in dispute.party_ids if party != hidden)
        self._places = [places_of(dispute, self.known, issue) for issue in dispute.issues]
        self._shape = tuple(map(len, self._places))
        self.answers: list[Answer] = [a for i in dispute.issues for a in answers_of(dispute, i)]
        worths = [self._worths(n) for n in range(len(self._shape))]
        own = dispute.preferences[self.known]
        walk_away = dispute.walk_away(self.known)
        numbers = [walk_away, *(bonus.points for bonus in own.bonuses)]
        self.units = lcm(*(x.denominator for x in (*numbers, *(x for w in worths for x in w))))
        total: Array = np.full(self._shape, -int(walk_away * self.units), dtype=object)
        for n, column in enumerate(worths):
            total += self._along(np.array([int(x * self.units) for x in column], dtype=object), n)
        for bonus in own.bonuses:
            total += int(bonus.points * self.units) * self._where(bonus.when, None)
        kept = self._allowed(None)
        self._number: Array = np.where(kept, np.cumsum(kept).reshape(kept.shape) - 1, -1)
        self.gained: Array = total[kept]
        self.edges = np.array([pair for n in range(len(self._shape)) for pair in self._edges(n)])
        self.edges = self.edges.reshape(-1, 2).astype(np.int64)

    def gain(self, outcome: Outcome) -> Fraction:
        """Return a of any package."""
        return self.dispute.utility(self.known, outcome) - self.dispute.walk_away(self.known)

    def row(self, outcome: Outcome) -> dict[Answer, Fraction]:
        """Return the row of any package."""
        found = dict[Answer, Fraction]()
        for issue in self.dispute.issues:
            for answer, part in parts_of(self.dispute, self.hidden, issue, outcome[issue.id]):
                found[answer] = found.get(answer, Fraction(0)) + part
        return found

    def allowed(self, outcome: Outcome) -> bool:
        """Tell whether a package is possible, but for what the hidden side wants."""
        lines = self._conditions()
        return self.gain(outcome) >= 0 and not any(line.holds(outcome) for line in lines)

    @cached_property
    def most(self) -> Fraction:
        """The most that a is anywhere."""
        return Fraction(int(self.gained.max(initial=0)), self.units)

    def rows(self, least: Fraction, beyond: bool, up: bool) -> Rows:
        """Return the rows of corners and edges where a is just ``least``, and of corners with more.

        With ``beyond`` a has to be more than that. Left out is what is worth no more than another,
        whatever the hidden side wants; what has too many parts is rounded ``up`` or down.
        """
        key = least, beyond, up
        if key not in self._rows:
            self._rows[key] = self._rounded(*self._at(least, beyond), up)
        return self._rows[key]

    @cached_property
    def table(self) -> tuple[Array, int]:
        """The rows of all corners, and in how many parts."""
        columns = [self._columns(n) for n in range(len(self._shape))]
        parts = lcm(*(x.denominator for column in columns for row in column for x in row))
        kept = np.nonzero(self._number >= 0)
        total: Array = np.zeros((len(self.gained), len(self.answers)), dtype=np.int64)
        for at, column in zip(kept, columns, strict=True):
            scaled = [[int(x * parts) for x in row] for row in column]
            total += np.array(scaled, dtype=np.int64).reshape(len(column), -1)[at]
        return total, parts

    def others(self, outcome: Outcome) -> Rows:
        """Return the rows of what gives the known side as much as a package, and is another."""
        own = self.row(outcome)
        here = [own.get(answer, Fraction(0)) for answer in self.answers]
        there, _ = self._at(self.gain(outcome), False)
        rows = [
            (r, m) for r, m in there if any(int(x) != y * m for x, y in zip(r, here, strict=True))
        ]
        return self._rounded(rows, [], up=True)

    def inside(self, outcome: Outcome) -> bool:
        """Tell whether a package lies within a piece of an issue that the known side cares for."""
        for n, issue in enumerate(self.dispute.issues):
            if outcome[issue.id] not in self._places[n]:
                places = [_number(self.known, place) for place in self._places[n]]
                after = bisect(places, _number(self.known, outcome[issue.id]))
                worths = self._worths(n)
                if worths[after - 1] != worths[after]:
                    return True
        return False

    def _at(self, least: Fraction, beyond: bool) -> tuple[list[Any], list[Any]]:
        """Return the rows that are reached, and those come near to, each with its denominator."""
        table, parts = self.table
        level = least * self.units
        place = np.array([(a > level) - (a < level) for a in self.gained], dtype=np.int64)
        there = [(row, parts) for row in table[place >= beyond]]
        near = list[Any]()
        ends = place[self.edges]
        for one, other in self.edges[ends.min(axis=1, initial=1) * ends.max(axis=1, initial=0) < 0]:
            apart = int(self.gained[other] - self.gained[one])
            part = (level - int(self.gained[one])) / apart
            row = table[one].astype(object) * part.denominator
            row = row + (table[other] - table[one]).astype(object) * part.numerator
            (near if beyond else there).append((row, parts * part.denominator))
        if beyond:
            flat = self.edges[
                (ends.min(axis=1, initial=1) == 0) & (ends.max(axis=1, initial=0) == 1)
            ]
            level_ends = np.unique(flat[place[flat] == 0])
            near += [(row, parts) for row in table[level_ends]]
        return there, near

    def _rounded(self, there: list[Any], near: list[Any], up: bool) -> Rows:
        exact = lcm(*{many for _, many in (*there, *near)})
        parts = min(exact, MAX_PARTS)

        def whole(rows: list[Any]) -> Array:
            scaled = [
                [-(-int(x) * parts // many) if up else int(x) * parts // many for x in row]
                for row, many in rows
            ]
            return np.array(scaled, dtype=np.int64).reshape(-1, len(self.answers))

        reached = _largest(whole(there))
        return Rows(parts, parts == exact, reached, _largest(whole(near), reached))

    def _columns(self, n: int) -> list[list[Fraction]]:
        """Return the rows of the places of an issue."""
        issue = self.dispute.issues[n]
        found: list[list[Fraction]] = []
        for value in self._places[n]:
            parts = parts_of(self.dispute, self.hidden, issue, value)
            own = {a: Fraction(0) for a in self.answers}
            for answer, part in parts:
                own[answer] += part
            found.append(list(own.values()))
        return found

    def _worths(self, n: int) -> list[Fraction]:
        points = self.dispute.preferences[self.known].points.get(self.dispute.issues[n].id)
        return [
            Fraction(0) if points is None else points.value(self.known, value)
            for value in self._places[n]
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
        for condition in self._conditions():
            allowed &= ~self._where(condition, along)
        return allowed

    def _conditions(self) -> Iterator[Condition]:
        yield from (rule.never for rule in self.dispute.rules)
        yield from (line.never for line in self.dispute.preferences[self.known].red_lines)

    def _where(self, condition: Condition, along: int | None) -> Array:
        shape = [size - (n == along) for n, size in enumerate(self._shape)]
        holds: Array = np.ones(shape, dtype=bool)
        for n, issue in enumerate(self.dispute.issues):
            if issue.id in condition.tests:
                places = self._places[n]
                if n == along:
                    places = [_middle(*two) for two in pairwise(places)]
                own = [condition.tests[issue.id].holds(value) for value in places]
                holds &= self._along(np.array(own, dtype=bool), n)
        return holds

    def _along(self, values: Array, n: int) -> Array:
        shape = [1] * len(self._shape)
        shape[n] = len(values)
        return values.reshape(shape)

    @cached_property
    def _rows(self) -> dict[tuple[Fraction, bool, bool], Rows]:
        return {}


def places_of(dispute: Dispute, known: str, issue: Issue) -> list[Value]:
    """Return every decision of an issue, or the places between which its pieces lie."""
    whole = dispute.decisions_of(issue)
    if whole is not None:
        return list(whole)
    own = dispute.preferences[known]
    lines = [*dispute.rules, *own.red_lines]
    bounds = {b for line in lines for b in _bounds(line.never, issue, known)}
    if not isinstance(issue, Amount):
        low, high = _span(issue)
        return [_divided(dispute, known, issue, own) for own in _within(bounds, low, high)]
    points = own.points.get(issue.id)
    bends = {x for x, _ in points.corners} if isinstance(points, Curve) else set[Fraction]()
    return [*_within(bounds | bends, issue.min, issue.max)]


def fits_corners(dispute: Dispute) -> bool:
    """Tell whether two sides divide something, and all corners can be listed.

    What is even in a group is not known at corners alone.
    """
    if len(dispute.parties) != 2 or any(group.not_for_trade for group in dispute.groups):
        return False
    if all(dispute.decisions_of(issue) is not None for issue in dispute.issues):
        return False
    first, other = dispute.party_ids
    sizes = (prod(len(places_of(dispute, p, i)) for i in dispute.issues) for p in (first, other))
    return max(sizes) <= MAX_CORNERS


def _span(issue: Issue) -> tuple[Fraction, Fraction]:
    """Return the least and the most of a share or of money that is one side's."""
    return issue.span(2) if isinstance(issue, Money) else (Fraction(0), Fraction(1))


def _bounds(line: Condition, issue: Issue, known: str) -> Iterator[Fraction]:
    """Yield where a test of an issue begins and ends to hold; of a share, as the known side's."""
    test = line.tests.get(issue.id)
    if isinstance(test, Beyond):
        yield from (bound for bound in (test.above, test.below) if bound is not None)
    if isinstance(test, SharesBeyond):
        for party, own in test.parties.items():
            for bound in (own.above, own.below):
                if bound is not None:
                    yield bound if party == known else sum(_span(issue)) - bound


def _within(bounds: set[Fraction], low: Fraction, high: Fraction) -> list[Fraction]:
    return sorted({low, high} | {bound for bound in bounds if low < bound < high})


def _divided(dispute: Dispute, known: str, issue: Issue, own: Fraction) -> Value:
    rest = sum(_span(issue)) - own
    return FrozenMap({party: own if party == known else rest for party in dispute.party_ids})


def _number(known: str, value: Value) -> Fraction:
    number = value[known] if isinstance(value, FrozenMap) else value
    assert isinstance(number, Fraction)
    return number


def _middle(one: Value, other: Value) -> Value:
    if isinstance(one, FrozenMap) and isinstance(other, FrozenMap):
        return FrozenMap({party: (part + other[party]) / 2 for party, part in one.items()})
    assert isinstance(one, Fraction)
    assert isinstance(other, Fraction)
    return (one + other) / 2


def _largest(rows: Array, others: Array | None = None) -> Array:
    """Return the rows that are not below another, nor below one of some others, in all numbers."""
    rows = np.unique(rows, axis=0)
    rows = rows[np.argsort(-rows.sum(axis=1), kind="stable")]
    kept = np.empty_like(rows)
    count = 0
    for row in rows:
        if (kept[:count] >= row).all(axis=1).any():
            continue
        if others is not None and (others >= row).all(axis=1).any():
            continue
        kept[count] = row
        count += 1
    return kept[:count]


__all__ = ["Corners", "Rows", "fits_corners", "places_of"]
