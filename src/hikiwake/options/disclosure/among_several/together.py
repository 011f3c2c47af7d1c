"""Several sides of which some hide something: how any package stands with each, whatever they are.

Notation: numbers are whole, each side's on a scale of its own. *Members* are one of the declared
grid for each side that hides. ``above`` is what a package gives a side beyond its walk-away value,
``reach`` the most of that among possible packages; those that hide come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.findings.talks import Hiding, Talks, Word
from hikiwake.model import Dispute, FrozenMap, Outcome
from hikiwake.numeric import fits_int64
from hikiwake.options.disclosure.hidden.kinds import even
from hikiwake.options.disclosure.hidden.members import Member, Shape
from hikiwake.options.disclosure.told.allowed import Allowed, fits_table

MAX_BEYOND = 6  # packages that are shown to give a side more than was taken for its most

Array = NDArray[Any]
Members = tuple[Member, ...]
Place = tuple[int, ...]  # the option of each issue


@dataclass(frozen=True, slots=True)
class Look:
    """How things stand with some members; ``possible`` are rows. ``hidden`` sides come first."""

    above: list[Array]
    possible: Array
    hidden: int

    @property
    def reach(self) -> list[int]:
        """The most that each side could gain; below 0: nothing is possible."""
        return [int(own[self.possible].max(initial=-1)) for own in self.above]

    def beyond(self, most: Sequence[int], columns: Sequence[Array]) -> Iterator[int]:
        """Yield some possible packages that give a side more than was taken for its most.

        They are those that give most to all that hide, the hardest to deny; those of a side are
        unlike one another in two issues at least.
        """
        total: Array = np.sum(self.above[: self.hidden], axis=0)
        for own, limit in zip(self.above, most, strict=True):
            left = self.possible[own[self.possible] > limit]
            for _ in range(MAX_BEYOND):
                if not len(left):
                    break
                row = int(left[np.argmax(total[left])])
                yield row
                apart = np.sum([column[left] != column[row] for column in columns], axis=0)
                left = left[apart > 1]


class Together:
    """All packages that the known sides allow. ``exact``: numbers are not too large for it."""

    def __init__(self, dispute: Dispute, hidden: Sequence[str], hiding: Hiding) -> None:
        self.dispute, self.hidden = dispute, tuple(hidden)
        self.known = tuple(party for party in dispute.party_ids if party not in hidden)
        ways = [dispute.decisions_of(issue) or () for issue in dispute.issues]
        self.allowed = Allowed(dispute, self.known, ways)
        self.shapes = [Shape(dispute, party, hiding) for party in hidden]
        largest = max(shape.largest for shape in self.shapes)
        self.exact = not self.allowed.too_huge and fits_int64(largest)
        self._worths: dict[int, tuple[Member, Array]] = {}

    def place(self, row: int) -> Place:
        """Return the option of each issue in an allowed package."""
        return tuple(int(column[row]) for column in self.allowed.columns)

    @cached_property
    def steps(self) -> list[list[int]]:
        """Everything that each known side can gain, in order."""
        return [[int(gain) for gain in np.unique(own)] for own in self.allowed.above]

    def look(self, members: Members) -> Look:
        """Return how things stand with some members."""
        own = [self._above(n, member) for n, member in enumerate(members)]
        possible = np.flatnonzero(np.min(own, axis=0) >= 0)
        return Look([*own, *self.allowed.above], possible, len(own))

    def fits(self, members: Members, talks: Talks) -> bool:
        """Tell whether all words would be the same."""
        return self.words(self.look(members), talks)

    def words(self, look: Look, talks: Talks) -> bool:
        """Tell the same of how things stand."""
        return talks.agree(lambda outcome: self.word(look, outcome))

    def word(self, look: Look, outcome: Outcome) -> Word:
        """Return the word about a package."""
        standing = self.standing(look, outcome)
        if standing is None:
            return Word.NOT_POSSIBLE
        gains = [(a, r) for a, r in standing if r > 0]
        alike = len(gains) > 1 and even(gains, self.dispute.tolerance)
        return Word.EVEN if alike else Word.NOT_EVEN

    def standing(self, look: Look, outcome: Outcome) -> list[tuple[int, int]] | None:
        """Return what a package gives each side, and the most of that; None: it is not possible."""
        row = self.allowed.place(outcome)
        if row is None:
            return None
        above = [int(one[row]) for one in look.above]
        return None if min(above) < 0 else list(zip(above, look.reach, strict=True))

    def beside(self, members: Members) -> Iterator[Members]:
        """Yield the members that differ a small step in one side."""
        for n, shape in enumerate(self.shapes):
            for member in shape.beside(members[n]):
                yield (*members[:n], member, *members[n + 1 :])

    def would_be(self, members: Members) -> Dispute:
        """Return the dispute as it would be."""
        own = [shape.preference(one) for shape, one in zip(self.shapes, members, strict=True)]
        changed = FrozenMap({**self.dispute.preferences, **{one.party: one for one in own}})
        return replace(self.dispute, preferences=changed)

    def _above(self, n: int, member: Member) -> Array:
        """Return what each allowed package gives a side that hides."""
        held = self._worths.get(n)
        if held is None or held[0].levels != member.levels:
            total: Array = np.zeros((), dtype=np.int64)
            for table in self.shapes[n].tables(member):
                total = np.add.outer(total, table)
            held = self._worths[n] = member, self.allowed.rows(total)
        return held[1] - self.shapes[n].walk_away(member)


def covers_together(dispute: Dispute) -> bool:
    """Tell whether what several sides were told and shown is covered: only whole packages.

    Nothing is divided, no group is not for trade, and all packages can be put in a table.
    """
    if any(group.not_for_trade for group in dispute.groups):
        return False
    return fits_table([dispute.decisions_of(issue) or () for issue in dispute.issues])


__all__ = ["Look", "Members", "Place", "Together", "covers_together"]
