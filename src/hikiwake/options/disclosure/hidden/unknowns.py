"""What a side hides, as the unknowns of a model for CP-SAT: every member of the declared grid.

Notation: numbers are whole multiples of ``unit``, the largest of which both steps are multiples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from hikiwake.findings.talks import Hiding
from hikiwake.model import (
    WALK_AWAY,
    Amount,
    Answer,
    Curve,
    Dispute,
    FrozenMap,
    Issue,
    Linear,
    Money,
    Outcome,
    Preference,
    Share,
    Table,
    Value,
)
from hikiwake.model.preference import Points

Parts = list[tuple[Answer, Fraction]]  # how much of each number a value is worth


@dataclass(frozen=True, eq=False, slots=True)
class Tied:
    """Issues of which rules leave some combinations only: what each gives, in whole ``parts``."""

    rows: tuple[tuple[tuple[Answer, int], ...], ...]
    parts: int

    def span(self, numbers: Mapping[Answer, Any]) -> tuple[Any, Any]:
        """Return the least and the most that they give with some numbers, times ``parts``."""
        worths = [sum(part * numbers[answer] for answer, part in row) for row in self.rows]
        return min(worths, default=0), max(worths, default=0)


@dataclass(frozen=True, slots=True)
class Extreme:
    """The least, or the most, that tied issues give, times their parts."""

    tied: Tied
    most: bool


Name = Answer | str | Extreme  # a number; by an issue's id that of its best


class Unknowns:
    """The numbers of one side: the least of each issue 0, the bests of all issues the total."""

    def __init__(self, cp: Any, dispute: Dispute, party: str, hiding: Hiding) -> None:
        self._cp, self._dispute = cp, dispute
        self.party = party
        self.unit = unit_of(hiding)
        self.total = int(hiding.total / self.unit)
        self.numbers: dict[Answer, Any] = {}
        self._unlike: dict[tuple[Answer, int], Any] = {}
        self.bests: dict[str, Any] = {}
        self._extremes: dict[Extreme, Any] = {}
        self._factor = int(hiding.step / self.unit)
        for issue in dispute.issues:
            self._add(issue)
        cp.add(sum(self.bests.values()) == self.total)
        self.walk_away = self._number(int(hiding.walk_away_step / self.unit))
        self.numbers[WALK_AWAY] = self.walk_away

    def number(self, name: Name) -> Any:
        """Return a number, the best of an issue, or an extreme."""
        if isinstance(name, Extreme):
            if name not in self._extremes:
                self._extremes[name] = self._extreme(name)
            return self._extremes[name]
        return self.bests[name] if isinstance(name, str) else self.numbers[name]

    def row(self, row: Mapping[Any, Fraction], scale: int) -> Any:
        """Return what a row is, times a whole number with which all its parts are whole."""
        return sum(int(part * scale) * self.number(name) for name, part in row.items())

    def size(self, name: Name) -> int:
        """Return what a number cannot exceed."""
        return self.total * (name.tied.parts if isinstance(name, Extreme) else 1)

    def worth(self, outcome: Outcome) -> tuple[Any, int]:
        """Return what a package is worth, times a whole number, and that number."""
        parts = [part for issue in self._dispute.issues for part in self.parts(issue, outcome)]
        scale = lcm(*(part.denominator for _, part in parts))
        return sum(int(part * scale) * self.numbers[answer] for answer, part in parts), scale

    def parts(self, issue: Issue, outcome: Outcome) -> Parts:
        """Return which numbers count for an issue of a package, and how much of each."""
        return self.parts_of(issue, outcome[issue.id])

    def parts_of(self, issue: Issue, value: Value) -> Parts:
        """Return which numbers a value of an issue is made of, and how much of each."""
        return parts_of(self._dispute, self.party, issue, value)

    def unlike(self, member: Preference) -> list[Any]:
        """Return literals one of which holds for every other member of the grid."""
        numbers = numbers_of(self._dispute, member)
        return [self._other(a, int(number / self.unit)) for a, number in numbers.items()]

    def preference(self, found: Callable[[Any], int]) -> Preference:
        """Return the member of the grid that a solution stands for."""

        def number(answer: Answer) -> Fraction:
            return found(self.numbers[answer]) * self.unit

        points: dict[str, Points] = {}
        for issue in self._dispute.issues:
            own = list(answers_of(self._dispute, issue))
            if isinstance(issue, Share | Money):
                points[issue.id] = Linear(number(own[0]) / limit_of(issue))
            elif isinstance(issue, Amount):
                ends = zip((issue.min, issue.max), own, strict=True)
                points[issue.id] = Curve(tuple((x, number(answer)) for x, answer in ends))
            else:
                points[issue.id] = Table(FrozenMap({one.value: number(one) for one in own}))
        return Preference(self.party, FrozenMap(points), walk_away=number(WALK_AWAY))

    def _other(self, answer: Answer, number: int) -> Any:
        """Return a literal with which a number is another."""
        if (answer, number) not in self._unlike:
            self._unlike[answer, number] = literal = self._cp.new_bool_var("")
            self._cp.add(self.numbers[answer] != number).only_enforce_if(literal)
        return self._unlike[answer, number]

    def _add(self, issue: Issue) -> None:
        own = {answer: self._number(self._factor) for answer in answers_of(self._dispute, issue)}
        self.numbers |= own
        if isinstance(issue, Share | Money):
            (self.bests[issue.id],) = own.values()
            return
        best = self._cp.new_int_var(0, self.total, "")
        self._cp.add_max_equality(best, list(own.values()))
        self._cp.add_min_equality(0, list(own.values()))
        self.bests[issue.id] = best

    def _extreme(self, name: Extreme) -> Any:
        found = self._cp.new_int_var(0, self.size(name), "")
        rows = [sum(x * self.numbers[a] for a, x in row) for row in name.tied.rows] or [0]
        add = self._cp.add_max_equality if name.most else self._cp.add_min_equality
        add(found, rows)
        return found

    def _number(self, factor: int) -> Any:
        return factor * self._cp.new_int_var(0, self.total // factor, "")


def answers_of(dispute: Dispute, issue: Issue) -> Iterator[Answer]:
    """Yield every number that a side hides about an issue; of an amount those of both ends."""
    if isinstance(issue, Share | Money):
        yield Answer("issue", issue.id)
    elif isinstance(issue, Amount):
        yield from (Answer("issue", issue.id, place=end) for end in (1, 2))
    else:
        yield from (Answer("issue", issue.id, str(v)) for v in dispute.decisions_of(issue) or ())


def numbers_of(dispute: Dispute, own: Preference) -> dict[Answer, Fraction]:
    """Return every number that a preference hides: of money what receiving its limit is worth."""
    numbers = own.answers()
    for issue in dispute.issues:
        if isinstance(issue, Money) and (answer := Answer("issue", issue.id)) in numbers:
            numbers[answer] *= issue.limit
    return numbers


def limit_of(issue: Share | Money) -> Fraction:
    """Return how much of an issue it is that its number is for: all of a share, or the limit."""
    return issue.limit if isinstance(issue, Money) else Fraction(1)


def parts_of(dispute: Dispute, party: str, issue: Issue, value: Value) -> Parts:
    """Return which numbers of a party a value of an issue is made of, and how much of each."""
    if isinstance(value, FrozenMap) and isinstance(issue, Share | Money):
        return [(Answer("issue", issue.id), value[party] / limit_of(issue))]
    if isinstance(issue, Amount) and isinstance(value, Fraction):
        along = (value - issue.min) / (issue.max - issue.min)
        low, high = answers_of(dispute, issue)
        return [(low, 1 - along), (high, along)]
    return [(Answer("issue", issue.id, str(value)), Fraction(1))]


def unit_of(hiding: Hiding) -> Fraction:
    """Return the largest number of which both steps of a grid are multiples."""
    one, other = hiding.step, hiding.walk_away_step
    scale = lcm(one.denominator, other.denominator)
    return Fraction(gcd(int(one * scale), int(other * scale)), scale)


def scale_of(dispute: Dispute) -> int:
    """Return by what a hidden side's worth is multiplied so that stepped amounts are whole."""
    alongs = [
        ((value - issue.min) / (issue.max - issue.min)).denominator
        for issue in dispute.issues
        if isinstance(issue, Amount)
        for value in dispute.decisions_of(issue) or ()
        if isinstance(value, Fraction)
    ]
    return lcm(*alongs)
