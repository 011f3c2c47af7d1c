"""The outer border of falling chains in the plane, exact.

For chains with corners (u, v), the border is H(u) = the largest v that can be had together with
at least u. It falls, is continuous from the left, and is made of straight pieces; a point of the
plane is undominated exactly where the border falls to its right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import NamedTuple

Vector = tuple[Fraction, Fraction]


_Ratio = tuple[int, int]  # in lowest terms, the second above 0


class _Piece(NamedTuple):
    """The border up to and including ``end``, on the line fall·u + run·v = level (run > 0).

    All in whole numbers: very many are compared, and fractions take many times as long.
    """

    end: _Ratio
    fall: int
    run: int
    level: int

    def at(self, u: _Ratio) -> Fraction:
        return Fraction(self.level * u[1] - self.fall * u[0], self.run * u[1])

    def above(self, other: _Piece, u: _Ratio) -> int:
        """Return a number with the sign of how far it is above another one at a place."""
        p, q = u
        own = (self.level * q - self.fall * p) * other.run
        return own - (other.level * q - other.fall * p) * self.run


@dataclass(frozen=True, slots=True)
class Edge:
    """A straight part of the frontier; an end that is not ``closed`` is itself dominated.

    ``first`` is the end that is better for the first party. A single point has equal ends. What
    is not ``reached`` only borders the frontier: all that is between its ends is dominated.
    """

    first: tuple[Fraction, ...]
    second: tuple[Fraction, ...]
    first_closed: bool = True
    second_closed: bool = True
    reached: bool = True

    def holds(self, point: tuple[Fraction, ...]) -> bool:
        """Tell whether a point of the plane lies on the line through both ends."""
        (u0, v0), (u1, v1) = self.first, self.second
        return (point[0] - u0) * (v1 - v0) == (point[1] - v0) * (u1 - u0)


@dataclass(frozen=True, slots=True)
class Border:
    """The undominated points, as edges in rising order of the first coordinate."""

    edges: tuple[Edge, ...]

    def __len__(self) -> int:
        return len(self.edges)


class Envelope:
    """The outer border of chains that are added one after another."""

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []

    def covers(self, chain: list[Vector]) -> bool:
        """Tell whether a chain would add no point."""
        return bool(self._pieces) and _outer(self._pieces, _border(chain)) == self._pieces

    def add(self, chain: list[Vector]) -> None:
        """Take a chain in."""
        own = _border(chain)
        self._pieces = _outer(self._pieces, own) if self._pieces else own

    def edges(self) -> tuple[Edge, ...]:
        """Return the undominated points so far, in rising order of the first coordinate."""
        return tuple(_edges(self._pieces)) if self._pieces else ()


def border_of(chains: Sequence[list[Vector]]) -> Border:
    """Return the undominated points of the union of chains.

    Parameters
    ----------
    chains
        Each from its largest to its smallest u, v rising.

    Notes
    -----
    Chains are joined two by two: N edges cost about N log N exact comparisons. Crossings are of
    original edges only, so numbers do not grow.
    """
    borders = [_border(chain) for chain in chains]
    while len(borders) > 1:
        pairs = zip(borders[::2], borders[1::2], strict=False)
        odd = [borders[-1]] if len(borders) % 2 else []
        borders = [_outer(a, b) for a, b in pairs] + odd
    return Border(tuple(_edges(borders[0]))) if borders else Border(())


def _border(chain: list[Vector]) -> list[_Piece]:
    u, v = chain[-1]
    pieces = [_Piece(u.as_integer_ratio(), 0, v.denominator, v.numerator)]
    for (u0, v0), (u1, v1) in pairwise(reversed(chain)):
        unit = lcm(u0.denominator, v0.denominator, u1.denominator, v1.denominator)
        x, y = int(u0 * unit), int(v0 * unit)
        fall, run = y - int(v1 * unit), int(u1 * unit) - x
        _append(
            pieces,
            _Piece(u1.as_integer_ratio(), fall * unit, run * unit, fall * x + run * y),
        )
    return pieces


def _outer(one: list[_Piece], other: list[_Piece]) -> list[_Piece]:
    """Return the larger of two borders everywhere."""
    merged: list[_Piece] = []
    start: _Ratio | None = None
    i = j = 0
    while i < len(one) and j < len(other):
        a, b = one[i], other[j]
        end = a.end if a.end[0] * b.end[1] <= b.end[0] * a.end[1] else b.end
        for piece in _larger(a, b, start, end):
            _append(merged, piece)
        start = end
        i += a.end == end
        j += b.end == end
    for piece in [*one[i:], *other[j:]]:
        _append(merged, piece)
    return merged


def _larger(a: _Piece, b: _Piece, start: _Ratio | None, end: _Ratio) -> list[_Piece]:
    at_end = a.above(b, end)
    # Before the first corner both are level, so the end decides alone.
    at_start = a.above(b, start) if start is not None else at_end
    if at_start >= 0 and at_end >= 0:
        return [_until(a, end)]
    if at_start <= 0 and at_end <= 0:
        return [_until(b, end)]
    crossing = Fraction(a.level * b.run - b.level * a.run, a.fall * b.run - b.fall * a.run)
    left, right = (a, b) if at_start > 0 else (b, a)
    return [_until(left, crossing.as_integer_ratio()), _until(right, end)]


def _until(piece: _Piece, end: _Ratio) -> _Piece:
    return piece if piece.end == end else _Piece(end, piece.fall, piece.run, piece.level)


def _append(pieces: list[_Piece], piece: _Piece) -> None:
    if pieces:
        last = pieces[-1]
        parallel = last.fall * piece.run == piece.fall * last.run
        if parallel and last.level * piece.run == piece.level * last.run:
            pieces[-1] = _Piece(piece.end, last.fall, last.run, last.level)
            return
    pieces.append(piece)


def _edges(pieces: list[_Piece]) -> list[Edge]:
    edges: list[Edge] = []
    for place, piece in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        v = piece.at(piece.end)
        # Dominated if the border stays level to the right of the end.
        closed = after is None or not (after.fall == 0 and after.at(piece.end) == v)
        if piece.fall > 0:
            before = pieces[place - 1]
            u0, v0 = Fraction(*before.end), piece.at(before.end)
            joined = before.at(before.end) == v0
            edges.append(Edge((Fraction(*piece.end), v), (u0, v0), closed, joined))
        elif closed and not (after is not None and after.fall > 0 and after.at(piece.end) == v):
            here = Fraction(*piece.end), v
            edges.append(Edge(here, here))
    return edges
