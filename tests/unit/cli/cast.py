"""Disputes for the command line, and a way to run it as a person would."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hikiwake.cli import main

HEADER = """hikiwake = 1
title = "{title}"
[[parties]]
id = "ann"
name = "Ann"
language = "ja"
[[parties]]
id = "ben"
name = "Ben"
"""

# design.md, section 5: house 55 / savings 45 against house 40 / savings 60, nothing at home.
SAMPLE = (
    HEADER.format(title="House and savings")
    + """
[[issues]]
id = "house"
kind = "item"
[[issues]]
id = "savings"
kind = "share"
[preferences.ann.points]
house = 55
savings = 45
[preferences.ben.points]
house = 40
savings = 60
"""
)

CHOICE = """
[[issues]]
id = "deal"
kind = "choice"
options = [{options}]
[preferences.ann]
walk_away = {walk_away}
[preferences.ann.values.deal]
{ann}
[preferences.ben.values.deal]
{ben}
"""


def choice(
    ann: dict[str, int | str], ben: dict[str, int | str], walk_away: int | str = 0, more: str = ""
) -> str:
    """Return a dispute over one choice, by each side's points for its options."""
    return (
        HEADER.format(title="One choice")
        + CHOICE.format(
            options=", ".join(f'"{option}"' for option in ann),
            walk_away=walk_away,
            ann="\n".join(f"{option} = {points}" for option, points in ann.items()),
            ben="\n".join(f"{option} = {points}" for option, points in ben.items()),
        )
        + more
    )


# Gains (.20, .25), (.90, .24), (1, 0), (0, 1): uneven, and an even package that is dearer.
DEARER = choice({"a": 20, "b": 90, "c": 100, "d": 0}, {"a": 25, "b": 24, "c": 0, "d": 100})
# (.5, .5) twice, (1, 0), (0, 1): a draw with a tie.
TIES = choice({"a": 50, "b": 50, "c": 100, "d": 0}, {"a": 50, "b": 50, "c": 0, "d": 100})
# (.48, .5), (.5, .48), (1, 0), (0, 1): a draw with a twin.
TWINS = choice({"a": 48, "b": 50, "c": 100, "d": 0}, {"a": 50, "b": 48, "c": 0, "d": 100})
# (80, 40), (60, 60), (40, 80), and (160, 0), which moves the answer from the second to the first.
LURE = choice({"a": 80, "b": 60, "c": 40, "d": 160}, {"a": 40, "b": 60, "c": 80, "d": 0})
# Both together come to 5/6 and 3/4; the well alone is even at 10 and 10 of 20 each.
FENCE = (
    HEADER.format(title="A fence and a well")
    + """
[status_quo]
border = "today"
well = "closed"
[[issues]]
id = "border"
kind = "choice"
options = ["today", "moved"]
[[issues]]
id = "well"
kind = "choice"
options = ["closed", "both", "hers", "his"]
[preferences.ann.values]
border = { today = 0, moved = 50 }
well = { closed = 0, both = 10, hers = 20, his = 0 }
[preferences.ben.values]
border = { today = 0, moved = -5 }
well = { closed = 0, both = 10, hers = 0, his = 20 }
"""
)
# Ann walks away from `a`, Ben's red line forbids `b`; the other numbers and words are canaries.
NONE = choice(
    {"a": 50, "b": "70717"},
    {"a": 52, "b": 50},
    60,
    '[[preferences.ben.red_lines]]\nnever = { deal = "b" }\nwhy = "CANARY-BEN"\n',
)


@dataclass(frozen=True)
class Ran:
    """What a run of the command line left behind."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """What was printed, on one line: where it was broken does not matter."""
        return " ".join(self.out.split())

    @property
    def json(self) -> Any:
        """The object that was printed."""
        return json.loads(self.out)


class Shell:
    """Runs the command line in a folder of its own."""

    def __init__(
        self, folder: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self.patch = patch
        self._capsys = capsys

    def file(self, text: str, name: str = "dispute.toml") -> str:
        """Write a file and return its path."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return str(path)

    def run(self, *words: str) -> Ran:
        """Run ``hikiwake`` with these words."""
        self.patch.setattr(sys, "argv", ["hikiwake", *words])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = self._capsys.readouterr()
        return Ran(int(stopped.value.code or 0), out.replace("\u00a0", " "), err)
