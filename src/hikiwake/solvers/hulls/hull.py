"""The hull of a problem: what its parts can do together, mixtures of cells included.

Everybody's utility is a sum over the parts, so the hull of all outcomes is the sum of the parts'
hulls. A *view* narrows some parts to some of their cells; a linear program over a view bounds
every outcome in it, and is itself attained where no part mixes cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm

import numpy as np
from numpy.typing import NDArray

from hikiwake.solvers.hulls.parts import Part, hull_parts
from hikiwake.solvers.problem import Problem
from hikiwake.solvers.programs import Impossible, Optimum, Program, Search, solve, weighed

View = Mapping[int, tuple[int, ...]]  # the cells left to a part; a part not named has them all
Number = int | Fraction
Floats = NDArray[np.float64]
Sums = tuple[Fraction, ...]  # everybody's utility in integer units, and after them the sides'


@dataclass(frozen=True, slots=True)
class Link:
    """A condition on everybody's sums and on some unknowns beside them: weighed, ≥ ``least``.

    ``weights`` go by party, ``others`` by the number of the unknown; unknowns are at least 0.
    """

    weights: Mapping[int, int | Fraction]
    least: int | Fraction
    others: Mapping[int, int | Fraction] = field(default_factory=dict[int, "int | Fraction"])


@dataclass(frozen=True, slots=True)
class Corner:
    """A corner of a factor, or a whole cell that has none, as a column."""

    part: int
    cell: int
    factor: int
    corner: int
    rows: tuple[tuple[int, int], ...]
    vector: Sequence[int]


@dataclass(frozen=True)
class Mixture:
    """An optimum over a view: everybody's sums there, and how much of each corner it takes."""

    value: Fraction
    sums: Sums
    corners: tuple[tuple[Corner, Fraction], ...]
    others: Mapping[int, Fraction]
    multipliers: tuple[Fraction, ...]  # one a link, at most 0

    @cached_property
    def masses(self) -> dict[int, dict[int, Fraction]]:
        """How much of each cell a part takes, for the parts with more than one cell left."""
        found: dict[int, dict[int, Fraction]] = {}
        for corner, mass in self.corners:
            if corner.factor == 0:
                cells = found.setdefault(corner.part, {})
                cells[corner.cell] = cells.get(corner.cell, Fraction(0)) + mass
        return found

    def mixed(self) -> dict[int, dict[int, Fraction]]:
        """Return the parts that mix cells: as long as there are any, nobody could do this."""
        return {part: cells for part, cells in self.masses.items() if len(cells) > 1}


@dataclass(frozen=True, slots=True)
class Leading:
    """A mixture of which no other has more of the columns, weighed.

    ``as_good``: the columns, and after them what each link has to spare, of which others that have
    as much may take something. ``unused``: those of them that this mixture leaves at nothing.
    """

    mixture: Mixture
    as_good: frozenset[int]
    unused: frozenset[int]


