"""Certificates of settlements: what they claim is true, whatever the rule and kind of dispute."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hikiwake import api
from hikiwake.api.settling import NOT_FOR_DIRECT
from hikiwake.errors import Unsupported
from hikiwake.model import Dispute
from hikiwake.proof import checker
from hikiwake.proof.certificate import APPROACHED, OPEN, PROVABLE, NotFound
from hikiwake.settlement import Settlement, Status
from tests.architecture.source import ROOT
from tests.strategies import (
    close_disputes,
    disputes,
    divisions,
    gap_disputes,
    paying_disputes,
    share_disputes,
)
from tests.support.far_apart import far_apart
from tests.support.mutations import is_true
from tests.support.several import several

WHOLE = ("whole", "close")
KINDS: dict[str, st.SearchStrategy[Dispute]] = {
    "whole": disputes(packages=16),
    "close": close_disputes(),
    "shares": share_disputes(),
    "gaps": gap_disputes(),
    "money": paying_disputes(),
    "divisions": divisions(),
}
# Reasons why there may be none, by what they begin with; everything else must have one.
GAINS_NOTHING = "the format cannot say it (a product where somebody gains nothing)"
NO_ROOM = (OPEN, APPROACHED)
ALLOWED: dict[tuple[str, str], tuple[str, ...]] = {
    ("nash", kind): (GAINS_NOTHING,) for kind in ("whole", "close", "shares", "gaps", "money")
}
ALLOWED |= {("draw", kind): NO_ROOM for kind in ("shares", "gaps", "money")}
ALWAYS: tuple[str, ...] = ()

trials = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def certified(dispute: Dispute, rule: str) -> Settlement | None:
    """Return a settlement with its certificate; None where the rule is not for the dispute."""
    try:
        return api.settle(dispute, rule, certificate=True)
    except Unsupported:
        return None


def proof_of(settlement: Settlement) -> dict[str, Any]:
    """Return what a certificate's text says."""
    assert settlement.certificate is not None
    return json.loads(settlement.certificate.text)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rule", PROVABLE)
def test_what_a_certificate_claims_is_true(rule: str, kind: str) -> None:
    """By brute force in fractions all that a certificate claims holds, and few have none."""
    # Where something is divided brute force knows only a grid: there the checker has the word.

    @trials
    @given(dispute=KINDS[kind])
    def holds(dispute: Dispute) -> None:
        settlement = certified(dispute, rule)
        if settlement is None:
            return
        if settlement.certificate is None:
            assert settlement.certificate_reason.startswith(ALLOWED.get((rule, kind), ALWAYS))
            return
        assert settlement.certificate_reason == ""
        if kind in WHOLE and settlement.imbalance is not None:
            assert is_true(proof_of(settlement))
        verdict = api.check(settlement.certificate, dispute)
        assert verdict.valid, verdict.failure
        assert verdict.cases == settlement.certificate.cases

    holds()


@trials
@given(dispute=disputes(2, 2, 16))
def test_a_whole_frontier_has_a_certificate(dispute: Dispute) -> None:
    """By brute force the points of a certified frontier of two parties are all that there are."""
    frontier = api.frontier(dispute, certificate=True)
    if not len(frontier):
        assert frontier.certificate is None
        return
    if frontier.certificate is None:
        assert frontier.certificate_reason == "what is not for trade is not even on it"
        assert not all(group.even for group in api.settle(dispute).groups)
        return
    assert is_true(json.loads(frontier.certificate.text))
    assert api.check(frontier.certificate, dispute).valid


EXAMPLES = [
    ROOT / "examples" / "two-heirs",
    ROOT / "examples" / "four-islands",
    ROOT / "examples" / "co-founders" / "dispute.toml",
    *sorted((ROOT / "examples" / "published").glob("*.toml")),
]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_has_a_certificate(path: Path) -> None:
    """Each example is certified as a draw, or as what it is instead, and that can be checked."""
    dispute = api.load(path)
    settlement = api.settle(dispute, certificate=True)
    assert settlement.certificate is not None, settlement.certificate_reason
    assert api.check(settlement.certificate, dispute).valid


@pytest.mark.parametrize("seed", [3, 6, 7, 60, 92, 165, 194])
def test_draws_among_several_who_divide_are_proved(seed: int) -> None:
    """Three or four sides, the Kalai–Smorodinsky package not even: another draw, or none."""
    settlement = certified(several(seed), "draw")
    assert settlement is not None
    assert settlement.certificate is not None, settlement.certificate_reason
    proof = proof_of(settlement)["proof"]
    assert (settlement.status is Status.DRAW) == bool(proof.get("best", 0))
    assert (seed in (3, 6, 7, 60, 194)) == ("replacements" in proof)


