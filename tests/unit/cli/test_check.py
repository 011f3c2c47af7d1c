"""``hikiwake settle --certificate`` and ``hikiwake check``: files, exit codes, words."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tests.unit.cli.cast import DEARER, NONE, SAMPLE, Shell
from tests.unit.cli.test_plan import STEPS


@pytest.mark.parametrize(("dispute", "code"), [(SAMPLE, 0), (DEARER, 1), (NONE, 1)])
def test_a_certificate_is_written_and_found_valid(shell: Shell, dispute: str, code: int) -> None:
    """Whatever the answer, its certificate is a private file that `check` accepts."""
    path = shell.file(dispute)
    ran = shell.run("settle", path, "--certificate", "found.json", "--json")
    assert ran.code == code
    assert "found.json" in ran.err
    assert ran.json["certificate"]["cases"] >= 1
    assert ran.json["certificate_reason"] is None
    assert stat.S_IMODE(Path("found.json").stat().st_mode) == 0o600
    checked = shell.run("check", "found.json", path)
    assert (checked.code, checked.out.splitlines()[0]) == (0, "Valid.")
    assert "closed by one line of arithmetic" in checked.out


@pytest.mark.parametrize("reader", ["mediator", "joint", "ann"])
def test_beside_what_others_read_it_is_said_whose_the_certificate_is(
    shell: Shell, reader: str
) -> None:
    """It holds everybody's points, which is said; where the text is not for the mediator, so is
    that the certificate is."""
    ran = shell.run("settle", shell.file(SAMPLE), "--certificate", "c.json", "--for", reader)
    lines = ran.err.splitlines()
    assert len(lines) == (1 if reader == "mediator" else 2)


def test_a_certificate_never_replaces_a_file(shell: Shell) -> None:
    """Where something stands already nothing is written, and nothing is settled."""
    Path("found.json").write_text("mine", "utf-8")
    ran = shell.run("settle", shell.file(SAMPLE), "--certificate", "found.json")
    assert (ran.code, ran.out) == (2, "")
    assert Path("found.json").read_text("utf-8") == "mine"


def test_a_certificate_for_another_dispute_is_not_valid(shell: Shell) -> None:
    """The dispute beside a certificate must be the very one that it was made for."""
    shell.run("settle", shell.file(SAMPLE), "--certificate", "found.json")
    ran = shell.run("check", "found.json", shell.file(DEARER, "other.toml"), "--json")
    assert (ran.code, ran.json["valid"], ran.json["failure"]["code"]) == (1, False, "hash")


def test_what_a_text_cites_is_a_full_certificate(shell: Shell) -> None:
    """A dispute, or a party's certificate, in its place is called so."""
    path = shell.file(SAMPLE)
    shell.run("settle", path, "--certificates", "made")
    for other in (path, "made/parties/ann.json"):
        ran = shell.run("explain", path, "--certificate", other)
        assert (ran.code, ran.out) == (2, "")
        assert "no full certificate" in " ".join(ran.err.split())


def test_a_preference_belongs_to_a_dispute(shell: Shell) -> None:
    """--preferences without a dispute beside the certificate is refused, not passed over."""
    shell.run("settle", shell.file(SAMPLE), "--certificate", "found.json")
    ran = shell.run("check", "found.json", "--preferences", "ann=ann.toml")
    assert (ran.code, ran.out) == (2, "")
    assert "given without a dispute" in " ".join(ran.err.split())


def test_a_changed_certificate_is_not_valid(shell: Shell) -> None:
    """What no longer follows is named, with exit code 1."""
    shell.run("settle", shell.file(SAMPLE), "--certificate", "found.json")
    text = Path("found.json").read_text("utf-8")
    Path("changed.json").write_text(text.replace('"status":"draw"', '"status":"uneven"'), "utf-8")
    ran = shell.run("check", "changed.json")
    assert ran.code == 1
    assert ran.out.startswith("Not valid.\n")
    assert "(status)" in ran.out


