"""Which packages are behind a point: cells that reach it, and how the shares are divided there.

A division is a corner of all the divisions that reach the point; of several, lots decide for one.
At a Pareto-optimal point, and without bounds on shares, a corner splits at most one share less than
there are parties.

References
----------
Brams, S. J. and Taylor, A. D. (1996), Fair Division, ch. 4 (one split issue between two).
Wilson, S. J. (1998), Fair division using linear programming (n − 1 split issues between n).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from itertools import product
from math import lcm

from hikiwake.solvers.hulls.determined import determined
from hikiwake.solvers.hulls.hull import Frame, Hull, Link, Mixture, Sums, View
from hikiwake.solvers.hulls.lots import PlacedFactor, by_lot
from hikiwake.solvers.hulls.parts import Factor
from hikiwake.solvers.programs import Impossible
from hikiwake.solvers.solution import Taken

MAX_LOOKED_AT = 20_000  # narrowed views, in one search

Number = int | Fraction
Positions = Mapping[tuple[str, int], tuple[Fraction, ...]]  # by kind and place


class TooManyTies(Exception):
    """More ways to reach a point would have to be looked at than is allowed."""


@dataclass(frozen=True)
class Division:
    """Cells that reach a point, and one corner of the divisions there."""

    cells: Mapping[int, int]
    positions: Positions
    alone: Callable[[], bool] = bool  # asked only if it matters, for it takes programs; unasked: no

    @cached_property
    def only(self) -> bool:
        """Whether it is the only one with its cells."""
        return self.alone()

    def packages(self, hull: Hull) -> Iterator[Taken]:
        """Yield the packages with this division: cells may stand for options that are the same."""
        ways = [hull.parts[part].cells[cell].ways for part, cell in self.cells.items()]
        shares = {k: own for (kind, k), own in self.positions.items() if kind == "share"}
        moved = {k: own[0] for (kind, k), own in self.positions.items() if kind == "along"}
        still = {slope.issue: Fraction(0) for slope in hull.problem.slopes}
        for chosen in product(*ways):
            options = dict(option for way in chosen for option in way)
            decision = tuple(options[k] for k in range(len(hull.problem.points)))
            yield Taken(decision, shares, still | moved)


def divisions(
    hull: Hull, sums: Sums, kept: tuple[Link, ...] = (), stop: Callable[[], bool] = bool
) -> Iterator[Division]:
    """Yield a division for every choice of cells that reaches a Pareto-optimal point.

    Raises
    ------
    TooManyTies
        After ``MAX_LOOKED_AT`` narrowed views; or if there is one already, and ``stop`` says so.
    """
    everybody = range(hull.parties)
    exact = (*just(sums[: hull.parties]), *kept)
    above = (*(Link({i: 1}, sums[i]) for i in everybody), *kept)
    stack: list[View] = [{}]
    looked, found = 0, False
    while stack:
        looked += 1
        if looked > MAX_LOOKED_AT or (found and stop()):
            raise TooManyTies
        view = stack.pop()
        if any(len(hull.cells(view, p)) > 1 for p in range(len(hull.parts))):
            best = Frame(hull, view).best(above, dict.fromkeys(everybody, 1))
            if isinstance(best, Impossible):
                continue
            view = _near(hull, view, best, sums)
            if open_parts := [p for p, cells in view.items() if len(cells) > 1]:
                mixed = best.mixed()
                part = min(open_parts, key=lambda p: (p not in mixed, len(view[p])))
                stack.extend({**view, part: (cell,)} for cell in reversed(view[part]))
                continue
        frame = Frame(hull, view)
        cells = {p: hull.cells(view, p)[0] for p in range(len(hull.parts))}
        factors = factors_of(hull, cells)
        only = determined(frame, sums, kept)
        mixture = only or by_lot(frame, exact, factors)
        if not isinstance(mixture, Impossible):
            positions = positions_in(mixture, factors)
            alone = partial(_only, frame, mixture, exact, positions, factors)
            found = True
            yield Division(cells, positions, alone if only is None else _surely)


def taken_at(hull: Hull, view: View, mixture: Mixture) -> Division:
    """Return the division of a mixture in a view that leaves one cell to each part."""
    cells = {p: hull.cells(view, p)[0] for p in range(len(hull.parts))}
    return Division(cells, positions_in(mixture, factors_of(hull, cells)))


def _surely() -> bool:
    return True


def just(sums: Sequence[Fraction]) -> tuple[Link, ...]:
    """Return the conditions that everybody has just so much."""
    return tuple(Link({i: sign}, sign * own) for i, own in enumerate(sums) for sign in (1, -1))


def _near(hull: Hull, view: View, best: Mixture, sums: Sums) -> View:
    """Return the cells of a view that can be behind a point at all.

    With multipliers for which the point comes near the hull's best, a cell that falls further
    short of its part's best than the point does in all cannot be among those that reach it.
    """
    if any(best.multipliers[hull.parties :]):
        return {p: tuple(hull.cells(view, p)) for p in range(len(hull.parts))}
    n = hull.parties
    weights = [1 - m for m in best.multipliers[:n]] + [Fraction(0)] * (hull.size - n)
    scale = lcm(*(w.denominator * s for w, s in zip(weights, hull.scale, strict=True)))
    whole = [int(w * scale) // s for w, s in zip(weights, hull.scale, strict=True)]
    short = sum(best.sums[:n], Fraction(0)) - sum(sums[:n], Fraction(0))
    room = short * scale
    near: dict[int, tuple[int, ...]] = {}
    for p in range(len(hull.parts)):
        cells = hull.cells(view, p)
        if len(cells) > 1:
            values = {c: _worth(hull.corners(p, c), whole) for c in cells}
            top = max(values.values())
            cells = [c for c, value in values.items() if top - value <= room]
        near[p] = tuple(cells)
    return near


def _worth(factors: Sequence[Sequence[Sequence[int]]], weights: Sequence[int]) -> int:
    return sum(
        max(sum(w * v for w, v in zip(weights, vector, strict=True)) for vector in factor)
        for factor in factors
    )


def factors_of(hull: Hull, cells: Mapping[int, int]) -> list[PlacedFactor]:
    """Return what is divided or moved along within some cells, one a part."""
    return [
        (part, cell, place, factor)
        for part, cell in cells.items()
        for place, factor in enumerate(hull.parts[part].cells[cell].factors)
    ]


def positions_in(mixture: Mixture, factors: Sequence[PlacedFactor]) -> Positions:
    """Return how a mixture that takes one cell a part divides each factor."""
    masses: dict[tuple[int, int], dict[int, Fraction]] = {}
    for corner, mass in mixture.corners:
        masses.setdefault((corner.part, corner.factor), {})[corner.corner] = mass
    return {
        (factor.kind, factor.place): _position(factor, masses[part, place])
        for part, _, place, factor in factors
    }


def _position(factor: Factor, masses: Mapping[int, Fraction]) -> tuple[Fraction, ...]:
    corners = [(factor.corners[corner][0], mass) for corner, mass in masses.items()]
    return tuple(
        sum((place[i] * mass for place, mass in corners), Fraction(0))
        for i in range(len(corners[0][0]))
    )


def _only(
    frame: Frame,
    mixture: Mixture,
    links: tuple[Link, ...],
    positions: Positions,
    factors: Sequence[PlacedFactor],
) -> bool:
    """Tell whether a division is the only one with its cells.

    A corner's columns are independent, so any other division takes a column that this one leaves
    out; only bounds on shares make it possible that such a division is the same after all.
    """
    taken = {(c.part, c.factor, c.corner) for c, _ in mixture.corners}
    others = [
        place for place, c in enumerate(frame.columns) if (c.part, c.factor, c.corner) not in taken
    ]
    balanced = any(len(link.weights) > 1 for link in links)  # these have room of their own
    if not balanced and not frame.can_take(links, dict.fromkeys(others, Fraction(1))):
        return True
    if not balanced and all(factor.simple for *_, factor in factors):
        return False
    for part, _, place, factor in factors:
        for i, here in enumerate(positions[factor.kind, factor.place]):
            own = {
                column: factor.corners[c.corner][0][i]
                for column, c in enumerate(frame.columns)
                if (c.part, c.factor) == (part, place)
            }
            for sign in (1, -1):
                if frame.can_take(links, {k: sign * w for k, w in own.items()}, sign * here):
                    return False
    return True
