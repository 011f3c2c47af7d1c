"""Disputes from books and papers give the answers that their sources give, to the fraction."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from hikiwake.api import load, properties_of, settle
from hikiwake.explain import tell
from tests.docs.terminal import run_in_process
from tests.golden.stored import HERE, compare, leave

PUBLISHED = HERE.parents[1] / "examples" / "published"
CASES: list[dict[str, Any]] = json.loads((HERE / "published.json").read_text("utf-8"))["cases"]
WITH_FRONTIER = [case for case in CASES if "frontier" in case]
EXIT = {"draw": 0, "uneven": 1}


def name_of(case: dict[str, Any]) -> str:
    return f"{Path(case['file']).stem}-{case['rule']}"


def printed(*arguments: str) -> tuple[int, dict[str, Any]]:
    """Run a command as a terminal would, and return its exit code and the object it printed."""
    code, output = run_in_process(list(arguments))
    return code, json.loads(output)


def rounded(utilities: dict[str, str], decimals: int) -> dict[str, str]:
    """Return utilities rounded to so many decimals, by the exact fractions."""
    unit = 10**decimals
    return {
        party: str((Decimal(round(Fraction(text) * unit)) / unit).quantize(Decimal(1) / unit))
        for party, text in utilities.items()
    }


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_published_dispute_gives_its_published_answer(case: dict[str, Any]) -> None:
    """`hikiwake settle FILE --rule NAME --json` prints what the source says, in exact fractions."""
    path = str(PUBLISHED / case["file"])
    code, found = printed("settle", path, "--rule", case["rule"], "--json")
    if "decimals" in case:
        found["utilities"] = rounded(found["utilities"], case["decimals"])
    expected = case["expected"]
    same = {key: found.get(key) for key in expected}
    if same != expected:
        leave(f"published/{name_of(case)}.json", json.dumps(found, indent=1, ensure_ascii=False))
    assert same == expected
    assert code == EXIT[found["status"]]
    if "sum" in case:
        total = sum(Fraction(text) for text in found["utilities"].values())
        assert total == Fraction(case["sum"])


@pytest.mark.parametrize("case", WITH_FRONTIER, ids=name_of)
def test_a_published_frontier_is_found_whole(case: dict[str, Any]) -> None:
    """The frontier has as many points as the source counts, with the envy-free and even ones."""
    from hikiwake.api import frontier, load
    from hikiwake.properties import PROPERTIES

    dispute = load(PUBLISHED / case["file"])
    found = frontier(dispute)
    expected = case["frontier"]
    rows = list(zip(found.outcomes, found.exact_utilities, strict=True))
    assert len({utilities for _, utilities in rows}) == len(rows) == expected["points"]
    if "packages" in expected:
        assert found.searched == expected["packages"]
    if "envy_free" in expected:
        free = [u for outcome, u in rows if PROPERTIES["envy_free"](dispute, outcome).holds]
        assert sorted(free) == [tuple(map(Fraction, row)) for row in expected["envy_free"]]
        even = [utilities for utilities in free if len(set(utilities)) == 1]
        assert even == [tuple(map(Fraction, row)) for row in expected["exactly_even"]]


def test_every_published_file_has_an_expected_answer() -> None:
    """No file lies in examples/published that the table of expected answers does not know."""
    assert {path.name for path in PUBLISHED.iterdir()} == {case["file"] for case in CASES}


@pytest.mark.parametrize("path", sorted(PUBLISHED.glob("*.toml")), ids=lambda path: path.stem)
def test_a_published_file_names_its_source_its_rules_and_its_answer(path: Path) -> None:
    """The comments on top give the source, every rule that is tested, and what is expected."""
    lines = path.read_text("utf-8").splitlines()
    top = " ".join(line for line in lines[: lines.index("")])
    assert "Source: " in top
    assert "Expected" in top
    assert all(case["rule"] in top for case in CASES if case["file"] == path.name)


@pytest.mark.parametrize("audience", ["mediator", "joint", "1"])
def test_a_settlement_with_money_is_told_as_before(audience: str) -> None:
    """Who pays and who receives, in dollars, to the mediator, to everybody and to one heir."""
    path = PUBLISHED / "knaster-luce-raiffa.toml"
    dispute = load(path)
    settlement = replace(settle(dispute, "knaster"), seconds=0.0)
    verdicts = properties_of(dispute, settlement)
    text = tell(dispute, settlement, audience, "en", verdicts).text(80)
    compare(f"texts/knaster.{audience}.en.txt", text)