def test_what_is_no_certificate_is_no_verdict(shell: Shell) -> None:
    """A file of another kind is not called not valid: it says what it is, and what would do."""
    ran = shell.run("check", shell.file(SAMPLE, "other.json"))
    assert (ran.code, ran.out) == (2, "")
    told = "no certificate. A certificate that `settle`, `robustness` or `plan` wrote"
    assert told in " ".join(ran.err.split())


def test_the_certificate_of_a_plan_is_recognised(shell: Shell) -> None:
    """The orders of the three steps are measured again, and that none needs less is established."""
    shell.run("plan", shell.file(STEPS), "--certificate", "plan.json")
    ran = shell.run("check", "plan.json")
    assert ran.code == 0
    assert ran.out.startswith("Valid.\n")
    assert "largest temptation is 1/5 of a side's range, its largest exposure 1." in ran.words
    assert "No order has a smaller largest temptation than order 1." in ran.words
    assert "Whatever else the order is, one of these has no more of both." in ran.words
    found = shell.run("check", "plan.json", "--json").json
    assert (found["valid"], found["failure"], len(found["claims"])) == (True, None, 6)


def test_a_plan_that_does_not_hold_is_not_valid(shell: Shell) -> None:
    """A lower demand than the order has is refused; so is what has not the form, which is named."""
    shell.run("plan", shell.file(STEPS), "--certificate", "plan.json")
    made = json.loads(Path("plan.json").read_text("utf-8"))
    made["points"][0]["temptation"] -= 1
    Path("less.json").write_text(json.dumps(made), "utf-8")
    less = shell.run("check", "less.json")
    assert less.code == 1
    assert "It claims an order with another demand than is claimed (claims)." in less.words
    Path("cut.json").write_text('{"hikiwake_plan": 1}', "utf-8")
    cut = shell.run("check", "cut.json")
    assert cut.code == 1
    assert "(shape). plan_checker.py describes it" in cut.words


def test_what_is_not_established_of_a_plan_is_not_said(shell: Shell) -> None:
    """Without its refutations only the orders' own figures are established; with some, how much."""
    shell.run("plan", shell.file(STEPS), "--certificate", "plan.json")
    made = json.loads(Path("plan.json").read_text("utf-8"))
    Path("bare.json").write_text(json.dumps(made | {"refuted": []}), "utf-8")
    bare = shell.run("check", "bare.json")
    assert "It is not established that no other order has less of both." in bare.words
    assert "No order" not in bare.words
    low = {"temptation": 0, "exposure": None, "from": "start", "sets": 9}
    none = {"temptation": None, "exposure": 0, "from": "start", "sets": 9}
    Path("some.json").write_text(json.dumps(made | {"refuted": [low, none]}), "utf-8")
    some = shell.run("check", "some.json")
    assert "Every order has a largest temptation above 0." in some.words
    assert "with at most that temptation has a largest exposure above 0." in some.words


def test_a_plan_takes_nothing_beside_it(shell: Shell) -> None:
    """No dispute is what a plan's certificate could be about, and no other file goes with it."""
    shell.run("plan", shell.file(STEPS), "--certificate", "plan.json")
    beside = shell.run("check", "plan.json", shell.file(SAMPLE))
    assert (beside.code, beside.out) == (2, "")
    assert "Leave the dispute out." in beside.err
    other = shell.run("check", "plan.json", "--with", "plan.json")
    assert (other.code, other.out) == (2, "")
    assert "the certificate of a plan" in " ".join(other.err.split())


def test_where_the_form_is_described_is_told(shell: Shell) -> None:
    """A certificate that is cut off is not valid, and the page with its form is named."""
    shell.run("settle", shell.file(SAMPLE), "--certificate", "found.json")
    Path("cut.json").write_text(Path("found.json").read_text("utf-8")[:300], "utf-8")
    ran = shell.run("check", "cut.json")
    assert ran.code == 1
    assert "docs/reference/certificate.md" in ran.out


def test_a_file_that_cannot_be_read_is_no_verdict(shell: Shell) -> None:
    """A missing file has exit code 2, and the text says what to do."""
    ran = shell.run("check", "nothing.json")
    assert (ran.code, ran.out) == (2, "")
    assert "nothing.json" in ran.err


