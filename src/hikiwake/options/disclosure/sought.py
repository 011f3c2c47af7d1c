"""How small and how large each hidden number can be, where what might be hidden is not counted.

A number's *bound* holds all that is possible: nothing outside it would have told the same. What is
*sure* lies between two members of the declared grid of which it was looked at that they would have
told just the same. Where both are the same the interval is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor, isfinite

from hikiwake.findings.talks import Hiding, Interval, Talks, Told, Word
from hikiwake.model import WALK_AWAY, Answer, Dispute, FrozenMap, Outcome, Preference
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.among_several.agreed import ends_of_agreed
from hikiwake.options.disclosure.among_several.dividing import ends_of_dividing
from hikiwake.options.disclosure.among_several.several import ends_of_several
from hikiwake.options.disclosure.between_two.board import Board, covered
from hikiwake.options.disclosure.between_two.divided import Search, divided_ends
from hikiwake.options.disclosure.between_two.exact import exact_ends
from hikiwake.options.disclosure.between_two.seen import Seen, same_told
from hikiwake.options.disclosure.hidden.ends import Ends, Intervals, widen
from hikiwake.options.disclosure.hidden.unknowns import answers_of
from hikiwake.options.disclosure.models.relaxed import Relaxed
from hikiwake.options.disclosure.told.asked import settled_for
from hikiwake.options.disclosure.told.otherwise import Further
from hikiwake.options.disclosure.told.read import Readers
from hikiwake.options.disclosure.within_groups.search import SearchWithin
from hikiwake.options.disclosure.within_groups.seen import SeenWithin, seen_of
from hikiwake.pareto import Measure, Total
from hikiwake.pareto.ties import shown_first

MAX_LOOKS = 50  # disputes as they would be, looked at for one side
MAX_TRIES = 10  # of these, for one end of one number
FEW_TRIES = 2  # the same, at first, where members that fit were looked for before
_ROUNDING = Fraction(1, 1_000_000)


def ends(
    dispute: Dispute,
    sides: tuple[str, tuple[str, ...]],
    talks: Talks,
    hiding: Hiding,
    starts: Iterable[Preference] = (),
    hasty: bool = False,
    readers: Readers | None = None,
) -> Ends | None:
    """Return how far a side's numbers are known to others who pool what they know.

    None: nothing that was declared fits all that was told.

    Parameters
    ----------
    sides
        The party that hides, and those that look.
    starts
        Members of the grid from which others are looked for that would have told the same.
    hasty
        Look only where the search is exact, and give up after few questions while nothing is found
        to fit; then nothing is sure.
    readers
        Those that look, with the texts that they read. Without them texts are not counted.
    """
    party, observers = sides
    seen, begin = seen_of(dispute, sides, talks, hiding), list(starts)
    exactly = _between_two(dispute, seen, talks, (hiding, hasty))
    if exactly is not None:
        found = exactly(begin, None)
        if found is None or not found.sure or readers is None:
            return found
        begin = [one for one in begin if seen.same(one) and readers.same((one,), counted=False)]
        begin += [own for (own,) in found.furthest(dispute, party)]
        read = exactly(begin, Further(readers, {party: found.bound}))
        return None if read is None else replace(read, held=found.held)
    for ends_of in (ends_of_several, ends_of_dividing, ends_of_agreed):
        every = ends_of(dispute, observers, talks, hiding, hasty, readers)
        if every is None or every:
            return None if every is None else every[party]
    if hasty:
        return Ends({}, {})
    others = tuple(p for p in dispute.party_ids if p != party and p not in observers)
    relaxed = _Search(dispute, (party, *others), talks, hiding)
    if not others:
        relaxed.begin(list(filter(seen.same, begin)), seen.widened(begin))
    found = relaxed.ends()
    return None if found is None else _read_alike(found, dispute, party, readers)


def _between_two(
    dispute: Dispute, seen: Seen, talks: Talks, how: tuple[Hiding, bool]
) -> Callable[[Iterable[Preference], Further | None], Ends | None] | None:
    """Return the exact search between two sides, where there is one."""
    (hiding, hasty), known = how, covered(dispute, talks)
    if seen.table is not None and known and (talks.shown is None or seen.shown):
        board = Board(dispute, seen.table, talks, seen.shown)
        return lambda starts, further: exact_ends(board, seen, hiding, starts, hasty, further)
    if seen.measured is not None and known and (talks.shown is None or seen.settled is not None):
        kind = SearchWithin if isinstance(seen, SeenWithin) else Search
        return lambda starts, further: divided_ends(kind(seen, talks, how, further), starts)
    return None


def _read_alike(found: Ends, dispute: Dispute, party: str, readers: Readers | None) -> Ends:
    """Return the ends with that alone as sure which members show that would have read the same, of
    those furthest apart that were found."""
    if readers is None:
        return found
    sure: Intervals = {}
    for members in found.furthest(dispute, party):
        if readers.same(members):
            widen(sure, dispute, next(own for own in members if own.party == party))
    return replace(found, sure=sure)


class _Search:
    """The first of the hidden sides is the one whose numbers are sought."""

    def __init__(
        self, dispute: Dispute, hidden: tuple[str, ...], talks: Talks, hiding: Hiding
    ) -> None:
        self._dispute, self._party = dispute, hidden[0]
        self._observers = [party for party in dispute.party_ids if party not in hidden]
        self._talks, self._hiding = talks, hiding
        self._model = Relaxed(dispute, hidden, self._with_shown_draw(), hiding)
        self._whole = Interval(Fraction(0), hiding.total)
        self._quick = False
        self._looks, self._patience = MAX_LOOKS, MAX_TRIES
        self._sure: Intervals = {}
        self._held: list[tuple[Preference, ...]] = []

    def ends(self) -> Ends | None:
        """Return the ends of every number."""
        numbers = [WALK_AWAY]
        for issue in self._dispute.issues:
            numbers += answers_of(self._dispute, issue)
        bound = dict.fromkeys(numbers, self._whole)
        for answer in numbers:
            for sign in (1, -1):
                if not self._open(answer, sign):
                    continue
                end = self._end(answer, sign, numbers)
                if end is None:
                    return None
                low, high = bound[answer].low, bound[answer].high
                bound[answer] = Interval(low, end) if sign > 0 else Interval(end, high)
        return Ends(bound, self._sure, tuple(self._held))

    def _with_shown_draw(self) -> Talks:
        """Return the talks with the word that a draw which was shown says of itself."""
        shown, told = self._talks.shown, self._talks.told
        if shown is None or any(one.outcome == shown for one in told):
            return self._talks
        seen = settled_for(self._dispute, self._observers[0])
        even = (Told(self._talks.round, shown, Word.EVEN),) if seen is not None and seen[1] else ()
        return replace(self._talks, told=(*told, *even))

    def begin(self, members: Sequence[Preference], widened: Sequence[Preference]) -> None:
        """Note members that are known to fit, and those that were looked for far apart."""
        if widened:  # most of what is possible is known: what is open needs a bound alone
            self._quick, self._patience = True, FEW_TRIES
        for member in (*members, *widened):
            self.hold({self._party: member})

    def hold(self, members: Mapping[str, Preference]) -> None:
        """Note members that would have told just the same."""
        self._held.append(tuple(members.values()))
        widen(self._sure, self._dispute, members[self._party])

    def _open(self, answer: Answer, sign: int) -> bool:
        """Tell whether a number was not yet seen at the end of all that was declared."""
        sure, whole = self._sure.get(answer), self._whole
        if sure is None:
            return True
        return sure.high < whole.high if sign > 0 else sure.low > whole.low

    def _end(self, answer: Answer, sign: int, numbers: Sequence[Answer]) -> Fraction | None:
        """Return the largest or smallest that a number can be at most; None: nothing fits."""
        unit = self._model.unknowns[self._party].unit
        total = int(self._hiding.total / unit)
        aim = len(numbers) * total + 2  # more than all others together can matter
        end = self._whole.high if sign > 0 else self._whole.low
        for _ in range(min(self._patience, self._looks)):
            weights = {n: self._open(n, 1) - self._open(n, -1) for n in numbers if n != answer}
            found = self._model.most({**weights, answer: sign * aim}, self._quick)
            if found is None:
                return None
            lost = total * sum(weight < 0 for weight in weights.values())
            if isfinite(found.at_most):
                end = sign * unit * floor((Fraction(found.at_most) + lost) / aim + _ROUNDING)
            if not found.members or self._done(found.members):
                self._patience = min(2 * self._patience, FEW_TRIES if self._quick else MAX_TRIES)
                break
        else:
            self._patience = max(self._patience // 2, 1)
        return end

    def _done(self, members: Mapping[str, Preference]) -> bool:
        """Tell whether members would be told the same; if not, let the model learn why."""
        self._looks -= 1
        preferences = FrozenMap({**self._dispute.preferences, **members})
        would_be = Adjusting(replace(self._dispute, preferences=preferences))
        if same_told(would_be, self._dispute, self._observers, self._talks):
            self.hold(members)
            return True
        learnt = [self._model.learn(outcome) for outcome in _ideal_packages(would_be)]
        if not any(learnt):
            self._model.exclude(members)
        return False


def _ideal_packages(adjusting: Adjusting) -> Iterator[Outcome]:
    """Yield for each side a package that gives it the most it could get."""
    if adjusting.bargain is not None:
        for side in range(len(adjusting.dispute.parties)):
            alone = Measure((side,), (0,), (1,))
            best = adjusting.bargain.best(Total(), alone)
            yield shown_first(adjusting.bargain, best[0])
