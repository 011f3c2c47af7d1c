"""From one end to the other, least demand first: for orders of more items than tables can hold.

What counts is the largest value on the way (a bottleneck), so the way of least demand is found by
Dijkstra's rule: always go on from where the largest value so far is least. Every set that was left
before the end was reached has a smaller value, and those sets are closed: no order leads out of
them for less. Seen from the last step backwards, or from the first one on, few sets are usually
enough: an agreement is tight near its ends.

References
----------
Dijkstra, E. (1959), A note on two problems in connexion with graphs, Numerische Mathematik 1.
Abdel-Wahab, H. and Kameda, T. (1978), Scheduling to minimize maximum cumulative cost subject to
series-parallel precedence constraints, Operations Research 26.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush

from hikiwake.execution.found import Found, Limits, Order
from hikiwake.execution.pieces import Problem
from hikiwake.solvers.deadline import Deadline

Figures = tuple[int, ...]
LOOKED_AT_CLOCK = 256  # sets between two looks at the clock
WIDTH = 60  # sets that a beam keeps of each size


class Walk:
    """Sets of items with every party's figures, from the empty set on or from the whole back."""

    def __init__(self, problem: Problem, back: bool) -> None:
        self.back = back
        rows = (*problem.gains, *problem.lures)
        self._parties = len(problem.gains)
        self._count = len(problem.items)
        self._steps = [tuple(row.items[place] for row in rows) for place in range(self._count)]
        self._joined = [
            tuple((m, r, v) for r, row in enumerate(rows) for m, v in row.joined if m >> place & 1)
            for place in range(self._count)
        ]
        self._before = problem.before
        self._after = [
            sum(1 << later for later, mask in enumerate(problem.before) if mask >> place & 1)
            for place in range(self._count)
        ]
        self.start = problem.everything if back else 0
        self.goal = 0 if back else problem.everything
        self.figures: Figures = tuple(row.at(self.start) for row in rows)

    def value(self, figures: Figures) -> tuple[int, int]:
        """Return the largest temptation and exposure."""
        gains, lures = figures[: self._parties], figures[self._parties :]
        return max(lures, default=0), max(0, -min(gains, default=0))

    def size(self, done: int) -> int:
        """Return how many steps are left to the goal."""
        return done.bit_count() if self.back else self._count - done.bit_count()

    def onward(self, done: int, figures: Figures) -> Iterator[tuple[int, Figures]]:
        """Yield the sets one step further."""
        for place, step in enumerate(self._steps):
            bit = 1 << place
            if self.back:
                if done & bit and not self._after[place] & done:
                    yield done ^ bit, self._less(place, step, done, figures)
            elif not done & bit and self._before[place] & done == self._before[place]:
                yield done | bit, self._more(place, step, done | bit, figures)

    def _more(self, place: int, step: Figures, done: int, figures: Figures) -> Figures:
        more = [a + b for a, b in zip(figures, step, strict=True)]
        for mask, row, value in self._joined[place]:
            if mask & done == mask:
                more[row] += value
        return tuple(more)

    def _less(self, place: int, step: Figures, done: int, figures: Figures) -> Figures:
        less = [a - b for a, b in zip(figures, step, strict=True)]
        for mask, row, value in self._joined[place]:
            if mask & done == mask:
                less[row] -= value
        return tuple(less)


def search(
    problem: Problem, of: str, limits: Limits, back: bool, budget: tuple[int, Deadline]
) -> tuple[Found, int]:
    """Return the least that can be found from one end, and how many sets were closed on the way.

    Parameters
    ----------
    of
        ``"temptation"`` or ``"exposure"``: what is to be least.
    back
        Whether to begin at the end.
    budget
        How many sets may be left, and until when; beyond, there is only a bound.
    """
    walk, which = Walk(problem, back), 0 if of == "temptation" else 1
    most, deadline = budget
    first = walk.value(walk.figures)
    if not limits.allow(*first):
        return Found(None, None, None), 0
    came: dict[int, int | None] = {walk.start: None}
    heap = [(first[which], walk.size(walk.start), walk.start, walk.figures)]
    value = closed = left = 0
    while heap:
        cost, _, done, figures = heappop(heap)
        if left == 0 or cost > value:
            value, closed = cost, left
        if done == walk.goal:
            return Found(value, _order(came, done, back), value), closed
        left += 1
        if left > most or (left % LOOKED_AT_CLOCK == 0 and deadline.passed):
            return Found(None, None, value), closed
        for other, there in walk.onward(done, figures):
            if other in came:
                continue
            both = walk.value(there)
            if limits.allow(*both):
                came[other] = done
                heappush(heap, (max(cost, both[which]), walk.size(other), other, there))
    return Found(None, None, None), left


def _order(came: dict[int, int | None], end: int, back: bool) -> Order:
    order: list[int] = []
    while (previous := came[end]) is not None:
        order.append((end ^ previous).bit_length() - 1)
        end = previous
    return tuple(order if back else reversed(order))


def beam(problem: Problem, of: str, limits: Limits, back: bool, deadline: Deadline) -> Order | None:
    """Return a good order within limits, found fast and without any proof.

    Step by step only the most promising sets are kept: those with the least demand so far.
    """
    walk, which = Walk(problem, back), 0 if of == "temptation" else 1
    if not limits.allow(*walk.value(walk.figures)):
        return None
    first = walk.value(walk.figures)[which]
    layer = {walk.start: (first, first, walk.figures)}
    came: dict[int, int | None] = {walk.start: None}
    for _ in problem.items:
        further: dict[int, tuple[int, int, Figures]] = {}
        for done, (worst, _, figures) in layer.items():
            for other, there in walk.onward(done, figures):
                both = walk.value(there)
                rank = max(worst, both[which])
                if limits.allow(*both) and (other not in further or rank < further[other][0]):
                    further[other] = rank, both[which], there
                    came[other] = done
        if deadline.passed or not further:
            return None
        best = sorted(further.items(), key=lambda entry: (entry[1][:2], entry[0]))[:WIDTH]
        layer = dict(best)
    return _order(came, walk.goal, back)
