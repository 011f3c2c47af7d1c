"""The packages behind all points of a merged frontier at once, instead of point by point.

One pass over the stages counts them all. Where a single package is nearest to today's it is found
on the way back; only where several are must somebody look at them one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.numeric import fits_int64
from hikiwake.solvers.merging.blocks import Single
from hikiwake.solvers.merging.few import Few
from hikiwake.solvers.merging.merged import Merged, Part
from hikiwake.solvers.solution import Decision, Index, Integers

Today = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Survey:
    """For each point: how many packages it has, and one option an issue.

    The options are the package nearest to today's where ``single`` says that there is only one.
    """

    counts: list[int]
    options: Index
    single: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Nearest:
    """For each point of a stage or part: the fewest changes, and in how many ways (2: more)."""

    fewest: Index
    ways: Index


def survey(solution: Few | Merged, today: Today) -> Survey:
    """Return what is behind every point of a frontier."""
    if isinstance(solution, Few):
        return _of_few(solution, tuple(today))
    return _of_merged(solution, today)


def _of_few(solution: Few, today: tuple[int | None, ...]) -> Survey:
    nearest = [list(solution.nearest(p, today)) for p in range(len(solution.packages))]
    options = np.array([found[0] for found in nearest], dtype=np.int64)
    return Survey(
        [len(ties) for ties in solution.packages],
        options.reshape(len(nearest), len(today)),
        np.array([len(found) == 1 for found in nearest], dtype=bool),
    )


def _of_merged(merged: Merged, today: Today) -> Survey:
    points = len(merged.utilities)
    if not points:
        none = np.zeros((0, merged.issues), dtype=np.int64)
        return Survey([], none, np.zeros(0, dtype=bool))
    open_to_all = all(option is None for option in today)
    fits = fits_int64(prod(size for part in merged.parts for size in part.block.sizes))
    counts: Integers = np.ones(1, dtype=np.int64 if fits else object)
    nearest = _Nearest(np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64))
    chosen: list[tuple[Index, Index]] = []  # of each stage: the parent and the combination taken
    for part, stage in zip(merged.parts, merged.stages, strict=True):
        members, starts = part.grouped()
        parents, groups, begins = stage.table()
        behind = starts[1:] - starts[:-1]
        ways = counts[parents] * behind[groups]
        counts = ways if len(ways) == len(begins) - 1 else np.add.reduceat(ways, begins[:-1])
        first, taken = starts[:-1], begins[:-1]
        if not open_to_all:
            own, first = _of_part(part, members, starts, today)
            nearest, taken = _of_stage(nearest, own, (parents, groups, begins))
        chosen.append((parents[taken], members[first[groups[taken]]]))
    options = np.zeros((points, merged.issues), dtype=np.int64)
    point = np.arange(points)
    for part, (parents, codes) in zip(reversed(merged.parts), reversed(chosen), strict=True):
        _write(options, part, codes[point])
        point = parents[point]
    single: NDArray[np.bool_] = np.equal(counts if open_to_all else nearest.ways, 1)
    return Survey(counts.tolist(), options, single.astype(bool))


def one_each(solution: Few | Merged) -> list[Decision]:
    """Return one package behind each point."""
    if isinstance(solution, Few):
        return solution.one_each()
    found = _of_merged(solution, (None,) * solution.issues)
    return [tuple(row) for row in found.options.tolist()]


def _of_part(part: Part, members: Index, starts: Index, today: Today) -> tuple[_Nearest, Index]:
    """Return the fewest changes behind each of a part's points, and the first place with them."""
    changes = part.block.changes(members, tuple(today))
    fewest = np.minimum.reduceat(changes, starts[:-1])
    return _with_ways(changes, fewest, starts, np.ones(len(members), dtype=np.int64))


def _of_stage(
    before: _Nearest, own: _Nearest, table: tuple[Index, Index, Index]
) -> tuple[_Nearest, Index]:
    """Return the same for the points of a stage, from those before it and those of its part."""
    parents, groups, begins = table
    changes = before.fewest[parents] + own.fewest[groups]
    fewest = np.minimum.reduceat(changes, begins[:-1])
    ways = before.ways[parents] * np.minimum(own.ways[groups], 2)
    return _with_ways(changes, fewest, begins, ways)


def _with_ways(changes: Index, fewest: Index, starts: Index, ways: Index) -> tuple[_Nearest, Index]:
    best: Any = changes == np.repeat(fewest, np.diff(starts))
    places = np.flatnonzero(best)
    first = places[np.searchsorted(places, starts[:-1])]
    total = np.add.reduceat(np.where(best, ways, 0), starts[:-1])
    return _Nearest(fewest, np.minimum(total, 2)), first


def _write(options: Index, part: Part, codes: Index) -> None:
    """Write the options that combinations of a part stand for."""
    if isinstance(part.block, Single):
        options[:, part.block.issue] = codes
        return
    for issue, size in zip(reversed(part.block.issues), reversed(part.block.sizes), strict=True):
        codes, options[:, issue] = np.divmod(codes, size)
