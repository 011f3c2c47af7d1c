"""Branch and bound over hulls: as the two-party chains, and as looking at every package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from hikiwake.solvers import Problem, brute_force, linear
from hikiwake.solvers.hulls.corners import single_view, solid
from hikiwake.solvers.hulls.facets import beyond
from hikiwake.solvers.hulls.hull import Hull, Number
from hikiwake.solvers.hulls.levels import Terms, floors
from hikiwake.solvers.hulls.parts import corners_of
from hikiwake.solvers.hulls.search import best_levels, best_sum
from hikiwake.solvers.problem import Slope
from tests.unit.solvers.random_problems import problem

F = Fraction
REIJNIERSE_POTTERS = ((40, 30, 30), (50, 40, 30), (10, 30, 40))


def terms_of(given: Problem, units: tuple[int, ...], spread: Fraction | None = None) -> Terms:
    """Return values by these units above 0, all floors kept."""
    least = {i: floor for i, floor in enumerate(given.floors) if floor is not None}
    everyone = tuple(range(given.parties))
    return Terms(everyone, (0,) * given.parties, units, floors(least), spread)


def by_enumeration(given: Problem, terms: Terms) -> set[tuple[Fraction, ...]]:
    """Return the best utilities among all packages, each looked at."""
    rows = brute_force.pareto(given).utilities.tolist()
    points = [tuple(map(F, row)) for row in rows]
    best = max((sorted(terms.values(point)) for point in points), default=None)
    return {point for point in points if sorted(terms.values(point)) == best}


@pytest.mark.parametrize("seed", range(40))
def test_whole_issues_are_as_by_looking_at_every_package(seed: int) -> None:
    """With whole issues alone the best points and everybody's most are brute force's."""
    random = Random(seed)
    given = problem(random, random.choice([2, 3, 4]), scale=random.choice([1, 2**60]))
    terms = terms_of(given, tuple(random.randint(1, 5) for _ in range(given.parties)))
    hull = Hull(given)
    assert {found.sums for found in best_levels(hull, terms)} == by_enumeration(given, terms)
    rows = brute_force.pareto(given).utilities
    for i in range(given.parties):
        most = best_sum(hull, terms.links, {i: 1})
        assert (most and most.values[0]) == (max(rows[:, i]) if len(rows) else None)


@pytest.mark.parametrize("seed", range(60))
def test_two_parties_are_as_on_the_chains(seed: int) -> None:
    """With shares between two, bounds on them included, the best point is the frontier's own."""
    random = Random(seed)
    given = problem(random, 2, shares=random.randint(1, 3))
    terms = terms_of(given, (random.randint(1, 5), random.randint(1, 5)))
    edges = linear.pareto(given).border.edges
    hull, found = Hull(given), best_levels(Hull(given), terms)
    assert bool(edges) == bool(found)
    for i in range(2) if edges else ():
        most = best_sum(hull, terms.links, {i: 1})
        assert most is not None
        assert most.values[0] == max(max(edge.first[i], edge.second[i]) for edge in edges)
    for one in found:
        assert any(edge.holds(one.sums) for edge in edges)
        ends = [point for edge in edges for point in (edge.first, edge.second)]
        assert all(sorted(terms.values(end)) <= sorted(terms.values(one.sums)) for end in ends)


def test_shares_by_hand() -> None:
    """Reijnierse and Potters: each one's own best, 40 for all; a dollar in four: a quarter each."""
    given = Problem(3, (), (0, 0, 0), shares=REIJNIERSE_POTTERS)
    assert [f.sums for f in best_levels(Hull(given), terms_of(given, (1, 1, 1)))] == [(40, 40, 40)]
    dollar = Problem(4, (), (0, 0, 0, 0), shares=((100, 100, 100, 100),))
    assert [f.sums for f in best_levels(Hull(dollar), terms_of(dollar, (1,) * 4))] == [(25,) * 4]


def test_whole_and_divided_by_hand() -> None:
    """A house worth 30 and 90 divided leave three 40 each; with a house worth 120 all are twins."""
    given = Problem(3, (((30, 0, 0), (0, 30, 0), (0, 0, 30)),), (0, 0, 0), shares=((90, 90, 90),))
    assert [f.sums for f in best_levels(Hull(given), terms_of(given, (1, 1, 1)))] == [(40, 40, 40)]
    dear = replace(given, points=(((120, 0, 0), (0, 120, 0), (0, 0, 120)),))
    found = {f.sums for f in best_levels(Hull(dear), terms_of(dear, (1, 1, 1)))}
    assert found == {(120, 45, 45), (45, 120, 45), (45, 45, 120)}
    even = best_levels(Hull(dear), terms_of(dear, (1, 1, 1), spread=F(10)))
    assert even == []


def test_amounts_are_divided_along_their_segments() -> None:
    """Rent from 0 to 900 that one pays and one gets, 9 and 18 points: 6 each a third of the way."""
    given = Problem(2, (((9, 0),),), (0, 0), slopes=(Slope(0, ((-9, 18),)),))
    assert [f.sums for f in best_levels(Hull(given), terms_of(given, (1, 1)))] == [(6, 6)]


def test_corners_of_bounds() -> None:
    """Of three fractions, one at most 1/4: the corners are where all but one are at a bound."""
    box = [(F(0), F(1, 4)), (F(0), F(1)), (F(0), F(1))]
    assert set(corners_of(box)) == {
        (F(0), F(0), F(1)),
        (F(0), F(1), F(0)),
        (F(1, 4), F(0), F(3, 4)),
        (F(1, 4), F(3, 4), F(0)),
    }


@pytest.mark.parametrize(("parties", "shares"), [(2, 3), (3, 2), (3, 3), (4, 2), (4, 3)])
def test_sides_of_what_is_dominated_are_those_that_cutting_finds(parties: int, shares: int) -> None:
    """By edges and by cutting corners off, the same planes: each a side, not only touched."""
    random = Random(f"{parties} {shares}")
    for _ in range(4):
        rows = tuple(tuple(random.randint(0, 9) for _ in range(parties)) for _ in range(shares))
        hull = Hull(Problem(parties, (), (None,) * parties, shares=rows))
        view = single_view(hull)
        assert view is not None
        planes = beyond(hull, view, range(parties))
        cut = solid(hull, view, (), lambda: None)
        assert planes is not None
        assert cut is not None
        sides = {normed({i: -w for i, w in enumerate(s[:-1])}, s[-1]) for s in cut.sides()}
        assert {normed(link.weights, link.least) for link in planes} == sides


def normed(weights: Mapping[int, Number], least: Number) -> tuple[tuple[int, Fraction], ...]:
    """Return a condition without regard to its unit."""
    unit = sum(map(F, weights.values()))
    return (*((i, F(w) / unit) for i, w in sorted(weights.items()) if w), (-1, F(least) / unit))
