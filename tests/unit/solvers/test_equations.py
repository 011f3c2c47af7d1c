"""Systems of equations: in sparse fractions and in small whole numbers, the same answers."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from hikiwake.solvers.programs.elimination import Factors, Singular
from hikiwake.solvers.programs.whole import WholeFactors

Kind = type[Factors] | type[WholeFactors]
KINDS = (Factors, WholeFactors)


def square(random: Random) -> list[dict[int, int]]:
    """Return a square matrix of whole numbers, of which many are 0 and some are large."""
    size, scale = random.randint(1, 7), random.choice((1, 1, 10**9 + 7, 2**70))
    filled = random.choice((0.3, 0.6, 1.0))
    return [
        {c: random.choice((-1, 1, random.randint(1, 9) * scale)) for c in range(size) if own()}
        for own in [lambda: random.random() < filled] * size
    ]


def solved(kind: Kind, rows: list[dict[int, int]], right: list[int]) -> tuple[object, object]:
    """Return x with rows · x = right, and y with y · rows = right; nothing if there is no one."""
    try:
        factors = kind(rows)
    except Singular:
        return None, None
    (x, one), (y, two) = factors.whole(right), factors.whole_across(right)
    assert min(one, two) > 0
    return [Fraction(n, one) for n in x], [Fraction(n, two) for n in y]


@pytest.mark.parametrize("seed", range(120))
def test_whole_numbers_and_fractions_solve_alike(seed: int) -> None:
    """Both find the same unknowns, from either side, or both that the matrix has no inverse."""
    random = Random(seed)
    rows = square(random)
    right = [random.randint(-9, 9) for _ in rows]
    assert solved(WholeFactors, rows, right) == solved(Factors, rows, right)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_found_solves_the_equations(kind: Kind) -> None:
    """2x + 3y = 1 and 4x + 5y = 4 have x = 7/2 and y = -2; turned round, 11/2 and -5/2."""
    assert solved(kind, [{0: 2, 1: 3}, {0: 4, 1: 5}], [1, 4]) == (
        [Fraction(7, 2), Fraction(-2)],
        [Fraction(11, 2), Fraction(-5, 2)],
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rows", [[{0: 1, 1: 2}, {0: 2, 1: 4}], [{0: 1}, {}], [{0: 1}, {0: 1}]])
def test_equations_without_one_answer_are_told(kind: Kind, rows: list[dict[int, int]]) -> None:
    """A matrix with a row that the others make up, an empty row or column, has no inverse."""
    with pytest.raises(Singular):
        kind(rows)


def test_no_equations_have_no_unknowns() -> None:
    """Of an empty matrix both find nothing, as a program without rows needs it."""
    assert solved(WholeFactors, [], []) == solved(Factors, [], []) == ([], [])
