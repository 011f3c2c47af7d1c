"""Rows that are shared: one that closes what several rows close, where there is such a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil

import numpy as np

from hikiwake.proof.trees.least import Least
from hikiwake.proof.trees.opening import Open, Row, read

Use = tuple[Open, frozenset[int]]  # a node, and the levels that a row closes there

GRAINS = (1, 100)  # how many times as large a row may be, so that its additions are finer
_AHEAD = 3  # further rows whose uses are tried for one
_HALVINGS = 30  # of the room in which a bound is looked for that is small enough
_MARGIN = 1e-7  # what is kept of a bound for rounding
_DEAR = 1_000.0  # what a bound costs that is too large, beside multipliers
_FEW = 1e-3  # a multiplier that is as small is half gone


def shared(uses: Mapping[Row, Sequence[Use]]) -> dict[Row, Row]:
    """Return for each row one that closes all its uses: few rows in all."""
    found, left = dict[Row, Row](), list(uses)
    while left:
        near = left[: 1 + _AHEAD]
        joint = _Joint(near[0], [uses[row] for row in near])
        places = joint.places()
        row = joint.row(places) if len(places) > 1 else None
        found |= {near[0]: near[0]} if row is None else {near[place]: row for place in places}
        left = [row for row in left if row not in found]
    return found


class _Joint:
    """The linear program for the clauses' multipliers of a row that closes several rows' uses.

    Its multipliers of the parties are those of the first of them.
    """

    def __init__(self, first: Row, uses: Sequence[Sequence[Use]]) -> None:
        self._uses = uses
        self._ground = ground = uses[0][0][0].ground
        self._weights, _ = read(first)
        measure, space = ground.measure, ground.space
        weights = tuple(w * f for w, f in zip(self._weights, measure.factors, strict=True))
        self._unit = sum(self._weights) * measure.scale
        self._zero = sum(w * z for w, z in zip(weights, measure.zeros, strict=True))
        self._worths = [float(Fraction(v) / self._unit) for v in space.sums(weights)]
        self._least = least = Least()
        waiting = set[int]().union(*(opening.waiting for own in uses for opening, _ in own))
        self._clauses = {c: least.variable() for c in sorted(waiting & {*ground.relaxed.clauses})}
        self._short = least.variable()
        self._taken: dict[tuple[int, int], list[int]] = {}
        for c, mu in self._clauses.items():
            for part, options in ground.clauses[c]:
                for option in options:
                    self._taken.setdefault((part, option), []).append(mu)
        ends = [0, *(self._ask(own) for own in uses)]
        self._blocks = [slice(*pair) for pair in pairwise(ends)]

    def _ask(self, own: Sequence[Use]) -> int:
        """Require that the bounds are small enough for some uses; return how much is required."""
        least = self._least
        for opening, levels in own:
            terms = [(mu, 1.0 - len(self._ground.clauses[c])) for c, mu in self._clauses.items()]
            fixed = 0.0
            for part, domain in enumerate(opening.domains):
                worths = self._undominated(part, domain)
                if len(worths) == 1 and frozenset() in worths:
                    fixed += worths[frozenset()]
                    continue
                most = least.variable(free=True)
                terms.append((most, -1.0))
                for taken, worth in worths.items():
                    least.at_least([(most, 1.0), *((mu, 1.0) for mu in taken)], worth)
            least.at_least([*terms, (self._short, 1.0)], fixed - self._enough(opening, levels))
        return least.size

    def _undominated(self, part: int, domain: Iterable[int]) -> dict[frozenset[int], float]:
        """Return what the options of a part are worth that can be the best, by what they lose."""
        options, kept = self._ground.space.options[part], dict[frozenset[int], float]()
        worths = sorted((max(self._worths[x] for x in options[j]), j) for j in domain)
        for worth, option in reversed(worths):
            taken = frozenset(self._taken.get((part, option), ()))
            if not any(less <= taken for less in kept):
                kept[taken] = worth
        return kept

    def _enough(self, opening: Open, levels: frozenset[int]) -> float:
        """Return up to where a bound, with the zeros in it, closes some levels."""
        upper = opening.ground.measure.gains(opening.upper)
        most = ceil(sum(w * abs(g) for w, g in zip(self._weights, upper, strict=True))) + 1
        low, high = -most, most
        if not opening.closed_at(self._weights, low) >= levels:
            return -_DEAR
        for _ in range(_HALVINGS):
            middle = (low + high) // 2
            if opening.closed_at(self._weights, middle) >= levels:
                low = middle
            else:
                high = middle
        return float(Fraction(low + self._zero) / self._unit) - _MARGIN

    def places(self) -> list[int]:
        """Return which of the rows' uses one row closes: the first, and what can go with it."""
        found, back = [0], self._least.way_back()
        for place in range(1, len(self._uses)):
            if self._solve([*found, place], {}) is None:
                back()
            else:
                found.append(place)
                back = self._least.way_back()
        return found

    def _solve(self, places: Sequence[int], before: Mapping[int, float]) -> dict[int, float] | None:
        """Return multipliers of clauses that close some uses, as few as those before suggest."""
        holding = np.zeros(self._least.size, dtype=bool)
        for place in places:
            holding[self._blocks[place]] = True
        costs = {mu: _FEW / (before.get(c, 0.0) + _FEW) for c, mu in self._clauses.items()}
        found = self._least.solve(holding, costs | {self._short: _DEAR}, {})
        if found is None or found.values[self._short] > _MARGIN / 10:
            return None
        return {c: max(0.0, float(found.values[mu])) for c, mu in self._clauses.items()}

    def row(self, places: Sequence[int]) -> Row | None:
        """Return a row with few clauses that closes some of the uses; None if none does exactly."""
        found = self._solve(places, {})
        few = None if found is None else self._solve(places, found)
        if few is None:
            return None
        for grain in GRAINS:
            clauses = ((c, round(Fraction(mu) * self._unit * grain)) for c, mu in few.items())
            weights = (weight * grain for weight in self._weights)
            row = (*weights, *(one for one in clauses if one[1]))
            uses = (use for place in places for use in self._uses[place])
            if all(opening.closed_by(row) >= levels for opening, levels in uses):
                return row
        return None
