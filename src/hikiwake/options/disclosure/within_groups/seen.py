"""One hidden side as others see it, also where something inside a group is divided."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from hikiwake.findings.talks import Hiding, Talks
from hikiwake.model import Dispute
from hikiwake.options.disclosure.between_two.seen import Seen
from hikiwake.options.disclosure.within_groups.looked import Looked
from hikiwake.options.disclosure.within_groups.space import Space, covers


class SeenWithin(Seen):
    """The same where all mixtures of corners are looked at."""

    @cached_property
    def measured(self) -> Looked:  # type: ignore[override]
        """All cells, between two sides that divide something inside a group."""
        return Looked(Space(self._dispute, self._party))


def seen_of(
    dispute: Dispute, sides: tuple[str, Sequence[str]], talks: Talks, hiding: Hiding
) -> Seen:
    """Return how a side is seen."""
    within = len(sides[1]) + 1 == len(dispute.parties) == 2 and covers(dispute, sides[0])
    return (SeenWithin if within else Seen)(dispute, sides, talks, hiding)


__all__ = ["SeenWithin", "seen_of"]
