"""Groups not for trade in which something is divided, or any number, where points are guesses (H8).

A party's share of a package is a ÷ r: a is by how much it has more in the group than its least
there, r by how much its most is more than that. So a share is a sum over the issues of the group,
and how far ahead of another's it may be is one that is bounded over all that the two have meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, permutations, product
from math import ceil

import numpy as np

from hikiwake.errors import Fault, TooLarge
from hikiwake.model import Dispute
from hikiwake.options.sureness.gains import greatest_of, least_gain
from hikiwake.options.sureness.groups import MAX_IN_A_GROUP
from hikiwake.options.sureness.guesses import Box, Corner, Side, at
from hikiwake.options.sureness.long_lines import Array, whole
from hikiwake.options.sureness.trees.rows import Meant
from hikiwake.options.sureness.trees.statement import Json, Line, Stated, Test, robust_statement
from hikiwake.options.sureness.trees.statement import Side as StatedSide

Span = tuple[Fraction, Fraction]
End = tuple[int, int, int]  # an issue, one of its options, one of its ends
Tests = Sequence[tuple[int, frozenset[int]]]  # a combination: issues, and options of each
Inequality = tuple[StatedSide, Meant, Fraction]  # a sum over what is decided, and its beginning

_ZERO, _ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Share:
    """The least and the most that a side's share may be, and answers at which it is so."""

    least: Fraction
    most: Fraction
    lowest: Corner
    highest: Corner


@dataclass(frozen=True, slots=True)
class Parts:
    """What each end, and each bonus that holds, adds to a share, and what it begins with: spans."""

    ends: Mapping[End, Span]
    bonuses: Mapping[int, Span]
    start: Span


@dataclass(frozen=True, slots=True)
class Inside:
    """A group as one side sees it: ``corners`` has a line for each corner of what is allowed there.

    ``bonuses``: the place of each bonus inside, that of its answer, and when it holds. ``plain``:
    nothing is forbidden inside and there is no bonus, so that the least is a sum over the issues.
    """

    ends: Mapping[End, Array]
    bonuses: tuple[tuple[int, int, Tests], ...]
    corners: Array
    plain: bool

    def line(self, package: Mapping[int, tuple[int, Sequence[Fraction]]]) -> Array:
        """Return what a package gives the side in the group, by its answers."""
        found = np.array([_ZERO] * self.corners.shape[1], dtype=object)
        for (issue, option, end), line in self.ends.items():
            taken, parts = package[issue]
            if taken == option and parts[end]:
                found = found + parts[end] * line
        for _, j, tests in self.bonuses:
            found[j] += all(package[issue][0] in options for issue, options in tests)
        return found

    def share(self, box: Box, line: Array) -> Share | None:
        """Return what the share may be of what a line stands for; None: nothing is at stake."""
        lows, highs, apart = self._stakes(box)
        if _tops(box, apart).max() <= 0:
            return None
        given = box.side.given
        if _tops(box, -apart).min() >= 0:
            return Share(_ZERO, _ONE, given, given)
        above = [_least(box, line - low, apart) for low in lows]
        below = [_least(box, high - line, apart) for high in highs]
        least, lowest = max(above, key=lambda end: end[0])
        rest, highest = max(below, key=lambda end: end[0])
        return Share(least, 1 - rest, lowest, highest)

    def fixed(self, box: Box) -> bool:
        """Tell whether its least and its most are the same wherever the side is in its ranges, and
        surely apart, or surely nothing is at stake."""
        lows, highs, apart = self._stakes(box)
        surely = box.least(whole(apart)[0]).max() > 0 or _tops(box, apart).max() <= 0
        return len(lows) == len(highs) == 1 and bool(surely)

    def parts(self, box: Box) -> Parts | None:
        """Return what makes up a share; None where there may be nothing at stake."""
        *_, apart = self._stakes(box)
        if _tops(box, -apart).min() >= 0:
            return None
        found: dict[End, Span] = {}
        begin = least = 0
        for issue in dict.fromkeys(issue for issue, _, _ in self.ends):
            own = {end: line for end, line in self.ends.items() if end[0] == issue}
            lows = _lowest(box, np.array([*own.values()], dtype=object))
            begin, least = begin + lows[0], least + min(_span(box, a)[0] for a in own.values())
            for end, line in own.items():
                low = max(_least(box, line - other, apart)[0] for other in lows)
                found[end] = low, max(_greatest(box, line - other, apart) for other in lows)
        if self.plain:
            return Parts(found, {}, (_ZERO, _ZERO))
        extents = [_span(box, line) for line in apart]
        extent = max(low for low, _ in extents), max(high for _, high in extents)
        if extent[0] <= 0:
            return None
        first = least - min(_span(box, line)[1] for line in self.corners)
        last = max(_span(box, begin - line)[1] for line in self.corners)
        spans = {n: (box.low[j], box.high[j]) for n, j, _ in self.bonuses}
        bonuses = {
            n: _over((Fraction(low, box.unit), Fraction(high, box.unit)), extent)
            for n, (low, high) in spans.items()
        }
        return Parts(found, bonuses, _over((first, last), extent))

    def _stakes(self, box: Box) -> tuple[Array, Array, Array]:
        """Return the lines that may be its least, those that may be its most, and those of r.

        r is the largest of them; none is above 0 where nothing is at stake.
        """
        lows, highs = _lowest(box, self.corners), -_lowest(box, -self.corners)
        return lows, highs, np.array([b - a for a, b in product(lows, highs)], dtype=object)


