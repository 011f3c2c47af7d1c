"""Where a straight way between two outcomes leaves one piece of a share for another.

A certificate can only say that all between two outcomes can be taken if they have the same options.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from hikiwake.pareto.compiled import Compiled
from hikiwake.proof.canonical import Json, number, taken_outcome
from hikiwake.proof.cells import Pieces
from hikiwake.solvers.solution import Taken


def borders(
    compiled: Compiled, first: Taken, second: Taken
) -> Iterator[tuple[Fraction, list[Json]]]:
    """Yield what lies on borders between two outcomes: how far along, and how it is written.

    A place on a border comes twice, once on each of the pieces that meet there.
    """
    if first.options != second.options or first.along != second.along or not first.shares:
        return
    pieces = [Pieces(compiled.problem, s) for s in range(len(first.shares))]
    cuts = {t for s, own in enumerate(pieces) for t in own.cuts(first.shares[s], second.shares[s])}
    if not cuts:
        return
    for start, end in pairwise([Fraction(0), *sorted(cuts), Fraction(1)]):
        middle = _at(first, second, (start + end) / 2)
        for t in (start, end):
            here = _at(first, second, t)
            form = taken_outcome(compiled, here)[: len(compiled.whole)]
            beside = (own.beside(middle.shares[s], here.shares[s]) for s, own in enumerate(pieces))
            yield t, [*form, *([number(one) for one in own] for own in beside)]


def _at(first: Taken, second: Taken, t: Fraction) -> Taken:
    mixed = {
        s: tuple(a + t * (b - a) for a, b in zip(parts, second.shares[s], strict=True))
        for s, parts in first.shares.items()
    }
    return replace(first, shares=mixed)
