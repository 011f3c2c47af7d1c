"""Multipliers for a node of a proof: what a linear program thinks bounds everybody's gains best.

Everything here is floats, and a guess: the multipliers are rounded, and what they close is found
out exactly by whoever asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from hikiwake.proof.trees.least import Floats, Found, Least

Literal = tuple[int, frozenset[int]]  # a part, and some of its options


@dataclass(frozen=True)
class Relaxed:
    """What is decided in a dispute, everybody's points as gains from their zeros.

    ``parts`` has an array a part, a row a corner, a column a party; ``options`` says of which of
    the part's options each corner is. Of the literals of a clause not all hold.
    """

    fixed: Floats
    parts: tuple[Floats, ...]
    options: tuple[NDArray[np.int64], ...]
    clauses: dict[int, tuple[Literal, ...]]

    @cached_property
    def starts(self) -> list[int]:
        """The number of each part's first option, where the options of all parts are counted."""
        counts = [int(own.max(initial=-1)) + 1 for own in self.options]
        return [0, *accumulate(counts)]

    @cached_property
    def numbers(self) -> NDArray[np.int64]:
        """For each corner of all parts the number of its option."""
        pairs = zip(self.options, self.starts, strict=False)
        return np.concatenate([own + start for own, start in pairs])

    def there(self, domains: Sequence[Collection[int]]) -> NDArray[np.bool_]:
        """Return which corners remain where these options do."""
        options = np.zeros(self.starts[-1], dtype=bool)
        pairs = zip(domains, self.starts, strict=False)
        options[[start + j for domain, start in pairs for j in domain]] = True
        return options[self.numbers]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a goal asks for: a least gain for some parties, and more of the compared ones.

    ``slots`` for each level: gains, and how often each is asked; each compared party fills one.
    ``more``: besides their least, the compared parties together get so much more. ``tangents``:
    their gains lie beyond each of these, Σ c_i λ_i; what they bound is a product.
    """

    least: dict[int, float]
    compared: tuple[int, ...] = ()
    slots: tuple[tuple[tuple[float, int], ...], ...] = ()
    more: float | None = None
    tangents: tuple[dict[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What remains at a node: options of parts.

    ``able`` for each level that is asked: for each slot the parties that can fill it.
    """

    domains: Sequence[Collection[int]]
    able: Mapping[int, Sequence[Collection[int]]]


@dataclass(frozen=True, slots=True)
class Multipliers:
    """Weights of the parties' gains, and of the clauses; how far they fall short of nothing.

    ``slack`` below 0 closes the levels, as far as floats can tell. ``split`` says how undecided
    each part is in the relaxation.
    """

    weights: tuple[float, ...]
    clauses: dict[int, float]
    slack: float
    split: tuple[float, ...]


