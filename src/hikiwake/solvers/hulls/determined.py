"""How something is divided where everybody's sums leave no choice: equations, not a program."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hikiwake.solvers.hulls.hull import Frame, Link, Mixture, Sums

Equation = list[Fraction]  # a coefficient for each unknown, and the right-hand side


def determined(frame: Frame, sums: Sums, kept: Sequence[Link]) -> Mixture | None:
    """Return the only mixture that gives everybody just so much, if equations show that it is.

    ``frame`` is of a view of one cell a part. None: there may be others, or there is none.
    """
    hull, columns = frame.hull, frame.columns
    places = list(dict.fromkeys((c.part, c.factor) for c in columns))
    if hull.size > hull.parties or not 0 < len(columns) <= len(places) + hull.parties:
        return None
    if not all(_holds(link, sums) for link in kept):
        return None
    equations = [
        [*(Fraction((c.part, c.factor) == place) for c in columns), Fraction(1)] for place in places
    ]
    for i, (base, scale) in enumerate(zip(frame.constant, hull.scale, strict=True)):
        own = [Fraction(c.vector[i]) for c in columns]
        equations.append([*own, sums[i] * scale - base])
    masses = _solved(equations, len(columns))
    if masses is None or min(masses) < 0:
        return None
    taken = tuple(pair for pair in zip(columns, masses, strict=True) if pair[1])
    return Mixture(Fraction(0), tuple(sums), taken, {}, ())


def _holds(link: Link, sums: Sums) -> bool:
    weighed = sum((w * sums[i] for i, w in link.weights.items()), Fraction(0))
    return not link.others and weighed >= link.least


def _solved(equations: list[Equation], count: int) -> list[Fraction] | None:
    """Return the only solution of some equations; None if there are several or none."""
    for place in range(count):
        at = next((r for r in range(place, len(equations)) if equations[r][place]), None)
        if at is None:
            return None
        equations[place], equations[at] = equations[at], equations[place]
        pivot = equations[place]
        lead = pivot[place]
        equations[place] = pivot = [number / lead for number in pivot]
        for r, row in enumerate(equations):
            if r != place and (factor := row[place]):
                equations[r] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
    if any(row[count] for row in equations[count:]):
        return None
    return [row[count] for row in equations[:count]]
