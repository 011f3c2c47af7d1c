"""Of all mixtures that are worth the same to everybody, the one that lots decide for (H11).

Every part of a share, and every place along an issue, has a number that was drawn. The division at
which the parts, weighed by these numbers, sum to most is a corner, and nearly always the only one.
Where it is not, the parts are made as large as they can be, one after the other, the one with the
largest number first, until no choice is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from math import lcm

from hikiwake.solvers.hulls.hull import Corner, Frame, Leading, Link, Mixture, Number
from hikiwake.solvers.hulls.parts import Factor
from hikiwake.solvers.problem import Lots
from hikiwake.solvers.programs import Impossible

PlacedFactor = tuple[int, int, int, Factor]  # part, cell, place among the cell's factors
Weigh = Callable[[Corner], Number]  # what taking all of a column counts


def by_lot(
    frame: Frame, links: Sequence[Link], factors: Sequence[PlacedFactor]
) -> Mixture | Impossible:
    """Return the division within a view of one cell a part that lots decide for, links kept.

    The links have to leave everybody one sum only. Without lots it is any such division.
    """
    lots = frame.hull.problem.lots
    return foremost(frame, links, _by_numbers(lots, factors) if lots.along or lots.shares else ())


def foremost(
    frame: Frame, links: Sequence[Link], questions: Iterable[Weigh]
) -> Mixture | Impossible:
    """Return a mixture that counts most, by as many questions in turn as there is a choice left.

    The links have to leave everybody one sum only.
    """
    # Of sums that are fixed nothing can be spared: only links on groups' sides can be loose.
    loose = {r for r, link in enumerate(links) if max(link.weights) >= frame.hull.parties}
    found: Leading | Impossible | None = None
    for weigh in questions:
        if isinstance(found, Leading):
            if _only(found, frame, loose):
                break
            frame, links, loose = _narrowed(frame, links, loose, found)
        found = frame.leading(links, _costs(frame, weigh))
        if isinstance(found, Impossible):
            return found
    return frame.best(links, {}) if found is None else found.mixture


def _by_numbers(lots: Lots, factors: Sequence[PlacedFactor]) -> Iterator[Weigh]:
    """Yield how much all numbers together count, then each alone, the largest first."""
    positions = {(part, place): factor.corners for part, _, place, factor in factors}
    numbers = {
        (part, place): lots.shares[factor.place]
        if factor.kind == "share"
        else (lots.along[factor.place],)
        for part, _, place, factor in factors
    }

    def together(column: Corner) -> Number:
        at = column.part, column.factor
        pairs = zip(numbers[at], positions[at][column.corner][0], strict=True)
        return sum((n * x for n, x in pairs), Fraction(0))

    def alone(at: tuple[int, int], i: int, column: Corner) -> Number:
        if (column.part, column.factor) != at:
            return 0
        own = positions[at][column.corner][0][i]
        return own if numbers[at][i] > 0 else -own

    yield together
    places = [(at, i) for at, own in numbers.items() for i in range(len(own))]
    for at, i in sorted(places, key=lambda place: -abs(numbers[place[0]][place[1]])):
        yield partial(alone, at, i)


def _costs(frame: Frame, weigh: Weigh) -> list[int]:
    """Return what each column counts, times what makes it whole."""
    costs = [weigh(column) for column in frame.columns]
    unit = lcm(*(cost.denominator for cost in costs))
    return [cost.numerator * (unit // cost.denominator) for cost in costs]


def _only(found: Leading, frame: Frame, loose: set[int]) -> bool:
    """Tell whether no other mixture counts as much."""
    count = len(frame.columns)
    return not any(j < count or j - count in loose for j in found.unused)


def _narrowed(
    frame: Frame, links: Sequence[Link], loose: set[int], found: Leading
) -> tuple[Frame, Sequence[Link], set[int]]:
    """Return the frame and links of all the mixtures that count as much."""
    count = len(frame.columns)
    kept = {j - count for j in found.as_good if j >= count}
    tight = [links[r] for r in sorted(loose - kept)]
    turned = [Link({i: -w for i, w in t.weights.items()}, -t.least) for t in tight]
    worse = (c for j, c in enumerate(frame.columns) if j not in found.as_good)
    without = frame.without | {(c.part, c.cell, c.factor, c.corner) for c in worse}
    return Frame(frame.hull, frame.view, without), (*links, *turned), loose & kept
