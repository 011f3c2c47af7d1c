"""Texts that all sides were given: what each is, how it is named, and what talks keep of it."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from hikiwake.api import load
from hikiwake.api.reading import text_for
from hikiwake.explain.options.talks import command_of
from hikiwake.findings.talks import Budget, Talks
from hikiwake.findings.texts import KINDS, Reading, Text
from hikiwake.formats.beside.talks import read_talks, write_talks
from hikiwake.formats.beside.texts import text_of
from hikiwake.model import FrozenMap, Outcome
from tests.unit.cli.cast import Shell

TODAY: Outcome = FrozenMap({"bench": "ben", "lathe": "ann"})
DISPUTE = """hikiwake = 1
parties = [{ id = "ann" }, { id = "ben", language = "ja" }]
issues = [{ id = "bench", kind = "item" }, { id = "lathe", kind = "item" }]
tolerance = "1/20"
status_quo = { bench = "ben", lathe = "ann" }
[preferences.ann]
walk_away = 20
points = { bench = 60, lathe = 40 }
[preferences.ben]
walk_away = "20.7719"
points = { bench = "40.3319", lathe = "59.6681" }
"""
ASKED = {
    "settlement": Text(Reading.SETTLEMENT),
    "settlement=nash": Text(Reading.SETTLEMENT, rule="nash"),
    "settlement.joint=,fewest-shares": Text(Reading.SETTLEMENT, fewest_shares=True, joint=True),
    "partial": Text(Reading.PARTIAL),
    "partial.json=nash": Text(Reading.PARTIAL, rule="nash", as_json=True),
    "alternatives.json=2,1/4": Text(Reading.ALTERNATIVES, 2, Fraction(1, 4), as_json=True),
    "improvements=agreed.json": Text(Reading.IMPROVEMENTS, agreed=TODAY),
    "improvements.joint=agreed.json,,0.5": Text(
        Reading.IMPROVEMENTS, within=Fraction(1, 2), agreed=TODAY, joint=True
    ),
    "remedies.json": Text(Reading.REMEDIES, as_json=True),
    "robustness": Text(Reading.ROBUSTNESS),
    "robustness.json=1/10,3": Text(Reading.ROBUSTNESS, error=Fraction(1, 10), seed=3, as_json=True),
    "honesty=4": Text(Reading.HONESTY, seed=4),
    "honesty.json.joint": Text(Reading.HONESTY, as_json=True, joint=True),
}


def laid(shell: Shell) -> str:
    """Write the dispute and the package that is agreed; return the path of the first."""
    shell.file(json.dumps(dict(TODAY)), "agreed.json")
    return shell.file(DISPUTE)


def test_every_kind_is_asked_for_here() -> None:
    """What follows holds of every kind of text, and of all that can be asked of it."""
    asked = {(t.kind, name) for t in ASKED.values() for name in KINDS[t.kind].takes
             if getattr(t, name) != getattr(Text(t.kind), name)}  # fmt: skip
    takes = {(kind, name) for kind, one in KINDS.items() for name in one.takes}
    assert {text.kind for text in ASKED.values()} == {*Reading} == {*KINDS}
    assert takes - asked == {(Reading.IMPROVEMENTS, "count")}


@pytest.mark.parametrize(("asked", "text"), ASKED.items(), ids=ASKED)
def test_a_text_is_what_its_command_prints(shell: Shell, asked: str, text: Text) -> None:
    """What the meter compares is, byte by byte, what the command of that name prints for a side, in
    its own language; JSON is the same object."""
    path = laid(shell)
    dispute = load(path)
    assert text_of(dispute, asked) == text
    command, *words = command_of(text).strip("“”").replace("…", "agreed.json").split()
    slow = text.kind in (Reading.ROBUSTNESS, Reading.HONESTY)
    for party in ("ann", "ben")[slow:]:
        ran = shell.run(command, path, *(() if text.joint else ("--audience", party)), *words)
        read = text_for(dispute, text, party)
        if text.as_json:
            assert ran.json == json.loads(read)
        else:
            assert ran.out.splitlines() == read.replace("\u00a0", " ").splitlines()


def test_talks_keep_each_kind_of_text_and_nobodys_points(shell: Shell) -> None:
    """Each text is read again from the file as it was noted; the file is the same, byte by byte,
    whatever the sides want: it holds what was asked for, and the package that is agreed."""
    dispute, place = load(laid(shell)), shell.folder / "talks.json"
    talks = Talks(Budget(), shown=TODAY, texts=tuple(ASKED.values()))
    write_talks(dispute, talks, place)
    assert read_talks(dispute, place) == talks
    kept = place.read_text("utf-8")
    assert all(point not in kept for point in ("20.7719", "40.3319", "59.6681"))
    ann, ben = dispute.preferences["ann"], dispute.preferences["ben"]
    swapped = {"ann": replace(ben, party="ann"), "ben": replace(ann, party="ben")}
    write_talks(replace(dispute, preferences=FrozenMap(swapped)), talks, place)
    assert place.read_text("utf-8") == kept


def test_texts_without_the_settlement_are_noted_and_metered(shell: Shell) -> None:
    """A text in which the settled package does not stand leaves it unshown, and less is left; it is
    read again without the file of the agreed package; the mediator reads by which commands."""
    path = laid(shell)
    adjust = ("adjust", path, "--talks", "talks.json")
    before = shell.run(*adjust, "--json").json["exposures"]
    texts = ("--shown-text", "partial", "--shown-text", "improvements=agreed.json,3")
    noted = shell.run(*adjust, *texts)
    assert "tell them: “settle --partial”, “alternatives --from … --count 3”." in noted.words
    (shell.folder / "agreed.json").unlink()
    after = shell.run(*adjust, "--json").json
    assert after["refused"]
    assert any(b["left"] > a["left"] for b, a in zip(before, after["exposures"], strict=True))
    kept = json.loads((shell.folder / "talks.json").read_text("utf-8"))
    assert kept["shown"] is None
    assert kept["texts"][1]["agreed"] == dict(TODAY)


@pytest.mark.parametrize(
    "asked",
    [
        "partial",
        "settlement=nahs",
        "improvements=torn.json",
        "improvements=part.json,2",
        "honesty=x",
    ],
)
def test_what_nobody_can_have_been_given_is_not_noted(shell: Shell, asked: str) -> None:
    """A text that its command refuses, or a file that holds no whole package: then talks are not
    begun, and those that are under way stay as they are."""
    laid(shell)
    without_today = [line for line in DISPUTE.splitlines() if not line.startswith("status_quo")]
    path = shell.file("\n".join(without_today))
    shell.file("{", "torn.json")
    shell.file('{"bench": "ann"}', "part.json")
    adjust = ("adjust", path, "--talks", "talks.json")
    ran = shell.run(*adjust, "--shown-text", asked)
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert not Path("talks.json").exists()
    assert shell.run(*adjust).code in (0, 1)
    kept = Path("talks.json").read_bytes()
    assert shell.run(*adjust, "--shown-text", asked).code == 2
    assert Path("talks.json").read_bytes() == kept
