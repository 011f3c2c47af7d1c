"""Groups not for trade with shares and amounts without steps, as worked out by hand (H8)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from hikiwake import api
from hikiwake.model import Amount, Bonus, Curve, Dispute, FrozenMap, Group, Item, Preference, Share
from hikiwake.pareto import Bargain, bargain_over, compiled
from hikiwake.settlement import GroupShares, Status
from tests.conformance.builders import (
    NAMES,
    choice,
    condition,
    dispute,
    outcome,
    preference,
    red_line,
    rule,
)

F = Fraction
RULES = ("draw", "kalai_smorodinsky", "nash", "egalitarian", "leximin", "utilitarian")
MONEY = {p: {"money": {q: int(p == q) for q in NAMES[:2]}} for p in NAMES[:2]}


def guarded(*issues: str) -> tuple[Group, ...]:
    """Return one group that is not for trade."""
    return (Group("home", issues, not_for_trade=True),)


def level_of(the_dispute: Dispute) -> Fraction:
    """Return the group imbalance that had to be accepted."""
    bargain = bargain_over(compiled(the_dispute))
    assert isinstance(bargain, Bargain)
    return bargain.level


def shares_of(the_dispute: Dispute, name: str = "draw") -> GroupShares:
    """Return how even the only group is in a settlement."""
    (group,) = api.settle(the_dispute, name).groups
    return group


@pytest.mark.parametrize("name", RULES)
def test_four_equal_islands_that_can_be_divided_are_half_each(name: str) -> None:
    """With no tolerance each side has half of the islands, whoever has the money."""
    islands = [f"i{n}" for n in range(4)]
    own = [preference(p, {**dict.fromkeys(islands, 1), **MONEY[p]}) for p in ("ann", "ben")]
    the_dispute = dispute(
        [*(Share(i) for i in islands), Item("money")],
        *own,
        groups=guarded(*islands),
        tolerance=F(0),
        common_scale=True,
    )
    found = api.settle(the_dispute, name)
    assert found.outcome is not None
    fractions = [FrozenMap[str, Fraction](found.outcome[i]) for i in islands]  # type: ignore[arg-type]
    assert sum(own["ann"] for own in fractions) == 2
    (group,) = found.groups
    assert dict(group.shares) == {"ann": F(1, 2), "ben": F(1, 2)}
    assert (group.imbalance, group.even) == (0, True)


def test_everybody_has_two_thirds_where_each_likes_another_part_more() -> None:
    """Worth 2 and 1 to ann, 1 and 2 to ben: the one part each is 2/3 for both, and even."""
    own = preference("ann", {"land": 2, "sea": 1}), preference("ben", {"land": 1, "sea": 2})
    the_dispute = dispute(
        [Share("land"), Share("sea")], *own, groups=guarded("land", "sea"), tolerance=F(0)
    )
    assert api.settle(the_dispute).outcome == outcome(land=F(1), sea=F(0))
    assert dict(shares_of(the_dispute).shares) == {"ann": F(2, 3), "ben": F(2, 3)}


@pytest.mark.parametrize("name", ["draw", "nash"])
def test_three_have_a_third_of_the_land_though_points_differ(name: str) -> None:
    """A share of the land is its fraction, whatever it is worth to whom, and not for trade."""
    own = [preference(p, {"land": n, "sea": 4 - n}) for n, p in enumerate(NAMES[:3], start=1)]
    the_dispute = dispute([Share("land"), Share("sea")], *own, tolerance=F(0))
    the_dispute = replace(the_dispute, groups=guarded("land"))
    assert set(shares_of(the_dispute, name).shares.values()) == {F(1, 3)}


def test_a_red_line_that_reaches_out_of_the_group_makes_evenness_impossible() -> None:
    """Ben lets ann have a quarter at most, whoever has the money: 1/4 and 3/4 is the nearest."""
    line = red_line(land={"ann": {"above": "1/4"}}, money=["ann", "ben"])
    own = {p: {"land": 4, **MONEY[p]} for p in ("ann", "ben")}
    the_dispute = dispute(
        [Share("land"), Item("money")],
        preference("ann", own["ann"]),
        preference("ben", own["ben"], red_lines=(line,)),
        groups=guarded("land"),
    )
    assert level_of(the_dispute) == F(1, 2)
    assert api.settle(the_dispute).status is Status.UNEVEN
    group = shares_of(the_dispute)
    assert dict(group.shares) == {"ann": F(1, 4), "ben": F(3, 4)}
    assert (group.imbalance, group.even) == (F(1, 2), False)


def test_ones_own_red_line_inside_the_group_sets_ones_ends() -> None:
    """From 3/4 upwards all is ben's range, so with 1/5 for ann both have a fifth of their own."""
    line = red_line(land={"ann": {"above": "1/4"}})
    the_dispute = dispute(
        [Share("land")],
        preference("ann", {"land": 4}),
        preference("ben", {"land": 7}, red_lines=(line,)),
        groups=guarded("land"),
        tolerance=F(0),
    )
    (own,) = compiled(the_dispute).ranges
    assert own.shares_at(outcome(land=F(1, 4))) == (F(1, 4), 0)
    assert own.shares_at(outcome(land=F(0))) == (0, 1)
    assert dict(shares_of(the_dispute).shares) == {"ann": F(1, 5), "ben": F(1, 5)}


def test_a_public_rule_inside_the_group_sets_everybodys_ends() -> None:
    """If ann may never have more than half, half is her whole range, and the least of ben's."""
    the_dispute = dispute(
        [Share("land")],
        preference("ann", {"land": 1}),
        preference("ben", {"land": 1}),
        groups=guarded("land"),
        rules=(rule(land={"ann": {"above": "1/2"}}),),
        tolerance=F(0),
    )
    assert api.settle(the_dispute).outcome == outcome(land=F(1, 4))


