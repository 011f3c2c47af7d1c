"""Kinds of packages that a side which hides something cannot tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Packages that are alike for all sides but for what they give the known ones at the most.

    They differ at most on issues that do not matter to the hidden side, and leave every known side
    with the same part of each group. ``most`` is what they give each known side at the most.
    """

    columns: list[Array]
    most: list[Array]
    shares: list[list[Array]]


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand in one dispute as it would be.

    ``level`` is what counts as even in groups, of ``whole`` parts and times the denominator of the
    tolerance. ``points`` is what the possible kinds of packages give each side beyond its walk-away
    value, ``reach`` the most of that; below 0: nothing is possible.
    """

    level: int
    whole: int
    points: list[Array]
    reach: list[int]


def even(gains: Sequence[tuple[int, int]], tolerance: Fraction) -> bool:
    """Tell whether gains, each a part of a most, lie within the tolerance."""
    return all(
        abs(a * s - b * r) * tolerance.denominator <= tolerance.numerator * r * s
        for (a, r), (b, s) in combinations(gains, 2)
    )


def merged(kinds: Kinds, parts: Sequence[Array]) -> Kinds:
    """Return the kinds with those that are the same in all parts made one."""
    if not parts:
        parts = [np.zeros(len(kinds.most[0]), dtype=np.int64)]
    sizes = [int(part.max()) + 1 if len(part) else 1 for part in parts]
    keys = np.ravel_multi_index(tuple(parts), sizes)
    first = np.full(prod(sizes), -1, dtype=np.int64)
    first[keys] = np.arange(len(keys))
    present = np.flatnonzero(first >= 0)
    rows, place = first[present], np.empty(prod(sizes), dtype=np.int64)
    place[present] = np.arange(len(present))
    most: list[Array] = []
    for own in kinds.most:
        best = np.full(len(present), -1, dtype=own.dtype)
        np.maximum.at(best, place[keys], own)
        most.append(best)
    shares = [[one[rows] for one in own] for own in kinds.shares]
    return Kinds([column[rows] for column in kinds.columns], most, shares)


__all__ = ["Kinds", "Standing", "even", "merged"]
