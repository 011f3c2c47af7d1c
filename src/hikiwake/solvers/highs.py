"""The one door to HiGHS: a quiet solver that works in the thread that asks.

A process has one scheduler of HiGHS, and whoever asks for another number of threads than it was
begun with gets no answer at all. So none is asked for: whatever else runs in the process may have
begun it.

References
----------
Huangfu, Q. and Hall, J. A. J. (2018), Parallelizing the dual revised simplex method, Mathematical
Programming Computation 10.
"""

from __future__ import annotations

from typing import Any


def new_solver(**options: Any) -> Any:
    """Return a solver without a model, with these options of HiGHS."""
    import highspy

    # The class without its underscore prints its name as soon as it is made.
    solver: Any = getattr(highspy, "_Highs", highspy.Highs)()
    for name, value in ({"output_flag": False, "parallel": "off"} | options).items():
        solver.setOptionValue(name, value)
    return solver
