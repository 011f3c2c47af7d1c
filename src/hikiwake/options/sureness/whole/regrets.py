"""The package of a list whose largest worst regret is smallest, most of them never looked at.

Whenever a package is looked at, what a side could hope for at the worst is a measure for all the
others: whichever does not surely give it a larger part of that is no better. Whole numbers say
which these are; floats say only which of the rest to look at next.

References
----------
Aissi, H., Bazgan, C. and Vanderpooten, D. (2009), Min–Max and Min–Max Regret Versions of
Combinatorial Optimization Problems: A Survey, European Journal of Operational Research 197.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from hikiwake.options.sureness.gains import least_gain
from hikiwake.options.sureness.guesses import Array, Box, Mask
from hikiwake.solvers.deadline import UNLIMITED, Deadline

Hoping = tuple[Box, Mask]  # a side's set, and which packages the others possibly accept


def most_careful(
    sides: Sequence[Hoping], safe: Mask, first: int, deadline: Deadline = UNLIMITED
) -> tuple[int, tuple[Fraction, ...]]:
    """Return a package and everybody's least gain by it, the smallest of these as large as can be.

    Parameters
    ----------
    safe
        The packages to choose from: nobody might be below its walk-away value there.
    first
        Which of them to take if no other is better.

    Raises
    ------
    TimeIsOver
        If no time is left.
    """
    left = np.flatnonzero(safe)
    above: Array = np.zeros(len(left))
    hopes: list[tuple[Box, Array]] = []
    looked = best = first
    gains: tuple[Fraction, ...] = ()
    while True:
        deadline.require()
        found, hoped = _least_gains(sides, looked, deadline)
        hopes += hoped
        if not gains or min(found) > min(gains):
            best, gains = looked, found
            if min(gains) == 1:
                return best, gains
            above = _above(hopes, min(gains), left)
        else:
            above = np.minimum(above, _above(hoped, min(gains), left))
        left, above = left[above > 0], above[above > 0]
        if not len(left):
            return best, gains
        looked = int(left[int(np.argmax(above))])


def _least_gains(
    sides: Sequence[Hoping], package: int, deadline: Deadline
) -> tuple[tuple[Fraction, ...], list[tuple[Box, Array]]]:
    """Return everybody's least gain by a package, and what more they could hope for at worst."""
    gains: list[Fraction] = []
    hopes: list[tuple[Box, Array]] = []
    for box, possibly in sides:
        end = least_gain(box, package, possibly, deadline)
        assert end is not None, "nobody might be below its walk-away value there"
        worth = np.where(possibly, box.side.surplus(end.answers), -1)
        gains.append(end.gain)
        if end.gain < 1:
            hopes.append((box, box.side.rows[int(np.argmax(worth))]))
    return tuple(gains), hopes


def _above(hopes: Sequence[tuple[Box, Array]], gain: Fraction, left: Array) -> Array:
    """Return how far packages surely give everybody more than a part of what it could hope for.

    In parts of what that is worth as answered: as floats that are above 0 just where it is so.
    """
    found: list[Array] = []
    for box, hope in hopes:
        lines = gain.denominator * box.side.rows[left] - gain.numerator * hope
        whole = max(1, abs(int(gain.denominator * (hope @ box.middle()))))
        surely = box.least(lines)
        found.append(np.where(surely > 0, (surely / whole).astype(float), 0.0))
    return np.minimum.reduce(found)
