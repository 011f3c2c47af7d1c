"""A program's exact answer: a basis from floats, confirmed or mended in fractions."""

from __future__ import annotations

from collections.abc import Sequence

from hikiwake.solvers.programs.exact import confirm
from hikiwake.solvers.programs.floats import basis_of
from hikiwake.solvers.programs.program import Impossible, Optimum, Program


def solve(program: Program, basis: Sequence[int] | None = None) -> Optimum | Impossible:
    """Return the exact answer of a program whose objective is bounded from above.

    Parameters
    ----------
    basis
        Where to begin; left out, floats look for the best one.

    Notes
    -----
    With the right basis the cost is that of two sparse systems of equations in fractions.
    """
    return confirm(program, basis if basis is not None else basis_of(program))
