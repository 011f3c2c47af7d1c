"""The referee where two parties divide things: every package, every cell of the conditions.

A division is the list of the first party's fractions, one for each shared issue. The bounds in
all conditions cut the divisions into cells, on each of which every rule and red line either
holds throughout or nowhere. What is allowed is closed (H6), so a cell counts with its border. A
*piece* is a package of the discrete issues and such a cell, with every group even in it: a
polytope, whose utilities are a polygon. All questions are then answered by looking at the
corners and sides of all polygons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

from hikiwake.model import Condition, Dispute, FrozenMap, Linear, Share, SharesBeyond
from tests.conformance.definitions import (
    Conflict,
    Count,
    Limit,
    Outcome,
    Vector,
    holds,
    packages,
    points,
    smallest_conflicts,
)
from tests.conformance.oracle import Referee
from tests.conformance.polygons import (
    Halfspace,
    Polygon,
    beyond,
    contains,
    corners,
    hull,
    sides,
)

Box = tuple[tuple[Fraction, Fraction], ...]
Ranked = tuple[tuple[int, int], ...]
Package = FrozenMap[str, str]
Line = tuple[Vector, Fraction]  # slopes and a constant
Key = tuple[Fraction, bool, Fraction]  # least gain, reached, largest gain


@dataclass(frozen=True)
class Cell:
    """A package of the discrete issues, a box of divisions, and what is broken inside the box."""

    package: Package
    box: Box
    broken: Conflict


@dataclass(frozen=True)
class Piece:
    """A kept part of a cell: bounds on its divisions, and everyone's utilities over it."""

    package: Package
    bounds: tuple[Halfspace, ...]
    polygon: Polygon


