"""A dispute in which what an outcome gives is what everybody keeps without an agreement."""

from __future__ import annotations

from dataclasses import replace

from hikiwake.model import Outcome
from hikiwake.pareto.compiled import Compiled


def floors_at(compiled: Compiled, outcome: Outcome) -> Compiled:
    """Return the same dispute, an outcome's utilities as the walk-away values.

    What is acceptable to everybody there is the outcome, its ties, and whatever dominates it.
    """
    dispute = compiled.dispute
    exact = (
        dispute.utility(party, outcome) * unit
        for party, unit in zip(dispute.party_ids, compiled.units, strict=True)
    )
    floors = tuple(int(floor) if floor.denominator == 1 else floor for floor in exact)
    return replace(compiled, problem=replace(compiled.problem, floors=floors))
