"""Packages as straight lines in what each party answered, and sets of what it may have meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm, prod
from typing import Any

import numpy as np

from hikiwake.errors import Fault, InvalidDispute, TooLarge, Unsupported
from hikiwake.model import (
    WALK_AWAY,
    Answer,
    Constraint,
    Curve,
    Dispute,
    FrozenMap,
    Issue,
    Outcome,
    Preference,
    Span,
    Table,
    Value,
)
from hikiwake.options.linked import Linked
from hikiwake.solvers.regions import MAX_CORNERS, parts_of

MAX_PACKAGES = 10_000
MAX_SOLVED = 500  # packages, where the corners of a set are too many to be listed

Array = Any  # a NumPy array of Python's own integers or fractions
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
        low, high = self.low, self.high
        if self.linked:
            low, high = low.copy(), high.copy()
            for one in self.linked:
                low[one.places] = high[one.places] = 0
        scale = lcm(*(one.scale for one in self.linked))
        found = (np.maximum(rows, 0) @ high + np.minimum(rows, 0) @ low) * scale
        for one in self.linked:
            found = found + one.most(rows[:, one.places]) * (self.unit * scale // one.scale)
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
        return np.array([int(number * self.unit) for number in self.side.given], dtype=object)

    def _with(self, numbers: Sequence[Fraction], points: Iterable[tuple[Linked, Corner]]) -> Corner:
        found = list(numbers)
        for one, point in points:
            for place, number in zip(one.places, point, strict=True):
                found[place] = number
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Guesses:
    """A dispute whose packages are listed: all that keep every rule and red line."""

    dispute: Dispute
    outcomes: tuple[Outcome, ...]
    sides: tuple[Side, ...]


def guesses(dispute: Dispute) -> Guesses:
    """Return every package of a dispute by each side's answers.

    Raises
    ------
    Unsupported
        If an issue is divided or any number, or a group is not for trade (H18).
    TooLarge
        If there are more than ``MAX_PACKAGES`` combinations.
    """
    ways = [(issue.id, _ways(dispute, issue)) for issue in dispute.issues]
    if any(group.not_for_trade for group in dispute.groups):
        raise Unsupported(_not_covered("a group that is not for trade"))
    if (count := prod(len(values) for _, values in ways)) > MAX_PACKAGES:
        raise TooLarge(
            Fault(
                "Robustness",
                f"{count:,} combinations",
                f"At most {MAX_PACKAGES:,}, which are all listed",
                "H18",
                "Leave out issues that are settled, or give amounts a larger step.",
            )
        )
    names = [issue for issue, _ in ways]
    every = (FrozenMap.paired(names, values) for values in product(*(v for _, v in ways)))
    outcomes = tuple(outcome for outcome in every if dispute.allows(outcome))
    sides = tuple(_side(dispute, party, outcomes) for party in dispute.party_ids)
    return Guesses(dispute, outcomes, sides)


def box(side: Side, spans: Mapping[Answer, Span], relations: Sequence[Constraint] = ()) -> Box:
    """Return the set in which some answers have a range and the others are as given.

    Raises
    ------
    InvalidDispute
        If what is given does not keep the relations (H29).
    TooLarge
        If there are too many packages for a linear program each, where one is needed.
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
    linked = tuple(Linked.of(part) for part in parts_of(ranges, limits) if part.places)
    if len(side.rows) > MAX_SOLVED and not all(one.corners for one in linked):
        raise TooLarge(_too_linked(side.party, len(side.rows)))
    return Box(side, np.array(low, dtype=object), np.array(high, dtype=object), unit, linked)


def asked_answers(dispute: Dispute, side: Side) -> tuple[Answer, ...]:
    """Return the answers of a side that are guesses: those with a range, and all that are not 0.

    A plain 0 is the zero of its scale, from which the others are counted (H28).
    """
    ranges = dispute.preferences[side.party].ranges
    pairs = zip(side.answers, side.given, strict=True)
    return tuple(answer for answer, number in pairs if number or answer in ranges)


def _ways(dispute: Dispute, issue: Issue) -> tuple[Value, ...]:
    ways = dispute.decisions_of(issue)
    if ways is None:
        raise Unsupported(_not_covered(f"issue {issue.id!r}, which has no end of values"))
    return ways


def _side(dispute: Dispute, party: str, outcomes: Sequence[Outcome]) -> Side:
    own = dispute.preferences[party]
    answers = own.answers()
    places = {answer: place for place, answer in enumerate(answers)}
    away = away_weights(dispute, own)
    lines: list[list[Fraction]] = []
    for outcome in outcomes:
        line = [Fraction(0)] * len(answers)
        for sign, weights in ((1, weights_of(own, outcome)), (-1, away)):
            for answer, weight in weights.items():
                line[places[answer]] += sign * weight
        lines.append(line)
    unit = lcm(*(number.denominator for line in lines for number in line))
    rows = np.zeros((len(lines), len(answers)), dtype=object)
    for n, line in enumerate(lines):
        rows[n] = [int(number * unit) for number in line]
    return Side(party, tuple(answers), tuple(answers.values()), rows)


def away_weights(dispute: Dispute, own: Preference) -> dict[Answer, Fraction]:
    """Return how often each answer counts in what the party has without an agreement (H4)."""
    if own.walk_away is not None:
        return {WALK_AWAY: Fraction(1)}
    return {} if dispute.status_quo is None else weights_of(own, dispute.status_quo)


def weights_of(own: Preference, outcome: Mapping[str, Value]) -> dict[Answer, Fraction]:
    """Return how often each answer counts in the party's points for an outcome."""
    found: dict[Answer, Fraction] = {}
    for issue, points in own.points.items():
        if issue not in outcome:
            continue
        decided = outcome[issue]
        if isinstance(points, Table):
            found[Answer("issue", issue, str(decided))] = Fraction(1)
        elif isinstance(points, Curve):
            xs = [x for x, _ in points.corners]
            for n, x in enumerate(xs, start=1):
                hat = Curve(tuple((other, Fraction(other == x)) for other in xs))
                found[Answer("issue", issue, place=n)] = hat.value(own.party, decided)
    for place, bonus in enumerate(own.bonuses, start=1):
        if bonus.when.holds(outcome):
            found[Answer("bonus", place=place)] = Fraction(1)
    return found


def _whole(numbers: Sequence[int | Fraction]) -> list[int]:
    unit = lcm(*(Fraction(number).denominator for number in numbers))
    return [int(number * unit) for number in numbers]


def _not_kept(party: str) -> Fault:
    return Fault(
        f"Party {party!r}",
        "points that do not keep its own orders and constraints",
        "Points that keep what is said of them",
        "H29",
        "Change the points, or what is said of them.",
    )


def _too_linked(party: str, packages: int) -> Fault:
    return Fault(
        f"Party {party!r}",
        f"so many linked answers that {packages:,} packages need linear programs",
        f"At most {MAX_SOLVED} packages, or links with at most {MAX_CORNERS:,} corners",
        "H18",
        "Give numbers for some of the answers.",
    )


def _not_covered(found: str) -> Fault:
    return Fault(
        "Robustness",
        found,
        "Whole issues without groups that are not for trade: their packages can be listed",
        "H18",
        "Settle it all the same; how far the result holds is not computed yet.",
    )
