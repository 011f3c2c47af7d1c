"""Where the power lies: hand-worked facts, and a referee that lists every package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from hikiwake import api
from hikiwake.explain import tell
from hikiwake.formats.results.asked import power_json
from hikiwake.formats.results.settled import settlement_json
from hikiwake.model import Condition, Dispute, FrozenMap, Linear, OneOf, Outcome, Rule
from hikiwake.options import power as module
from hikiwake.settlement import Power, Settlement, Status
from tests.conformance.builders import division, one_of, red_line
from tests.property.transforms import parties_renamed
from tests.strategies import NAMES, disputes, share_disputes

F = Fraction
QUICK = limits(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def powered(dispute: Dispute, rule: str = "draw") -> tuple[Settlement, Power]:
    settlement = api.settle(dispute, rule)
    found = api.power(dispute, settlement)
    assert found is not None
    return settlement, found


def told(dispute: Dispute, settlement: Settlement, audience: str) -> str:
    return tell(dispute, settlement, audience).text(10_000)


def test_even_from_today_and_today_favours_one_side() -> None:
    """Of 100 between walk-aways of 60 and 0, 80/20 is even; from 0 and 0, ann is .6 ahead."""
    settlement, found = powered(division([(100, 100)], (60, 0)))
    assert settlement.imbalance == 0
    assert dict(found.from_equal.gains) == {"ann": F(4, 5), "ben": F(1, 5)}
    assert (found.from_equal.imbalance, found.from_equal.ahead) == (F(3, 5), ("ann",))
    assert dict(found.today) == {"ann": F(3, 5), "ben": 0}
    assert found.today_favours == ("ann",)
    assert not found.private_limit
    assert found.before_lines.gains == settlement.gains


def test_a_private_limit_does_the_work() -> None:
    """With "never under 60 of 100" ben's ideal is 40; before the line 100, and he gains 2/7."""
    line = red_line(s0={"ann": {"below": "3/5"}})
    dispute = division([(100, 100)], red_lines=([line], []))
    settlement, found = powered(dispute)
    assert found.private_limit
    assert dict(settlement.ideals) == {"ann": 100, "ben": 40}
    assert dict(found.before_lines.ideals) == {"ann": 100, "ben": 100}
    assert dict(found.before_lines.gains) == {"ann": F(5, 7), "ben": F(2, 7)}
    assert found.before_lines.ahead == ("ann",)
    text = told(dispute, replace(settlement, power=found), "mediator")
    assert "A private limit does the work" in text


def test_where_today_is_the_least_for_all_it_favours_nobody() -> None:
    """Of (90, 24), (100, 0), (0, 100), from 0 and 0, ann is ahead, but today gives nobody more."""
    settlement, found = powered(one_of((90, 24), (100, 0), (0, 100)))
    assert settlement.ahead == found.from_equal.ahead == ("ann",)
    assert found.today_favours == ()
    text = told(one_of((90, 24), (100, 0), (0, 100)), replace(settlement, power=found), "mediator")
    assert "favours" not in text


def test_a_red_line_that_takes_no_hope_does_no_work() -> None:
    """A line that forbids ann nothing but what ben gives up anyway leaves both ideals."""
    line = red_line(s0={"ann": {"below": "0"}})
    _, found = powered(division([(100, 100)], red_lines=([line], [])))
    assert not found.private_limit


def test_the_agenda_test_finds_the_option_that_nobody_would_choose() -> None:
    """Without (160, 0) the answer (80, 40) becomes (60, 60); without another it stays (80, 40)."""
    settlement, found = powered(one_of((80, 40), (60, 60), (40, 80), (160, 0)))
    assert settlement.outcome == {"package": "p0"}
    assert (found.dropped, found.unused) == (3, 3)
    change, same = found.agenda  # the larger change first
    assert (same.option, same.package.outcome) == ("p2", settlement.outcome)
    assert (same.status, same.package.imbalance) == (Status.UNEVEN, F(1, 6))
    assert (change.issue, change.option, change.status) == ("package", "p3", Status.DRAW)
    assert change.package.outcome == {"package": "p1"}
    assert dict(change.package.gains) == {"ann": F(3, 4), "ben": F(3, 4)}
    assert change.hoped_by == ("ann",)


