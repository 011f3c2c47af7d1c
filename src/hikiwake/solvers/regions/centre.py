"""The middle of a region: the one point that stays furthest from every wall.

Each distance is counted in parts of the largest that there is in the region. The smallest of them
is made as large as can be, then the next, and so on: what is left is one point, whatever the order
in which the walls are written. Of a range alone it is the middle; of an order, evenly spaced.

References
----------
Schmeidler, D. (1969), The Nucleolus of a Characteristic Function Game, SIAM J. Applied Math. 17
(the same idea: the smallest slack first).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from hikiwake.numeric import wholes
from hikiwake.solvers.programs.program import Column, Optimum, Program
from hikiwake.solvers.programs.solving import solve
from hikiwake.solvers.regions.corners import corners
from hikiwake.solvers.regions.region import Point, Region, Wall, reach

FEW = 64  # corners, up to which listing them is quicker than a program for each wall


def centre(region: Region) -> Point:
    """Return the middle of a region.

    Raises
    ------
    Conflict
        If the region is empty.
    """
    walls = list(region.walls())
    point = reach(region, [0] * len(region.low)).point
    widths = _widths(region, walls)
    level = {k: Fraction(0) for k, width in enumerate(widths) if not width}
    free = [j for j in range(len(region.low)) if region.low[j] < region.high[j]]
    known: list[list[Fraction]] = []
    for k in level:
        _learn(known, walls[k][0], free)
    while len(known) < len(free):
        answer = solve(_program(region, walls, widths, level, free))
        assert isinstance(answer, Optimum)
        rows = [*level, *(k for k in range(len(walls)) if k not in level)]
        for k, multiplier in zip(rows, answer.multipliers, strict=True):
            if k not in level and multiplier:  # in every best point the distance is the least one
                level[k] = answer.value
                _learn(known, walls[k][0], free)
        point = tuple(
            low + (answer.parts.get(free.index(j), Fraction(0)) if j in free else 0)
            for j, low in enumerate(region.low)
        )
    return point


def _widths(region: Region, walls: Sequence[Wall]) -> list[Fraction]:
    """Return the largest distance from each wall that there is in the region."""
    few = corners(region, FEW)
    if few is None:
        return [reach(region, weights).value + constant for weights, constant in walls]
    return [
        max(sum((w * x for w, x in zip(weights, point, strict=True)), constant) for point in few)
        for weights, constant in walls
    ]


def _program(
    region: Region,
    walls: Sequence[Wall],
    widths: Sequence[Fraction],
    level: dict[int, Fraction],
    free: Sequence[int],
) -> Program:
    """Return the program that raises all distances that are not fixed yet at once."""
    held = list(level)
    rows = [*held, *(k for k in range(len(walls)) if k not in level)]
    table: list[list[int]] = []
    right: list[int] = []
    for k in rows:
        weights, constant = walls[k]
        start = constant + sum(w * x for w, x in zip(weights, region.low, strict=True))
        aim = level[k] * widths[k] if k in level else Fraction(0)
        line = [weights[j] for j in free]
        line.append(Fraction(0) if k in level else -widths[k])
        scale = lcm((aim - start).denominator, *(weight.denominator for weight in line))
        table.append(wholes(line, scale))
        right.append(int((aim - start) * scale))
    columns: list[Column] = [
        tuple((row, line[place]) for row, line in enumerate(table) if line[place])
        for place in range(len(free) + 1)
    ]
    columns += [((row, -1),) for row in range(len(held), len(rows))]
    return Program(columns, [*(0 for _ in free), 1, *(0 for _ in rows[len(held) :])], right)


def _learn(known: list[list[Fraction]], weights: Point, free: Sequence[int]) -> None:
    """Add an equation to those that are known, unless it follows from them."""
    row = [weights[j] for j in free]
    for other in known:
        lead = next(place for place, weight in enumerate(other) if weight)
        if row[lead]:
            factor = row[lead] / other[lead]
            row = [a - factor * b for a, b in zip(row, other, strict=True)]
    if any(row):
        known.append(row)
