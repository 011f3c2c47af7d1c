"""What the checkers establish, retold: every sentence is known, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from hikiwake.execution.certificate import certificate
from hikiwake.execution.plan import plan
from hikiwake.explain.checked import Retelling
from hikiwake.proof import check, check_plan, check_robust
from hikiwake.proof.canonical import canonical_bytes
from hikiwake.proof.party_checker import TRUST
from tests.unit.execution.cast import three_steps
from tests.unit.proof.test_checker_vectors import CODES

VECTORS = Path(__file__).parents[2] / "vectors"
FOR_OTHERS = {"party": "ann", "status": "draw", "rule": "draw", "others": "the other parties"}
HELD = (
    "Public rules kept: 0; red lines of its own: 0.",
    "It is worth 400/7 points to 'ann'.",
    "That is more than the 0 points that it has without an agreement.",
    "That is as much as the 0 points that it has without an agreement.",
    "The public certificate commits to this certificate, and to the same full one.",
    "The full certificate is the one that was committed to.",
    "It has the same package, worth the same, and the same walk-away value.",
    "Its numbers are those that 'ann' declared in this dispute.",
    *(sentence.format(**FOR_OTHERS) for sentence in TRUST.values()),
)


def valid(kind: str) -> Iterator[bytes]:
    """Yield the vectors of a kind that hold."""
    yield from (path.read_bytes() for path in sorted((VECTORS / kind / "valid").glob("*.json")))


def said() -> Iterator[str]:
    """Yield every sentence that the checkers say of the vectors, of a plan and of what is held."""
    for text in valid("certificates"):
        yield from check(text).claims
    for kind in ("robust", "robust-trees"):
        for text in valid(kind):
            yield from check_robust(text).claims
    yield from check_plan(canonical_bytes(certificate(plan(three_steps())))).claims
    yield from HELD


def sentences(texts: Iterable[str]) -> set[str]:
    """Return what is a sentence: not what is decided, and no list of points."""
    return {text for text in texts if text.endswith(".")}


@pytest.mark.parametrize("language", ["ja", "ru"])
def test_every_sentence_is_known(language: str) -> None:
    """None stays in English, and what is decided stays as it is."""
    teller, every = Retelling(language), set(said())
    assert len(sentences(every)) > 50
    assert {text for text in sentences(every) if teller.told(text) == text} == set()
    assert {text for text in every - sentences(every) if teller.told(text) != text} == set()


def test_names_and_figures_stay() -> None:
    """What a sentence speaks of stands in its retelling, each limit of a conflict as well."""
    teller = Retelling("ru")
    told = teller.told("No acceptable package gives ann more than 100/7 points.")
    assert "ann" in told
    assert "100/7" in told
    told = teller.told("No package keeps all of: rule 2, red line 1 of ben. Each is needed.")
    assert "правило № 2, красная линия № 1 (ben)" in told


def test_commas_in_the_id_of_a_side_do_not_cut_it() -> None:
    """Of several limits each is told as a whole, also where the id of a side holds a comma."""
    limits = "rule 2, red line 1 of Ann, Ben & Co, rule of law, the walk-away value of Cy, Dee"
    told = Retelling("ru").told(f"No package keeps all of: {limits}. Each is needed.")
    assert "красная линия № 1 (Ann, Ben & Co, rule of law)" in told
    assert told.count("Cy, Dee") == 1
    assert "walk-away" not in told


def test_english_and_what_is_unknown_stay() -> None:
    """In English, and where a sentence is not known, the checker's own words are told."""
    assert Retelling("en").told("Status: draw.") == "Status: draw."
    assert Retelling("ja").told("Something new.") == "Something new."


def test_every_code_has_its_meaning() -> None:
    """Each refusal of the page is told in the language by its code; in English by its words."""
    for code in CODES:
        assert f"({code})" in Retelling("ja").by_code(code, "some words")
        assert Retelling("en").by_code(code, "some words") == f"Some words ({code})."