def test_without_a_lure_no_option_moves_the_answer() -> None:
    """Of (80, 40), (60, 60), (40, 80) neither end, dropped, moves the answer from the middle."""
    settlement, found = powered(one_of((80, 40), (60, 60), (40, 80)))
    assert (settlement.outcome, found.dropped) == ({"package": "p1"}, 2)
    assert all(change.package.outcome == settlement.outcome for change in found.agenda)


def test_an_option_that_nobody_hopes_for_changes_nothing() -> None:
    """(10, 10) is beaten by (60, 60): dropped, it changes neither package nor status."""
    _, found = powered(one_of((60, 60), (100, 0), (0, 100), (10, 10)))
    assert "p3" not in {change.option for change in found.agenda}
    assert found.dropped == 3


def test_a_draw_that_is_lost_with_an_option_is_a_change() -> None:
    """Without (0, 160), (60, 60) stays the answer but ben's hope falls to 60: gains 1/2 and 1."""
    settlement, found = powered(one_of((60, 60), (120, 0), (0, 120)))
    assert settlement.status is Status.DRAW
    changes = {change.option: change for change in found.agenda}
    assert changes["p2"].package.outcome == {"package": "p0"}
    assert changes["p2"].status is Status.UNEVEN
    assert dict(changes["p2"].package.gains) == {"ann": F(1, 2), "ben": 1}


def test_without_a_package_there_is_no_power() -> None:
    """Nothing is measured where nothing was settled."""
    dispute = one_of((1, 0), (0, 1), walk_away=(1, 1))
    settlement = api.settle(dispute)
    assert settlement.status is Status.NO_AGREEMENT
    assert api.power(dispute, settlement) is None
    assert power_json(None) == {"power": None}


