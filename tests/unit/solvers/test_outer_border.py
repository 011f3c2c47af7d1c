"""The outer border of falling chains: exactly the points that nothing on any chain betters."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest

from hikiwake.solvers.envelope import Border, Edge, Vector, border_of

F = Fraction
Corners = list[tuple[int, int]]


def border(*chains: Corners) -> Border:
    """Return the border of chains of whole corners, each from its largest u."""
    return border_of([[(F(u), F(v)) for u, v in chain] for chain in chains])


def edges(*chains: Corners) -> list[tuple[tuple[Fraction, ...], tuple[Fraction, ...], bool, bool]]:
    """Return the edges of a border as plain tuples."""
    return [(e.first, e.second, e.first_closed, e.second_closed) for e in border(*chains).edges]


def test_no_chains_have_no_border() -> None:
    """Where nothing is possible nothing is undominated."""
    assert len(border()) == 0


def test_a_single_point_is_its_own_border() -> None:
    """A point is an edge with equal ends, both closed."""
    assert edges([(3, 4)]) == [((3, 4), (3, 4), True, True)]


def test_a_chain_alone_keeps_all_its_edges() -> None:
    """A chain of three corners has two edges, listed from the smallest u, all ends closed."""
    assert edges([(6, 0), (4, 4), (0, 6)]) == [
        ((4, 4), (0, 6), True, True),
        ((6, 0), (4, 4), True, True),
    ]


def test_corners_on_one_line_are_one_edge() -> None:
    """Where a chain goes straight on through a corner, the corner is no end."""
    assert edges([(6, 0), (4, 2), (0, 6)]) == [((6, 0), (0, 6), True, True)]


def test_a_dominated_chain_leaves_nothing() -> None:
    """A chain that lies below another one adds no edge, wherever it is in the list."""
    outer: Corners = [(6, 0), (0, 6)]
    assert edges(outer, [(3, 1), (1, 3)]) == edges([(3, 1), (1, 3)], outer) == edges(outer)


def test_identical_chains_count_once() -> None:
    """The same chain three times has the border of one."""
    chain: Corners = [(6, 0), (4, 4), (0, 6)]
    assert edges(chain, chain, chain) == edges(chain)


def test_chains_that_cross_change_places() -> None:
    """A flat and a steep chain cross at (2, 4): each is the border on its side."""
    steep, flat = [(3, 0), (0, 12)], [(8, 1), (0, 5)]
    assert edges(steep, flat) == [
        ((2, 4), (0, 12), True, True),
        ((8, 1), (2, 4), True, True),
    ]


def test_a_point_may_cut_into_a_chain() -> None:
    """(3, 4) betters the chain from u = 2 up to 3: there an edge ends open, and begins anew."""
    assert edges([(6, 0), (0, 6)], [(3, 4)]) == [
        ((2, 4), (0, 6), False, True),
        ((3, 4), (3, 4), True, True),
        ((6, 0), (3, 3), True, False),
    ]


def test_a_point_on_a_chain_changes_nothing() -> None:
    """A point that lies on an edge neither splits it nor is listed apart."""
    assert edges([(6, 0), (0, 6)], [(3, 3)]) == edges([(6, 0), (0, 6)])


def test_level_gaps_leave_the_better_end() -> None:
    """Across a gap nothing stands, and an end level with what lies right of it is open."""
    assert edges([(9, 0), (6, 3)], [(5, 3), (0, 8)]) == [
        ((5, 3), (0, 8), False, True),
        ((9, 0), (6, 3), True, True),
    ]
    assert edges([(9, 0), (6, 3)], [(5, 4), (0, 9)]) == [
        ((5, 4), (0, 9), True, True),
        ((9, 0), (6, 3), True, True),
    ]


def test_an_end_right_below_another_is_open() -> None:
    """At one u only the higher v stands: the edge that begins lower begins open there."""
    assert edges([(9, 0), (5, 3)], [(5, 4), (0, 9)]) == [
        ((5, 4), (0, 9), True, True),
        ((9, 0), (5, 3), True, False),
    ]


def test_points_alone_make_a_staircase() -> None:
    """Of four points the dominated one goes, level or not."""
    assert edges([(1, 5)], [(3, 3)], [(3, 2)], [(2, 3)]) == [
        ((1, 5), (1, 5), True, True),
        ((3, 3), (3, 3), True, True),
    ]


def test_an_edge_knows_its_line() -> None:
    """A point lies on the line through both ends or it does not, exactly."""
    edge = Edge((F(6), F(0)), (F(0), F(2)))
    assert edge.holds((F(1), F(5, 3)))
    assert not edge.holds((F(1), F(5, 3) + F(1, 10**30)))


def best_v(chain: list[Vector], u: Fraction) -> Fraction | None:
    """Return the largest v that a chain has together with at least u, by its definition."""
    if u > chain[0][0]:
        return None
    for (u0, v0), (u1, v1) in pairwise(chain):
        if u1 < u <= u0:
            return v0 + (v1 - v0) * (u0 - u) / (u0 - u1)
    return chain[-1][1]


def undominated(chains: list[list[Vector]], point: Vector) -> bool:
    """Tell whether no point of any chain is better in one coordinate and as good in the other."""
    turned = [[(v, u) for u, v in reversed(chain)] for chain in chains]
    up = [v for chain in chains if (v := best_v(chain, point[0])) is not None]
    right = [u for chain in turned if (u := best_v(chain, point[1])) is not None]
    return max(up) == point[1] and max(right) == point[0]


def stands(found: Border, point: Vector) -> bool:
    """Tell whether a point belongs to some edge of a border, open ends not."""
    for edge in found.edges:
        if edge.second[0] <= point[0] <= edge.first[0] and edge.holds(point):
            at_open_end = (point == edge.first and not edge.first_closed) or (
                point == edge.second and not edge.second_closed
            )
            if point[1] >= edge.first[1] and not at_open_end:
                return True
    return False


def random_chain(random: Random, largest: int) -> list[Vector]:
    """Return a falling concave chain, a point now and then."""
    steps = [
        (random.randint(1, largest), random.randint(1, largest))
        for _ in range(random.choice([0, 1, 1, 2, 3]))
    ]
    steps.sort(key=lambda step: F(step[1], step[0]), reverse=True)
    u, v = F(random.randint(0, 3 * largest)), F(random.randint(0, 3 * largest))
    chain = [(u, v)]
    for fall, rise in steps:
        u, v = u - fall, v + rise
        chain.append((u, v))
    return chain


def samples(chains: list[list[Vector]], found: Border) -> set[Vector]:
    """Return corners, points along every chain, and the ends and middles of every edge."""
    points = {corner for chain in chains for corner in chain}
    for edge in found.edges:
        middle = tuple((a + b) / 2 for a, b in zip(edge.first, edge.second, strict=True))
        points |= {(u, v) for u, v in (edge.first, edge.second, middle)}
    us = sorted({u for u, _ in points})
    us += [(a + b) / 2 for a, b in pairwise(us)]
    for chain in chains:
        points |= {
            (u, v)
            for u in us
            if chain[-1][0] <= u <= chain[0][0] and (v := best_v(chain, u)) is not None
        }
    return points


@pytest.mark.parametrize("largest", [2, 5, 30])
@pytest.mark.parametrize("count", [1, 2, 3, 6])
def test_the_border_is_what_its_definition_says(largest: int, count: int) -> None:
    """A point of random chains stands on the border exactly if nothing on any chain betters it."""
    random = Random(f"{largest} {count}")
    for _ in range(25):
        chains = [random_chain(random, largest) for _ in range(count)]
        found = border_of(chains)
        for point in samples(chains, found):
            assert stands(found, point) == undominated(chains, point), (chains, point)


@pytest.mark.parametrize("count", [3, 7])
def test_edges_rise_and_never_overlap(count: int) -> None:
    """Edges come in rising u, each falls, and none goes straight on where the last one ended."""
    random = Random(count)
    for _ in range(40):
        found = border_of([random_chain(random, 4) for _ in range(count)])
        for edge in found.edges:
            falls = edge.second[0] < edge.first[0] and edge.second[1] > edge.first[1]
            assert falls or (edge.first == edge.second and edge.first_closed)
        for left, right in pairwise(found.edges):
            assert left.first[0] <= right.second[0]
            assert left.first[1] >= right.second[1]
            joined = left.first == right.second
            level = left.holds(right.first) and right.holds(left.second)
            point = left.first == left.second or right.first == right.second
            assert not (joined and level and not point)


def test_the_order_of_chains_does_not_matter() -> None:
    """However the chains are listed, the border is the same."""
    random = Random(9)
    for _ in range(40):
        chains = [random_chain(random, 4) for _ in range(5)]
        shuffled = random.sample(chains, len(chains))
        assert border_of(chains) == border_of(shuffled)
