"""Two parties: merge blocks with each pair of sums packed into one integer.

A point is the integer first·2^width + second, both counted from the least they can be, so that
points add by one addition and sort by one comparison. What is undominated is then a staircase:
going down in the first number, the second must rise. What a point came from is not stored but
sought again when somebody asks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from math import ceil

import numpy as np

from hikiwake.numeric import fits_int64
from hikiwake.solvers.deadline import UNLIMITED, Deadline
from hikiwake.solvers.memory import Budget
from hikiwake.solvers.merging.blocks import AnyBlock, Block
from hikiwake.solvers.merging.few import Begun
from hikiwake.solvers.merging.merged import Merged
from hikiwake.solvers.merging.sought import Keys, PackedPart, SoughtStage, Stair
from hikiwake.solvers.problem import Problem
from hikiwake.solvers.solution import Integers

_FEW = 60  # sums; below, plain Python is faster than NumPy's calls
_CHUNK = 1_000_000
_BYTES_A_POINT = 600  # in the tables, and when all points are compared by gains
_BYTES_A_SUM = 48  # while it is looked at
_BYTES_A_LISTED_KEY = 64  # Python's own integers, for as long as packages are sought
_WORD = 62


def merge_plane(
    blocks: Sequence[AnyBlock | Begun],
    problem: Problem,
    on_top: Sequence[int],
    deadline: Deadline = UNLIMITED,
) -> Merged:
    """Return the frontier of the sums of a two-party problem's blocks, first what is begun already.

    ``on_top`` is what each party can get at most besides. Exact for integers of any size: those
    that do not fit a machine word together stay Python's own.
    """
    stairs = [_stair(block) for block in blocks]
    base, spans = _extent(stairs)
    needed = [
        0 if floor is None else max(0, ceil(floor) - base[i] - on_top[i])
        for i, floor in enumerate(problem.floors)
    ]
    width = spans[1].bit_length()
    narrow = spans[0].bit_length() + width <= _WORD
    fresh = [not isinstance(block, Begun) for block in blocks]
    order = sorted(range(len(stairs)), key=lambda place: (fresh[place], len(stairs[place])))
    possible = all(stairs) and needed[0] <= spans[0] and needed[1] <= spans[1]
    budget: Budget | None = None
    to_come = options = sum(map(len, stairs)) - len(stairs)
    keys: Keys = [0] if possible else []
    trail: list[tuple[Keys, list[int]]] = []
    first, second = spans
    for place in order:
        stair = stairs[place]
        if len(stair) <= 1:
            trail.append((keys, [0]))
            continue
        (most, lowest), (least, highest) = stair[0], stair[-1]
        added = [((u - least) << width) | (v - lowest) for u, v in reversed(stair)]
        first, second = first - (most - least), second - (highest - lowest)
        trail.append((keys, added))
        corner = (needed[0] - first, needed[1] - second)
        to_come -= len(stair) - 1
        sums = len(keys) * len(added)
        if sums <= _FEW and isinstance(keys, list):
            keys = _staircase([key + part for part in added for key in keys], width, corner)
            continue
        budget = budget or Budget(2, _BYTES_A_POINT, min(spans) + 1, deadline)
        budget.look_at(sums)
        keys = _grown(keys, added, (width, narrow), corner, budget.memory)
        budget.hold(len(keys) * (_BYTES_A_LISTED_KEY if isinstance(keys, list) else 8))
        budget.keep(len(keys), options - to_come, to_come)

    def graph() -> tuple[list[PackedPart], list[SoughtStage]]:
        afters = [*(before for before, _ in trail), keys][1:]
        whole = [block.block() if isinstance(block, Begun) else block for block in blocks]
        parts = [PackedPart(whole[place], stairs[place][::-1]) for place in order]
        steps = zip(trail, afters, strict=True)
        return parts, [SoughtStage(before, added, after) for (before, added), after in steps]

    return Merged(_unpacked(keys, width, base, spans), graph, len(problem.points))


def _stair(block: AnyBlock | Begun) -> Stair:
    """Return the undominated points of a block, the best for the first party first."""
    if isinstance(block, Block) and len(block.codes) > _FEW:
        return _stair_by_numpy(block.utilities)
    stair: Stair = []
    best: int | None = None
    for point in sorted(block.rows, reverse=True):
        if best is None or point[1] > best:
            best = point[1]
            stair.append((point[0], best))
    return stair


def _stair_by_numpy(utilities: Integers) -> Stair:
    falling = utilities[np.lexsort((utilities[:, 1], utilities[:, 0]))[::-1]]
    rises = np.ones(len(falling), dtype=bool)
    rises[1:] = falling[1:, 1] > np.maximum.accumulate(falling[:, 1])[:-1]
    return [(u, v) for u, v in falling[rises].tolist()]


def _extent(stairs: Sequence[Stair]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the least sums of both parties, and how far above them the largest are."""
    least = lowest = most = highest = 0
    for stair in stairs:
        if stair:
            most += stair[0][0]
            lowest += stair[0][1]
            least += stair[-1][0]
            highest += stair[-1][1]
    return (least, lowest), (most - least, highest - lowest)


