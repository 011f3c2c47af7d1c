"""How far the hidden numbers of one side are known."""

from __future__ import annotations

from dataclasses import dataclass

from hikiwake.findings.talks import Interval
from hikiwake.model import Answer, Dispute, Preference
from hikiwake.options.disclosure.hidden.unknowns import numbers_of

Intervals = dict[Answer, Interval]


@dataclass(frozen=True, slots=True)
class Ends:
    """The bound of every number, and between which values it surely still can be anything.

    ``sure`` is empty where no member was found that would have told the same.
    """

    bound: Intervals
    sure: Intervals


def widen(found: Intervals, dispute: Dispute, member: Preference) -> None:
    """Widen intervals so that all numbers of a member lie in them."""
    for answer, number in numbers_of(dispute, member).items():
        held = found.get(answer, Interval(number, number))
        found[answer] = Interval(min(held.low, number), max(held.high, number))
