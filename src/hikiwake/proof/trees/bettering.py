"""Trees that know lines: of draws, where something is divided among several; and of mixed groups.

An even package that is better than the settled one is not Pareto-optimal. What betters it betters
what lies around it: so much is cut off, and what is left is looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain
from typing import Any

from hikiwake.proof import checker
from hikiwake.proof.trees.choosing import MAX_TRIED, OutOfReach, Pool
from hikiwake.proof.trees.exactly import Answer, Corners, Mixtures
from hikiwake.proof.trees.ground import Ground, Quest
from hikiwake.proof.trees.opening import Open, Row, read
from hikiwake.proof.trees.replacing import Replacements
from hikiwake.solvers.deadline import Deadline

MAX_TOUCHED = 60  # points at which the surface of equal products is touched, at one node

Split = tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[tuple[int, int]]]


class Bettering:
    """Grows the tree of a goal that knows lines; what it chose is the tree's list of integers."""

    def __init__(
        self,
        goal: Any,
        ground: Ground,
        pool: Pool,
        replacements: Replacements | None,
        deadline: Deadline,
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
            mixtures: list[Corners] = []
            for row, corners, _ in node.answers(max(open_levels)):
                mixtures += [corners] if corners else []
                closed = node.closed_by(row) & open_levels
                if closed:
                    self.tree.append(self._pool.use(row))
                    open_levels -= closed
                    break
            else:
                return self._divided(node, _mean(mixtures))
        return []

    def _divided(self, node: _Node, corners: Corners) -> list[Any]:
        """Divide by the part that is most undecided in a mixture, or by what is better."""
        space, goal = self._space, self._goal
        spread = {p: node.undecided(p, corners) for p in range(len(space.parts))}
        part = max(spread, key=lambda p: spread[p])
        if corners and spread[part]:
            self.tree.append(part)
            return [(*child, node.known) for child in space.branch(node.opening.left, part)]
        block = None
        if corners and self._replacements and goal.view is not list:
            block = self._replacements.better(goal, node.worth(corners))
        if block is None:
            raise OutOfReach
        self.tree.append(len(space.parts) + block)
        return goal.lines.nodes(space, node.opening.left, node.known, block)


def _mean(mixtures: Sequence[Corners]) -> Corners:
    """Return the mean of some mixtures."""
    found: dict[int, Fraction] = {}
    for x, part in chain.from_iterable(mixture.items() for mixture in mixtures):
        found[x] = found.get(x, Fraction(0)) + part / len(mixtures)
    return found


class _Node(Mixtures):
    """A node, what is known of lines there, and mixtures for which that holds."""

    touched = MAX_TOUCHED

    def __init__(self, opening: Open, known: int) -> None:
        self.opening, self.known = opening, known

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

    def answers(self, k: int) -> Iterator[Answer]:
        """Yield rows and mixtures for a level; for a product at last where a mixture is as good."""
        opening = self.opening
        mixture: Corners = {}
        for row, mixture, proved in super().answers(k):
            yield row, mixture, proved
        if mixture and isinstance(opening.quest.levels[k], checker.Product):
            yield from self._by(opening.touching(self.worth(mixture)))

    def _first(self) -> Iterator[Answer]:
        """Yield rows by the weights that a product suggests: they touch the settled outcome."""
        return self._by(self.opening.given())

    def _by(self, multipliers: Iterable[tuple[int, ...]]) -> Iterator[Answer]:
        """Yield a row for each of some multipliers of parties, and a mixture that is best by it."""
        for weights in dict.fromkeys(multipliers):
            self._begin()
            own = {i: w for i, w in enumerate(weights) if w}
            asked = [(self._at_least(own, 0, {self._more: 1}), own)]
            rest = ({i: 1} for i in self.opening.ground.others)
            yield self._answered([*asked, *((self._at_least(one, 0, {}), one) for one in rest)])

    def _begin(self) -> None:
        """Require besides what is known of lines."""
        super()._begin()
        self._beside += self._along()

    def _along(self) -> Iterator[tuple[int, int, int]]:
        """Require what is known of lines."""
        rows, lines = self.opening.goal.space.rows, self.opening.goal.lines
        sides = ((c, below) for c in range(lines.pairs + len(lines.more)) for below in (0, 1))
        for c, below in sides:
            if self.known >> 2 * c + below & 1:
                *own, more = lines.line(c)
                sign = -1 if below else 1
                worths = {
                    column: sign * sum(a * v for a, v in zip(own, rows[x], strict=False))
                    for x, column in self._parts.items()
                }
                above = lines.strict or (below and c not in lines.last)
                strict = {self._more: -1} if above else {}
                equation = self._equal(worths | {self._new(): -1} | strict, -sign * more)
                yield ~c, -sign, equation

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
        sums = [sum(column, Fraction(0)) for column in zip(*weighed, strict=True)]
        return tuple(sums[: len(self.opening.goal.measure.zeros)])


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
