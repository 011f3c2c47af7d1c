"""A question to a model for CP-SAT that can be asked again, with other numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hikiwake.solvers.watched import Ended, search

QUICK, LONGER, LONGEST = 1.0, 1.5, 4.0  # of the solver's own, repeatable seconds

# Most are answered in less time than it takes to make more of a model. So this is tried first.
_SHORT = 0.02
_AT_ONCE: dict[str, Any] = {
    "symmetry_level": 0,
    "linearization_level": 0,
    "cp_model_probing_level": 0,
    "cp_model_presolve": False,
    "use_sat_inprocessing": False,
}
_QUICK: dict[str, Any] = {
    "symmetry_level": 0,
    "linearization_level": 0,
    "cp_model_probing_level": 0,
    "max_presolve_iterations": 1,
}
_THOROUGH: dict[str, Any] = {"linearization_level": 2}


def some_reach(
    cp: Any, numbers: Iterable[tuple[Any, int]], limit: float, thorough: bool = True
) -> Ended:
    """Return how a search ended for what meets a model with some number that reaches its edge.

    With ``thorough``, more is made of the model before a search that may take long.
    """
    asked, further = cp.new_bool_var(""), list[Any]()
    for number, edge in numbers:
        literal = cp.new_bool_var("")
        cp.add(number >= edge).only_enforce_if(literal)
        further.append(literal)
    cp.add_bool_or([~asked, *further])
    domain = cp.proto.variables[asked.index].domain
    domain[0] = 1  # only now
    ended = search(cp, num_workers=1, max_deterministic_time=min(limit, _SHORT), **_AT_ONCE)
    if not ended.finished:
        how, before = _THOROUGH if thorough and limit > QUICK else _QUICK, ended.effort
        ended = search(cp, num_workers=1, max_deterministic_time=limit, **how)
        ended.effort += before
    domain[0] = 0
    return ended


__all__ = ["LONGER", "LONGEST", "QUICK", "some_reach"]
