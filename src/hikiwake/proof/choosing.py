"""What to do at an open node of a proof: a row that closes something, or a part to branch on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from hikiwake.proof.relaxing import Multipliers
from hikiwake.proof.rounding import whole
from hikiwake.solvers.deadline import Deadline

Row = tuple[int | tuple[int, ...], ...]

MAX_TRIED = 15  # rows of the pool at one node, those first that closed most so far


class OutOfReach(Exception):
    """A tree outgrew what it may hold, or time was up."""


class Opening(Protocol):
    """A node that upper bounds leave open, and what is still asked of it."""

    @property
    def levels(self) -> Sequence[int]:
        """The levels that are open."""
        ...

    def closed_by(self, row: Row) -> frozenset[int]:
        """Return which of the open levels a row closes, exactly."""
        ...

    def given(self) -> Iterator[tuple[int, ...]]:
        """Yield multipliers that the goal itself suggests."""
        ...

    def solve(
        self, levels: Sequence[int], weights: Sequence[int] | None = None
    ) -> Multipliers | None:
        """Return what a linear program takes for multipliers; for weights, what goes with them."""
        ...

    @property
    def tied(self) -> bool:
        """Whether a clause is undecided."""
        ...

    def exactly(self, weights: Sequence[float]) -> Iterator[tuple[int, ...]]:
        """Yield whole multipliers that hold exactly equal what some weights hold nearly so."""
        ...

    def wide(self) -> Iterator[tuple[int, int]]:
        """Yield the integer that branches on each part with several options, and how many."""
        ...

    def row(self, found: Multipliers, weights: Sequence[int]) -> Row:
        """Return multipliers as a row, in the integers of the dispute."""
        ...


@dataclass(slots=True)
class Pool:
    """The rows of multipliers that a certificate holds so far, and how often each was of use."""

    rows: list[Row] = field(default_factory=list[Row])
    used: list[int] = field(default_factory=list[int])

    def add(self, row: Row) -> int:
        """Return the place of a row; add it if it is new."""
        if row not in self.rows:
            self.rows.append(row)
            self.used.append(0)
        return self.rows.index(row)

    def busiest(self) -> list[int]:
        """Return the places of the rows that were used most."""
        places = sorted(range(len(self.rows)), key=lambda place: -self.used[place])
        return places[:MAX_TRIED]


class Chooser:
    """Chooses node by node; what it chose is a tree's list of integers."""

    def __init__(self, pool: Pool, most: int, deadline: Deadline) -> None:
        self._pool = pool
        self._most = most
        self._deadline = deadline
        self.tree: list[int] = []

    def choose(self, opening: Opening) -> int:
        """Return what to do at an open node: the next integer of the tree."""
        if len(self.tree) >= self._most or self._deadline.passed:
            raise OutOfReach
        chosen = self._known(opening)
        if chosen is None:
            chosen = self._found(opening)
        self.tree.append(chosen)
        return chosen

    def row(self, code: int) -> Row:
        """Return the row of the pool that a negative integer of the tree means."""
        return self._pool.rows[-1 - code]

    def _known(self, opening: Opening) -> int | None:
        """Return the row of the pool that closes most, if one closes anything."""
        best, closed = None, 0
        for place in self._pool.busiest():
            count = len(opening.closed_by(self._pool.rows[place]))
            if count > closed:
                best, closed = place, count
                if count == len(opening.levels):
                    break
        return None if best is None else self._use(best)

    def _use(self, place: int) -> int:
        self._pool.used[place] += 1
        return -1 - place

    def _found(self, opening: Opening) -> int:
        """Return a new row, or where none closes anything, what to branch on."""
        for weights in opening.given():
            if opening.closed_by(weights):
                return self._use(self._pool.add(weights))
        found: Multipliers | None = None
        every = tuple(opening.levels)
        alone = [(level,) for level in reversed(every)] if len(every) > 1 else []
        for levels in (every, *alone):
            found = opening.solve(levels)
            if found is None or found.slack > _CLOSE:
                continue
            for weights in chain(whole(found.weights), opening.exactly(found.weights)):
                row = self._row(opening, levels, weights)
                if row is not None and opening.closed_by(row):
                    return self._use(self._pool.add(row))
        return _branch(opening, found)

    def _row(self, opening: Opening, levels: Sequence[int], weights: tuple[int, ...]) -> Row | None:
        if not opening.tied:
            return weights
        best = opening.solve(levels, weights)
        return None if best is None else opening.row(best, weights)


_CLOSE = 1e-9


def _branch(opening: Opening, found: Multipliers | None) -> int:
    """Return what is most undecided in the relaxation; of equals the part with fewest options."""
    choices = [(0.0, -count, integer) for integer, count in opening.wide()]
    if found is not None:
        choices = [(found.split[integer], less, integer) for _, less, integer in choices]
    if not choices:
        raise OutOfReach
    return max(choices, key=lambda choice: (round(choice[0], 3), *choice[1:]))[2]
