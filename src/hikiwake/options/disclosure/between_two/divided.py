"""The exact ends of every hidden number between two sides that divide something: case by case.

In each case (see :mod:`hikiwake.options.disclosure.between_two.in_case`) a member is asked for of
which *some* number lies beyond all that was seen, until it is proved that there is none. Each is
looked at in full. One that does not fit shows where the ranges of its case are too wide: they are
cut so that it meets no part. Where they need no cut, or none helps, or only texts would have read
otherwise, it alone is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import chain, pairwise
from math import ceil, floor
from typing import Any

from hikiwake.findings.talks import Hiding, Interval, Talks, Word
from hikiwake.model import WALK_AWAY, Answer, FrozenMap, Preference
from hikiwake.numeric import DEFAULT_TOLERANCE
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.between_two.evened import Stakes, stakes_of
from hikiwake.options.disclosure.between_two.in_case import (
    Edge,
    Given,
    InCase,
    Meaning,
    Range,
    Sight,
)
from hikiwake.options.disclosure.between_two.ranged import Ranged
from hikiwake.options.disclosure.between_two.seen import Seen
from hikiwake.options.disclosure.between_two.share import shares
from hikiwake.options.disclosure.between_two.uneven_best import who_may_be_behind
from hikiwake.options.disclosure.hidden.ends import Ends, Intervals, widen
from hikiwake.options.disclosure.hidden.members import Member, Shape
from hikiwake.options.disclosure.told.asked import Settled
from hikiwake.options.disclosure.told.otherwise import Further, Otherwise

MAX_ASKED = 1_000  # questions about one side
HASTY = 40  # the same, in haste, until something is found to fit; none without an answer
MAX_LEFT_OUT = 200  # members, one by one
_NOTHING: Edge = (Fraction(0), True)

End = tuple[Answer, int]  # the upper end of a number, 1, or its lower end, -1


def divided_ends(search: Search, starts: Iterable[Preference]) -> Ends | None:
    """Return how far a side's numbers are known; ``starts`` are members of which some may fit.

    None: nothing that was declared fits all that was told.
    """
    search.run(starts)
    if not search.sure and not search.open:
        return None
    bound = dict[Answer, Interval]()
    for answer in search.numbers:
        ends = (search.bound(answer, sign) for sign in (-1, 1))
        bound[answer] = Interval(*ends)
    return Ends(bound, search.sure, tuple((member,) for member in search.held))


class Search:
    """The search. ``sure`` is what was seen; ``open`` are the ends that were not settled.

    Another search may have its own cases, and its own model of each.
    """

    def __init__(
        self,
        seen: Seen,
        talks: Talks,
        how: tuple[Hiding, bool],
        further: Further | None = None,
    ) -> None:
        hiding, hasty = how
        assert seen.measured is not None
        self._measured: Any = seen.measured
        self._corners: Any = self._measured.corners
        self._fits, self._talks, self._hiding = seen.same, talks, hiding
        self._settled: Settled | None = seen.settled
        self._sight = None if seen.settled is None else Sight(*seen.settled[:2])
        self.numbers = [WALK_AWAY, *self._measured.worths.answers]
        self._shape = Shape(self._corners.dispute, self._corners.hidden, hiding)
        self._left = MAX_ASKED
        self._enough = MAX_ASKED - HASTY if hasty else 0  # left where nothing was found to fit
        readers = None if further is None else further.readers
        self._read = Otherwise[Preference](readers, lambda one: (one,))
        whole = dict.fromkeys(self.numbers, Interval(Fraction(0), hiding.total))
        self._bounds = whole if further is None else further.bounds[self._corners.hidden]
        self._failed: list[Preference] = []  # to be left out of every case
        self._missed = set[Preference]()
        self.sure: Intervals = {}
        self.held: list[Preference] = []
        self._spans: list[tuple[int, int]] = []  # of what was seen, in steps
        self.open = set[End]()

    def run(self, starts: Iterable[Preference]) -> None:
        """Look for every end."""
        for member in filter(self._fits, starts):
            if self._read.same(member):
                self._hold(member)
        waiting = list(self._cases()) if self._ends() else []
        while waiting and not self._tired:
            waiting += self._settle(waiting.pop())
        if waiting:
            self.open.update(self._ends())

    def bound(self, answer: Answer, sign: int) -> Fraction:
        """Return what a number cannot lie beyond."""
        if (answer, sign) in self.open or answer not in self.sure:
            return self._bounds[answer].high if sign > 0 else self._bounds[answer].low
        return sign * self._seen(answer, sign)

    def _surely(self) -> Any:
        """Return what a package that was told or shown to be possible decides in groups."""
        possible = next(self._talks.said(Word.EVEN, Word.NOT_EVEN), self._talks.shown)
        return [] if possible is None else self._corners.decided_by(possible)

    def _cases(self) -> Iterator[Given]:
        """Yield what can count as even in groups, with all that the known side could gain."""
        draw = self._settled is not None and self._settled[1]
        for share in shares(self._stakes, each=False):
            if share.worst is None or not draw:
                yield from self._reaches(share)

    @cached_property
    def _stakes(self) -> Stakes:
        return stakes_of(self._corners, self._hiding, self._surely())

    def _model(self, given: Given) -> InCase:
        told = self._talks, self._sight, self._stakes
        return Ranged(self._measured.worths, told, self._hiding, given)

    def _reaches(self, share: Any) -> Iterator[Given]:
        """Yield the ranges of all that the known side could gain at most, with what was shown."""
        possible = list(self._talks.said(Word.EVEN, Word.NOT_EVEN))
        least = max(map(self._corners.gain, possible), default=Fraction(0))
        some: Range = max((least, False), _NOTHING), (self._corners.most, True)
        none: Range = (Fraction(0), False), _NOTHING
        if self._settled is None and not possible:
            yield Given(None, share)
        elif self._settled is None:
            yield Given(some, share)
            if least == 0:
                yield Given(none, share)
        elif self._settled[2] is not None:
            unevenly = share.worst is not None  # what is even is chosen as a draw is, and is none
            for given in self._shown(*some, self._settled[2], self._settled[1] or unevenly):
                yield replace(given, share=share)
        elif least == 0:
            yield Given(none, share, Meaning.ALONE)

    def _shown(self, low: Edge, top: Edge, coarse: Fraction, even: bool) -> Iterator[Given]:
        """Yield what a settlement can mean, with the ranges in which its gain was seen so.

        ``even``: it may be even and not the best.
        """
        assert self._settled is not None
        grain = max(self._corners.dispute.tolerance, DEFAULT_TOLERANCE) / 2
        known = self._corners.gain(self._settled[0])
        if known:
            low = max(low, (known, False), (known / (coarse + grain), True))
            if coarse > grain:
                top = min(top, (known / (coarse - grain), True))
        if low < top:
            yield Given((low, top), meaning=Meaning.BEST)
            known_behind, hidden_behind = self._behind(known, low, top)
            if even and self._corners.dispute.price and hidden_behind:
                yield Given((low, top), meaning=Meaning.KNOWN_AHEAD)
            if even and self._corners.dispute.price and known_behind:
                yield Given((low, top), meaning=Meaning.HIDDEN_AHEAD)
            if not self._settled[1] and low == (known, False):
                yield Given((low, (known, True)), meaning=Meaning.ALONE)

    def _behind(self, known: Fraction, low: Edge, top: Edge) -> tuple[bool, bool]:
        """Tell whether the known side, and the hidden one, may be behind in a best package that is
        uneven, where one that gives the known side so much was shown."""
        if self._settled is None or not self._settled[1]:
            return True, True
        return who_may_be_behind(self._corners, known, low[0], top[0])

    def _settle(self, given: Given) -> list[Given]:
        """Find all that lies further in a case; return its parts where it has to be cut."""
        case = self._model(given)
        for member in self._failed:
            case.exclude(member)
        while ends := self._ends():
            self._read.leave_out(case, case.exclude)
            self._left -= 1
            found = self._tired or case.beyond([(a, s, self._seen(a, s)) for a, s in ends])
            self._enough = MAX_ASKED if found is True and self._enough else self._enough
            if found is False:
                return []
            if found is True and given.walk_away is None and not self._tired:
                highest = int(self._hiding.total / self._hiding.walk_away_step)
                return [replace(given, walk_away=level) for level in range(highest + 1)]
            if found is True:
                self.open.update(ends)
                return []
            if self._fits(found):
                near = self._read.towards(found, self._fits, self._beside)
                if near is not None:
                    self._spread(near)
            elif case.heed(found, self._measured):
                continue
            elif parts := self._parts(found, given):
                return parts
            elif len(self._failed) >= MAX_LEFT_OUT:
                self.open.update(ends)
                return []
            else:
                self._failed.append(found)
                case.exclude(found)
        return []

    @property
    def _tired(self) -> bool:
        """Whether nothing more is asked."""
        return self._read.spent or self._left < (self._enough if not self.sure else 0)

    def _ends(self) -> list[End]:
        """Return the ends of numbers that were not yet seen as far away as they can be."""
        ends = ((a, s) for a in self.numbers for s in (1, -1))
        most = {(a, s): span.high if s > 0 else -span.low
                for a, span in self._bounds.items() for s in (1, -1)}  # fmt: skip
        return [end for end in ends if self._seen(*end) < most[end]]

    def _spread(self, member: Preference) -> None:
        """Note a member that fits, and what fits and lies further, small step by small step."""
        self._hold(member)
        waiting = [member]
        while waiting:
            for other in self._beside(waiting.pop()):
                if self._fits(other) and self._read.same(other):
                    self._hold(other)
                    waiting.append(other)

    def _beside(self, member: Preference) -> Iterator[Preference]:
        """Yield members a small step away that lie beyond all that was seen."""
        here = self._shape.member(member)
        for other in chain(self._shape.beside(here), self._shape.shifted(here)):
            if self._lies_beyond(other):
                yield self._shape.preference(other)

    def _lies_beyond(self, member: Member) -> bool:
        if not self.sure:
            return True
        levels = member.walk_away, *chain.from_iterable(member.levels)
        spans = zip(levels, self._spans, strict=True)
        return any(not low <= level <= high for level, (low, high) in spans)

    def _hold(self, member: Preference) -> None:
        self.held.append(member)
        widen(self.sure, self._corners.dispute, member)
        steps = ((self.sure[a], self._shape.step_of(a)) for a in self._shape.numbers)
        self._spans = [(ceil(span.low / step), floor(span.high / step)) for span, step in steps]

    def _seen(self, answer: Answer, sign: int) -> Fraction:
        """Return how far a number was seen, counted upwards or downwards."""
        if answer not in self.sure:
            return -self._hiding.step if sign > 0 else -self._hiding.total - self._hiding.step
        return self.sure[answer].high if sign > 0 else -self.sure[answer].low

    def _parts(self, member: Preference, given: Given) -> list[Given]:
        """Return a case cut so that a member meets no part of it; nothing where that fails."""
        if given.reach is None:
            return []
        ranges = self._measured.ranges(member)
        if member not in self._missed:
            self._missed.add(member)
            cuts = [cut for one in self._wrong(member, given) for cut in one]
            if reach := _cut(given.reach, cuts):
                return [replace(given, reach=part) for part in reach]
        if given.meaning in (None, Meaning.ALONE):
            return []
        if reach := _cut(given.reach, _alone(ranges.known)):
            return [replace(given, reach=part) for part in reach]
        if parts := _cut(given.part, _alone(self._own_part(member))):
            return [replace(given, part=part) for part in parts]
        if given.meaning is not Meaning.BEST:
            other = self._best_part(member, given.meaning is Meaning.HIDDEN_AHEAD)
            if parts := _cut(given.best, _alone(other)):
                return [replace(given, best=part) for part in parts]
        return [] if given.finely else [replace(given, finely=True)]

    def _best_part(self, member: Preference, known: bool) -> Fraction:
        """Return what the best gives a member, or the known side, of the most it could gain."""
        dispute = self._corners.dispute
        preferences = FrozenMap({**dispute.preferences, member.party: member})
        bargain = Adjusting(replace(dispute, preferences=preferences)).bargain
        assert bargain is not None, "the shown package is possible"
        gains = bargain.gains_at(bargain.kalai_smorodinsky()[0])
        gain = gains[dispute.party_ids.index(self._corners.known if known else member.party)]
        return gain or Fraction(0)

    def _own_part(self, member: Preference) -> Fraction:
        """Return the part of all it can gain that the shown package gives a member."""
        assert self._settled is not None
        gain = self._measured.gain(member, self._settled[0])
        return gain / max(self._measured.ranges(member).hidden, 1)

    def _wrong(self, member: Preference, given: Given) -> Iterator[list[Edge]]:
        """Yield, for all that is not so of a member, where to cut the range of R.

        What holds is that it would be so if R was as far away as the cuts.
        """
        here = self._measured.ranges(member).known
        hidden = self._measured.ranges(member).hidden
        if min(here, hidden) <= 0:
            return
        asked = [(t.outcome, t.word is Word.EVEN) for t in self._talks.told
                 if t.word is not Word.NOT_POSSIBLE]  # fmt: skip
        if self._settled is not None:
            if given.share.worst is None:
                asked.append((self._settled[0], self._settled[1]))
            if given.meaning is Meaning.BEST and self._corners.inside(self._settled[0]):
                known, own = self._corners.gain(self._settled[0]), self._own_part(member)
                yield _towards(here, known / own if own else None)
        for outcome, even in asked:
            known = self._corners.gain(outcome)
            own = self._measured.gain(member, outcome) / hidden
            yield _until_even(here, known, own, self._corners.dispute.tolerance, even)


def _until_even(
    here: Fraction, known: Fraction, own: Fraction, tolerance: Fraction, even: bool
) -> list[Edge]:
    """Return where to cut R so that a package is on one side nowhere as even as was told."""
    if known == 0 or (abs(own - known / here) <= tolerance) is even:
        return []
    low = known / (own + tolerance) if own + tolerance else None
    high = known / (own - tolerance) if own > tolerance else None
    if even:
        return _towards(here, low if low is not None and here < low else high)
    below = [_between(low, here)] if low is not None and low < here else [(here, False)]
    above = [] if high is None else [_between(here, high)] if here < high else [(here, True)]
    return [*below, *above]


def _alone(here: Fraction) -> list[Edge]:
    return [(here, False), (here, True)]


def _towards(here: Fraction, there: Fraction | None) -> list[Edge]:
    return [] if there is None or there == here else [_between(*sorted((here, there)))]


def _between(low: Fraction, high: Fraction) -> Edge:
    """Return a number of few digits between two others."""
    width, parts = (high - low) / 4, 1
    while True:
        number = Fraction(ceil((low + width) * parts), parts)
        if number <= high - width:
            return number, False
        parts *= 2


def _cut(whole: Range, edges: Sequence[Edge]) -> list[Range]:
    """Return the parts of a range between edges that lie inside; nothing if none does."""
    low, high = whole
    inside = sorted({edge for edge in edges if low < edge < high})
    places = [low, *inside, high]
    return list(pairwise(places)) if inside else []
