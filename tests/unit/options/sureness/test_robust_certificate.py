"""Certificates of how far draws hold: what is proved is certified, and so at every corner."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from hikiwake import api
from hikiwake.formats.native import dispute_from_text
from hikiwake.model import Dispute
from hikiwake.options.sureness import linked
from hikiwake.options.sureness import robustness as robustness_module
from hikiwake.options.sureness.certificate import robust_certificate
from hikiwake.options.sureness.points import gains_of, is_draw_of
from hikiwake.options.sureness.robustness import robustness
from hikiwake.options.sureness.trees.statement import robust_statement
from hikiwake.proof import check_robust, is_robust, robust_issued
from tests.support.robust_certificates import DISPUTES
from tests.unit.options.sureness import test_robustness as whole
from tests.unit.options.sureness import test_robustness_mixed as mixed
from tests.unit.options.sureness import test_robustness_sets as sets
from tests.unit.options.sureness import test_search as many
from tests.unit.options.sureness import test_shares as shares

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


def require_certified(
    dispute: Dispute, corners: list[Dispute] | None = None, error: Fraction | None = None
) -> bool:
    """Require all that is proved to be accepted, and to hold at the corners of what was meant."""
    settlement = api.settle(dispute)
    found = robustness(dispute, settlement, error, samples=0)
    assert found is not None
    made = robust_certificate(dispute, settlement, found)
    assert (made is not None) == bool(found.holds or found.radius)
    if made is None:
        return False
    issued = robust_issued(json.loads(json.dumps(made)))
    assert issued is not None, check_robust(json.dumps(made)).failure
    first, *_ = made["claims"]
    if first["ranges"]:
        sides = dict(zip(dispute.party_ids, first["sides"], strict=True))
        assert found.gains.keys() == {p for p, side in sides.items() if side["least"] is not None}
        for party, span in found.gains.items():
            side = sides[party]
            assert Fraction(side["least"]) == span.least
            assert sum(Fraction(weight) for _, weight in side["most"]) == span.most
    if not first["ranges"] or corners is None:
        return bool(found.holds)
    for corner in corners:
        assert is_draw_of(corner, found.outcome)
        for gain, side in zip(gains_of(corner, found.outcome), first["sides"], strict=True):
            most = sum(Fraction(weight) for _, weight in side["most"])
            assert (gain is None) == (side["least"] is None)
            assert gain is None or Fraction(side["least"]) <= gain <= most
    return True


@pytest.mark.parametrize("seed", [*range(18), *range(100, 106)])
def test_what_is_proved_of_divisions_is_so_at_every_corner(seed: int) -> None:
    """Of random disputes with shares, amounts, money and rules on them all that is proved is
    accepted; settled anew at every corner of the ranges it is a draw, within what is claimed."""
    dispute = shares.settled(seed)
    if dispute is not None:
        require_certified(dispute, list(whole.meant(dispute, (Fraction(0), Fraction(1)))))


def test_both_kinds_of_disputes_are_among_them() -> None:
    """Of these random disputes some are proved to hold for all answers, some are not."""
    found = [require_certified(d) for d in map(shares.settled, range(9)) if d is not None]
    assert {True, False} <= set(found)


@pytest.mark.parametrize("seed", range(10))
def test_what_is_proved_of_whole_issues_is_so_at_every_corner(seed: int) -> None:
    """What is proved of random disputes of whole issues is accepted, and is so at every corner."""
    dispute = whole.settled(seed)
    if dispute is not None:
        require_certified(dispute, list(whole.meant(dispute, (Fraction(0), Fraction(1)))))


@pytest.mark.parametrize("seed", sets.DRAWS[:4])
def test_what_is_proved_of_linked_answers_is_so_at_every_corner(seed: int) -> None:
    """So it is where orders and constraints link answers, at every corner of what they leave."""
    dispute = sets.settled(seed)
    assert dispute is not None
    require_certified(dispute, sets.corners(dispute))


@pytest.mark.parametrize("text", [mixed.YARD, mixed.CASH, many.TIED])
def test_links_beside_groups_and_shares_are_proved(text: str) -> None:
    """Orders beside a group that is not for trade, or a share; and three sides with bonuses."""
    dispute = dispute_from_text(text)
    require_certified(dispute, sets.corners(dispute) if text != many.TIED else None)


@pytest.mark.parametrize("name", ["idle", "patch"])
def test_who_gains_nothing_and_groups_that_are_divided_are_covered(name: str) -> None:
    """A side with nothing to gain, and a share in a group that is not for trade: at every corner of
    what is proved it is a draw, even in the group."""
    dispute = dispute_from_text(DISPUTES[name])
    assert require_certified(dispute, list(whole.meant(dispute, (Fraction(0), Fraction(1)))))


def test_it_is_the_same_where_packages_are_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hopes and mixtures that a solver found are accepted like those from a list."""
    monkeypatch.setattr(robustness_module, "MAX_LISTED", 0)
    monkeypatch.setattr(robustness_module, "MAX_SOLVED", 0)
    for name in ("linked", "all"):
        assert require_certified(dispute_from_text(DISPUTES[name]))


def test_a_million_packages_are_proved() -> None:
    """Of 20 items each side keeps half, in a million packages: proved, none of them listed."""
    points = {
        party: ", ".join(f"i{n} = {10 + (n + k) % 2}" for n in range(20))
        for k, party in enumerate(("ann", "ben"))
    }
    points["ann"] = points["ann"].replace("i1 = 11", "i1 = [11, 12]")
    issues = ", ".join(f'{{ id = "i{n}", kind = "item" }}' for n in range(20))
    text = f'hikiwake = 1\nparties = [{{ id = "ann" }}, {{ id = "ben" }}]\nissues = [{issues}]\n'
    text += "".join(f"[preferences.{p}]\npoints = {{ {own} }}\n" for p, own in points.items())
    assert require_certified(dispute_from_text(text))


@pytest.mark.parametrize("name", ["two-heirs", "published/rent-three-rooms.toml"])
def test_the_examples_are_proven(name: str) -> None:
    """The heirs, and the three rooms and a rent between three, hold for small errors: proven."""
    assert require_certified(api.load(f"examples/{name}"), error=Fraction(1, 250))


def test_it_is_the_same_where_corners_are_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures from linear programs give certificates as good as those from corners."""
    dispute = sets.settled(sets.DRAWS[0])
    assert dispute is not None
    assert require_certified(dispute)
    monkeypatch.setattr(linked, "corners", lambda region: None)
    assert require_certified(dispute)


def test_three_sides_are_certified() -> None:
    """A draw between three, one of them with an order, holds for all ranges, and that is shown."""
    dispute = dispute_from_text(THREE)
    found = api.robustness(dispute, api.settle(dispute), certificate=True)
    assert found is not None
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
