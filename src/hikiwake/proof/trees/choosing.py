"""What to do at an open node of a proof: rows that close it, or a part to branch on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import prod

from hikiwake.proof.trees.covering import Leaf, fewest
from hikiwake.proof.trees.exactly import rows
from hikiwake.proof.trees.opening import Open, Row
from hikiwake.proof.trees.relaxing import Multipliers
from hikiwake.proof.trees.rounding import whole
from hikiwake.solvers.deadline import Deadline

MAX_TRIED = 15  # rows of the pool at one node, those first that closed most so far
MAX_LEAVES = 200  # for which rows are chosen at once, among so many known ones and their own
MAX_AHEAD = 4  # bonuses of which it is tried out what dividing by them brings
GRAINS = (1, 100)  # how many times as large a row may be, so that its additions are finer
_CLOSE = 1e-9
_SPLIT = 1e-6  # what is no more undecided than that is decided
_OPEN = 5  # nodes that a node which stays open costs more than one that is closed, or so
_LITTLE, _MORE = 1e-7, 1e-3  # of a gain: what a division brings at least, and at most beyond need


class OutOfReach(Exception):
    """A tree outgrew what it may hold, or time was up."""


@dataclass(slots=True)
class Pool:
    """The rows of multipliers that a certificate holds so far, and how often each was of use."""

    rows: list[Row] = field(default_factory=list[Row])
    used: list[int] = field(default_factory=list[int])

    def use(self, row: Row) -> int:
        """Return the integer of a tree that means a row; add the row if it is new."""
        if row not in self.rows:
            self.rows.append(row)
            self.used.append(0)
        place = self.rows.index(row)
        self.used[place] += 1
        return -1 - place

    def busiest(self, count: int) -> list[Row]:
        """Return the rows that were used most."""
        places = sorted(range(len(self.rows)), key=lambda place: -self.used[place])
        return [self.rows[place] for place in places[:count]]


class Chooser:
    """Chooses node by node; what it chose is a tree's list of integers.

    Where bonuses tie issues a row is long: there it is chosen last which rows close the leaves.
    """

    def __init__(self, pool: Pool, most: int, deadline: Deadline) -> None:
        self._pool = pool
        self._most = most
        self._deadline = deadline
        self._steps: list[int | Leaf] = []
        self._leaves: list[Leaf] = []
        self.tree: list[int] = []

    def choose(self, opening: Open) -> int | None:
        """Return what to branch on at an open node; None if rows close it."""
        if len(self.tree) + len(self._steps) >= self._most or self._deadline.passed:
            raise OutOfReach
        known = [] if opening.tied else self._pool.busiest(MAX_TRIED)
        closing = _Closing(opening, known)
        if closing.left:
            code = _branch(opening, closing.found)
            self._steps.append(code)
            return code
        if opening.tied:
            self._wait(Leaf(opening, tuple(closing.rows)))
        else:
            self._steps += map(self._pool.use, closing.rows)
        return None

    def _wait(self, leaf: Leaf) -> None:
        self._steps.append(leaf)
        self._leaves.append(leaf)
        if len(self._leaves) == MAX_LEAVES:
            self.finish()

    def finish(self) -> None:
        """Choose the rows of the leaves that wait for it, and write down all that was chosen."""
        known = self._pool.busiest(MAX_LEAVES)
        chosen = iter(fewest(self._leaves, known) if self._leaves else ())
        for step in self._steps:
            self.tree += [step] if isinstance(step, int) else map(self._pool.use, next(chosen))
        self._steps, self._leaves = [], []


class _Closing:
    """Rows that close a node, as far as there are any, and what was found on the way."""

    def __init__(self, opening: Open, known: Sequence[Row]) -> None:
        self._opening = opening
        self.found: Multipliers | None = None
        self.rows: list[Row] = []
        self.left = frozenset(opening.levels)
        while self.left and (self._known(known) or self._new() or self._exactly()):
            pass

    def _known(self, known: Sequence[Row]) -> bool:
        """Take the row that closes most, if one of these closes anything."""
        best, most = None, frozenset[int]()
        for row in known:
            closed = self._opening.closed_by(row) & self.left
            if len(closed) > len(most):
                best, most = row, closed
            if most == self.left:
                break
        return best is not None and self._take(best, most)

    def _take(self, row: Row, closed: frozenset[int]) -> bool:
        self.rows.append(row)
        self.left -= closed
        return True

    def _new(self) -> bool:
        """Take a new row, if one closes anything and each open level can be closed."""
        every = tuple(sorted(self.left))
        if self._by(every, self._opening.given()):
            return True
        joint = self._opening.solve(every)
        self.found = self.found or joint
        if joint is not None and joint.slack <= _CLOSE and self._nearly(every, joint):
            return True
        if self._opening.far_apart and self._by(every, self._opening.claimed()):
            return True
        alone: list[tuple[int, Multipliers]] = []
        for level in reversed(every if len(every) > 1 else ()):
            found = self._opening.solve((level,))
            if found is None or found.slack > _CLOSE:
                return False
            alone.append((level, found))
        return any(self._nearly((level,), found) for level, found in alone)

    def _exactly(self) -> bool:
        """Take a row that is found in fractions, where floats may not see one, if any closes."""
        opening = self._opening
        if not opening.far_apart and any(opening.wide()):
            return False
        closing = ((row, opening.closed_by(row) & self.left) for row in rows(opening))
        return any(closed and self._take(row, closed) for row, closed in closing)

    def _nearly(self, levels: Sequence[int], found: Multipliers) -> bool:
        """Take a row with nearly the weights that a linear program found, the shortest first."""
        weights, opening = found.weights, self._opening
        near = chain(whole(weights), opening.exactly(weights), opening.at_best(weights))
        return self._by(levels, near)

    def _by(self, levels: Sequence[int], multipliers: Iterable[tuple[int, ...]]) -> bool:
        """Take the first row with some of these multipliers that closes anything."""
        for row in chain.from_iterable(self._rows(levels, own) for own in multipliers):
            closed = self._opening.closed_by(row) & self.left
            if closed:
                return self._take(row, closed)
        return False

    def _rows(self, levels: Sequence[int], multipliers: tuple[int, ...]) -> Iterator[Row]:
        """Yield rows with some multipliers: with what goes best with them where issues are tied."""
        opening = self._opening
        best = opening.solve(levels, multipliers) if opening.tied else None
        if not opening.tied:
            yield multipliers
        elif best is not None and best.slack <= _CLOSE:  # a product may be just as large
            yield from (opening.row(best, multipliers, grain) for grain in GRAINS)


def _branch(opening: Open, found: Multipliers | None) -> int:
    """Return what is most undecided in the relaxation; of equals the part with fewest options."""
    parts = list(opening.outlook())
    if parts:
        return min((count + _OPEN * still, integer) for integer, count, still in parts)[1]
    choices = [(0.0, -count, integer) for integer, count in opening.wide()]
    if found is not None:
        choices = [(found.split[integer], less, integer) for _, less, integer in choices]
        few = _worth_a_try(opening, found, max((split for split, *_ in choices), default=0.0))
        if few:
            return _ahead(opening, few, found.slack)
    if not choices:
        raise OutOfReach
    return max(choices, key=lambda choice: (round(choice[0], 3), *choice[1:]))[2]


def _worth_a_try(opening: Open, found: Multipliers, split: float) -> list[int]:
    """Return a few bonuses, those first that are undecided and count most."""
    points = opening.ground.relaxed.parts
    rates = opening.ground.rates
    weights = [w / rate for w, rate in zip(found.weights, rates, strict=True)]
    worths = {p: float(abs(points[p][0] @ weights)) for p in opening.undecided()}
    undecided = {p: found.split[p] * worth for p, worth in worths.items()}
    few = sorted(worths, key=lambda p: (undecided[p], worths[p]), reverse=True)[:MAX_AHEAD]
    return few if few and not undecided[few[0]] < _SPLIT < split else []


def _ahead(opening: Open, few: Sequence[int], slack: float) -> int:
    """Return the bonus that brings most where it is given and where it is not."""

    def brought(slacks: Sequence[float]) -> float:
        drops = (min(slack - left, slack + _MORE) for left in slacks)
        return prod(max(drop, _LITTLE) for drop in drops)

    best = max(zip(opening.ahead(few), few, strict=True), key=lambda tried: brought(tried[0]))
    return best[1]
