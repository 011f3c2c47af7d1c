"""Exact geometry in small dimensions, the plain way: try every pair, keep what is right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import combinations

Point = tuple[Fraction, Fraction]
Polygon = tuple[Point, ...]  # the corners of a convex set, in order; one or two: a point, a line
Halfspace = tuple[tuple[Fraction, ...], Fraction]  # coefficients · t ≥ bound


def hull(points: Iterable[Point]) -> Polygon:
    """Return the corners of the convex hull, counter-clockwise, without points on its sides."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return tuple(ordered)

    def chain(sequence: Sequence[Point]) -> list[Point]:
        found: list[Point] = []
        for x, y in sequence:
            while len(found) > 1:
                (ax, ay), (bx, by) = found[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                found.pop()
            found.append((x, y))
        return found[:-1]

    return tuple(chain(ordered) + chain(ordered[::-1]))


def sides(polygon: Polygon) -> list[tuple[Point, Point]]:
    """Return the sides of a polygon; a line has one, a point none."""
    if len(polygon) < 3:
        return [(polygon[0], polygon[1])] if len(polygon) == 2 else []
    return list(zip(polygon, polygon[1:] + polygon[:1], strict=True))


def clip(polygon: Polygon, height: Callable[[Point], Fraction]) -> Polygon:
    """Return the part of a polygon where a linear function is at least 0."""
    heights = {point: height(point) for point in polygon}
    found = [point for point in polygon if heights[point] >= 0]
    if len(found) == len(polygon):
        return polygon
    for one in polygon:
        for other in polygon:
            if heights[one] < 0 < heights[other]:
                part = heights[other] / (heights[other] - heights[one])
                found.append(between(other, one, part))
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
    part = beyond(polygon, point)
    return bool(part) and any(
        p == point for p in clip(clip(part, lambda q: point[0] - q[0]), lambda q: point[1] - q[1])
    )


def crossing(side: tuple[Point, Point], a: Fraction, b: Fraction, c: Fraction) -> Point | None:
    """Return where a side crosses the line a·x + b·y = c, if in one point."""
    one, other = (a * x + b * y - c for x, y in side)
    if one == other or one * other > 0:
        return None
    return between(side[0], side[1], one / (one - other))


def meeting(one: tuple[Point, Point], other: tuple[Point, Point]) -> Point | None:
    """Return where two sides meet, if in one point."""
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

    ``equations`` are bounds that hold with equality everywhere.
    """
    found: set[tuple[Fraction, ...]] = set()
    for bounds in combinations([*equations, *halfspaces], dimensions):
        if _parallel(bounds):
            continue
        point = _solve(bounds)
        if (
            point is not None
            and point not in found
            and all(_height(h, point) == 0 for h in equations)
            and all(_height(h, point) >= 0 for h in halfspaces)
        ):
            found.add(point)
    return found


def _parallel(bounds: Sequence[Halfspace]) -> bool:
    directions = {coefficients for coefficients, _ in bounds}
    return any(tuple(-c for c in direction) in directions for direction in directions)


def _height(halfspace: Halfspace, point: Sequence[Fraction]) -> Fraction:
    return sum((c * t for c, t in zip(halfspace[0], point, strict=True)), -halfspace[1])


def _solve(equations: Sequence[Halfspace]) -> tuple[Fraction, ...] | None:
    rows = [[*map(Fraction, coefficients), bound] for coefficients, bound in equations]
    for column in range(len(rows)):
        pivot = next((r for r in range(column, len(rows)) if rows[r][column]), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for r, row in enumerate(rows):
            if r != column and row[column]:
                rows[r] = [v - row[column] * p for v, p in zip(row, rows[column], strict=True)]
    return tuple(row[-1] for row in rows)
