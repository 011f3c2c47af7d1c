"""The careful choice, where something in a group that is not for trade is divided."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from hikiwake import api
from hikiwake.formats.native import dispute_from_text
from hikiwake.options.sureness.points import meant
from hikiwake.options.sureness.robustness import robustness
from hikiwake.pareto import compiled
from tests.unit.options.sureness.test_balances import SLOW, grounded, settled

F = Fraction

# In the group Ann wants the house and a late date, Ben the house, which is nearly all there is
# for him: whoever has it, their shares of it are 1/2 apart at least.
HOUSE = """
hikiwake = 1
tolerance = "1/5"
parties = [{ id = "ann" }, { id = "ben" }]
issues = [
    { id = "house", kind = "item" },
    { id = "date", kind = "amount", min = 0, max = 10 },
    { id = "boat", kind = "item" },
]
groups = [{ id = "home", issues = ["house", "date"], not_for_trade = true }]
[preferences.ann]
points = { house = 10, boat = [8, 12] }
curves.date = [[0, 40], [10, 50]]
[preferences.ben]
points = { house = 40, boat = [8, 12] }
curves.date = [[0, 10], [5, [9, 11]], [10, 10]]
"""


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(n, marks=SLOW) for n in range(4, 16))])
def test_the_careful_choice_is_even_within_the_group(seed: int) -> None:
    """At random corners of what the sides meant, by what a share is (H8), and above walk-aways."""
    if (dispute := settled(seed)) is None:
        return
    found, _, boxes = grounded(dispute)
    if (careful := found.smallest_regret(boxes)) is None:
        return
    random = Random(seed)
    for _ in range(12):
        corners = [
            tuple(
                F(random.choice(ends), box.unit)
                for ends in zip(map(int, box.low), map(int, box.high), strict=True)
            )
            for box in boxes
        ]
        there = meant(dispute, found.sides, corners)
        (group,) = compiled(there).groups
        assert (group.imbalance_at(careful.outcome) or 0) <= dispute.tolerance
        for party in there.party_ids:
            assert there.utility(party, careful.outcome) >= there.walk_away(party)


def test_where_none_is_even_there_is_none_and_gains_may_be_anything() -> None:
    """Less even packages count then (H8): which, hangs on the answers, so nothing is told."""
    dispute = dispute_from_text(HOUSE)
    settlement = api.settle(dispute)
    found = robustness(dispute, settlement, samples=1)
    assert found is not None
    assert found.smallest_regret is None
    assert found.uneven_groups == ("home",)
    assert {(span.least, span.most, span.exact) for span in found.gains.values()} == {(0, 1, False)}
