"""Alternatives where something is divided: there is always another draw to choose from."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

from hikiwake import api
from hikiwake.model import Outcome, Share
from hikiwake.options.candidates import Candidate, candidates
from hikiwake.pareto import Bargain, bargain_over, compiled
from hikiwake.pareto.ties import choose
from hikiwake.rules import draw
from tests.conformance.builders import dispute, division, preference
from tests.strategies import NAMES

F = Fraction


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
        pool = candidates(bargain, first, 4, F(0), better=False)
        seen.append({package.outcome for step in pool.steps for package in step})
    assert len(seen[0]) > 4
    assert all(packages == seen[0] for packages in seen)
