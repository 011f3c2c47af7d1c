"""Whether an even package can have been shown between two sides that divide something, while the
best one is uneven.

The *best* is that by Kalai and Smorodinsky; the side that gains less from it is *behind*. If the
side behind could get more of something that is divided, small steps towards that would better the
best. So it lies at a corner where that side gets as much as it can, next to what it does not care
for. What is shown instead is better for the side behind, by no more than the tolerance, for the
best betters it and must not be better for both; the other loses by it no more than the price. Of
corners that are so there may be none, whatever the hidden side wants.

Notation: a is what a package gives the known side, R the most that it can gain.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.model import Amount
from hikiwake.options.disclosure.between_two.corners import Corners

Array = NDArray[Any]


def who_may_be_behind(
    corners: Corners, known: Fraction, low: Fraction, high: Fraction
) -> tuple[bool, bool]:
    """Tell whether the known side, and whether the hidden one, may be behind in an uneven best
    package where an even one that gives the known side ``known`` was shown, and R lies between
    ``low`` and ``high``; False is certain."""
    tolerance, price = corners.dispute.tolerance, corners.dispute.price
    less, more = behind_in_best(corners)
    less &= _between(corners, known - tolerance * high, known)
    more &= _between(corners, known + tolerance * low, known + price * high)
    return bool(less.any()), bool(more.any())


def behind_in_best(corners: Corners) -> tuple[Array, Array]:
    """Return at which corners the known side, and at which the hidden side, may be behind in a best
    package that is uneven."""
    most, given_up = (np.ones(len(corners.gained), dtype=bool) for _ in range(2))
    if _mixtures(corners):
        return ~most, ~given_up
    one, other = corners.edges.T
    rising = corners.gained[other] > corners.gained[one]
    falling = corners.gained[other] < corners.gained[one]
    for at, issue in zip(corners.at, corners.dispute.issues, strict=True):
        if corners.dispute.decisions_of(issue) is not None:
            continue
        along = at[one] != at[other]
        further = _at(corners, one[along & rising]) | _at(corners, other[along & falling])
        before, after = _at(corners, other[along]), _at(corners, one[along])
        # places come in the order of the known side's part: none before is all for the hidden side
        ends = ~before | ~after if isinstance(issue, Amount) else ~before
        most &= ~further
        given_up &= ~further | ends  # what the hidden side does not care for the known side gets
    return most, given_up


def _mixtures(corners: Corners) -> bool:
    """Tell whether all packages are mixtures of one another: then the best gives both the same part
    of their most."""
    named = {issue for condition in corners.conditions() for issue in condition.tests}
    issues = zip(corners.dispute.issues, map(len, corners.places), strict=True)
    straight = all(
        many <= (2 if corners.dispute.decisions_of(issue) is None else 1) for issue, many in issues
    )
    return straight and not named and not corners.bonuses


def _at(corners: Corners, some: Array) -> Array:
    """Return which corners are among some."""
    found = np.zeros(len(corners.gained), dtype=bool)
    found[some] = True
    return found


def _between(corners: Corners, low: Fraction, high: Fraction) -> Array:
    """Return which corners give the known side something between two numbers."""
    found: Array = (corners.over(low) >= 0) & (corners.over(high) <= 0)
    return found


__all__ = ["behind_in_best", "who_may_be_behind"]
