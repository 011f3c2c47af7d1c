"""Temptation, exposure and trust needed, as they were worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from hikiwake.execution.courses import course_of
from hikiwake.execution.ledger import ledgers
from hikiwake.execution.pieces import problem_of
from hikiwake.execution.plan import plan
from hikiwake.findings.course import Course
from hikiwake.model import Agreement, FrozenMap, Joined, Obligation, Stake
from tests.unit.execution.cast import account, between, not_sorted, three_steps

F = Fraction


def course(agreement: Agreement, *order: str) -> Course:
    """Return the course of an order of whole obligations."""
    figures = ledgers(agreement)
    problem = problem_of(agreement, figures, {})
    places = {name: place for place, item in enumerate(problem.items) for name, _ in item}
    return course_of(agreement, figures, problem, tuple(places[name] for name in order))


@pytest.mark.parametrize("times", [1, 10])
@pytest.mark.parametrize(
    ("order", "temptation", "exposure"),
    [
        (("a", "b1", "b2"), F(1), F(1, 5)),
        (("b1", "a", "b2"), F(1, 2), F(1, 2)),
        (("b1", "b2", "a"), F(1, 5), F(1)),
    ],
)
def test_three_steps_in_three_orders(
    order: tuple[str, ...], temptation: Fraction, exposure: Fraction, times: int
) -> None:
    """Each order has the demand worked out by hand, whatever B's points are multiplied by."""
    demand = course(three_steps(times), *order).demand
    assert (demand.temptation, demand.exposure) == (temptation, exposure)


def test_the_trust_that_each_step_needs() -> None:
    """b1, a, b2 needs 3/7 and 4/5, then B is tempted; b1, b2, a needs 3/7 and 3/10, then A is."""
    first = course(three_steps(), "b1", "a", "b2").steps
    assert [dict(step.trust) for step in first] == [{"B": F(3, 7)}, {"A": F(4, 5)}, {}]
    assert [step.tempted for step in first] == [(), (), ("B",)]
    second = course(three_steps(), "b1", "b2", "a").steps
    assert [dict(step.trust) for step in second] == [{"B": F(3, 7)}, {"B": F(3, 10)}, {}]
    assert [step.tempted for step in second] == [(), (), ("A",)]


@pytest.mark.parametrize("times", [1, 10])
def test_the_best_order_and_the_whole_trade_off(times: int) -> None:
    """The least temptation comes first, and each of the three demands is worth choosing."""
    planned = plan(three_steps(times))
    found = [(c.demand.temptation, c.demand.exposure) for c in planned.trade_off]
    assert found == [(F(1, 5), F(1)), (F(1, 2), F(1, 2)), (F(1), F(1, 5))]
    assert planned.trade_off_complete
    assert planned.course == planned.trade_off[0]
    assert planned.bound == planned.course.demand
    assert planned.worst is not None
    assert (planned.worst.demand.temptation, planned.worst.demand.exposure) == (F(1), F(1, 5))
    assert (planned.at_once_demand.temptation, planned.at_once_demand.exposure) == (0, 0)
    assert planned.least_exposure == F(1, 5)


@pytest.mark.parametrize("by", ["surplus", "ratio", "cost"])
@pytest.mark.parametrize("falling", [True, False])
def test_sorting_by_cost_and_value_is_not_optimal(by: str, falling: bool) -> None:
    """A1, B, A2 is the only order with a temptation of 3/10, and no sorting finds it."""
    costs, worth = {"A1": 1, "A2": 3, "B": 6}, {"A1": 1, "A2": 9, "B": 4}
    keys = {
        "surplus": lambda name: worth[name] - costs[name],
        "ratio": lambda name: F(worth[name], costs[name]),
        "cost": lambda name: costs[name],
    }
    order = sorted(costs, key=keys[by], reverse=falling)
    best = plan(not_sorted()).course
    assert [step.pieces[0].obligation for step in best.steps] == ["A1", "B", "A2"]
    assert best.demand.temptation == F(3, 10)
    assert course(not_sorted(), *order).demand.temptation > F(3, 10)


# --- what counts when -----------------------------------------------------------------------------


def points(agreement: Agreement, party: str, *order: str) -> list[Fraction]:
    """Return what a party has at each moment of an order."""
    return [moment.has[party] for moment in course(agreement, *order).moments]


def test_values_hang_together() -> None:
    """A bonus counts once all of its obligations are done, and not before."""
    made = between(
        (Obligation("a", ("A",)), Obligation("b", ("B",))),
        {
            "A": account(10, {"a": -1}, bonuses=(Joined(("a", "b"), F(7)),)),
            "B": account(10, {"a": 3, "b": -1}),
        },
    )
    assert points(made, "A", "a", "b") == [0, -1, 6]
    assert points(made, "A", "b", "a") == [0, 0, 6]


