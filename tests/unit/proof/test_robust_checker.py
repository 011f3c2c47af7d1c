"""The program that checks how far a draw holds: alone, on vectors, forgeries, random changes."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from copy import deepcopy
from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from hikiwake.proof import robust_checker
from hikiwake.proof.robust_checker import check
from tests.support.mutations import places
from tests.support.robust_certificates import (
    DISPUTES,
    WHOLE,
    Raw,
    known,
    text_of,
    text_of_known,
)
from tests.support.robust_forgeries import FORGED, forged
from tests.support.robust_oracle import gains, is_draw, listed_form, meant
from tests.support.standalone import floats, imported, run_alone
from tests.support.vertices import vertices
from tools.robust_vectors import VECTORS, vectors

pytestmark = pytest.mark.xdist_group("robust certificates")  # they are made once, in one process

CHECKER = Path(robust_checker.__file__)
TREES = ("least", "better", "price")
Package = tuple[tuple[int, tuple[Fraction, ...]], ...]


def test_it_needs_nothing_but_python_3_9() -> None:
    """Its grammar is that of 3.9, it imports the standard library only, and has no float."""
    assert imported(CHECKER) == {"json", "sys", "collections", "fractions", "itertools", "math"}
    assert floats(CHECKER) == []


def test_it_runs_alone(tmp_path: Path) -> None:
    """Copied away and isolated, it says what holds: exit codes 0, 1 and 2."""
    for path, code, said in (
        (VECTORS / "valid" / "share.json", 0, "savings: 1/2 ann, 1/2 ben"),
        (VECTORS / "refused" / "least.json", 1, "Not valid.\nleast\na side may gain less"),
        (tmp_path / "nowhere.json", 2, "usage: python robust_checker.py"),
    ):
        run = run_alone(CHECKER, tmp_path, path)
        assert (run.returncode, run.stderr) == (code, "")
        assert said in run.stdout


@pytest.mark.parametrize("name", DISPUTES)
def test_what_is_made_is_valid_and_says_what_holds(name: str) -> None:
    """Shares, amounts, money, groups, links, and more packages than are ever listed: all valid."""
    verdict = check(text_of_known(name))
    assert verdict.valid, verdict.failure
    assert "It is a draw for every answer in the ranges." in verdict.claims
    assert verdict.cases > 10


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
    calls = [n for n in ast.walk(ast.parse(CHECKER.read_text("utf-8"))) if isinstance(n, ast.Call)]
    demands = [n.args[1] for n in calls if getattr(n.func, "id", "") == "demand"]
    codes = {n.value for n in demands if isinstance(n, ast.Constant)} | {"least", "price"}
    page = Path("docs/reference/robust-certificate.md").read_text("utf-8")
    listed = page[page.index("## Refusals") :]
    assert {str(code) for code in codes if f"| `{code}` |" in listed} == codes
    assert {code for code, _, _, _ in FORGED.values()} | {"dispute"} == codes | {"dominated"}


def test_only_one_way_of_writing_it_is_taken_and_no_depth_breaks_it() -> None:
    """Blanks, floats, constants and cases without end are refused; one line end is not."""
    text = text_of_known("share")
    assert check(text + "\n").valid
    first = text.index('"better":[') + len('"better":[')
    deep = text[:first] + '["cut",[2,0,"0"],[[],' * 400 + "[]" + "]]" * 400 + "," + text[first:]
    for other in (text + " ", json.dumps(known("share")), "", "[", "[" * 100_000, '"x"', deep):
        assert check(other).failure.code == "shape"
    for odd in ("3.0", "NaN", "12345678901234567890"):
        assert not check(text.replace('"hikiwake_robust":3', f'"hikiwake_robust":{odd}')).valid
    assert check(" " * (16 * 2**20 + 1)).failure.code == "too-large"


def test_it_speaks_of_one_dispute_only() -> None:
    """With another dispute beside it, it is refused; with its own it is not."""
    stated = known("share")["dispute"]
    assert check(text_of_known("share"), stated).valid
    assert check(text_of_known("share"), stated | {"tolerance": "1/7"}).failure.code == "dispute"


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


def plain(made: Raw) -> Raw:
    """Return a certificate of whole issues as the oracle reads it."""
    found = listed_form(made)
    assert found is not None
    return found


def test_the_oracle_says_yes_and_no() -> None:
    """It agrees with what is valid, and disagrees where a claim is widened."""
    assert all(holds(plain(known(name))) for name in WHOLE)
    wider = plain(known("ranges"))
    wider["dispute"]["sides"][0]["answers"][4][1][0] = "20"
    assert not holds(wider)


VALUES = ("0", "1", "-1", "1/2", "2", "60", "1000", "1/1000", 0, 1, 2, None, True, [], "x")


def mutated(made: dict[str, Any], random: Random) -> dict[str, Any]:
    """Return a certificate with one to three things changed."""
    changed = deepcopy(made)
    for _ in range(random.choice((1, 1, 2, 3))):
        holder, last = random.choice(places([changed], 0)[1:])
        value = holder[last]
        if isinstance(value, str) and value.lstrip("-")[:1].isdigit() and random.random() < 0.7:
            step = random.choice((Fraction(1), Fraction(-1), Fraction(1, 100), Fraction(-1, 10)))
            holder[last] = str(Fraction(value) + step)
        elif isinstance(value, list) and value and random.random() < 0.5:
            value.pop(random.randrange(len(value)))
        else:
            holder[last] = deepcopy(random.choice(VALUES))
    return changed


def changed(made: Raw, random: Random) -> Raw:
    """Return a certificate with one to three things changed, mostly in what its trees speak of."""
    if random.random() < 0.2:
        return mutated(made, random)
    trees = [{name: claim.pop(name) for name in TREES} for claim in made["claims"]]
    made = mutated(made, random)
    if isinstance(made["claims"], list) and len(made["claims"]) == len(trees):
        for claim, own in zip(made["claims"], trees, strict=True):
            if isinstance(claim, dict):
                claim.update(own)
    return made


def of_whole_issues(times: int, seed: int) -> int:
    """Return how many random changes are valid, all of them true at the corners by definition."""
    random, accepted = Random(seed), 0
    for _ in range(times):
        made = changed(known(random.choice([*WHOLE])), random)
        if check(text_of(made)).valid and (listed := listed_form(made)) is not None:
            accepted += 1
            assert holds(listed), text_of(made)
    return accepted


def test_no_random_change_makes_what_is_false_of_whole_issues_valid() -> None:
    """Of 200 changed certificates, those that are valid are true."""
    assert 5 < of_whole_issues(200, 3) < 150


@pytest.mark.slow
def test_many_more_random_changes_make_nothing_false_valid() -> None:
    """The same for some hundreds more, of either kind."""
    assert of_whole_issues(300, 5) > 10
    assert of_divisions(150, 6) > 5


def grid(stated: Raw) -> Iterator[Package]:
    """Yield allowed packages, what is divided in sixths."""
    ways: list[list[tuple[int, tuple[Fraction, ...]]]] = []
    for issue in stated["issues"]:
        own: list[tuple[int, tuple[Fraction, ...]]] = []
        for option, ends in enumerate(issue["options"]):
            steps = product(range(7), repeat=len(ends)) if len(ends) > 1 else [(6,)]
            own += [(option, tuple(Fraction(n, 6) for n in s)) for s in steps if sum(s) == 6]
        ways.append(own)
    for package in product(*ways):
        if not any(has(package, when) for _, when in stated["never"]):
            yield package


def has(package: Package, when: Any) -> bool:
    """Tell whether a package has a combination."""
    for issue, what, *bounds in when:
        option, parts = package[issue]
        low, high = bounds or (None, None)
        if not bounds and option not in what:
            return False
        if (low is not None and parts[what] <= Fraction(low)) or (
            high is not None and parts[what] >= Fraction(high)
        ):
            return False
    return True


def surplus(side: Raw, package: Package, numbers: list[Fraction]) -> Fraction:
    """Return a side's points for a package above its walk-away value, for some answers."""
    total = -sum((Fraction(w) * numbers[j] for j, w in side["walk_away"]), Fraction(0))
    for points, (option, parts) in zip(side["points"], package, strict=True):
        for end, part in zip(points[option], parts, strict=True):
            total += part * sum((Fraction(w) * numbers[j] for j, w in end), Fraction(0))
    return total + sum(numbers[j] for j, when in side["bonuses"] if has(package, when))


