"""What would be told in a dispute with other preferences, asked of each such dispute in turn."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

import numpy as np

from hikiwake.findings.talks import Word
from hikiwake.model import Dispute, Outcome
from hikiwake.numeric import DEFAULT_TOLERANCE, to_grain
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.told.worlds import WORDS, Sides, Table, dispute_in
from hikiwake.pareto.ties import choose
from hikiwake.rules import DirectRule, rule_named

MAX_ASKED = 2_000  # worlds

Settled = tuple[Outcome, bool, Fraction | None]


class Asked:
    """As :class:`~hikiwake.options.disclosure.told.worlds.Worlds`, for few worlds of any kind.

    Notes
    -----
    Each costs what settling costs, once.
    """

    def __init__(self, dispute: Dispute, sides: Sides) -> None:
        self._dispute, self._sides = dispute, sides
        self.shape = tuple(len(side) for side in sides)
        self._adjusting: dict[tuple[int, ...], Adjusting] = {}
        self._words: dict[Outcome, Table] = {}

    def words(self, outcome: Outcome) -> Table:
        """Return the place of the word, in ``WORDS``, that each world gives about a package."""
        if outcome not in self._words:
            table = np.empty(self.shape, dtype=np.int8)
            for cell in np.ndindex(*self.shape):
                table[cell] = WORDS.index(self._word(cell, outcome))
            self._words[outcome] = table
        return self._words[outcome]

    def dispute_at(self, cell: Sequence[int]) -> Dispute:
        """Return the dispute as it would be in a world."""
        return dispute_in(self._dispute, self._sides, cell)

    def _word(self, cell: tuple[int, ...], outcome: Outcome) -> Word:
        if cell not in self._adjusting:
            self._adjusting[cell] = Adjusting(self.dispute_at(cell))
        return self._adjusting[cell].word(outcome)


@lru_cache(maxsize=10_000)
def settled_for(dispute: Dispute, observer: str) -> Settled | None:
    """Return what a side would see settled: the package, whether a draw, its own coarse gain."""
    bargain, rule = Adjusting(dispute).bargain, rule_named("draw")
    if bargain is None or isinstance(rule, DirectRule):
        return None
    shown = choose(bargain, rule.select(bargain).points)
    gain = bargain.gains_at(shown.point)[dispute.party_ids.index(observer)]
    grain = max(dispute.tolerance, DEFAULT_TOLERANCE)
    seen = None if gain is None else to_grain(gain, grain)
    return shown.outcome, bargain.is_draw(shown.point), seen
