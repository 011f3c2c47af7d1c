"""What each rule answers, on examples worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hikiwake import api
from hikiwake.model import Dispute
from hikiwake.rules import RULES, DirectRule, rule_named
from hikiwake.settlement import Settlement, Status
from tests.conformance.builders import Number, division, items, one_of

F = Fraction
SEARCHING = [
    name
    for name, rule in RULES.items()
    if not isinstance(rule, DirectRule) and name != "adjusted_winner"
]


def points(the_dispute: Dispute, rule: str) -> tuple[Fraction, ...]:
    """Return everybody's points for what a rule answers."""
    return worths(api.settle(the_dispute, rule))


def worths(settlement: Settlement) -> tuple[Fraction, ...]:
    """Return everybody's points for a settlement."""
    assert settlement.utilities is not None
    return tuple(settlement.utilities.values())


def test_kalai_smorodinsky_makes_the_smallest_gain_large() -> None:
    """Of ten each, (9, 4) gives gains .9 and .4, (5, 5) gives .5 twice: the second."""
    packages = [(10, 0), (0, 10), (9, 4), (5, 5)]
    assert points(one_of(*packages), "kalai_smorodinsky") == (5, 5)


def test_nash_takes_the_largest_product() -> None:
    """Of the same packages 9 · 4 = 36 is more than 5 · 5 = 25."""
    assert points(one_of((10, 0), (0, 10), (9, 4), (5, 5)), "nash") == (9, 4)


def test_nash_never_multiplies_two_things_forgone() -> None:
    """With a half at home for both, (0, 0) would multiply to a quarter: (.6, .6) is answered."""
    the_dispute = one_of((0, 0), ("0.6", "0.6"), walk_away=("0.5", "0.5"))
    assert points(the_dispute, "nash") == (F("0.6"), F("0.6"))


def test_nash_on_a_share_is_where_the_product_peaks() -> None:
    """Worth 30 and 60, divided in halves: 15 · 30 is the largest product."""
    assert points(division([(30, 60)]), "nash") == (15, 30)
    assert points(division([(30, 60)], (10, 0)), "nash") == (20, 20)


def test_raw_points_count_on_a_common_scale() -> None:
    """Of (10, 3), (5, 4), (30, 1): the best minimum is 4, the best sum 31; gains say (10, 3)."""
    packages = [(10, 3), (5, 4), (30, 1)]
    expected = {
        "egalitarian": (5, 4),
        "leximin": (5, 4),
        "utilitarian": (30, 1),
        "kalai_smorodinsky": (10, 3),
    }
    assert {rule: points(one_of(*packages), rule) for rule in expected} == expected


def test_raw_points_count_from_walk_away() -> None:
    """With 4 at home for the first, (5, 4) leaves it 1 and (10, 3) leaves 6 and 3: the latter."""
    the_dispute = one_of((10, 3), (5, 4), (30, 1), walk_away=(4, 0))
    assert points(the_dispute, "egalitarian") == (10, 3)


def test_leximin_goes_on_where_egalitarian_stops() -> None:
    """(5, 6, 6) and (5, 5, 9) have the same smallest points; leximin takes the former."""
    packages: list[tuple[Number, ...]] = [(5, 5, 9), (5, 6, 6)]
    assert points(one_of(*packages), "leximin") == (5, 6, 6)
    assert points(one_of(*packages), "egalitarian") in packages


def test_adjusted_winner_divides_one_issue() -> None:
    """House 55 / 40 and savings 45 / 60: the house whole, savings 1/21 and 20/21, 400/7 each."""
    settlement = api.settle(division([(55, 40), (45, 60)]), "adjusted_winner")
    assert worths(settlement) == (F(400, 7), F(400, 7))
    assert settlement.outcome == {
        "s0": {"ann": F(1), "ben": F(0)},
        "s1": {"ann": F(1, 21), "ben": F(20, 21)},
    }


def test_adjusted_winner_counts_parts_of_ones_own_total() -> None:
    """Ten times ann's points change nothing but her numbers: each has 4/7 of its own total."""
    assert points(division([(550, 40), (450, 60)]), "adjusted_winner") == (F(4_000, 7), F(400, 7))


def test_draw_takes_what_is_even_and_cheap() -> None:
    """(.64, .595) is within a twentieth and costs .085 against (.60, .68): a draw."""
    the_dispute = one_of(("0.60", "0.68"), ("0.64", "0.595"), (1, 0), (0, 1))
    settlement = api.settle(the_dispute)
    assert (settlement.status, worths(settlement)) == (Status.DRAW, (F("0.64"), F("0.595")))
    assert settlement.ahead == ()


def test_draw_without_a_draw_says_who_is_ahead() -> None:
    """Of two houses worth 3 and 1 to both one side has more; the other side's twin is as good."""
    settlement = api.settle(items([(3, 3), (1, 1)]))
    assert settlement.status is Status.UNEVEN
    assert len(settlement.ahead) == 1
    assert (settlement.imbalance, settlement.twins) == (F(1, 2), 1)
    assert settlement.even_but_dearer is None


def test_a_party_without_range_is_left_out() -> None:
    """Ben gets 3 in any case: nobody is compared with him, and ann has her best."""
    settlement = api.settle(one_of((1, 3), (2, 3), walk_away=(0, 3)))
    assert worths(settlement) == (2, 3)
    assert settlement.left_out == ("ben",)
    assert (settlement.imbalance, settlement.status) == (None, Status.UNEVEN)
    assert settlement.gains == {"ann": 1, "ben": None}


@pytest.mark.parametrize("rule", SEARCHING)
def test_every_rule_answers_a_single_package(rule: str) -> None:
    """Where there is one package it is the answer, under any rule."""
    assert points(one_of((3, 4)), rule) == (3, 4)


@pytest.mark.parametrize("rule", [*SEARCHING, "adjusted_winner", "proportional"])
def test_every_rule_divides_one_share_evenly(rule: str) -> None:
    """A share worth 10 to both is divided in halves, unless only the sum counts."""
    settlement = api.settle(division([(10, 10)]), rule)
    assert sum(worths(settlement)) == 10
    if rule != "utilitarian":
        assert worths(settlement) == (5, 5)


def test_the_rules_are_those_that_the_facade_names() -> None:
    """Façade and rules list the same names in the same order, and each leads to its module."""
    assert tuple(RULES) == api.RULES
    assert all(rule_named(name) is RULES[name] for name in RULES)
