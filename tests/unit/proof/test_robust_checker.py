"""The program that checks how far a draw holds: alone, on vectors, forgeries, random changes."""

from __future__ import annotations

import ast
import json
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hikiwake.proof import robust_checker
from hikiwake.proof.robust_checker import check
from tests.support.mutations import places
from tests.support.robust_certificates import (
    DISPUTES,
    gains,
    is_draw,
    known,
    meant,
    text_of,
    text_of_known,
)
from tests.support.robust_forgeries import FORGED, forged
from tests.support.standalone import floats, imported, run_alone
from tools.robust_vectors import VECTORS, vectors

CHECKER = Path(robust_checker.__file__)


def test_it_needs_nothing_but_python_3_9_and_can_be_read_in_one_go() -> None:
    """Its grammar is that of 3.9, it imports the standard library only, and has no float."""
    assert imported(CHECKER) == {"json", "sys", "collections", "fractions", "itertools", "math"}
    assert CHECKER.read_text("utf-8").count("\n") < 400
    assert floats(CHECKER) == []


def test_it_runs_alone(tmp_path: Path) -> None:
    """Copied away and isolated, it says what holds: exit codes 0, 1 and 2."""
    for path, code, said in (
        (VECTORS / "valid" / "ranges.json", 0, "It is a draw for every answer in the ranges."),
        (VECTORS / "refused" / "least.json", 1, "Not valid.\nleast\na side may gain less"),
        (tmp_path / "nowhere.json", 2, "usage: python robust_checker.py"),
    ):
        run = run_alone(CHECKER, tmp_path, path)
        assert (run.returncode, run.stderr) == (code, "")
        assert said in run.stdout


@pytest.mark.parametrize("name", DISPUTES)
def test_what_is_made_is_valid_and_says_what_holds(name: str) -> None:
    """Made of ranges, of links, of everything and of a draw that has its price: all are valid."""
    verdict = check(text_of_known(name))
    assert verdict.valid, verdict.failure
    assert "It is a draw for every answer in the ranges." in verdict.claims
    assert verdict.cases > 50


@pytest.mark.parametrize("name", FORGED)
def test_a_forgery_is_refused_with_its_code(name: str) -> None:
    """Each is refused, with the code that says why."""
    verdict = check(forged(name))
    assert not verdict.valid
    assert verdict.claims == ()
    assert verdict.failure.code == FORGED[name][0], verdict.failure


def test_the_vectors_are_what_the_tool_writes() -> None:
    """The files are those that `python tools/robust_vectors.py` writes, and no others."""
    files = {path.relative_to(VECTORS).as_posix(): path for path in VECTORS.rglob("*.json")}
    expected = vectors()
    assert sorted(files) == sorted(expected)
    for name, path in files.items():
        assert path.read_bytes().decode() == expected[name], name


def test_every_code_is_on_the_page_and_has_a_vector() -> None:
    """The codes that the program knows, those on the page, and those of vectors are the same."""
    tree = ast.parse(CHECKER.read_text("utf-8"))
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call)]
    demands = [n.args[1] for n in calls if getattr(n.func, "id", "") == "demand"]
    codes = {n.value for n in demands if isinstance(n, ast.Constant)}
    page = Path("docs/reference/robust-certificate.md").read_text("utf-8")
    listed = page[page.index("## Refusals") :]
    assert {str(code) for code in codes if f"| `{code}` |" in listed} == codes
    assert {code for code, _, _, _ in FORGED.values()} | {"dispute"} == codes


def test_only_one_way_of_writing_it_is_taken() -> None:
    """Blanks, other orders of keys, floats and constants are refused; one line end is not."""
    text = text_of_known("ranges")
    assert check(text + "\n").valid
    assert check(text.encode()).valid
    ordered = json.dumps(dict(reversed(list(known("ranges").items()))), separators=(",", ":"))
    for other in (text + " ", json.dumps(known("ranges")), ordered, "", "[", "[" * 100_000, '"x"'):
        assert check(other).failure.code == "shape"
    for odd in ("1.0", "NaN", "12345678901234567890"):
        assert check(text.replace('"hikiwake_robust":1', f'"hikiwake_robust":{odd}')).valid is False
    assert check(" " * (16 * 2**20 + 1)).failure.code == "too-large"


