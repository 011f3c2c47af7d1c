"""A walk through a region: points drawn at random, every place of a fine grid as likely as another.

One direction after the other, the point moves along it to a place of the grid that is still in the
region, each as likely as any other. So all places become equally likely, and every point is exact.

References
----------
Smith, R. L. (1984), Efficient Monte Carlo Procedures for Generating Points Uniformly Distributed
over Bounded Regions, Operations Research 32.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from operator import mul
from random import Random

from hikiwake.numeric import wholes
from hikiwake.solvers.regions.centre import centre
from hikiwake.solvers.regions.region import Point, Region, Wall

STEPS = 1 << 10  # of the grid, across the middle of the region
ROUNDS = 5  # through all directions, between two points that are drawn


class Walk:
    """Where a walk through a region is; it begins in the middle."""

    def __init__(self, region: Region, random: Random) -> None:
        self._random = random
        middle = centre(region)
        walls = [(weights, _at(weights, middle) + constant) for weights, constant in region.walls()]
        flat = [weights for weights, left in walls if not left]
        moves = [_step(direction, walls) for direction in directions(flat, len(region.low))]
        self._unit = lcm(*(part.denominator for point in (middle, *moves) for part in point))
        self._start = wholes(middle, self._unit)
        self._moves = [wholes(move, self._unit) for move in moves]
        self._steps = [0] * len(moves)
        self._left: list[int] = []
        self._rates: list[list[tuple[int, int]]] = [[] for _ in moves]
        for place, (weights, left) in enumerate(walls):
            rates = [_at(weights, move) for move in moves]
            unit = lcm(left.denominator, *(rate.denominator for rate in rates))
            self._left.append(int(left * unit))
            for own, rate in zip(self._rates, rates, strict=True):
                if rate:
                    own.append((place, int(rate * unit)))

    def draw(self) -> Point:
        """Return where the walk is after some more rounds."""
        for _ in range(ROUNDS):
            for place, rates in enumerate(self._rates):
                self._steps[place] += self._move(rates)
        columns = zip(self._start, *self._moves, strict=True)
        return tuple(
            Fraction(start + sum(map(mul, self._steps, parts)), self._unit)
            for start, *parts in columns
        )

    def _move(self, rates: list[tuple[int, int]]) -> int:
        """Go some steps, as many as the walls allow either way, and return how many."""
        left = self._left
        least = max(-(left[place] // rate) for place, rate in rates if rate > 0)
        most = min(left[place] // -rate for place, rate in rates if rate < 0)
        steps = self._random.randint(least, most)
        for place, rate in rates:
            left[place] += steps * rate
        return steps


def _step(direction: Point, walls: list[Wall]) -> Point:
    """Return one step of the grid in a direction."""
    rates = [(_at(weights, direction), left) for weights, left in walls]
    back = min(left / rate for rate, left in rates if rate > 0)
    ahead = min(left / -rate for rate, left in rates if rate < 0)
    return tuple(part * (back + ahead) / STEPS for part in direction)


def directions(flat: list[Point], size: int) -> list[Point]:
    """Return directions, all of them together, in which a point keeps some equations."""
    rows: list[list[Fraction]] = []
    leads: list[int] = []
    for weights in flat:
        row = list(weights)
        for lead, other in zip(leads, rows, strict=True):
            row = _less(row, other, row[lead])
        lead = next((place for place, weight in enumerate(row) if weight), None)
        if lead is None:
            continue
        row = [weight / row[lead] for weight in row]
        rows = [_less(other, row, other[lead]) for other in rows]
        rows.append(row)
        leads.append(lead)
    found: list[Point] = []
    for free in (place for place in range(size) if place not in leads):
        direction = [Fraction(place == free) for place in range(size)]
        for lead, row in zip(leads, rows, strict=True):
            direction[lead] = -row[free]
        found.append(tuple(direction))
    return found


def _less(row: list[Fraction], other: list[Fraction], factor: Fraction) -> list[Fraction]:
    return [a - factor * b for a, b in zip(row, other, strict=True)]


def _at(weights: Point, point: Point) -> Fraction:
    return sum((w * x for w, x in zip(weights, point, strict=True)), Fraction(0))
