"""The exact ends of every number that sides hide together where something is divided, after words.

Members are asked for of which *some* number lies beyond all that was seen (see
:mod:`hikiwake.options.disclosure.among_several.blended`), until it is proved that there are none.
They are looked at in full. If they would not have told the same, the model learns how much each
side could gain, and why not more. Where that is known already, and only rounding told them apart,
they alone are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from hikiwake.findings.talks import Hiding, Talks, Word
from hikiwake.model import Dispute, Outcome
from hikiwake.options.disclosure.among_several.all_ends import (
    AllEnds,
    End,
    Members,
    ends_with_texts,
)
from hikiwake.options.disclosure.among_several.blended import Blended, Given
from hikiwake.options.disclosure.among_several.blends import Blends
from hikiwake.options.disclosure.among_several.conditioned import (
    Conditioned,
    covers_inside,
    divides_inside,
)
from hikiwake.options.disclosure.among_several.looks import Look
from hikiwake.options.disclosure.among_several.lots import MAX_LEVELS, covers_lots
from hikiwake.options.disclosure.hidden.ends import Ends
from hikiwake.options.disclosure.models.question import QUICK
from hikiwake.options.disclosure.told.otherwise import Further
from hikiwake.options.disclosure.told.read import Readers

MAX_ASKED = 1_000  # questions about what some sides can hide together
MAX_LEFT_OUT = 200  # members, one by one
MAX_GIVEN_UP = 5  # questions about single ends without an answer; then no more are asked


@lru_cache(maxsize=20)
def ends_of_dividing(
    dispute: Dispute,
    observers: tuple[str, ...],
    talks: Talks,
    hiding: Hiding,
    hasty: bool = False,
    readers: Readers | None = None,
) -> dict[str, Ends] | None:
    """Return how far the numbers of each side are known that is not among those that look.

    None: nothing that was declared fits all that was told. Nothing where that is not
    covered, or packages are too many.
    """
    hidden = [party for party in dispute.party_ids if party not in observers]
    if talks.shown is not None or not covers_dividing(dispute, talks):
        return {}
    blends = blends_of(dispute, hidden, talks, hiding)
    if blends is None:
        return {}
    return ends_with_texts(
        dispute, lambda more: Search(blends, talks, (hiding, hasty), more), readers
    )


def blends_of(
    dispute: Dispute, hidden: Sequence[str], talks: Talks, hiding: Hiding
) -> Blends | None:
    """Return the packages, if they are not too many or otherwise not covered."""
    surely = possible_in(talks)
    if surely is not None and divides_inside(dispute):
        if not covers_inside(dispute, hidden):
            return None
        blends: Blends = Conditioned(dispute, hidden, hiding, surely)
    elif covers_lots(dispute, hidden):
        blends = Blends(dispute, hidden, hiding)
    else:
        return None
    return blends if blends.exact and len(blends.levels(surely)) <= MAX_LEVELS else None


def covers_dividing(dispute: Dispute, talks: Talks) -> bool:
    """Tell whether what several sides were told is covered, where something is divided or a group
    is not for trade.

    With such groups some package was told or shown to be possible.
    """
    groups = [group for group in dispute.groups if group.not_for_trade]
    divided = any(dispute.decisions_of(issue) is None for issue in dispute.issues)
    if not (groups or divided):
        return False
    return not groups or possible_in(talks) is not None


def possible_in(talks: Talks) -> Outcome | None:
    """Return a package that was shown or told to be possible."""
    return talks.shown or next(talks.said(Word.EVEN, Word.NOT_EVEN), None)


class Search(AllEnds[Given]):
    """The search over cells."""

    def __init__(
        self, blends: Blends, talks: Talks, how: tuple[Hiding, bool], further: Further | None
    ) -> None:
        hiding, hasty = how
        super().__init__(blends.hidden, blends.shapes, hiding, (MAX_ASKED, hasty), further)
        self._blends, self._talks = blends, talks
        self._looks: list[Look] = []
        self._left_out: list[Members] = []
        self._given_up = 0

    def _cases(self) -> Iterator[Given]:
        """Yield what can count as even in groups not for trade, the most first."""
        free = (None,) * len(self._shapes)
        usual, *others = self._blends.levels(possible_in(self._talks))
        yield from (Given(level, free, usual=False) for level in reversed(others))
        yield Given(usual, free)

    def _settle(self, given: Given) -> list[Given]:
        """Find all that lies further in a case; return its parts where it has to be cut."""
        model = self._model(given)
        for look in self._looks:
            model.learn(look)
        for members in self._left_out:
            model.exclude(members)
        return self._ask_all(model, given, furthest=True) or self._ask_all(model, given)

    def _model(self, given: Given) -> Blended:
        """Return what members must meet in a case."""
        return Blended(self._blends, self._talks, self._hiding, given)

    def _ask_all(self, model: Blended, given: Given, furthest: bool = False) -> list[Given]:
        """The same, of all that lies further, or only of what lies at the end of the grid."""
        asked = [self._ends()]
        while asked:
            ends = list(filter(self._inside, asked.pop()))
            found = self._ask(model, ends, furthest, QUICK) if ends else False
            if found is True and not furthest:
                if parts := self._narrower(given):
                    return parts
                asked += self._fewer(ends)
            elif not isinstance(found, bool):
                if self._heed(model, found):
                    asked.append(ends)
                else:
                    self._open.update(ends)
        return []

    def _heed(self, model: Blended, members: Members) -> bool:
        """Note members that fit; else let the model learn why not. False: it cannot."""
        if self._fits(members):
            self._note(members)
            return True
        if self._teach(model, members):
            return True
        self._left_out.append(members)
        model.exclude(members)
        return len(self._left_out) <= MAX_LEFT_OUT

    def _teach(self, model: Blended, members: Members) -> bool:
        """Let the model learn from members that do not fit; return whether that is new."""
        look = model.blends.look(members)
        if not model.learn(look):
            return False
        self._looks.append(look)
        return True

    def _fewer(self, ends: list[End]) -> list[list[End]]:
        """Return ends of which not all were settled at once in two parts; note what is given up."""
        if len(ends) > 1 and self._given_up <= MAX_GIVEN_UP:
            half = len(ends) // 2
            return [ends[:half], ends[half:]]
        self._given_up += 1
        self._open.update(ends)
        return []

    def _narrower(self, given: Given) -> list[Given]:
        """Return a case cut where less is then to be found out; none: it cannot be."""
        return [replace(given, walk_aways=own) for own in self._by_walk_away(given.walk_aways)]

    def _fits(self, members: Members) -> bool:
        return self._blends.fits(members, self._talks)

    def _beside(self, members: Members) -> Iterable[Members]:
        return self._blends.beside(members)