def _unpacked(keys: Keys, width: int, base: tuple[int, int], spans: tuple[int, int]) -> Integers:
    """Return the points that keys stand for, in 64 bits where all of them surely fit."""
    mask = (1 << width) - 1
    first, second = base
    fits = fits_int64(max(abs(first) + spans[0], abs(second) + spans[1]))
    if fits and not isinstance(keys, list):
        return np.stack(((keys >> width) + first, (keys & mask) + second), axis=1)
    numbers = keys if isinstance(keys, list) else keys.tolist()
    rows = [((key >> width) + first, (key & mask) + second) for key in numbers]
    return np.array(rows, dtype=np.int64 if fits else object).reshape(len(rows), 2)


def _grown(
    keys: Keys, added: list[int], packing: tuple[int, bool], corner: tuple[int, int], memory: int
) -> Keys:
    """Return the undominated sums of two staircases, none below a corner in either number."""
    width, narrow = packing
    if isinstance(keys, list):
        if not narrow:
            rows = max(1, min(_CHUNK, memory // 16 // _BYTES_A_LISTED_KEY) // len(added))
            found = [
                _staircase([k + part for part in added for k in keys[n : n + rows]], width, corner)
                for n in range(0, len(keys), rows)
            ]
            if len(found) == 1:
                return found[0]
            return _staircase([key for piece in found for key in piece], width, corner)
        keys = np.array(keys, dtype=np.int64)
    parts: Integers = np.array(added, dtype=np.int64)[:, None]
    rows = max(1, min(_CHUNK, memory // 16 // _BYTES_A_SUM) // len(parts))
    pieces = [
        _staircase_by_numpy((parts + keys[n : n + rows]).reshape(-1), width, corner)
        for n in range(0, len(keys), rows)
    ]
    if len(pieces) == 1:
        return pieces[0]
    return _staircase_by_numpy(np.concatenate([*pieces, keys[:0]]), width, corner)


def _staircase(sums: list[int], width: int, corner: tuple[int, int]) -> list[int]:
    mask, best = (1 << width) - 1, -1
    sums.sort()  # a few rising runs: cheap
    if corner[0] > 0:
        del sums[: bisect_left(sums, corner[0] << width)]
    kept: list[int] = []
    for key in reversed(sums):
        second = key & mask
        if second > best:
            best = second
            kept.append(key)
    if corner[1] > 0:
        kept = [key for key in kept if key & mask >= corner[1]]
    kept.reverse()
    return kept


def _staircase_by_numpy(sums: Integers, width: int, corner: tuple[int, int]) -> Integers:
    sums.sort(kind="stable")  # a few rising runs: cheap
    if corner[0] > 0 and len(sums):
        lowest = corner[0] << width
        sums = sums[np.searchsorted(sums, lowest) :] if lowest <= sums[-1] else sums[:0]
    falling = sums[::-1]
    seconds = falling & ((1 << width) - 1)
    rises = np.ones(len(falling), dtype=bool)
    np.greater(seconds[1:], np.maximum.accumulate(seconds)[:-1], out=rises[1:])
    if corner[1] > 0:
        rises &= seconds >= corner[1]
    return falling[rises][::-1]
