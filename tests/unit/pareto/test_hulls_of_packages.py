"""Shares and amounts for any number of parties: two are as on the edges, more are as by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from hikiwake.errors import TooLarge, Unsupported
from hikiwake.pareto.fronts.answer import LimitReached
from hikiwake.pareto.fronts.edges import Edges
from hikiwake.pareto.fronts.hulls import Hulls
from hikiwake.pareto.fronts.measure import Measure
from hikiwake.pareto.fronts.orderings import LexicographicMinimum, Minimum, Product, Total
from hikiwake.pareto.fronts.points import Points
from hikiwake.pareto.fronts.region import Region
from hikiwake.pareto.fronts.sets import pareto_set
from hikiwake.solvers import Problem, brute_force, linear, possible
from hikiwake.solvers.deadline import Deadline
from hikiwake.solvers.problem import Slope
from tests.unit.solvers.random_problems import problem

F = Fraction


def two(random: Random) -> tuple[Problem, Measure] | None:
    """Return a problem of two parties who both have something to gain, and their gains."""
    given = problem(random, 2, shares=random.randint(1, 3))
    floors = tuple(floor or 0 for floor in given.floors)
    given = Problem(2, given.points, floors, given.never, given.extras, given.allowed, given.shares)
    edges = Edges(linear.pareto(given))
    if edges.empty:
        return None
    ranges = tuple(edges.most(i) - floors[i] for i in range(2))
    return (given, Measure((0, 1), floors, ranges)) if all(ranges) else None


CASES = [case for seed in range(80) if (case := two(Random(seed)))]


@pytest.mark.parametrize("case", CASES)
def test_two_parties_get_what_the_edges_say(case: tuple[Problem, Measure]) -> None:
    """Greatest sorted gains, largest product, most for one: the same points as on the edges."""
    given, gains = case
    edges, hulls = Edges(linear.pareto(given)), Hulls(given)
    for ordering in (LexicographicMinimum(), Product()):
        assert hulls.best(ordering, gains) == edges.best(ordering, gains)
    for i in range(2):
        assert hulls.most(i) == edges.most(i)
    for ordering in (Minimum(), Total()):
        best = {ordering.key(gains.values(p)) for p in edges.best(ordering, gains).points}
        found = hulls.best(ordering, gains).points
        assert {ordering.key(gains.values(point)) for point in found} == best


def test_chains_that_cannot_be_held_are_asked_for_their_best_points(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where two parties' shares have more edges than may be held, the same points are best."""
    monkeypatch.setattr(linear, "MAX_EDGES", 0)
    asked = 0
    for given, gains in CASES[:20]:
        try:
            linear.pareto(given)
        except TooLarge:
            asked += 1
        found = pareto_set(given, None, Deadline())
        best = found.best(LexicographicMinimum(), gains)
        assert best == Hulls(given).best(LexicographicMinimum(), gains)
        assert possible(given)
    assert asked > 5


@pytest.mark.parametrize("case", CASES)
def test_two_parties_find_the_same_draws(case: tuple[Problem, Measure]) -> None:
    """Within a region the same points are best; where only an open end would be, there are none."""
    given, gains = case
    edges, hulls = Edges(linear.pareto(given)), Hulls(given)
    for spread in (F(1, 20), F(1, 3)):
        for floors in (None, (F(1, 4), F(1, 3))):
            region = Region(spread, floors)
            ordering = LexicographicMinimum()
            found = hulls.best(ordering, gains, region)
            assert replace(found, approached=False) == edges.best(ordering, gains, region)


@pytest.mark.parametrize("case", CASES)
def test_two_parties_have_as_many_packages(case: tuple[Problem, Measure]) -> None:
    """Behind the best point there are as many packages as the edges count, each worth the point."""
    given, gains = case
    edges, hulls = Edges(linear.pareto(given)), Hulls(given)
    for point in hulls.best(LexicographicMinimum(), gains).points:
        assert hulls.count(point) == edges.count(point)
        wholes = {taken.options for taken in edges.packages(point)}
        assert {taken.options for taken in hulls.packages(point)} == wholes


