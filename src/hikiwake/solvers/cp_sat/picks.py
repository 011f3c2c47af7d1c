"""One option of each issue under linear conditions, by CP-SAT: found, or proved not to be there.

Packages are too many to be listed; conditions come one by one, as they are needed. What the solver
finds is checked in whole numbers of any length before it is believed.

References
----------
Perron, L. and Didier, F., CP-SAT, in OR-Tools, Google.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, gcd, lcm
from typing import Any

from hikiwake.errors import TooLarge
from hikiwake.solvers.problem import Allowed, Clause
from hikiwake.solvers.solution import Decision
from hikiwake.solvers.watched import search, too_hard

_QUICK = 2.0  # of the solver's own, repeatable seconds; harder questions get several workers
_LONG = 120.0
_WORKERS = 8
_NEARLY = 0.05  # by what part an aim may be missed: it says only where to look
_BITS = 55  # of what a condition comes to at the most
_FINE = 1 << 40  # of what is aimed at, which needs no more than that

Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole number, what each issue's option adds to it, and each combination that holds.

    It is ``scale`` times what it stands for, more than 0.
    """

    constant: int
    options: tuple[tuple[int, ...], ...]
    held: tuple[int, ...]
    scale: Fraction

    @classmethod
    def of(
        cls, constant: Number, options: Sequence[Sequence[Number]], held: Sequence[Number]
    ) -> Sum:
        """Return a sum of fractions as one of whole numbers without a common factor."""
        numbers = [constant, *held, *(number for issue in options for number in issue)]
        unit = lcm(*(number.denominator for number in numbers))
        common = gcd(*(int(number * unit) for number in numbers)) or 1
        scale = Fraction(unit, common)

        def whole(number: Number) -> int:
            return int(number * scale)

        rows = tuple(tuple(map(whole, issue)) for issue in options)
        return cls(whole(constant), rows, tuple(map(whole, held)), scale)

    def less(self, number: int) -> Sum:
        """Return the sum less a whole number of its own unit."""
        return Sum(self.constant - number, self.options, self.held, self.scale)

    def at(self, decision: Decision, held: Sequence[bool]) -> int:
        """Return what it comes to for a package and the combinations that hold in it."""
        total = self.constant + sum(n for n, holds in zip(self.held, held, strict=True) if holds)
        return total + sum(row[j] for row, j in zip(self.options, decision, strict=True) if row)

    def largest(self) -> int:
        """Return a bound on its size, whatever is decided."""
        return (
            abs(self.constant)
            + sum(map(abs, self.held))
            + sum(max(map(abs, row), default=0) for row in self.options)
        )


