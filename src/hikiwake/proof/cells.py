"""How a share is written in a certificate: pieces in which every condition holds, or does not.

Conditions bound the parts that parties get of a share. A piece is what lies between neighbouring
bounds. It is given by its corners; whatever lies in it is a mean of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, product
from math import lcm

from hikiwake.solvers.problem import Bound, Problem

Interval = tuple[Fraction, Fraction]
Piece = tuple[Interval, ...]
Parts = tuple[Fraction, ...]

MAX_CORNERS = 5_000
ZERO, ONE = Fraction(0), Fraction(1)


class TooManyPieces(Exception):
    """Conditions cut a share into more pieces than a certificate can hold."""


class Pieces:
    """The pieces of a share, in a fixed order, and the corners of each."""

    def __init__(self, problem: Problem, share: int) -> None:
        self._bounds = [
            (party, above, below)
            for clause in problem.never
            for s, party, above, below in clause.shares
            if s == share
        ]
        self._pieces: list[Piece] = []
        self.corners: list[list[Parts]] = []
        for piece in product(*map(self._intervals, range(problem.parties))):
            if sum(low for low, _ in piece) <= 1 <= sum(high for _, high in piece):
                self._pieces.append(piece)
                self.corners.append(sorted(set(_corners(piece)), reverse=True))
            if sum(map(len, self.corners)) > MAX_CORNERS:
                raise TooManyPieces

    def _intervals(self, party: int) -> Iterator[Interval]:
        """Yield what lies between bounds on a party's part, and the bounds that differ from it."""
        aboves = {above for i, above, _ in self._bounds if i == party and above is not None}
        belows = {below for i, _, below in self._bounds if i == party and below is not None}
        places = sorted({ZERO, ONE} | {t for t in aboves | belows if 0 < t < 1})
        yield from pairwise(places)
        for t in places:
            if (t in belows or t == 0) and (t in aboves or t == 1):
                yield t, t

    def within(self, party: int, above: Bound, below: Bound) -> set[int]:
        """Return the pieces in which a party's part lies strictly between two bounds."""
        return {
            place
            for place, piece in enumerate(self._pieces)
            if _between(piece[party], above, below)
        }

    def written(self, parts: Parts) -> list[int]:
        """Return a division: its piece, and how much there is in it of each corner."""
        place = next(n for n, piece in enumerate(self._pieces) if self._holds(piece, parts))
        return [place, *_mixed(parts, self._pieces[place], self.corners[place])]

    def beside(self, inner: Parts, parts: Parts) -> list[int]:
        """Return a division on the border of the piece in which another one lies."""
        place = self.written(inner)[0]
        return [place, *_mixed(parts, self._pieces[place], self.corners[place])]

    def cuts(self, first: Parts, second: Parts) -> Iterator[Fraction]:
        """Yield where a straight way between two divisions crosses bounds, from 0 to 1."""
        for party, *bounds in self._bounds:
            a, b = first[party], second[party]
            for bound in bounds:
                if bound is not None and (a - bound) * (b - bound) < 0:
                    yield (bound - a) / (b - a)

    def _holds(self, piece: Piece, parts: Parts) -> bool:
        inside = all(low <= f <= high for (low, high), f in zip(piece, parts, strict=True))
        return inside and all(
            _between(piece[i], above, below) == _between((parts[i], parts[i]), above, below)
            for i, *both in self._bounds
            for above, below in ((both[0], None), (None, both[1]))
        )


def whole(weights: Sequence[Fraction]) -> list[int]:
    """Return the smallest whole numbers in the same ratios."""
    common = lcm(*(weight.denominator for weight in weights))
    return [int(weight * common) for weight in weights]


def _between(interval: Interval, above: Bound, below: Bound) -> bool:
    """Tell whether what lies inside an interval lies strictly between two bounds."""
    low, high = interval
    if low == high:
        return (above is None or low > above) and (below is None or high < below)
    return (above is None or low >= above) and (below is None or high <= below)


def _corners(piece: Piece, chosen: tuple[Fraction | None, ...] = ()) -> Iterator[Parts]:
    """Yield the corners of a piece: all parts but one lie at an end, that one takes the rest."""
    rest = ONE - sum(f for f in chosen if f is not None)
    free = None in chosen
    waiting = piece[len(chosen) :] + ((piece[chosen.index(None)],) if free else ())
    if not sum(low for low, _ in waiting) <= rest <= sum(high for _, high in waiting):
        return
    if len(chosen) == len(piece):
        if free:
            yield tuple(rest if f is None else f for f in chosen)
        return
    for end in {*piece[len(chosen)], None} if not free else set(piece[len(chosen)]):
        yield from _corners(piece, (*chosen, end))


def _mixed(parts: Parts, piece: Piece, corners: Sequence[Parts]) -> list[int]:
    """Return how much there is of each corner in a point: corner by corner, face by face."""
    weights, left = [ZERO] * len(corners), ONE
    while left:
        place, corner = next(
            (n, corner)
            for n, corner in enumerate(corners)
            if all(
                c == f or low < f < high
                for c, f, (low, high) in zip(corner, parts, piece, strict=True)
            )
        )
        share = min(
            [
                (f - low) / (c - low)
                for c, f, (low, _) in zip(corner, parts, piece, strict=True)
                if c > low
            ]
            + [
                (high - f) / (high - c)
                for c, f, (_, high) in zip(corner, parts, piece, strict=True)
                if c < high
            ]
            + [ONE]
        )
        weights[place] += left * share
        left *= 1 - share
        if left:
            parts = tuple((f - share * c) / (1 - share) for f, c in zip(parts, corner, strict=True))
    return whole(weights)
