"""The best division of one region: linear programs in fractions.

A height over a region is a whole number at every corner. It is straight, or bounded from above by
what is: its number at the first corner, and its slope from there to each other end of each thing
that is divided. So a division is known by weights of these few corners, which sum to 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from hikiwake.options.sureness.divided.regions import Region
from hikiwake.options.sureness.long_lines import Array
from hikiwake.solvers.programs.program import Column, Optimum, Program
from hikiwake.solvers.programs.solving import solve

Ratio = tuple[Array, int]  # a height, and which height counts as 1
Mixed = tuple[Fraction, Array]  # how high it goes, and the weights of all corners


def highest(region: Region, height: Array, not_below_0: Sequence[Array]) -> Mixed | None:
    """Return how high a height goes where some others are not below 0; None if that is nowhere."""
    corners, columns = _divisions(region, not_below_0)
    goal = [int(height[n] - height[0]) for n in corners]
    solved = _solved(region, corners, columns, goal, not_below_0)
    return solved and (solved[0] + int(height[0]), solved[1])


def highest_level(
    region: Region, ratios: Sequence[Ratio], not_below_0: Sequence[Array]
) -> Mixed | None:
    """Return the greatest level that no ratio is below where some heights are not below 0."""
    rows = [*not_below_0, *(height for height, _ in ratios)]
    corners, columns = _divisions(region, rows)
    first = len(region.ends) + len(not_below_0)
    level = tuple((first + n, -int(one)) for n, (_, one) in enumerate(ratios) if one)
    return _solved(region, corners, [*columns, level], [*(0 for _ in corners), 1], rows)


def harmless(suspects: Sequence[Array], costs: Sequence[Sequence[Array]], region: Region) -> bool:
    """Tell whether no division of a region is both most even-handed and too dear to compare."""
    here = region.corners
    inside = [own[here] for own in suspects]
    if any(own.max() < 0 for own in inside):
        return True
    for choices in costs:
        if any(own[here].max() <= 0 for own in choices):
            continue
        worst = [highest(region, own[here], inside) for own in choices]
        if None in worst:
            return True
        if all(value > 0 for value, _ in filter(None, worst)):
            return False
    return True


def _divisions(region: Region, rows: Sequence[Array]) -> tuple[list[int], list[Column]]:
    """Return a corner and a column for each end of each thing divided, first ends included."""
    corners: list[int] = []
    columns: list[Column] = []
    for place, beside in enumerate(region.beside):
        for corner in (0, *beside):
            slopes = ((len(region.ends) + n, int(h[corner] - h[0])) for n, h in enumerate(rows))
            corners.append(corner)
            columns.append(((place, 1), *(slope for slope in slopes if slope[1])))
    return corners, columns


def _solved(
    region: Region,
    corners: Sequence[int],
    columns: Sequence[Column],
    goal: Sequence[int],
    rows: Sequence[Array],
) -> Mixed | None:
    """Return the best weights of corners with which every row is at least 0."""
    first = len(region.ends)
    slack: list[Column] = [((first + n, -1),) for n in range(len(rows))]
    right = [*(1 for _ in region.ends), *(-int(row[0]) for row in rows)]
    answer = solve(Program([*columns, *slack], [*goal, *(0 for _ in rows)], right))
    if not isinstance(answer, Optimum):
        return None
    weights = np.zeros(region.corners.stop - region.start, dtype=object)
    weights[0] = Fraction(1)
    for n, corner in enumerate(corners):
        part = answer.parts.get(n, Fraction(0))
        weights[corner] += part
        weights[0] -= part
    return answer.value, weights
