"""What a solver is given: integers and indices, no names.

Notation: party i of n, issue k with options j, points[k][j][i] in party i's own integer unit. A
shared issue s is decided by everybody's fraction, at least 0 and summing to 1; party i's is worth
shares[s][i] times as much to it. An option j of a sloped issue is worth points[k][j] + t·slopes[j]
for any t from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod

Limits = frozenset[int]  # of a problem: the places of its clauses, and after them its floors'
Bound = Fraction | None
Floor = int | Fraction | None


@dataclass(frozen=True, slots=True)
class Clause:
    """A combination of options (issue, any of these) and of fractions (share, party, above, below).

    With two parties only the first party's fraction is named, once a share.
    """

    options: tuple[tuple[int, frozenset[int]], ...]
    shares: tuple[tuple[int, int, Bound, Bound], ...] = ()


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
class Slope:
    """An issue along each of whose options everybody's points change evenly, by so much in all.

    ``spans`` says where on one line each option begins and ends, so that the same place on two
    options is known to be the same; without it all places are different ones.
    """

    issue: int
    changes: tuple[tuple[int, ...], ...]
    spans: tuple[tuple[Fraction, Fraction], ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A party's points for some issues, shares and extras (by their places) only."""

    party: int
    issues: frozenset[int]
    shares: frozenset[int]
    extras: frozenset[int]


@dataclass(frozen=True, slots=True)
class Balance:
    """A condition on sides: their points, weighed, are at least ``least``."""

    weights: tuple[tuple[int, Fraction], ...]  # (side, weight)
    least: Fraction


@dataclass(frozen=True, slots=True)
class Lots:
    """Numbers drawn for what is divided, by which divisions worth the same are put in order (H11).

    One for everybody's part of each share, and one for how far along its options each issue is; and
    in which order the parties come. They hang on names alone, so that no place in a file counts.
    """

    shares: tuple[tuple[int, ...], ...] = ()
    along: tuple[int, ...] = ()
    parties: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A dispute in integers. ``floors`` holds the least each party accepts; None: anything."""

    parties: int
    points: tuple[tuple[tuple[int, ...], ...], ...]
    floors: tuple[Floor, ...]
    never: tuple[Clause, ...] = ()
    extras: tuple[Extra, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    shares: tuple[tuple[int, ...], ...] = ()
    slopes: tuple[Slope, ...] = ()
    sides: tuple[Side, ...] = ()
    balances: tuple[Balance, ...] = ()
    lots: Lots = Lots()

    @property
    def continuous(self) -> bool:
        """Whether something can be decided without steps."""
        return bool(self.shares or self.slopes)

    @property
    def tied(self) -> bool:
        """Whether anything is said of issues together, or something is shared."""
        return bool(self.never or self.extras or self.allowed or self.shares)

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
                + sum(max(abs(change[i]) for change in slope.changes) for slope in self.slopes)
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
