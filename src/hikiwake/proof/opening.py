"""An open node of a proof, as those see it who close it or divide it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import gcd, lcm
from operator import add
from typing import Any

from hikiwake.proof import checker
from hikiwake.proof.ground import Quest
from hikiwake.proof.ratios import between, exact
from hikiwake.proof.relaxing import Multipliers

Row = tuple[int | tuple[int, ...], ...]

_FIRST = 64  # things that are divided, each of which may be the one that two parties weigh alike
_LONGEST = 500  # bits of a multiplier


class Open:
    """A node that upper bounds leave open, and the levels that are."""

    def __init__(self, quest: Quest, node: Any, found: Sequence[Any], upper: Any) -> None:
        self.quest, self.ground, self.goal = quest, quest.ground, quest.goal
        self.node, self.upper = node, upper
        self.levels = tuple(
            k for k, level in enumerate(quest.levels) if any(level is one for one in found)
        )
        self.domains = [sorted(domain) for domain in node.domains]

    def closed_by(self, row: Row) -> frozenset[int]:
        """Return which of the open levels a row closes, exactly."""
        own = read(row, self.ground.parts.dispute.n)
        bound = self.ground.measure.bound(self.node, own)
        return self.closed_at(own.multipliers, bound)

    def closed_at(self, multipliers: Sequence[int], bound: Any) -> frozenset[int]:
        """Return which of the open levels are closed where a weighted sum is bounded so."""
        return frozenset(
            k
            for k in self.levels
            if self.goal.closes(self.quest.levels[k], multipliers, bound, self.upper)
        )

    def given(self) -> Iterator[tuple[int, ...]]:
        """Yield multipliers that the goal itself suggests."""
        if isinstance(self.goal, checker.Total):
            measure = self.ground.measure
            yield tuple(int(i in measure.compared) for i in range(measure.dispute.n))
        if isinstance(self.goal, checker.Edge):
            a, b = self.ground.measure.compared
            factors = self.ground.measure.factors
            rise = Fraction(self.goal.p[b] - self.goal.q[b]) / factors[a]
            fall = Fraction(self.goal.q[a] - self.goal.p[a]) / factors[b]
            common = rise.denominator * fall.denominator
            row = [0] * self.ground.parts.dispute.n
            row[a], row[b] = int(rise * common), int(fall * common)
            shared = gcd(row[a], row[b])
            yield tuple(weight // shared for weight in row)
        if isinstance(self.goal, checker.Product) and self.ground.settled is not None:
            yield from self._normal()

    def _normal(self) -> Iterator[tuple[int, ...]]:
        """Yield the multipliers that make the settled gains all alike."""
        measure = self.ground.measure
        gains = [Fraction(gain) for gain in measure.gains(self.ground.settled)]
        if not gains or min(gains) <= 0:
            return
        parts = [min(gains) / gain for gain in gains]
        for grain in (20, 1_000, 10**6, 10**12, None):
            own = [part if grain is None else part.limit_denominator(grain) for part in parts]
            common = lcm(*(part.denominator for part in own))
            if common.bit_length() < _LONGEST:
                row = [0] * measure.dispute.n
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
        if len(self.ground.measure.compared) == 2:  # whose points may be too far apart for floats
            for claim in claims[:_FIRST]:
                found = between(self.ground.measure.compared, claim)
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
        seen = self.quest.seen(self.node, self.upper, levels)
        found = self.quest.relaxation.solve(seen, levels, own)
        if found is None:
            return None
        true = tuple(w * r for w, r in zip(found.weights, rates, strict=True))
        return replace(found, weights=true)

    def ahead(self, codes: Sequence[int]) -> list[list[float]]:
        """Return for some integers what slack is left in each node into which they divide this."""
        children = [list(self.node.branch(code)) for code in codes]
        seen = (
            self.quest.seen(node, self.upper, self.levels) for nodes in children for node in nodes
        )
        slacks = self.quest.relaxation.slacks(seen, self.levels)
        return [[next(slacks) for _ in nodes] for nodes in children]

    @property
    def tied(self) -> bool:
        """Whether bonuses, or what is never allowed, touch several parts."""
        return self.ground.tied

    def wide(self) -> Iterator[tuple[int, int]]:
        """Yield the integer that branches on each part with several options, and how many."""
        for p, domain in enumerate(self.domains):
            if len(domain) > 1:
                yield p, len(domain)

    def outlook(self) -> Iterator[tuple[int, int, int]]:
        """Yield for each part with several options its integer, how many, and how many stay open.

        By upper bounds, and only where these decide most: where what is dominated is closed too.
        """
        if self.tied or not isinstance(self.goal, checker.Strip):
            return
        parts = self.ground.parts
        for p, count in self.wide():
            most = parts.most(p, self.node.domains[p])
            rest = [u - v for u, v in zip(self.upper, most, strict=True)]
            own = (parts.most(p, frozenset([j])) for j in self.domains[p])
            still = (self.goal.open(list(map(add, rest, worth))) for worth in own)
            yield p, count, sum(map(bool, still))

    def ties(self) -> Iterator[tuple[int, int]]:
        """Yield for each bonus or `never` that is undecided its place and its branching integer."""
        node, bonuses = self.node, len(self.ground.parts.dispute.bonuses)
        first = len(self.domains)
        for b in node.open:
            if b not in node.out:
                yield b, first + b
        for c in node.nevers:
            yield bonuses + c, first + bonuses + c

    def row(self, found: Multipliers, weights: Sequence[int], grain: int = 1) -> Row:
        """Return multipliers as a row, in the integers of the dispute, so many times as large."""
        scale = self.ground.measure.scale * grain
        ties: list[tuple[int, ...]] = []
        for place, values in sorted(found.ties.items()):
            own = [round(Fraction(value) * scale) for value in values]
            if any(own):
                ties.append((place, *own))
        return (*(weight * grain for weight in weights), *ties)


def read(row: Row, parties: int) -> Any:
    """Return a row as the checker holds it."""
    additions = {one[0]: list(one[1:]) for one in row[parties:] if isinstance(one, tuple)}
    return checker.Row(list(row[:parties]), additions)
