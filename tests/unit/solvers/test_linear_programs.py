"""Linear programs: floats look, fractions decide, and every answer proves itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from hikiwake.solvers.programs import (
    Impossible,
    Optimum,
    Program,
    exact,
    floats,
    proves,
    solve,
)
from hikiwake.solvers.programs.exact import confirm
from tests.conformance.polygons import Halfspace, corners

F = Fraction


def program(random: Random, scale: int = 1) -> Program:
    """Return a small program; its last row bounds the sum of everything."""
    rows, count = random.randint(1, 3), random.randint(1, 4)
    columns = [
        tuple((r, c * scale) for r in range(rows) if (c := random.choice([0, 0, 1, 2, -1, 3])))
        for _ in range(count)
    ]
    right = [random.randint(-2, 6) * scale for _ in range(rows)]
    bounded = [(*column, (rows, 1)) for column in [*columns, ()]]
    return Program(bounded, [random.randint(-3, 5) for _ in bounded], [*right, 10])


def enumerated(given: Program) -> Fraction | None:
    """Return the best value over all corners of what is possible, each found by elimination."""
    count = len(given.columns)
    equations: list[Halfspace] = [
        (tuple(F(dict(column).get(row, 0)) for column in given.columns), F(b))
        for row, b in enumerate(given.right)
    ]
    sides: list[Halfspace] = [(tuple(F(j == k) for k in range(count)), F(0)) for j in range(count)]
    independent: list[Halfspace] = []
    found: set[tuple[Fraction, ...]] = set()
    for size in range(len(equations), -1, -1):
        independent = equations[len(equations) - size :]
        found |= {
            corner
            for corner in corners(sides, count, independent)
            if all(
                sum(c * x for c, x in zip(own, corner, strict=True)) == b for own, b in equations
            )
        }
    values = [sum(c * x for c, x in zip(given.objective, corner, strict=True)) for corner in found]
    return max(map(F, values), default=None)


def all_ways(given: Program) -> Iterator[Optimum | Impossible]:
    """Yield the answer with a dense search, with HiGHS, without floats, and from a bad start."""
    yield solve(given)
    yield confirm(given, _by_highs(given))
    yield confirm(given)
    yield confirm(given, tuple(range(given.rows)) if given.rows <= len(given.columns) else None)


def _by_highs(given: Program) -> tuple[int, ...] | None:
    scaled = floats.Scaled(given)
    return floats._highs(scaled, scaled.costs(given.objective))  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize("scale", [1, 2**70 + 1])
@pytest.mark.parametrize("seed", range(60))
def test_answers_are_those_of_all_corners(seed: int, scale: int) -> None:
    """The best value is the best corner's; where there is no corner nothing is possible."""
    given = program(Random(seed), scale)
    best = enumerated(given)
    for answer in all_ways(given):
        assert proves(given, answer)
        assert (answer.value if isinstance(answer, Optimum) else None) == best


def test_fractions_decide_where_floats_cannot_see() -> None:
    """2⁶⁰ + 1 for one column beats 2⁶⁰ for another, though the floats are the same."""
    given = Program([((0, 1),), ((0, 1),)], [2**60, 2**60 + 1], [1])
    answer = solve(given)
    assert isinstance(answer, Optimum)
    assert answer.parts == {1: 1}
    assert answer.value == 2**60 + 1


def test_impossible_equations_come_with_their_reason() -> None:
    """x = 1 and x = 2 cannot both be: one less the other says 0 = −1."""
    given = Program([((0, 1), (1, 1))], [0], [1, 2])
    answer = solve(given)
    assert isinstance(answer, Impossible)
    assert proves(given, answer)


def test_equations_said_twice_are_no_harm() -> None:
    """A row that repeats another leaves the optimum as it is."""
    given = Program([((0, 1), (1, 1)), ((0, 1), (1, 1))], [1, 3], [2, 2])
    answer = solve(given)
    assert isinstance(answer, Optimum)
    assert answer.value == 6


def test_a_false_answer_proves_nothing() -> None:
    """A value one too high, a part that is negative, or other multipliers are not believed."""
    given = Program([((0, 1),), ((0, 2),)], [1, 3], [2])
    answer = solve(given)
    assert isinstance(answer, Optimum)
    assert proves(given, answer)
    for false in (
        replace(answer, value=answer.value + 1),
        replace(answer, parts={0: F(4), 1: F(-1)}),
        replace(answer, multipliers=(F(1),)),
        replace(answer, parts={}),
    ):
        assert not proves(given, false)
    assert not proves(given, Impossible((F(1),)))


def test_no_guess_from_floats_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where floats find nothing at all, the fractions find the optimum by themselves."""
    monkeypatch.setattr(floats.Search, "basis", lambda *_: None)  # pyright: ignore[reportUnknownLambdaType]
    answer = solve(program(Random(5)))
    assert proves(program(Random(5)), answer)


def test_a_program_without_columns_has_an_answer() -> None:
    """Nothing at all sums to 0, with the value 0, and cannot sum to 1."""
    nothing, one = Program((), (), (0,)), Program((), (), (1,))
    found, impossible = solve(nothing), solve(one)
    assert isinstance(found, Optimum)
    assert found.value == 0
    assert isinstance(impossible, Impossible)
    assert proves(nothing, found)
    assert proves(one, impossible)


def test_what_is_impossible_is_seen_without_filling_every_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a large program with no answer floats find the end of the first phase, too."""
    count = 250
    columns = [((j, 1), (count, 1)) for j in range(count)]
    given = Program(columns, [1] * count, [*range(1, count + 1), 7])  # two sums for the same parts
    made: list[int] = []
    real = exact.Factors
    monkeypatch.setattr(exact, "Factors", lambda rows: (made.append(len(rows)), real(rows))[1])
    answer = solve(given)
    assert isinstance(answer, Impossible)
    assert proves(given, answer)
    assert len(made) <= 3  # unit columns alone would take one for each row
