"""``hikiwake alternatives``: several packages, for each reader, and from what is agreed."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest

from tests.unit.cli.cast import DEARER, NONE, SAMPLE, TIES, Shell, choice

# (.5, .52), (.52, .5), (.7, .35), (1, 0), (0, 1); Ben's numbers are canaries.
MENU = choice(
    {"a": 50, "b": 52, "c": 70, "d": 100, "e": 0},
    {"a": "52.717", "b": "50.303", "c": "35.211", "d": "0.909", "e": "100.101"},
)


def test_the_first_package_is_the_settled_one(shell: Shell) -> None:
    """Package A is what `settle` shows, and the exit code says whether it is a draw."""
    path = shell.file(MENU)
    found = shell.run("alternatives", path, "--count", "2", "--json")
    settled = shell.run("settle", path, "--json")
    assert found.json["packages"][0]["outcome"] == settled.json["outcome"]
    assert [package["draw"] for package in found.json["packages"]] == [True, True]
    assert found.code == 0
    assert shell.run("alternatives", shell.file(DEARER)).code == 1
    assert shell.run("alternatives", shell.file(NONE)).code == 1


def test_people_read_letters_and_what_changes(shell: Shell) -> None:
    """Each package has a letter, and each side's points move against package A."""
    words = shell.run("alternatives", shell.file(MENU), "--count", "3").words
    for part in ("Package A", "Package C", "Otherwise than in package A: deal –", "A draw."):
        assert part in words
    assert "What it costs to be even, in package A" in words


def test_ties_are_called_free_choices(shell: Shell) -> None:
    """The tie of (.5, .5) is package B, and a free choice."""
    words = shell.run("alternatives", shell.file(TIES), "--count", "2").words
    assert "A free choice: it is worth exactly as much to every side as package A." in words


def test_more_may_count_as_a_draw(shell: Shell) -> None:
    """With --within 3/10, (.7, .35) is among three packages that are looked at."""
    path = shell.file(MENU)
    assert shell.run("alternatives", path, "--count", "2", "--json").json["considered"] == 2
    wide = shell.run("alternatives", path, "--count", "2", "--within", "3/10", "--json")
    assert (wide.json["considered"], wide.json["within"]) == (3, "3/10")


@pytest.mark.parametrize("audience", ["ann", "joint"])
@pytest.mark.parametrize("form", [["--json"], []])
def test_bens_numbers_reach_nobody_else(shell: Shell, audience: str, form: list[str]) -> None:
    """Neither Ben's 52.717 and 50.303 nor the step of 2.41 between them leaves the mediator."""
    path = shell.file(MENU)
    theirs = shell.run("alternatives", path, "--audience", audience, *form).out
    assert not [secret for secret in ("52.7", "50.3", "35.2", "2.41", "717/") if secret in theirs]
    mediators = shell.run("alternatives", path, *form).out
    assert "2.41" in mediators or "52717/1000" in mediators


def test_one_package_alone_is_told_as_one(shell: Shell) -> None:
    """Nothing is said of others, nor of comparing choices, where there is one package."""
    told = shell.run("alternatives", shell.file(DEARER), "--count", "1").out
    assert "It is no draw." in told
    assert "None of them" not in told
    assert "The others are" not in told
    assert "Every way to choose" not in told


def test_what_is_agreed_may_be_what_settle_printed(shell: Shell) -> None:
    """From the draw itself nothing is better for both; from (40, 30) two packages are."""
    path = shell.file(
        choice({"a": 50, "b": 52, "c": 40, "d": 100}, {"a": 52, "b": 50, "c": 30, "d": 0})
    )
    printed = shell.file(shell.run("settle", path, "--json").out, "agreed.json")
    ran = shell.run("alternatives", path, "--from", printed)
    assert "No package is better for every side than the one that is agreed." in ran.words
    assert ran.code == 1
    low = shell.file('deal = "c"\n', "low.toml")
    found = shell.run("alternatives", path, "--from", low, "--json").json
    assert {package["outcome"]["deal"] for package in found["packages"]} == {"a", "b"}
    assert found["agreed"] == {"deal": "c"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('deal = "z"\n', "no option has the id 'z'"),
        ('dael = "a"\n', "no issue has the id 'dael'"),
        ("deal = 3\n", "The agreed package, issue 'deal': a number"),
        ("other = 1\n", "nothing about issue 'deal'"),
        ("deal = \n", "line 1"),
        (MENU, "The agreed package: a dispute. An outcome, issue by issue"),
    ],
)
def test_an_agreed_package_is_checked(shell: Shell, text: str, fault: str) -> None:
    """What is no package of the dispute is refused with its place and what to do."""
    ran = shell.run("alternatives", shell.file(MENU), "--from", shell.file(text, "agreed.toml"))
    assert ran.code == 2
    assert fault in " ".join(ran.err.split())
    assert "agreed.toml" in ran.err


