"""Look at every outcome, one by one, in plain Python: the oracle for every other engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from hikiwake.errors import Fault, TooLarge
from hikiwake.numeric import count_text
from hikiwake.solvers.deadline import UNLIMITED, Deadline
from hikiwake.solvers.problem import Clause, Problem
from hikiwake.solvers.solution import Decision, Integers

MAX_OUTCOMES = 1_000_000


@dataclass(frozen=True, slots=True)
class Enumerated:
    """The frontier with the list of outcomes behind each point."""

    engine = "brute_force"
    utilities: Integers
    outcomes: Sequence[Sequence[Decision]]

    def count(self, point: int) -> int:
        """Return how many outcomes have exactly the utilities of a point."""
        return len(self.outcomes[point])

    def decisions(self, point: int) -> Iterator[Decision]:
        """Yield every outcome behind a point."""
        yield from self.outcomes[point]

    def nearest(self, point: int, today: tuple[int | None, ...]) -> Iterator[Decision]:
        """Yield the outcomes behind a point that differ from ``today`` on the fewest issues."""

        def changes(decision: Decision) -> int:
            return sum(t is not None and t != d for t, d in zip(today, decision, strict=True))

        fewest = min(map(changes, self.outcomes[point]))
        yield from (d for d in self.outcomes[point] if changes(d) == fewest)


def pareto(problem: Problem, deadline: Deadline = UNLIMITED) -> Enumerated:
    """Return the exact Pareto frontier of a small problem without shares, floors kept.

    Raises
    ------
    TooLarge
        If there are more than ``MAX_OUTCOMES`` outcomes (H18).
    TimeIsOver
        If no time was left before it was done.

    Notes
    -----
    Points are compared with each other in falling order: the cost grows as outcomes × points.
    """
    if problem.combinations > MAX_OUTCOMES:
        raise TooLarge(
            Fault(
                "Brute force",
                f"{count_text(problem.combinations)} packages",
                f"At most {MAX_OUTCOMES:,}",
                "H18",
                "Use the additive engine.",
            )
        )
    by_utilities: dict[tuple[int, ...], list[Decision]] = {}
    for decision in product(*(range(len(options)) for options in problem.points)):
        deadline.require()
        if _allowed(problem, decision):
            utilities = _utilities(problem, decision)
            floors = zip(utilities, problem.floors, strict=True)
            if all(floor is None or u >= floor for u, floor in floors):
                by_utilities.setdefault(utilities, []).append(decision)
    best: list[tuple[int, ...]] = []
    for point in sorted(by_utilities, reverse=True):
        deadline.require()
        if not any(all(b >= p for b, p in zip(other, point, strict=True)) for other in best):
            best.append(point)
    rows = np.array(best, dtype=object).reshape(len(best), problem.parties)
    return Enumerated(rows, [by_utilities[point] for point in best])


def _allowed(problem: Problem, decision: Decision) -> bool:
    return not any(_holds(clause, decision) for clause in problem.never) and all(
        tuple(decision[k] for k in allowed.issues) in allowed.combinations
        for allowed in problem.allowed
    )


def _utilities(problem: Problem, decision: Decision) -> tuple[int, ...]:
    totals = [0] * problem.parties
    for k, option in enumerate(decision):
        for i in range(problem.parties):
            totals[i] += problem.points[k][option][i]
    for extra in problem.extras:
        if _holds(extra.when, decision):
            totals[extra.party] += extra.points
    return tuple(totals)


def _holds(clause: Clause, decision: Decision) -> bool:
    return all(decision[k] in options for k, options in clause.options)
