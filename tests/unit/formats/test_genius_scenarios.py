"""Every shared GENIUS scenario: read as a second, naive reading in floats reads it, and settled."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from hikiwake.api import settle
from hikiwake.formats.genius import read_genius
from hikiwake.model import Choice, Dispute
from hikiwake.settlement import Exactness

INTEGER = ("y2015/group9-killer_robot", "y2015/group9-vacation")
NONLINEAR = tuple(
    f"y2014/{n}issues{kind}"
    for n in (10, 30, 50)
    for kind in ("", "Discounted", "DiscountedwithRV", "withRV")
)

Values = dict[str, str | int]


def all_folders(shared: Path) -> list[Path]:
    """Return every scenario folder."""
    return sorted(path for path in (shared / "scenarios" / "genius").glob("y*/*") if path.is_dir())


def test_every_scenario_is_read_and_settled(shared: Path) -> None:
    """Of 127 folders all are read; the 115 of independent issues are settled from the frontier."""
    settled = 0
    for folder in all_folders(shared):
        dispute = read_genius(folder)
        assert len(dispute.parties) >= 2
        if f"{folder.parent.name}/{folder.name}" not in NONLINEAR:
            settlement = settle(dispute)
            assert (settlement.engine, settlement.exactness) == ("additive", Exactness.EXACT)
            settled += 1
    assert settled == 115


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(NONLINEAR))
def test_every_scenario_of_tied_issues_is_settled(shared: Path, name: str) -> None:
    """Up to 10^40 packages of hyper-rectangles are settled exactly, question by question."""
    settlement = settle(read_genius(shared / "scenarios" / "genius" / name))
    assert (settlement.engine, settlement.exactness) == ("cp_sat", Exactness.EXACT)
    assert settlement.package is not None


def drawn(dispute: Dispute, chance: random.Random) -> tuple[dict[str, str | Fraction], Values]:
    """Return a random package, as ours and by the issues' names as the files have them."""
    ours: dict[str, str | Fraction] = {}
    theirs: Values = {}
    for issue in dispute.issues:
        name = issue.name.plain or issue.id
        if isinstance(issue, Choice):
            option = chance.choice(issue.options)
            ours[issue.id], theirs[name] = option.id, option.name.plain or option.id
        else:
            number = chance.randint(int(getattr(issue, "min")), int(getattr(issue, "max")))  # noqa: B009
            ours[issue.id], theirs[name] = Fraction(number), number
    return ours, theirs


def additive(path: Path) -> Callable[[Values], float]:
    """Return a profile's utility, read the short way: weights × evaluations, cut at 0 and 1."""
    root = ET.parse(path).getroot()
    weights = {w.get("index"): float(w.get("value", "")) for w in root.iter("weight")}

    def utility(values: Values) -> float:
        total = 0.0
        for issue in root.iter("issue"):
            value = values[issue.get("name", "")]
            if issue.get("type") == "integer":
                line = issue.find("evaluator")
                assert line is not None
                steps = int(value) - int(issue.get("lowerbound", ""))
                got = float(line.get("offset", "")) + float(line.get("slope", "")) * steps
                got = min(max(got, 0.0), 1.0)
            else:
                table = {i.get("value"): float(i.get("evaluation", "")) for i in issue.iter("item")}
                got = table[str(value)] / max(table.values())
            total += weights[issue.get("index")] * got
        return total

    return utility


def rectangular(path: Path) -> Callable[[Values], float]:
    """Return a nonlinear profile's raw utility, read the short way."""
    root = ET.parse(path).getroot()
    names = {issue.get("index"): issue.get("name", "") for issue in root.iter("issue")}

    def utility(values: Values) -> float:
        return sum(
            float(box.get("utility", ""))
            for box in root.iter("hyperRectangle")
            if all(
                float(b.get("min", "")) <= float(values[names[b.get("index")]])
                and float(values[names[b.get("index")]]) <= float(b.get("max", ""))
                for b in box
            )
        )

    return utility


@pytest.mark.parametrize("scenario", [*INTEGER, *NONLINEAR])
def test_utilities_agree_with_a_second_reading_in_floats(shared: Path, scenario: str) -> None:
    """200 random packages of each folder with integers or rectangles, for each party."""
    folder = shared / "scenarios" / "genius" / scenario
    dispute = read_genius(folder)
    second = rectangular if scenario in NONLINEAR else additive
    parties = {party: second(folder / f"{party}.xml") for party in dispute.party_ids}
    chance = random.Random(scenario)
    for _ in range(200):
        ours, theirs = drawn(dispute, chance)
        for party, utility in parties.items():
            assert float(dispute.utility(party, ours)) == pytest.approx(utility(theirs), rel=1e-12)


@pytest.mark.parametrize("scenario", NONLINEAR)
def test_walk_aways_are_fractions_of_maxutility_or_the_least(shared: Path, scenario: str) -> None:
    """No reservation: what no random package goes below; else reservation × maxutility."""
    folder = shared / "scenarios" / "genius" / scenario
    dispute = read_genius(folder)
    chance = random.Random(scenario)
    packages = [drawn(dispute, chance) for _ in range(300)]
    for party in dispute.party_ids:
        root = ET.parse(folder / f"{party}.xml").getroot()
        most = next(root.iter("utility")).get("maxutility", "")
        declared = [Fraction(r.get("value", "")) for r in root.iter("reservation")]
        floor = dispute.walk_away(party)
        if declared:
            assert floor == declared[0] * Fraction(most)
        else:
            utility = rectangular(folder / f"{party}.xml")
            assert 0 <= floor <= min(utility(theirs) for _, theirs in packages)
