"""All packages among several sides that divide something inside a group not for trade.

What is even in a group is not the same in all of a cell. But that one side is further ahead there
than counts is, for members that are given, linear in a cell, as what a package gives a side is: a
*condition* counts like one more side, which gains nothing and refuses what is below 0 for it. So
multipliers prove with the conditions, too, that nothing in a cell gives a side more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from hikiwake.findings.talks import Hiding
from hikiwake.model import Dispute, Outcome
from hikiwake.numeric import fits_int64
from hikiwake.options.disclosure.among_several.alone import Row
from hikiwake.options.disclosure.among_several.balanced import Balanced
from hikiwake.options.disclosure.among_several.blends import Blends
from hikiwake.options.disclosure.among_several.imbalance import (
    Apart,
    Condition,
    Imbalance,
    value_of,
)
from hikiwake.options.disclosure.among_several.looks import (
    Array,
    Blend,
    Look,
    Members,
    Multipliers,
    mixed,
    whole,
)
from hikiwake.options.disclosure.hidden.inside import countable
from hikiwake.options.disclosure.hidden.unknowns import Unknowns
from hikiwake.solvers.programs import Impossible, Program, solve


@dataclass(frozen=True, slots=True)
class _Standing:
    """How even members find the package that is known to be possible: the pair that is furthest
    apart, None where all are within the tolerance; and a package that is more even, if any is."""

    pair: Apart | None
    uneven: Fraction
    more_even: Blend | None


class Conditioned(Blends):
    """The packages. ``surely`` is one that is known to be possible.

    What is said of members holds of those to whom it is possible.
    """

    def __init__(
        self, dispute: Dispute, hidden: Sequence[str], hiding: Hiding, surely: Outcome
    ) -> None:
        super().__init__(dispute, hidden, hiding)
        if not self.exact:
            return
        self._surely = surely
        self._imbalance = Imbalance(dispute, self.hidden, self.known)
        self._standings: dict[Members, _Standing] = {}
        self._under: dict[Apart | None, Conditioned] = {}
        self._given: Apart | None = None
        self._sides = len(self.sides)
        self._plain = self.rows, self.sizes, self.alone
        self._under[None] = self
        self._condition()

    def levels(self, surely: Outcome | None) -> list[Any]:
        """Return the tolerance, None, and of which two sides it can be told what counts beyond."""
        return [None, *self._imbalance.pairs()]

    def at(self, level: Apart | None) -> Conditioned:
        """Return the packages where so much counts as even."""
        if level not in self._under:
            self._under[level] = other = copy(self)
            other._given = level
            other._condition()
        return self._under[level]

    def evenly(self, cp: Any, hidden: Sequence[Unknowns], level: Apart | None) -> Balanced:
        """Return in a model which packages are as even in groups as counts."""
        found = Balanced(cp, self._imbalance, self._conditions, hidden, self._hiding)
        if level is not None:
            usual = self._conditioned(level, None)
            found.exceed(usual, usual.row(self.dispute, self._surely))
        return found

    def decided(self, outcome: Outcome) -> list[Row]:
        """Return what each condition is of a package."""
        return [own.row(self.dispute, outcome) for own in self._conditions]

    def decided_by(self, blend: Blend) -> list[Row]:
        """Return the same of a mixture of corners."""
        return [self.blended(n, blend) for n in range(self._sides, len(self.rows))]

    def decided_in(self, cell: int) -> list[Row]:
        """Return nothing: it is not the same in all of a cell."""
        return []

    def above(self, members: Members) -> list[Array]:
        """Return what each corner gives each side, and what each condition is there."""
        levels = self._levels(members)
        found = super().above(members)[: self._sides]
        for own, table in zip(self._conditions, self._counted, strict=True):
            values = np.array([1, *(value_of(x, levels) for x in own.products)], dtype=table.dtype)
            found.append(table @ values)
        return found

    def look(self, members: Members) -> Look:
        """Return how things stand with some members."""
        if members not in self._looks:
            self._looks[members] = self._look(members)
        return self._looks[members]

    def counted(self, counts: Multipliers) -> Multipliers:
        """Return multipliers of what is counted in a model."""
        own = [Fraction(count) for count in counts]
        for n, one in enumerate(self._conditions, self._sides):
            own[n] *= Fraction(one.exact, one.scale)
        return whole(own)

    def counts(self, members: Members, outcome: Outcome) -> bool:
        """Tell whether a package is as even in groups as counts."""
        return self._furthest(members, outcome)[0] <= self.look(members).level

    def bending(self, outcome: Outcome) -> tuple[Row, ...]:
        """Return how each condition changes towards a package from the one known to be possible."""
        rows = zip(self.decided(outcome), self.decided(self._surely), strict=True)
        return tuple(there.less(here) for there, here in rows)

    def bends(self, members: Members, outcome: Outcome) -> bool:
        """Tell whether small steps that way make it less even than counts."""
        own, levels = self.serving(members), self._levels(members)
        rows = own.decided(own._surely), own.bending(outcome)
        here, more = (own._worths(levels, one) for one in rows)
        return any(one <= 0 and step < 0 for one, step in zip(here, more, strict=True))

    def _worths(self, levels: Sequence[int], rows: Sequence[Row]) -> Iterator[int]:
        """Yield what conditions are worth."""
        for own, row in zip(self._conditions, rows, strict=True):
            pairs = zip(row.numbers, own.products, strict=True)
            yield row.fixed + sum(part * value_of(x, levels) for part, x in pairs)

    def _look(self, members: Members) -> Look:
        standing, every = self._standing(members), np.ones(len(self.cells), dtype=bool)
        if standing.more_even is not None:
            nothing, none = [Fraction(0)] * self._sides, [None] * self._sides
            return Look(nothing, [*none], [], self.dispute.tolerance, standing.more_even, every)
        own = self.serving(members)
        if own is not self:
            return own.look(members)
        above = self.above(members)
        found = [self._most(n, above, every) for n in range(self._sides)]
        most, best, proofs = (list(one) for one in zip(*found, strict=True))
        level = max(self.dispute.tolerance, standing.uneven)
        return Look(most, best, proofs, level, None, every)

    def serving(self, members: Members) -> Conditioned:
        """Return the packages where so much counts as the package known to be possible has for
        members, or as the tolerance is."""
        standing = self._standing(members)
        given = self._given if standing.pair is not None else None
        if given is not None and self._apart_of(members, given) == standing.uneven:
            return self
        return self.at(standing.pair)

    def _standing(self, members: Members) -> _Standing:
        if members not in self._standings:
            uneven, pair = self._furthest(members, self._surely)
            pair = pair if uneven > self.dispute.tolerance else None
            more_even = None if pair is None else self.at(pair)._more_even(members)
            self._standings[members] = _Standing(pair, uneven, more_even)
        return self._standings[members]

    def _furthest(self, members: Members, outcome: Outcome) -> tuple[Fraction, Apart | None]:
        """Return how uneven a package is in the group where it is least even, and between whom."""
        levels, furthest = self._levels(members), (Fraction(0), None)
        for group in range(len(self._imbalance.groups)):
            shares = {
                n: part
                for n in range(self._sides)
                if (part := self._share(levels, n, group, outcome)) is not None
            }
            if shares:
                ahead, behind = (of(shares, key=shares.__getitem__) for of in (max, min))
                apart = shares[ahead] - shares[behind]
                if apart > furthest[0]:
                    furthest = apart, Apart(group, ahead, behind)
        return furthest

    def _apart_of(self, members: Members, pair: Apart) -> Fraction:
        """Return how far one side is ahead of another by the package known to be possible."""
        levels = self._levels(members)
        one, other = (
            self._share(levels, n, pair.group, self._surely) for n in (pair.ahead, pair.behind)
        )
        return Fraction(0) if one is None or other is None else one - other

    def _share(
        self, levels: Sequence[int], n: int, group: int, outcome: Outcome
    ) -> Fraction | None:
        """Return the part of what a side could get in a group; None where that is nothing."""
        imbalance = self._imbalance
        if not imbalance.staked(n, group):
            return None
        got, most = imbalance.got_in(n, group, outcome), imbalance.most(n, group)
        worths = [sum(part * value_of(x, levels) for x, part in own.items()) for own in (got, most)]
        return Fraction(worths[0]) / worths[1] if worths[1] else None

    def _more_even(self, members: Members) -> Blend | None:
        """Return a package that nobody refuses and that is more even than counts here."""
        above, levels = self.above(members), self._levels(members)
        counting = [n < self._sides or self._compared(levels, n) for n in range(len(above))]
        kept = [n for n, counts in enumerate(counting) if counts]
        corners = np.stack([above[n] for n in kept])
        for cell in self.cells:
            if (corners[:, cell].max(axis=1) < 0).any():
                continue
            columns = [
                ((0, 1), *((r, int(corners[r - 1, v])) for r in range(1, len(kept) + 1)
                           if corners[r - 1, v]))
                for v in cell
            ]  # fmt: skip
            slack = [((r, -1),) for r in range(1, len(kept) + 1)]
            further = tuple((r, -1) for r, n in enumerate(kept, 1) if n >= self._sides)
            objective = [0] * (len(columns) + len(slack)) + [1]
            right = [1, *(0 for _ in slack)]
            answer = solve(Program([*columns, *slack, further], objective, right))
            if not isinstance(answer, Impossible) and answer.value > 0:
                return mixed(cell, answer.parts)
        return None

    def _compared(self, levels: Sequence[int], n: int) -> bool:
        """Tell whether both sides of a condition have something at stake."""
        pair = self._conditions[n - self._sides].pair
        mosts = (self._imbalance.most(*key) for key in self._imbalance.keys(pair))
        return all(sum(part * value_of(x, levels) for x, part in own.items()) for own in mosts)

    def _levels(self, members: Members) -> list[int]:
        """Return how many steps each atom is worth."""
        pairs = zip(self.shapes, members, strict=True)
        return self._imbalance.levels([shape.steps(member) for shape, member in pairs])

    def _conditioned(self, pair: Apart, level: Apart | None) -> Condition:
        own = Condition(self._imbalance, pair, level, self._surely)
        own.whole([
            (issue, self.dispute.decisions_of(issue) or [v for one in pieces for v in one.corners])
            for issue, pieces in zip(self.dispute.issues, self.pieces, strict=True)
        ])  # fmt: skip
        return own

    def _condition(self) -> None:
        """Add the conditions to what each corner gives the sides."""
        rows, sizes, alone = self._plain
        pairs = self._imbalance.pairs()
        self._conditions = [self._conditioned(pair, self._given) for pair in pairs]
        self._counted = list[Array]()
        self.rows, self.sizes, self.alone = [*rows], [*sizes], [*alone, *self._conditions]
        self.counted_sizes = [*sizes]
        for own in self._conditions:
            pieces = zip(self.dispute.issues, self.pieces, strict=True)
            values = [(issue, [v for one in own for v in one.corners]) for issue, own in pieces]
            each = [{v: own.alone(issue, v) for v in found} for issue, found in values]
            counted = [[own.worth(issue, v) for v in found] for issue, found in values]
            mosts = [self._imbalance.top(x, self.shapes[0].total) for x in own.products]
            exact = [[own.alone_always], *([row] for row, _ in own.alone_bonuses)]
            self.sizes.append(_size((*exact, *(found.values() for found in each)), mosts))
            always = [[own.always], *([row] for row, _ in own.bonuses)]
            self.counted_sizes.append(_size((*always, *counted), mosts))
            kind: Any = np.int64 if fits_int64(self.sizes[-1]) else object
            table = [self._row_at(own, each, corner) for corner in self.corners]
            self._counted.append(np.array(table, dtype=kind))
            self.rows.append([Row(tuple(one[1:]), one[0], 1) for one in table])
        self._pool = self._pools(len(self.rows))
        self._looks = {}

    def _row_at(self, own: Condition, each: Any, corner: Outcome) -> list[int]:
        pairs = zip(self.dispute.issues, each, strict=True)
        rows = [own.alone_always, *(found[corner[issue.id]] for issue, found in pairs)]
        rows += [row for row, when in own.alone_bonuses if when.holds(corner)]
        numbers = (sum(row.numbers[k] for row in rows) for k in range(len(own.products)))
        return [sum(row.fixed for row in rows), *numbers]


def _size(each: Iterable[Iterable[Row]], mosts: Sequence[int]) -> int:
    """Return what a condition cannot exceed, whatever is decided of each issue."""
    return max(1, sum(max(_most(row, mosts) for row in rows) for rows in each))


def _most(row: Row, mosts: Sequence[int]) -> int:
    pairs = zip(row.numbers, mosts, strict=True)
    return abs(row.fixed) + sum(abs(part) * most for part, most in pairs)


def divides_inside(dispute: Dispute) -> bool:
    """Tell whether something is divided inside a group not for trade."""
    inside = {issue for group in dispute.groups if group.not_for_trade for issue in group.issues}
    return any(dispute.decisions_of(dispute.issue(issue)) is None for issue in inside)


def covers_inside(dispute: Dispute, hidden: Sequence[str]) -> bool:
    """Tell whether what is said wholly inside groups not for trade leaves few enough cells."""
    groups = (group for group in dispute.groups if group.not_for_trade)
    return all(countable(dispute, hidden, group) for group in groups)


__all__ = ["Conditioned", "covers_inside", "divides_inside"]
