"""Coordinates that limits link to each other, apart from those that they do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hikiwake.solvers.regions.region import Limit, Region

Span = tuple[Fraction, Fraction]
Weights = Mapping[int, Fraction]


@dataclass(frozen=True, slots=True)
class Part:
    """Coordinates that vary together: where they stand, and their region.

    ``limits`` are the places, in the whole, of the limits of the region, in their order.
    """

    places: tuple[int, ...]
    region: Region
    limits: tuple[int, ...]


def parts_of(spans: Sequence[Span], limits: Sequence[tuple[Weights, Fraction]]) -> list[Part]:
    """Return the parts that limits link: coordinates in different parts vary independently.

    Parameters
    ----------
    spans
        The range of each coordinate. One without a width is a number, and links nothing.
    limits
        For each the weights by place, and what their sum is at most. One on numbers alone has
        a part of its own, without coordinates.
    """
    groups: list[tuple[set[int], list[int]]] = []
    for k, (weights, _) in enumerate(limits):
        places = {j for j, weight in weights.items() if weight and spans[j][0] < spans[j][1]}
        joined = [group for group in groups if group[0] & places]
        groups = [group for group in groups if not group[0] & places]
        own = [k, *(other for _, others in joined for other in others)]
        groups.append((places.union(*(before for before, _ in joined)), sorted(own)))
    groups.sort(key=lambda group: group[1])
    return [_part(spans, limits, sorted(places), own) for places, own in groups]


def _part(
    spans: Sequence[Span],
    limits: Sequence[tuple[Weights, Fraction]],
    places: Sequence[int],
    own: Sequence[int],
) -> Part:
    inside: list[Limit] = []
    for k in own:
        weights, most = limits[k]
        sure = (weight * spans[j][0] for j, weight in weights.items() if j not in places)
        row = tuple(weights.get(j, Fraction(0)) for j in places)
        inside.append(Limit(row, most - sum(sure, Fraction(0))))
    low, high = (tuple(spans[j][end] for j in places) for end in (0, 1))
    return Part(tuple(places), Region(low, high, tuple(inside)), tuple(own))