def test_what_can_be_undone_counts_only_once_it_is_final() -> None:
    """Until b is done a can be taken back, and only what is kept of it counts."""
    made = between(
        (Obligation("a", ("A",), undo=("b",)), Obligation("b", ("B",)), Obligation("c", ("B",))),
        {
            "A": account(10, {"a": -4, "b": 6, "c": 1}, kept=FrozenMap({"a": F(-1)})),
            "B": account(10, {"a": 8, "b": -2, "c": -1}),
        },
    )
    assert points(made, "A", "a", "b", "c") == [0, -1, 2, 3]
    assert points(made, "B", "a", "b", "c") == [0, 0, 6, 5]
    assert points(made, "A", "b", "a", "c") == [0, 6, 2, 3]


def test_what_can_always_be_undone_counts_at_the_end() -> None:
    """With nothing named, it is final only when everything is done."""
    made = between(
        (Obligation("a", ("A",), undo=()), Obligation("b", ("B",))),
        {"A": account(10, {"a": -4, "b": 6}), "B": account(10, {"a": 8, "b": -2})},
    )
    assert points(made, "B", "a", "b") == [0, 0, 6]


def test_a_stake_outweighs_a_temptation_until_it_is_returned() -> None:
    """A deposit of 4 takes A's temptation after b2; one that is returned with b2 does not."""
    agreement = three_steps()
    held = replace(agreement.accounts["A"], stakes=(Stake(F(4)),))
    accounts = FrozenMap({**agreement.accounts, "A": held})
    assert course(replace(agreement, accounts=accounts), "b1", "b2", "a").demand.temptation == 0
    returned = replace(held, stakes=(Stake(F(4), ("b2",)),))
    accounts = FrozenMap({**agreement.accounts, "A": returned})
    demand = course(replace(agreement, accounts=accounts), "b1", "b2", "a").demand
    assert demand.temptation == F(1, 5)


def test_pieces_are_worth_their_part_and_each_number_of_them_is_told() -> None:
    """A costs 6 and gives 10, B costs 6 and gives 10: in k pieces the temptation is 6/(10 k)."""
    made = between(
        (Obligation("a", ("A",), parts=3), Obligation("b", ("B",), parts=3)),
        {"A": account(10, {"a": -6, "b": 10}), "B": account(10, {"a": 10, "b": -6})},
    )
    planned = plan(made)
    alike = {
        s.pieces["a"]: s.demand.temptation
        for s in planned.splits
        if len(set(s.pieces.values())) == 1
    }
    assert alike == {1: F(6, 10), 2: F(6, 20), 3: F(6, 30)}
    assert planned.course.demand.temptation == F(1, 5)
    assert {(p.number, p.of) for s in planned.course.steps for p in s.pieces} == {
        (1, 3),
        (2, 3),
        (3, 3),
    }


def test_one_moment_for_two() -> None:
    """What is done together is one step: with a and b2 at one moment nobody is tempted."""
    made = replace(three_steps(), together=(("a", "b2"),))
    planned = plan(made)
    assert len(planned.course.steps) == 2
    assert planned.course.demand.temptation == 0
    last = planned.course.steps[-1]
    assert [piece.obligation for piece in last.pieces] == ["a", "b2"]


# --- what would make it hold ---------------------------------------------------------------------


def test_what_would_replace_trust() -> None:
    """In b1, b2, a: A's deposit is 4, B's guarantee 6, and a with b2 at one moment is enough."""
    safe = plan(three_steps()).safeguards
    assert safe.deposits == {"A": 4, "B": 0}
    assert safe.guarantees == {"A": 0, "B": 6}
    assert safe.exposed_beside == {"A": 1, "B": 0}
    assert safe.first == ("b1",)
    assert sorted(safe.at_once or ()) == ["a", "b2"]
    assert safe.last_costs == ("A",)


def test_deposits_and_guarantees_are_just_enough() -> None:
    """With these deposits nobody is tempted; with one point less somebody is."""
    made = three_steps()
    safe = plan(made).safeguards
    for less, tempted in ((F(0), False), (F(1, 100), True)):
        accounts = {
            party: replace(one, stakes=(Stake(max(F(0), safe.deposits[party] - less)),))
            for party, one in made.accounts.items()
        }
        order = ("b1", "b2", "a")
        demand = course(replace(made, accounts=FrozenMap(accounts)), *order).demand
        assert (demand.temptation > 0) is tempted


def test_what_nobody_can_check_is_told_with_its_price() -> None:
    """Leaving out a would bring A 4 points; what can be checked is not listed."""
    unseen = {
        u.obligation: (u.party, u.points, u.part) for u in plan(three_steps()).safeguards.unseen
    }
    assert unseen["a"] == ("A", 4, F(1, 5))
    assert unseen["b1"] == ("B", 3, F(1, 2))


@pytest.mark.parametrize(
    ("stated", "enough", "place"), [("4/5", True, 0), ("3/7", True, 0), ("2/5", False, 2)]
)
def test_stated_trust_is_compared_with_what_is_needed(
    stated: str, enough: bool, place: int | None
) -> None:
    """B needs 3/7 in this order, and none where A goes first: there 2/5 is enough."""
    made = three_steps()
    trusting = {p: replace(one, trust=F(stated)) for p, one in made.accounts.items()}
    planned = plan(replace(made, accounts=FrozenMap(trusting)))
    assert planned.willing["B"].needed == F(3, 7)
    assert planned.willing["B"].enough is enough
    assert planned.willing_with == place
