"""Three parties, shares beside whole issues or bent curves: what is left of faces that cross."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from random import Random
from sys import modules

import pytest

from hikiwake import api
from hikiwake.errors import TooLarge
from hikiwake.model import Dispute, FrozenMap, Linear, Party, Preference, Share, Table
from hikiwake.pareto.result import Frontier, Segment
from hikiwake.settlement import Exactness
from hikiwake.solvers.hulls import crossed
from tests.conformance.builders import choice
from tests.conformance.oracle_hulls import Piece, Referee
from tests.conformance.polygons import corners
from tests.conformance.test_continuous_frontier import between, planes, reached
from tests.conformance.test_hulls import build, referee

F = Fraction
Row = tuple[Fraction, ...]
CROSSING = [
    *(("a share and a whole issue", seed) for seed in range(4)),
    *(("a share and an amount", seed) for seed in range(2)),
    ("a guarded share and whole issue among three", 1),
    ("money and a whole issue among three", 0),
    pytest.param("two amounts between three", 2, marks=pytest.mark.slow),
]


def stands(judge: Referee, row: Row) -> bool:
    """Tell whether a point is on the frontier."""
    return judge.is_optimal(row) and reached(judge, row)


def faces(piece: Piece) -> Iterator[list[Row]]:
    """Yield the corners of each flat side of a piece that is at an angle to everybody's axis."""
    ends = {piece.at(place) for place in corners(piece.bounds, piece.dimensions)}
    for normal, far in planes(ends).items():
        on = [row for row in ends if dot(normal, row) == far]
        if min(normal) > 0 and len(on) > 2:
            yield sorted(on)


def dot(one: Row, other: Row) -> Fraction:
    """Return two rows multiplied."""
    return sum((a * b for a, b in zip(one, other, strict=True)), F(0))


def somewhere(random: Random, ends: Sequence[Row]) -> Row:
    """Return a random point between some."""
    weights = [random.randint(1, 9) for _ in ends]
    columns = zip(*ends, strict=True)
    return tuple(
        sum((w * own for w, own in zip(weights, column, strict=True)), F(0)) / sum(weights)
        for column in columns
    )


