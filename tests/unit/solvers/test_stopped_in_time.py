"""At a time limit little is done still, however much is left to search."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from hikiwake.pareto import LimitReached
from hikiwake.pareto.fronts.hulls import Hulls
from hikiwake.pareto.fronts.measure import Measure
from hikiwake.pareto.fronts.orderings import LexicographicMinimum, Ordering, Product
from hikiwake.solvers.deadline import Deadline
from hikiwake.solvers.hulls import hull
from hikiwake.solvers.problem import Problem
from hikiwake.solvers.programs import Impossible, Optimum, Program, Search, solve

SIDES, ISSUES = 5, 24
AFTER = 40  # programs that may still be solved, where thousands would list what is worth the same


class Asked(Deadline):
    """A limit that is reached when so many programs were solved."""

    def __init__(self, programs: int) -> None:
        super().__init__()
        self.programs, self.solved = programs, 0

    @property
    def passed(self) -> bool:
        return self.solved >= self.programs

    def solve(self, program: Program, search: Search | None = None) -> Optimum | Impossible:
        self.solved += 1
        return solve(program, search)


@pytest.mark.parametrize(("ordering", "programs"), [(LexicographicMinimum(), 40), (Product(), 3)])
def test_at_a_limit_the_package_is_the_one_that_was_reached(
    monkeypatch: pytest.MonkeyPatch, ordering: Ordering, programs: int
) -> None:
    """Five sides who also divide: when the limit is reached a package is there after a few programs
    more, without a search for others that are worth as much."""
    rng = Random("five sides")
    points = tuple(
        tuple(tuple(rng.randint(0, 100) for _ in range(SIDES)) for _ in range(4))
        for _ in range(ISSUES)
    )
    shares = tuple(tuple(rng.randint(1, 100) for _ in range(SIDES)) for _ in range(2))
    limit = Asked(1_000)
    monkeypatch.setattr(hull, "solve", limit.solve)
    hulls = Hulls(Problem(SIDES, points, (0,) * SIDES, shares=shares), limit)
    ideals = [hulls.most(i) for i in range(SIDES)]
    measure = Measure(tuple(range(SIDES)), (Fraction(0),) * SIDES, tuple(ideals), "gain")
    limit.programs = limit.solved + programs
    with pytest.raises(LimitReached) as reached:
        hulls.best(ordering, measure)
    assert reached.value.best is not None
    assert limit.programs <= limit.solved <= limit.programs + AFTER
