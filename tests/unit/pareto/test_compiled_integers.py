"""A dispute in integers: exact units, conditions as bounds, and what is not covered yet."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hikiwake import api
from hikiwake.errors import Unsupported
from hikiwake.model import (
    Amount,
    Between,
    Beyond,
    Bonus,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    Group,
    Money,
    OneOf,
    Party,
    Preference,
    RedLine,
    Rule,
    Share,
    SharesBeyond,
    Table,
)
from hikiwake.pareto import compiled
from hikiwake.pareto.dominators import floors_at
from hikiwake.settlement import Limit
from hikiwake.solvers.problem import Bound, Clause
from hikiwake.solvers.solution import Taken
from tests.conformance.builders import (
    choice,
    condition,
    dispute,
    division,
    one_of,
    outcome,
    preference,
    red_line,
    rule,
)

F = Fraction
Bounds = dict[str, dict[str, str]]


def bounds(test: Bounds) -> tuple[Clause, ...]:
    """Return what a public rule on one share between ann and ben becomes."""
    return compiled(division([(10, 10)], rules=(rule(s0=test),))).problem.never


def test_each_party_has_whole_numbers_in_a_unit_of_its_own() -> None:
    """Thirds and halves make sixths for ann, ben's whole points stay; both are read back."""
    found = compiled(one_of(("1/3", 4), ("1/2", 0)))
    assert found.units == (6, 1)
    assert found.problem.points == (((2, 4), (3, 0)),)
    assert found.points(0, 2) == F(1, 3)


def test_walk_aways_and_bonuses_count_for_the_unit() -> None:
    """A walk-away of 1/5 and a bonus of 1/4 make twentieths of whole points."""
    bonus = Bonus(condition(package="p0"), F(1, 4))
    ann = preference("ann", {"package": {"p0": 1, "p1": 2}}, "1/5", bonuses=(bonus,))
    ben = preference("ben", {"package": {"p0": 1, "p1": 0}})
    found = compiled(dispute([choice("package", "p0", "p1")], ann, ben))
    assert found.units == (20, 1)
    assert found.problem.floors == (4, 0)
    assert found.problem.points == (((20, 1), (40, 0)),)
    assert [(extra.party, extra.points) for extra in found.problem.extras] == [(0, 5)]


def test_an_amounts_curve_counts_at_its_steps() -> None:
    """From 0 to 3 by ones on a line from 0 to 1 the points are thirds, so the unit is 3."""
    line = Curve(((F(0), F(0)), (F(3), F(1))))
    ann = Preference("ann", FrozenMap({"rent": line}))
    found = compiled(dispute([Amount("rent", F(0), F(3), F(1))], ann, Preference("ben")))
    assert found.units == (3, 1)
    assert [point for point, _ in found.problem.points[0]] == [0, 1, 2, 3]
    assert found.outcome(Taken((2,))) == {"rent": F(2)}


@pytest.mark.parametrize("parties", [2, 3])
def test_one_more_in_a_million_million_million_is_more(parties: int) -> None:
    """2**60 + 1 points are preferred to 2**60, which a float filter would not tell apart."""
    rest = (0,) * (parties - 1)
    the_dispute = one_of((2**60, *rest), (2**60 + 1, *rest))
    for engine in ("additive", "brute_force"):
        frontier = api.frontier(the_dispute, engine=engine)
        assert frontier.outcomes == ({"package": "p1"},)
        assert frontier.exact_utilities[0][0] == 2**60 + 1


def test_points_without_a_usable_denominator_are_refused_without_being_told() -> None:
    """So many different denominators that none fits 8,192 bits are refused, the numbers unsaid."""
    names = [f"p{n}" for n in range(150)]
    points = {name: F(1, 10**59 + 2 * n + 1) for n, name in enumerate(names)}
    ann = Preference("ann", FrozenMap({"package": Table(FrozenMap(points))}))
    with pytest.raises(Unsupported, match=r"^Party 'ann'.*denominator.*H1") as caught:
        compiled(dispute([choice("package", *names)], ann, Preference("ben")))
    assert "0000" not in str(caught.value)


@pytest.mark.parametrize(
    ("test", "above", "below"),
    [
        ({"ann": {"above": "1/3"}}, F(1, 3), None),
        ({"ann": {"below": "1/3"}}, None, F(1, 3)),
        ({"ben": {"below": "1/3"}}, F(2, 3), None),
        ({"ben": {"above": "1/3"}}, None, F(2, 3)),
        ({"ann": {"above": "1/4", "below": "3/4"}}, F(1, 4), F(3, 4)),
        ({"ben": {"above": "1/4", "below": "2/3"}}, F(1, 3), F(3, 4)),
        ({"ann": {"above": "1/4"}, "ben": {"below": "1/2"}}, F(1, 2), None),
        ({"ann": {"above": "1/2"}, "ben": {"above": "1/4"}}, F(1, 2), F(3, 4)),
        ({"ann": {"above": "-1", "below": "1/2"}}, F(-1), F(1, 2)),
        ({"ann": {"above": "0"}}, F(0), None),
        ({"ben": {"above": "0"}}, None, F(1)),
    ],
)
def test_a_bound_on_any_party_is_one_on_the_first(test: Bounds, above: Bound, below: Bound) -> None:
    """Ben's part is what ann does not have: his bounds are hers turned over; the tighter count."""
    assert bounds(test) == (Clause((), ((0, 0, above, below),)),)