def seen_false(made: Raw, random: Random) -> bool:
    """Tell whether a claim of a certificate is broken at random corners, by packages of a grid."""
    stated = made["dispute"]
    divided = (one if isinstance(one, list) else (one, ["1"]) for one in made["package"])
    own = tuple((option, tuple(map(Fraction, parts))) for option, parts in divided)
    every = [own, *grid(stated)]
    for claim in made["claims"]:
        for _ in range(6):
            lines: list[list[Fraction]] = []
            for side, ideal in zip(stated["sides"], made["ideals"], strict=True):
                off = Fraction(claim["error"]) * Fraction(ideal["most"])
                numbers: list[Fraction] = []
                for x, span, guessed in side["answers"]:
                    by = off if guessed else 0
                    ends = (
                        span if span and claim["ranges"] else (Fraction(x) - by, Fraction(x) + by)
                    )
                    numbers.append(Fraction(random.choice(ends)))
                lines.append([surplus(side, package, numbers) for package in every])
            points = list(zip(*lines, strict=True))
            possible = [point for point in points if min(point) >= 0]
            if min(points[0]) < 0 or any(
                other != points[0] and all(a >= b for a, b in zip(other, points[0], strict=True))
                for other in possible
            ):
                return True
            ideals = [max(column) for column in zip(*possible, strict=True)]
            claims = zip(claim["sides"], points[0], ideals, strict=True)
            if any(Fraction(s["least"]) * ideal > gain for s, gain, ideal in claims):
                return True
    return False


