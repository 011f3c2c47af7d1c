"""The frontiers that others published for ANAC 2014, beside ours."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from benchmarks.rectangles import (
    PROFILES,
    Pair,
    as_outcome,
    beaten,
    compared,
    cut,
    found_beside,
    package_worth,
    profile,
    published,
    scales,
    starts_of,
    stepped,
    unscaled,
    whole,
    without_walk_aways,
)
from hikiwake import api
from hikiwake.errors import TooLarge
from hikiwake.formats.genius import read_genius

KINDS = ("", "Discounted", "DiscountedwithRV", "withRV")
# Worth this much to both, beaten by nothing, and not published.
MISSED = {"10issueswithRV": {(381, 612)}}
POINTS = {"10": (10, 8, 8, 7), "30": (10, 16, 34, 29), "50": (12, 11, 34, 11)}


def scenarios(*sizes: str, slow: tuple[str, ...] = ("30", "50")) -> list[Any]:
    """Return scenarios with so many issues, the larger ones marked slow.

    Tests of a scenario run in one process: its frontier is worked out once.
    """
    names = [f"{size}issues{kind}" for size in sizes for kind in KINDS]
    return [
        pytest.param(name, marks=[pytest.mark.xdist_group(name), *_slow(name[:2] in slow)])
        for name in names
    ]


def _slow(is_slow: bool) -> list[pytest.MarkDecorator]:
    return [pytest.mark.slow] if is_slow else []


def folder_of(shared: Path, scenario: str) -> Path:
    """Return a scenario's folder."""
    return shared / "scenarios" / "genius" / "y2014" / scenario


@cache
def ours(folder: Path) -> list[Pair]:
    """Return our frontier when nobody could walk away, in whole utilities."""
    found = api.frontier(without_walk_aways(read_genius(folder)))
    assert found.parties == PROFILES
    return [_pair(row) for row in found.exact_utilities]


@cache
def by_steps(folder: Path) -> dict[Pair, dict[str, int]]:
    """Return the frontier by another program, each point with a package."""
    return stepped(folder)


def is_refused(folder: Path) -> bool:
    """Tell, where no engine covers tied issues yet, that the frontier is refused as such."""
    if "cp_sat" in api.ENGINES:
        return False
    with pytest.raises(TooLarge):
        ours(folder)
    return True


def _pair(row: tuple[Fraction, ...]) -> Pair:
    first, second = row
    assert first.denominator == second.denominator == 1
    return first.numerator, second.numerator


def test_a_number_that_is_no_utility_over_its_scale_is_not_taken_for_one() -> None:
    """Of two neighbouring 32-bit floats only the one that is 449/662 is read as 449 of 662."""
    assert unscaled(0.67824775, 662) == 449
    with pytest.raises(ValueError, match="no whole utility"):
        unscaled(0.67824785, 662)


@pytest.mark.shared
@pytest.mark.parametrize("scenario", scenarios("10", "30", "50", slow=()))
def test_published_points_are_whole_utilities_over_maxutility(shared: Path, scenario: str) -> None:
    """Every number is a whole utility ÷ the profile's maxutility in 32 bits; the bests are 1."""
    folder = folder_of(shared, scenario)
    pairs = whole(folder)
    size, kind = scenario[:2], scenario.removeprefix(scenario[:2] + "issues")
    assert len(pairs) == len(set(pairs)) == POINTS[size][KINDS.index(kind)]
    assert [max(column) for column in zip(*published(folder), strict=True)] == [1, 1]
    assert tuple(max(column) for column in zip(*pairs, strict=True)) == scales(folder)
    assert not any(beaten(one, pairs) for one in pairs)


@pytest.mark.shared
@pytest.mark.parametrize("scenario", scenarios("10", "30", "50"))
def test_published_utilities_follow_from_the_profiles_as_we_read_them(
    shared: Path, scenario: str
) -> None:
    """For each point a search of its own finds a package; ours says it is worth just that."""
    pytest.importorskip("ortools")
    folder = folder_of(shared, scenario)
    dispute = read_genius(folder)
    known = by_steps(folder)
    beside = found_beside(folder, set(whole(folder)) - set(known), known.values())
    for wanted in whole(folder):
        values = known.get(wanted) or beside.get(wanted) or package_worth(folder, wanted)
        assert values is not None
        outcome = as_outcome(dispute, values)
        assert tuple(dispute.utility(party, outcome) for party in PROFILES) == wanted