@pytest.mark.parametrize(
    "test",
    [
        {"ann": {"above": "1"}},
        {"ann": {"below": "0"}},
        {"ben": {"above": "1"}},
        {"ben": {"below": "0"}},
        {"ann": {"above": "2/3"}, "ben": {"above": "2/3"}},
        {"ann": {"above": "1/2", "below": "1/2"}},
        {"ann": {"above": "1/2"}, "ben": {"above": "1/2"}},
    ],
)
def test_a_bound_that_cannot_hold_forbids_nothing(test: Bounds) -> None:
    """A combination that no division can have is no clause, and no limit in a conflict."""
    the_dispute = division([(10, 10)], rules=(rule(s0=test),))
    assert compiled(the_dispute).problem.never == ()
    assert [limit.kind for limit in compiled(the_dispute).limits] == ["walk_away"] * 2


@pytest.mark.parametrize(
    "test",
    [
        {"ann": {"above": "-1"}},
        {"ann": {"below": "2"}},
        {"ben": {"above": "-1/2"}},
        {"ann": {"above": "-1", "below": "2"}},
    ],
)
def test_a_bound_that_always_holds_forbids_everything(test: Bounds) -> None:
    """A rule against every division leaves none: no agreement, for that rule alone."""
    settlement = api.settle(division([(10, 10)], rules=(rule(s0=test),)))
    assert settlement.status.value == "no_agreement"
    assert [conflict.limits for conflict in settlement.conflicts] == [(Limit("rule", None, 1),)]


def test_a_bound_makes_the_unit_fine_enough_for_it() -> None:
    """Where a third of 10 points may be cut off, points count in thirds."""
    the_dispute = division([(10, 10)], rules=(rule(s0={"ann": {"above": "1/3"}}),))
    assert compiled(the_dispute).units == (3, 3)
    assert api.frontier(the_dispute).vertices == ((F(10, 3), F(20, 3)), (0, 10))


def test_conditions_on_amounts_name_their_steps() -> None:
    """From 1 to 2, both included, on steps of one half are the second to the fourth of five."""
    rent = Amount("rent", F(1, 2), F(5, 2), F(1, 2))
    tests = (Between(F(1), F(2)), OneOf(frozenset({F(5, 2)})), Between(F(9), None))
    rules = tuple(Rule(Condition(FrozenMap({"rent": test}))) for test in tests)
    found = compiled(dispute([rent], Preference("ann"), Preference("ben"), rules=rules))
    assert [clause.options for clause in found.problem.never] == [
        ((0, frozenset({1, 2, 3})),),
        ((0, frozenset({4})),),
    ]


def test_every_limit_has_its_name() -> None:
    """Rules by their place and party, red lines by party and place, in the order of the clauses;
    then everybody's walk-away, in the order of the file."""
    public = Rule(condition(package="p0"), by="ben")
    ann = preference("ann", {}, red_lines=(red_line(package="p1"), red_line(package="p0")))
    ben = preference("ben", {}, red_lines=(RedLine(condition(package=["p0", "p1"])),))
    found = compiled(dispute([choice("package", "p0", "p1", "p2")], ann, ben, rules=(public,)))
    never = {
        Limit("rule", "ben", 1): {"p0"},
        Limit("red_line", "ann", 1): {"p1"},
        Limit("red_line", "ann", 2): {"p0"},
        Limit("red_line", "ben", 1): {"p0", "p1"},
    }
    *named, ann_leaves, ben_leaves = found.limits
    for limit, clause in zip(named, found.problem.never, strict=True):
        ((_, options),) = clause.options
        assert {found.decisions[0][option] for option in options} == never.pop(limit)
    assert not never
    assert (ann_leaves, ben_leaves) == (Limit("walk_away", "ann"), Limit("walk_away", "ben"))


def test_indices_lead_back_to_names_in_the_order_of_the_file() -> None:
    """A decision and a division become an outcome; today's package becomes options or nothing."""
    issues = [choice("b", "x", "y"), Share("s0"), choice("a", "x", "y")]
    today = FrozenMap({"a": "y", "s0": FrozenMap({"ann": F(1), "ben": F(0)})})
    found = compiled(dispute(issues, Preference("ann"), Preference("ben"), status_quo=today))
    decided = {"b": "y", "a": "x"}
    ways = zip(found.whole, found.decisions, strict=True)
    options = tuple(own.index(decided[issue]) for issue, own in ways)
    made = found.outcome(Taken(options, {0: (F(1, 4), F(3, 4))}))
    assert made == outcome(b="y", s0=F(1, 4), a="x")
    assert list(made) == ["b", "s0", "a"]
    place = found.whole.index("a")
    assert found.today()[1 - place] is None
    assert found.today()[place] == found.decisions[place].index("y")


