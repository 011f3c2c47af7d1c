"""What could be hidden where something is divided between two sides, in one case, for CP-SAT.

In a case it is given in which range the most lies that the known side could gain, and what the
settlement that was shown, if one was, means to the hidden side. Every member that would have told
the same, and is in the case, meets the model. The smaller the range, the fewer others do.

Notation: R and r are the most that the known side and the hidden side can gain. A package gives
them a and b, so the parts x = a ÷ R and y = b ÷ r. ``k`` is a of a package that is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import Any

from hikiwake.findings.talks import Hiding, Talks, Told, Word
from hikiwake.model import Answer, Outcome, Preference
from hikiwake.options.disclosure.between_two.evened import Evened
from hikiwake.options.disclosure.between_two.placed import Placed
from hikiwake.options.disclosure.between_two.rows import Border, Spot
from hikiwake.options.disclosure.between_two.share import USUAL
from hikiwake.options.disclosure.hidden.unknowns import Unknowns, numbers_of
from hikiwake.solvers.watched import search

_LIMITS: dict[str, Any] = {
    "num_workers": 1,
    "symmetry_level": 0,
    "cp_model_probing_level": 0,
    "max_presolve_iterations": 1,
}
_QUICK, _THOROUGH = 2.0, 20.0  # the solver's own, repeatable seconds
MAX_PARTS = 50_000  # of a point, in which what a side can gain at the most is counted
MAX_DIVIDED = 1_000_000  # parts of a point, in what a package is worth
_DIVIDED = 1_000  # parts of an edge, where exact ones are too many
MAX_UNLIKE = 6  # corners or edges learnt of at once after words; of a settlement more is said
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
    is what counts as even in groups: a Share, or what another model knows in its place.
    """

    reach: Range | None
    share: Any = USUAL
    meaning: Meaning | None = None
    part: Range = ((Fraction(0), False), (Fraction(1), True))
    walk_away: int | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """What the side that looks saw of a settlement: the package, and whether it is a draw."""

    outcome: Outcome
    draw: bool


@dataclass(slots=True)
class _Limit:
    """That no package within a border is worth more than ``most``, or as much.

    ``said`` are the packages of which the model knows; ``held`` is what it last found as the most.
    """

    border: Border
    most: tuple[Any, int]
    strict: bool
    closed: bool
    said: set[tuple[Spot, bool]] = field(default_factory=set[tuple[Spot, bool]])
    held: int = 0


