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
from hikiwake.pareto import Bargain, Point
from hikiwake.pareto.ties import shown_of
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
    bargain = Adjusting(dispute).bargain
    outcome = None if bargain is None else settled_in(bargain)
    if bargain is None or outcome is None:
        return None
    point = bargain.point_of(outcome)
    gain = bargain.gains_at(point)[dispute.party_ids.index(observer)]
    return outcome, bargain.is_draw(point), seen_of(dispute, gain)


@lru_cache(maxsize=10_000)
def settles_alike(would_be: Dispute, dispute: Dispute, observers: tuple[str, ...]) -> bool:
    """Tell whether some sides would see the same settled in a dispute as it would be.

    As ``settled_for`` says of each; what costs least is looked at first.
    """
    seen = [settled_for(dispute, observer) for observer in observers]
    shown, asked = next(filter(None, seen), None), Adjusting(would_be)
    if shown is None:
        return [settled_for(would_be, observer) for observer in observers] == seen
    outcome, draw, _ = shown
    if asked.broken(outcome) or asked.bargain is None:
        return False
    gains = asked.bargain.gains_at(asked.bargain.point_of(outcome))
    places = map(would_be.party_ids.index, observers)
    return all(
        one is not None and seen_of(would_be, gains[place]) == one[2]
        for place, one in zip(places, seen, strict=True)
    ) and settles_on(asked.bargain, outcome, draw)


def settles_on(bargain: Bargain, outcome: Outcome, draw: bool) -> bool:
    """Tell whether a package is shown as settled, and as a draw or not."""
    point = bargain.point_of(outcome)
    if bargain.is_draw(point) is not draw:
        return False
    if not draw and bargain.even_groups and point not in bargain.kalai_smorodinsky():
        return False  # what is settled is a draw, or such a point
    points = _points(bargain)
    return point in points and shown_of(bargain, points) == outcome


def settled_in(bargain: Bargain) -> Outcome | None:
    """Return the package that is shown as settled."""
    points = _points(bargain)
    return shown_of(bargain, points) if points else None


def _points(bargain: Bargain) -> tuple[Point, ...]:
    rule = rule_named("draw")
    return () if isinstance(rule, DirectRule) else tuple(rule.select(bargain).points)


def seen_of(dispute: Dispute, gain: Fraction | None) -> Fraction | None:
    """Return how a side sees its own gain: to the grain of the tolerance."""
    grain = max(dispute.tolerance, DEFAULT_TOLERANCE)
    return None if gain is None else to_grain(gain, grain)
