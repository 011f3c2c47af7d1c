"""All packages among any number of sides where something is divided: the corners of cells.

In a cell every whole issue is decided, and what is divided lies in a piece: between bounds of rules
and red lines, and where curves of the known sides bend. So all of a cell is allowed or none of it,
every utility is linear in it, and every package of it is a mixture of its corners.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from math import prod

from hikiwake.model import (
    Amount,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    Issue,
    Money,
    Outcome,
    Share,
    Value,
)
from hikiwake.model.condition import Beyond, SharesBeyond

MAX_CORNERS = 1_500
MAX_CELLS = 20_000  # looked at, allowed or not

Span = tuple[Fraction, Fraction]
Ends = tuple[Span, ...]  # of an amount, or of what each side gets


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of an issue: its corners, a decision well inside it, and between what it lies.

    Without ``ends`` it is one decision of a whole issue.
    """

    corners: tuple[Value, ...]
    inner: Value
    ends: Ends = ()

    def within(self, other: Piece) -> bool:
        """Tell whether all of it is in another piece of the same issue."""
        if not self.ends:
            return self.inner == other.inner
        pairs = zip(self.ends, other.ends, strict=True)
        return all(low >= least and high <= most for (low, high), (least, most) in pairs)


Cell = tuple[Piece, ...]


def cells_of(dispute: Dispute, known: Sequence[str]) -> list[Cell] | None:
    """Return every cell that rules and the known sides' red lines allow: a piece of each issue.

    None where these, or their corners, are too many.
    """
    allowed = allowed_cells(dispute, known)
    if allowed is None or sum(prod(len(own.corners) for own in c) for c in allowed) > MAX_CORNERS:
        return None
    return allowed


def allowed_cells(dispute: Dispute, known: Sequence[str]) -> list[Cell] | None:
    """Return every cell that rules and red lines allow, as a piece of each issue.

    None where there are too many.
    """
    pieces = [list(_pieces(dispute, known, issue)) for issue in dispute.issues]
    if prod(map(len, pieces)) > MAX_CELLS:
        return None
    ids = [issue.id for issue in dispute.issues]
    lines = list(_lines(dispute, known))
    return _largest([cell for cell in product(*pieces) if not _forbidden(cell, ids, lines)])


def corners_of(dispute: Dispute, cell: Cell) -> list[Outcome]:
    """Return the corners of a cell."""
    ids = [issue.id for issue in dispute.issues]
    corners = product(*(own.corners for own in cell))
    return [FrozenMap(dict(zip(ids, values, strict=True))) for values in corners]


def _forbidden(cell: Cell, ids: Sequence[str], lines: Iterable[Condition]) -> bool:
    inner = {issue: own.inner for issue, own in zip(ids, cell, strict=True)}
    return any(line.holds(inner) for line in lines)


def _largest(cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells that are in no other: what is allowed is closed."""
    divided = {n for cell in cells for n, own in enumerate(cell) if own.ends}
    kept = dict[tuple[Value | None, ...], list[Cell]]()
    for cell in cells:
        whole = tuple(None if n in divided else own.inner for n, own in enumerate(cell))
        kept.setdefault(whole, []).append(cell)
    return [
        cell
        for alike in kept.values()
        for cell in alike
        if not any(other is not cell and _within(cell, other) for other in alike)
    ]


def _within(cell: Cell, other: Cell) -> bool:
    return all(own.within(one) for own, one in zip(cell, other, strict=True))


def _lines(dispute: Dispute, known: Sequence[str]) -> Iterator[Condition]:
    yield from (rule.never for rule in dispute.rules)
    for party in known:
        yield from (line.never for line in dispute.preferences[party].red_lines)


def _pieces(dispute: Dispute, known: Sequence[str], issue: Issue) -> Iterator[Piece]:
    whole = dispute.decisions_of(issue)
    if whole is not None:
        yield from (Piece((value,), value) for value in whole)
        return
    tests = [line.tests[issue.id] for line in _lines(dispute, known) if issue.id in line.tests]
    if isinstance(issue, Amount):
        bounds = {bound for one in tests if isinstance(one, Beyond) for bound in _bounds(one)}
        points = (dispute.preferences[party].points.get(issue.id) for party in known)
        bends = {x for own in points if isinstance(own, Curve) for x, _ in own.corners}
        for low, high in _spans(bounds, bends, (issue.min, issue.max)):
            corners = (low, high) if low < high else (low,)
            yield Piece(corners, (low + high) / 2, ((low, high),))
        return
    assert isinstance(issue, Share | Money)
    parties = dispute.party_ids
    span = issue.span(len(parties)) if isinstance(issue, Money) else (Fraction(0), Fraction(1))
    each: list[list[Span]] = []
    for party in parties:
        own = [one.parties[party] for one in tests
               if isinstance(one, SharesBeyond) and party in one.parties]  # fmt: skip
        bounds = {bound for one in own for bound in _bounds(one)}
        each.append(list(_spans(bounds | set(span if tests else ()), set(), span)))
    total = Fraction(0 if isinstance(issue, Money) else 1)
    for ends in product(*each):
        if (inner := _inner(ends, total)) is not None:
            corners = dict.fromkeys(_vertices(ends, total))
            values = (FrozenMap(dict(zip(parties, own, strict=True))) for own in corners)
            yield Piece(tuple(values), FrozenMap(dict(zip(parties, inner, strict=True))), ends)


def _bounds(test: Beyond) -> Iterator[Fraction]:
    yield from (bound for bound in (test.above, test.below) if bound is not None)


def _spans(bounds: set[Fraction], bends: set[Fraction], whole: Span) -> Iterator[Span]:
    """Yield all between two bounds or bends, and each bound alone."""
    low, high = whole
    inside = {place for place in bounds | bends if low < place < high}
    yield from pairwise(sorted({low, high} | inside))
    yield from ((bound, bound) for bound in sorted(bounds) if low <= bound <= high)


def _inner(ends: Ends, total: Fraction) -> list[Fraction] | None:
    """Return parts well inside their ends that sum to the total; None where there are none."""
    least, most = (sum((one[k] for one in ends), start=Fraction(0)) for k in (0, 1))
    if least == most == total:
        return [low for low, _ in ends]
    if not least < total < most:
        return None
    along = (total - least) / (most - least)
    return [low + along * (high - low) for low, high in ends]


def _vertices(ends: Ends, total: Fraction) -> Iterator[tuple[Fraction, ...]]:
    """Yield the corners of all parts that lie between their ends and sum to the total."""
    for free in range(len(ends)):
        others = [one for n, one in enumerate(ends) if n != free]
        for parts in product(*others):
            rest = total - sum(parts)
            if ends[free][0] <= rest <= ends[free][1]:
                yield (*parts[:free], rest, *parts[free:])


__all__ = ["MAX_CORNERS", "Cell", "Piece", "allowed_cells", "cells_of", "corners_of"]
