"""What misstating could gain where packages cannot be listed: settled against drawn others."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from hikiwake import api
from hikiwake.explain import MEDIATOR, tell_honesty
from hikiwake.formats.native import dispute_from_text
from hikiwake.model import FrozenMap, Linear, Preference
from hikiwake.options.misstating import sample as misstated_sample
from hikiwake.options.misstating import unknowing_settled
from hikiwake.options.misstating.unknowing_settled import Settling
from hikiwake.settlement import Exactness
from tests.unit.options.misstating.test_honesty import EXAMPLES, found

F = Fraction


def test_divided_issues_are_sampled_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where packages cannot be listed some reports are settled, and nothing is called exact; what
    they risk, and what who knows nothing may expect, is told as sampled, with a margin."""
    monkeypatch.setattr(unknowing_settled, "DRAWS", 3)
    monkeypatch.setattr(misstated_sample, "TRIES", 4)
    dispute = api.load(EXAMPLES / "co-founders")
    answer = found(dispute)
    assert not answer.proved
    assert answer.most_unknowing is not None
    for side in answer.sides:
        assert side.truth <= side.points.most <= side.points.at_most
        assert side.points.exactness is Exactness.SAMPLED
        assert side.points.risk is not None
        assert side.overstating.risk is not None
        assert side.unknowing is not None
        assert side.unknowing.draws == 3
        assert side.unknowing.margin > 0
        assert 0 <= side.unknowing.truth.worst <= side.unknowing.truth.expected
    text = tell_honesty(dispute, answer, MEDIATOR, "en").text()
    assert "Only some such reports were tried" in text
    assert "Sampled: 3 sets of other sides were drawn" in " ".join(text.split())
    assert "this is exact" not in text


SHARED = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [{ id = "house", kind = "share" }, { id = "savings", kind = "share" }]
[preferences.ann]
points = { house = 70, savings = 30 }
[preferences.ben]
points = { house = 40, savings = 60 }
"""


def test_no_report_of_a_grid_is_to_be_expected_to_do_much_better(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Against the very same drawn others the truth comes to what settling each says, and of a grid
    of points and walk-away values none comes to less than what was found by more than it may be
    off, nor to more than all reports could."""
    monkeypatch.setattr(unknowing_settled, "DRAWS", 8)
    dispute = dispute_from_text(SHARED)
    settling = Settling(dispute, "ann", F(100), 0)
    unknowing = settling.unknowing()
    true = dispute.preferences["ann"]

    def expected(said: Preference) -> Fraction:
        gains: list[Fraction] = []
        for drawn in settling.others:
            given = replace(drawn, preferences=FrozenMap({**drawn.preferences, "ann": said}))
            outcome = api.settle(given).outcome
            gains.append(F(0) if outcome is None else true.utility(outcome) / 100)
        return sum(gains, start=F(0)) / len(gains)

    assert unknowing.truth.expected == expected(replace(true, walk_away=F(0)))
    grid = [
        Preference(
            "ann",
            FrozenMap({"house": Linear(F(house)), "savings": Linear(F(100 - house))}),
            walk_away=F(least),
        )
        for house in range(10, 100, 20)
        for least in (0, 25, 50)
    ]
    best = max(map(expected, grid))
    assert unknowing.truth.expected <= best
    assert abs(best - unknowing.best.expected) <= F(1, 10)


@pytest.mark.slow
def test_groups_money_and_amounts_are_drawn_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a group that is not for trade, with payments, and with an amount without steps, what is
    to be expected is told as well; the truth never ends below the walk-away value."""
    monkeypatch.setattr(unknowing_settled, "DRAWS", 2)
    monkeypatch.setattr(misstated_sample, "TRIES", 1)
    for name in ("four-islands", "published/rent-three-rooms.toml", "published/nash-1950.toml"):
        dispute = api.load(EXAMPLES / name)
        for side in found(dispute).sides:
            assert side.unknowing is not None
            assert 0 <= side.unknowing.truth.worst <= side.unknowing.truth.expected


MIXED = """
hikiwake = 1
parties = [{{ id = "ann" }}, {{ id = "ben" }}]
issues = [
    {{ id = "land", kind = "share" }},
    {{ id = "lake", kind = "share" }},
    {{ id = "boat", kind = "item" }},
]
[preferences.ann]
points = {{ land = {0}, lake = {1}, boat = {2} }}
walk_away = {3}
[preferences.ben]
points = {{ land = {4}, lake = {5}, boat = {6} }}
"""


@pytest.mark.parametrize("seed", range(5))
def test_reports_left_off_early_are_not_the_best(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report that is found best, and what it comes to, is the same if each one is settled
    against all others to the end; and some are left off before."""
    monkeypatch.setattr(unknowing_settled, "DRAWS", 5)
    random = Random(seed)
    numbers = [random.randint(10, 40) for _ in range(7)]
    numbers[3] //= 2
    dispute = dispute_from_text(MIXED.format(*numbers))
    ideal = api.settle(dispute).ideals["ann"]
    assert ideal is not None
    quick, plain = (Settling(dispute, "ann", ideal, seed) for _ in range(2))
    settled: list[Preference] = []
    answered = quick._answer
    monkeypatch.setattr(quick, "_answer", lambda s, d: (settled.append(s), answered(s, d))[1])
    early = quick.unknowing()
    monkeypatch.setattr(Settling, "_bounded", False)
    assert early == plain.unknowing()
    assert len(settled) < 5 * (len(set(plain._ways())) + 2)


def test_with_a_group_not_for_trade_every_report_is_settled_to_the_end() -> None:
    """What there is hangs on what is said of such a group, so nothing bounds what reports gain."""
    text = SHARED.replace("[preferences.ann]", GROUP, 1)
    assert not Settling(dispute_from_text(text), "ann", F(100), 0)._bounded
    assert Settling(dispute_from_text(SHARED), "ann", F(100), 0)._bounded


GROUP = """groups = [{ id = "home", issues = ["house"], not_for_trade = true }]
[preferences.ann]"""
