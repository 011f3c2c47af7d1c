"""How far a package is from being settled on, where one side wanted something else: two sides.

Notation: x and y are the gains of both sides, each times the product of both ranges, so that they
are whole numbers and can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.model import Dispute
from hikiwake.numeric import DEFAULT_TOLERANCE, fits_int64, to_grain

if TYPE_CHECKING:
    from hikiwake.options.disclosure.hidden.kinds import Standing
    from hikiwake.options.disclosure.told.asked import Settled

Array = NDArray[Any]


def far_from_settled(
    dispute: Dispute, stands: Standing, here: Sequence[int], seen: Settled, groups_even: bool
) -> float:
    """Return 0 if a possible package is one of the best by the rule, and shown as it was seen.

    Else how far it is from that: no more than a direction for a search. The choice among ties is
    not looked at. With fewer than two sides that can gain anything it is not measured.
    """
    own_reach, other_reach = stands.reach
    if min(own_reach, other_reach) <= 0:
        return 5
    _, draw, gain = seen
    grain = max(dispute.tolerance, DEFAULT_TOLERANCE)
    there = Fraction(here[1], other_reach)
    far = 0.0 if to_grain(there, grain) == gain else 1 + abs(float(there - (gain or 0)))
    both = own_reach * other_reach
    room = 4 * both * max(dispute.tolerance.denominator, dispute.price.denominator)
    exact: Any = np.int64 if fits_int64(room) else object
    x = stands.points[0].astype(exact) * other_reach
    y = stands.points[1].astype(exact) * own_reach
    at = (here[0] * other_reach, here[1] * own_reach)
    best, drawn = _best(dispute, x, y, both)
    if (drawn and groups_even) != draw:
        far += 1
    if best != (min(at), max(at)):
        low = np.minimum(x, y)
        better = np.count_nonzero((x >= at[0]) & (y >= at[1]) & ((x > at[0]) | (y > at[1])))
        better += np.count_nonzero(low > min(at))
        far += 1 + better / len(x)
    return far


def _best(dispute: Dispute, x: Array, y: Array, both: int) -> tuple[tuple[int, int], bool]:
    """Return the sorted gains of the best packages by the draw rule, and whether they are draws."""
    low, high = np.minimum(x, y), np.maximum(x, y)
    reference = _greatest(low, high)
    tolerance, price = dispute.tolerance, dispute.price
    if (reference[1] - reference[0]) * tolerance.denominator <= tolerance.numerator * both:
        return reference, True
    near = (high - low) * tolerance.denominator <= tolerance.numerator * both
    near &= _undominated(x, y)
    found: list[tuple[int, int]] = []
    for a, b in {reference, reference[::-1]}:
        if np.any((x == a) & (y == b)):
            cheap = near & ((a - x) * price.denominator <= price.numerator * both)
            cheap &= (b - y) * price.denominator <= price.numerator * both
            if cheap.any():
                found.append(_greatest(low[cheap], high[cheap]))
    return (max(found), True) if found else (reference, False)


def _greatest(low: Array, high: Array) -> tuple[int, int]:
    least = low.max()
    return int(least), int(high[low == least].max())


def _undominated(x: Array, y: Array) -> Array:
    """Return which points no other point betters for one side at no cost to the other."""
    order = np.lexsort((-y, -x)) if x.dtype != object else np.array(
        sorted(range(len(x)), key=lambda n: (-x[n], -y[n])), dtype=np.int64
    )  # fmt: skip
    best = np.maximum.accumulate(y[order])
    first = np.searchsorted(-x[order].astype(object), -x[order].astype(object), side="left")
    before = np.where(first > 0, best[np.maximum(first - 1, 0)], -1)
    group_best = y[order][first]
    kept = np.zeros(len(x), dtype=bool)
    kept[order] = (y[order] > before) & (y[order] == group_best)
    return kept


__all__ = ["far_from_settled"]
