"""What every test may rely on: the `shared` folder and the Hypothesis profiles.

HIKIWAKE_SHARED          the folder with the shared cases; without it `shared` tests skip visibly
HIKIWAKE_REQUIRE_SHARED  set to 1: a skipped `shared` test is a failure (as .ci/run wants it)
HYPOTHESIS_PROFILE       dev (default), or ci: same examples every time, no deadline
"""

from __future__ import annotations

import gc
import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.shared import WHY_SKIPPED, shared_root

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev")
)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared cases, or skip."""
    root = shared_root()
    if root is None:
        pytest.skip(WHY_SKIPPED)
    return root


@pytest.hookimpl(tryfirst=True)  # before xdist looks for groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    divided = getattr(config.option, "loadgroup", False)
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker("shared")
        # Quick tests of a file go to one process: what one has found, the next one has at hand.
        if divided and not any(map(item.get_closest_marker, ("slow", "xdist_group"))):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    # The slow ones first: at the end no process waits for another that has just begun on one.
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False  # else xdist begins with the groups of most tests
    # Fractions come and go by the million, and none is part of a ring: to look for rings after each
    # 700 new values, as Python does, takes 4 to 7 % of the time of the tests that are long.
    gc.set_threshold(20_000)


def pytest_collection_finish() -> None:
    gc.freeze()  # all tests stay to the end: looking through them again and again frees nothing


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("shared") and shared_root() is None:
        pytest.skip(WHY_SKIPPED)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    required = os.environ.get("HIKIWAKE_REQUIRE_SHARED") == "1"
    skipped = report.skipped and not hasattr(report, "wasxfail")
    if required and skipped and item.get_closest_marker("shared"):
        report.outcome = "failed"
        report.longrepr = f"skipped, though HIKIWAKE_REQUIRE_SHARED=1: {report.longrepr}"
    return report
