"""The filter keeps exactly the rows that no other row beats, equal rows together."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import numpy as np
import pytest

from hikiwake.solvers.merging.undominated import undominated

Rows = list[tuple[int, ...]]


def naive(rows: Rows) -> dict[tuple[int, ...], list[int]]:
    """Return the undominated points by their definition, each with the rows that have it."""
    kept = {
        row
        for row in rows
        if not any(
            other != row and all(o >= r for o, r in zip(other, row, strict=True)) for other in rows
        )
    }
    return {row: [place for place, other in enumerate(rows) if other == row] for row in kept}


def filtered(rows: Rows, columns: int, dtype: type = np.int64) -> dict[tuple[int, ...], list[int]]:
    """Return the same by the filter, and check how its answer is laid out."""
    table = np.array(rows, dtype=dtype).reshape(len(rows), columns)
    members, starts = undominated(table)
    groups = [members[a:b].tolist() for a, b in pairwise(starts)]
    points = [tuple(int(u) for u in table[group[0]]) for group in groups]
    assert (starts[0], starts[-1]) == (0, len(members))
    assert all(group for group in groups)
    assert [p[0] for p in points if p] == sorted((p[0] for p in points if p), reverse=True)
    assert len(set(points)) == len(points)
    return {point: sorted(group) for point, group in zip(points, groups, strict=True)}


def test_two_columns_leave_a_staircase() -> None:
    """Of five points in the plane the two that are beaten go, a point equal in one column too."""
    rows: Rows = [(1, 5), (3, 3), (2, 2), (3, 1), (5, 0)]
    assert filtered(rows, 2) == {(5, 0): [4], (3, 3): [1], (1, 5): [0]}


def test_three_columns_keep_what_is_best_for_somebody_together() -> None:
    """(2, 2, 2) goes for (2, 2, 3); the four others each beat all others for somebody."""
    rows: Rows = [(2, 2, 2), (2, 2, 3), (3, 0, 0), (0, 3, 0), (1, 2, 4)]
    assert set(filtered(rows, 3)) == {(2, 2, 3), (3, 0, 0), (0, 3, 0), (1, 2, 4)}


def test_equal_rows_stay_together() -> None:
    """Every copy of an undominated row is kept, and none of a dominated one."""
    rows: Rows = [(1, 2), (0, 0), (2, 1), (1, 2), (0, 0), (1, 2)]
    assert filtered(rows, 2) == {(1, 2): [0, 3, 5], (2, 1): [2]}


def test_one_column_keeps_the_largest() -> None:
    """With one party only its best rows stay."""
    assert filtered([(3,), (7,), (1,), (7,)], 1) == {(7,): [1, 3]}


def test_without_columns_all_rows_are_equal() -> None:
    """Where nobody is asked nothing beats anything: one point, with every row."""
    assert filtered([(), (), ()], 0) == {(): [0, 1, 2]}


@pytest.mark.parametrize("columns", [0, 1, 2, 3, 4])
@pytest.mark.parametrize("dtype", [np.int64, object])
def test_no_rows_leave_no_rows(columns: int, dtype: type) -> None:
    """Nothing in, nothing out, whatever the number of parties."""
    members, starts = undominated(np.zeros((0, columns), dtype=dtype))
    assert (len(members), starts.tolist()) == (0, [0])


@pytest.mark.parametrize("columns", [2, 3, 4])
def test_integers_beyond_64_bits_are_compared_exactly(columns: int) -> None:
    """2**70 + 1 beats 2**70, which as floats would be equal."""
    tail = (0,) * (columns - 2)
    rows: Rows = [(2**70, 5, *tail), (2**70 + 1, 5, *tail), (-(2**80), 6, *tail)]
    assert set(filtered(rows, columns, object)) == {rows[1], rows[2]}


@pytest.mark.parametrize("columns", [1, 2, 3, 4])
@pytest.mark.parametrize("largest", [2, 9, 10**6])
@pytest.mark.parametrize("count", [7, 60])
def test_a_small_table_is_filtered_as_by_definition(columns: int, largest: int, count: int) -> None:
    """On random rows, with few and with many ties, the filter agrees with the definition."""
    random = Random(f"{columns} {largest} {count}")
    for _ in range(8):
        rows: Rows = [
            tuple(random.randint(-largest, largest) for _ in range(columns)) for _ in range(count)
        ]
        expected = naive(rows)
        assert filtered(rows, columns) == expected
        assert filtered(rows, columns, object) == expected


@pytest.mark.parametrize("columns", [2, 3, 4, 5])
@pytest.mark.parametrize("offset", [0, 2**53, 2**61])
def test_a_large_table_is_filtered_as_by_definition(columns: int, offset: int) -> None:
    """600 rows that differ by little, next to integers that no float holds, are filtered alike."""
    random = Random(f"{columns} {offset}")
    rows: Rows = [tuple(offset + random.randint(0, 12) for _ in range(columns)) for _ in range(600)]
    expected = naive(rows)
    assert 1 <= len(expected) < 600
    assert filtered(rows, columns) == expected


@pytest.mark.parametrize("columns", [3, 4])
def test_a_large_table_beyond_64_bits_is_filtered_as_by_definition(columns: int) -> None:
    """Python's own integers, one apart at 2**90, are told apart among hundreds of rows."""
    random = Random(columns)
    rows: Rows = [tuple(2**90 + random.randint(0, 9) for _ in range(columns)) for _ in range(400)]
    assert filtered(rows, columns, object) == naive(rows)


def test_a_large_table_in_which_nothing_is_beaten_stays_whole() -> None:
    """A thousand points whose coordinates sum to the same are all kept, in three columns."""
    random = Random(5)
    pairs = [(random.randint(0, 999), random.randint(0, 999)) for _ in range(1_000)]
    rows: Rows = [(a, b, -a - b) for a, b in pairs]
    assert sum(len(group) for group in filtered(rows, 3).values()) == 1_000
