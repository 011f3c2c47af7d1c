"""Remedies: each is applied to the dispute and settled again, by other means than it was found."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from hikiwake import api
from hikiwake.errors import Unsupported
from hikiwake.explain import tell
from hikiwake.findings.offers import Barrier, Remedies
from hikiwake.formats.results.remedied import remedies_json
from hikiwake.model import (
    Bonus,
    Dispute,
    FrozenMap,
    Group,
    Linear,
    Money,
    Preference,
    Table,
    Text,
)
from hikiwake.options.remedies.in_turns import among_all, in_turns
from hikiwake.settlement import Settlement, Status
from tests.conformance.builders import (
    choice,
    condition,
    dispute,
    items,
    one_of,
    preference,
    red_line,
    rule,
)

F = Fraction
NAMES = ("ann", "ben", "cem")


def remedied(found: Dispute) -> tuple[Settlement, Remedies]:
    settlement = api.settle(found)
    remedies = api.remedies(found, settlement)
    assert remedies is not None
    return settlement, remedies


def told(found: Dispute, audience: str) -> str:
    settlement, remedies = remedied(found)
    telling = tell(found, settlement, audience, "en", None, remedies)
    (section,) = (s for s in telling.sections if s.heading == "What would make it even")
    return "\n".join(section.lines)


# --- worked out by hand --------------------------------------------------------------------


def test_a_dearer_even_package_comes_first_with_its_price() -> None:
    """Beside (.90, .24), (.20, .25) is even and costs Ann 7/10 of her range, Ben nothing."""
    found = one_of((20, 25), (90, 24), (100, 0), (0, 100))
    _, remedies = remedied(found)
    assert remedies.dearer is not None
    assert dict(remedies.dearer.costs) == {"ann": F(7, 10), "ben": F(-1, 100)}
    assert told(found, "mediator").splitlines()[1].startswith("• The even package that is dearer")
    assert "ann 70\u00a0%" in told(found, "mediator")
    assert "It costs you about 70\u00a0%" in told(found, "ann")


def test_one_thing_in_turns_makes_an_exact_draw() -> None:
    """Of one house worth 100 to each, half a year each is a draw: the other half is the other's."""
    house = one_of((100, 0), (0, 100))
    _, remedies = remedied(house)
    (turns,) = remedies.in_turns
    assert (turns.issue, turns.parts) == ("package", (F(1, 2), F(1, 2)))
    assert set(turns.options) == {"p0", "p1"}
    assert dict(turns.package.gains) == {"ann": F(1, 2), "ben": F(1, 2)}
    assert "an exact draw" in told(house, "joint")


def test_the_proportion_is_worked_out() -> None:
    """House 60 to Ann and 80 to Ben, car 40 and 20: of the car Ann takes 1/3 less than all."""
    found = dispute(
        [choice("house", "a", "b"), choice("car", "a", "b")],
        preference("ann", {"house": {"a": 60, "b": 0}, "car": {"a": 40, "b": 0}}),
        preference("ben", {"house": {"a": 0, "b": 80}, "car": {"a": 0, "b": 20}}),
    )
    settlement, remedies = remedied(found)
    assert settlement.status is Status.UNEVEN
    by_issue = {turns.issue: turns for turns in remedies.in_turns}
    assert by_issue["house"].package.gains["ann"] == by_issue["house"].package.gains["ben"]
    assert by_issue["house"].package.imbalance == 0


def test_a_rule_in_the_way_is_told_to_the_mediator_and_its_own_side() -> None:
    """Without "never p2", (60, 60) is a draw; the rule is Ben's public line."""
    line = replace(rule(package="p2"), by="ben")
    found = one_of((100, 0), (0, 100), (60, 60), rules=(line,))
    _, remedies = remedied(found)
    assert [lifted.barrier for lifted in remedies.lifted] == [Barrier("rule", "ben", 1)]
    assert "One rule stands in the way alone" in told(found, "mediator")
    assert "Your own public line" in told(found, "ben")
    for audience in ("ann", "joint"):
        assert "stands in the way" not in told(found, audience)


