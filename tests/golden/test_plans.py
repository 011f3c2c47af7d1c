"""The plans of the examples, told to every reader, as somebody looked them over."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from hikiwake.api import load, load_plan, plan, settle
from hikiwake.explain import tell_plan
from hikiwake.explain.language.layout import width_of
from hikiwake.findings.course import Planned
from tests.golden.stored import compare

EXAMPLES = Path(__file__).parents[2] / "examples"
TOLD = [
    ("two-heirs", "mediator", "en"),
    ("two-heirs", "ann", "en"),
    ("two-heirs", "ben", "en"),
    ("two-heirs", "joint", "en"),
    ("four-islands", "mediator", "en"),
    ("four-islands", "mediator", "ja"),
    ("four-islands", "mediator", "ru"),
    ("four-islands", "japan", "ja"),
    ("four-islands", "russia", "ru"),
    ("four-islands", "joint", "en"),
    ("four-islands", "joint", "ja"),
    ("four-islands", "joint", "ru"),
]


@cache
def planned(example: str) -> Planned:
    """Return the plan of an example."""
    dispute = load(EXAMPLES / example)
    agreement = load_plan(EXAMPLES / example / "plan.toml", dispute)
    return plan(agreement, dispute, settle(dispute))


@pytest.mark.parametrize(("example", "audience", "language"), TOLD)
def test_a_plan_is_told_as_before(example: str, audience: str, language: str) -> None:
    """Each text of an example's plan reads as when somebody last looked it over."""
    text = tell_plan(planned(example), audience, language).text(80)
    assert max(width_of(line) for line in text.splitlines()) <= 80
    compare(f"texts/{example}.plan.{audience}.{language}.txt", text)