def test_where_there_is_none_the_reason_is_told(shell: Shell) -> None:
    """A direct rule has no certificate: the package is shown, the reason told, nothing written."""
    path = shell.file(SAMPLE.replace('kind = "share"', 'kind = "item"'))
    ran = shell.run("settle", path, "--rule", "picking", "--certificate", "found.json", "--json")
    assert ran.json["certificate"] is None
    assert "the rule makes its package itself" in ran.json["certificate_reason"]
    assert "No certificate" in ran.err
    assert not Path("found.json").exists()


@pytest.mark.parametrize("reader", ["joint", "mediator", "ann"])
def test_a_text_cites_a_certificate(shell: Shell, reader: str) -> None:
    """Whoever reads is told how many cases were checked; a certificate of something else is not."""
    path = shell.file(SAMPLE)
    shell.run("settle", path, "--certificate", "found.json")
    words = ("explain", path, "--for", reader, "--language", "en", "--certificate")
    assert "Checked: 3 cases" in shell.run(*words, "found.json").out
    shell.run("settle", path, "--rule", "nash", "--certificate", "nash.json")
    refused = shell.run(*words, "nash.json")
    assert (refused.code, refused.out) == (2, "")
    assert "another rule" in refused.err


def test_a_part_has_no_certificate(shell: Shell) -> None:
    """Together with --partial a certificate is refused."""
    ran = shell.run("settle", shell.file(SAMPLE), "--partial", "--certificate", "found.json")
    assert ran.code == 2
    assert "--certificate" in ran.err


def test_texts_say_that_it_was_checked(shell: Shell) -> None:
    """With a certificate the text says how many cases were checked, without it nothing of that."""
    path = shell.file(SAMPLE)
    with_one = shell.run("settle", path, "--certificate", "found.json")
    cases = json.loads(shell.run("check", "found.json", "--json").out)["cases"]
    assert f"Checked: {cases} cases" in with_one.out
    assert "Checked" not in shell.run("settle", path).out


def test_it_speaks_other_languages(shell: Shell) -> None:
    """The same is told in Russian and Japanese, and why something fails as well; JSON stays."""
    shell.run("settle", shell.file(SAMPLE), "--certificate", "found.json")
    told = shell.run("check", "found.json", "--language", "ru")
    assert (told.code, told.out.splitlines()[0]) == (0, "Сертификат действителен.")
    assert "Итог: ничья." in told.words
    text = Path("found.json").read_text("utf-8")
    Path("changed.json").write_text(text.replace('"status":"draw"', '"status":"uneven"'), "utf-8")
    changed = shell.run("check", "changed.json", "--language", "ja")
    assert changed.code == 1
    assert (
        changed.out
        == "この検証用データは有効ではありません。\n結果がそこから導かれません。 (status)\n"
    )
    found = shell.run("check", "found.json", "--language", "ru", "--json").json
    assert "No acceptable package has better gains, sorted upward." in found["claims"]
    unknown = shell.run("check", "found.json", "--language", "xx")
    assert (unknown.code, unknown.out) == (2, "")


CANNOT_AGREE = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ann, rule 3, ben" }]
issues = [{ id = "house", kind = "item" }]

[preferences.ann]
points = { house = 1 }
red_lines = [{ never = { house = "ann, rule 3, ben" } }]

[preferences."ann, rule 3, ben"]
points = { house = 1 }
red_lines = [{ never = { house = "ann" } }]
"""


def test_an_id_is_told_whole_in_every_language(shell: Shell) -> None:
    """What looks like the next limit in the id of a side is read as part of the id."""
    shell.run("settle", shell.file(CANNOT_AGREE), "--certificate", "found.json")
    told = shell.run("check", "found.json", "--language", "ru").words
    lines = ["красная линия № 1 (ann)", "красная линия № 1 (ann, rule 3, ben)"]
    assert any(", ".join(order) in told for order in (lines, lines[::-1]))
