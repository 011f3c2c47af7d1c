"""A program in floats, as the search for its basis sees it."""

from __future__ import annotations

from collections.abc import Sequence

from hikiwake.solvers.programs.program import Program


class Scaled:
    """A program in floats, every row and then every column brought to size 1; no objective."""

    def __init__(self, program: Program) -> None:
        largest = [1] * program.rows
        for column in program.columns:
            for row, coefficient in column:
                if (size := abs(coefficient)) > largest[row]:
                    largest[row] = size
        self.columns: list[list[tuple[int, float]]] = []
        self._sizes: list[float] = []
        for column in program.columns:
            own = [(row, coefficient / largest[row]) for row, coefficient in column]
            size = max([abs(value) for _, value in own], default=1.0) or 1.0
            self.columns.append(own if size == 1 else [(row, value / size) for row, value in own])
            self._sizes.append(size)
        self.right = [b / size for b, size in zip(program.right, largest, strict=True)]
        self.shape = (program.rows, len(program.columns))

    def costs(self, objective: Sequence[int]) -> list[float]:
        """Return an objective in floats, its largest coefficient 1 before columns are scaled."""
        top = max(map(abs, objective), default=0) or 1
        return [cost / top / size for cost, size in zip(objective, self._sizes, strict=True)]
