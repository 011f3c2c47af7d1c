"""The corners of a small region, coordinate by coordinate, limit by limit.

References
----------
Motzkin, T. S. and others (1953), The Double Description Method, Contributions to the Theory of
Games 2.
"""

from __future__ import annotations

from fractions import Fraction

from hikiwake.solvers.regions.region import Limit, Point, Region

MAX_CORNERS = 2_048

Corner = tuple[dict[int, Fraction], int]  # a point, and the walls on which it lies, as bits


def corners(region: Region, most: int = MAX_CORNERS) -> list[Point] | None:
    """Return every corner of a region; None if there may be more than ``most``, all told."""
    found: list[Corner] = [({}, 0)]
    here: set[int] = set()
    waiting = set(range(len(region.limits)))
    for j in _order(region):
        here.add(j)
        found = _with_range(found, region, j)
        for k in sorted(waiting):
            limit = region.limits[k]
            if all(other in here for other, weight in enumerate(limit.weights) if weight):
                waiting.discard(k)
                found = _cut(found, limit, 1 << 2 * len(region.low) + k, len(here))
        if len(found) > most:
            return None
    for k in waiting:
        found = found if region.limits[k].most >= 0 else []
    return [tuple(point[j] for j in range(len(region.low))) for point, _ in found]


def _order(region: Region) -> list[int]:
    """Return the coordinates in an order in which limits apply as early as can be."""
    needs = [{j for j, weight in enumerate(limit.weights) if weight} for limit in region.limits]
    left, order = set(range(len(region.low))), list[int]()
    while left:
        here = set(order)

        def gain(j: int, here: set[int] = here) -> tuple[int, int, int]:
            now = here | {j}
            ready = sum(need <= now and j in need for need in needs)
            return ready, sum(j in need and bool(need & here) for need in needs), -j

        order.append(max(left, key=gain))
        left.discard(order[-1])
    return order


def _with_range(found: list[Corner], region: Region, j: int) -> list[Corner]:
    low, high = region.low[j], region.high[j]
    if low == high:
        return [({**point, j: low}, walls | 3 << 2 * j) for point, walls in found]
    return [
        ({**point, j: end}, walls | bit << 2 * j)
        for point, walls in found
        for end, bit in ((low, 1), (high, 2))
    ]


def _cut(found: list[Corner], limit: Limit, bit: int, size: int) -> list[Corner]:
    """Return the corners of what a limit leaves: those within, and where it cuts an edge."""
    over: list[tuple[Fraction, Corner]] = []
    under: list[tuple[Fraction, Corner]] = []
    kept: list[Corner] = []
    for point, walls in found:
        rest = limit.most - sum(
            (weight * point[j] for j, weight in enumerate(limit.weights) if weight), Fraction(0)
        )
        if rest < 0:
            over.append((-rest, (point, walls)))
            continue
        kept.append((point, walls if rest else walls | bit))
        if rest:
            under.append((rest, (point, walls)))
    masks = [walls for _, walls in found]
    for out, (far, first) in over:
        for inside, (near, second) in under:
            common = first & second
            if common.bit_count() < size - 1:
                continue
            if sum(common & mask == common for mask in masks) > 2:
                continue
            part = inside / (inside + out)
            point = {j: near[j] + part * (far[j] - near[j]) for j in near}
            kept.append((point, common | bit))
    return kept


__all__ = ["MAX_CORNERS", "corners"]
