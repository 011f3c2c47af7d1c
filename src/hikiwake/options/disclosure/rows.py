"""What packages at corners and on edges are worth to the hidden side, whatever it wants.

Notation: a *row* is what a package is worth: how much of each of the hidden side's numbers. a is
what it gives the known side (see :mod:`hikiwake.options.disclosure.corners`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.model import Answer, Outcome
from hikiwake.options.disclosure.corners import Corners
from hikiwake.options.disclosure.unknowns import answers_of, parts_of

Array = NDArray[Any]

MAX_PARTS = 50_000  # of a number, in a row


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows in whole parts of ``parts``, each with its combination; ``exact`` if not rounded.

    What is in ``near`` can be come near to, not reached.
    """

    parts: int
    exact: bool
    there: Sequence[tuple[int, list[int]]]
    near: Sequence[tuple[int, list[int]]]


@dataclass(frozen=True, slots=True)
class _Row:
    combination: int
    numbers: Array
    parts: int


class Worths:
    """The rows of all corners and edges."""

    def __init__(self, corners: Corners) -> None:
        self.corners = corners
        self._dispute = corners.dispute
        self.answers: list[Answer] = [
            answer for issue in self._dispute.issues for answer in answers_of(self._dispute, issue)
        ]

    def row(self, outcome: Outcome) -> dict[Answer, Fraction]:
        """Return the row of any package."""
        found = dict[Answer, Fraction]()
        for issue in self._dispute.issues:
            own = parts_of(self._dispute, self.corners.hidden, issue, outcome[issue.id])
            for answer, part in own:
                found[answer] = found.get(answer, Fraction(0)) + part
        return found

    def rows(self, least: Fraction, beyond: bool, up: bool) -> Rows:
        """Return the rows of corners and edges where a is just ``least``, and of corners with more.

        With ``beyond`` a has to be more than that. Left out is what is worth no more than another
        of the same combination, whatever the hidden side wants; what has too many parts is rounded
        ``up`` or down.
        """
        key = least, beyond, up
        if key not in self._rows:
            self._rows[key] = self._rounded(*self._at(least, beyond), up)
        return self._rows[key]

    def others(self, outcome: Outcome) -> Rows:
        """Return the rows of what gives the known side as much as a package, and is another."""
        own = self.row(outcome)
        here = [own.get(answer, Fraction(0)) for answer in self.answers]
        there, _ = self._at(self.corners.gain(outcome), False)
        rows = [
            row
            for row in there
            if any(int(x) != y * row.parts for x, y in zip(row.numbers, here, strict=True))
        ]
        return self._rounded(rows, [], up=True)

    @cached_property
    def table(self) -> tuple[Array, int]:
        """The rows of all corners, and in how many parts."""
        corners = self.corners
        columns = [self._columns(n) for n in range(len(corners.places))]
        parts = lcm(*(x.denominator for column in columns for row in column for x in row))
        total: Array = np.zeros((len(corners.gained), len(self.answers)), dtype=np.int64)
        for at, column in zip(corners.at, columns, strict=True):
            scaled = [[int(x * parts) for x in row] for row in column]
            total += np.array(scaled, dtype=np.int64).reshape(len(column), -1)[at]
        return total, parts

    def _at(self, least: Fraction, beyond: bool) -> tuple[list[_Row], list[_Row]]:
        """Return the rows that are reached, and those come near to."""
        (table, parts), corners = self.table, self.corners
        level = least * corners.units
        place = np.array([(a > level) - (a < level) for a in corners.gained], dtype=np.int64)
        there = self._of_corners(np.flatnonzero(place >= beyond))
        near = list[_Row]()
        ends = place[corners.edges]
        low, high = ends.min(axis=1, initial=1), ends.max(axis=1, initial=0)
        for one, other in corners.edges[low * high < 0].tolist():
            apart = int(corners.gained[other] - corners.gained[one])
            part = (level - int(corners.gained[one])) / apart
            row = table[one].astype(object) * part.denominator
            row = row + (table[other] - table[one]).astype(object) * part.numerator
            combination = int(corners.combination[one])
            (near if beyond else there).append(_Row(combination, row, parts * part.denominator))
        if beyond:
            flat = corners.edges[(low == 0) & (high == 1)]
            near += self._of_corners(np.unique(flat[place[flat] == 0]))
        return there, near

    def _of_corners(self, corners: Iterable[Any]) -> list[_Row]:
        table, parts = self.table
        return [_Row(int(self.corners.combination[n]), table[n], parts) for n in corners]

    def _rounded(self, there: list[_Row], near: list[_Row], up: bool) -> Rows:
        exact = lcm(*{row.parts for row in (*there, *near)})
        parts = min(exact, MAX_PARTS)

        def whole(rows: list[_Row]) -> Array:
            scaled = [
                [row.combination, -row.combination]  # of another combination none is as large
                + [
                    -(-int(x) * parts // row.parts) if up else int(x) * parts // row.parts
                    for x in row.numbers
                ]
                for row in rows
            ]
            return np.array(scaled, dtype=np.int64).reshape(-1, len(self.answers) + 2)

        reached = _largest(whole(there))
        near_only = _largest(whole(near), reached)
        return Rows(parts, parts == exact, _listed(reached), _listed(near_only))

    def _columns(self, n: int) -> list[list[Fraction]]:
        """Return the rows of the places of an issue."""
        issue = self._dispute.issues[n]
        found: list[list[Fraction]] = []
        for value in self.corners.places[n]:
            own = {answer: Fraction(0) for answer in self.answers}
            for answer, part in parts_of(self._dispute, self.corners.hidden, issue, value):
                own[answer] += part
            found.append(list(own.values()))
        return found

    @cached_property
    def _rows(self) -> dict[tuple[Fraction, bool, bool], Rows]:
        return {}


def _listed(rows: Array) -> list[tuple[int, list[int]]]:
    return [(combination, own) for combination, _, *own in rows.tolist()]


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


__all__ = ["MAX_PARTS", "Rows", "Worths"]
