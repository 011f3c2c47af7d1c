"""Of divisions that are worth the same to everybody, lots decide for one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from random import Random

import pytest

from hikiwake.solvers.hulls import Hull, best_sum, divisions, floors
from hikiwake.solvers.problem import Lots, Problem

F = Fraction
Parts = dict[int, tuple[Fraction, ...]]


def shared(problem: Problem) -> Parts:
    """Return how shares are divided where the sum is largest, everybody at least at its floor."""
    hull = Hull(problem)
    least = floors({i: floor or 0 for i, floor in enumerate(problem.floors)})
    best = best_sum(hull, least, dict.fromkeys(range(problem.parties), 1))
    assert best is not None
    (division,) = divisions(hull, best.sums[: problem.parties], least)
    (taken,) = division.packages(hull)
    return dict(taken.shares)


def turned(problem: Problem, parties: tuple[int, ...], shares: tuple[int, ...]) -> Problem:
    """Return the problem with its parties and shares in another order."""
    return replace(
        problem,
        floors=tuple(problem.floors[i] for i in parties),
        shares=tuple(tuple(problem.shares[s][i] for i in parties) for s in shares),
        lots=Lots(tuple(tuple(problem.lots.shares[s][i] for i in parties) for s in shares)),
    )


@pytest.mark.parametrize("seed", range(12))
def test_a_division_does_not_hang_on_places(seed: int) -> None:
    """However parties and shares are numbered, of the divisions at one point the same is taken: the
    numbers drawn go with them."""
    rng = Random(f"lots {seed}")
    count = rng.choice([2, 3, 4])
    worths = tuple((rng.randint(1, 2),) * 3 for _ in range(count))
    lots = Lots(tuple(tuple(rng.randint(1, 2**24) for _ in range(3)) for _ in range(count)))
    total = sum(own[0] for own in worths)
    problem = Problem(3, (), (F(total, 2), F(total, 3), F(total, 6)), shares=worths, lots=lots)
    here = shared(problem)
    order = tuple(rng.sample(range(count), count))
    for parties in permutations(range(3)):
        there = shared(turned(problem, parties, order))
        assert there == {k: tuple(here[s][i] for i in parties) for k, s in enumerate(order)}


def test_the_largest_number_gets_most_where_all_together_decide_nothing() -> None:
    """Numbers that are one for the share and one for the party count the same for every division:
    then the part with the largest number is as large as it can be, and then the next one."""
    share, party = (100, 10), (3, 2, 1)
    lots = Lots(tuple(tuple(a + b for b in party) for a in share))
    problem = Problem(3, (), (F(3, 2), F(1, 4), F(1, 4)), shares=((1, 1, 1),) * 2, lots=lots)
    assert shared(problem) == {
        0: (F(1), F(0), F(0)),
        1: (F(1, 2), F(1, 4), F(1, 4)),
    }
