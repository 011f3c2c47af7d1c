"""Nothing private is repeated by a fault: canaries in every private place stay there (H14)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hikiwake.errors import InputError
from hikiwake.formats import read
from hikiwake.formats.native import dispute_from_text
from tests.unit.formats.samples import SMALL, faults_at, write_folder

WORD = "canaryword"
NUMBER = 987654321987
MANY = "9876543219" * 8

# Each with a fault of its own, as TOML: in Ann's preference, the private part in it a canary.
WRONG = [
    f'walk_away = "{WORD}"',
    f"walk_away = [{NUMBER}, {NUMBER}, {NUMBER}]",
    f"walk_away = {MANY}",
    f"walk_away = {NUMBER}e999",
    f'walk_away = {{ {WORD} = "{WORD}" }}',
    f"walk_away = {NUMBER}x",
    f"walk_away = {NUMBER}\nwalk_away = {NUMBER}",
    f'{WORD} = "{WORD}"',
    f'points = {{ house = "{WORD}" }}',
    f"points = {{ house = {MANY} }}",
    f'points = {{ house = {{ ann = "{WORD}" }} }}',
    f"points = {{ house = {{ ann = {NUMBER} }} }}",
    f"points = {{ money = [{NUMBER}] }}",
    f"points = {{ money = {{ ann = {NUMBER} }} }}",
    f"points = {{ colour = {NUMBER} }}",
    f"values = {{ colour = {NUMBER} }}",
    f'values = {{ colour = "{WORD}" }}',
    f'values = {{ colour = {{ red = "{WORD}", blue = {MANY} }} }}',
    f"values = {{ colour = {{ red = {NUMBER} }} }}",
    f"curves = {{ rent = {NUMBER} }}",
    f'curves = {{ rent = ["{WORD}", [{NUMBER}]] }}',
    f"curves = {{ rent = [[{NUMBER}, {NUMBER}, {NUMBER}]] }}",
    f"curves = {{ rent = [[{NUMBER}, 1], [10, {NUMBER}]] }}",
    f'curves = {{ rent = [[0, "{WORD}"], [10, 1]] }}',
    f'constraints = ["{WORD} + {NUMBER} < 1"]',
    f"constraints = [{{ terms = {{ {WORD} = {NUMBER} }}, equal = {NUMBER} }}]",
    f"constraints = [{{ terms = {{ house = {NUMBER} }}, {WORD} = {NUMBER} }}]",
    f"constraints = [{{ terms = {{ house = 1 }}, equal = {NUMBER} }}]\npoints.house = 1",
    f'constraints = [{{ terms = {{ house = "{WORD}" }}, equal = 1 }}]\npoints.house = 1',
    f'ranks = ["{WORD}", {NUMBER}]',
    f'ranks = ["house", "colour.{WORD}"]\npoints.house = {NUMBER}',
    f'ranks = ["house", "money"]\npoints = {{ house = 1, money = {NUMBER} }}',
    f'red_lines = "{WORD}"',
    f'red_lines = ["{WORD}"]',
    f'red_lines = [{{ {WORD} = "{WORD}" }}]',
    f'red_lines = [{{ never = "{WORD}" }}]',
    f'red_lines = [{{ never = {{ {WORD} = "{WORD}" }} }}]',
    f'red_lines = [{{ never = {{ house = "{WORD}" }} }}]',
    f"red_lines = [{{ never = {{ house = {NUMBER} }} }}]",
    f'red_lines = [{{ never = {{ house = ["ann", "{WORD}"] }} }}]',
    f"red_lines = [{{ never = {{ rent = {NUMBER} }} }}]",
    f"red_lines = [{{ never = {{ rent = {{ from = {NUMBER}, above = {NUMBER} }} }} }}]",
    f"red_lines = [{{ never = {{ hours = {{ from = {NUMBER} }} }} }}]",
    f'red_lines = [{{ never = {{ rent = {{ {WORD} = "{WORD}" }} }} }}]',
    f"red_lines = [{{ never = {{ money = {{ {WORD} = {{ above = 0.5 }} }} }} }}]",
    f'red_lines = [{{ never = {{ house = "x" }}, why = "{WORD}" }}]',
    f'red_lines = [{{ never = {{ house = "ann" }}, why = ["{WORD}"] }}]',
    f'red_lines = [{{ never = {{ house = "ann" }}, why = "\\u0007{WORD}" }}]',
    f'red_lines = [{{ never = {{ house = "ann", house = "{WORD}" }} }}]',
    f'red_lines = [{{ why = "{WORD}" }}]',
    f'bonuses = [{{ when = {{ house = "{WORD}" }}, points = 1 }}]',
    f'bonuses = [{{ when = {{ house = "ann" }}, points = "{WORD}" }}]',
    f'bonuses = [{{ when = {{ house = "x" }}, points = {NUMBER} }}]',
    f'bonuses = [{{ when = {{ house = "ann" }}, points = [{NUMBER}] }}]',
    f"bonuses = [{{ when = {{ money = {{ ann = {{ above = 0.{NUMBER} }} }} }}, points = 1 }}]",
    f"bonuses = [{{ points = {NUMBER} }}]",
    f'red_lines = [{{ never = {{ house = "ann" }}, why = "{WORD} }}]',
    f"walk_away = {NUMBER} {NUMBER}",
    f'"{WORD}',
]


def _assert_hidden(text: str) -> None:
    assert WORD not in text
    assert str(NUMBER) not in text
    assert MANY[:10] not in text


@pytest.mark.parametrize("lines", WRONG)
def test_no_fault_repeats_what_stands_in_a_private_place(lines: str, tmp_path: Path) -> None:
    """In one file and in a file of its own: a fault is found, and repeats no canary."""
    with pytest.raises(InputError) as caught:
        dispute_from_text(SMALL.replace("[preferences.ann]", f"[preferences.ann]\n{lines}"))
    _assert_hidden(str(caught.value))
    _assert_hidden(repr(caught.value.faults))
    public = SMALL.partition("[preferences.ann]")[0]
    found = faults_at(write_folder(tmp_path, public, ann=lines, ben="walk_away = 0"))
    assert found
    _assert_hidden(repr(found))


@pytest.mark.parametrize("lines", WRONG)
def test_no_traceback_carries_what_stands_in_a_private_place(lines: str) -> None:
    """The errors behind an error, which a log would show, are cut off or hold no canary."""
    with pytest.raises(InputError) as caught:
        dispute_from_text(SMALL.replace("[preferences.ann]", f"[preferences.ann]\n{lines}"))
    error: BaseException | None = caught.value
    while error is not None:
        _assert_hidden(str(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def test_public_faults_show_no_canary_from_preferences(tmp_path: Path) -> None:
    """Faults of the public part stay silent about private parts that are right."""
    private: dict[str, Any] = {
        "walk_away": NUMBER,
        "points": {"house": {"ann": NUMBER, "ben": NUMBER}, "money": NUMBER},
        "values": {"colour": {"red": NUMBER, "blue": f"{NUMBER}/7"}},
        "curves": {"rent": [[0, NUMBER], [10, NUMBER]]},
        "red_lines": [{"never": {"house": "ben", "colour": "red"}, "why": WORD}],
        "bonuses": [{"when": {"house": "ann"}, "points": NUMBER}],
    }
    public = SMALL.partition("[preferences.ann]")[0]
    folder = write_folder(tmp_path, public, ben="walk_away = 0")
    (folder / "preferences" / "ann.json").write_text(json.dumps(private), "utf-8")
    read(folder)
    lines = public.splitlines()
    for place in range(len(lines)):
        broken = "\n".join(lines[:place] + lines[place + 1 :])
        (folder / "dispute.toml").write_text(broken, "utf-8")
        _assert_hidden(repr(faults_at(folder)))
