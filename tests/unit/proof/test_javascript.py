"""The JavaScript checker: small certificates worked out by hand, and the page that people open."""

from __future__ import annotations

import json
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import browser_page
from tests.support.javascript import CHECKER, Answer, answers
from tests.unit.proof.test_checker_vectors import large_texts
from tools.certificate_vectors import VECTORS

REFUSED: dict[str, dict[str, str]] = json.loads((VECTORS / "refused.json").read_text("utf-8"))

HOUSE: dict[str, Any] = {
    "hikiwake_dispute": 1,
    "parties": ["ann", "ben"],
    "units": [1, 1],
    "walk_away": [0, 0],
    "tolerance": "1/20",
    "price": "1/10",
    "issues": [
        {"id": "house", "options": [[["ann", 55, 0]], [["ben", 0, 40]]]},
        {"id": "savings", "options": [[[[1, 0], 45, 0], [[0, 1], 0, 60]]]},
    ],
    "never": [],
    "bonuses": [],
    "groups": [],
}
CERTIFICATE: dict[str, Any] = {
    "hikiwake_certificate": 1,
    "rule": "draw",
    "status": "draw",
    "claims": {
        "utilities": ["400/7", "400/7"],
        "walk_away": [0, 0],
        "ideals": [100, 100],
        "gains": ["4/7", "4/7"],
        "imbalance": 0,
    },
    "proof": {
        "outcomes": [[0, [0, 1, 20]], [0, [0, 1, 0]], [1, [0, 0, 1]]],
        "ideals": [1, 2],
        "multipliers": [[4, 3]],
        "trees": [[], [], [-1]],
    },
}


def canonical(value: object) -> bytes:
    """Return the canonical text of a value of integers and ASCII texts."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def certificate(dispute: dict[str, Any] = HOUSE, **other: Any) -> bytes:
    """Return the certificate of the house and the savings, with some things changed."""
    whole = {**CERTIFICATE, "dispute": dispute, **other}
    return canonical({"dispute_hash": sha256(canonical(dispute)).hexdigest(), **whole})


def proof(**other: Any) -> dict[str, Any]:
    """Return the proof with some things changed."""
    return {**deepcopy(CERTIFICATE["proof"]), **other}


def one(content: bytes, dispute: bytes | None = None) -> Answer:
    """Return the answer to one certificate."""
    return answers([(content, dispute)])[0]


def test_a_true_certificate_is_accepted() -> None:
    """House 55 / savings 45 against 40 / 60: 4/7 each, by multipliers 4 and 3."""
    assert one(certificate()).valid
    assert one(certificate() + b"\n").valid


def test_the_dispute_may_stand_beside() -> None:
    """A certificate without its dispute is checked against the one given, by its hash."""
    bare = {k: v for k, v in json.loads(certificate()).items() if k != "dispute"}
    assert one(canonical(bare), canonical(HOUSE)).valid
    assert one(canonical(bare)).code == "shape"
    assert one(canonical(bare), canonical({**HOUSE, "units": [1, 2]})).code == "hash"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "shape"),
        (b"\xff", "shape"),
        (certificate().replace(b":1,", b":1.0,", 1), "shape"),
        (certificate().replace(b":", b": ", 1), "shape"),
        (certificate(hikiwake_certificate=2), "version"),
        (certificate(dispute_hash="0" * 64), "hash"),
        (certificate(proof=proof(multipliers=[[1, 1]])), "idle"),
        (certificate(proof=proof(multipliers=[[0, 0]])), "idle"),
        (certificate(proof=proof(multipliers=[[0, -1]])), "multiplier"),
        (certificate(proof=proof(trees=[[], [], []])), "short"),
        (certificate(proof=proof(trees=[[], [], [-1, 0]])), "left-over"),
        (certificate(proof=proof(trees=[[], []])), "tree"),
        (certificate(proof=proof(ideals=[0, 9])), "outcome"),
        (certificate(status="uneven"), "status"),
        (certificate(claims={**CERTIFICATE["claims"], "imbalance": "1/7"}), "claims"),
        (b"[" * 100_000, "shape"),
        (certificate({**HOUSE, "walk_away": [0, 60]}), "infeasible"),
    ],
    ids=str,
)
def test_a_wrong_certificate_is_refused(content: bytes, code: str) -> None:
    """Each kind of fault is refused with its code of the page."""
    assert (one(content).valid, one(content).code) == (False, code)


def test_a_text_that_is_too_large_is_refused() -> None:
    """What is longer than 2 MiB, deep, wide or a single number is refused, as in Python."""
    texts = large_texts()
    found = answers((text.encode(), None) for text in texts.values())
    codes = {name: answer.code for name, answer in zip(texts, found, strict=True)}
    assert codes == {name: "too-large" if name in ("long", "digits") else "shape" for name in texts}


def test_the_vectors_are_answered_as_the_index_says() -> None:
    """Each valid vector is accepted, and each refused one refused with the code of the index."""
    codes = {name: entry["code"] for name, entry in REFUSED.items()}
    valid = sorted((VECTORS / "valid").glob("*.json"))
    refused = [VECTORS / "refused" / f"{name}.json" for name in codes]
    found = answers((path.read_bytes(), None) for path in (*valid, *refused))
    assert [path.stem for path, answer in zip(valid, found, strict=False) if not answer.valid] == []
    told = {
        path.stem: answer.code for path, answer in zip(refused, found[len(valid) :], strict=True)
    }
    assert told == codes


def test_the_page_tells_what_was_established(tmp_path: Path) -> None:
    """The page checks a file on the device and says in words what holds, or what fails."""
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(certificate())
    bad.write_bytes(certificate(status="uneven"))
    with browser_page() as page:
        page.goto(CHECKER.with_suffix(".html").as_uri())
        page.set_input_files("#certificate", good)
        page.wait_for_selector("output.valid h2")
        assert "3 cases" in page.inner_text("output")
        page.set_input_files("#certificate", bad)
        page.wait_for_selector("output:not(.valid) h2")
        assert "(status)" in page.inner_text("output")
