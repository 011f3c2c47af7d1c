"""Multipliers for a node of a proof: what a linear program thinks bounds everybody's gains best.

Everything here is floats, and a guess: the multipliers are rounded, and what they close is found
out exactly by whoever asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hikiwake.proof.least import Floats, Found, Least

Literal = tuple[int, frozenset[int]]  # a part, and some of its options


@dataclass(frozen=True, slots=True)
class Tie:
    """A bonus (of so many gains to a party), or what is never allowed (party None)."""

    place: int
    literals: tuple[Literal, ...]
    party: int | None = None
    gain: float = 0.0

    @property
    def spread(self) -> bool:
        """Whether each literal has an addition of its own; else one is taken from all of them."""
        return self.gain > 0


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What is decided in a dispute, everybody's points as gains from their zeros.

    ``parts`` has an array a part, a row an option, a column a party; ``changes`` for some of the
    parts the changes along their amounts, an array an option with a row a change; ``shares`` what
    all of a share is worth to each.
    """

    fixed: Floats
    parts: tuple[Floats, ...]
    shares: tuple[Sequence[float], ...] = ()
    ties: tuple[Tie, ...] = ()
    changes: dict[int, list[Floats]] = field(default_factory=dict[int, "list[Floats]"])


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
    """What remains at a node: options of parts, bounds of shares, and the ties that do not count.

    ``able`` for each level that is asked: for each slot the parties that can fill it.
    """

    domains: Sequence[Collection[int]]
    spans: Sequence[Sequence[tuple[float, float]]]
    out: Collection[int]
    able: Mapping[int, Sequence[Collection[int]]]


@dataclass(frozen=True, slots=True)
class Multipliers:
    """Weights of the parties' gains, and for each tie its own; how far they fall short of nothing.

    ``slack`` below 0 closes the levels, as far as floats can tell. ``split`` says how undecided
    each part is in the relaxation, ``ties_split`` for each bonus how many gains that concerns.
    """

    weights: tuple[float, ...]
    ties: dict[int, tuple[float, ...]]
    slack: float
    split: tuple[float, ...]
    ties_split: dict[int, float]


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
        self._ties: dict[int, list[int]] = {}
        self._ties_rows: dict[int, int] = {}
        self._added: dict[tuple[int, int], dict[int, float]] = {}
        for tie in relaxed.ties:
            self._tie(tie)
        self._options = [self._part(k, points) for k, points in enumerate(relaxed.parts)]
        self._shares = [self._share(worths) for worths in relaxed.shares]
        self._levels: list[int] = []
        self._slots: list[list[dict[int, int]]] = []
        self._ask()

    def _tie(self, tie: Tie) -> None:
        """Write what a bonus or a `never` adds to options, and to the bound."""
        least, count = self._least, len(tie.literals)
        own = [least.variable() for _ in tie.literals] if tie.spread else [self._taken(count)]
        self._ties[tie.place] = own
        if tie.party is not None:
            rest = least.variable(1.0)
            terms = [(rest, 1.0), (self._weights[tie.party], -tie.gain)]
            terms += [(a, 1.0 if tie.spread else -1.0) for a in own]
            self._ties_rows[tie.place] = least.at_least(terms, 0.0)
        sign = 1.0 if tie.spread else -1.0
        for n, (part, options) in enumerate(tie.literals):
            for option in options:
                self._added.setdefault((part, option), {})[own[n if tie.spread else 0]] = sign

    def _taken(self, count: int) -> int:
        return self._least.variable(count - 1.0)

    def _part(self, part: int, points: Floats) -> list[int]:
        least, changes = self._least, self._relaxed.changes.get(part)
        most = least.variable(1.0, free=True)
        rows: list[int] = []
        for j, row in enumerate(points):
            terms = [(most, 1.0), *self._weighed(row)]
            terms += [(a, -sign) for a, sign in self._added.get((part, j), {}).items()]
            for change in changes[j] if changes else ():
                along = least.variable()
                least.at_least([(along, 1.0), *self._weighed(change)], 0.0)
                terms.append((along, -1.0))
            rows.append(least.at_least(terms, 0.0))
        return rows

    def _weighed(self, points: Floats) -> Iterator[tuple[int, float]]:
        for w, g in zip(self._weights, points, strict=True):
            yield w, -float(g)

    def _share(self, worths: Sequence[float]) -> list[tuple[int, int]]:
        """Write the most that a weighted sum gets of a share, by its dual."""
        least = self._least
        whole = least.variable(1.0, free=True)
        bounds: list[tuple[int, int]] = []
        for w, worth in zip(self._weights, worths, strict=True):
            below, above = least.variable(0.0), least.variable(1.0)
            least.at_least([(whole, 1.0), (above, 1.0), (below, -1.0), (w, -worth)], 0.0)
            bounds.append((below, above))
        return bounds

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
        return None if found is None else self._told(seen, found, unit)

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
        return self._least.solve(holding, self._costs(seen), given)

    def _holding(self, seen: Seen, levels: Sequence[int]) -> NDArray[np.bool_]:
        """Return which requirements hold at a node."""
        holding = np.ones(self._least.size, dtype=bool)
        for rows, domain in zip(self._options, seen.domains, strict=True):
            if len(domain) < len(rows):
                holding[rows] = False
                holding[[rows[j] for j in domain]] = True
        holding[[self._ties_rows[place] for place in seen.out]] = False
        for level, (row, slots) in enumerate(zip(self._levels, self._slots, strict=True)):
            if level not in levels:
                holding[row] = False
            else:
                for filled, able in zip(slots, seen.able[level], strict=True):
                    holding[[row for i, row in filled.items() if i not in able]] = False
        return holding

    def _costs(self, seen: Seen) -> dict[int, float]:
        """Return what some variables cost at a node: bounds of shares, and what is never taken."""
        costs: dict[int, float] = {}
        for bounds, span in zip(self._shares, seen.spans, strict=True):
            for (below, above), (lo, hi) in zip(bounds, span, strict=True):
                costs |= {below: -lo, above: hi}
        for tie in self._relaxed.ties:
            if tie.party is not None and not tie.spread:
                costs[self._ties[tie.place][0]] = len(tie.literals) - (tie.place not in seen.out)
        return costs

    def _told(self, seen: Seen, found: Found, unit: float) -> Multipliers:
        values, costs = np.maximum(0.0, found.values) * unit, found.costs
        split = tuple(
            1.0 - max((costs[rows[j]] for j in domain), default=1.0)
            for rows, domain in zip(self._options, seen.domains, strict=True)
        )
        concerned = {
            tie.place: abs(tie.gain) * values[self._weights[tie.party]] * _undecided(costs[row])
            for tie in self._relaxed.ties
            if tie.party is not None and (row := self._ties_rows[tie.place]) >= 0
        }
        return Multipliers(
            tuple(values[self._weights].tolist()),
            {place: tuple(values[own].tolist()) for place, own in self._ties.items()},
            found.least * unit,
            split,
            concerned,
        )


def _undecided(part: float) -> float:
    return float(min(part, 1.0 - part))
