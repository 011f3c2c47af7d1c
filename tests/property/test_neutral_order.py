"""No result hangs on the order in which a file names things, or on the clock (H13)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import count
from typing import Any

import pytest

from hikiwake import api
from hikiwake.formats.results.adjusted import look_json
from hikiwake.formats.results.asked import partial_json, power_json
from hikiwake.formats.results.honesty import honesty_json
from hikiwake.formats.results.offered import alternatives_json
from hikiwake.formats.results.remedied import remedies_json
from hikiwake.formats.results.settled import settlement_json
from hikiwake.formats.results.sureness import robustness_json
from hikiwake.model import (
    Account,
    Agreement,
    Bonus,
    Choice,
    Dispute,
    FrozenMap,
    Linear,
    Obligation,
    Option,
    Preference,
    Share,
    Table,
)
from hikiwake.options import asking
from hikiwake.options.misstating import sample, unknowing, unknowing_settled
from hikiwake.options.sureness.divided import shares
from hikiwake.options.sureness.whole import packages
from hikiwake.pareto.fronts import hulls
from hikiwake.settlement import Settlement
from hikiwake.solvers import deadline
from hikiwake.solvers.hulls import fewest
from tests.conformance.builders import choice, condition, dispute, rule
from tests.support.level import a_package, turned_round
from tests.support.several import several

F = Fraction


def in_any_order(value: Any) -> Any:
    """Return JSON with every list sorted, and rules and lines without their number in the file."""
    if isinstance(value, dict):
        return {key: in_any_order(own) for key, own in value.items() if key != "place"}
    if isinstance(value, list):
        return sorted((in_any_order(one) for one in value), key=_text)
    return value


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def settled(given: Dispute) -> Settlement:
    """Return a settlement that does not tell how long it took."""
    return replace(api.settle(given), seconds=0.0)


def everything(given: Dispute) -> Iterator[Any]:
    """Yield what is told beside a settlement."""
    settlement = settled(given)
    yield settlement_json(given, settlement, "mediator")
    yield remedies_json(api.remedies(given, settlement), "mediator", given.tolerance)
    yield power_json(api.power(given, settlement))
    offered = api.alternatives(given, 3, within=F(1, 5))
    # How close a bound on products is hangs on how floats search.
    yield alternatives_json(offered, "mediator") | {"equity": None}
    by_name = tuple(sorted(given.issues, key=lambda issue: issue.id))
    adjusting, package = api.adjust(given), a_package(replace(given, issues=by_name), 1)
    yield look_json(adjusting.look(package), adjusting.repairs(package))
    if given.status_quo:
        yield partial_json(api.partial(given), "mediator")


def unsure(given: Dispute) -> Iterator[Any]:
    """Yield how far a settlement holds, and what misstating could gain."""
    settlement = settled(given)
    found = api.robustness(given, settlement)
    yield found and robustness_json(found, "mediator")
    honest = api.honesty(given, settlement)
    yield honest and honesty_json(honest, "mediator", named=True)


def same_in_any_order(given: Dispute, told: Callable[[Dispute], Iterator[Any]]) -> None:
    """Fail unless everything is told alike in two other orders."""
    here, *there = (
        in_any_order(list(told(one)))
        for one in (given, turned_round(given, 1), turned_round(given, 2))
    )
    assert there == [here, here]


def whole(seed: int) -> Dispute:
    """Return a dispute of whole issues with bonuses and rules, a few points often the same."""
    drawn = several(seed)
    kept = [issue for issue in drawn.issues if isinstance(issue, Choice)]
    names = {issue.id for issue in kept}
    preferences = {
        party: replace(
            own,
            points=FrozenMap({k: v for k, v in own.points.items() if k in names}),
            red_lines=tuple(one for one in own.red_lines if one.never.tests.keys() <= names),
        )
        for party, own in drawn.preferences.items()
    }
    rules = tuple(one for one in drawn.rules if one.never.tests.keys() <= names)
    return replace(
        drawn, issues=tuple(kept), preferences=FrozenMap(preferences), rules=rules, groups=()
    )


@pytest.mark.parametrize("given", [several(3), whole(9)])
def test_what_is_told_hangs_on_no_order_in_the_file(given: Dispute) -> None:
    """With parties, issues, options, rules, red lines, bonuses and groups in another order the same
    is settled on, remedied, offered, mended, and found out about power."""
    same_in_any_order(given, everything)


@pytest.mark.parametrize("given", [whole(9), whole(2)])
def test_what_is_drawn_at_random_hangs_on_no_order(
    given: Dispute, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The random answers of `robustness`, and the random reports and others of `--honesty`, are the
    same in whatever order issues, options and bonuses are named."""
    for module, name in (
        (packages, "SAMPLES"),
        (packages, "SLOWER_SAMPLES"),
        (shares, "SLOWER_SAMPLES"),
        (unknowing, "DRAWS"),
        (unknowing_settled, "DRAWS"),
        (sample, "TRIES"),
    ):
        monkeypatch.setattr(module, name, 5)
    same_in_any_order(given, unsure)


