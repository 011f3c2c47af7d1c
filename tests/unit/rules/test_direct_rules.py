"""Direct rules, on examples worked out by hand, and what becomes of the packages they make."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from typing import Any

import pytest

from hikiwake import api, pareto
from hikiwake.errors import Fault, TooLarge, Unsupported
from hikiwake.explain import tell
from hikiwake.formats.results.settled import settlement_json, ties_json
from hikiwake.model import Bonus, Dispute, Group, Item, Share
from hikiwake.rules import RULES, DirectRule
from hikiwake.rules.picking import orders, picked
from hikiwake.settlement import Settlement, Status
from tests.conformance.builders import (
    condition,
    dispute,
    division,
    items,
    number,
    preference,
    red_line,
    rule,
)

F = Fraction
DIRECT = [name for name, rule in RULES.items() if isinstance(rule, DirectRule)]


def text(the_dispute: Dispute, settlement: Settlement, audience: str) -> str:
    """Return a telling as one text without line breaks."""
    verdicts = api.properties_of(the_dispute, settlement)
    told = tell(the_dispute, settlement, audience, "en", verdicts)
    return " ".join(" ".join(section.lines) for section in told.sections)


@pytest.fixture
def uncovered(monkeypatch: pytest.MonkeyPatch) -> None:
    """No engine covers anything."""

    def refuse(_: Any) -> None:
        raise Unsupported(Fault("Issue 'i0'", "it", "Not it", "H18", "Leave it out."))

    monkeypatch.setattr(pareto, "compiled", refuse)
    monkeypatch.setattr(import_module("hikiwake.properties.pareto_optimal"), "compiled", refuse)


def test_proportional_divides_in_the_ratio_of_points() -> None:
    """60 of 100 against 20 of 100 is three to one, 40 against 80 one to two: 175/3 for both."""
    settlement = api.settle(division([(60, 20), (40, 80)]), "proportional")
    assert settlement.outcome == {
        "s0": {"ann": F(3, 4), "ben": F(1, 4)},
        "s1": {"ann": F(1, 3), "ben": F(2, 3)},
    }
    assert settlement.utilities == {"ann": F(175, 3), "ben": F(175, 3)}
    assert (settlement.status, settlement.imbalance) == (Status.UNEVEN, 0)


def test_proportional_counts_parts_of_ones_own_total() -> None:
    """Ten times ann's points divide everything as before."""
    one, ten = (api.settle(division([(60 * n, 20), (40 * n, 80)]), "proportional") for n in (1, 10))
    assert one.outcome == ten.outcome


def test_proportional_divides_equally_what_nobody_wants() -> None:
    """A thing worth nothing to both is divided in halves."""
    settlement = api.settle(division([(1, 1), (0, 0)]), "proportional")
    assert settlement.outcome is not None
    assert settlement.outcome["s1"] == {"ann": F(1, 2), "ben": F(1, 2)}


def test_proportional_can_be_a_draw() -> None:
    """Where both want everything alike, halves are even and cannot be bettered."""
    settlement = api.settle(division([(7, 7), (3, 3)]), "proportional")
    assert (settlement.status, settlement.ties) == (Status.DRAW, 1)


def test_proportional_divides_between_three() -> None:
    """Reijnierse and Potters: of X, worth 40, 30 and 30, ann gets 2/5; all have at least 1/3."""
    points = {"ann": (40, 50, 10), "ben": (30, 40, 30), "cem": (30, 30, 40)}
    the_dispute = dispute(
        [Share("x"), Share("y"), Share("z")],
        *(preference(p, dict(zip("xyz", own, strict=True))) for p, own in points.items()),
    )
    settlement = api.settle(the_dispute, "proportional")
    assert settlement.outcome is not None
    assert settlement.outcome["x"] == {"ann": F(2, 5), "ben": F(3, 10), "cem": F(3, 10)}
    assert settlement.utilities is not None
    assert settlement.utilities["ann"] == 16 + F(50 * 5, 12) + F(10, 8)
    assert all(3 * utility >= 100 for utility in settlement.utilities.values())


def test_turns_follow_the_weights() -> None:
    """Weights 1 and 2: the second waits 1/4, 3/4, 5/4 and the first 1/2, 3/2: 2 1 2, again."""
    assert orders([F(1), F(2)], 6) == [(1, 0, 1, 1, 0, 1)]
    assert orders([F(1, 3), F(2, 3)], 3) == [(1, 0, 1)]


def test_equal_weights_take_turns_in_one_order() -> None:
    """Three alike have six orders of two rounds, in each the same in both rounds."""
    found = orders([F(1)] * 3, 6)
    assert len(set(found)) == len(found) == 6
    assert all(order[:3] == order[3:] for order in found)


