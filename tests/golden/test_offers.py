"""What is offered on the examples, told as when somebody last looked it over."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from hikiwake.api import alternatives, load, remedies, settle
from hikiwake.explain import tell, tell_alternatives
from hikiwake.explain.language.layout import width_of
from hikiwake.findings.offers import Alternatives, Remedies
from hikiwake.model import Dispute
from hikiwake.settlement import Settlement, Status
from tests.golden.stored import HERE, compare

EXAMPLES = HERE.parents[1] / "examples"
ISLANDS = EXAMPLES / "four-islands"
TOLD = [
    ("four-islands", "mediator", "en"),
    ("four-islands", "japan", "ja"),
    ("four-islands", "russia", "ru"),
    ("four-islands", "joint", "en"),
    ("two-heirs", "mediator", "en"),
    ("two-heirs", "ann", "en"),
    ("published/panama.toml", "mediator", "en"),
    ("published/panama-whole.toml", "mediator", "en"),
    ("published/england-zimbabwe.toml", "mediator", "en"),
]


@cache
def chosen(example: str) -> tuple[Dispute, Alternatives]:
    dispute = load(EXAMPLES / example)
    return dispute, alternatives(dispute)


@pytest.mark.parametrize(("example", "audience", "language"), TOLD)
def test_alternatives_are_told_as_before(example: str, audience: str, language: str) -> None:
    """Each audience reads the same packages in the same words."""
    dispute, found = chosen(example)
    text = tell_alternatives(dispute, found, audience, language).text()
    assert max(width_of(line) for line in text.splitlines()) <= 80
    compare(f"texts/{Path(example).stem}.alternatives.{audience}.{language}.txt", text)


@cache
def hardened() -> tuple[Dispute, Settlement, Remedies]:
    hard = {"russia": ISLANDS / "tables" / "hard-line" / "russia.toml"}
    dispute = load(ISLANDS, preferences=hard)
    settlement = replace(settle(dispute), seconds=0.0)
    found = remedies(dispute, settlement)
    assert found is not None
    return dispute, settlement, found


@pytest.mark.slow
@pytest.mark.xdist_group("hardened")
@pytest.mark.parametrize("language", ["en", "ja", "ru"])
def test_the_islands_with_a_hard_line_are_remedied_as_before(language: str) -> None:
    """With a hard-line table what stands in the way is that the islands are not for trade."""
    dispute, settlement, found = hardened()
    assert [lifted.barrier.kind for lifted in found.lifted] == ["group"]
    text = tell(dispute, settlement, "mediator", language, None, found).text()
    compare(f"texts/four-islands.remedies.mediator.{language}.txt", text)


def test_a_published_dispute_is_remedied_to_its_published_division() -> None:
    """Bob and Carol, nothing divided, are uneven; their retirement account shared gives 170/3 each,
    as Brams and Taylor divide it.
    """
    dispute = load(EXAMPLES / "published" / "bob-carol-5-whole.toml")
    settlement = settle(dispute)
    assert settlement.status is Status.UNEVEN
    found = remedies(dispute, settlement)
    assert found is not None
    best = max(found.in_turns, key=lambda turns: min(turns.package.utilities.values()))
    assert set(best.package.utilities.values()) == {Fraction(170, 3)}
    assert best.package.imbalance == 0
