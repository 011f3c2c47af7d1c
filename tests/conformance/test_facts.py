"""Facts that were worked out by hand, of the program and of the referee alike."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from hikiwake import api
from hikiwake.errors import Unsupported
from hikiwake.model import Amount, Bonus, Dispute, Group, Share
from hikiwake.settlement import Settlement, Status
from tests.conformance.builders import (
    choice,
    condition,
    dispute,
    division,
    items,
    one_of,
    outcome,
    preference,
    red_line,
    rule,
)
from tests.conformance.comparing import conflicts_of, differences
from tests.conformance.oracle import RULES, referee

PANAMA = [
    (22, 9), (22, 15), (15, 15), (14, 3), (11, 15), (6, 5), (2, 7), (2, 7), (2, 13), (4, 11),
]  # fmt: skip


def settled(the_dispute: Dispute, name: str = "draw") -> Settlement:
    """Return what every engine that covers the dispute answers, and the referee with them."""
    found: list[Settlement] = []
    judge = referee(the_dispute)
    for engine in api.ENGINES:
        try:
            settlement = api.settle(the_dispute, name, engine=engine)
        except Unsupported:
            continue
        if name in RULES:
            assert differences(judge, name, engine, settlement) == []
        found.append(settlement)
    assert found
    return found[0]


def points(settlement: Settlement) -> tuple[F, ...]:
    """Return everybody's points."""
    assert settlement.utilities is not None
    return tuple(settlement.utilities.values())


def gains(settlement: Settlement) -> tuple[F | None, ...]:
    """Return everybody's gain."""
    assert settlement.gains is not None
    return tuple(settlement.gains.values())


# --- draw and Kalai–Smorodinsky ----------------------------------------------------------------


def test_a_dear_draw_is_not_taken_but_shown_beside() -> None:
    """Of (.20, .25), (.90, .24), (1, 0), (0, 1) the second is answered, the first shown beside."""
    packages = [("0.20", "0.25"), ("0.90", "0.24"), (1, 0), (0, 1)]
    settlement = settled(one_of(*packages))
    assert settlement.status is Status.UNEVEN
    assert points(settlement) == (F("0.90"), F("0.24"))
    assert settlement.ahead == ("ann",)
    beside = settlement.even_but_dearer
    assert beside is not None
    assert tuple(beside.package.utilities.values()) == (F("0.20"), F("0.25"))
    assert dict(beside.costs) == {"ann": F("0.70"), "ben": F("-0.01")}
    assert points(settled(one_of(*packages), "kalai_smorodinsky")) == (F("0.90"), F("0.24"))


def test_a_draw_may_cost_a_little() -> None:
    """Of (.60, .68) and (.64, .595) the second is the draw: it costs .085, less than a tenth."""
    settlement = settled(one_of(("0.60", "0.68"), ("0.64", "0.595"), (1, 0), (0, 1)))
    assert settlement.status is Status.DRAW
    assert points(settlement) == (F("0.64"), F("0.595"))
    assert settlement.even_but_dearer is None
    ks = settled(one_of(("0.60", "0.68"), ("0.64", "0.595"), (1, 0), (0, 1)), "kalai_smorodinsky")
    assert (points(ks), ks.status) == ((F("0.60"), F("0.68")), Status.UNEVEN)


def test_the_price_is_what_parts_a_draw_from_a_dear_one() -> None:
    """With a price of .085 the package that costs .085 is a draw, with any less it is dear."""
    packages = [("0.60", "0.68"), ("0.64", "0.595"), (1, 0), (0, 1)]
    assert settled(one_of(*packages, price=F("0.085"))).status is Status.DRAW
    dear = settled(one_of(*packages, price=F("0.0849")))
    assert (dear.status, points(dear)) == (Status.UNEVEN, (F("0.60"), F("0.68")))
    assert dear.even_but_dearer is not None


def test_the_tolerance_is_inclusive() -> None:
    """A package is even where its gains differ by exactly the tolerance."""
    packages = [("0.60", "0.65"), (1, 0), (0, 1)]
    assert settled(one_of(*packages)).status is Status.DRAW
    assert settled(one_of(*packages, tolerance=F("0.0499"))).status is Status.UNEVEN


def test_three_parties_pay_no_more_than_the_price_either() -> None:
    """(.5, .52, .51) is even, but (.9, .9, .5) is better for two by .38 and more: uneven."""
    settlement = settled(
        one_of(("0.5", "0.52", "0.51"), ("0.9", "0.9", "0.5"), (1, 0, 0), (0, 1, 0), (0, 0, 1))
    )
    assert settlement.status is Status.UNEVEN
    assert points(settlement) == (F("0.9"), F("0.9"), F("0.5"))
    assert settlement.ahead == ("ann", "ben")
    assert settlement.even_but_dearer is not None
    assert settlement.even_but_dearer.package.outcome == {"package": "p0"}


