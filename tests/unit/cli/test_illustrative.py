"""Where every number is invented, whatever is printed or written says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.cast import HEADER, Shell

DISPUTE = (
    HEADER.format(title="A boat").replace("hikiwake = 1", "hikiwake = 1\nillustrative = true", 1)
    + """
[[issues]]
id = "boat"
kind = "item"
[[issues]]
id = "hut"
kind = "item"
[preferences.ann]
points = { boat = [50, 60], hut = 45 }
[preferences.ben]
points = { boat = 40, hut = [50, 54] }
"""
)
PACKAGES = '[packages.A]\nboat = "ann"\nhut = "ben"\n'
HISTORY = """hikiwake = 1
history = 1
dispute = "dispute.toml"
[[entries]]
date = "2001"
[[entries.positions]]
party = "ann"
offers = { boat = "ann" }
"""
SAY = ("--packages", "packages.toml", "--say", "A=neither", "--consent")


@pytest.fixture
def beside(shell: Shell) -> Shell:
    for text, name in ((DISPUTE, "dispute"), (PACKAGES, "packages"), (HISTORY, "history")):
        shell.file(text, f"{name}.toml")
    for party in ("ann", "ben"):
        said = shell.run("felt", "dispute.toml", *SAY, "--as", party, "--answers", f"{party}.json")
        assert said.code == 0
    return shell


@pytest.mark.parametrize(
    "command",
    [
        ("settle", "dispute.toml"),
        ("frontier", "dispute.toml"),
        ("alternatives", "dispute.toml"),
        ("adjust", "dispute.toml"),
        ("adjust", "dispute.toml", "--for", "ann", "--set", "boat=ann", "--set", "hut=ben"),
        ("robustness", "dispute.toml", "--for", "ann"),
        ("progress", "history.toml"),
        ("felt", "dispute.toml", "--packages", "packages.toml", "--answers", "ann.json"),
    ],
    ids=lambda command: " ".join(command[::2]),
)
def test_every_object_says_that_its_numbers_are_invented(
    command: tuple[str, ...], beside: Shell
) -> None:
    """So does each JSON object, to the mediator and to a side."""
    assert json.loads(beside.run(*command, "--json").out)["illustrative"] is True


def test_what_research_gets_says_so_too(beside: Shell) -> None:
    """No study counts an export whose numbers are invented: it can be told from the others."""
    answers = ("--answers", "ann.json", "--answers", "ben.json", "--export", "study.json")
    beside.run("felt", "dispute.toml", "--packages", "packages.toml", *answers)
    assert json.loads(Path("study.json").read_text("utf-8"))["illustrative"] is True
