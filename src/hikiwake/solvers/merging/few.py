"""Two parties and few packages: merged in plain Python, every package carried along.

Where there are a few dozen sums, each call of NumPy and each table made costs more than all of
them. The answer is the same as that of the larger merge, ties included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby
from math import prod

import numpy as np

from hikiwake.numeric import fits_int64
from hikiwake.solvers.merging.blocks import Block
from hikiwake.solvers.problem import Problem
from hikiwake.solvers.solution import Decision, Index, Integers

MOST_SUMS = 160  # of one merge

Step = tuple[int, int, Decision]  # both parties' points, and the options taken for them


class Few:
    """A frontier with all its packages: ``steps``, rising in the first party's points."""

    engine = "additive"

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps

    @cached_property
    def packages(self) -> list[list[Decision]]:
        """The packages behind each point."""
        groups = groupby(self._steps, key=lambda step: step[:2])
        return [[decision for *_, decision in ties] for _, ties in groups]

    @property
    def utilities(self) -> Integers:
        """One row a point, one column a party."""
        return self._table

    @cached_property
    def _table(self) -> Integers:
        return _table(list(dict.fromkeys(step[:2] for step in self._steps)))

    def one_each(self) -> list[Decision]:
        """Return one package behind each point."""
        return list({first: taken for first, _, taken in self._steps}.values())

    def count(self, point: int) -> int:
        """Return how many packages have exactly the utilities of a point."""
        return len(self.packages[point])

    def decisions(self, point: int) -> Iterator[Decision]:
        """Yield every package behind a point."""
        yield from self.packages[point]

    def nearest(self, point: int, today: tuple[int | None, ...]) -> Iterator[Decision]:
        """Yield the packages behind a point that differ from ``today`` on the fewest issues."""
        changes = [
            sum(now is not None and now != option for now, option in zip(today, d, strict=True))
            for d in self.packages[point]
        ]
        fewest = min(changes)
        for changed, decision in zip(changes, self.packages[point], strict=True):
            if changed == fewest:
                yield decision


@dataclass(frozen=True, slots=True)
class Begun:
    """The first issues, as many as take few sums: their undominated packages, falling."""

    sizes: tuple[int, ...]
    steps: list[Step]

    @property
    def rows(self) -> list[tuple[int, int]]:
        """Both parties' points for each package."""
        return [step[:2] for step in self.steps]

    def block(self) -> Block:
        """Return these issues as one block."""
        issues = tuple(range(len(self.sizes)))
        places = [prod(self.sizes[k + 1 :]) for k in issues]
        taken = np.array([taken for *_, taken in self.steps], dtype=np.int64)
        codes: Index = taken.reshape(-1, len(issues)) @ np.array(places, dtype=np.int64)
        return Block(issues, (), self.sizes, codes, _table(self.rows))


def few(problem: Problem) -> Few | Begun:
    """Return the frontier of two parties' independent issues, or how far it takes few sums."""
    steps: list[Step] = [(0, 0, ())]
    for done, options in enumerate(problem.points):
        if len(options) > MOST_SUMS:
            return _begun(problem, done, steps)
        own = _undominated([(u, v, (option,)) for option, (u, v) in enumerate(options)])
        if len(steps) * len(own) > MOST_SUMS:
            return _begun(problem, done, steps)
        steps = _undominated(
            [
                (first + more, second + besides, taken + option)
                for first, second, taken in steps
                for more, besides, option in own
            ]
        )
    least, lowest = problem.floors
    if least is not None:
        steps = [step for step in steps if step[0] >= least]
    if lowest is not None:
        steps = [step for step in steps if step[1] >= lowest]
    return Few(steps[::-1])


def _begun(problem: Problem, done: int, steps: list[Step]) -> Begun:
    """Return what is merged of some issues; nothing where their packages have too long codes."""
    sizes = tuple(len(options) for options in problem.points[:done])
    return Begun(sizes, steps) if fits_int64(prod(sizes)) else Begun((), [])


def _table(rows: list[tuple[int, int]]) -> Integers:
    fits = fits_int64(max(map(abs, chain.from_iterable(rows)), default=0))
    return np.array(rows, dtype=np.int64 if fits else object).reshape(len(rows), 2)


def _undominated(steps: list[Step]) -> list[Step]:
    """Return the undominated steps, ties included, falling in the first party's points."""
    if not steps:
        return []
    steps.sort(reverse=True)
    best, most, _ = steps[0]
    kept: list[Step] = []
    for step in steps:
        second = step[1]
        if second > most:
            best, most = step[0], second
            kept.append(step)
        elif second == most and step[0] == best:
            kept.append(step)
    return kept