def test_one_twin_within_the_price_is_enough() -> None:
    """With twins at Kalai–Smorodinsky a draw need be near to one of them only."""
    twins = [("0.40", "0.60"), ("0.60", "0.40"), ("0.39", "0.41"), (1, 0), (0, 1)]
    settlement = settled(one_of(*twins, price=F("0.25")))
    # (.39, .41) costs .01 and .19 against the first twin, .21 and −.01 against the second …
    assert points(settlement) != (F("0.39"), F("0.41"))  # … but the second one dominates nothing
    assert settlement.status is Status.UNEVEN or settlement.imbalance == F("0.02")


def test_an_option_that_nobody_uses_moves_the_answer() -> None:
    """Of (80, 40), (60, 60), (40, 80) the middle is answered; (160, 0) beside them makes it 80/40."""
    three = [(80, 40), (60, 60), (40, 80)]
    assert points(settled(one_of(*three))) == (60, 60)
    four = settled(one_of(*three, (160, 0)))
    assert (points(four), gains(four)) == ((80, 40), (F(1, 2), F(1, 2)))


def test_walking_away_counts_as_the_start() -> None:
    """Of 100 between walk-aways of 60 and 0, 80 and 20 is equal progress from today."""
    settlement = settled(division([(100, 100)], (60, 0)))
    assert (points(settlement), gains(settlement)) == ((80, 20), (F(1, 2), F(1, 2)))
    assert dict(settlement.ideals) == {"ann": 100, "ben": 40}
    assert settlement.status is Status.DRAW


def test_a_private_limit_does_the_work() -> None:
    """If ann never takes under 60 of 100, ben's ideal falls to 40, and each gains five sevenths."""
    line = red_line(s0={"ann": {"below": "3/5"}})
    settlement = settled(division([(100, 100)], red_lines=([line], [])))
    assert dict(settlement.ideals) == {"ann": 100, "ben": 40}
    assert gains(settlement) == (F(5, 7), F(5, 7))
    assert settlement.outcome == outcome(s0="5/7")


def test_the_example_of_the_design() -> None:
    """House 55 / 40 whole, savings 45 / 60 divided: ann has the house and 1/21, 400/7 each."""
    house = {"ann": {"ann": 55, "ben": 0}, "ben": {"ann": 0, "ben": 40}}
    settlement = settled(
        dispute(
            [*items([(55, 40)]).issues, Share("savings")],
            preference("ann", {"i0": house["ann"], "savings": 45}),
            preference("ben", {"i0": house["ben"], "savings": 60}),
        )
    )
    assert settlement.outcome == outcome(i0="ann", savings="1/21")
    assert points(settlement) == (F(400, 7), F(400, 7))
    assert (settlement.ties, settlement.twins, settlement.status) == (1, 0, Status.DRAW)


def test_what_is_only_approached_is_no_draw() -> None:
    """Where draws come as close as one likes to a package that is none, there is no best draw.

    Along s the points are (x, 1 − x); k is (.9, .55), and beats all with .45 ≤ x ≤ .9.
    """
    the_dispute = dispute(
        [choice("way", "s", "k"), Share("share")],
        preference("ann", {"way": {"s": 0, "k": "0.9"}, "share": 1}),
        preference("ben", {"way": {"s": 0, "k": "-0.45"}, "share": 1}),
        rules=(rule(way="k", share={"ann": {"above": 0}}),),
        tolerance=F(1, 5),
        price=F(1, 2),
    )
    settlement = settled(the_dispute)
    assert settlement.status is Status.UNEVEN
    assert points(settlement) == (F("0.9"), F("0.55"))
    assert settlement.even_but_dearer is None


def test_what_is_reached_is_a_draw() -> None:
    """The same, with a package (.45, .56) that is not beaten: then that is the best draw."""
    the_dispute = dispute(
        [choice("way", "s", "k", "m"), Share("share")],
        preference("ann", {"way": {"s": 0, "k": "0.9", "m": "0.45"}, "share": 1}),
        preference("ben", {"way": {"s": 0, "k": "-0.45", "m": "-0.44"}, "share": 1}),
        rules=(rule(way=["k", "m"], share={"ann": {"above": 0}}),),
        tolerance=F(1, 5),
        price=F(1, 2),
    )
    settlement = settled(the_dispute)
    assert settlement.status is Status.DRAW
    assert points(settlement) == (F("0.45"), F("0.56"))


