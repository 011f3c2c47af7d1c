"""Is a package a draw, whatever the sides meant? Looked at for one set of answers, or for boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

import numpy as np

from hikiwake.options.sureness.gains import (
    End,
    accepted,
    greatest_gain,
    least_gain,
    nothing_to_gain,
)
from hikiwake.options.sureness.groups import Even, Group, evenness, uneven_inside
from hikiwake.options.sureness.guesses import Array, Box, Corner, Guesses, Mask

Gains = tuple[Fraction | None, ...]
Ends = tuple[Sequence[End | None], Sequence[End]]  # each side's least and greatest gain


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of a package over boxes. ``doubts`` are answers at which it may be no draw.

    ``least`` holds None for a side that might fall below its walk-away value. ``exact``: every end
    is reached. So it is where what the sides accept is the same all over the boxes; and where each
    of them has one corner at which it accepts fewest, whatever the package.
    """

    least: tuple[End | None, ...]
    most: tuple[End, ...]
    exact: bool
    proved: bool
    doubts: tuple[tuple[Corner, ...], ...]


def gains_at(surpluses: Sequence[Array], package: int) -> Gains:
    """Return everybody's gain at one set of answers; None for a side that can gain nothing."""
    possible = np.logical_and.reduce([surplus >= 0 for surplus in surpluses])
    possible[package] = True
    ideals = [surplus[possible].max() for surplus in surpluses]
    pairs = zip(surpluses, ideals, strict=True)
    return tuple(Fraction(int(s[package]), int(top)) if top > 0 else None for s, top in pairs)


def imbalance(gains: Gains) -> Fraction | None:
    """Return the largest gain less the smallest; None if fewer than two are compared."""
    compared = [gain for gain in gains if gain is not None]
    return max(compared) - min(compared) if len(compared) >= 2 else None


def reach(
    found: Guesses, boxes: Sequence[Box], package: int, groups: Sequence[Group] = ()
) -> Reach:
    """Return how little and how much each side may gain, and whether it is surely a draw."""
    even = evenness(groups, boxes, len(found.outcomes))
    surely, possibly = accepted(boxes, package, even)
    pairs = list(zip(boxes, surely, possibly, strict=True))
    least, most = list[End | None](), list[End]()
    for box, few, many in found.deadline.each(pairs):
        least.append(least_gain(box, package, many, found.deadline))
        most.append(greatest_gain(box, package, few, found.deadline))
    found.deadline.require()
    reached = not groups and all(_one_sided(box) for box in boxes)
    exact = reached or all((few == many).all() for _, few, many in pairs)
    own = [box.side.rows[package] for box in boxes]
    doubts = [
        *uneven_inside(groups, boxes, package),
        *uneven(boxes, own, (least, most), found.dispute.tolerance),
        *_dominated(boxes, package, even[1]),
    ]
    safe = [end.gain for end in least if end is not None]
    compared = [
        pair[:2]
        for pair, low, high in zip(pairs, least, most, strict=True)
        if not nothing_to_gain(low, high)
    ]
    proved = (
        not doubts
        and len(safe) == len(boxes)
        and len(compared) > 1
        and all(some_range(box, few) for box, few in compared)
        and _price_holds(found, boxes, package, (even, min(safe)))
    )
    exact = exact and len(safe) == len(boxes)
    return Reach(tuple(least), tuple(most), exact, proved, tuple(doubts))


def _one_sided(box: Box) -> bool:
    """Tell whether a side has one corner at which it accepts least, whatever the package."""
    return not box.linked and box.side.rows.one_sided(box.varying)


def uneven(
    boxes: Sequence[Box], own: Sequence[Array], ends: Ends, tolerance: Fraction
) -> Iterator[tuple[Corner, ...]]:
    """Yield answers at which one side may be too far ahead of another, or below its walk-away.

    ``own``: each side's line for the package.
    """
    least, most = ends
    given = [box.side.given for box in boxes]
    for ahead, behind in permutations(range(len(boxes)), 2):
        end = least[behind]
        if end is None or most[ahead].gain - end.gain > tolerance:
            corners = list(given)
            corners[ahead] = most[ahead].answers
            corners[behind] = end.answers if end else boxes[behind].where_most(-own[behind])
            yield tuple(corners)


def _dominated(boxes: Sequence[Box], package: int, possibly: Mask) -> Iterator[tuple[Corner, ...]]:
    """Yield answers at which another package is better for somebody and worse for nobody.

    The sides' answers are independent, so each may favour the other package as much as it can.
    """
    lines = [box.side.rows - box.side.rows[package] for box in boxes]
    tops = [box.most(own) for box, own in zip(boxes, lines, strict=True)]
    worse = np.logical_and.reduce([top >= 0 for top in tops])
    worse &= np.logical_or.reduce([top > 0 for top in tops]) & possibly
    for other in np.flatnonzero(worse)[:1]:
        yield tuple(box.where_most(own[other]) for box, own in zip(boxes, lines, strict=True))


def some_range(box: Box, surely: Mask) -> bool:
    """Tell whether the side can gain something wherever it is in its box."""
    return bool((box.least(box.side.rows[surely]) > 0).any())


def _price_holds(
    found: Guesses, boxes: Sequence[Box], package: int, known: tuple[Even, Fraction]
) -> bool:
    """Tell whether no package that may be the most even-handed one would show it as too dear.

    Proved for each other package by a choice that is surely acceptable: the package cannot be a
    Kalai–Smorodinsky one, for it surely gives some side less than everybody has; or it costs
    nobody more than the price.
    """
    even, floor = known
    surely, _ = accepted(boxes, package, even)
    suspects = np.logical_and.reduce([even[1], *(b.most(b.side.rows) >= 0 for b in boxes)])
    suspects[package] = False
    for box, few in found.deadline.each(zip(boxes, surely, strict=True)):
        suspects &= ~_surely_below(box, box.side.rows, few, floor, strictly=True)
    price, harmless = found.dispute.price, np.ones(len(suspects), dtype=bool)
    for box, few in found.deadline.each(zip(boxes, surely, strict=True)):
        costs = box.side.rows - box.side.rows[package]
        harmless &= _surely_below(box, costs, few, price) | (box.most(costs) <= 0)
    return bool((harmless | ~suspects).all())


def _surely_below(
    box: Box, lines: Array, surely: Mask, part: Fraction, strictly: bool = False
) -> Mask:
    """Tell which lines stay within a part of what the side can hope for, all over its box."""
    below = np.zeros(len(lines), dtype=bool)
    for choice in hopes(box, surely):
        top = box.most(part.denominator * lines - part.numerator * box.side.rows[choice])
        below |= top < 0 if strictly else top <= 0
    return below


def hopes(box: Box, surely: Mask) -> list[int]:
    """Return a few packages that are best for the side somewhere in its box."""
    rows, places = box.side.rows, np.flatnonzero(surely)
    values = (rows[places] @ box.middle(), box.least(rows[places]), box.most(rows[places]))
    return sorted({int(places[int(np.argmax(value))]) for value in values})
