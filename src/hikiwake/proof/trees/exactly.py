"""Rows for a node, found in fractions: where points lie too far apart for floats to see one.

Mixtures of what the node leaves are asked to be as a level asks, as nearly as they can. What proves
that they cannot be more so are multipliers, and these are the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm, prod
from typing import Any

from hikiwake.proof import checker
from hikiwake.proof.trees.opening import Open, Row, read
from hikiwake.solvers.programs import Impossible, Optimum, Program, solve

Corners = Mapping[int, Fraction]  # how much there is of each in a mixture
Answer = tuple[Row, Corners, bool]
Number = Fraction | int
Terms = Mapping[int, Number]  # by column
Tangent = dict[int, float]  # what the compared parties gain at a point of the surface

MAX_TOUCHED = 20  # points at which the surface of equal products is touched, at one node


def rows(opening: Open) -> Iterator[Row]:
    """Yield rows for each open level, if there are any; for a product ever better ones."""
    for k in opening.levels:
        yield from (row for row, _, proved in Mixtures(opening).answers(k) if proved)


def _touched(opening: Open, level: Any, row: Row) -> Tangent | None:
    """Return where multipliers touch the surface of equal products, if they do."""
    compared, ground = level.measure.compared, opening.ground
    multipliers, _ = read(row)
    own = [float(Fraction(multipliers[i], sum(multipliers) or 1)) for i in compared]
    if min(own) <= 0:
        return None
    m = len(own)
    most = Fraction(level.most) / (ground.measure.scale * ground.size) ** m
    root = (float(most) * prod(own)) ** (1 / m)
    return {i: root / w for i, w in zip(compared, own, strict=True)}


class Mixtures:
    """The linear program of one level: by how much more than asked mixtures can have.

    An equation for each requirement, in fractions, with a column for what is above it or below.
    """

    touched = MAX_TOUCHED

    def __init__(self, opening: Open) -> None:
        self.opening = opening

    def answers(self, k: int) -> Iterator[Answer]:
        """Yield a row for a level, a mixture, and whether the row proves something of the level.

        The mixture is as the level asks, or as nearly as can be; there is none where nothing is.
        For a product ever better rows are yielded, from where the first ones touch it.
        """
        level, quest = self.opening.quest.levels[k], self.opening.quest
        product = isinstance(level, checker.Product)
        beyond = list(quest.asked(k).tangents) if product else []
        for first in self._first() if product else ():
            yield first
            tangent = _touched(self.opening, level, first[0])
            beyond += [] if tangent is None else [tangent]
        for _ in range(self.touched if product else 1):
            self._begin()
            row, mixture, proved = self._answered(list(self._asked(level, beyond)))
            yield row, mixture, proved
            tangent = _touched(self.opening, level, row) if proved and product else None
            if tangent is None:
                break
            beyond.append(tangent)

    def _first(self) -> Iterator[Answer]:
        """Yield answers for a product that come before all others: none."""
        return iter(())

    def _answered(self, asked: Iterable[Any]) -> Answer:
        """Return a row, a mixture, and whether there is less than one unit more than asked."""
        answer = self._answer()
        row = self._row(asked, answer)
        if isinstance(answer, Impossible):
            return row, {}, True
        own = ((x, answer.parts.get(column)) for x, column in self._parts.items())
        return row, {x: part for x, part in own if part}, answer.value < 1

    def _begin(self) -> None:
        """Require what holds at the node, whatever is asked."""
        opening = self.opening
        self._columns = 0
        self._equations: list[dict[int, Number]] = []
        self._right: list[Number] = []
        self._parts = {x: self._new() for x in checker.ones(opening.left)}
        self._more = self._new()
        for part in opening.ground.space.parts:
            own = checker.ones(opening.left & part)
            self._equal({self._parts[x]: 1 for x in own}, 1)
        clauses = opening.ground.clauses
        # What a row may have besides: its number, how it counts, and which equation requires it.
        self._beside = [(c, 1, self._not_all(clauses[c])) for c in opening.waiting if c in clauses]

    def _new(self) -> int:
        self._columns += 1
        return self._columns - 1

    def _equal(self, terms: Terms, right: Number) -> int:
        """Require that a sum is so much; return the equation's number."""
        self._equations.append(dict(terms))
        self._right.append(right)
        return len(self._right) - 1

    def _not_all(self, literals: Iterable[Any]) -> int:
        """Require that not all literals of a clause hold."""
        terms, count, space = {self._new(): 1}, -1, self.opening.ground.space
        for part, among in literals:
            count += 1
            for x in (x for j in among for x in space.options[part][j] if x in self._parts):
                terms[self._parts[x]] = 1
        return self._equal(terms, count)

    def _at_least(self, weights: Mapping[int, Number], least: Number, more: Terms) -> int:
        """Require that a weighted sum of scaled gains is at least so much, and more."""
        measure, space = self.opening.ground.measure, self.opening.ground.space
        own = [(i, w * measure.factors[i]) for i, w in weights.items()]
        terms: dict[int, Number] = {
            column: sum(w * space.rows[x][i] for i, w in own) for x, column in self._parts.items()
        }
        terms |= {self._new(): -1} | {column: -gain for column, gain in more.items()}
        return self._equal(terms, least + sum(w * measure.zeros[i] for i, w in own))

    def _asked(
        self, level: Any, beyond: Sequence[Tangent]
    ) -> Iterator[tuple[int, Mapping[int, Number]]]:
        """Yield what a level requires: the numbers of equations, and whose gains they weigh."""
        if isinstance(level, checker.Box):
            return self._boxed(level)
        return self._beyond(beyond) if isinstance(level, checker.Product) else self._filled(level)

    def _row(self, asked: Iterable[Any], answer: Optimum | Impossible) -> Row:
        """Return the multipliers that prove that there is no more than asked."""
        scales = zip(answer.multipliers, self._scales, strict=True)
        proved = [multiplier * scale for multiplier, scale in scales]
        weights = [Fraction(0)] * len(self.opening.ground.measure.zeros)
        for equation, own in asked:
            for i, w in own.items():
                weights[i] -= proved[equation] * w
        taken = [(c, sign * proved[equation]) for c, sign, equation in sorted(self._beside)]
        common = lcm(*(one.denominator for one in (*weights, *(mu for _, mu in taken))))
        pairs = ((c, int(mu * common)) for c, mu in taken)
        return (*(int(w * common) for w in weights), *(one for one in pairs if one[1]))

    @property
    def _scales(self) -> list[int]:
        """By what each equation is multiplied, so that it is in integers."""
        pairs = zip(self._equations, self._right, strict=True)
        return [
            lcm(*(Fraction(v).denominator for v in (*terms.values(), right)))
            for terms, right in pairs
        ]

    def _answer(self) -> Optimum | Impossible:
        """Return how much more than asked there can be at most."""
        scales = self._scales
        columns: list[list[tuple[int, int]]] = [[] for _ in range(self._columns)]
        for r, (terms, scale) in enumerate(zip(self._equations, scales, strict=True)):
            for column, v in terms.items():
                if v:
                    columns[column].append((r, int(v * scale)))
        objective = [int(column == self._more) for column in range(self._columns)]
        right = [int(v * scale) for v, scale in zip(self._right, scales, strict=True)]
        return solve(Program([tuple(own) for own in columns], objective, right))

    def _at_most(self) -> None:
        """Require that there is no more than one unit more."""
        self._equal({self._more: 1, self._new(): 1}, 1)

    def _boxed(self, level: Any) -> Iterator[tuple[int, Mapping[int, Number]]]:
        """Yield what a box requires: the numbers of equations, and whose gains they weigh."""
        self._at_most()
        asks = [({i: 1}, *ask) for i, ask in level.asks.items()]
        if any(level.w):
            asks.append(({i: w for i, w in enumerate(level.w) if w}, *level.line))
        for weights, least, more in asks:
            yield self._at_least(weights, least, {self._more: 1} if more else {}), weights

    def _filled(self, level: Any) -> Iterator[tuple[int, Mapping[int, Number]]]:
        """Yield what slots require, each filled by one of those who can; in mixtures, by several.

        "More" is the same for each slot that asks for it; no party has it twice.
        """
        self._at_most()
        seen, measure = self.opening.seen, self.opening.ground.measure
        own: dict[int, dict[int, Number]] = {i: {} for i in range(len(measure.zeros))}
        filling: dict[int, list[int]] = {i: [] for i in measure.compared}
        above: dict[int, list[int]] = {i: [] for i in measure.compared}
        for slot in level.wanted:
            able = [i for i in measure.compared if (seen[i], 0) >= slot]
            for more in (False, True) if slot[1] else (False,):
                places = {i: self._new() for i in able}
                for i, column in places.items():
                    own[i][column] = 1 if more else slot[0]
                    (above if more else filling)[i].append(column)
                less = {self._more: -1} if more else {}
                self._equal(dict.fromkeys(places.values(), 1) | less, 0 if more else 1)
        for i in measure.compared:
            self._equal(dict.fromkeys(filling[i], 1), 1)
            self._equal(dict.fromkeys(above[i], 1) | {self._new(): 1, self._more: -1}, 0)
        for i, more in own.items():
            yield self._at_least({i: 1}, 0, more), {i: 1}

    def _beyond(self, beyond: Sequence[Tangent]) -> Iterator[tuple[int, Mapping[int, Number]]]:
        """Yield what a larger product requires: gains beyond a mean of points of equal products.

        "More" is how much there can be of these.
        """
        self._at_most()
        ground = self.opening.ground
        whole = ground.measure.scale * ground.size
        tangents = {self._new(): tangent for tangent in beyond}
        self._equal(dict.fromkeys(tangents, 1) | {self._more: -1}, 0)
        for i in range(len(ground.measure.zeros)):
            more = {column: Fraction(own.get(i, 0)) * whole for column, own in tangents.items()}
            yield self._at_least({i: 1}, 0, more), {i: 1}
