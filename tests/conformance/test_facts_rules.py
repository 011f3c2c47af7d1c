"""Facts worked out by hand: the other rules, of program and referee alike."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hikiwake import api
from hikiwake.errors import Unsupported
from hikiwake.model import Amount, Curve, Dispute, FrozenMap, Preference, Share
from hikiwake.settlement import Status
from tests.conformance.builders import (
    dispute,
    division,
    items,
    one_of,
    outcome,
    preference,
    red_line,
    rule,
)
from tests.conformance.settling import points, settled

F = Fraction
PANAMA = [
    (22, 9), (22, 15), (15, 15), (14, 3), (11, 15), (6, 5), (2, 7), (2, 7), (2, 13), (4, 11),
]  # fmt: skip


def test_nash_needs_a_sign() -> None:
    """From walk-aways of .5 each, of (0, 0) and (.6, .6) Nash takes the second."""
    settlement = settled(one_of((0, 0), ("0.6", "0.6"), walk_away=("0.5", "0.5")), "nash")
    assert points(settlement) == (F("0.6"), F("0.6"))


def test_nash_lets_as_many_gain_as_can() -> None:
    """Nash takes (1, 1, 0) before (9, 0, 0), and the larger product among equals in number."""
    packages = [(9, 0, 0), (1, 1, 0), (0, 2, 3), (0, 0, 9)]
    assert points(settled(one_of(*packages), "nash")) == (0, 2, 3)
    assert points(settled(one_of(*packages[:2], (0, 0, 9)), "nash")) == (1, 1, 0)


def test_nash_leaves_one_side_ahead() -> None:
    """Of (10, 1), (4, 2), (0, 10) with product 10, 8, 0 Nash takes the first, and it is uneven."""
    settlement = settled(one_of((10, 1), (4, 2), (0, 10)), "nash")
    assert (points(settlement), settlement.status) == ((10, 1), Status.UNEVEN)
    assert settlement.ahead == ("ann",)


def test_nash_of_a_divided_pie_is_the_middle() -> None:
    """Of 100 for both, Nash gives 50 each; from 60 and 0, 80 and 20."""
    assert points(settled(division([(100, 100)]), "nash")) == (50, 50)
    assert points(settled(division([(100, 100)], (60, 0)), "nash")) == (80, 20)


def test_the_raw_rules_compare_points_above_the_walk_away() -> None:
    """Egalitarian and leximin raise the least points above walk-away, utilitarian the sum."""
    packages = [(4, 4), (9, 3), (3, 5), (20, 0)]
    assert points(settled(one_of(*packages), "egalitarian")) == (4, 4)
    assert points(settled(one_of(*packages), "leximin")) == (4, 4)
    assert points(settled(one_of(*packages), "utilitarian")) == (20, 0)
    # from 3 and 0 the points above it are (1, 4), (6, 3), (0, 5), (17, 0)
    assert points(settled(one_of(*packages, walk_away=(3, 0)), "egalitarian")) == (9, 3)
    assert points(settled(one_of(*packages, walk_away=(3, 0)), "leximin")) == (9, 3)


def test_leximin_looks_at_all_levels() -> None:
    """Of (1, 2, 9), (1, 3, 3), (9, 1, 2) leximin takes the second: its second level is highest."""
    assert points(settled(one_of((1, 2, 9), (1, 3, 3), (9, 1, 2)), "leximin")) == (1, 3, 3)


@pytest.mark.parametrize("name", ["egalitarian", "leximin", "utilitarian"])
def test_raw_points_need_a_common_scale(name: str) -> None:
    """Rules that compare raw points refuse a dispute that is not on one scale (H15)."""
    with pytest.raises(Unsupported, match="H15"):
        api.settle(one_of((1, 2), (2, 1), common_scale=False), name)


def test_panama_divided() -> None:
    """Adjusted Winner and Kalai–Smorodinsky give 66 each in Panama, one issue split."""
    for name in ("adjusted_winner", "kalai_smorodinsky", "draw"):
        settlement = settled(division(PANAMA), name, judged=False)
        assert points(settlement) == (66, 66)
        assert settlement.outcome == outcome(
            s0=1, s1=1, s2=F(2, 15), s3=1, s4=0, s5=1, s6=0, s7=0, s8=0, s9=0
        )
        assert (settlement.status, settlement.ties) == (Status.DRAW, 1)


def test_panama_whole() -> None:
    """With whole issues Panama ends at 64 and 68: a draw, leximin, and the largest product."""
    for name in ("draw", "kalai_smorodinsky", "leximin", "nash"):
        assert points(settled(items(PANAMA), name)) == (64, 68)
    assert settled(items(PANAMA)).status is Status.DRAW
    assert len(api.frontier(items(PANAMA)).exact_utilities) == 20


def test_adjusted_winner_counts_parts_of_the_own_total() -> None:
    """Totals of 10 and 100: both get the same part of their own, 2/3, not the same points."""
    settlement = settled(division([(8, 20), (2, 80)]), "adjusted_winner")
    parts = points(settlement)[0] / 10, points(settlement)[1] / 100
    assert parts == (F(4, 5), F(4, 5))


@pytest.mark.parametrize(
    "refused",
    [
        one_of((1, 2), (2, 1)),
        items([(1, 2), (2, 1)]),
        division([(1, 2)], red_lines=([red_line(s0={"ann": {"below": "1/3"}})], [])),
        division([(1, 2)], rules=(rule(s0={"ann": {"below": "1/3"}}),)),
    ],
    ids=["choice", "items", "red line", "rule"],
)
def test_adjusted_winner_is_for_plain_divisions(refused: Dispute) -> None:
    """Adjusted Winner refuses everything but shares without rules, red lines or bonuses."""
    with pytest.raises(Unsupported):
        api.settle(refused, "adjusted_winner")


def test_three_parties_cannot_have_everything() -> None:
    """Reijnierse and Potters: 40 each is even and optimal, and ann envies ben by 10."""
    the_dispute = items([(40, 30, 30), (50, 40, 30), (10, 30, 40)])
    settlement = settled(the_dispute)
    assert points(settlement) == (40, 40, 40)
    verdicts = api.properties_of(the_dispute, settlement)
    assert {n: v.holds for n, v in verdicts.items()} == {
        "pareto_optimal": True,
        "individually_rational": True,
        "equitable": True,
        "envy_free": False,
        "envy_free_up_to_one": True,
        "proportional": True,
    }
    witness = verdicts["envy_free"].witness
    assert witness is not None
    assert (witness.party, witness.other, witness.amount) == ("ann", "ben", 10)


def test_a_share_among_three_and_an_amount_without_steps() -> None:
    """A dollar in three is a third each, and a rent that one pays and one gets is in the middle."""
    three = dispute(
        [Share("money")], *(preference(name, {"money": 1}) for name in ("ann", "ben", "cem"))
    )
    found = api.settle(three)
    assert found.status is Status.DRAW
    assert found.package is not None
    assert set(found.package.gains.values()) == {F(1, 3)}
    rent = dispute(
        [Amount("rent", F(0), F(900))],
        Preference("ann", FrozenMap({"rent": Curve(((F(0), F(10)), (F(900), F(0))))})),
        Preference("ben", FrozenMap({"rent": Curve(((F(0), F(0)), (F(900), F(10))))})),
    )
    found = api.settle(rent)
    assert found.outcome == {"rent": 450}
    assert found.package is not None
    assert set(found.package.gains.values()) == {F(1, 2)}