# --- who cannot gain or lose -------------------------------------------------------------------


@pytest.mark.parametrize("name", RULES)
def test_an_indifferent_party_switches_nothing_off(name: str) -> None:
    """A third party that does not care leaves the answer between the other two as it was."""
    two = settled(one_of((3, 3), (9, 1), (1, 9), (2, 7)), name)
    three = settled(one_of((3, 3, 0), (9, 1, 0), (1, 9, 0), (2, 7, 0)), name)
    assert points(three)[:2] == points(two)
    assert three.left_out == ("cem",)
    assert gains(three) == (*gains(two), None)
    assert (three.status, three.imbalance) == (two.status, two.imbalance)


def test_one_party_alone_is_never_even() -> None:
    """Where only one party can gain, there is nothing to compare: uneven, imbalance null."""
    settlement = settled(one_of((3, 0), (9, 0), (1, 0)))
    assert (points(settlement), settlement.status) == ((9, 0), Status.UNEVEN)
    assert (settlement.imbalance, settlement.left_out) == (None, ("ben",))
    assert gains(settlement) == (1, None)


def test_nobody_can_gain() -> None:
    """Where nobody can gain every package is a tie, and the status uneven."""
    settlement = settled(one_of((0, 0), (0, 0), (0, 0)))
    assert (settlement.ties, settlement.twins, settlement.imbalance) == (3, 0, None)
    assert (settlement.status, settlement.left_out) == (Status.UNEVEN, ("ann", "ben"))


def test_the_walk_away_of_a_party_without_range_still_holds() -> None:
    """A party that can only just be kept keeps the others from what would lose it."""
    settlement = settled(one_of((9, 9, -1), (5, 5, 0), walk_away=(0, 0, 0)))
    assert (points(settlement), settlement.left_out) == ((5, 5, 0), ("cem",))


# --- ties, twins, exactness --------------------------------------------------------------------


def test_all_packages_of_equal_worth_are_kept() -> None:
    """{(.5, .5) twice, (1, 0), (0, 1) twice}: five packages are optimal, at three points."""
    the_dispute = one_of(("0.5", "0.5"), ("0.5", "0.5"), (1, 0), (0, 1), (0, 1))
    found = api.frontier(the_dispute)
    assert set(found.exact_utilities) == {(F(1, 2), F(1, 2)), (F(1), F(0)), (F(0), F(1))}
    assert sum(count for count in found.ties if count != "infinite") == 5
    settlement = settled(the_dispute)
    assert (settlement.ties, settlement.twins) == (2, 0)
    assert {o["package"] for o in settlement.tied} == {"p0", "p1"}


def test_twins_are_counted_apart_from_ties() -> None:
    """(.4, .6) once and (.6, .4) twice: one tie or two, and the others are its twins."""
    settlement = settled(one_of(("0.4", "0.6"), ("0.6", "0.4"), ("0.6", "0.4"), (1, 0), (0, 1)))
    assert {settlement.ties, settlement.twins} == {1, 2}
    assert settlement.status is Status.UNEVEN


def test_the_fewest_changes_come_first() -> None:
    """Of three packages worth the same, the one that stands today is shown."""
    for today in ("p0", "p1", "p2"):
        settlement = settled(
            one_of((5, 5), (5, 5), (5, 5), walk_away=(0, 0), status_quo=outcome(package=today))
        )
        assert settlement.outcome == {"package": today}
        assert settlement.ties == 3


def test_a_division_may_have_infinitely_many_ties() -> None:
    """Two shares that are worth the same to both can be exchanged as one likes."""
    settlement = settled(division([(1, 1), (1, 1)]))
    assert (settlement.ties, points(settlement)) == ("infinite", (1, 1))
    assert settled(division([(1, 1)])).ties == 1


def test_one_in_a_billion_billion_decides() -> None:
    """(2⁶⁰, 1) never comes back where (2⁶⁰ + 1, 1) is possible, though a float sees no difference."""
    the_dispute = one_of((2**60, 1), (2**60 + 1, 1), (0, 2))
    assert set(api.frontier(the_dispute).exact_utilities) == {(F(2**60 + 1), F(1)), (F(0), F(2))}
    assert points(settled(the_dispute)) == (2**60 + 1, 1)
    many = items([(2**60 + 1, 2**60), (2**60, 2**60), (2**70, 2**70 + 1)])
    assert settled(many).status is Status.UNEVEN


