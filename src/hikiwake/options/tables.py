"""The draw rule on tables of all packages, many tables at once.

Notation: ``surpluses[i][t, n]`` is what package n is worth to side i beyond its walk-away value in
table t, in whole numbers of a unit of the side's own there; a side for which all tables are alike
may have a single line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np

from hikiwake.numeric import fits_int64

Array = Any  # a NumPy array of whole numbers
Mask = Any  # a NumPy array of truth values

AT_ONCE = 100_000  # numbers in one array, at about which its parts stay close at hand


@dataclass(frozen=True, slots=True)
class Compared:
    """What packages give those who can gain: values over ``scale`` are gains, table by table.

    Whoever can gain nothing counts as having all there is, so that it falls behind nobody.
    """

    values: Array
    scale: Array
    sides: Mask

    @classmethod
    def of(cls, surpluses: Array, ideals: Array, *parts: Fraction) -> Compared:
        """Return it in numbers that stay whole, and safe, times the numbers of some fractions.

        ``ideals`` is the most that each side gets in each table, 0 if nothing.
        """
        sides = ideals > 0
        largest = prod(int(top) for top in ideals.max(axis=1) if top > 0)
        largest *= 4 * max(1, int(surpluses.max()), -int(surpluses.min()))
        largest *= max((n for part in parts for n in part.as_integer_ratio()), default=1)
        exact: Any = np.int64 if fits_int64(largest) else object
        units = np.where(sides, ideals, 1).astype(exact)
        scale = np.lcm.reduce(units, axis=0)
        times = (scale // units)[:, :, None]
        values = np.where(sides[:, :, None], surpluses.astype(exact) * times, scale[None, :, None])
        return cls(values, scale, sides)

    def but(self, tables: Array) -> Compared:
        """Return some of the tables."""
        return Compared(self.values[:, tables], self.scale[tables], self.sides[:, tables])

    def near(self, tolerance: Fraction) -> Mask:
        """Tell which packages leave no two sides further apart than so much."""
        lowest = self.values.min(axis=0)
        highest = np.where(self.sides[:, :, None], self.values, lowest).max(axis=0)
        most = (self.scale * tolerance.numerator)[:, None]
        return (highest - lowest) * tolerance.denominator <= most

    def cheap(self, references: Mask, price: Fraction) -> Mask:
        """Tell which packages cost nobody more than the price against one of some others."""
        found, left = np.zeros_like(references), references
        tables, most = np.arange(len(left)), (self.scale * price.numerator)[None, :, None]
        while left.any():
            at = self.values[:, tables, left.argmax(axis=1)][:, :, None]
            costs = (at - self.values) * price.denominator <= most
            found |= costs.all(axis=0) & left.any(axis=1)[:, None]
            left = left & (self.values != at).any(axis=0)
        return found

    def greatest(self, among: Mask) -> Mask:
        """Tell which of some packages have the lexicographically greatest gains."""
        found = _highest(self.values.min(axis=0), among)
        places = np.flatnonzero(found.any(axis=0))  # few by now: only they are put in order
        left = found[:, places]
        for level in np.sort(self.values[:, :, places], axis=0)[1:]:
            left = _highest(level, left)
        found[:, places] = left
        return found

    def bettered(self, places: Array, by: Mask) -> Mask:
        """Tell of a package of each table whether one of others is as good for all, and better."""
        at = self.values[:, np.arange(len(places)), places][:, :, None]
        better = (self.values >= at).all(axis=0) & (self.values > at).any(axis=0)
        return (better & by).any(axis=1)


def _highest(numbers: Array, among: Mask) -> Mask:
    asked = np.where(among, numbers, -1)
    return among & (asked == asked.max(axis=1, keepdims=True))


def _ideals(surpluses: Array, accepted: Mask) -> Array:
    return np.where(accepted, surpluses, 0).max(axis=2)


def answers(surpluses: Sequence[Array], tolerance: Fraction, price: Fraction) -> Array:
    """Return the lines that the draw rule holds equally best; none without an agreement (H10)."""
    tables = [np.asarray(own)[None, :] for own in surpluses]
    return np.flatnonzero(answers_each(tables, tolerance, price)[0])


def answers_each(surpluses: Sequence[Array], tolerance: Fraction, price: Fraction) -> Mask:
    """Tell of each table which packages the draw rule holds equally best (H10)."""
    return np.concatenate([_answers(some, tolerance, price) for some in _parts(surpluses)])


def are_draws(
    surpluses: Sequence[Array], package: int, tolerance: Fraction, price: Fraction
) -> Mask:
    """Tell of each table whether a package is a draw there (H10)."""
    parts = _parts(surpluses)
    return np.concatenate([_draw(some, package, tolerance, price) for some in parts])


def at_once(sides: int, packages: int) -> int:
    """Return how many tables are best looked at together."""
    return max(1, AT_ONCE // max(1, sides * packages))


def _parts(surpluses: Sequence[Array]) -> Iterator[Array]:
    tables = np.broadcast_arrays(*surpluses)
    count, size = tables[0].shape
    few = at_once(len(tables), size)
    for n in range(0, max(1, count), few):
        yield np.stack([own[n : n + few] for own in tables])


def _answers(surpluses: Array, tolerance: Fraction, price: Fraction) -> Mask:
    accepted = (surpluses >= 0).all(axis=0)
    if not accepted.any():
        return accepted
    compared = Compared.of(surpluses, _ideals(surpluses, accepted), tolerance, price)
    found, near = compared.greatest(accepted), compared.near(tolerance)
    tables = np.arange(len(found))
    asked = np.flatnonzero(accepted.any(axis=1) & ~near[tables, found.argmax(axis=1)])
    if len(asked):
        some, references = compared.but(asked), found[asked]
        draws = near[asked] & accepted[asked] & some.cheap(references, price)
        draws = _best_unbettered(some, draws, accepted[asked])
        found[asked] = np.where(draws.any(axis=1)[:, None], draws, references)
    return found


def _best_unbettered(compared: Compared, left: Mask, accepted: Mask) -> Mask:
    """Tell which packages are best of those that no accepted one betters."""
    found = np.zeros_like(left)
    while len(tables := np.flatnonzero(left.any(axis=1))):
        here, own = compared.but(tables), left[tables]
        best = here.greatest(own)
        places = best.argmax(axis=1)
        at = here.values[:, np.arange(len(tables)), places][:, :, None]
        alike = best & (here.values == at).all(axis=0)
        kept = ~here.bettered(places, accepted[tables])[:, None]
        found[tables] |= alike & kept
        left[tables] = np.where(kept, best, own) & ~alike  # with one found, none behind it counts
    return found


def _draw(surpluses: Array, package: int, tolerance: Fraction, price: Fraction) -> Mask:
    accepted = (surpluses >= 0).all(axis=0)
    found = accepted[:, package].copy()
    if not found.any():
        return found
    ideals = _ideals(surpluses, accepted)
    own = Compared.of(surpluses[:, :, package : package + 1], ideals, tolerance)
    found &= own.near(tolerance)[:, 0] & (own.sides.sum(axis=0) >= 2)
    asked = np.flatnonzero(found)
    if len(asked):
        among = accepted[asked]
        some = Compared.of(surpluses[:, asked], ideals[:, asked], tolerance, price)
        found[asked] = ~some.bettered(np.full(len(asked), package), among)
        found[asked] &= some.cheap(some.greatest(among), price)[:, package]
    return found
