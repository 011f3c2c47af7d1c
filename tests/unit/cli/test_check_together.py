"""``hikiwake settle --certificates`` and ``hikiwake check`` of what each side holds of them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.unit.cli.cast import DEARER, NONE, SAMPLE, Shell

OWN, PUBLIC, FULL, OPENING = "c/parties/ann.json", "c/public.json", "c/full.json", "c/opening.json"
ITEMS = SAMPLE.replace('kind = "share"', 'kind = "item"')
ALL = ("--with", PUBLIC, "--with", FULL, "--with", OPENING)


@pytest.fixture
def handed(shell: Shell) -> Shell:
    """A shell in a folder with a dispute and the certificates of its settlement."""
    shell.patch.chdir(shell.folder)
    ran = shell.run("settle", shell.file(SAMPLE), "--certificates", "c")
    assert ran.code == 0
    assert "keep both to yourself, and together" in ran.err
    assert "parties/ann.json: for ann alone." in ran.err
    return shell


def mode(path: str) -> int:
    """Return the rights of a file."""
    return stat.S_IMODE(Path(path).stat().st_mode)


def test_each_file_has_the_rights_of_its_readers(handed: Shell) -> None:
    """All but the public certificate is readable by its owner only, the folder too."""
    assert {mode(path) for path in (OWN, "c/parties/ben.json", FULL, OPENING)} == {0o600}
    assert (mode("c"), mode(PUBLIC)) == (0o700, 0o644)
    assert len([path for path in Path("c").rglob("*") if path.is_file()]) == 5


def test_one_sides_certificate_says_what_holds_and_what_is_trusted(handed: Shell) -> None:
    """What was worked out comes first, then what must be taken on trust."""
    ran = handed.run("check", OWN)
    assert ran.code == 0
    shown, trusted = ran.out.split("To be taken on trust:\n")
    assert shown.startswith("Valid.\n• house: ann\n• savings: ann 1/21, ben 20/21\n")
    assert "It is worth 400/7 points to 'ann'." in shown
    assert "'draw' by the rule 'draw'" in " ".join(trusted.split())
    assert trusted.count("•") == 5


def test_the_public_one_shows_nothing_by_itself(handed: Shell) -> None:
    """It is not called valid: nothing can be worked out from it alone."""
    ran = handed.run("check", PUBLIC)
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Well formed. By itself it shows nothing.")


def test_a_party_finds_its_own_numbers_in_it(handed: Shell) -> None:
    """With its own file and the public part beside it, a party needs not compare by eye."""
    own = handed.file("points = { house = 55, savings = 45 }\n", "ann.toml")
    public = handed.file(SAMPLE.split("[preferences")[0], "public.toml")
    ran = handed.run("check", OWN, public, "--preferences", f"ann={own}")
    assert (ran.code, ran.words.count("Its numbers are those that 'ann' declared")) == (0, 1)
    assert "compare them with its own file" not in ran.words
    other = handed.file("points = { house = 54, savings = 45 }\n", "other.toml")
    ran = handed.run("check", OWN, public, "--preferences", f"ann={other}")
    assert (ran.code, ran.out.splitlines()[0]) == (1, "Not valid.")
    assert "the party's points for them, differ" in ran.words
    assert "54" not in ran.out
    assert "55" not in ran.out


def test_all_together_leave_nothing_to_trust(handed: Shell) -> None:
    """Who may see everything, the dispute too, need not trust anything."""
    ran = handed.run("check", OWN, "dispute.toml", *ALL)
    assert ran.code == 0
    assert "The full certificate is the one that was committed to." in ran.words
    assert "Checked: 3 cases, each closed by one line of arithmetic." in ran.words
    assert "trust" not in ran.out
    found = handed.run("check", FULL, *ALL[:2], "--with", OPENING, "--json").json
    assert found["kinds"] == ["full", "opening", "public"]
    assert (found["valid"], found["cases"], found["failure"]) == (True, 3, None)
    assert len(found["trust"]) == 1


def test_what_does_not_belong_together_is_not_valid(handed: Shell) -> None:
    """Texts of another settlement, even of the same dispute, are told apart."""
    handed.run("settle", "dispute.toml", "--certificates", "d")
    assert handed.run("check", OWN, "--with", "d/public.json").code == 1
    assert handed.run("check", OWN, "--with", FULL, "--with", "d/opening.json").code == 1
    other = handed.file(DEARER, "other.toml")
    ran = handed.run("check", OWN, other, *ALL, "--json")
    assert (ran.code, ran.json["valid"], ran.json["claims"]) == (1, False, [])
    ran = handed.run("check", PUBLIC, other, "--with", FULL, "--with", OPENING, "--json")
    assert (ran.code, ran.json["failure"]["code"]) == (1, "hash")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((OPENING,), "opening only"),
        ((FULL, "--with", OPENING), "full and opening only"),
        ((FULL, "--with", PUBLIC), "no opening"),
        ((PUBLIC, "--with", OPENING), "no full certificate"),
        ((OWN, "--with", "c/parties/ben.json"), "second file of the kind 'party'"),
        ((OWN, "--with", "dispute.toml"), "no such certificate"),
        ((OWN, "--with", "nowhere.json"), "no such file"),
        ((PUBLIC, "dispute.toml"), "a dispute beside it"),
    ],
)
def test_what_cannot_be_looked_at_together_is_said(
    handed: Shell, words: tuple[str, ...], says: str
) -> None:
    """Missing and surplus files are a fault of the input, with what to do."""
    ran = handed.run("check", *words)
    assert (ran.code, ran.out) == (2, "")
    assert says in " ".join(ran.err.split())


def test_nothing_is_overwritten(shell: Shell) -> None:
    """Where something stands already nothing is settled; nor where an id is no file's name."""
    shell.patch.chdir(shell.folder)
    Path("c").mkdir()
    ran = shell.run("settle", shell.file(SAMPLE), "--certificates", "c")
    assert (ran.code, ran.out, list(Path("c").iterdir())) == (2, "", [])
    path = shell.file(
        SAMPLE.replace('"ben"', '"b/n"').replace("preferences.ben", 'preferences."b/n"')
    )
    ran = shell.run("settle", path, "--certificates", "d")
    assert (ran.code, ran.out, Path("d").exists()) == (2, "", False)
    assert "b/n" in ran.err


@pytest.mark.parametrize(
    ("dispute", "words", "says"),
    [
        (NONE, (), "there is no package"),
        (ITEMS, ("--rule", "picking"), "the rule makes its package itself"),
    ],
)
def test_where_there_are_none_the_reason_is_told(
    shell: Shell, dispute: str, words: tuple[str, ...], says: str
) -> None:
    """Without a package or a full certificate nothing is written, and it is said why."""
    shell.patch.chdir(shell.folder)
    ran = shell.run("settle", shell.file(dispute), *words, "--certificates", "c", "--json")
    assert "No certificate" in ran.err
    assert says in ran.err
    assert not Path("c").exists()


def test_a_part_has_none(shell: Shell) -> None:
    """Together with --partial they are refused."""
    ran = shell.run("settle", shell.file(SAMPLE), "--partial", "--certificates", "c")
    assert ran.code == 2
    assert "--certificates" in ran.err