class Pieces(Referee):
    """A dispute between two parties with shared issues."""

    def __init__(self, dispute: Dispute) -> None:
        super().__init__(dispute)
        assert len(self.parties) == 2
        self._lines: dict[tuple[Package, str, frozenset[str]], Line] = {}
        self.shared = [issue.id for issue in dispute.issues if isinstance(issue, Share)]
        self.cells = list(self._cells(set(), self.limits))
        lawful = _largest([cell for cell in self.cells if not cell.broken])
        self.pieces = self._pieces(lawful, dispute.tolerance)
        self.least_uneven = Fraction(0)
        if not self.pieces and any(self._clipped(self._polygon(cell)) for cell in lawful):
            self.fallback = True
            self.least_uneven = min(
                found for cell in lawful if (found := self._least_uneven(cell)) is not None
            )
            self.pieces = self._pieces(lawful, self.least_uneven)
        self.polygons = {piece.polygon for piece in self.pieces}
        self.sides = {side for polygon in self.polygons for side in sides(polygon)}
        self.points = {point for polygon in self.polygons for point in polygon}
        if self.points:
            self.ideal = (max(x for x, _ in self.points), max(y for _, y in self.points))
            self.ranges = [most - w for most, w in zip(self.ideal, self.walk, strict=True)]

    # pieces

    def _cells(self, only: set[str], limits: dict[Limit, Condition]) -> Iterator[Cell]:
        """Yield every cell of the chosen issues (all of them if none are), with what it breaks."""
        shared = [issue for issue in self.shared if not only or issue in only]
        for whole in packages(self.dispute, only):
            package = FrozenMap(whole)
            near = {limit: c for limit, c in limits.items() if self._may_hold(c, package)}
            axes = [self._axis(issue, [*near.values()]) for issue in shared]
            inner = [[self._divided((low + high) / 2) for low, high in axis] for axis in axes]
            for box, inside in zip(product(*axes), product(*inner), strict=True):
                outcome = whole | dict(zip(shared, inside, strict=True))
                broken = frozenset(limit for limit, c in near.items() if holds(c, outcome))
                yield Cell(package, box, broken)

    def _may_hold(self, condition: Condition, package: Outcome) -> bool:
        """Tell whether a condition hangs on the division alone once a package is fixed."""
        tests = {i: test for i, test in condition.tests.items() if i not in self.shared}
        return holds(Condition(FrozenMap(tests)), package)

    def _axis(self, issue: str, near: list[Condition]) -> list[tuple[Fraction, Fraction]]:
        """Return the points and the open intervals into which conditions cut a shared issue."""
        cuts = {Fraction(0), Fraction(1)}
        for condition in near:
            test = condition.tests.get(issue)
            if isinstance(test, SharesBeyond):
                for party, bound in test.parties.items():
                    for value in (bound.above, bound.below):
                        if value is not None and 0 <= value <= 1:
                            cuts.add(value if party == self.parties[0] else 1 - value)
        ordered = sorted(cuts)
        return [(cut, cut) for cut in ordered] + list(pairwise(ordered))

    def _divided(self, first: Fraction) -> FrozenMap[str, Fraction]:
        one, other = self.parties
        return FrozenMap({one: first, other: 1 - first})

    def _linear(self, package: Package, party: str, group: set[str]) -> Line:
        """Return the slopes and the constant of a party's points over the divisions, found once."""
        key = package, party, frozenset(group)
        if key not in self._lines:
            self._lines[key] = self._line(package, party, group)
        return self._lines[key]

    def _line(self, package: Package, party: str, group: set[str]) -> Line:
        constant = points(self.dispute, party, package, group)
        slopes: list[Fraction] = []
        for issue in self.shared:
            table = self.dispute.preferences[party].points.get(issue)
            counts = isinstance(table, Linear) and (not group or issue in group)
            whole = table.whole if counts and isinstance(table, Linear) else Fraction(0)
            first = party == self.parties[0]
            slopes.append(whole if first else -whole)
            constant += Fraction(0) if first else whole
        return tuple(slopes), constant

    def _bounds(self, box: Box) -> list[Halfspace]:
        bounds: list[Halfspace] = []
        for place, (low, high) in enumerate(box):
            unit = tuple(Fraction(i == place) for i in range(len(box)))
            bounds += [(unit, low), (tuple(-u for u in unit), -high)]
        return bounds

    def _differences(self, package: Package) -> list[Line]:
        """Return, for each group in which both have a range, first share less second share."""
        found: list[Line] = []
        for group in self.guarded:
            lines: list[tuple[list[Fraction], Fraction]] = []
            for party in self.parties:
                extremes = self.extremes(group, party)
                if extremes is not None and extremes[0] < extremes[1]:
                    least, most = extremes
                    slopes, constant = self._linear(package, party, group)
                    width = most - least
                    lines.append(([s / width for s in slopes], (constant - least) / width))
            if len(lines) == 2:
                (s, c), (t, d) = lines
                found.append((tuple(a - b for a, b in zip(s, t, strict=True)), c - d))
        return found

    def _polygon(self, cell: Cell, groups: tuple[Halfspace, ...] = ()) -> Polygon:
        found = (
            corners([*self._bounds(cell.box), *groups], len(self.shared))
            if groups
            else set(product(*cell.box))
        )
        lines = [self._linear(cell.package, party, set()) for party in self.parties]
        return hull((_at(lines[0], division), _at(lines[1], division)) for division in found)

    def _clipped(self, polygon: Polygon) -> Polygon:
        return beyond(polygon, (self.walk[0], self.walk[1])) if polygon else ()

    def _pieces(self, cells: list[Cell], uneven: Fraction) -> list[Piece]:
        """Return the parts of the cells where nobody walks away and no group is more uneven."""
        pieces: list[Piece] = []
        for cell in cells:
            groups: list[Halfspace] = []
            for slopes, constant in self._differences(cell.package):
                groups += [
                    (slopes, -uneven - constant),
                    (tuple(-s for s in slopes), constant - uneven),
                ]
            polygon = self._clipped(self._polygon(cell, tuple(groups)))
            if polygon:
                bounds = (*self._bounds(cell.box), *groups)
                pieces.append(Piece(cell.package, bounds, polygon))
        return pieces

    def _least_uneven(self, cell: Cell) -> Fraction | None:
        """Return the smallest group imbalance in a cell where nobody walks away, if there is one.

        One more dimension holds a number that no group's imbalance exceeds; its least is wanted.
        """
        zero, one = Fraction(0), Fraction(1)
        bounds: list[Halfspace] = [((*c, zero), b) for c, b in self._bounds(cell.box)]
        last = (*(zero for _ in self.shared), one)
        bounds += [(last, zero), (tuple(-v for v in last), Fraction(-2))]
        for slopes, constant in self._differences(cell.package):
            bounds += [((*slopes, one), -constant), ((*(-s for s in slopes), one), constant)]
        for place, party in enumerate(self.parties):
            slopes, constant = self._linear(cell.package, party, set())
            bounds.append(((*slopes, zero), self.walk[place] - constant))
        return min((c[-1] for c in corners(bounds, len(self.shared) + 1)), default=None)

    @property
    def most_uneven(self) -> Fraction:
        """The tolerance, or the smallest imbalance that exists."""
        return self.least_uneven if self.fallback else self.dispute.tolerance

    def extremes(self, group: set[str], party: str) -> tuple[Fraction, Fraction] | None:
        """Return a party's least and most in a group, under public rules and its own lines."""
        key = frozenset(group), party
        if key not in self._extremes:
            lines = {
                limit: never
                for limit, never in self.limits.items()
                if limit[1] in (None, party) and set(never.tests) <= group
            }
            shared = [issue for issue in self.shared if issue in group]
            found = [
                points(
                    self.dispute,
                    party,
                    {**cell.package, **dict(zip(shared, map(self._divided, corner), strict=True))},
                    group,
                )
                for cell in self._cells(group, lines)
                if not cell.broken
                for corner in product(*cell.box)
            ]
            self._extremes[key] = (min(found), max(found)) if found else None
        return self._extremes[key]

    def conflicts(self) -> set[Conflict]:
        """Return the smallest sets of limits that cannot all hold."""
        one, other = (("walk_away", party, 0) for party in self.parties)
        violated: set[Conflict] = set()
        for cell in sorted(self.cells, key=lambda cell: len(cell.broken)):
            if any(less <= cell.broken for less in violated):
                continue  # whatever is broken by less is broken here
            polygon = self._polygon(cell)
            if self._clipped(polygon):
                violated.add(cell.broken)
                continue
            if max(x for x, _ in polygon) >= self.walk[0]:
                violated.add(cell.broken | {other})
            if max(y for _, y in polygon) >= self.walk[1]:
                violated.add(cell.broken | {one})
            violated.add(cell.broken | {one, other})
        return smallest_conflicts(violated, [*self.limits, one, other])

    def ties(self, vector: Vector) -> Count:
        """Return how many packages are worth this to everyone."""
        found: set[tuple[Package, Vector]] = set()
        for piece in self.pieces:
            if not contains(piece.polygon, (vector[0], vector[1])):
                continue
            equations: list[Halfspace] = []
            for party, wanted in zip(self.parties, vector, strict=True):
                slopes, constant = self._linear(piece.package, party, set())
                equations.append((slopes, wanted - constant))
            divisions = corners(piece.bounds, len(self.shared), equations)
            if len(divisions) > 1:
                return "infinite"
            found |= {(piece.package, division) for division in divisions}
        return len(found)


def _at(line: Line, division: tuple[Fraction, ...]) -> Fraction:
    return sum((s * t for s, t in zip(line[0], division, strict=True)), line[1])


def _largest(cells: list[Cell]) -> list[Cell]:
    """Leave out the cells that lie in the border of another one. Ranks only make it quicker."""
    numbers = sorted({number for cell in cells for axis in cell.box for number in axis})
    ranks = {number: rank for rank, number in enumerate(numbers)}
    boxes: dict[Package, dict[Ranked, Cell]] = {}
    for cell in cells:
        ranked = tuple((ranks[low], ranks[high]) for low, high in cell.box)
        boxes.setdefault(cell.package, {})[ranked] = cell
    found: list[Cell] = []
    for near in boxes.values():
        stretches = [_around(set(axis)) for axis in zip(*near, strict=True)]
        for ranked, cell in near.items():
            around = product(*(s[axis] for s, axis in zip(stretches, ranked, strict=True)))
            if not any(other in near and other != ranked for other in around):
                found.append(cell)
    return found


def _around(axis: set[tuple[int, int]]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Return, for each stretch of an axis, all the stretches that it lies in, itself among them."""
    return {(a, b): [(low, high) for low, high in axis if low <= a and b <= high] for a, b in axis}
