"""``hikiwake plan``: what is printed and written for whom, and what a script learns."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hikiwake.proof import plan_checker
from tests.unit.cli.cast import HEADER, Shell

STEPS = """hikiwake = 1
title = "Three steps"
illustrative = true
parties = [{ id = "ann", name = "Ann" }, { id = "ben", name = "Ben" }]
[[obligations]]
id = "a"
by = "ann"
for = "ben"
name = "the keys"
latest = 2027-06-30
checked = "the lock turns"
[[obligations]]
id = "b1"
by = "ben"
name = "the first payment"
checked = "the bank"
[[obligations]]
id = "b2"
by = "ben"
name = "the second payment"
checked = "the bank"
[private.ann]
range = 20
points = { a = -4, b1 = 5, b2 = 5 }
[private.ben]
range = 6
points = { a = 10, b1 = -3, b2 = -3 }
"""
DISPUTE = (
    HEADER.format(title="A gate")
    + """
[status_quo]
gate = "shut"
[[issues]]
id = "gate"
kind = "choice"
options = ["shut", "open"]
[preferences.ann.values.gate]
shut = 0
open = 10
[preferences.ben.values.gate]
shut = 0
open = 6
"""
)
GATE = """hikiwake = 1
[[obligations]]
id = "opens"
by = "ben"
carries = ["gate"]
checked = "it stands open"
[[obligations]]
id = "paint"
by = "ann"
for = "ben"
checked = "both look"
[private.ann.points]
paint = -1
[private.ben.points]
opens = -7
paint = 5
"""
EXAMPLES = Path(__file__).parents[3] / "examples"


def test_the_mediator_sees_the_order_and_its_demand(shell: Shell) -> None:
    """The three steps worked out by hand stand in the mediator's text."""
    ran = shell.run("plan", shell.file(STEPS))
    assert ran.code == 0
    assert "the first payment; the second payment; the keys" in ran.words
    assert "1/5 (20 %) 100 %" in ran.words
    assert "Without a stake, a last step that costs its doer can never be safe" in ran.words


def test_json_has_the_figures_as_fractions(shell: Shell) -> None:
    """What --json prints for the mediator is the plan worked out by hand."""
    found = shell.run("plan", shell.file(STEPS), "--json").json
    assert (found["temptation"], found["exposure"]) == ("1/5", "1")
    assert found["bound"] == {"temptation": "1/5", "exposure": "1"}
    assert [point["exposure"] for point in found["trade_off"]] == ["1", "1/2", "1/5"]
    assert [step["trust"] for step in found["steps"]] == [{"ben": "3/7"}, {"ben": "3/10"}, {}]
    assert found["steps"][2]["tempted"] == ["ann"]
    assert found["at_once"] == ["a", "b2"]


def test_a_settlement_is_carried_out(shell: Shell) -> None:
    """Opening the gate gives Ann her 10 points for it; Ben's 6 less what it costs him besides."""
    dispute = shell.file(DISPUTE)
    found = shell.run("plan", dispute, "--plan", shell.file(GATE, "gate.toml"), "--json").json
    assert found["ends"] == {"ann": "9", "ben": "4"}
    assert found["ranges"] == {"ann": "10", "ben": "6"}
    order = [step["pieces"][0]["obligation"] for step in found["steps"]]
    assert order == ["opens", "paint"]
    assert found["moments"][1]["has"] == {"ann": "10", "ben": "-1"}


def test_what_is_decided_has_to_be_carried(shell: Shell) -> None:
    """A package of which nobody carries out an issue is no plan."""
    plan = shell.file(GATE.replace('carries = ["gate"]', ""), "gate.toml")
    ran = shell.run("plan", shell.file(DISPUTE), "--plan", plan)
    assert ran.code == 2
    assert "nothing carries it out" in " ".join(ran.err.split())


@pytest.mark.parametrize(("trust", "code"), [("3/7", 0), ("2/5", 1)])
def test_a_script_learns_whether_the_stated_trust_is_enough(
    shell: Shell, trust: str, code: int
) -> None:
    """Ben needs 3/7; the mediator and Ben learn whether that is there, and Ann does not."""
    file = shell.file(STEPS.replace("range = 6", f'range = 6\ntrust = "{trust}"'))
    assert shell.run("plan", file).code == code
    assert shell.run("plan", file, "--audience", "ben").code == code
    assert shell.run("plan", file, "--audience", "ann").code == 0
    assert shell.run("plan", file, "--audience", "joint").code == 0


