"""What counts as even in groups where something inside one is divided, in a model for CP-SAT.

Notation: see :mod:`hikiwake.options.disclosure.within_groups.space`. A package counts where d is at
most Λ in each group: the tolerance times M, or, where the package that is known to be possible is
less even, what that has of it; then nothing that both accept is more even (H8).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm
from typing import Any

from hikiwake.model import Outcome
from hikiwake.options.disclosure.hidden.inside import Row
from hikiwake.options.disclosure.hidden.unknowns import Unknowns
from hikiwake.options.disclosure.within_groups.space import Space, summed

LARGEST = 2**52  # what a condition may count at the most


@dataclass(frozen=True, slots=True)
class Level:
    """What counts: the tolerance, or what a package known to be possible has in a group.

    There it gives the hidden side more than the known one, or less, by ``sign``. ``mosts`` is M of
    each group, in steps of the grid, where there are several.
    """

    worst: int | None = None
    sign: int = 1
    mosts: tuple[Fraction, ...] = ()

    def limit(self, space: Space, group: int, surely: Outcome) -> Row:
        """Return Λ of a group, linear in what is hidden."""
        if self.worst is None:
            return summed((space.most_of(group), space.dispute.tolerance))
        ratio = Fraction(1)
        if self.mosts:
            ratio = self.mosts[group] / self.mosts[self.worst]
        return summed((space.apart(self.worst, surely), self.sign * ratio))


def levels(space: Space, steps: int) -> Iterator[Level]:
    """Yield all that can count as even; the hidden side's points are so many steps together."""
    yield Level()
    groups = range(len(space.stakes))
    parts = [stake.inside.parts for stake in space.stakes]
    each = [[Fraction(k, n) for k in range(steps * n + 1)] for n in parts]
    for mosts in product(*each) if len(groups) > 1 else [()]:
        for worst in groups:
            if sum(mosts) <= steps and (not mosts or mosts[worst]):
                yield from (Level(worst, sign, mosts) for sign in (1, -1))


class Even:
    """Which packages are as even as counts."""

    def __init__(
        self, cp: Any, space: Space, hidden: Unknowns, level: Level, given: tuple[Outcome, int]
    ) -> None:
        self._cp, self._space, self._hidden = cp, space, hidden
        surely, step = given
        self.limits = [level.limit(space, n, surely) for n in range(len(space.stakes))]
        self._unless: dict[tuple[Outcome, bool], list[Any] | None] = {}
        for group, most in enumerate(level.mosts):
            parts = space.stakes[group].inside.parts
            cp.add(self.most(group) == int(most * parts) * step)
        if level.worst is not None:
            usual = space.most_of(level.worst), -space.dispute.tolerance
            self._at_least(summed((self.limits[level.worst], Fraction(1)), usual), 1)

    def sum(self, row: Row, scale: int) -> Any:
        """Return what a row is, times a whole number with which all its parts are whole."""
        return self._hidden.row(row, scale)

    def most(self, group: int) -> Any:
        """Return M of a group, times its parts."""
        inside = self._space.stakes[group].inside
        return self.sum(inside.extent, inside.parts)

    def fits(self, row: Row, scale: int, further: Fraction = Fraction(0)) -> bool:
        """Tell whether a row, and something more, is small enough to be counted, times a scale."""
        return scale * (self.size(row) + abs(further)) < LARGEST

    def size(self, row: Row) -> Fraction:
        """Return what a row cannot exceed."""
        sizes = (abs(part) * self._hidden.size(name) for name, part in row.items())
        return sum(sizes, start=Fraction(0))

    def unless(self, outcome: Outcome, closed: bool = False) -> list[Any] | None:
        """Return literals one of which holds just if a package is less even than counts.

        With ``closed``, if it is no more even. None: it always is, or numbers are too large.
        """
        key = outcome, closed
        if key not in self._unless:
            self._unless[key] = self._literals(outcome, closed)
        return self._unless[key]

    def require(self, outcome: Outcome) -> None:
        """Add that a package is as even as counts."""
        for _, row in self.left(outcome):
            self._at_least(row, 0)

    def left(self, outcome: Outcome) -> Iterator[tuple[int, Row]]:
        """Yield Λ less G - x·M, and Λ and G - x·M, for each group."""
        for group, limit in enumerate(self.limits):
            apart = self._space.apart(group, outcome)
            for sign in (-1, 1):
                yield group, summed((limit, Fraction(1)), (apart, Fraction(sign)))

    def _at_least(self, row: Row, least: int) -> None:
        """Add that a row is 0 or more, or more than 0, if that can be counted."""
        if self.fits(row, scale_of(row)):
            self._cp.add(self.sum(row, scale_of(row)) >= least)

    def _literals(self, outcome: Outcome, closed: bool) -> list[Any] | None:
        found: list[Any] = []
        for group, row in self.left(outcome):
            if not row and not closed:
                continue
            if not self.fits(row, scale_of(row)):
                return None
            found.append(literal := self._cp.new_bool_var(""))
            kept = self.sum(row, scale_of(row)) <= (0 if closed else -1)
            self._cp.add(kept).only_enforce_if(literal)
            if closed:
                self._cp.add(self.most(group) >= 1).only_enforce_if(literal)
        return found


def scale_of(row: Row) -> int:
    """Return by what a row is multiplied so that its parts are whole."""
    return lcm(*(part.denominator for part in row.values()))


__all__ = ["Even", "Level", "levels", "scale_of"]
