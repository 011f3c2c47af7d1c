"""Lexicographic levels over a view: the smallest value as large as it can be, then the next.

On a hull the point with the greatest sorted values is unique, and nothing that is in the view
without mixing has better sorted values: its levels are a bound on all of them at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import lcm

from hikiwake.solvers.hulls.hull import Frame, Hull, Link, Mixture, View
from hikiwake.solvers.programs import Impossible

LEVEL, LEAST = 0, 1  # the unknowns beside the sums

Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Terms:
    """By what parties are compared, value = (utility − zero) ÷ unit, and what must be kept.

    ``spread`` is how far the values may be apart; ``links`` are all other conditions.
    """

    parties: tuple[int, ...]
    zeros: tuple[Number, ...]
    units: tuple[Number, ...]
    links: tuple[Link, ...] = ()
    spread: Fraction | None = None

    @property
    def by(self) -> tuple[tuple[int, ...], tuple[Number, ...], tuple[Number, ...]]:
        """By what parties are compared."""
        return self.parties, self.zeros, self.units

    def values(self, sums: Sequence[Fraction]) -> tuple[Fraction, ...]:
        """Return the compared parties' values."""
        return tuple(
            (sums[i] - zero) / Fraction(unit)
            for i, zero, unit in zip(self.parties, self.zeros, self.units, strict=True)
        )

    def at_least(self, place: int, value: Number) -> Link:
        """Return the condition that a compared party's value is at least so much."""
        i, zero, unit = self.parties[place], self.zeros[place], self.units[place]
        return Link({i: 1}, zero + unit * value)

    def lowest(self, hull: Hull) -> Fraction:
        """Return a value that nobody can be below."""
        lows: list[Fraction] = []
        for i, zero, unit in zip(self.parties, self.zeros, self.units, strict=True):
            floors = [
                link.least
                for link in self.links
                if not link.others and {k: w for k, w in link.weights.items() if w} == {i: 1}
            ]
            floor = max(floors) if floors else hull.least(i)
            lows.append((floor - zero) / Fraction(unit))
        return min(lows, default=Fraction(0))

    def even(self, lowest: Fraction) -> list[Link]:
        """Return the conditions that the values are no further apart than the spread."""
        if self.spread is None:
            return []
        links: list[Link] = []
        for i, zero, unit in zip(self.parties, self.zeros, self.units, strict=True):
            bottom = zero + unit * lowest
            links.append(Link({i: 1}, bottom, {LEAST: -unit}))
            links.append(Link({i: -1}, -(bottom + unit * self.spread), {LEAST: unit}))
        return links


@dataclass(frozen=True)
class Promise:
    """A bound on what a program reaches in every narrower view, from its multipliers.

    Everybody's sums weighed, less what the conditions ask: a sum over the parts of the best that
    is left to each.
    """

    hull: Hull
    weights: tuple[int, ...]  # on the hull's integers
    less: Fraction
    scale: int

    @classmethod
    def of(
        cls,
        hull: Hull,
        links: Sequence[Link],
        multipliers: Sequence[Fraction],
        lowest: Fraction,
        objective: Mapping[int, Number] | None = None,
    ) -> Promise:
        """Return the promise that the multipliers of some conditions make.

        ``objective``: how the program weighs everybody's sums, beside what counts from ``lowest``.
        """
        weights, less = [Fraction(0)] * hull.size, lowest
        for i, weight in (objective or {}).items():
            weights[i] += weight
        for link, m in zip(links, multipliers, strict=True):
            if m:
                less += m * link.least
                for i, w in link.weights.items():
                    weights[i] -= m * w
        whole = [w / s for w, s in zip(weights, hull.scale, strict=True)]
        scale = lcm(*(w.denominator for w in whole))
        return cls(hull, tuple(int(w * scale) for w in whole), less, scale)

    @cached_property
    def worths(self) -> list[list[int]]:
        """What every cell of every part is worth at these weights."""
        return [
            [self._worth(part, cell) for cell in range(len(own.cells))]
            for part, own in enumerate(self.hull.parts)
        ]

    def _worth(self, part: int, cell: int) -> int:
        return sum(
            max(sum(w * v for w, v in zip(self.weights, vector, strict=True)) for vector in factor)
            for factor in self.hull.corners(part, cell)
        )

    def at(self, view: View) -> Fraction:
        """Return what cannot be exceeded in a view."""
        total = sum(
            max(own[cell] for cell in view[part]) if part in view else max(own)
            for part, own in enumerate(self.worths)
        )
        return self.less + Fraction(total, self.scale)


@dataclass
class Levels:
    """How far a view's levels are known: ``known`` rises, and ``fixed`` says whose they are.

    ``proof`` holds what the first program was to keep, and the multipliers that bound the first
    level; or that show that there is none.
    """

    frame: Frame
    terms: Terms
    lowest: Fraction
    more: tuple[Link, ...] = ()
    fixed: dict[int, Fraction] = field(default_factory=dict[int, Fraction])
    known: tuple[Fraction, ...] = ()
    mixture: Mixture | None = None
    promise: Promise | None = None
    proof: tuple[Sequence[Link], Sequence[Fraction]] = ((), ())

    @property
    def complete(self) -> bool:
        """Whether everybody's value is known."""
        return self.mixture is not None and len(self.fixed) == len(self.terms.parties)

    def advance(self) -> bool:
        """Find the next level; False if the view has nothing that keeps the conditions."""
        free = [p for p in range(len(self.terms.parties)) if p not in self.fixed]
        links = [self.terms.at_least(p, value) for p, value in self.fixed.items()]
        rising = [self._rising(p) for p in free]
        links = [*rising, *links, *self.terms.links, *self.more, *self.terms.even(self.lowest)]
        found = self.frame.best(links, {}, {LEVEL: 1} if free else {})
        if self.mixture is None:
            self.proof = links, found.multipliers
        if isinstance(found, Impossible):
            return False
        if self.mixture is None and free:
            self.promise = Promise.of(self.frame.hull, links, found.multipliers, self.lowest)
        self.mixture = found
        level = self.lowest + found.value
        # A party with a multiplier has exactly this value wherever the level is reached.
        for p, multiplier in zip(free, found.multipliers, strict=False):
            if multiplier:
                self.fixed[p] = level
                self.known += (level,)
        return True

    def _rising(self, place: int) -> Link:
        terms = self.terms
        i, zero, unit = terms.parties[place], terms.zeros[place], terms.units[place]
        return Link({i: 1}, zero + unit * self.lowest, {LEVEL: -unit})


def floors(least: Mapping[int, Number]) -> tuple[Link, ...]:
    """Return the conditions that parties have at least so much."""
    return tuple(Link({i: 1}, floor) for i, floor in least.items())
