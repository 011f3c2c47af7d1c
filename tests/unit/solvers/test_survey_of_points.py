"""What is found for all points at once is what is found point by point."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from hikiwake.solvers import Problem
from hikiwake.solvers.merging import additive, few, planar
from hikiwake.solvers.merging.survey import survey
from tests.unit.solvers.random_problems import HUGE, problem


@pytest.mark.parametrize("parties", [1, 2, 3, 4])
@pytest.mark.parametrize("scale", [1, HUGE])
@pytest.mark.parametrize("by_python", [0, 10**9])
@pytest.mark.parametrize("carried", [0, few.MOST_SUMS])
def test_counts_and_nearest_packages_agree_with_one_by_one(
    parties: int, scale: int, by_python: int, carried: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every point has the same number of packages, and the same one if one is the nearest."""
    monkeypatch.setattr(planar, "_FEW", by_python)
    monkeypatch.setattr(few, "MOST_SUMS", carried)
    random = Random(f"survey {parties} {scale} {by_python}")
    for _ in range(40):
        the_problem = problem(random, parties, scale)
        merged = additive.pareto(the_problem)
        for today in (
            (None,) * len(the_problem.points),
            tuple(random.choice([None, *range(len(o))]) for o in the_problem.points),
        ):
            found = survey(merged, today)
            points = range(len(merged.utilities))
            nearest = [list(merged.nearest(point, today)) for point in points]
            assert found.counts == [merged.count(point) for point in points]
            assert found.single.tolist() == [len(those) == 1 for those in nearest]
            for options, those in zip(found.options.tolist(), nearest, strict=True):
                assert tuple(options) in those


def test_very_many_ties_are_counted_exactly() -> None:
    """A hundred issues of two equal options: 2**100 packages, of which today's is the nearest."""
    merged = additive.pareto(Problem(2, ((((1, 1),) * 2),) * 100, (0, 0)))
    today = tuple(k % 2 for k in range(100))
    found = survey(merged, today)
    assert found.counts == [2**100]
    assert found.single.tolist() == [True]
    assert found.options.tolist() == [list(today)]
    assert survey(merged, (None,) * 100).single.tolist() == [False]


def test_an_empty_frontier_has_no_packages() -> None:
    """Where nothing is acceptable there is nothing to count."""
    found = survey(additive.pareto(Problem(2, (((1, 1),),), (2, 0))), (None,))
    assert found.counts == []
    assert np.shape(found.options) == (0, 1)
