"""A package at one set of answers, as settling tells it: for whatever cannot be listed in short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hikiwake.model import Dispute, FrozenMap, Outcome
from hikiwake.options.sureness.guesses import Corner, Side
from hikiwake.pareto import Bargain, LimitReached, NoBargain, bargain_over, compiled
from hikiwake.pareto.given import is_draw_at
from hikiwake.solvers.deadline import UNLIMITED, Deadline

SAMPLES = 100

Gains = tuple[Fraction | None, ...]


def meant(dispute: Dispute, sides: Sequence[Side], corners: Sequence[Corner]) -> Dispute:
    """Return the dispute as it would be had the sides given these answers."""
    own = dict(dispute.preferences)
    for side, numbers in zip(sides, corners, strict=True):
        answers = dict(zip(side.answers, numbers, strict=True))
        own[side.party] = own[side.party].with_answers(answers)
    return replace(dispute, preferences=FrozenMap(own))


def gains_of(dispute: Dispute, outcome: Outcome) -> Gains:
    """Return everybody's gain by a package; None for a side that can gain nothing."""
    bargain = bargain_over(compiled(dispute))
    if isinstance(bargain, NoBargain):
        return (None,) * len(dispute.parties)
    return bargain.gains_at(bargain.point_of(outcome))


def is_draw_of(dispute: Dispute, outcome: Outcome, deadline: Deadline = UNLIMITED) -> bool:
    """Tell whether a package is a draw (H10).

    Raises
    ------
    TimeIsOver
        If no time is left.
    """
    deadline.require()
    try:
        bargain = bargain_over(compiled(dispute), deadline=deadline)
        return isinstance(bargain, Bargain) and is_draw_at(bargain, outcome, deadline=deadline)
    except LimitReached:
        deadline.require()
        raise


@dataclass(frozen=True)
class AsSettled:
    """A package of a dispute whose sides are known by their answers."""

    dispute: Dispute
    outcome: Outcome
    sides: tuple[Side, ...]

    def gains(self, corners: Sequence[Corner]) -> Gains:
        """Return everybody's gain at one set of answers; None for a side that can gain nothing."""
        return gains_of(meant(self.dispute, self.sides, corners), self.outcome)

    def is_draw(self, corners: Sequence[Corner]) -> bool:
        """Tell whether the package is a draw at one set of answers; in time, or it is not told."""
        return is_draw_of(meant(self.dispute, self.sides, corners), self.outcome, self.deadline)

    @property
    def samples(self) -> int:
        """How many sets of answers to draw."""
        return SAMPLES

    @property
    def deadline(self) -> Deadline:
        """When time is over."""
        return UNLIMITED
