"""Linked answers beside groups that are not for trade, and beside what is divided."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from hikiwake import api
from hikiwake.errors import TooLarge, Unsupported
from hikiwake.formats.native import dispute_from_text
from hikiwake.options import guesses as guesses_module
from hikiwake.options import robust_certificate
from hikiwake.options.guessed_points import gains_of, is_draw_of
from hikiwake.options.robustness import robustness
from tests.unit.options.test_robustness_sets import corners, robust

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


def test_links_to_what_is_divided_are_refused() -> None:
    """A constraint on points for a share is a clear refusal, with what is covered (H18)."""
    said = "constraints = [{ terms = { cash = 1, car = 1 }, at_most = 40 }]"
    dispute = dispute_from_text(CASH.replace("[preferences.ann]", f"[preferences.ann]\n{said}"))
    with pytest.raises(Unsupported, match="points for what is divided"):
        robustness(dispute, api.settle(dispute))


def test_too_many_packages_for_links_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """With orders or constraints fewer packages are covered than without (H18)."""
    dispute = dispute_from_text(YARD)
    monkeypatch.setattr(guesses_module, "MAX_LINKED", 30)
    with pytest.raises(TooLarge, match="link answers, and 32 packages"):
        robust(dispute, samples=0)


@pytest.mark.parametrize(
    ("text", "reason"),
    [(YARD, "groups that are not for trade"), (CASH, "something is divided, or any number")],
)
def test_what_certificates_do_not_cover_is_said(text: str, reason: str) -> None:
    """Nothing is claimed that the small program does not look at."""
    dispute = dispute_from_text(text)
    found = api.robustness(dispute, api.settle(dispute), certificate=True)
    assert found is not None
    assert found.certificate is None
    assert reason in found.certificate_reason


def test_more_combinations_than_certificates_hold_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate lists all packages, so too many have none."""
    plain = dispute_from_text(YARD.replace(", not_for_trade = true", ""))
    assert robust_certificate.not_covered(plain) == ""
    monkeypatch.setattr(robust_certificate, "MAX_PACKAGES", 31)
    assert "32 combinations" in robust_certificate.not_covered(plain)


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
