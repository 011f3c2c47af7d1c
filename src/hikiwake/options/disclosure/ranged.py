"""What could be hidden where something is divided between two sides, in one case, for CP-SAT.

In a case it is given in which range the most lies that the known side could gain, and what the
settlement that was shown, if one was, means to the hidden side. Every member that would have told
the same, and is in the case, meets the model. The smaller the range, the fewer others do.

Notation: R and r are the most that the known side and the hidden side can gain. A package gives
them a and b, so the parts x = a ÷ R and y = b ÷ r. ``k`` is a of a package that is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import Any

from hikiwake.findings.talks import Hiding, Talks, Told, Word
from hikiwake.model import Answer, Outcome, Preference
from hikiwake.options.disclosure.evened import Evened, Stakes
from hikiwake.options.disclosure.rows import MAX_PARTS, Rows, Worths
from hikiwake.options.disclosure.share import USUAL, Share
from hikiwake.options.disclosure.unknowns import Unknowns, numbers_of
from hikiwake.solvers.watched import search

_LIMITS: dict[str, Any] = {
    "num_workers": 1,
    "symmetry_level": 0,
    "cp_model_probing_level": 0,
}
_QUICK, _THOROUGH = 2.0, 20.0  # the solver's own, repeatable seconds
_ROUNDED = 10_000  # parts of 1 to which a part that has more is rounded

Edge = tuple[Fraction, bool]  # just below a number; or, with True, just above it
Range = tuple[Edge, Edge]
Beyond = tuple[Answer, int, Fraction]  # a number, 1 or -1, and how far it was seen that way


class Meaning(Enum):
    """What a package that was shown as settled means to the hidden side.

    The best by Kalai and Smorodinsky; even, but not the best; or the best for one side, while the
    other can gain nothing.
    """

    BEST = "best"
    DEARER = "dearer"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Given:
    """What is given in a case.

    Without ``reach``, the range of R, nothing was told to be possible. ``part`` is the range of y
    of the shown package. ``walk_away`` is in steps of the grid; None where it can be any. ``share``
    is what counts as even in groups.
    """

    reach: Range | None
    share: Share = USUAL
    meaning: Meaning | None = None
    part: Range = ((Fraction(0), False), (Fraction(1), True))
    walk_away: int | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """What the side that looks saw of a settlement: the package, and whether it is a draw."""

    outcome: Outcome
    draw: bool


class Ranged:
    """The model. ``_r`` is r in ``_parts``: rounded down, it is less by up to ``_slack``."""

    def __init__(
        self, worths: Worths, told: tuple[Talks, Sight | None, Stakes], hiding: Hiding, given: Given
    ) -> None:
        from ortools.sat.python import cp_model

        (talks, sight, stakes), corners = told, worths.corners
        self._cp: Any = cp_model.CpModel()
        self._worths, self._corners, self._given = worths, corners, given
        self._tolerance, self._price = corners.dispute.tolerance, corners.dispute.price
        self._hidden = Unknowns(self._cp, corners.dispute, corners.hidden, hiding)
        self._walk_away = self._hidden.walk_away
        if given.walk_away is not None:
            steps = int(hiding.walk_away_step / self._hidden.unit)
            self._cp.add(self._walk_away == given.walk_away * steps)
        sides = self._hidden, hiding
        self._evened = Evened(self._cp, corners, sides, stakes, given.share)
        self._count(talks, sight)
        for one in talks.told:
            if one.word is Word.NOT_POSSIBLE and corners.allowed(one.outcome):
                self._not_possible(one.outcome)
        if given.reach is None:
            return
        self._measure(*given.reach)
        for one in talks.told:
            if one.word is not Word.NOT_POSSIBLE:
                self._told(one, given.reach)
        if sight is not None:
            self._shown(sight, given, given.reach)

    def exclude(self, member: Preference) -> None:
        """Leave out a member of which it was seen that it does not fit."""
        differs: list[Any] = []
        for answer, number in numbers_of(self._corners.dispute, member).items():
            for sign in (1, -1):
                differs.append(literal := self._cp.new_bool_var(""))
                edge = sign * int(number / self._hidden.unit) + 1
                self._cp.add(sign * self._hidden.numbers[answer] >= edge).only_enforce_if(literal)
        self._cp.add_bool_or(differs)

    def beyond(self, numbers: Iterable[Beyond]) -> Preference | bool:
        """Return a member of which some number lies beyond where it was seen.

        False: there is none, which is proved. True: that was not found out within the limit.
        """
        asked, further = self._cp.new_bool_var(""), list[Any]()
        for answer, sign, seen in numbers:
            further.append(literal := self._cp.new_bool_var(""))
            edge = int(seen / self._hidden.unit) + 1
            self._cp.add(sign * self._hidden.numbers[answer] >= edge).only_enforce_if(literal)
        self._cp.add_bool_or([~asked, *further])
        domain = self._cp.proto.variables[asked.index].domain
        domain[0] = 1  # only now
        most = _QUICK if self._given.walk_away is None else _THOROUGH
        ended = search(self._cp, max_deterministic_time=most, **_LIMITS)
        domain[0] = 0
        if ended.found:
            return self._hidden.preference(ended.value)
        return not ended.impossible

    def _sum(self, row: Iterable[int]) -> Any:
        numbers = zip(row, self._worths.answers, strict=True)
        return sum(part * self._hidden.numbers[answer] for part, answer in numbers if part)

    def _worth(self, outcome: Outcome, up: bool) -> Any:
        """Return what a package is worth, in parts, rounded up or down."""
        row, whole = self._worths.row(outcome), ceil if up else floor
        parts = (row.get(answer, Fraction(0)) * self._parts for answer in self._worths.answers)
        return self._sum(whole(part) for part in parts)

    def _gain(self, outcome: Outcome, up: bool) -> Any:
        """Return b of a package, in parts, rounded up or down."""
        return self._worth(outcome, up) - self._parts * self._walk_away

    def _count(self, talks: Talks, sight: Sight | None) -> None:
        """Fix in how many parts r and b are counted."""
        rows = self._worths.rows(Fraction(0), False, up=False)
        seen = [told.outcome for told in talks.told] + ([sight.outcome] if sight else [])
        row = (part for outcome in seen for part in self._worths.row(outcome).values())
        parts = lcm(rows.parts, *(part.denominator for part in row))
        exact = rows.exact and parts <= MAX_PARTS
        self._parts = parts if exact else MAX_PARTS
        self._slack = 0 if exact else 1
        self._r = self._cp.new_int_var(0, self._parts * self._hidden.total, "")

    def _measure(self, low: Edge, high: Edge) -> None:
        """Add that R lies in its range, and what r is."""
        base = self._parts * self._walk_away + self._r
        self._no_more(Fraction(0), False, (base + self._slack, self._parts))
        self._some(
            self._worths.rows(Fraction(0), False, up=True), (base - self._slack, self._parts)
        )
        self._some(self._worths.rows(*low, up=True), (self._walk_away, 1))
        self._no_more(*high, (self._walk_away, 1), strict=True)
        if self._given.share.worst is not None:
            self._no_more(Fraction(0), False, (self._walk_away, 1), strict=True, closed=True)

    def _not_possible(self, outcome: Outcome) -> None:
        """Add that a package is worth less than walking away, or is less even than counts."""
        uneven = self._evened.unless(self._corners.decided_by(outcome))
        if uneven is not None:
            below = self._cp.new_bool_var("")
            self._cp.add(self._gain(outcome, up=False) <= -1).only_enforce_if(below)
            self._cp.add_bool_or([below, *uneven])

    def _told(self, told: Told, reach: Range) -> None:
        """Add that a package is possible, and that it is even, or is not."""
        self._possible(told.outcome)
        if reach[1] != (Fraction(0), True):
            self._evenness(told.outcome, reach, told.word is Word.EVEN)
        elif told.word is Word.EVEN:
            self._cp.add_bool_or([])

    def _possible(self, outcome: Outcome) -> None:
        self._cp.add(self._gain(outcome, up=True) >= 0)
        self._evened.require(self._corners.decided_by(outcome))

    def _evenness(self, outcome: Outcome, reach: Range, even: bool) -> None:
        """Add that |x − y| is, or is not, within the tolerance for some R in its range."""
        least, most = self._part_of_known(outcome, reach)
        tolerance = self._tolerance
        if even:
            self._can_gain()
            self._below(outcome, most + tolerance)
            self._above(outcome, least - tolerance)
            return
        nothing, below, above = (self._cp.new_bool_var("") for _ in range(3))
        self._cp.add(self._r <= self._slack).only_enforce_if(nothing)
        self._below(outcome, most - tolerance, True).only_enforce_if(below)
        self._above(outcome, least + tolerance, True).only_enforce_if(above)
        self._cp.add_bool_or([nothing, below, above])

    def _shown(self, sight: Sight, given: Given, reach: Range) -> None:
        """Add that a package was shown as settled, and means to the hidden side what is given."""
        outcome, (least, most) = sight.outcome, self._part_of_known(sight.outcome, reach)
        known, worth = self._corners.gain(outcome), self._worth(outcome, up=True)
        self._possible(outcome)
        self._no_more(known, False, (worth, self._parts))
        self._no_more(known, True, (worth, self._parts), strict=True)
        if given.meaning is Meaning.ALONE:
            if reach[1] > (Fraction(0), True):
                self._cp.add(self._r <= self._slack)
            return
        self._can_gain()
        (low, beyond), (high, upto) = given.part
        self._below(outcome, high, strict=not upto)
        self._above(outcome, low, strict=beyond)
        if given.share.worst is None:
            self._evenness(outcome, reach, sight.draw)
        inside = self._corners.inside(outcome)
        if given.meaning is Meaning.DEARER:
            lesser = min(high, most) + self._price
            self._no_more(lesser * reach[1][0], True, self._part_of_r(lesser))
            if inside:
                self._some(self._worths.others(outcome), (self._worth(outcome, False), self._parts))
            return
        if inside:
            self._below(outcome, most)
            self._above(outcome, least)
        lesser = min(high, most)
        self._no_more(lesser * reach[1][0], True, self._part_of_r(lesser))
        self._no_more(high * reach[1][0], True, self._part_of_r(most), strict=True)
        self._no_more(high * reach[1][0], False, self._part_of_r(most))

    def _can_gain(self) -> None:
        rows = self._worths.rows(Fraction(0), False, up=True)
        self._some(rows, (self._walk_away, 1), strict=True)
        if not self._slack:
            self._cp.add(self._r >= 1)

    def _part_of_known(self, outcome: Outcome, reach: Range) -> tuple[Fraction, Fraction]:
        """Return between what x of a package lies."""
        known, (low, _), (high, _) = self._corners.gain(outcome), *reach
        return (known / high, known / low) if known else (Fraction(0), Fraction(0))

    def _part_of_r(self, part: Fraction) -> tuple[Any, int]:
        """Return what is worth the walk-away value and a part of r, times what follows."""
        part = _rounded(part, up=True)
        times = self._parts * part.denominator
        own = part.denominator * self._parts * self._walk_away
        return own + part.numerator * (self._r + self._slack), times

    def _below(self, outcome: Outcome, part: Fraction, strict: bool = False) -> Any:
        """Add that y is at most a part, or less than that."""
        part = _rounded(part, up=True)
        slack = self._slack if part > 0 else -self._slack
        most = part.numerator * (self._r + slack) - strict
        return self._cp.add(part.denominator * self._gain(outcome, up=False) <= most)

    def _above(self, outcome: Outcome, part: Fraction, strict: bool = False) -> Any:
        """Add that y is at least a part, or more than that."""
        part = _rounded(part, up=False)
        slack = self._slack if part > 0 else -self._slack
        least = part.numerator * (self._r - slack) + strict
        return self._cp.add(part.denominator * self._gain(outcome, up=True) >= least)

    def _no_more(
        self,
        least: Fraction,
        beyond: bool,
        most: tuple[Any, int],
        strict: bool = False,
        closed: bool = False,
    ) -> None:
        """Add that no package that gives the known side so much is worth more than ``most``.

        With ``closed``, none of those that are more even than what counts.
        """
        rows, (bound, times) = self._worths.rows(least, beyond, up=False), most
        common = gcd(times, rows.parts)
        bound = rows.parts // common * bound
        for some, less in ((rows.there, strict), (rows.near, False)):
            for combination, row in some:
                counts = self._evened.counts(combination, closed)
                if counts is not None:
                    kept = self._cp.add(times // common * self._sum(row) <= bound - less)
                    kept.only_enforce_if(counts)

    def _some(self, rows: Rows, least: tuple[Any, int], strict: bool = False) -> None:
        """Add that some package of these rows is worth so much, or more."""
        bound, times = least
        common = gcd(times, rows.parts)
        bound = rows.parts // common * bound
        options: list[Any] = []
        for some, more in ((rows.there, strict), (rows.near, True)):
            for combination, row in some:
                literal = self._cp.new_bool_var("")
                if self._evened.only_if_even(literal, combination):
                    options.append(literal)
                    worth = times // common * self._sum(row)
                    self._cp.add(worth >= bound + more).only_enforce_if(literal)
        self._cp.add_bool_or(options)


def _rounded(part: Fraction, up: bool) -> Fraction:
    """Return a part, or where it has too large a denominator one near it."""
    if part.denominator <= _ROUNDED:
        return part
    return Fraction((ceil if up else floor)(part * _ROUNDED), _ROUNDED)


__all__ = ["Beyond", "Edge", "Given", "Meaning", "Range", "Ranged", "Sight"]