class Hull:
    """A problem's parts, in integers: party i's sums are times ``scale[i]``, and so are sides'.

    ``size`` is the number of parties and, after them, sides. ``parts`` may be given: the problem's
    own, with some cells left out.
    """

    def __init__(self, problem: Problem, parts: tuple[Part, ...] | None = None) -> None:
        self.problem = problem
        self.parties = problem.parties
        self.size = problem.parties + len(problem.sides)
        self.parts = hull_parts(problem) if parts is None else parts
        self.scale = self._scale()
        self._whole: dict[tuple[int, int], list[list[Sequence[int]]]] = {}

    @cached_property
    def frame(self) -> Frame:
        """The columns and rows of all cells."""
        return Frame(self, {})

    @property
    def possible(self) -> bool:
        """Whether every part has a cell at all."""
        return all(part.cells for part in self.parts)

    def _scale(self) -> tuple[int, ...]:
        denominators: list[set[int]] = [{1} for _ in range(self.size)]
        for part in self.parts:
            for cell in part.cells:
                corners = (vector for factor in cell.factors for _, vector in factor.corners)
                for vector in (cell.base, *corners):
                    for i, value in enumerate(vector):
                        denominators[i].add(value.denominator)
        return tuple(lcm(*own) for own in denominators)

    def corners(self, part: int, cell: int) -> list[list[Sequence[int]]]:
        """Return the corners of each factor of a cell in integers; of the base, if it has none."""
        key = (part, cell)
        if key not in self._whole:
            found = self.parts[part].cells[cell]
            factors = [[self._integers(v) for _, v in f.corners] for f in found.factors]
            self._whole[key] = [[self._integers(found.base)], *factors]
        return self._whole[key]

    def least(self, party: int) -> Fraction:
        """Return a sum that a party cannot be below."""
        total = 0
        for part, own in enumerate(self.parts):
            total += min(
                sum(min(vector[party] for vector in factor) for factor in self.corners(part, cell))
                for cell in range(len(own.cells))
            )
        return Fraction(total, self.scale[party])

    def _integers(self, vector: Sequence[int | Fraction]) -> Sequence[int]:
        return [int(value * scale) for value, scale in zip(vector, self.scale, strict=True)]

    def balances(self) -> tuple[Link, ...]:
        """Return the conditions on sides."""
        n = self.parties
        return tuple(
            Link({n + side: weight for side, weight in balance.weights}, balance.least)
            for balance in self.problem.balances
        )

    def cells(self, view: View, part: int) -> Sequence[int]:
        """Return the cells that a view leaves to a part."""
        return view[part] if part in view else range(len(self.parts[part].cells))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A program without an objective, what it keeps, and the search for its bases in floats."""

    links: Sequence[Link]
    unknowns: Sequence[int]
    program: Program
    scales: list[int]
    search: Search

    def weighing(self, objective: Sequence[int]) -> Program:
        """Return the program with an objective."""
        return Program(self.program.columns, objective, self.program.right)


class Frame:
    """The columns and rows of a view, to which any links and any objective can be added."""

    def __init__(
        self,
        hull: Hull,
        view: View,
        without: frozenset[tuple[int, int, int, int]] = frozenset(),
    ) -> None:
        self.hull = hull
        self.view = view
        self.without = without
        self.constant = [0] * hull.size
        self.columns: list[Corner] = []
        self._right: list[int] = []
        self._last: _Asked | None = None
        for part in range(len(hull.parts)):
            cells = hull.cells(view, part)
            if len(cells) == 1:
                self._single(part, cells[0])
            else:
                self._several(part, cells)
        if without:
            self.columns = [
                c for c in self.columns if (c.part, c.cell, c.factor, c.corner) not in without
            ]

    @property
    def base(self) -> Sums:
        """Everybody's sums from what the view has decided already."""
        pairs = zip(self.constant, self.hull.scale, strict=True)
        return tuple(Fraction(own, scale) for own, scale in pairs)

    def _row(self, right: int) -> int:
        self._right.append(right)
        return len(self._right) - 1

    def _single(self, part: int, cell: int) -> None:
        (base,), *factors = self.hull.corners(part, cell)
        self.constant = [a + b for a, b in zip(self.constant, base, strict=True)]
        for place, corners in enumerate(factors):
            row = self._row(1)
            for number, vector in enumerate(corners):
                column = Corner(part, cell, place, number, ((row, 1),), vector)
                self.columns.append(column)

    def _several(self, part: int, cells: Sequence[int]) -> None:
        main = self._row(1)
        for cell in cells:
            (base,), *factors = self.hull.corners(part, cell)
            if not factors:
                self.columns.append(Corner(part, cell, 0, 0, ((main, 1),), base))
                continue
            rows = [self._row(0) for _ in factors[1:]]
            first = ((main, 1), *((row, -1) for row in rows))
            for number, vector in enumerate(factors[0]):
                moved = [a + b for a, b in zip(base, vector, strict=True)]
                self.columns.append(Corner(part, cell, 0, number, first, moved))
            for place, (row, corners) in enumerate(zip(rows, factors[1:], strict=True), start=1):
                for number, vector in enumerate(corners):
                    self.columns.append(Corner(part, cell, place, number, ((row, 1),), vector))

    def best(
        self,
        links: Sequence[Link],
        weights: Mapping[int, int | Fraction],
        others: Mapping[int, int | Fraction] | None = None,
    ) -> Mixture | Impossible:
        """Return where a weighed sum is largest, links kept; or why the links cannot be kept.

        Parameters
        ----------
        weights, others
            The objective's weights by party, and by the number of an unknown beside the sums.
        """
        unknowns = sorted({k for link in links for k in link.others} | set(others or ()))
        asked = self._asked(links, unknowns)
        every = (*weights.values(), *(others or {}).values())
        size = lcm(*(w.denominator for w in every))
        whole = lcm(*(self.hull.scale[i] for i in weights), 1)
        own = {i: int(w * size) * (whole // self.hull.scale[i]) for i, w in weights.items() if w}
        objective = [sum(w * c.vector[i] for i, w in own.items()) for c in self.columns]
        objective += [int((others or {}).get(k, 0) * size) * whole for k in unknowns]
        objective += [0] * len(links)
        answer = solve(asked.weighing(objective), asked.search)
        if isinstance(answer, Impossible):
            return self._impossible(answer, asked.scales)
        return self._mixture(answer, (own, whole * size), unknowns, asked.scales)

    def leading(self, links: Sequence[Link], costs: Sequence[int]) -> Leading | Impossible:
        """Return a mixture with the most of the columns, weighed; or why links cannot be kept."""
        asked = self._asked(links, [])
        objective = [*costs, *[0] * len(links)]
        answer = solve(asked.weighing(objective), asked.search)
        if isinstance(answer, Impossible):
            return self._impossible(answer, asked.scales)
        y, unit = answer.multipliers, lcm(*(m.denominator for m in answer.multipliers))
        whole = [m.numerator * (unit // m.denominator) for m in y]
        pairs = enumerate(zip(asked.program.columns, objective, strict=True))
        as_good = [j for j, (column, c) in pairs if weighed(column, whole) == c * unit]
        return Leading(
            self._mixture(answer, ({}, 1), [], asked.scales),
            frozenset(as_good),
            frozenset(as_good) - set(answer.basis),
        )

    def _impossible(self, answer: Impossible, scales: Sequence[int]) -> Impossible:
        multipliers = zip(answer.multipliers[len(self._right) :], scales, strict=True)
        return Impossible(tuple(m * scale for m, scale in multipliers))

    def _asked(self, links: Sequence[Link], unknowns: Sequence[int]) -> _Asked:
        """Return the program that keeps some links; the last one, if it is asked for again."""
        if self._last is None or self._last.links is not links or self._last.unknowns != unknowns:
            rows, scales = self.rows(links)
            columns = [(*c.rows, *self._linked(c.vector, rows)) for c in self.columns]
            columns += [self._unknown(k, links, scales) for k in unknowns]
            columns += [((len(self._right) + r, -1),) for r in range(len(links))]
            right = [*self._right, *(self._least(row) for row in rows)]
            program = Program(columns, (), right)
            self._last = _Asked(links, unknowns, program, scales, Search(program))
        return self._last

    def structure(self, links: Sequence[Link] = ()) -> tuple[Floats, Floats]:
        """Return the rows of the view and of some links in floats, and their right-hand sides.

        After the view's columns each link has one, for what it has to spare.
        """
        rows, scales = self.rows(links)
        count, offset = len(self.columns), len(self._right)
        matrix: Floats = np.zeros((offset + len(rows), count + len(rows)))
        for j, column in enumerate(self.columns):
            for row, coefficient in column.rows:
                matrix[row, j] = coefficient
            for row, coefficient in self._linked(column.vector, rows):
                matrix[row, j] = float(Fraction(coefficient, scales[row - offset]))
        for r in range(len(rows)):
            matrix[offset + r, count + r] = -1
        least = [Fraction(self._least(row), s) for row, s in zip(rows, scales, strict=True)]
        return matrix, np.array([*self._right, *map(float, least)], dtype=float)

    def can_take(
        self, links: Sequence[Link], weights: Mapping[int, Fraction], beyond: Number = 0
    ) -> bool:
        """Tell whether some mixture has more than ``beyond`` of its columns, weighed."""
        rows, _ = self.rows(links)
        columns = [(*c.rows, *self._linked(c.vector, rows)) for c in self.columns]
        offset = len(self._right)
        columns += [((offset + r, -1),) for r in range(len(links))]
        size = lcm(*(w.denominator for w in weights.values()))
        objective = [int(weights.get(k, 0) * size) for k in range(len(columns))]
        right = [*self._right, *(self._least(row) for row in rows)]
        answer = solve(Program(columns, objective, right))
        return isinstance(answer, Optimum) and answer.value > beyond * size

    def _least(self, row: tuple[Mapping[int, int], int]) -> int:
        return row[1] - sum(w * self.constant[i] for i, w in row[0].items())

    def rows(self, links: Sequence[Link]) -> tuple[list[tuple[dict[int, int], int]], list[int]]:
        """Return each link on the hull's integers, and by what it was multiplied to be whole."""
        rows: list[tuple[dict[int, int], int]] = []
        scales: list[int] = []
        for link in links:
            weights = [(i, w) for i, w in link.weights.items() if w]
            parts = [(i, w.numerator, w.denominator * self.hull.scale[i]) for i, w in weights]
            scale = lcm(link.least.denominator, *[n.denominator for n in link.others.values()])
            for _, above, below in parts:
                scale = lcm(scale, below // gcd(above, below))
            whole = {i: above * scale // below for i, above, below in parts}
            least = link.least.numerator * (scale // link.least.denominator)
            rows.append((whole, least))
            scales.append(scale)
        return rows, scales

    def _linked(
        self, vector: Sequence[int], rows: Sequence[tuple[dict[int, int], int]]
    ) -> Iterator[tuple[int, int]]:
        for r, (weights, _) in enumerate(rows, start=len(self._right)):
            coefficient = sum([w * vector[i] for i, w in weights.items()])
            if coefficient:
                yield r, coefficient

    def _unknown(
        self, k: int, links: Sequence[Link], scales: Sequence[int]
    ) -> tuple[tuple[int, int], ...]:
        offset = len(self._right)
        return tuple(
            (offset + r, int(link.others[k] * scale))
            for r, (link, scale) in enumerate(zip(links, scales, strict=True))
            if link.others.get(k)
        )

    def _mixture(
        self,
        answer: Optimum,
        objective: tuple[Mapping[int, int], int],
        unknowns: Sequence[int],
        scales: Sequence[int],
    ) -> Mixture:
        count, offset = len(self.columns), len(self._right)
        unit = lcm(*(part.denominator for part in answer.parts.values()))
        sums = [c * unit for c in self.constant]
        corners: list[tuple[Corner, Fraction]] = []
        others = dict.fromkeys(unknowns, Fraction(0))
        for j, part in answer.parts.items():
            if j < count:
                corners.append((self.columns[j], part))
                times = part.numerator * (unit // part.denominator)
                sums = [a + b * times for a, b in zip(sums, self.columns[j].vector, strict=True)]
            elif j < count + len(unknowns):
                others[unknowns[j - count]] = part
        own, whole = objective
        constant = sum(w * self.constant[i] for i, w in own.items())
        return Mixture(
            Fraction(answer.value + constant) / whole,
            tuple(Fraction(a, b * unit) for a, b in zip(sums, self.hull.scale, strict=True)),
            tuple(corners),
            others,
            tuple(
                m * scale / whole
                for m, scale in zip(answer.multipliers[offset:], scales, strict=True)
            ),
        )
