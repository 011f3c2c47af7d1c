"""``hikiwake explain``, ``validate`` and ``new``."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from hikiwake.cli import options
from hikiwake.formats.templates import templates
from hikiwake.solvers.deadline import TimeIsOver
from hikiwake.solvers.merging import additive
from tests.unit.cli.cast import DEARER, HEADER, NONE, SAMPLE, Shell


def test_each_reader_is_told_in_its_own_language(shell: Shell) -> None:
    """Ann's language is Japanese, Ben has none: Japanese for her, English for him."""
    path = shell.file(SAMPLE)
    assert "引き分け" in shell.run("explain", path, "--for", "ann").out
    assert "This package is a draw" in shell.run("explain", path, "--for", "ben").out
    assert "ничья" in shell.run("explain", path, "--for", "ben", "--language", "ru").out.lower()


@pytest.mark.parametrize("command", ["settle", "explain", "alternatives"])
def test_who_reads_is_said_by_either_option(shell: Shell, command: str) -> None:
    """``--for`` and ``--audience`` mean the same, so that nobody has to remember which it was."""
    path = shell.file(SAMPLE)
    one, two = (shell.run(command, path, option, "ben") for option in ("--for", "--audience"))
    assert one.out == two.out
    assert one.code == two.code == 0


def test_the_joint_text_is_the_default_and_has_no_points(shell: Shell) -> None:
    """Without --for the joint text is told, which names no points."""
    path = shell.file(SAMPLE)
    assert shell.run("explain", path).out == shell.run("explain", path, "--for", "joint").out
    assert "57.14" not in shell.run("explain", path, "--language", "en").out


def test_explaining_is_done_whatever_the_answer(shell: Shell) -> None:
    """Exit 0 where there is no draw and no agreement: telling that is what was asked."""
    for dispute in (DEARER, NONE):
        assert shell.run("explain", shell.file(dispute), "--for", "mediator").code == 0


def test_the_mediators_text_has_what_settle_leaves_out(shell: Shell) -> None:
    """`settle` is the summary of `explain --for mediator`: shorter, every line of it there."""
    path = shell.file(DEARER)
    long = shell.run("explain", path, "--for", "mediator").out
    short = shell.run("settle", path).out
    assert "What a change would do" in long
    assert "What a change would do" not in short
    lines = [line for line in short.splitlines() if "█" not in line and "░" not in line]
    assert {line for line in lines if not line.startswith("→")} <= set(long.splitlines())


def test_a_sound_dispute_has_no_faults(shell: Shell) -> None:
    """Exit 0, and how many parties and issues there are."""
    ran = shell.run("validate", shell.file(SAMPLE))
    assert (ran.code, ran.out) == (0, "No faults.\n2 parties, 2 issues.\n")


@pytest.mark.parametrize(
    ("language", "sound", "size", "fill", "look", "hand"),
    [
        (
            "ja",
            "誤りはありません。",
            "当事者2名、論点1件。",
            "書き込んだら",
            "内容を確かめたら",
            "各当事者には",
        ),
        ("ru", "Ошибок нет.", "2 стороны, 1 вопрос.", "Заполните", "Просмотрите", "каждой стороне"),
    ],
)
def test_files_are_spoken_of_in_every_language(
    shell: Shell, language: str, sound: str, size: str, fill: str, look: str, hand: str
) -> None:
    """What new, validate, export and import say has no English in it but paths, commands, notes."""

    def said(*words: str) -> str:
        ran = shell.run(*words, "--language", language)
        assert ran.code == 0
        text = re.sub(r"^(  hikiwake |• |  ).*\n", "", ran.out, flags=re.MULTILINE).strip()
        assert not re.findall(r"\b(?!csv|toml|ours|back|one)[a-z]{2,}", text)
        return text

    path = shell.file(DEARER)
    assert said("validate", path) == f"{sound}\n{size}"
    assert fill in said("new", "ours")
    assert hand in said("export", path, "one.csv")
    assert look in said("import", "one.csv", "back")


@pytest.mark.parametrize("command", [["new", "n"], ["validate"], ["import"], ["export"]])
def test_a_language_without_texts_is_refused_before_anything_is_written(
    shell: Shell, command: list[str]
) -> None:
    """`--language fr` ends with 2, and no file is there that was not."""
    source = shell.file(DEARER)
    names = {"new": [], "validate": [source]}.get(command[0], [source, "written.csv"])
    before = set(Path().iterdir())
    ran = shell.run(*command, *names, "--language", "fr")
    assert ran.code == 2
    assert "Language 'fr'" in ran.err
    assert set(Path().iterdir()) == before


def test_all_faults_are_listed_and_counted(shell: Shell) -> None:
    """A missing option, an unknown party, a misspelt issue: three faults, each with its place."""
    broken = (
        HEADER.format(title="Broken")
        + """
[[issues]]
id = "deal"
kind = "choice"
options = ["a", "b"]
[[rules]]
never = { deal = "a" }
by = "anne"
[preferences.ann.values.deal]
a = 1
[preferences.ben.values.dael]
a = 1
b = 2
"""
    )
    ran = shell.run("validate", shell.file(broken))
    assert ran.code == 2
    assert ran.out.splitlines()[-1] == "3 faults."
    assert "rules[1].by" in ran.out
    assert "Did you mean 'ann'?" in ran.words
    assert "no points for 'b'" in ran.words
    assert "Did you mean 'deal'?" in ran.words