def test_a_rule_is_kept_everywhere() -> None:
    """With a + b ≤ 4 on a grid of five by five nothing beyond it ever comes back."""
    values = [str(n) for n in range(5)]
    the_dispute = dispute(
        [choice("a", *values), choice("b", *values)],
        preference("ann", {"a": {n: n for n in values}}),
        preference("ben", {"b": {n: n for n in values}}),
        rules=tuple(rule(a=m, b=n) for m in values for n in values if int(m) + int(n) > 4),
    )
    assert settled(the_dispute).outcome == {"a": "2", "b": "2"}
    frontier = api.frontier(the_dispute)
    assert {int(o["a"]) + int(o["b"]) for o in frontier.outcomes} == {4}  # type: ignore[arg-type]
    assert len(frontier.outcomes) == 5


# --- not for trade -----------------------------------------------------------------------------


def islands(*, treaty: bool, **more: object) -> Dispute:
    """Return four equal islands that ann holds, not for trade, with a treaty worth 10 or without."""
    names = ("ann", "ben")
    issues = [*items([(1, 1)] * 4).issues, *([choice("treaty", "no", "yes")] if treaty else [])]
    of = {name: {f"i{i}": {n: int(n == name) for n in names} for i in range(4)} for name in names}
    ten = {"treaty": {"no": 0, "yes": 10}} if treaty else {}
    today = {f"i{i}": "ann" for i in range(4)} | ({"treaty": "no"} if treaty else {})
    return dispute(
        issues,
        *(preference(name, of[name] | ten) for name in names),
        groups=(Group("islands", tuple(f"i{i}" for i in range(4)), not_for_trade=True),),
        status_quo=outcome(**today),
        **more,
    )


def test_four_equal_islands_are_two_and_two() -> None:
    """Of four equal islands that are not for trade each side has two, however little they gain by."""
    settlement = settled(islands(treaty=True))
    assert settlement.outcome is not None
    owners = [settlement.outcome[f"i{place}"] for place in range(4)]
    assert sorted(map(str, owners)) == ["ann", "ann", "ben", "ben"]
    assert (points(settlement), settlement.status) == ((12, 12), Status.DRAW)
    assert (settlement.ties, settlement.twins) == (6, 0)
    (group,) = settlement.groups
    assert dict(group.shares) == {"ann": F(1, 2), "ben": F(1, 2)}
    assert (group.imbalance, group.even) == (0, True)


def test_if_no_package_is_even_in_a_group_the_least_uneven_are_kept() -> None:
    """With nothing beside the islands their holder would walk away from two and two."""
    settlement = settled(islands(treaty=False))
    assert settlement.outcome == {f"i{place}": "ann" for place in range(4)}
    assert settlement.status is Status.UNEVEN
    assert [(g.imbalance, g.even) for g in settlement.groups] == [(1, False)]


def test_three_equal_islands_are_at_best_two_and_one() -> None:
    """Three equal islands cannot be even; two and one is as close as it gets, and uneven is said."""
    three = items([(1, 1)] * 3, groups=(Group("all", ("i0", "i1", "i2"), not_for_trade=True),))
    settlement = settled(three)
    assert {settlement.ties, settlement.twins} == {3}
    assert settlement.status is Status.UNEVEN
    assert settlement.groups[0].imbalance == F(1, 3)


def test_a_group_share_counts_only_what_is_allowed_there() -> None:
    """A party's least and most are taken under the public rules and its own red lines only."""
    group = (Group("all", ("i0", "i1"), not_for_trade=True),)
    free = items([(1, 1), (1, 1)], groups=group)
    assert [dict(g.shares) for g in settled(free).groups] == [{"ann": F(1, 2), "ben": F(1, 2)}]
    bound = items([(1, 1), (1, 1)], groups=group, rules=(rule(i0="ben", i1="ben"),))
    # ann's least is now 1 of 2, ben's most is 1 of 2: one each is nothing for ann, all for ben
    settlement = settled(bound)
    assert settlement.status is Status.UNEVEN
    assert [g.even for g in settlement.groups] == [False]


def test_a_group_in_which_one_party_has_nothing_at_stake_holds() -> None:
    """With fewer than two parties that have a range in a group, it holds, whatever is decided."""
    group = (Group("all", ("i0",), not_for_trade=True),)
    settlement = settled(items([(5, 0), (1, 6)], groups=group))
    assert points(settlement) == (5, 6)
    assert settlement.status is Status.DRAW
    assert [(g.imbalance, g.even) for g in settlement.groups] == [(None, True)]


# --- no agreement ------------------------------------------------------------------------------


