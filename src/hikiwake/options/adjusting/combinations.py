"""All combinations on a few issues at once, everything else of a package kept: whole issues only.

Notation: issue k has the place x[k] in the package. For a set of issues an array has one axis for
each of them; a number that holds for all combinations has none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.model import Outcome
from hikiwake.numeric import fits_int64
from hikiwake.pareto import Bargain
from hikiwake.solvers.problem import Clause
from hikiwake.solvers.solution import Taken

MAX_COMBINATIONS = 2_000_000
MAX_WEIGHED = 1_000

Array = NDArray[Any]
Places = tuple[int, ...]


class Combinations:
    """Looks among the packages that differ from a given one on a few issues."""

    def __init__(self, bargain: Bargain) -> None:
        self._compiled = bargain.compiled
        self._problem = bargain.compiled.within(bargain.level if bargain.compiled.groups else None)
        self._ids = bargain.compiled.whole
        exact = np.int64 if fits_int64(self._problem.magnitude) else object
        self._points = [np.array(options, dtype=exact) for options in self._problem.points]
        self._best = [points.max(axis=0).tolist() for points in self._points]
        self._numbers = [
            {value: n for n, value in enumerate(ways)} for ways in bargain.compiled.decisions
        ]
        self._groups = [(allowed.issues, self._table(allowed)) for allowed in self._problem.allowed]

    def places(self, outcome: Outcome) -> Places:
        """Return the places of a package's values."""
        pairs = zip(self._ids, self._numbers, strict=True)
        return tuple(numbers[outcome[issue]] for issue, numbers in pairs)

    def fewest(
        self, outcome: Outcome, hopeful: Callable[[Sequence[str]], bool]
    ) -> list[Outcome] | None:
        """Return possible packages with the fewest changes; None if that was too much to look at.

        Parameters
        ----------
        hopeful
            Tells of a set of issues whether changing them could do at all.
        """
        here, left = self.places(outcome), MAX_COMBINATIONS
        missing = self._missing(here)
        for size in range(1, len(self._ids) + 1):
            found: list[Outcome] = []
            for free in combinations(range(len(self._ids)), size):
                if any(sum(gaps[k] for k in free) < least for least, gaps in missing):
                    continue
                if not hopeful([self._ids[k] for k in free]):
                    continue
                left -= prod(len(self._points[k]) for k in free)
                if left < 0:
                    return None
                found += self._possible(here, free)
            if found:
                return found
        return None

    def _missing(self, here: Places) -> list[tuple[int, list[int]]]:
        """Return what anybody lacks to its floor, and how much each issue could give it at most.

        Every bonus that could come does, and each issue goes its best way: no package gives more.
        """
        found: list[tuple[int, list[int]]] = []
        own = [points[place].tolist() for points, place in zip(self._points, here, strict=True)]
        for i, floor in enumerate(self._problem.floors):
            if floor is not None:
                extras = sum(max(e.points, 0) for e in self._problem.extras if e.party == i)
                gaps = [best[i] - kept[i] for best, kept in zip(self._best, own, strict=True)]
                found.append((int(floor) - extras - sum(kept[i] for kept in own), gaps))
        return [(least, gaps) for least, gaps in found if least > 0]

    def _kept(self, here: Places, free: Places) -> Array:
        """Return everybody's points for the issues that stay as they are."""
        own = [self._points[k][place] for k, place in enumerate(here) if k not in free]
        return sum(own, start=np.zeros(self._problem.parties, dtype=self._points[0].dtype))

    def _possible(self, here: Places, free: Places) -> list[Outcome]:
        shape = tuple(len(self._points[k]) for k in free)
        kept = np.ones(shape, dtype=bool)
        for clause in self._problem.never:
            if (met := self._holds(clause, here, free)) is not None:
                kept &= ~met
        base = self._kept(here, free)
        for i, floor in enumerate(self._problem.floors):
            if floor is not None:
                kept &= (self._worth(i, base, here, free) >= floor).astype(bool)
        for issues, table in self._groups if kept.any() else ():
            kept &= table[tuple(self._place(k, here, free) for k in issues)]
        outcomes: list[Outcome] = []
        for spot in np.argwhere(kept)[:MAX_WEIGHED]:
            taken = list(here)
            for k, place in zip(free, spot.tolist(), strict=True):
                taken[k] = place
            outcomes.append(self._compiled.outcome(Taken(tuple(taken))))
        return outcomes

    def _worth(self, party: int, base: Array, here: Places, free: Places) -> Array:
        total = base[party]
        for axis, k in enumerate(free):
            total = total + _along(self._points[k][:, party], axis, len(free))
        for extra in self._problem.extras:
            if extra.party == party:
                met = self._holds(extra.when, here, free)
                if met is not None:
                    total = total + met.astype(self._points[0].dtype) * extra.points
        return total

    def _holds(self, clause: Clause, here: Places, free: Places) -> Array | None:
        """Return where a clause holds; None if it does nowhere, for what is kept speaks against."""
        if any(here[k] not in options and k not in free for k, options in clause.options):
            return None
        met = np.ones((1,) * len(free), dtype=bool)
        for k, options in clause.options:
            if k not in free:
                continue
            among = np.zeros(len(self._points[k]), dtype=bool)
            among[list(options)] = True
            met = met & _along(among, free.index(k), len(free))
        return met

    def _place(self, issue: int, here: Places, free: Places) -> Array:
        """Return an issue's places: all of them along its own axis, or the one that is kept."""
        if issue not in free:
            return np.full((1,) * len(free), here[issue])
        return _along(np.arange(len(self._points[issue])), free.index(issue), len(free))

    def _table(self, allowed: Any) -> Array:
        table = np.zeros([len(self._points[k]) for k in allowed.issues], dtype=bool)
        for combination in allowed.combinations:
            table[combination] = True
        return table


def _along(numbers: Array, axis: int, axes: int) -> Array:
    shape = [1] * axes
    shape[axis] = -1
    return numbers.reshape(shape)
