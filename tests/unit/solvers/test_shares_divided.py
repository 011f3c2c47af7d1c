"""Shares between two parties: the frontier is where no division of any package can be bettered."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from hikiwake.errors import TooLarge
from hikiwake.solvers import Problem, linear
from hikiwake.solvers.linear import Divided, Edge, divisions
from hikiwake.solvers.problem import Clause
from tests.unit.solvers.random_problems import problem, worth

F = Fraction
Point = tuple[Fraction, Fraction]
NO_FLOORS = (None, None)


def shares(*worths: tuple[int, int], **more: object) -> Divided:
    """Return the frontier of a problem of shares alone."""
    parts: dict[str, object] = {"parties": 2, "points": (), "floors": (0, 0), "shares": worths}
    return linear.pareto(Problem(**(parts | more)))  # pyright: ignore[reportArgumentType]


def ends(divided: Divided) -> list[tuple[tuple[Fraction, ...], tuple[Fraction, ...]]]:
    """Return both ends of every edge."""
    return [(edge.first, edge.second) for edge in divided.border.edges]


def ways(divided: Divided, point: Point) -> tuple[list[dict[int, Fraction]], bool]:
    """Return all divisions found behind a point, and whether there are more."""
    found: list[dict[int, Fraction]] = []
    infinite = False
    for cell, row in divided.behind(point):
        some, more = divisions(cell, row, point)
        found += some
        infinite = infinite or more
    return found, infinite


def test_one_share_is_one_edge() -> None:
    """What is worth 30 to one and 60 to the other runs straight from (30, 0) to (0, 60)."""
    divided = shares((30, 60))
    assert ends(divided) == [((30, 0), (0, 60))]
    assert ways(divided, (F(10), F(40))) == ([{0: F(1, 3)}], False)


def test_shares_are_handed_over_in_the_order_of_their_ratios() -> None:
    """Of 10 for 10 and 10 for 40 the second goes first: (20, 0), (10, 40), (0, 50)."""
    divided = shares((10, 10), (10, 40))
    assert ends(divided) == [((10, 40), (0, 50)), ((20, 0), (10, 40))]
    assert ways(divided, (F(15), F(20))) == ([{0: F(1), 1: F(1, 2)}], False)


def test_house_whole_and_savings_divided() -> None:
    """House 55 / 40 whole, savings 45 / 60: an edge above, then one that begins behind a gap."""
    divided = linear.pareto(Problem(2, (((55, 0), (0, 40)),), (0, 0), shares=((45, 60),)))
    assert divided.border.edges == (
        Edge((F(30), F(60)), (F(0), F(100)), first_closed=False),
        Edge((F(100), F(0)), (F(55), F(60))),
    )
    even = (F(400, 7), F(400, 7))
    assert ways(divided, even) == ([{0: F(1, 21)}], False)


def test_a_share_that_only_one_side_wants_goes_to_it() -> None:
    """Worth 7 to the first and nothing to the second, it is no matter for exchange."""
    divided = shares((7, 0), (0, 5))
    assert ends(divided) == [((7, 5), (7, 5))]
    assert ways(divided, (F(7), F(5))) == ([{0: F(1), 1: F(0)}], False)


def test_a_burden_goes_where_it_weighs_nothing() -> None:
    """What costs the first 7 and the second nothing is taken by the second, and the reverse."""
    divided = shares((-7, 0), (0, -5))
    assert ends(divided) == [((0, 0), (0, 0))]
    assert ways(divided, (F(0), F(0))) == ([{0: F(0), 1: F(1)}], False)


def test_a_burden_on_both_is_exchanged_as_well() -> None:
    """A debt that costs 6 or 3 runs from (0, −3) to (−6, 0)."""
    divided = shares((-6, -3), floors=NO_FLOORS)
    assert ends(divided) == [((0, -3), (-6, 0))]
    assert ways(divided, (F(-2), F(-2))) == ([{0: F(1, 3)}], False)


def test_what_one_wants_and_the_other_dreads_goes_to_the_one() -> None:
    """Worth 4 to the first and −9 to the second: the first has all of it, for both are better."""
    divided = shares((4, -9), floors=NO_FLOORS)
    assert ends(divided) == [((4, 0), (4, 0))]


def test_a_share_that_matters_to_nobody_may_be_divided_at_will() -> None:
    """With a free share there are infinitely many divisions behind every point."""
    divided = shares((10, 20), (0, 0))
    found, infinite = ways(divided, (F(5), F(10)))
    assert infinite
    assert [division[0] for division in found] == [F(1, 2)]


def test_shares_of_one_ratio_are_interchangeable() -> None:
    """Two equal shares and 3 of 4 points: each may be the one that is split, and more are so."""
    divided = shares((2, 2), (2, 2))
    found, infinite = ways(divided, (F(3), F(1)))
    assert infinite
    assert {tuple(sorted(division.items())) for division in found} == {
        ((0, F(1, 2)), (1, F(1))),
        ((0, F(1)), (1, F(1, 2))),
    }
    assert ways(divided, (F(4), F(0))) == ([{0: F(1), 1: F(1)}], False)


def test_floors_cut_the_edges() -> None:
    """Of an edge from (30, 0) to (0, 60), floors of 10 and 20 leave (20, 20) to (10, 40)."""
    assert ends(shares((30, 60), floors=(10, 20))) == [((20, 20), (10, 40))]
    assert ends(shares((30, 60), floors=(F(10), None))) == [((30, 0), (10, 40))]
    assert ends(shares((30, 60), floors=(15, 30))) == [((15, 30), (15, 30))]
    assert ends(shares((30, 60), floors=(15, 31))) == []


def test_bounds_on_a_share_leave_a_box() -> None:
    """Never less than a third nor more than a half for the first: (15, 30) to (10, 40)."""
    never = (Clause((), ((0, 0, None, F(1, 3)),)), Clause((), ((0, 0, F(1, 2), None),)))
    assert ends(shares((30, 60), never=never)) == [((15, 30), (10, 40))]


def test_a_forbidden_middle_leaves_two_ends() -> None:
    """Never between a third and a half: two edges with a gap, all ends of them closed."""
    never = (Clause((), ((0, 0, F(1, 3), F(1, 2)),)),)
    assert ends(shares((30, 60), never=never)) == [((10, 40), (0, 60)), ((30, 0), (15, 30))]


def test_two_bounds_in_one_clause_need_one_of_them() -> None:
    """Never both under a half at once: what is left is the union of two boxes."""
    never = (Clause((), ((0, 0, None, F(1, 2)), (1, 0, None, F(1, 2)))),)
    assert ends(shares((10, 10), (10, 10), never=never, floors=NO_FLOORS)) == [((20, 0), (5, 15))]


def test_a_rule_that_always_holds_leaves_nothing() -> None:
    """A clause without conditions forbids every division."""
    assert len(shares((1, 1), never=(Clause(()),)).border) == 0


def test_a_package_on_two_touching_cells_is_found_behind_both() -> None:
    """Cells that touch at a bound both hold it, with one and the same division."""
    never = (Clause((), ((0, 0, F(1, 2), F(1, 2)),)),)
    divided = shares((30, 60), never=never)
    assert len(divided.cells) == 2
    found, infinite = ways(divided, (F(15), F(30)))
    assert (found, infinite) == ([{0: F(1, 2)}] * 2, False)


def test_options_decide_which_bounds_hold() -> None:
    """Only with the first option may the first party not have more than half of the share."""
    never = (Clause(((0, frozenset({0})),), ((0, 0, F(1, 2), None),)),)
    divided = linear.pareto(Problem(2, (((5, 0), (0, 0)),), NO_FLOORS, never, shares=((10, 10),)))
    assert ends(divided) == [((10, 5), (5, 10))]


@pytest.mark.parametrize("count", [1, 2])
def test_no_division_betters_the_frontier(count: int) -> None:
    """On a fine grid of all packages each acceptable one is matched or bettered by the frontier."""
    random = Random(f"complete {count}")
    grid = [F(n, 12) for n in range(13)] if count == 1 else [F(n, 8) for n in range(9)]
    seen = 0
    for _ in range(60):
        the_problem = problem(random, 2, shares=count)
        edges = linear.pareto(the_problem).border.edges
        for decision in product(*(range(len(o)) for o in the_problem.points)):
            for parts in product(grid, repeat=count):
                point = worth(the_problem, decision, parts)
                if point is not None:
                    seen += 1
                    assert any(_matches(edge, (point[0], point[1])) for edge in edges)
    assert seen > 500


def _matches(edge: Edge, point: Point) -> bool:
    """Tell whether some point of an edge is at least as good for both."""
    (u0, v0), (u1, v1) = edge.first, edge.second
    if u0 < point[0] or v1 < point[1]:
        return False
    if u1 >= point[0] or u0 == u1:
        return True
    return v0 + (v1 - v0) * (u0 - point[0]) / (u0 - u1) >= point[1]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_every_point_of_the_frontier_can_be_had(count: int) -> None:
    """Behind ends and middles of edges stand packages that keep every rule and give just that."""
    random = Random(f"sound {count}")
    seen = 0
    for _ in range(80):
        the_problem = problem(random, 2, shares=count)
        divided = linear.pareto(the_problem)
        for edge in divided.border.edges:
            for way in (F(0), F(1, 3), F(1)):
                u, v = (a + way * (b - a) for a, b in zip(edge.first, edge.second, strict=True))
                assert _had(the_problem, divided, (u, v)) > 0
                seen += 1
    assert seen > 100


def _had(the_problem: Problem, divided: Divided, point: Point) -> int:
    """Count the packages behind a point, each of which must be worth just that."""
    packages: set[tuple[object, ...]] = set()
    for cell, row in divided.behind(point):
        for division in divisions(cell, row, point)[0]:
            parts = tuple(division[s] for s in range(len(the_problem.shares)))
            assert all(0 <= part <= 1 for part in parts)
            for decision in cell.whole.decisions(row):
                assert worth(the_problem, decision, parts) == point
                packages.add((decision, parts))
    return len(packages)


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Conditions that cut the shares into more boxes than the bound are refused (H18)."""
    never = tuple(Clause((), ((s, 0, F(1, 3), F(2, 3)),)) for s in range(3))
    assert len(shares((1, 1), (1, 2), (1, 3), never=never).cells) == 8
    monkeypatch.setattr(linear, "MAX_CELLS", 7)
    with pytest.raises(TooLarge, match="cells"):
        shares((1, 1), (1, 2), (1, 3), never=never)


def test_too_many_edges_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chains with more edges in all than the bound are refused (H18)."""
    monkeypatch.setattr(linear, "MAX_EDGES", 2)
    assert len(shares((1, 1)).border) == 1
    with pytest.raises(TooLarge, match="3 edges"):
        shares((1, 1), (1, 2))