@dataclass(frozen=True, slots=True)
class Balance:
    """A group not for trade in which something is divided; ``own`` are the sides' lines for the
    package that is looked at, in the group alone."""

    name: str
    tolerance: Fraction
    inside: tuple[Inside, ...]
    own: tuple[Array, ...]

    def doubts(self, boxes: Sequence[Box], package: int) -> Iterator[tuple[Corner, ...]]:
        """Yield answers at which the group may be uneven within itself; none: it surely is not."""
        yield from self.apart(boxes, self.own)

    def apart(self, boxes: Sequence[Box], lines: Sequence[Array]) -> Iterator[tuple[Corner, ...]]:
        """Yield answers at which two sides' shares may be too far apart."""
        each = zip(self.inside, boxes, lines, strict=True)
        shares = [inside.share(box, line) for inside, box, line in each]
        for ahead, behind in permutations(range(len(boxes)), 2):
            one, other = shares[ahead], shares[behind]
            if one is not None and other is not None and one.most - other.least > self.tolerance:
                corners = [box.side.given for box in boxes]
                corners[ahead], corners[behind] = one.highest, other.lowest
                yield tuple(corners)

    def even_at(self, sides: Sequence[Side], corners: Sequence[Corner], package: int) -> bool:
        """Tell whether the package is even within the group at one set of answers."""
        boxes = [at(side, own) for side, own in zip(sides, corners, strict=True)]
        return not any(self.apart(boxes, self.own))

    def inequalities(self, stated: Stated, boxes: Sequence[Box]) -> Iterator[Inequality]:
        """Yield sums that are not below 0 for any package that may be even within the group."""
        parts = [own.parts(box) for own, box in zip(self.inside, boxes, strict=True)]
        for i, j in permutations(range(len(boxes)), 2):
            one, other = parts[i], parts[j]
            if one is None or other is None:
                continue
            points = [[[Line() for _ in range(n)] for n in sizes] for sizes in stated.ends]
            for (issue, option, end), (least, _) in one.ends.items():
                most = other.ends[issue, option, end][1]
                points[issue][option][end] = {0: most - least}
            more = [(stated.sides[i].bonuses[n][1], -own[0]) for n, own in one.bonuses.items()]
            more += [(stated.sides[j].bonuses[n][1], own[1]) for n, own in other.bonuses.items()]
            yield _sum(points, more, self.tolerance - one.start[0] + other.start[1])


def _sum(
    points: list[list[list[Line]]], more: Sequence[tuple[Tests, Fraction]], start: Fraction
) -> Inequality:
    """Return a sum as the points of a side that has one answer, and one for each bonus."""
    owned = [[0] if any(any(option) for option in own) else [] for own in points]
    bonuses = [(n, tests) for n, (tests, _) in enumerate(more, start=1)]
    numbers = [_ONE, *(number for _, number in more)]
    side = StatedSide(points, bonuses, Line(), owned, frozenset(), [])
    return side, Meant([(number, number) for number in numbers], [], ()), start


def _tops(box: Box, lines: Array) -> Array:
    """Return numbers that are above 0, or 0, just where the most is that each line comes to."""
    return box.most(whole(lines)[0])


def _lowest(box: Box, lines: Array) -> Array:
    """Return the line that is least as answered, then those that are below it somewhere."""
    low = lines[int(np.argmin(lines @ np.array(box.side.given, dtype=object)))]
    return np.array([low, *lines[_tops(box, low - lines) > 0]], dtype=object)


