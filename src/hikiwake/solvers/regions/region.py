"""A region: all points within ranges that keep some linear limits. How far a line reaches in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from hikiwake.numeric import wholes
from hikiwake.solvers.programs.program import Column, Impossible, Program
from hikiwake.solvers.programs.solving import solve

Point = tuple[Fraction, ...]
Wall = tuple[Point, Fraction]  # weights and a constant: weights · x + constant is at least 0


@dataclass(frozen=True, slots=True)
class Limit:
    """Weights, one for each coordinate; their sum of products with a point is at most ``most``."""

    weights: Point
    most: Fraction


@dataclass(frozen=True, slots=True)
class Region:
    """All points from ``low`` to ``high``, both included, that keep every limit."""

    low: Point
    high: Point
    limits: tuple[Limit, ...]

    def walls(self) -> Iterator[Wall]:
        """Yield what has to stay at least 0: both ends of each range, then the limits."""
        for j, (low, high) in enumerate(zip(self.low, self.high, strict=True)):
            unit = tuple(Fraction(j == other) for other in range(len(self.low)))
            yield unit, -low
            yield tuple(-part for part in unit), high
        for limit in self.limits:
            yield tuple(-weight for weight in limit.weights), limit.most

    def pinned(self, place: int, value: Fraction) -> Region:
        """Return what is left of the region where one coordinate has one value."""
        low, high = list(self.low), list(self.high)
        low[place] = high[place] = value
        return Region(tuple(low), tuple(high), self.limits)


@dataclass(frozen=True, slots=True)
class Reached:
    """The most that a line comes to, a point where it does, and what proves that it is the most.

    ``multipliers`` has a number of at least 0 for each limit. Their sum of products with the limits
    leaves a rest of the line that comes to its most at the ends of the ranges: no more than
    ``value`` altogether.
    """

    value: Fraction
    point: Point
    multipliers: Point


class Conflict(Exception):
    """The region is empty. ``limits`` are the places of limits that no point in the ranges keeps.

    Any one of them left out, the others can be kept.
    """

    def __init__(self, limits: tuple[int, ...]) -> None:
        self.limits = limits
        super().__init__("no point keeps these limits: " + ", ".join(map(str, limits)))


def reach(region: Region, line: Sequence[int | Fraction]) -> Reached:
    """Return the most that a line comes to in a region: a linear program, solved in fractions.

    Raises
    ------
    Conflict
        If the region is empty.
    """
    own, free = _whole(line), [j for j in range(len(line)) if region.low[j] < region.high[j]]
    scale = lcm(*(weight.denominator for weight in line))
    program, scales = _program(region, own, free)
    answer = solve(program)
    if isinstance(answer, Impossible):
        raise Conflict(_needed(region, answer.multipliers))
    point = list(region.low)
    for place, j in enumerate(free):
        point[j] += answer.parts.get(place, Fraction(0))
    value = sum((weight * x for weight, x in zip(line, point, strict=True)), Fraction(0))
    pairs = zip(answer.multipliers, scales, strict=False)
    return Reached(value, tuple(point), tuple(y * own / scale for y, own in pairs))


def _program(region: Region, line: Sequence[int], free: list[int]) -> tuple[Program, list[int]]:
    """Return the program of a line, counted from the low ends, and by what each limit was scaled.

    A row for each limit, then one for the width of each range; a column for each coordinate that
    is free, then what is left over in each row.
    """
    rows: list[list[int]] = []
    right: list[int] = []
    scales: list[int] = []
    for limit in region.limits:
        left = limit.most - sum(w * x for w, x in zip(limit.weights, region.low, strict=True))
        scale = lcm(left.denominator, *(weight.denominator for weight in limit.weights))
        scales.append(scale)
        rows.append([int(limit.weights[j] * scale) for j in free])
        right.append(int(left * scale))
    columns: list[Column] = []
    for place, j in enumerate(free):
        width = region.high[j] - region.low[j]
        weights = tuple((k, row[place]) for k, row in enumerate(rows) if row[place])
        columns.append((*weights, (len(rows) + place, width.denominator)))
    right += [(region.high[j] - region.low[j]).numerator for j in free]
    columns += [((row, 1),) for row in range(len(right))]
    objective = [*(line[j] for j in free), *(0 for _ in right)]
    return Program(columns, objective, right), scales


def _needed(region: Region, multipliers: Sequence[Fraction]) -> tuple[int, ...]:
    """Return limits that cannot all be kept, though they could without any one of them."""
    needed = [k for k in range(len(region.limits)) if multipliers[k]]
    for k in list(needed):
        fewer = [other for other in needed if other != k]
        if not _possible(region, fewer):
            needed = fewer
    return tuple(needed)


def _possible(region: Region, limits: Sequence[int]) -> bool:
    some = Region(region.low, region.high, tuple(region.limits[k] for k in limits))
    free = [j for j in range(len(region.low)) if region.low[j] < region.high[j]]
    program, _ = _program(some, [0] * len(region.low), free)
    return not isinstance(solve(program), Impossible)


def _whole(line: Sequence[int | Fraction]) -> list[int]:
    scale = lcm(*(weight.denominator for weight in line))
    return wholes(line, scale)
