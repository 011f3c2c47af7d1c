"""What misstating could gain on tables of points between two sides: against grids of misreports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import lcm
from random import Random

import numpy as np
import pytest

from hikiwake import api
from hikiwake.formats.native import dispute_from_text
from hikiwake.model import Curve, Dispute, FrozenMap, Linear, Preference, Table
from hikiwake.model.preference import Points
from hikiwake.options.misstating.case import Case, Report
from hikiwake.options.misstating.knowing import best
from hikiwake.options.misstating.sample import best_seen
from tests.unit.options.misstating.test_honesty import EXAMPLES, cases

F = Fraction
TIMES = (F(1, 4), F(1, 2), F(1), F(2), F(4))
GRAIN = F(1, 20)  # to which what is sampled is told to all
WHOLE = (
    "alice-bob-wiki-whole", "bob-carol-5-whole", "jolis-whole", "alex-bob-whole", "bazerman-1985",
    "calvin-hobbes-whole", "panama-whole",
)  # fmt: skip
DIVIDED = ("alice-bob-wiki", "bob-carol-5", "jolis", "alex-bob", "calvin-hobbes", "panama")


def quick(names: tuple[str, ...], count: int) -> list[object]:
    """Return names, all but the first few marked as slow."""
    return [*names[:count], *(pytest.param(n, marks=pytest.mark.slow) for n in names[count:])]


def near(case: Case, seed: int, count: int) -> Iterator[Report]:
    """Yield reports by which each step is a fourth to four times as high as it is, at random.

    They are truthful in what they refuse; what is worth all alike is now and then said to matter.
    """
    random = Random(seed)
    for _ in range(count):
        heights = [h * random.choice(TIMES) if h else F(random.randint(0, 2)) for h in case.heights]
        unit = lcm(*(height.denominator for height in heights))
        whole = np.array([int(height * unit) for height in heights], dtype=object)
        climbed = case.steps.astype(object) @ whole
        refused, kept = climbed[case.own < 0], climbed[case.own >= 0]
        low, top = max(refused, default=min(kept) - 10 * unit), min(kept)
        if low < top:
            part = random.choice((F(1, 2), F(1)))
            yield Report(tuple(heights), -(low + part * (top - low)) / unit)


@pytest.mark.parametrize("name", quick(WHOLE, 2))
def test_no_misreport_of_a_whole_table_does_better(name: str) -> None:
    """Of many misreports near the truth none gains a side more than is proved; and what is
    said to be reached is reached by the rule."""
    for _, case, honest in cases(api.load(EXAMPLES / "published" / f"{name}.toml")):
        found, tried = best(case, honest), 0
        for report in near(case, 1, 150):
            said = case.said(report)
            if case.truthful(said):
                tried += 1
                assert (case.reached(said) or 0) <= found.at_most
        assert tried > 20
        assert honest <= found.reached <= found.at_most
        if found.report is not None:
            assert case.reached(case.said(found.report)) == found.reached


def times_as_much(points: Points, times: Fraction) -> Points:
    """Return points for one issue that count so many times as much."""
    if isinstance(points, Linear):
        return Linear(times * points.whole)
    if isinstance(points, Curve):
        return Curve(tuple((x, times * y) for x, y in points.corners))
    return Table(FrozenMap({value: times * n for value, n in points.points.items()}))


def misreports(own: Preference, count: int = 80) -> Iterator[Preference]:
    """Yield reports by which every issue counts a fourth to four times as much as the first one.

    All of them, or some at random where there are more.
    """
    first, *rest = own.points
    every = product(TIMES, repeat=len(rest))
    if len(TIMES) ** len(rest) > count:
        random = Random(2)
        every = (tuple(random.choice(TIMES) for _ in rest) for _ in range(count))
    for times in every:
        said: Mapping[str, Points] = {
            issue: times_as_much(own.points[issue], by)
            for issue, by in ((first, F(1)), *zip(rest, times, strict=True))
        }
        yield replace(own, points=FrozenMap(said))


def gained(dispute: Dispute, party: str, said: Preference) -> Fraction:
    """Return what a side truly has of what is settled if it says so."""
    given = replace(dispute, preferences=FrozenMap({**dispute.preferences, party: said}))
    outcome = api.settle(given).outcome
    return dispute.walk_away(party) if outcome is None else dispute.utility(party, outcome)


def require_near_the_grid(dispute: Dispute) -> bool:
    """Require what was found to be reached, and no misreport to be much better.

    Return whether misstating gains anybody something.
    """
    honest = api.settle(dispute)
    gains = False
    for party in dispute.party_ids:
        own = dispute.preferences[party]
        ideal = honest.ideals[party]
        assert ideal is not None
        extent = ideal - dispute.walk_away(party)
        most, said = best_seen(dispute, party, 0)
        truth = gained(dispute, party, own)
        assert truth <= most == gained(dispute, party, said)
        assert max(gained(dispute, party, one) for one in misreports(own)) <= most + GRAIN * extent
        gains |= most > truth
    return gains


@pytest.mark.parametrize("name", quick(DIVIDED, 2))
def test_no_misreport_of_a_divided_table_does_much_better(name: str) -> None:
    """Where everything is divided, settling reaches what is told, and no misreport of a grid brings
    a side a twentieth of its range more."""
    assert require_near_the_grid(api.load(EXAMPLES / "published" / f"{name}.toml"))


def random_table(seed: int) -> Dispute:
    """Return a table of an item, a share and an amount without steps, between two sides."""
    random = Random(seed)
    text = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [
    { id = "x", kind = "item" },
    { id = "s", kind = "share" },
    { id = "n", kind = "amount", min = 0, max = 10 },
]
"""
    for n, party in enumerate(("ann", "ben")):
        x, s, low, high = (random.randint(10, 50) for _ in range(4))
        curve = [[0, 0], [4, low // 3], [10, high]] if n else [[0, high], [4, low // 3], [10, 0]]
        text += f"[preferences.{party}]\npoints = {{ x = {x}, s = {s} }}\ncurves.n = {curve}\n"
    return dispute_from_text(text)


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.slow) for n in (0, 2, 3))])
def test_no_misreport_of_a_mixed_table_does_much_better(seed: int) -> None:
    """So it is with an item, a share and an amount without steps, of random tables."""
    assert require_near_the_grid(random_table(seed))
