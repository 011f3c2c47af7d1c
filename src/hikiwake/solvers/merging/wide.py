"""Integers of up to 122 bits in two machine words, so that large tables stay in NumPy.

A wide table has the fields ``high`` and ``low``: the integer is high·2^60 + low with
0 ≤ low < 2^60. Sums carry, comparisons look at ``high`` first; nothing is ever rounded.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.solvers.solution import Integers

WIDE = np.dtype([("high", np.int64), ("low", np.int64)])
_BITS = 60
_MASK = (1 << _BITS) - 1
_LARGEST = 1 << 2 * _BITS + 1
_EXACT_BITS = 53
_EXACT = 1 << _EXACT_BITS


def fits_wide(bound: int) -> bool:
    """Tell whether every sum of magnitude at most ``bound`` fits two words."""
    return 0 <= bound < _LARGEST


def is_wide(rows: Integers) -> bool:
    """Tell whether a table holds wide integers."""
    return rows.dtype.names is not None


def widened(rows: Integers) -> Integers:
    """Return a table of Python's integers as wide ones."""
    wide: Integers = np.empty(rows.shape, dtype=WIDE)
    wide["high"] = (rows >> _BITS).astype(np.int64)
    wide["low"] = (rows & _MASK).astype(np.int64)
    return wide


def narrowed(wide: Integers) -> Integers:
    """Return a wide table as Python's integers."""
    return wide["high"].astype(object) * (1 << _BITS) + wide["low"]


def added(left: Integers, right: Integers) -> Integers:
    """Return the sums of two tables, wide or not, of shapes that broadcast."""
    if not is_wide(left):
        return left + right
    low = left["low"] + right["low"]
    sums: Integers = np.empty(low.shape, dtype=WIDE)
    sums["high"] = left["high"] + right["high"] + (low >> _BITS)
    sums["low"] = low & _MASK
    return sums


def at_least(column: Integers, least: int) -> NDArray[np.bool_]:
    """Tell which integers of a column, wide or not, are at least so large."""
    if not is_wide(column):
        return (column >= least).astype(bool)
    high, low = least >> _BITS, least & _MASK
    above: Any = column["high"] > high
    return above | ((column["high"] == high) & (column["low"] >= low))


def rounded(rows: Integers) -> NDArray[np.float64]:
    """Return a table, wide or not, in floating point: for guesses, not for answers."""
    if not is_wide(rows):
        return rows.astype(np.float64)
    return rows["high"].astype(np.float64) * float(1 << _BITS) + rows["low"]


def largest(column: Integers) -> int:
    """Return the largest integer of a column that is not empty, wide or not."""
    if not is_wide(column):
        return int(column.max())
    high = column["high"].max()
    return (int(high) << _BITS) + int(column["low"][column["high"] == high].max())


def order_key(column: Integers) -> NDArray[np.int64]:
    """Return integers that compare as those of a column do, and are exact in floating point.

    These are the leading bits, if no two different integers share them, else the ranks.
    """
    if len(column) == 0:
        return np.zeros(0, dtype=np.int64)
    if is_wide(column):
        key, exact = _leading_of_wide(column["high"], column["low"])
    else:
        low, high = int(column.min()), int(column.max())
        if column.dtype == np.int64 and -_EXACT <= low <= high <= _EXACT:
            return column
        spare = max(0, (high - low).bit_length() - _EXACT_BITS)
        key, exact = ((column - low) >> spare).astype(np.int64), spare == 0
    return key if exact or _tells_apart(key, column) else ranks(column)


def _leading_of_wide(high: Integers, low: Integers) -> tuple[NDArray[np.int64], bool]:
    least = high.min()
    taken = _EXACT_BITS - int(high.max() - least).bit_length()
    if taken >= 0:
        return (high - least) << taken | low >> _BITS - taken, False
    return (high - least) >> -taken, False


def _tells_apart(key: NDArray[np.int64], column: Integers) -> bool:
    """Tell whether integers with the same leading bits are equal."""
    order = np.argsort(key, kind="stable")
    rising = key[order]
    again = rising[1:] == rising[:-1]
    if not again.any():
        return True
    return bool((column[order[:-1][again]] == column[order[1:][again]]).all())


def ranks(column: Integers) -> NDArray[np.int64]:
    """Return the rank of each integer of a column among the distinct ones."""
    if not is_wide(column):
        return np.unique(column, return_inverse=True)[1].reshape(-1)
    high, low = column["high"], column["low"]
    order = np.lexsort((low, high))
    steps = np.zeros(len(order), dtype=np.int64)
    rising, below = high[order], low[order]
    steps[1:] = (rising[1:] != rising[:-1]) | (below[1:] != below[:-1])
    found = np.empty(len(order), dtype=np.int64)
    found[order] = np.cumsum(steps)
    return found