def turn(a: Row, b: Row, c: Row) -> Fraction:
    """Return on which side of a line a point lies, seen along the third axis."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def meets(segment: Segment, one: Row, other: Row) -> bool:
    """Tell whether a listed part of the same plane crosses the line between two points."""
    a, b = segment.first, segment.second
    apart = turn(a, b, one) * turn(a, b, other) > 0 or turn(one, other, a) * turn(one, other, b) > 0
    return not apart


@pytest.mark.parametrize(("shape", "seed"), CROSSING)
def test_what_is_listed_is_on_the_frontier_or_borders_it(shape: str, seed: int) -> None:
    """Points have packages and stand; parts are reached or not, and closed or not, as it says."""
    judge, the_dispute = referee(shape, seed), build(shape, seed)
    found = api.frontier(the_dispute)
    assert (judge.ideal is None) == (len(found) == 0)
    for outcome, row in zip(found.outcomes, found.exact_utilities, strict=True):
        assert tuple(the_dispute.utility(p, outcome) for p in found.parties) == row
        assert judge.is_optimal(row)
    for part in found.segments:
        assert stands(judge, part.first) is part.first_closed
        assert stands(judge, part.second) is part.second_closed
        assert not part.first_closed or part.first in found.exact_utilities
        for way in (F(1, 7), F(1, 2)) if part.first != part.second else ():
            assert stands(judge, between(part.first, part.second, way)) is part.reached


@pytest.mark.parametrize(("shape", "seed"), CROSSING)
def test_nothing_changes_on_a_face_but_where_a_listed_part_is_crossed(
    shape: str, seed: int
) -> None:
    """Two points of a face are both on the frontier or both not, or something lies between them."""
    judge, found = referee(shape, seed), api.frontier(build(shape, seed))
    random = Random(f"{shape} {seed}")
    for piece in judge.pieces:
        for ends in faces(piece):
            normal, far = next((n, f) for n, f in planes(set(ends)).items() if min(n) > 0)
            flat = [
                s for s in found.segments if dot(normal, s.first) == dot(normal, s.second) == far
            ]
            for one, other in pairwise([somewhere(random, ends) for _ in range(4)]):
                changes = judge.is_optimal(one) is not judge.is_optimal(other)
                assert not changes or any(meets(part, one, other) for part in flat)


@pytest.mark.parametrize(("shape", "seed"), CROSSING)
def test_every_corner_of_one_way_alone_is_listed_if_it_stands(shape: str, seed: int) -> None:
    """What only one way to take the whole issues reaches, at a corner of its own, is a point."""
    judge, found = referee(shape, seed), api.frontier(build(shape, seed))
    for piece in judge.pieces:
        ends = {piece.at(place) for place in corners(piece.bounds, piece.dimensions)}
        below = [(tuple(-own for own in n), -far) for n, far in planes(ends).items()]
        for row in corners(below, 3) & ends:
            alone = sum(_reaches(other, row) for other in judge.pieces) == 1
            if alone and judge.is_optimal(row):
                assert row in found.exact_utilities


def _reaches(piece: Piece, row: Row) -> bool:
    above = [(own, r - c) for (own, c), r in zip(piece.worths, row, strict=True)]
    return bool(corners([*piece.bounds, *above], piece.dimensions))


def meadow(parties: str, whole: int = 2) -> Dispute:
    """Return a meadow to divide, worth 12 to each, beside choices that favour one or other."""
    issues = [Share("meadow"), *(choice(f"x{k}", *parties) for k in range(whole))]
    preferences = {
        party: Preference(
            party,
            FrozenMap(
                {"meadow": Linear(F(12))}
                | {
                    f"x{k}": Table(FrozenMap({p: F((3 + k) * (p == party)) for p in parties}))
                    for k in range(whole)
                }
            ),
        )
        for party in parties
    }
    return Dispute(tuple(map(Party, parties)), tuple(issues), FrozenMap(preferences))


def test_a_triangle_cut_by_triangles() -> None:
    """Three equal meadows, each moved along one axis: one plane of three triangles side by side."""
    found = api.frontier(meadow("abc", 1))
    assert {sum(row) for row in found.exact_utilities} == {F(15)}
    assert (F(15), F(0), F(0)) in found.exact_utilities
    assert all(part.reached and part.first_closed for part in found.segments)


def field(seed: int, wholes: int = 1) -> Dispute:
    """Return a field to divide among four, and whole issues, all worth something at random."""
    random = Random(seed)
    issues = [Share("field"), *(choice(f"x{k}", *"no") for k in range(wholes))]
    preferences = {
        party: Preference(
            party,
            FrozenMap(
                {"field": Linear(F(random.randint(1, 9)))}
                | {
                    f"x{k}": Table(FrozenMap({o: F(random.randint(0, 9)) for o in "no"}))
                    for k in range(wholes)
                }
            ),
        )
        for party in "abcd"
    }
    return Dispute(tuple(map(Party, "abcd")), tuple(issues), FrozenMap(preferences))


@pytest.mark.parametrize("seed", range(4))
def test_what_is_listed_between_four_is_on_the_frontier(seed: int) -> None:
    """Every point and every part that is listed there stands; that there may be more is said."""
    the_dispute = field(seed)
    judge, found = Referee(the_dispute), api.frontier(the_dispute)
    assert found.exact_utilities
    assert found.uncut is (found.exactness is Exactness.BOUNDED)
    for outcome, row in zip(found.outcomes, found.exact_utilities, strict=True):
        assert tuple(the_dispute.utility(p, outcome) for p in found.parties) == row
        assert judge.is_optimal(row)
    for part in found.segments:
        assert part.reached
        assert judge.is_optimal(between(part.first, part.second, F(2, 5)))
        assert not part.first_closed or part.first in found.exact_utilities
        assert not part.second_closed or part.second in found.exact_utilities


def test_where_one_way_holds_all_others_the_frontier_between_four_is_whole() -> None:
    """An option that is worth more to all leaves one field to divide: four corners, six edges."""
    given = field(1, wholes=0)
    better = FrozenMap({"n": F(0), "o": F(1)})
    preferences = {
        p: replace(own, points=FrozenMap({**own.points, "x": Table(better)}))
        for p, own in given.preferences.items()
    }
    issues = (*given.issues, choice("x", *"no"))
    found = api.frontier(replace(given, issues=issues, preferences=FrozenMap(preferences)))
    assert found.exactness is Exactness.EXACT
    assert (len(found), len(found.segments), found.uncut) == (4, 6, False)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_listed_without_the_cuts_is_part_of_all(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between three, the solids' own corners and edges are among those of the whole frontier."""
    the_dispute = build("a share and a whole issue", seed)
    whole = api.frontier(the_dispute)
    monkeypatch.setattr(modules[crossed.__module__], "_PARTIES", 2)
    part = api.frontier(the_dispute)
    assert set(part.exact_utilities) <= set(whole.exact_utilities)
    assert {s for s in part.segments if s.reached} <= set(whole.segments)


def test_more_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """More ways, or solids, than are looked at: said with the bound."""
    for bound in ("MAX_WAYS", "MAX_LOOKED_AT", "MAX_SOLIDS"):
        with monkeypatch.context() as patch:
            patch.setattr(modules[crossed.__module__], bound, 2)
            with pytest.raises(TooLarge, match="At most 2") as refused:
                api.frontier(meadow("abc"))
            assert refused.value.faults[0].convention == "H18"


def test_frontiers_that_cross_are_the_same_for_swapped_parties() -> None:
    """Turning the parties around turns the points and the parts around."""
    one, other = build("a share and a whole issue", 0), build("a share and a whole issue", 0)
    turned = Dispute(
        other.parties[::-1], other.issues, other.preferences, rules=other.rules, common_scale=True
    )
    here, there = api.frontier(one), api.frontier(turned)

    def parts(found: Frontier, step: int) -> set[frozenset[Row]]:
        return {frozenset((s.first[::step], s.second[::step])) for s in found.segments}

    assert {row[::-1] for row in there.exact_utilities} == set(here.exact_utilities)
    assert parts(there, -1) == parts(here, 1)
