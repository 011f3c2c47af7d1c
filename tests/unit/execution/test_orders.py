"""The best order, against every order there is, by every way of looking."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from hikiwake.execution.certificate import certificate
from hikiwake.execution.cp_order import demand_of, least_exposure
from hikiwake.execution.found import Limits
from hikiwake.execution.ledger import ledgers
from hikiwake.execution.orders import Orders
from hikiwake.execution.pieces import Problem, SetFunction, problem_of
from hikiwake.execution.plan import plan
from hikiwake.execution.search import search
from hikiwake.model import Account, Agreement, FrozenMap, Obligation, Party
from hikiwake.proof.plan_checker import check
from hikiwake.solvers.deadline import Deadline
from tests.unit.execution.oracle import demand, every_order, orders, random_agreement

NO_LIMIT = Deadline(None)


def agrees(random: Random) -> None:
    """Compare the order found for a random agreement with all orders, walked along one by one."""
    made = random_agreement(random)
    problem = problem_of(made, ledgers(made), {})
    found = Orders(problem, NO_LIMIT)
    best = found.best()
    every = every_order(made)
    assert best.proven
    scaled = [(int(t * problem.scale), int(e * problem.scale)) for t, e in every.trade_off]
    assert (best.temptation, best.exposure) == scaled[0]
    trade_off = found.trade_off(best)
    assert trade_off.complete
    assert [(p.temptation, p.exposure) for p in trade_off.points] == scaled
    names = [problem.items[place][0][0] for place in best.order]
    assert demand(made, names) == every.least


def test_some_random_plans_equal_all_orders() -> None:
    """On 60 random plans the best order and the whole trade-off are those of all orders."""
    random = Random(1)
    for _ in range(60):
        agrees(random)


@pytest.mark.slow
def test_three_thousand_random_plans_equal_all_orders() -> None:
    """On 3,000 random plans the best order and the whole trade-off are those of all orders."""
    random = Random(2)
    for _ in range(3_000):
        agrees(random)


def test_the_oracle_walks_along_every_order() -> None:
    """What the quick walk finds is what listing the orders one by one finds."""
    random = Random(3)
    for _ in range(12):
        made = random_agreement(random, 4)
        listed = {demand(made, order) for order in orders(made)}
        assert every_order(made).least == min(listed)
        assert every_order(made).worst == max(listed)


def test_every_way_of_looking_agrees() -> None:
    """Tables, the search from either end, and CP-SAT answer alike."""
    random = Random(4)
    for _ in range(12):
        made = random_agreement(random, 7)
        problem = problem_of(made, ledgers(made), {})
        best = Orders(problem, NO_LIMIT).best()
        for back in (True, False):
            tempting, _ = search(problem, "temptation", Limits(), back, (1_000, NO_LIMIT))
            assert tempting.value == tempting.bound == best.temptation
            limits = Limits(temptation=best.temptation)
            exposed, _ = search(problem, "exposure", limits, back, (1_000, NO_LIMIT))
            assert exposed.value == best.exposure
        solved = least_exposure(problem, best.temptation, 0, Deadline(60))
        assert solved.value == solved.bound == best.exposure


def test_the_worst_order_is_the_worst() -> None:
    """By tables and by CP-SAT, no order is worse than the one that is called so."""
    random = Random(5)
    for place in range(40):
        made = random_agreement(random, 6)
        problem = problem_of(made, ledgers(made), {})
        by_tables = Orders(problem, NO_LIMIT)
        worst = every_order(made).worst
        scaled = tuple(int(part * problem.scale) for part in worst)
        found = by_tables.worst()
        assert found is not None
        assert found[1] == demand_of(problem, found[0]) == scaled
        if place % 8 == 0:
            by_tables._tables = None
            solved = by_tables.worst()
            assert solved is not None
            assert solved[1] == scaled


def test_the_joint_last_step_is_the_smallest() -> None:
    """What is done at one moment at the end leaves nobody tempted, and no smaller set would."""
    random = Random(6)
    for _ in range(60):
        made = random_agreement(random, 6)
        problem = problem_of(made, ledgers(made), {})
        found = Orders(problem, NO_LIMIT).at_once()
        assert found is not None
        safe = [
            done
            for order in orders(made)
            for done in range(len(order))
            if all(_safe(problem, order, number) for number in range(1, done + 1))
        ]
        assert len(found[1]) == len(problem.items) - max(safe, default=0)


def _safe(problem: Problem, order: list[str], number: int) -> bool:
    places = {item[0][0]: place for place, item in enumerate(problem.items)}
    return problem.temptation(sum(1 << places[name] for name in order[:number])) <= 0


def test_without_enough_time_the_bounds_still_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a search may leave three sets only, the true answer lies between bound and order."""
    monkeypatch.setattr("hikiwake.execution.orders.SETS", 3)
    random = Random(7)
    for place in range(24):
        made = random_agreement(random, 6)
        problem = problem_of(made, ledgers(made), {})
        temptation, exposure = (int(part * problem.scale) for part in every_order(made).least)
        hurried = Orders(problem, Deadline(0 if place % 8 else 5))
        hurried._tables = None
        best = hurried.best()
        assert demand_of(problem, best.order) == (best.temptation, best.exposure)
        assert best.least_temptation <= temptation <= best.temptation
        if best.temptation == temptation:
            assert best.least_exposure <= exposure <= best.exposure
        points = [(p.temptation, p.exposure) for p in hurried.trade_off(best).points]
        assert points == sorted(points)


def test_numbers_of_any_size_stay_exact() -> None:
    """Ranges with large primes make integers far beyond 64 bits, and the answer is the same."""
    random = Random(8)
    large = 10**40 + 121
    for _ in range(10):
        made = random_agreement(random, 6)
        problem = problem_of(made, ledgers(made), {})
        wide = _times(problem, large)
        one, other = Orders(problem, NO_LIMIT).best(), Orders(wide, NO_LIMIT).best()
        assert other.temptation == one.temptation * large
        assert other.exposure == one.exposure * large


def _times(problem: Problem, factor: int) -> Problem:
    def larger(function: SetFunction) -> SetFunction:
        return SetFunction(
            function.constant * factor,
            tuple(value * factor for value in function.items),
            tuple((mask, value * factor) for mask, value in function.joined),
        )

    gains, lures = tuple(map(larger, problem.gains)), tuple(map(larger, problem.lures))
    return replace(problem, gains=gains, lures=lures)


@pytest.mark.slow
def test_a_plan_of_forty_steps_comes_with_a_bound() -> None:
    """Above 20 items the least temptation is proven, and the exposure has a bound below it."""
    random = Random(9)
    points: dict[str, dict[str, Fraction]] = {"ann": {}, "ben": {}}
    made: list[Obligation] = []
    for number in range(40):
        doer, other = random.sample([*points], 2)
        made.append(Obligation(f"o{number}", (doer,)))
        points[doer][f"o{number}"] = Fraction(-random.randint(1, 9))
        points[other][f"o{number}"] = Fraction(random.randint(10, 20))
    accounts = {p: Account(FrozenMap(n), range=Fraction(500)) for p, n in points.items()}
    agreement = Agreement(tuple(map(Party, points)), tuple(made), FrozenMap(accounts))
    planned = plan(agreement, time_limit=6)
    assert planned.engine == "search"
    assert planned.bound.temptation == planned.course.demand.temptation
    assert planned.bound.exposure <= planned.course.demand.exposure
    claims = check(json.dumps(certificate(planned)))
    assert claims["least_temptation"]
