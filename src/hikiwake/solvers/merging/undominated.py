"""Which rows of a table of integers are undominated, equal rows kept together.

Comparisons only, on the integers themselves or on their ranks, so the answer is exact.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.solvers.effort import compared
from hikiwake.solvers.merging.wide import order_key
from hikiwake.solvers.solution import Index, Integers

_SMALL = 64


def undominated(rows: Integers) -> tuple[Index, Index]:
    """Return the undominated rows, grouped by equality.

    Parameters
    ----------
    rows
        Shape (m, n): m points, n parties, larger is better.

    Returns
    -------
    members, starts
        ``members[starts[g]:starts[g + 1]]`` are the rows equal to group g's point. No group is
        dominated by a row outside it. Groups come in falling order of the first column.

    Notes
    -----
    Two columns: one sort and a running maximum. More: a nondominated filter (moocore) on integers
    that compare just as the points do, whose cost grows as m·log(m)^(n−2) at best and m² at worst;
    only what it keeps is sorted.
    """
    compared(rows.size)
    keys = _keys(rows)
    if keys.shape[1] <= 2:
        order = _sorted_falling(keys)
        order = order[_steps(keys[order])]
    elif len(keys) <= _SMALL:
        kept = np.flatnonzero(_by_pairs(keys))
        order = kept[_sorted_falling(keys[kept])]
    else:
        kept = np.flatnonzero(undominated_floats(keys.astype(np.float64)))
        order = kept[_sorted_falling(keys[kept])]
    return order, starts_of_equal(keys[order])


def starts_of_equal(rows: Integers) -> Index:
    """Return where each run of equal rows begins, and where the last one ends."""
    if len(rows) == 0:
        return np.zeros(1, dtype=np.int64)
    fresh = np.ones(len(rows) + 1, dtype=bool)
    fresh[1:-1] = False
    for column in rows.T:
        fresh[1:-1] |= column[1:] != column[:-1]
    return np.flatnonzero(fresh)


def _keys(rows: Integers) -> NDArray[np.int64]:
    """Return integers exact in floating point, each column in the order of the given one."""
    keys = np.empty(rows.shape, dtype=np.int64)
    for place in range(rows.shape[1]):
        keys[:, place] = order_key(rows[:, place])
    return keys


def _sorted_falling(keys: NDArray[np.int64]) -> Index:
    if keys.shape[1] == 0:
        return np.arange(len(keys))
    order = np.argsort(keys[:, 0], kind="stable")[::-1]
    first = keys[order, 0]
    if keys.shape[1] > 1 and (first[1:] == first[:-1]).any():
        order = np.lexsort(keys.T[::-1])[::-1]
    return order.astype(np.int64, copy=False)


def _steps(falling: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which of the rows of at most two columns, sorted falling, are undominated."""
    best = np.ones(len(falling), dtype=bool)
    if len(falling) and falling.shape[1]:
        last = falling[:, -1]
        best[1:] = last[1:] > np.maximum.accumulate(last)[:-1]
        if falling.shape[1] == 1:
            best[1:] = False
        fresh = np.zeros(len(falling), dtype=bool)
        fresh[starts_of_equal(falling)[:-1]] = True
        best = best[np.maximum.accumulate(np.where(fresh, np.arange(len(falling)), 0))]
    return best


def _by_pairs(keys: NDArray[np.int64]) -> NDArray[np.bool_]:
    at_least: NDArray[Any] = np.ones((len(keys), len(keys)), dtype=bool)
    for column in keys.T:
        at_least &= column[:, None] >= column
    beaten: Any = (at_least & ~at_least.T).any(axis=0)
    return ~beaten


def undominated_floats(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which of many points of three or more columns are undominated, equal ones kept."""
    from moocore import is_nondominated  # pyright: ignore[reportMissingTypeStubs]

    kept: Any = is_nondominated(points, maximise=True, keep_weakly=True)
    return np.asarray(kept, dtype=bool)