def interchangeable(sides: str = "abc", many: int = 4) -> Dispute:
    """Return a dispute with very many packages behind each point of its frontier.

    Choices that are worth the same to all in very many ways, beside two shares that even it out.
    """
    names = [f"side {side}" for side in sides]
    choices = [choice(f"c{k}", "x", "y", "z") for k in range(many)]
    own = {
        name: Preference(
            name,
            FrozenMap(
                {
                    **{
                        f"c{k}": Table(
                            FrozenMap({o: F(4 if o == "xyz"[n] else 0) for o in ("x", "y", "z")})
                        )
                        for k in range(many)
                    },
                    **{f"s{k}": Linear(F(6)) for k in range(2)},
                }
            ),
        )
        for n, name in enumerate(names)
    }
    base = dispute([*choices, Share("s0"), Share("s1")], Preference("ann"), Preference("ben"))
    parties = tuple(replace(base.parties[0], id=name) for name in names)
    return replace(base, parties=parties, preferences=FrozenMap(own))


def test_of_more_packages_than_are_looked_at_lots_say_which(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where more ways are behind a point than are compared, the same one is shown, and the same are
    listed as ties, in whatever order parties, issues and options stand."""
    monkeypatch.setattr(hulls, "MAX_DIVISIONS", 7)
    given = interchangeable()
    shown = [api.settle(turned_round(given, seed)) for seed in range(4)]
    assert len({one.outcome for one in shown}) == 1
    assert len({frozenset(one.tied) for one in shown}) == 1
    assert len(shown[0].tied) == 7


def test_of_more_choices_for_fewest_shares_lots_say_which(monkeypatch: pytest.MonkeyPatch) -> None:
    """So it is with the ways among which the fewest divided shares are sought; that not all were
    looked at is said."""
    monkeypatch.setattr(fewest, "MAX_CHOICES", 3)
    given = interchangeable(many=4)
    shown = [api.settle(turned_round(given, seed), fewest_shares=True) for seed in range(4)]
    assert len({one.outcome for one in shown}) == 1
    assert len({one.fewest_shares for one in shown}) == 1


def test_of_orders_as_good_a_plan_shows_one_whatever_the_file() -> None:
    """Obligations in another order: the same plan."""
    obligations = tuple(Obligation(f"o{k}", ("ann", "ben")[k % 2 : k % 2 + 1]) for k in range(6))
    parties = dispute([choice("x", "a")], Preference("ann"), Preference("ben")).parties
    accounts = FrozenMap({p: Account(range=F(10)) for p in ("ann", "ben")})
    seen = {
        tuple(
            step.pieces[0].obligation
            for step in api.plan(
                Agreement(parties, obligations[k:] + obligations[:k], accounts=accounts)
            ).course.steps
        )
        for k in range(4)
    }
    assert len(seen) == 1


def test_answers_stand_in_one_order() -> None:
    """The numbers that a side gave come in the same order however its file names issues, options
    and bonuses; a bonus keeps its number."""
    first, second = (Bonus(condition(c=value), F(2)) for value in "ab")
    points = {"c": Table(FrozenMap({"a": F(1), "b": F(2)})), "d": Linear(F(3))}
    one = Preference("ann", FrozenMap(points), bonuses=(first, second))
    turned = {"d": points["d"], "c": Table(FrozenMap({"b": F(2), "a": F(1)}))}
    other = Preference("ann", FrozenMap(turned), bonuses=(second, first))
    here, there = (own.answers() for own in (one, other))
    assert [answer.issue for answer in here] == [answer.issue for answer in there]
    assert [answer.value for answer in here] == [answer.value for answer in there]
    numbers = [[a.place for a in own if a.of == "bonus"] for own in (here, there)]
    assert numbers == [[1, 2], [2, 1]]


def asked(seed: int) -> Dispute:
    """Return a dispute of four sides who divide something beside whole issues."""
    found = next(d for d in map(several, count(seed)) if len(d.parties) == 4 and not d.groups)
    return replace(found, status_quo=None)


def test_no_clock_ends_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """If an hour passes whenever the clock is looked at, the same packages are offered and the same
    remedies found: counts end searches, not seconds."""
    given = asked(20)
    before = [in_any_order(own) for own in offers(given)]
    ticks = count(0, 3600)
    monkeypatch.setattr(deadline, "monotonic", lambda: float(next(ticks)))
    assert [in_any_order(own) for own in offers(replace(given))] == before


def offers(given: Dispute) -> Iterator[Any]:
    """Yield what is offered beside a settlement."""
    settlement = settled(given)
    yield remedies_json(api.remedies(given, settlement), "mediator", given.tolerance)
    yield alternatives_json(api.alternatives(given, 3), "mediator") | {"equity": None}


def test_a_count_ends_what_is_asked_for_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """With hardly any work allowed fewer packages are found, the same each time, and that there may
    be more is told."""
    monkeypatch.setattr(asking, "MAX_EFFORT", 0.05)
    found = [api.alternatives(replace(asked(20)), 5) for _ in range(2)]
    assert found[0].packages == found[1].packages
    assert not found[0].complete


def test_work_is_counted_and_time_is_not() -> None:
    """A budget is spent by settling, the same each time, and never by waiting."""
    budgets: list[float] = []
    for _ in range(2):
        budget = deadline.Budget(5.0)
        before = budget.left
        api.settle(several(3))
        budgets.append(round(before - budget.left, 9))
    assert budgets[0] == budgets[1] > 0
    assert deadline.Budget(0.0).passed
    assert not deadline.Budget(0.1).passed


def test_a_budget_bounds_cp_sat_by_its_own_count() -> None:
    """What is left is given to the solver in its own, repeatable seconds, for one worker."""
    left = deadline.Budget(2.0).limiting(num_workers=8)
    assert left["num_workers"] == 1
    assert 0 < left["max_deterministic_time"] <= 2
    assert "max_time_in_seconds" not in left


def test_rules_in_another_order_make_the_same_conflicts() -> None:
    """What cannot hold together is the same, each rule with its own number in the file."""
    rules = (rule(c="a"), rule(c=["b", "c"]), rule(d="x"))
    issues = [Choice("c", tuple(map(Option, "abc"))), Choice("d", tuple(map(Option, "xy")))]
    one = dispute(issues, Preference("ann"), Preference("ben"), rules=rules)
    other = replace(one, rules=rules[::-1])
    settlements = [api.settle(d) for d in (one, other)]
    found = [
        {frozenset(limit.place for limit in conflict.limits) for conflict in settlement.conflicts}
        for settlement in settlements
    ]
    assert found == [{frozenset({1, 2})}, {frozenset({3, 2})}]
