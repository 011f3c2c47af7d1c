"""Borders between two parties: the same whether or not linear programs are spared."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import accumulate, pairwise
from random import Random

import pytest

from hikiwake.solvers import Problem
from hikiwake.solvers.hulls import Frame, Hull, border, floors
from hikiwake.solvers.hulls.chain import Apart
from hikiwake.solvers.problem import Balance, Side, Slope
from tests.unit.solvers.random_problems import problem

F = Fraction


def with_a_curve(given: Problem, corners: list[tuple[int, int]]) -> Problem:
    """Return a problem with one more issue, an amount whose worths run straight between corners."""
    changes = tuple((x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(corners))
    points = (*given.points, tuple(corners[:-1]))
    return replace(given, points=points, slopes=(Slope(len(given.points), changes),))


def with_sides(random: Random, given: Problem) -> Problem:
    """Return a problem in which the parties' points for some issues are about the same."""
    some = frozenset(random.sample(range(len(given.points)), random.randint(1, len(given.points))))
    sides = tuple(Side(i, some, frozenset(), frozenset()) for i in range(2))
    apart = F(random.randint(-9, 3))
    balances = (Balance(((0, F(1)), (1, F(-1))), apart), Balance(((0, F(-1)), (1, F(1))), apart))
    return replace(given, sides=sides, balances=balances)


def curve(random: Random) -> list[tuple[int, int]]:
    """Return the corners of a curve that bends both ways, between more cells than are few."""
    xs = accumulate(random.randint(-1, 3) for _ in range(random.choice([2, 5, 9])))
    return [(x, random.randint(-2, 9) - x) for x in xs]


@pytest.mark.parametrize("seed", range(40))
def test_a_border_is_as_by_programs_alone(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Floors, sides, bounds and curves or not: each part by itself gives no other border."""
    random = Random(seed)
    given = problem(random, 2, shares=random.randint(0, 2))
    if random.random() < 0.7:
        given = with_a_curve(given, curve(random))
    if given.points and random.random() < 0.4:
        given = with_sides(random, given)
    least = {i: floor for i, floor in enumerate(given.floors) if floor is not None}
    hull = Hull(given)
    kept = (*floors(least), *hull.balances())
    found = border(hull, kept)
    monkeypatch.setattr(Apart, "best", lambda *_: None)
    assert found == border(hull, kept)


def test_a_curve_takes_no_program_where_its_ends_keep_every_floor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A hundred pieces of a curve that bends one way: each is looked at once, by sums alone."""
    looked: list[Frame] = []
    monkeypatch.setattr(Frame, "best", lambda frame, *_: looked.append(frame))
    corners = [(j * (200 - j), 100 - j) for j in range(101)]
    given = with_a_curve(Problem(2, (), (0, 0)), corners)
    edges = border(Hull(given), floors({0: 0, 1: 0}))
    assert [edges[0].second, *(edge.first for edge in edges)] == corners
    assert not looked
