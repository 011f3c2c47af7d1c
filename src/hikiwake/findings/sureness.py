"""What is found out about how sure a settlement is: how far it holds if the answers are guesses."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hikiwake.model import Answer, FrozenMap, Outcome
from hikiwake.settlement import Certificate, Gains, Status

COARSE = tuple(Fraction(1, n) for n in (100, 50, 20, 10, 5))


@dataclass(frozen=True, slots=True)
class GainSpan:
    """How little and how much one side gains, whatever all sides meant in their ranges.

    ``least`` is None where it might fall below its walk-away value. ``exact``: both ends are
    reached; else nothing lies outside, but the ends may lie further in. ``seen``: a limit was
    reached, and this is the least that was found; the true one lies between ``least`` and it.

    What the side could hope for counts the package itself, also for answers for which that is not
    even in a group not for trade: so no gain is above 1.
    """

    least: Fraction | None
    most: Fraction
    exact: bool
    seen: Fraction | None = None

    @property
    def worst_regret(self) -> Fraction | None:
        """By what part of its range the side may stay below its ideal, at the worst."""
        return None if self.least is None else 1 - self.least

    @property
    def regret_at_least(self) -> Fraction | None:
        """What the worst regret is proved not to be below; the same unless a limit was reached."""
        return self.worst_regret if self.seen is None else 1 - self.seen


@dataclass(frozen=True, slots=True)
class Influence:
    """What one answer moves if it alone is at the low or the high end of its range.

    ``imbalance`` and ``own`` (the answering side's gain) are at the low and at the high end; None
    where it cannot be told because a side can then gain nothing.
    """

    party: str
    answer: Answer
    imbalance: tuple[Fraction | None, Fraction | None]
    own: tuple[Fraction | None, Fraction | None]


@dataclass(frozen=True, slots=True)
class Sampled:
    """In how many of so many sets of answers drawn at random the package is a draw.

    ``low`` to ``high``: the part of all of them, with 95 % confidence (Wilson), rounded outwards.
    """

    draws: int
    of: int
    low: Fraction
    high: Fraction
    seed: int


@dataclass(frozen=True, slots=True)
class SmallestRegret:
    """The package whose worst regret is smallest, of so many that were compared, and whose it is.

    ``of`` is None where packages are not listed: then it is of all. ``at_least``: what no package's
    largest worst regret is below; the same as this one's, unless a limit was reached.
    """

    outcome: Outcome
    regrets: FrozenMap[str, Fraction]
    of: int | None
    at_least: Fraction

    @property
    def proved(self) -> bool:
        """Whether no package's largest worst regret is smaller."""
        return self.at_least == max(self.regrets.values(), default=Fraction(0))


@dataclass(frozen=True, slots=True)
class Robustness:
    """How far a settled package holds if the answers are guesses (H28).

    ``error`` is by how much each answer without a range may be off, in parts of its side's range;
    ``ranges`` counts the answers that have one of their own, ``relations`` the orders and
    constraints that link answers: these hold for every error, too. ``holds``: a draw for all of
    these answers (proved), not for all (there is a counterexample), or None: neither was found.

    ``own`` has the gains where only the side's own answers vary, all others being as given: that
    is what a side may be told (H14).

    ``uneven_groups`` are those groups not for trade that are not even within themselves for all of
    these answers.

    ``radius`` is an error of all answers at once up to which the package is proved to be a draw;
    ``fails`` one at which it is not, None if none was found. Both are steps of ``step``.

    ``cut_short``: time was up. What is told holds; more of it could be known.

    ``certificate``: a small program accepted the proof of ``holds``, if it holds, and of the
    radius, if it is more than 0.
    """

    status: Status
    parties: tuple[str, ...]
    outcome: Outcome
    given: Gains
    tolerance: Fraction
    error: Fraction
    ranges: FrozenMap[str, int]
    relations: FrozenMap[str, int]
    gains: FrozenMap[str, GainSpan]
    own: FrozenMap[str, GainSpan]
    holds: bool | None
    sampled: Sampled
    radius: Fraction
    fails: Fraction | None
    step: Fraction
    influences: tuple[Influence, ...]
    smallest_regret: SmallestRegret | None
    uneven_groups: tuple[str, ...] = ()
    illustrative: bool = False
    cut_short: bool = False
    certificate: Certificate | None = None
    certificate_reason: str = "not asked for"

    @property
    def coarse_radius(self) -> Fraction:
        """The largest of ``COARSE`` that is within the proven radius, or 0: all may be told it."""
        return max((level for level in COARSE if level <= self.radius), default=Fraction(0))
