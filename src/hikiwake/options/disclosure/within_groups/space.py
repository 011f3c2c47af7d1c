"""All packages between two sides that divide something inside a group not for trade.

In a cell every whole issue is decided, and what is divided lies in a piece, so that every package
of it is a mixture of its corners (see :mod:`hikiwake.options.disclosure.hidden.cells`).

Notation: a is what a package gives the known side beyond its walk-away value, b the same of the
hidden one. In a group a package gives the hidden side G beyond its least L, and one M at the most;
it gives the known side the part x of what that could get. It is uneven by |G ÷ M - x|, so by d ÷ M
with d = |G - x·M|: for a package that is given, G and d are linear in what is hidden.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import prod
from typing import Any

from hikiwake.model import Answer, Condition, Dispute, FrozenMap, Outcome, Value
from hikiwake.options.disclosure.between_two.places import number_of, places_of
from hikiwake.options.disclosure.hidden.cells import Cell, allowed_cells
from hikiwake.options.disclosure.hidden.inside import (
    Inside,
    Row,
    countable,
    few_parts,
    inside_of,
    own_inside,
    span,
)
from hikiwake.options.disclosure.hidden.unknowns import Name, answers_of, parts_of


@dataclass(frozen=True, slots=True)
class Stake:
    """A group in which the known side has a stake: its ``least`` there, and how much more its most.

    ``issues`` are given by their places, ``bonuses`` by theirs among all of that side. ``inside``
    is how the hidden side has the group.
    """

    issues: tuple[int, ...]
    least: Fraction
    extent: Fraction
    bonuses: tuple[int, ...]
    inside: Inside


class Space:
    """The packages. ``answers`` are the hidden side's numbers but for its walk-away value.

    ``values`` are the corners of each issue, ``pieces`` what each of its pieces lies between, by
    their numbers, and ``cells`` has the number of a piece of each issue. ``found`` and
    ``proofs`` are packages, with a, and proofs that there is none, which were seen to matter.
    """

    def __init__(self, dispute: Dispute, hidden: str) -> None:
        self.dispute, self.hidden = dispute, hidden
        (self.known,) = (party for party in dispute.party_ids if party != hidden)
        self.answers: list[Answer] = [
            answer for issue in dispute.issues for answer in answers_of(dispute, issue)
        ]
        self.stakes = tuple(self._stakes())
        self.values: list[list[Value]] = [[] for _ in dispute.issues]
        self.pieces: list[list[tuple[int, ...]]] = [[] for _ in dispute.issues]
        cells = allowed_cells(dispute, (self.known,)) or []
        self.cells = [self._numbered(cell) for cell in cells]
        self.found: dict[Outcome, Fraction] = {}
        self.proofs: dict[Any, None] = {}

    @property
    def corners(self) -> Space:
        """Itself: what it says of packages in place of corners."""
        return self

    @property
    def whole(self) -> bool:
        """Whether every choice of a piece for each issue is a cell."""
        return len(self.cells) == prod(map(len, self.pieces))

    def gain(self, outcome: Outcome) -> Fraction:
        """Return a of any package."""
        return self.dispute.utility(self.known, outcome) - self.dispute.walk_away(self.known)

    def allowed(self, outcome: Outcome) -> bool:
        """Tell whether a package is possible, but for what the hidden side wants."""
        lines = self._conditions()
        return self.gain(outcome) >= 0 and not any(line.holds(outcome) for line in lines)

    def decided_by(self, outcome: Outcome) -> Outcome:
        """Return what says how even a package is in groups."""
        return outcome

    @cached_property
    def most(self) -> Fraction:
        """What a is nowhere more than; 0 if it is nowhere above."""
        own = self.dispute.preferences[self.known]
        best = sum((max(Fraction(0), one.points) for one in own.bonuses), start=Fraction(0))
        for n, values in enumerate(self.values):
            best += max(self.points(n, value) for value in values)
        return max(Fraction(0), best - self.dispute.walk_away(self.known))

    def inside(self, outcome: Outcome) -> bool:
        """Tell whether a package lies within a piece of an issue that the known side cares for, and
        that is in no group."""
        staked = {n for stake in self.stakes for n in stake.issues}
        for n, issue in enumerate(self.dispute.issues):
            places, value = places_of(self.dispute, self.known, issue), outcome[issue.id]
            if n not in staked and value not in places:
                numbers = [number_of(self.known, place) for place in places]
                start = bisect(numbers, number_of(self.known, value)) - 1
                if self.points(n, places[start]) != self.points(n, places[start + 1]):
                    return True
        return False

    def points(self, n: int, value: Value) -> Fraction:
        """Return what a decision of an issue is worth to the known side."""
        own = self.dispute.preferences[self.known].points.get(self.dispute.issues[n].id)
        return Fraction(0) if own is None else own.value(self.known, value)

    def row(self, outcome: Outcome) -> Row:
        """Return what a package is worth to the hidden side."""
        return self._row(range(len(self.dispute.issues)), outcome)

    def row_of(self, n: int, value: Value) -> Row:
        """Return what a decision of an issue is worth to the hidden side."""
        return dict(parts_of(self.dispute, self.hidden, self.dispute.issues[n], value))

    def most_of(self, group: int) -> Row:
        """Return M of a group."""
        return self.stakes[group].inside.extent

    def part(self, group: int, outcome: Outcome) -> Fraction:
        """Return x of a package."""
        stake, bonuses = self.stakes[group], self.dispute.preferences[self.known].bonuses
        got = sum(self.points(n, outcome[self.dispute.issues[n].id]) for n in stake.issues)
        got += sum(bonuses[k].points for k in stake.bonuses if bonuses[k].when.holds(outcome))
        return (got - stake.least) / stake.extent

    def apart(self, group: int, outcome: Outcome) -> Row:
        """Return G - x·M of a package."""
        found, least = (
            self._row(self.stakes[group].issues, outcome),
            self.stakes[group].inside.least,
        )
        most = self.most_of(group), -self.part(group, outcome)
        return summed((found, Fraction(1)), (least, Fraction(-1)), most)

    def apart_at_first(self, group: int) -> Row:
        """Return what that is before any issue is decided."""
        stake = self.stakes[group]
        least = self.most_of(group), stake.least / stake.extent
        return summed(least, (stake.inside.least, Fraction(-1)))

    def apart_of(self, group: int, n: int, value: Value) -> Row:
        """Return what a decision of an issue adds to it."""
        stake = self.stakes[group]
        if n not in stake.issues:
            return {}
        part = self.points(n, value) / stake.extent
        return summed((self.row_of(n, value), Fraction(1)), (self.most_of(group), -part))

    def numbers(self, numbers: Mapping[Answer, Fraction]) -> dict[Name, Fraction]:
        """Return some numbers of the hidden side with all that L and M are made of."""
        found: dict[Name, Fraction] = {**numbers}
        for stake in self.stakes:
            found |= stake.inside.named(numbers)
        return found

    @property
    def bonuses(self) -> list[tuple[Fraction, list[list[bool]]]]:
        """The known side's bonuses, each with which pieces of each issue meet it."""
        return [
            (
                bonus.points,
                [
                    [
                        issue.id not in bonus.when.tests
                        or bonus.when.tests[issue.id].holds(values[piece[0]])
                        for piece in pieces
                    ]
                    for issue, values, pieces in zip(
                        self.dispute.issues, self.values, self.pieces, strict=True
                    )
                ],
            )
            for bonus in self.dispute.preferences[self.known].bonuses
        ]

    def mixed(self, weights: Sequence[Mapping[int, Fraction]]) -> Outcome:
        """Return a package, of each issue a mixture of so much of some of its values."""
        found: dict[str, Value] = {}
        for issue, values, own in zip(self.dispute.issues, self.values, weights, strict=True):
            pairs = [(values[k], weight) for k, weight in own.items()]
            first = pairs[0][0]
            if len(pairs) == 1:
                found[issue.id] = first
            elif isinstance(first, FrozenMap):
                found[issue.id] = FrozenMap({
                    party: sum((w * number_of(party, value) for value, w in pairs), Fraction(0))
                    for party in first
                })  # fmt: skip
            else:
                found[issue.id] = sum((w * number_of("", value) for value, w in pairs), Fraction(0))
        return FrozenMap(found)

    def _row(self, issues: Iterable[int], outcome: Outcome) -> Row:
        rows = (self.row_of(n, outcome[self.dispute.issues[n].id]) for n in issues)
        return summed(*((row, Fraction(1)) for row in rows))

    def _conditions(self) -> Iterator[Condition]:
        yield from (rule.never for rule in self.dispute.rules)
        yield from (line.never for line in self.dispute.preferences[self.known].red_lines)

    def _stakes(self) -> Iterator[Stake]:
        ids = [issue.id for issue in self.dispute.issues]
        own = self.dispute.preferences[self.known].bonuses
        for group in self.dispute.groups:
            least, extent = span(self.dispute, self.known, group) if group.not_for_trade else (0, 0)
            if extent:
                within = own_inside(self.dispute, self.known, group).bonuses
                bonuses = tuple(k for k, bonus in enumerate(own) if bonus in within)
                issues = tuple(ids.index(issue) for issue in group.issues)
                inside = inside_of(self.dispute, self.hidden, group)
                yield Stake(issues, Fraction(least), Fraction(extent), bonuses, inside)

    def _numbered(self, cell: Cell) -> tuple[int, ...]:
        """Return the number of each issue's piece in a cell."""
        found: list[int] = []
        for values, pieces, own in zip(self.values, self.pieces, cell, strict=True):
            values += [value for value in own.corners if value not in values]
            piece = tuple(values.index(value) for value in own.corners)
            if piece not in pieces:
                pieces.append(piece)
            found.append(pieces.index(piece))
        return tuple(found)


