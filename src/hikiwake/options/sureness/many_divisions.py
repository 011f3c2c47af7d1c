"""Very many divisions: how a package stands where not even their ends can be listed.

The figures are those of packages that are listed, but for two: the radius rests on another bound
of the price, and the smallest worst regret is found to a thousandth. What is said of all packages
is proved by cases, each a linear program in fractions. A question that takes too many of them
leaves a bound, or an interval.

References
----------
Dinkelbach, W. (1967), On Nonlinear Fractional Programming, Management Science 13.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import Any

import numpy as np

from hikiwake.findings.sureness import SmallestRegret
from hikiwake.model import Dispute, FrozenMap, Outcome
from hikiwake.options.sureness.balances import Balance, balances_of, divisions_of
from hikiwake.options.sureness.cases import Cases, Unproved
from hikiwake.options.sureness.conditions import rows_of
from hikiwake.options.sureness.draws import Reach, uneven
from hikiwake.options.sureness.gains import End, Shown, compared_ends, greatest_of
from hikiwake.options.sureness.groups import Group, groups_of
from hikiwake.options.sureness.guesses import Box, Corner, Side, at
from hikiwake.options.sureness.lists import Packages
from hikiwake.options.sureness.long_lines import Array
from hikiwake.options.sureness.points import AsSettled
from hikiwake.options.sureness.questions import (
    better,
    dear,
    less_gain,
    possibly_even,
    sets_from,
    surely_even,
)
from hikiwake.options.sureness.rows import Asked, Meant
from hikiwake.options.sureness.statement import (
    Line,
    Stated,
    minus,
    outcome_of,
    package_of,
    robust_statement,
)
from hikiwake.pareto.compiled import compiled

SAMPLES = 100
MAX_ROUNDS = 30  # packages that are looked at for one question
STEP = Fraction(1, 1000)  # of a smaller worst regret that is looked for
MAX_BITS = 512  # of a gain's denominator
FINE = 1 << 40  # of a bound on a gain, where it is not told exactly
NEARLY = (1 - Fraction(1, 1 << 20), Fraction(3, 4), Fraction(1, 2), Fraction(1, 4))

Json = Any
_ONE = Fraction(1)


@dataclass(frozen=True)
class ByCases(AsSettled):
    """A package among very many divisions. The ``rows`` of its sides are its own line alone."""

    stated: Stated
    settled: Json
    groups: tuple[Group | Balance, ...]
    package: int = 0

    @property
    def samples(self) -> int:
        """How many sets of answers to draw."""
        return SAMPLES

    def span(self, boxes: Sequence[Box], side: int) -> tuple[End | None, End]:
        """Return the least and the greatest gain of one side."""
        asked = _Questions(self, boxes)
        return asked.least_gain(side, self.settled), asked.greatest_gain(side)[0]

    def plain_doubts(self, boxes: Sequence[Box]) -> Iterator[tuple[Corner, ...]]:
        """Yield answers at which it takes little to see that the package is no draw."""
        yield from self._uneven_inside(boxes)
        with suppress(Unproved):
            yield from _Questions(self, boxes).dominated()

    def _uneven_inside(self, boxes: Sequence[Box]) -> Iterator[tuple[Corner, ...]]:
        for group in self.groups:
            yield from group.doubts(boxes, self.package)

    def reach(self, boxes: Sequence[Box]) -> Reach:
        """Return how little and how much each side may gain, and whether it is surely a draw.

        Where a question took too many cases the ends are bounds, and it is not.
        """
        asked, many = _Questions(self, boxes), range(len(boxes))
        least = tuple(asked.least_gain(n, self.settled) for n in many)
        shown = [asked.greatest_gain(n) for n in many]
        most = tuple(end for end, _ in shown)
        own = [box.side.rows[self.package] for box in boxes]
        dominated: list[tuple[Corner, ...]] | None = None
        with suppress(Unproved):
            dominated = [*asked.dominated()]
        doubts = (
            *self._uneven_inside(boxes),
            *(dominated or ()),
            *uneven(boxes, own, (least, most), self.dispute.tolerance),
        )
        safe = [end.gain for end in least if end is not None]
        every = len(safe) == len(boxes)
        bounded = any(end.bounded for end in (*most, *filter(None, least)))
        exact = every and not bounded and not self.groups and all(map(asked.one_sided, many))
        proved = False
        with suppress(Unproved):
            hopes = [packages for _, packages in shown]
            ends = compared_ends(least, most)
            compared = [n for n in many if ends[n] is not None]
            proved = (
                every
                and dominated is not None
                and not doubts
                and len(compared) > 1
                and all(asked.some_range(n, hopes[n]) for n in compared)
                and asked.price_holds(ends, hopes)
            )
        return Reach(least, most, exact, proved, doubts)

    def shown(self, boxes: Sequence[Box]) -> list[Shown]:
        """Return for each side what shows the most that it may gain, and that it may gain."""
        asked, found = _Questions(self, boxes), compiled(self.dispute)
        shown: list[Shown] = []
        for n in range(len(boxes)):
            end, packages = asked.greatest_gain(n)
            named = [outcome_of(found, one) for one in packages]
            mixture = tuple((named[k], weight) for k, weight in end.mixture)
            shown.append(Shown(tuple(named[::-1]), mixture))
        return shown

    def smallest_regret(self, boxes: Sequence[Box]) -> SmallestRegret | None:
        """Return the package whose largest worst regret is smallest, to a thousandth.

        None: the settled one is not safe for all.
        """
        return _Questions(self, boxes).smallest_regret()


class _Questions:
    """Some sets that the sides may have meant, and the questions about them."""

    def __init__(self, ground: ByCases, boxes: Sequence[Box]) -> None:
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
            found = Cases(self._stated, self._sets, even, [*asked, *points]).found()
            if found is None:
                return None
            lines = {n: self._line(n, found) for n in safe}
            more = [n for n, line in lines.items() if self._least(n, line) < 0]
            apart = [*self._apart(found)] if safe else []
            if not more and not apart:
                return found
            points += [self._at(n, self._where(n, minus({}, lines[n]))) for n in more]
            points += self._inequalities([[*map(at, self._sides, corners)] for corners in apart])
        raise Unproved("a question took too many packages")

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
        gain, corner = _ONE, self._boxes[side].side.given
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
            self._measures.append((side, corner, _worth(hoped, corner)))
        return End(gain, corner)

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
        """Return the package whose largest worst regret is smallest; the settled one, if it is."""
        best, bound = self._ground.settled, _ONE
        gains = self._gains(best)
        if gains is None:
            return None
        for _ in range(MAX_ROUNDS):
            level = (floor(min(gains) / STEP) + 1) * STEP
            required = [self._at(n, x, level * ideal) for n, x, ideal in self._measures if ideal]
            try:
                found = self._find(required, [*self._many])
            except Unproved:
                break
            if found is None:
                bound = level
                break
            more = self._gains(found)
            if more is not None and min(more) > min(gains):
                best, gains = found, more
        parties = self._ground.dispute.party_ids
        regrets = FrozenMap.paired(parties, (1 - gain for gain in gains))
        outcome = outcome_of(compiled(self._ground.dispute), best)
        least = max(Fraction(0), min(1 - bound, max(regrets.values())))
        return SmallestRegret(outcome, regrets, None, least)

    def _gains(self, package: Json) -> list[Fraction] | None:
        """Return everybody's least gain; None where somebody might be below its walk-away value."""
        ends = [self.least_gain(n, package) for n in self._many]
        known = [end.gain for end in ends if end is not None]
        return known if len(known) == len(ends) else None


def _worth(line: Line, numbers: Corner) -> Fraction:
    return sum((c * numbers[j] for j, c in line.items()), Fraction(0))


def by_cases(dispute: Dispute, outcome: Outcome) -> ByCases:
    """Return a package of a dispute whose divisions are not listed.

    Raises
    ------
    TooLarge
        If a group that is not for trade has too many combinations (H18).
    """
    found = compiled(dispute)
    stated, package = Stated.of(robust_statement(dispute)), package_of(found, outcome)
    places = {k: np.array([package[k][0]]) for k in range(len(found.whole))}
    groups = groups_of(Packages(found, places, 1))
    if found.ranges:
        groups, stated = balances_of(dispute, package), replace(stated, groups=())
    sides: list[Side] = []
    for n, party in enumerate(dispute.party_ids):
        given, line = dispute.preferences[party].answers(), stated.line(n, package)
        row = np.array([line.get(j, Fraction(0)) for j in range(len(given))], dtype=object)
        sides.append(Side(party, tuple(given), tuple(given.values()), rows_of(row)))
    return ByCases(dispute, outcome, tuple(sides), stated, package, groups)
