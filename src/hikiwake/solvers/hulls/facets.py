"""The sides of what some cells dominate: where everybody would have to be to be beyond it.

Cells without mixing are a sum of hulls. What that sum dominates is bounded by planes, each along
edges of the hulls and axes; outside it, a point keeps at least one of the planes' conditions.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import comb, gcd

from hikiwake.numeric import wholes
from hikiwake.solvers.hulls.hull import Hull, Link, View

MAX_PLANES = 3_000  # choices of edges that are looked at

Direction = tuple[int, ...]


def beyond(hull: Hull, view: View, parties: Sequence[int]) -> tuple[Link, ...] | None:
    """Return conditions of which a point keeps one just if the cells do not lie above it.

    Up to what lies on a side itself. None if too many planes would have to be looked at.
    """
    edges = _edges(hull, view, parties)
    axes = [tuple(int(i == j) for j in range(len(parties))) for i in range(len(parties))]
    directions = [*edges, *axes]
    if comb(len(directions), len(parties) - 1) > MAX_PLANES:
        return None
    normals: dict[Direction, None] = {}
    for chosen in combinations(directions, len(parties) - 1):
        normal = _normal(chosen, len(parties))
        if normal is not None:
            normals[normal] = None
    planes = (_plane(hull, view, parties, normal) for normal in normals)
    return tuple(plane for plane in planes if plane is not None)


def _edges(hull: Hull, view: View, parties: Sequence[int]) -> list[Direction]:
    """Return the directions of the edges, each once."""
    found: dict[Direction, None] = {}
    for part in range(len(hull.parts)):
        (cell,) = hull.cells(view, part)
        for corners in hull.corners(part, cell)[1:]:
            for one, other in combinations(corners, 2):
                edge = tuple(one[i] - other[i] for i in parties)
                if any(edge):
                    found[_primitive(edge)] = None
    return [*found]


def _primitive(direction: Sequence[int]) -> Direction:
    size = gcd(*direction)
    first = next(value for value in direction if value)
    sign = 1 if first > 0 else -1
    return tuple(sign * value // size for value in direction)


def _normal(directions: Sequence[Direction], size: int) -> Direction | None:
    """Return the direction at right angles to all, if there is just one, and nowhere below 0."""
    rows, pivots = _reduced(directions, size)
    if len(pivots) != size - 1:
        return None
    (free,) = set(range(size)) - set(pivots)
    normal = [Fraction(0)] * size
    normal[free] = Fraction(1)
    for row, column in zip(rows, pivots, strict=False):
        normal[column] = -row[free]
    if min(normal) < 0:
        return None
    whole = 1
    for value in normal:
        whole = whole * value.denominator // gcd(whole, value.denominator)
    return _primitive(wholes(normal, whole))


def _reduced(directions: Sequence[Direction], size: int) -> tuple[list[list[Fraction]], list[int]]:
    """Return rows that span what some directions do, and the column that each leads with."""
    rows = [[Fraction(value) for value in direction] for direction in directions]
    pivots: list[int] = []
    for column in range(size):
        place = next((r for r in range(len(pivots), len(rows)) if rows[r][column]), None)
        if place is None:
            continue
        top = len(pivots)
        rows[top], rows[place] = rows[place], rows[top]
        rows[top] = [value / rows[top][column] for value in rows[top]]
        for r, row in enumerate(rows):
            if r != top and row[column]:
                factor = row[column]
                rows[r] = [a - factor * b for a, b in zip(row, rows[top], strict=True)]
        pivots.append(column)
    return rows, pivots


def _plane(hull: Hull, view: View, parties: Sequence[int], normal: Direction) -> Link | None:
    """Return the condition to be as far out in a direction as the cells reach.

    None if they reach it at an edge or a corner only: then it says nothing that others do not.
    """
    farthest, size = 0, len(parties)
    flat = [tuple(int(i == j) for j in range(size)) for i in range(size) if not normal[i]]
    for part in range(len(hull.parts)):
        (cell,) = hull.cells(view, part)
        for corners in hull.corners(part, cell):
            heights = [
                sum(w * corner[i] for w, i in zip(normal, parties, strict=True))
                for corner in corners
            ]
            top = max(heights)
            farthest += top
            first, *others = [
                c for c, height in zip(corners, heights, strict=True) if height == top
            ]
            flat += [tuple(other[i] - first[i] for i in parties) for other in others]
    if len(_reduced(flat, size)[1]) != size - 1:
        return None
    weights = {i: w * hull.scale[i] for w, i in zip(normal, parties, strict=True) if w}
    return Link(weights, farthest)