def test_a_calendar_is_written_in_the_readers_words(shell: Shell) -> None:
    """All three steps must be done by the day of the last one; no figure stands in the file."""
    target = shell.folder / "steps.ics"
    ran = shell.run("plan", shell.file(STEPS), "--calendar", str(target), "--audience", "ann")
    assert ran.code == 0
    text = target.read_text("utf-8")
    assert text.count("BEGIN:VEVENT") == 3
    assert text.count("DTSTART;VALUE=DATE:20270630") == 3
    assert "SUMMARY:3. Ann: the keys" in text
    assert "3/7" not in text
    again = shell.run("plan", shell.file(STEPS), "--calendar", str(target))
    assert (again.code, "there already" in again.err) == (2, True)


def test_no_dates_no_calendar(shell: Shell) -> None:
    """A plan without dates says what to do instead of writing an empty calendar."""
    file = shell.file(STEPS.replace("latest = 2027-06-30\n", ""))
    ran = shell.run("plan", file, "--calendar", str(shell.folder / "none.ics"))
    assert (ran.code, "no step with a date" in ran.err) == (2, True)
    assert not (shell.folder / "none.ics").exists()


def test_the_certificate_is_private_and_checks(shell: Shell) -> None:
    """It can be read by its owner only, and the program that checks it alone accepts it."""
    target = shell.folder / "certificate.json"
    assert shell.run("plan", shell.file(STEPS), "--certificate", str(target)).code == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    alone = [sys.executable, "-I", str(Path(plan_checker.__file__)), str(target)]
    run = subprocess.run(alone, capture_output=True, text=True, check=False)
    assert json.loads(run.stdout)["claims"]["trade_off"] is True


@pytest.mark.parametrize("option", ["--plot", "--certificate"])
@pytest.mark.parametrize("audience", ["ann", "joint"])
def test_what_holds_everybodys_figures_is_for_the_mediator(
    shell: Shell, option: str, audience: str
) -> None:
    """A picture or a certificate is not made for anybody else."""
    target = shell.folder / "out.png"
    ran = shell.run("plan", shell.file(STEPS), option, str(target), "--audience", audience)
    assert (ran.code, "H14" in ran.err) == (2, True)
    assert not target.exists()


def test_a_picture_is_drawn(shell: Shell) -> None:
    """The picture names its steps and its parties; texts stay texts in SVG."""
    target = shell.folder / "plan.svg"
    assert shell.run("plan", shell.file(STEPS), "--plot", str(target)).code == 0
    text = target.read_text("utf-8")
    for word in ("Three steps", "1. the first payment", "temptation", "the worst order"):
        assert word in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--audience", "anne"), "Did you mean 'ann'?"),
        (("--language", "xx"), "no texts in it"),
        (("--time-limit", "0"), "A number of seconds above 0"),
    ],
)
def test_what_cannot_be_used_is_said(shell: Shell, words: tuple[str, str], said: str) -> None:
    """Each wrong argument is named, with what to do."""
    ran = shell.run("plan", shell.file(STEPS), *words)
    assert (ran.code, said in " ".join(ran.err.split())) == (2, True)


def test_a_dispute_without_a_plan_says_where_one_belongs(shell: Shell) -> None:
    """The folder of a dispute needs plan.toml, and a plan that is named has to be there."""
    file = shell.file(DISPUTE)
    ran = shell.run("plan", file)
    assert (ran.code, "[[obligations]]" in ran.err) == (2, True)
    ran = shell.run("plan", file, "--plan", "nowhere.toml")
    assert (ran.code, "no such file" in ran.err) == (2, True)


@pytest.mark.parametrize("example", ["two-heirs", "four-islands"])
def test_the_examples_are_compared_with_the_worst_order_and_with_all_at_once(
    shell: Shell, example: str
) -> None:
    """The plan has no temptation, everything at once asks for nothing, the worst for much."""
    found = shell.run("plan", str(EXAMPLES / example), "--json").json
    assert found["temptation"] == "0"
    assert found["everything_at_once"] == {"temptation": "0", "exposure": "0"}
    expected = {"two-heirs": "4/17", "four-islands": "16/17"}
    assert found["worst"]["temptation"] == expected[example]


def test_a_plan_that_is_not_there_names_what_is_near(shell: Shell) -> None:
    """A misspelt path is told apart from a dispute without a plan."""
    shell.patch.chdir(shell.folder)
    shell.file(STEPS, "gate.toml")
    ran = shell.run("plan", "gaet.toml")
    assert (ran.code, ran.out) == (2, "")
    assert "no such file or folder. A plan" in " ".join(ran.err.split())
    assert "Did you mean 'gate.toml'?" in " ".join(ran.err.split())