def covers(dispute: Dispute, hidden: str) -> bool:
    """Tell whether two sides divide something inside a group, and all cells can be listed.

    It rests on what the known side knows alone.
    """
    groups = [group for group in dispute.groups if group.not_for_trade]
    if len(dispute.parties) != 2 or not all(countable(dispute, [hidden], own) for own in groups):
        return False
    if len(groups) > 1 and not all(few_parts(dispute, [hidden], own) for own in groups):
        return False
    divided = {issue.id for issue in dispute.issues if dispute.decisions_of(issue) is None}
    inside = {issue for group in groups for issue in group.issues}
    (known,) = (party for party in dispute.party_ids if party != hidden)
    if not divided & inside:
        return False
    return bool(allowed_cells(dispute, (known,)))


def summed(*rows: tuple[Row, Fraction]) -> Row:
    """Return the sum of some rows, each so many times."""
    found: Row = {}
    for row, times in rows:
        for name, part in row.items():
            found[name] = found.get(name, Fraction(0)) + times * part
    return {name: part for name, part in found.items() if part}


def worth(row: Row, numbers: Mapping[Any, Fraction]) -> Fraction:
    """Return what a row is with some numbers."""
    return sum((part * numbers[name] for name, part in row.items()), start=Fraction(0))


__all__ = ["Row", "Space", "Stake", "covers", "summed", "worth"]