def test_two_walk_aways_beyond_what_there_is() -> None:
    """Of 100 nobody can keep 60 and 50: the two walk-away values conflict, and nothing smaller."""
    settlement = settled(division([(100, 100)], (60, 50)))
    assert settlement.status is Status.NO_AGREEMENT
    assert conflicts_of(settlement) == {
        frozenset({("walk_away", "ann", 0), ("walk_away", "ben", 0)})
    }
    assert settled(division([(100, 100)], (60, 40))).status is Status.UNEVEN


def test_all_smallest_conflicts_are_told() -> None:
    """A rule and a red line that leave nothing conflict; so do two red lines; no larger set is told."""
    the_dispute = dispute(
        [choice("x", "a", "b"), choice("y", "c", "d")],
        preference("ann", {"x": {"a": 1, "b": 0}}, red_lines=(red_line(x="b"),)),
        preference("ben", {"x": {"a": 0, "b": 1}}, red_lines=(red_line(x="a"), red_line(y="c"))),
        rules=(rule(x="a"),),
    )
    settlement = settled(the_dispute)
    assert conflicts_of(settlement) == {
        frozenset({("rule", None, 1), ("red_line", "ann", 1)}),
        frozenset({("red_line", "ann", 1), ("red_line", "ben", 1)}),
    }


def test_at_most_twenty_conflicts_are_told() -> None:
    """Of 5 times 5 smallest conflicts twenty are listed."""
    lines = tuple(red_line(x="a") for _ in range(5)), tuple(red_line(x="b") for _ in range(5))
    the_dispute = dispute(
        [choice("x", "a", "b")],
        preference("ann", {}, red_lines=lines[0]),
        preference("ben", {}, red_lines=lines[1]),
    )
    assert len(settled(the_dispute).conflicts) == 20


# --- walk-away values --------------------------------------------------------------------------


def test_without_a_word_the_walk_away_is_the_worth_of_today() -> None:
    """A partial status quo counts its issues, and a bonus only where its whole condition holds."""
    bonus = Bonus(condition(x="a", y="c"), F(7))
    for today, expected in (
        (outcome(x="a"), 2),
        (outcome(x="a", y="c"), 2 + 3 + 7),
        (outcome(y="d"), 4),
        (None, 0),
    ):
        the_dispute = dispute(
            [choice("x", "a", "b"), choice("y", "c", "d")],
            preference("ann", {"x": {"a": 2, "b": 9}, "y": {"c": 3, "d": 4}}, bonuses=(bonus,)),
            preference("ben", {"x": {"a": 1, "b": 0}}, walk_away=0),
            status_quo=today,
        )
        assert settled(the_dispute).walk_away["ann"] == expected


def test_the_status_quo_may_break_rules() -> None:
    """What stands today counts as walk-away even if a rule forbids it from now on."""
    settlement = settled(
        one_of(
            (3, 3), (1, 1), (5, 4), rules=(rule(package="p0"),), status_quo=outcome(package="p0")
        )
    )
    assert (settlement.outcome, dict(settlement.walk_away)) == (
        {"package": "p2"},
        {"ann": 3, "ben": 3},
    )


# --- the other rules ---------------------------------------------------------------------------


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
    """Adjusted Winner and Kalai–Smorodinsky give 66 each in Panama; 2/15 of land and water to ann."""
    for name in ("adjusted_winner", "kalai_smorodinsky", "draw"):
        settlement = settled(division(PANAMA), name)
        assert points(settlement) == (66, 66)
        assert settlement.outcome == outcome(
            s0=1, s1=1, s2="2/15", s3=1, s4=0, s5=1, s6=0, s7=0, s8=0, s9=0
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
        "proportional": True,
    }
    witness = verdicts["envy_free"].witness
    assert witness is not None
    assert (witness.party, witness.other, witness.amount) == ("ann", "ben", 10)


# --- what waits for other engines --------------------------------------------------------------


def test_shares_among_three_and_amounts_are_refused() -> None:
    """Until their engines exist, shares among three parties and amounts are refused, clearly."""
    three = dispute(
        [Share("money")], *(preference(name, {"money": 1}) for name in ("ann", "ben", "cem"))
    )
    amount = dispute(
        [Amount("rent", F(0), F(900), F(50)), choice("x", "a", "b")],
        preference("ann", {"x": {"a": 1, "b": 0}}),
        preference("ben", {"x": {"a": 0, "b": 1}}),
    )
    for refused in (three, amount):
        with pytest.raises(Unsupported, match="H18"):
            api.settle(refused)