@pytest.mark.parametrize("seed", range(25))
def test_whole_issues_of_many_are_as_by_looking_at_every_package(seed: int) -> None:
    """With two to four parties and whole issues alone: the same best points, regions and ties."""
    random = Random(seed)
    given = problem(random, random.choice([2, 3, 3, 4]))
    floors = tuple(int(floor or 0) for floor in given.floors)
    given = replace(given, floors=floors)
    points, hulls = Points(brute_force.pareto(given), given), Hulls(given)
    assert hulls.empty == points.empty
    if points.empty:
        return
    most = [int(points.most(i)) for i in range(given.parties)]
    able = tuple(i for i, own in enumerate(most) if own > floors[i])
    gains = Measure(able, tuple(floors[i] for i in able), tuple(most[i] - floors[i] for i in able))
    for ordering in (LexicographicMinimum(), Product()):
        best = points.best(ordering, gains).points
        assert set(hulls.best(ordering, gains).points) == set(best)
        assert [hulls.count(point) for point in best] == [points.count(point) for point in best]
    for spread in (F(1, 20), F(1, 3)):
        region = Region(spread, tuple(F(1, 5) for _ in able))
        best = points.best(LexicographicMinimum(), gains, region).points
        assert set(hulls.best(LexicographicMinimum(), gains, region).points) == set(best)


THREE = Problem(3, (), (0, 0, 0), shares=((40, 30, 30), (50, 40, 30), (10, 30, 40)))


def all_of(given: Problem) -> Measure:
    """Return everybody's points above 0, in the problem's own unit."""
    return Measure(tuple(range(given.parties)), (0,) * given.parties, (1,) * given.parties)


def test_three_things_in_three() -> None:
    """Reijnierse and Potters: 40 each in one way only; most alone 100, 100, 100."""
    hulls = Hulls(THREE)
    (point,) = hulls.best(LexicographicMinimum(), all_of(THREE)).points
    assert point == (40, 40, 40)
    assert hulls.count(point) == 1
    (taken,) = hulls.packages(point)
    assert taken.shares == {0: (1, 0, 0), 1: (0, 1, 0), 2: (0, 0, 1)}
    assert [hulls.most(i) for i in range(3)] == [100, 100, 100]


@pytest.mark.parametrize("seed", range(6))
def test_at_most_one_share_less_than_parties_is_split(seed: int) -> None:
    """Eight shares in four: at the best point at most three of them are split."""
    random = Random(seed)
    worths = tuple(tuple(random.randint(1, 50) for _ in range(4)) for _ in range(8))
    given = Problem(4, (), (0, 0, 0, 0), shares=worths)
    hulls = Hulls(given)
    for ordering in (LexicographicMinimum(), Product()):
        (point,) = hulls.best(ordering, all_of(given)).points
        taken = next(hulls.packages(point))
        assert sum(len([part for part in own if part]) > 1 for own in taken.shares.values()) <= 3
        for i in range(4):
            worth = sum(worths[s][i] * own[i] for s, own in taken.shares.items())
            assert worth == point[i]


def test_what_matters_to_nobody_has_no_end_of_ways() -> None:
    """A share that is worth nothing to all three can be divided in infinitely many ways."""
    given = Problem(3, (), (0, 0, 0), shares=((3, 0, 0), (0, 0, 0), (0, 3, 3)))
    hulls = Hulls(given)
    (point,) = hulls.best(LexicographicMinimum(), all_of(given)).points
    assert point == (3, F(3, 2), F(3, 2))
    assert hulls.count(point) == "infinite"


