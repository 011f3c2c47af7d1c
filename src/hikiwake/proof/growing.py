"""Growing the trees of a certificate: the checker's own engine, asked what to do at every node."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import gcd, lcm, prod
from operator import mul
from typing import Any, Protocol

import numpy as np

from hikiwake.proof import checker
from hikiwake.proof.choosing import Chooser, Row
from hikiwake.proof.ratios import between, exact
from hikiwake.proof.relaxing import (
    Asked,
    Floats,
    Literal,
    Multipliers,
    Relaxed,
    Tie,
    multipliers,
)

AS_MUCH_AS_IT_TAKES = 10**15  # steps of work: those of the search are not those of a check
_FINEST = 1e-4  # how much more than its least a sum asks for in floats, at least
_FIRST = 64  # things that are divided, each of which may be the one that two parties weigh alike
_LONGEST = 500  # bits of a multiplier
_MORE = 1e-6  # what "more than" is taken for in floats


class Ground:
    """The parts of a goal in floats: everybody's points as gains from their zeros, at most 1 or so.

    Multipliers of such gains, times ``rates``, are multipliers of scaled gains. A row of a part is
    a corner of one of its options: ``options`` says of which.
    """

    def __init__(self, space: Any, measure: Any, settled: Any = None) -> None:
        self.space, self.measure, self.settled = space, measure, settled
        factors = measure.factors
        gains = [Fraction(f, measure.scale) for f in factors]
        upper = space.root().bound() if all(space.options) else measure.zeros
        most = [abs(u - z) for u, z in zip(upper, measure.zeros, strict=True)]
        size = max((most[i] * gains[i] for i in measure.compared), default=0) or 1
        exactly = [g / size for g in gains]
        for i in self.others:
            exactly[i] = Fraction(1) / (most[i] or 1)
        self.unit = np.array([float(own) for own in exactly])
        self.size = size
        self.rates = [float(own / g) for own, g in zip(exactly, gains, strict=True)]
        corners = [
            [(j, row) for j, (_, rows) in enumerate(o) for row in rows] for o in space.options
        ]
        self.options = [np.array([j for j, _ in own]) for own in corners]
        self.points = [self._scaled([row for _, row in own]) for own in corners]
        self.claims = [
            tuple(abs(Fraction(v) * f) for v, f in zip(row, factors, strict=True))
            for row in self._pairs()
        ]

    @property
    def others(self) -> list[int]:
        """The parties that are not compared."""
        return [i for i in range(len(self.measure.zeros)) if i not in self.measure.compared]

    def _pairs(self) -> Iterator[list[Any]]:
        """Yield differences between corners of an option where just two parties' points differ."""
        seen = set[tuple[Any, ...]]()
        for options in self.space.options:
            for _, rows in options:
                for one, other in combinations(rows, 2) if 1 < len(rows) <= _FIRST else ():
                    row = tuple(a - b for a, b in zip(one, other, strict=True))
                    if sum(map(bool, row)) == 2 and row not in seen:
                        seen.add(row)
                        yield list(row)

    def _scaled(self, rows: Any) -> Floats:
        listed = [[float(v) for v in row] for row in rows]
        return np.array(listed).reshape(len(listed), len(self.unit)) * self.unit

    def gains(self, u: Sequence[Any]) -> Floats:
        """Return utilities as gains, rounded."""
        zeros = self.measure.zeros
        exact = [float(v - zero) for v, zero in zip(u, zeros, strict=True)]
        return np.array(exact) * self.unit