def test_a_walk_away_value_may_rule_evenness_out() -> None:
    """Ann keeps 3 of 4 in any case, so three quarters and one quarter is the nearest to even."""
    own = preference("ann", {"land": 4}, 3), preference("ben", {"land": 4})
    assert level_of(dispute([Share("land")], *own, groups=guarded("land"))) == F(1, 2)


def test_an_amount_without_steps_in_a_group_is_met_in_the_middle() -> None:
    """Straight opposite points for the heat: one half is even, to whomever the money goes."""
    up, down = Curve(((F(0), F(0)), (F(1), F(9)))), Curve(((F(0), F(5)), (F(1), F(0))))
    the_dispute = dispute(
        [Amount("heat", F(0), F(1)), Item("money")],
        *(
            Preference(p, FrozenMap({**preference(p, MONEY[p]).points, "heat": curve}))
            for p, curve in (("ann", up), ("ben", down))
        ),
        groups=guarded("heat"),
        tolerance=F(0),
    )
    found = api.settle(the_dispute)
    assert found.outcome is not None
    assert found.outcome["heat"] == F(1, 2)


def test_a_bonus_inside_the_group_counts_there() -> None:
    """2 more for the item make ann's most 4: 3/4 against 1/2, or 1/4 against 1/2, is nearest."""
    bonuses = (Bonus(condition(boat="ann"), F(2)),)
    items = {p: {"boat": {q: int(p == q) for q in NAMES[:2]}} for p in NAMES[:2]}
    the_dispute = dispute(
        [Share("land"), Item("boat")],
        preference("ann", {"land": 1, **items["ann"]}, bonuses=bonuses),
        preference("ben", {"land": 1, **items["ben"]}),
        groups=guarded("land", "boat"),
    )
    assert level_of(the_dispute) == F(1, 4)


def test_a_whole_group_beside_a_divided_one_is_as_by_its_table() -> None:
    """Three islands are a third apart at best, with a divided group beside them as without."""
    islands = [f"i{n}" for n in range(3)]
    own = [
        preference(p, {"land": 1, **{i: {q: int(p == q) for q in NAMES[:2]} for i in islands}})
        for p in NAMES[:2]
    ]
    issues = [Share("land"), *(Item(i) for i in islands)]
    alone = dispute(issues, *own, groups=guarded(*islands))
    both = replace(alone, groups=(*alone.groups, Group("fields", ("land",), not_for_trade=True)))
    assert compiled(alone).tables
    assert not compiled(alone).ranges
    assert [own.group for own in compiled(both).ranges] == ["home", "fields"]
    assert level_of(alone) == level_of(both) == F(1, 3)


def test_a_share_that_matters_to_one_side_only_binds_nobody() -> None:
    """Where ben has nothing at stake nobody is compared, and ann may have it all."""
    own = preference("ann", {"land": 1}), preference("ben", {"land": 0})
    group = shares_of(dispute([Share("land")], *own, groups=guarded("land")))
    assert dict(group.shares) == {"ann": F(1), "ben": None}
    assert (group.imbalance, group.even) == (None, True)


def test_no_agreement_is_never_a_divided_groups_fault() -> None:
    """Where walk-away values alone cannot hold the conflict names them, group or no group."""
    own = preference("ann", {"land": 4}, 3), preference("ben", {"land": 4}, 2)
    found = api.settle(dispute([Share("land")], *own, groups=guarded("land")))
    assert found.status is Status.NO_AGREEMENT
    assert {limit.kind for c in found.conflicts for limit in c.limits} == {"walk_away"}


def test_even_packages_that_are_all_dominated_are_left_behind_side_by_side() -> None:
    """Three sides, a group, two amounts: no even package is undominated, and that is certain."""
    # Point by point, more than 400 were given up before anything was certain.
    points = {
        "ann": {"s0": 34, "s1": 31, "x0": {"u": 91, "v": 98}},
        "ben": {"s0": 10, "s1": 89, "x0": {"u": 2, "v": 95}},
        "cem": {"s0": 29, "s1": 6, "x0": {"u": 84, "v": 67}},
    }
    curves = {
        "ann": {"a0": [(0, 18), (6, 56)], "a1": [(0, 43), (6, 95)]},
        "ben": {"a0": [(0, 11), (5, 17), (6, 85)], "a1": [(0, 19), (6, 41)]},
        "cem": {"a0": [(0, 33), (6, 76)], "a1": [(0, 83), (2, 38), (6, 51)]},
    }
    bent = {
        party: {name: Curve(tuple((F(x), F(y)) for x, y in one)) for name, one in own.items()}
        for party, own in curves.items()
    }
    preferences = [preference(p, own, walk_away=int(p == "ben")) for p, own in points.items()]
    preferences = [replace(p, points=FrozenMap({**p.points, **bent[p.party]})) for p in preferences]
    issues = [Share("s0"), Share("s1"), Amount("a0", F(0), F(6)), Amount("a1", F(0), F(6))]
    the_dispute = dispute(
        [*issues, choice("x0", "u", "v")], *preferences, groups=guarded("s1", "x0")
    )
    settled = api.settle(the_dispute)
    assert settled.status is Status.UNEVEN
    assert settled.gains == api.settle(the_dispute, "kalai_smorodinsky").gains
    assert (settled.even_but_dearer, settled.dearer_unknown) == (None, False)
