"""Lexicographic levels over a view: the smallest value as large as it can be, then the next.

On a hull the point with the greatest sorted values is unique, and nothing that is in the view
without mixing has better sorted values: its levels are a bound on all of them at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

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


@dataclass
class Levels:
    """How far a view's levels are known: ``known`` rises, and ``fixed`` says whose they are."""

    frame: Frame
    terms: Terms
    lowest: Fraction
    fixed: dict[int, Fraction] = field(default_factory=dict[int, Fraction])
    known: tuple[Fraction, ...] = ()
    mixture: Mixture | None = None

    @property
    def complete(self) -> bool:
        """Whether everybody's value is known."""
        return self.mixture is not None and len(self.fixed) == len(self.terms.parties)

    def advance(self) -> bool:
        """Find the next level; False if the view has nothing that keeps the conditions."""
        free = [p for p in range(len(self.terms.parties)) if p not in self.fixed]
        links = [self.terms.at_least(p, value) for p, value in self.fixed.items()]
        rising = [self._rising(p) for p in free]
        links = [*rising, *links, *self.terms.links, *self.terms.even(self.lowest)]
        found = self.frame.best(links, {}, {LEVEL: 1} if free else {})
        if isinstance(found, Impossible):
            return False
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


def levels_of(hull: Hull, view: View, terms: Terms, lowest: Fraction) -> Levels:
    """Return the levels of a view, none of them known yet."""
    return Levels(Frame(hull, view), terms, lowest)


def floors(least: Mapping[int, Number]) -> tuple[Link, ...]:
    """Return the conditions that parties have at least so much."""
    return tuple(Link({i: 1}, floor) for i, floor in least.items())
