"""Tests that need the shared folder are seen to be skipped, or fail where that is not allowed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

NEEDS_SHARED = """
import pytest

def test_by_fixture(shared):
    assert shared.is_dir()

@pytest.mark.shared
@pytest.mark.parametrize("case", [])
def test_by_marker(case):
    assert case

def test_without():
    pytest.skip("for a reason of its own")
"""


@pytest.mark.parametrize(
    ("there", "required", "closing"),
    [
        (True, False, "1 passed, 2 skipped"),
        (False, False, "3 skipped"),
        (True, True, "1 passed, 1 skipped, 1 error"),
        (False, True, "1 skipped, 2 errors"),
    ],
)
def test_a_shared_test_is_never_skipped_unseen(
    tmp_path: Path, there: bool, required: bool, closing: str
) -> None:
    """Without the folder `shared` tests skip; where it is required, each such skip is an error."""
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_needs.py").write_text(NEEDS_SHARED, "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = shared: …\n", "utf-8")
    (tmp_path / "shared").mkdir()
    environment = os.environ | {
        "HIKIWAKE_SHARED": str(tmp_path / ("shared" if there else "missing")),
        "HIKIWAKE_REQUIRE_SHARED": "1" if required else "",
        "PYTHONPATH": str(ROOT),
        "PYTEST_ADDOPTS": "",
    }
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.splitlines()[-1].startswith(closing), run.stdout
    assert (run.returncode != 0) == required
