"""Sums of independent blocks, with the graph of how each undominated sum came about.

Every tie is kept, so outcomes can be counted exactly without being listed, listed on request, and
searched for those nearest to today's package.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hikiwake.solvers.blocks import Block, decision_of
from hikiwake.solvers.solution import Decision, Index, Integers


@dataclass(frozen=True, slots=True)
class Part:
    """A block's undominated points; ``codes[starts[g]:starts[g + 1]]`` all have point g."""

    block: Block
    utilities: Integers
    codes: Index
    starts: Index


@dataclass(frozen=True, slots=True)
class Stage:
    """The undominated sums so far. Pair q came from point ``parents[q]`` and part ``added[q]``."""

    parents: Index
    added: Index
    starts: Index


@dataclass(slots=True)
class Merged:
    """The frontier of independent blocks, with the graph of how each point came about."""

    engine = "additive"
    utilities: Integers
    parts: Sequence[Part]
    stages: Sequence[Stage]
    issues: int
    _counts: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])

    def count(self, point: int) -> int:
        """Return how many outcomes have exactly the utilities of a point."""
        return self._count(len(self.stages) - 1, point)

    def _count(self, stage: int, point: int) -> int:
        if stage < 0:
            return 1
        key = (stage, point)
        if key not in self._counts:
            # From the first stage up, so that many issues need no deep recursion.
            for level, points in enumerate(self.reached(stage, point)):
                for p in points:
                    self._counts[level, p] = sum(
                        self._size(level, added) * self._counts.get((level - 1, parent), 1)
                        for parent, added in self.pairs(level, p)
                    )
        return self._counts[key]

    def reached(self, stage: int, point: int) -> list[set[int]]:
        """Return, for each stage up to one, the points that a point of it came from."""
        if stage < 0:
            return []
        reached = [{point}]
        for level in range(stage, 0, -1):
            reached.append({parent for p in reached[-1] for parent, _ in self.pairs(level, p)})
        return reached[::-1]

    def pairs(self, level: int, point: int) -> Iterator[tuple[int, int]]:
        """Yield what a point of a stage came from: a point before, and a group of the part."""
        stage = self.stages[level]
        for q in range(stage.starts[point], stage.starts[point + 1]):
            yield int(stage.parents[q]), int(stage.added[q])

    def _size(self, level: int, group: int) -> int:
        starts = self.parts[level].starts
        return int(starts[group + 1] - starts[group])

    def decisions(self, point: int) -> Iterator[Decision]:
        """Yield every outcome behind a point."""
        yield from self._walk(point, None)

    def nearest(self, point: int, today: tuple[int | None, ...]) -> Iterator[Decision]:
        """Yield the outcomes behind a point that differ from ``today`` on the fewest issues."""
        yield from self._walk(point, _Distances(self, point, today))

    def _walk(self, point: int, distances: _Distances | None) -> Iterator[Decision]:
        last = len(self.stages) - 1
        stack: list[tuple[int, int, tuple[tuple[Block, int], ...]]] = [(last, point, ())]
        while stack:
            level, p, chosen = stack.pop()
            if level < 0:
                yield decision_of(chosen, self.issues)
                continue
            part = self.parts[level]
            for parent, group in self.pairs(level, p):
                codes = part.codes[part.starts[group] : part.starts[group + 1]]
                if distances is not None:
                    if not distances.shortest(level, p, parent, group):
                        continue
                    codes = distances.closest(level, group)
                stack.extend(
                    (level - 1, parent, ((part.block, int(code)), *chosen)) for code in codes[::-1]
                )


class _Distances:
    """On how few issues the outcomes behind each point can differ from today's package."""

    def __init__(self, merged: Merged, point: int, today: tuple[int | None, ...]) -> None:
        self._changes = [part.block.changes(part.codes, today) for part in merged.parts]
        self.parts = merged.parts
        self._least: dict[tuple[int, int], int] = {}
        for level, points in enumerate(merged.reached(len(merged.stages) - 1, point)):
            for p in points:
                self._least[level, p] = min(
                    self._through(level, parent, group) for parent, group in merged.pairs(level, p)
                )

    def _through(self, level: int, parent: int, group: int) -> int:
        starts = self.parts[level].starts
        own = int(self._changes[level][starts[group] : starts[group + 1]].min())
        return own + (self._least[level - 1, parent] if level else 0)

    def shortest(self, level: int, point: int, parent: int, group: int) -> bool:
        """Tell whether the fewest changes can be had through this pair."""
        return self._through(level, parent, group) == self._least[level, point]

    def closest(self, level: int, group: int) -> Index:
        """Return the combinations of a part that change the fewest issues."""
        starts = self.parts[level].starts
        changes = self._changes[level][starts[group] : starts[group + 1]]
        codes = self.parts[level].codes[starts[group] : starts[group + 1]]
        return codes[changes == changes.min()]
