"""``hikiwake statement``."""

from __future__ import annotations

from pathlib import Path

import pytest

from hikiwake.sealing.canonical import digest, read
from hikiwake.sealing.commitment import Content
from tests.unit.cli.cast import SAMPLE, Shell

KEEPER = ("--keys", "mediator.keys")


@pytest.fixture
def at_home(shell: Shell) -> Shell:
    """A shell in a folder with a dispute."""
    shell.patch.chdir(shell.folder)
    shell.file(SAMPLE)
    return shell


@pytest.mark.parametrize(("form", "begins"), [("md", b"# "), ("docx", b"PK"), ("pdf", b"%PDF")])
def test_each_form_is_written(at_home: Shell, form: str, begins: bytes) -> None:
    """The ending of the name decides the form; nothing is overwritten."""
    assert at_home.run("statement", "dispute.toml", f"joint.{form}").code == 0
    assert Path(f"joint.{form}").read_bytes().startswith(begins)
    assert at_home.run("statement", "dispute.toml", f"joint.{form}").code == 2


def test_a_name_without_an_ending_is_told_as_one(at_home: Shell) -> None:
    """Nothing is written, and the endings that would do are named."""
    ran = at_home.run("statement", "dispute.toml", "paper")
    assert (ran.code, ran.out) == (2, "")
    assert "no ending that says the form. Known: md, docx, pdf" in " ".join(ran.err.split())


def test_a_memorandum_is_kept_apart(at_home: Shell) -> None:
    """A private memorandum names its side, and nobody else can read the file."""
    assert at_home.run("statement", "dispute.toml", "a.md", "--kind", "private").code == 2
    words = ("a.md", "--kind", "private", "--for", "ann")
    assert at_home.run("statement", "dispute.toml", *words).code == 0
    assert Path("a.md").stat().st_mode & 0o777 == 0o600


PLAN = """
hikiwake = 1
[[obligations]]
id = "sign"
by = ["ann", "ben"]
name = "sign at the notary's"
carries = ["house", "savings"]
checked = "the deed"
"""


def test_a_plan_fills_the_steps(at_home: Shell) -> None:
    """With a plan the table of steps is filled; other documents have no such table."""
    Path("plan.toml").write_text(PLAN, "utf-8")
    words = ("statement", "dispute.toml", "steps.md", "--plan", "plan.toml")
    ran = at_home.run(*words)
    assert ran.code == 2
    assert "--plan with --kind steps" in " ".join(ran.err.split())
    assert at_home.run(*words, "--kind", "steps").code == 0
    row = "| 1 | Ann, Ben | sign at the notary's | – | the deed | – |"
    assert row in Path("steps.md").read_text("utf-8")


def test_the_record_stands_at_the_foot(at_home: Shell) -> None:
    """With a table its checkpoint stands there; accepted only with the opening of this package."""
    for who in ("ann", "ben", "mediator"):
        at_home.run("keys", "new", who)
    cards = ("--card", "ann.card", "--card", "ben.card")
    at_home.run("record", "begin", "dispute.toml", "table", *KEEPER, *cards)
    certificate = ("--certificate", "proof.json")
    settled = at_home.run("settle", "dispute.toml", "--audience", "joint", "--json", *certificate)
    Path("package.json").write_text(settled.out)
    signed = ("record", "sign", "table", "settle", "--file", "package.json")
    assert at_home.run(*signed, *certificate, *KEEPER).code == 0
    opening = ("--opening", "table/private/2.settle.opening")
    draft = ("statement", "dispute.toml", "draft.md", "--table", "table", *opening)
    assert at_home.run(*draft).code == 0
    assert "Draft. Not binding" in Path("draft.md").read_text("utf-8")
    for who in ("ann", "ben"):
        answer = ("package.json", "--answer", "yes", *opening, "--keys", f"{who}.keys")
        assert at_home.run("seal", "table", *answer).code == 0
    assert at_home.run("open", "table", "--answers", *KEEPER).code == 0
    code = at_home.run("record", "show", "table").out.split()[-1]
    assert at_home.run("statement", "dispute.toml", "final.md", *draft[3:]).code == 0
    final = Path("final.md").read_text("utf-8")
    assert "Every side has accepted this package" in final
    assert f"checkpoint {code}" in final
    proof = Content.from_data(read(Path("table/private/2.settle.certificate.opening")), "")
    bare = digest(Path("proof.json").read_bytes())
    assert proof.content == {"file": bare}
    assert f"Commitment to the certificate: {proof.commitment}" in final
    # a bare hash could be found by guessing points
    assert bare not in final + Path("table/record.jsonl").read_text("utf-8")
    changed = at_home.file(SAMPLE.replace("house = 55", "house = 56"), "other.toml")
    ran = at_home.run("statement", changed, "other.md", *draft[3:])
    assert ran.code == 2
    assert "not the one that the record commits to" in " ".join(ran.err.split())
