"""The checker and the vectors that anybody's checker can be tried with."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from hikiwake import api
from hikiwake.pareto import compiled
from hikiwake.proof import checker
from hikiwake.proof.canonical import canonical_bytes, canonical_dispute
from hikiwake.proof.checker import check
from tests.support.known_certificates import PLAIN, known
from tests.support.worlds import text_of
from tools.certificate_vectors import MADE, ROOT, VECTORS, vectors

VALID = sorted((VECTORS / "valid").glob("*.json"))
REFUSED = json.loads((VECTORS / "refused.json").read_text("utf-8"))
CODES = {
    "shape", "version", "too-large", "hash", "dispute", "outcome", "infeasible", "claims", "merge",
    "multiplier", "replacement", "tree", "idle", "short", "left-over", "run", "status", "conflict",
    "not-covered",
}  # fmt: skip


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_vector_is_valid(path: Path) -> None:
    """A certificate that was made by brute force is accepted, with sentences and cases."""
    verdict = check(path.read_bytes())
    assert verdict.failure is None
    assert verdict.valid
    assert verdict.claims
    assert verdict.cases >= 1


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_refused_vector_is_refused_with_its_code(name: str) -> None:
    """Each forgery is refused with the code that the index names."""
    verdict = check((VECTORS / "refused" / f"{name}.json").read_bytes())
    assert not verdict.valid
    assert verdict.claims == ()
    assert verdict.failure.code == REFUSED[name]["code"], verdict.failure


def test_the_vectors_are_what_the_tool_writes() -> None:
    """The files are those that `python tools/certificate_vectors.py` writes, and no others."""
    files = {
        path.relative_to(VECTORS).as_posix(): path
        for path in VECTORS.rglob("*.json")
        if not path.name.startswith("made-")
    }
    expected = vectors()
    assert sorted(files) == sorted(expected)
    for name, path in files.items():
        assert path.read_bytes().decode() == expected[name], name


def test_some_valid_vectors_were_made_by_the_maker() -> None:
    """Certificates of the examples lie among the vectors, each bound to the example it is of."""
    found = {path.stem: path for path in VALID if path.stem.startswith("made-")}
    assert len(found) >= 6
    for name, _ in MADE:
        label = name.replace("/", "-").removesuffix(".toml")
        form = canonical_dispute(compiled(api.load(ROOT / "examples" / name)))
        own = [path for stem, path in found.items() if stem.startswith(f"made-{label}-")]
        assert all(check(path.read_bytes(), canonical_bytes(form)).valid for path in own)


def test_every_code_of_the_page_has_a_vector() -> None:
    """The codes of the refused vectors are those of the page, all of them."""
    page = Path("docs/reference/certificate.md").read_text("utf-8")
    listed = page[page.index("## Refusals") :]
    assert {code for code in CODES if f"| `{code}` |" in listed} == CODES
    assert {entry["code"] for entry in REFUSED.values()} == CODES


def refusals() -> Iterator[tuple[int, str]]:
    """Yield the lines of the statements that refuse, and their words."""
    tree = ast.parse(Path(checker.__file__).read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "demand":
            yield node.lineno, ast.unparse(node.args[2]).strip("'")


def large_texts() -> dict[str, str]:
    """Return texts that are too large to be kept as files, by what is large in them."""
    return {
        "long": " " * (2**21 + 1),
        "deep": "[" * 2**21,
        "wide": "[" + "0," * (2**20 - 2) + "0]",
        "digits": "9" * 2**21,
        "quotes": '"' * 2**21,
    }


def test_each_statement_that_refuses_has_a_vector(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every `demand` of the checker is what some vector fails by."""
    seen: set[int] = set()

    def demand(holds: Any, code: str, words: str) -> None:
        if not holds:
            frame: FrameType = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
            seen.add(frame.f_lineno)
            raise checker.Refused(code, words)

    monkeypatch.setattr(checker, "demand", demand)
    texts = [(VECTORS / "refused" / f"{name}.json").read_bytes() for name in REFUSED]
    for text in [*texts, *(text.encode() for text in large_texts().values())]:
        assert not check(text).valid
    check(text_of(known()["plain-draw"]), steps=10)
    lines = dict(refusals())
    starts = sorted(lines)
    hit = {max(start for start in starts if start <= line) for line in seen}
    assert {line: words for line, words in lines.items() if line not in hit} == {}


@pytest.mark.parametrize("name", large_texts())
def test_a_text_that_is_too_large_is_refused(name: str) -> None:
    """More than 2 MiB or 600 digits are too many; what is deep or wide is no certificate."""
    verdict = check(large_texts()[name])
    assert verdict.failure.code == ("too-large" if name in ("long", "digits") else "shape")


def test_work_is_bounded_by_steps() -> None:
    """A checker that is told to take fewer steps refuses what takes more."""
    text = text_of(known()["plain-draw"])
    assert check(text, steps=10).failure.code == "too-large"
    assert check(text, steps=20_000).valid


def test_the_dispute_may_lie_beside_the_certificate() -> None:
    """A certificate without its dispute is checked with that beside it, and only with that."""
    bare = {key: value for key, value in known()["plain-draw"].items() if key != "dispute"}
    assert check(text_of(bare), text_of(PLAIN)).valid
    assert check(text_of(bare), text_of(PLAIN) + "\n").valid
    assert check(text_of(bare), text_of(PLAIN | {"price": 1})).failure.code == "hash"
    assert check(text_of(known()["plain-draw"]), text_of(PLAIN)).valid
