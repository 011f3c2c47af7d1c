"""The command line, ready to be run, and few random answers: what is told does not hang on them."""

from __future__ import annotations

import pytest

from hikiwake.options import (
    guessed_cases,
    guessed_packages,
    guessed_search,
    guessed_shares,
    misstated,
    misstated_sample,
    unknowing,
    unknowing_settled,
)
from tests.unit.cli.conftest import shell

__all__ = ["shell"]


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw few answers, other sides and reports at random."""
    for module, name in (
        (guessed_packages, "SAMPLES"),
        (guessed_packages, "SLOWER_SAMPLES"),
        (guessed_search, "SAMPLES"),
        (guessed_cases, "SAMPLES"),
        (guessed_shares, "SLOWER_SAMPLES"),
        (misstated, "TRIES"),
        (misstated_sample, "TRIES"),
        (unknowing, "DRAWS"),
        (unknowing_settled, "DRAWS"),
    ):
        monkeypatch.setattr(module, name, 4)
