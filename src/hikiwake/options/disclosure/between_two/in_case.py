"""What could be hidden where something is divided between two sides, in one case, for CP-SAT.

In a case it is given in which range the most lies that the known side could gain, and what the
settlement that was shown, if one was, means to the hidden side. Every member that would have told
the same, and is in the case, meets the model. The smaller the range, the fewer others do. How one
says that no package, or some package, is worth enough, and what is even in groups, is for models
of a kind of dispute.

Notation: R and r are the most that the known side and the hidden side can gain. A package gives
them a and b, so the parts x = a ÷ R and y = b ÷ r.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import ceil, floor, gcd, lcm
from typing import Any, Protocol

from hikiwake.findings.talks import Hiding, Talks, Told, Word
from hikiwake.model import Answer, Outcome, Preference
from hikiwake.options.disclosure.between_two.share import USUAL
from hikiwake.options.disclosure.hidden.unknowns import Unknowns, numbers_of
from hikiwake.solvers.watched import search

_QUICK, _THOROUGH = 2.0, 20.0  # the solver's own, repeatable seconds
MAX_DIVIDED = 1_000_000  # parts of a point, in what a package is worth
ROUNDED = 10_000  # parts of 1 to which a part that has more is rounded

Edge = tuple[Fraction, bool]  # just below a number; or, with True, just above it
Range = tuple[Edge, Edge]
Beyond = tuple[Answer, int, Fraction]  # a number, 1 or -1, and how far it was seen that way

_ANY: Range = ((Fraction(0), False), (Fraction(1), True))


class Meaning(Enum):
    """What a package that was shown as settled means to the hidden side.

    The best by Kalai and Smorodinsky; even, but not the best, in which the known side is ahead, or
    the hidden side; or the best for one side, while the other can gain nothing.
    """

    BEST = "best"
    KNOWN_AHEAD = "known ahead"
    HIDDEN_AHEAD = "hidden ahead"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Given:
    """What is given in a case.

    Without ``reach``, the range of R, nothing was told to be possible. ``part`` is the range of y
    of the shown package; ``best``, where another is the best, that of what it gives the side that
    is not ahead in it. ``walk_away`` is in steps of the grid; None where it can be any. ``share``
    is what counts as even in groups: a Share, or what another model knows in its place. With
    ``finely`` less is rounded, which takes longer.
    """

    reach: Range | None
    share: Any = USUAL
    meaning: Meaning | None = None
    part: Range = _ANY
    best: Range = _ANY
    walk_away: int | None = None
    finely: bool = False


@dataclass(frozen=True, slots=True)
class Sight:
    """What the side that looks saw of a settlement: the package, and whether it is a draw."""

    outcome: Outcome
    draw: bool


@dataclass(slots=True)
class Limit:
    """That no package that gives the known side ``least`` is worth more than ``most``, in so many
    parts; with ``strict``, or as much. ``least`` is a, or with True more than that.

    With ``closed`` it is said of those that are more even in groups than counts.
    ``held`` is what the model last found as the most.
    """

    least: Edge
    most: tuple[Any, int]
    strict: bool = False
    closed: bool = False
    held: int = 0


class Held(Protocol):
    """Something that is compared with a number of the model, in so many parts."""

    most: tuple[Any, int]
    held: int


class InCase(ABC):
    """The model. ``_r`` is r in ``_parts``: rounded down, it is less by up to ``_slack``."""

    _how: Mapping[str, Any]  # CP-SAT's parameters

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
        self._evened = self._even_in_groups(stakes, hiding)
        self._stakes, self._held = stakes, list[Held]()
        self._beyond = dict[Beyond, Any]()
        self._parts, self._slack = self._counted()
        self._r = self._cp.new_int_var(0, self._parts * self._hidden.total, "")
        for one in talks.told:
            if one.word is Word.NOT_POSSIBLE and corners.allowed(one.outcome):
                self._not_possible(one.outcome)
        for outcome, other in talks.implied.better:
            (first, parts), (second, times) = self._worth(outcome, True), self._worth(other, False)
            self._cp.add(times * first >= parts * second)
        if given.reach is None:
            return
        self._measure(*given.reach)
        for one in talks.told:
            if one.word is not Word.NOT_POSSIBLE:
                self._told(one, given.reach)
        for outcome in talks.implied.possible:
            self._possible(outcome)
        for outcome in talks.implied.unbettered:
            self._unbettered(outcome)
        if sight is not None:
            self._shown(sight, given.reach)

    @abstractmethod
    def heed(self, member: Preference, measured: Any) -> bool:
        """Tell whether the member that was found last shows that packages matter which were not
        looked at; then the model learns of these."""

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
            for one in self._held:
                one.held = ended.value(one.most[0])
            return self._hidden.preference(ended.value)
        return not ended.impossible

    @abstractmethod
    def _even_in_groups(self, stakes: Any, hiding: Hiding) -> Any:
        """Return which packages are as even as counts."""

    @abstractmethod
    def _counted(self) -> tuple[int, int]:
        """Return in how many parts r is counted, and by how many it may be rounded."""

    @abstractmethod
    def _no_more(self, limit: Limit) -> None:
        """Add a limit. It is said of what was seen to matter; of more, once that is seen
        (:meth:`heed`)."""

    @abstractmethod
    def _some(self, least: Edge, most: tuple[Any, int], above: bool = False) -> None:
        """Add that some package gives the known side so much, and is worth ``most``, in so many
        parts; with ``above``, perhaps more than that."""

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

    def _measure(self, low: Edge, high: Edge) -> None:
        """Add that R lies in its range, and what r is."""
        base = self._parts * self._walk_away + self._r
        self._no_more(Limit((Fraction(0), False), (base + self._slack, self._parts)))
        self._some((Fraction(0), False), (base - self._slack, self._parts))
        if low > (Fraction(0), False):
            self._some(low, (self._walk_away, 1))
        self._no_more(Limit(high, (self._walk_away, 1), strict=True))
        if self._given.share.worst is not None:
            least = (Fraction(0), False)
            self._no_more(Limit(least, (self._walk_away, 1), strict=True, closed=True))

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

    def _unbettered(self, outcome: Outcome) -> None:
        """Add that nothing is better than a package for one side and worse for none."""
        known, worth = self._corners.gain(outcome), self._worth(outcome, up=True)
        self._no_more(Limit((known, False), worth))
        self._no_more(Limit((known, True), worth, strict=True))

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

    def _shown(self, sight: Sight, reach: Range) -> None:
        """Add that a package was shown as settled, and means to the hidden side what is given."""
        outcome, given = sight.outcome, self._given
        self._possible(outcome)
        self._unbettered(outcome)
        if given.meaning is Meaning.ALONE:
            if reach[1] > (Fraction(0), True):
                self._cp.add(self._r <= self._slack)
            return
        self._can_gain()
        (low, beyond), (high, upto) = given.part
        self._below(outcome, high, strict=not upto)
        self._above(outcome, low, strict=beyond)
        if given.meaning is not Meaning.BEST:
            self._evenness(outcome, reach, even=True)
        elif given.share.worst is None:
            self._evenness(outcome, reach, sight.draw)
        match given.meaning:
            case Meaning.KNOWN_AHEAD:
                self._known_ahead(outcome, reach)
            case Meaning.HIDDEN_AHEAD:
                self._hidden_ahead(outcome, reach)
            case _:
                self._best(outcome, reach)

    def _best(self, outcome: Outcome, reach: Range) -> None:
        """Add that nothing is better than the shown package by Kalai and Smorodinsky."""
        (least, most), high = self._part_of_known(outcome, reach), self._given.part[1][0]
        if self._corners.inside(outcome):
            self._below(outcome, most)
            self._above(outcome, least)
        lesser, top = min(high, most), reach[1][0]
        self._no_more(Limit((lesser * top, True), self._part_of_r(lesser)))
        self._no_more(Limit((high * top, True), self._part_of_r(most), strict=True))
        self._no_more(Limit((high * top, False), self._part_of_r(most)))

    def _known_ahead(self, outcome: Outcome, reach: Range) -> None:
        """Add that another package p is the best, in which the known side is ahead.

        Then x ≤ y here, and a package that gives the known side more than here gives the hidden one
        no more than p does. Else it would be even, and better: p has the greatest lesser gain, so
        x of it is at most y of p, and less than its own y; that is less than y here.
        """
        (least, most), known = self._part_of_known(outcome, reach), self._corners.gain(outcome)
        (low, _), (high, upto) = self._given.best
        low, further = max(low, least), most + self._price
        self._above(outcome, least)
        best = self._cp.new_int_var(0, self._parts * self._hidden.total, "")  # b of p, as r
        base, slack = self._parts * self._walk_away + best, self._slack
        for part, below in ((high, not upto), (further - self._tolerance, True)):
            own, times = self._part_of_r(part, below=False)
            strict = below and not slack
            self._cp.add(times // self._parts * base + strict <= own)
        own, times = self._part_of_r(low, below=True)
        self._cp.add(times // self._parts * (base + slack) >= own)
        self._no_more(Limit((known, True), (base + slack, self._parts)))
        self._no_more(
            Limit((further * reach[1][0], True), (base + slack, self._parts), strict=not slack)
        )
        ahead = max(known, (low + self._tolerance) * reach[0][0])
        self._some((ahead, True), (base - slack, self._parts))

    def _hidden_ahead(self, outcome: Outcome, reach: Range) -> None:
        """Add the same where the hidden side is ahead in p: then y ≤ x here, and what is worth more
        than here gives the known side no more than p does."""
        most = self._part_of_known(outcome, reach)[1]
        low, (high, upto) = self._given.best
        low, beyond = max(low, (self._given.part[0][0], False))
        further = self._given.part[1][0] + self._price
        self._below(outcome, most)
        edge = min((high, upto), (further - self._tolerance, False), (most, True))
        top = edge[0] * reach[1][0]
        worth = self._worth(outcome, up=True)
        self._no_more(Limit((top, edge[1]), worth))
        self._no_more(Limit((top, False), self._part_of_r(further)))
        ahead = self._part_of_r(low + self._tolerance, below=True)
        self._some((low * reach[0][0], beyond), ahead)

    def _can_gain(self) -> None:
        """Add that the hidden side can gain something."""
        self._some((Fraction(0), False), (self._walk_away, 1), above=True)
        if not self._slack:
            self._cp.add(self._r >= 1)

    def _part_of_known(self, outcome: Outcome, reach: Range) -> tuple[Fraction, Fraction]:
        """Return between what x of a package lies."""
        known, (low, _), (high, _) = self._corners.gain(outcome), *reach
        return (known / high, known / low) if known else (Fraction(0), Fraction(0))

    def _part_of_r(self, part: Fraction, below: bool = False) -> tuple[Any, int]:
        """Return no less than what is worth the walk-away value and a part of r, times what
        follows; with ``below``, no more."""
        part = rounded(part, up=not below)
        times = self._parts * part.denominator
        own = part.denominator * self._parts * self._walk_away
        slack = 0 if below is (part > 0) else self._slack
        return own + part.numerator * (self._r + slack), times

    def _below(self, outcome: Outcome, part: Fraction, strict: bool = False) -> Any:
        """Add that y is at most a part, or less than that."""
        part = rounded(part, up=True)
        slack = self._slack if part > 0 else -self._slack
        gain, most = self._compared(outcome, part, slack, up=False)
        return self._cp.add(gain <= most - strict)

    def _above(self, outcome: Outcome, part: Fraction, strict: bool = False) -> Any:
        """Add that y is at least a part, or more than that."""
        part = rounded(part, up=False)
        slack = -self._slack if part > 0 else self._slack
        gain, least = self._compared(outcome, part, slack, up=True)
        return self._cp.add(gain >= least + strict)

    def _compared(self, outcome: Outcome, part: Fraction, slack: int, up: bool) -> tuple[Any, Any]:
        """Return b of a package, and a part of r that is more by a slack, in the same parts."""
        gain, parts = self._gain(outcome, up)
        times, other = part.denominator * self._parts, part.numerator * parts
        common = gcd(times, other) or 1
        return times // common * gain, other // common * (self._r + slack)

    def _sum(self, row: Iterable[int]) -> Any:
        numbers = zip(row, self._worths.answers, strict=True)
        return sum(part * self._hidden.numbers[answer] for part, answer in numbers if part)


def rounded(part: Fraction, up: bool) -> Fraction:
    """Return a part, or where it has too large a denominator one near it."""
    if part.denominator <= ROUNDED:
        return part
    return Fraction((ceil if up else floor)(part * ROUNDED), ROUNDED)


__all__ = ["Beyond", "Edge", "Given", "InCase", "Limit", "Meaning", "Range", "Sight"]
