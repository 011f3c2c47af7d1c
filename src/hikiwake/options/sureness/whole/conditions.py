"""What must hold of a package whatever a side meant, or for something it may have meant, as sums.

How far a side's line for a package reaches over its set is a sum over the issues where nothing
links its answers: each goes to one of its ends. Where limits link answers, any multipliers of at
least 0 for them make such a sum that lies nowhere below (weak duality), and for each package some
make it equal; so conditions are met by sums that are found as they are needed.

References
----------
Benders, J. F. (1962), Partitioning Procedures for Solving Mixed-Variables Programming Problems,
Numerische Mathematik 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from hikiwake.model import Answer
from hikiwake.options.sureness.guesses import Box, Corner
from hikiwake.options.sureness.lists import Packages, walk_away_weights, weights
from hikiwake.options.sureness.long_lines import Array, whole
from hikiwake.pareto.segments import Segment
from hikiwake.solvers.cp_sat.picks import Sum
from hikiwake.solvers.problem import Clause
from hikiwake.solvers.regions import reach
from hikiwake.solvers.solution import Decision

Multipliers = tuple[tuple[Fraction, ...], ...]  # for each part of linked answers, for each limit
Held = Sequence[bool]


@dataclass(frozen=True, slots=True)
class Counting:
    """How often each answer of a side counts in its points above the walk-away value.

    ``base`` whatever is decided; then for each issue the columns of its answers and a row for each
    option; and for each bonus its column and the place of its combination. As fractions.
    """

    base: Array
    tables: Mapping[int, tuple[Array, Array]]
    bonuses: tuple[tuple[int, int], ...]
    issues: int
    combinations: int

    def line(self, decision: Decision, held: Held) -> Array:
        """Return the side's line for a package."""
        found = self.base.copy()
        for issue, (columns, table) in self.tables.items():
            found[columns] += table[decision[issue]]
        for column, combination in self.bonuses:
            found[column] += held[combination]
        return found

    def one_sided(self, columns: Sequence[int]) -> bool:
        """Tell whether no two packages count one of these answers with different signs."""
        asked = set(columns)
        for own, table in self.tables.values():
            for place, column in enumerate(own):
                rows = self.base[column] + table[:, place]
                if column in asked and rows.min() < 0 < rows.max():
                    return False
        bonuses = (self.base[column] for column, _ in self.bonuses if column in asked)
        return not any(-1 < own < 0 for own in bonuses)

    def most(self, ends: tuple[Array, Array], times: Fraction, plus: Array, more: Fraction) -> Sum:
        """Return, as a sum, the most that so many times a line and another one come to.

        Each answer goes from the one of the ``ends`` to the other; ``more`` comes on top.
        """
        low, high = ends

        def reached(block: Array, columns: Array) -> Array:
            most = np.maximum(block, 0) * high[columns] + np.minimum(block, 0) * low[columns]
            return most.sum(axis=-1)

        start = times * self.base + plus
        alone = np.ones(len(start), dtype=bool)
        options: list[Sequence[Fraction]] = [()] * self.issues
        for issue, (columns, table) in self.tables.items():
            alone[columns] = False
            options[issue] = list(reached(start[columns] + times * table, columns))
        constant, held = more, [Fraction(0)] * self.combinations
        for column, combination in self.bonuses:
            alone[column] = False
            here = np.array([column])
            off, on = (reached(start[here] + n, here) for n in (Fraction(0), times))
            constant, held[combination] = constant + off, held[combination] + on - off
        constant += sum(reached(start[[c]], np.array([c])) for c in np.flatnonzero(alone))
        return Sum.of(constant, options, held)


def countings(listed: Packages, clauses: Sequence[tuple[str, int, Clause]]) -> Iterator[Counting]:
    """Yield how answers count for each party. ``clauses``: of each bonus whose, which, and when."""
    found = listed.compiled
    for party in found.dispute.party_ids:
        own = found.dispute.preferences[party]
        places = {answer: place for place, answer in enumerate(own.answers())}
        base = np.array([Fraction(0)] * len(places), dtype=object)
        for answer, weight in walk_away_weights(found.dispute, own).items():
            base[places[answer]] -= weight
        tables: dict[int, tuple[Array, Array]] = {}
        for k, (issue, ways) in enumerate(zip(found.whole, found.decisions, strict=True)):
            if issue in own.points:
                answers = [answer for answer in places if answer.issue == issue]
                rows = [weights(own, {issue: way}) for way in ways if not isinstance(way, Segment)]
                table = [[row.get(answer, Fraction(0)) for answer in answers] for row in rows]
                columns = np.array([places[answer] for answer in answers])
                tables[k] = columns, np.array(table, dtype=object)
        bonuses = tuple(
            (places[Answer("bonus", place=place)], n)
            for n, (whose, place, _) in enumerate(clauses)
            if whose == party
        )
        yield Counting(base, tables, bonuses, len(found.whole), len(clauses))


