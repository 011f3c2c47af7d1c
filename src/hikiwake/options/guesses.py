"""Packages as straight lines in what each party answered, and boxes of what it may have meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from hikiwake.model import Answer, Dispute, Money, Span
from hikiwake.options.guessed_lines import Array, Lines
from hikiwake.options.guessed_lists import Packages, lines_of, packages, walk_away_weights
from hikiwake.pareto.compiled import compiled

Mask = Any  # a NumPy array of truth values
Corner = tuple[Fraction, ...]  # one number for each answer of a side


@dataclass(frozen=True, slots=True)
class Side:
    """One party: its points above its walk-away value, for every package, by its answers.

    ``rows`` has a line for each package and a whole number for each answer; the party's points
    above its walk-away value are their sum of products, times a number that is the same for all.
    """

    party: str
    answers: tuple[Answer, ...]
    given: Corner
    rows: Array

    def surplus(self, numbers: Sequence[int | Fraction]) -> Array:
        """Return the points above the walk-away value of each package, on a scale of its own."""
        return self.rows @ np.array(_whole(numbers), dtype=object)


@dataclass(frozen=True, slots=True)
class Box:
    """What one side may have meant: a range for each answer, in whole numbers of one unit."""

    side: Side
    low: Array
    high: Array
    unit: int

    @property
    def varying(self) -> list[int]:
        """The places of the answers that are not sure."""
        return [j for j, (a, b) in enumerate(zip(self.low, self.high, strict=True)) if a < b]

    def most(self, rows: Array) -> Array:
        """Return the most that each line can come to, over the box."""
        if isinstance(rows, Lines):
            return rows.most(self.low, self.high)
        return np.maximum(rows, 0) @ self.high + np.minimum(rows, 0) @ self.low

    def least(self, rows: Array) -> Array:
        """Return the least that each line can come to, over the box."""
        return -self.most(-rows)

    def where_most(self, row: Array) -> Corner:
        """Return a corner of the box where one line comes to its most."""
        ends = zip(row, self.low, self.high, strict=True)
        return tuple(Fraction(high if c > 0 else low, self.unit) for c, low, high in ends)

    def middle(self) -> Array:
        """Return the answers as given, in the unit of the box."""
        return np.array([int(number * self.unit) for number in self.side.given], dtype=object)


@dataclass(frozen=True, slots=True)
class Guesses:
    """A dispute whose packages are listed: all that keep every rule and red line.

    Where something is divided: every way to decide the rest.
    """

    dispute: Dispute
    outcomes: Packages
    sides: tuple[Side, ...]


def guesses(dispute: Dispute) -> Guesses:
    """Return every package of a dispute by each side's answers.

    Raises
    ------
    TooLarge
        If there are more than ``MAX_COMBINATIONS`` combinations (H18).
    """
    listed = packages(compiled(dispute))
    return Guesses(dispute, listed, tuple(_side(listed, party) for party in dispute.party_ids))


def _side(listed: Packages, party: str) -> Side:
    answers = listed.compiled.dispute.preferences[party].answers()
    rows, _ = lines_of(listed, party, walk_away_weights(listed, party))
    return Side(party, tuple(answers), tuple(answers.values()), rows)


def box(side: Side, spans: Mapping[Answer, Span]) -> Box:
    """Return the box in which some answers have a range and the others are as given."""
    pairs = zip(side.answers, side.given, strict=True)
    ranges = [spans.get(answer, (number, number)) for answer, number in pairs]
    unit = lcm(*(end.denominator for span in ranges for end in span))
    unit = lcm(unit, *(number.denominator for number in side.given))
    low, high = ([int(span[end] * unit) for span in ranges] for end in (0, 1))
    return Box(side, np.array(low, dtype=object), np.array(high, dtype=object), unit)


def at(side: Side, numbers: Corner) -> Box:
    """Return the box that holds one set of answers and no other."""
    unit = lcm(*(number.denominator for number in (*numbers, *side.given)))
    there = np.array([int(number * unit) for number in numbers], dtype=object)
    return Box(side, there, there, unit)


def asked_answers(dispute: Dispute, side: Side) -> tuple[Answer, ...]:
    """Return the answers of a side that are guesses: those with a range, and all that are not 0.

    A plain 0 is the zero of its scale, from which the others are counted; what a unit of money is
    worth is what they are counted in (H28).
    """
    ranges = dispute.preferences[side.party].ranges
    money = {issue.id for issue in dispute.issues if isinstance(issue, Money)}
    pairs = zip(side.answers, side.given, strict=True)
    return tuple(a for a, number in pairs if a in ranges or (number and a.issue not in money))


def _whole(numbers: Sequence[int | Fraction]) -> list[int]:
    unit = lcm(*(Fraction(number).denominator for number in numbers))
    return [int(number * unit) for number in numbers]
