"""What the checkers establish, retold: every sentence is known, and nothing is lost."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import permutations
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from hikiwake.execution.certificate import certificate
from hikiwake.execution.plan import plan
from hikiwake.explain.notices.checked import Retelling
from hikiwake.options.sureness import certificate as robust_certifying
from hikiwake.options.sureness.divided import many_questions
from hikiwake.options.sureness.trees import cases, questions
from hikiwake.proof import certificate as certifying
from hikiwake.proof import check, check_plan, check_robust, party_checker
from hikiwake.proof.canonical import canonical_bytes
from hikiwake.proof.party_checker import TRUST
from hikiwake.proof.together import DECLARED
from tests.docs.pages import DOCS, Page
from tests.unit.execution.cast import three_steps
from tests.unit.proof.test_checker_vectors import CODES

VECTORS = Path(__file__).parents[2] / "vectors"
PAGE = Page(DOCS / "reference" / "robust-certificate.md")
ROBUST_CODES = re.findall(r"^\| `([a-z-]+)` \|", PAGE.section("Refusals"), re.MULTILINE)
FIGURES = ("utility", "walk_away")
OF_FRONTIERS = {
    "the format covers the frontiers of two parties, and no amounts",
    "what is not for trade is not even on it",
    "it comes as close as one likes to points that are not on it",
    "time was up before all of it was found",
    "the rule makes its package itself",
}
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
    for text in valid("robust"):
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


def test_a_name_has_the_quotes_of_the_language_alone() -> None:
    """English puts a party in quotes; in Russian only those of Russian are left."""
    told = Retelling("ru").told("It is worth 400/7 points to 'ann'.")
    assert told == "Ценность для стороны «ann» в баллах: 400/7."


def test_commas_in_the_id_of_a_side_do_not_cut_it() -> None:
    """Of several limits each is told as a whole, also where the id of a side holds what cuts."""
    parties = ("Ann", "Ann, rule 3, Ben & Co", "Ann, rule 3", "Cy, the walk-away value of Dee")
    for first, last in permutations(parties, 2):
        limits = f"rule 2, red line 1 of {first}, rule 7, the walk-away value of {last}"
        told = Retelling("ru", parties).told(f"No package keeps all of: {limits}. Each is needed.")
        assert f"правило № 2, красная линия № 1 ({first}), правило № 7" in told
        assert told.count(last) >= 1
        assert told.count("walk-away") == (first + last).count("walk-away")


def test_sides_that_are_not_known_are_told_all_the_same() -> None:
    """Without their ids a list of limits is cut where the next limit begins."""
    limits = "rule 2, red line 1 of Ann, Ben & Co, the walk-away value of Cy, Dee"
    told = Retelling("ru").told(f"No package keeps all of: {limits}. Each is needed.")
    assert "красная линия № 1 (Ann, Ben & Co)" in told
    assert told.count("Cy, Dee") == 1
    assert "walk-away" not in told


def test_english_and_what_is_unknown_stay() -> None:
    """In English, and where a sentence is not known, the checker's own words are told."""
    assert Retelling("en").told("Status: draw.") == "Status: draw."
    assert Retelling("ja").told("Something new.") == "Something new."


def test_every_code_has_its_meaning() -> None:
    """Each refusal of the page is told in the language by its code; in English by its words."""
    for code in CODES:
        assert f"({code})" in Retelling("ja").failure(code, "some words")
        assert Retelling("en").failure(code, "some words") == f"Some words ({code})."


def test_every_code_of_robust_certificates_has_its_meaning() -> None:
    """Each refusal of their page is told in the language by its code."""
    assert len(ROBUST_CODES) == 16
    for code in ROBUST_CODES:
        assert f"({code})" in Retelling("ru").failure(code, "some words", robust=True)


@pytest.mark.parametrize("language", ["ja", "ru"])
def test_every_refusal_of_what_each_side_holds_is_known(language: str) -> None:
    """Why a party's certificate, or the public one, does not hold is told in the language."""
    teller = Retelling(language)
    said = {texts[0] for texts in calls(party_checker, "Refused")}
    said |= {"The package breaks red line 1.", "The package breaks public rule 2."}
    said |= {f"The full certificate has another figure of the party: {one}" for one in FIGURES}
    said |= {f"It is not of this dispute: {words}." for words in DECLARED.values()}
    said -= {"The package breaks 7 7.", "The full certificate has another figure of the party: 7"}
    assert len(said) > 30
    assert {words for words in said if teller.failure_together(None, words) == words} == set()


@pytest.mark.parametrize("language", ["ja", "ru"])
def test_every_reason_for_no_certificate_is_known(language: str) -> None:
    """Why a settlement or a robust draw comes without a certificate is told in the language."""
    teller = Retelling(language)
    makers = (certifying, robust_certifying, cases, many_questions)
    said = {texts[0] for one in makers for texts in reasons(one)}
    said |= {texts[0] for texts in answers(questions.not_summed)}
    said.discard("")  # where one reason is passed on
    assert len(said) > 10
    assert {why for why in said if why in teller.no_certificate(why)} == set()


def test_a_full_certificate_that_fails_beside_others_is_told_by_its_code() -> None:
    """In Russian its code is told; in English all that its program says."""
    words = "The full certificate does not hold: the status does not follow."
    assert Retelling("en").failure_together("status", words) == words
    told = Retelling("ru").failure_together("status", words)
    assert told == "Полный сертификат неверен. Итог отсюда не следует. (status)"


def calls(module: ModuleType, name: str) -> Iterator[list[str]]:
    """Yield the texts among the arguments of each call of a function, 7 in their places."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == name:
            yield [text for argument in node.args for text in _text(argument)] or [""]


def reasons(module: ModuleType) -> Iterator[list[str]]:
    """Yield why certificates are refused by a module: of frontiers nothing is told on a screen."""
    for name in ("NoCertificate", "Unproved"):
        yield from (texts for texts in calls(module, name) if texts[0] not in OF_FRONTIERS)


def answers(function: Callable[..., str | None]) -> Iterator[list[Any]]:
    """Yield the texts that a function returns."""
    for node in ast.walk(ast.parse(inspect.getsource(function))):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Constant):
            yield [node.value.value or ""]


def _text(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values
        )
    elif isinstance(node, ast.BinOp):
        yield from (f"{text}7" for text in _text(node.left))
