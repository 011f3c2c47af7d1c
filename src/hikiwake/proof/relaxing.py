"""Multipliers for a node of a proof: what a linear program thinks bounds everybody's gains best.

Everything here is floats, and a guess: the multipliers are rounded, and what they close is found
out exactly by whoever asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hikiwake.proof.least import Least

Floats = NDArray[np.float64]
Literal = tuple[int, frozenset[int]]  # a part, and the places of options in its domain


@dataclass(frozen=True, slots=True)
class Shared:
    """A share: what all of it is worth to each, between which bounds everybody's part lies."""

    worth: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


@dataclass(frozen=True, slots=True)
class Tie:
    """A bonus (of so many gains to a party), or what is never allowed (party None)."""

    place: int
    literals: tuple[Literal, ...]
    party: int | None = None
    gain: float = 0.0


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What remains open at a node, everybody's points as gains from their zeros.

    ``parts`` has an array a part, a row an option, a column a party; ``changes`` for some of the
    parts the changes along their amounts, an array an option with a row a change.
    """

    fixed: Floats
    parts: tuple[Floats, ...]
    shares: tuple[Shared, ...] = ()
    ties: tuple[Tie, ...] = ()
    changes: dict[int, tuple[Floats, ...]] = field(default_factory=dict[int, tuple[Floats, ...]])


Slots = tuple[tuple[float, int, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a level asks for: a least gain for some parties, and more of the compared ones.

    ``slots`` for each of some levels: a gain, how often it is asked, and who can reach it; each
    compared party fills one.
    ``more``: besides their least, the compared parties together get so much more. ``tangents``:
    their gains lie beyond each of these, Σ c_i λ_i; what they bound is a product.
    """

    least: dict[int, float]
    compared: tuple[int, ...] = ()
    slots: tuple[Slots, ...] = ()
    more: float | None = None
    tangents: tuple[dict[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Multipliers:
    """Weights of the parties' gains, and for each tie its own; how far they fall short of nothing.

    ``slack`` below 0 closes the level, as far as floats can tell. ``split`` says how undecided each
    part and tie is in the relaxation.
    """

    weights: tuple[float, ...]
    ties: dict[int, tuple[float, ...]]
    slack: float
    split: tuple[float, ...]
    ties_split: dict[int, float]


class _Relaxation:
    """The linear program that looks for multipliers: a bound, less what is asked for."""

    def __init__(self, node: Relaxed, asked: Asked, weights: Sequence[float] | None) -> None:
        self._node, self._asked = node, asked
        self._least = Least()
        parties = range(len(node.fixed))
        idle = set(parties) - set(asked.least) - set(asked.compared)
        self._weights = [
            self._least.variable(node.fixed[i] - asked.least.get(i, 0.0)) for i in parties
        ]
        for i in parties:
            if weights is not None:
                self._least.at_least([(self._weights[i], 1.0)], weights[i], weights[i])
            elif i in idle:
                self._least.at_least([(self._weights[i], 1.0)], 0.0, 0.0)
        if weights is None:
            self._least.at_least([(w, 1.0) for w in self._weights], 1.0, 1.0)
        self._ties: dict[int, list[int]] = {}
        self._ties_rows: dict[int, int] = {}
        self._added: dict[tuple[int, int], list[tuple[int, float]]] = {}
        for tie in node.ties:
            self._tie(tie)
        self._rows = [self._part(k, points) for k, points in enumerate(node.parts)]
        for share in node.shares:
            self._share(share)
        self._ask()

    def _tie(self, tie: Tie) -> None:
        """Write what a bonus or a `never` adds to options, and to the bound."""
        least, count = self._least, len(tie.literals)
        if tie.party is not None and tie.gain > 0:
            own = [least.variable() for _ in tie.literals]
            rest = least.variable(1.0)
            terms = [(rest, 1.0), *((a, 1.0) for a in own), (self._weights[tie.party], -tie.gain)]
            self._ties_rows[tie.place] = least.at_least(terms, 0.0)
            signed = [(a, 1.0) for a in own]
        else:
            own = [least.variable(count - 1.0)]
            if tie.party is not None:
                rest = least.variable(1.0)
                terms = [(rest, 1.0), (own[0], -1.0), (self._weights[tie.party], -tie.gain)]
                self._ties_rows[tie.place] = least.at_least(terms, 0.0)
            signed = [(own[0], -1.0)] * count
        self._ties[tie.place] = own
        for (part, options), term in zip(tie.literals, signed, strict=True):
            for option in options:
                self._added.setdefault((part, option), []).append(term)

    def _part(self, part: int, points: Floats) -> list[int]:
        least = self._least
        most = least.variable(1.0, -np.inf)
        rows: list[int] = []
        changes = self._node.changes.get(part)
        for j, row in enumerate(points):
            terms = [
                (most, 1.0),
                *((w, -float(g)) for w, g in zip(self._weights, row, strict=True)),
            ]
            terms += [(a, -sign) for a, sign in self._merged(part, j)]
            for change in changes[j] if changes else ():
                along = least.variable()
                own = ((w, -float(g)) for w, g in zip(self._weights, change, strict=True))
                least.at_least([(along, 1.0), *own], 0.0)
                terms.append((along, -1.0))
            rows.append(least.at_least(terms, 0.0))
        return rows

    def _merged(self, part: int, option: int) -> list[tuple[int, float]]:
        summed: dict[int, float] = {}
        for variable, sign in self._added.get((part, option), ()):
            summed[variable] = summed.get(variable, 0.0) + sign
        return list(summed.items())

    def _share(self, share: Shared) -> None:
        """Write the most that a weighted sum gets of a share, by its dual."""
        least = self._least
        whole = least.variable(1.0, -np.inf)
        for w, worth, low, high in zip(
            self._weights, share.worth, share.low, share.high, strict=True
        ):
            above, below = least.variable(high), least.variable(-low)
            least.at_least([(whole, 1.0), (above, 1.0), (below, -1.0), (w, -worth)], 0.0)

    def _ask(self) -> None:
        """Take away the least that the weights must give what is asked for."""
        least, asked = self._least, self._asked
        if asked.slots:
            worst = least.variable(1.0, -np.inf)
            for level in asked.slots:
                terms = list(self._filled(level))
                least.at_least([(worst, 1.0), *terms], 0.0)
        if asked.more is not None:
            smallest = least.variable(-asked.more)
            for i in asked.compared:
                least.at_least([(self._weights[i], 1.0), (smallest, -1.0)], 0.0)
        if asked.tangents:
            product = least.variable(-1.0)
            for tangent in asked.tangents:
                terms = [(self._weights[i], c) for i, c in tangent.items()]
                least.at_least([*terms, (product, -1.0)], 0.0)

    def _filled(self, level: Slots) -> Iterator[tuple[int, float]]:
        """Yield terms whose sum is the least that filling a level's slots takes."""
        least = self._least
        own = {i: least.variable(0.0, -np.inf) for i in self._asked.compared}
        yield from ((variable, 1.0) for variable in own.values())
        for gain, times, able in level:
            slot = least.variable(0.0, -np.inf)
            yield slot, float(times)
            for i in able:
                least.at_least([(self._weights[i], gain), (own[i], -1.0), (slot, -1.0)], 0.0)

    def solve(self) -> Multipliers | None:
        found = self._least.solve()
        if found is None:
            return None
        values, duals, slack = found
        split = tuple(1.0 - max((duals[row] for row in rows), default=1.0) for rows in self._rows)
        return Multipliers(
            tuple(max(0.0, values[w]) for w in self._weights),
            {place: tuple(max(0.0, values[v]) for v in own) for place, own in self._ties.items()},
            slack,
            split,
            {place: _undecided(duals[row]) for place, row in self._ties_rows.items()},
        )


def _undecided(part: float) -> float:
    return min(part, 1.0 - part)


def multipliers(
    node: Relaxed, asked: Asked, weights: Sequence[float] | None = None
) -> Multipliers | None:
    """Return the multipliers that close a level best; for given weights, the best beside them."""
    return _Relaxation(node, asked, weights).solve()
