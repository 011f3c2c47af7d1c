"""A problem with its parties in another order, such as one that hangs on no place in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from hikiwake.solvers.problem import Balance, Bound, Clause, Problem, Side, Slope
from hikiwake.solvers.solution import Taken

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Turned:
    """An order of the parties: the first is who was at ``order[0]``."""

    order: tuple[int, ...]

    @classmethod
    def by_lot(cls, problem: Problem) -> Turned:
        """Return the order that lots over the parties' names say; without lots the problem's."""
        return cls(problem.lots.parties or tuple(range(problem.parties)))

    @property
    def same(self) -> bool:
        """Whether nobody's place changes."""
        return self.order == tuple(sorted(self.order))

    def row(self, own: Sequence[T]) -> tuple[T, ...]:
        """Return what there is one of for each party, in the order."""
        return tuple(own[i] for i in self.order)

    def back(self, taken: Taken) -> Taken:
        """Return a package of the turned problem as one of the problem itself."""
        shares = {
            share: tuple(parts[self.order.index(i)] for i in range(len(parts)))
            for share, parts in taken.shares.items()
        }
        return Taken(taken.options, shares, taken.along)

    def problem(self, given: Problem) -> Problem:
        """Return the problem with its parties in the order."""
        return replace(
            given,
            points=tuple(tuple(map(self.row, options)) for options in given.points),
            floors=self.row(given.floors),
            never=tuple(map(self._clause, given.never)),
            extras=tuple(
                replace(extra, party=self._place(extra.party), when=self._clause(extra.when))
                for extra in given.extras
            ),
            shares=tuple(map(self.row, given.shares)),
            slopes=tuple(self._slope(slope) for slope in given.slopes),
            sides=tuple(self._sides(given.sides)),
            balances=tuple(sorted(map(self._balance, given.balances), key=_weights)),
            lots=replace(
                given.lots,
                shares=tuple(map(self.row, given.lots.shares)),
                parties=tuple(map(self._place, given.lots.parties)),
            ),
        )

    def _place(self, party: int) -> int:
        return self.order.index(party)

    def _clause(self, clause: Clause) -> Clause:
        if len(self.order) == 2 and not self.same:  # only the first party's fraction is named
            bounds = [(s, 0, _rest(below), _rest(above)) for s, _, above, below in clause.shares]
        else:
            bounds = sorted((s, self._place(i), a, b) for s, i, a, b in clause.shares)
        return replace(clause, shares=tuple(bounds))

    def _slope(self, slope: Slope) -> Slope:
        return replace(slope, changes=tuple(map(self.row, slope.changes)))

    def _sides(self, sides: Sequence[Side]) -> list[Side]:
        """Return a group's sides, one a party, after the other's."""
        many = len(self.order)
        found = [sides[start + i] for start in range(0, len(sides), many) for i in self.order]
        return [replace(side, party=self._place(side.party)) for side in found]

    def _balance(self, balance: Balance) -> Balance:
        many = len(self.order)
        weights = ((s // many * many + self._place(s % many), w) for s, w in balance.weights)
        return replace(balance, weights=tuple(sorted(weights)))


def _rest(bound: Bound) -> Bound:
    return None if bound is None else 1 - bound


def _weights(balance: Balance) -> tuple[tuple[tuple[int, Fraction], ...], Fraction]:
    return balance.weights, balance.least


__all__ = ["Turned"]
