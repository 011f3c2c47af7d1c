"""What a goal is about, in floats: the points of a dispute as gains, and what is asked of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import prod
from typing import Any

import numpy as np

from hikiwake.proof import checker
from hikiwake.proof.trees.least import Floats
from hikiwake.proof.trees.relaxing import Asked, Literal, Relaxation, Relaxed, Seen

_FINEST = 1e-4  # how much more than its least a sum asks for in floats, at least
_FIRST = 64  # corners of an option that are compared with each other
_MORE = 1e-6  # what "more than" is taken for in floats


class Ground:
    """The parts of a goal in floats: everybody's points as gains from their zeros, at most 1 or so.

    Multipliers of such gains, times ``rates``, are multipliers of scaled gains.
    """

    def __init__(self, space: Any, measure: Any, settled: Any = None) -> None:
        self.space, self.measure, self.settled = space, measure, settled
        factors = measure.factors
        gains = [Fraction(f, measure.scale) for f in factors]
        parties = len(measure.zeros)  # besides there may be what everybody has in groups
        self.upper = (space.u or measure.zeros)[:parties]
        most = [abs(u - z) for u, z in zip(self.upper, measure.zeros, strict=True)]
        size = max((most[i] * gains[i] for i in measure.compared), default=0) or 1
        exactly = [g / size for g in gains]
        for i in self.others:
            exactly[i] = Fraction(1) / (most[i] or 1)
        self.unit = np.array([float(own) for own in exactly])
        self.size = size
        self.rates = [float(own / g) for own, g in zip(exactly, gains, strict=True)]
        rows = [row[:parties] for row in space.rows]
        self.options = [[[rows[x] for x in own] for own in o] for o in space.options]
        self.clauses = self._clauses()
        self._remaining = cache(self._remaining)
        corners = [[(j, row) for j, rows in enumerate(o) for row in rows] for o in self.options]
        self.relaxed = Relaxed(
            self.gains([0] * len(self.unit)),
            tuple(self._scaled([row for _, row in own]) for own in corners),
            tuple(np.array([j for j, _ in own], dtype=int) for own in corners),
            {c: own for c, own in self.clauses.items() if self._counts(own)},
        )
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
        for options in self.options:
            for rows in options:
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

    def as_gain(self, scaled: Any) -> float:
        """Return a scaled gain of a compared party as a gain."""
        return float(Fraction(scaled) / (self.measure.scale * self.size))

    @property
    def tied(self) -> bool:
        """Whether clauses touch several parts."""
        return bool(self.relaxed.clauses)

    def _counts(self, literals: Any) -> bool:
        """Tell whether a clause can keep options apart, or a party from what is bad for it."""
        if len(literals) < 2:
            return False
        part, among = literals[0]
        return part not in self.bonuses or 1 not in among or min(self.options[part][0][0]) < 0

    def _clauses(self) -> dict[int, tuple[Literal, ...]]:
        """Return the clauses that can matter, with their literals as parts and options."""
        home = self.space.home
        return {
            c: tuple(
                (p, frozenset(self._remaining(p, own)))
                for own, _ in literals
                for p in [home[own.bit_length() - 1]]
            )
            for c, literals in self.space.clauses.items()
            if all(own for own, _ in literals)
        }

    def _remaining(self, part: int, left: int) -> list[int]:
        """Return the options of a part of which corners remain."""
        options = enumerate(self.space.options[part])
        return [j for j, own in options if left >> own.start & 1]

    def domains(self, left: int) -> list[list[int]]:
        """Return what options remain of each part."""
        return [self._remaining(p, left & own) for p, own in enumerate(self.space.parts)]

    @property
    def bonuses(self) -> range:
        """The parts that say whether a bonus is given: after all others."""
        return range(len(self.space.slices), len(self.space.parts))


class Quest:
    """A goal on its ground, and the linear programs that look for multipliers for its levels."""

    def __init__(self, goal: Any, ground: Ground) -> None:
        self.goal, self.ground = goal, ground
        self.levels: list[Any] = goal.levels
        self._slotted = [k for k, v in enumerate(self.levels) if isinstance(v, checker.Slots)]
        self._known: dict[int, Relaxation] = {}

    def together(self, levels: Sequence[int]) -> Sequence[int]:
        """Return those of some levels that one linear program is asked for: slots, or the first."""
        slotted = [k for k in levels if k in self._slotted]
        return slotted if levels[0] in self._slotted else levels[:1]

    def relaxation(self, levels: Sequence[int]) -> Relaxation:
        """Return the linear program for levels that go together."""
        key = self._slotted[0] if levels[0] in self._slotted else levels[0]
        if key not in self._known:
            self._known[key] = Relaxation(self.ground.relaxed, self.asked(key))
        return self._known[key]

    def seen(self, domains: Sequence[Sequence[int]], gains: Any, levels: Sequence[int]) -> Seen:
        """Return a node as the linear program sees it, for some of the levels."""
        able = {
            self._slotted.index(k): list(self._able(self.levels[k], gains))
            for k in levels
            if k in self._slotted
        }
        return Seen(domains, able)

    def places(self, levels: Sequence[int]) -> list[int]:
        """Return the levels as their linear program counts them."""
        return [self._slotted.index(k) if k in self._slotted else 0 for k in levels]

    def _able(self, level: Any, gains: Any) -> Iterator[set[int]]:
        """Yield for each slot of a level the parties that can fill it."""
        for slot in sorted(set(level.wanted)):
            yield {i for i in self.ground.measure.compared if (gains[i], 0) >= slot}

    def asked(self, level: int) -> Asked:
        """Return what a level asks for, in floats; of slots, what all such levels do."""
        found, ground = self.levels[level], self.ground
        measure = ground.measure
        compared = tuple(measure.compared)
        rest = dict.fromkeys(ground.others, 0.0)
        if isinstance(found, checker.Box):
            asked = {
                i: self._gain(i, value) + more * _MORE for i, (value, more) in found.asks.items()
            }
            if set(found.w) != {0, 1} and set(found.w) != {1}:
                return Asked(asked)
            own = sum(w * found.asks[i][0] for i, w in enumerate(found.w))
            return Asked(asked, compared, more=max(ground.as_gain(found.line[0] - own), _FINEST))
        if isinstance(found, checker.Product):
            return Asked(rest, compared, tangents=tuple(self._tangents(found, compared)))
        slots = tuple(
            tuple(
                (ground.as_gain(slot[0]) + slot[1] * _MORE, self.levels[k].wanted.count(slot))
                for slot in sorted(set(self.levels[k].wanted))
            )
            for k in self._slotted
        )
        return Asked(rest, compared, slots)

    def _gain(self, i: int, scaled: Any) -> float:
        """Return a scaled gain of a party in the unit of the linear program."""
        return float(Fraction(scaled) / self.ground.measure.factors[i]) * float(self.ground.unit[i])

    def _tangents(self, level: Any, compared: tuple[int, ...]) -> Iterator[dict[int, float]]:
        """Yield points of the surface of equal products, for several ratios of the multipliers."""
        ground, m = self.ground, len(compared)
        most = float(Fraction(level.most) / (ground.measure.scale * ground.size) ** m)
        upper = ground.gains(ground.upper)
        root = most ** (1 / m)
        for tilt in _tilts(m):
            ratios = [float(max(upper[i], 1e-9)) * t for i, t in zip(compared, tilt, strict=True)]
            mean = prod(ratios) ** (1 / m)
            yield {i: root * ratio / mean for i, ratio in zip(compared, ratios, strict=True)}


def _tilts(m: int) -> Iterator[list[float]]:
    """Yield ratios around 1 for m numbers, one or another of them larger or smaller."""
    yield [1.0] * m
    for step in (*(1.12**power for power in range(1, 12)), 6.0, 12.0, 40.0, 150.0, 1_000.0):
        for i in range(m):
            yield [step if j == i else 1.0 for j in range(m)]
            yield [1 / step if j == i else 1.0 for j in range(m)]
