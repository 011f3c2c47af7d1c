"""Two parties' first issues are merged in plain Python, the rest by NumPy: together as ever."""

from __future__ import annotations

from random import Random

import pytest

from hikiwake.solvers import Problem, brute_force
from hikiwake.solvers.merging import additive, few, planar
from hikiwake.solvers.merging.merged import Merged
from hikiwake.solvers.merging.survey import one_each, survey
from tests.unit.solvers.random_problems import HUGE


@pytest.mark.parametrize("scale", [1, HUGE])
@pytest.mark.parametrize("by_python", [0, 60])
@pytest.mark.parametrize("carried", [4, 12])
def test_what_was_begun_goes_on_exactly(
    scale: int, by_python: int, carried: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Points, counts, packages and those nearest to today's agree with brute force."""
    monkeypatch.setattr(planar, "_FEW", by_python)
    monkeypatch.setattr(few, "MOST_SUMS", carried)
    random = Random(f"begun {scale} {carried}")
    begun = 0
    for _ in range(40):
        points = tuple(
            tuple(
                (scale * step, random.randint(0, 2) - scale * step)
                for step in random.choices(range(-3, 4), k=random.randint(1, 4))
            )
            for _ in range(random.randint(3, 5))
        )
        problem = Problem(2, points, (random.choice([None, -scale, 0]), None))
        found, expected = additive.pareto(problem), brute_force.pareto(problem)
        begun += isinstance(found, Merged)
        assert sorted(found.utilities.tolist()) == sorted(expected.utilities.tolist())
        places = {tuple(row): place for place, row in enumerate(expected.utilities.tolist())}
        today = tuple(random.choice([None, *range(len(own))]) for own in points)
        counts, packages = survey(found, today).counts, one_each(found)
        for point, row in enumerate(found.utilities.tolist()):
            place = places[tuple(row)]
            assert counts[point] == found.count(point) == expected.count(place)
            assert set(found.decisions(point)) == set(expected.decisions(place))
            assert set(found.nearest(point, today)) == set(expected.nearest(place, today))
            assert packages[point] in expected.outcomes[place]
    assert begun > 10


def test_packages_with_too_long_codes_are_not_carried_on() -> None:
    """Eighty issues of two options, one of them worse, then many sums: merged all the same."""
    dull = ((1, 1), (0, 0))
    many = tuple((j, 20 - j) for j in range(20))
    found = additive.pareto(Problem(2, (dull,) * 80 + (many,) * 2, (0, 0)))
    assert found.count(0) == 1
    assert len(found.utilities) == 39
    assert next(found.decisions(0))[:80] == (0,) * 80
