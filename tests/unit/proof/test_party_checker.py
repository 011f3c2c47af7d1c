"""The checker of a party's certificate as a file of its own: all of it tried, hostile texts too."""

from __future__ import annotations

import importlib.util
import json
import runpy
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import coverage
import pytest

from hikiwake import api
from hikiwake.proof import party_checker, private_certificates
from hikiwake.proof.canonical import canonical_bytes
from hikiwake.proof.party_checker import check, kind_of
from tests.support.standalone import imported, run_alone

FILE = Path(party_checker.__file__)
SECONDS = 5  # of processor time; under one on a machine that does nothing else

EVERYTHING = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [
  { id = "house", kind = "item", others = ["sold"] },
  { id = "savings", kind = "share" },
  { id = "rent", kind = "amount", min = 0, max = 900, step = 300 },
  { id = "loan", kind = "amount", min = 0, max = 10 },
  { id = "paid", kind = "money", limit = 20 },
]
[[rules]]
never = { house = "ann", rent = { from = 600, to = 900 } }
[preferences.ann]
walk_away = 10
points = { house = { ann = 40, ben = 0, sold = 12 }, savings = 30, paid = 1 }
curves = { rent = [[0, 20], [900, 0]], loan = [[0, 0], [5, 9], [10, 10]] }
[[preferences.ann.red_lines]]
never = { savings = { ann = { below = "1/10" } } }
[[preferences.ann.bonuses]]
when = { house = "ann", rent = 0 }
points = 3
[preferences.ben]
points = { house = 35, savings = 45, paid = 1 }
curves = { rent = [[0, 0], [900, 25]], loan = [[0, 12], [10, 0]] }
[[preferences.ben.red_lines]]
never = { loan = { above = 9 } }
"""


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return one settlement's texts: ann's, the public one, the full one and its opening."""
    path = tmp_path_factory.mktemp("all") / "dispute.toml"
    path.write_text(EVERYTHING, "utf-8")
    dispute = api.load(path)
    settled = api.settle(dispute, certificate=True)
    assert settled.certificate is not None, settled.certificate_reason
    made = private_certificates(dispute, settled)
    return {
        "own": made.parties["ann"],
        "public": made.public,
        "full": settled.certificate.text,
        "opening": made.opening,
    }


Change = Callable[[dict[str, Any]], object]
OTHER = "ab" * 32
FALSE: dict[str, tuple[str, Change, str]] = {
    "another version": ("own", lambda o: o.update(hikiwake_party_certificate=2), "version"),
    "a key more": ("own", lambda o: o.update(more=1), "keys"),
    "nobody": ("own", lambda o: o.update(party="carl"), "nobody"),
    "no status": ("own", lambda o: o.update(status="perfect"), "no status"),
    "an issue less": ("own", lambda o: o["package"].pop("loan"), "every issue"),
    "parts for one": ("own", lambda o: o["package"].update(savings={"ann": 1}), "divided"),
    "too large parts": (
        "own",
        lambda o: o["package"].update(savings={"ann": 1, "ben": 1}),
        "do not sum",
    ),
    "a broken rule": ("own", lambda o: o.update(rules=[{}]), "public rule 1"),
    "a broken line": (
        "own",
        lambda o: o.update(red_lines=[{"rent": {"from": 0, "to": 900}}]),
        "red line 1",
    ),
    "other points": ("own", lambda o: o.update(utility=1), "is worth"),
    "more at home": ("own", lambda o: o.update(walk_away=99), "less than"),
    "no amount": ("own", lambda o: o["package"].update(loan=11), "the amount"),
    "a true number": ("own", lambda o: o.update(utility=True), "missing"),
    "a long number": ("own", lambda o: o.update(utility="1" * 3001), "too long"),
    "a power": ("own", lambda o: o.update(utility="1e999999999"), "A text stands"),
    "no lowest terms": ("own", lambda o: o.update(utility="2/4"), "lowest terms"),
    "a zero below": ("own", lambda o: o.update(utility="1/0"), "that is none"),
    "a long integer": ("own", lambda o: o.update(utility=10**17), "too long to be one"),
    "another shape": ("own", lambda o: o.update(issues=5), "form"),
    "another nonce": ("own", lambda o: o.update(nonce="00" * 32), "this party"),
    "a short nonce": ("own", lambda o: o.update(nonce="00"), "32 bytes"),
    "another full one": ("own", lambda o: o.update(commitment=OTHER), "full certificate"),
    "another status": ("public", lambda p: p.update(status="uneven"), "another rule or status"),
    "no public status": ("public", lambda p: p.update(status="perfect"), "no status"),
    "no commitment": ("public", lambda p: p.update(certificate="AB" * 32), "64 digits"),
    "another opening": ("opening", lambda o: o.update(nonce="00" * 32), "another full"),
    "an opening of another": ("opening", lambda o: o.update(certificate=OTHER), "another full"),
}


