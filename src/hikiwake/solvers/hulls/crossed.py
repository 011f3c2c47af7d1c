"""What is left of the flat faces of many ways to take whole issues, where they cut each other.

Each way, and less for anybody, is a solid. Its faces count as far as no other solid offers more to
somebody and as much to all. Between three parties a face is a polygon, and what another solid cuts
out of it is one as well. So what borders the rest is straight: parts of the faces' own edges, and
of the edges of what is cut out. Along such a line each other solid is one interval.

Between four and more what another solid cuts out of a face is not looked at. What is left of the
solids' own corners and edges is found all the same, and is on the frontier.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from math import prod

from hikiwake.errors import Fault, TooLarge
from hikiwake.solvers.deadline import UNLIMITED, Deadline
from hikiwake.solvers.envelope import Edge
from hikiwake.solvers.hulls.corners import Plane, Point, Solid, solid
from hikiwake.solvers.hulls.hull import Hull, Link, View

MAX_WAYS = 20_000  # to take the whole issues
MAX_LOOKED_AT = 300  # of these, that no other surely outdoes
MAX_SOLIDS = 60  # of these, that lie in no other
MAX_MEETINGS = 5_000_000  # of the pieces of a line that may border something with others' planes

_PARTIES = 3  # whose faces are polygons

Polygon = list[tuple[Point, int]]  # corners in order, each with the plane that its next side is on


def crossed(
    hull: Hull, kept: Sequence[Link], deadline: Deadline = UNLIMITED
) -> tuple[tuple[Point, ...], tuple[Edge, ...], bool]:
    """Return the corners of a frontier, what borders its faces, links kept, and if that is all.

    It is between three parties, or where one solid holds all others. An edge that is not
    ``reached`` is only approached by the face that it borders.

    Raises
    ------
    TooLarge
        If there are more than ``MAX_WAYS``, ``MAX_LOOKED_AT`` or ``MAX_SOLIDS``, or these cut each
        other in so many pieces that there are more than ``MAX_MEETINGS`` to look at (H18).
    TimeIsOver
        If no time was left before it was done.
    """
    found = (solid(hull, view, kept, deadline.require) for view in _views(hull))
    bodies = _outermost([_Body(one) for one in found if one is not None])
    points: set[Point] = set()
    edges: set[Edge] = set()
    meetings = _Meetings()
    for own in bodies:
        deadline.require()
        others = [body for body in bodies if body is not own]
        points |= {corner for corner in own.corners if _stands(corner, others)}
        for line in (*own.lines(), *(cut for body in others for cut in own.cut_by(body))):
            edges.update(line.left_by(others, meetings))
    for edge in edges:
        points |= {edge.first} if edge.first_closed else set()
        points |= {edge.second} if edge.second_closed else set()
    complete = hull.parties <= _PARTIES or len(bodies) <= 1
    return tuple(sorted(points)), tuple(sorted(edges, key=lambda e: (e.first, e.second))), complete


def _views(hull: Hull) -> list[View]:
    """Return the ways to take a cell of each part, without those that another surely offers."""
    counts = [len(part.cells) for part in hull.parts]
    if prod(counts) > MAX_WAYS:
        raise _too_large(f"more than {MAX_WAYS:,} ways to take the whole issues", MAX_WAYS)
    alike: dict[tuple[int, ...], dict[tuple[int, ...], View]] = {}
    for cells in product(*map(range, counts)):
        whole = [not hull.parts[part].cells[cell].factors for part, cell in enumerate(cells)]
        divided = tuple(-1 if alone else cell for alone, cell in zip(whole, cells, strict=True))
        sums = [0] * hull.size
        for part, cell in enumerate(cells):
            if whole[part]:
                sums = [a + b for a, b in zip(sums, hull.corners(part, cell)[0][0], strict=True)]
        alike.setdefault(divided, {})[tuple(sums)] = {p: (cell,) for p, cell in enumerate(cells)}
    views: list[View] = []
    for group in alike.values():
        best = [*group] if hull.size > hull.parties else _undominated(group)
        views += [group[sums] for sums in best]
    if len(views) > MAX_LOOKED_AT:
        found = f"{len(views):,} ways to take the whole issues that may matter"
        raise _too_large(found, MAX_LOOKED_AT)
    return views


def _undominated(sums: dict[tuple[int, ...], View]) -> list[tuple[int, ...]]:
    best: list[tuple[int, ...]] = []
    for own in sorted(sums, reverse=True):
        if not any(all(b >= o for b, o in zip(other, own, strict=True)) for other in best):
            best.append(own)
    return best


def _outermost(bodies: Sequence[_Body]) -> list[_Body]:
    """Return the solids that do not lie in another one."""
    kept: list[_Body] = []
    for body in bodies:
        if not any(other.holds(body) for other in kept):
            kept = [*(other for other in kept if not body.holds(other)), body]
            if len(kept) > MAX_SOLIDS:
                raise _too_large(f"more than {MAX_SOLIDS} ways that cut each other", MAX_SOLIDS)
    return kept


class _Body:
    """A solid by its planes, corners, and the sides and faces between these."""

    def __init__(self, own: Solid) -> None:
        self.planes: list[Plane] = own.planes
        self.named = [frozenset(i for i, weight in enumerate(p[:-1]) if weight) for p in own.planes]
        self.everybody = frozenset(range(len(own.most)))
        self.corners = own.points()
        self.sides = list(own.joined())
        self.faces = {place: self._polygon(place) for place in self._flat()}

    def _flat(self) -> Iterator[int]:
        """Yield the planes that hold a polygon, a face without end in no direction."""
        if len(self.everybody) != _PARTIES:
            return
        for place, named in enumerate(self.named):
            on = sum(place in planes for planes in self.corners.values())
            if named == self.everybody and on > 2:
                yield place

    def _polygon(self, place: int) -> Polygon:
        """Return the corners of a face, in the order in which its sides join them."""
        beside: dict[Point, list[Point]] = {}
        for one, other in self.sides:
            if place in self.corners[one] and place in self.corners[other]:
                beside.setdefault(one, []).append(other)
                beside.setdefault(other, []).append(one)
        first = next(iter(beside))
        order = [first, beside[first][0]]
        while (following := next(p for p in beside[order[-1]] if p != order[-2])) != first:
            order.append(following)
        return [(point, -1) for point in order]

    def holds(self, other: _Body) -> bool:
        """Tell whether another solid lies in this one."""
        return all(self.planes_at(corner) is not None for corner in other.corners)

    def planes_at(self, point: Point) -> list[int] | None:
        """Return the planes that a point lies on; None if it lies outside."""
        heights = [height(plane, point) for plane in self.planes]
        return None if min(heights) < 0 else [p for p, h in enumerate(heights) if h == 0]

    def beats(self, point: Point) -> bool:
        """Tell whether somebody could have more than at a point, and nobody less."""
        on = self.planes_at(point)
        return on is not None and not self.is_best_on(on)

    def is_best_on(self, planes: Sequence[int]) -> bool:
        """Tell whether nobody could have more where some planes meet: they name everybody."""
        return frozenset[int]().union(*(self.named[p] for p in planes)) == self.everybody

    def beats_towards(self, point: Point, direction: Point) -> bool:
        """Tell whether it beats all points that are near one in a direction."""
        on = self.planes_at(point)
        slopes = [(p, _slope(self.planes[p], direction)) for p in on or ()]
        if on is None or any(slope < 0 for _, slope in slopes):
            return False
        return not self.is_best_on([p for p, slope in slopes if slope == 0])

    def lines(self) -> Iterator[_Line]:
        """Yield the sides between corners, each with the ways into the faces beside it."""
        for one, other in self.sides:
            middle = _between(one, other, Fraction(1, 2))
            inward = [
                _minus(_centre(polygon), middle)
                for place, polygon in self.faces.items()
                if place in self.corners[one] and place in self.corners[other]
            ]
            yield _Line(one, other, inward)

    def cut_by(self, other: _Body) -> Iterator[_Line]:
        """Yield what borders what another solid cuts out of the faces, off their own sides."""
        for place, polygon in self.faces.items():
            if all(height(self.planes[place], corner) >= 0 for corner in other.corners):
                continue  # it does not reach beyond the face
            inside = polygon
            for number, plane in enumerate(other.planes):
                inside = _clipped(inside, plane, number)
            for (one, number), (end, _) in pairwise([*inside, *inside[:1]]):
                if number >= 0:
                    middle = _between(one, end, Fraction(1, 2))
                    out = min(polygon, key=lambda c, p=other.planes[number]: height(p, c[0]))
                    yield _Line(one, end, [_minus(out[0], middle)])


class _Meetings:
    """How often a piece of a line was held against a plane: what the search costs."""

    def __init__(self) -> None:
        self._seen = 0

    def add(self, more: int) -> None:
        self._seen += more
        if self._seen > MAX_MEETINGS:
            found = f"more than {MAX_MEETINGS:,} meetings of lines and planes to look at"
            raise _too_large(found, MAX_MEETINGS)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that borders a face, with ways to go from its middle into what may be left of it."""

    first: Point
    second: Point
    inward: Sequence[Point]

    def left_by(self, others: Sequence[_Body], meetings: _Meetings) -> Iterator[Edge]:
        """Yield the parts that border what other solids leave, joined where nothing changes."""
        marks = {Fraction(0), Fraction(1)}
        for body in others:
            marks |= set(self._inside(body))
        stops = sorted(marks)
        meetings.add(len(stops) * sum(len(body.planes) for body in others))
        own: list[tuple[Fraction, Fraction, bool]] = []
        for start, end in pairwise(stops):
            reached = _stands(self._at((start + end) / 2), others)
            if not reached and not self._borders(self._at((start + end) / 2), others):
                continue
            if own and own[-1][1:] == (start, reached) == (start, _stands(self._at(start), others)):
                own.append((own.pop()[0], end, reached))
            else:
                own.append((start, end, reached))
        for start, end, reached in own:
            ends = (self._at(start), self._at(end))
            closed = {end: _stands(end, others) for end in ends}
            first, second = max(ends), min(ends)
            yield Edge(first, second, closed[first], closed[second], reached)

    def _inside(self, body: _Body) -> tuple[Fraction, ...]:
        """Return from where to where the line lies in a solid."""
        low, high = Fraction(0), Fraction(1)
        for plane in body.planes:
            here, there = height(plane, self.first), height(plane, self.second)
            if here < 0 and there < 0:
                return ()
            if here < 0 or there < 0:
                meeting = here / (here - there)
                low, high = (max(low, meeting), high) if here < 0 else (low, min(high, meeting))
        return (low, high) if low <= high else ()

    def _borders(self, point: Point, others: Sequence[_Body]) -> bool:
        """Tell whether some face beside a point is left there."""
        return any(
            not any(body.beats_towards(point, direction) for body in others)
            for direction in self.inward
        )

    def _at(self, part: Fraction) -> Point:
        return _between(self.first, self.second, part)


