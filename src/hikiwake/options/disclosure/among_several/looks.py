"""How things stand with some members, and the multipliers that prove it.

Notation: a is what a package gives a side beyond its walk-away value, r the most of that among
possible packages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.numeric import fits_int64
from hikiwake.options.disclosure.hidden.members import Member

Array = NDArray[Any]
Members = tuple[Member, ...]
Multipliers = tuple[int, ...]  # what each side's a counts; with 0 for a side none of its r is told

# Some multipliers, and for which cells each of them proves that nothing there gives a side more.
Proofs = tuple[Sequence[Multipliers], Array]


@dataclass(frozen=True, slots=True)
class Blend:
    """A package as a mixture of corners, each with its weight of ``parts`` in all."""

    corners: tuple[int, ...]
    weights: tuple[int, ...]
    parts: int


@dataclass(frozen=True, slots=True)
class Look:
    """How things stand with some members.

    ``most`` is r of each side, by its ``best`` package; None where it can gain nothing. ``level``
    is what counts as even in groups not for trade, where there are some, and ``evenest`` the most
    even package that nobody refuses; ``kept`` are the cells that are as even as counts, and
    ``uneven`` is how uneven each lot of each group of whole issues is.
    """

    most: list[Fraction]
    best: list[Blend | None]
    proofs: list[Proofs]
    level: Fraction
    evenest: Blend | None
    kept: Array
    uneven: list[list[Fraction]] = field(default_factory=list[list[Fraction]])


def mixed(cell: range, parts: Mapping[int, Fraction]) -> Blend:
    """Return a mixture of the corners of a cell, of so much of some of them."""
    own = {cell[j]: part for j, part in parts.items() if j < len(cell)}
    scale = lcm(*(part.denominator for part in own.values()))
    return Blend(tuple(own), tuple(int(part * scale) for part in own.values()), scale)


def whole(counts: Sequence[Fraction]) -> Multipliers:
    """Return multipliers as whole numbers, as small as they can be."""
    scale = lcm(*(one.denominator for one in counts))
    whole = [int(one * scale) for one in counts]
    common = gcd(*whole)
    return tuple(one // common for one in whole)


def proves(own: Array, largest: Array, best: Fraction) -> Array:
    """Return where multipliers prove that nothing in a cell gives a side more than the best.

    ``own`` is what its own a counts, ``largest`` the most that a corner of the cell counts.
    """
    nothing = (own == 0)[:, None] & (largest < 0)
    size = max(1, int(abs(largest).max()) * best.denominator, int(own.max()) * best.numerator)
    exact: Any = np.int64 if fits_int64(size) else object
    limit = own.astype(exact) * best.numerator
    within = largest.astype(exact) * best.denominator <= limit[:, None]
    return (nothing | ((own > 0)[:, None] & within)).astype(bool)


def near(own: Array, largest: Array) -> Array:
    """Return about what each cell gives a side at the most, as far as multipliers tell."""
    counting = own > 0
    return (largest[counting].astype(float) / own[counting].astype(float)[:, None]).min(axis=0)


__all__ = [
    "Array",
    "Blend",
    "Look",
    "Members",
    "Multipliers",
    "Proofs",
    "mixed",
    "near",
    "proves",
    "whole",
]