def test_validate_says_when_only_the_status_quo_can_result(shell: Shell) -> None:
    """One island that is not for trade, held by Ann: to be even it can only stay as it is."""
    frozen = (
        HEADER.format(title="One island")
        + """
[status_quo]
island = "shared"
[[issues]]
id = "island"
kind = "item"
others = ["shared"]
[[groups]]
id = "land"
issues = ["island"]
not_for_trade = true
[preferences.ann.points]
island = { ann = 10, ben = 0, shared = 5 }
[preferences.ben.points]
island = { ann = 0, ben = 10, shared = 5 }
"""
    )
    ran = shell.run("validate", shell.file(frozen))
    assert ran.code == 0
    assert "Group 'land' is not for trade, and only the status quo can result in it." in ran.out

    def late(*_: object) -> None:
        raise TimeIsOver("no time is left")

    shell.patch.setattr(additive, "pareto", late)
    shell.patch.setattr(options, "SECONDS", 1e-9)
    ran = shell.run("validate", shell.file(frozen))
    assert ran.code == 0
    assert "Group 'land': if only the status quo can result in it is not known." in ran.out
    free = shell.run("validate", shell.file(frozen.replace("not_for_trade = true", "")))
    assert "status quo" not in free.out


@pytest.mark.parametrize("template", templates())
@pytest.mark.parametrize("form", [[], ["--folder"]])
def test_a_new_dispute_can_be_settled_as_it_stands(
    shell: Shell, template: str, form: list[str]
) -> None:
    """Every template, as a file or as a folder, validates and settles at once."""
    ran = shell.run("new", "ours", "--template", template, *form)
    path = "ours" if form else "ours.toml"
    assert ran.code == 0
    assert f"hikiwake settle {path}" in ran.out
    assert shell.run("validate", path).out.startswith("No faults.")
    assert shell.run("settle", path, "--json").json["status"] in ("draw", "uneven")


def test_the_help_names_every_template(shell: Shell) -> None:
    """`hikiwake new --help` lists the templates that there are, and no other."""
    told = shell.run("new", "--help").out.split("--template")[1].split("[default")[0]
    assert set(re.findall(r"[a-z]+(?:-[a-z]+)*", told)) - {"or"} == set(templates())


def test_private_files_of_a_new_folder_are_private(shell: Shell) -> None:
    """Preference files can be read by their owner only; the public file by everybody."""
    shell.run("new", "ours", "there", "--folder")
    private = sorted(Path("there/ours/preferences").iterdir())
    assert [path.name for path in private] == ["ann.toml", "ben.toml"]
    assert {path.stat().st_mode & 0o077 for path in private} == {0}
    assert Path("there/ours/dispute.toml").exists()


def test_nothing_is_overwritten(shell: Shell) -> None:
    """A file or folder of that name stays as it is, and the answer is exit 2."""
    shell.file("mine", "ours.toml")
    shell.file("mine", "home/keep.txt")
    assert shell.run("new", "ours").code == 2
    assert shell.run("new", "home", "--folder").code == 2
    assert Path("ours.toml").read_text() == "mine"
    assert [path.name for path in Path("home").iterdir()] == ["keep.txt"]


@pytest.mark.parametrize("name", ["../x", "a/b", ".hidden", "a*b", "x" * 81, " x"])
def test_a_name_that_leads_elsewhere_is_refused(shell: Shell, name: str) -> None:
    """A name is a name, no path: exit 2, and nothing is written."""
    assert shell.run("new", name).code == 2
    assert list(shell.folder.iterdir()) == []


def test_the_name_of_a_file_is_taken_with_its_ending(shell: Shell) -> None:
    """`new heirs.toml` writes heirs.toml, and a folder is called heirs."""
    assert shell.run("new", "heirs.toml").code == 0
    assert Path("heirs.toml").is_file()
    assert shell.run("new", "heirs.toml", "--folder").code == 0
    assert Path("heirs/dispute.toml").is_file()


def test_what_to_do_next_can_be_pasted_into_a_shell(shell: Shell) -> None:
    """A name with a blank is quoted in the commands that are named."""
    ran = shell.run("new", "our flat")
    (validate, settle) = [line for line in ran.out.splitlines() if line.startswith("  hikiwake")]
    assert shlex.split(validate) == ["hikiwake", "validate", "our flat.toml"]
    assert shlex.split(settle) == ["hikiwake", "settle", "our flat.toml"]


def test_an_unknown_template_is_answered_with_the_known_ones(shell: Shell) -> None:
    """`two-hairs` is answered with `two-heirs`."""
    ran = shell.run("new", "ours", "--template", "two-hairs")
    assert ran.code == 2
    assert "Did you mean 'two-heirs'?" in ran.err