class Open:
    """A node that upper bounds leave open, as the chooser sees it."""

    def __init__(self, ground: Ground, node: Any, found: list[Any], upper: Any, seen: Any) -> None:
        self.ground, self.node = ground, node
        self.found, self.upper, self.seen = found, upper, seen
        self.domains = [sorted(domain) for domain in node.domains]
        self._seen: Relaxed | None = None

    @property
    def levels(self) -> Sequence[int]:
        """The levels that are open."""
        return range(len(self.found))

    def closed_by(self, row: Row) -> frozenset[int]:
        """Return which of the open levels a row closes, exactly."""
        measure = self.ground.measure
        multipliers, clauses = read(row)
        weights = tuple(map(mul, multipliers, measure.factors))
        most = self.node.bound(weights, clauses)[0]
        bound = most - sum(map(mul, weights, measure.zeros))
        return frozenset(
            k for k, level in enumerate(self.found) if level.closed(self.seen, multipliers, bound)
        )

    def given(self) -> Iterator[tuple[int, ...]]:
        """Yield multipliers that the levels themselves suggest."""
        level = self.found[0]
        if isinstance(level, checker.Box) and any(level.w):
            common = lcm(*(Fraction(w).denominator for w in level.w))
            row = [int(w * common) for w in level.w]
            shared = gcd(*row)
            yield tuple(weight // shared for weight in row)
        if isinstance(level, checker.Product) and self.ground.settled is not None:
            yield from self._normal()

    def _normal(self) -> Iterator[tuple[int, ...]]:
        """Yield the multipliers that make the settled gains all alike."""
        measure = self.ground.measure
        gains = [Fraction(gain) for gain in measure.own(measure.gains(self.ground.settled))]
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
        if self._seen is None:
            self._seen = self._relaxed()
        found = multipliers(self._seen, self._asked(levels), own)
        if found is None:
            return None
        true = tuple(w * r for w, r in zip(found.weights, rates, strict=True))
        plain = len(self.ground.space.part_of)  # bonuses are parts of their own, after all others
        split = tuple(2 * v if p >= plain else v for p, v in enumerate(found.split))
        return replace(found, weights=true, split=split)

    def _relaxed(self) -> Relaxed:
        """Return the node as a linear program sees it."""
        ground = self.ground
        parts = [ground.points[p][places] for p, places in enumerate(self._places)]
        nothing = [0] * len(ground.unit)
        return Relaxed(ground.gains(nothing), tuple(parts), (), tuple(self._ties()))

    @cached_property
    def _places(self) -> list[Any]:
        """For each part the rows of the options that remain."""
        options = self.ground.options
        return [np.flatnonzero(np.isin(options[p], own)) for p, own in enumerate(self.domains)]

    def _ties(self) -> Iterator[Tie]:
        """Yield the clauses that are undecided."""
        domains = self.node.domains
        for c, literals in self.ground.space.clauses.items():
            if not any(domains[p].isdisjoint(js) for p, js in literals):
                yield Tie(c, tuple(map(self._literal, literals)))

    def _literal(self, literal: Any) -> Literal:
        p, among = literal
        options = self.ground.options[p][self._places[p]].tolist()
        return p, frozenset(place for place, j in enumerate(options) if j in among)

    def _asked(self, levels: Sequence[int]) -> Asked:
        """Return what levels ask for, in floats: several only if all are of slots."""
        found = self.found[levels[0]]
        measure, ground = self.ground.measure, self.ground
        compared = tuple(measure.compared)
        rest = dict.fromkeys(ground.others, 0.0)
        if isinstance(found, checker.Box):
            asked = {
                i: self._gain(i, value) + more * _MORE for i, (value, more) in found.asks.items()
            }
            if set(found.w) != {0, 1} and set(found.w) != {1}:
                return Asked(asked)
            own = sum(w * found.asks[i][0] for i, w in enumerate(found.w))
            beyond = float(Fraction(found.line[0] - own) / (measure.scale * ground.size))
            return Asked(asked, compared, more=max(beyond, _FINEST))
        if isinstance(found, checker.Product):
            return Asked(rest, compared, tangents=tuple(self._tangents(compared)))
        slots = (tuple(self._slots(self.found[level], compared)) for level in levels)
        return Asked(rest, compared, tuple(slots))

    def _gain(self, i: int, scaled: Any) -> float:
        """Return a scaled gain of a party in the unit of the linear program."""
        return float(Fraction(scaled) / self.ground.measure.factors[i]) * float(self.ground.unit[i])

    def _slots(
        self, level: Any, compared: tuple[int, ...]
    ) -> Iterator[tuple[float, int, tuple[int, ...]]]:
        for slot in sorted(set(level.wanted)):
            able = tuple(i for i in compared if (self.seen[i], 0) >= slot)
            gain = float(Fraction(slot[0]) / (self.ground.measure.scale * self.ground.size))
            yield gain + slot[1] * _MORE, level.wanted.count(slot), able

    def _tangents(self, compared: tuple[int, ...]) -> Iterator[dict[int, float]]:
        """Yield points of the surface of equal products, for several ratios of the multipliers."""
        m = len(compared)
        most = float(
            Fraction(self.found[0].most) / (self.ground.measure.scale * self.ground.size) ** m
        )
        upper = self.ground.gains(self.upper)
        root = most ** (1 / m)
        for tilt in _tilts(m):
            ratios = [float(max(upper[i], 1e-9)) * t for i, t in zip(compared, tilt, strict=True)]
            mean = prod(ratios) ** (1 / m)
            yield {i: root * ratio / mean for i, ratio in zip(compared, ratios, strict=True)}

    @property
    def tied(self) -> bool:
        """Whether a clause is undecided."""
        return next(self._ties(), None) is not None

    def wide(self) -> Iterator[tuple[int, int]]:
        """Yield the integer that branches on each part with several options, and how many."""
        for p, domain in enumerate(self.domains):
            if len(domain) > 1:
                yield p, len(domain)

    def row(self, found: Multipliers, weights: Sequence[int]) -> Row:
        """Return multipliers as a row, in the integers of the dispute."""
        scale = self.ground.measure.scale
        ties: list[tuple[int, ...]] = []
        for place, values in sorted(found.ties.items()):
            own = [_nearest(value, scale) for value in values]
            if any(own):
                ties.append((place, *own))
        return (*weights, *ties)


def _nearest(value: float, scale: int) -> int:
    return round(Fraction(value) * scale)


def _tilts(m: int) -> Iterator[list[float]]:
    """Yield ratios around 1 for m numbers, one or another of them larger or smaller."""
    yield [1.0] * m
    for power in range(1, 12):
        step = 1.12**power
        for i in range(m):
            yield [step if j == i else 1.0 for j in range(m)]
            yield [1 / step if j == i else 1.0 for j in range(m)]


def read(row: Row) -> tuple[list[int], list[tuple[int, int]]]:
    """Return a row as the checker holds it: multipliers of parties, and of clauses."""
    clauses = [(one[0], one[1]) for one in row if isinstance(one, tuple)]
    return [one for one in row if not isinstance(one, tuple)], clauses


class Dominators(Protocol):
    """Knows outcomes that dominate others, and adds them to what a certificate names."""

    def cover(self, measure: Any, seen: Any) -> bool:
        """Tell whether an outcome was added that is better than what counts of a node's gains."""
        ...


def grow(goal: Any, ground: Ground, chooser: Chooser, dominators: Dominators | None = None) -> int:
    """Let a tree grow until the goal is proved; return the cases.

    The tree is what the chooser chose.
    """
    measure = goal.measure
    cases, stack = 0, [goal.space.root()]
    while stack:
        node, levels, seen = stack.pop(), [], None
        upper = node.bound() if node.narrow() else None
        if upper is not None and (seen := goal.view(measure.gains(upper))):
            levels = [level for level in goal.levels if not level.closed(seen)]
        if levels and dominators is not None and goal.view is not list:
            levels = [] if dominators.cover(measure, seen) else levels
        while levels:
            opening = Open(ground, node, levels, upper, seen)
            code = chooser.choose(opening)
            if code >= 0:
                stack += node.branch(code)
                break
            closed = opening.closed_by(chooser.row(code))
            levels = [level for k, level in enumerate(levels) if k not in closed]
        else:
            cases += 1
    return cases
