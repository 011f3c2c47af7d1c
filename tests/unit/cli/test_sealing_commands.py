"""``hikiwake keys``, ``record``, ``seal`` and ``open``, as people run them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.unit.cli.cast import Ran, Shell
from tests.unit.cli.table import (
    ANN,
    CANARIES,
    KEEPER,
    OPENING,
    begin,
    opened,
    public_files,
    seal,
    settled,
)


def test_keys_are_secret_and_cards_are_not(laid: Shell) -> None:
    """Keys have mode 0600, cards can be read; both show the same fingerprint."""
    assert (laid.folder / "ann.keys").stat().st_mode & 0o777 == 0o600
    assert (laid.folder / "ann.card").stat().st_mode & 0o777 == 0o644
    assert laid.run("keys", "show", "ann.keys").out == laid.run("keys", "show", "ann.card").out
    assert laid.run("keys", "new", "ann").code == 2


def test_what_was_sealed_settles_as_the_files_do(laid: Shell) -> None:
    """Sealed and opened, the dispute settles on the same package, with the same points."""
    opened(laid)
    whole = (
        "settle",
        "dispute.toml",
        "--preferences",
        "ann=ann.toml",
        "--preferences",
        "ben=ben.toml",
        "--json",
    )
    sealed = laid.run("settle", "table/private/opened", "--json")
    assert sealed.json == laid.run(*whole).json
    assert sealed.json["outcome"] == {"deal": "a"}


def test_what_was_opened_is_private(laid: Shell) -> None:
    """The folder that `open` writes can be read by its owner only."""
    opened(laid)
    assert (laid.folder / "table/private").stat().st_mode & 0o777 == 0o700
    for file in (laid.folder / "table/private").rglob("*.*"):
        assert file.is_dir() or file.stat().st_mode & 0o777 == 0o600


def test_no_canary_leaves_its_side(laid: Shell) -> None:
    """Nothing that a side said stands in what others can read: table, screens, errors."""
    said = [seal(laid, "ann"), laid.run("open", "table", *KEEPER)]
    said += [seal(laid, "ben"), laid.run("open", "table", *KEEPER)]
    said += [laid.run("record", "show", "table"), laid.run("record", "verify", "table")]
    said += [laid.run("open", "table", *KEEPER)]
    texts = "".join(ran.out + ran.err for ran in said).encode() + public_files(Path("table"))
    assert [canary for canary in CANARIES if canary.encode() in texts] == []


def test_a_faulty_preference_is_not_sealed(laid: Shell) -> None:
    """A preference that does not fit the dispute is refused before it is sealed, without its
    numbers."""
    laid.file(ANN.replace("b =", "c ="), "ann.toml")
    ran = seal(laid, "ann")
    assert ran.code == 2
    assert "no points for 'b'" in ran.err
    assert not any(canary in ran.err for canary in CANARIES)
    assert not Path("table/seals").exists()


@pytest.mark.parametrize("change", ["tolerance = 0.5\n", "price = 0\n"])
def test_a_table_with_another_dispute_is_refused(laid: Shell, change: str) -> None:
    """Tolerance and price are fixed before anybody seals: with others nobody seals or opens."""
    file = Path("table/dispute.toml")
    text = re.sub(r"(?m)^(tolerance|price) = .*\n", "", file.read_text())
    seal(laid, "ann")
    file.write_text(change + text)
    assert "not the dispute of the ground rules" in seal(laid, "ben").err


@pytest.mark.parametrize("who", ["ann", "ben"])
def test_a_tampered_seal_names_its_party(laid: Shell, who: str) -> None:
    """A seal that was changed on its way keeps everything closed, and names whose it is."""
    seal(laid, "ann")
    seal(laid, "ben")
    file = Path(f"table/seals/{who}.preference.seal")
    good = file.read_bytes()
    for bad in (good.replace(b'"box":"', b'"box":"A', 1), good[:-9] + b"AAAA" + good[-5:], b"{}\n"):
        file.write_bytes(bad)
        ran = laid.run("open", "table", *KEEPER)
        assert ran.code == 2
        assert who in ran.err
        assert ("ben" if who == "ann" else "ann") not in ran.err
        assert not Path("table/private/opened").exists()
    file.write_bytes(good)
    assert laid.run("open", "table", *KEEPER).code == 0


def test_one_sides_seal_under_the_others_name_is_refused(laid: Shell) -> None:
    """Ann's seal laid down as Ben's is refused."""
    seal(laid, "ann")
    shutil.copy("table/seals/ann.preference.seal", "table/seals/ben.preference.seal")
    ran = laid.run("open", "table", *KEEPER)
    assert ran.code == 2
    assert "ben.preference.seal" in ran.err


def test_seals_arrive_as_files(laid: Shell) -> None:
    """A seal that was handed over is entered and laid in its place, whatever the file's name."""
    for who in ("ben", "ann"):
        assert seal(laid, who, "--to", f"from-{who}").code == 0
        assert laid.run("record", "enter", "table", f"from-{who}", *KEEPER).code == 0
    assert laid.run("open", "table", *KEEPER).code == 0