@pytest.mark.shared
def test_beside_a_package_is_what_two_changed_issues_lead_to(shared: Path) -> None:
    """What is found beside a package is just what trying each two changes one by one finds."""
    folder = folder_of(shared, "10issues")
    ann, ben = profiles = [profile(folder / f"{name}.xml") for name in PROFILES]
    starts = starts_of(profiles)
    package = {issue: own[-1] for issue, own in starts.items()}
    changes = [{issue: start} for issue, own in starts.items() for start in own]
    tried = {
        (ann.utility(package | first | second), ben.utility(package | first | second))
        for first, second in combinations(changes, 2)
    }
    found = found_beside(folder, {*tried, (-1, -1)}, [package])
    assert set(found) == tried
    for pair, values in found.items():
        assert (ann.utility(values), ben.utility(values)) == pair


def test_what_is_worth_more_than_maxutility_counts_as_the_most() -> None:
    """Cut off at 10 and 10, (4, 12) is worth (4, 10) and is beaten by (5, 10)."""
    assert cut([(4, 12), (5, 10), (9, 3)], (10, 10)) == {(5, 10), (9, 3)}


@pytest.mark.shared
@pytest.mark.parametrize("scenario", scenarios("10"))
def test_published_frontiers_of_ten_issues_are_ours_point_for_point(
    shared: Path, scenario: str
) -> None:
    """Of 10 issues all published points are ours; cut off, ours has but one that they missed."""
    folder = folder_of(shared, scenario)
    if is_refused(folder):
        return
    own, theirs = ours(folder), whole(folder)
    assert set(theirs) <= set(own)
    assert cut(own, scales(folder)) == set(theirs) | MISSED.get(scenario, set())


@pytest.mark.shared
@pytest.mark.parametrize("scenario", MISSED)
def test_a_missed_point_has_a_package_and_no_published_point_beats_it(
    shared: Path, scenario: str
) -> None:
    """What was missed is there: a package is worth it, by our reading and by the short one."""
    pytest.importorskip("ortools")
    folder = folder_of(shared, scenario)
    dispute = read_genius(folder)
    for wanted in MISSED[scenario]:
        values = package_worth(folder, wanted)
        assert values is not None
        outcome = as_outcome(dispute, values)
        assert tuple(dispute.utility(party, outcome) for party in PROFILES) == wanted
        short = [profile(folder / f"{name}.xml").utility(values) for name in PROFILES]
        assert tuple(short) == wanted
        assert not beaten(wanted, whole(folder))


@pytest.mark.shared
@pytest.mark.parametrize("scenario", scenarios("30", "50"))
def test_no_published_point_is_out_of_our_reach(shared: Path, scenario: str) -> None:
    """Of 30 and 50 issues ours equals or beats each published point, cut off alike or not."""
    folder = folder_of(shared, scenario)
    if is_refused(folder):
        return
    own, theirs = ours(folder), whole(folder)
    assert compared(own, theirs).covers
    assert compared(cut(own, scales(folder)), theirs).covers


@pytest.mark.shared
@pytest.mark.parametrize("scenario", scenarios("10", "30", "50"))
def test_a_short_program_of_its_own_finds_the_same_frontier(shared: Path, scenario: str) -> None:
    """Stepped through by another program, the frontier is ours, and reaches what is published."""
    pytest.importorskip("ortools")
    folder = folder_of(shared, scenario)
    found, theirs = by_steps(folder), whole(folder)
    assert compared(found, theirs).covers
    if scenario.startswith("10"):
        assert cut(found, scales(folder)) == set(theirs) | MISSED.get(scenario, set())
    if not is_refused(folder):
        assert sorted(ours(folder)) == sorted(found)
