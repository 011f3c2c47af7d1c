"""Whether a package is a draw at one set of answers, by the ends of all divisions.

The answers being known, what everybody has is straight in every region. So the figures are exact;
only whether the package is too dear may be left open.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from hikiwake.model import Dispute
from hikiwake.options.sureness.divided.mixtures import harmless, highest
from hikiwake.options.sureness.divided.regions import Regions, accepted
from hikiwake.options.sureness.guesses import Corner
from hikiwake.options.sureness.long_lines import Array, whole


def drawn_at(regions: Regions, dispute: Dispute, answers: Sequence[Corner]) -> bool | None:
    """Tell whether a package is a draw at some answers; None: that has to be settled.

    There must be no group that is not for trade.
    """
    numbers = [whole(np.array(own, dtype=object))[0] for own in answers]
    heights = [lines @ own for lines, own in zip(regions.lines, numbers, strict=True)]
    here = [int(line @ own) for line, own in zip(regions.own, numbers, strict=True)]
    if min(here) < 0:
        return False
    ideals = [max(here[n], _ideal(regions, heights, n)) for n in range(len(heights))]
    gains = [Fraction(own, top) for own, top in zip(here, ideals, strict=True) if top > 0]
    if len(gains) < 2:
        return None
    if max(gains) - min(gains) > dispute.tolerance or _bettered(regions, heights, here):
        return False
    cheap = _cheap(regions, (heights, here, ideals), min(gains), dispute.price)
    return True if cheap else None


def _ideal(regions: Regions, heights: Sequence[Array], side: int) -> Fraction | int:
    """Return the most that a side can have where all others have nothing less than before."""
    others = [own for n, own in enumerate(heights) if n != side]
    inside = np.logical_and.reduce([own >= 0 for own in others])
    best: Fraction | int = max(heights[side][inside], default=0)
    for region in regions.all:
        there = region.corners
        if heights[side][there].max() > best and not inside[there].all():
            points = accepted(heights[side][there, None], [o[there] for o in others], region.ends)
            best = max(best, max(points[:, 0], default=best))
    return best


def _bettered(regions: Regions, heights: Sequence[Array], here: Sequence[int]) -> bool:
    """Tell whether a package is better for somebody and worse for nobody."""
    more = [own - now for own, now in zip(heights, here, strict=True)]
    total = np.add.reduce(more)
    for region in regions.all:
        there = [own[region.corners] for own in more]
        both = total[region.corners]
        if both.max() > 0 and all(own.max() >= 0 for own in there):
            best = highest(region, both, there)
            if best is not None and best[0] > 0:
                return True
    return False


def _cheap(
    regions: Regions,
    known: tuple[Sequence[Array], Sequence[int], Sequence[Fraction | int]],
    floor: Fraction,
    price: Fraction,
) -> bool:
    """Tell whether none that gives everybody as much as the least here is dearer than the price."""
    suspects: list[Array] = []
    costs: list[list[Array]] = []
    for own, now, top in zip(*known, strict=True):
        least, most = floor * top, now + price * top
        suspects.append(least.denominator * own - least.numerator)
        costs.append([most.denominator * own - most.numerator])
    return all(harmless(suspects, costs, region) for region in regions.all)
