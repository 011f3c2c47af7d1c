"""Certificates of how far draws hold: whatever is proved, the small program accepts."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from hikiwake import api
from hikiwake.findings.sureness import Robustness
from hikiwake.formats.native import dispute_from_text
from hikiwake.model import Dispute
from hikiwake.options import linked
from hikiwake.options.robust_certificate import robust_certificate, robust_statement
from hikiwake.options.robustness import robustness
from hikiwake.proof import check_robust, is_robust, robust_issued
from tests.unit.options import test_robustness as boxes
from tests.unit.options import test_robustness_sets as sets

THREE = """
hikiwake = 1
tolerance = "1/8"
parties = [{ id = "ann" }, { id = "ben" }, { id = "eve" }]
issues = [{ id = "x", kind = "item" }, { id = "y", kind = "item" }, { id = "z", kind = "item" }]
[preferences.ann]
points = { x = [60, 64], y = 20, z = 10 }
[preferences.ben]
points = { x = 10, y = [60, 64], z = 20 }
[preferences.eve]
ranks = ["z", "x", "y"]
points = { x = [19, 21], y = 9, z = 62 }
"""


def proved(dispute: Dispute) -> Robustness:
    """Return how far a dispute's package holds, with its certificate where anything is proved."""
    settlement = api.settle(dispute)
    found = robustness(dispute, settlement, samples=0)
    assert found is not None
    made = robust_certificate(dispute, settlement, found)
    assert (made is not None) == bool(found.holds or found.radius)
    issued = None if made is None else robust_issued(json.loads(json.dumps(made)))
    assert (issued is not None) == (made is not None)
    return replace(found, certificate=issued)


@pytest.mark.parametrize("seed", range(10))
def test_what_is_proved_over_ranges_is_certified(seed: int) -> None:
    """Of random disputes with ranges, all that is proved is accepted, with the figures found."""
    dispute = boxes.settled(seed)
    if dispute is None:
        return
    found = proved(dispute)
    if found.holds and found.certificate is not None:
        first, *_ = json.loads(found.certificate.text)["claims"]
        for party, side in zip(dispute.party_ids, first["sides"], strict=True):
            span = found.gains[party]
            assert Fraction(side["least"]) == span.least
            assert sum(Fraction(weight) for _, weight in side["most"]) == span.most


@pytest.mark.parametrize("seed", sets.DRAWS[:5])
def test_what_is_proved_over_linked_answers_is_certified(seed: int) -> None:
    """Of random disputes with orders and constraints too, with multipliers for what they link."""
    dispute = sets.settled(seed)
    assert dispute is not None
    found = proved(dispute)
    assert found.certificate is not None
    assert "multipliers" in found.certificate.text


def test_it_is_the_same_where_corners_are_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures from linear programs give certificates as good as those from corners."""
    dispute = sets.settled(sets.DRAWS[0])
    assert dispute is not None
    listed = proved(dispute)
    monkeypatch.setattr(linked, "corners", lambda region: None)
    assert (proved(dispute).certificate is None) == (listed.certificate is None)


def test_three_sides_are_certified() -> None:
    """A draw between three, one of them with an order, holds for all ranges, and that is shown."""
    dispute = dispute_from_text(THREE)
    found = proved(dispute)
    assert found.holds
    assert found.certificate is not None
    verdict = check_robust(found.certificate.text, robust_statement(dispute))
    assert verdict.valid
    assert sum(claim.startswith("eve gains") for claim in verdict.claims) == 2


def test_the_facade_makes_and_checks_it() -> None:
    """`robustness` with a certificate asked for, and `check`, which tells kinds apart."""
    dispute = dispute_from_text(THREE)
    settlement = api.settle(dispute, certificate=True)
    found = api.robustness(dispute, settlement, certificate=True)
    assert found is not None
    assert found.certificate is not None
    assert found.certificate_reason == ""
    assert api.check(found.certificate, dispute).valid
    other = dispute_from_text(THREE.replace("62", "61"))
    refused = api.check(found.certificate, other).failure
    assert refused is not None
    assert refused.code == "dispute"
    assert is_robust(found.certificate.text)
    assert settlement.certificate is not None
    assert not is_robust(settlement.certificate.text)
    assert not is_robust("[")
    plain = api.robustness(dispute, settlement)
    assert plain is not None
    assert (plain.certificate, plain.certificate_reason) == (None, "not asked for")