class Relaxation:
    """The linear program that looks for multipliers: a bound, less what is asked for."""

    def __init__(self, relaxed: Relaxed, asked: Asked) -> None:
        self._relaxed, self._asked = relaxed, asked
        self._least = least = Least()
        parties = range(len(relaxed.fixed))
        idle = set(parties) - set(asked.least) - set(asked.compared)
        self._weights = [
            least.variable(relaxed.fixed[i] - asked.least.get(i, 0.0)) for i in parties
        ]
        for i in idle:
            least.at_least([(self._weights[i], 1.0)], 0.0, exactly=True)
        self._one = least.at_least([(w, 1.0) for w in self._weights], 1.0, exactly=True)
        self._given = [least.at_least([(w, 1.0)], 0.0, exactly=True) for w in self._weights]
        self._clauses = {c: least.variable(len(own) - 1.0) for c, own in relaxed.clauses.items()}
        self._taken: dict[tuple[int, int], list[int]] = {}
        for c, literals in relaxed.clauses.items():
            for part, options in literals:
                for option in options:
                    self._taken.setdefault((part, option), []).append(self._clauses[c])
        self._corners = np.concatenate([self._part(k) for k in range(len(relaxed.parts))])
        self._levels: list[int] = []
        self._slots: list[list[dict[int, int]]] = []
        self._ask()

    def _part(self, part: int) -> NDArray[np.int64]:
        """Require that the most of a part is not below any corner, less what clauses take."""
        points, options = self._relaxed.parts[part], self._relaxed.options[part].tolist()
        most = self._least.variable(1.0, free=True)
        rows: list[int] = []
        for row, option in zip(points, options, strict=True):
            weighed = ((w, -float(g)) for w, g in zip(self._weights, row, strict=True))
            taken = ((mu, 1.0) for mu in self._taken.get((part, option), ()))
            rows.append(self._least.at_least([(most, 1.0), *weighed, *taken], 0.0))
        return np.array(rows)

    def _ask(self) -> None:
        """Take away the least that the weights must give what is asked for."""
        least, asked = self._least, self._asked
        if asked.slots:
            worst = least.variable(1.0, free=True)
            for level in asked.slots:
                terms = list(self._filled(level))
                self._levels.append(least.at_least([(worst, 1.0), *terms], 0.0))
        if asked.more is not None:
            smallest = least.variable(-asked.more)
            for i in asked.compared:
                least.at_least([(self._weights[i], 1.0), (smallest, -1.0)], 0.0)
        if asked.tangents:
            product = least.variable(-1.0)
            for tangent in asked.tangents:
                terms = [(self._weights[i], c) for i, c in tangent.items()]
                least.at_least([*terms, (product, -1.0)], 0.0)

    def _filled(self, level: tuple[tuple[float, int], ...]) -> Iterator[tuple[int, float]]:
        """Yield terms whose sum is the least that filling a level's slots takes."""
        least = self._least
        own = {i: least.variable(0.0, free=True) for i in self._asked.compared}
        yield from ((variable, 1.0) for variable in own.values())
        rows: list[dict[int, int]] = []
        for gain, times in level:
            slot = least.variable(0.0, free=True)
            yield slot, float(times)
            terms = {i: [(self._weights[i], gain), (own[i], -1.0), (slot, -1.0)] for i in own}
            rows.append({i: least.at_least(terms[i], 0.0) for i in own})
        self._slots.append(rows)

    def solve(
        self, seen: Seen, levels: Sequence[int], weights: Sequence[float] | None = None
    ) -> Multipliers | None:
        """Return the multipliers that close some levels best; for weights what goes with them.

        The slack −∞ says that nothing is as good as asked.
        """
        unit = 1.0 if weights is None else sum(weights)
        found = self._found(seen, levels, None if weights is None else np.divide(weights, unit))
        return None if found is None else self._told(found, unit)

    def slacks(self, nodes: Iterable[Seen], levels: Sequence[int]) -> Iterator[float]:
        """Yield the slack at each of some nodes that all lie near the one that was solved last."""
        back = self._least.way_back()
        for seen in nodes:
            back()
            found = self._found(seen, levels, None)
            yield 0.0 if found is None else found.least

    def _found(self, seen: Seen, levels: Sequence[int], weights: Floats | None) -> Found | None:
        holding, given = self._holding(seen, levels), dict[int, float]()
        holding[self._one if weights is not None else self._given] = False
        if weights is not None:
            given = dict(zip(self._given, weights.tolist(), strict=True))
        return self._least.solve(holding, {}, given)

    def _holding(self, seen: Seen, levels: Sequence[int]) -> NDArray[np.bool_]:
        """Return which requirements hold at a node."""
        holding = np.ones(self._least.size, dtype=bool)
        holding[self._corners] = self._relaxed.there(seen.domains)
        for level, (row, slots) in enumerate(zip(self._levels, self._slots, strict=True)):
            if level not in levels:
                holding[row] = False
            else:
                for filled, able in zip(slots, seen.able[level], strict=True):
                    holding[[row for i, row in filled.items() if i not in able]] = False
        return holding

    def _told(self, found: Found, unit: float) -> Multipliers:
        values = np.maximum(0.0, found.values) * unit
        chosen = np.bincount(self._relaxed.numbers, found.costs[self._corners])
        most = np.maximum.reduceat(chosen, self._relaxed.starts[:-1])
        return Multipliers(
            tuple(values[self._weights].tolist()),
            {c: float(values[mu]) for c, mu in self._clauses.items()},
            found.least * unit,
            tuple((1.0 - most).tolist()),
        )
