"""Add one block of issues at a time, and keep only what is undominated.

For independent blocks this is exact: replacing a dominated part of an outcome by what dominates
it improves the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from hikiwake.solvers.deadline import UNLIMITED, Deadline
from hikiwake.solvers.memory import Budget
from hikiwake.solvers.merging.blocks import AnyBlock, blocks_of, dtype_for
from hikiwake.solvers.merging.few import Few, few
from hikiwake.solvers.merging.listed import ListedPart, paired, part_of, sums_of
from hikiwake.solvers.merging.merged import Merged
from hikiwake.solvers.merging.planar import merge_plane
from hikiwake.solvers.merging.undominated import starts_of_equal, undominated
from hikiwake.solvers.merging.wide import added, at_least, fits_wide, largest, narrowed, widened
from hikiwake.solvers.problem import Floor, Problem
from hikiwake.solvers.solution import Index, Integers

_CHUNK = 4_000_000
_BYTES_A_POINT = 300  # and party: in the tables, and when all points are compared by gains
_BYTES_A_SUM = 64  # and party: while it is looked at
_BYTES_A_PAIR = 24  # for as long as packages are sought


@dataclass(frozen=True, slots=True)
class ListedStage:
    """The undominated sums so far. Pair q came from point ``parents[q]`` and part ``added[q]``."""

    parents: Index
    added: Index
    starts: Index

    def pairs(self, point: int) -> Iterator[tuple[int, int]]:
        """Yield what a point came from: a point of the stage before, and a point of the part."""
        for q in range(self.starts[point], self.starts[point + 1]):
            yield int(self.parents[q]), int(self.added[q])

    def table(self) -> tuple[Index, Index, Index]:
        """Return the pairs of every point: parents, points of the part, where each begins."""
        return self.parents, self.added, self.starts


def pareto(problem: Problem, deadline: Deadline = UNLIMITED) -> Few | Merged:
    """Return the exact Pareto frontier of a problem without shares, floors kept.

    Raises
    ------
    TooLarge
        If a block or the frontier outgrows what this engine holds (H18).
    TimeIsOver
        If no time was left before it was done.

    Notes
    -----
    Each merge looks at (points so far) × (undominated options of the block) sums.
    """
    if problem.parties != 2 or problem.tied:
        return merge(blocks_of(problem), problem, deadline=deadline)
    found = few(problem)
    if isinstance(found, Few):
        return found
    rest = blocks_of(problem)[len(found.sizes) :]
    return merge_plane((found, *rest) if found.sizes else rest, problem, (0, 0), deadline)


def merge(
    blocks: Sequence[AnyBlock],
    problem: Problem,
    on_top: Sequence[int] | None = None,
    deadline: Deadline = UNLIMITED,
) -> Merged:
    """Return the frontier of the sums of blocks.

    ``on_top`` holds what each party can get at most besides (from shares): a floor is only
    applied so far as that cannot make up for it.
    """
    room_on_top = [0] * problem.parties if on_top is None else on_top
    if problem.parties == 2:
        return merge_plane(blocks, problem, room_on_top, deadline)
    dtype = dtype_for(problem)
    parts = [part_of(block, dtype) for block in blocks]
    utilities: Integers = np.zeros((1, problem.parties), dtype=dtype)
    wide = utilities.dtype == object and fits_wide(ceil(problem.magnitude))
    if wide:
        utilities = widened(utilities)
        parts = [replace(part, utilities=widened(part.utilities)) for part in parts]
    parts = sorted(paired(parts), key=lambda part: len(part.utilities))
    room = _room(parts, problem, room_on_top)
    if not parts:
        floors = [
            f if f is None else f - m for f, m in zip(problem.floors, room_on_top, strict=True)
        ]
        utilities = utilities[_reaches(utilities, floors)]
    a_point = _BYTES_A_POINT * max(1, problem.parties)
    budget = Budget(problem.parties, a_point, deadline=deadline)
    done, to_come = 0, sum(len(part.utilities) - 1 for part in parts)
    stages: list[ListedStage] = []
    for part, floor in zip(parts, room, strict=True):
        budget.look_at(len(utilities) * len(part.utilities))
        utilities, stage = _add(utilities, part, floor, budget)
        done, to_come = done + len(part.utilities) - 1, to_come - len(part.utilities) + 1
        budget.keep(len(utilities), done, to_come)
        stages.append(stage)
    if wide:
        utilities = narrowed(utilities)
    return Merged(utilities, lambda: (parts, stages), len(problem.points))


def _room(
    parts: Sequence[ListedPart], problem: Problem, on_top: Sequence[int]
) -> list[list[Floor]]:
    """Return, for each merge, the least sum that can still reach every party's floor."""
    rest = list(on_top)
    room: list[list[Floor]] = []
    for part in reversed(parts):
        room.append(
            [None if floor is None else floor - rest[i] for i, floor in enumerate(problem.floors)]
        )
        if len(part.utilities):
            rest = [rest[i] + largest(part.utilities[:, i]) for i in range(problem.parties)]
    return room[::-1]


def _add(
    utilities: Integers, part: ListedPart, floor: Sequence[Floor], budget: Budget
) -> tuple[Integers, ListedStage]:
    width = len(part.utilities)
    bytes_a_sum = (
        _BYTES_A_SUM * max(1, utilities.shape[1]) * (1 if utilities.dtype != object else 2)
    )
    rows = max(1, min(_CHUNK, budget.memory // 8 // bytes_a_sum) // max(1, width))
    found: list[Index] = []
    for first in range(0, len(utilities), rows):
        sums = sums_of(utilities[first : first + rows], part.utilities)
        kept = np.flatnonzero(_reaches(sums, floor))
        members, _ = undominated(sums[kept])
        found.append(kept[members] + first * width)
        budget.hold(0, sum(map(len, found)) * bytes_a_sum)
    pairs = np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
    parents, options = np.divmod(pairs, max(1, width))
    sums = added(utilities[parents], part.utilities[options])
    if len(found) != 1:
        members, starts = undominated(sums)
    else:
        members, starts = np.arange(len(pairs)), starts_of_equal(sums)
    budget.hold(_BYTES_A_PAIR * len(members))
    stage = ListedStage(parents[members], options[members], starts)
    return sums[members[starts[:-1]]], stage


def _reaches(sums: Integers, floor: Sequence[Floor]) -> NDArray[np.bool_]:
    reached = np.ones(len(sums), dtype=bool)
    for column, least in enumerate(floor):
        if least is not None:
            reached &= at_least(sums[:, column], ceil(least))
    return reached
