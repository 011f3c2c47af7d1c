"""What is sieved issue by issue is all that reaches some floors, with every package."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from hikiwake.solvers import Problem, brute_force, sieved
from tests.unit.solvers.random_problems import HUGE

BIG = 2**50


def independent(random: Random, parties: int, scale: int) -> Problem:
    """Return a random problem of independent issues with floors that some packages reach."""
    points = tuple(
        tuple(
            tuple(random.randint(-3, 9) * scale + random.randint(0, 2) for _ in range(parties))
            for _ in range(random.randint(1, 4))
        )
        for _ in range(random.randint(1, 5))
    )
    package = [random.choice(options) for options in points]
    floors = [sum(own) - scale * random.randint(0, 4) for own in zip(*package, strict=True)]
    return Problem(parties, points, tuple(floors))


@pytest.mark.parametrize("parties", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("scale", [1, BIG])
def test_what_reaches_the_floors_is_what_brute_force_finds(parties: int, scale: int) -> None:
    """Points, counts, packages and those nearest to today's agree with brute force."""
    random = Random(f"sieved {parties} {scale}")
    seen = 0
    for _ in range(60):
        problem = independent(random, parties, scale)
        found = sieved.sieved(problem, [int(floor or 0) for floor in problem.floors])
        if found is None:
            continue
        expected = brute_force.pareto(problem)
        places = {tuple(row): place for place, row in enumerate(expected.utilities.tolist())}
        today = tuple(random.choice([None, *range(len(own))]) for own in problem.points)
        assert sorted(map(tuple, found.utilities.tolist())) == sorted(places)
        for point, row in enumerate(found.utilities.tolist()):
            place = places[tuple(row)]
            assert found.count(point) == expected.count(place)
            assert set(found.decisions(point)) == set(expected.decisions(place))
            assert set(found.nearest(point, today)) == set(expected.nearest(place, today))
            seen += 1
    assert seen > 30


def test_floors_that_nothing_reaches_leave_nothing() -> None:
    """Floors one above what the best options give together: no points."""
    problem = Problem(2, (((3, 0), (0, 3)), ((3, 0), (0, 3))), (0, 0))
    found = sieved.sieved(problem, [4, 3])
    assert found is not None
    assert found.utilities.shape == (0, 2)


def test_what_would_be_too_much_is_left_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """No floors to drop anything by, too many packages, integers beyond 64 bits: None each time."""
    random = Random("left to others")
    problem = independent(random, 3, 1)
    assert sieved.sieved(problem, [-10_000] * 3) is None
    long = independent(random, 3, HUGE * 8)
    assert sieved.sieved(long, [int(floor or 0) for floor in long.floors]) is None
    wide = Problem(2, (((1, 0), (0, 1)),) * 8, (0, 0))
    assert sieved.sieved(wide, [2, 2]) is not None
    monkeypatch.setattr(sieved, "MAX_HELD", 3)
    assert sieved.sieved(wide, [2, 2]) is None
    monkeypatch.setattr(sieved, "MAX_HELD", 50_000)
    monkeypatch.setattr(sieved, "MAX_LOOKED_AT", 3)
    assert sieved.sieved(wide, [2, 2]) is None


def test_every_order_of_the_issues_finds_the_same() -> None:
    """Turning the issues around turns the packages around and leaves the points."""
    random = Random("turned")
    for _ in range(20):
        problem = independent(random, 4, 1)
        floors = [int(floor or 0) for floor in problem.floors]
        turned = replace(problem, points=problem.points[::-1])
        one, other = sieved.sieved(problem, floors), sieved.sieved(turned, floors)
        if one is None or other is None:
            assert one is other
            continue
        packages = {taken for point in range(len(one.utilities)) for taken in one.decisions(point)}
        again = {t[::-1] for point in range(len(other.utilities)) for t in other.decisions(point)}
        assert packages == again
