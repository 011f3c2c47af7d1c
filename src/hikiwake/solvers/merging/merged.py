"""Sums of independent blocks, with the graph of how each undominated sum came about.

Every tie is kept, so outcomes can be counted exactly without being listed, listed on request, and
searched for those nearest to today's package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from hikiwake.solvers.merging.blocks import AnyBlock, decision_of
from hikiwake.solvers.solution import Decision, Index, Integers


class Part(Protocol):
    """A block's undominated points, and the combinations behind each."""

    @property
    def block(self) -> AnyBlock:
        """The block."""
        ...

    def codes(self, group: int) -> Index:
        """Return the combinations of the block that are worth its point ``group``."""
        ...

    def grouped(self) -> tuple[Index, Index]:
        """Return the combinations behind every point, and where each point's begin."""
        ...


class Stage(Protocol):
    """The undominated sums of the parts so far."""

    def pairs(self, point: int) -> Iterator[tuple[int, int]]:
        """Yield what a point came from: a point of the stage before, and a point of the part."""
        ...

    def table(self) -> tuple[Index, Index, Index]:
        """Return the pairs of every point: parents, points of the part, where each begins."""
        ...


@dataclass(slots=True)
class Merged:
    """The frontier of independent blocks, with the graph of how each point came about."""

    engine = "additive"
    utilities: Integers
    graph: Callable[[], tuple[Sequence[Part], Sequence[Stage]]]
    issues: int
    _built: tuple[Sequence[Part], Sequence[Stage]] | None = None
    _counts: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])

    @property
    def parts(self) -> Sequence[Part]:
        """The blocks' undominated points, in the order in which they were added."""
        self._built = self._built or self.graph()
        return self._built[0]

    @property
    def stages(self) -> Sequence[Stage]:
        """The undominated sums after each part was added."""
        self._built = self._built or self.graph()
        return self._built[1]

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
                        len(self.parts[level].codes(added))
                        * self._counts.get((level - 1, parent), 1)
                        for parent, added in self.stages[level].pairs(p)
                    )
        return self._counts[key]

    def reached(self, stage: int, point: int) -> list[set[int]]:
        """Return, for each stage up to one, the points that a point of it came from."""
        if stage < 0:
            return []
        reached = [{point}]
        for level in range(stage, 0, -1):
            reached.append(
                {parent for p in reached[-1] for parent, _ in self.stages[level].pairs(p)}
            )
        return reached[::-1]

    def decisions(self, point: int) -> Iterator[Decision]:
        """Yield every outcome behind a point."""
        yield from self._walk(point, None)

    def nearest(self, point: int, today: tuple[int | None, ...]) -> Iterator[Decision]:
        """Yield the outcomes behind a point that differ from ``today`` on the fewest issues."""
        anything = all(option is None for option in today)
        yield from self._walk(point, None if anything else _Distances(self, point, today))

    def ways(self, point: int, today: tuple[int | None, ...]) -> list[list[Way]]:
        """Return, for each stage, the ways by which the nearest outcomes behind a point go on."""
        anything = all(option is None for option in today)
        distances = None if anything else _Distances(self, point, today)
        found: list[list[Way]] = []
        reached = {point}
        for level in range(len(self.stages) - 1, -1, -1):
            known: dict[int, list[int]] = {}
            ways: list[Way] = []
            for p in sorted(reached):
                for parent, group in self.stages[level].pairs(p):
                    if distances is not None and not distances.shortest(level, p, parent, group):
                        continue
                    if group not in known:
                        part = self.parts[level]
                        codes = distances.closest(level, group) if distances else part.codes(group)
                        known[group] = codes.tolist()
                    ways.append(Way(p, parent, known[group]))
            found.append(ways)
            reached = {way.before for way in ways}
        return found[::-1]

    def _walk(self, point: int, distances: _Distances | None) -> Iterator[Decision]:
        last = len(self.stages) - 1
        stack: list[tuple[int, int, _Taken | None]] = [(last, point, None)]
        known: dict[tuple[int, int], list[int]] = {}
        while stack:
            level, p, taken = stack.pop()
            if level < 0:
                yield decision_of(_unlinked(taken), self.issues)
                continue
            part = self.parts[level]
            for parent, group in self.stages[level].pairs(p):
                if distances is not None and not distances.shortest(level, p, parent, group):
                    continue
                if (level, group) not in known:
                    codes = distances.closest(level, group) if distances else part.codes(group)
                    known[level, group] = codes[::-1].tolist()
                stack.extend(
                    (level - 1, parent, _Taken(part.block, code, taken))
                    for code in known[level, group]
                )


class Way(NamedTuple):
    """From a point of the stage before to a point, by any of some combinations of the part."""

    point: int
    before: int
    codes: list[int]


class _Taken(NamedTuple):
    """A combination that a block takes, and those that were chosen before it."""

    block: AnyBlock
    code: int
    before: _Taken | None


def _unlinked(taken: _Taken | None) -> Iterator[tuple[AnyBlock, int]]:
    while taken is not None:
        yield taken.block, taken.code
        taken = taken.before


class _Distances:
    """On how few issues the outcomes behind each point can differ from today's package."""

    def __init__(self, merged: Merged, point: int, today: tuple[int | None, ...]) -> None:
        self._parts = merged.parts
        self._today = today
        self._least: dict[tuple[int, int], int] = {}
        for level, points in enumerate(merged.reached(len(merged.stages) - 1, point)):
            for p in points:
                self._least[level, p] = min(
                    self._through(level, parent, group)
                    for parent, group in merged.stages[level].pairs(p)
                )

    def _changes(self, level: int, codes: Index) -> Index:
        return self._parts[level].block.changes(codes, self._today)

    def _through(self, level: int, parent: int, group: int) -> int:
        own = int(self._changes(level, self._parts[level].codes(group)).min())
        return own + (self._least[level - 1, parent] if level else 0)

    def shortest(self, level: int, point: int, parent: int, group: int) -> bool:
        """Tell whether the fewest changes can be had through this pair."""
        return self._through(level, parent, group) == self._least[level, point]

    def closest(self, level: int, group: int) -> Index:
        """Return the combinations of a part that change the fewest issues."""
        codes = self._parts[level].codes(group)
        changes = self._changes(level, codes)
        return codes[changes == changes.min()]
