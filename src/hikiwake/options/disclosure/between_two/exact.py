"""The exact ends of every hidden number, between two sides, after words: case by case.

In each case (see :mod:`hikiwake.options.disclosure.between_two.case`) a member is asked for of
which *some* number lies beyond all that was seen, until it is proved that there is none. So one
proof settles all numbers. Each member is looked at in full. A case holds more than fits while the
most that the known side could gain is given only by its range: then the range is cut in two where
that matters. A case that is too hard is cut by the walk-away value. Where texts were read, a member
that fits all else and would have read otherwise is left out alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor, inf

from hikiwake.findings.talks import Hiding, Interval, Word
from hikiwake.model import Answer, Preference
from hikiwake.options.disclosure.between_two.board import Board
from hikiwake.options.disclosure.between_two.case import Case, Given
from hikiwake.options.disclosure.between_two.seen import Seen
from hikiwake.options.disclosure.between_two.share import shares
from hikiwake.options.disclosure.hidden.ends import Ends
from hikiwake.options.disclosure.hidden.members import Member
from hikiwake.options.disclosure.hidden.spans import Spans
from hikiwake.options.disclosure.hidden.unknowns import unit_of
from hikiwake.options.disclosure.models.question import LONGER, LONGEST, QUICK
from hikiwake.options.disclosure.told.otherwise import Further, Otherwise

MAX_ASKED = 2_000  # questions about one side
HASTY = 1  # the same without an answer, in haste, beside the last, until something is found to fit
MAX_GIVEN_UP = 5  # questions about single ends without an answer; then no more are asked

End = tuple[Answer, int]  # the upper end of a number, 1, or its lower end, -1


def exact_ends(
    board: Board,
    seen: Seen,
    hiding: Hiding,
    starts: Iterable[Preference],
    hasty: bool = False,
    further: Further | None = None,
) -> Ends | None:
    """Return how far a side's numbers are known; ``starts`` are members of which some may fit.

    None: nothing that was declared fits all that was told. ``hasty``: few questions may stay
    without an answer until something is found to fit. Texts count if ``further`` gives them, with
    what bounds the numbers before.
    """
    search = _Search(board, seen, hiding, HASTY if hasty else MAX_ASKED, further)
    search.run(starts)
    if search.sure.empty and not search.open:
        return None
    bound = dict[Answer, Interval]()
    for answer in search.numbers:
        ends = (search.bound(answer, sign) for sign in (-1, 1))
        bound[answer] = Interval(*ends)
    held = tuple((seen.preference(member),) for member in search.sure.held)
    return Ends(bound, search.sure.intervals(), held)


class _Search:
    """The search. ``sure`` is what was seen; ``open`` are the ends that were not settled."""

    def __init__(
        self,
        board: Board,
        seen: Seen,
        hiding: Hiding,
        patience: int,
        further: Further | None = None,
    ) -> None:
        table = seen.table
        assert table is not None
        self._board, self._table, self._hiding = board, table, hiding
        self._fits = seen.same_of
        self.numbers = table.shape.numbers
        readers = None if further is None else further.readers
        self._read = Otherwise[Member](readers, lambda one: (seen.preference(one),))
        whole = dict.fromkeys(self.numbers, Interval(Fraction(0), hiding.total))
        self._bounds = whole if further is None else further.bounds[board.hidden]
        self._top = board.scale * int(hiding.total / unit_of(hiding))
        self._left, self._given_up = MAX_ASKED, 0
        self._patience = patience
        self.sure = Spans(table.shape)
        self.open = set[End]()

    def run(self, starts: Iterable[Preference]) -> None:
        """Look for every end."""
        for member in filter(self._fits, map(self._table.shape.member, starts)):
            if self._read.same(member):
                self.sure.hold(member)
        waiting = list(self._cases()) if self._ends() else []
        while waiting:
            if self._read.spent or (self.sure.empty and self._patience < 0):
                self.open.update(self._ends())
                return
            waiting += self._settle(waiting.pop())

    def bound(self, answer: Answer, sign: int) -> Fraction:
        """Return what a number cannot lie beyond."""
        if (answer, sign) in self.open or self.sure.empty:
            return self._bounds[answer].high if sign > 0 else self._bounds[answer].low
        return sign * self._seen(answer, sign)

    def _cases(self) -> Iterator[Given]:
        """Yield what can count as even in groups, with all that the known side could gain."""
        board, reach = self._board, None
        if said := [int(board.gained[p]) for p in board.told(Word.EVEN, Word.NOT_EVEN)]:
            if min(said) < 0:
                return
            reach = (max(said), board.steps[-1])
        if board.shown is not None:
            seen = [one for one in board.shown.reaches(board.steps) if one >= max(said, default=0)]
            if not seen:
                return
            reach = (seen[0], seen[-1])
        for share in shares(board, each=True):
            if board.shown is None or not board.shown.draw or share.worst is None:
                yield Given(share, reach)

    def _settle(self, given: Given) -> list[Given]:
        """Find all that lies further in a case; return its parts where it has to be cut."""
        case = Case(self._board, self._hiding, given)
        while ends := self._ends():
            self._leave_out(case, given)
            found = self._ask(case, ends)
            if found is True:
                parts = self._narrower(given)
                if not parts or self._board.shown is not None:
                    found = self._ask(case, ends, LONGER if parts else LONGEST)
                if found is True and parts:
                    return parts
            if found is True:
                self._settle_each(case, given, ends)
                return []
            if found is False:
                return []
            if self._fits(found):
                if not self._note(found):
                    self.open.update(self._ends())
                    return []
            elif (parts := self._parts(found, given)) is not None:
                return parts
            elif not self._learn(case, given, found):
                self.open.update(ends)
                return []
        return []

    def _ends(self) -> list[End]:
        """Return the ends of numbers that were not yet seen as far away as they can be."""
        return [(a, s) for a in self.numbers for s in (1, -1) if self._inside(a, s)]

    def _settle_each(self, case: Case, given: Given, ends: Iterable[End]) -> None:
        """Find how far each end goes in a case by itself, while few are given up."""
        for end in ends:
            while self._inside(*end) and (found := self._given_up > MAX_GIVEN_UP
                                          or self._ask(case, [end])):  # fmt: skip
                if found is not True and self._fits(found):
                    if known := self._read.same(found):
                        self.sure.hold(found)
                    self._leave_out(case, given)
                    known = known or not self._read.spent
                else:
                    known = found is not True and self._learn(case, given, found)
                if not known:
                    self._given_up += 1
                    self.open.add(end)
                    break

    def _learn(self, case: Case, given: Given, member: Member) -> bool:
        """Let a case know of a package that would be shown instead; False: there is none."""
        shown = self._board.shown
        if shown is None or given.stand is None or given.reach is None:
            return False
        rival = shown.rival(member, given.stand, given.reach[0])
        if rival is None:
            return False
        case.learn(rival)
        return True

    def _ask(self, case: Case, ends: Iterable[End], limit: float = QUICK) -> Member | bool:
        self._left -= 1
        beyond = [(a, s, self._seen(a, s)) for a, s in ends]
        given_up = self._left < 0 or (self.sure.empty and self._patience < 0)
        found = given_up or case.beyond(beyond, limit)
        self._patience -= found is True
        return found if isinstance(found, bool) else self._table.shape.member(found)

    def _leave_out(self, case: Case, given: Given) -> None:
        """Leave out of a case who would have read otherwise."""

        def exclude(member: Member) -> None:
            low, high = given.reach or (-inf, inf)
            meets = given.walk_away in (None, member.walk_away)
            if meets and low <= self._table.reach(member)[1] <= high:
                case.exclude(self._table.shape.preference(member))

        self._read.leave_out(case, exclude)

    def _note(self, member: Member) -> bool:
        """Note a member that fits, or one near it, if the same was read; False: nothing more is."""
        near = self._read.towards(member, self._fits, self._further)
        if near is not None:
            self._spread(near)
        return not self._read.spent

    def _spread(self, member: Member) -> None:
        """Note a member that fits, and what fits and lies further, small step by small step."""
        self.sure.hold(member)
        waiting = [member]
        while waiting:
            for other in self._further(waiting.pop()):
                if self._fits(other) and self._read.same(other):
                    self.sure.hold(other)
                    waiting.append(other)

    def _further(self, member: Member) -> Iterator[Member]:
        """Yield members beside one that lie beyond all that was seen."""
        return filter(self.sure.lies_beyond, self._table.shape.beside(member))

    def _inside(self, answer: Answer, sign: int) -> bool:
        """Tell whether a number was not yet seen as far away as it can be."""
        bound = self._bounds[answer]
        return self._seen(answer, sign) < (bound.high if sign > 0 else -bound.low)

    def _seen(self, answer: Answer, sign: int) -> Fraction:
        """Return how far a number was seen, counted upwards or downwards."""
        span = self.sure.of(answer)
        if span is None:
            return -self._hiding.step if sign > 0 else -self._hiding.total - self._hiding.step
        return span.high if sign > 0 else -span.low

    def _parts(self, own: Member, given: Given) -> list[Given] | None:
        """Return a case cut where it matters for what a member would have been told and shown.

        None: it cannot be cut.
        """
        if given.reach is None:
            return None
        low, high = given.reach
        shown = self._board.shown
        here = self._table.reach(own)[1]
        if shown is None:
            cuts = {cut for cut in self._cuts(own) if low < cut <= high}
            cut = min(cuts, key=lambda one: (abs(one - here), one), default=low)
            parts = [(low, cut - 1), (cut, high)]
        elif low == high and given.stand is None:
            stands = shown.stands(low, self._top, given.share.worst is None)
            return [replace(given, stand=stand) for stand in stands]
        elif given.stand is not None and given.stand.dearer and given.stand.best is None:
            stands = shown.cut(given.stand, low, self._board.steps)
            return [replace(given, stand=stand) for stand in stands]
        else:
            parts = [(low, here - 1), (here, here), (here + 1, high)]
        cut = [part for part in parts if part[0] <= part[1]]
        return [replace(given, reach=part) for part in cut] if len(cut) > 1 else None

    def _narrower(self, given: Given) -> list[Given]:
        """Return a case cut where less is then to be found out; none: it cannot be."""
        shown, highest = self._board.shown, self._table.shape.highest
        if shown is not None and given.reach is not None:
            low, high = given.reach
            if low < high:
                return [replace(given, reach=(one, one)) for one in shown.reaches(self._board.steps)
                        if low <= one <= high]  # fmt: skip
            if given.stand is None:
                stands = shown.stands(low, self._top, given.share.worst is None)
                return [replace(given, stand=stand) for stand in stands]
        if given.walk_away is None:
            return [replace(given, walk_away=level) for level in range(highest + 1)]
        return []

    def _cuts(self, own: Member) -> Iterator[int]:
        """Yield the least that the known side could gain at most where a word changes."""
        tolerance = self._board.dispute.tolerance
        yield 1
        for told in self._board.talks.told:
            if told.word is not Word.NOT_POSSIBLE:
                (hidden, known), (most, _) = self._table.standing(own, told.outcome)
                gain = Fraction(hidden, max(most, 1))
                if gain + tolerance:
                    yield ceil(known / (gain + tolerance))
                if gain > tolerance:
                    yield floor(known / (gain - tolerance)) + 1
