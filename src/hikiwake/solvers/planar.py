"""Two parties: merge blocks with each pair of sums packed into one integer.

A point is the integer first·2^width + second, both counted from the least they can be, so that
points add by one addition and sort by one comparison. What is undominated is then a staircase:
going down in the first number, the second must rise. What a point came from is not stored but
sought again when somebody asks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

import numpy as np

from hikiwake.numeric import fits_int64
from hikiwake.solvers.blocks import AnyBlock, Single
from hikiwake.solvers.merged import Budget, Merged
from hikiwake.solvers.problem import Floor, Problem
from hikiwake.solvers.solution import Index, Integers

Keys = list[int] | Integers  # rising

_FEW = 60  # sums; below, plain Python is faster than NumPy's calls
_CHUNK = 4_000_000
_WORD = 62


@dataclass(frozen=True, slots=True)
class PackedPart:
    """A block's undominated points as packed integers, and every combination's own."""

    block: AnyBlock
    keys: list[int]
    every: list[int] | Integers

    def codes(self, group: int) -> Index:
        """Return the combinations of the block that are worth its point ``group``."""
        key = self.keys[group]
        if isinstance(self.every, list):
            places = [place for place, own in enumerate(self.every) if own == key]
            return self.block.codes[places]
        return self.block.codes[np.flatnonzero(self.every == key)]

    def grouped(self) -> tuple[Index, Index]:
        """Return the combinations behind every point, and where each point's begin."""
        if isinstance(self.every, list):
            behind: list[list[int]] = [[] for _ in self.keys]
            group = {key: place for place, key in enumerate(self.keys)}
            for place, key in enumerate(self.every):
                if key in group:
                    behind[group[key]].append(place)
            starts = np.array([0, *accumulate(map(len, behind))], dtype=np.int64)
            return self.block.codes[[place for places in behind for place in places]], starts
        keys = np.array(self.keys, dtype=self.every.dtype)
        order = np.argsort(self.every, kind="stable")
        first = np.searchsorted(self.every, keys, sorter=order)
        last = np.searchsorted(self.every, keys, side="right", sorter=order)
        places = [order[f:e] for f, e in zip(first, last, strict=True)]
        members = np.concatenate([*places, np.zeros(0, dtype=np.int64)])
        return self.block.codes[members], np.concatenate(([0], np.cumsum(last - first)))


@dataclass(frozen=True, slots=True)
class SoughtStage:
    """The undominated sums before and after a part was added."""

    before: Keys
    added: list[int]
    after: Keys

    def pairs(self, point: int) -> Iterator[tuple[int, int]]:
        """Yield what a point came from: a point of the stage before, and a point of the part."""
        key, before = int(self.after[point]), self.before
        for group, part in enumerate(self.added):
            parent = bisect_left(before, key - part)
            if parent < len(before) and before[parent] == key - part:
                yield parent, group

    def table(self) -> tuple[Index, Index, Index]:
        """Return the pairs of every point: parents, points of the part, where each begins."""
        if isinstance(self.after, list):
            found = [list(self.pairs(point)) for point in range(len(self.after))]
            starts = np.array([0, *accumulate(map(len, found))], dtype=np.int64)
            flat = np.array([pair for pairs in found for pair in pairs], dtype=np.int64)
            parents, groups = flat.reshape(-1, 2).T
            return parents, groups, starts
        before = np.array(self.before, dtype=np.int64)
        sought = self.after[:, None] - np.array(self.added, dtype=np.int64)
        parents = np.minimum(np.searchsorted(before, sought), len(before) - 1)
        points, groups = np.nonzero(before[parents] == sought)
        starts = np.searchsorted(points, np.arange(len(self.after) + 1))
        return parents[points, groups], groups, starts


@dataclass(frozen=True, slots=True)
class _Corner:
    """The least sums that are still acceptable; what lies below in either number is dropped."""

    first: int
    second: int


_ANYWHERE = _Corner(0, 0)


def merge_plane(blocks: Sequence[AnyBlock], problem: Problem, on_top: Sequence[int]) -> Merged:
    """Return the frontier of the sums of a two-party problem's blocks.

    ``on_top`` is what each party can get at most besides. Exact for integers of any size: those
    that do not fit a machine word together stay Python's own.
    """
    lows, highs = zip(*(_extremes(block) for block in blocks), strict=True) if blocks else ((), ())
    base = [sum(low[i] for low in lows) for i in (0, 1)]
    spans = [sum(high[i] for high in highs) - base[i] for i in (0, 1)]
    width = spans[1].bit_length()
    narrow = spans[0].bit_length() + width <= _WORD
    parts = [_packed(block, low, width, narrow) for block, low in zip(blocks, lows, strict=True)]
    parts.sort(key=lambda part: len(part.keys))
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
    return Merged(_unpacked(keys, width, base, spans), parts, stages, len(problem.points))


