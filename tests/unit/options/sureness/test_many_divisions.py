"""Divisions too many to be listed: the figures are those of a list, and large disputes are told."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from hikiwake import api
from hikiwake.explain import MEDIATOR, tell_robustness
from hikiwake.findings.sureness import Robustness
from hikiwake.formats.native import dispute_from_text
from hikiwake.model import Dispute
from hikiwake.options.sureness import robustness
from hikiwake.options.sureness.certificate import robust_certificate
from hikiwake.options.sureness.divided import regions
from hikiwake.options.sureness.divided.many_divisions import ByCases, by_cases
from hikiwake.options.sureness.divided.many_questions import STEP
from hikiwake.options.sureness.robustness import sets_of
from hikiwake.options.sureness.trees import cases as robust_cases
from hikiwake.proof import robust_issued
from tests.support.robust_certificates import AMOUNT, GROUP, SHARE
from tests.unit.options.sureness import test_shares as shares

F = Fraction


def both(dispute: Dispute, monkeypatch: pytest.MonkeyPatch) -> tuple[Robustness, Robustness]:
    """Return what is found where ends of divisions are listed, and where they are not."""
    settlement, found = api.settle(dispute), list[Robustness]()
    for make in (robustness.divided, by_cases):
        monkeypatch.setattr(robustness, "divided", make)
        one = robustness.robustness(dispute, settlement, samples=2)
        assert one is not None
        found.append(one)
    return found[0], found[1]


def require_same(listed: Robustness, cases: Robustness) -> None:
    """Require every figure to be the same, or the radius larger, for it is bounded less roughly."""
    for name in ("given", "gains", "own", "sampled", "influences", "uneven_groups"):
        assert getattr(listed, name) == getattr(cases, name), name
    assert cases.holds == listed.holds or (listed.holds is None and cases.holds)
    assert cases.radius >= listed.radius
    assert listed.fails is None or cases.radius < listed.fails
    least, other = listed.smallest_regret, cases.smallest_regret
    if least is not None and other is not None:
        worst = max(other.regrets.values())
        assert other.at_least <= max(least.regrets.values()) <= worst <= other.at_least + STEP


@pytest.mark.parametrize("seed", [0, 3, 12, 101])
def test_random_divisions_give_the_figures_of_a_list(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shares, amounts and money: every figure, asked for by cases, is that of all ends listed."""
    dispute = shares.settled(seed)
    assert dispute is not None
    require_same(*both(dispute, monkeypatch))


@pytest.mark.parametrize("text", [SHARE, AMOUNT, GROUP])
def test_rules_bonuses_and_groups_give_the_figures_of_a_list(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is with rules and red lines on what is divided, bonuses, and a group."""
    require_same(*both(dispute_from_text(text), monkeypatch))


def large(count: int) -> Dispute:
    """Return a dispute of so many items, two shares and an amount."""
    items = [f"i{n}" for n in range(count)]
    issues = "".join(f'{{ id = "{item}", kind = "item" }}, ' for item in items)
    text = 'hikiwake = 1\ntolerance = "1/8"\nparties = [{ id = "ann" }, { id = "ben" }]\n'
    text += f'issues = [{issues}{{ id = "s", kind = "share" }}, {{ id = "t", kind = "share" }},'
    text += ' { id = "n", kind = "amount", min = 0, max = 10 }]\n'
    for party, times, more in (("ann", 7, "s = [29, 30], t = 40"), ("ben", 11, "s = 20, t = 60")):
        points = ", ".join(
            f"{item} = [{a}, {a + 1}]" for n, item in enumerate(items) for a in [5 + times * n % 50]
        )
        curve = (
            "[[0, [40, 41]], [5, 20], [10, 0]]" if party == "ann" else "[[0, 0], [6, 21], [10, 35]]"
        )
        text += f"[preferences.{party}]\nwalk_away = [40, 42]\npoints = {{ {points}, {more} }}\n"
        text += f"curves.n = {curve}\n"
    return dispute_from_text(text)


def test_more_ends_than_are_listed_are_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven items, two shares and an amount have more ends than are listed: the figures are exact
    all the same, and what is proved has a certificate."""
    monkeypatch.setattr(regions, "MAX_CORNERS", 500)  # so that it is seen at once
    dispute = large(7)
    settlement = api.settle(dispute)
    assert settlement.outcome is not None
    found = robustness.ground_of(dispute, settlement.outcome)
    assert isinstance(found, ByCases)
    reach = found.reach(sets_of(found, settlement, F(0), own_ranges=True))
    assert reach.exact
    known = robustness.robustness(dispute, settlement, samples=1)
    assert known is not None
    assert known.holds == reach.proved
    made = robust_certificate(dispute, settlement, known)
    assert (made is not None) == bool(known.holds or known.radius)
    assert made is None or robust_issued(made) is not None


def test_too_many_cases_leave_an_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped early, nothing is refused: bounds, an interval for the worst regret, and no proof."""
    dispute = shares.settled(6)
    assert dispute is not None
    settlement = api.settle(dispute)
    exact = robustness.robustness(dispute, settlement, samples=2)
    monkeypatch.setattr(robustness, "divided", by_cases)
    monkeypatch.setattr(robust_cases, "MAX_LOOKED", 1)
    found = robustness.robustness(dispute, settlement, samples=2)
    assert found is not None
    assert exact is not None
    assert not found.holds
    for party, span in found.gains.items():
        true: Any = exact.gains[party]
        assert not span.exact
        assert span.least is not None
        assert span.least <= true.least <= (span.seen or span.least)
        assert true.most <= span.most
    assert "nothing lies outside them" in tell_robustness(dispute, found, MEDIATOR).text(10_000)
