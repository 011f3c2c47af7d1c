"""The fewest shares that need to be divided behind a point.

Which shares stay whole, and whose they are, is chosen by CP-SAT. Whether the rest can then be
divided so that everybody has what the point says is a linear program; where it cannot, Farkas's
multipliers tell what is short, and so what every other choice has to bring: one more condition.

References
----------
Benders, J. F. (1962), Partitioning procedures for solving mixed-variables programming problems,
Numerische Mathematik 4.
Hooker, J. N. and Ottosson, G. (2003), Logic-based Benders decomposition, Math. Programming 96.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import lcm
from typing import Any

from hikiwake.solvers.hulls.behind import (
    Division,
    Positions,
    TooManyTies,
    divisions,
    factors_of,
    just,
    positions_in,
)
from hikiwake.solvers.hulls.hull import Frame, Hull, Link, Mixture, Sums
from hikiwake.solvers.hulls.lots import by_lot
from hikiwake.solvers.programs import Impossible
from hikiwake.solvers.watched import search

MAX_CHOICES = 100  # ways to take the whole options behind a point
MAX_ROUNDS = 300  # ways to keep shares whole that turn out impossible, a choice
_EFFORT = 2.0  # of CP-SAT's own, repeatable seconds, a round
_LONGEST = 2**40  # so that sums of costs stay within 64 bits

Whole = tuple[int, int, int]  # (part, place of the factor, corner): all of a share to one party
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Fewest:
    """Divisions that divide as few shares as any found; ``certain``: as any there is."""

    divided: int
    divisions: tuple[Division, ...]
    certain: bool


class _Undecided(Exception):
    """A limit was reached before it was certain."""


def divided_in(positions: Positions, counted: frozenset[int]) -> int:
    """Return how many of the counted shares nobody has whole."""
    return sum(
        kind == "share" and place in counted and 1 not in parts
        for (kind, place), parts in positions.items()
    )


def fewest_divided(
    hull: Hull, sums: Sums, kept: tuple[Link, ...], counted: frozenset[int], stop: Stop
) -> Fewest:
    """Return divisions behind a Pareto-optimal point that divide the fewest counted shares.

    One for each way to take the whole options at which so few are divided. Certain unless ``stop``
    says so, or more ways than ``MAX_CHOICES`` or rounds than ``MAX_ROUNDS`` would be needed.
    """
    found, certain = _ways(hull, sums, kept)
    best = min(divided_in(division.positions, counted) for division in found)
    fewest: list[Division] = []
    for division in sorted(found, key=lambda d: divided_in(d.positions, counted)):
        choice = _Choice(hull, division, (sums, kept), counted)
        try:
            better = choice.fewest(best, stop)
        except _Undecided:
            certain = False
            better = division if divided_in(division.positions, counted) <= best else None
        if better is not None:
            divided = divided_in(better.positions, counted)
            fewest = [*fewest, better] if divided == best else [better]
            best = divided
    return Fewest(best, tuple(fewest), certain or best == 0)


def _ways(hull: Hull, sums: Sums, kept: tuple[Link, ...]) -> tuple[list[Division], bool]:
    found: list[Division] = []
    try:
        found.extend(islice(divisions(hull, sums, kept), MAX_CHOICES + 1))
    except TooManyTies:
        return found, False
    return found[:MAX_CHOICES], len(found) <= MAX_CHOICES


class _Choice:
    """One way to take the whole options, and all the ways to keep counted shares whole there."""

    def __init__(
        self,
        hull: Hull,
        division: Division,
        point: tuple[Sums, tuple[Link, ...]],
        counted: frozenset[int],
    ) -> None:
        from ortools.sat.python import cp_model

        sums, kept = point
        self._hull, self._division = hull, division
        self._links = (*just(sums[: hull.parties]), *kept)
        self._view = {part: (cell,) for part, cell in division.cells.items()}
        self._factors = factors_of(hull, division.cells)
        self._cp: Any = cp_model.CpModel()
        self._wholes: dict[Whole, Any] = {}
        self._divided: list[Any] = []
        for part, _, place, factor in self._factors:
            if factor.kind == "share" and factor.place in counted:
                own = {
                    (part, place, corner): self._cp.new_bool_var("")
                    for corner, (position, _) in enumerate(factor.corners)
                    if 1 in position
                }
                self._wholes |= own
                self._divided.append(self._cp.new_bool_var(""))
                self._cp.add_exactly_one([*own.values(), self._divided[-1]])
        lots = {whole: self._lot(*whole) for whole in self._wholes}
        worst = 1 + sum(lots.values())
        drawn = sum(lot * self._wholes[whole] for whole, lot in lots.items())
        self._cp.minimize(worst * sum(self._divided) - drawn)  # of as few, lots decide (H11)
        for link in self._links:
            self._condition(link.weights, link.least)
        self._at_prices((*(Link({i: 1}, sums[i]) for i in range(hull.parties)), *kept))

    def _lot(self, part: int, place: int, corner: int) -> int:
        """Return the number drawn for a party to have all of a share."""
        factor = self._hull.parts[part].cells[self._division.cells[part]].factors[place]
        lots = self._hull.problem.lots.shares
        return lots[factor.place][factor.corners[corner][0].index(1)] if lots else 0

    def _at_prices(self, above: tuple[Link, ...]) -> None:
        """Add that every share goes where it is worth most, at prices that support the point."""
        weights: dict[int, Fraction] = dict.fromkeys(range(self._hull.parties), Fraction(1))
        best = Frame(self._hull, self._view).best(above, weights)
        assert isinstance(best, Mixture), "the point is reached"
        self._combined(above, best.multipliers, (weights, best.value))

    def fewest(self, at_most: int, stop: Stop) -> Division | None:
        """Return a division with the fewest shares divided; None if these are more than that.

        Raises
        ------
        _Undecided
            If a limit was reached.
        """
        self._cp.add(sum(self._divided) <= at_most)
        for _ in range(MAX_ROUNDS):
            if stop():
                break
            whole = self._ask()
            if whole is None:
                return None
            mixture = by_lot(self._frame(whole), self._links, self._factors)
            if not isinstance(mixture, Impossible):
                positions = positions_in(mixture, self._factors)
                return Division(self._division.cells, positions)
            self._learn(whole, mixture)
        raise _Undecided

    def _ask(self) -> list[Whole] | None:
        """Return which shares to keep whole, and whose; None if nothing is left to try."""
        ended = search(self._cp, num_workers=1, max_deterministic_time=_EFFORT)
        if ended.impossible:
            return None
        if not ended.best:
            raise _Undecided
        return [whole for whole, literal in self._wholes.items() if ended.holds(literal)]

    def _frame(self, whole: Sequence[Whole]) -> Frame:
        taken = {(part, place): corner for part, place, corner in whole}
        left_out = {
            (part, cell, place, corner)
            for part, cell, place, factor in self._factors
            for corner in range(len(factor.corners))
            if taken.get((part, place), corner) != corner
        }
        return Frame(self._hull, self._view, frozenset(left_out))

    def _learn(self, whole: Sequence[Whole], impossible: Impossible) -> None:
        """Add what the choices that were possible so far would all have to bring."""
        self._cp.add_bool_or([~self._wholes[one] for one in whole])
        self._combined(self._links, impossible.multipliers, ({}, Fraction(0)))

    def _combined(
        self,
        links: Sequence[Link],
        multipliers: Sequence[Fraction],
        start: tuple[dict[int, Fraction], Fraction],
    ) -> None:
        """Add a condition that is the sum of links, each times what its multiplier says."""
        weights, least = start
        for link, multiplier in zip(links, multipliers, strict=True):
            for i, weight in link.weights.items():
                weights[i] = weights.get(i, Fraction(0)) - multiplier * weight
            least -= multiplier * link.least
        self._condition(weights, least)

    def _condition(self, weights: Mapping[int, int | Fraction], least: int | Fraction) -> None:
        """Add that the sums, weighed, reach ``least``: keeping shares whole may not cost more."""
        room = -Fraction(least)
        costs: dict[Whole, Fraction] = {}
        for part, cell in self._division.cells.items():
            (base,), *factors = self._hull.corners(part, cell)
            room += self._worth(base, weights)
            for place, corners in enumerate(factors):
                worths = [self._worth(vector, weights) for vector in corners]
                room += max(worths)
                for corner, worth in enumerate(worths):
                    if (part, place, corner) in self._wholes and worth < max(worths):
                        costs[part, place, corner] = max(worths) - worth
        scale = Fraction(lcm(room.denominator, *(cost.denominator for cost in costs.values())))
        longest = max((abs(room), *costs.values())) * scale
        if longest > _LONGEST:  # rounded down on both sides the condition is still right
            scale *= _LONGEST / longest
        spent = sum(int(cost * scale // 1) * self._wholes[one] for one, cost in costs.items())
        self._cp.add(spent <= int(room * scale // 1))

    def _worth(self, vector: Sequence[int], weights: Mapping[int, int | Fraction]) -> Fraction:
        scale = self._hull.scale
        return sum((Fraction(w * vector[i]) / scale[i] for i, w in weights.items()), Fraction(0))


__all__ = ["Fewest", "divided_in", "fewest_divided"]
