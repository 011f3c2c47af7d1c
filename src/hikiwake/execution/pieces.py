"""Obligations as items of an order: some in pieces, some at one moment, everything in integers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from hikiwake.execution.ledger import Ledger, Term
from hikiwake.model import Agreement, lot_of
from hikiwake.numeric import common_denominator

Piece = tuple[str, int]  # an obligation, and which piece of it, from 0
Monomial = tuple[int, int]  # a set of items as bits, and what counts once it is done
Row = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SetFunction:
    """Whole numbers for sets of items: a constant, one number an item, and monomials."""

    constant: int
    items: Row
    joined: tuple[Monomial, ...]

    def at(self, done: int) -> int:
        """Return the number for a set, given as bits."""
        total = self.constant
        for place, value in enumerate(self.items):
            if done >> place & 1:
                total += value
        return total + sum(value for mask, value in self.joined if mask & done == mask)

    def steps(self) -> tuple[tuple[int, tuple[Monomial, ...]], ...]:
        """Return, for each item, its number and the monomials that it belongs to."""
        return tuple(
            (value, tuple(m for m in self.joined if m[0] >> place & 1))
            for place, value in enumerate(self.items)
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """An order to find: items with what must come before each, and figures of the parties.

    For every party that is compared, ``gains`` is what it has more than without an agreement, and
    ``lures`` what it has more than at the end, less its stake: both in parts of its range, times
    ``scale``.
    """

    items: tuple[tuple[Piece, ...], ...]
    before: Row
    gains: tuple[SetFunction, ...]
    lures: tuple[SetFunction, ...]
    scale: int

    @property
    def everything(self) -> int:
        """The set of all items, as bits."""
        return (1 << len(self.items)) - 1

    def temptation(self, done: int) -> int:
        """Return the largest temptation after a set, times ``scale``; at the end it is 0."""
        return max((lure.at(done) for lure in self.lures), default=0)

    def exposure(self, done: int) -> int:
        """Return the largest exposure after a set, times ``scale``; never below 0."""
        return max(0, -min((gain.at(done) for gain in self.gains), default=0))


def problem_of(
    agreement: Agreement, ledgers: Mapping[str, Ledger], pieces: Mapping[str, int]
) -> Problem:
    """Return the problem in which each obligation is done in so many pieces."""
    items = _items(agreement, pieces)
    places = {piece: place for place, item in enumerate(items) for piece in item}
    compared = [ledger for ledger in ledgers.values() if ledger.range is not None]
    layout = _Layout(places, pieces)
    spread = [_figures(ledger, layout, len(items)) for ledger in compared]
    scale = common_denominator(
        number for both in spread for figures in both for number in figures.numbers()
    )
    return Problem(
        items,
        _before(agreement, items, places, pieces),
        tuple(gain.whole(scale) for gain, _ in spread),
        tuple(lure.whole(scale) for _, lure in spread),
        scale,
    )


def _items(agreement: Agreement, pieces: Mapping[str, int]) -> tuple[tuple[Piece, ...], ...]:
    """Return the items: of orders as good the one found has those first that stand first here.

    What all do together goes before what one does; of two sides a lot says which goes first, and
    their own obligations follow one another by their ids. So it hangs on no place in a file (H13).
    """
    joint = {name: tuple(sorted(group)) for group in agreement.together for name in group}
    by = {one.id: (-len(one.by), lot_of(*sorted(one.by)), one.id) for one in agreement.obligations}
    items: list[tuple[Piece, ...]] = []
    for name in sorted(by, key=by.__getitem__):
        if name not in joint:
            items.extend(((name, piece),) for piece in range(pieces.get(name, 1)))
        elif joint[name][0] == name:
            items.append(tuple((other, 0) for other in joint[name]))
    return tuple(items)


def _before(
    agreement: Agreement,
    items: tuple[tuple[Piece, ...], ...],
    places: Mapping[Piece, int],
    pieces: Mapping[str, int],
) -> Row:
    before = [0] * len(items)
    for first, second in agreement.precedence():
        before[places[second, 0]] |= 1 << places[first, pieces.get(first, 1) - 1]
    for (name, piece), place in places.items():
        if piece:
            before[place] |= 1 << places[name, piece - 1]
    return tuple(before)


# --- figures, first as fractions, then as whole numbers ------------------------------------------


@dataclass(slots=True)
class _Figures:
    constant: Fraction
    items: list[Fraction]
    joined: dict[int, Fraction]

    def numbers(self) -> Iterator[Fraction]:
        yield self.constant
        yield from self.items
        yield from self.joined.values()

    def whole(self, scale: int) -> SetFunction:
        return SetFunction(
            int(self.constant * scale),
            tuple(int(value * scale) for value in self.items),
            tuple((mask, int(value * scale)) for mask, value in self.joined.items() if value),
        )


@dataclass(frozen=True)
class _Layout:
    places: Mapping[Piece, int]
    pieces: Mapping[str, int]

    def masks(self, term: Term) -> Iterator[tuple[int, Fraction]]:
        """Yield the sets of items that a term counts for, each with its part."""
        done = 0
        for name in term.done:
            done |= self._all_of[name]
        if term.of is None:
            yield done, term.points
            return
        count = self.pieces.get(term.of, 1)
        for piece in range(count):
            yield done | 1 << self.places[term.of, piece], term.points / count

    @cached_property
    def _all_of(self) -> dict[str, int]:
        masks: dict[str, int] = {}
        for (name, _), place in self.places.items():
            masks[name] = masks.get(name, 0) | 1 << place
        return masks


def _figures(ledger: Ledger, layout: _Layout, count: int) -> tuple[_Figures, _Figures]:
    """Return what a party gains, and its lure: what it gains, less all of it, less its stakes."""
    assert ledger.range is not None
    end = ledger.end - ledger.walk_away
    gain = _summed(ledger.gains, Fraction(0), ledger.range, layout, count)
    lures = [*ledger.gains, *(Term(-s.points, s.done, s.of) for s in ledger.stakes)]
    return gain, _summed(lures, -end / ledger.range, ledger.range, layout, count)


def _summed(
    terms: Iterable[Term], constant: Fraction, span: Fraction, layout: _Layout, count: int
) -> _Figures:
    figures = _Figures(constant, [Fraction(0)] * count, {})
    for term in terms:
        for mask, points in layout.masks(term):
            part = points / span
            if not mask:
                figures.constant += part
            elif mask & (mask - 1):
                figures.joined[mask] = figures.joined.get(mask, Fraction(0)) + part
            else:
                figures.items[mask.bit_length() - 1] += part
    return figures


__all__ = ["Piece", "Problem", "SetFunction", "problem_of"]
