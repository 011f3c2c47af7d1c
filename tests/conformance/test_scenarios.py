"""Every shared scenario that can be listed: frontier and rules against all of its packages."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hikiwake import api
from hikiwake.formats.genius import read_genius
from hikiwake.model import Amount, Choice, Dispute, Issue
from hikiwake.settlement import Exactness, Settlement, Status
from tests.conformance.definitions import decisions
from tests.conformance.listed import Listed
from tests.support.shared import shared_root

QUICK, MOST = 1_000, 1_000_000
RULES = ("draw", "kalai_smorodinsky", "nash", "egalitarian")
FOLDERS, SETTLED, TIED = 127, 115, 12


def folders() -> list[Path]:
    """Return every scenario folder; none where the shared folder is not here."""
    root = shared_root()
    return sorted((root / "scenarios" / "genius").glob("y*/*")) if root else []


@cache
def sizes(folder: Path) -> tuple[int, bool]:
    """Return how many packages a scenario has, and whether bonuses tie its issues together."""
    dispute = read_genius(folder)
    number = 1
    for issue in dispute.issues:
        number *= size(dispute, issue)
    return number, any(p.bonuses for p in dispute.preferences.values())


def size(dispute: Dispute, issue: Issue) -> int:
    """Return in how many ways an issue can be decided."""
    assert isinstance(issue, Choice | Amount)
    return len(decisions(dispute, issue))


def enumerable() -> list[Any]:
    """Return the scenarios whose packages can be listed; the larger ones are slow."""
    found: list[Any] = []
    for folder in folders():
        number, tied = sizes(folder)
        if not tied and number <= MOST:
            name = f"{folder.parent.name}/{folder.name}"
            marks = [pytest.mark.slow] if number > QUICK else []
            found.append(pytest.param(folder, id=name, marks=marks))
    return found


SCENARIOS = enumerable()


@pytest.mark.shared
@pytest.mark.parametrize("folder", SCENARIOS)
def test_a_scenario_is_settled_as_a_look_at_every_package_says(folder: Path) -> None:
    """Frontier with ties, draw, Kalai–Smorodinsky, Nash and best minimum: to the fraction."""
    # Points of a scenario mean something to one party only; a rule that compares them can still
    # be checked on them.
    dispute = replace(read_genius(folder), common_scale=True)
    judge = Listed(dispute)
    found = api.frontier(dispute)
    assert found.searched == judge.number
    settlements = {rule: api.settle(dispute, rule) for rule in RULES}
    assert {one.exactness for one in settlements.values()} == {Exactness.EXACT}
    if judge.ideal is None:
        assert len(found) == 0
        assert {one.status for one in settlements.values()} == {Status.NO_AGREEMENT}
        return
    assert set(found.exact_utilities) == judge.frontier
    assert len(found) == len(judge.frontier)
    assert list(found.ties) == [judge.ties(point) for point in found.exact_utilities]
    for rule, settlement in settlements.items():
        agrees(judge, rule, settlement)


def agrees(judge: Listed, rule: str, settlement: Settlement) -> None:
    """Hold a settlement against all packages."""
    assert settlement.ideals is not None
    assert tuple(settlement.ideals.values()) == judge.ideal
    assert settlement.utilities is not None
    assert settlement.outcome is not None
    vector = tuple(settlement.utilities.values())
    answers = judge.answers(rule)
    assert vector in answers
    assert judge.worth(settlement.outcome) == vector
    assert tuple(settlement.gains.values()) == judge.gains(vector)  # pyright: ignore[reportOptionalMemberAccess]
    assert settlement.imbalance == judge.imbalance(vector)
    assert settlement.status is (Status.DRAW if judge.is_draw(vector) else Status.UNEVEN)
    assert settlement.ties == judge.ties(vector)
    levels = judge.levels(vector)
    others = [one for one in answers if one != vector and judge.levels(one) == levels]
    assert settlement.twins == sum(map(judge.ties, others))
    dearer = judge.even_but_dearer() if rule == "draw" else frozenset()
    beside = settlement.even_but_dearer
    if settlement.status is Status.UNEVEN and dearer:
        assert beside is not None
        assert tuple(beside.package.utilities.values()) in dearer
    else:
        assert beside is None


@pytest.mark.shared
def test_no_scenario_is_left_out_unseen(shared: Path) -> None:
    """All 127 folders are there: 115 can be listed, 12 have tied issues and over 10⁹ packages."""
    assert len(folders()) == FOLDERS
    assert len(SCENARIOS) == SETTLED
    tied = [number for number, tied in map(sizes, folders()) if tied]
    assert len(tied) == TIED
    assert min(tied) == 10**10
