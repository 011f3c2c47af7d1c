"""``hikiwake robustness``: what it prints, to whom, and how it refuses."""

from __future__ import annotations

import re
from pathlib import Path

from tests.unit.cli.cast import NONE, SAMPLE, Shell, choice

TEXT = """
hikiwake = 1
title = "Two things"
parties = [{ id = "ann", name = "Ann" }, { id = "ben", name = "Ben" }]
issues = [{ id = "piano", kind = "item" }, { id = "desk", kind = "item" }]
[preferences.ann]
points = { piano = [50, 60], desk = 45 }
[preferences.ben]
points = { piano = 40, desk = [50.717, 54.303] }
"""
WIDE = TEXT.replace("[50, 60]", "[20, 90]")
NOTHING_PROVED = TEXT.replace("[50, 60]", "[20, 100]").replace("= 45", "= 30")


def test_the_exit_code_says_whether_it_holds(shell: Shell) -> None:
    """0: a draw for all answers; 1: not for all, or no package; a side learns only of the draw."""
    assert shell.run("robustness", shell.file(TEXT)).code == 0
    assert shell.run("robustness", shell.file(WIDE)).code == 1
    assert shell.run("robustness", shell.file(WIDE), "--audience", "ben").code == 0
    assert shell.run("robustness", shell.file(NONE)).code == 1


def test_the_mediator_reads_everything(shell: Shell) -> None:
    """What is proved, what was drawn, the radius, the gains and what matters most are told."""
    words = shell.run("robustness", shell.file(TEXT)).words
    for part in (
        "It is a draw for all answers in these ranges.",
        "drawn at random from the ranges it is a draw for 1,000",
        "Even as the sides answered: it stays a draw",
        "Which answers matter most",
        "Worst regret",
    ):
        assert part in words
    assert "not for all answers in these ranges" in shell.run("robustness", shell.file(WIDE)).words


def test_what_is_known_is_not_called_unknown(shell: Shell) -> None:
    """55 beside 60 is as far apart as a draw may be: that the least error ends it is said alone."""
    edge = TEXT.replace("[50, 60]", "55").replace("[50.717, 54.303]", "60")
    words = shell.run("robustness", shell.file(edge)).words
    assert "With errors of up to 0.1 % there are answers for which it is none." in words
    assert "not known to stay" not in words


def test_json_is_exact_for_the_mediator_and_rounded_for_a_side(shell: Shell) -> None:
    """Ann's least gain is 10/19; she reads "about 55 %", and no figure of the whole."""
    path = shell.file(TEXT)
    told = shell.run("robustness", path, "--json").json
    assert told["gains"]["ann"] == {
        "least": "10/19", "most": "4/7", "worst_regret": "9/19",
        "worst_regret_at_least": "9/19", "exactness": "exact"
    }  # fmt: skip
    assert (told["holds"], told["sampled"]["draws"], told["sampled"]["seed"]) == (True, 1000, 0)
    own = shell.run("robustness", path, "--audience", "ann", "--json").json
    assert own["own_gain"] == {"least": "about 55 %", "most": "about 55 %"}
    assert not {"holds", "radius", "gains", "sampled", "fails", "error"} & own.keys()


def test_nobody_else_reads_ben_s_numbers(shell: Shell) -> None:
    """No decimals of Ben's ranges, and no row of his, stand in Ann's or the joint text or data."""
    path = shell.file(TEXT)
    for audience in ("ann", "joint"):
        for form in ([], ["--json"]):
            printed = shell.run("robustness", path, "--audience", audience, *form).out
            assert "717" not in printed
            assert "303" not in printed
            assert "desk – Ben" not in printed


def test_the_error_of_other_answers_can_be_said(shell: Shell) -> None:
    """--error widens what has no range; what is no part of a range is refused, clearly."""
    path = shell.file(TEXT)
    assert shell.run("robustness", path, "--error", "1/10", "--json").json["error"] == "1/10"
    beyond, no_number = "a number below 0 or above 1", "a text that is no number"
    for wrong, found in (("2", beyond), ("x", no_number), ("-1", beyond)):
        refused = shell.run("robustness", path, f"--error={wrong}")
        assert refused.code == 2
        assert f"Option --error: {found}" in " ".join(refused.err.split())


def test_without_ranges_a_twentieth_is_assumed(shell: Shell) -> None:
    """Where nobody gave a range every answer may be off by a twentieth, and that is told."""
    path = shell.file(choice({"a": 60, "b": 100, "c": 0}, {"a": 60, "b": 0, "c": 100}))
    found = shell.run("robustness", path)
    assert "may be off by 5 % of the side's own range" in found.words


def test_a_side_with_nothing_to_gain_is_left_out_and_named(shell: Shell) -> None:
    """Who can neither gain nor lose is not compared, and with one side left there is no draw."""
    found = shell.run("robustness", shell.file(choice({"a": 0, "b": 0}, {"a": 60, "b": 0})))
    assert found.code == 1
    assert "they can neither gain nor lose: Ann" in found.words
    assert "no draw as the sides answered" in found.words