def _least(box: Box, own: Array, others: Array) -> tuple[Fraction, Corner]:
    """Return the least own ÷ largest other, from 0 to 1, and answers at which it is that."""
    rows, _ = whole(np.array([own, *others], dtype=object))
    every = np.ones(len(rows), dtype=bool)
    found = least_gain(replace(box, side=replace(box.side, rows=rows)), 0, every)
    return (_ZERO, box.side.given) if found is None else (found.gain, found.answers)


def _greatest(box: Box, own: Array, others: Array) -> Fraction:
    """Return the greatest own ÷ largest other, or 0 if it is nowhere more."""
    rows, _ = whole(np.array([own, *others], dtype=object))
    top = box.most(rows[:1])[0]
    if top <= 0:
        return _ZERO
    times = max(1, ceil(Fraction(top) / box.least(rows[1:]).max()))
    return times * greatest_of(box, rows[0], times * rows[1:])[0]


def _span(box: Box, line: Array) -> Span:
    """Return the least and the most that a line comes to within the ranges, whatever is linked."""
    low, high = np.minimum(line, 0), np.maximum(line, 0)
    ends = low @ box.high + high @ box.low, low @ box.low + high @ box.high
    return Fraction(ends[0]) / box.unit, Fraction(ends[1]) / box.unit


def _over(own: Span, other: Span) -> Span:
    """Return one number ÷ another that is above 0, each anywhere within its ends."""
    (a, b), (c, d) = own, other
    return (a / d if a >= 0 else a / c), (b / c if b >= 0 else b / d)


def divisions_of(package: Json) -> dict[int, tuple[int, tuple[Fraction, ...]]]:
    """Return of each issue the option that a package takes, and the part of each of its ends."""
    return {k: (own, tuple(map(Fraction, parts))) for k, (own, parts) in enumerate(package)}


def balances_of(dispute: Dispute, package: Json) -> tuple[Balance, ...]:
    """Return the groups not for trade of a dispute in which something is divided in one.

    Raises
    ------
    TooLarge
        If one has more than ``MAX_IN_A_GROUP`` corners (H18).
    """
    raw = robust_statement(dispute)
    stated = Stated.of(raw)
    names = [group.id for group in dispute.groups if group.not_for_trade]
    found: list[Balance] = []
    for name, issues in zip(names, raw["groups"], strict=True):
        never = [
            (who, tests)
            for (who, _), tests in zip(raw["never"], stated.never, strict=True)
            if all(test.issue in issues for test in tests)
        ]
        inside = tuple(
            _inside(stated, n, issues, [tests for who, tests in never if who in (None, n)])
            for n in range(len(stated.sides))
        )
        if max(len(own.corners) for own in inside) > MAX_IN_A_GROUP:
            raise TooLarge(_too_many(name))
        own = tuple(one.line(divisions_of(package)) for one in inside)
        found.append(Balance(name, dispute.tolerance, inside, own))
    return tuple(found)


def _inside(
    stated: Stated, place: int, issues: Sequence[int], never: Sequence[Sequence[Test]]
) -> Inside:
    """Return a group as one side sees it: what public rules and its own red lines leave of it."""
    side = stated.sides[place]
    width = 1 + max(chain(side.alone, *side.owned, (j for j, _ in side.bonuses)))
    ends = {
        (issue, option, end): np.array([line.get(j, _ZERO) for j in range(width)], dtype=object)
        for issue in issues
        for option, lines in enumerate(side.points[issue])
        for end, line in enumerate(lines)
    }
    bonuses = tuple(
        (n, j, tests)
        for n, (j, tests) in enumerate(side.bonuses)
        if all(issue in issues for issue, _ in tests)
    )
    left = [stated.everything()]
    for tests in never:
        left = [one for own in left for one in stated.without(own, tests) if all(one)]
    made = Inside(ends, bonuses, np.zeros((0, width)), not never and not bonuses)
    lines: dict[tuple[Fraction, ...], None] = {}
    for own in left:
        ways = [[(k, o, c) for o, corners in own[k].items() for c in corners] for k in issues]
        for way in product(*ways):
            lines[tuple(made.line({k: (o, c) for k, o, c in way}))] = None
            if len(lines) > MAX_IN_A_GROUP:
                return replace(made, corners=np.array([*lines], dtype=object))
    return replace(made, corners=np.array([*lines], dtype=object))


def _too_many(group: str) -> Fault:
    return Fault(
        "Robustness",
        f"very many corners of what group {group!r} allows",
        f"At most {MAX_IN_A_GROUP:,} in a group that is not for trade",
        "H18",
        "Split the group, or leave some options out.",
    )