def test_who_is_level_later_keeps_the_ranking() -> None:
    """Weights 1, 1 and 2: level again later, the first two keep the order they had."""
    assert orders([F(1), F(1), F(2)], 8) == [(2, 0, 1, 2, 2, 0, 1, 2), (2, 1, 0, 2, 2, 1, 0, 2)]


def test_many_level_parties_are_too_many_orders() -> None:
    """Eight alike have 40,320 orders: refused, for none of them may be preferred (H13, H18)."""
    with pytest.raises(TooLarge, match="10,000"):
        orders([F(1)] * 8, 8)


def test_many_equal_items_are_too_many_packages() -> None:
    """Twenty items worth the same to both can be handed out in 184,756 ways: refused (H18)."""
    with pytest.raises(TooLarge, match="H18"):
        picked([[F(1)] * 20] * 2, (0, 1) * 10)


def test_picks_among_equals_are_all_followed() -> None:
    """Ann takes either of two things worth 2 to her, and ben the other, not the worthless one."""
    assert set(picked([[F(2), F(2), F(1)], [F(9), F(8), F(0)]], (0, 1, 0))) == {
        (0, 1, 0),
        (1, 0, 0),
    }


def test_picking_takes_turns() -> None:
    """Whether ann or ben is first gives two packages, worth 80 and 35, or 45 and 70."""
    the_dispute = items([(50, 40), (30, 25), (15, 5), (5, 30)])
    settlement = api.settle(the_dispute, "picking")
    assert settlement.utilities is not None
    packages = [settlement.utilities, *(package.utilities for package in settlement.lots)]
    assert sorted(tuple(worth.values()) for worth in packages) == [(45, 70), (80, 35)]
    assert (settlement.ties, settlement.twins, settlement.by_lot) == (1, 0, 1)


def test_entitlements_are_weights() -> None:
    """Ben, entitled to twice as much, picks first, third and fourth, and nothing is left open."""
    plain = items([(50, 40), (30, 25), (15, 5), (5, 30)])
    ann, ben = plain.parties
    weighted = replace(plain, parties=(ann, replace(ben, entitlement=F(2))))
    settlement = api.settle(weighted, "picking")
    assert settlement.outcome == {"i0": "ben", "i1": "ann", "i2": "ben", "i3": "ben"}
    assert (settlement.ties, settlement.twins, settlement.by_lot) == (1, 0, 0)


def test_mirrors_of_a_pick_are_twins() -> None:
    """Of two houses worth 3 and 1 to both whoever is first has the better: one twin, no lot."""
    settlement = api.settle(items([(3, 3), (1, 1)]), "picking")
    assert (settlement.ties, settlement.twins, settlement.by_lot) == (1, 1, 0)


def test_the_package_nearest_to_today_is_shown() -> None:
    """Of the two, the one with fewer changes from the status quo is shown (H11)."""
    for owner in ("ann", "ben"):
        the_dispute = items([(50, 40), (30, 25), (15, 5), (5, 30)], status_quo={"i0": owner})
        preferences = the_dispute.preferences
        assert {p: preferences[p].walk_away for p in preferences} == {"ann": None, "ben": None}
        settlement = api.settle(the_dispute, "picking")
        assert settlement.outcome is not None
        assert settlement.outcome["i0"] == owner


def test_where_nothing_can_be_agreed_a_direct_rule_offers_nothing() -> None:
    """Walk-aways of 60 of 100 each: no package reaches both, whatever the rule makes (H12)."""
    settlement = api.settle(division([(100, 100)], (60, 60)), "proportional")
    assert settlement.status is Status.NO_AGREEMENT
    assert len(settlement.conflicts) == 1


def test_who_has_less_than_without_an_agreement_is_told_and_nobody_else() -> None:
    """Ann keeps 60 and gets 58: she and the mediator read it, ben and the joint text do not."""
    the_dispute = division([(60, 20), (40, 80)], (60, 0))
    settlement = api.settle(the_dispute, "proportional")
    assert settlement.gains is not None
    assert settlement.gains["ann"] == F(-1, 24)
    assert settlement.status is Status.UNEVEN
    told = {a: text(the_dispute, settlement, a) for a in ("ann", "mediator", "ben", "joint")}
    assert "leaves you less than you have" in told["ann"]
    assert "leaves a side less than it has without an agreement: ann" in told["mediator"]
    assert not any("leaves" in told[audience] for audience in ("ben", "joint"))


def test_an_even_package_that_can_be_bettered_is_no_draw() -> None:
    """It says so, and does not claim that nothing is better."""
    the_dispute = division([(60, 20), (40, 80)])
    told = text(the_dispute, api.settle(the_dispute, "proportional"), "joint")
    assert "Another package would be better for one side and worse for none." in told
    assert "No package within all limits is better" not in told


