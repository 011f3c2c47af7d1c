"""What some members would be told where several sides divide something, exactly, and why.

A *blend* is a mixture of the corners of a cell, so a package. How much a side can gain at the most
is shown from both sides: a blend gives so much; and multipliers show that nothing in a cell gives
more, for whatever the others get counts so much for each, and is not below 0.

Notation: numbers are whole, each side's on a scale of its own. a is what a package gives a side
beyond its walk-away value, r the most of that among possible packages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, chain
from math import gcd, lcm
from typing import Any

import numpy as np

from hikiwake.findings.talks import Hiding, Talks, Word
from hikiwake.model import WALK_AWAY, Answer, Dispute, Outcome
from hikiwake.numeric import fits_int64
from hikiwake.options.disclosure.among_several.alone import Alone, Row
from hikiwake.options.disclosure.among_several.evenly import Evenly, Evenness
from hikiwake.options.disclosure.among_several.looks import (
    Array,
    Blend,
    Look,
    Members,
    Multipliers,
    Proofs,
    mixed,
    near,
    proves,
    whole,
)
from hikiwake.options.disclosure.among_several.lots import Lots
from hikiwake.options.disclosure.hidden.cells import cells_of, corners_of
from hikiwake.options.disclosure.hidden.kinds import even
from hikiwake.options.disclosure.hidden.members import Member, Shape
from hikiwake.options.disclosure.hidden.unknowns import Unknowns, parts_of, unit_of
from hikiwake.solvers.programs import Impossible, Program, solve

MAX_NUMBER = 10**9  # of what is worth something, on its scale


class Blends:
    """The packages. ``exact``: there are not too many, with numbers that are not too large."""

    def __init__(self, dispute: Dispute, hidden: Sequence[str], hiding: Hiding) -> None:
        self.dispute, self.hidden = dispute, tuple(hidden)
        self.known = tuple(party for party in dispute.party_ids if party not in hidden)
        self.sides = (*self.hidden, *self.known)
        self.shapes = [Shape(dispute, party, hiding) for party in hidden]
        self._hiding, self._unit = hiding, unit_of(hiding)
        self._steps = [int(step / self._unit) for step in (hiding.step, hiding.walk_away_step)]
        cells = cells_of(dispute, self.known)
        self.exact = cells is not None and any(cells)
        if not cells:
            return
        self.pieces = [list(dict.fromkeys(own)) for own in zip(*cells, strict=True)]
        self.places = [
            tuple(own.index(piece) for own, piece in zip(self.pieces, cell, strict=True))
            for cell in cells
        ]
        each = [corners_of(dispute, cell) for cell in cells]
        self.corners = [corner for own in each for corner in own]
        self._first = [0, *accumulate(map(len, each))][:-1]
        self.cells = [range(a, a + len(own)) for a, own in zip(self._first, each, strict=True)]
        sides = range(len(self.sides))
        self.alone = [
            Alone(
                dispute, party, self.shapes[n].numbers if n < len(self.hidden) else (), self.pieces
            )
            for n, party in enumerate(self.sides)
        ]
        self.rows = [self._rows(n) for n in sides]
        whole = int(hiding.total / self._unit)
        self.top = [self._largest_of(n, whole, max) for n in range(len(self.sides))]
        self.sizes = [2 * self._largest_of(n, whole, _size) for n in range(len(self.sides))]
        self.counted_sizes = self.sizes  # in a model
        self.exact = max(self.sizes) <= MAX_NUMBER
        self._pool = self._pools(len(self.sides))
        if self.exact:
            rows = ([row.numbers for row in own] for own in self.rows)
            self._tables = [np.array(own, dtype=np.int64) for own in rows]
            fixed = ([row.fixed for row in own] for own in self.rows)
            self._fixed = [np.array(own, dtype=np.int64) for own in fixed]
        self._looks: dict[Members, Look] = {}
        self._known_rows: dict[tuple[int, Outcome], Row] = {}

    @cached_property
    def _lots(self) -> Lots:
        """What is decided in groups not for trade."""
        return Lots(self.dispute, self.hidden, self.known)

    def levels(self, surely: Outcome | None) -> list[Any]:
        """Return all that can count as even in groups, the tolerance first.

        ``surely`` is a package that is known to be possible, if one is given.
        """
        return self._lots.levels(surely, self._hiding)

    def at(self, level: Any) -> Blends:
        """Return the packages where something counts as even in groups."""
        return self

    def counted(self, counts: Multipliers) -> Multipliers:
        """Return multipliers of what is counted in a model."""
        return counts

    def serving(self, members: Members) -> Blends:
        """Return the packages where so much counts as does for members."""
        return self

    def bending(self, outcome: Outcome) -> tuple[Row, ...]:
        """Return how what tells evenness in groups changes towards a package of the same cell, from
        the one that is known to be possible."""
        return ()

    def bends(self, members: Members, outcome: Outcome) -> bool:
        """Tell whether small steps that way make it less even than counts."""
        return False

    def evenly(self, cp: Any, hidden: Sequence[Unknowns], level: Any) -> Evenness:
        """Return in a model which packages are as even in groups as counts."""
        return Evenly(cp, self._lots, hidden, level, level > self.dispute.tolerance)

    def decided(self, outcome: Outcome) -> Any:
        """Return what says how even a package is in groups."""
        return self._lots.at(outcome)

    def decided_by(self, blend: Blend) -> Any:
        """Return the same of a mixture of corners."""
        return self._lots.at(self.corners[blend.corners[0]])

    def decided_in(self, cell: int) -> Any:
        """Return the same of all of a cell, as far as it is the same there."""
        return self._lots.at(self.corners[self.cells[cell].start])

    def row(self, n: int, outcome: Outcome) -> Row:
        """Return what a package gives a side."""
        if (n, outcome) not in self._known_rows:
            self._known_rows[n, outcome] = self._row(n, outcome)
        return self._known_rows[n, outcome]

    def _row(self, n: int, outcome: Outcome) -> Row:
        whole = self.alone[n].scale
        if n >= len(self.hidden):
            fixed = self._gain(n, outcome) * whole
            return Row((), fixed.numerator, fixed.denominator)
        parts = self._parts(n, outcome)
        scale = lcm(*(part.denominator for part in parts.values()))
        numbers = tuple(int(parts.get(a, 0) * scale) for a in self.shapes[n].numbers)
        return _reduced(Row(tuple(whole * one for one in numbers), 0, scale))

    def blended(self, n: int, blend: Blend) -> Row:
        """Return the same of a mixture of corners."""
        pairs = list(zip(blend.corners, blend.weights, strict=True))
        width = range(len(self.rows[n][0].numbers))
        numbers = tuple(sum(w * self.rows[n][v].numbers[k] for v, w in pairs) for k in width)
        fixed = sum(w * self.rows[n][v].fixed for v, w in pairs)
        return _reduced(Row(numbers, fixed, blend.parts))

    def allowed(self, outcome: Outcome) -> bool:
        """Tell whether rules and the known sides allow a package, whatever the others want."""
        dispute, preferences = self.dispute, self.dispute.preferences
        own = (line for party in self.known for line in preferences[party].red_lines)
        lines = (*(rule.never for rule in dispute.rules), *(line.never for line in own))
        first = len(self.hidden)
        gains = (self._gain(n, outcome) for n in range(first, len(self.sides)))
        return not any(line.holds(outcome) for line in lines) and min(gains, default=0) >= 0

    def fits(self, members: Members, talks: Talks) -> bool:
        """Tell whether all words would be the same."""
        possible = talks.said(Word.EVEN, Word.NOT_EVEN)
        if any(self._above_of(members, outcome) is None for outcome in possible):
            return False
        return talks.agree(lambda outcome: self.word(members, outcome))

    def word(self, members: Members, outcome: Outcome) -> Word:
        """Return the word about a package."""
        above = self._above_of(members, outcome)
        if above is None:
            return Word.NOT_POSSIBLE
        look = self.look(members)
        if not self.counts(members, outcome):
            return Word.NOT_POSSIBLE
        scale = lcm(*(one.denominator for one in (*above, *look.most)))
        pairs = zip(above, look.most, strict=True)
        gains = [(int(a * scale), int(r * scale)) for a, r in pairs if r > 0]
        alike = len(gains) > 1 and even(gains, self.dispute.tolerance)
        return Word.EVEN if alike else Word.NOT_EVEN

    def look(self, members: Members) -> Look:
        """Return how things stand with some members of which a package is refused by nobody."""
        if members not in self._looks:
            above = self.above(members)
            uneven = self._uneven(members)
            level, evenest, kept = self._level(uneven, above)
            found = [self._most(n, above, kept) for n in range(len(self.sides))]
            most, best, proofs = (list(own) for own in zip(*found, strict=True))
            self._looks[members] = Look(most, best, proofs, level, evenest, kept, uneven)
        return self._looks[members]

    def _uneven(self, members: Members) -> list[list[Fraction]]:
        """Return how uneven each lot of each group is."""
        if not self._lots.groups:
            return []
        pairs = zip(self.shapes, members, strict=True)
        return self._lots.uneven(
            [dict(zip(s.numbers, self._numbers(m), strict=True)) for s, m in pairs]
        )

    def _apart(self, uneven: list[list[Fraction]], lots: Sequence[int]) -> Fraction:
        pairs = zip(uneven, lots, strict=True)
        return max((own[lot] for own, lot in pairs), default=Fraction(0))

    def _level(
        self, uneven: list[list[Fraction]], above: Sequence[Array]
    ) -> tuple[Fraction, Blend | None, Array]:
        """Return what counts as even in groups, by which package, and the cells that are."""
        tolerance = self.dispute.tolerance
        if not uneven:
            return tolerance, None, np.ones(len(self.cells), dtype=bool)
        aparts = [self._apart(uneven, self.decided_in(cell)) for cell in range(len(self.cells))]
        level, evenest = tolerance, None
        for cell in sorted(range(len(self.cells)), key=lambda c: (aparts[c], c)):
            if (evenest := self._accepted(cell, above)) is not None:
                level = max(tolerance, aparts[cell])
                break
        return level, evenest, np.array([one <= level for one in aparts])

    def _accepted(self, cell: int, above: Sequence[Array]) -> Blend | None:
        """Return a package of a cell that nobody refuses."""
        corners = np.stack([own[self.cells[cell]] for own in above])
        accepted = np.flatnonzero((corners >= 0).all(axis=0))
        if len(accepted):
            return Blend((self.cells[cell][int(accepted[0])],), (1,), 1)
        if (corners < 0).all(axis=1).any():
            return None
        value, found, _ = self._solve(0, cell, above)
        return found if value >= 0 else None

    def beside(self, members: Members) -> Iterator[Members]:
        """Yield the members that differ a small step in one side."""
        for n, shape in enumerate(self.shapes):
            for member in chain(shape.beside(members[n]), shape.shifted(members[n])):
                yield (*members[:n], member, *members[n + 1 :])

    def _above_of(self, members: Members, outcome: Outcome) -> list[Fraction] | None:
        """Return what a package gives each side; None: some side or a rule refuses it."""
        above = self.gained(members, outcome)
        return above if min(above) >= 0 and self.allowed(outcome) else None

    def gained(self, members: Members, outcome: Outcome) -> list[Fraction]:
        """Return what a package gives each side, allowed or not."""
        above: list[Fraction] = []
        for n in range(len(self.sides)):
            row = self.row(n, outcome)
            numbers = self._numbers(members[n]) if n < len(self.hidden) else ()
            worth = sum(p * x for p, x in zip(row.numbers, numbers, strict=True)) + row.fixed
            above.append(Fraction(worth, row.parts))
        return above

    def counts(self, members: Members, outcome: Outcome) -> bool:
        """Tell whether a package is as even in groups as counts."""
        look = self.look(members)
        return self._apart(look.uneven, self._lots.at(outcome)) <= look.level

    def _numbers(self, member: Member) -> list[int]:
        step, other = self._steps
        levels = (level * step for own in member.levels for level in own)
        return [member.walk_away * other, *levels]

    def above(self, members: Members) -> list[Array]:
        """Return what each corner gives each side."""
        first = len(self.hidden)
        own = [t @ np.array(self._numbers(m), dtype=np.int64)
               for t, m in zip(self._tables[:first], members, strict=True)]  # fmt: skip
        return [*own, *self._fixed[first:]]

    def _most(
        self, n: int, above: Sequence[Array], kept: Array
    ) -> tuple[Fraction, Blend | None, Proofs]:
        """Return the most that a side can gain in cells that are kept, by which blend, and what
        proves it."""
        corners = np.stack(above)
        best, blend = Fraction(0), None
        counts: Array = np.array(self._pool[n], dtype=object)
        largest = self._largest(counts, corners)
        while True:
            proven = proves(counts[:, n], largest, best) | ~kept
            missing = np.flatnonzero(~proven.any(axis=0))
            if not len(missing):
                return best, blend, (self._pool[n], proven)
            likely = near(counts[:, n], largest[:, missing])
            value, found, multipliers = self._solve(n, int(missing[np.argmax(likely)]), above)
            if multipliers not in self._pool[n]:
                self._pool[n] = [*self._pool[n], multipliers]
                counts = np.array(self._pool[n], dtype=object)
                largest = np.concatenate([largest, self._largest(counts[-1:], corners)])
            if value > best:
                best, blend = value, found

    def _largest(self, counts: Array, corners: Array) -> Array:
        """Return the most that a corner of each cell counts, by some multipliers each."""
        if fits_int64(int(abs(counts).max()) * sum(self.sizes)):
            counts = counts.astype(np.int64)
        else:
            corners = corners.astype(object)
        return np.maximum.reduceat(counts @ corners, self._first, axis=1)

    def _solve(
        self, n: int, cell: int, above: Sequence[Array]
    ) -> tuple[Fraction, Blend | None, Multipliers]:
        """Return the most that a side gets in a cell, by which blend, and what proves it.

        No blend: nothing there is possible.
        """
        others = [k for k in range(len(above)) if k != n]
        columns = [
            ((0, 1), *((r, int(above[k][v])) for r, k in enumerate(others, 1) if above[k][v]))
            for v in self.cells[cell]
        ]
        slack = [((r, -1),) for r in range(1, len(others) + 1)]
        objective = [int(above[n][v]) for v in self.cells[cell]]
        program = Program(
            [*columns, *slack], [*objective, *(0 for _ in slack)], [1, *(0 for _ in slack)]
        )
        answer = solve(program)
        counts = [Fraction(0)] * len(above)
        for k, one in zip(others, answer.multipliers[1:], strict=True):
            counts[k] = -one
        if isinstance(answer, Impossible):
            return Fraction(0), None, whole(counts)
        counts[n] = Fraction(1)
        return answer.value, mixed(self.cells[cell], answer.parts), whole(counts)

    def _rows(self, n: int) -> list[Row]:
        """Return what each corner gives a side, all on one scale."""
        rows = list[tuple[list[Fraction], Fraction]]()
        for corner in self.corners:
            if n < len(self.hidden):
                parts = self._parts(n, corner)
                own = [parts.get(a, Fraction(0)) for a in self.shapes[n].numbers]
                rows.append((own, Fraction(0)))
            else:
                rows.append(([], self._gain(n, corner)))
        whole = self.alone[n].scale
        return [Row(tuple(int(x * whole) for x in own), int(f * whole), 1) for own, f in rows]

    def _parts(self, n: int, outcome: Outcome) -> dict[Answer, Fraction]:
        found: dict[Answer, Fraction] = {WALK_AWAY: Fraction(-1)}
        for issue in self.dispute.issues:
            for answer, part in parts_of(self.dispute, self.hidden[n], issue, outcome[issue.id]):
                found[answer] = found.get(answer, Fraction(0)) + part
        return found

    def _gain(self, n: int, outcome: Outcome) -> Fraction:
        party = self.sides[n]
        return self.dispute.utility(party, outcome) - self.dispute.walk_away(party)

    def _pools(self, count: int) -> list[list[Multipliers]]:
        """Return for each side multipliers to begin with: each of so many alone, its own first."""
        alone = [tuple(int(k == n) for k in range(count)) for n in range(count)]
        sides = range(len(self.sides))
        return [[alone[n], *(one for k, one in enumerate(alone) if k != n)] for n in sides]

    def _largest_of(self, n: int, whole: int, of: Callable[[Iterable[int]], int]) -> int:
        """Return what a of a side cannot exceed, or half of what its size cannot, at any corner."""
        if n >= len(self.hidden):
            return max(1, of(row.fixed for row in self.rows[n]))
        return whole * max(1, *(of(row.numbers) for row in self.rows[n]))


def _size(numbers: Iterable[int]) -> int:
    return max(map(abs, numbers))


def _reduced(row: Row) -> Row:
    common = gcd(row.parts, row.fixed, *row.numbers)
    numbers = tuple(one // common for one in row.numbers)
    return Row(numbers, row.fixed // common, row.parts // common)


__all__ = ["Blends"]
