"""A lottery between packages whose expected gains are even, where a dispute allows chance."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from itertools import islice

from hikiwake.errors import Unsupported
from hikiwake.pareto import Bargain, Point
from hikiwake.pareto.lots import lot_at
from hikiwake.solvers.hulls.behind import just
from hikiwake.solvers.hulls.hull import Corner, Frame, Hull, Mixture
from hikiwake.solvers.hulls.levels import Levels, Terms
from hikiwake.solvers.hulls.lots import foremost
from hikiwake.solvers.hulls.parts import Cell, Part

MAX_POINTS = 300

Lot = Mapping[Point, Fraction]


def lottery(bargain: Bargain) -> Lot | None:
    """Return Pareto-optimal packages, each with its chance, or None.

    Expected gains, from what each side has without an agreement, differ by at most the tolerance;
    among such lotteries theirs are lexicographically greatest when sorted. There are no more
    packages than sides, and never one alone: that needs no lot. Of large frontiers the
    ``MAX_POINTS`` points whose gains are closest together are considered.
    """
    try:
        corners = list(islice(bargain.frontier.corners(), 10 * MAX_POINTS))
    except Unsupported:
        return None
    if len(bargain.gains.parties) < 2:
        return None
    gains = {point: bargain.gains.values(point) for point in corners}
    parties = bargain.dispute.party_ids
    drawn = {point: lot_at(parties, point) for point in corners}
    corners.sort(key=lambda point: (max(gains[point]) - min(gains[point]), drawn[point]))
    lot = _evenest(bargain, sorted(corners[:MAX_POINTS], key=drawn.__getitem__))
    return lot if len(lot) > 1 else None


def expected(bargain: Bargain, lot: Lot) -> tuple[Fraction, ...]:
    """Return the gains that the compared sides may expect before the lot is drawn."""
    gains = [[chance * g for g in bargain.gains.values(point)] for point, chance in lot.items()]
    return tuple(sum(own, start=Fraction(0)) for own in zip(*gains, strict=True))


def _evenest(bargain: Bargain, points: list[Point]) -> Lot:
    """Return the chances of points that are best by sorted expected gains; none if none is even.

    All mixtures of points are their hull: one part of a problem, with a cell for each point. Where
    several are as good, chances are as large as they can be, from the first point on.
    """
    problem, gains = bargain.compiled.problem, bargain.gains
    beside = (0,) * len(problem.sides)
    cells = (Cell((*point, *beside), (), ()) for point in points)
    hull = Hull(problem, (Part(tuple(cells)),))
    terms = Terms(gains.parties, gains.zeros, gains.units, spread=bargain.dispute.tolerance)
    frame = Frame(hull, {})
    levels = Levels(frame, terms, terms.lowest(hull))
    while not levels.complete:
        if not levels.advance():
            return {}
    assert levels.mixture is not None
    links = just(levels.mixture.sums[: hull.parties])
    found = foremost(frame, links, (partial(_of, cell) for cell in range(len(points))))
    assert isinstance(found, Mixture), "the levels were reached"
    return {points[cell]: part for cell, part in sorted(found.masses.get(0, {}).items())}


def _of(cell: int, column: Corner) -> int:
    return int(column.cell == cell)
