"""Certificates by cases: whatever is proved is certified, and is so at every corner."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from hikiwake import api
from hikiwake.formats.native import dispute_from_text
from hikiwake.model import Dispute
from hikiwake.options import robustness as robustness_module
from hikiwake.options.guessed_points import gains_of, is_draw_of
from hikiwake.options.robust_trees import tree_certificate
from hikiwake.options.robustness import robustness
from hikiwake.proof import check_robust, robust_issued
from tests.support.tree_certificates import DISPUTES
from tests.unit.options import test_guessed_search as many
from tests.unit.options import test_guessed_shares as shares
from tests.unit.options import test_robustness as whole
from tests.unit.options import test_robustness_mixed as mixed
from tests.unit.options import test_robustness_sets as sets


def require_certified(
    dispute: Dispute, corners: list[Dispute] | None = None, error: Fraction | None = None
) -> bool:
    """Require all that is proved to be accepted, and to hold at the corners of what was meant."""
    settlement = api.settle(dispute)
    found = robustness(dispute, settlement, error, samples=0)
    assert found is not None
    made = tree_certificate(dispute, settlement, found)
    assert (made is not None) == bool(found.holds or found.radius)
    if made is None:
        return False
    issued = robust_issued(json.loads(json.dumps(made)))
    assert issued is not None, check_robust(json.dumps(made)).failure
    first, *_ = made["claims"]
    if not first["ranges"] or corners is None:
        return bool(found.holds)
    for corner in corners:
        assert is_draw_of(corner, found.outcome)
        for gain, side in zip(gains_of(corner, found.outcome), first["sides"], strict=True):
            most = sum(Fraction(weight) for _, weight in side["most"])
            assert gain is not None
            assert Fraction(side["least"]) <= gain <= most
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
def test_whole_issues_are_proved_by_cases_as_well(seed: int) -> None:
    """What the list of all packages proves of random disputes, cases prove, at every corner."""
    dispute = whole.settled(seed)
    if dispute is not None:
        require_certified(dispute, list(whole.meant(dispute, (Fraction(0), Fraction(1)))))


@pytest.mark.parametrize("seed", sets.DRAWS[:4])
def test_linked_answers_are_proved_by_cases(seed: int) -> None:
    """So it is where orders and constraints link answers, at every corner of what they leave."""
    dispute = sets.settled(seed)
    assert dispute is not None
    require_certified(dispute, sets.corners(dispute))


@pytest.mark.parametrize("text", [mixed.YARD, mixed.CASH, many.TIED])
def test_links_beside_groups_and_shares_are_proved(text: str) -> None:
    """Orders beside a group that is not for trade, or a share; and three sides with bonuses."""
    dispute = dispute_from_text(text)
    require_certified(dispute, sets.corners(dispute) if text != many.TIED else None)


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
