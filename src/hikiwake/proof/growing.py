"""Growing the trees of a certificate: the checker's own engine, asked what to do at every node."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import gcd, lcm, prod
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
    Shared,
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

    Multipliers of such gains, times ``rates``, are multipliers of scaled gains.
    """

    def __init__(self, parts: Any, measure: Any, settled: Any = None) -> None:
        self.parts, self.measure, self.settled = parts, measure, settled
        factors = measure.factors
        gains = [Fraction(f, measure.scale) for f in factors]
        upper = checker.Node(parts).upper() if all(parts.options) else measure.dispute.floors
        most = [abs(u - z) for u, z in zip(upper, measure.zeros, strict=True)]
        size = max((most[i] * gains[i] for i in measure.compared), default=0) or 1
        exactly = [g / size for g in gains]
        for i in measure.others:
            exactly[i] = Fraction(1) / (most[i] or 1)
        self.unit = np.array([float(own) for own in exactly])
        self.size = size
        self.rates = [float(own / g) for own, g in zip(exactly, gains, strict=True)]
        self.points = [self._scaled(o.points for o in options) for options in parts.options]
        self.changes = {
            p: [self._scaled(o.changes) for o in options]
            for p, options in enumerate(parts.options)
            if any(o.changes for o in options)
        }
        self.claims = [
            tuple(Fraction(v) * f for v, f in zip(row, factors, strict=True))
            for row in (*(share["points"] for share in parts.dispute.shares), *self._pairs())
        ]

    def _pairs(self) -> Iterator[list[int]]:
        """Yield the changes along amounts where just two parties' points change, one upwards."""
        rows = {c for options in self.parts.options for o in options for c in o.changes}
        for row in rows:
            if sum(map(bool, row)) == 2:
                yield list(map(abs, row))

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

    def __init__(self, ground: Ground, goal: Any, node: Any, found: list[Any], upper: Any) -> None:
        self.ground, self.goal, self.node = ground, goal, node
        self.found, self.upper = found, upper
        self.domains = [sorted(domain) for domain in node.domains]
        self._seen: Relaxed | None = None

    @property
    def levels(self) -> Sequence[int]:
        """The levels that are open."""
        return range(len(self.found))

    def closed_by(self, row: Row) -> frozenset[int]:
        """Return which of the open levels a row closes, exactly."""
        own = read(row, self.ground.parts.dispute.n)
        bound = self.ground.measure.bound(self.node, own)
        return frozenset(
            k
            for k, level in enumerate(self.found)
            if self.goal.closes(level, own.multipliers, bound, self.upper)
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
        if self._seen is None:
            self._seen = self._relaxed()
        found = multipliers(self._seen, self._asked(levels), own)
        if found is None:
            return None
        true = tuple(w * r for w, r in zip(found.weights, rates, strict=True))
        return replace(found, weights=true)

    def _relaxed(self) -> Relaxed:
        """Return the node as a linear program sees it."""
        ground, node = self.ground, self.node
        dispute, unit = ground.parts.dispute, ground.unit
        fixed = list(dispute.base)
        for b in node.sure:
            fixed[dispute.bonuses[b].party] += dispute.bonuses[b].points
        shares: list[Shared] = []
        for s, share in enumerate(dispute.shares):
            span = node.span(s)
            worth = [float(v) * w for v, w in zip(share["points"], unit, strict=True)]
            shares.append(
                Shared(worth, [float(lo) for lo, _ in span], [float(hi) for _, hi in span])
            )
        return Relaxed(
            ground.gains(fixed),
            tuple(ground.points[p][domain] for p, domain in enumerate(self.domains)),
            tuple(shares),
            tuple(self._ties()),
            {p: tuple(own[j] for j in self.domains[p]) for p, own in ground.changes.items()},
        )

    def _ties(self) -> Iterator[Tie]:
        node, parts = self.node, self.ground.parts
        bonuses = parts.dispute.bonuses
        for b in node.open:
            if b not in node.out:
                gain = float(bonuses[b].points) * float(self.ground.unit[bonuses[b].party])
                yield Tie(b, self._literals(parts.bonuses[b]), bonuses[b].party, gain)
        for c in node.nevers:
            if all(isinstance(literal, checker.Among) for literal in parts.nevers[c]):
                yield Tie(len(bonuses) + c, self._literals(parts.nevers[c]))

    def _literals(self, literals: Any) -> tuple[Literal, ...]:
        return tuple(
            (
                literal.part,
                frozenset(
                    n for n, j in enumerate(self.domains[literal.part]) if j in literal.options
                ),
            )
            for literal in literals
        )

    def _asked(self, levels: Sequence[int]) -> Asked:
        """Return what levels ask for, in floats: several only if all are of slots."""
        goal, found = self.goal, self.found[levels[0]]
        measure, gains = self.ground.measure, self.ground.gains
        compared = tuple(measure.compared)
        rest = dict.fromkeys(measure.others, 0.0)
        if isinstance(goal, checker.Box):
            asked = gains([0 if ask is None else ask[0] for ask in found])
            more = [0.0 if ask is None else ask[1] * _MORE for ask in found]
            stated = (i for i, ask in enumerate(found) if ask is not None)
            return Asked({i: float(asked[i]) + more[i] for i in stated})
        if isinstance(goal, checker.Total):
            scale = measure.scale * self.ground.size
            base = {i: float(Fraction(g) / scale) for i, g in zip(compared, goal.base, strict=True)}
            more = float(Fraction(found[0] - sum(goal.base)) / scale)
            return Asked(base | rest, compared, more=max(more, _FINEST))
        if isinstance(goal, checker.Product):
            return Asked(rest, compared, tangents=tuple(self._tangents(compared)))
        slots = (tuple(self._slots(self.found[level], compared)) for level in levels)
        return Asked(rest, compared, tuple(slots))

    def _slots(
        self, level: Any, compared: tuple[int, ...]
    ) -> Iterator[tuple[float, int, tuple[int, ...]]]:
        view = self.goal.view(self.upper)
        for slot in sorted(set(level)):
            able = tuple(i for i, v in zip(compared, view, strict=True) if (v, 0) >= slot)
            gain = float(Fraction(slot[0]) / (self.ground.measure.scale * self.ground.size))
            yield gain + slot[1] * _MORE, level.count(slot), able

    def _tangents(self, compared: tuple[int, ...]) -> Iterator[dict[int, float]]:
        """Yield points of the surface of equal products, for several ratios of the multipliers."""
        m = len(compared)
        most = float(Fraction(self.goal.most) / (self.ground.measure.scale * self.ground.size) ** m)
        upper = self.ground.gains(self.upper)
        root = most ** (1 / m)
        for tilt in _tilts(m):
            ratios = [float(max(upper[i], 1e-9)) * t for i, t in zip(compared, tilt, strict=True)]
            mean = prod(ratios) ** (1 / m)
            yield {i: root * ratio / mean for i, ratio in zip(compared, ratios, strict=True)}

    @property
    def tied(self) -> bool:
        """Whether a bonus or `never` is undecided."""
        return next(self.ties(), None) is not None

    def wide(self) -> Iterator[tuple[int, int]]:
        """Yield the integer that branches on each part with several options, and how many."""
        for p, domain in enumerate(self.domains):
            if len(domain) > 1:
                yield p, len(domain)

    def ties(self) -> Iterator[tuple[int, int]]:
        """Yield for each bonus or `never` that is undecided its place and its branching integer."""
        node, bonuses = self.node, len(self.ground.parts.dispute.bonuses)
        first = len(self.domains)
        for b in node.open:
            if b not in node.out:
                yield b, first + b
        for c in node.nevers:
            yield bonuses + c, first + bonuses + c

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


def read(row: Row, parties: int) -> Any:
    """Return a row as the checker holds it."""
    additions = {one[0]: list(one[1:]) for one in row[parties:] if isinstance(one, tuple)}
    return checker.Row(list(row[:parties]), additions)


class Dominators(Protocol):
    """Knows outcomes that dominate others, and adds them to what a certificate names."""

    def cover(self, goal: Any, upper: Any) -> bool:
        """Tell whether an outcome was added that is as good as a node's upper bounds."""
        ...


def grow(goal: Any, ground: Ground, chooser: Chooser, dominators: Dominators | None = None) -> int:
    """Let a tree grow until the goal is proved; return the cases.

    The tree is what the chooser chose.
    """
    cases, stack = 0, [iter([checker.Node(ground.parts)])]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            continue
        upper = node.upper() if node.narrow() else None
        levels = [] if upper is None else goal.open(upper)
        if levels and dominators is not None and isinstance(goal, checker.Strip):
            levels = [] if dominators.cover(goal, upper) else levels
        while levels:
            opening = Open(ground, goal, node, levels, upper)
            code = chooser.choose(opening)
            if code >= 0:
                stack.append(node.branch(code))
                break
            closed = opening.closed_by(chooser.row(code))
            levels = [level for k, level in enumerate(levels) if k not in closed]
        else:
            cases += 1
    return cases
