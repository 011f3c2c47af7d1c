"""What a linear program is, what its answer is, and how an answer proves itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Column = tuple[tuple[int, int], ...]  # (row, coefficient), each row at most once
Multipliers = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """Maximise objective · x where the columns weighted by x sum to ``right``, and x ≥ 0."""

    columns: Sequence[Column]
    objective: Sequence[int]
    right: Sequence[int]

    @property
    def rows(self) -> int:
        """The number of equations."""
        return len(self.right)


@dataclass(frozen=True, slots=True)
class Optimum:
    """A best x, by the columns that are not 0, and multipliers that prove that none is better."""

    value: Fraction
    parts: dict[int, Fraction]
    multipliers: Multipliers
    basis: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Impossible:
    """Multipliers by which the equations sum to something that no x ≥ 0 can do (Farkas)."""

    multipliers: Multipliers


def proves(program: Program, answer: Optimum | Impossible) -> bool:
    """Tell whether an answer's own numbers prove it, exactly."""
    y = answer.multipliers
    right = sum((m * b for m, b in zip(y, program.right, strict=True)), start=Fraction(0))
    if isinstance(answer, Impossible):
        return right < 0 and all(weighed(column, y) >= 0 for column in program.columns)
    sums: dict[int, Fraction] = dict(enumerate(map(Fraction, program.right)))
    for j, part in answer.parts.items():
        for row, coefficient in program.columns[j]:
            sums[row] -= coefficient * part
    return (
        not any(sums.values())
        and all(part >= 0 for part in answer.parts.values())
        and sum(program.objective[j] * part for j, part in answer.parts.items()) == answer.value
        and right == answer.value
        and all(
            weighed(column, y) >= cost
            for column, cost in zip(program.columns, program.objective, strict=True)
        )
    )


def weighed(column: Column, multipliers: Sequence[Fraction] | Sequence[int]) -> Fraction | int:
    """Return the sum of a column's coefficients, each times its row's multiplier."""
    total: Fraction | int = 0
    for row, coefficient in column:
        total += coefficient * multipliers[row]
    return total