def _stands(point: Point, others: Sequence[_Body]) -> bool:
    """Tell whether no other solid beats a point."""
    return not any(body.beats(point) for body in others)


def height(plane: Plane, point: Point) -> Fraction:
    """Return how far a point is on the kept side of a plane, in the plane's own unit."""
    return sum((w * p for w, p in zip(plane, point, strict=False)), Fraction(plane[-1]))


def _slope(plane: Plane, direction: Point) -> Fraction:
    return sum((w * d for w, d in zip(plane, direction, strict=False)), Fraction(0))


def _clipped(polygon: Polygon, plane: Plane, number: int) -> Polygon:
    """Return the part of a polygon on the kept side; nothing if it has no area there."""
    heights = [height(plane, corner) for corner, _ in polygon]
    if all(h >= 0 for h in heights):
        return polygon
    if not any(h > 0 for h in heights):
        return []
    found: Polygon = []
    for (here, h), (there, t) in pairwise(
        zip([*polygon, polygon[0]], [*heights, heights[0]], strict=True)
    ):
        (point, side), (following, _) = here, there
        if h >= 0:
            found.append((point, side if h > 0 or t >= 0 else number))
            if h > 0 > t:
                found.append((_between(point, following, h / (h - t)), number))
        elif t > 0:
            found.append((_between(point, following, h / (h - t)), side))
    return found


def _between(one: Point, other: Point, part: Fraction) -> Point:
    return tuple(a + part * (b - a) for a, b in zip(one, other, strict=True))


def _minus(one: Point, other: Point) -> Point:
    return tuple(a - b for a, b in zip(one, other, strict=True))


def _centre(polygon: Polygon) -> Point:
    corners = [corner for corner, _ in polygon]
    return tuple(sum(own, Fraction(0)) / len(corners) for own in zip(*corners, strict=True))


def _too_large(found: str, most: int) -> TooLarge:
    return TooLarge(
        Fault(
            "The Pareto frontier",
            found,
            f"At most {most:,}, where three and more divide something beside whole issues",
            "H18",
            "`settle` finds single points of it under any rule.",
        )
    )


__all__ = ["MAX_LOOKED_AT", "MAX_MEETINGS", "MAX_SOLIDS", "MAX_WAYS", "crossed"]
