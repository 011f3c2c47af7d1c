"""Wide integers: two machine words compare and add exactly as Python's own integers do."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hikiwake.solvers.merging.undominated import undominated
from hikiwake.solvers.merging.wide import (
    added,
    at_least,
    fits_wide,
    narrowed,
    order_key,
    ranks,
    widened,
)

LARGE = st.integers(-(2**119), 2**119) | st.integers(-3, 3) | st.just(2**60) | st.just(2**60 + 1)
COLUMNS = st.lists(LARGE, min_size=1, max_size=12)


def table(numbers: list[int]) -> np.ndarray:
    """Return a column of Python's integers."""
    return np.array(numbers, dtype=object).reshape(-1, 1)


@given(COLUMNS)
def test_widening_loses_nothing(numbers: list[int]) -> None:
    """What is widened and narrowed again is the same integers."""
    assert narrowed(widened(table(numbers))).reshape(-1).tolist() == numbers


@given(COLUMNS, LARGE)
def test_sums_carry(numbers: list[int], other: int) -> None:
    """A wide sum is the sum of the integers, whatever their signs."""
    sums = added(widened(table(numbers)), widened(table([other])))
    assert narrowed(sums).reshape(-1).tolist() == [number + other for number in numbers]


@given(COLUMNS, LARGE)
def test_comparisons_are_exact(numbers: list[int], least: int) -> None:
    """A wide integer is at least another exactly when the integer is, 2**60 and 2**60 + 1 apart."""
    assert at_least(widened(table(numbers))[:, 0], least).tolist() == [n >= least for n in numbers]
    order = sorted(set(numbers))
    assert ranks(widened(table(numbers))[:, 0]).tolist() == [order.index(n) for n in numbers]


@given(st.lists(st.tuples(LARGE, LARGE, LARGE), min_size=1, max_size=40))
def test_wide_rows_are_filtered_as_plain_ones(rows: list[tuple[int, int, int]]) -> None:
    """The undominated rows of a wide table are those of the same table of Python's integers."""
    plain = np.array(rows, dtype=object).reshape(-1, 3)
    members, starts = undominated(plain)
    wide_members, wide_starts = undominated(widened(plain))
    assert sorted(members.tolist()) == sorted(wide_members.tolist())
    assert starts.tolist() == wide_starts.tolist()


@given(
    st.lists(st.integers(-(2**100), 2**100), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 2), st.integers(-3, 3)), min_size=1, max_size=30),
    st.sampled_from([1, 2**20, 2**60]),
)
def test_order_keys_compare_as_the_integers_do(
    bases: list[int], near: list[tuple[int, int]], unit: int
) -> None:
    """Clusters of almost equal integers, wide, in 64 bits or Python's own, keep their order."""
    numbers = [bases[place % len(bases)] + step * unit for place, step in near]
    small = [number % 2**61 for number in numbers]
    for column in (
        widened(table(numbers))[:, 0],
        table(numbers)[:, 0],
        np.array(small, dtype=np.int64),
    ):
        own = small if column.dtype == np.int64 else numbers
        keys = order_key(column).tolist()
        for a, key in zip(own, keys, strict=True):
            assert float(key) == key
            assert [key < k for k in keys] == [a < b for b in own]


def test_what_does_not_fit_is_left_to_python() -> None:
    """121 bits fit two words with room for the sign; more do not."""
    assert fits_wide(2**120)
    assert not fits_wide(2**121)
