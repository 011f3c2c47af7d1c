"""The checker as a file of its own: what it needs, what it says, and that all of it is tried."""

from __future__ import annotations

import importlib.util
import json
import runpy
import sys
from pathlib import Path
from types import ModuleType

import coverage
import pytest

from hikiwake.proof import checker
from hikiwake.proof.checker import check, main
from tests.support.known_certificates import PLAIN, known
from tests.support.standalone import floats, imported, run_alone
from tests.support.worlds import hash_of, text_of
from tests.unit.proof.test_checker_vectors import large_texts
from tools.certificate_vectors import VECTORS

FILE = Path(checker.__file__)
VALID, REFUSED = VECTORS / "valid", VECTORS / "refused"


def test_it_needs_nothing_but_python_3_9() -> None:
    """Its grammar is that of Python 3.9, and it imports from the standard library only."""
    assert imported(FILE) <= sys.stdlib_module_names


def test_it_computes_without_floats() -> None:
    """No float stands in it but the bits of a digit, and nothing divides but fractions."""
    assert floats(FILE) == []


def test_it_runs_alone(tmp_path: Path) -> None:
    """Copied away and run without the project, it says what holds and exits with 0, 1 or 2."""
    paths = VALID / "heirs-draw.json", REFUSED / "hash.json", tmp_path / "nowhere.json", tmp_path
    found = [run_alone(FILE, tmp_path, path) for path in paths]
    assert [run.returncode for run in found] == [0, 1, 2, 2]
    assert all("Both are files, not folders." in run.stderr for run in found[2:])
    assert found[0].stdout.endswith("cases, each closed by one line of arithmetic.\n")
    assert found[1].stdout == "Not valid (hash): the hash is not that of the dispute.\n"
    assert "usage: python checker.py" in found[2].stderr


def test_its_sentences_name_the_package_and_the_parties() -> None:
    """What was established is said with the ids of issues, options and parties."""
    said = check((VALID / "heirs-draw.json").read_bytes()).claims
    assert "i0: a" in said
    assert "savings: ann 1/21, ben 20/21" in said
    assert "ann: 400/7 points, of at most 100; 0 without an agreement. Gain: 4/7." in said
    assert "No acceptable package gives ann more than 100 points." in said
    assert "No acceptable package has better gains, sorted upward." in said
    assert "No acceptable package is better for one party and worse for none." in said
    assert said[-1] == "Status: draw. No other draw has better gains, sorted upward."


def test_money_and_amounts_are_said_as_they_are() -> None:
    """Payments are said as what each receives, amounts as their value."""
    assert "money: ann -15, ben 15" in check((VALID / "paid-draw.json").read_bytes()).claims
    assert "rent: 7200/11" in check((VALID / "smooth-draw.json").read_bytes()).claims


def test_no_agreement_says_what_conflicts() -> None:
    """Conflicting limits are named by kind, place and party."""
    said = check((VALID / "no-agreement.json").read_bytes()).claims
    assert "No package keeps all of: red line 1 of ann, red line 1 of ben. Each is needed." in said
    walk = "the walk-away value of ann, the walk-away value of ben"
    assert f"No package keeps all of: {walk}. Each is needed." in said


def test_a_name_cannot_write_on_the_screen() -> None:
    """Control characters and the like in ids are shown as question marks."""
    raw = json.loads(text_of(PLAIN).replace('"ann"', '"a\\u001b[2J\\u202en\\n"'))
    known_one = known()["plain-kalai_smorodinsky"]
    text = text_of(known_one | {"dispute": raw, "dispute_hash": hash_of(raw)})
    assert any("a?[2J?n?" in sentence for sentence in check(text).claims)


def test_the_door(tmp_path: Path) -> None:
    """The command takes a dispute beside the certificate, and a number of steps."""
    bare = {key: value for key, value in known()["plain-draw"].items() if key != "dispute"}
    one, two = tmp_path / "a.json", tmp_path / "b.json"
    one.write_text(text_of(bare), "utf-8")
    two.write_text(text_of(PLAIN), "utf-8")
    assert main([str(one), str(two)]) == 0
    assert main([str(one), str(two), "--steps", "5"]) == 1
    assert main([str(one)]) == 1
    assert main([str(one), "--steps"]) == 2
    assert main([]) == 2
    assert main(["a", "b", "c"]) == 2


def loaded() -> ModuleType:
    """Return the checker, loaded anew."""
    spec = importlib.util.spec_from_file_location("alone", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["alone"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_every_line_and_branch_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The vectors, the large texts and the door go through every line and every branch."""
    watch = coverage.Coverage(branch=True, include=[str(FILE)], data_file=None)
    watch.start()
    try:
        alone = loaded()
        for path in sorted(VECTORS.glob("*/*.json")):
            alone.check(path.read_bytes())
        for text in large_texts().values():
            alone.check(text)
        bare = known()["plain-draw"]
        alone.check(text_of(bare), text_of(PLAIN), steps=10)
        for words in (["heirs-draw.json", "--steps", "99999"], ["nowhere.json"]):
            alone.main([str(VALID / words[0]), *words[1:]])
        alone.main([str(REFUSED / "hash.json")])
        monkeypatch.setattr(sys, "argv", ["checker.py"])
        with pytest.raises(SystemExit):
            runpy.run_path(str(FILE), run_name="__main__")
    finally:
        watch.stop()
        sys.modules.pop("alone", None)
    _, _, missing, _ = watch.analysis(str(FILE))
    assert missing == []
    assert watch._analyze(str(FILE)).missing_branch_arcs() == {}  # pyright: ignore[reportPrivateUsage]
