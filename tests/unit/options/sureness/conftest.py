"""What tests of sureness share."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hikiwake.options.sureness import robustness


@pytest.fixture
def radius_in_eighths(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the error that a draw survives be sought in eighths, for who looks at other figures."""
    monkeypatch.setattr(robustness, "STEP", Fraction(1, 8))