CUT_OFF = """
hikiwake = 1
tolerance = "1/10"
price = "1/4"
parties = [{ id = "ann" }, { id = "ben" }]
issues = [
    { id = "field", kind = "share" },
    { id = "list", kind = "choice", options = ["a", "b", "c"] },
]

[preferences.ann]
points = { field = 20 }
values.list = { a = 0, b = 10, c = -9 }

[preferences.ben]
points = { field = 20 }
values.list = { a = 0, b = -5, c = 10 }

[[rules]]
never = { list = "b", field = { ann = { above = 0 } } }

[[rules]]
never = { list = "c", field = { ann = { below = 1 } } }
"""


def test_a_line_that_packages_cut_off_is_no_hindrance(tmp_path: Path) -> None:
    """Two packages better parts of a line: it comes as close as one likes to what is not on it."""
    file = tmp_path / "dispute.toml"
    file.write_text(CUT_OFF, "utf-8")
    settlement = api.settle(api.load(file), certificate=True)
    assert settlement.status is Status.DRAW
    assert settlement.gains == {"ann": Fraction(11, 20), "ben": Fraction(1, 2)}
    assert settlement.certificate is not None, settlement.certificate_reason


@pytest.mark.parametrize("seed", [262, 325])
def test_that_there_is_no_best_draw_is_no_proof_that_there_is_none(seed: int) -> None:
    """Draws come as close as one likes to a package that another one betters (H10)."""
    settlement = certified(several(seed), "draw")
    assert settlement is not None
    assert settlement.status is Status.UNEVEN
    assert settlement.certificate_reason == APPROACHED


TWO_OF_ONE_PRODUCT = """
hikiwake = 1
common_scale = true
parties = [{ id = "ann" }, { id = "ben" }]
issues = [
    { id = "list", kind = "choice", options = ["a", "b", "c", "d"] },
    { id = "chore", kind = "share" },
    { id = "field", kind = "share" },
]

[preferences.ann]
points = { chore = -1, field = 4 }
values.list = { a = 20, b = 0, c = 9, d = 10 }

[preferences.ben]
points = { chore = -2, field = -1 }
values.list = { a = 0, b = 20, c = 13, d = 12 }
"""


def test_another_package_may_have_the_same_product(tmp_path: Path) -> None:
    """13 · 12 is no more than 12 · 13: just one row proves it there, and it is found."""
    file = tmp_path / "dispute.toml"
    file.write_text(TWO_OF_ONE_PRODUCT, "utf-8")
    settlement = api.settle(api.load(file), "nash", certificate=True)
    assert settlement.package is not None
    assert sorted(settlement.package.utilities.values()) == [12, 13]
    assert settlement.certificate is not None, settlement.certificate_reason


PAID_ON_EITHER_SIDE = """
hikiwake = 1
common_scale = true
parties = [{ id = "ann" }, { id = "ben" }, { id = "cem" }, { id = "dua" }]
issues = [
    { id = "post", kind = "choice", options = ["ann", "none", "dua"] },
    { id = "money", kind = "money", limit = 1 },
]

[preferences.ann]
points = { money = "-1/50" }
values.post = { ann = 2, none = 0, dua = 0 }

[preferences.ben]
points = { money = "-1/50" }

[preferences.cem]
points = { money = "-1/50" }

[preferences.dua]
points = { money = "-1/50" }
values.post = { ann = 0, none = 0, dua = 2 }
"""


def test_an_equal_product_may_lie_at_a_payment(tmp_path: Path) -> None:
    """Who has the post pays: to either of two, with one product, and no other row proves it."""
    file = tmp_path / "dispute.toml"
    file.write_text(PAID_ON_EITHER_SIDE, "utf-8")
    settlement = api.settle(api.load(file), "nash", certificate=True)
    assert settlement.package is not None
    assert sorted(settlement.package.utilities.values()) == [Fraction(1, 50)] * 3 + [
        Fraction(97, 50)
    ]
    assert settlement.certificate is not None, settlement.certificate_reason


DEAR_DRAWS = """
hikiwake = 1
price = 1
parties = [{ id = "ann" }, { id = "ben" }, { id = "cho" }, { id = "dan" }]
issues = [
    { id = "house", kind = "item" }, { id = "field", kind = "item" },
    { id = "boat", kind = "item" }, { id = "car", kind = "item" },
]

[preferences.ann]
walk_away = 1
points = { house = 0, field = 1, boat = 1, car = 0 }

[preferences.ben]
walk_away = 8
points = { house = 96, field = 74, boat = 49, car = 0 }

[preferences.cho]
points = { house = 1, field = 0, boat = 2, car = 2 }

[preferences.dan]
walk_away = 8
points = { house = 100, field = 4, boat = 66, car = 37 }
"""