def test_an_outcomes_points_may_stand_as_everybodys_floors() -> None:
    """Half of a share worth 1 is half a point: the floor stays exact though no whole number."""
    floors = floors_at(compiled(division([(1, 3)])), outcome(s0=F(1, 2))).problem.floors
    assert floors == (F(1, 2), F(3, 2))


def test_what_is_not_covered_is_refused_all_at_once() -> None:
    """Every amount with too many steps is named, and what has none is not (H18)."""
    issues = (
        Share("land"),
        Amount("heat", F(0), F(1)),
        Amount("wage", F(0), F(20_002), F(2)),
        Amount("rent", F(0), F(10_001), F(1)),
        Amount("fine", F(0), F(9_999), F(1)),
    )
    three = Dispute(
        tuple(Party(p) for p in ("ann", "ben", "cem")),
        issues,
        FrozenMap({p: Preference(p) for p in ("ann", "ben", "cem")}),
        groups=(Group("home", ("land", "heat"), not_for_trade=True),),
    )
    with pytest.raises(Unsupported) as caught:
        compiled(three)
    found = [(fault.object, fault.convention) for fault in caught.value.faults]
    assert found == [("Issue 'wage'", "H18"), ("Issue 'rent'", "H18")]


def test_money_is_a_share_of_what_everybody_puts_in() -> None:
    """Limit 500 between two: 1,000 is divided, and each has put in 500, by its own points (H21)."""
    own = [preference(p, {"payment": rate}) for p, rate in (("ann", "1/3"), ("ben", 1))]
    paying = compiled(dispute([Money("payment", F(500))], *own))
    assert paying.units == (3, 1)
    assert paying.problem.shares == ((1000, 1000),)
    assert paying.problem.points == (((-500, -500),),)
    taken = Taken((0,), {0: (F(1, 4), F(3, 4))})
    assert paying.outcome(taken) == {"payment": {"ann": -250, "ben": 250}}


def test_a_budget_bounds_a_fraction_of_the_purse() -> None:
    """Never paying more than 200 of 500 is at least 3/10 of 1,000; for the other at most 7/10."""
    lines = {p: red_line(payment={p: {"below": -200}}) for p in ("ann", "ben")}
    expected: tuple[tuple[str, Bound, Bound], ...]
    expected = (("ann", None, F(3, 10)), ("ben", F(7, 10), None))
    for party, above, below in expected:
        own = [Preference(p, red_lines=(lines[p],) if p == party else ()) for p in ("ann", "ben")]
        problem = compiled(dispute([Money("payment", F(500))], *own)).problem
        assert problem.never == (Clause((), ((0, 0, above, below),)),)


def test_money_at_equal_rates_is_divided_evenly_from_today() -> None:
    """A thing worth 10 to Ann and 4 to Ben: she pays 5; 20/7 if her budget of 3 leaves him 4."""
    issues = [choice("thing", "ann", "ben"), Money("cash", F(100))]
    ann = {"thing": {"ann": 10, "ben": 0}, "cash": 1}
    ben = preference("ben", {"thing": {"ann": 0, "ben": 4}, "cash": 1})
    free = api.settle(dispute(issues, preference("ann", ann), ben))
    assert free.outcome == {"thing": "ann", "cash": {"ann": -5, "ben": 5}}
    budget = red_line(cash={"ann": {"below": -3}})
    kept = api.settle(dispute(issues, preference("ann", ann, red_lines=(budget,)), ben))
    assert kept.ideals == {"ann": 10, "ben": 4}
    assert kept.outcome == {"thing": "ann", "cash": {"ann": F(-20, 7), "ben": F(20, 7)}}


def test_a_strict_bound_on_a_continuous_amount_is_kept() -> None:
    """What a rule never allows above one half is at most one half, though nobody minds (H6)."""
    strict = Condition(FrozenMap({"heat": Beyond(F(1, 2), None)}))
    the_dispute = dispute(
        [Amount("heat", F(0), F(1))], Preference("ann"), Preference("ben"), rules=(Rule(strict),)
    )
    outcome = api.settle(the_dispute).outcome
    assert outcome is not None
    heat = outcome["heat"]
    assert isinstance(heat, Fraction)
    assert heat <= F(1, 2)


def test_a_red_line_on_a_share_is_the_same_clause_as_a_rule() -> None:
    """A private line and a public rule forbid alike; only their names in a conflict differ."""
    test = SharesBeyond(FrozenMap({"ann": Beyond(None, F(3, 5))}))
    line = RedLine(Condition(FrozenMap({"s0": test})))
    private = compiled(division([(1, 1)], red_lines=([line], [])))
    public = compiled(division([(1, 1)], rules=(rule(s0={"ann": {"below": "3/5"}}),)))
    assert private.problem == public.problem
    assert private.limits != public.limits
