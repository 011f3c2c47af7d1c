"""The first of all packages behind a point, however many there are.

Of a merge the option that comes first is kept issue by issue, of those that are left, and with it
the ways through the merge that have it. A way that is cut takes along what it alone led to, so that
whatever is left is part of a whole package; each is cut but once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from hikiwake.solvers.merging.merged import Merged, Way
from hikiwake.solvers.solution import Decision, Solution

Key = Callable[[int, int], bytes]  # of an issue's option: by it they are put in an order
Today = tuple[int | None, ...]


@runtime_checkable
class Smaller(Protocol):
    """A solution that asks a smaller one, of which it knows the issues."""

    def foremost(
        self, nearest: tuple[int, Today], most: int, order: Sequence[int], key: Key
    ) -> Decision | None:
        """Return what :func:`foremost` does."""
        ...


def foremost(
    solution: Solution, nearest: tuple[int, Today], most: int, order: Sequence[int], key: Key
) -> Decision | None:
    """Return the first of the packages of a point that differ from today's on the fewest issues.

    Parameters
    ----------
    nearest
        The point, and today's package.
    most
        None is returned if there are no more of them than so many.
    order
        The issues, the one first that counts most.
    """
    if isinstance(solution, Smaller):
        return solution.foremost(nearest, most, order, key)
    if not isinstance(solution, Merged):
        near = list(solution.nearest(*nearest))
        if len(near) <= most:
            return None
        return min(near, key=lambda taken: [key(issue, taken[issue]) for issue in order])
    ways = solution.ways(*nearest)
    if _count(ways) <= most:
        return None
    left = _Left(solution, ways)
    for issue in order:
        left.keep(issue, min(left.options(issue), key=lambda option: key(issue, option)))
    return left.decision()


def _count(ways: Sequence[Sequence[Way]]) -> int:
    before: dict[int, int] = {}
    for found in ways:
        after: dict[int, int] = {}
        for way in found:
            more = before.get(way.before, 1) * len(way.codes)
            after[way.point] = after.get(way.point, 0) + more
        before = after
    return sum(before.values()) if ways else 1


class _Left:
    """What is left of the ways to a point of a merge, stage by stage."""

    def __init__(self, merged: Merged, ways: Sequence[Sequence[Way]]) -> None:
        self._level = {k: n for n, part in enumerate(merged.parts) for k in part.block.issues}
        self._ends: list[dict[int, tuple[int, int]]] = []  # of each way: its points, up and down
        self._taken: list[dict[int, list[dict[int, int]]]] = []  # of each way: what it may decide
        self._up: list[dict[int, set[int]]] = []  # the ways that end at a point of a stage
        self._down: list[dict[int, set[int]]] = []  # the ways that begin at a point before it
        for part, found in zip(merged.parts, ways, strict=True):
            decoded: dict[int, dict[int, int]] = {}
            for code in {code for way in found for code in way.codes}:
                decoded[code] = dict(part.block.decode(code))
            up, down = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
            for n, way in enumerate(found):
                up[way.point].add(n)
                down[way.before].add(n)
            self._ends.append({n: (way.point, way.before) for n, way in enumerate(found)})
            self._taken.append({n: [decoded[c] for c in w.codes] for n, w in enumerate(found)})
            self._up.append(up)
            self._down.append(down)

    def options(self, issue: int) -> set[int]:
        """Return the options of an issue that some package which is left takes."""
        left = self._taken[self._level[issue]].values()
        return {taken[issue] for several in left for taken in several}

    def keep(self, issue: int, option: int) -> None:
        """Leave only the packages that take an option."""
        level = self._level[issue]
        for way, several in list(self._taken[level].items()):
            left = [taken for taken in several if taken[issue] == option]
            if left:
                self._taken[level][way] = left
            else:
                self._cut(level, way)

    def _cut(self, level: int, way: int) -> None:
        """Take a way away, and each that leads nowhere without it."""
        to_cut = [(level, way)]
        while to_cut:
            level, way = to_cut.pop()
            if self._taken[level].pop(way, None) is None:
                continue
            point, before = self._ends[level][way]
            self._up[level][point].discard(way)
            self._down[level][before].discard(way)
            if not self._up[level][point] and level + 1 < len(self._taken):
                to_cut += [(level + 1, other) for other in self._down[level + 1][point]]
            if not self._down[level][before] and level:
                to_cut += [(level - 1, other) for other in self._up[level - 1][before]]

    def decision(self) -> Decision:
        """Return the package that is left, if every issue was decided."""
        decided: dict[int, int] = {}
        for left in self._taken:
            ((taken,),) = left.values()
            decided |= taken
        return tuple(decided[issue] for issue in sorted(decided))
