"""Exact geometry in small dimensions, the plain way: try every pair, keep what is right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import combinations
from math import lcm

Point = tuple[Fraction, Fraction]
Polygon = tuple[Point, ...]  # the corners of a convex set, in order; one or two: a point, a line
Halfspace = tuple[tuple[Fraction, ...], Fraction]  # coefficients · t ≥ bound
Row = tuple[int, ...]  # the same in whole numbers, the bound last


def hull(points: Iterable[Point]) -> Polygon:
    """Return the corners of the convex hull, counter-clockwise, without points on its sides.

    Whole numbers only make it quicker: each axis on its own scale, every turn stays what it is.
    """
    given = list(points)
    wide = lcm(*{x.denominator for x, _ in given})
    high = lcm(*{y.denominator for _, y in given})
    placed = {
        (x.numerator * (wide // x.denominator), y.numerator * (high // y.denominator)): (x, y)
        for x, y in given
    }
    ordered = sorted(placed)
    if len(ordered) < 3:
        return tuple(placed[place] for place in ordered)

    def chain(sequence: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for x, y in sequence:
            while len(found) > 1:
                (ax, ay), (bx, by) = found[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                found.pop()
            found.append((x, y))
        return found[:-1]

    return tuple(placed[place] for place in chain(ordered) + chain(ordered[::-1]))


def sides(polygon: Polygon) -> list[tuple[Point, Point]]:
    """Return the sides of a polygon; a line has one, a point none."""
    if len(polygon) < 3:
        return [(polygon[0], polygon[1])] if len(polygon) == 2 else []
    return list(zip(polygon, polygon[1:] + polygon[:1], strict=True))


def clip(polygon: Polygon, height: Callable[[Point], Fraction]) -> Polygon:
    """Return the part of a polygon where a linear function is at least 0."""
    placed = [(point, height(point)) for point in polygon]
    found = [point for point, high in placed if high >= 0]
    if len(found) in (0, len(polygon)):
        return tuple(found)
    for one, low in placed:
        if low < 0:
            for other, high in placed:
                if high > 0:
                    found.append(between(other, one, high / (high - low)))
    return hull(found)


def between(one: Point, other: Point, part: Fraction) -> Point:
    """Return the point that lies so far from one towards the other."""
    return (one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1]))


def beyond(polygon: Polygon, corner: Point) -> Polygon:
    """Return the part of a polygon that is at least as far right and up as a point."""
    x, y = corner
    if max(p[0] for p in polygon) < x or max(p[1] for p in polygon) < y:
        return ()
    right = clip(polygon, lambda point: point[0] - x)
    return clip(right, lambda point: point[1] - y) if right else ()


def contains(polygon: Polygon, point: Point) -> bool:
    """Tell whether a point lies in a polygon, its sides included."""
    if len(polygon) < 2:
        return polygon == (point,)
    x, y = point
    turns = [(bx - ax) * (y - ay) - (by - ay) * (x - ax) for (ax, ay), (bx, by) in sides(polygon)]
    if len(polygon) > 2:
        return min(turns) >= 0
    return turns[0] == 0 and min(polygon) <= point <= max(polygon)


def crossing(side: tuple[Point, Point], a: Fraction, b: Fraction, c: Fraction) -> Point | None:
    """Return where a side crosses the line a·x + b·y = c, if in one point."""
    one, other = (a * x + b * y - c for x, y in side)
    if one == other or one * other > 0:
        return None
    return between(side[0], side[1], one / (one - other))


def meeting(one: tuple[Point, Point], other: tuple[Point, Point]) -> Point | None:
    """Return where two sides meet, if in one point."""
    for (a, b), (c, d) in zip(zip(*one, strict=True), zip(*other, strict=True), strict=True):
        if max(a, b) < min(c, d) or max(c, d) < min(a, b):
            return None
    (px, py), (qx, qy) = other
    a, b = qy - py, px - qx
    point = crossing(one, a, b, a * px + b * py)
    if point is None:
        return None
    inside = all(
        min(s, t) <= v <= max(s, t) for s, t, v in ((px, qx, point[0]), (py, qy, point[1]))
    )
    return point if inside else None


def corners(
    halfspaces: Sequence[Halfspace], dimensions: int, equations: Sequence[Halfspace] = ()
) -> set[tuple[Fraction, ...]]:
    """Return the corners of a bounded polytope: every crossing of bounds that keeps them all.

    ``equations`` are bounds that hold with equality everywhere: each crossing is one of those
    that are independent, with as many bounds as it takes to make a point.
    """
    held, whole = [_whole(h) for h in equations], [_whole(h) for h in halfspaces]
    found: set[tuple[Fraction, ...]] = set()
    everywhere = _independent(held)
    for others in combinations(whole, dimensions - len(everywhere)):
        bounds = [*everywhere, *others]
        solved = None if _parallel(bounds) else _solve(bounds)
        if (
            solved is not None
            and all(_height(h, *solved) == 0 for h in held)
            and all(_height(h, *solved) >= 0 for h in whole)
        ):
            numerators, denominator = solved
            found.add(tuple(Fraction(n, denominator) for n in numerators))
    return found


def _whole(halfspace: Halfspace) -> Row:
    """Return the same halfspace in whole numbers: its coefficients, then its bound."""
    numbers = [*halfspace[0], halfspace[1]]
    scale = lcm(*(number.denominator for number in numbers))
    return tuple(number.numerator * (scale // number.denominator) for number in numbers)


def _independent(rows: Iterable[Row]) -> list[Row]:
    """Return the rows whose coefficients are no combination of those before them."""
    found: list[Row] = []
    reduced: list[tuple[int, list[int]]] = []  # a place where it is not 0, and what is left
    for row in rows:
        left = list(row[:-1])
        for place, other in reduced:
            left = [other[place] * a - left[place] * b for a, b in zip(left, other, strict=True)]
        lead = next((place for place, number in enumerate(left) if number), None)
        if lead is not None:
            reduced.append((lead, left))
            found.append(row)
    return found


def _parallel(bounds: Sequence[Row]) -> bool:
    directions = {row[:-1] for row in bounds}
    return any(tuple(-c for c in direction) in directions for direction in directions)


def _height(row: Row, numerators: Sequence[int], denominator: int) -> int:
    """Return how far inside a point is, times its denominator."""
    return sum(c * t for c, t in zip(row[:-1], numerators, strict=True)) - row[-1] * denominator


def _solve(equations: Sequence[Row]) -> tuple[list[int], int] | None:
    """Return the one solution, as whole numbers over one denominator > 0 (Bareiss 1968)."""
    rows, last = [list(row) for row in equations], 1
    for column in range(len(rows)):
        pivot = next((r for r in range(column, len(rows)) if rows[r][column]), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        top, head = rows[column], rows[column][column]
        for r, row in enumerate(rows):
            if r != column:
                factor = row[column]
                rows[r] = [(head * v - factor * p) // last for v, p in zip(row, top, strict=True)]
        last = head
    sign = 1 if last > 0 else -1
    return [sign * row[-1] for row in rows], sign * last
