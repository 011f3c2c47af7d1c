"""Where the packages that differ on a few issues are the evenest: three sides and more dividing.

Each linear program proves a bound: sums of points, weighed in some way. It holds for every other
package and every other set of issues as well, where it takes a few sums to see what it comes to.
So what was proved last is looked at first, and most sets of issues need no program of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from hikiwake.options.adjusting.pinned import Held, Pinned
from hikiwake.pareto import LexicographicMinimum, Point
from hikiwake.solvers.hulls import Cell, Frame, Hull, Levels, Part, Terms, floors, hull_part
from hikiwake.solvers.parts import parts_of

MAX_BOUNDS = 16

Key = tuple[int, frozenset[str]]  # a part, and which of its issues are free
Ratio = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Bound:
    """What a smallest gain is at most: (``less`` + the most that sums weighed so come to) ÷ scale.

    Where that is below 0 nothing is acceptable to everybody.
    """

    weights: tuple[int, ...]
    less: int
    scale: int


class Evenest:
    """Looks for the evenest packages of a dispute where shares, money and whole issues are free."""

    def __init__(self, pinned: Pinned) -> None:
        bargain = pinned.bargain
        self.problem = bargain.compiled.problem
        self.tied = parts_of(self.problem)
        measure = bargain.gains
        # Whoever can gain is above its floor by gaining at least 0: no condition beside that.
        idle = {i: floor for i, floor in enumerate(self.problem.floors)
                if floor is not None and i not in measure.parties}  # fmt: skip
        self.terms = Terms(measure.parties, measure.zeros, measure.units, floors(idle))
        compiled = bargain.compiled
        self.names = [
            (
                *(compiled.whole[k] for k in part.issues if k < len(compiled.whole)),
                *(compiled.shared[s] for s in part.shares),
            )
            for part in self.tied
        ]
        self._bounds: list[Bound] = []

    def near(self, held: Held) -> Near:
        """Return the packages near one."""
        return Near(self, held)

    @property
    def bounds(self) -> Sequence[Bound]:
        """What was proved so far, the last first."""
        return tuple(self._bounds)

    def remember(self, bound: Bound) -> None:
        """Keep what was proved, or proved useful again, to be looked at first."""
        others = [other for other in self._bounds if other != bound]
        self._bounds = [bound, *others[: MAX_BOUNDS - 1]]

    def learn(self, levels: Levels) -> None:
        """Keep what a program proved."""
        links, multipliers = levels.proof
        weights, less = [Fraction(0)] * self.problem.parties, levels.lowest
        if levels.mixture is None:
            less = Fraction(0)
        for link, multiplier in zip(links, multipliers, strict=True):
            less += multiplier * link.least
            for i, weight in link.weights.items():
                weights[i] -= multiplier * weight
        scale = lcm(less.denominator, *(weight.denominator for weight in weights))
        whole = tuple(int(weight * scale) for weight in weights)
        self.remember(Bound(whole, int(less * scale), scale))


class Near:
    """The packages that differ from one on some issues, part by part."""

    def __init__(self, evenest: Evenest, held: Held) -> None:
        self._evenest, self._held = evenest, held
        self._parts: dict[Key, Part] = {}
        self._worths: dict[tuple[Key, tuple[int, ...]], Ratio | None] = {}
        self._begun: dict[tuple[str, ...], Levels] = {}

    def at_most(self, free: Sequence[str]) -> Fraction | None:
        """Return what the smallest gain is at most; None: nothing is acceptable to everybody."""
        if (begun := self._begun.get(tuple(free))) is not None:
            return None if begun.mixture is None else next(iter(begun.known), Fraction(1))
        keys, least = self._keys(free), Fraction(1)
        for bound in self._evenest.bounds:
            total, scale = bound.less, 1
            for key in keys:
                worth = self._worth(key, bound.weights)
                if worth is None:
                    return None
                own, unit = worth
                total, scale = (
                    (total + own, scale)
                    if unit == scale
                    else (total * unit + own * scale, scale * unit)
                )
            if total < 0:
                self._evenest.remember(bound)
                return None
            least = min(least, Fraction(total, scale * bound.scale))
        return least

    def begin(self, free: Sequence[str]) -> None:
        """Let a program of its own tell what the smallest gain is at most."""
        hull = Hull(self._evenest.problem, tuple(map(self._part, self._keys(free))))
        levels = Levels(Frame(hull, {}), self._evenest.terms, Fraction(0))
        if hull.possible:
            levels.advance()
            self._evenest.learn(levels)
        self._begun[tuple(free)] = levels

    def best(self, free: Sequence[str]) -> Point | None:
        """Return what the evenest package with these issues free is worth; None: none is possible.

        Of twins, the first: the same that the frontier would name first.
        """
        if tuple(free) not in self._begun:
            self.begin(free)
        levels = self._begun[tuple(free)]
        if levels.mixture is None:
            return None
        while not levels.complete:
            levels.advance()
        if levels.mixture.mixed():
            found = self._held.but(free).best(LexicographicMinimum())
            return found[0] if found else None
        return levels.mixture.sums[: self._evenest.problem.parties]

    def _keys(self, free: Sequence[str]) -> list[Key]:
        names = self._evenest.names
        return [(n, frozenset(own).intersection(free)) for n, own in enumerate(names)]

    def _part(self, key: Key) -> Part:
        """Return a part with all but some of its issues held."""
        if key not in self._parts:
            number, free = key
            tied, names = self._evenest.tied[number], self._evenest.names[number]
            held = [c for name in names if name not in free for c in self._held.clauses[name]]
            narrowed = replace(tied, never=[*tied.never, *held])
            own = hull_part(self._evenest.problem, narrowed)
            self._parts[key] = Part(tuple(map(_without_what_is_held, own.cells)))
        return self._parts[key]

    def _worth(self, key: Key, weights: tuple[int, ...]) -> Ratio | None:
        """Return the most that a part comes to, weighed; None if it has nothing that is allowed."""
        asked = (key, weights)
        if asked not in self._worths:
            most = max((_worth_of(cell, weights) for cell in self._part(key).cells), default=None)
            self._worths[asked] = None if most is None else (most.numerator, most.denominator)
        return self._worths[asked]


def _without_what_is_held(cell: Cell) -> Cell:
    """Return a cell, what can be divided in one way only added to its base."""
    base, free = cell.base, tuple(f for f in cell.factors if len(f.corners) > 1)
    for factor in cell.factors:
        if len(factor.corners) == 1:
            ((_, vector),) = factor.corners
            base = tuple(a + b for a, b in zip(base, vector, strict=True))
    return Cell(base, free, cell.ways)


def _worth_of(cell: Cell, weights: tuple[int, ...]) -> int | Fraction:
    """Return the most that a cell comes to, weighed."""
    total = _weighed(weights, cell.base)
    for factor in cell.factors:
        total += max(_weighed(weights, vector) for _, vector in factor.corners)
    return total


def _weighed(weights: Sequence[int], vector: Sequence[int | Fraction]) -> int | Fraction:
    return sum(weight * value for weight, value in zip(weights, vector, strict=True) if weight)
