"""What a solver is given: integers and indices, no names.

Notation: party i of n, issue k with options j, points[k][j][i] in party i's own integer unit. A
shared issue s between two parties is decided by t, the first party's fraction; it is worth
t·first to the first party and (1 − t)·second to the second.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod

Bound = Fraction | None
Floor = int | Fraction | None


@dataclass(frozen=True, slots=True)
class Clause:
    """A combination of options (issue, any of these) and of shares (share, above, below)."""

    options: tuple[tuple[int, frozenset[int]], ...]
    shares: tuple[tuple[int, Bound, Bound], ...] = ()


@dataclass(frozen=True, slots=True)
class Extra:
    """Points that a party has on top when a clause holds."""

    party: int
    when: Clause
    points: int


@dataclass(frozen=True, slots=True)
class Allowed:
    """The only combinations of options that some issues may have together."""

    issues: tuple[int, ...]
    combinations: frozenset[tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Problem:
    """A dispute in integers. ``floors`` holds the least each party accepts; None: anything."""

    parties: int
    points: tuple[tuple[tuple[int, ...], ...], ...]
    floors: tuple[Floor, ...]
    never: tuple[Clause, ...] = ()
    extras: tuple[Extra, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    shares: tuple[tuple[int, int], ...] = ()

    @property
    def combinations(self) -> int:
        """The number of ways to decide the issues that are not shared."""
        return prod(len(options) for options in self.points)

    @property
    def magnitude(self) -> int | Fraction:
        """A bound on the absolute value of every sum of points that can occur."""
        return max(
            (
                sum(max(abs(option[i]) for option in issue) for issue in self.points)
                + sum(abs(extra.points) for extra in self.extras if extra.party == i)
                + sum(abs(share[i]) for share in self.shares)
                + abs(self.floors[i] or 0)
                for i in range(self.parties)
            ),
            default=0,
        )

    def for_parties_with_floors(self) -> Problem:
        """Return the problem as seen by those with a floor: it is possible just when this is."""
        kept = [i for i, floor in enumerate(self.floors) if floor is not None]
        return replace(
            self,
            parties=len(kept),
            points=tuple(
                tuple(tuple(option[i] for i in kept) for option in issue) for issue in self.points
            ),
            floors=tuple(self.floors[i] for i in kept),
            extras=tuple(
                Extra(kept.index(extra.party), extra.when, extra.points)
                for extra in self.extras
                if extra.party in kept
            ),
        )
