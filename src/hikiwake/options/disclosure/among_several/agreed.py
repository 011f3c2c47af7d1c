"""The exact ends of every number that sides hide together where something is divided, after a
settlement was shown.

The search is that after words (see :mod:`hikiwake.options.disclosure.among_several.dividing`).
Members are settled by themselves; where another package would be shown the model learns what
betters the shown one. Where that does not help, they alone are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from hikiwake.errors import Unsupported
from hikiwake.findings.talks import Hiding, Talks
from hikiwake.model import Dispute
from hikiwake.options.disclosure.among_several.all_ends import Members, ends_with_texts
from hikiwake.options.disclosure.among_several.apart import Apart
from hikiwake.options.disclosure.among_several.blended import Blended, Given
from hikiwake.options.disclosure.among_several.blends import Blends
from hikiwake.options.disclosure.among_several.dearer import Dearer
from hikiwake.options.disclosure.among_several.decided import Better, Decided
from hikiwake.options.disclosure.among_several.dividing import Search, blends_of, covers_dividing
from hikiwake.options.disclosure.among_several.unbettered import Unbettered
from hikiwake.options.disclosure.hidden.ends import Ends
from hikiwake.options.disclosure.told.otherwise import Further
from hikiwake.options.disclosure.told.read import Readers
from hikiwake.pareto import LimitReached


@lru_cache(maxsize=20)
def ends_of_agreed(
    dispute: Dispute,
    observers: tuple[str, ...],
    talks: Talks,
    hiding: Hiding,
    hasty: bool = False,
    readers: Readers | None = None,
) -> dict[str, Ends] | None:
    """Return how far the numbers of each side are known that is not among those that look.

    None: nothing that was declared fits all that was shown. Nothing where no settlement was shown,
    that is not covered, packages are too many, or what some members would settle on is not certain.
    """
    hidden = [party for party in dispute.party_ids if party not in observers]
    if talks.shown is None or not covers_dividing(dispute, talks):
        return {}
    blends = blends_of(dispute, hidden, talks, hiding)
    if blends is None or not blends.allowed(talks.shown):
        return {}
    try:
        return ends_with_texts(
            dispute, lambda more: _Search(blends, talks, (hiding, hasty), more), readers
        )
    except (LimitReached, Unsupported):
        return {}


class _Search(Search):
    """The search over cells."""

    def __init__(
        self, blends: Blends, talks: Talks, how: tuple[Hiding, bool], further: Further | None
    ) -> None:
        super().__init__(blends, talks, how, further)
        self._decided = Decided(blends, talks)
        self._better: list[Better] = []
        self._apart: list[Apart] = []

    def _cases(self) -> Iterator[Given]:
        """Yield what can count as even in groups, and whether what was shown is not the best.

        What is even, but not in groups, is chosen as a draw is, though it is none (H8).
        """
        dispute, draw = self._blends.dispute, self._decided.draw
        for given in super()._cases():
            if given.usual or not draw:
                yield given
            if dispute.price and given.usual is draw:
                yield replace(given, dearer=True)

    def _model(self, given: Given) -> Blended:
        kind = Dearer if given.dearer else Unbettered
        model = kind(self._blends, self._talks, self._hiding, given, self._decided)
        for better in self._better:
            model.learn_better(better)
        if isinstance(model, Dearer):
            for apart in self._apart:
                model.learn_apart(apart)
        return model

    def _ask_all(self, model: Blended, given: Given, furthest: bool = False) -> list[Given]:
        """As after words; the ends of the grid are asked for alone only once something fits."""
        return [] if furthest and self._empty else super()._ask_all(model, given, furthest)

    def _teach(self, model: Blended, members: Members) -> bool:
        new = super()._teach(model, members)
        assert isinstance(model, Unbettered)
        for better in self._decided.better(members, model.dearer):
            if model.learn_better(better):
                self._better.append(better)
                new = True
        if isinstance(model, Dearer):
            apart = self._decided.apart(members)
            if apart is not None and model.learn_apart(apart):
                self._apart.append(apart)
                new = True
        return new

    def _fits(self, members: Members) -> bool:
        return super()._fits(members) and self._decided.same(members)


__all__ = ["ends_of_agreed"]
