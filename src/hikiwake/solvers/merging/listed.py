"""A block's undominated points in a table, and two blocks taken together where that pays.

Some pairs of issues leave few of their combinations undominated: one issue's options differ in
the same direction as the other's, but far more. Taken together first, such a pair adds few points
to what is merged; one after the other they would multiply it first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf, prod
from typing import Any

import numpy as np

from hikiwake.numeric import fits_int64
from hikiwake.solvers.merging.blocks import AnyBlock, Block
from hikiwake.solvers.merging.undominated import undominated, undominated_floats
from hikiwake.solvers.merging.wide import added, rounded
from hikiwake.solvers.solution import Index, Integers

_LARGE = 20_000  # combinations in all: below, pairing costs more than it saves
_WORTH_A_TRY = (100, 4_000)  # combinations of a pair
_TRIED = 8  # of the parts, the largest
_LEFT = 0.35  # of a pair's combinations, at most, for it to be taken together


@dataclass(frozen=True, slots=True)
class ListedPart:
    """A block's undominated points; ``members[starts[g]:starts[g + 1]]`` all have point g."""

    block: AnyBlock
    utilities: Integers
    members: Index
    starts: Index

    def codes(self, group: int) -> Index:
        """Return the combinations of the block that are worth its point ``group``."""
        return self.members[self.starts[group] : self.starts[group + 1]]

    def grouped(self) -> tuple[Index, Index]:
        """Return the combinations behind every point, and where each point's begin."""
        return self.members, self.starts


def part_of(block: AnyBlock, dtype: np.dtype[Any]) -> ListedPart:
    """Return the undominated points of a block."""
    utilities = block.table(dtype)
    members, starts = undominated(utilities)
    return ListedPart(block, utilities[members[starts[:-1]]], block.codes[members], starts)


def sums_of(left: Integers, right: Integers) -> Integers:
    """Return the sum of every row of one table with every row of another."""
    sums: Any = added(left[:, None, :], right[None, :, :])
    return sums.reshape(len(left) * len(right), left.shape[1])


def paired(parts: Sequence[ListedPart]) -> Sequence[ListedPart]:
    """Return parts of which some pairs are taken together, if that makes merging easier."""
    if prod(len(part.utilities) for part in parts) <= _LARGE:
        return parts
    parts = sorted(parts, key=lambda part: len(part.utilities))
    rest, tried = parts[:-_TRIED], parts[-_TRIED:]
    while prod(len(part.utilities) for part in (*rest, *tried)) > _LARGE:
        found = min(
            (
                (_left(one, other), place)
                for place, (one, other) in enumerate(combinations(tried, 2))
                if _worth_a_try(one, other)
            ),
            default=(inf, 0),
        )
        if found[0] > _LEFT:
            break
        one, other = list(combinations(tried, 2))[found[1]]
        tried = [part for part in tried if part is not one and part is not other]
        tried.append(_together(one, other))
    return [*rest, *tried]


def _worth_a_try(one: ListedPart, other: ListedPart) -> bool:
    least, most = _WORTH_A_TRY
    small = least <= len(one.utilities) * len(other.utilities) <= most
    return small and fits_int64(_codes(one) * _codes(other))


def _left(one: ListedPart, other: ListedPart) -> float:
    """Return about which part of two parts' combinations is undominated: a guess, to plan by."""
    left, right = rounded(one.utilities), rounded(other.utilities)
    sums = (left[:, None] + right).reshape(-1, left.shape[1])
    return float(undominated_floats(sums).mean())


def _codes(part: ListedPart) -> int:
    return prod(part.block.sizes)


def _together(one: ListedPart, other: ListedPart) -> ListedPart:
    """Return two parts as one, with every combination behind each point."""
    sums = sums_of(one.utilities, other.utilities)
    pairs, starts = undominated(sums)
    first, second = np.divmod(pairs, len(other.utilities))
    inner = np.diff(other.starts)[second]
    ways = np.diff(one.starts)[first] * inner
    ends: Index = np.concatenate(([0], np.cumsum(ways)))
    pair = np.repeat(np.arange(len(pairs)), ways)
    place: Any = np.arange(int(ends[-1])) - ends[pair]
    left = one.members[one.starts[first[pair]] + place // inner[pair]]
    right = other.members[other.starts[second[pair]] + place % inner[pair]]
    codes = left * _codes(other) + right
    issues = one.block.issues + other.block.issues
    sizes = one.block.sizes + other.block.sizes
    utilities = sums[pairs]
    block = Block(issues, (), sizes, codes, utilities[pair])
    return ListedPart(block, utilities[starts[:-1]], codes, ends[starts])
