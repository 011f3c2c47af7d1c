"""1,030 real negotiations (CaSiNo): the known facts come out, by the library and by counting."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from hikiwake.settlement import Settlement

ROOT = Path(__file__).resolve().parents[2]
DIVISIONS = list(product(range(4), repeat=3))
DEALS, TRIED = 1005, 1030


@cache
def study() -> ModuleType:
    path = ROOT / "benchmarks" / "casino.py"
    spec = importlib.util.spec_from_file_location("casino_study", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def settling() -> Any:
    """Return how the study settles, whatever a test puts in its place."""
    return study().answered


@cache
def answer(worth: tuple[tuple[int, ...], ...], rule: str) -> Settlement:
    """Settle a dispute over what is worth so much, once."""
    ((settlement,), *_) = settling()([study().Camp(worth, None, (0, 0))], rule)
    return settlement


def percent(part: int) -> float:
    return round(100 * part / DEALS, 1)


def scores(worth: tuple[tuple[int, ...], ...], got: tuple[int, ...]) -> tuple[int, int]:
    """Count both sides' points for a division, where side a got so many of each kind."""
    a, b = worth
    return (
        sum(points * count for points, count in zip(a, got, strict=True)),
        sum(points * (3 - count) for points, count in zip(b, got, strict=True)),
    )


def test_the_known_facts_come_out_by_the_library(shared: Path) -> None:
    """67.4 % efficient, 41.5 % envy-free, 4.6 % equal, 29.0 % the best minimum; 16.90 of 18.50."""
    module = study()
    found = module.reached(module.camps(shared / "data" / "casino.csv"))
    assert (found.tried, found.deals) == (TRIED, DEALS)
    counted = (found.efficient, found.envy_free, found.equal, found.best)
    assert tuple(map(percent, counted)) == (67.4, 41.5, 4.6, 29.0)
    assert (round(found.least, 2), round(found.hoped, 2)) == (Fraction("16.90"), Fraction("18.50"))


def test_the_known_facts_come_out_by_counting(shared: Path) -> None:
    """The same facts from the 64 divisions of each dispute, without the library's rules."""
    module = study()
    camps = module.camps(shared / "data" / "casino.csv")
    found = module.reached(camps)
    efficient = envy_free = equal = best = possible = least = hoped = 0
    for camp in (camp for camp in camps if camp.got is not None):
        all_scores = [scores(camp.worth, division) for division in DIVISIONS]
        a, b = scores(camp.worth, camp.got)
        assert (a, b) == camp.points
        efficient += not any(x >= a and y >= b and (x, y) != (a, b) for x, y in all_scores)
        totals = [3 * sum(points) for points in camp.worth]
        envy_free += 2 * a >= totals[0] and 2 * b >= totals[1]
        possible += any(2 * x >= totals[0] and 2 * y >= totals[1] for x, y in all_scores)
        equal += a == b
        top = max(min(pair) for pair in all_scores)
        best += min(a, b) == top
        least += min(a, b)
        hoped += top
    assert (found.efficient, found.envy_free, found.equal, found.best) == (
        efficient,
        envy_free,
        equal,
        best,
    )
    assert possible == DEALS
    assert (found.least, found.hoped) == (Fraction(least, DEALS), Fraction(hoped, DEALS))


@pytest.mark.parametrize("rule", ["draw", "egalitarian", "nash"])
def test_what_a_rule_answers_is_best_among_the_divisions(shared: Path, rule: str) -> None:
    """Each of the 36 different disputes: the answer has the best smallest gain, or product."""
    module = study()
    camps = {camp.worth: camp for camp in module.camps(shared / "data" / "casino.csv")}
    assert len(camps) == 36
    for camp in camps.values():
        ended = module.as_camp(camp, answer(camp.worth, rule))
        all_scores = [scores(camp.worth, division) for division in DIVISIONS]
        assert scores(camp.worth, ended.got) == ended.points in all_scores
        fair = [(a - 5, b - 5) for a, b in all_scores if min(a, b) >= 5]
        a, b = (points - 5 for points in ended.points)
        if rule == "nash":
            assert a * b == max(x * y for x, y in fair)
        elif rule == "egalitarian":
            assert min(a, b) == max(min(pair) for pair in fair)
        else:
            ranges = max(x for x, _ in fair), max(y for _, y in fair)
            smallest = [min(Fraction(x, ranges[0]), Fraction(y, ranges[1])) for x, y in fair]
            assert min(Fraction(a, ranges[0]), Fraction(b, ranges[1])) == max(smallest)


def test_all_of_them_are_settled_in_one_go(shared: Path) -> None:
    """All 1,030 disputes, one by one, are settled exactly, the same ones alike, and nobody would
    walk away."""
    module = study()
    camps = module.camps(shared / "data" / "casino.csv")
    settlements, seconds, own = module.answered(camps, "draw")
    assert len(settlements) == TRIED
    assert seconds > 0 < own
    assert {settlement.exactness.value for settlement in settlements} == {"exact"}
    assert all(min(settlement.utilities.values()) > 5 for settlement in settlements)
    packages = [settlement.package for settlement in settlements]
    assert packages == [answer(camp.worth, "draw").package for camp in camps]


def test_the_page_is_what_the_study_prints(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CASINO.md holds the comparison as it comes out today, but for how long it took."""
    module = study()

    def each_once(camps: Sequence[Any], rule: str) -> tuple[list[Settlement], float, float]:
        return [answer(camp.worth, rule) for camp in camps], 0.0, 0.0

    settling()
    monkeypatch.setattr(module, "answered", each_once)
    lines = module.report(module.camps(shared / "data" / "casino.csv"))
    kept = module.RESULTS.read_text("utf-8")
    assert kept.startswith(module.PAGE)
    assert [line for line in lines if line.startswith(("|", "Possible"))] == [
        line for line in kept.splitlines() if line.startswith(("|", "Possible"))
    ]


def test_without_the_data_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the shared folder nothing is compared, that is said, and the answer is exit 1."""
    monkeypatch.delenv("HIKIWAKE_SHARED", raising=False)
    assert study().main([]) == 1
    assert "nothing to compare" in capsys.readouterr().out
