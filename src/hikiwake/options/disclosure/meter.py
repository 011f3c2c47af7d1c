"""What has been disclosed: which hidden points are still consistent with all that was told.

The sides know the dispute, their own points, and what they were told. What the others may hide is
declared beforehand as a grid. Of its members those are left with which the same would have been
told. Where the grid is too large to be counted, the interval of every hidden number is sought, and
members drawn at random show how many are left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import permutations
from random import Random
from typing import Any

import numpy as np

from hikiwake.findings.talks import Exposure, Hiding, Interval, Room, Talks, Word
from hikiwake.findings.texts import Text
from hikiwake.model import Answer, FrozenMap, Outcome, Preference
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.finer import on_finer_grid
from hikiwake.options.disclosure.hidden.ends import Intervals, widen
from hikiwake.options.disclosure.hidden.grid import (
    drawn_from,
    hidden_preferences,
    require_grid,
    size_of,
)
from hikiwake.options.disclosure.sought import ends
from hikiwake.options.disclosure.told.asked import MAX_ASKED, Asked, settles_alike
from hikiwake.options.disclosure.told.facts import with_facts
from hikiwake.options.disclosure.told.read import MAX_READ, Read, Texts, unread
from hikiwake.options.disclosure.told.worlds import WORDS, Table, Worlds, covers
from hikiwake.options.disclosure.within_groups.seen import seen_of

MAX_HIDDEN = 2_000  # preferences of one side
MAX_SIDES = 6
DRAWN = 200  # members, where not all are counted

Looking = Callable[[int, int], None]  # which view is being worked out, of how many


def unseen(view: int, views: int) -> None:
    """Tell nobody which view is being worked out."""


class Disclosure:
    """Measures what the sides could have learnt of each other from what they were told.

    What was told is ``Talks``: the words; the settled package where it was shown, with whether it
    is a draw, and to each side its own gain to the grain of the tolerance; and the texts that each
    side was given to read, as ``read`` makes them.

    Notes
    -----
    Counted are at most ``MAX_HIDDEN`` preferences of a side, and a million ways in which those of
    several sides lie together. Of more than ``MAX_SIDES`` sides nothing is measured.
    """

    def __init__(self, adjusting: Adjusting, hiding: Hiding, read: Read = unread) -> None:
        require_grid(hiding)
        self.dispute = adjusting.dispute
        self._texts = Texts(self.dispute, read)
        self._hiding = hiding
        self._size = size_of(self.dispute, hiding)
        self._sides = len(self.dispute.parties)
        self.counted = self._counts([1, *[self._size] * (self._sides - 1)])
        self.refuses = self._counts([self._size] * self._sides)

    def exposures(
        self, talks: Talks, about: Outcome | None = None, looking: Looking = unseen
    ) -> tuple[Exposure, ...]:
        """Return what each side can still hold possible of each other. For the mediator (H14).

        Of three sides and more also what all others can that pool what they know. ``about`` is a
        package about which a word might be told next; ``looking`` is called before each view.
        """
        if self._sides > MAX_SIDES:
            return ()
        parties = self.dispute.party_ids
        seen = [(party, (observer,)) for party, observer in permutations(parties, 2)]
        if self._sides > 2:
            seen += [(p, tuple(other for other in parties if other != p)) for p in parties]
        found: list[Exposure] = []
        for n, (party, observers) in enumerate(seen, 1):
            looking(n, len(seen))
            found.append(self._exposure(party, observers, talks, about))
        return tuple(found)

    def least_left(self, talks: Talks, outcome: Outcome) -> Fraction:
        """Return the least part of what any side might hide that a word about a package leaves.

        It is the least over every word that could come and over every preference that a side which
        looks might itself have, as far as they fit what was told before. So it is a function of the
        declared grid and of what all were told: whatever the truth is, it is the same, and what is
        refused by it says nothing. 0 where that is too much to count, for then nothing can be
        promised, and once more than words was shown.
        """
        if not self.refuses or talks.beyond_words:
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

    def room(self, talks: Talks, outcome: Outcome) -> Room:
        """Return what a word about a package could leave; whatever the truth is, it is the same.

        Where that is not counted it rests on the number of words alone: k words can come in at
        most 3^k ways, and each leaves what would have given just these. So less than the part
        ``keep`` is left for less than 3^k times ``keep`` of what might be hidden, however that is
        weighed, and however the side that looks chose the packages. A word that public rules give
        away tells nothing.
        """
        keep = talks.budget.keep
        if self.refuses:
            return Room(self.least_left(talks, outcome), None, keep)
        if talks.beyond_words:
            return Room(None, Fraction(1 if keep else 0), keep)
        told = {told.outcome for told in talks.told} | {FrozenMap(outcome)}
        open_to_all = sum(
            not any(rule.never.holds(one) for rule in self.dispute.rules) for one in told
        )
        return Room(None, min(Fraction(1), keep * len(Word) ** open_to_all), keep)

    def possible(
        self, party: str, observers: tuple[str, ...], talks: Talks
    ) -> tuple[Preference, ...] | None:
        """Return the members that are left of a party for others; None where they are not counted.

        For the mediator (H14).
        """
        left = self._left(party, observers, talks) if self.counted else None
        return None if left is None else tuple(left)

    def require(self, texts: Iterable[Text]) -> None:
        """Refuse texts that nobody can have been given: InputError, as their command does."""
        self._texts.require(texts)

    def words_of(self, party: str, talks: Talks, outcome: Outcome) -> Counter[Word]:
        """Return how many members of a party that are left would give each word about a package.

        As the first of the other sides sees it, from its own points. It has to be counted.
        """
        observer = next(other for other in self.dispute.party_ids if other != party)
        worlds, place = self._seen_by((observer,)), self.dispute.party_ids.index(party)
        left, table = self._fitting(worlds, talks), worlds.words(FrozenMap(outcome))
        given = {w: len(_members(left & (table == n), place)) for n, w in enumerate(WORDS)}
        return Counter({word: count for word, count in given.items() if count})

    def _counts(self, sizes: Sequence[int]) -> bool:
        if max(sizes) > MAX_HIDDEN or self._sides > MAX_SIDES:
            return False
        return covers(self.dispute, sizes) or int(np.prod(sizes, dtype=object)) <= MAX_ASKED

    @cached_property
    def _members(self) -> dict[str, tuple[Preference, ...]]:
        return {
            party: tuple(hidden_preferences(self.dispute, party, self._hiding))
            for party in self.dispute.party_ids
        }

    @cached_property
    def _everybody(self) -> Worlds | Asked:
        return self._worlds([self._members[party] for party in self.dispute.party_ids])

    def _seen_by(self, observers: tuple[str, ...]) -> Worlds | Asked:
        """Return the worlds that sides can tell apart: their own preferences are the true ones."""
        if observers not in self._views:
            sides = [
                (self._true(party),) if party in observers else self._members[party]
                for party in self.dispute.party_ids
            ]
            self._views[observers] = self._worlds(sides)
        return self._views[observers]

    def _true(self, party: str) -> Preference:
        return replace(self.dispute.preferences[party], walk_away=self.dispute.walk_away(party))

    @cached_property
    def _views(self) -> dict[tuple[str, ...], Worlds | Asked]:
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

    def _exposure(
        self, party: str, observers: tuple[str, ...], talks: Talks, about: Outcome | None
    ) -> Exposure:
        cells = len(Word) ** len(talks.told)
        left = self._left(party, observers, talks) if self.counted else None
        if left:
            spans = FrozenMap(self._spans(left))
            return Exposure(party, observers, self._size, len(left), cells, spans, spans)
        drawn = self._drawn(party, observers)
        sides = party, observers
        readers = self._texts.readers(self._hiding, observers, talks.texts, MAX_READ)
        implied = with_facts(talks, self.dispute, observers)
        found = ends(self.dispute, sides, implied, self._hiding, drawn, readers=readers)
        nothing: FrozenMap[Answer, Interval] = FrozenMap()
        if found is None or left is not None:
            none = Exposure(party, observers, self._size, 0, cells, nothing, nothing)
            return on_finer_grid(none, self.dispute, implied, self._hiding, self._texts)
        seen = seen_of(self.dispute, sides, talks, self._hiding)
        fitting = [
            one
            for one in drawn
            if seen.same(one) and (readers is None or readers.same((one,), counted=False))
        ]
        surely = dict(found.sure)
        for one in fitting:
            widen(surely, self.dispute, one)
        bounds, sure = FrozenMap(found.bound), FrozenMap(surely)
        words = [] if about is None else [seen.word(one, about) for one in fitting]
        spread = FrozenMap(Counter(words))
        counts = len(fitting), len(drawn), spread
        every = Exposure(party, observers, None, None, cells, bounds, sure, *counts)
        return replace(every, texts_counted=not talks.texts or sure == bounds)

    def _drawn(self, party: str, observers: tuple[str, ...]) -> list[Preference]:
        """Return members of a party at random; none where another side hides something, too."""
        if len(observers) + 1 < self._sides:
            return []
        chance = Random(0)
        return [drawn_from(self.dispute, party, self._hiding, chance) for _ in range(DRAWN)]

    def _left(
        self, party: str, observers: tuple[str, ...], talks: Talks
    ) -> list[Preference] | None:
        """Return the members that are left of a party for others; None where that is too much."""
        worlds, place = self._seen_by(observers), self.dispute.party_ids.index(party)
        left = self._fitting(worlds, talks)
        if talks.beyond_words and np.count_nonzero(left) > MAX_ASKED:
            return None
        if talks.shown is not None:
            for observer in observers:
                left = self._settling_alike(worlds, left, observer)
        if talks.texts:
            left = self._reading_alike(worlds, left, observers, talks)
        return [self._members[party][n] for n in _members(left, place)]

    def _spans(self, left: Iterable[Preference]) -> Intervals:
        """Return the least and the most of each number in some preferences."""
        found: Intervals = {}
        for own in left:
            widen(found, self.dispute, own)
        return found

    def _settling_alike(self, worlds: Worlds | Asked, left: Table, observer: str) -> Table:
        """Return which of the worlds settle as what the observer was shown."""
        alike = np.zeros_like(left)
        for cell in np.argwhere(left):
            would_be = worlds.dispute_at(tuple(cell))
            alike[tuple(cell)] = settles_alike(would_be, self.dispute, (observer,))
        return alike

    def _reading_alike(
        self, worlds: Worlds | Asked, left: Table, observers: tuple[str, ...], talks: Talks
    ) -> Table:
        """Return in which of the worlds the observers would read just what they read."""
        alike = np.zeros_like(left)
        for cell in np.argwhere(left):
            members = worlds.dispute_at(tuple(cell)).preferences
            hidden = {party: own for party, own in members.items() if party not in observers}
            alike[tuple(cell)] = self._texts.alike(hidden, observers, talks.texts)
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