@pytest.mark.parametrize("name", FALSE)
def test_what_does_not_hold_is_refused(texts: dict[str, str], name: str) -> None:
    """Whatever is changed in any of the texts is refused, in words that say what."""
    which, change, says = FALSE[name]
    value = json.loads(texts[which])
    change(value)
    verdict = check(**{**texts, which: canonical_bytes(value).decode()})
    assert not verdict.valid
    assert verdict.claims == []
    assert says in str(verdict.failure)


FULL: dict[str, tuple[Change, str]] = {
    "another rule": (lambda f: f.update(rule="nash"), "rule or status"),
    "another utility": (lambda f: f["claims"]["utilities"].__setitem__(0, 1), "utility"),
    "another walk-away": (lambda f: f["claims"]["walk_away"].__setitem__(0, 1), "walk_away"),
    "another option": (lambda f: f["proof"]["outcomes"][0].__setitem__(0, 2), "package: 'house'"),
    "another part": (lambda f: f["proof"]["outcomes"][0][2].__setitem__(1, 6), "'loan'"),
    "another payment": (lambda f: f["proof"]["outcomes"][0][4].__setitem__(1, 5573), "paid"),
    "another issue": (lambda f: f["dispute"]["issues"][0].update(id="flat"), "other issues"),
}


@pytest.mark.parametrize("name", FULL)
def test_a_full_one_that_tells_otherwise_is_refused(texts: dict[str, str], name: str) -> None:
    """A mediator cannot commit to one settlement and give a party another to read."""
    change, says = FULL[name]
    full = json.loads(texts["full"])
    change(full)
    data = canonical_bytes(full)
    nonce = json.loads(texts["opening"])["nonce"]
    bound = party_checker._commitment(nonce, data)  # pyright: ignore[reportPrivateUsage]
    own = json.loads(texts["own"]) | {"commitment": bound}
    opening = json.loads(texts["opening"]) | {"certificate": bound}
    verdict = check(
        canonical_bytes(own).decode(), None, data.decode(), canonical_bytes(opening).decode()
    )
    assert not verdict.valid
    assert says in str(verdict.failure)


def test_a_commitment_to_another_full_one_is_refused(texts: dict[str, str]) -> None:
    """A full certificate with its opening belongs to those only that commit to it."""
    public = canonical_bytes(json.loads(texts["public"]) | {"certificate": OTHER}).decode()
    verdict = check(None, public, texts["full"], texts["opening"])
    assert "commitment is to another" in str(verdict.failure)


def test_what_is_trusted_depends_on_what_is_there(texts: dict[str, str]) -> None:
    """Each text that is added takes something off what must be taken on trust."""

    def trusted(*names: str) -> list[str]:
        verdict = check(**{name: texts[name] for name in names})
        assert verdict.valid, verdict.failure
        return list(verdict.trust)

    assert trusted("own") == ["own", "same", "status", "limits", "behind"]
    assert trusted("public") == ["status", "limits", "behind"]
    assert trusted("own", "public") == ["own", "status", "limits", "behind"]
    assert trusted("own", "public", "full", "opening") == ["own", "full", "declared"]
    assert trusted("public", "full", "opening") == ["full", "declared"]
    assert not check(**{name: texts[name] for name in ("public", "full")}).valid
    assert not check(**{name: texts[name] for name in ("own", "opening")}).valid


def test_each_text_is_told_by_what_it_holds(texts: dict[str, str]) -> None:
    """A text is known by its own key, not by one that an option happens to be called."""
    kinds = {name: kind_of(text.encode()) for name, text in texts.items()}
    assert kinds == {"own": "party", "public": "public", "full": "full", "opening": "opening"}
    own = json.loads(texts["own"])
    own["issues"][0]["points"]["hikiwake_opening"] = 1
    own["package"]["hikiwake_certificate"] = 2
    assert kind_of(canonical_bytes(own)) == "party"
    for text in (b"", b"{}", b"[1]", b'["hikiwake_opening",{"hikiwake_opening":1}]', b"\xff{"):
        assert kind_of(text) is None
    assert kind_of(b'{"hikiwake_opening":' * 90_000) is None
    assert kind_of(b'{"hikiwake_opening":1,"x":"' + b" " * 2**22) is None
    assert kind_of(b'{"hikiwake_opening":1,"hikiwake_public_certificate":1}') is None


