"""The command line, ready to be run, and few random answers: what is told does not hang on them."""

from __future__ import annotations

import pytest

from hikiwake.options.misstating import knowing, sample, unknowing, unknowing_settled
from hikiwake.options.sureness import points
from hikiwake.options.sureness.divided import shares
from hikiwake.options.sureness.whole import packages
from tests.unit.cli.conftest import shell

__all__ = ["shell"]


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw few answers, other sides and reports at random."""
    for module, name in (
        (packages, "SAMPLES"),
        (packages, "SLOWER_SAMPLES"),
        (points, "SAMPLES"),
        (shares, "SLOWER_SAMPLES"),
        (knowing, "TRIES"),
        (sample, "TRIES"),
        (unknowing, "DRAWS"),
        (unknowing_settled, "DRAWS"),
    ):
        monkeypatch.setattr(module, name, 4)