@dataclass(slots=True)
class Reaches:
    """That somewhere in a side's set so many times its line, and another one, come to 0 or more.

    ``strictly``: to more. ``known`` are multipliers that were needed before, for any such question.
    """

    counting: Counting
    box: Box
    times: Fraction = Fraction(1)
    plus: Array = 0
    strictly: bool = False
    known: list[Multipliers] = field(default_factory=list[Multipliers])

    def sums(self) -> list[Sum]:
        """Return what must be at least 0, as far as it is known."""
        nothing = tuple((Fraction(0),) * len(one.region.limits) for one in self.box.linked)
        return [self._sum(own) for own in (nothing, *self.known)]

    def missing(self, decision: Decision, held: Held) -> Sum | None:
        """Return a sum that shows that it does not hold of a package; None if it holds."""
        line = self.times * self.counting.line(decision, held) + self.plus
        value = self.box.most(rows_of(line))[0]
        if value > 0 or (value == 0 and not self.strictly):
            return None
        needed = tuple(reach(one.region, line[one.places]).multipliers for one in self.box.linked)
        self.known.append(needed)
        return self._sum(needed)

    def _sum(self, multipliers: Multipliers) -> Sum:
        plus = self.plus + np.array([Fraction(0)] * len(self.box.low), dtype=object)
        more = Fraction(0)
        for one, own in zip(self.box.linked, multipliers, strict=True):
            for limit, y in zip(one.region.limits, own, strict=True):
                if y:
                    more += y * limit.most * self.box.unit
                    plus[one.places] -= y * np.array(limit.weights, dtype=object)
        found = self.counting.most((self.box.low, self.box.high), self.times, plus, more)
        return found.less(1) if self.strictly else found


@dataclass(slots=True)
class Keeps:
    """That so many times a side's line, and another one, are 0 or more all over its set.

    ``strictly``: more than 0. ``known`` are answers that were needed before, for any such question.
    """

    counting: Counting
    box: Box
    times: Fraction = Fraction(1)
    plus: Array = 0
    strictly: bool = False
    known: list[Corner] = field(default_factory=list[Corner])

    def sums(self) -> list[Sum]:
        """Return what must be at least 0, as far as it is known."""
        return [self._sum(own) for own in (self.box.side.given, *self.known)]

    def missing(self, decision: Decision, held: Held) -> Sum | None:
        """Return a sum that shows that it does not hold of a package; None if it holds."""
        rows = rows_of(self.times * self.counting.line(decision, held) + self.plus)
        value = self.box.least(rows)[0]
        if value > 0 or (value == 0 and not self.strictly):
            return None
        corner = self.box.where_most(-rows[0])
        self.known.append(corner)
        return self._sum(corner)

    def _sum(self, corner: Corner) -> Sum:
        """Return the least that a line comes to where the linked answers are as in a corner."""
        low, high = self.box.low.copy(), self.box.high.copy()
        for one in self.box.linked:
            for place in one.places:
                low[place] = high[place] = corner[place] * self.box.unit
        minus = np.array([Fraction(0)] * len(low), dtype=object) - self.plus
        found = _negative(self.counting.most((low, high), -self.times, minus, Fraction(0)))
        return found.less(1) if self.strictly else found


@dataclass(frozen=True, slots=True)
class At:
    """That a side's points at one set of answers are more than a number."""

    counting: Counting
    numbers: Corner
    more_than: Fraction

    def sums(self) -> list[Sum]:
        """Return what must be at least 0: all there is."""
        return [worth_at(self.counting, self.numbers, -self.more_than).less(1)]

    def missing(self, decision: Decision, held: Held) -> None:
        """Return nothing: a sum says it all."""


Required = Reaches | Keeps | At


def worth_at(counting: Counting, numbers: Corner, more: Fraction = Fraction(0)) -> Sum:
    """Return, as a sum, a side's points above its walk-away value at one set of answers."""
    there = np.array(numbers, dtype=object)
    nothing = np.array([Fraction(0)] * len(there), dtype=object)
    return counting.most((there, there), Fraction(1), nothing, more)


def rows_of(*lines: Array) -> Array:
    """Return lines, all of them times a number that makes them whole."""
    rows, _ = whole(np.array(lines, dtype=object))
    return rows


def _negative(own: Sum) -> Sum:
    rows = tuple(tuple(-n for n in row) for row in own.options)
    return Sum(-own.constant, rows, tuple(-n for n in own.held), own.scale)
