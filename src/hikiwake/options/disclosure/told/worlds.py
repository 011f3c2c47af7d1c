"""All ways in which the hidden preferences of the sides can lie together: which word each gives.

Notation: a *world* gives every side one of the preferences that it might have. A table has one axis
for each side, in their order, and one cell for each world.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from math import lcm, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.findings.talks import Word
from hikiwake.model import Condition, Dispute, FrozenMap, Outcome, Preference
from hikiwake.numeric import fits_int64, wholes

MAX_WORLDS = 1_000_000
MAX_CELLS = 100_000_000  # worlds times packages

WORDS = tuple(Word)

Table = NDArray[Any]
Sides = Sequence[Sequence[Preference]]


def covers(dispute: Dispute, sizes: Sequence[int]) -> bool:
    """Tell whether so many preferences of each side can be put into tables.

    Everything has to be decided whole, with no group that must be even within itself.
    """
    decisions = [dispute.decisions_of(issue) for issue in dispute.issues]
    if any(group.not_for_trade for group in dispute.groups):
        return False
    packages = prod(0 if ways is None else len(ways) for ways in decisions)
    worlds = prod(sizes)
    return packages > 0 and worlds <= MAX_WORLDS and worlds * packages <= MAX_CELLS


def dispute_in(dispute: Dispute, sides: Sides, cell: Sequence[int]) -> Dispute:
    """Return the dispute as it would be in one world."""
    chosen = [side[n] for side, n in zip(sides, cell, strict=True)]
    return replace(dispute, preferences=FrozenMap({own.party: own for own in chosen}))


class Worlds:
    """The words that each world gives about any package, all worlds at once.

    Notes
    -----
    A gain counts towards the most that a side could get among the packages that all accept, so it
    differs from world to world. All numbers are whole: each side counts on a scale of its own.
    """

    def __init__(self, dispute: Dispute, sides: Sides) -> None:
        self._dispute, self._sides = dispute, sides
        self._tolerance = dispute.tolerance
        self._ways = {issue.id: dispute.decisions_of(issue) or () for issue in dispute.issues}
        values = product(*self._ways.values())
        self._packages = [FrozenMap.paired(self._ways, package) for package in values]
        self._place = {package: n for n, package in enumerate(self._packages)}
        self._decided = np.array(list(np.ndindex(*map(len, self._ways.values()))))
        self._met: dict[Condition, Table] = {}
        self.shape = tuple(len(side) for side in sides)
        self._allowed = self._kept(rule.never for rule in dispute.rules)
        self._largest = 1
        self._above = [self._gained(side) for side in sides]
        self._accepted = [
            np.array([self._kept(line.never for line in own.red_lines) for own in side])
            & (above >= 0)
            for side, above in zip(sides, self._above, strict=True)
        ]
        self._most = self._ranges()
        self._words: dict[Outcome, Table] = {}

    def words(self, outcome: Outcome) -> Table:
        """Return the place of the word, in ``WORDS``, that each world gives about a package."""
        if outcome not in self._words:
            self._words[outcome] = self._worked_out(self._place[outcome])
        return self._words[outcome]

    def dispute_at(self, cell: Sequence[int]) -> Dispute:
        """Return the dispute as it would be in a world."""
        return dispute_in(self._dispute, self._sides, cell)

    def _gained(self, side: Sequence[Preference]) -> Table:
        """Return how far above its walk-away value each package leaves each preference."""
        valued: dict[tuple[str, int], list[Fraction]] = {}
        counted = [list(self._counted(own, valued)) for own in side]
        scale = lcm(*(n.denominator for own in counted for numbers, _ in own for n in numbers))
        rows = np.zeros((len(side), len(self._packages)), dtype=object)
        for place, own in enumerate(counted):
            for numbers, which in own:
                rows[place] += np.array(wholes(numbers, scale), dtype=object)[which]
        self._largest = max(self._largest, *map(abs, rows.flat))
        return rows

    def _counted(
        self, own: Preference, valued: dict[tuple[str, int], list[Fraction]]
    ) -> Iterator[tuple[list[Fraction], Table]]:
        """Yield what counts for a preference: some numbers, and of each package which of them.

        ``valued`` keeps what points give, since many preferences of a side share the same object.
        """
        yield [-(own.walk_away or Fraction(0))], np.zeros(len(self._packages), dtype=int)
        for place, (issue, ways) in enumerate(self._ways.items()):
            if issue in own.points:
                points = own.points[issue]
                if (key := (issue, id(points))) not in valued:
                    valued[key] = [points.value(own.party, value) for value in ways]
                yield valued[key], self._decided[:, place]
        for bonus in own.bonuses:
            yield [Fraction(0), bonus.points], self._meeting(bonus.when).astype(int)

    def _meeting(self, condition: Condition) -> Table:
        """Return which packages have a combination."""
        if condition not in self._met:
            self._met[condition] = np.array([condition.holds(one) for one in self._packages])
        return self._met[condition]

    def _kept(self, never: Iterable[Condition]) -> Table:
        """Return which packages have none of some combinations."""
        kept = np.ones(len(self._packages), dtype=bool)
        for condition in never:
            kept &= ~self._meeting(condition)
        return kept

    def _ranges(self) -> list[Table]:
        """Return what each side could gain at most in each world; below 0: nothing is possible."""
        parts = self._tolerance.numerator + self._tolerance.denominator
        exact: Any = np.int64 if fits_int64(4 * parts * self._largest**2) else object
        self._above = [above.astype(exact) for above in self._above]
        most = [np.full(self.shape, -1, dtype=exact) for _ in self.shape]
        for n in range(len(self._packages)):
            if self._allowed[n]:
                possible = self._possible(n)
                for side, reached in enumerate(most):
                    here = self._along(self._above[side][:, n], side)
                    np.maximum(reached, np.where(possible, here, -1), out=reached)
        return most

    def _worked_out(self, n: int) -> Table:
        words = np.full(self.shape, WORDS.index(Word.NOT_POSSIBLE), dtype=np.int8)
        if not self._allowed[n]:
            return words
        possible = self._possible(n)
        words[possible] = WORDS.index(Word.NOT_EVEN)
        words[possible & self._even(n)] = WORDS.index(Word.EVEN)
        return words

    def _possible(self, n: int) -> Table:
        table = np.ones(self.shape, dtype=bool)
        for side, accepted in enumerate(self._accepted):
            table &= self._along(accepted[:, n], side)
        return table

    def _even(self, n: int) -> Table:
        """Return where all gains that there are lie within the tolerance, and two there are."""
        within = np.ones(self.shape, dtype=bool)
        compared = np.zeros(self.shape, dtype=bool)
        tolerance: Fraction = self._tolerance
        for one, other in combinations(range(len(self.shape)), 2):
            first, second = self._most[one], self._most[other]
            both = (first > 0) & (second > 0)
            apart = abs(
                self._along(self._above[one][:, n], one) * second
                - self._along(self._above[other][:, n], other) * first
            )
            near = apart * tolerance.denominator <= first * second * tolerance.numerator
            within &= ~both | near.astype(bool)
            compared |= both
        return within & compared

    def _along(self, values: Table, side: int) -> Table:
        shape = [1] * len(self.shape)
        shape[side] = len(values)
        return values.reshape(shape)
