"""How far the hidden numbers of one side are known."""

from __future__ import annotations

from dataclasses import dataclass, field

from hikiwake.findings.talks import Interval
from hikiwake.model import Answer, Dispute, Preference
from hikiwake.options.disclosure.hidden.unknowns import numbers_of

Intervals = dict[Answer, Interval]
Held = tuple[tuple[Preference, ...], ...]  # of all sides that hide, each time


@dataclass(frozen=True, slots=True)
class Ends:
    """The bound of every number, and between which values it surely still can be anything.

    ``sure`` is empty where no member was found that would have told the same. ``held`` are members
    that were, of all sides that hide, whether the same would have been read or not.
    """

    bound: Intervals
    sure: Intervals
    held: Held = field(default=(), compare=False)  # others may be found, and tell the same

    def furthest(self, dispute: Dispute, party: str) -> Held:
        """Return those held that give some number of a party its least or its most."""
        own = [numbers_of(dispute, one) for some in self.held for one in some if one.party == party]
        kept: dict[int, None] = {}
        for answer in self.bound if own else ():
            for furthest in (min, max):
                kept[furthest(range(len(own)), key=lambda n: own[n][answer])] = None
        return tuple(self.held[n] for n in kept)


def widen(found: Intervals, dispute: Dispute, member: Preference) -> None:
    """Widen intervals so that all numbers of a member lie in them."""
    for answer, number in numbers_of(dispute, member).items():
        held = found.get(answer)
        if held is None:
            found[answer] = Interval(number, number)
        elif not held.low <= number <= held.high:
            found[answer] = Interval(min(held.low, number), max(held.high, number))
