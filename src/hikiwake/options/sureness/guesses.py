"""Packages as straight lines in what each party answered, and sets of what it may have meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from hikiwake.errors import Fault, InvalidDispute, TooLarge
from hikiwake.model import Answer, Constraint, Dispute, Money, Preference, Span
from hikiwake.numeric import wholes
from hikiwake.options.sureness.linked import Linked
from hikiwake.options.sureness.lists import Packages, lines_of, packages, walk_away_weights
from hikiwake.options.sureness.long_lines import Array, Lines
from hikiwake.pareto.compiled import compiled
from hikiwake.solvers.deadline import UNLIMITED, Deadline
from hikiwake.solvers.regions import MAX_CORNERS, parts_of

MAX_LINKED = 10_000  # packages, where answers are linked
MAX_SOLVED = 500  # packages, where the corners of a set are too many to be listed

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
    """What one side may have meant: a range for each answer, in whole numbers of one unit.

    Answers that are ``linked`` vary together, within their ranges; all others for themselves.
    """

    side: Side
    low: Array
    high: Array
    unit: int
    linked: tuple[Linked, ...] = ()

    @property
    def varying(self) -> list[int]:
        """The places of the answers that are not sure."""
        return [j for j, (a, b) in enumerate(zip(self.low, self.high, strict=True)) if a < b]

    def most(self, rows: Array) -> Array:
        """Return the most that each line can come to, over the set, on a scale of its own."""
        if not self.linked:
            return _most(rows, self.low, self.high)
        lines, low, high = np.asarray(rows), self.low.copy(), self.high.copy()
        for one in self.linked:
            low[one.places] = high[one.places] = 0
        scale = lcm(*(one.scale for one in self.linked))
        found = _most(lines, low, high) * scale
        for one in self.linked:
            found = found + one.most(lines[:, one.places]) * (self.unit * scale // one.scale)
        return found

    def least(self, rows: Array) -> Array:
        """Return the least that each line can come to, over the set."""
        return -self.most(-rows)

    def where_most(self, row: Array) -> Corner:
        """Return a corner of the set where one line comes to its most."""
        ends = zip(row, self.low, self.high, strict=True)
        corner = [Fraction(high if c > 0 else low, self.unit) for c, low, high in ends]
        return self._with(corner, ((one, one.where_most(row[one.places])) for one in self.linked))

    def moved(self, place: int) -> tuple[Corner, Corner]:
        """Return all answers with one of them at its low and at its high end.

        The others are as given; those that are linked to it move to the middle of what is left.
        """
        for one in self.linked:
            if place in one.places:
                ends = one.ends(one.places.index(place))
                low, high = (self._with(self.side.given, [(one, end)]) for end in ends)
                return low, high
        low, high = list(self.side.given), list(self.side.given)
        low[place] = Fraction(self.low[place], self.unit)
        high[place] = Fraction(self.high[place], self.unit)
        return tuple(low), tuple(high)

    def middle(self) -> Array:
        """Return the answers as given, in the unit of the box."""
        return np.array(wholes(self.side.given, self.unit), dtype=object)

    def _with(self, numbers: Sequence[Fraction], points: Iterable[tuple[Linked, Corner]]) -> Corner:
        found = list(numbers)
        for one, point in points:
            for place, number in zip(one.places, point, strict=True):
                found[place] = number
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Guesses:
    """A dispute whose packages are listed: all that keep every rule and red line.

    Where something is divided: every way to decide the rest.
    """

    dispute: Dispute
    outcomes: Packages
    sides: tuple[Side, ...]
    deadline: Deadline = UNLIMITED


def guesses(dispute: Dispute, deadline: Deadline = UNLIMITED) -> Guesses:
    """Return every package of a dispute by each side's answers.

    Raises
    ------
    TooLarge
        If there are more than ``MAX_COMBINATIONS`` combinations (H18).
    """
    listed = packages(compiled(dispute))
    sides = tuple(side_of(listed, party) for party in dispute.party_ids)
    return Guesses(dispute, listed, sides, deadline)


def side_of(listed: Packages, party: str) -> Side:
    """Return a party, with a line for each of some packages."""
    dispute = listed.compiled.dispute
    own = dispute.preferences[party]
    answers = own.answers()
    rows, _ = lines_of(listed, party, walk_away_weights(dispute, own))
    return Side(party, tuple(answers), tuple(answers.values()), rows)


def box(side: Side, spans: Mapping[Answer, Span], relations: Sequence[Constraint] = ()) -> Box:
    """Return the set in which some answers have a range and the others are as given.

    Raises
    ------
    InvalidDispute
        If what is given does not keep the relations (H29).
    TooLarge
        If answers are linked and there are too many packages for that (H18).
    """
    pairs = zip(side.answers, side.given, strict=True)
    ranges = [spans.get(answer, (number, number)) for answer, number in pairs]
    unit = lcm(*(end.denominator for span in ranges for end in span))
    unit = lcm(unit, *(number.denominator for number in side.given))
    low, high = ([int(span[end] * unit) for span in ranges] for end in (0, 1))
    places = {answer: place for place, answer in enumerate(side.answers)}
    limits = [
        ({places[answer]: weight for answer, weight in weights.items()}, most)
        for relation in relations
        for weights, most in relation.limits()
    ]
    for weights, most in limits:
        if sum((weight * side.given[j] for j, weight in weights.items()), Fraction(0)) > most:
            raise InvalidDispute(_not_kept(side.party))
    parts = [part for part in parts_of(ranges, limits) if part.places]
    if parts and len(side.rows) > MAX_LINKED:
        raise TooLarge(_too_many())
    linked = tuple(Linked.of(part) for part in parts)
    if len(side.rows) > MAX_SOLVED and not all(one.corners for one in linked):
        raise TooLarge(_too_linked())
    return Box(side, np.array(low, dtype=object), np.array(high, dtype=object), unit, linked)


def at(side: Side, numbers: Corner) -> Box:
    """Return the box that holds one set of answers and no other."""
    unit = lcm(*(number.denominator for number in (*numbers, *side.given)))
    there = np.array(wholes(numbers, unit), dtype=object)
    return Box(side, there, there, unit)


def asked_answers(dispute: Dispute, own: Preference) -> tuple[Answer, ...]:
    """Return the answers of a side that are guesses: those with a range, and all that are not 0.

    A plain 0 is the zero of its scale, from which the others are counted; what a unit of money is
    worth is what they are counted in (H28).
    """
    money = {issue.id for issue in dispute.issues if isinstance(issue, Money)}
    pairs = own.answers().items()
    return tuple(a for a, number in pairs if a in own.ranges or (number and a.issue not in money))


def _whole(numbers: Sequence[int | Fraction]) -> list[int]:
    unit = lcm(*(number.denominator for number in numbers))
    return wholes(numbers, unit)


def _most(rows: Array, low: Array, high: Array) -> Array:
    if isinstance(rows, Lines):
        return rows.most(low, high)
    return np.maximum(rows, 0) @ high + np.minimum(rows, 0) @ low


def _not_kept(party: str) -> Fault:
    return Fault(
        f"Party {party!r}",
        "points that do not keep its own orders and constraints",
        "Points that keep what is said of them",
        "H29",
        "Change the points, or what is said of them.",
    )


def _too_linked() -> Fault:
    """Return what is too much; whose answers, and how many packages, is not told (H14)."""
    return Fault(
        "The answers of a side",
        "so many linked ones that all packages need linear programs",
        f"At most {MAX_SOLVED} packages, or links with at most {MAX_CORNERS:,} corners",
        "H18",
        "Give numbers for some of the answers.",
    )


def _too_many() -> Fault:
    """Return what is too much; whose answers, and how many packages, is not told (H14)."""
    return Fault(
        "The answers of a side",
        "orders or constraints that link them, and very many packages",
        f"At most {MAX_LINKED:,} packages, or ends of divisions, where answers are linked",
        "H18",
        "Give ranges instead, leave out issues that are settled, or give amounts a larger step.",
    )