class Ranged:
    """The model. ``_r`` is r in ``_parts``: rounded down, it is less by up to ``_slack``.

    What is said in a case rests on how one says that no package, or some package, is worth enough,
    and what is even in groups. So another model can say these otherwise.
    """

    _how: Mapping[str, Any] = _LIMITS  # CP-SAT's parameters

    def __init__(
        self, worths: Any, told: tuple[Talks, Sight | None, Any], hiding: Hiding, given: Given
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
        self._evened = self._even_in_groups(stakes, sides, given.share)
        self._stakes, self._limits = stakes, list[Any]()
        self._beyond = dict[Beyond, Any]()
        self._count()
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

    def heed(self, member: Preference, measured: Any) -> bool:
        """Tell whether the member that was found last shows that packages matter which were not
        looked at; then the model learns of these."""
        numbers, learnt = numbers_of(self._corners.dispute, member), False
        worth, parts = self._worths.of(numbers, Fraction(0))
        level = self._given.share.level(self._stakes)
        kept = {closed: measured.kept(member, level, closed) for closed in (False, True)}
        count = MAX_UNLIKE if self._given.meaning is None else 1
        for limit in self._limits:
            most = limit.held * self._hidden.unit * parts / limit.most[1]
            for spot, value, near in limit.border.largest(worth, kept[limit.closed], count):
                if value > most or (value == most and limit.strict and not near):
                    learnt |= self._learn(limit, spot, near)
                    self._worths.found[spot] = None
        return learnt

    def exclude(self, member: Preference) -> None:
        """Leave out a member of which it was seen that it does not fit."""
        numbers = numbers_of(self._corners.dispute, member).items()
        self._cp.add_bool_or(
            [self._lies_beyond((a, sign, sign * x)) for a, x in numbers for sign in (1, -1)]
        )

    def beyond(self, numbers: Iterable[Beyond]) -> Preference | bool:
        """Return a member of which some number lies beyond where it was seen.

        False: there is none, which is proved. True: that was not found out within the limit.
        """
        asked = self._cp.new_bool_var("")
        self._cp.add_bool_or([~asked, *map(self._lies_beyond, numbers)])
        domain = self._cp.proto.variables[asked.index].domain
        domain[0] = 1  # only now
        most = _QUICK if self._given.walk_away is None else _THOROUGH
        ended = search(self._cp, max_deterministic_time=most, **self._how)
        domain[0] = 0
        if ended.found:
            for limit in self._limits:
                limit.held = ended.value(limit.most[0])
            return self._hidden.preference(ended.value)
        return not ended.impossible

    def _lies_beyond(self, one: Beyond) -> Any:
        """Return a literal that holds only if a number lies beyond where it was seen."""
        if one not in self._beyond:
            answer, sign, seen = one
            self._beyond[one] = literal = self._cp.new_bool_var("")
            edge = int(seen / self._hidden.unit) + 1
            self._cp.add(sign * self._hidden.numbers[answer] >= edge).only_enforce_if(literal)
        return self._beyond[one]

    def _worth(self, outcome: Outcome, up: bool) -> tuple[Any, int]:
        """Return what a package is worth, times a whole number, and that number."""
        row, whole = self._worths.row(outcome), ceil if up else floor
        parts = min(lcm(*(part.denominator for part in row.values())), MAX_DIVIDED)
        own = (whole(row.get(answer, Fraction(0)) * parts) for answer in self._worths.answers)
        return self._sum(own), parts

    def _gain(self, outcome: Outcome, up: bool) -> tuple[Any, int]:
        """Return b of a package, rounded up or down, times a whole number, and that number."""
        worth, parts = self._worth(outcome, up)
        return worth - parts * self._walk_away, parts

    def _even_in_groups(self, stakes: Any, sides: tuple[Unknowns, Hiding], share: Any) -> Any:
        """Return which packages are as even as counts."""
        return Evened(self._cp, self._corners, sides, stakes, share)

    def _count(self) -> None:
        """Fix in how many parts r is counted, and edges divided."""
        divided = self._worths.corners.parts_of_edges(MAX_PARTS)
        parts = divided * self._worths.parts
        exact = parts <= MAX_PARTS
        self._parts, self._divided = (parts, divided) if exact else (MAX_PARTS, _DIVIDED)
        self._slack = 0 if exact else 1
        self._r = self._cp.new_int_var(0, self._parts * self._hidden.total, "")

    def _measure(self, low: Edge, high: Edge) -> None:
        """Add that R lies in its range, and what r is."""
        base = self._parts * self._walk_away + self._r
        self._no_more(Fraction(0), False, (base + self._slack, self._parts))
        self._best = self._placed(Fraction(0), False)
        self._at_least(self._best, (base - self._slack, self._parts))
        if low > (Fraction(0), False):
            self._at_least(self._placed(*low), (self._walk_away, 1))
        self._no_more(*high, (self._walk_away, 1), strict=True)
        if self._given.share.worst is not None:
            self._no_more(Fraction(0), False, (self._walk_away, 1), strict=True, closed=True)

    def _not_possible(self, outcome: Outcome) -> None:
        """Add that a package is worth less than walking away, or is less even than counts."""
        uneven = self._evened.unless(self._corners.decided_by(outcome))
        if uneven is not None:
            below = self._cp.new_bool_var("")
            self._cp.add(self._gain(outcome, up=False)[0] <= -1).only_enforce_if(below)
            self._cp.add_bool_or([below, *uneven])

    def _told(self, told: Told, reach: Range) -> None:
        """Add that a package is possible, and that it is even, or is not."""
        self._possible(told.outcome)
        if reach[1] != (Fraction(0), True):
            self._evenness(told.outcome, reach, told.word is Word.EVEN)
        elif told.word is Word.EVEN:
            self._cp.add_bool_or([])

    def _possible(self, outcome: Outcome) -> None:
        self._cp.add(self._gain(outcome, up=True)[0] >= 0)
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
        self._no_more(known, False, worth)
        self._no_more(known, True, worth, strict=True)
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
                other = self._placed(known, False)
                other.differ(outcome)
                self._at_least(other, self._worth(outcome, up=False))
            return
        if inside:
            self._below(outcome, most)
            self._above(outcome, least)
        lesser = min(high, most)
        self._no_more(lesser * reach[1][0], True, self._part_of_r(lesser))
        self._no_more(high * reach[1][0], True, self._part_of_r(most), strict=True)
        self._no_more(high * reach[1][0], False, self._part_of_r(most))

    def _can_gain(self) -> None:
        self._cp.add(self._best.worth >= self._best.parts * self._walk_away + 1)
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
        gain, most = self._compared(outcome, part, slack, up=False)
        return self._cp.add(gain <= most - strict)

    def _above(self, outcome: Outcome, part: Fraction, strict: bool = False) -> Any:
        """Add that y is at least a part, or more than that."""
        part = _rounded(part, up=False)
        slack = -self._slack if part > 0 else self._slack
        gain, least = self._compared(outcome, part, slack, up=True)
        return self._cp.add(gain >= least + strict)

    def _compared(self, outcome: Outcome, part: Fraction, slack: int, up: bool) -> tuple[Any, Any]:
        """Return b of a package, and a part of r that is more by a slack, in the same parts."""
        gain, parts = self._gain(outcome, up)
        times, other = part.denominator * self._parts, part.numerator * parts
        common = gcd(times, other) or 1
        return times // common * gain, other // common * (self._r + slack)

    def _no_more(
        self,
        least: Fraction,
        beyond: bool,
        most: tuple[Any, int],
        strict: bool = False,
        closed: bool = False,
    ) -> None:
        """Add that no package that gives the known side so much is worth more than ``most``.

        With ``closed``, none of those that are more even than what counts. It is said of what was
        seen to matter; of more, once that is seen (:meth:`heed`).
        """
        limit = _Limit(Border(self._worths, least, beyond), most, strict, closed)
        self._limits.append(limit)
        for spot, near in limit.border.known(self._worths.found):
            self._learn(limit, spot, near)

    def _learn(self, limit: _Limit, spot: Spot, near: bool) -> bool:
        """Add that a package is worth no more; false where that was done before."""
        if (spot, near) in limit.said:
            return False
        limit.said.add((spot, near))
        row, (bound, times) = limit.border.row(spot), limit.most
        counts = self._evened.counts(row.combination, limit.closed)
        if counts is not None:
            parts = min(row.parts, MAX_DIVIDED)
            common = gcd(times, parts)
            numbers = (part * parts // row.parts for part in row.numbers)
            worth = times // common * self._sum(numbers)
            least = worth + (limit.strict and not near)
            self._cp.add(least <= parts // common * bound).only_enforce_if(counts)
        return True

    def _placed(self, least: Fraction, beyond: bool) -> Any:
        """Return a package to be chosen that gives the known side so much."""
        exact = not self._slack and not least and not beyond
        sides = self._worths, self._hidden, self._evened
        found = Placed(self._cp, sides, self._divided, exact)
        found.reach(least, beyond)
        return found

    def _at_least(self, placed: Any, least: tuple[Any, int]) -> None:
        """Add that a package to be chosen is worth so much, or more."""
        bound, times = least
        common = gcd(times, placed.parts)
        self._cp.add(times // common * placed.worth >= placed.parts // common * bound)

    def _sum(self, row: Iterable[int]) -> Any:
        numbers = zip(row, self._worths.answers, strict=True)
        return sum(part * self._hidden.numbers[answer] for part, answer in numbers if part)


def _rounded(part: Fraction, up: bool) -> Fraction:
    """Return a part, or where it has too large a denominator one near it."""
    if part.denominator <= _ROUNDED:
        return part
    return Fraction((ceil if up else floor)(part * _ROUNDED), _ROUNDED)


__all__ = ["Beyond", "Edge", "Given", "Meaning", "Range", "Ranged", "Sight"]
