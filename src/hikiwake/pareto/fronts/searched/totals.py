"""The packages with the largest sum of values, by questions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from hikiwake.pareto.fronts.answer import LimitReached
from hikiwake.pareto.fronts.searched.questions import Questions, require_short
from hikiwake.settlement import Bound
from hikiwake.solvers.cp_sat import Answer, OutOfTime
from hikiwake.solvers.solution import Taken


def largest_total(questions: Questions, beaten: Sequence[Answer], most: int) -> list[Answer]:
    """Return packages with the largest sum of values, one for each point."""
    measure = questions.measure
    units = [Fraction(unit) for unit in measure.units]
    scale = lcm(*(unit.numerator for unit in units))
    weights = [int(scale / unit) for unit in units]
    zero = sum((z / u for z, u in zip(measure.zeros, units, strict=True)), start=Fraction(0))
    found: list[Answer] = []
    best: int | None = None
    while len(found) < most:
        question = questions.new([*beaten, *found])
        require_short(sum(weights) * question.widest)
        parties = zip(weights, measure.parties, strict=True)
        total = sum(weight * question.utility(party) for weight, party in parties)
        if best is not None and units:
            question.require(total >= best)
        try:
            answer = question.ask(total if best is None and units else None)
        except OutOfTime as late:
            at_most = late.at_most if best is None else best
            bound = None if at_most is None else Bound("total", Fraction(at_most, scale) - zero)
            known = found[0] if found else late.best
            raise LimitReached(known and Taken(known.decision), bound) from None
        if answer is None:
            break
        best = answer.value if best is None else best
        found.append(answer)
    return found
