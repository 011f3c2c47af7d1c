"""Two parties: merge blocks with each pair of sums packed into one integer.

A point is the integer first·2^width + second, both counted from the least they can be, so that
points add by one addition and sort by one comparison. What is undominated is then a staircase:
going down in the first number, the second must rise. What a point came from is not stored but
sought again when somebody asks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil

import numpy as np

from hikiwake.solvers.blocks import Block, dtype_for
from hikiwake.solvers.merged import Budget, Merged
from hikiwake.solvers.problem import Floor, Problem
from hikiwake.solvers.solution import Index, Integers

Keys = list[int]  # rising

_FEW = 600  # sums; below, plain Python is faster than NumPy's calls
_CHUNK = 4_000_000
_WORD = 62


@dataclass(frozen=True, slots=True)
class PackedPart:
    """A block's undominated points as packed integers, and every combination's own."""

    block: Block
    keys: Keys
    every: Integers
    _sought: dict[int, Index] = field(default_factory=dict[int, Index])

    def codes(self, group: int) -> Index:
        """Return the combinations of the block that are worth its point ``group``."""
        if group not in self._sought:
            self._sought[group] = self.block.codes[np.flatnonzero(self.every == self.keys[group])]
        return self._sought[group]


@dataclass(frozen=True, slots=True)
class SoughtStage:
    """The undominated sums before and after a part was added."""

    before: Keys
    added: Keys
    after: Keys

    def pairs(self, point: int) -> Iterator[tuple[int, int]]:
        """Yield what a point came from: a point of the stage before, and a point of the part."""
        key = self.after[point]
        for group, part in enumerate(self.added):
            parent = bisect_left(self.before, key - part)
            if parent < len(self.before) and self.before[parent] == key - part:
                yield parent, group


@dataclass(frozen=True, slots=True)
class _Corner:
    """The least sums that are still acceptable; what lies below in either number is dropped."""

    first: int
    second: int


_ANYWHERE = _Corner(0, 0)


def merge_plane(blocks: Sequence[Block], problem: Problem, on_top: Sequence[int]) -> Merged:
    """Return the frontier of the sums of a two-party problem's blocks.

    ``on_top`` is what each party can get at most besides. Exact for integers of any size: those
    that do not fit a machine word together stay Python's own.
    """
    lows = [_extreme(block, least=True) for block in blocks]
    highs = [_extreme(block, least=False) for block in blocks]
    base = [sum(low[i] for low in lows) for i in (0, 1)]
    spans = [sum(high[i] for high in highs) - base[i] for i in (0, 1)]
    width = spans[1].bit_length()
    narrow = spans[0].bit_length() + width <= _WORD
    parts = sorted(
        (_packed(block, low, width, narrow) for block, low in zip(blocks, lows, strict=True)),
        key=lambda part: len(part.keys),
    )
    most = [base[i] + spans[i] + on_top[i] for i in (0, 1)]
    budget = Budget(parties=2)
    keys: Keys = [0]
    stages: list[SoughtStage] = []
    for part in parts:
        first, second = _highest(part.keys, width)
        most = [most[0] - first, most[1] - second]
        budget.look_at(len(keys) * len(part.keys))
        grown = _grown(keys, part.keys, width, narrow, _corner(problem.floors, most))
        budget.keep(len(grown))
        stages.append(SoughtStage(keys, part.keys, grown))
        keys = grown
    mask = (1 << width) - 1
    rows = [((key >> width) + base[0], (key & mask) + base[1]) for key in keys]
    utilities = np.array(rows, dtype=dtype_for(problem)).reshape(len(rows), 2)
    return Merged(utilities, parts, stages, len(problem.points))


def _corner(floors: Sequence[Floor], most: Sequence[int]) -> _Corner:
    """Return the least sums from which the floors can still be reached, with so much to come."""
    first, second = (
        0 if floor is None else max(0, ceil(floor - to_come))
        for floor, to_come in zip(floors, most, strict=True)
    )
    return _Corner(first, second)


def _extreme(block: Block, least: bool) -> list[int]:
    if not len(block.utilities):
        return [0, 0]
    found = block.utilities.min(axis=0) if least else block.utilities.max(axis=0)
    return [int(u) for u in found]


def _packed(block: Block, low: list[int], width: int, narrow: bool) -> PackedPart:
    moved = block.utilities if narrow else block.utilities.astype(object)
    every = ((moved[:, 0] - low[0]) << width) | (moved[:, 1] - low[1])
    return PackedPart(block, _staircase(every.tolist(), width), every)


def _highest(keys: Keys, width: int) -> tuple[int, int]:
    """Return the largest first and the largest second number of a staircase."""
    return (keys[-1] >> width, keys[0] & ((1 << width) - 1)) if keys else (0, 0)


def _grown(keys: Keys, added: Keys, width: int, narrow: bool, corner: _Corner) -> Keys:
    """Return the undominated acceptable sums of two staircases."""
    if narrow and len(keys) * len(added) > _FEW:
        return _grown_by_numpy(keys, added, width, corner)
    sums = {key + part for key in keys for part in added}
    return _staircase(sums, width, corner)


def _staircase(sums: Iterable[int], width: int, corner: _Corner = _ANYWHERE) -> Keys:
    mask, best = (1 << width) - 1, -1
    kept: Keys = []
    for key in sorted(sums, reverse=True):
        if key >> width < corner.first:
            break
        second = key & mask
        if second > best:
            best = second
            if second >= corner.second:
                kept.append(key)
    kept.reverse()
    return kept


def _grown_by_numpy(keys: Keys, added: Keys, width: int, corner: _Corner) -> Keys:
    points, parts = np.array(keys, dtype=np.int64), np.array(added, dtype=np.int64)
    rows = max(1, _CHUNK // len(parts))
    found = [
        _staircase_by_numpy((points[first : first + rows, None] + parts).reshape(-1), width, corner)
        for first in range(0, len(points), rows)
    ]
    if len(found) > 1:
        return _staircase_by_numpy(np.concatenate(found), width, corner).tolist()
    return found[0].tolist()


def _staircase_by_numpy(sums: Integers, width: int, corner: _Corner) -> Integers:
    sums.sort()
    falling = sums[::-1]
    seconds = falling & ((1 << width) - 1)
    rises = np.ones(len(falling), dtype=bool)
    np.greater(seconds[1:], np.maximum.accumulate(seconds)[:-1], out=rises[1:])
    kept = falling[rises]
    if corner.first > 0 or corner.second > 0:
        kept = kept[(kept >> width >= corner.first) & (seconds[rises] >= corner.second)]
    return kept[::-1]
