"""Talks on disk, changed by hand: what no talks within their budget can have come to is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from hikiwake.api import settle
from hikiwake.errors import FormatError
from hikiwake.findings.talks import Budget, Hiding, Talks, Told, Word
from hikiwake.formats.beside.agreed import read_agreed
from hikiwake.formats.beside.talks import read_talks, write_talks
from hikiwake.formats.native import dispute_from_text
from hikiwake.formats.results.settled import outcome_json
from hikiwake.model import FrozenMap, Value
from hikiwake.numeric import MAX_DIGITS
from tests.support.changing import changed

WORKSHOP = dispute_from_text("""
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [{ id = "bench", kind = "item" }, { id = "lathe", kind = "item" }]
[preferences.ann]
points = { bench = 60, lathe = 40 }
[preferences.ben]
points = { bench = 40, lathe = 60 }
""")
LONG = f"""
hikiwake = 1
parties = [{{ id = "ann" }}, {{ id = "ben" }}]
issues = [{{ id = "land", kind = "share" }}, {{ id = "house", kind = "item" }}]
[preferences.ann]
points = {{ land = "{"7" * 30}.{"3" * 30}", house = "{"5" * 30}.{"1" * 29}" }}
[preferences.ben]
points = {{ land = "{"9" * 30}.{"1" * 30}", house = "{"8" * 30}.{"7" * 29}" }}
"""
FIRST, SECOND = (FrozenMap[str, Value]({"bench": own, "lathe": "ben"}) for own in ("ann", "ben"))
STEPS = Hiding(step=Fraction(50), walk_away_step=Fraction(25))
TALKS = Talks(
    Budget(words=2, rounds=2, keep=Fraction(0), hiding=STEPS),
    round=2,
    put=FrozenMap({"ann": (FIRST, SECOND)}),
    told=(Told(2, FIRST, Word.EVEN), Told(2, SECOND, Word.NOT_EVEN)),
)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Talks in a file, in their second round, with both words of it told."""
    place = tmp_path / "talks.json"
    write_talks(WORKSHOP, TALKS, place)
    return place


def test_talks_are_read_as_they_were_written(kept: Path) -> None:
    """Budget, grid, packages and words come back as they were."""
    assert read_talks(WORKSHOP, kept) == TALKS


def test_a_settlement_of_many_digits_is_read_again(tmp_path: Path) -> None:
    """What was settled may have far more digits than any answer: kept in talks, or printed as JSON
    and taken as agreed, it is read as it was."""
    dispute = dispute_from_text(LONG)
    settled = settle(dispute).outcome
    assert settled is not None
    assert isinstance(land := settled["land"], FrozenMap)
    assert land["ann"].denominator > 10**MAX_DIGITS
    kept, printed = tmp_path / "talks.json", tmp_path / "settled.json"
    write_talks(dispute, replace(TALKS, put=FrozenMap(), told=(), shown=settled), kept)
    assert read_talks(dispute, kept).shown == settled
    printed.write_text(json.dumps({"outcome": outcome_json(settled)}), "utf-8")
    assert read_agreed(dispute, printed) == settled


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("hikiwake", 2),
        ("round", 1),
        ("budget/keep", "1"),
        ("budget/words", 1),
        ("budget/rounds", 1),
        ("budget/hiding/step", "7"),
        ("budget/hiding/walk_away_step", "1/10"),
        ("budget/hiding/total", "0"),
        ("told/0/round", 3),
        ("told/1/round", 1),
        ("told/1/outcome/bench", "ann"),
    ],
)
def test_what_no_talks_can_have_come_to_is_refused(kept: Path, path: str, value: object) -> None:
    """More words in a round than the budget has, words out of order or of a round that has not
    begun, two words about one package, or a budget that cannot be fixed were written by hand."""
    kept.write_text(json.dumps(changed(json.loads(kept.read_text("utf-8")), path, value)), "utf-8")
    with pytest.raises(FormatError, match="no talks, or changed by hand"):
        read_talks(WORKSHOP, kept)


def test_a_package_that_cannot_be_is_told_with_its_file(kept: Path) -> None:
    """Of an owner that is none, the file and the place in it are named."""
    raw = changed(json.loads(kept.read_text("utf-8")), "told/1/outcome/bench", "tim")
    kept.write_text(json.dumps(raw), "utf-8")
    with pytest.raises(FormatError) as refused:
        read_talks(WORKSHOP, kept)
    assert [fault.where for fault in refused.value.faults] == ["talks.json: told[2].bench"]
