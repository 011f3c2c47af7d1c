"""``hikiwake settle --remedies``: what would make it even, to each reader what is its to know."""

from __future__ import annotations

import pytest

from tests.unit.cli.cast import DEARER, SAMPLE, Shell, choice

# Without Ben's red line (60, 60) would be a draw.
LINED = choice(
    {"a": 100, "b": 0, "c": 60},
    {"a": 0, "b": "100.717", "c": 60},
    0,
    '[[preferences.ben.red_lines]]\nnever = { deal = "c" }\nwhy = "CANARY-BEN"\n',
)


def test_the_dearer_package_and_the_proportion_are_there(shell: Shell) -> None:
    """Beside (.90, .24): the dearer package with its price, and a deal in turns that is even."""
    ran = shell.run("settle", shell.file(DEARER), "--remedies", "--json")
    found = ran.json["remedies"]
    assert ran.code == 1
    assert found["dearer"]["costs"] == {"ann": "7/10", "ben": "-1/100"}
    assert [turns["issue"] for turns in found["in_turns"]] == ["deal"]
    assert found["lottery"] is None
    assert "What would make it even" in shell.run("settle", shell.file(DEARER), "--remedies").out


def test_a_draw_has_no_remedies(shell: Shell) -> None:
    """For a draw the key is there and null, and the text has no such section."""
    assert shell.run("settle", shell.file(SAMPLE), "--remedies", "--json").json["remedies"] is None
    assert "make it even" not in shell.run("settle", shell.file(SAMPLE), "--remedies").out


@pytest.mark.parametrize("language", ["en", "ja", "ru"])
def test_an_uneven_package_says_where_to_go_on(shell: Shell, language: str) -> None:
    """The mediator of an uneven package reads, in every language, the commands that look for a
    draw and for other packages; of what was asked already, of a draw, and in JSON, nothing."""

    def says(text: str, *more: str) -> bool:
        path, spoken = shell.file(text), ["--language", language]
        out = shell.run("settle", path, *spoken, *more).out
        commands = [f"settle {path} --remedies", f"alternatives {path}"]
        return all(f"→ hikiwake {one} {' '.join(spoken)}\n" in out for one in commands)

    assert says(DEARER)
    assert not says(DEARER, "--remedies")
    assert not says(DEARER, "--json")
    assert not says(DEARER, "--rule", "nash")
    assert not says(SAMPLE)
    assert not says(choice({"a": 1, "b": 0}, {"a": 0, "b": 0}, 0))


@pytest.mark.parametrize("audience", ["ann", "joint"])
def test_sides_are_not_sent_to_commands_of_the_mediator(shell: Shell, audience: str) -> None:
    """A side reads nothing of them: it has no file to ask."""
    assert "hikiwake" not in shell.run("settle", shell.file(DEARER), "--audience", audience).out


@pytest.mark.parametrize("audience", ["ann", "joint", "mediator"])
@pytest.mark.parametrize("form", [["--json"], []])
def test_bens_red_line_is_told_to_ben_alone(shell: Shell, audience: str, form: list[str]) -> None:
    """That his line stands in the way is in Ben's output, and in nobody else's."""
    path = shell.file(LINED)
    others = shell.run("settle", path, "--remedies", "--audience", audience, *form).out
    assert "CANARY-BEN" not in others
    assert '"red_line"' not in others
    assert "Your red line" not in others
    bens = shell.run("settle", path, "--remedies", "--audience", "ben", *form).out
    assert "CANARY-BEN" in bens or '"red_line"' in bens


@pytest.mark.parametrize("others", [["--rule", "nash"], ["--partial"]])
def test_remedies_are_of_the_draw_and_of_the_whole(shell: Shell, others: list[str]) -> None:
    """By another rule, or of a part, they are refused with what to do instead."""
    ran = shell.run("settle", shell.file(DEARER), "--remedies", *others)
    assert (ran.code, ran.out) == (2, "")
    assert "H10" in ran.err or "--partial" in ran.err
