"""What a goal is about, in floats: the points of a dispute as gains, and what is asked of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from math import prod
from typing import Any

import numpy as np

from hikiwake.proof import checker
from hikiwake.proof.least import Floats
from hikiwake.proof.relaxing import Asked, Literal, Relaxation, Relaxed, Seen, Tie

_FINEST = 1e-4  # how much more than its least a sum asks for in floats, at least
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

    def gains(self, u: Sequence[Any]) -> Floats:
        """Return utilities as gains, rounded."""
        zeros = self.measure.zeros
        exact = [float(v - zero) for v, zero in zip(u, zeros, strict=True)]
        return np.array(exact) * self.unit

    def as_gain(self, scaled: Any) -> float:
        """Return a scaled gain of a compared party as a gain."""
        return float(Fraction(scaled) / (self.measure.scale * self.size))

    @property
    def tied(self) -> bool:
        """Whether bonuses, or what is never allowed, touch several parts."""
        return bool(self.parts.bonuses or self.parts.nevers)

    @cached_property
    def relaxed(self) -> Relaxed:
        """The parts as a linear program sees them."""
        dispute = self.parts.dispute
        return Relaxed(
            self.gains(dispute.base),
            tuple(self._scaled(o.points for o in options) for options in self.parts.options),
            tuple(
                (np.array(share["points"], float) * self.unit).tolist() for share in dispute.shares
            ),
            tuple(self._ties()),
            {
                p: [self._scaled(o.changes) for o in options]
                for p, options in enumerate(self.parts.options)
                if any(o.changes for o in options)
            },
        )

    def _scaled(self, rows: Any) -> Floats:
        listed = [[float(v) for v in row] for row in rows]
        return np.array(listed).reshape(len(listed), len(self.unit)) * self.unit

    def _ties(self) -> Iterator[Tie]:
        bonuses = self.parts.dispute.bonuses
        for b, literals in self.parts.bonuses.items():
            gain = float(bonuses[b].points) * float(self.unit[bonuses[b].party])
            yield Tie(b, _plain(literals), bonuses[b].party, gain)
        for c, literals in self.parts.nevers.items():
            if all(isinstance(literal, checker.Among) for literal in literals):
                yield Tie(len(bonuses) + c, _plain(literals))


def _plain(literals: Any) -> tuple[Literal, ...]:
    return tuple((literal.part, literal.options) for literal in literals)


class Quest:
    """A goal on its ground: its levels, and the linear program that looks for multipliers."""

    def __init__(self, goal: Any, ground: Ground) -> None:
        self.goal, self.ground = goal, ground
        if isinstance(goal, checker.Slots):
            self.levels: list[Any] = goal.levels
        elif isinstance(goal, checker.Total):
            self.levels = [goal.target]
        else:
            self.levels = [goal.most if isinstance(goal, checker.Product) else goal.asked]

    @cached_property
    def relaxation(self) -> Relaxation:
        """The linear program."""
        return Relaxation(self.ground.relaxed, self.asked)

    def seen(self, node: Any, upper: Any, levels: Sequence[int]) -> Seen:
        """Return a node as the linear program sees it, for some of the levels."""
        spans = [
            [(float(lo), float(hi)) for lo, hi in node.span(s)]
            for s in range(len(self.ground.parts.dispute.shares))
        ]
        able = {k: list(self._able(self.levels[k], upper)) for k in levels}
        return Seen(node.domains, spans, node.out, able)

    def _able(self, level: Any, upper: Any) -> Iterator[set[int]]:
        """Yield for each slot of a level the parties that can fill it."""
        if isinstance(self.goal, checker.Slots):
            view = dict(zip(self.ground.measure.compared, self.goal.view(upper), strict=True))
            for slot in sorted(set(level)):
                yield {i for i, v in view.items() if (v, 0) >= slot}

    @property
    def asked(self) -> Asked:
        """What the levels ask for, in floats."""
        goal, ground = self.goal, self.ground
        measure = ground.measure
        compared = tuple(measure.compared)
        rest = dict.fromkeys(measure.others, 0.0)
        if isinstance(goal, checker.Box):
            asked = ground.gains([0 if ask is None else ask[0] for ask in goal.asked])
            return Asked(
                {
                    i: float(asked[i]) + ask[1] * _MORE
                    for i, ask in enumerate(goal.asked)
                    if ask is not None
                }
            )
        if isinstance(goal, checker.Total):
            base = {i: ground.as_gain(g) for i, g in zip(compared, goal.base, strict=True)}
            more = ground.as_gain(goal.target[0] - sum(goal.base))
            return Asked(base | rest, compared, more=max(more, _FINEST))
        if isinstance(goal, checker.Product):
            return Asked(rest, compared, tangents=tuple(self._tangents(compared)))
        slots = tuple(
            tuple(
                (ground.as_gain(slot[0]) + slot[1] * _MORE, level.count(slot))
                for slot in sorted(set(level))
            )
            for level in self.levels
        )
        return Asked(rest, compared, slots)

    def _tangents(self, compared: tuple[int, ...]) -> Iterator[dict[int, float]]:
        """Yield points of the surface of equal products, for several ratios of the multipliers."""
        ground, m = self.ground, len(compared)
        most = float(Fraction(self.goal.most) / (ground.measure.scale * ground.size) ** m)
        upper = ground.gains(checker.Node(ground.parts).upper())
        root = most ** (1 / m)
        for tilt in _tilts(m):
            ratios = [float(max(upper[i], 1e-9)) * t for i, t in zip(compared, tilt, strict=True)]
            mean = prod(ratios) ** (1 / m)
            yield {i: root * ratio / mean for i, ratio in zip(compared, ratios, strict=True)}


def _tilts(m: int) -> Iterator[list[float]]:
    """Yield ratios around 1 for m numbers, one or another of them larger or smaller."""
    yield [1.0] * m
    for power in range(1, 12):
        step = 1.12**power
        for i in range(m):
            yield [step if j == i else 1.0 for j in range(m)]
            yield [1 / step if j == i else 1.0 for j in range(m)]
