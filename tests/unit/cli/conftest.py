"""The command line, ready to be run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.cast import Shell
from tests.unit.cli.table import ANN, BEN, PUBLIC, begin


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    """Return a shell in an empty folder, 80 columns wide, without colour."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("FORCE_COLOR", "NO_COLOR", "HIKIWAKE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return Shell(tmp_path, monkeypatch, capsys)


@pytest.fixture
def laid(shell: Shell) -> Shell:
    """A shell in a folder with a table, keys, and each side's preference file."""
    shell.patch.chdir(shell.folder)
    shell.file(PUBLIC)
    shell.file(ANN, "ann.toml")
    shell.file(BEN, "ben.toml")
    for who in ("ann", "ben", "mediator"):
        assert shell.run("keys", "new", who).code == 0
    assert begin(shell, "table").code == 0
    return shell
