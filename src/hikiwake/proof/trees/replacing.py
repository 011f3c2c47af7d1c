"""Replacements: packages that better a point, and by the same sums what lies around it.

The weights of what is divided that leave nobody less and all together most are the answer of a
linear program. Its basis stays the best for other points: there the weights are sums of utilities.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm
from typing import Any

from hikiwake.pareto import Bargain, Total
from hikiwake.pareto.fronts.sets import pareto_set
from hikiwake.proof import checker
from hikiwake.proof.canonical import Json, number, taken_outcome
from hikiwake.proof.witnesses import Witnesses
from hikiwake.solvers.deadline import Deadline
from hikiwake.solvers.programs import Impossible, Program, solve
from hikiwake.solvers.programs.elimination import Factors

Numbers = Sequence[Fraction]


class Replacements:
    """Finds what betters points, and adds it to what a certificate names."""

    def __init__(self, bargain: Bargain, found: Witnesses, deadline: Deadline) -> None:
        self._bargain, self._found, self._deadline = bargain, found, deadline
        self._known: dict[tuple[Fraction, ...], list[Json] | None] = {}
        self._at_work: Any = None
        self.written: list[Json] = []
        self.added = 0

    def over(self, at_work: Any) -> Replacements:
        """Return the same, for the checker at work on a certificate."""
        self._at_work, self.written = at_work, []
        return self

    def better(self, goal: Any, u: Numbers) -> int | None:
        """Return the number of a replacement of what is worth so much; None if nothing betters it.

        The goal learns of it, if it is new.
        """
        lines = goal.lines
        for n, block in enumerate(lines.blocks):
            values = [_at(lines.line(k), u) for k in block]
            if min(values) >= 0 and values[-1] > 0:
                return n
        form = self._dominating(u)
        if form is None:
            return None
        place = self._place(form)
        x = self._at_work.outcomes[place]
        cells = [cells[j] for cells, j in zip(self._at_work.dispute.cells, x.at, strict=True)]
        weights = self._weights(goal, x, cells).best_at(u)
        unit = lcm(*(v.denominator for line in weights for v in line))
        sums = [[int(v * unit) for v in line] for line in weights]
        lines.add(self._at_work.replaced(x, unit, *sums))
        self.written.append([place, number(unit), *([number(v) for v in line] for line in sums)])
        return len(lines.blocks) - 1

    def _weights(self, goal: Any, x: Any, cells: Sequence[Any]) -> _Weights:
        """Return what finds the best weights of what an outcome divides, by its options."""
        gifts = [self._at_work.dispute.gifts[c] for c in x.given]
        lines = [goal.lines.line(k) for k in range(len(goal.lines.even))]
        return _Weights(cells, _whole_points(cells, gifts), goal.measure.factors, lines)

    def _dominating(self, u: Numbers) -> list[Json] | None:
        """Return the form of a package that betters what is worth so much, if there is one."""
        point = tuple(u)
        if point not in self._known:
            bargain, compiled = self._bargain, self._bargain.compiled
            rates = zip(point, compiled.units, self._at_work.dispute.raw.units, strict=True)
            floors = tuple(v * ours / theirs for v, ours, theirs in rates)
            whole = tuple(int(v) if v.denominator == 1 else v for v in floors)
            problem = compiled.within(bargain.level if compiled.groups else None)
            above = pareto_set(replace(problem, floors=whole), None, self._deadline)
            best = floors if above.empty else above.best(Total(), bargain.gains).points[0]
            gained = [sum(bargain.gains.values(own)) for own in (floors, best)]
            taken = next(above.packages(best)) if gained[0] < gained[1] else None
            self._known[point] = None if taken is None else taken_outcome(compiled, taken)
        return self._known[point]

    def _place(self, form: list[Json]) -> int:
        """Return the place of an outcome with the same options; add this one if there is none."""
        at_work = self._at_work
        own = checker.Outcome(checker.exact(form), at_work.dispute)
        places = (n for n, known in enumerate(at_work.outcomes) if known.at == own.at)
        place = next(places, None)
        if place is None:
            rates = zip(own.u, self._bargain.compiled.units, at_work.dispute.raw.units, strict=True)
            point = tuple(Fraction(v) * ours / theirs for v, ours, theirs in rates)
            place = self._found.also(form, point)
            at_work.outcomes.append(own)
            self.added += 1
        return place


def _at(line: Sequence[Any], u: Numbers) -> Any:
    """Return a sum of utilities."""
    *own, more = line
    return sum(c * v for c, v in zip(own, u, strict=True)) + more


def _whole_points(cells: Sequence[Any], gifts: Iterable[Any]) -> list[Fraction]:
    """Return what some options are worth to everybody, and in groups, but for what is divided."""
    found = [Fraction(0)] * len(cells[0][0])
    for rows in cells:
        found = [b + v for b, v in zip(found, rows[0], strict=True)] if len(rows) == 1 else found
    for columns, points in gifts:
        for i in columns:
            found[i] += points
    return found


def _sum(line: Sequence[Any], row: Sequence[Any]) -> Fraction:
    """Return a weighted sum of the first columns of a row."""
    return sum((Fraction(c) * v for c, v in zip(line, row, strict=False)), Fraction(0))


class _Weights:
    """The weights of corners that leave nobody less than a point, and all together most.

    An equation for each issue that is divided, one for each party, and one for each line of a
    group: a column for each corner, and one for what each party, or each line, has more.
    """

    def __init__(
        self, cells: Sequence[Any], base: Numbers, prices: Sequence[int], lines: Sequence[Any]
    ) -> None:
        divided = [rows for rows in cells if len(rows) > 1]
        self._own = [(k, row) for k, rows in enumerate(divided) for row in rows]
        self._count, self._divided = len(prices), len(divided)
        self._base = base[: self._count]
        none = [Fraction(0)] * (self._count + len(lines))
        self._equations = [
            [Fraction(k == own) for own, _ in self._own] + none for k in range(len(divided))
        ]
        asked = [[int(h == i) for h in range(len(base))] for i in range(self._count)]
        asked += [line[:-1] for line in lines]
        for place, line in enumerate(asked):
            more = [Fraction(-(h == place)) for h in range(len(none))]
            self._equations.append([_sum(line, row) for _, row in self._own] + more)
        self._rooms = [-_sum(line[:-1], base) - line[-1] for line in lines]
        self._prices = [0] * len(self._own) + list(prices) + [0] * len(lines)

    def best_at(self, u: Numbers) -> list[list[Fraction]]:
        """Return the best weights at a point, each as a sum of utilities: what counts of each.

        Of each issue the last corner is left out: it has the rest.
        """
        basis = self._basis(u)
        factors = Factors([_columns(row, r, basis) for r, row in enumerate(self._equations)])
        each = [
            [Fraction(h == i + self._divided) for h in range(len(self._equations))]
            for i in range(self._count)
        ]
        sums = list(map(factors.solve, [*each, self._right([Fraction(0)] * self._count)]))
        found = {j: [own[at] for own in sums] for at, j in enumerate(basis)}
        nothing = [Fraction(0)] * (self._count + 1)
        pairs = enumerate(zip(self._own, self._own[1:], strict=False))
        return [found.get(j, nothing) for j, (one, other) in pairs if one[0] == other[0]]

    def _right(self, u: Numbers) -> list[Fraction]:
        """Return the right-hand sides for a point."""
        more = [v - b for v, b in zip(u, self._base, strict=True)]
        return [Fraction(1)] * self._divided + more + self._rooms

    def _basis(self, u: Numbers) -> tuple[int, ...]:
        """Return the columns of a best answer for a point."""
        right = self._right(u)
        scales = [
            lcm(*(v.denominator for v in (*row, r)))
            for row, r in zip(self._equations, right, strict=True)
        ]
        rows = [
            [int(v * scale) for v in row]
            for row, scale in zip(self._equations, scales, strict=True)
        ]
        columns = [
            tuple((r, v) for r, v in enumerate(column) if v) for column in zip(*rows, strict=True)
        ]
        scaled = [int(r * scale) for r, scale in zip(right, scales, strict=True)]
        answer = solve(Program(columns, self._prices, scaled))
        assert not isinstance(answer, Impossible), "something with these options is better"
        return answer.basis


def _columns(row: Numbers, r: int, basis: Sequence[int]) -> dict[int, Any]:
    """Return an equation in a basis, which may have a column for that equation alone."""
    return {at: row[j] if j < len(row) else int(j - len(row) == r) for at, j in enumerate(basis)}