@pytest.mark.parametrize(
    ("ann", "ben", "code"), [("yes", "yes", 0), ("yes", "no", 1), ("no", "no", 1)]
)
def test_a_yes_shows_only_if_all_said_yes(laid: Shell, ann: str, ben: str, code: int) -> None:
    """Exit 0 if both said yes; else nobody's answer is told, here or in the record."""
    opened(laid)
    settled(laid)
    for who, answer in (("ann", ann), ("ben", ben)):
        words = ("package.json", "--answer", answer, *OPENING, "--keys", f"{who}.keys")
        assert laid.run("seal", "table", *words).code == 0
    ran = laid.run("open", "table", "--answers", *KEEPER)
    assert ran.code == code
    assert ("Everybody said yes." in ran.out) is (code == 0)
    assert ("who said yes knows what the other said" in ran.out) is (code == 1)
    assert ("by all" in laid.run("record", "show", "table").out) is True
    assert ("not by all" in laid.run("record", "show", "table").out) is (code == 1)


def test_nobody_answers_to_another_package(laid: Shell) -> None:
    """An answer is sealed only to the file that the record commits to."""
    opened(laid)
    settled(laid)
    Path("package.json").write_text("{ }")
    ran = laid.run(
        "seal", "table", "package.json", "--answer", "yes", *OPENING, "--keys", "ann.keys"
    )
    assert ran.code == 2
    assert "not the one that was settled on" in ran.words + " ".join(ran.err.split())


def test_a_step_is_one_of_the_plan_on_the_table(laid: Shell) -> None:
    """With a plan on the table only its ids are steps, and that plan has nothing private."""
    Path("proof.txt").write_text("done", "utf-8")
    plan = Path("table/plan.toml")

    def sign(step: str) -> Ran:
        words = ("sign", "table", "step", "--step", step, "--file", "proof.txt")
        return laid.run("record", *words, "--keys", "ann.keys", "--to", f"{step}.act")

    assert sign("deed").code == 0
    plan.write_text('hikiwake = 1\n[[obligations]]\nid = "payment"\nby = "ann"\n', "utf-8")
    assert sign("payment").code == 0
    ran = sign("paiment")
    assert ran.code == 2
    assert "Did you mean 'payment'?" in " ".join(ran.err.split())
    plan.write_text('hikiwake = 1\nprivate.ben.trust = "0.99009900"\n', "utf-8")
    ran = sign("payment")
    assert ran.code == 2
    assert "with private tables" in " ".join(ran.err.split())
    assert "990099" not in ran.err


def test_a_changed_record_is_not_used(laid: Shell) -> None:
    """`verify` answers 1 and names the entry; nothing is sealed or entered on a changed record."""
    opened(laid)
    file = Path("table/record.jsonl")
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([lines[0], lines[2], lines[1], lines[3]]))
    ran = laid.run("record", "verify", "table")
    assert (ran.code, "Changed at entry 2 (reordered)" in ran.out) == (1, True)
    assert laid.run("record", "show", "table").code == 2


