"""A package at a corner or on an edge that is not fixed, inside a model for CP-SAT.

Along an edge it lies a whole number of parts of it beyond the first end. So not each package on an
edge can be chosen; but one of those beside it, and then it counts for as much as the better of its
neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any

from hikiwake.model import Condition, Value
from hikiwake.options.disclosure.between_two.evened import Evened
from hikiwake.options.disclosure.between_two.places import middle
from hikiwake.options.disclosure.between_two.rows import Worths
from hikiwake.options.disclosure.hidden.unknowns import Unknowns

_LARGEST = 10**12  # what the known side's numbers are shortened to, in the package's favour

Literals = list[Any]


class Placed:
    """The package. ``worth`` is what it is worth to the hidden side, in ``parts``.

    With ``exact`` every package that matters lies at one of the parts into which edges are divided.
    """

    def __init__(
        self, cp: Any, sides: tuple[Worths, Unknowns, Evened], divided: int, exact: bool
    ) -> None:
        self._cp, (self._worths, self._hidden, evened) = cp, sides
        self._corners, self._divided, self._exact = self._worths.corners, divided, exact
        self.parts = divided * self._worths.parts
        self._at: list[Literals] = []
        self._between: list[dict[int, Any]] = []
        for own, points in zip(self._corners.places, self._corners.points, strict=True):
            self._at.append([cp.new_bool_var("") for _ in own])
            pieces = self._pieces(len(self._at) - 1, points)
            self._between.append({k: cp.new_bool_var("") for k in pieces})
            cp.add_exactly_one([*self._at[-1], *self._between[-1].values()])
        inner = [literal for own in self._between for literal in own.values()]
        self._cp.add_at_most_one(inner)
        for condition in self._corners.conditions():
            self._cp.add_bool_or(self._against(condition))
        for group, stake in enumerate(self._corners.stakes):
            evened.require_chosen(group, [self._at[n] for n in stake.issues])
        self._along = self._part_along(inner)
        self.worth: Any = sum(self._own(n) for n in range(len(self._at)))

    def reach(self, least: Fraction, beyond: bool) -> None:
        """Require that it gives the known side so much, or more than that."""
        level = least * self._corners.units
        numbers = [x for column in self._corners.points for x in column]
        numbers += [points for points, _ in self._corners.bonuses]
        shorter = max(1, -(-max(map(abs, numbers)) // _LARGEST))

        def short(number: int) -> int:
            return -(-number // shorter)

        plain: Any = sum(
            short(x) * literal
            for literals, column in zip(self._at, self._corners.points, strict=True)
            for x, literal in zip(column, literals, strict=True)
        )
        plain += sum(short(x) * self._holds(when) for x, when in self._corners.bonuses)
        level = (level + self._corners.walk_away) / shorter
        beyond &= shorter == 1

        def edge(times: int) -> int:
            return floor(times * level) + 1 if beyond else ceil(times * level)

        inner: Literals = []
        for own, column in zip(self._between, self._corners.points, strict=True):
            for k, literal in own.items():
                start, end = short(column[k]), short(column[k + 1])
                total = self._divided * (plain + start) + (end - start) * self._along
                self._cp.add(total >= edge(self._divided)).only_enforce_if(literal)
                inner.append(literal)
        self._cp.add(plain >= edge(1)).only_enforce_if([~literal for literal in inner])

    def _pieces(self, n: int, points: Sequence[int]) -> list[int]:
        if self._corners.dispute.decisions_of(self._corners.dispute.issues[n]) is not None:
            return []
        return [k for k, (one, other) in enumerate(pairwise(points)) if one != other]

    def _against(self, condition: Condition) -> Literals:
        """Return literals one of which holds just if a combination does not."""
        return [
            literal
            for n, issue in enumerate(self._corners.dispute.issues)
            if issue.id in condition.tests
            for value, literal in self._values(n)
            if not condition.tests[issue.id].holds(value)
        ]

    def _holds(self, condition: Condition) -> Any:
        literal, against = self._cp.new_bool_var(""), self._against(condition)
        self._cp.add_bool_or([literal, *against])
        for one in against:
            self._cp.add_implication(literal, ~one)
        return literal

    def _values(self, n: int) -> list[tuple[Value, Any]]:
        """Return the places and pieces of an issue, and what holds where they are chosen."""
        places = self._corners.places[n]
        found = list(zip(places, self._at[n], strict=True))
        for k, literal in self._between[n].items():
            found.append((middle(places[k], places[k + 1]), literal))
        return found

    def _part_along(self, inner: Literals) -> Any:
        """Return how many parts of its edge lie before it; and prepare what these are worth."""
        along = self._cp.new_int_var(0, self._divided, "")
        counted = along
        if not self._exact:
            counted = self._cp.new_int_var(0, self._divided, "")
            self._cp.add(counted <= along + 1)
            self._cp.add(counted >= along - 1)
        most = 2 * self._worths.parts * self._hidden.total  # money can be paid either way
        self._difference = self._cp.new_int_var(-most, most, "")
        self._further = self._cp.new_int_var(-most * self._divided, most * self._divided, "")
        self._cp.add_multiplication_equality(self._further, [counted, self._difference])
        for fixed in (along, self._difference):
            self._cp.add(fixed == 0).only_enforce_if([~literal for literal in inner])
        return along

    def _own(self, n: int) -> Any:
        """Return what an issue of it is worth."""
        most = self.parts * self._hidden.total
        own = self._cp.new_int_var(-most, most, "")
        worths = [self._place(n, k) for k in range(len(self._at[n]))]
        for worth, literal in zip(worths, self._at[n], strict=True):
            self._cp.add(own == self._divided * worth).only_enforce_if(literal)
        for k, literal in self._between[n].items():
            self._cp.add(self._difference == worths[k + 1] - worths[k]).only_enforce_if(literal)
            total = self._divided * worths[k] + self._further
            self._cp.add(own == total).only_enforce_if(literal)
        return own

    def _place(self, n: int, k: int) -> Any:
        row = self._worths.columns[n][k]
        return sum(part * self._hidden.numbers[answer] for answer, part in row.items() if part)


__all__ = ["Placed"]
