"""The least demand of any order: its largest temptation, then its largest exposure.

Up to 20 items every set is looked at; above, a search from one end, then from the other, then
CP-SAT, each handing on what it proved. Nothing is sorted by cost and value: that is not optimal,
not even for two parties.
"""

from __future__ import annotations

from dataclasses import dataclass

from hikiwake.execution.cp_order import demand_of, least_exposure, worst
from hikiwake.execution.found import Found, Limits, Order
from hikiwake.execution.pieces import Problem
from hikiwake.execution.search import beam, search
from hikiwake.execution.tables import MAX_ITEMS, Tables
from hikiwake.solvers.deadline import Deadline

SETS = 15_000  # left behind in a search from one end
MAX_POINTS = 100
BUILDING = 1.0  # seconds below which a model is not worth building


@dataclass(frozen=True, slots=True)
class Point:
    """One demand, an order that has it, and what no order is below, all times the scale.

    ``least_exposure`` is a bound for orders with this temptation or less.
    """

    temptation: int
    exposure: int
    order: Order
    least_temptation: int
    least_exposure: int

    @property
    def proven(self) -> bool:
        """Whether no order needs less."""
        return (self.temptation, self.exposure) == (self.least_temptation, self.least_exposure)


@dataclass(frozen=True, slots=True)
class TradeOff:
    """Demands of which none is better in both, the least temptation first.

    ``complete``: there are no others.
    """

    points: tuple[Point, ...]
    complete: bool


class Orders:
    """The orders of one problem. ``engine`` says how they are looked through."""

    def __init__(self, problem: Problem, deadline: Deadline) -> None:
        self.problem = problem
        self._deadline = deadline
        self._tables = Tables(problem) if len(problem.items) <= MAX_ITEMS else None
        self.engine = "subsets" if self._tables else "search"

    def best(self) -> Point:
        """Return the least temptation, then the least exposure."""
        tempting = self._least("temptation", Limits(), True)
        order = tempting.order if tempting.order is not None else _any_order(self.problem)
        temptation = demand_of(self.problem, order)[0]
        return self._point(temptation, tempting.bound or 0, order)

    def trade_off(self, best: Point) -> TradeOff:
        """Return the whole trade-off between the two, from the best order on.

        Where the best order is not known to be best, one that turns out better takes its place.
        """
        points, certain = [best], best.proven
        while points[-1].exposure > 0 and len(points) < MAX_POINTS:
            limits = Limits(exposure=points[-1].exposure - 1)
            tempting = self._least("temptation", limits, True)
            if tempting.order is None or tempting.value is None:
                return TradeOff(tuple(points), certain and tempting.proven)
            point = self._point(tempting.value, tempting.bound or 0, tempting.order)
            certain = certain and point.proven
            while points and point.temptation <= points[-1].temptation:
                points.pop()
            points.append(point)
        return TradeOff(tuple(points), certain and points[-1].exposure == 0)

    def unexposed(self) -> Found:
        """Return the least exposure that any order can have, whatever the temptation."""
        return self._least("exposure", Limits(), False)

    def worst(self) -> tuple[Order, tuple[int, int]] | None:
        """Return an order with the largest temptation, and the largest exposure with that."""
        if self._tables is not None:
            temptation, exposure, order = self._tables.worst()
            return order, (temptation, exposure)
        return worst(self.problem, Deadline(min(10.0, max(1.0, self._deadline.left))))

    def at_once(self, temptation: int = 0) -> tuple[Order, frozenset[int]] | None:
        """Return the fewest last items that, done at once, leave no temptation above a number.

        The items that come before them, in order, and those at the end. None: not looked for.
        """
        if self._tables is None:
            return None
        reached, order = self._tables.furthest(temptation)
        count = len(self.problem.items)
        return order, frozenset(place for place in range(count) if not reached >> place & 1)

    def _point(self, temptation: int, bound: int, order: Order) -> Point:
        exposed = self._least("exposure", Limits(temptation=temptation), False, order)
        known = exposed.order if exposed.order is not None else order
        tempting, exposure = demand_of(self.problem, known)
        low = exposed.bound if exposed.bound is not None else 0
        return Point(tempting, exposure, known, bound, low)

    def _least(self, of: str, limits: Limits, back: bool, known: Order | None = None) -> Found:
        if self._tables is not None:
            return self._tables.least(of, limits)
        bound = 0
        for way in (back, not back):
            budget = SETS, self._deadline
            found, _ = search(self.problem, of, limits, way, budget)
            if found.proven:
                return found
            bound = max(bound, found.bound or 0)
        return self._without_end(of, limits, bound, known)

    def _without_end(self, of: str, limits: Limits, bound: int, known: Order | None) -> Found:
        """Return the best order that a beam or CP-SAT finds, where no search came to its end."""
        which = 0 if of == "temptation" else 1

        def best_of(*orders: Order | None) -> Order | None:
            found = [order for order in orders if order is not None]
            return min(found, key=lambda order: demand_of(self.problem, order)[which], default=None)

        order = known
        for back in (True, False):
            order = best_of(order, beam(self.problem, of, limits, back, self._deadline))
        if which == 1 and limits.temptation is not None and self._deadline.left > BUILDING:
            most = limits.temptation
            solved = least_exposure(self.problem, most, bound, self._deadline, order)
            bound = max(bound, solved.bound or 0)
            order = best_of(order, solved.order)
        if order is None:
            return Found(None, None, bound)
        return Found(demand_of(self.problem, order)[which], order, bound)


def _any_order(problem: Problem) -> Order:
    order: list[int] = []
    done = 0
    while done != problem.everything:
        place = next(
            p
            for p, before in enumerate(problem.before)
            if not done >> p & 1 and before & done == before
        )
        order.append(place)
        done |= 1 << place
    return tuple(order)


__all__ = ["Orders", "Point", "TradeOff"]
