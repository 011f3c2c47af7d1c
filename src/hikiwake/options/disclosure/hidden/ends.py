"""How far the hidden numbers of one side are known."""

from __future__ import annotations

from dataclasses import dataclass

from hikiwake.findings.talks import Interval
from hikiwake.model import Answer

Intervals = dict[Answer, Interval]


@dataclass(frozen=True, slots=True)
class Ends:
    """The bound of every number, and between which values it surely still can be anything.

    ``sure`` is empty where no member was found that would have told the same.
    """

    bound: Intervals
    sure: Intervals
