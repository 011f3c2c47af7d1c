"""Which packages are as even in groups as counts where something is divided in one, for CP-SAT.

A package is so where no condition is below 0. Multipliers count the conditions, too, so nothing has
to be said of cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import lcm
from typing import Any

from hikiwake.findings.talks import Hiding
from hikiwake.options.disclosure.among_several.alone import Row
from hikiwake.options.disclosure.among_several.imbalance import Condition, Imbalance
from hikiwake.options.disclosure.among_several.products import Products
from hikiwake.options.disclosure.hidden.unknowns import Unknowns

LARGEST = 2**50  # what is counted exactly


class Balanced:
    """The conditions; packages are given by what each condition is of them.

    ``beyond``: more counts than the tolerance, and then nothing that nobody refuses is more even.
    """

    def __init__(
        self,
        cp: Any,
        imbalance: Imbalance,
        conditions: Sequence[Condition],
        hidden: Sequence[Unknowns],
        hiding: Hiding,
    ) -> None:
        self._cp, self._imbalance, self._conditions = cp, imbalance, conditions
        self._products = Products(cp, imbalance.atoms, hidden, hiding)
        self.numbers = [[self._products.of(x) for x in own.products] for own in conditions]
        self.beyond = False

    def exceed(self, usual: Condition, row: Row) -> None:
        """Count more as even than the tolerance: what two sides are apart by a package."""
        self.beyond = True
        for key in self._imbalance.keys(usual.pair):
            self._cp.add(self._most(*key) >= 1)
        list(self._kept(usual, row, -1, 1))

    def keep(self, pieces: Iterable[Any]) -> None:
        """Say nothing of a cell that is to be chosen."""

    def even(self, rows: Sequence[Row]) -> list[Any]:
        """Return literals that only hold, all of them, where a package is as even as counts."""
        return [self._if(self._conditions[n], row, 1, 0) for n, row in enumerate(rows)]

    def unless(self, rows: Sequence[Row]) -> Iterator[Any]:
        """Yield literals one of which holds where a package is less even than counts."""
        yield from (self._if(self._conditions[n], row, -1, 1) for n, row in enumerate(rows))

    def no_more_even(self, rows: Sequence[Row]) -> Iterator[Any]:
        """Yield literals one of which holds where a package is no more even than counts."""
        for n, row in enumerate(rows):
            literal = self._if(self._conditions[n], row, -1, 0)
            for key in self._imbalance.keys(self._conditions[n].pair):
                self._cp.add(self._most(*key) >= 1).only_enforce_if(literal)
            yield literal

    def require(self, rows: Sequence[Row]) -> None:
        """Add that a possible package is just as even as counts, or within the tolerance."""
        for literal in self.even(rows):
            self._cp.add(literal == 1)
        if self.beyond:
            self._cp.add_bool_or(list(self.no_more_even(rows)))

    def bends(self, here: Sequence[Row], more: Sequence[Row]) -> Iterator[Any]:
        """Yield literals one of which holds where small steps from a package make it less even than
        counts; ``more`` is what a long one would add."""
        for n, (row, step) in enumerate(zip(here, more, strict=True)):
            literal = self._if(self._conditions[n], row, -1, 0)
            for kept in self._kept(self._conditions[n], step, -1, 1):
                kept.only_enforce_if(literal)
            yield literal

    def _most(self, n: int, group: int) -> Any:
        """Return M of a side that hides, in whole parts."""
        most = self._imbalance.most(n, group)
        parts = lcm(*(part.denominator for part in most.values()))
        return sum(int(part * parts) * self._products.of(one) for one, part in most.items())

    def _if(self, own: Condition, row: Row, sign: int, least: int) -> Any:
        """Return a literal that only holds where a condition, times a sign, is so much or more."""
        literal = self._cp.new_bool_var("")
        for kept in self._kept(own, row, sign, least):
            kept.only_enforce_if(literal)
        return literal

    def _kept(self, own: Condition, row: Row, sign: int, least: int) -> Iterator[Any]:
        """Yield that a condition, times a sign, is so much or more; or less than that, rounded."""
        size = self._products.size(row.numbers, own.products) + abs(row.fixed)
        fewer = sign * (size // LARGEST + 1)  # parts
        pairs = zip(row.numbers, map(self._products.of, own.products), strict=True)
        worth = -(-row.fixed // fewer)
        worth += sum(-(-part // fewer) * number for part, number in pairs if part)
        if isinstance(worth, int):
            yield self._cp.add_bool_and([worth >= least])
        else:
            yield self._cp.add(worth >= least)


__all__ = ["Balanced"]
