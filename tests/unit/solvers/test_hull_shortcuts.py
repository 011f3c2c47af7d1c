"""What saves linear programs: promises of branches, and divisions that need none."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from hikiwake.solvers import Problem
from hikiwake.solvers.hulls.behind import factors_of, just, positions_in
from hikiwake.solvers.hulls.determined import determined
from hikiwake.solvers.hulls.hull import Frame, Hull
from hikiwake.solvers.hulls.levels import Promise, floors
from hikiwake.solvers.hulls.lots import by_lot
from hikiwake.solvers.hulls.search import best_sum
from hikiwake.solvers.problem import Lots
from hikiwake.solvers.programs import Impossible
from tests.unit.solvers.random_problems import problem

F = Fraction


def divided(random: Random, shares: int = 1) -> Problem:
    """Return a problem of two or three parties with whole issues, and something divided."""
    parties = random.choice((2, 3))
    given = problem(random, parties)
    numbers = [tuple(random.randint(1, 9) for _ in range(parties)) for _ in range(2 * shares)]
    lots = Lots(tuple(numbers[shares:]))
    return replace(given, shares=tuple(numbers[:shares]), lots=lots)


@pytest.mark.parametrize("seed", range(40))
def test_the_largest_sum_is_the_largest_of_all_ways_to_decide_the_rest(seed: int) -> None:
    """What promises leave unsolved is no better: the largest sum is that of the best choice of
    cells, each solved alone; and what was promised of each is kept."""
    random = Random(seed)
    given = divided(random)
    hull = Hull(given)
    links = floors({i: floor for i, floor in enumerate(given.floors) if floor is not None})
    weights = {i: F(random.randint(0, 3), random.randint(1, 3)) for i in range(given.parties)}
    found = best_sum(hull, links, weights)
    root = hull.frame.best(links, weights) if hull.possible else None
    alone: list[Fraction] = []
    for cells in product(*(range(len(part.cells)) for part in hull.parts)):
        view = {part: (cell,) for part, cell in enumerate(cells)}
        best = Frame(hull, view).best(links, weights)
        if not isinstance(best, Impossible):
            assert root is not None
            assert not isinstance(root, Impossible)
            promise = Promise.of(hull, links, root.multipliers, F(0), weights)
            assert best.value <= promise.at(view)
            alone.append(best.value)
    assert (found and found.values[0]) == max(alone, default=None)


def test_what_sums_leave_no_choice_about_is_what_a_program_finds() -> None:
    """At a point of one choice of cells, what equations show to be the only division is what the
    program finds, and they do so for a single share; sums that nothing gives are never shown."""
    shown = 0
    for seed in range(60):
        random = Random(seed)
        given = divided(random, random.choice((1, 1, 2)))
        hull = Hull(given)
        if not hull.possible:
            continue
        view = {p: (random.randrange(len(part.cells)),) for p, part in enumerate(hull.parts)}
        frame = Frame(hull, view)
        weights = {i: F(random.randint(0, 3)) for i in range(given.parties)}
        least = floors({i: hull.least(i) for i in range(given.parties)})
        best = frame.best(least, weights)
        assert not isinstance(best, Impossible)
        factors = factors_of(hull, {part: own[0] for part, own in view.items()})
        one = determined(frame, best.sums, least)
        if one is not None:
            shown += 1
            other = by_lot(frame, (*just(best.sums), *least), factors)
            assert not isinstance(other, Impossible)
            assert positions_in(one, factors) == positions_in(other, factors)
        assert one is not None or len(given.shares) == 2
        beyond = tuple(own + 100 for own in best.sums)
        assert determined(frame, beyond, ()) is None
        above = floors({0: best.sums[0] + 1})
        assert determined(frame, best.sums, above) is None
    assert shown > 20
