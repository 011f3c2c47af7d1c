"""The frontier against the referee: no point too many, none too few."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from hikiwake import api
from hikiwake.errors import Unsupported
from hikiwake.pareto.result import Frontier
from tests.conformance.corpus import AMOUNTS, DISCRETE, MIXED, QUICK, SHARED, SLOW, judged
from tests.conformance.oracle import Enumeration
from tests.conformance.oracle_shares import Division
from tests.conformance.polygons import Point, between, contains, meeting

HALF = Fraction(1, 2)

many = pytest.mark.parametrize("many", [False, pytest.param(True, marks=pytest.mark.slow)])


def together(*kinds: str) -> list[Any]:
    """Return kinds as parameters; tests of a kind run in one process, and share its corpus."""
    return [pytest.param(kind, marks=pytest.mark.xdist_group(kind)) for kind in kinds]


@pytest.mark.parametrize("engine", ["additive", "brute_force"])
@pytest.mark.parametrize("kind", together(DISCRETE, AMOUNTS))
@many
def test_discrete_frontier(engine: str, kind: str, many: bool) -> None:
    """Each undominated point is there once, with its ties, gains and a package worth it."""
    for judge in judged(kind, SLOW[kind] if many else QUICK):
        assert isinstance(judge, Enumeration)
        found = api.frontier(judge.dispute, engine=engine)
        assert found.parties == judge.parties
        assert found.searched == len(judge.all)
        if judge.ideal is None:
            assert len(found.outcomes) == 0
            continue
        assert set(found.exact_utilities) == judge.frontier
        assert len(found.exact_utilities) == len(judge.frontier)
        rows = zip(found.outcomes, found.exact_utilities, found.gains, found.ties, strict=True)
        for outcome, vector, gains, ties in rows:
            assert judge.is_kept(outcome)
            assert judge.worth(outcome) == vector
            assert judge.gains(vector) == gains
            assert judge.ties(vector) == ties
        assert found.utilities.shape == (len(judge.frontier), len(judge.parties))
        assert not found.segments


@pytest.mark.parametrize("kind", together(SHARED, MIXED))
@many
def test_frontier_with_shares(kind: str, many: bool) -> None:
    """Each point of each segment is optimal, and each optimal point is on a segment."""
    for judge in judged(kind, SLOW[kind])[:500] if many else judged(kind, QUICK):
        assert isinstance(judge, Division)
        found = api.frontier(judge.dispute, engine="linear")
        assert found.searched == "infinite"
        if judge.ideal is None:
            assert len(found.outcomes) == 0
            continue
        for outcome, vector in zip(found.outcomes, found.exact_utilities, strict=True):
            assert judge.is_kept(outcome)
            assert judge.worth(outcome) == vector
            assert judge.is_optimal(vector)
        for segment in found.segments:
            ends = _point(segment.first), _point(segment.second)
            for end, closed in zip(
                ends, (segment.first_closed, segment.second_closed), strict=True
            ):
                assert any(contains(polygon, end) for polygon in judge.polygons)
                assert judge.is_optimal(end) is closed
            for part in (Fraction(1, 7), HALF, Fraction(6, 7)):
                inner = between(*ends, part)
                assert any(contains(polygon, inner) for polygon in judge.polygons)
                assert judge.is_optimal(inner)
        for point in _candidates(judge):
            assert judge.is_optimal(point) is _lies_on(found, point)


def _candidates(judge: Division) -> set[Point]:
    """Return corners, where sides meet, and points between these: most are not optimal."""
    found = set(judge.points)
    for side in sorted(judge.sides)[:8]:
        cuts = {side[0], side[1]}
        cuts |= {p for other in judge.sides if (p := meeting(side, other))}
        ordered = sorted(cuts)
        found |= cuts | {between(one, other, HALF) for one, other in pairwise(ordered)}
    return found


def _lies_on(frontier: Frontier, point: Point) -> bool:
    if point in frontier.exact_utilities:
        return True
    for segment in frontier.segments:
        (ax, ay), (bx, by) = _point(segment.first), _point(segment.second)
        x, y = point
        if (bx - ax) * (y - ay) == (by - ay) * (x - ax) and min(ax, bx) < x < max(ax, bx):
            return True
    return False


def _point(row: tuple[Fraction, ...]) -> Point:
    return row[0], row[1]


def test_engines_refuse_what_they_do_not_cover() -> None:
    """The frontier of a dispute with shares is not for the discrete engines."""
    for judge in judged(SHARED, QUICK)[:10]:
        for engine in ("additive", "brute_force"):
            with pytest.raises(Unsupported):
                api.frontier(judge.dispute, engine=engine)
