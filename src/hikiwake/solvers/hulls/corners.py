"""The corners of what several parties can divide between them, and which are joined by an edge.

What can be had, or less for anybody, is a polyhedron. It is cut out of the quarter below
everybody's most: a corner that cannot be had is cut off by the plane that a linear program's
multipliers give, until all corners can be. The Pareto frontier is the bounded faces of the rest.

References
----------
Benson, H. P. (1998), An outer approximation algorithm for generating all efficient extreme points
in the outcome set of a multiple objective linear programming problem, J. of Global Optimization 13.
Motzkin, T. S. et al. (1953), The double description method, Annals of Math. Studies 28.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from math import gcd, lcm

from hikiwake.errors import Fault, TooLarge
from hikiwake.numeric import wholes
from hikiwake.solvers.deadline import UNLIMITED, Deadline
from hikiwake.solvers.hulls.hull import Frame, Hull, Link, Mixture, View
from hikiwake.solvers.programs import Impossible

MAX_CORNERS = 1_000

Point = tuple[Fraction, ...]
Ray = tuple[int, ...]  # a point times its last number; a direction, where that is 0
Plane = tuple[int, ...]  # weighs a ray: at least 0 on the side that is kept


@dataclass(frozen=True, slots=True)
class Corners:
    """The corners of a frontier of flat faces, and the pairs of them that an edge joins."""

    points: tuple[Point, ...]
    joined: tuple[tuple[Point, Point], ...]


def single_view(hull: Hull) -> View | None:
    """Return the only cell of each part; None if some part has several."""
    if any(len(part.cells) != 1 for part in hull.parts):
        return None
    return dict.fromkeys(range(len(hull.parts)), (0,))


def corners(
    hull: Hull, view: View, kept: Sequence[Link], deadline: Deadline = UNLIMITED
) -> Corners:
    """Return the corners of the frontier of a view with one cell a part, links kept.

    Raises
    ------
    TooLarge
        If there are more than ``MAX_CORNERS`` (H18).
    TimeIsOver
        If no time was left before it was done.
    """
    outer = solid(hull, view, kept, deadline.require)
    if outer is None:
        return Corners((), ())
    joined = outer.joined()
    return Corners(
        tuple(sorted(outer.points())), tuple(sorted((max(a, b), min(a, b)) for a, b in joined))
    )


def solid(
    hull: Hull, view: View, kept: Sequence[Link], require: Callable[[], None]
) -> Solid | None:
    """Return what a view with one cell a part allows, or less for anybody; None if it is nothing.

    Parameters
    ----------
    require
        Called at each corner: raises what ends the search where no time is left.

    Raises
    ------
    TooLarge
        If it has more than ``MAX_CORNERS`` (H18).
    """
    frame, parties = Frame(hull, view), range(hull.parties)
    most: list[Fraction] = []
    for i in parties:
        found = frame.best(kept, {i: 1})
        if isinstance(found, Impossible):
            return None
        most.append(found.value)
    outer = Solid(most)
    attained: set[Ray] = set()
    while (
        corner := next((ray for ray in outer.rays if ray[-1] and ray not in attained), None)
    ) is not None:
        require()
        plane = _plane(frame, kept, _point(corner))
        if plane is None:
            attained.add(corner)
        else:
            outer.cut(plane)
        if len(attained) > MAX_CORNERS:
            raise _too_large()
    return outer


def _plane(frame: Frame, kept: Sequence[Link], point: Point) -> Plane | None:
    """Return the plane that cuts off a point by which nobody can have so much; None if they can."""
    near = [Link({i: 1}, own, {0: 1}) for i, own in enumerate(point)]
    found = frame.best((*near, *kept), {}, {0: -1})
    assert isinstance(found, Mixture), "something is possible, if everybody has less"
    if found.value == 0:
        return None
    prices = [-multiplier for multiplier in found.multipliers[: len(point)]]
    most = sum((p * own for p, own in zip(prices, point, strict=True)), found.value)
    return _whole([*(-price for price in prices), most])


@dataclass
class Solid:
    """Points with at most so much for everybody, as rays, each with the planes that it lies on."""

    most: Sequence[Fraction]
    rays: dict[Ray, frozenset[int]] = field(init=False)
    planes: list[Plane] = field(init=False)

    def __post_init__(self) -> None:
        size = len(self.most)
        everybody = frozenset(range(1, size + 1))
        axes = [tuple(Fraction(-int(i == j)) for j in range(size)) for i in range(size)]
        self.planes = [(*(0,) * size, 1)]
        self.planes += [_whole((*axis, m)) for axis, m in zip(axes, self.most, strict=True)]
        self.rays = {_whole([*self.most, Fraction(1)]): everybody}
        for i, axis in enumerate(axes):
            self.rays[_whole((*axis, Fraction(0)))] = (everybody - {i + 1}) | {0}

    def points(self) -> dict[Point, frozenset[int]]:
        """Return the corners, each with the places of the planes that it lies on."""
        return {_point(ray): on for ray, on in self.rays.items() if ray[-1]}

    def sides(self) -> Iterator[Plane]:
        """Yield the planes on which it has a side, not a corner or an edge alone."""
        for place, plane in enumerate(self.planes):
            on = sum(place in planes for planes in self.rays.values())
            if any(plane[:-1]) and on >= len(self.most):
                yield plane

    def joined(self) -> Iterator[tuple[Point, Point]]:
        """Yield the pairs of corners between which there is an edge."""
        for pair in combinations((ray for ray in self.rays if ray[-1]), 2):
            if self._adjacent(*pair):
                yield _point(pair[0]), _point(pair[1])

    def cut(self, plane: Plane) -> None:
        """Keep what lies on one side of a plane."""
        heights = {ray: sum(a * b for a, b in zip(plane, ray, strict=True)) for ray in self.rays}
        own = len(self.planes)
        self.planes.append(plane)
        kept: dict[Ray, frozenset[int]] = {}
        for ray, on in self.rays.items():
            if heights[ray] >= 0:
                kept[ray] = on if heights[ray] else on | {own}
        above = [ray for ray, height in heights.items() if height > 0]
        for below in [ray for ray, height in heights.items() if height < 0]:
            for ray in above:
                if self._adjacent(ray, below):
                    up, down = heights[ray], -heights[below]
                    between = [down * a + up * b for a, b in zip(ray, below, strict=True)]
                    kept[_primitive(between)] = (self.rays[ray] & self.rays[below]) | {own}
        self.rays = kept

    def _adjacent(self, one: Ray, other: Ray) -> bool:
        """Tell whether no third ray lies on all the planes that two have in common."""
        common = self.rays[one] & self.rays[other]
        if len(common) < len(self.most) - 1:
            return False
        return not any(common <= on for ray, on in self.rays.items() if ray not in (one, other))


def _whole(numbers: Sequence[Fraction]) -> Ray:
    scale = lcm(*(number.denominator for number in numbers))
    return _primitive(wholes(numbers, scale))


def _primitive(numbers: Sequence[int]) -> Ray:
    size = gcd(*numbers)
    return tuple(number // size for number in numbers)


def _point(ray: Ray) -> Point:
    return tuple(Fraction(number, ray[-1]) for number in ray[:-1])


def _too_large() -> TooLarge:
    return TooLarge(
        Fault(
            "The Pareto frontier",
            f"more than {MAX_CORNERS:,} corners",
            f"At most {MAX_CORNERS:,}",
            "H18",
            "`settle` finds single points of it under any rule.",
        )
    )
