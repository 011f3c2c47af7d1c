"""The package that gives everybody the largest part of what it is measured by, of all packages.

What is left that may give most by what is known is looked at next, until nothing may give more
than the best that was found.

References
----------
Land, A. H. and Doig, A. G. (1960), An Automatic Method of Solving Discrete Programming Problems,
Econometrica 28.
Kelley, J. E. (1960), The Cutting-Plane Method for Solving Convex Programs, Journal of the SIAM 8.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from heapq import heappop, heappush
from typing import Any

from hikiwake.options.sureness.trees import cases as limits
from hikiwake.options.sureness.trees.cases import Cases, Met, Sets, Unproved
from hikiwake.options.sureness.trees.relaxed import Guess, Left
from hikiwake.options.sureness.trees.rows import Asked

Json = Any
Raised = Callable[[Json], tuple[Fraction, Sequence[Asked]]]

TIMES = 3  # as many cases as one package is looked for in

_ONE = Fraction(1)


@dataclass(slots=True)
class _Case:
    """What is left, and what was guessed of it when so many conditions were asked for."""

    left: Left
    grouped: frozenset[int]
    sets: Sets
    known: int = 0
    guess: Guess | None = None


class Highest(Cases):
    """Looks for the package that gives the largest part of all ideals at once."""

    def level(self, level: Fraction, raised: Raised) -> Fraction:
        """Return a level that no package is above.

        Parameters
        ----------
        level
            What is known: only packages that are above it are looked for.
        raised
            Of a package that is above it by what is known: the next level, and by what else it is
            measured, which it is not above.
        """
        self._level, self._written, self._most = level, False, TIMES * limits.MAX_LOOKED
        first = _Case(self._stated.everything(), frozenset(), self._start)
        open_, made = [(-_ONE, 0, first)], 0
        while open_ and -open_[0][0] > self._level:
            bound, _, case = heappop(open_)
            if case.known < len(self._asked):  # what is asked by now may bound it further
                bound, cases = max(bound, -self._bound(case)), [case]
            else:
                try:
                    cases = self._cases(case, raised)
                except Unproved:
                    return -bound
            for one in cases:
                heappush(open_, (bound, made := made + 1, one))
        return self._level

    def _cases(self, case: _Case, raised: Raised) -> list[_Case]:
        """Return the cases of a case; or itself, where a package was looked at."""
        self._counted()
        try:
            _, _, step = self._weighed(case.left, case.grouped, self._all(case.sets), case.guess)
        except Met as met:
            self._level, more = raised(met.package)
            self._ask(more)
            return [replace(case, known=0)]
        if step is None:
            return []
        kind, at, cases = step
        grouped = case.grouped | ({at[0]} if kind == "group" else set())
        return [_Case(left, grouped, sets) for left, sets in cases if all(left)]

    def _bound(self, case: _Case) -> Fraction:
        """Return the level that nothing in a case exceeds, by what floats guess to show that."""
        case.guess, case.known = self._guessed(case.left, self._all(case.sets)), len(self._asked)
        parts, _ = case.guess
        levels = sum((weight * row.asked.ideal for row, weight in parts), Fraction(0))
        starts = sum((weight * row.constant for row, weight in parts), Fraction(0))
        total = starts + self._relaxed.most(case.left, parts)
        if levels:
            return total / levels
        return Fraction(0) if total < 0 else _ONE
