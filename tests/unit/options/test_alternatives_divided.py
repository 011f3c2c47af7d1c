"""Alternatives where something is divided: there is always another draw to choose from."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from random import Random

import pytest

from hikiwake import api
from hikiwake.explain import tell_alternatives
from hikiwake.findings.offers import Alternatives
from hikiwake.model import Dispute, Item, Outcome, Share
from hikiwake.options.candidates import Candidate, Search
from hikiwake.pareto import Bargain, bargain_over, compiled
from hikiwake.pareto.ties import choose
from hikiwake.rules import draw
from tests.conformance.builders import dispute, division, preference
from tests.strategies import NAMES

F = Fraction
WHOLE = ("house", "boat")


def test_three_sides_who_divide_get_draws_to_choose_from() -> None:
    """Three sides, and land and sea to divide: all of five packages are draws, each another."""
    parties = NAMES[:3]
    mine = [
        preference(party, {"land": 50, "sea": 50 + 10 * place})
        for place, party in enumerate(parties)
    ]
    found = api.alternatives(dispute([Share("land"), Share("sea")], *mine), 5)
    assert [package.draw for package in found.packages] == [True] * 5
    assert len({package.package.outcome for package in found.packages}) == 5


def test_two_sides_who_divide_get_draws_to_choose_from() -> None:
    """On a line of draws there is always another one: none of six is anything else."""
    found = api.alternatives(division([(60, 40), (40, 60)], tolerance=F(1, 10)), 6)
    assert [package.draw for package in found.packages] == [True] * 6


def test_the_order_of_three_sides_in_the_file_changes_no_draw_that_is_looked_at() -> None:
    """In whatever order three who divide are listed, the same packages are looked at (H13)."""
    parties = NAMES[:3]
    mine = [preference(p, {"land": 50, "sea": 30 + 20 * n}) for n, p in enumerate(parties)]
    seen: list[set[Outcome]] = []
    for order in permutations(range(3)):
        given = dispute([Share("land"), Share("sea")], *(mine[n] for n in order))
        bargain = bargain_over(compiled(given))
        assert isinstance(bargain, Bargain)
        chosen = choose(bargain, draw.select(bargain).points)
        first = Candidate(chosen.point, chosen.outcome, F(0))
        pool = Search(bargain, first, better=False).candidates(4, F(0))
        seen.append({package.outcome for step in pool.steps for package in step})
    assert len(seen[0]) > 4
    assert all(packages == seen[0] for packages in seen)


def drawn(seed: int) -> Dispute:
    """Two sides, two things that go whole and one that is divided, points drawn."""
    lot = Random(seed)
    mine = [
        preference(
            party,
            {
                **{i: {o: lot.randint(5, 60) * (o == party) for o in NAMES[:2]} for i in WHOLE},
                "savings": lot.randint(5, 60),
            },
        )
        for party in NAMES[:2]
    ]
    return dispute([*map(Item, WHOLE), Share("savings")], *mine)


def whole(found: Alternatives) -> set[tuple[object, ...]]:
    """Return how what goes whole is decided in the packages that are shown."""
    outcomes = (package.package.outcome for package in found.packages)
    return {tuple(outcome[issue] for issue in WHOLE) for outcome in outcomes}


def test_where_only_a_division_differs_what_decides_more_otherwise_is_named_and_comes() -> None:
    """Whenever a wider part is named, all decide what is whole alike, and with it some do not."""
    named = 0
    for seed in range(30):
        given = drawn(seed)
        found = api.alternatives(given, 4)
        if found.wider is None:
            continue
        named += 1
        assert len(whole(found)) == 1
        wider = api.alternatives(given, 4, within=found.wider)
        assert len(whole(wider)) > 1
        assert any(package.short > 0 for package in wider.packages)
    assert named > 5


def test_nothing_wider_is_named_where_packages_differ_already_or_nothing_is_whole() -> None:
    """Of a division alone nothing can be decided otherwise; nor is it told where some is."""
    assert api.alternatives(division([(60, 40), (40, 60)], tolerance=F(1, 10)), 4).wider is None
    all_found = (api.alternatives(drawn(seed), 4) for seed in range(30))
    several = [found for found in all_found if len(whole(found)) > 1]
    assert several
    assert all(found.wider is None for found in several)


@pytest.mark.parametrize(
    ("audience", "told"), [("mediator", True), ("ann", False), ("joint", False)]
)
def test_only_the_mediator_reads_that_more_comes_when_wider(audience: str, told: bool) -> None:
    """How far from a draw other packages are is told to the mediator and to nobody else (H14)."""
    given = next(d for d in map(drawn, range(30)) if api.alternatives(d, 4).wider is not None)
    text = tell_alternatives(given, api.alternatives(given, 4), audience).text()
    assert ("--within" in text) is told
