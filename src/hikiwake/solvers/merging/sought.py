"""What a two-party point came from, sought again from the staircases of a merge."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from hikiwake.solvers.merging.blocks import AnyBlock, Single
from hikiwake.solvers.solution import Index, Integers

Keys = list[int] | Integers  # points packed into integers, rising
Stair = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class PackedPart:
    """A block and its undominated points, in rising order of the first party's."""

    block: AnyBlock
    points: Stair

    def codes(self, group: int) -> Index:
        """Return the combinations of the block that are worth its point ``group``."""
        members, starts = self._behind(self.points[group : group + 1])
        return members[starts[0] : starts[1]]

    def grouped(self) -> tuple[Index, Index]:
        """Return the combinations behind every point, and where each point's begin."""
        return self._behind(self.points)

    def _behind(self, points: Stair) -> tuple[Index, Index]:
        if isinstance(self.block, Single):
            behind: dict[tuple[int, ...], list[int]] = {point: [] for point in points}
            for option, row in enumerate(self.block.rows):
                if row in behind:
                    behind[row].append(option)
            starts = [0, *accumulate(map(len, behind.values()))]
            options = [option for found in behind.values() for option in found]
            return np.array(options, dtype=np.int64), np.array(starts, dtype=np.int64)
        table = self.block.utilities
        first, second = np.array(points, dtype=table.dtype).reshape(len(points), 2).T
        group = np.minimum(np.searchsorted(first, table[:, 0]), len(points) - 1)
        places = np.flatnonzero((first[group] == table[:, 0]) & (second[group] == table[:, 1]))
        places = places[np.argsort(group[places], kind="stable")]
        bounds = np.searchsorted(group[places], np.arange(len(points) + 1))
        return self.block.codes[places], bounds.astype(np.int64)


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
        if len(self.before) == 1:
            return self._of_the_first()
        if isinstance(self.after, list):
            return self._listed()
        before = np.array(self.before, dtype=np.int64)
        # A row a point of the part: what is sought then rises along it, which makes it quick.
        sought = self.after - np.array(self.added, dtype=np.int64)[:, None]
        nearest = before.searchsorted(sought)
        points, groups = np.nonzero((before.take(nearest, mode="clip") == sought).T)
        many = len(self.after) + 1
        each = np.arange(many)
        starts = each if len(points) == many - 1 else np.searchsorted(points, each)
        return nearest[groups, points], groups, starts

    def _of_the_first(self) -> tuple[Index, Index, Index]:
        """Return the pairs where there is one point before: each comes from it, by one point."""
        (before,) = self.before
        group = {int(before) + part: group for group, part in enumerate(self.added)}
        groups = np.array([group[int(key)] for key in self.after], dtype=np.int64)
        return np.zeros_like(groups), groups, np.arange(len(groups) + 1)

    def _listed(self) -> tuple[Index, Index, Index]:
        """Return the pairs of few points, looked up one by one."""
        place = {int(key): parent for parent, key in enumerate(self.before)}
        found = [
            [
                (place[key - part], group)
                for group, part in enumerate(self.added)
                if key - part in place
            ]
            for key in self.after
        ]
        starts = np.array([0, *accumulate(map(len, found))], dtype=np.int64)
        flat = np.array([pair for pairs in found for pair in pairs], dtype=np.int64)
        parents, groups = flat.reshape(-1, 2).T
        return parents, groups, starts
