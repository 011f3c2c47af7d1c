"""The undominated border of a view between two parties, conditions on sides kept.

Conditions count near the ends of a border if anywhere. Between them each part takes what is worth
most by itself; a linear program is only for what does not keep the conditions so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from hikiwake.solvers.hulls.hull import Corner, Frame, Link, Mixture
from hikiwake.solvers.programs import Impossible

Places = dict[tuple[int, int], Corner]  # a factor's corners, by two parties' integers there
Way = list[Places]  # to take a part: one place of each


def chain(frame: Frame, links: Sequence[Link], parties: tuple[int, int]) -> list[Mixture]:
    """Return the corners of the border, from the most of one party to the most of the other.

    Mixtures of cells count. A point on a straight part may be among the corners.
    """
    one, other = parties
    apart = Apart(frame, links, parties)
    first = apart.end(0) or _end(frame, links, one, other)
    last = apart.end(1) or _end(frame, links, other, one)
    if first is None or last is None:
        return []
    if first.sums[one] == last.sums[one]:
        return [first]
    found, open_ends = [first], [last]
    while open_ends:
        a, b = found[-1].sums, open_ends[-1].sums
        weights = {one: b[other] - a[other], other: a[one] - b[one]}
        between = apart.best(weights) or frame.best(links, weights)
        assert isinstance(between, Mixture), "there are packages"
        if between.value == _weighed(weights, a):
            found.append(open_ends.pop())
        else:
            open_ends.append(between)
    return found


def _end(frame: Frame, links: Sequence[Link], party: int, other: int) -> Mixture | None:
    """Return where a party has most, and the other the most beside that."""
    most = frame.best(links, {party: 1})
    if isinstance(most, Impossible):
        return None
    found = frame.best((*links, Link({party: 1}, most.value)), {other: 1})
    return None if isinstance(found, Impossible) else found


def _weighed(weights: Mapping[int, Fraction | int], sums: Sequence[Fraction]) -> Fraction:
    return sum((w * sums[i] for i, w in weights.items()), Fraction(0))


class Apart:
    """The best of each part by itself, which is the best of all where it keeps the conditions."""

    def __init__(self, frame: Frame, links: Sequence[Link], parties: tuple[int, int]) -> None:
        self._frame, self._parties = frame, parties
        self._usable = not frame.without and not any(link.others for link in links)
        self._kept = frame.rows(links)[0]
        parts: dict[int, dict[int, dict[int, Places]]] = {}
        for corner in frame.columns:
            factors = parts.setdefault(corner.part, {}).setdefault(corner.cell, {})
            place = (corner.vector[parties[0]], corner.vector[parties[1]])
            factors.setdefault(corner.factor, {}).setdefault(place, corner)
        self._parts = [
            _ways([[*own.values()] for own in cells.values()]) for cells in parts.values()
        ]

    def end(self, place: int) -> Mixture | None:
        """Return where a party has most, and the other the most beside that, if that is kept."""
        # More than all that the other's sum can differ by.
        ample = 1 + 2 * sum(abs(c.vector[self._parties[1 - place]]) for c in self._frame.columns)
        scales = [self._frame.hull.scale[party] for party in self._parties]
        weights = [scale * (ample if k == place else 1) for k, scale in enumerate(scales)]
        return self.best(dict(zip(self._parties, weights, strict=True)))

    def best(self, weights: Mapping[int, Fraction | int]) -> Mixture | None:
        """Return where a weighed sum is largest; None if the conditions are not kept there."""
        if not self._usable:
            return None
        scale = self._frame.hull.scale
        (p, q), (r, s) = (weights[party].as_integer_ratio() for party in self._parties)
        one, other = (scale[party] for party in self._parties)
        a, b, size = p * s * other, r * q * one, q * s * one * other
        corners = [corner for cells in self._parts for corner in _most(cells, a, b)]
        vectors = (self._frame.constant, *(corner.vector for corner in corners))
        totals = [*map(sum, zip(*vectors, strict=True))]
        if any(sum(w * totals[i] for i, w in row.items()) < least for row, least in self._kept):
            return None
        sums = tuple(map(Fraction, totals, scale))
        taken = tuple((corner, Fraction(1)) for corner in corners)
        unneeded = (Fraction(0),) * len(self._kept)
        value = Fraction(a * totals[self._parties[0]] + b * totals[self._parties[1]], size)
        return Mixture(value, sums, taken, {}, unneeded)


def _ways(cells: Sequence[Way]) -> list[Way]:
    """Return cells of several factors, and all cells of one factor as one way: quicker so."""
    single: Places = {}
    for factors in cells:
        if len(factors) == 1:
            single.update(factors[0])
    several = [factors for factors in cells if len(factors) > 1]
    return [[single], *several] if single else several


def _most(ways: Sequence[Way], a: int, b: int) -> list[Corner]:
    """Return the corners, one a factor, of the way to take a part that is worth most."""
    most: int | None = None
    best: list[Corner] = []
    for factors in ways:
        tops = [max([(a * x + b * y, x, y) for x, y in places]) for places in factors]
        worth = sum(top[0] for top in tops)
        if most is None or worth > most:
            most = worth
            best = [own[x, y] for own, (_, x, y) in zip(factors, tops, strict=True)]
    return best
