"""A lottery between two packages whose expected gains are even, where a dispute allows chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, islice, permutations

from hikiwake.errors import Unsupported
from hikiwake.pareto import Bargain, Point

MAX_POINTS = 300

Values = Sequence[Fraction]
Lot = tuple[Point, Point, Fraction]


def lottery(bargain: Bargain) -> Lot | None:
    """Return two Pareto-optimal packages and the chance of the first, or None.

    Expected gains, from what each side has without an agreement, differ by at most the tolerance;
    among such lotteries theirs are lexicographically greatest when sorted. Of large frontiers the
    ``MAX_POINTS`` points whose gains are closest together are paired.
    """
    try:
        corners = list(islice(bargain.frontier.corners(), 10 * MAX_POINTS))
    except Unsupported:
        return None
    if len(bargain.gains.parties) < 2:
        return None
    gains = {point: bargain.gains.values(point) for point in corners}
    points = sorted(corners, key=lambda point: (max(gains[point]) - min(gains[point]), point))
    best: tuple[list[Fraction], Lot] | None = None
    for one, other in combinations(sorted(points[:MAX_POINTS]), 2):
        for chance in _turns(gains[one], gains[other], bargain.dispute.tolerance):
            values = expected(gains[one], gains[other], chance)
            if max(values) - min(values) <= bargain.dispute.tolerance:
                level = sorted(values)
                if best is None or level > best[0]:
                    best = level, (one, other, chance)
    return None if best is None else best[1]


def expected(one: Values, other: Values, chance: Fraction) -> tuple[Fraction, ...]:
    """Return the expected values where the first package comes with a chance."""
    return tuple(chance * a + (1 - chance) * b for a, b in zip(one, other, strict=True))


def _turns(one: Values, other: Values, tolerance: Fraction) -> Iterator[Fraction]:
    """Yield the chances of the first package between which nothing changes its course.

    There two parties expect equal gains, or gains that are just as far apart as may be: with three
    sides and more the best lottery may lie there.
    """
    for i, j in permutations(range(len(one)), 2):
        here, there = one[i] - one[j], other[i] - other[j]
        for apart in (0, tolerance):
            if (here - apart) * (there - apart) < 0:
                yield (apart - there) / (here - there)
