"""An open node of a proof, as those see it who close it or divide it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import chain
from math import gcd, lcm
from operator import add, mul, sub
from typing import Any

import numpy as np

from hikiwake.proof import checker
from hikiwake.proof.trees.ground import Quest
from hikiwake.proof.trees.ratios import among, between, exact
from hikiwake.proof.trees.relaxing import Multipliers

Row = tuple[int | tuple[int, int], ...]

_FIRST = 64  # things that are divided, each of which may be the one that two parties weigh alike
_BESIDE = 100  # other corners of what is divided that are tried for a product
_FAR = 10**6  # times as much is too much to be weighed in floats
_LONGEST = 500  # bits of a multiplier


class Open:
    """A node that upper bounds leave open, and the levels that are.

    ``left`` is the node as the checker has it: a bit for each corner that is left.
    ``seen`` is what counts of the gains that nobody exceeds here.
    """

    def __init__(
        self, quest: Quest, left: int, found: Sequence[Any], upper: Any, seen: Any
    ) -> None:
        self.quest, self.ground, self.goal = quest, quest.ground, quest.goal
        self.left, self.upper, self.seen = left, upper, seen
        self.levels = tuple(
            k for k, level in enumerate(quest.levels) if any(level is one for one in found)
        )
        self.domains = self.ground.domains(left)

    def closed_by(self, row: Row) -> frozenset[int]:
        """Return which of the open levels a row closes, exactly."""
        multipliers, clauses = read(row)
        return self.closed_at(multipliers, self.bound(multipliers, clauses))

    def bound(self, multipliers: Sequence[int], clauses: Sequence[tuple[int, int]]) -> int:
        """Return what a weighted sum of scaled gains does not exceed."""
        measure, space = self.ground.measure, self.ground.space
        weights = tuple(map(mul, multipliers, measure.factors))
        beside = [c for c, _ in clauses], [mu for _, mu in clauses]
        most: int = space.bound(self.left, *space.weighed(weights, *beside))
        return most - sum(map(mul, weights, measure.zeros))

    def closed_at(self, multipliers: Sequence[int], bound: Any) -> frozenset[int]:
        """Return which of the open levels are closed where a weighted sum is bounded so."""
        return frozenset(
            k for k in self.levels if self.quest.levels[k].closed(self.seen, multipliers, bound)
        )

    def given(self) -> Iterator[tuple[int, ...]]:
        """Yield multipliers that the levels themselves suggest."""
        level = self.quest.levels[self.levels[0]]
        if isinstance(level, checker.Box) and any(level.w):
            common = lcm(*(Fraction(w).denominator for w in level.w))
            row = [int(w * common) for w in level.w]
            shared = gcd(*row)
            yield tuple(weight // shared for weight in row)
        if isinstance(level, checker.Product) and self.ground.settled is not None:
            yield from self.touching(self.ground.settled)

    def at_best(self, weights: Sequence[float]) -> Iterator[tuple[int, ...]]:
        """Yield what just touches a product at the best here by some weights, and beside it.

        That may be a package of the same product as the settled one: nothing else closes the node.
        Where something is divided it may lie at another corner than the weights point to.
        """
        if not isinstance(self.quest.levels[self.levels[0]], checker.Product):
            return
        own, space = np.divide(weights, self.ground.rates), self.ground.space
        u, beside = [0] * len(own), list[tuple[int, int]]()
        pairs = zip(space.parts, space.options, self.ground.relaxed.parts, strict=True)
        for part, options, points in pairs:
            first, *_ = checker.ones(part)
            left = checker.ones(self.left & part)
            best = left[int(np.argmax(points[[x - first for x in left]] @ own))]
            u = list(map(add, u, space.rows[best]))
            corners = next(corners for corners in options if best in corners)
            beside += ((best, x) for x in corners if x != best)
        yield from self.touching(u)
        for best, x in beside[:_BESIDE]:
            yield from self.touching(map(add, u, map(sub, space.rows[x], space.rows[best])))

    def touching(self, u: Iterable[Any]) -> Iterator[tuple[int, ...]]:
        """Yield the multipliers that make the gains of some utilities all alike."""
        measure = self.ground.measure
        gains = [Fraction(gain) for gain in measure.own(measure.gains(u))]
        if not gains or min(gains) <= 0:
            return
        parts = [min(gains) / gain for gain in gains]
        for grain in (20, 1_000, 10**6, 10**12, None):
            own = [part if grain is None else part.limit_denominator(grain) for part in parts]
            common = lcm(*(part.denominator for part in own))
            if common.bit_length() < _LONGEST:
                row = [0] * len(measure.zeros)
                for i, part in zip(measure.compared, own, strict=True):
                    row[i] = int(part * common)
                yield tuple(row)

    def exactly(self, weights: Sequence[float]) -> Iterator[tuple[int, ...]]:
        """Yield whole multipliers that hold exactly equal what some weights hold nearly so."""
        claims, seen = self.ground.claims, set[tuple[int, ...]]()
        for first in range(min(len(claims), _FIRST)):  # claims that are nearly alike tell apart
            found = exact(weights, [*claims[first:], *claims[:first]])
            if found is not None and found not in seen:
                seen.add(found)
                yield found
        yield from (found for found in self.claimed() if found not in seen)

    @property
    def far_apart(self) -> bool:
        """Whether something is worth more to one than to another than floats can tell."""
        own = [[value for value in claim if value] for claim in self.ground.claims]
        return any(max(values) > _FAR * min(values) for values in own)

    def claimed(self) -> Iterator[tuple[int, ...]]:
        """Yield whole multipliers by which some weigh alike what passes between them, each once.

        No floats are asked: they do not see how small one multiplier is beside another one.
        """
        claims, seen = self.ground.claims, set[tuple[int, ...]]()
        sets = among(claims) if self.far_apart else ()
        for found in chain(map(between, claims[:_FIRST]), sets):
            if found is not None and found not in seen:
                seen.add(found)
                yield found

    def solve(
        self, levels: Sequence[int], weights: Sequence[int] | None = None
    ) -> Multipliers | None:
        """Return what a linear program takes for multipliers; for weights, what goes with them.

        The weights are those of scaled gains, in any unit; with weights given the rest is in it.
        """
        rates = self.ground.rates
        own = None if weights is None else [w / r for w, r in zip(weights, rates, strict=True)]
        together = self.quest.together(levels)
        seen = self.quest.seen(self.domains, self.seen, together)
        relaxation = self.quest.relaxation(together)
        found = relaxation.solve(seen, self.quest.places(together), own)
        if found is None:
            return None
        true = tuple(w * r for w, r in zip(found.weights, rates, strict=True))
        return replace(found, weights=true)

    def ahead(self, codes: Sequence[int]) -> list[list[float]]:
        """Return for some integers what slack is left in each node into which they divide this."""
        space, levels = self.ground.space, self.quest.together(self.levels)
        children = [[left for left, _ in space.branch(self.left, code)] for code in codes]
        domains = (self.ground.domains(left) for nodes in children for left in nodes)
        seen = (self.quest.seen(own, self.seen, levels) for own in domains)
        slacks = self.quest.relaxation(levels).slacks(seen, self.quest.places(levels))
        return [[next(slacks) for _ in nodes] for nodes in children]

    @property
    def tied(self) -> bool:
        """Whether clauses touch several parts."""
        return self.ground.tied

    def wide(self) -> Iterator[tuple[int, int]]:
        """Yield the integer that branches on each part with several options, and how many."""
        for p, domain in enumerate(self.domains):
            if len(domain) > 1:
                yield p, len(domain)

    def undecided(self) -> Iterator[int]:
        """Yield the integer of each bonus that is neither given nor not."""
        yield from (p for p in self.ground.bonuses if len(self.domains[p]) > 1)

    @cached_property
    def waiting(self) -> frozenset[int]:
        """The clauses all of whose literals may hold."""
        clauses = self.ground.space.clauses.items()
        return frozenset(c for c, one in clauses if all(self.left & own for own, _ in one))

    def outlook(self) -> Iterator[tuple[int, int, int]]:
        """Yield for each part with several options its integer, how many, and how many stay open.

        By upper bounds, and only where these decide most: where what is dominated is closed too.
        """
        if self.tied or self.goal.view is list:
            return
        space = self.ground.space
        for p, count in self.wide():
            rest = list(map(sub, self.upper, space.best(self.left & space.parts[p])))
            own = (space.best(checker.mask(space.options[p][j])) for j in self.domains[p])
            yield p, count, sum(self._stays(list(map(add, rest, worth))) for worth in own)

    def _stays(self, upper: Any) -> bool:
        """Tell whether upper bounds leave something open."""
        seen = self.goal.view(self.ground.measure.gains(upper))
        return bool(seen) and not all(level.closed(seen) for level in self.quest.levels)

    def row(self, found: Multipliers, weights: Sequence[int], grain: int = 1) -> Row:
        """Return multipliers as a row, in the integers of the dispute, so many times as large."""
        scale = self.ground.measure.scale * grain
        kept = sorted(found.clauses.keys() & self.waiting)  # others make no bound smaller
        clauses = ((c, round(Fraction(found.clauses[c]) * scale)) for c in kept)
        return (*(weight * grain for weight in weights), *(one for one in clauses if one[1]))


def read(row: Row) -> tuple[list[int], list[tuple[int, int]]]:
    """Return a row as the checker holds it: multipliers of parties, and of clauses."""
    clauses = [one for one in row if isinstance(one, tuple)]
    return [one for one in row if not isinstance(one, tuple)], clauses