class Picks:
    """The packages that break no clause, and which of some combinations hold in each."""

    def __init__(
        self, sizes: Sequence[int], never: Iterable[Clause], combinations: Sequence[Clause]
    ) -> None:
        from ortools.sat.python import cp_model

        self._sizes, self._combinations = tuple(sizes), tuple(combinations)
        self._cp: Any = cp_model.CpModel()
        self._literals = [self._options(size) for size in sizes]
        self._among: dict[tuple[int, frozenset[int]], Any] = {}
        for clause in never:
            self._cp.add_bool_or([~literal for literal in self._members(clause)])
        self._held = [self._all_hold(clause) for clause in combinations]

    def holding(self, decision: Decision) -> tuple[bool, ...]:
        """Tell of each combination whether it holds in a package."""
        return tuple(
            all(decision[k] in options for k, options in clause.options)
            for clause in self._combinations
        )

    def find(
        self,
        conditions: Sequence[Sum],
        aims: Sequence[Sum] = (),
        allowed: Sequence[Allowed] = (),
    ) -> Decision | None:
        """Return a package by which no condition comes to less than 0; None: there is none.

        Parameters
        ----------
        aims
            The smallest of them is to be as large as can be, or nearly so.

        Raises
        ------
        TooLarge
            If that could not be told within the limits (H18).
        """
        cp = self._cp.clone()
        for one in allowed:
            self._only(cp, one)
        for condition in conditions:
            cp.add(self._expression(_rounded(condition)) >= 0)
        if aims:
            cp.maximize(self._aim(cp, aims))
        while True:
            decision = self._solved(cp)
            if decision is None:
                return None
            held = self.holding(decision)
            if all(condition.at(decision, held) >= 0 for condition in conditions):
                return decision
            cp.add_bool_or([~own[j] for own, j in zip(self._literals, decision, strict=True)])

    def most(
        self, conditions: Sequence[Sum], aim: Sum, allowed: Sequence[Allowed] = ()
    ) -> Fraction | None:
        """Return what an aim does not exceed where conditions are met, as far as is proved.

        None: no package meets them.
        """
        cp = self._cp.clone()
        for one in allowed:
            self._only(cp, one)
        for condition in conditions:
            cp.add(self._expression(_rounded(condition)) >= 0)
        rounded = _times(aim, Fraction(_FINE, max(aim.largest(), 1)))
        cp.maximize(self._expression(rounded))
        ended = search(cp, num_workers=1, linearization_level=2, max_deterministic_time=_QUICK)
        if ended.impossible:
            return None
        most = rounded.largest()
        return (most if ended.bound is None else min(ceil(ended.bound), most)) / rounded.scale

    def _solved(self, cp: Any) -> Decision | None:
        for workers, effort in ((1, _QUICK), (_WORKERS, _LONG)):
            ended = search(
                cp,
                num_workers=workers,
                linearization_level=2,
                max_deterministic_time=effort,
                relative_gap_limit=_NEARLY,
            )
            if ended.impossible:
                return None
            if ended.found:
                return tuple(
                    next(j for j, literal in enumerate(own) if ended.holds(literal))
                    for own in self._literals
                )
        raise TooLarge(too_hard())

    def _options(self, size: int) -> list[Any]:
        literals = [self._cp.new_bool_var("") for _ in range(size)]
        self._cp.add_exactly_one(literals)
        return literals

    def _members(self, clause: Clause) -> list[Any]:
        return [self._one_of(k, options) for k, options in clause.options]

    def _one_of(self, issue: int, options: frozenset[int]) -> Any:
        """Return the literal that an issue is decided as one of some options."""
        if len(options) == 1:
            return self._literals[issue][min(options)]
        if (issue, options) not in self._among:
            literal = self._cp.new_bool_var("")
            others = [lit for j, lit in enumerate(self._literals[issue]) if j not in options]
            self._cp.add_exactly_one([literal, *others])
            self._among[issue, options] = literal
        return self._among[issue, options]

    def _all_hold(self, clause: Clause) -> Any:
        members, literal = self._members(clause), self._cp.new_bool_var("")
        self._cp.add_bool_or([literal, *(~member for member in members)])
        for member in members:
            self._cp.add_implication(literal, member)
        return literal

    def _only(self, cp: Any, allowed: Allowed) -> None:
        """Leave only the allowed combinations of some issues."""
        taken: list[Any] = []
        for combination in sorted(allowed.combinations):
            literal = cp.new_bool_var("")
            for k, j in zip(allowed.issues, combination, strict=True):
                cp.add_implication(literal, self._literals[k][j])
            taken.append(literal)
        cp.add_bool_or(taken)

    def _aim(self, cp: Any, aims: Sequence[Sum]) -> Any:
        """Return what is to be large: the smallest of some sums, each to some forty bits."""
        widest = max(Fraction(aim.largest()) / aim.scale for aim in aims) or 1
        rounded = [_times(aim, _FINE / (widest * aim.scale)) for aim in aims]
        if len(rounded) == 1:
            return self._expression(rounded[0])
        most = max(aim.largest() for aim in rounded)
        least: Any = cp.new_int_var(-most, most, "")
        for aim in rounded:
            cp.add(self._expression(aim) >= least)
        return least

    def _expression(self, own: Sum) -> Any:
        from ortools.sat.python.cp_model import LinearExpr

        pairs = [
            (literal, number)
            for literals, row in zip(self._literals, own.options, strict=True)
            for literal, number in zip(literals, row, strict=False)
            if number
        ]
        pairs += [(lit, n) for lit, n in zip(self._held, own.held, strict=True) if n]
        literals, numbers = [lit for lit, _ in pairs], [n for _, n in pairs]
        return LinearExpr.weighted_sum(literals, numbers) + own.constant  # pyright: ignore


def _rounded(own: Sum) -> Sum:
    """Return a sum whose numbers fit the solver's, nowhere below 0 where the sum is not."""
    over = own.largest().bit_length() - _BITS
    return own if over <= 0 else _times(own, Fraction(1, 1 << over))


def _times(own: Sum, factor: Fraction) -> Sum:
    """Return a sum times a number, everything in it rounded upwards."""

    def up(number: int) -> int:
        return -(-number * factor.numerator // factor.denominator)

    rows = tuple(tuple(map(up, row)) for row in own.options)
    return Sum(up(own.constant), rows, tuple(map(up, own.held)), own.scale * factor)


__all__ = ["Picks", "Sum"]