def test_a_deadline_is_a_time(laid: Shell) -> None:
    """A deadline in another form, and another word for what follows, are refused."""
    assert begin(laid, "t2", "--deadline", "tomorrow").code == 2
    assert begin(laid, "t3", "--deadline", "2026-02-30T00:00:00Z").code == 2
    assert "without --deadline" in begin(laid, "t4", "--after-deadline", "open").err
    until = ("--deadline", "2000-01-01T00:00:00Z")
    assert begin(laid, "t4", *until, "--after-deadline", "perhaps").code == 2
    assert begin(laid, "t5", "--deadline", "2000-01-01T00:00:00Z").code == 0


def test_a_file_of_another_kind_is_named(laid: Shell) -> None:
    """A file that is mistaken for another is told by its kind, a folder by what it lacks."""
    laid.file("kettle orchard nine ferry\n", "phrase.txt")
    phrase = ("--passphrase-file", "phrase.txt")
    assert laid.run("keys", "backup", "ann.keys", "ann.backup", *phrase).code == 0
    for command in (
        ("keys", "show", "ann.backup"),
        ("keys", "backup", "ann.backup", "again", *phrase),
        ("seal", "table", "ann.toml", "--keys", "ann.backup"),
    ):
        ran = laid.run(*command)
        assert (ran.code, "of another kind: hikiwake backup 1" in ran.err) == (2, True)
    ran = laid.run("keys", "restore", "ben.keys", "again.keys", *phrase)
    assert "of another kind: hikiwake keys 1" in ran.err
    assert "of another kind: hikiwake card 1" in laid.run(
        "record", "enter", "table", "ann.card", *KEEPER
    ).err.replace("\n", " ")
    assert "Folder 'tabel': no such folder" in laid.run("record", "show", "tabel").err
    assert "no ground-rules.json in it" in laid.run("record", "show", ".").err


def test_nobody_seals_the_file_of_another_by_mistake(laid: Shell) -> None:
    """A file that carries another party's id is not sealed; under any other name it is."""
    ran = laid.run("seal", "table", "ben.toml", "--keys", "ann.keys")
    assert (ran.code, "named after 'ben'" in ran.err) == (2, True)
    assert not Path("table/seals").exists()
    laid.file(ANN, "mine.toml")
    assert laid.run("seal", "table", "mine.toml", "--keys", "ann.keys").code == 0


def test_what_was_entered_once_can_be_handed_over_again(laid: Shell) -> None:
    """A run of `enter` that stopped half-way is repeated: nothing counts twice, no seal is lost."""
    assert seal(laid, "ann", "--to", "first.seal").code == 0
    assert laid.run("record", "sign", "table", "agree", "--keys", "ben.keys").code == 0
    enter = ("record", "enter", "table", "first.seal", "ben.2.agree.act", *KEEPER)
    place = Path("table/seals/ann.preference.seal")
    first = laid.run(*enter)
    place.unlink()
    again = laid.run(*enter)
    assert (first.code, again.code) == (0, 0)
    assert "Entered before: 2, seal by ann\nEntered before: 3, agree by ben" in again.out
    assert place.read_bytes() == Path("first.seal").read_bytes()
    assert first.out.splitlines()[-1] == again.out.splitlines()[-1]
    assert seal(laid, "ann", "--to", "second.seal").code == 0
    assert laid.run("record", "enter", "table", "second.seal", *KEEPER).code == 0
    assert laid.run("record", "enter", "table", "first.seal", *KEEPER).code == 0
    assert place.read_bytes() == Path("second.seal").read_bytes()


