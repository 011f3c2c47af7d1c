"""The one door to CP-SAT: every search goes through here, and is stopped where it takes too much.

OR-Tools has a parameter for memory, ``max_memory_in_mb``, but searches like these never look at it
(9.15 goes on far beyond it). So the process is looked at from beside. CP-SAT also takes Ctrl-C for
a limit that was reached, and keeps it from Python from then on. So it is told to leave it alone,
and is stopped from here.

References
----------
Perron, L. and Didier, F., CP-SAT, in OR-Tools, Google.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

from hikiwake.errors import Fault
from hikiwake.solvers.effort import searched
from hikiwake.solvers.memory import memory_allowed

_EVERY = 0.2  # seconds


class Ended:
    """How a search ended, and what it found until then.

    Neither ``impossible`` nor ``found``: a limit was reached, and nothing is known.
    """

    def __init__(self, solver: Any, status: Any, stopped: bool) -> None:
        from ortools.sat.python.cp_model import FEASIBLE, INFEASIBLE, OPTIMAL

        self._solver = solver
        self.impossible = status == INFEASIBLE
        self.best = status == OPTIMAL
        self.found = status in (OPTIMAL, FEASIBLE)
        self.stopped = stopped  # since it took too much memory
        self.effort = float(solver.deterministic_time)  # in the solver's own, repeatable seconds

    @property
    def finished(self) -> bool:
        """Whether everything there is to know is known."""
        return self.best or self.impossible

    @property
    def bound(self) -> float | None:
        """What the objective is proved not to be better than; None if nothing is."""
        bound = float(self._solver.best_objective_bound)
        # A search that ends before it has a bound answers 0, whatever the objective.
        return bound if self.found or bound else None

    def value(self, variable: Any) -> int:
        """Return what a variable is in what was found."""
        return int(self._solver.value(variable))

    def holds(self, literal: Any) -> bool:
        """Tell whether a literal holds in what was found."""
        return bool(self._solver.boolean_value(literal))

    def core(self) -> list[int]:
        """Return the indices of assumptions that are impossible together."""
        return list(self._solver.sufficient_assumptions_for_infeasibility())


def search(cp: Any, listing: Any = None, **parameters: Any) -> Ended:
    """Return how a search of a model ended, with some of CP-SAT's parameters.

    Parameters
    ----------
    listing
        What is called with each solution.

    Raises
    ------
    InputError
        If the setting for memory is no size (H18).
    """
    from ortools.sat.python.cp_model import CpSolver

    solver: Any = CpSolver()
    for name, value in {**parameters, "catch_sigint_signal": False}.items():
        setattr(solver.parameters, name, value)
    most, stopped = held() + memory_allowed(), False
    with ThreadPoolExecutor(1) as beside:
        asked = beside.submit(solver.solve, cp, *([] if listing is None else [listing]))
        try:
            while not wait([asked], _EVERY).done:
                if held() > most:
                    stopped = True
                    solver.stop_search()
        except BaseException:  # such as Ctrl-C
            while not wait([asked], _EVERY).done:
                solver.stop_search()
            raise
    ended = Ended(solver, asked.result(), stopped)
    searched(ended.effort, solver.parameters.num_workers)
    return ended


def held() -> int:
    """Return how many bytes the process holds; where only its peak is told, that; else 0."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except OSError:
        return _peak()
    return pages * os.sysconf("SC_PAGE_SIZE")


def _peak() -> int:
    """Return how many bytes the process has held at most; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # on Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def too_hard() -> Fault:
    """Return the fault that a question was not answered."""
    return Fault(
        "Engine 'cp_sat'",
        "a question about all packages that was not answered within its limit",
        "Fewer issues or conditions that hang together",
        "H18",
        "Leave out issues that are settled, or give numbers for some of the answers.",
    )


__all__ = ["Ended", "held", "search", "too_hard"]