@pytest.mark.parametrize(
    "name", ["deep", "wide", "empty", "long", "sums", "repeated", "float", "blank"]
)
def test_hostile_texts_are_refused_soon(texts: dict[str, str], name: str) -> None:
    """Deep, wide and huge texts are refused before they cost anybody anything."""
    own = json.loads(texts["own"])
    primes = [10**2900 + n for n in range(1, 400, 2)]
    many = [{"points": f"1/{p}", "when": {}} for p in primes]
    text = {
        "deep": '{"hikiwake_party_certificate":' * 50_000,
        "wide": "[" + "[]," * 1_000_000 + "[]]",
        "empty": canonical_bytes(own | {"rules": [[]] * 400_000}).decode(),
        "long": " " * (2**22 + 1),
        "sums": canonical_bytes(own | {"bonuses": many}).decode(),
        "repeated": canonical_bytes(own | {"rules": [{"loan": {"above": "9" * 2999}}] * 1000}),
        "float": texts["own"].replace('"walk_away":10', '"walk_away":10.0'),
        "blank": texts["own"].replace(":", ": ", 1),
    }[name]
    start = time.process_time()
    assert check(text).valid == (name == "repeated")  # that one is large, and yet holds
    assert time.process_time() - start < SECONDS


def test_it_needs_nothing_but_python_3_9() -> None:
    """Its grammar is that of Python 3.9, and it imports from the standard library only."""
    assert imported(FILE) <= sys.stdlib_module_names


def written(folder: Path, texts: dict[str, str]) -> dict[str, str]:
    """Return the paths of the texts, written out."""
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return {name: str(folder / name) for name in texts}


def test_it_runs_alone(tmp_path: Path, texts: dict[str, str]) -> None:
    """Copied away and run without the project, it says what holds and what is trusted."""
    paths = written(tmp_path, texts)
    run = run_alone(FILE, tmp_path, paths["public"], paths["own"])
    assert run.returncode == 0, run.stderr
    assert run.stdout.count("✓") == 9
    assert run.stdout.count("? On trust:") == 4


def loaded() -> ModuleType:
    """Return the checker, loaded anew."""
    spec = importlib.util.spec_from_file_location("alone", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_line_and_branch_is_tried(
    texts: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the other tests try goes through every line and every branch."""
    paths = written(tmp_path, {**texts, "nothing": "[]"})
    monkeypatch.setattr(sys, "argv", ["party_checker.py"])
    watch = coverage.Coverage(branch=True, include=[str(FILE)], data_file=None)
    watch.start()
    try:
        monkeypatch.setitem(globals(), "party_checker", loaded())
        for name in ("check", "kind_of"):
            monkeypatch.setitem(globals(), name, getattr(party_checker, name))
        for name in FALSE:
            test_what_does_not_hold_is_refused(texts, name)
        for name in FULL:
            test_a_full_one_that_tells_otherwise_is_refused(texts, name)
        for name in ("long", "sums", "float", "blank"):
            test_hostile_texts_are_refused_soon(texts, name)
        test_a_commitment_to_another_full_one_is_refused(texts)
        test_what_is_trusted_depends_on_what_is_there(texts)
        test_each_text_is_told_by_what_it_holds(texts)
        one_corner = json.loads(texts["own"])
        one_corner["issues"][3]["points"] = [[one_corner["package"]["loan"], 9]]
        one_corner["issues"][2]["points"] = None
        party_checker.check(canonical_bytes(one_corner))
        main = party_checker.main
        assert main([paths["own"], paths["public"], paths["full"], paths["opening"]]) == 0
        assert main([paths["public"], paths["full"]]) == 1
        assert main([paths["full"]]) == 2
        assert main([paths["own"], paths["own"]]) == 2
        assert main([paths["nothing"]]) == 2
        assert main([str(tmp_path / "nowhere")]) == 2
        with pytest.raises(SystemExit):
            runpy.run_path(str(FILE), run_name="__main__")
    finally:
        watch.stop()
    _, _, missing, _ = watch.analysis(str(FILE))
    assert missing == []
    assert watch._analyze(str(FILE)).missing_branch_arcs() == {}  # pyright: ignore[reportPrivateUsage]