def test_what_was_opened_can_be_written_again(laid: Shell) -> None:
    """A lost folder comes back the same; the record, in which the opening stands, is untouched."""
    opened(laid)
    folder, record = Path("table/private/opened"), Path("table/record.jsonl").read_bytes()
    files = {file.name: file.read_bytes() for file in folder.rglob("*.*")}
    shutil.rmtree(folder)
    assert laid.run("open", "table", *KEEPER).code == 0
    assert {file.name: file.read_bytes() for file in folder.rglob("*.*")} == files
    assert Path("table/record.jsonl").read_bytes() == record


def test_a_passphrase_is_asked_for_on_a_terminal_only(laid: Shell) -> None:
    """Where nobody can be asked, the option that would do is named, and nothing is written."""
    ran = laid.run("keys", "backup", "ann.keys", "ann.backup")
    assert (ran.code, "--passphrase-file" in ran.err) == (2, True)
    assert not Path("ann.backup").exists()


def test_the_cards_are_those_of_the_parties(laid: Shell) -> None:
    """A table needs one card for each party, no other."""
    ran = laid.run(
        "record",
        "begin",
        "dispute.toml",
        "t",
        *KEEPER,
        "--card",
        "ann.card",
        "--card",
        "mediator.card",
    )
    assert ran.code == 2
    assert "One card for each party" in ran.err


def test_what_was_committed_to_can_be_shown(laid: Shell) -> None:
    """With its opening a file is the very one of an entry; another file, or opening, is not."""
    opened(laid)
    laid.file("proven", "proof.json")
    laid.file("other", "other.json")
    Path("package.json").write_text("{}")
    signed = ("--file", "package.json", "--certificate", "proof.json", *KEEPER)
    assert laid.run("record", "sign", "table", "settle", *signed).code == 0
    opening = "table/private/5.settle.certificate.opening"
    ran = laid.run("record", "match", "table", "proof.json", opening)
    assert (ran.code, "Entry 5: settle by mediator" in ran.out) == (0, True)
    assert ran.out.startswith("The very file that the record commits to: certificate.")
    ran = laid.run("record", "match", "table", "other.json", opening)
    assert (ran.code, "Another file" in ran.out) == (1, True)
    assert laid.run("record", "match", "table", "package.json", OPENING[1]).code == 0
    assert begin(laid, "second").code == 0
    ran = laid.run("record", "match", "second", "proof.json", opening)
    assert (ran.code, ran.out) == (1, "No entry of the record commits to this opening.\n")
    assert laid.run("record", "match", "table", "proof.json", "proof.json").code == 2
    assert laid.run("record", "match", "table", "nowhere.json", opening).code == 2


def test_the_table_speaks_the_language_of_who_acts(laid: Shell) -> None:
    """Ann reads her own language without asking; everybody may ask for another one."""
    assert "封をしました" in seal(laid, "ann").out
    assert "Sealed: " in seal(laid, "ben").out
    assert (
        "Вскрыто одновременно: ann, ben."
        in laid.run("open", "table", *KEEPER, "--language", "ru").out
    )
    shown = laid.run("record", "show", "table", "--language", "ja").out
    assert "開封：ann, ben" in shown.replace("、", ", ")
    told = laid.run("record", "verify", "table").out
    assert told.startswith("Nothing in the record contradicts itself: 4 entries.")
    told = laid.run("record", "verify", "table", "--language", "ru").out
    assert told.startswith("В протоколе нет противоречий: 4 записи.")
    assert laid.run("record", "show", "table", "--language", "xx").code == 2


@pytest.mark.parametrize("language", ["en", "ja", "ru"])
def test_nothing_private_is_said_in_any_language(laid: Shell, language: str) -> None:
    """No number and no reason of a side is on any screen of sealing, opening and the record."""
    asked, said = ("--language", language), ""
    for who in ("ann", "ben"):
        said += seal(laid, who, *asked).out
    said += laid.run("open", "table", *KEEPER, *asked).out
    for words in (["show"], ["checkpoint"], ["verify"]):
        said += laid.run("record", *words, "table", *asked).out
    assert said
    assert not [canary for canary in CANARIES if canary in said]