def _unpacked(keys: Keys, width: int, base: Sequence[int], spans: Sequence[int]) -> Integers:
    """Return the points that keys stand for, in 64 bits where all of them surely fit."""
    mask = (1 << width) - 1
    fits = all(fits_int64(abs(base[i]) + spans[i]) for i in (0, 1))
    if not isinstance(keys, list) and fits:
        return np.stack(((keys >> width) + base[0], (keys & mask) + base[1]), axis=1)
    rows = [((int(key) >> width) + base[0], (int(key) & mask) + base[1]) for key in keys]
    return np.array(rows, dtype=np.int64 if fits else object).reshape(len(rows), 2)


def _corner(floors: Sequence[Floor], most: Sequence[int]) -> _Corner:
    """Return the least sums from which the floors can still be reached, with so much to come."""
    first, second = (
        0 if floor is None else max(0, ceil(floor - to_come))
        for floor, to_come in zip(floors, most, strict=True)
    )
    return _Corner(first, second)


def _extremes(block: AnyBlock) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the least and the most that each party can get in a block."""
    if isinstance(block, Single):
        first, second = zip(*block.rows, strict=True) if block.rows else ((0,), (0,))
        return (min(first), min(second)), (max(first), max(second))
    if not len(block.utilities):
        return (0, 0), (0, 0)
    low, high = block.utilities.min(axis=0), block.utilities.max(axis=0)
    return (int(low[0]), int(low[1])), (int(high[0]), int(high[1]))


def _packed(block: AnyBlock, low: tuple[int, int], width: int, narrow: bool) -> PackedPart:
    if isinstance(block, Single) or not narrow or len(block.codes) <= _FEW:
        first, second = low
        keys = [((u - first) << width) | (v - second) for u, v in block.rows]
        return PackedPart(block, _staircase(keys.copy(), width), keys)
    moved = (block.utilities - np.array(low, dtype=block.utilities.dtype)).astype(np.int64)
    every: Integers = (moved[:, 0] << width) | moved[:, 1]
    return PackedPart(block, _staircase_by_numpy(every.copy(), width, _ANYWHERE).tolist(), every)


def _highest(keys: list[int], width: int) -> tuple[int, int]:
    """Return the largest first and the largest second number of a staircase."""
    return (keys[-1] >> width, keys[0] & ((1 << width) - 1)) if keys else (0, 0)


def _grown(keys: Keys, added: list[int], width: int, narrow: bool, corner: _Corner) -> Keys:
    """Return the undominated acceptable sums of two staircases."""
    if not isinstance(keys, list) or (narrow and len(keys) * len(added) > _FEW):
        return _grown_by_numpy(np.array(keys, dtype=np.int64), added, width, corner)
    return _staircase([key + part for part in added for key in keys], width, corner)


def _staircase(sums: list[int], width: int, corner: _Corner = _ANYWHERE) -> list[int]:
    mask, best = (1 << width) - 1, -1
    sums.sort()  # a few rising runs: cheap
    if corner.first:
        del sums[: bisect_left(sums, corner.first << width)]
    kept: list[int] = []
    for key in reversed(sums):
        second = key & mask
        if second > best:
            best = second
            kept.append(key)
    if corner.second:
        kept = [key for key in kept if key & mask >= corner.second]
    kept.reverse()
    return kept


def _grown_by_numpy(points: Integers, added: list[int], width: int, corner: _Corner) -> Keys:
    parts: Integers = np.array(added, dtype=np.int64)[:, None]
    rows = max(1, _CHUNK // max(1, len(parts)))
    found = [
        _staircase_by_numpy((parts + points[first : first + rows]).reshape(-1), width, corner)
        for first in range(0, max(1, len(points)), rows)
    ]
    return _staircase_by_numpy(np.concatenate(found), width, corner) if found[1:] else found[0]


def _staircase_by_numpy(sums: Integers, width: int, corner: _Corner) -> Integers:
    sums.sort(kind="stable")  # a few rising runs: cheap
    if corner.first and len(sums):
        lowest = corner.first << width
        sums = sums[np.searchsorted(sums, lowest) :] if lowest <= sums[-1] else sums[:0]
    falling = sums[::-1]
    seconds = falling & ((1 << width) - 1)
    rises = np.ones(len(falling), dtype=bool)
    np.greater(seconds[1:], np.maximum.accumulate(seconds)[:-1], out=rises[1:])
    if corner.second:
        rises &= seconds >= corner.second
    return falling[rises][::-1]