def test_a_product_that_is_no_fraction_is_bounded() -> None:
    """t · t · (2 − 2t) is largest at 2/3; (1 + 2t) · 2t · (6 − 6t) at no fraction: bounded."""
    plain = Problem(3, (((0, 0, 2),),), (0, 0, 0), slopes=(Slope(0, ((1, 1, -2),)),))
    found = Hulls(plain).best(Product(), all_of(plain))
    assert found.points == ((F(2, 3), F(2, 3), F(2, 3)),)
    assert found.bound is None
    rough = Problem(3, (((1, 0, 6),),), (0, 0, 0), slopes=(Slope(0, ((2, 2, -6),)),))
    found = Hulls(rough).best(Product(), all_of(rough))
    (point,) = found.points
    assert found.bound is not None
    product = point[0] * point[1] * point[2]
    assert product < found.bound.at_most < product * (1 + F(1, 10**6))


def test_an_amount_has_one_value_where_its_segments_meet() -> None:
    """Both have 6 at 1, where one segment ends and the next begins: that is one package."""
    given = Problem(
        2,
        (((9, 0), (6, 6)),),
        (0, 0),
        slopes=(Slope(0, ((-3, 6), (-6, 1)), ((F(0), F(1)), (F(1), F(2)))),),
    )
    hulls = Hulls(given)
    (point,) = hulls.best(LexicographicMinimum(), all_of(given)).points
    assert point == (6, 6)
    assert hulls.count(point) == 1


def test_nothing_acceptable_is_said() -> None:
    """Who must have 41 each of things that leave 40 has no agreement."""
    given = Problem(3, (), (41, 41, 41), shares=THREE.shares)
    assert Hulls(given).empty
    assert not Hulls(THREE).empty


def test_late_answers_are_not_given() -> None:
    """When time is up, a limit is told instead of an answer, with a package that is possible."""
    whole = tuple(tuple(7 if i == j else 0 for i in range(3)) for j in range(3))
    given = replace(THREE, points=(whole,))
    hulls = Hulls(given, Deadline(0))
    with pytest.raises(LimitReached) as caught:
        hulls.best(LexicographicMinimum(), all_of(given))
    best = caught.value.best
    assert best is not None
    assert best.options in {(0,), (1,), (2,)}
    assert all(sum(own) == 1 for own in best.shares.values())


def test_three_triangles_make_six_faces() -> None:
    """Three shares among three: ten corners and fifteen edges, so three triangles and diamonds."""
    hulls = Hulls(THREE)
    points, edges = set(hulls.corners()), hulls.edges
    assert {(100, 0, 0), (0, 100, 0), (0, 0, 100), (40, 40, 40)} <= points
    assert (len(points), len(edges)) == (10, 15)
    assert len(points) - len(edges) + 6 == 1
    assert {end for edge in edges for end in (edge.first, edge.second)} == points


def test_faces_that_cut_each_other_in_more_than_lines_are_not_listed() -> None:
    """With a whole issue beside, that of four is not said to be all (H18): a part comes with it."""
    options = ((9, 0, 0, 0), (0, 9, 0, 0))
    hulls = Hulls(Problem(4, (options,), (0,) * 4, shares=((9, 8, 7, 6),)))
    with pytest.raises(Unsupported):
        next(hulls.corners())
    assert not hulls.complete
    assert {(18, 0, 0, 0), (0, 17, 0, 0)} <= set(hulls.certain[0])


@pytest.mark.parametrize("case", CASES)
def test_what_betters_a_point_is_the_same_before_and_after_the_edges_are_listed(
    case: tuple[Problem, Measure],
) -> None:
    """Above any two floors the best point is the same, sought by programs or read off the edges."""
    given, gains = case
    sought, listed, random = Hulls(given), Hulls(given), Random(3)
    assert listed.complete
    for _ in range(6):
        region = Region(floors=(F(random.randint(0, 8), 8), F(random.randint(0, 8), 8)))
        found = sought.best(Total(), gains, region)
        assert listed.best(Total(), gains, region).points == found.points
