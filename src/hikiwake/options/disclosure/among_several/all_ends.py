"""Every end of the numbers that several sides hide together, case by case: what all searches share.

In each case members are asked for of which *some* number lies beyond all that was seen, until it is
proved that there are none. What a case is, how members are looked at, and what a model learns from
members that do not fit, is for those that search.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Generic, Protocol, TypeVar

from hikiwake.findings.talks import Hiding, Interval
from hikiwake.model import Answer, Dispute, Preference
from hikiwake.options.disclosure.hidden.ends import Ends, Held
from hikiwake.options.disclosure.hidden.members import Member, Shape
from hikiwake.options.disclosure.hidden.spans import Spans
from hikiwake.options.disclosure.hidden.unknowns import unit_of
from hikiwake.options.disclosure.told.otherwise import Further, Otherwise
from hikiwake.options.disclosure.told.read import Readers

HASTY = 60  # questions, in haste, until something is found to fit
MAX_EFFORT = 30  # of the solver's own, repeatable seconds, for those that look

Case = TypeVar("Case")
End = tuple[str, Answer, int]  # whose number, and its upper end, 1, or its lower end, -1
Members = tuple[Member, ...]


class Model(Protocol):
    """What members must meet in a case. ``effort``: what its questions took, all together."""

    effort: float

    def exclude(self, members: Members) -> None:
        """Leave out one member of each side together."""
        ...

    def beyond(
        self, numbers: Iterable[tuple[str, Answer, int, Fraction]], limit: float
    ) -> list[Preference] | bool:
        """Return a member of each side so that some number lies beyond where it was seen.

        False: there are none, which is proved. True: that was not found out within the limit.
        """
        ...


class AllEnds(ABC, Generic[Case]):
    """The search. ``sure`` is what was seen of each side; ``open`` are the ends not settled."""

    def __init__(
        self,
        hidden: Sequence[str],
        shapes: Sequence[Shape],
        hiding: Hiding,
        questions: tuple[int, bool],
        further: Further | None = None,
    ) -> None:
        self._hiding, self._unit, (self._left, hasty) = hiding, unit_of(hiding), questions
        self._enough = self._left - HASTY if hasty else 0  # left where nothing was found to fit
        self._effort: float = MAX_EFFORT
        self._shapes = dict(zip(hidden, shapes, strict=True))
        self._sure = {party: Spans(shape) for party, shape in self._shapes.items()}
        self._open = set[End]()
        self._read = Otherwise(None if further is None else further.readers, self._preferences)
        grid = Interval(Fraction(0), hiding.total)
        whole = {p: dict.fromkeys(shape.numbers, grid) for p, shape in self._shapes.items()}
        self._bounds = whole if further is None else further.bounds

    def found(self, starts: Held = ()) -> dict[str, Ends] | None:
        """Return how far the numbers of each side are known; None: nothing declared fits.

        ``starts`` are members of which some may fit.
        """
        for some in starts:
            pairs = zip(self._shapes.values(), some, strict=True)
            members = tuple(shape.member(own) for shape, own in pairs)
            if self._fits(members) and self._read.same(members):
                self._hold(members)
        waiting = list(self._cases()) if self._ends() else []
        while waiting and not self._tired:
            waiting += self._settle(waiting.pop())
        if waiting:
            self._open.update(self._ends())
        if self._empty and not self._open:
            return None
        return {party: self._ends_of(party) for party in self._shapes}

    @abstractmethod
    def _cases(self) -> Iterator[Case]:
        """Yield the cases; the last comes first."""

    @abstractmethod
    def _settle(self, given: Case) -> list[Case]:
        """Find all that lies further in a case; return its parts where it has to be cut."""

    @abstractmethod
    def _fits(self, members: Members) -> bool:
        """Tell whether members would have told and shown the same."""

    @abstractmethod
    def _beside(self, members: Members) -> Iterable[Members]:
        """Return members that are a small step away."""

    @property
    def _tired(self) -> bool:
        """Whether nothing more is asked."""
        asked = self._left < (self._enough if self._empty else 0)
        return asked or self._effort <= 0 or self._read.spent

    @property
    def _empty(self) -> bool:
        """Whether nothing was seen that fits."""
        return any(sure.empty for sure in self._sure.values())

    def _ends_of(self, party: str) -> Ends:
        """Return how far the numbers of a side are known."""
        bound = dict[Answer, Interval]()
        for answer in self._shapes[party].numbers:
            low, high = (self._bound((party, answer, sign)) for sign in (-1, 1))
            bound[answer] = Interval(low, high)
        return Ends(bound, self._sure[party].intervals(), self._held)

    @property
    def _held(self) -> Held:
        own = ([s.preference(m) for m in self._sure[p].held] for p, s in self._shapes.items())
        return tuple(zip(*own, strict=True))

    def _bound(self, end: End) -> Fraction:
        """Return what a number cannot lie beyond."""
        settled = end not in self._open and not self._empty
        return end[2] * (self._seen(end) if settled else self._most(end))

    def _most(self, end: End) -> Fraction:
        """Return what a number cannot lie beyond before it is looked for, counted that way."""
        party, answer, sign = end
        bound = self._bounds[party][answer]
        return bound.high if sign > 0 else -bound.low

    def _ask(
        self, model: Model, ends: Iterable[End], furthest: bool, limit: float
    ) -> Members | bool:
        """Return members of which some number lies further, or as far away as it can be.

        False: there are none, which is proved. True: that was not found out.
        """
        self._left -= 1
        before = model.effort
        self._read.leave_out(model, model.exclude)
        edges = (self._most(end) - self._unit if furthest else self._seen(end) for end in ends)
        beyond = [(*end, edge) for end, edge in zip(ends, edges, strict=True)]
        found = self._tired or model.beyond(beyond, limit)
        self._effort -= model.effort - before
        if isinstance(found, bool):
            return found
        pairs = zip(self._shapes.values(), found, strict=True)
        return tuple(shape.member(own) for shape, own in pairs)

    def _note(self, members: Members) -> None:
        """Note members that fit, or some near them, if the same was read, and what lies further."""
        near = self._read.towards(members, self._fits, self._further)
        if near is not None:
            self._spread(near)

    def _spread(self, members: Members) -> None:
        """Note members that fit, and what fits and lies further, small step by small step."""
        self._hold(members)
        waiting = [members]
        while waiting:
            for other in self._further(waiting.pop()):
                if self._fits(other) and self._read.same(other):
                    self._hold(other)
                    waiting.append(other)

    def _further(self, members: Members) -> Iterable[Members]:
        """Return members a small step away that lie beyond all that was seen."""
        return filter(self._lies_beyond, self._beside(members))

    def _preferences(self, members: Members) -> list[Preference]:
        """Return what members want."""
        pairs = zip(self._shapes.values(), members, strict=True)
        return [shape.preference(member) for shape, member in pairs]

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
        """Tell whether a number was not yet seen as far away as it can be, nor given up."""
        return self._seen(end) < self._most(end) and end not in self._open

    def _seen(self, end: End) -> Fraction:
        """Return how far a number was seen, counted upwards or downwards."""
        party, answer, sign = end
        span = self._sure[party].of(answer)
        if span is None:
            return -self._hiding.step if sign > 0 else -self._hiding.total - self._hiding.step
        return span.high if sign > 0 else -span.low

    def _by_walk_away(self, before: tuple[int | None, ...]) -> Iterator[tuple[int | None, ...]]:
        """Yield walk-away values with the first unknown one as each that it can be."""
        for n, (level, shape) in enumerate(zip(before, self._shapes.values(), strict=True)):
            if level is None:
                for one in range(shape.highest + 1):
                    yield (*before[:n], one, *before[n + 1 :])
                return


def ends_with_texts(
    dispute: Dispute,
    search: Callable[[Further | None], AllEnds[Case]],
    readers: Readers | None,
) -> dict[str, Ends] | None:
    """Return how far the numbers of each side are known, first without texts, then with them.

    None: nothing that was declared fits.
    """
    found = search(None).found()
    if readers is None or not found or not all(one.sure for one in found.values()):
        return found
    starts = {some: None for party, one in found.items() for some in one.furthest(dispute, party)}
    bounds = {party: one.bound for party, one in found.items()}
    read = search(Further(readers, bounds)).found(tuple(starts))
    if read is None:
        return None
    return {party: replace(one, held=found[party].held) for party, one in read.items()}


__all__ = ["AllEnds", "End", "Members", "Model", "ends_with_texts"]