def test_a_side_that_gains_nothing_as_answered_but_might_elsewhere_is_told(shell: Shell) -> None:
    """It is left out as answered and compared elsewhere: the same text names it, exit 1."""
    text = choice({"a": 10, "b": 10}, {"a": 60, "b": 0}, walk_away="[5, 15]")
    found = shell.run("robustness", shell.file(text))
    assert found.code == 1
    assert "they are compared wherever they could gain something: Ann." in found.words


def test_a_group_in_which_something_is_divided_is_answered(shell: Shell) -> None:
    """Shares are covered within a group that is not for trade, and outside of any."""
    group = '[[groups]]\nid = "g"\nissues = ["savings"]\nnot_for_trade = true\n'
    for text in (SAMPLE + group, SAMPLE):
        assert "of all packages" in shell.run("robustness", shell.file(text)).words.lower()


def test_a_certificate_is_written_and_checked(shell: Shell, tmp_path: Path) -> None:
    """--certificate writes a file for its owner only, the text says proven, and check takes it."""
    path, proof = shell.file(TEXT), tmp_path / "proof.json"
    found = shell.run("robustness", path, "--certificate", str(proof))
    assert found.code == 0
    assert "Proven for every answer in the ranges: it is a draw." in found.words
    assert "Checked:" in found.words
    assert proof.stat().st_mode & 0o777 == 0o600
    checked = shell.run("check", str(proof), path)
    assert checked.code == 0
    assert "It is a draw for every answer in the ranges." in checked.words
    other = shell.run("check", str(proof), shell.file(WIDE))
    assert other.code == 1
    assert "another dispute" in other.words
    told = shell.run("check", str(proof), "--json").json
    assert told["valid"] is True
    assert told["cases"] > 10


def test_a_certificate_is_refused_where_it_must_not_be(shell: Shell, tmp_path: Path) -> None:
    """Not for a side, not over a file; where nothing is proved that is said, and none written."""
    path, proof = shell.file(TEXT), tmp_path / "proof.json"
    asked = shell.run("robustness", path, "--certificate", str(proof), "--audience", "ann")
    assert asked.code == 2
    assert "every side said in confidence" in " ".join(asked.err.split())
    wide = shell.run("robustness", shell.file(NOTHING_PROVED), "--certificate", str(proof))
    assert wide.code == 1
    assert "No certificate: no draw is proved" in wide.err
    assert not proof.exists()
    proof.write_text("mine", "utf-8")
    assert shell.run("robustness", path, "--certificate", str(proof)).code == 2
    assert proof.read_text("utf-8") == "mine"


def test_the_picture_is_the_mediator_s(shell: Shell, tmp_path: Path) -> None:
    """--plot writes a picture with one sentence; for a side it is refused before anything else."""
    path, picture = shell.file(TEXT), tmp_path / "most.svg"
    drawn = shell.run("robustness", path, "--plot", str(picture))
    assert picture.stat().st_size > 1000
    assert "What matters most is" in drawn.err
    assert shell.run("robustness", path, "--plot", str(picture), "--audience", "ann").code == 2


def test_a_picture_is_drawn_where_a_side_can_neither_gain_nor_lose(
    shell: Shell, tmp_path: Path
) -> None:
    """A third side to which nothing matters is left out, and the picture drawn; or all are."""
    third = TEXT.replace("parties = [", 'parties = [{ id = "cem" }, ') + "[preferences.cem]\n"
    one = re.sub(r"points = \{ piano = 40.*", "", TEXT)
    for text in (third, one):
        picture = tmp_path / "most.svg"
        drawn = shell.run("robustness", shell.file(text), "--plot", str(picture))
        assert drawn.code in (0, 1)
        assert picture.stat().st_size > 1000
        picture.unlink()


def test_every_bar_of_the_picture_has_its_row(shell: Shell, tmp_path: Path) -> None:
    """Of 14 answers in doubt those that matter most are drawn, and each stands in the table."""
    options = ", ".join(f'"o{n}"' for n in range(7))
    worth = {"ann": range(0, 70, 10), "ben": range(60, -1, -10)}
    text = (
        'hikiwake = 1\nparties = [{ id = "ann" }, { id = "ben" }]\n'
        f'issues = [{{ id = "deal", kind = "choice", options = [{options}] }}]\n'
    ) + "".join(
        f"[preferences.{party}]\nwalk_away = 5\n[preferences.{party}.values.deal]\n"
        + "".join(f"o{n} = {points + 1}\n" for n, points in enumerate(own))
        for party, own in worth.items()
    )
    picture = tmp_path / "most.svg"
    shown = shell.run("robustness", shell.file(text), "--plot", str(picture)).out
    table = shown.split("Which answers matter most")[1].split("The smallest worst regret")[0]
    drawn = re.findall(r"(?:ann|ben): (?:deal – o\d|Without an agreement)", picture.read_text())
    rows = re.findall(r"(ann|ben) +(deal – o\d|Without an agreement)", table)
    assert len(rows) == 10
    assert set(drawn) >= {f"{party}: {answer}" for party, answer in rows}
    assert len(set(drawn)) == 10