def of_divisions(times: int, seed: int) -> int:
    """Return how many random changes are valid, none of which a grid shows to be false."""
    random, accepted = Random(seed), 0
    for _ in range(times):
        made = changed(known(random.choice(("share", "amount"))), random)
        if check(text_of(made)).valid:
            accepted += 1
            assert not seen_false(made, random), text_of(made)
    return accepted


def test_no_random_change_makes_what_is_false_of_divisions_valid() -> None:
    """Of 150 changed certificates with shares and amounts none that is valid is false in a grid;
    and the grid does see what is false."""
    assert 5 < of_divisions(150, 4) < 110
    wider = known("share")
    wider["dispute"]["sides"][0]["answers"][2][1][0] = "20"
    assert seen_false(wider, Random(1))


@pytest.mark.parametrize("seed", range(12))
def test_the_corners_of_linked_answers_are_those_of_the_definition(seed: int) -> None:
    """Every point in which enough walls meet and that is beyond none of them, and no other; limits
    on others alone are left aside, those with answers that are sure are not."""
    random = Random(seed)
    given = [Fraction(random.randint(0, 6)) for _ in range(5)]
    spans = [(x - random.randint(1, 3), x + random.randint(1, 3)) for x in given]
    spans[3] = given[3], given[3]
    limits: list[tuple[dict[int, Fraction], Fraction]] = []
    for among in ([0, 1], [0, 1, 2], [1, 2, 3], [3, 4]):
        weigh = {j: Fraction(random.choice((-2, -1, 1, 3))) for j in among}
        most = sum((w * given[j] for j, w in weigh.items()), Fraction(random.randint(0, 2)))
        limits.append((weigh, most))
    walls = [(tuple(Fraction(s * (j == k)) for k in range(3)), s * spans[j][s > 0])
             for j in range(3) for s in (-1, 1)]  # fmt: skip
    for weigh, most in limits[:3]:
        row = tuple(weigh.get(k, Fraction(0)) for k in range(3))
        walls.append((row, most - weigh.get(3, 0) * given[3]))
    side = SimpleNamespace(limits=limits)
    found = robust_checker.Meant(side, spans, []).corners([0, 1, 2])
    assert [tuple(a for a, _ in one.spans[:3]) for one in found] == sorted(vertices(walls))
    assert all(one.spans[3:] == spans[3:] for one in found)


def test_linked_answers_are_not_taken_apart() -> None:
    """One answer is at most 1, and no more than a second and than 2 less that one. At both ends of
    the second it is 0, between them it is not: a proof by these ends alone is refused."""
    one = Fraction(1)
    limits = [({0: one, 1: -one}, Fraction(0)), ({0: one, 1: one}, Fraction(2))]
    side = SimpleNamespace(limits=limits)
    bounds = robust_checker.bounds_of(side, [["1", "0"], ["0", "1"]])
    spans = [(Fraction(0), one), (Fraction(0), Fraction(2))]
    found = robust_checker.Meant(side, spans, bounds)
    assert {tuple(a for a, _ in own.spans) for own in found.corners([0, 1])} == {
        (0, 0), (0, 2), (1, 1)
    }  # fmt: skip
    with pytest.raises(robust_checker.Refused) as refused:
        found.corners([1])
    assert refused.value.args[0] == "shape"


def test_multipliers_may_be_worse_but_never_wrong() -> None:
    """Larger or smaller multipliers show less, never something else."""
    for factor in (Fraction(1, 2), Fraction(7)):
        made = known("linked")
        for claim in made["claims"]:
            for side in claim["sides"]:
                for ys in side["multipliers"]:
                    ys[:] = [str(factor * Fraction(y)) for y in ys]
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
