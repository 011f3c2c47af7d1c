"""A program's exact answer: a basis from floats, confirmed or mended in fractions."""

from __future__ import annotations

from hikiwake.solvers.effort import programmed
from hikiwake.solvers.programs.exact import confirm
from hikiwake.solvers.programs.floats import Search
from hikiwake.solvers.programs.program import Impossible, Optimum, Program


def solve(program: Program, search: Search | None = None) -> Optimum | Impossible:
    """Return the exact answer of a program whose objective is bounded from above.

    Parameters
    ----------
    search
        Where to look for a basis in floats, made for a program that may differ from this one in
        its objective.

    Notes
    -----
    With the right basis the cost is that of two sparse systems of equations in fractions.
    """
    programmed(sum(map(len, program.columns)))
    return confirm(program, (search or Search(program)).basis(program.objective))
