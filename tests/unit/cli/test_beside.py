"""What commands say beside a text, of the files that they wrote: in the language of the text."""

from __future__ import annotations

import pytest

from tests.unit.cli.cast import SAMPLE, Shell
from tests.unit.cli.test_plan import STEPS
from tests.unit.cli.test_robustness import NOTHING_PROVED

CERTIFICATE = "Сертификат: {path}. В нём баллы всех сторон.\n"


def test_a_certificate_is_told_in_the_language_of_the_text(shell: Shell) -> None:
    """Asked for Russian, a settlement says in Russian that its certificate holds all points."""
    target = str(shell.folder / "c.json")
    ran = shell.run("settle", shell.file(SAMPLE), "--certificate", target, "--language", "ru")
    assert (ran.code, ran.err) == (0, CERTIFICATE.format(path=target))


def test_who_may_have_which_certificate_is_told_in_the_language_of_the_text(shell: Shell) -> None:
    """Asked for Japanese, the list of files is Japanese; names of files stay."""
    words = ("--certificates", str(shell.folder / "c"), "--language", "ja")
    first, *rest = shell.run("settle", shell.file(SAMPLE), *words).err.splitlines()
    assert first.startswith("検証用データ：")
    assert rest[1:] == [
        "  parties/ann.json：annだけのもの。",
        "  parties/ben.json：benだけのもの。",
        "  public.json：全員のもの。",
    ]


def test_why_there_is_no_certificate_is_told_in_the_language_of_the_text(shell: Shell) -> None:
    """That no draw is proved is said in Japanese, when asked."""
    words = ("--certificate", str(shell.folder / "c.json"), "--language", "ja")
    ran = shell.run("robustness", shell.file(NOTHING_PROVED), *words)
    assert "".join(ran.err.split()) == (
        "検証用データはありません：そのような答えについて、引き分けだと証明されたものがありません。"
    )


@pytest.mark.parametrize(
    ("option", "name", "said"),
    [
        ("--calendar", "steps.ics", ["予定表：", "日付のある手順：3件。"]),
        ("--plot", "steps.svg", ["図："]),
        ("--certificate", "steps.json", ["検証用データ：", "全員の数値が入っています。"]),
    ],
)
def test_what_a_plan_wrote_is_told_in_the_language_of_the_text(
    shell: Shell, option: str, name: str, said: list[str]
) -> None:
    """A calendar, a picture and a certificate of a plan are announced in Japanese, when asked."""
    words = (option, str(shell.folder / name), "--language", "ja")
    ran = shell.run("plan", shell.file(STEPS), *words)
    assert ran.code == 0
    assert all(one in ran.err for one in said)
    assert name in ran.err


def test_a_picture_has_its_reading_below_it_in_lines_that_fit(shell: Shell) -> None:
    """The path stands alone, and the sentence below it is broken at the width of the screen."""
    target = str(shell.folder / "frontier.svg")
    ran = shell.run("frontier", shell.file(SAMPLE), "--plot", target, "--language", "ru")
    empty, path, *reading = ran.err.splitlines()
    assert (empty, path) == ("", f"Рисунок: {target}")
    assert len(reading) > 1
    assert max(map(len, reading)) <= 80


def test_a_document_is_announced_in_its_own_language(shell: Shell) -> None:
    """A memorandum for Ann, whose language is Japanese, is announced in Japanese."""
    target = str(shell.folder / "own.md")
    ran = shell.run("statement", shell.file(SAMPLE), target, "--kind", "private", "--for", "ann")
    assert ran.out == f"書き出しました：{target}（読めるのはあなただけです）\n"


TOLD = [
    "settle",
    "explain",
    "alternatives",
    "adjust",
    "robustness",
    "frontier",
    "plan",
    "statement",
]


@pytest.mark.parametrize("command", TOLD)
def test_a_language_that_is_not_there_is_refused_before_anything_is_searched(
    shell: Shell, command: str
) -> None:
    """Nobody waits for a text in German only to be told that there is none."""

    def search(*_: object, **__: object) -> None:
        raise AssertionError("searched before it was known whether the answer can be told")

    for name in ("settle", "frontier", "alternatives", "adjust", "robustness", "plan"):
        shell.patch.setattr(f"hikiwake.api.{name}", search)
    more = ["out.md"] if command == "statement" else []
    ran = shell.run(command, shell.file(STEPS), *more, "--language", "de")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("Language 'de': no texts in it. Known: en, ja, ru (H3).")


def test_keys_are_spoken_of_in_the_language_that_is_asked_for(shell: Shell) -> None:
    """Making, showing, keeping and restoring keys is told in Russian, with the same fingerprint."""
    shell.patch.chdir(shell.folder)
    secret = shell.file("kettle orchard nine ferry\n", "passphrase.txt")
    made = shell.run("keys", "new", "ann", "--language", "ru").out.splitlines()
    assert made[:2] == [
        "Записано: ann.keys (секретно; читать можете только вы)",
        "Записано: ann.card (для всех)",
    ]
    assert shell.run("keys", "show", "ann.card", "--language", "ru").out.splitlines()[1] == made[2]
    how = ("--passphrase-file", secret, "--language", "ru")
    kept = shell.run("keys", "backup", "ann.keys", "ann.backup", *how).out.splitlines()
    assert kept == [
        "Записано: ann.backup",
        "Без парольной фразы её не откроет никто, и вы тоже.",
    ]
    again = shell.run("keys", "restore", "ann.backup", "again.keys", *how).out.splitlines()
    assert again == ["Записано: again.keys (ann; секретно)", made[2]]
