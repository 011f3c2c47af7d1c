"""Which rows of a table of integers are undominated, equal rows kept together.

Comparisons only, on the integers themselves or on their ranks, so the answer is exact.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.solvers.solution import Index, Integers
from hikiwake.solvers.wide import ranks

_SMALL = 64
_EXACT_IN_FLOAT = 2**53


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
    Two columns: one sort and a running maximum. More: a nondominated filter (moocore) on exact
    ranks, whose cost grows as m·log(m)^(n−2) at best and m² at worst.
    """
    comparable = _comparable(rows)
    order = _sorted_falling(comparable)
    ranked = comparable[order]
    repeated = _repeated(ranked)
    if not repeated.any():
        members = order[_best_of_distinct(ranked)]
        return members, np.arange(len(members) + 1)
    fresh = ~repeated
    best = _best_of_distinct(ranked[fresh])
    group = np.cumsum(fresh) - 1
    kept = best[group]
    sizes = np.bincount(group[kept], minlength=len(best))[best]
    return order[kept], np.concatenate(([0], np.cumsum(sizes)))


def _repeated(ranked: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which of the sorted rows are equal to the row before."""
    repeated = np.zeros(len(ranked), dtype=bool)
    if len(ranked):
        same = repeated[1:]
        same[:] = True
        for column in ranked.T:
            same &= column[1:] == column[:-1]
    return repeated


def _comparable(rows: Integers) -> NDArray[np.int64]:
    if rows.dtype == np.int64:
        return rows
    if not rows.shape[1]:
        return np.zeros(rows.shape, dtype=np.int64)
    return np.column_stack([ranks(column) for column in rows.T]).reshape(rows.shape)


def _sorted_falling(ranks: NDArray[np.int64]) -> Index:
    if ranks.shape[1] == 0:
        return np.arange(len(ranks))
    return np.lexsort(ranks.T[::-1])[::-1].astype(np.int64)


def _best_of_distinct(rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which of the distinct rows, sorted falling, are undominated."""
    if len(rows) == 0 or rows.shape[1] == 0:
        return np.ones(len(rows), dtype=bool)
    if rows.shape[1] <= 2:
        last = rows[:, -1]
        best = np.ones(len(rows), dtype=bool)
        best[1:] = last[1:] > np.maximum.accumulate(last)[:-1]
        if rows.shape[1] == 1:
            best[1:] = False
        return best
    if len(rows) <= _SMALL:
        return _by_pairs(rows)
    return _by_filter(rows)


def _by_pairs(rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    at_least: NDArray[Any] = np.all(rows[:, None, :] >= rows[None, :, :], axis=2)
    np.fill_diagonal(at_least, False)
    beaten: NDArray[Any] = np.any(at_least, axis=0)
    return ~beaten


def _by_filter(rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    from moocore import is_nondominated  # pyright: ignore[reportMissingTypeStubs]

    points = rows
    if np.abs(points).max() >= _EXACT_IN_FLOAT:
        points = np.column_stack([ranks(column) for column in points.T])
    kept: Any = is_nondominated(points.astype(np.float64), maximise=True, keep_weakly=True)
    return np.asarray(kept, dtype=bool)