def test_other_packages_by_lot_are_told() -> None:
    """The other order of turns is named, with the reader's own points and nobody else's."""
    the_dispute = items([(50, 40), (30, 25), (15, 5), (5, 30)])
    settlement = api.settle(the_dispute, "picking")
    told = text(the_dispute, settlement, "ann")
    (other,) = settlement.lots
    assert "1 other package as readily" in told
    assert f"your points: {other.utilities['ann']})" in told
    as_json = settlement_json(the_dispute, settlement)
    assert (as_json["by_lot"], len(ties_json(settlement)["lots"])) == (1, 1)


@pytest.mark.usefixtures("uncovered")
def test_what_no_engine_covers_is_made_all_the_same() -> None:
    """Without an engine there are no ideals and no gains: undecided, said, and not a failure."""
    the_dispute = items([(50, 40), (30, 25), (15, 5), (5, 30)])
    settlement = api.settle(the_dispute, "picking")
    assert (settlement.status, settlement.engine) == (Status.UNDECIDED, "none")
    assert settlement.gains == settlement.ideals == {"ann": None, "ben": None}
    assert (settlement.ties, settlement.by_lot, settlement.left_out) == (1, 1, ())
    verdicts = api.properties_of(the_dispute, settlement)
    assert verdicts["pareto_optimal"].why == "not_covered"
    for audience in ("mediator", "ann", "joint"):
        told = text(the_dispute, settlement, audience)
        assert "was not worked out" in told
        assert "Other packages were not searched." in told
    with pytest.raises(Unsupported):
        api.settle(the_dispute, "picking", engine="additive")


PLAIN: dict[str, dict[str, Any]] = {
    "there are rules or red lines": {"red_lines": (red_line(i0="ann"),)},
    "there are bonuses": {"bonuses": (Bonus(condition(i0="ann"), number(1)),)},
}


@pytest.mark.parametrize("name", DIRECT)
@pytest.mark.parametrize("found", PLAIN)
def test_conditions_are_refused(name: str, found: str) -> None:
    """A direct rule sees points only: conditions are refused, not passed over, nor told whose."""
    the_dispute = dispute(
        [Item("i0")],
        preference("ann", {"i0": {"ann": 1, "ben": 0}}, **PLAIN[found]),
        preference("ben", {"i0": {"ann": 0, "ben": 1}}),
    )
    with pytest.raises(Unsupported) as caught:
        api.settle(the_dispute, name)
    faults = [fault for fault in caught.value.faults if fault.found == found]
    assert [fault.convention for fault in faults] == ["H18"]
    assert not any(party in str(faults[0]) for party in ("ann", "ben"))


@pytest.mark.parametrize("name", DIRECT)
def test_public_rules_and_guarded_groups_are_refused(name: str) -> None:
    """So are public rules, and groups that are not for trade (H18)."""
    group = Group("g", ("i0",), not_for_trade=True)
    the_dispute = items([(1, 1)], rules=(rule(i0="ann"),), groups=(group,))
    with pytest.raises(Unsupported) as caught:
        api.settle(the_dispute, name)
    found = {fault.found for fault in caught.value.faults}
    assert {"there are rules or red lines", "a group is not for trade"} <= found


def test_picking_is_for_those_who_care_only_for_their_own() -> None:
    """Of three, one that prefers one of the others to have it has no single worth: refused."""
    the_dispute = dispute(
        [Item("i0")],
        preference("ann", {"i0": {"ann": 5, "ben": 1, "cem": 0}}),
        preference("ben", {}),
        preference("cem", {}),
    )
    with pytest.raises(Unsupported, match="it matters who else has it"):
        api.settle(the_dispute, "picking")


def test_picking_is_for_things_that_are_wanted() -> None:
    """A burden is refused, without a word about whose: nobody would pick it."""
    with pytest.raises(Unsupported, match="less than nothing to a party") as caught:
        api.settle(items([(5, -4321)]), "picking")
    assert "4321" not in str(caught.value)


@pytest.mark.parametrize("points", [[(0, 1)], [(-1, 1), (2, 1)]])
def test_proportional_needs_points(points: list[tuple[int, int]]) -> None:
    """Without points above 0, or with some below, there is no ratio (H18)."""
    with pytest.raises(Unsupported, match="points below 0, or none at all"):
        api.settle(division(points), "proportional")


def test_a_direct_rule_settles_no_part_of_a_dispute() -> None:
    """Leaving a part as it is today is for rules that search: a direct one is refused (H18)."""
    the_dispute = items([(3, 3), (1, 1)], status_quo={"i0": "ann"})
    with pytest.raises(Unsupported, match="a direct rule"):
        api.partial(the_dispute, "picking")


def test_a_direct_rule_drops_no_option() -> None:
    """Where the power lies is told for a direct rule as well, but no unused option is tried."""
    the_dispute = items([(50, 40), (30, 25), (15, 5), (5, 30)])
    found = api.power(the_dispute, api.settle(the_dispute, "picking"))
    assert found is not None
    assert (found.unused, found.dropped, found.agenda) == (0, 0, ())