def test_what_was_not_tried_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a bound of one option, one of three is dropped, and the text says so."""
    monkeypatch.setattr(module, "MAX_DROPPED", 1)
    dispute = one_of((80, 40), (60, 60), (40, 80), (160, 0))
    settlement, found = powered(dispute)
    assert (found.dropped, found.unused) == (1, 3)
    text = told(dispute, replace(settlement, power=found), "mediator")
    assert "1 option that nobody uses was dropped to see what happens; 2 others" in text


def outcomes(dispute: Dispute) -> Iterator[Outcome]:
    """Yield every package that keeps every rule and red line."""
    ways = [dispute.decisions_of(issue) or () for issue in dispute.issues]
    for values in product(*ways):
        outcome = FrozenMap({issue.id: v for issue, v in zip(dispute.issues, values, strict=True)})
        if dispute.allows(outcome):
            yield outcome


def lineless(dispute: Dispute) -> Dispute:
    walk_aways = {party: dispute.walk_away(party) for party in dispute.party_ids}
    return replace(
        dispute,
        preferences=FrozenMap(
            {
                party: replace(p, red_lines=(), walk_away=walk_aways[party])
                for party, p in dispute.preferences.items()
            }
        ),
    )


@QUICK
@given(disputes(packages=48))
def test_everything_is_what_a_list_of_all_packages_says(dispute: Dispute) -> None:
    """Least, most and ideals before lines are those of the listed packages (no groups)."""
    dispute = replace(dispute, groups=())
    settlement = api.settle(dispute)
    found = api.power(dispute, settlement)
    if settlement.outcome is None:
        assert found is None
        return
    assert found is not None
    every = list(outcomes(dispute))
    before = [
        outcome
        for outcome in outcomes(lineless(dispute))
        if all(dispute.utility(p, outcome) >= dispute.walk_away(p) for p in dispute.party_ids)
    ]
    for party in dispute.party_ids:
        points = [dispute.utility(party, outcome) for outcome in every]
        assert found.from_equal.zeros[party] == min(points)
        assert found.from_equal.ideals[party] == max(points)
        assert found.before_lines.ideals[party] == max(dispute.utility(party, o) for o in before)
        gain, own = found.from_equal.gains[party], dispute.utility(party, settlement.outcome)
        if gain is not None:
            assert gain * (max(points) - min(points)) == own - min(points)


@QUICK
@given(disputes(packages=24))
def test_the_agenda_is_what_settling_without_each_option_says(dispute: Dispute) -> None:
    """An option is named exactly if, forbidden by a rule, it changes package or status."""
    settlement = api.settle(dispute)
    found = api.power(dispute, settlement)
    if found is None or settlement.package is None:
        return
    before = {settlement.package.utilities, *(m.utilities for m in settlement.mirrors)}
    named = {(change.issue, change.option) for change in found.agenda}
    used = [*settlement.tied, *(mirror.outcome for mirror in settlement.mirrors)]
    for issue in dispute.issues:
        for option in dispute.decisions_of(issue) or ():
            if any(outcome[issue.id] == option for outcome in used):
                assert (issue.id, option) not in named
                continue
            never = Rule(Condition(FrozenMap({issue.id: OneOf(frozenset({str(option)}))})))
            again = api.settle(replace(dispute, rules=(*dispute.rules, never)))
            assert again.package is not None
            after = {again.package.utilities, *(m.utilities for m in again.mirrors)}
            changed = not before & after or again.status is not settlement.status
            assert changed == ((issue.id, option) in named)


@QUICK
@given(st.one_of(disputes(packages=24), share_disputes()), st.permutations(NAMES))
def test_swapped_parties_have_the_mirrored_power(dispute: Dispute, order: list[str]) -> None:
    """With the names exchanged, limits, spans and the agenda are the same of the other (H13)."""
    parties = sorted(dispute.party_ids)
    names = dict(zip(parties, [p for p in order if p in parties], strict=True))
    mirrored = parties_renamed(dispute, names)
    here, there = (api.power(d, api.settle(d)) for d in (dispute, mirrored))
    if here is None or there is None:
        assert here is there
        return
    assert here.private_limit == there.private_limit
    assert (here.dropped, here.unused) == (there.dropped, there.unused)
    for ours, theirs in (
        (here.before_lines.ideals, there.before_lines.ideals),
        (here.from_equal.zeros, there.from_equal.zeros),
        (here.from_equal.ideals, there.from_equal.ideals),
        (here.today, there.today),
    ):
        assert {names[party]: number for party, number in ours.items()} == dict(theirs)
    assert agenda(dispute, here, names) == agenda(dispute, there, {p: p for p in parties})


def agenda(dispute: Dispute, found: Power, names: dict[str, str]) -> set[tuple[object, ...]]:
    choices = {issue.id for issue in dispute.issues if issue.kind == "choice"}
    return {
        (
            change.issue,
            change.option if change.issue in choices else names.get(change.option, change.option),
            change.status,
            tuple(sorted(gain for gain in change.package.gains.values() if gain is not None)),
            frozenset(names[party] for party in change.hoped_by),
        )
        for change in found.agenda
    }


@QUICK
@given(st.one_of(disputes(packages=48), share_disputes()))
def test_no_other_text_changes_with_the_power(dispute: Dispute) -> None:
    """A side's text, the joint one, and their JSON are the same with it and without (H14)."""
    settlement = api.settle(dispute)
    with_it = replace(settlement, power=api.power(dispute, settlement))
    for audience in ("joint", *dispute.party_ids):
        assert told(dispute, settlement, audience) == told(dispute, with_it, audience)
        plain = settlement_json(dispute, settlement, audience)
        assert plain == settlement_json(dispute, with_it, audience)
    assert "power" not in settlement_json(dispute, with_it, "mediator")


def test_nobodys_line_is_named() -> None:
    """The sentence about the private limit names no side and repeats no line."""
    dispute = division([(100, 100)], red_lines=([red_line(s0={"ann": {"below": "3/5"}})], []))
    settlement, found = powered(dispute)
    telling = tell(dispute, replace(settlement, power=found), "mediator")
    (section,) = (s for s in telling.sections if s.heading == "Where the power lies")
    assert "ann" not in section.lines[0].casefold()
    assert "ben" not in section.lines[0].casefold()


def test_a_division_is_measured_by_its_edges() -> None:
    """Where all of a share is worth 100 and 50, the least is 0 and the most all of it."""
    _, found = powered(division([(100, 50)], (0, 0)))
    assert dict(found.from_equal.zeros) == {"ann": 0, "ben": 0}
    assert dict(found.from_equal.ideals) == {"ann": 100, "ben": 50}
    assert found.unused == 0


def test_negative_points_are_measured_too() -> None:
    """A share that is a burden to ben (−30 for all of it) leaves him −30 at the least."""
    base = division([(100, 1)], (0, -30))
    ben = replace(base.preferences["ben"], points=FrozenMap({"s0": Linear(F(-30))}))
    dispute = replace(base, preferences=FrozenMap({**base.preferences, "ben": ben}))
    _, found = powered(dispute)
    assert dict(found.from_equal.zeros) == {"ann": 0, "ben": -30}