@pytest.mark.parametrize("wrong", [["--within", "x"], ["--within", "2"], ["--count", "0"]])
def test_options_out_of_bounds_are_refused(shell: Shell, wrong: list[str]) -> None:
    """A part that is none, or a number of packages that cannot be, ends with code 2."""
    ran = shell.run("alternatives", shell.file(MENU), *wrong)
    assert (ran.code, ran.out) == (2, "")


def test_a_party_gets_its_own_offers(shell: Shell) -> None:
    """Ann's object has offers of equal worth to her alone, and no key of anybody else's."""
    ran = shell.run("alternatives", shell.file(SAMPLE), "--audience", "ann", "--json")
    assert set(ran.json) == {
        "hikiwake", "audience", "status", "agreed", "within", "packages", "walk_away",
        "equal_worth", "illustrative",
    }  # fmt: skip
    assert all(set(offer) == {"outcome", "utility"} for offer in ran.json["equal_worth"])
    assert "ben" not in json.dumps([p["differences"] for p in ran.json["packages"]])


@pytest.mark.parametrize("audience", ["mediator", "ann", "joint"])
def test_where_to_look_further_is_told(shell: Shell, audience: str) -> None:
    """Without an agreement `settle` is named for the limits, without a draw its remedies; beside a
    draw, and from what is agreed, neither."""
    limits, remedies = "Which limits cannot all hold, `hikiwake settle` tells.", "settle --remedies"
    english = ("--language", "en")
    said = {
        name: shell.run("alternatives", shell.file(text), *english, "--for", audience).words
        for name, text in {"none": NONE, "uneven": DEARER, "draw": MENU}.items()
    }
    assert [limits in said[name] for name in ("none", "uneven", "draw")] == [True, False, False]
    assert [remedies in said[name] for name in ("none", "uneven", "draw")] == [False, True, False]
    agreed = shell.file('deal = "a"\n', "agreed.toml")
    from_there = shell.run("alternatives", shell.file(MENU), "--from", agreed, "--for", audience)
    assert "`hikiwake settle" not in from_there.words


def test_without_an_agreement_it_is_said_that_nothing_is_drawn(shell: Shell) -> None:
    """No picture is written, and the text says why, also where a package is set by hand."""
    path = shell.file(NONE)
    for words in (["alternatives", path], ["adjust", path, "--set", "deal=a"], ["frontier", path]):
        ran = shell.run(*words, "--plot", "none.svg")
        assert ran.code == 1
        assert "No picture. No package is acceptable to every side" in " ".join(ran.err.split())
    assert not Path("none.svg").exists()


@pytest.mark.parametrize("bound", ["MAX_SOLIDS", "MAX_MEETINGS"])
def test_a_frontier_that_cannot_be_listed_leaves_the_packages_in_the_picture(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    """With no face allowed, or no look at where they cut each other, a garden and a shed have no
    frontier to list: what is offered is drawn without it, and both picture and sentence say so."""
    module = import_module("hikiwake.solvers.hulls.crossed")
    monkeypatch.setattr(module, bound, 0)
    text = """hikiwake = 1
parties = [{ id = "kim" }, { id = "lou" }, { id = "mia" }]
issues = [{ id = "beds", kind = "share" }, { id = "shed", kind = "item" }]
preferences.kim.points = { beds = 60, shed = 40 }
preferences.lou.points = { beds = 80, shed = 20 }
preferences.mia.points = { beds = 70, shed = 30 }
"""
    path, said = shell.file(text), "The whole frontier cannot be listed here"
    assert shell.run("frontier", path).code == 2
    ran = shell.run("alternatives", path, "--plot", "packages.svg")
    assert (ran.code, said in " ".join(ran.err.split())) == (0, True)
    drawn = Path("packages.svg").read_text("utf-8")
    assert said in drawn
    assert "Package E" in drawn


def test_a_picture_of_them_is_for_the_mediator(shell: Shell) -> None:
    """Each package is marked by its letter; a side, and what starts from an agreement, get none."""
    path, picture = shell.file(SAMPLE), shell.folder / "packages.svg"
    ran = shell.run("alternatives", path, "--count", "3", "--within", "1", "--plot", str(picture))
    assert "packages of the frontier" in ran.err
    drawn = picture.read_text("utf-8")
    assert "Package B" in drawn
    assert "Package C" in drawn
    agreed = shell.file('house = "ann"\n', "agreed.toml")
    for more in (("--audience", "ann"), ("--from", agreed)):
        refused = shell.run("alternatives", path, "--plot", str(picture), *more)
        assert refused.code == 2
        assert "Option --plot" in refused.err
