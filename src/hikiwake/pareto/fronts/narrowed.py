"""The frontier of very many independent issues, seen only near its best points.

The whole frontier has too many points to be held. Near the best there are few: a bound says which
options can still matter there, and the merge goes over these alone. Everything else is asked of
the constraint solver.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from math import ceil

from hikiwake.errors import TooLarge
from hikiwake.pareto.fronts.answer import Found, LimitReached
from hikiwake.pareto.fronts.measure import Measure, Point
from hikiwake.pareto.fronts.orderings import LexicographicMinimum, Minimum, Ordering
from hikiwake.pareto.fronts.points import Points
from hikiwake.pareto.fronts.region import ANYWHERE, Region
from hikiwake.pareto.fronts.searched import Searched
from hikiwake.settlement import Bound, Count
from hikiwake.solvers.core import Ray, Weighed, weighed
from hikiwake.solvers.cp_sat import Key
from hikiwake.solvers.deadline import Deadline, TimeIsOver
from hikiwake.solvers.evened import evened
from hikiwake.solvers.problem import Problem
from hikiwake.solvers.sieved import sieved
from hikiwake.solvers.solution import Decision, Taken

MAX_PARTIES = 4  # with more, far too much is undominated even near the best

Today = tuple[int | None, ...]


class Narrowed:
    """A frontier of independent issues, merged near its best points only."""

    edges = ()

    def __init__(self, problem: Problem, deadline: Deadline) -> None:
        self._problem = problem
        self._deadline = deadline
        self._near: dict[Point, Points] = {}
        self._answers: dict[object, Found] = {}
        self._seen: dict[Ray, list[Points | None]] = {}

    @cached_property
    def _searched(self) -> Searched:
        return Searched(self._problem, self._deadline)

    @property
    def engine(self) -> str:
        """The engine that found what was asked for."""
        return Searched.engine if "_searched" in self.__dict__ else "additive"

    @property
    def empty(self) -> bool:
        """Whether nothing is acceptable to everybody."""
        return self._empty

    @cached_property
    def _empty(self) -> bool:
        parties = range(self._problem.parties)
        ahead = self._weighed({i: Fraction(1) for i in parties})
        if self._acceptable(ahead.best()):
            return False
        for points in self._wider(ahead):
            if points is None:
                return self._searched.empty
            if not points.empty:
                return False
        return True

    def most(self, party: int) -> Fraction:
        """Return the most that a party gets anywhere on the frontier."""
        alone = self._all_for(party)
        if self._acceptable(alone):
            return Fraction(self._worth(alone)[party])
        return self._reaching(party).most(party)

    def hope(self, party: int) -> Taken:
        """Return a package that gives a party the most that it gets."""
        alone = self._all_for(party)
        return Taken(alone) if self._acceptable(alone) else self._reaching(party).hope(party)

    def _all_for(self, party: int) -> Decision:
        """Return the package that is best for a party, and then for all, floors left out."""
        return tuple(
            max(range(len(options)), key=lambda j: (options[j][party], sum(options[j])))
            for options in self._problem.points
        )

    def _reaching(self, party: int) -> Points | Searched:
        """Return what holds the most that a party gets."""
        for points in self._wider(self._weighed({party: Fraction(1)})):
            if points is None:
                break
            if not points.empty:
                return points
        return self._searched

    def best(self, ordering: Ordering, measure: Measure, region: Region = ANYWHERE) -> Found:
        """Return all the best points within a region."""
        key = (type(ordering), measure, region)
        if key not in self._answers:
            near = isinstance(ordering, LexicographicMinimum | Minimum) and measure.parties
            found = self._best_near(ordering, measure, region) if near else None
            self._answers[key] = found or self._searched.best(ordering, measure, region)
        return self._answers[key]

    def _best_near(self, ordering: Ordering, measure: Measure, region: Region) -> Found | None:
        """Return the best points if few issues are open near them; None if that is not known.

        A package whose smallest value is at least t reaches t along the ray of equal values.
        """
        units = zip(measure.parties, measure.units, strict=True)
        ahead = self._weighed({party: Fraction(unit) for party, unit in units})
        few = self._problem.parties <= MAX_PARTIES
        for points in self._wider(ahead) if few else (None,):
            if points is None:
                break
            if (found := self._held(points, ordering, measure, region)).points:
                return found
        else:
            return Found(())
        good = self._good(measure, ahead)
        found = None if self._deadline.passed else self._sieved(good, ordering, measure, region)
        return found or self._bounded(ordering, measure, region, (ahead, good))

    def _held(self, points: Points, ordering: Ordering, measure: Measure, region: Region) -> Found:
        """Return the best of some points, which are then known to have them."""
        found = points.best(ordering, measure, region)
        self._near.update(dict.fromkeys(found.points, points))
        return found

    def _good(self, measure: Measure, ahead: Weighed) -> Decision:
        """Return a package whose smallest value is large."""
        units = dict(zip(measure.parties, measure.units, strict=True))
        parties = range(self._problem.parties)
        return evened(
            self._problem,
            ahead,
            [self._floor(i) for i in parties],
            [Fraction(units.get(i, 0)) for i in parties],
        )

    def _sieved(
        self, good: Decision, ordering: Ordering, measure: Measure, region: Region
    ) -> Found | None:
        """Return the best points among all that are as good as a package, or in the region."""
        least = region.floors
        if self._acceptable(good):
            level = min(measure.values(self._worth(good)))
            values = [max(level, own) for own in least or [level] * len(measure.parties)]
            points = self._reaching_all(values, measure)
            found = self._held(points, ordering, measure, region) if points else Found(())
            if found.points:
                return found
        points = self._reaching_all(least, measure) if least else None
        return self._held(points, ordering, measure, region) if points else None

    def _reaching_all(self, values: Sequence[Fraction], measure: Measure) -> Points | None:
        """Return the points that give everybody at least some values; None if they are many."""
        floors = [ceil(self._floor(i)) for i in range(self._problem.parties)]
        measured = zip(measure.parties, measure.zeros, measure.units, values, strict=True)
        for party, zero, unit, value in measured:
            floors[party] = max(floors[party], ceil(zero + value * unit))
        found = sieved(self._problem, floors)
        return None if found is None else Points(found, self._problem)

    def _bounded(
        self,
        ordering: Ordering,
        measure: Measure,
        region: Region,
        begun: tuple[Weighed, Decision],
    ) -> Found:
        """Ask the solver, from a good package on; no package exceeds what the weights say."""
        ahead, good = begun
        try:
            if self._deadline.passed:
                raise LimitReached
            self._searched.begin_at(good)
            return self._searched.best(ordering, measure, region)
        except LimitReached as limit:
            of = "least_gain" if measure.of == "gain" else "least_points"
            known = [ahead.at_most] + ([limit.bound.at_most] if limit.bound else [])
            best = self._better(good, limit.best, measure)
            raise LimitReached(best, Bound(of, min(known))) from None

    def _better(self, decision: Decision, other: Taken | None, measure: Measure) -> Taken | None:
        """Return the package with the larger smallest value, if the first is acceptable."""
        if not self._acceptable(decision):
            return other
        packages = [Taken(decision), *([other] if other else [])]
        return max(packages, key=lambda taken: min(measure.values(self._worth(taken.options))))

    def _worth(self, decision: Decision) -> tuple[int, ...]:
        taken = [options[j] for options, j in zip(self._problem.points, decision, strict=True)]
        return tuple(sum(own[i] for own in taken) for i in range(self._problem.parties))

    def _weighed(self, direction: dict[int, Fraction]) -> Weighed:
        """Return the issues weighed for a ray from everybody's floor."""
        parties = range(self._problem.parties)
        start = tuple(self._floor(party) for party in parties)
        return weighed(
            self._problem, Ray(start, tuple(direction.get(i, Fraction(0)) for i in parties))
        )

    def _acceptable(self, decision: Decision) -> bool:
        worth = self._worth(decision)
        return all(points >= self._floor(i) for i, points in enumerate(worth))

    def _floor(self, party: int) -> Fraction:
        floor = self._problem.floors[party]
        if floor is not None:
            return Fraction(floor)
        return Fraction(sum(min(o[party] for o in options) for options in self._problem.points))

    def _wider(self, ahead: Weighed) -> Iterator[Points | None]:
        """Yield the points that reach far along a ray, more each time.

        None, at the end: there are too many, or no time is left.
        """
        seen = self._seen.setdefault(ahead.ray, [])
        for place, t in enumerate(ahead.reaches()):
            if self._deadline.passed:
                yield None
                return
            if place == len(seen):
                try:
                    seen.append(Points(ahead.core(t, self._deadline), self._problem))
                except (TooLarge, TimeIsOver):
                    seen.append(None)
            yield seen[place]
            if seen[place] is None:
                return

    def corners(self) -> Iterator[Point]:
        """Yield every point."""
        return self._searched.corners()

    def packages(self, point: Point) -> Iterator[Taken]:
        """Yield packages behind a point."""
        return self._holding(point).packages(point)

    def nearest(self, point: Point, today: Today) -> Iterator[Taken]:
        """Yield packages behind a point that differ from today's on the fewest issues."""
        return self._holding(point).nearest(point, today)

    def first_of_many(self, point: Point, today: Today, most: int, key: Key) -> Taken | None:
        """Return the first of the nearest packages, by keys of options; None if they are few."""
        return self._holding(point).first_of_many(point, today, most, key)

    def count(self, point: Point) -> Count:
        """Return how many packages are behind a point."""
        return self._holding(point).count(point)

    def _holding(self, point: Point) -> Points | Searched:
        near = self._near.get(point)
        return self._searched if near is None else near

    def mirrors(self, best: tuple[Point, ...], shown: Point, measure: Measure) -> Iterator[Point]:
        """Yield twins of a point that ``best`` does not name: all the best points are named."""
        return iter(())
