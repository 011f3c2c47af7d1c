"""What has been disclosed: which hidden points are still consistent with all that was told.

The sides know the dispute, their own points, and what they were told. What the others may hide is
declared beforehand as a grid. Of its members those are left with which the same would have been
told. Where the grid is too large to be counted, linear conditions give an interval for every hidden
number, and the number of words bounds how much they can tell apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import permutations
from typing import Any

import numpy as np

from hikiwake.findings.talks import Exposure, Hiding, Interval, Talks, Word
from hikiwake.model import WALK_AWAY, Answer, FrozenMap, Outcome, Preference
from hikiwake.options.adjust import Adjusting
from hikiwake.options.disclosure_asked import MAX_ASKED, Asked, Settled, settled_for
from hikiwake.options.disclosure_grid import hidden_preferences, require_grid, size_of
from hikiwake.options.disclosure_linear import intervals
from hikiwake.options.disclosure_worlds import WORDS, Table, Worlds, covers

MAX_HIDDEN = 2_000  # preferences of one side
MAX_SIDES = 6


class Disclosure:
    """Measures what the sides could have learnt of each other from what they were told.

    What was told is ``Talks``: the words, and the settled package where it was shown, with whether
    it is a draw, and to each side its own gain to the grain of the tolerance.

    Notes
    -----
    Counted are at most ``MAX_HIDDEN`` preferences of a side, and a million ways in which those of
    several sides lie together. Of more than ``MAX_SIDES`` sides nothing is measured.
    """

    def __init__(self, adjusting: Adjusting, hiding: Hiding) -> None:
        require_grid(hiding)
        self.dispute = adjusting.dispute
        self._hiding = hiding
        self._size = size_of(self.dispute, hiding)
        self._sides = len(self.dispute.parties)
        self.counted = self._counts([1, *[self._size] * (self._sides - 1)])
        self.refuses = self._counts([self._size] * self._sides)

    def exposures(self, talks: Talks) -> tuple[Exposure, ...]:
        """Return what each side can still hold possible of each other. For the mediator (H14)."""
        if self._sides > MAX_SIDES:
            return ()
        pairs = permutations(self.dispute.party_ids, 2)
        return tuple(self._exposure(party, observer, talks) for party, observer in pairs)

    def least_left(self, talks: Talks, outcome: Outcome) -> Fraction:
        """Return the least part of what any side might hide that a word about a package leaves.

        It is the least over every word that could come and over every preference that a side which
        looks might itself have, as far as they fit what was told before. So it is a function of the
        declared grid and of what all were told: whatever the truth is, it is the same, and what is
        refused by it says nothing. 1 where that is too much to count; 0 once the settled package
        was shown.
        """
        if not self.refuses:
            return Fraction(1)
        if talks.shown is not None:
            return Fraction(0)
        left = self._fitting(self._everybody, talks)
        table = self._everybody.words(FrozenMap(outcome))
        counts = [
            np.count_nonzero(_seen(left & (table == word), hidden, observer), axis=1)
            for word in range(len(WORDS))
            for hidden, observer in permutations(range(self._sides), 2)
        ]
        least = min((int(some[some > 0].min()) for some in counts if some.any()), default=0)
        return Fraction(least, self._size or 1)

    def words_of(self, party: str, talks: Talks, outcome: Outcome) -> Counter[Word]:
        """Return how many members of a party that are left would give each word about a package.

        As the first of the other sides sees it, from its own points.
        """
        observer = next(other for other in self.dispute.party_ids if other != party)
        worlds, place = self._seen_by(observer), self.dispute.party_ids.index(party)
        left, table = self._fitting(worlds, talks), worlds.words(FrozenMap(outcome))
        given = {w: len(_members(left & (table == n), place)) for n, w in enumerate(WORDS)}
        return Counter({word: count for word, count in given.items() if count})

    def _counts(self, sizes: Sequence[int | None]) -> bool:
        known = [size for size in sizes if size is not None]
        if len(known) < len(sizes) or max(known) > MAX_HIDDEN or self._sides > MAX_SIDES:
            return False
        return covers(self.dispute, known) or int(np.prod(known, dtype=object)) <= MAX_ASKED

    @cached_property
    def _members(self) -> dict[str, tuple[Preference, ...]]:
        return {
            party: tuple(hidden_preferences(self.dispute, party, self._hiding))
            for party in self.dispute.party_ids
        }

    @cached_property
    def _everybody(self) -> Worlds | Asked:
        return self._worlds([self._members[party] for party in self.dispute.party_ids])

    def _seen_by(self, observer: str) -> Worlds | Asked:
        """Return the worlds that a side can tell apart: its own preference is the true one."""
        if observer not in self._views:
            true = replace(
                self.dispute.preferences[observer], walk_away=self.dispute.walk_away(observer)
            )
            sides = [
                (true,) if party == observer else self._members[party]
                for party in self.dispute.party_ids
            ]
            self._views[observer] = self._worlds(sides)
        return self._views[observer]

    @cached_property
    def _views(self) -> dict[str, Worlds | Asked]:
        return {}

    def _worlds(self, sides: Sequence[Sequence[Preference]]) -> Worlds | Asked:
        fits = covers(self.dispute, [len(side) for side in sides])
        return Worlds(self.dispute, sides) if fits else Asked(self.dispute, sides)

    def _fitting(self, worlds: Worlds | Asked, talks: Talks) -> Table:
        """Return which worlds would have given all the words that were told."""
        left = np.ones(worlds.shape, dtype=bool)
        for told in talks.told:
            left &= worlds.words(told.outcome) == WORDS.index(told.word)
        return left

    def _exposure(self, party: str, observer: str, talks: Talks) -> Exposure:
        whole = Interval(Fraction(0), self._hiding.total)
        cells = len(Word) ** len(talks.told)
        left = self._left(party, observer, talks) if self.counted else None
        if left:
            found = _spans(left, self._hiding.total)
        else:
            found = intervals(self.dispute, (party, observer), talks, self._hiding)
        before = None if left is None else self._size
        walk_away = found.get(WALK_AWAY, whole)
        points = FrozenMap({answer: span for answer, span in found.items() if answer != WALK_AWAY})
        count = None if left is None else len(left)
        return Exposure(party, observer, walk_away, whole, before, count, cells, points)

    def _left(self, party: str, observer: str, talks: Talks) -> list[Preference] | None:
        """Return the members that are left of a party for a side; None where that is too much."""
        worlds, place = self._seen_by(observer), self.dispute.party_ids.index(party)
        left = self._fitting(worlds, talks)
        if talks.shown is not None:
            if np.count_nonzero(left) > MAX_ASKED:
                return None
            left = self._settling_alike(worlds, left, observer)
        return [self._members[party][n] for n in _members(left, place)]

    def _settling_alike(self, worlds: Worlds | Asked, left: Table, observer: str) -> Table:
        """Return which of the worlds settle as what the observer was shown."""
        seen: Settled | None = settled_for(self.dispute, observer)
        alike = np.zeros_like(left)
        for cell in np.argwhere(left):
            alike[tuple(cell)] = settled_for(worlds.dispute_at(tuple(cell)), observer) == seen
        return alike


def _members(table: Table, side: int) -> Table:
    """Return which members of a side are in some world that is left."""
    others = tuple(axis for axis in range(table.ndim) if axis != side)
    return np.flatnonzero(table.any(axis=others))


def _seen(table: Table, hidden: int, observer: int) -> Table:
    """Return, a row for each member of the side that looks, which of the hidden side are left."""
    others = tuple(axis for axis in range(table.ndim) if axis not in (hidden, observer))
    both: Any = table.any(axis=others)
    return both.T if hidden < observer else both


def _spans(left: Iterable[Preference], total: Fraction) -> dict[Answer, Interval]:
    """Return the least and the most of each number in some preferences."""
    found: dict[Answer, Interval] = {}
    for own in left:
        for answer, number in own.answers().items():
            held = found.get(answer, Interval(total, Fraction(0)))
            found[answer] = Interval(min(held.low, number), max(held.high, number))
    return found
