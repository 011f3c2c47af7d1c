"""Groups that are not for trade are even within themselves, or as even as can be (H8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest

from hikiwake import api
from hikiwake.errors import TooLarge
from hikiwake.model import Bonus, Dispute, Group, Item, RedLine, Rule
from hikiwake.pareto import Bargain, bargain_over, compiled, groups
from hikiwake.settlement import Status
from tests.conformance.builders import condition, dispute, preference, red_line, rule

F = Fraction
WHO = ("ann", "ben")


def islands(
    worths: Sequence[tuple[int, int]], more: Mapping[str, Any] | None = None, **parts: Any
) -> Dispute:
    """Return items i0, i1 … in one group, worth this to each that has them; and an extra item."""
    own = more or {}
    issues = [Item(f"i{n}") for n in range(len(worths))]
    return dispute(
        [*issues, Item("money")],
        *(
            preference(
                party,
                {
                    **{
                        issue.id: {p: worth[i] if p == party else 0 for p in WHO}
                        for issue, worth in zip(issues, worths, strict=True)
                    },
                    "money": {p: 1 if p == party else 0 for p in WHO},
                },
                **own.get(party, {}),
            )
            for i, party in enumerate(WHO)
        ),
        groups=(Group("home", tuple(issue.id for issue in issues), not_for_trade=True),),
        **parts,
    )


def level_of(the_dispute: Dispute) -> Fraction:
    """Return the group imbalance that had to be accepted."""
    bargain = bargain_over(compiled(the_dispute))
    assert isinstance(bargain, Bargain)
    return bargain.level


def test_four_equal_islands_are_divided_two_and_two() -> None:
    """Of four islands worth the same to both each side has two, whatever else is traded."""
    settlement = api.settle(islands([(1, 1)] * 4))
    assert settlement.outcome is not None
    owners = [settlement.outcome[f"i{n}"] for n in range(4)]
    assert (owners.count("ann"), owners.count("ben")) == (2, 2)
    (shares,) = settlement.groups
    assert (shares.group, dict(shares.shares)) == ("home", {"ann": F(1, 2), "ben": F(1, 2)})
    assert (shares.imbalance, shares.even) == (0, True)


def test_one_holder_of_four_islands_ends_with_two() -> None:
    """Though ann holds all four today and keeps nothing for leaving, two and two is even."""
    today = {f"i{n}": "ann" for n in range(4)}
    own = {"ann": {"walk_away": 0}, "ben": {"walk_away": 0}}
    settlement = api.settle(islands([(1, 1)] * 4, own, status_quo=today))
    assert settlement.outcome is not None
    assert [settlement.outcome[f"i{n}"] for n in range(4)].count("ann") == 2


def test_three_equal_islands_are_as_even_as_can_be() -> None:
    """Two to one is a third apart: the least there is, kept, said, and never a draw."""
    the_dispute = islands([(1, 1)] * 3)
    assert level_of(the_dispute) == F(1, 3)
    settlement = api.settle(the_dispute)
    assert settlement.status is Status.UNEVEN
    (shares,) = settlement.groups
    assert sorted(share for share in shares.shares.values() if share is not None) == [
        F(1, 3),
        F(2, 3),
    ]
    assert (shares.imbalance, shares.even) == (F(1, 3), False)


def test_a_wide_tolerance_makes_two_to_one_even() -> None:
    """With a tolerance of a third the same three islands are even within their group."""
    the_dispute = islands([(1, 1)] * 3, tolerance=F(1, 3))
    assert level_of(the_dispute) == F(1, 3)
    assert api.settle(the_dispute).groups[0].even


def test_the_smallest_imbalance_is_taken_among_what_is_acceptable() -> None:
    """Ann walks away from two of four: with three she has 3/4, and 1/2 is the best to be had."""
    own = {"ann": {"walk_away": 3}}
    settlement = api.settle(islands([(1, 1)] * 4, own, rules=(rule(money="ann"),)))
    assert settlement.groups[0].imbalance == F(1, 2)
    assert settlement.status is Status.UNEVEN


def test_a_group_that_matters_to_one_side_only_holds() -> None:
    """Where only ann has something at stake nobody is compared, and she may have it all."""
    settlement = api.settle(islands([(1, 0), (2, 0)]))
    (shares,) = settlement.groups
    assert dict(shares.shares) == {"ann": 1, "ben": None}
    assert (shares.imbalance, shares.even) == (None, True)


def test_a_group_that_may_be_traded_binds_nobody() -> None:
    """The same three islands without `not_for_trade` have no table, and no shares to tell."""
    free = islands([(1, 1)] * 3)
    free = dispute(
        free.issues,
        *(free.preferences[party] for party in WHO),
        groups=(Group("home", ("i0", "i1", "i2")),),
    )
    assert compiled(free).tables == ()
    assert api.settle(free).groups == ()


def test_own_red_lines_inside_the_group_set_the_ends() -> None:
    """Ann never takes both islands: her most is one, so one island is all of her range."""
    own = {"ann": {"red_lines": (red_line(i0="ann", i1="ann"),)}}
    (table,) = compiled(islands([(1, 1)] * 2, own)).tables
    assert table.shares((0, 1)) == (1, F(1, 2))
    assert table.shares((1, 1)) == (0, 1)


def test_the_other_sides_red_lines_do_not_count_for_ones_ends() -> None:
    """Ben never lets ann have both, and still both are the most that she compares with."""
    own = {"ben": {"red_lines": (red_line(i0="ann", i1="ann"),)}}
    (table,) = compiled(islands([(1, 1)] * 2, own)).tables
    assert table.shares((0, 1)) == (F(1, 2), 0)


def test_public_rules_inside_the_group_leave_combinations_out() -> None:
    """A rule wholly inside takes its combinations off the table; one that reaches out does not."""
    inside, across = rule(i0="ann", i1="ann"), rule(i0="ben", money="ben")
    (table,) = compiled(islands([(1, 1)] * 2, rules=(inside, across))).tables
    assert set(table.parts) == {(0, 1), (1, 0), (1, 1)}


def test_only_bonuses_wholly_inside_the_group_count_there() -> None:
    """2 more for both islands make ann's most 4, so one is a quarter; the one across is nothing."""
    bonuses = (
        Bonus(condition(i0="ann", i1="ann"), F(2)),
        Bonus(condition(i0="ann", money="ann"), F(100)),
    )
    (table,) = compiled(islands([(1, 1)] * 2, {"ann": {"bonuses": bonuses}})).tables
    assert table.shares((0, 1)) == (F(1, 4), F(1, 2))


