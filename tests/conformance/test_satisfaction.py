"""CaSiNo: satisfaction follows one's own points; being ahead or behind adds next to nothing."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def study() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "satisfaction_study", ROOT / "benchmarks" / "satisfaction.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_figures_of_the_page_come_out(shared: Path, study: ModuleType) -> None:
    """0.083 of a step a point, R² 0.060; ahead and behind add 0.001, a point of distance 0.006."""
    own, apart, sides = study.models(study.people(shared / "data" / "casino.csv")).values()
    assert (own.people, own.dialogues) == (2010, 1005)
    assert own.of("own") == pytest.approx(0.083, abs=5e-4)
    assert own.interval("own") == pytest.approx((0.066, 0.099), abs=6e-4)
    assert own.r_squared == pytest.approx(0.060, abs=5e-4)
    assert sides.r_squared - own.r_squared == pytest.approx(0.001, abs=5e-4)
    assert apart.r_squared - own.r_squared == pytest.approx(0.006, abs=5e-4)
    for term in ("ahead", "behind"):
        low, high = sides.interval(term)
        assert low < 0 < high
    low, high = apart.interval("apart")
    assert high < 0


def test_the_fit_is_least_squares_with_errors_clustered_by_hand(study: ModuleType) -> None:
    """Three dialogues, worked out with plain sums: the line, R², and the CR1 standard error."""
    x = np.array([1.0, 2, 3, 4, 5, 6])
    y = np.array([1.0, 1, 2, 3, 3, 5])
    found = study.People(np.array([0, 0, 1, 1, 2, 2]), y, x, x)
    fit = study.fit(found, {"own": x})
    slope = float(((x - 3.5) * (y - 2.5)).sum() / ((x - 3.5) ** 2).sum())
    assert fit.of("own") == pytest.approx(slope)
    residuals = y - 2.5 - slope * (x - 3.5)
    assert fit.r_squared == pytest.approx(1 - (residuals**2).sum() / ((y - 2.5) ** 2).sum())
    meat = sum(((x - 3.5) * residuals)[n : n + 2].sum() ** 2 for n in (0, 2, 4))
    expected = np.sqrt(3 / 2 * 5 / 4 * meat) / ((x - 3.5) ** 2).sum()
    assert fit.errors[1] == pytest.approx(expected)
