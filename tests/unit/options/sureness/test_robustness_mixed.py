"""Linked answers beside groups that are not for trade, and beside what is divided."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import ModuleType

import pytest

from hikiwake import api
from hikiwake.errors import TooLarge
from hikiwake.formats.native import dispute_from_text
from hikiwake.options.sureness import certificate as robust_certificate
from hikiwake.options.sureness import guesses as guesses_module
from hikiwake.options.sureness.points import gains_of, is_draw_of
from hikiwake.options.sureness.trees import cases as robust_cases
from tests.unit.options.sureness.test_robustness_sets import corners, robust

HEAD = """
hikiwake = 1
tolerance = "1/8"
parties = [{ id = "ann" }, { id = "ben" }]
"""
ROOMS = """{ id = "room", kind = "item" }, { id = "car", kind = "item" },
    { id = "pet", kind = "choice", options = ["cat", "none"] },"""
ANN = """
points = { room = [66, 70], car = 16, MORE }
values.pet = { none = 0 }
"""
BEN = """
[preferences.ben]
points = { room = 22, car = [50, 60], MORE }
values.pet = { cat = 0, none = [8, 16] }
constraints = [{ terms = { car = 1, "pet.none" = 1 }, equal = 64 }]
"""
YARD = f"""{HEAD}
issues = [
    {ROOMS}
    {{ id = "shed", kind = "item" }}, {{ id = "lawn", kind = "item" }},
]
groups = [{{ id = "yard", issues = ["shed", "lawn"], not_for_trade = true }}]
[preferences.ann]
ranks = [["room", "car", "pet.cat"], ["shed", "lawn"]]
{ANN.replace("MORE", "shed = [9, 11], lawn = [8, 10]")}
{BEN.replace("MORE", "shed = 10, lawn = [10, 11]")}
"""
CASH = f"""{HEAD}
issues = [
    {ROOMS}
    {{ id = "cash", kind = "share" }},
]
[preferences.ann]
ranks = ["room", "car", "pet.cat"]
{ANN.replace("MORE", "cash = 20")}
{BEN.replace("MORE", "cash = 20")}
"""


@pytest.mark.parametrize("text", [YARD.replace("1/8", "1/20"), CASH])
def test_figures_hold_at_every_corner(text: str) -> None:
    """Settled anew at every corner of what the sides may have meant, no gain is outside its span;
    where not every corner is a draw, that is not claimed."""
    dispute = dispute_from_text(text)
    found = robust(dispute, samples=5)
    each = corners(dispute)
    lines = [gains_of(one, found.outcome) for one in each]
    for n, party in enumerate(dispute.party_ids):
        span = found.gains[party]
        mine = [gain for line in lines if (gain := line[n]) is not None]
        assert max(mine) <= span.most
        assert span.least is not None
        assert span.least <= min(mine)
    draws = [is_draw_of(one, found.outcome) for one in each]
    assert not all(draws)
    assert found.holds is False


@pytest.mark.parametrize("text", [YARD, CASH.replace("car = 16", "car = 7")])
def test_a_draw_may_be_proved_there(text: str) -> None:
    """Where no other package can be better for both, the draw is proved; and it is one at every
    corner."""
    dispute = dispute_from_text(text)
    found = robust(dispute, samples=5)
    assert found.holds
    assert found.sampled.draws == found.sampled.of
    assert all(is_draw_of(one, found.outcome) for one in corners(dispute))


def test_a_group_is_named_uneven_only_where_answers_make_it_so() -> None:
    """Ann has the shed and Ben the lawn: even for some answers only, or within a half for all."""
    dispute = dispute_from_text(YARD)
    strict, wide = (replace(dispute, tolerance=part) for part in (Fraction(0), Fraction(1, 2)))
    assert robust(strict, samples=0).uneven_groups == ("yard",)
    assert robust(wide, samples=0).uneven_groups == ()


def test_too_many_packages_for_links_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With orders or constraints fewer packages are covered than without (H18)."""
    dispute = dispute_from_text(YARD)
    monkeypatch.setattr(guesses_module, "MAX_LINKED", 30)
    with pytest.raises(TooLarge, match="constraints that link them, and very many packages"):
        robust(dispute, samples=0)


@pytest.mark.parametrize("text", [YARD, CASH.replace("car = 16", "car = 7")])
def test_certificates_cover_groups_and_what_is_divided(text: str) -> None:
    """What is proved beside a group that is not for trade, or a share, is certified."""
    dispute = dispute_from_text(text)
    found = api.robustness(dispute, api.settle(dispute), certificate=True)
    assert found is not None
    assert found.holds
    assert found.certificate is not None
    assert api.check(found.certificate, dispute).valid


@pytest.mark.parametrize(
    ("module", "name", "reason"),
    [
        (robust_cases, "MAX_CASES", "more than 1 cases"),
        (robust_certificate, "MAX_INSIDE", "4 combin"),
    ],
)
def test_why_there_is_none_is_said(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, reason: str
) -> None:
    """With too many cases, or a group that is too large, there is none, and that is said."""
    monkeypatch.setattr(module, name, 1)
    dispute = dispute_from_text(YARD)
    found = api.robustness(dispute, api.settle(dispute), certificate=True)
    assert found is not None
    assert found.certificate is None
    assert reason in found.certificate_reason


def test_a_certificate_never_speaks_of_a_dispute_with_a_group_not_for_trade() -> None:
    """Beside the same dispute with such a group, a valid certificate is one of another dispute."""
    plain = dispute_from_text(YARD.replace(", not_for_trade = true", ""))
    found = api.robustness(plain, api.settle(plain), certificate=True)
    assert found is not None
    assert found.certificate is not None
    assert api.check(found.certificate, plain).valid
    refused = api.check(found.certificate, dispute_from_text(YARD)).failure
    assert refused is not None
    assert refused.code == "dispute"
