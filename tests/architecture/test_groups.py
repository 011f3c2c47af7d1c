"""Tests of one group run in one process, so that what they share is found once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

NAMED = '@pytest.mark.xdist_group("together")'
TEST = """
import os, pathlib, pytest

GROUP
@pytest.mark.parametrize("n", range(6))
def test_grouped(n):
    pathlib.Path(__file__).with_name(f"{n}.txt").write_text(os.environ["PYTEST_XDIST_WORKER"])
"""


def workers_of(folder: Path, group: str, *plugins: str) -> list[str]:
    """Return which of two processes runs each of six tests, so marked."""
    (folder / "test_grouped.py").write_text(TEST.replace("GROUP", group), "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = slow", "utf-8")
    words = [word for plugin in ("xdist", *plugins) for word in ("-p", plugin)]
    subprocess.run(
        [sys.executable, "-m", "pytest", *words, "-n", "2", "--dist", "loadgroup"],
        env=os.environ
        | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""}
        | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
        cwd=folder,
        capture_output=True,
        check=True,
    )
    workers = [path.read_text("utf-8") for path in folder.glob("*.txt")]
    assert len(workers) == 6
    return workers


def test_a_group_of_tests_stays_in_one_process(tmp_path: Path) -> None:
    """Of two processes one runs the whole group; with pytest 9.2 and xdist 3.8 both run parts."""
    assert len(set(workers_of(tmp_path, NAMED))) == 1


@pytest.mark.parametrize(("mark", "processes"), [("", 1), ("@pytest.mark.slow", 2)])
def test_quick_tests_of_a_file_stay_in_one_process(
    tmp_path: Path, mark: str, processes: int
) -> None:
    """By our own rules one process runs the quick tests of a file, and both share the slow ones."""
    assert len(set(workers_of(tmp_path, mark, "tests.conftest"))) == processes
