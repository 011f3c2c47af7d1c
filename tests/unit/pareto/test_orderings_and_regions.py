"""Orderings and regions, on points and along straight edges."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from hikiwake.pareto import (
    LexicographicMinimum,
    Measure,
    Minimum,
    Ordering,
    Product,
    Region,
    Total,
)
from hikiwake.pareto.fronts.edges import Edges
from hikiwake.pareto.fronts.points import Points
from hikiwake.solvers import Problem, brute_force, linear

F = Fraction
LEXICOGRAPHIC, MINIMUM, TOTAL, PRODUCT = LexicographicMinimum(), Minimum(), Total(), Product()
ALL: tuple[Ordering, ...] = (LEXICOGRAPHIC, MINIMUM, TOTAL, PRODUCT)
PLAIN = Measure((0, 1), (0, 0), (1, 1))


def best(ordering: Ordering, *rows: tuple[int, ...]) -> list[int]:
    """Return the places of the best rows."""
    return ordering.best_rows(np.array(rows).reshape(len(rows), -1)).tolist()


def way(start: tuple[int, int], end: tuple[int, int], ordering: Ordering) -> list[Fraction]:
    """Return where between two points a best one may lie."""
    return list(ordering.peaks((F(start[0]), F(start[1])), (F(end[0]), F(end[1]))))


def test_the_lexicographic_minimum_goes_on_where_minima_are_equal() -> None:
    """Of (2, 5, 9), (9, 2, 6) and (3, 3, 3) the last; of the first two the one with 6 next."""
    assert best(LEXICOGRAPHIC, (2, 5, 9), (9, 2, 6), (3, 3, 3)) == [2]
    assert best(LEXICOGRAPHIC, (2, 5, 9), (9, 2, 6)) == [1]
    assert best(LEXICOGRAPHIC, (2, 5, 9), (9, 5, 2)) == [0, 1]


def test_the_minimum_stops_at_the_smallest_value() -> None:
    """(2, 5, 9) and (9, 2, 6) are equally good by their smallest value."""
    assert best(MINIMUM, (2, 5, 9), (9, 2, 6), (1, 9, 9)) == [0, 1]


def test_the_total_is_a_sum() -> None:
    """16 and 17: the second, whoever has it."""
    assert best(TOTAL, (2, 5, 9), (17, 0, 0)) == [1]
    assert best(TOTAL, (2, 5), (5, 2), (3, 3)) == [0, 1]


def test_the_product_first_lets_as_many_gain_as_can() -> None:
    """(1, 1) goes before (99, 0); where all gain the product decides, and then the least."""
    assert best(PRODUCT, (1, 1), (99, 0)) == [0]
    assert best(PRODUCT, (4, 4), (2, 9), (9, 2)) == [1, 2]
    assert best(PRODUCT, (3, 4, 1), (2, 2, 3)) == [1]
    assert best(PRODUCT, (0, 8), (0, 9)) == [1]


def test_a_product_larger_than_64_bits_is_exact() -> None:
    """(2**40 + 1) · 2**40 is more than 2**40 · 2**40, though neither fits a machine word."""
    assert best(PRODUCT, (2**40, 2**40), (2**40 + 1, 2**40)) == [1]
    assert best(PRODUCT, (2**40, 2**40), (2**40 + 1, 2**40 - 1)) == [0]


@pytest.mark.parametrize("ordering", ALL)
def test_where_nobody_is_compared_all_points_are_equally_good(ordering: Ordering) -> None:
    """Without any value to compare by every row is best."""
    assert ordering.best_rows(np.zeros((3, 0), dtype=np.int64)).tolist() == [0, 1, 2]


@pytest.mark.parametrize("ordering", ALL)
@pytest.mark.parametrize("parties", [1, 2, 3])
def test_rows_and_keys_tell_the_same(ordering: Ordering, parties: int) -> None:
    """The rows found best are just those whose key is largest, on many random tables."""
    random = Random(parties)
    for _ in range(60):
        rows = [tuple(random.randint(0, 5) for _ in range(parties)) for _ in range(9)]
        keys = [ordering.key([F(value) for value in row]) for row in rows]
        assert best(ordering, *rows) == [n for n, key in enumerate(keys) if key == max(keys)]


def test_minima_peak_where_values_meet() -> None:
    """From (4, 0) to (0, 4) both have 2 half way; from (4, 0) to (3, 1) they never meet."""
    for ordering in (LEXICOGRAPHIC, MINIMUM):
        assert way((4, 0), (0, 4), ordering) == [F(1, 2)]
        assert way((3, 0), (0, 6), ordering) == [F(1, 3)]
        assert way((4, 0), (3, 1), ordering) == []
        assert way((2, 2), (0, 4), ordering) == []


def test_a_product_peaks_where_its_slope_is_nothing() -> None:
    """From (4, 0) to (0, 4) half way; from (10, 1) to (4, 2) the product only falls."""
    assert way((4, 0), (0, 4), PRODUCT) == [F(1, 2)]
    assert way((6, 1), (0, 4), PRODUCT) == [F(1, 3)]
    assert way((10, 1), (9, 2), PRODUCT) == []
    assert way((4, 0), (0, 4), TOTAL) == []


def test_an_edge_is_searched_at_its_peaks_and_ends() -> None:
    """On (30, 0) to (0, 60): equal at 20, the largest product at (15, 30), the sum at (0, 60)."""
    edges = Edges(linear.pareto(Problem(2, (), (0, 0), shares=((30, 60),))))
    assert edges.best(LEXICOGRAPHIC, PLAIN).points == ((20, 20),)
    assert edges.best(MINIMUM, PLAIN).points == ((20, 20),)
    assert edges.best(PRODUCT, PLAIN).points == ((15, 30),)
    assert edges.best(TOTAL, PLAIN).points == ((0, 60),)
    assert (edges.most(0), edges.most(1)) == (30, 60)


def test_an_edge_is_searched_within_a_region() -> None:
    """With 12 at most apart and at least 25 for the second: (17.5, 25) is the most even one."""
    edges = Edges(linear.pareto(Problem(2, (), (0, 0), shares=((30, 60),))))
    region = Region(F(12), (F(0), F(25)))
    assert edges.best(LEXICOGRAPHIC, PLAIN, region).points == ((F(35, 2), 25),)
    assert edges.best(TOTAL, PLAIN, region).points == ((16, 28),)
    assert edges.best(TOTAL, PLAIN, Region(F(0), (F(21), F(0)))).points == ()


def test_an_open_end_is_never_answered() -> None:
    """The limit (30, 60) of an edge is dominated by (55, 60), so nothing is best there."""
    shared = Problem(2, (((55, 0), (0, 40)),), (0, 0), shares=((45, 60),))
    edges = Edges(linear.pareto(shared))
    assert edges.best(LEXICOGRAPHIC, PLAIN, Region(floors=(F(0), F(60)))).points == ((55, 60),)
    without = Region(spread=F(30), floors=(F(0), F(60)))
    assert edges.best(LEXICOGRAPHIC, PLAIN, without).points == ((55, 60),)
    near_it = Measure((0, 1), (0, 30), (1, 1))
    assert edges.best(LEXICOGRAPHIC, near_it, Region(spread=F(10))).points == ()


def test_a_region_holds_its_borders() -> None:
    """At most a fifth apart includes just a fifth; a floor includes itself."""
    region = Region(F(1, 5), (F(1, 2), F(0)))
    assert region.rows(np.array([[50, 70], [50, 71], [49, 50]]), 100).tolist() == [
        True, False, False,
    ]  # fmt: skip


def test_a_region_on_large_integers_is_exact() -> None:
    """At 2**62 one unit more than a third of the scale is outside."""
    third = 2**62
    rows = np.array([[0, third], [0, third + 1]], dtype=object)
    assert Region(F(1, 3)).rows(rows, 3 * third).tolist() == [True, False]


def test_a_region_cuts_an_edge() -> None:
    """From (1, 0) to (0, 1) a half apart is from a quarter to three; a far floor leaves nothing."""
    start, end = (F(1), F(0)), (F(0), F(1))
    assert Region(F(1, 2)).interval(start, end) == (F(1, 4), F(3, 4))
    assert Region(F(1, 2), (F(1, 2), F(0))).interval(start, end) == (F(1, 4), F(1, 2))
    assert Region(F(0)).interval(start, end) == (F(1, 2), F(1, 2))
    assert Region(floors=(F(2), F(0))).interval(start, end) is None
    assert Region(floors=(F(2, 3), F(2, 3))).interval(start, end) is None
    assert Region(F(1, 2)).interval(start, start) is None
    assert Region().interval(start, end) == (0, 1)


def test_a_measure_counts_from_zeros_in_units() -> None:
    """(30, 15) from (10, 5) in units of 40 and 20 is a half for each; the third is left out."""
    measure = Measure((0, 1), (10, 5), (40, 20))
    assert measure.values((30, 15, 99)) == (F(1, 2), F(1, 2))
    integers, scale = measure.integers(np.array([[30, 15, 99], [50, 5, 0]]))
    assert (integers.tolist(), scale) == ([[20, 20], [40, 0]], 40)


def test_a_measure_leaves_64_bits_before_they_overflow() -> None:
    """Units without a common divisor multiply: the values become Python's own integers."""
    measure = Measure((0, 1), (0, 0), (2**40 - 1, 2**40))
    integers, scale = measure.integers(np.array([[2**39, 2**39]]))
    assert scale == 2**40 * (2**40 - 1)
    assert integers.tolist() == [[2**79, 2**39 * (2**40 - 1)]]


def test_a_set_of_points_finds_its_rows() -> None:
    """A point leads back to its row, and the best within a region to the point."""
    options = ((10, 0), (6, 5), (5, 6), (0, 10))
    problem = Problem(2, (options,), (0, 0))
    points = Points(brute_force.pareto(problem), problem)
    assert [points.point(points.row((F(a), F(b)))) for a, b in options] == list(options)
    assert points.best(LEXICOGRAPHIC, PLAIN).points == ((6, 5), (5, 6))
    assert points.best(TOTAL, PLAIN, Region(floors=(F(6), F(0)))).points == ((6, 5),)
    assert points.best(TOTAL, PLAIN, Region(floors=(F(11), F(0)))).points == ()
    assert (len(points), points.most(1)) == (4, 10)
