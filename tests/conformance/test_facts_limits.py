"""Facts worked out by hand: ties, groups, conflicts, walk-aways, of program and referee alike."""

from __future__ import annotations

from fractions import Fraction

from hikiwake import api
from hikiwake.model import Bonus, Dispute, Group
from hikiwake.settlement import Status
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
from tests.conformance.comparing import conflicts_of
from tests.conformance.settling import points, settled

F = Fraction


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
    """(2⁶⁰, 1) never comes back where (2⁶⁰ + 1, 1) is possible, whatever a float sees."""
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


def islands(*, treaty: bool, **more: object) -> Dispute:
    """Return four equal islands that ann holds, not for trade, with a treaty worth 10, or not."""
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
    """Of four equal islands that are not for trade each side has two."""
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
    """Three equal islands cannot be even; two and one is closest, and uneven."""
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
    settlement = settled(items([(5, 0), (0, 6)], groups=group))
    assert points(settlement) == (5, 6)
    assert settlement.status is Status.DRAW
    assert [(g.imbalance, g.even) for g in settlement.groups] == [(None, True)]


def test_two_walk_aways_beyond_what_there_is() -> None:
    """Of 100 nobody can keep 60 and 50: the two walk-away values conflict, and nothing smaller."""
    settlement = settled(division([(100, 100)], (60, 50)))
    assert settlement.status is Status.NO_AGREEMENT
    assert conflicts_of(settlement) == {
        frozenset({("walk_away", "ann", 0), ("walk_away", "ben", 0)})
    }
    assert settled(division([(100, 100)], (60, 40))).status is Status.UNEVEN


def test_all_smallest_conflicts_are_told() -> None:
    """A rule and a red line that leave nothing conflict; so do two red lines."""
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