def test_a_red_line_in_the_way_is_told_to_its_own_side_alone() -> None:
    """Ann reads that her line alone stands in the way and what she would gain; nobody else does."""
    ann = preference("ann", {"package": {"p0": 100, "p1": 0, "p2": 60}})
    line = replace(red_line(package="p2"), why=Text("CANARY"))
    found = dispute(
        [choice("package", "p0", "p1", "p2")],
        replace(ann, red_lines=(line,)),
        preference("ben", {"package": {"p0": 0, "p1": 100, "p2": 60}}),
    )
    settlement, remedies = remedied(found)
    assert [lifted.barrier.kind for lifted in remedies.lifted] == ["red_line"]
    assert "Your red line stands in the way alone" in told(found, "ann")
    assert "about 60\u00a0%" in told(found, "ann")
    for audience in ("ben", "joint", "mediator"):
        assert "red line" not in told(found, audience)
        assert "CANARY" not in told(found, audience)
        assert remedies_json(remedies, audience, found.tolerance)["remedies"]["lifted"] == []
    assert remedies_json(remedies, "ann", settlement.tolerance)["remedies"]["lifted"]


def test_nobody_can_tell_whether_others_were_told_of_a_line() -> None:
    """Where only Ann's red line is a remedy, Ben reads what he would if there were none at all."""
    bonus = Bonus(condition(package="p0"), F(1))
    ann = preference("ann", {"package": {"p0": 99, "p1": 0, "p2": 60}})
    ben = preference("ben", {"package": {"p0": 0, "p1": 100, "p2": 60}})
    lined = dispute(
        [choice("package", "p0", "p1", "p2")],
        replace(ann, red_lines=(red_line(package="p2"),), bonuses=(bonus,)),
        replace(ben, bonuses=(Bonus(condition(package="p1"), F(1)),)),
    )
    settlement, remedies = remedied(lined)
    hidden = replace(remedies, lifted=())
    for audience in ("ben", "joint", "mediator"):
        texts = {
            tell(lined, settlement, audience, "en", None, some).text(10_000)
            for some in (remedies, hidden)
        }
        assert len(texts) == 1


def test_a_group_for_trade_is_a_remedy() -> None:
    """Two islands to one side and money to the other would be even, if islands were for trade."""
    found = dispute(
        [choice("island", "a", "b"), choice("boat", "a", "b")],
        preference("ann", {"island": {"a": 50, "b": 0}, "boat": {"a": 50, "b": 0}}),
        preference("ben", {"island": {"a": 0, "b": 50}, "boat": {"a": 0, "b": 50}}),
        groups=(Group("land", ("island",), not_for_trade=True),),
    )
    _, remedies = remedied(found)
    assert Barrier("group", None, 1) in [lifted.barrier for lifted in remedies.lifted]
    assert "If this were for trade" in told(found, "mediator")
    assert "for trade, there" not in told(found, "joint")


def test_a_new_issue_has_to_be_worth_something_to_who_is_behind() -> None:
    """Beside (90, 40) with ideals of 100 a new issue must help Ben, and it is told in parts."""
    found = one_of((90, 40), (100, 0), (0, 100))
    _, remedies = remedied(found)
    assert remedies.new_issue is not None
    assert set(remedies.new_issue.worth) == {"ben"}
    assert "A new issue, decided your way" in told(found, "ben")
    assert "ben" in told(found, "ann")
    digits = [c for c in told(found, "ann").split("A new issue")[1] if c.isdigit()]
    assert digits == []


def test_a_new_issue_is_worth_no_more_than_it_has_to_be() -> None:
    """One house: its owner gains 1, so the other needs 19/20 of w + 100, which is w = 1,900."""
    new = remedied(one_of((100, 0), (0, 100)))[1].new_issue
    assert new is not None
    (worth,) = (w for w in new.worth.values() if w)
    assert 1900 <= worth <= 1900 * F(102, 100)


