"""A draw at one set of answers, told from the ends of divisions: as settling tells it."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from hikiwake import api
from hikiwake.formats.native import dispute_from_text
from hikiwake.options.sureness.divided.pointwise import drawn_at
from hikiwake.options.sureness.divided.shares import Divided
from hikiwake.options.sureness.points import AsSettled
from hikiwake.options.sureness.robustness import ground_of, sets_of
from tests.unit.options.sureness import test_shares as shares

CURVES = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [{ id = "n", kind = "amount", min = 0, max = 10 }, { id = "i", kind = "item" }]
[preferences.ann]
points = { i = 4 }
curves = { n = [[0, 0], [3, 9], [6, 12], [10, 13]] }
[preferences.ben]
points = { i = 5 }
curves = { n = [[0, 14], [4, 12], [8, 6], [10, 0]] }
"""


@pytest.mark.parametrize("seed", [None, 0, 3, 12])
def test_it_is_what_settling_tells(seed: int | None) -> None:
    """Of answers far and near some make the package a draw and some do not: both are told, as
    settling tells them, wherever anything is told."""
    dispute = dispute_from_text(CURVES) if seed is None else shares.settled(seed)
    assert dispute is not None
    settlement = api.settle(dispute)
    assert settlement.outcome is not None
    found = ground_of(dispute, settlement.outcome)
    assert isinstance(found, Divided)
    random, told = Random(1), set[bool]()
    for part in (0, 1, 2, 5, 10, 20) * 3:
        boxes = sets_of(found, settlement, Fraction(part, 100))
        answers = [
            random.choice([box.moved(j) for j in box.varying]) if part else (box.side.given,)
            for box in boxes
        ]
        corners = [random.choice(ends) for ends in answers]
        known = drawn_at(found.regions, dispute, corners)
        if known is not None:
            assert known == AsSettled.is_draw(found, corners)
            told.add(known)
    assert True in told
    assert seed is not None or told == {True, False}
