"""Questions about very many divisions, whatever the sides meant in some sets.

Each is answered by a package that meets some conditions, or by a tree of cases that shows that
there is none; one that takes too many cases leaves a bound, or an interval.

References
----------
Dinkelbach, W. (1967), On Nonlinear Fractional Programming, Management Science 13.
Aissi, H., Bazgan, C. and Vanderpooten, D. (2009), Min–Max and Min–Max Regret Versions of
Combinatorial Optimization Problems: A Survey, European Journal of Operational Research 197.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import Any, Protocol

import numpy as np

from hikiwake.findings.sureness import SmallestRegret
from hikiwake.model import Dispute, FrozenMap
from hikiwake.options.sureness.gains import End, greatest_of
from hikiwake.options.sureness.groups import Group
from hikiwake.options.sureness.guesses import Box, Corner, Side, at
from hikiwake.options.sureness.long_lines import Array
from hikiwake.options.sureness.trees.balances import Balance, divisions_of
from hikiwake.options.sureness.trees.cases import Cases, Unproved
from hikiwake.options.sureness.trees.highest import Highest
from hikiwake.options.sureness.trees.questions import (
    better,
    dear,
    less_gain,
    possibly_even,
    sets_from,
    surely_even,
)
from hikiwake.options.sureness.trees.rows import Asked, Meant
from hikiwake.options.sureness.trees.statement import (
    Line,
    Stated,
    minus,
    outcome_of,
)
from hikiwake.options.sureness.whole.conditions import rows_of
from hikiwake.pareto.compiled import compiled
from hikiwake.solvers.deadline import Deadline

MAX_ROUNDS = 30  # packages that are looked at for one question
MAX_COMPARED = 200  # packages that are compared by what they give at the worst
STEP = Fraction(1, 1000)  # of a smaller worst regret that is looked for
MAX_BITS = 512  # of a gain's denominator
FINE = 1 << 40  # of a bound on a gain, where it is not told exactly
NEARLY = (1 - Fraction(1, 1 << 20), Fraction(3, 4), Fraction(1, 2), Fraction(1, 4))

Json = Any
_ONE = Fraction(1)


class Grounded(Protocol):
    """A package among very many divisions."""

    @property
    def dispute(self) -> Dispute:
        """The dispute."""
        ...

    @property
    def groups(self) -> tuple[Group | Balance, ...]:
        """Its groups that are not for trade."""
        ...

    @property
    def stated(self) -> Stated:
        """The dispute as a certificate states it."""
        ...

    @property
    def settled(self) -> Json:
        """The package."""
        ...

    @property
    def deadline(self) -> Deadline:
        """When to leave what is not known."""
        ...


@dataclass(slots=True)
class _Best:
    """The package that gives most at the least, of so many that were looked at."""

    package: Json
    gains: list[Fraction]
    looked: int = 0
    uneven: int = 0

    @property
    def above(self) -> Fraction:
        """The next level above the smallest gain."""
        return (floor(min(self.gains) / STEP) + 1) * STEP


class _Uneven(Exception):
    """A package may be uneven within a group at some answers."""

    def __init__(self, corners: Sequence[tuple[Corner, ...]]) -> None:
        super().__init__()
        self.corners = corners


class Questions:
    """Some sets that the sides may have meant, and the questions about them."""

    def __init__(self, ground: Grounded, boxes: Sequence[Box]) -> None:
        self._ground, self._boxes, self._stated = ground, boxes, ground.stated
        self._many = range(len(boxes))
        self._sets = sets_from(ground.stated, boxes)
        self._surely, self._possibly = surely_even(ground, boxes), possibly_even(ground, boxes)
        self._balances = [own for own in ground.groups if isinstance(own, Balance)]
        self._own = [self._line(n, ground.settled) for n in self._many]
        given = [box.side.given for box in boxes]
        self._measures = [(n, x, _worth(self._own[n], x)) for n, x in enumerate(given)]

    def _line(self, side: int, package: Json) -> Line:
        return self._stated.line(side, package)

    def _row(self, side: int, line: Line) -> Array:
        width = range(len(self._boxes[side].low))
        return np.array([line.get(j, Fraction(0)) for j in width], dtype=object)

    def _where(self, side: int, line: Line) -> Corner:
        """Return answers at which a line comes to its most."""
        return self._boxes[side].where_most(rows_of(self._row(side, line))[0])

    def _least(self, side: int, line: Line) -> Fraction:
        return -self._sets[side].most(minus({}, line))

    def _find(self, asked: Sequence[Asked], safe: Sequence[int] = ()) -> Json | None:
        """Return a package that meets conditions, and that some sides surely accept; None: none.

        Raises
        ------
        Unproved
            If that takes too many cases, or packages.
        """
        even = self._surely if safe else self._possibly
        points = [self._at(n, self._boxes[n].side.given) for n in safe]
        points += self._even_at_given if safe else self._may_be_even
        for _ in range(MAX_ROUNDS):
            cases = Cases(self._stated, self._sets, even, [*asked, *points], self._ground.deadline)
            found = cases.found(lambda package: self._safe(safe, package) or None)
            apart = [*self._apart(found)] if safe and found is not None else []
            if not apart:
                return found
            points += self._inequalities([[*map(at, self._sides, corners)] for corners in apart])
        raise Unproved("a question took too many packages")

    def _safe(self, sides: Sequence[int], package: Json) -> list[Asked]:
        """Return what some sides ask for who might be below their walk-away value by a package."""
        lines = {n: self._line(n, package) for n in sides}
        return [
            self._at(n, self._where(n, minus({}, line)))
            for n, line in lines.items()
            if self._least(n, line) < 0
        ]

    def _at(self, side: int, numbers: Corner, more: Fraction = Fraction(0)) -> Asked:
        """Return the condition that a package is worth so much to a side at some answers."""
        within = Meant([(x, x) for x in numbers], [], ())
        return Asked(side, _ONE, {}, -more, more > 0, within)

    @property
    def _sides(self) -> list[Side]:
        return [box.side for box in self._boxes]

    @cached_property
    def _may_be_even(self) -> list[Asked]:
        """What holds of every package that may be even within each group."""
        return self._inequalities([self._boxes])

    @cached_property
    def _even_at_given(self) -> list[Asked]:
        """What holds of every package that is even within each group as the sides answered."""
        return self._inequalities([[at(side, side.given) for side in self._sides]])

    def _inequalities(self, each: Sequence[Sequence[Box]]) -> list[Asked]:
        """Return what holds of every package that may be even somewhere in some sets."""
        asked: list[Asked] = []
        for boxes in each:
            for group in self._balances:
                for side, meant, start in group.inequalities(self._ground.stated, boxes):
                    sides = [*self._stated.sides, side]
                    asked.append(Asked(len(sides) - 1, _ONE, {}, start, within=meant))
                    self._stated = replace(self._stated, sides=sides)
        return asked

    def _surely_even(self, package: Json) -> bool:
        """Tell whether a package is even within every group, whatever the sides meant."""
        pairs = zip(self._ground.stated.groups, self._surely, strict=True)
        whole = all(tuple(package[k][0] for k in issues) in even for issues, even in pairs)
        return whole and not any(self._apart(package))

    def _apart(self, package: Json) -> Iterator[tuple[Corner, ...]]:
        """Yield answers at which a package may be uneven within a group in which it is divided."""
        divided = divisions_of(package)
        for group in self._balances:
            lines = [inside.line(divided) for inside in group.inside]
            yield from group.apart(self._boxes, lines)

    def least_gain(self, side: int, package: Json) -> End | None:
        """Return a side's least gain by a package; None where it might be below its walk-away."""
        own = [self._line(n, package) for n in self._many]
        if self._least(side, own[side]) < 0:
            return None
        gain, corner, steps = *self._known_gain(side, own[side]), len(self._measures)
        while gain > 0:
            try:
                if gain.denominator.bit_length() > MAX_BITS:
                    raise Unproved("the numbers become too long")
                other = self._find(less_gain(own, gain, side))
            except Unproved:
                return End(self._no_less(own, gain, side), corner, bounded=True, found=gain)
            if other is None:
                break
            hoped = self._line(side, other)
            ahead = minus(minus({}, own[side]), hoped, -gain)
            corner = self._where(side, ahead)
            before, gain = gain, _worth(own[side], corner) / _worth(hoped, corner)
            if gain >= before:  # links were bounded too high to tell
                return End(self._no_less(own, before, side), corner, bounded=True, found=before)
            self._measures[steps:] = [(side, corner, _worth(hoped, corner))]
        return End(gain, corner)

    def _known_gain(self, side: int, own: Line) -> tuple[Fraction, Corner]:
        """Return a gain by the measures that are known, and where; the least is no larger."""
        gain, corner = _ONE, self._boxes[side].side.given
        for n, numbers, ideal in self._measures:
            if n == side and ideal and _worth(own, numbers) < gain * ideal:
                gain, corner = _worth(own, numbers) / ideal, numbers
        return gain, corner

    def _no_less(self, own: Sequence[Line], gain: Fraction, side: int) -> Fraction:
        """Return a gain that a side's least one is proved not to be below."""
        for part in NEARLY:
            low = Fraction(floor(part * gain * FINE), FINE)
            with suppress(Unproved):
                if self._find(less_gain(own, low, side)) is None:
                    return low
        return Fraction(0)

    def greatest_gain(self, side: int) -> tuple[End, list[Json]]:
        """Return a side's greatest gain, and the packages that the places in its mixture mean."""
        box, own, seen = self._boxes[side], self._own[side], [self._ground.settled]
        others = [n for n in self._many if n != side]
        while True:
            lines = [own, *(self._line(side, one) for one in seen)]
            rows = rows_of(*(self._row(side, line) for line in lines))
            value, corner, parts = greatest_of(box, rows[0], rows[1:])
            mixture = tuple((n, part) for n, part in enumerate(parts) if part)
            end = End(value, corner, mixture)
            beyond = self._at(side, corner, _worth(own, corner) / value) if value else None
            try:
                if value.denominator.bit_length() > MAX_BITS:
                    raise Unproved("the numbers become too long")
                other = self._find([beyond], others) if beyond is not None else None
            except Unproved:
                end, other = replace(end, bounded=True), None
            if other is None:
                return end, [*seen, self._ground.settled]
            seen.append(other)

    def dominated(self) -> Iterator[tuple[Corner, ...]]:
        """Yield answers at which another package is better for somebody and worse for nobody."""
        for side in self._many:
            other = self._find(better(self._own, side))
            if other is not None:
                lines = [minus(self._line(n, other), self._own[n]) for n in self._many]
                yield tuple(self._where(n, line) for n, line in enumerate(lines))
                return

    def some_range(self, side: int, hopes: Sequence[Json]) -> bool:
        """Tell whether a side can gain something wherever it is in its set."""
        return any(self._least(side, self._line(side, one)) > 0 for one in hopes)

    def price_holds(
        self,
        ends: Sequence[tuple[Fraction, Fraction] | None],
        hopes: Sequence[Sequence[Json]],
    ) -> bool:
        """Tell whether no package that may be the most even-handed one shows it as too dear."""
        price = self._ground.dispute.price
        lines = [[self._line(n, one) for one in own] for n, own in enumerate(hopes)]
        asked = (dear(self._own, ends, lines, (price, n)) for n in self._many)
        return all(self._find(one) is None for one in asked)

    def one_sided(self, side: int) -> bool:
        """Tell whether a side has one corner at which it accepts least, whatever the package."""
        box, own = self._boxes[side], self._stated.sides[side]
        counts = {j: [Fraction(held) for held in (0, 1)] for j, _ in own.bonuses}
        for points, owned in zip(own.points, own.owned, strict=True):
            for j in owned:
                counts[j] = [e.get(j, Fraction(0)) for ends in points for e in ends]
        signs: dict[int, int] = {}
        for j in box.varying:
            each = [c - own.away.get(j, Fraction(0)) for c in counts.get(j, [Fraction(0)])]
            if min(each) < 0 < max(each):
                return False
            signs[j] = (max(each) > 0) - (min(each) < 0)
        return all(one.least_at_once([signs[j] for j in one.places]) for one in box.linked)

    def smallest_regret(self) -> SmallestRegret | None:
        """Return the package whose largest worst regret is smallest; the settled one, if it is.

        Of those that are surely even in every group and that nobody would walk away from. Whatever
        a package gives at the least is a measure for all that are looked at after it.
        """
        first: Json | None = self._ground.settled
        if not self._surely_even(first):
            first = None
            always = [self._at(n, self._boxes[n].side.given, -_ONE) for n in self._many]
            with suppress(Unproved):
                first = self._find([replace(one, strict=True) for one in always], self._many)
        gains = None if first is None else self._gains(first)
        if gains is None:
            return None
        best, even = _Best(first, gains), list(self._even_at_given)
        safe = [self._at(n, self._boxes[n].side.given) for n in self._many]
        bound = None
        while bound is None:
            asked = [*self._measured(0), *safe, *even]
            search = Highest(self._stated, self._sets, self._surely, asked, self._ground.deadline)
            try:
                bound = search.level(best.above, lambda package: self._compared(best, package))
            except _Uneven as found:
                even += self._inequalities([[*map(at, self._sides, own)] for own in found.corners])
        parties = self._ground.dispute.party_ids
        regrets = FrozenMap.paired(parties, (1 - gain for gain in best.gains))
        outcome = outcome_of(compiled(self._ground.dispute), best.package)
        least = max(Fraction(0), min(1 - bound, max(regrets.values())))
        return SmallestRegret(outcome, regrets, None, least)

    def _compared(self, best: _Best, package: Json) -> tuple[Fraction, list[Asked]]:
        """Return the level to go on from after a package, and what it does not meet.

        Raises
        ------
        Unproved
            If too many were looked at.
        _Uneven
            If the package may be uneven within a group in which it is divided.
        """
        if more := self._safe(self._many, package):
            return best.above, more
        if apart := [*self._apart(package)]:
            best.uneven += 1
            if best.uneven > MAX_ROUNDS:
                raise Unproved("a question took too many packages")
            raise _Uneven(apart)
        best.looked += 1
        if best.looked > MAX_COMPARED:
            raise Unproved("a question took too many packages")
        first, gains = len(self._measures), self._gains(package, min(best.gains))
        if gains is not None and min(gains) > min(best.gains):
            best.package, best.gains = package, gains
        return best.above, self._measured(first)

    def _measured(self, first: int) -> list[Asked]:
        """Return what is asked of a package that is to give more by measures, from one on."""
        return [
            replace(self._at(n, numbers), ideal=ideal, strict=True)
            for n, numbers, ideal in self._measures[first:]
            if ideal
        ]

    def _gains(self, package: Json, beyond: Fraction = -_ONE) -> list[Fraction] | None:
        """Return everybody's least gain; None where somebody might be below its walk-away value,
        or gains no more than ``beyond``: who may gain least is looked at first."""
        known: dict[int, Fraction] = {}
        lines = [self._line(n, package) for n in self._many]
        for n in sorted(self._many, key=lambda n: self._known_gain(n, lines[n])[0]):
            end = self.least_gain(n, package)
            if end is None or end.gain <= beyond:
                return None
            known[n] = end.gain
        return [known[n] for n in self._many]


def _worth(line: Line, numbers: Corner) -> Fraction:
    return sum((c * numbers[j] for j, c in line.items()), Fraction(0))
