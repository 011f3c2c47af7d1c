"""What can be asked of a Pareto frontier, however it is held: as points, edges, or only sought.

All answer the same questions: is it empty, how much could a party get, which points are best,
and which packages are behind a point.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Protocol

from hikiwake.errors import TooLarge
from hikiwake.pareto.fronts.answer import Found, LimitReached
from hikiwake.pareto.fronts.edges import Edges
from hikiwake.pareto.fronts.measure import Measure, Point
from hikiwake.pareto.fronts.orderings import Ordering
from hikiwake.pareto.fronts.points import Points
from hikiwake.pareto.fronts.region import ANYWHERE, Region
from hikiwake.settlement import Count
from hikiwake.solvers import CP_SAT, Problem, needs_hulls, require_engine, solve
from hikiwake.solvers.deadline import Deadline, TimeIsOver
from hikiwake.solvers.envelope import Edge
from hikiwake.solvers.linear import Divided
from hikiwake.solvers.solution import Taken


class ParetoSet(Protocol):
    """The undominated points of a problem, in its integer units."""

    @property
    def engine(self) -> str:
        """The engine that found it."""
        ...

    @property
    def empty(self) -> bool:
        """Whether nothing is acceptable to everybody."""
        ...

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The straight parts of a frontier with shares or amounts; empty without.

        Raises
        ------
        Unsupported, TooLarge
            If they cannot be listed (H18).
        """
        ...

    def most(self, party: int) -> Fraction:
        """Return the most that a party gets anywhere on the frontier."""
        ...

    def hope(self, party: int) -> Taken:
        """Return a package that gives a party the most that it gets."""
        ...

    def best(self, ordering: Ordering, measure: Measure, region: Region = ANYWHERE) -> Found:
        """Return all the best points within a region; none if it is empty or has no best point.

        Raises
        ------
        LimitReached
            If a limit was reached before the answer was certain.
        """
        ...

    def corners(self) -> Iterator[Point]:
        """Yield every point, or every corner of the edges."""
        ...

    def packages(self, point: Point) -> Iterator[Taken]:
        """Yield the packages behind a point."""
        ...

    def nearest(self, point: Point, today: tuple[int | None, ...]) -> Iterator[Taken]:
        """Yield the packages behind a point that differ from today's on the fewest issues."""
        ...

    def count(self, point: Point) -> Count:
        """Return how many packages are behind a point."""
        ...

    def mirrors(self, best: tuple[Point, ...], shown: Point, measure: Measure) -> Iterator[Point]:
        """Yield twins of a point, all as good, that ``best`` does not name."""
        ...


def pareto_set(problem: Problem, engine: str | None, deadline: Deadline) -> ParetoSet:
    """Return the frontier of a problem, by the engine that suits its structure.

    What outgrows the additive engine is asked of ``cp_sat``; where two parties' shares have too
    many chains to be held, single points are sought by branch and bound.
    """
    require_engine(engine, problem)
    if engine == CP_SAT:
        return _searched(problem, deadline)
    if needs_hulls(problem):
        return _hulls(problem, deadline)
    try:
        solution = solve(problem, engine, deadline)
    except TimeIsOver:
        if engine is not None:
            raise LimitReached from None
        return _near_best(problem, deadline)
    except TooLarge:
        if engine is not None and not problem.continuous:
            raise
        return _near_best(problem, deadline)
    return Edges(solution) if isinstance(solution, Divided) else Points(solution, problem)


def _near_best(problem: Problem, deadline: Deadline) -> ParetoSet:
    """Return a frontier that is not held, but asked for its best points."""
    if problem.continuous:
        return _hulls(problem, deadline)
    if problem.tied:
        return _searched(problem, deadline)
    from hikiwake.pareto.fronts.narrowed import Narrowed

    return Narrowed(problem, deadline)


def _hulls(problem: Problem, deadline: Deadline) -> ParetoSet:
    from hikiwake.pareto.fronts.hulls import Hulls

    return Hulls(problem, deadline)


def _searched(problem: Problem, deadline: Deadline) -> ParetoSet:
    from hikiwake.pareto.fronts.searched import Searched

    return Searched(problem, deadline)
