"""Frontiers with amounts, money, groups and several parties, against all corners of all pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations

import pytest

from hikiwake import api
from hikiwake.pareto.result import Frontier
from tests.conformance.oracle_hulls import Referee, at_least
from tests.conformance.polygons import corners
from tests.conformance.test_hulls import SHAPES, build, referee

F = Fraction
Row = tuple[Fraction, ...]
TWO = [shape for shape, (parties, *_) in SHAPES.items() if parties == 2]
FACES = [
    *(("a share among three", seed) for seed in range(3)),
    *(("a guarded share among three", seed) for seed in range(3)),
    *(("money and a share among three", seed) for seed in range(3)),
    *(("two shares among three", seed) for seed in range(2)),
    pytest.param("a guarded and a free share among three", 1, marks=pytest.mark.slow),
]


def reached(judge: Referee, row: Row) -> bool:
    """Tell whether some package gives everybody at least so much."""
    for piece in judge.pieces:
        above = [at_least(worth, own) for worth, own in zip(piece.worths, row, strict=True)]
        if corners([*piece.bounds, *above], piece.dimensions):
            return True
    return False


def counted(judge: Referee) -> set[Row]:
    """Return what every corner of every piece is worth to everybody."""
    found: set[Row] = set()
    for piece in judge.pieces:
        found |= {piece.at(place) for place in corners(piece.bounds, piece.dimensions)}
    return found


def between(one: Row, other: Row, part: Fraction) -> Row:
    """Return the point that lies so far from one towards the other."""
    return tuple(a + part * (b - a) for a, b in zip(one, other, strict=True))


def on_a_segment(frontier: Frontier, row: Row) -> bool:
    """Tell whether a point of the plane is listed, or inside a straight part."""
    if row in frontier.exact_utilities:
        return True
    for segment in frontier.segments:
        (ax, ay), (bx, by) = segment.first, segment.second
        if (bx - ax) * (row[1] - ay) == (by - ay) * (row[0] - ax) and ax > row[0] > bx:
            return True
    return False


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("shape", TWO)
def test_two_parties_have_all_their_straight_parts(shape: str, seed: int) -> None:
    """Each point of each part is reached and optimal, and each optimal corner is on a part."""
    judge, found = referee(shape, seed), api.frontier(build(shape, seed))
    if judge.ideal is None:
        assert (len(found), found.segments) == (0, ())
        return
    the_dispute = build(shape, seed)
    for outcome, row in zip(found.outcomes, found.exact_utilities, strict=True):
        assert tuple(the_dispute.utility(p, outcome) for p in found.parties) == row
        assert judge.is_optimal(row)
    for segment in found.segments:
        for part in (F(0), F(1, 7), F(1, 2), F(1)):
            row = between(segment.first, segment.second, part)
            closed = {F(0): segment.first_closed, F(1): segment.second_closed}
            assert reached(judge, row)
            assert judge.is_optimal(row) is closed.get(part, True)
    ends = sorted(counted(judge))
    middles = {between(a, b, F(1, 2)) for a, b in combinations(ends, 2)}
    for row in {*ends, *sorted(middles)[:20]}:
        if judge.is_optimal(row) and reached(judge, row):
            assert on_a_segment(found, row)


def planes(given: set[Row]) -> dict[tuple[Fraction, ...], Fraction]:
    """Return the flat sides of points in space and of all that is less: a normal, how far out."""
    points = [p for p in sorted(given) if not any(_is_above(q, p) for q in given)]
    axes = [tuple(F(i == j) for j in range(3)) for i in range(3)]
    differences = [tuple(a - b for a, b in zip(p, q, strict=True)) for p, q in _pairs(points)]
    found: dict[tuple[Fraction, ...], Fraction] = {}
    for one, other in combinations([*axes, *_distinct(differences)], 2):
        normal = _cross(one, other)
        if not any(normal) or (min(normal) < 0 < max(normal)):
            continue
        size = sum(normal)
        normal = tuple(own / size for own in normal)
        found[normal] = max(_dot(normal, point) for point in points)
    return {n: far for n, far in found.items() if _is_flat(n, far, points, axes)}


def _is_above(one: Row, other: Row) -> bool:
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


def _pairs(points: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    return combinations(points, 2)


def _distinct(directions: Iterable[Row]) -> set[Row]:
    """Return directions with the first number that is not 0 made 1, each once."""
    scaled = ((d, next(own for own in d if own)) for d in directions if any(d))
    return {tuple(own / first for own in d) for d, first in scaled}


def _cross(one: Row, other: Row) -> Row:
    (a, b, c), (d, e, f) = one, other
    return (b * f - c * e, c * d - a * f, a * e - b * d)


def _dot(one: Row, other: Row) -> Fraction:
    return sum((a * b for a, b in zip(one, other, strict=True)), F(0))


def _is_flat(normal: Row, far: Fraction, points: Sequence[Row], axes: Sequence[Row]) -> bool:
    """Tell whether a plane touches in more than a line."""
    on = [point for point in points if _dot(normal, point) == far]
    along = [tuple(a - b for a, b in zip(p, on[0], strict=True)) for p in on[1:]]
    along += [axis for axis, own in zip(axes, normal, strict=True) if own == 0]
    return any(any(_cross(one, other)) for one, other in combinations(along, 2))


@pytest.mark.parametrize(("shape", "seed"), FACES)
def test_three_parties_have_all_corners_and_edges(shape: str, seed: int) -> None:
    """Corners and edges are those of the solid that all pieces' corners span, and all below it."""
    judge, the_dispute = referee(shape, seed), build(shape, seed)
    found = api.frontier(the_dispute)
    if judge.ideal is None:
        assert (len(found), found.segments) == (0, ())
        return
    sides = planes(counted(judge))
    spanned = corners([(tuple(-own for own in n), -far) for n, far in sides.items()], 3)
    assert set(found.exact_utilities) == spanned
    assert len(found.exact_utilities) == len(spanned)
    on = {row: {n for n, far in sides.items() if _dot(n, row) == far} for row in spanned}
    pairs = combinations(spanned, 2)
    joined = {frozenset(pair) for pair in pairs if len(on[pair[0]] & on[pair[1]]) >= 2}
    edges = {frozenset((segment.first, segment.second)) for segment in found.segments}
    assert edges == (joined or {frozenset(spanned)})
    for outcome, row in zip(found.outcomes, found.exact_utilities, strict=True):
        assert tuple(the_dispute.utility(p, outcome) for p in found.parties) == row
        assert judge.is_optimal(row)