def test_chance_is_offered_only_where_it_is_allowed() -> None:
    """Heads or tails for one house makes hopes even, if the dispute says `chance`."""
    house = one_of((100, 0), (0, 100))
    assert remedied(house)[1].lottery is None
    lottery = remedied(replace(house, chance=True))[1].lottery
    assert lottery is not None
    assert lottery.chances == (F(1, 2), F(1, 2))
    assert dict(lottery.gains) == {"ann": F(1, 2), "ben": F(1, 2)}
    assert "A lot drawn openly" in told(replace(house, chance=True), "joint")


def test_a_lot_of_three_sides_may_be_drawn_between_three_packages() -> None:
    """By hand: no package of these, and so no mixture, is above 1 by x + y/12 + z, and 12/25 for
    each is at 1: 4/5 of (.5, .6, .45), 2/25 of all to Ann and 3/25 of all to Cem."""
    alone = ((100, 0, 0), (0, 100, 0), (0, 0, 100))
    dispute = replace(one_of((40, 40, 46), (50, 60, 45), *alone), chance=True)
    lottery = remedied(dispute)[1].lottery
    assert lottery is not None
    assert dict(lottery.gains) == dict.fromkeys(NAMES, F(12, 25))
    drawn = zip(lottery.packages, lottery.chances, strict=True)
    chances = {str(package.outcome["package"]): chance for package, chance in drawn}
    assert chances == {"p1": F(4, 5), "p2": F(2, 25), "p4": F(3, 25)}


def test_one_house_is_shared_among_three_sides() -> None:
    """A third each is the only draw: with half each for two the third side has nothing to hope for,
    and what leaves a side out is no remedy."""
    found = items([(90, 80, 60)])
    settlement, remedies = remedied(found)
    assert settlement.status is Status.UNEVEN
    (turns,) = remedies.in_turns
    assert (turns.options, turns.parts) == (NAMES, (F(1, 3),) * 3)
    assert dict(turns.package.gains) == dict.fromkeys(NAMES, F(1, 3))
    assert "1/3 (about 33\u00a0%) of it cem" in told(found, "joint")


def test_what_a_rule_forbids_of_an_owner_it_forbids_of_any_part() -> None:
    """House and car never both to Ann: with any part of the house she may not have the car."""
    free = items([(90, 80, 60), (10, 20, 30)])
    house, car = (issue.id for issue in free.issues)
    ruled = among_all(replace(free, rules=(rule(**{house: "ann", car: "ann"}),)), house)
    both = among_all(replace(free, rules=(rule(**{house: NAMES}),)), house)
    assert both is None, "some part of it has to go to somebody"
    assert ruled is not None
    (limit,) = ruled.rules
    part = FrozenMap({"ann": F(1, 9), "ben": F(8, 9), "cem": F(0)})
    assert limit.never.holds({house: part, car: "ann"})
    assert not limit.never.holds({house: part, car: "ben"})
    assert not limit.never.holds({house: FrozenMap({**part, "ann": F(0)}), car: "ann"})


def test_what_another_has_is_not_divided() -> None:
    """Where a side gives points for another's having the house no share can say what half is worth;
    between two of them it still can be taken in turns."""
    free = items([(90, 80, 60)])
    (house,) = (issue.id for issue in free.issues)
    ann = free.preferences["ann"]
    table = Table(FrozenMap({"ann": F(90), "ben": F(5), "cem": F(0)}))
    kind = replace(ann, points=FrozenMap({house: table}))
    linked = replace(free, preferences=FrozenMap({**free.preferences, "ann": kind}))
    assert among_all(free, house) is not None
    assert among_all(linked, house) is None
    assert in_turns(linked, house, "ann", "ben") is not None
    assert among_all(items([(90, 80)]), house) is None, "two sides: that is in turns"


