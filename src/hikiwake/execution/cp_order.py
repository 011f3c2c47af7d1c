"""Orders of many items by CP-SAT: which items are done after each step, and a proven bound.

A Boolean says of every item and every step whether it is done by then. Numbers that are too large
for the solver are divided first, each rounded so that what is allowed stays allowed: then the bound
holds, and an order that was found is measured again with the numbers as they are.

References
----------
Perron, L. and Furnon, V., OR-Tools CP-SAT.
"""

from __future__ import annotations

from math import ceil, inf
from typing import Any

from hikiwake.execution.found import Found, Order
from hikiwake.execution.pieces import Problem, SetFunction
from hikiwake.solvers.deadline import Deadline
from hikiwake.solvers.watched import Ended, search

MAX_BITS = 44  # of a sum in the solver
WORKERS = 4
SEED = 1956
ENDING = 0.85  # of the time that is left; the rest is for the solver to end in


def least_exposure(
    problem: Problem, temptation: int, low: int, deadline: Deadline, known: Order | None = None
) -> Found:
    """Return the order of least exposure with no temptation above a number.

    Parameters
    ----------
    low
        What is known that no order is below: the search begins there.
    known
        An order to begin with.
    """
    low = max(low, problem.exposure(0), problem.exposure(problem.everything))
    steps = _Steps(problem)
    for after in range(1, len(problem.items)):
        steps.keep(after, temptation)
    steps.model.add(steps.exposure >= low // steps.unit)
    steps.model.minimize(steps.exposure)
    if known is not None:
        steps.hint(known)
    ended = _searched(steps.model, deadline)
    if ended.impossible:
        return Found(None, None, None)
    bound = low
    if ended.bound is not None and ended.bound > -inf:
        seen = ceil(ended.bound - 1e-6)
        bound = max(low, (seen - 1) * steps.unit + 1 if steps.unit > 1 else seen)
    if not ended.found:
        return Found(None, None, bound)
    order = steps.order(ended)
    most_tempting, most_exposed = demand_of(problem, order)
    if most_tempting > temptation:
        return Found(None, None, bound)
    return Found(most_exposed, order, bound)


def demand_of(problem: Problem, order: Order) -> tuple[int, int]:
    """Return the largest temptation and the largest exposure of an order, both ends included."""
    done = 0
    moments = [0]
    for place in order:
        done |= 1 << place
        moments.append(done)
    return max(map(problem.temptation, moments)), max(map(problem.exposure, moments))


class _Steps:
    """The model: ``done[item][step]``, and the largest exposure in units of ``unit``."""

    def __init__(self, problem: Problem) -> None:
        from ortools.sat.python import cp_model

        self.problem = problem
        self.model: Any = cp_model.CpModel()
        count = len(problem.items)
        self.unit = 1 << max(
            0, max(map(_bits, (*problem.gains, *problem.lures)), default=0) - MAX_BITS
        )
        self.done = [[self.model.new_bool_var("") for _ in range(count + 1)] for _ in range(count)]
        for place, row in enumerate(self.done):
            self.model.add(row[0] == 0)
            self.model.add(row[count] == 1)
            for after in range(count):
                self.model.add_implication(row[after], row[after + 1])
                for earlier in range(count):
                    if problem.before[place] >> earlier & 1:
                        self.model.add_implication(row[after + 1], self.done[earlier][after])
        for after in range(count + 1):
            self.model.add(sum(row[after] for row in self.done) == after)
        self.exposure = self.model.new_int_var(0, 1 << MAX_BITS + 1, "")
        self._all: dict[tuple[int, int], Any] = {}

    def keep(self, after: int, temptation: int) -> None:
        """Keep every party's temptation after a step, and its exposure below the largest."""
        most = -(-temptation // self.unit)
        for lure in self.problem.lures:
            self.model.add(self._sum(lure, after, -1) <= most)
        for gain in self.problem.gains:
            self.model.add(self._sum(gain, after, 1) + self.exposure >= 0)

    def order(self, ended: Ended) -> Order:
        """Return the order that the solver found."""
        counts = [sum(map(ended.value, row)) for row in self.done]
        return tuple(sorted(range(len(counts)), key=lambda place: -counts[place]))

    def hint(self, order: Order) -> None:
        """Begin with an order."""
        for number, place in enumerate(order):
            for after, done in enumerate(self.done[place]):
                self.model.add_hint(done, after > number)

    def _sum(self, function: SetFunction, after: int, way: int) -> Any:
        """Return a party's number after a step, rounded up (``way`` 1) or down (-1)."""
        total = self._scaled(function.constant, way)
        for place, value in enumerate(function.items):
            total += self._scaled(value, way) * self.done[place][after]
        for mask, value in function.joined:
            total += self._scaled(value, way) * self._whole(mask, after)
        return total

    def _scaled(self, value: int, way: int) -> int:
        return -(-value // self.unit) if way > 0 else value // self.unit

    def _whole(self, mask: int, after: int) -> Any:
        """Return whether a whole set is done after a step."""
        if (mask, after) not in self._all:
            members = [row[after] for place, row in enumerate(self.done) if mask >> place & 1]
            whole = self.model.new_bool_var("")
            self.model.add_bool_and(members).only_enforce_if(whole)
            self.model.add_bool_or([whole, *(member.negated() for member in members)])
            self._all[mask, after] = whole
        return self._all[mask, after]


def _bits(function: SetFunction) -> int:
    total = abs(function.constant) + sum(map(abs, function.items))
    return (total + sum(abs(value) for _, value in function.joined)).bit_length()


def _searched(model: Any, deadline: Deadline) -> Ended:
    seconds = max(0.1, deadline.left * ENDING)
    return search(model, num_workers=WORKERS, random_seed=SEED, max_time_in_seconds=seconds)


def worst(problem: Problem, deadline: Deadline) -> tuple[Order, tuple[int, int]] | None:
    """Return an order of largest temptation, and with it largest exposure; None: out of time.

    Any set that holds, with an item, all that comes before it lies on some order; so two such sets
    are looked for, one within the other.
    """
    tempted = _largest(problem, problem.lures, 1, None, deadline)
    if tempted is None:
        return None
    exposed = _largest(problem, problem.gains, -1, tempted, deadline)
    sets = sorted({tempted, tempted if exposed is None else exposed}, key=int.bit_count)
    order: list[int] = []
    done = 0
    for goal in (*sets, problem.everything):
        while done != goal:
            place = next(
                p
                for p, before in enumerate(problem.before)
                if goal >> p & 1 and not done >> p & 1 and before & done == before
            )
            order.append(place)
            done |= 1 << place
    return tuple(order), demand_of(problem, tuple(order))


def _largest(
    problem: Problem,
    functions: tuple[SetFunction, ...],
    way: int,
    comparable: int | None,
    deadline: Deadline,
) -> int | None:
    """Return the set in which some party's number is largest (``way`` 1) or least (-1)."""
    from ortools.sat.python import cp_model

    best: tuple[int, int] | None = None
    for function in functions:
        model: Any = cp_model.CpModel()
        chosen = [model.new_bool_var("") for _ in problem.items]
        for place, before in enumerate(problem.before):
            for earlier in range(len(chosen)):
                if before >> earlier & 1:
                    model.add_implication(chosen[place], chosen[earlier])
        if comparable is not None:
            within = model.new_bool_var("")
            for place, one in enumerate(chosen):
                inside = comparable >> place & 1
                model.add(one == 1).only_enforce_if(within.negated()) if inside else model.add(
                    one == 0
                ).only_enforce_if(within)
        unit = 1 << max(0, _bits(function) - MAX_BITS)
        total: Any = sum(
            value // unit * one for value, one in zip(function.items, chosen, strict=True)
        )
        for mask, value in function.joined:
            whole = model.new_bool_var("")
            members = [one for place, one in enumerate(chosen) if mask >> place & 1]
            model.add_bool_and(members).only_enforce_if(whole)
            model.add_bool_or([whole, *(member.negated() for member in members)])
            total += value // unit * whole
        model.maximize(way * total)
        ended = _searched(model, deadline)
        if not ended.found:
            return None
        found = sum(1 << place for place, one in enumerate(chosen) if ended.holds(one))
        value = way * function.at(found)
        if best is None or value > best[0]:
            best = value, found
    return None if best is None else best[1]