def test_a_draw_that_may_cost_everything_still_keeps_what_each_side_has(tmp_path: Path) -> None:
    """That there is no draw is proved, though any price is paid: none takes a side's floor."""
    file = tmp_path / "dispute.toml"
    file.write_text(DEAR_DRAWS, "utf-8")
    settlement = api.settle(api.load(file), certificate=True)
    assert settlement.status is Status.UNEVEN
    assert settlement.certificate is not None, settlement.certificate_reason


FAR_APART = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }, { id = "cem" }]
issues = [
    { id = "post", kind = "choice", options = ["first", "second", "third"] },
    { id = "money", kind = "money", limit = 100 },
]

[preferences.ann]
points = { money = 1 }
values.post = { first = "2e20", second = "6e20", third = "3e20" }

[preferences.ben]
points = { money = 1 }
values.post = { first = 3, second = 1, third = 9 }

[preferences.cem]
points = { money = 1 }
values.post = { first = 2, second = 8, third = 4 }
"""


def test_money_is_proved_where_ranges_are_far_apart(tmp_path: Path) -> None:
    """A range of 10^20 beside one of 100: how small its multiplier is, is found without floats."""
    file = tmp_path / "dispute.toml"
    file.write_text(FAR_APART, "utf-8")
    settlement = api.settle(api.load(file), "nash", certificate=True)
    assert settlement.package is not None
    gained = sorted(settlement.package.utilities.values())
    assert gained == [Fraction(109, 2), Fraction(109, 2), 6 * 10**20 - 100]
    assert settlement.certificate is not None, settlement.certificate_reason


@pytest.mark.parametrize("seed", [1, 2, 16, 17, 48])
def test_points_of_any_magnitude_are_proved(seed: int) -> None:
    """Money between sides whose points are 10^20 times as many: floats see none of the rows."""
    dispute = far_apart(Random(f"far-{seed}"))
    for rule in PROVABLE:
        settlement = certified(dispute, rule)
        if settlement is None or settlement.certificate is not None:
            continue
        assert rule == "draw"
        assert settlement.certificate_reason in NO_ROOM


LIMITED_SHARES = """
hikiwake = 1
common_scale = true
parties = [{ id = "ann" }, { id = "ben" }]
issues = [{ id = "north", kind = "share" }, { id = "south", kind = "share" }]

[preferences.ann]
points = { north = 50, south = 20 }

[preferences.ben]
points = { north = 50, south = 20 }

[[rules]]
never = { north = { ann = { above = "3/4" } }, south = { ben = { above = "1/4" } } }
"""


def test_shares_that_both_want_alike_have_a_product_that_is_proved(tmp_path: Path) -> None:
    """Where a rule ties shares whose points add up to the same, the bound is met and not passed."""
    file = tmp_path / "dispute.toml"
    file.write_text(LIMITED_SHARES, "utf-8")
    settlement = api.settle(api.load(file), "nash", certificate=True)
    assert settlement.certificate is not None, settlement.certificate_reason


@pytest.mark.slow
def test_the_certificate_of_many_tied_issues_is_short(shared: Path) -> None:
    """Forty issues tied by 160 bonuses, 10⁴⁰ packages: the whole proof takes at most 64 kB."""
    dispute = api.load(shared / "scenarios" / "genius" / "y2014" / "50issues")
    settlement = certified(dispute, "kalai_smorodinsky")
    assert settlement is not None
    assert len(checker.canonical(proof_of(settlement)["proof"])) <= 64_000


def test_a_certificate_is_bound_to_its_dispute() -> None:
    """A certificate is refused for a dispute in which one number differs."""
    dispute = api.load(ROOT / "examples" / "two-heirs")
    settlement = api.settle(dispute, certificate=True)
    assert settlement.certificate is not None
    other = replace(dispute, tolerance=dispute.tolerance + Fraction(1, 1000))
    verdict = api.check(settlement.certificate, other)
    assert (verdict.valid, verdict.failure.code) == (False, "hash")


def test_a_certificate_is_only_there_where_it_was_asked_for() -> None:
    """Without asking there is none, and the settlement says so."""
    settlement = api.settle(api.load(ROOT / "examples" / "two-heirs"))
    assert (settlement.certificate, settlement.certificate_reason) == (None, "not asked for")


def test_a_direct_rule_has_no_certificate() -> None:
    """A rule that makes its package itself claims nothing that could be proved, and says so."""
    dispute = api.load(ROOT / "examples" / "published" / "jolis-whole.toml")
    settlement = api.settle(dispute, "picking", certificate=True)
    assert settlement.certificate is None
    assert settlement.certificate_reason == NOT_FOR_DIRECT


def test_without_time_there_is_no_certificate_but_a_reason() -> None:
    """A search that may take no time gives none, and the settlement stays what it is."""
    dispute = api.load(ROOT / "examples" / "four-islands")
    settlement = api.settle(dispute, certificate=True, time_limit=1e-9)
    assert settlement.status is Status.DRAW
    assert settlement.certificate is None
    assert settlement.certificate_reason == str(NotFound())
