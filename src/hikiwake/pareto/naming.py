"""Every point of a frontier at once, as people read it: a package, its ties, fractions, gains.

The same as asking point by point, but in a few passes over tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import cast, overload

import numpy as np
from numpy.typing import NDArray

from hikiwake.model import FrozenMap, Outcome, Value
from hikiwake.pareto.bargain import Bargain
from hikiwake.pareto.compiled import issue_ids
from hikiwake.pareto.fronts.points import Points
from hikiwake.pareto.ties import shown_first
from hikiwake.solvers.merging.few import Few
from hikiwake.solvers.merging.merged import Merged
from hikiwake.solvers.merging.survey import Survey, survey
from hikiwake.solvers.solution import Index, Taken

Row = tuple[Fraction, ...]

_EXACT = 2**53  # up to here floating point holds every whole number, and rounds a quotient once


@dataclass(frozen=True)
class Named:
    """A frontier of finitely many points that was merged, with everything told of each."""

    bargain: Bargain
    points: Points
    merged: Few | Merged

    @cached_property
    def _survey(self) -> Survey:
        return survey(self.merged, self.bargain.compiled.today())

    @cached_property
    def _columns(self) -> list[list[int]]:
        return self.merged.utilities.T.tolist()

    @property
    def ties(self) -> tuple[int, ...]:
        """How many packages each point has."""
        return tuple(self._survey.counts)

    @property
    def options(self) -> Index:
        """A package of each point by the places of its options, one column an issue."""
        return self._survey.options

    @property
    def floats(self) -> NDArray[np.float64]:
        """Everybody's points, rounded: a row a point."""
        units, utilities = self.bargain.compiled.units, self.merged.utilities
        if utilities.dtype == np.int64 and max(units) <= _EXACT and len(utilities):
            largest = max(int(utilities.max()), -int(utilities.min()))
            if largest <= _EXACT:
                return utilities / np.array(units, dtype=np.float64)
        rounded = [[u / unit for u in c] for c, unit in zip(self._columns, units, strict=True)]
        return np.array(rounded, dtype=np.float64).T

    @property
    def outcomes(self) -> Packages:
        """The package that is shown first of each point (H11), written when it is looked at."""
        return Packages(self, len(self._survey.counts))

    def outcome(self, row: int) -> Outcome:
        """Return the package that is shown first of one point."""
        compiled, found = self.bargain.compiled, self._survey
        if not found.single[row]:
            return shown_first(self.bargain, self.points.point(row))
        return compiled.outcome(Taken(tuple(found.options[row].tolist())))

    def written(self) -> list[Outcome]:
        """Return all of them at once, which takes less than one by one."""
        compiled, found = self.bargain.compiled, self._survey
        ways = cast(tuple[tuple[Value, ...], ...], compiled.decisions)
        columns: list[list[int]] = found.options.T.tolist()
        order = compiled.dispute.once(issue_ids)
        places = [compiled.whole.index(issue) for issue in order]
        words = [[ways[k][option] for option in columns[k]] for k in places]
        rows: Iterable[tuple[Value, ...]] = zip(*words, strict=True)
        if not words:
            rows = [()] * len(found.counts)
        outcomes: list[Outcome] = [FrozenMap.paired(order, row) for row in rows]
        for row in (~found.single).nonzero()[0].tolist():
            outcomes[row] = self.outcome(row)
        return outcomes

    @property
    def utilities(self) -> tuple[Row, ...]:
        """Everybody's points."""
        units = self.bargain.compiled.units
        return _rows([_over(c, 0, unit) for c, unit in zip(self._columns, units, strict=True)])

    @property
    def gains(self) -> tuple[tuple[Fraction | None, ...], ...]:
        """Everybody's gains; None for who can neither gain nor lose (H9)."""
        gains: list[Sequence[Fraction | None]] = [[None] * len(c) for c in self._columns]
        measure = self.bargain.gains
        for i, zero, unit in zip(measure.parties, measure.zeros, measure.units, strict=True):
            gains[i] = _over(self._columns[i], zero, unit)
        return tuple(zip(*gains, strict=True))


class Packages(Sequence[Outcome]):
    """A package a point, known by its options and written in names when it is looked at.

    It is read like a tuple, and equal to one that holds the same packages.
    """

    def __init__(self, named: Named, count: int) -> None:
        self._named = named
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Outcome: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Outcome, ...]: ...
    def __getitem__(self, place: int | slice) -> Outcome | tuple[Outcome, ...]:
        if isinstance(place, slice) or "_all" in self.__dict__:
            return self._all[place]
        return self._named.outcome(range(self._count)[place])

    def __iter__(self) -> Iterator[Outcome]:
        return iter(self._all)

    @cached_property
    def _all(self) -> tuple[Outcome, ...]:
        return tuple(self._named.written())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, tuple | Packages):
            return NotImplemented
        return self._all == tuple(cast("Iterable[Outcome]", other))

    def __hash__(self) -> int:
        return hash(self._all)

    def __repr__(self) -> str:
        return repr(self._all)


def named(bargain: Bargain) -> Named | None:
    """Return a frontier's points to be told all at once; None where they must be one by one."""
    points = bargain.frontier
    if isinstance(points, Points) and isinstance(points.solution, Few | Merged):
        return Named(bargain, points, points.solution)
    return None


def _rows(columns: Sequence[Sequence[Fraction]]) -> tuple[Row, ...]:
    return tuple(zip(*columns, strict=True))


def _over(column: list[int], zero: Fraction | int, unit: Fraction | int) -> list[Fraction]:
    """Return (number − zero) ÷ unit for each number; equal ones are worked out once."""
    above, below = Fraction(zero).as_integer_ratio()
    times, parts = Fraction(unit).as_integer_ratio()
    whole, factor, less = times * below, parts * below, above * parts
    different = set(column)
    if len(different) == len(column):
        return [Fraction(number * factor - less, whole) for number in column]
    known = {number: Fraction(number * factor - less, whole) for number in different}
    return [known[number] for number in column]
