"""Regions: extremes, corners, the middle and walks, beside all corners by their definition."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from hikiwake.solvers.regions import Conflict, Limit, Region, Walk, centre, corners, parts_of, reach
from hikiwake.solvers.regions.walk import directions
from tests.support.vertices import Wall, vertices

F = Fraction


def region(low: list[int], high: list[int], *limits: tuple[list[int], int]) -> Region:
    inside = tuple(Limit(tuple(map(F, weights)), F(most)) for weights, most in limits)
    return Region(tuple(map(F, low)), tuple(map(F, high)), inside)


def order(size: int, top: int) -> Region:
    """Return numbers from 0 to ``top``, none above the one before."""
    lines = [[(j == n + 1) - (j == n) for j in range(size)] for n in range(size - 1)]
    return region([0] * size, [top] * size, *((line, 0) for line in lines))


def drawn(seed: int) -> Region:
    """Return a region of two or three coordinates with up to three limits, perhaps an equation."""
    random = Random(seed)
    size = random.randint(2, 3)
    low = [random.randint(-5, 5) for _ in range(size)]
    high = [least + random.randint(0, 9) for least in low]
    inner = [random.randint(a, b) for a, b in zip(low, high, strict=True)]
    limits: list[tuple[list[int], int]] = []
    for _ in range(random.randint(1, 3)):
        weights = [random.randint(-3, 3) for _ in range(size)]
        at = sum(w * x for w, x in zip(weights, inner, strict=True))
        limits.append((weights, at + random.randint(0, 4)))
        if random.random() < 0.25:
            limits += [(weights, at), ([-w for w in weights], -at)]
    return region(low, high, *limits)


def walls(one: Region) -> list[Wall]:
    return [(tuple(-w for w in weights), constant) for weights, constant in one.walls()]


@pytest.mark.parametrize("seed", range(20))
def test_corners_are_those_of_the_definition(seed: int) -> None:
    """Coordinate by coordinate, the same corners are found as by letting all walls meet."""
    one = drawn(seed)
    found = corners(one)
    assert found is not None
    assert len(set(found)) == len(found)
    assert set(found) == vertices(walls(one))


@pytest.mark.parametrize("seed", range(20))
def test_a_line_reaches_its_most_at_a_corner_and_proves_it(seed: int) -> None:
    """The most is that of all corners, and the multipliers show that nothing is beyond it."""
    one, random = drawn(seed), Random(seed)
    known = vertices(walls(one))
    for _ in range(4):
        line = [random.randint(-4, 4) for _ in one.low]
        found = reach(one, line)
        each = [sum(w * x for w, x in zip(line, c, strict=True)) for c in known]
        assert found.value == max(each)
        assert sum(w * x for w, x in zip(line, found.point, strict=True)) == found.value
        rest, shown = [F(w) for w in line], F(0)
        for limit, multiplier in zip(one.limits, found.multipliers, strict=True):
            assert multiplier >= 0
            shown += multiplier * limit.most
            rest = [r - multiplier * w for r, w in zip(rest, limit.weights, strict=True)]
        ends = zip(rest, one.low, one.high, strict=True)
        assert shown + sum(max(r * low, r * high) for r, low, high in ends) == found.value


def test_the_middle_by_hand() -> None:
    """Of ranges their middles, of an order evenly spaced, of a sum the same part of each range."""
    assert centre(region([0, 4], [10, 6])) == (5, 5)
    assert centre(order(3, 60)) == (45, 30, 15)
    total = region([0, 0, 0], [10, 20, 30], ([1, 1, 1], 30), ([-1, -1, -1], -30))
    assert centre(total) == (5, 10, 15)
    assert centre(region([0, 0], [10, 10], ([1, 1], 15))) == (F(30, 7), F(30, 7))


@pytest.mark.parametrize("seed", range(12))
def test_the_middle_is_inside_and_hangs_on_no_order(seed: int) -> None:
    """It keeps every wall; coordinates and limits written the other way round, it is the same."""
    one = drawn(seed)
    found = centre(one)
    assert all(
        sum(w * x for w, x in zip(weights, found, strict=True)) <= most
        for weights, most in walls(one)
    )
    limits = tuple(Limit(limit.weights[::-1], limit.most) for limit in reversed(one.limits))
    assert centre(Region(one.low[::-1], one.high[::-1], limits)) == found[::-1]


def test_the_middle_touches_only_walls_that_all_points_touch() -> None:
    """Where it lies on a wall, every corner does: it is as far inside as can be."""
    for seed in range(12):
        one = drawn(seed)
        found, each = centre(one), vertices(walls(one))
        for weights, most in walls(one):
            if sum(w * x for w, x in zip(weights, found, strict=True)) == most:
                assert all(
                    sum(w * x for w, x in zip(weights, c, strict=True)) == most for c in each
                )


def test_a_conflict_names_no_limit_too_many() -> None:
    """x + y ≤ 3, x ≥ 2, y ≥ 2 conflict; x ≤ 9 has nothing to do with it."""
    one = region([0, 0], [9, 9], ([1, 0], 9), ([1, 1], 3), ([-1, 0], -2), ([0, -1], -2))
    for ask in (lambda: reach(one, [1, 0]), lambda: centre(one)):
        with pytest.raises(Conflict) as caught:
            ask()
        assert caught.value.limits == (1, 2, 3)
    assert corners(one) == []


def test_very_many_corners_are_not_listed() -> None:
    """Twenty numbers with a given sum have too many corners; how far a line reaches is exact."""
    ones = [1] * 20
    one = region([0] * 20, [10] * 20, (ones, 100), ([-1] * 20, -100))
    assert corners(one) is None
    assert reach(one, list(range(20))).value == 10 * sum(range(10, 20))
    assert centre(one) == (5,) * 20


def test_parts_are_what_limits_link() -> None:
    """A number links nothing, and a limit on numbers alone is a part without coordinates."""
    spans = [(F(0), F(9)), (F(3), F(3)), (F(0), F(9)), (F(0), F(9))]
    limits = [
        ({0: F(1), 1: F(1)}, F(8)),
        ({1: F(1), 2: F(1)}, F(8)),
        ({1: F(1)}, F(3)),
        ({2: F(1), 3: F(-1)}, F(0)),
    ]
    found = parts_of(spans, limits)
    assert [(part.places, part.limits) for part in found] == [
        ((0,), (0,)),
        ((2, 3), (1, 3)),
        ((), (2,)),
    ]
    assert found[0].region.limits == (Limit((F(1),), F(5)),)
    assert found[2].region.limits == (Limit((), F(0)),)


def test_a_walk_stays_inside_and_comes_everywhere_alike() -> None:
    """In a triangle a quarter of the draws lie in each of four triangles alike; none outside."""
    triangle = region([0, 0], [8, 8], ([1, 1], 8))
    walk, parts = Walk(triangle, Random(5)), [0, 0, 0, 0]
    for _ in range(600):
        x, y = walk.draw()
        assert x >= 0
        assert y >= 0
        assert x + y <= 8
        parts[0 if x >= 4 else 1 if y >= 4 else 2 if x + y <= 4 else 3] += 1
    assert all(110 < part < 190 for part in parts), parts


def test_a_walk_keeps_equations() -> None:
    """With a given sum, every point that is drawn has it, and all numbers move."""
    one = region([0, 0, 0], [9, 9, 9], ([1, 1, 1], 12), ([-1, -1, -1], -12))
    walk = Walk(one, Random(1))
    found = [walk.draw() for _ in range(50)]
    assert all(sum(point) == 12 for point in found)
    assert all(len({point[j] for point in found}) > 20 for j in range(3))
    assert directions([(F(1), F(1), F(1))], 3) == [(-1, 1, 0), (-1, 0, 1)]


def test_a_walk_of_one_point_stays_there() -> None:
    """Where nothing can move, the same point is drawn again."""
    one = region([0, 0], [4, 4], ([1, 1], 0))
    assert Walk(one, Random(0)).draw() == (0, 0)
