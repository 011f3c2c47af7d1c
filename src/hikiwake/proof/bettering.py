"""Trees that also divide by what is better: of draws, where something is divided among several.

An even package that is better than the settled one is not Pareto-optimal. What betters it betters
what lies around it: so much is cut off, and what is left is looked at again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hikiwake.proof.choosing import MAX_TRIED, OutOfReach, Pool
from hikiwake.proof.exactly import Mixtures
from hikiwake.proof.ground import Ground, Quest
from hikiwake.proof.opening import Open, Row, read
from hikiwake.proof.replacing import Replacements
from hikiwake.solvers.deadline import Deadline
from hikiwake.solvers.programs import Impossible

Corners = Mapping[int, Fraction]  # how much there is of each in a mixture
Split = tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[tuple[int, int]]]


class Bettering:
    """Grows the tree of a goal that knows lines; what it chose is the tree's list of integers."""

    def __init__(
        self, goal: Any, ground: Ground, pool: Pool, replacements: Replacements, deadline: Deadline
    ) -> None:
        self._goal, self._space, self._quest = goal, goal.space, Quest(goal, ground)
        self._pool, self._replacements, self._deadline = pool, replacements, deadline
        self.tree: list[int] = []

    def grow(self, most: int) -> None:
        """Go on until nothing is left, with so many integers at most."""
        space, goal = self._space, self._goal
        stack: list[Any] = [(space.all, [], goal.lines.known, space.all, space.u)]
        while stack:
            if len(self.tree) + len(stack) > most or self._deadline.passed:
                raise OutOfReach
            left, parts, known, before, upper = stack.pop()
            left, levels, seen = space.narrow(left, parts), [], None
            upper = space.most(left, before, upper) if left else None
            if upper is not None and (seen := goal.view(goal.measure.gains(upper))):
                levels = [level for level in goal.levels if not level.closed(seen)]
            if levels:
                node = _Node(Open(self._quest, left, levels, upper, seen), known)
                stack += [(*child, left, upper) for child in self._children(node)]

    def _children(self, node: _Node) -> list[Any]:
        """Return the nodes into which one is divided; none where rows close it."""
        open_levels = frozenset(node.opening.levels)
        for row in self._pool.busiest(MAX_TRIED):
            if closed := node.closed_by(row) & open_levels:
                self.tree.append(self._pool.use(row))
                open_levels -= closed
        while open_levels:
            row, corners = node.asked(max(open_levels))
            closed = node.closed_by(row) & open_levels
            if not closed:
                return self._divided(node, corners)
            self.tree.append(self._pool.use(row))
            open_levels -= closed
        return []

    def _divided(self, node: _Node, corners: Corners) -> list[Any]:
        """Divide by the part that is most undecided in a mixture, or by what is better."""
        space, goal = self._space, self._goal
        spread = {p: node.undecided(p, corners) for p in range(len(space.parts))}
        part = max(spread, key=lambda p: spread[p])
        if corners and spread[part]:
            self.tree.append(part)
            return [(*child, node.known) for child in space.branch(node.opening.left, part)]
        block = self._replacements.better(goal, node.worth(corners)) if corners else None
        if block is None:
            raise OutOfReach
        self.tree.append(len(space.parts) + block)
        return goal.lines.nodes(space, node.opening.left, node.known, block)


@dataclass(frozen=True, slots=True)
class _Node:
    """An open node, and what is known of lines there."""

    opening: Open
    known: int

    def closed_by(self, row: Row) -> frozenset[int]:
        """Return which of the open levels a row closes, exactly."""
        multipliers, pairs = read(row)
        own = [(c, mu) for c, mu in pairs if c >= 0]
        along = [(~c, mu) for c, mu in pairs if c < 0]
        split = multipliers, [c for c, _ in own], [mu for _, mu in own], along
        opening = self.opening
        found = bounded(opening.goal, opening.left, self.known, split)
        if found is None:
            return frozenset()
        levels = ((k, opening.quest.levels[k]) for k in opening.levels)
        return frozenset(
            k for k, level in levels if level.closed(opening.seen, multipliers, *found)
        )

    def asked(self, k: int) -> tuple[Row, Corners]:
        """Return a row that may close a level, and a mixture that is as it asks, if one is."""
        return _Along(self.opening, self.known).asked(self.opening.quest.levels[k])

    def undecided(self, part: int, corners: Corners) -> Fraction:
        """Return how far a mixture is from having one option of a part."""
        options = self.opening.goal.space.options[part]
        return 1 - max(
            sum((corners.get(x, Fraction(0)) for x in own), Fraction(0)) for own in options
        )

    def worth(self, corners: Corners) -> tuple[Fraction, ...]:
        """Return what a mixture is worth to everybody."""
        rows = self.opening.goal.space.rows
        weighed = ([part * v for v in rows[x]] for x, part in corners.items())
        return tuple(sum(column, Fraction(0)) for column in zip(*weighed, strict=True))


class _Along(Mixtures):
    """Mixtures for which holds what is known of lines."""

    def __init__(self, opening: Open, known: int) -> None:
        super().__init__(opening)
        self._beside += self._required(opening.goal.lines, known)

    def asked(self, level: Any) -> tuple[Row, Corners]:
        """Return a row that may close a level, and a mixture that is as it asks, if one is."""
        asked = list(self._filled(level))
        answer = self._answer()
        row = self._row(asked, answer)
        if isinstance(answer, Impossible) or answer.value <= 0:
            return row, {}
        parts = {x: answer.parts.get(column) for x, column in self._parts.items()}
        return row, {x: part for x, part in parts.items() if part}

    def _required(self, lines: Any, known: int) -> Iterator[tuple[int, int, int]]:
        """Require what is known of lines."""
        rows = self.opening.goal.space.rows
        sides = ((c, below) for c in range(lines.pairs + len(lines.more)) for below in (0, 1))
        for c, below in sides:
            if known >> 2 * c + below & 1:
                *own, more = lines.line(c)
                sign = -1 if below else 1
                worths = {
                    column: sign * sum(a * v for a, v in zip(own, rows[x], strict=True))
                    for x, column in self._parts.items()
                }
                strict = {self._more: -1} if below and c not in lines.last else {}
                equation = self._equal(worths | {self._new(): -1} | strict, -sign * more)
                yield ~c, -sign, equation


def bounded(goal: Any, left: int, known: int, row: Split) -> tuple[Any, int] | None:
    """Return what a row's sum of scaled gains does not exceed in a node, and how often less ε.

    None if it rests on lines of which nothing is known there. The row is as the checker has it:
    multipliers of parties, clauses, theirs, and lines with theirs.
    """
    multipliers, clauses, counts, along = row
    if not all(known >> 2 * k + (mu < 0) & 1 for k, mu in along):
        return None
    space, measure = goal.space, goal.measure
    scaled = [w * f for w, f in zip(multipliers, measure.factors, strict=True)]
    zero = sum(w * z for w, z in zip(scaled, measure.zeros, strict=True))
    weights, beside, less = goal.lines.beside(scaled, along)
    most = space.bound(left, *space.weighed(tuple(weights), clauses, counts))
    return most + beside - zero, less
