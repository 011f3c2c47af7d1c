"""The referee: what design.md section 3 and CONVENTIONS.md mean, by looking at every package.

Pure Python, fractions only, straight from the definitions: no blocks, no pruning, and nothing
from the solvers, the frontier, the rules or the properties. Slow on purpose. Shared issues are
in ``oracle_shares``; what both have in common is in ``Referee``.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import prod
from typing import Any

from hikiwake.model import Dispute, Share
from hikiwake.settlement import Settlement
from tests.conformance.definitions import (
    Case,
    Conflict,
    Count,
    Limit,
    Outcome,
    Vector,
    holds,
    packages,
    points,
    smallest_conflicts,
)

RULES = ("draw", "kalai_smorodinsky", "nash", "egalitarian", "leximin", "utilitarian")


def dominates(one: Vector, other: Vector) -> bool:
    """Tell whether one is at least as good for everyone and better for someone."""
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


def undominated(vectors: Iterable[Vector]) -> set[Vector]:
    """Return the vectors that no other one dominates. Whole numbers only make it quicker.

    What is dominated is dominated by one that is not, and that has the larger sum of ranks.
    """
    different = list(set(vectors))
    columns = [
        {value: rank for rank, value in enumerate(sorted(set(column)))}
        for column in zip(*different, strict=True)
    ]
    ranks = {vector: tuple(map(dict.__getitem__, columns, vector)) for vector in different}
    found: dict[Vector, tuple[int, ...]] = {}
    for vector, rank in sorted(ranks.items(), key=lambda one: sum(one[1]), reverse=True):
        if not any(all(a >= b for a, b in zip(o, rank, strict=True)) for o in found.values()):
            found[vector] = rank
    return set(found)


def best(vectors: Iterable[Vector], key: Callable[[Vector], Any]) -> frozenset[Vector]:
    """Return all the vectors with the greatest key."""
    keys = {vector: key(vector) for vector in vectors}
    top = max(keys.values())
    return frozenset(vector for vector, found in keys.items() if found == top)


class Referee(Case):
    """What a dispute's answers are, however they were found. Vectors hold utilities by party."""

    def __init__(self, dispute: Dispute) -> None:
        super().__init__(dispute)
        self.fallback = False  # nothing is even in every group: the least uneven are kept
        self.ideal: Vector | None = None  # None: no agreement
        self.right: dict[str, list[Settlement]] = {}  # see ``comparing``
        self._answers: dict[str, frozenset[Vector]] = {}
        self._levels: dict[Vector, Vector] = {}

    # what each kind of dispute finds in its own way

    @abstractmethod
    def conflicts(self) -> set[Conflict]:
        """Return the smallest sets of limits that cannot all hold."""

    @abstractmethod
    def ties(self, vector: Vector) -> Count:
        """Return how many packages are worth this to everyone."""

    @abstractmethod
    def is_optimal(self, vector: Vector) -> bool:
        """Tell whether nothing that is kept dominates this."""

    @abstractmethod
    def find(self, rule: str) -> frozenset[Vector]:
        """Return the utilities of all the answers of a rule."""

    @abstractmethod
    def even_but_dearer(self) -> frozenset[Vector]:
        """Return the best even utilities that cost somebody more than the price; maybe none."""

    # what follows from the definitions alone

    def answers(self, rule: str) -> frozenset[Vector]:
        """Return the utilities of all the answers of a rule, found once."""
        if rule not in self._answers:
            self._answers[rule] = self.find(rule)
        return self._answers[rule]

    def accepts(self, rule: str, vector: Vector) -> bool:
        """Tell whether these are the utilities of one of the rule's answers."""
        return vector in self.answers(rule)

    @property
    def compared(self) -> list[int]:
        """The places of the parties that can gain or lose."""
        assert self.ideal is not None
        return [i for i, most in enumerate(self.ideal) if most > self.walk[i]]

    def gains(self, vector: Vector) -> tuple[Fraction | None, ...]:
        """Return everyone's gain; None for a party without range."""
        assert self.ideal is not None
        return tuple(
            (u - w) / (most - w) if most > w else None
            for u, w, most in zip(vector, self.walk, self.ideal, strict=True)
        )

    def levels(self, vector: Vector) -> Vector:
        """Return the gains of the compared parties, sorted upward; found once."""
        if vector not in self._levels:
            found = sorted(gain for gain in self.gains(vector) if gain is not None)
            self._levels[vector] = tuple(found)
        return self._levels[vector]

    def imbalance(self, vector: Vector) -> Fraction | None:
        """Return the largest gain less the smallest, or None if fewer than two are compared."""
        levels = self.levels(vector)
        return levels[-1] - levels[0] if len(levels) > 1 else None

    def is_even(self, vector: Vector) -> bool:
        """Tell whether the gains differ by no more than the tolerance."""
        imbalance = self.imbalance(vector)
        return imbalance is not None and imbalance <= self.dispute.tolerance

    def costs(self, vector: Vector, against: Vector) -> tuple[Fraction | None, ...]:
        """Return what a package costs everyone against another, in parts of their ranges."""
        return tuple(
            None if a is None or b is None else b - a
            for a, b in zip(self.gains(vector), self.gains(against), strict=True)
        )

    def within_price(self, vector: Vector) -> bool:
        """Tell whether it costs nobody more than the price against some best package."""
        return any(
            all(c is None or c <= self.dispute.price for c in self.costs(vector, best_one))
            for best_one in self.answers("kalai_smorodinsky")
        )

    def is_balanced(self, vector: Vector) -> bool:
        """Tell whether a kept package is even, within the price, and optimal."""
        return self.is_even(vector) and self.within_price(vector) and self.is_optimal(vector)

    def is_draw(self, vector: Vector) -> bool:
        """Tell whether a kept package is a draw (H10): every group has to be even as well (H8)."""
        return not self.fallback and self.is_balanced(vector)

    def raw_levels(self, vector: Vector) -> Vector:
        """Return the compared parties' points above walk-away, sorted upward."""
        return tuple(sorted(vector[i] - self.walk[i] for i in self.compared))

    def nash_key(self, vector: Vector) -> tuple[int, Fraction, Vector]:
        """Return how many gain, the product of what they gain, then the sorted gains."""
        gaining = [level for level in self.levels(vector) if level > 0]
        return len(gaining), prod(gaining, start=Fraction(1)), self.levels(vector)

    def is_kept(self, outcome: Outcome) -> bool:
        """Tell whether an outcome is in X_ir, groups and their fallback included."""
        return (
            not self.breaks(outcome)
            and all(u >= w for u, w in zip(self.worth(outcome), self.walk, strict=True))
            and self.unevenness(outcome) <= self.most_uneven
        )

    @property
    def most_uneven(self) -> Fraction:
        """The largest imbalance that a group may have here."""
        return self.dispute.tolerance