def test_a_tables_levels_are_its_imbalances() -> None:
    """Two islands of 1 and 2 can be 1, or a third, apart: within a half only the latter remain."""
    (table,) = compiled(islands([(1, 1), (2, 2)])).tables
    assert table.levels() == {F(1), F(1, 3)}
    assert table.within(F(1, 2)) == {(0, 1), (1, 0)}
    assert table.within(F(1, 3)) == {(0, 1), (1, 0)}
    assert table.within(F(1, 4)) == frozenset()
    assert [table.imbalance(c) for c in ((0, 0), (0, 1))] == [1, F(1, 3)]


def test_evenness_does_not_depend_on_the_scale_of_points() -> None:
    """Ann's points in thousands and ben's in ones give the same shares of the group."""
    (small,) = compiled(islands([(1, 1), (2, 2)])).tables
    (large,) = compiled(islands([(1_000, 1), (2_000, 2)])).tables
    assert [small.shares(c) for c in sorted(small.parts)] == [
        large.shares(c) for c in sorted(large.parts)
    ]


def test_no_agreement_is_never_a_groups_fault() -> None:
    """Where walk-aways alone cannot hold the conflict names them, group or no group."""
    own = {"ann": {"walk_away": 3}, "ben": {"walk_away": 2}}
    settlement = api.settle(islands([(1, 1)] * 3, own, rules=(Rule(condition(money="ann")),)))
    assert settlement.status is Status.NO_AGREEMENT
    assert {limit.kind for c in settlement.conflicts for limit in c.limits} == {"walk_away"}


def test_a_red_line_that_takes_everything_leaves_no_range() -> None:
    """Whoever forbids every combination of a group has no range there, and no agreement either."""
    line = RedLine(condition(i0=["ann", "ben"]))
    the_dispute = islands([(1, 1)], {"ann": {"red_lines": (line,)}})
    (table,) = compiled(the_dispute).tables
    assert table.shares((0,))[0] is None
    assert api.settle(the_dispute).status is Status.NO_AGREEMENT


def test_a_group_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen combinations where fifteen are the most are refused, by the group's name (H18)."""
    monkeypatch.setattr(groups, "MAX_COMBINATIONS", 15)
    with pytest.raises(TooLarge, match=r"Group 'home'.*16 combinations"):
        compiled(islands([(1, 1)] * 4))
    assert compiled(islands([(1, 1)] * 3)).tables
