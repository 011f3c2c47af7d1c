"""One hidden side as others see it: whether it would have been told the same, wanting otherwise.

Answered from a table of all packages where there is one, else by searching each dispute anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from hikiwake.findings.talks import Hiding, Talks, Word
from hikiwake.model import Dispute, FrozenMap, Outcome, Preference
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.between_two.corners import Corners, fits_corners
from hikiwake.options.disclosure.between_two.measured import Measured
from hikiwake.options.disclosure.between_two.rows import Worths
from hikiwake.options.disclosure.hidden.climb import Climb
from hikiwake.options.disclosure.hidden.members import Member
from hikiwake.options.disclosure.told.asked import Settled, settled_for, settles_alike
from hikiwake.options.disclosure.told.listed import Listed, listed
from hikiwake.options.disclosure.told.shown import Shown

MAX_SETTLED = 150  # disputes settled anew while members are looked for


class Seen:
    """A side that hides, and those that look and together know all other sides' preferences."""

    def __init__(
        self, dispute: Dispute, sides: tuple[str, Sequence[str]], talks: Talks, hiding: Hiding
    ) -> None:
        self._dispute, (self._party, self._observers) = dispute, sides
        self._talks, self._hiding = talks, hiding
        self._settled = 0

    def same(self, member: Preference) -> bool:
        """Tell whether just the same would have been told."""
        if self.table is not None:
            return self.same_of(self.table.shape.member(member))
        if self.measured is not None:
            return self._as_measured(self.measured, member)
        return self._anew(member)

    def same_of(self, member: Member) -> bool:
        """Tell the same of a member of the grid, where all packages are in a table."""
        assert self.table is not None
        if self._talks.shown is None:
            return self.table.far(member, self._talks) == 0
        if self.shown is not None:
            return self.shown.fits(member, self._talks, self._same_anew)
        return self._same_anew(member)

    def preference(self, member: Member) -> Preference:
        """Return what a member of the grid wants, where all packages are in a table."""
        assert self.table is not None
        return self.table.shape.preference(member)

    def _as_measured(self, measured: Measured, member: Preference) -> bool:
        if not measured.told(member, self._talks):
            return False
        if self._talks.shown is None:
            return True
        may = self.settled is None or measured.may_settle(member, self.settled)
        return may and self._anew(member)

    def _same_anew(self, member: Member) -> bool:
        return self._anew(self.preference(member))

    def _anew(self, member: Preference) -> bool:
        return same_told(self._with(member), self._dispute, self._observers, self._talks)

    def word(self, member: Preference, outcome: Outcome) -> Word:
        """Return what would be told about a package."""
        if self.table is not None:
            return self.table.word(self.table.shape.member(member), outcome)
        if self.measured is not None:
            return self.measured.word(member, outcome)
        return self._with(member).word(outcome)

    def widened(self, starts: Iterable[Preference]) -> list[Preference]:
        """Return members that would have been told the same, as far apart as some were found."""
        table = self.table
        if table is None or (self._talks.shown is not None and len(self._observers) > 1):
            return []
        shown: Settled | None = None
        if self._talks.shown is not None:
            shown = settled_for(self._dispute, self._observers[0])
        climb = Climb(
            table.shape, lambda member: table.far(member, self._talks, shown), self._settles_alike
        )
        return [table.shape.preference(m) for m in climb.widen(map(table.shape.member, starts))]

    def _settles_alike(self, member: Member) -> bool:
        if self._talks.shown is None:
            return True
        self._settled += 1
        return self._settled <= MAX_SETTLED and self.same(self.preference(member))

    def _with(self, member: Preference) -> Adjusting:
        preferences = FrozenMap({**self._dispute.preferences, member.party: member})
        return Adjusting(replace(self._dispute, preferences=preferences))

    @cached_property
    def shown(self) -> Shown | None:
        """The settled package as it was shown between two sides, where all are in a table."""
        if self.table is None or self.settled is None or self.settled[2] is None:
            return None
        return Shown(self._dispute, self.table, self.settled, self._talks.implied)

    @cached_property
    def measured(self) -> Measured | None:
        """All corners, between two sides that divide something."""
        if not fits_corners(self._dispute, self._party):
            return None
        return Measured(Worths(Corners(self._dispute, self._party)))

    @cached_property
    def settled(self) -> Settled | None:
        """What the side that looks saw settled, between two sides."""
        if self._talks.shown is None or len(self._dispute.parties) > 2:
            return None
        return settled_for(self._dispute, self._observers[0])

    @cached_property
    def table(self) -> Listed | None:
        """All packages in a table, where there is one."""
        if len(self._observers) + 1 < len(self._dispute.parties):
            return None
        ways = [self._dispute.decisions_of(issue) or () for issue in self._dispute.issues]
        return listed(self._dispute, self._party, self._hiding, ways)


def same_told(
    would_be: Adjusting, dispute: Dispute, observers: Sequence[str], talks: Talks
) -> bool:
    """Tell whether a dispute as it would be is told the same, with the settlement if it was."""
    if any(would_be.word(told.outcome) is not told.word for told in talks.told):
        return False
    return talks.shown is None or settles_alike(would_be.dispute, dispute, tuple(observers))