class Enumeration(Referee):
    """A dispute without shared issues: every package is looked at."""

    def __init__(self, dispute: Dispute) -> None:
        super().__init__(dispute)
        self.all = list(packages(dispute))
        self.utilities = [self.worth(package) for package in self.all]
        self.broken = [self.breaks(package) for package in self.all]
        rational = [
            place
            for place, vector in enumerate(self.utilities)
            if not self.broken[place]
            and all(u >= w for u, w in zip(vector, self.walk, strict=True))
        ]
        unevenness = {place: self.unevenness(self.all[place]) for place in rational}
        even = [place for place in rational if unevenness[place] <= dispute.tolerance]
        self.least_uneven = min(unevenness.values(), default=Fraction(0))
        self.fallback = bool(rational) and not even
        self.kept = (
            [place for place in rational if unevenness[place] == self.least_uneven]
            if self.fallback
            else even
        )
        self._worth_so_much: dict[Vector, list[dict[str, Any]]] = {}
        for place in self.kept:
            self._worth_so_much.setdefault(self.utilities[place], []).append(self.all[place])
        self.vectors = set(self._worth_so_much)
        if self.kept:
            self.ideal = tuple(max(column) for column in zip(*self.vectors, strict=True))
            self.frontier = undominated(self.vectors)

    @property
    def most_uneven(self) -> Fraction:
        """The tolerance, or the smallest imbalance that exists."""
        return self.least_uneven if self.fallback else self.dispute.tolerance

    def extremes(self, group: set[str], party: str) -> tuple[Fraction, Fraction] | None:
        """Return a party's least and most in a group, under public rules and its own lines."""
        key = frozenset(group), party
        if key not in self._extremes:
            lines = [
                never
                for limit, never in self.limits.items()
                if limit[1] in (None, party) and set(never.tests) <= group
            ]
            found = [
                points(self.dispute, party, package, group)
                for package in packages(self.dispute, group)
                if not any(holds(never, package) for never in lines)
            ]
            self._extremes[key] = (min(found), max(found)) if found else None
        return self._extremes[key]

    def conflicts(self) -> set[Conflict]:
        """Return the smallest sets of limits that cannot all hold."""
        walks: list[Limit] = [("walk_away", party, 0) for party in self.parties]
        violated = {
            broken | {limit for limit, u, w in zip(walks, vector, self.walk, strict=True) if u < w}
            for broken, vector in zip(self.broken, self.utilities, strict=True)
        }
        return smallest_conflicts(violated, [*self.limits, *walks])

    def tied(self, vector: Vector) -> list[dict[str, Any]]:
        """Return every kept package that is worth this to everyone."""
        return self._worth_so_much.get(vector, [])

    def ties(self, vector: Vector) -> Count:
        """Return how many packages are worth this to everyone."""
        return len(self.tied(vector))

    def is_optimal(self, vector: Vector) -> bool:
        """Tell whether nothing that is kept dominates this."""
        return vector in self.frontier

    def find(self, rule: str) -> frozenset[Vector]:
        """Return the utilities of all the answers of a rule."""
        if rule == "kalai_smorodinsky":
            return best(self.vectors, self.levels)
        if rule == "draw":
            balanced = [vector for vector in self.vectors if self.is_balanced(vector)]
            return best(balanced, self.levels) if balanced else self.answers("kalai_smorodinsky")
        if rule == "nash":
            return best(self.vectors, self.nash_key)
        if rule == "egalitarian":
            top = best(self.vectors, lambda vector: self.raw_levels(vector)[:1])
            return frozenset(vector for vector in top if self.is_optimal(vector))
        if rule == "leximin":
            return best(self.vectors, self.raw_levels)
        assert rule == "utilitarian"
        return best(self.vectors, sum)

    def even_but_dearer(self) -> frozenset[Vector]:
        """Return the best even utilities that cost somebody more than the price; maybe none.

        They stand beside an answer that is not even; where it is, nothing stands beside it.
        """
        if any(self.is_balanced(vector) for vector in self.answers("draw")):
            return frozenset()
        dear = [v for v in self.frontier if self.is_even(v) and not self.within_price(v)]
        return best(dear, self.levels) if dear else frozenset()


def referee(dispute: Dispute) -> Referee:
    """Return the referee for a dispute."""
    if any(isinstance(issue, Share) for issue in dispute.issues):
        from tests.conformance.oracle_shares import Division

        return Division(dispute)
    return Enumeration(dispute)