def test_a_larger_payment_is_a_remedy_where_there_is_money() -> None:
    """A house worth 100 to each and at most 10 to pay: with 50 to pay there is a draw."""
    found = Dispute(
        parties=one_of((1, 1)).parties,
        issues=(choice("house", "a", "b"), Money("pay", F(10))),
        preferences=FrozenMap(
            {
                party: Preference(
                    party,
                    FrozenMap(
                        {
                            "house": Table(FrozenMap({"a": F(a), "b": F(b)})),
                            "pay": Linear(F(1)),
                        }
                    ),
                )
                for party, a, b in (("ann", 100, 0), ("ben", 0, 100))
            }
        ),
    )
    settlement, remedies = remedied(found)
    assert settlement.status is Status.UNEVEN
    assert remedies.transfer is not None
    limit = remedies.transfer.limit
    again = replace(found, issues=(found.issues[0], Money("pay", limit)))
    assert api.settle(again).status is Status.DRAW
    assert f"up to {limit}" in told(found, "joint")


def test_where_fewer_than_two_can_gain_a_limit_may_still_be_the_remedy() -> None:
    """A rule that leaves Ben nothing to gain is found, although there is nothing to compare."""
    found = one_of((100, 0), (0, 100), (50, 50), rules=(rule(package=["p1", "p2"]),))
    settlement, remedies = remedied(found)
    assert settlement.imbalance is None
    assert [lifted.barrier for lifted in remedies.lifted] == [Barrier("rule", None, 1)]
    assert (remedies.new_issue, remedies.lottery) == (None, None)


def test_a_draw_needs_no_remedy_and_another_rule_has_none() -> None:
    """For a draw, or without an agreement, there is nothing; for `nash` the question is refused."""
    for found in (one_of((50, 50), (100, 0), (0, 100)), one_of((1, 0), (0, 1), walk_away=(1, 1))):
        assert api.remedies(found, api.settle(found)) is None
    uneven = one_of((90, 40), (100, 0), (0, 100))
    with pytest.raises(Unsupported):
        api.remedies(uneven, api.settle(uneven, "nash"))


def test_a_bonus_on_one_option_is_not_divided() -> None:
    """An issue on one option of which a bonus hangs cannot be taken in turns with another (H6)."""
    found = one_of((100, 0), (0, 100), (10, 10))
    ann = replace(found.preferences["ann"], bonuses=(Bonus(condition(package="p0"), F(5)),))
    bonused = replace(found, preferences=FrozenMap({**found.preferences, "ann": ann}))
    assert in_turns(bonused, "package", "p0", "p1") is None
    assert in_turns(bonused, "package", "p1", "p2") is not None


def test_only_the_mediator_is_told_that_a_bonus_kept_an_issue_whole() -> None:
    """Where a bonus hangs on each option of an issue, the mediator reads that it was not tried in
    parts; a side, or all of them, do not: a bonus is said in confidence (H14)."""
    found = one_of((90, 40), (100, 0), (0, 100))
    bonuses = tuple(Bonus(condition(package=f"p{n}"), F(1)) for n in range(3))
    ann = replace(found.preferences["ann"], bonuses=bonuses[:2])
    ben = replace(found.preferences["ben"], bonuses=bonuses[2:])
    bonused = replace(found, preferences=FrozenMap({"ann": ann, "ben": ben}))
    settlement = api.settle(bonused)
    remedies = api.remedies(bonused, settlement)
    assert remedies is not None
    assert (remedies.undivided, remedies.in_turns) == (("package",), ())
    said = "because a bonus hangs on one of the options alone: package."
    for reader in ("mediator", "joint", "ann", "ben"):
        text = tell(bonused, settlement, reader, remedies=remedies).text()
        told = remedies_json(remedies, reader, bonused.tolerance)["remedies"]
        assert (said in " ".join(text.split())) is (reader == "mediator")
        assert ("undivided" in told) is (reader == "mediator")
    plain = api.remedies(found, api.settle(found))
    assert plain is not None
    assert plain.undivided == ()
