"""Every corner of a set of points by its definition: as many walls at once as there are numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations

Point = tuple[Fraction, ...]
Wall = tuple[Point, Fraction]  # weights · x is at most the number


def vertices(walls: Sequence[Wall]) -> set[Point]:
    """Return every point in which enough walls meet and which is beyond none of them."""
    return set(_vertices(tuple(walls)))


@cache
def _vertices(walls: tuple[Wall, ...]) -> frozenset[Point]:
    size = len(walls[0][0])
    found: set[Point] = set()
    for some in combinations(walls, size):
        point = _meeting(some)
        if point is not None and all(_at(w, point) <= most for w, most in walls):
            found.add(point)
    return frozenset(found)


def _meeting(walls: Sequence[Wall]) -> Point | None:
    """Return the only point on all of these walls, if there is one (Gauss and Jordan)."""
    rows = [[*weights, most] for weights, most in walls]
    for column in range(len(rows)):
        lead = next((n for n in range(column, len(rows)) if rows[n][column]), None)
        if lead is None:
            return None
        rows[column], rows[lead] = rows[lead], rows[column]
        rows[column] = [number / rows[column][column] for number in rows[column]]
        for n, row in enumerate(rows):
            if n != column and row[column]:
                pairs = zip(row, rows[column], strict=True)
                rows[n] = [a - row[column] * b for a, b in pairs]
    return tuple(row[-1] for row in rows)


def _at(weights: Point, point: Point) -> Fraction:
    return sum((w * x for w, x in zip(weights, point, strict=True)), Fraction(0))
