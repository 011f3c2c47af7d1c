"""Planning how an agreement is carried out: the order that needs the least trust, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from time import perf_counter

from hikiwake.execution.courses import course_of
from hikiwake.execution.found import Order
from hikiwake.execution.ledger import Ledger, ledgers
from hikiwake.execution.orders import Orders, Point
from hikiwake.execution.pieces import Problem, problem_of
from hikiwake.execution.safeguards import safeguards, willing
from hikiwake.findings.course import Course, Demand, Planned, Split
from hikiwake.model import Agreement, Dispute, FrozenMap, lot_of
from hikiwake.numeric import DEFAULT_TOLERANCE
from hikiwake.settlement import Exactness, Settlement
from hikiwake.solvers.deadline import Deadline

SECONDS = 30.0


def plan(
    agreement: Agreement,
    dispute: Dispute | None = None,
    settlement: Settlement | None = None,
    *,
    time_limit: float | None = SECONDS,
) -> Planned:
    """Return the order of carrying out that needs the least trust.

    The least largest temptation first, then the least largest exposure, over all orders that keep
    what must come before what and the dates. Up to 20 items that is always exact; above, there is
    a proven bound where the time does not suffice. Where obligations can be done in parts, they are
    done in the fewest pieces that the least demand needs.

    Parameters
    ----------
    dispute, settlement
        What was settled. Without them the agreement says everything itself.
    time_limit
        In seconds; of no consequence up to 20 items.

    Raises
    ------
    InvalidDispute
        If the obligations do not carry what was decided, or a range is missing (H26).
    """
    began = perf_counter()
    figures = ledgers(agreement, dispute, settlement)
    pieces, splits = _pieces(agreement, figures, time_limit)
    deadline = Deadline(time_limit and time_limit / 2)
    problem = problem_of(agreement, figures, pieces)
    orders = Orders(problem, deadline)
    best = orders.best()
    trade_off = orders.trade_off(best)
    courses = tuple(course_of(agreement, figures, problem, p.order) for p in trade_off.points)
    worst = orders.worst()
    chosen = courses[0]
    bound = _demand(problem, best.least_temptation, best.least_exposure)
    return Planned(
        agreement=agreement,
        course=chosen,
        bound=bound,
        exactness=Exactness.EXACT if bound == chosen.demand else Exactness.BOUNDED,
        engine=orders.engine,
        trade_off=courses,
        trade_off_complete=trade_off.complete,
        least_exposure=Fraction(orders.unexposed().bound or 0, problem.scale),
        worst=course_of(agreement, figures, problem, worst[0]) if worst else None,
        at_once_demand=_ends(problem),
        splits=splits,
        safeguards=safeguards(agreement, figures, chosen, orders),
        willing=willing(agreement, chosen),
        willing_with=_first_enough(agreement, courses),
        walk_away=FrozenMap({p: ledger.walk_away for p, ledger in figures.items()}),
        ranges=FrozenMap({p: ledger.range for p, ledger in figures.items()}),
        ends=FrozenMap({p: ledger.end for p, ledger in figures.items()}),
        tolerance=dispute.tolerance if dispute else DEFAULT_TOLERANCE,
        seconds=perf_counter() - began,
    )


def problem_for(planned: Planned, figures: Mapping[str, Ledger]) -> tuple[Problem, list[Order]]:
    """Return the problem that a plan answers, and the orders of its trade-off."""
    pieces = {p.obligation: p.of for step in planned.course.steps for p in step.pieces}
    problem = problem_of(planned.agreement, figures, pieces)
    places = {piece: place for place, item in enumerate(problem.items) for piece in item}
    return problem, [
        tuple(places[s.pieces[0].obligation, s.pieces[0].number - 1] for s in course.steps)
        for course in planned.trade_off
    ]


def _pieces(
    agreement: Agreement, figures: Mapping[str, Ledger], time_limit: float | None
) -> tuple[dict[str, int], tuple[Split, ...]]:
    """Return in how many pieces each obligation is done, and what each number buys."""
    splits: list[tuple[Point, Problem, dict[str, int]]] = []
    ways = list(_ways(agreement))
    for pieces in ways:
        deadline = Deadline(time_limit and time_limit / 2 / len(ways))
        problem = problem_of(agreement, figures, pieces)
        splits.append((Orders(problem, deadline).best(), problem, pieces))
    if not ways:
        return {}, ()
    told = [Split(FrozenMap(p), _point_demand(problem, b)) for b, problem, p in splits]
    chosen = min(
        told,
        key=lambda s: (
            *(s.demand.temptation, s.demand.exposure, sum(s.pieces.values())),
            lot_of(*(f"{name} {count}" for name, count in sorted(s.pieces.items()))),
        ),
    )
    return dict(chosen.pieces), tuple(told)


def _ways(agreement: Agreement) -> Iterator[dict[str, int]]:
    """Yield how obligations may be split: not at all, all alike, and each one alone."""
    parts = {o.id: o.parts for o in agreement.obligations if o.parts > 1}
    for most in range(1, max(parts.values(), default=0) + 1):
        yield {name: min(most, count) for name, count in parts.items()}
    if len(parts) > 1:
        for name, count in parts.items():
            yield {**dict.fromkeys(parts, 1), name: count}


def _point_demand(problem: Problem, point: Point) -> Demand:
    return _demand(problem, point.temptation, point.exposure)


def _demand(problem: Problem, temptation: int, exposure: int) -> Demand:
    return Demand(Fraction(temptation, problem.scale), Fraction(exposure, problem.scale))


def _ends(problem: Problem) -> Demand:
    """Return the demand of doing everything at one moment: there is only before and after."""
    ends = (0, problem.everything)
    tempting, exposed = max(map(problem.temptation, ends)), max(map(problem.exposure, ends))
    return _demand(problem, tempting, exposed)


def _first_enough(agreement: Agreement, courses: tuple[Course, ...]) -> int | None:
    for place, course in enumerate(courses):
        found = willing(agreement, course)
        if found and all(one.enough for one in found.values()):
            return place
    return None
