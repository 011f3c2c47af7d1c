"""Whether some report keeps a few straight conditions: linear programs, solved in fractions.

Notation: a report has heights d ≥ 0 and a start f; M lies between two levels, ``edge`` above the
lower one. Each condition is a row: row·d + start·f + edge·e ≤ most. The programs are put the other
way round (their duals), for there are many rows and few unknowns.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from hikiwake.numeric import wholes
from hikiwake.solvers.programs import Optimum, Program, solve

Steps = tuple[int, ...]
Witness = tuple[tuple[Fraction, ...], Fraction, Fraction]  # heights, start, and M above its level


@dataclass(frozen=True, slots=True)
class Row:
    """A condition on a report.

    ``soft`` ones fail for the report that says nothing; ``strict`` ones ought not just to be kept.
    """

    heights: Steps
    start: int
    edge: int = 0
    most: Fraction = Fraction(0)
    soft: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Conditions on a report whose ideal is the package that climbs ``top``."""

    common: tuple[Row, ...]
    top: Steps
    span: Fraction
    own: tuple[Row, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All the conditions but that on M."""
        ideal = Row(tuple(-n for n in self.top), -1, most=Fraction(-1), soft=True)
        return (*self.common, ideal, *self.own)


def kept_by(asked: Asked) -> Witness | None:
    """Return a report that keeps all the conditions; None if there is none.

    The greatest s is looked for by which all soft ones could be kept with s to spare: the ideal's
    own condition leaves no more than 0, and the report that says nothing comes to -1.
    """
    spare = [1 if row.soft else 0 for row in asked.rows]
    found = _greatest(asked, spare, free=True)
    if found.value:
        return None
    *heights, start, edge, _ = (-y for y in found.multipliers)
    return tuple(heights), start, edge


def room(asked: Asked) -> tuple[tuple[Fraction, ...], Fraction]:
    """Return a report that keeps all the conditions, the strict ones with the most room."""
    found = _greatest(asked, [1 if row.strict else 0 for row in asked.rows], free=False)
    count = len(asked.top)
    return tuple(-y for y in found.multipliers[:count]), -found.multipliers[count]


def _greatest(asked: Asked, spare: list[int], free: bool) -> Optimum:
    """Return the greatest s so that each row is kept with its ``spare`` times s left over.

    The unknowns are the heights, the start (of either sign), the edge and s (``free``: of either
    sign too): a row of the dual for each, and a column for each condition.
    """
    count = len(asked.top)
    start, edge, last = count, count + 1, count + 2
    columns: list[tuple[tuple[int, int], ...]] = []
    costs: list[Fraction] = []
    for row, often in zip(asked.rows, spare, strict=True):
        own = [*enumerate(row.heights), (start, row.start), (edge, row.edge), (last, often)]
        columns.append(tuple((r, c) for r, c in own if c))
        costs.append(-row.most)
    columns.append(((edge, 1),))
    costs.append(-asked.span)
    columns.append(((last, 1),))
    costs.append(Fraction(-1))
    columns += [((r, -1),) for r in (*range(count), edge, *(() if free else (last,)))]
    costs += [Fraction(0)] * (len(columns) - len(costs))
    unit = lcm(*(cost.denominator for cost in costs))
    found = solve(Program(columns, wholes(costs, unit), [0] * (count + 2) + [1]))
    assert isinstance(found, Optimum), "some report keeps the conditions"
    multipliers = tuple(y / unit for y in found.multipliers)
    return Optimum(found.value / unit, found.parts, multipliers, found.basis)