def test_it_speaks_of_one_dispute_only() -> None:
    """With another dispute beside it, it is refused; with its own, whatever package, it is not."""
    stated = known("ranges")["dispute"]
    assert check(text_of_known("ranges"), stated | {"package": None}).valid
    other = check(text_of_known("ranges"), stated | {"tolerance": "1/7"})
    assert other.failure.code == "dispute"


def holds(made: dict[str, Any]) -> bool:
    """Tell whether what a certificate claims is so at corners of what it is about."""
    stated = made["dispute"]
    for claim in made["claims"]:
        for points in meant(stated, claim):
            found = gains(stated, points)
            if found is None or not is_draw(stated, found):
                return False
            for gain, side in zip(found[0], claim["sides"], strict=True):
                most = sum((Fraction(weight) for _, weight in side["most"]), Fraction(0))
                if not Fraction(side["least"]) <= gain <= most:
                    return False
    return True


def test_the_oracle_says_yes_and_no() -> None:
    """It agrees with what is valid, and disagrees where a claim is widened."""
    assert all(holds(known(name)) for name in ("ranges", "linked"))
    wider = known("ranges")
    wider["dispute"]["sides"][0]["answers"][0][1][0] = "20"
    assert not holds(wider)


VALUES = ("0", "1", "-1", "1/2", "2", "60", "1000", "1/1000", 0, 1, 2, None, True, [], "x")


def mutated(made: dict[str, Any], random: Random) -> dict[str, Any]:
    """Return a certificate with one to three things changed."""
    changed = deepcopy(made)
    for _ in range(random.choice((1, 1, 2, 3))):
        *inner, last = random.choice(places(changed))
        holder: Any = changed
        for key in inner:
            holder = holder[key]
        value = holder[last]
        if isinstance(value, str) and value.lstrip("-")[:1].isdigit() and random.random() < 0.7:
            step = random.choice((Fraction(1), Fraction(-1), Fraction(1, 100), Fraction(-1, 10)))
            holder[last] = str(Fraction(value) + step)
        elif isinstance(value, list) and value and random.random() < 0.5:
            value.pop(random.randrange(len(value)))
        else:
            holder[last] = deepcopy(random.choice(VALUES))
    return changed


def changes(times: int, seed: int) -> tuple[int, int]:
    """Return how many random changes were tried, and how many of them are still valid and true."""
    random, accepted, tried = Random(seed), 0, 0
    for _ in range(times):
        made = mutated(known(random.choice(("ranges", "ranges", "linked"))), random)
        tried += 1
        if check(text_of(made)).valid:
            accepted += 1
            assert holds(made), text_of(made)
    return tried, accepted


def test_no_random_change_makes_what_is_false_valid() -> None:
    """Of 120 changed certificates, those that are valid are true at the corners."""
    tried, accepted = changes(120, 1)
    assert tried == 120
    assert 5 < accepted < 80


@pytest.mark.slow
def test_thousands_of_random_changes_make_nothing_false_valid() -> None:
    """The same for two thousand."""
    tried, accepted = changes(2_000, 2)
    assert tried == 2_000
    assert accepted > 50


def test_multipliers_may_be_worse_but_never_wrong() -> None:
    """Halved or dropped multipliers show less, never something else; larger ones, too."""
    for factor in (Fraction(0), Fraction(1, 2), Fraction(3, 2), Fraction(7)):
        made = known("linked")
        for claim in made["claims"]:
            for side in claim["sides"]:
                for table in side["multipliers"]:
                    for entry in table:
                        entry[1] = [str(factor * Fraction(y)) for y in entry[1]]
        verdict = check(text_of(made))
        assert not verdict.valid
        assert verdict.failure.code in ("least", "most", "hope", "below", "dominated", "price")


def test_a_name_cannot_write_on_the_screen(tmp_path: Path, capsys: Any) -> None:
    """Control characters in ids are shown as question marks."""
    raw = text_of_known("ranges").replace('"room"', '"r\\u001b[2J"')
    path = tmp_path / "odd.json"
    path.write_text(text_of(json.loads(raw)), "utf-8")
    assert robust_checker.main([str(path)]) == 0
    assert "r?[2J: ann" in capsys.readouterr().out
    assert robust_checker.main([]) == 2
