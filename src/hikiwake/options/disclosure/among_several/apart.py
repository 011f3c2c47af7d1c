"""Why nothing uneven can be the best by Kalai and Smorodinsky, for some members, by multipliers.

Notation: a is what a package gives a side, r the most that it can gain, its gain a ÷ r.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from hikiwake.model import Outcome
from hikiwake.options.disclosure.among_several.blends import Blends
from hikiwake.options.disclosure.among_several.looks import Array, Members, Multipliers
from hikiwake.solvers.programs import Impossible, Program, solve

MAX_PROGRAMS = 400  # for some members

_MARGIN = 1e-9


@dataclass(frozen=True, slots=True)
class Proof:
    """Multipliers by which nothing in a cell gives all so much, and one side much more."""

    cell: int
    side: int
    counts: Multipliers


@dataclass(frozen=True, slots=True)
class Apart:
    """Why the best is not uneven: a package whose least gain no best one can go below, and for
    each cell and side why that side is not ahead there."""

    best: Outcome
    proofs: tuple[Proof, ...]


class Proving:
    """Finds multipliers. Those that served once are tried first."""

    def __init__(self, blends: Blends) -> None:
        self._blends = blends
        count = len(blends.rows)
        self._pool: list[Multipliers] = [
            tuple(int(k == n) for k in range(count)) for n in range(count)
        ]
        self._first = [cell.start for cell in blends.cells]

    def apart(self, members: Members, best: Outcome) -> Apart:
        """Return why no package is uneven that gives nobody less than the least gain by the best,
        as far as that is found."""
        look = self._blends.look(members)
        pairs = zip(self._blends.gained(members, best), look.most, strict=True)
        least = min(a / r for a, r in pairs if r)
        above = self._blends.serving(members).above(members)
        most = [*look.most, *(Fraction(0) for _ in above[len(look.most) :])]
        return Apart(best, tuple(self._proofs(above, most, np.flatnonzero(look.kept), least)))

    def _proofs(
        self, above: Sequence[Array], most: Sequence[Fraction], cells: Array, least: Fraction
    ) -> Iterator[Proof]:
        tolerance, left = self._blends.dispute.tolerance, MAX_PROGRAMS
        corners = np.stack(above).astype(float)
        ahead = [side for side, own in enumerate(most) if own]
        needed = np.array([float(least * own) for own in most])
        waiting = [(side, cell) for side in ahead for cell in cells.tolist()]
        while waiting:
            counts = np.array(self._pool, dtype=float)
            largest = np.maximum.reduceat(counts @ corners, self._first, axis=1)
            rest: list[tuple[int, int]] = []
            for side, cell in waiting:
                limit = counts @ needed + counts[:, side] * float(tolerance * most[side])
                over = limit - largest[:, cell] - _MARGIN * (abs(limit) + 1)
                if over.max() > 0:
                    yield Proof(cell, side, self._pool[int(np.argmax(over > 0))])
                else:
                    rest.append((side, cell))
            if not rest or not left:
                return
            left -= 1
            side, cell = rest[0]
            counts_found = self._multipliers(side, cell, above, [least * own for own in most])
            known = counts_found in self._pool
            self._pool += [] if known else [counts_found]
            waiting = rest[1:] if known else rest

    def _multipliers(
        self, side: int, cell: int, above: Sequence[Array], needed: Sequence[Fraction]
    ) -> Multipliers:
        """Return what proves how much a side gets in a cell where all others get what they need."""
        others = [k for k in range(len(above)) if k != side]
        columns = [
            ((0, 1), *((r, one) for r, k in enumerate(others, 1)
                       if (one := int(above[k][v]) * needed[k].denominator - needed[k].numerator)))
            for v in self._blends.cells[cell]
        ]  # fmt: skip
        slack = [((r, -1),) for r in range(1, len(others) + 1)]
        objective = [int(above[side][v]) for v in self._blends.cells[cell]]
        program = Program(
            [*columns, *slack], [*objective, *(0 for _ in slack)], [1, *(0 for _ in slack)]
        )
        answer = solve(program)
        counts = [Fraction(0)] * len(above)
        for k, one in zip(others, answer.multipliers[1:], strict=True):
            counts[k] = -one * needed[k].denominator
        if not isinstance(answer, Impossible):
            counts[side] = Fraction(1)
        scale = lcm(*(one.denominator for one in counts))
        return tuple(int(one * scale) for one in counts)


__all__ = ["Apart", "Proof", "Proving"]
