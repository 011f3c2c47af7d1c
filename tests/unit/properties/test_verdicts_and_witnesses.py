"""Each property holds, or has a witness that it does not, or means nothing in a dispute."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hikiwake import api
from hikiwake.model import (
    Bonus,
    Choice,
    FrozenMap,
    Group,
    Item,
    Money,
    Option,
    Outcome,
    Preference,
    Share,
)
from hikiwake.properties import PROPERTIES, Verdict, Witness
from hikiwake.properties.envy_free import envy_free
from hikiwake.properties.envy_free_up_to_one import envy_free_up_to_one
from hikiwake.properties.equitable import equitable
from hikiwake.properties.individually_rational import individually_rational
from hikiwake.properties.pareto_optimal import pareto_optimal
from hikiwake.properties.proportional import proportional
from tests.conformance.builders import (
    condition,
    dispute,
    division,
    items,
    one_of,
    outcome,
    preference,
    rule,
)

F = Fraction
FIRST, SECOND, THIRD = (outcome(package=f"p{n}") for n in range(3))


def test_nobody_can_be_better_off_at_an_undominated_package() -> None:
    """(3, 3) and (5, 1) are Pareto-optimal beside each other."""
    the_dispute = one_of((3, 3), (5, 1), (3, 2))
    assert pareto_optimal(the_dispute, FIRST) == Verdict("pareto_optimal", True)
    assert pareto_optimal(the_dispute, SECOND).holds is True


def test_a_better_package_is_the_witness_against_pareto_optimality() -> None:
    """(3, 2) is bettered by (3, 3), which gives ben one point more."""
    verdict = pareto_optimal(one_of((3, 3), (5, 1), (3, 2)), THIRD)
    assert verdict.holds is False
    assert verdict.witness == Witness("ben", None, FIRST, F(1))


def test_a_better_package_that_breaks_a_rule_is_no_witness() -> None:
    """Where (3, 3) is forbidden (3, 2) cannot be bettered."""
    the_dispute = one_of((3, 3), (5, 1), (3, 2), rules=(rule(package="p0"),))
    assert pareto_optimal(the_dispute, THIRD).holds is True


def test_pareto_optimality_means_nothing_for_what_is_not_allowed() -> None:
    """A package that a rule forbids, with nothing as good beside it, has no verdict."""
    the_dispute = one_of((3, 3), (2, 2), rules=(rule(package="p0"),))
    assert pareto_optimal(the_dispute, FIRST) == Verdict("pareto_optimal", None, why="not_allowed")


def test_pareto_optimality_is_exact_with_shares() -> None:
    """Who likes each share better should have it: halves are bettered, the witness shows how."""
    the_dispute = division([(10, 1), (1, 10)])
    verdict = pareto_optimal(the_dispute, outcome(s0=F(1, 2), s1=F(1, 2)))
    assert verdict.holds is False
    assert verdict.witness is not None
    better = verdict.witness.outcome
    assert better is not None
    assert the_dispute.utility("ann", better) - F(11, 2) == verdict.witness.amount == F(99, 20)
    assert the_dispute.utility("ben", better) >= F(11, 2)
    assert pareto_optimal(the_dispute, outcome(s0=F(1), s1=F(1, 3))).holds is True


def test_a_large_difference_of_one_is_seen() -> None:
    """2**60 is bettered by 2**60 + 1, by one point."""
    verdict = pareto_optimal(one_of((2**60, 0), (2**60 + 1, 0)), FIRST)
    assert verdict.witness == Witness("ann", None, SECOND, F(1))


def test_everybody_has_at_least_what_it_keeps() -> None:
    """With 2 and 3 at home (2, 3) is enough, and (9, 1) leaves ben two points short."""
    the_dispute = one_of((2, 3), (9, 1), walk_away=(2, 3))
    assert individually_rational(the_dispute, FIRST).holds is True
    short = Verdict("individually_rational", False, Witness("ben", amount=F(2)))
    assert individually_rational(the_dispute, SECOND) == short


def test_equal_gains_within_the_tolerance_are_equitable() -> None:
    """.60 and .65 are just a twentieth apart; (.9, .24) are .66 apart, ben behind ann."""
    the_dispute = one_of(("0.60", "0.65"), ("0.9", "0.24"), (1, 0), (0, 1))
    assert equitable(the_dispute, FIRST) == Verdict("equitable", True)
    assert equitable(the_dispute, SECOND).witness == Witness("ben", "ann", amount=F("0.66"))


def test_equity_means_nothing_where_fewer_than_two_can_gain() -> None:
    """Where ben gets the same in any case, or nobody can agree at all, nothing is compared."""
    one_sided, hopeless = one_of((1, 3), (2, 3), walk_away=(0, 3)), one_of((1, 1), walk_away=(2, 2))
    for the_dispute in (one_sided, hopeless):
        assert equitable(the_dispute, FIRST).holds is None
        assert equitable(the_dispute, FIRST).why == "fewer_than_two_compared"


def test_nobody_envies_who_has_what_it_wants_less() -> None:
    """Each has what it would rather have: no envy; the other way round Ann would have six points
    more and Ben one, and a lot says that he is the witness."""
    the_dispute = items([(2, 5), (8, 4)])
    assert envy_free(the_dispute, outcome(i0="ben", i1="ann")) == Verdict("envy_free", True)
    verdict = envy_free(the_dispute, outcome(i0="ann", i1="ben"))
    assert verdict.witness == Witness("ben", "ann", outcome(i0="ben", i1="ann"), F(1))


def test_envy_exchanges_divisions_and_leaves_the_rest() -> None:
    """A third of 30 against two: ann misses ten points, and the choice beside it stays."""
    issues = [Share("s0"), Choice("deal", (Option("yes"), Option("no")))]
    the_dispute = dispute(issues, preference("ann", {"s0": 30}), preference("ben", {"s0": 30}))
    verdict = envy_free(the_dispute, outcome(s0=F(1, 3), deal="yes"))
    assert verdict.witness == Witness("ann", "ben", outcome(s0=F(2, 3), deal="yes"), F(10))
    assert envy_free(the_dispute, outcome(s0=F(1, 2), deal="yes")).holds is True


def test_what_goes_to_nobody_is_not_exchanged() -> None:
    """An item that is sold stays sold, so nobody envies anybody for it."""
    the_dispute = dispute([Item("i0", (Option("sold"),))], Preference("ann"), Preference("ben"))
    assert envy_free(the_dispute, outcome(i0="sold")).holds is True


def test_envy_that_one_item_less_would_end_is_no_envy_up_to_one() -> None:
    """Ann envies the car (8 against 5), and without the car she would not."""
    the_dispute = items([(5, 1), (8, 4)])
    has = outcome(i0="ann", i1="ben")
    assert envy_free(the_dispute, has).holds is False
    assert envy_free_up_to_one(the_dispute, has) == Verdict("envy_free_up_to_one", True)


def test_envy_that_is_left_without_any_one_item_is_the_witness() -> None:
    """Two cars of 8 and a bike of 3 against nothing: without a car ann still misses eleven."""
    the_dispute = items([(8, 1), (8, 1), (3, 1)])
    verdict = envy_free_up_to_one(the_dispute, outcome(i0="ben", i1="ben", i2="ben"))
    exchanged = outcome(i1="ann", i2="ann")
    assert verdict == Verdict("envy_free_up_to_one", False, Witness("ann", "ben", exchanged, F(11)))


def test_of_chores_it_is_the_own_one_that_is_left_out() -> None:
    """Ann does the night shift (-9), ben nothing: without the shift she would not envy him."""
    the_dispute = items([(-9, -9), (-1, -1)])
    assert envy_free_up_to_one(the_dispute, outcome(i0="ann", i1="ben")).holds is True
    verdict = envy_free_up_to_one(the_dispute, outcome(i0="ann", i1="ann"))
    assert verdict.witness == Witness("ann", "ben", outcome(i1="ben"), F(1))


def test_a_bonus_goes_with_the_item_that_is_left_out() -> None:
    """Left and right shoe are worth 10 to ann as a pair: without one shoe she envies nobody."""
    plain = items([(1, 1), (1, 1)])
    pair = Bonus(condition(i0="ann", i1="ann"), F(10))
    ann = replace(plain.preferences["ann"], bonuses=(pair,))
    the_dispute = dispute(plain.issues, ann, plain.preferences["ben"])
    has = outcome(i0="ben", i1="ben")
    assert envy_free(the_dispute, has).witness == Witness(
        "ann", "ben", outcome(i0="ann", i1="ann"), F(12)
    )
    assert envy_free_up_to_one(the_dispute, has).witness == Witness(
        "ann", "ben", outcome(i1="ann"), F(1)
    )


def test_shares_are_not_left_out() -> None:
    """Half of 30 too little stays envy, whatever becomes of a pen; shares alone mean nothing."""
    issues = [Share("s0"), Item("pen")]
    own = {"s0": 30, "pen": {"ann": 1, "ben": 0}}
    the_dispute = dispute(issues, preference("ann", own), preference("ben", {"s0": 30}))
    verdict = envy_free_up_to_one(the_dispute, outcome(s0=F(1, 4), pen="ben"))
    assert verdict.witness == Witness("ann", "ben", outcome(s0=F(3, 4)), F(15))
    assert envy_free_up_to_one(the_dispute, outcome(s0=F(1, 2), pen="ben")).holds is True
    divided = envy_free_up_to_one(division([(1, 1)]), outcome(s0=F(1)))
    assert divided == Verdict("envy_free_up_to_one", None, why="nothing_whole")


def test_a_half_of_ones_own_points_is_proportional() -> None:
    """Of 10 ann wants 5: 8 are enough, and 2 leave her three points short."""
    the_dispute = items([(2, 5), (8, 5)])
    assert proportional(the_dispute, outcome(i0="ben", i1="ann")) == Verdict("proportional", True)
    short = proportional(the_dispute, outcome(i0="ann", i1="ben"))
    assert short == Verdict("proportional", False, Witness("ann", amount=F(3)))


def test_a_third_is_enough_among_three() -> None:
    """With three parties each needs a third of its own points."""
    the_dispute = items([(4, 1, 1), (1, 4, 1), (1, 1, 4)])
    assert proportional(the_dispute, outcome(i0="ann", i1="ben", i2="cem")).holds is True
    verdict = proportional(the_dispute, outcome(i0="ann", i1="ben", i2="ben"))
    assert verdict.witness == Witness("cem", amount=F(2))


def test_where_nothing_is_divided_two_properties_mean_nothing() -> None:
    """Choices alone can neither be envied nor be had in proportion."""
    for property_of in (envy_free, proportional):
        verdict = property_of(one_of((1, 0), (0, 1)), FIRST)
        assert (verdict.holds, verdict.why) == (None, "nothing_divided")


def test_pareto_optimality_respects_groups() -> None:
    """One and one of two equal items is Pareto-optimal; both for ann is none of the packages."""
    base = items([(1, 1), (1, 1)])
    the_dispute = dispute(
        base.issues,
        *base.preferences.values(),
        groups=(Group("home", ("i0", "i1"), not_for_trade=True),),
    )
    assert pareto_optimal(the_dispute, outcome(i0="ann", i1="ben")).holds is True
    assert pareto_optimal(the_dispute, outcome(i0="ann", i1="ann")).holds is not True


def test_the_facade_asks_every_property() -> None:
    """A settlement has all six verdicts, in order; without an agreement there are none."""
    the_dispute = division([(55, 40), (45, 60)])
    verdicts = api.properties_of(the_dispute, api.settle(the_dispute))
    assert list(verdicts) == list(PROPERTIES)
    assert verdicts.pop("envy_free_up_to_one").holds is None
    assert all(verdict.holds for verdict in verdicts.values())
    assert all(name == verdict.name for name, verdict in verdicts.items())
    hopeless = one_of((1, 1), walk_away=(2, 2))
    assert api.properties_of(hopeless, api.settle(hopeless)) == {}


def test_what_was_paid_goes_with_the_things() -> None:
    """A piano worth 60 and 40: paid for with 30 nobody envies anybody; with 10 Ben does."""
    piano = dispute(
        [Item("piano"), Money("payment", F(100))],
        preference("ann", {"piano": {"ann": 60, "ben": 0}, "payment": 1}),
        preference("ben", {"piano": {"ann": 0, "ben": 40}, "payment": 1}),
    )

    def paid(amount: int) -> Outcome:
        received = FrozenMap({"ann": F(-amount), "ben": F(amount)})
        return FrozenMap({"piano": "ann", "payment": received})

    assert envy_free(piano, paid(30)).holds is True
    assert envy_free(piano, paid(10)).witness == Witness(
        "ben", "ann", FrozenMap({**paid(10), "piano": "ben", **_turned(paid(10))}), F(20)
    )
    assert envy_free_up_to_one(piano, paid(30)).holds is True
    assert envy_free_up_to_one(piano, paid(10)).holds is True
    assert envy_free_up_to_one(piano, paid(40)).witness == Witness(
        "ann", "ben", FrozenMap({**paid(40), "piano": "ben", **_turned(paid(40))}), F(20)
    )
    assert proportional(piano, paid(30)).holds is True
    assert proportional(piano, paid(10)).witness == Witness("ben", amount=F(10))
    assert proportional(piano, paid(31)).witness == Witness("ann", amount=F(1))


def _turned(outcome: Outcome) -> Outcome:
    received = outcome["payment"]
    assert isinstance(received, FrozenMap)
    return FrozenMap({"payment": FrozenMap({p: -n for p, n in received.items()})})


def test_money_alone_divides_nothing() -> None:
    """Payments beside a choice are no exchange of places: both properties mean nothing there."""
    bare = dispute([Money("payment", F(1))], Preference("ann"), Preference("ben"))
    nothing: Outcome = FrozenMap({"payment": FrozenMap({"ann": F(0), "ben": F(0)})})
    for judge in (envy_free, proportional):
        assert judge(bare, nothing).why == "nothing_divided"
