"""The exact ends of every number that sides hide together where something is divided, after words.

Members are asked for of which *some* number lies beyond all that was seen (see
:mod:`hikiwake.options.disclosure.blended`), until it is proved that there are none. They are looked
at in full. If they would not have told the same, the model learns how much each side could gain,
and why not more. Where that is known already, and only rounding told them apart, they alone are
left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from hikiwake.findings.talks import Hiding, Interval, Talks, Word
from hikiwake.model import Answer, Dispute
from hikiwake.options.disclosure.blended import Blended, Given
from hikiwake.options.disclosure.blends import Blends, Look, Members
from hikiwake.options.disclosure.ends import Ends
from hikiwake.options.disclosure.lots import MAX_LEVELS, Lots, covers_lots
from hikiwake.options.disclosure.spans import Spans
from hikiwake.options.disclosure.unknowns import unit_of

MAX_ASKED = 1_000  # questions about what some sides can hide together
MAX_LEFT_OUT = 200  # members, one by one
MAX_GIVEN_UP = 5  # questions about single ends without an answer; then no more are asked

End = tuple[str, Answer, int]  # whose number, and its upper end, 1, or its lower end, -1


@lru_cache(maxsize=20)
def ends_of_dividing(
    dispute: Dispute, observers: tuple[str, ...], talks: Talks, hiding: Hiding
) -> dict[str, Ends] | None:
    """Return how far the numbers of each side are known that is not among those that look.

    None: nothing that was declared fits all that was told. Nothing where packages are too many.
    """
    hidden = [party for party in dispute.party_ids if party not in observers]
    if not covers_lots(dispute, hidden):
        return {}
    blends = Blends(dispute, hidden, hiding)
    if not blends.exact or len(_levels(blends.lots, talks, hiding)) > MAX_LEVELS:
        return {}
    search = _Search(blends, talks, hiding)
    search.run()
    if search.empty and not search.open:
        return None
    return {party: search.ends(party) for party in hidden}


def covers_dividing(dispute: Dispute, talks: Talks) -> bool:
    """Tell whether what several sides were told is covered: only words, where something is divided
    or a group is not for trade.

    Of such groups nothing is divided or said wholly inside one, and some package was told to be
    possible. No bonus hangs on how something is divided.
    """
    groups = [group for group in dispute.groups if group.not_for_trade]
    divided = {one.id for one in dispute.issues if dispute.decisions_of(one) is None}
    if talks.shown is not None or not (groups or divided):
        return False
    if groups and all(told.word is Word.NOT_POSSIBLE for told in talks.told):
        return False
    bonuses = (bonus for own in dispute.preferences.values() for bonus in own.bonuses)
    return not any(divided & bonus.when.tests.keys() for bonus in bonuses)


def _levels(lots: Lots, talks: Talks, hiding: Hiding) -> list[Fraction]:
    """Return all that can count as even in groups, for a package was told to be possible."""
    said = (told.outcome for told in talks.told if told.word is not Word.NOT_POSSIBLE)
    return lots.levels(next(said, None), hiding)


class _Search:
    """The search. ``sure`` is what was seen of each side; ``open`` are the ends not settled."""

    def __init__(self, blends: Blends, talks: Talks, hiding: Hiding) -> None:
        self._blends, self._talks, self._hiding = blends, talks, hiding
        self._shapes = dict(zip(blends.hidden, blends.shapes, strict=True))
        self._sure = {party: Spans(shape) for party, shape in self._shapes.items()}
        self._unit = unit_of(hiding)
        self._looks: list[Look] = []
        self._left_out: list[Members] = []
        self._left, self._given_up = MAX_ASKED, 0
        self.open = set[End]()

    @property
    def empty(self) -> bool:
        """Whether nothing was seen that fits."""
        return any(sure.empty for sure in self._sure.values())

    def run(self) -> None:
        """Look for every end."""
        waiting = list(self._cases())
        while waiting:
            waiting += self._settle(waiting.pop())

    def ends(self, party: str) -> Ends:
        """Return how far the numbers of a side are known."""
        bound = dict[Answer, Interval]()
        for answer in self._shapes[party].numbers:
            low, high = (self._bound((party, answer, sign)) for sign in (-1, 1))
            bound[answer] = Interval(low, high)
        return Ends(bound, self._sure[party].intervals())

    def _bound(self, end: End) -> Fraction:
        """Return what a number cannot lie beyond."""
        sign = end[2]
        if end in self.open or self.empty:
            return self._hiding.total if sign > 0 else Fraction(0)
        return sign * self._seen(end)

    def _cases(self) -> Iterator[Given]:
        """Yield what can count as even in groups not for trade, the most first."""
        free = (None,) * len(self._shapes)
        for level in reversed(_levels(self._blends.lots, self._talks, self._hiding)):
            yield Given(level, free)

    def _settle(self, given: Given) -> list[Given]:
        """Find all that lies further in a case; return its parts where it has to be cut."""
        model = Blended(self._blends, self._talks, self._hiding, given)
        for look in self._looks:
            model.learn(look)
        for members in self._left_out:
            model.exclude(members)
        return self._ask_all(model, given, furthest=True) or self._ask_all(model, given)

    def _ask_all(self, model: Blended, given: Given, furthest: bool = False) -> list[Given]:
        """The same, of all that lies further, or only of what lies at the end of the grid."""
        asked = [self._ends()]
        while asked:
            ends = list(filter(self._inside, asked.pop()))
            found = self._ask(model, ends, furthest) if ends else False
            if found is True and not furthest:
                if parts := self._narrower(given):
                    return parts
                asked += self._fewer(ends)
            elif not isinstance(found, bool):
                if self._heed(model, found):
                    asked.append(ends)
                else:
                    self.open.update(ends)
        return []

    def _heed(self, model: Blended, members: Members) -> bool:
        """Note members that fit; else let the model learn why not. False: it cannot."""
        if self._blends.fits(members, self._talks):
            self._spread(members)
            return True
        look = self._blends.look(members)
        if model.learn(look):
            self._looks.append(look)
            return True
        self._left_out.append(members)
        model.exclude(members)
        return len(self._left_out) <= MAX_LEFT_OUT

    def _fewer(self, ends: list[End]) -> list[list[End]]:
        """Return ends of which not all were settled at once in two parts; note what is given up."""
        if len(ends) > 1 and self._given_up <= MAX_GIVEN_UP:
            half = len(ends) // 2
            return [ends[:half], ends[half:]]
        self._given_up += 1
        self.open.update(ends)
        return []

    def _narrower(self, given: Given) -> list[Given]:
        """Return a case cut where less is then to be found out; none: it cannot be."""
        before = given.walk_aways
        for n, level in enumerate(before):
            if level is None:
                levels = range(self._blends.shapes[n].highest + 1)
                each = ((*before[:n], one, *before[n + 1 :]) for one in levels)
                return [replace(given, walk_aways=own) for own in each]
        return []

    def _ask(self, model: Blended, ends: Iterable[End], furthest: bool) -> Members | bool:
        self._left -= 1
        whole = {1: self._hiding.total, -1: Fraction(0)}
        edges = (whole[end[2]] - self._unit if furthest else self._seen(end) for end in ends)
        beyond = [(*end, edge) for end, edge in zip(ends, edges, strict=True)]
        found = self._left < 0 or model.beyond(beyond)
        if isinstance(found, bool):
            return found
        pairs = zip(self._blends.shapes, found, strict=True)
        return tuple(shape.member(own) for shape, own in pairs)

    def _spread(self, members: Members) -> None:
        """Note members that fit, and what fits and lies further, small step by small step."""
        self._hold(members)
        waiting = [members]
        while waiting:
            for other in self._blends.beside(waiting.pop()):
                if self._lies_beyond(other) and self._blends.fits(other, self._talks):
                    self._hold(other)
                    waiting.append(other)

    def _hold(self, members: Members) -> None:
        for sure, member in zip(self._sure.values(), members, strict=True):
            sure.hold(member)

    def _lies_beyond(self, members: Members) -> bool:
        pairs = zip(self._sure.values(), members, strict=True)
        return any(sure.lies_beyond(member) for sure, member in pairs)

    def _ends(self) -> list[End]:
        """Return the ends of numbers that are neither settled nor given up."""
        return [
            end
            for party, shape in self._shapes.items()
            for answer in shape.numbers
            for end in ((party, answer, 1), (party, answer, -1))
            if self._inside(end)
        ]

    def _inside(self, end: End) -> bool:
        """Tell whether a number was not yet seen at the end of the grid, nor given up."""
        further = self._seen(end) < (self._hiding.total if end[2] > 0 else 0)
        return further and end not in self.open

    def _seen(self, end: End) -> Fraction:
        """Return how far a number was seen, counted upwards or downwards."""
        party, answer, sign = end
        span = self._sure[party].of(answer)
        if span is None:
            return -self._hiding.step if sign > 0 else -self._hiding.total - self._hiding.step
        return span.high if sign > 0 else -span.low
