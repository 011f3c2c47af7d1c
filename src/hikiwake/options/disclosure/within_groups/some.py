"""That some package is worth enough, in a model for CP-SAT, as far as proofs of the contrary told.

Where the package lies is chosen: a piece for each issue. A proof says of a member that no package
anywhere is worth enough, for weighed by its multipliers what a package has is too little at every
corner. To others it says that the package has to lie where, so weighed, some corner has enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Any

from hikiwake.model import Value
from hikiwake.options.disclosure.hidden.inside import Row
from hikiwake.options.disclosure.hidden.unknowns import Unknowns
from hikiwake.options.disclosure.within_groups.level import Even
from hikiwake.options.disclosure.within_groups.looked import Proof
from hikiwake.options.disclosure.within_groups.space import Space, summed

Sum = tuple[Fraction, Row]  # something fixed, and how much of each number


class Place:
    """Where a package lies, and what proofs say of it."""

    def __init__(self, cp: Any, space: Space, hidden: Unknowns, even: Even) -> None:
        self._cp, self._space, self._hidden, self._even = cp, space, hidden, even
        self._at = [[cp.new_bool_var("") for _ in own] for own in space.pieces]
        for own in self._at:
            cp.add_exactly_one(own)
        if not space.whole:
            self._only(sorted(set(space.cells)))
        self._bonuses = [(points, self._holds(met)) for points, met in space.bonuses]
        self._inside = [list(self._bonuses_in(group)) for group in range(len(space.stakes))]

    def heed(
        self, least: tuple[Fraction, bool], most: tuple[Any, int], above: bool, proof: Proof
    ) -> bool:
        """Add that it does not lie where there is too little by a proof, if that can be counted."""
        space, (bound, times) = self._space, most
        unit = self._hidden.unit
        fixed = -proof.known * (least[0] + space.dispute.walk_away(space.known)) / unit
        rows: list[tuple[Row, Fraction]] = []
        inner: list[tuple[Fraction, Any]] = []
        for group, (one, other) in enumerate(_pairs(proof)):
            rows.append((self._even.limits[group], one + other))
            rows.append((space.apart_at_first(group), other - one))
            inner += [((one - other) * part, own) for part, own in self._inside[group]]
        row = summed(*rows)
        columns = [
            [[self._part(n, space.values[n][k], proof) for k in piece] for piece in own]
            for n, own in enumerate(space.pieces)
        ]
        bonuses = [(proof.known * points / unit, literal) for points, literal in self._bonuses]
        limit = proof.worth / times
        sums = [(fixed, row), *(one for own in columns for piece in own for one in piece)]
        scale = lcm(limit.denominator, *(part.denominator for part, _ in (*bonuses, *inner)))
        scale = lcm(scale, *(one[0].denominator for one in sums))
        scale = lcm(scale, *(part.denominator for _, own in sums for part in own.values()))
        if not all(self._even.fits(own, scale, one) for one, own in sums):
            return False
        total = self._sum((fixed, row), scale) - int(limit * scale) * bound
        total += sum(int(part * scale) * own for part, own in (*bonuses, *inner))
        total += sum(self._most(n, own, scale) for n, own in enumerate(columns))
        beyond = (above and proof.worth > 0) or (least[1] and proof.known > 0)
        self._cp.add(total >= (1 if beyond else 0))
        return True

    def _part(self, n: int, value: Value, proof: Proof) -> Sum:
        """Return what a decision of an issue counts, weighed."""
        space = self._space
        rows = [(space.row_of(n, value), proof.worth)]
        for group, (one, other) in enumerate(_pairs(proof)):
            rows.append((space.apart_of(group, n, value), other - one))
        return proof.known * space.points(n, value) / self._hidden.unit, summed(*rows)

    def _most(self, n: int, column: Sequence[Sequence[Sum]], scale: int) -> Any:
        """Return what an issue counts at the most where it lies."""
        ends = [[self._sum(one, scale) for one in piece] for piece in column]
        if len(ends) == 1 and len(ends[0]) == 1:
            return ends[0][0]
        if not any(fixed or row for piece in column for fixed, row in piece):
            return 0
        size = max(abs(fixed) + self._even.size(row) for piece in column for fixed, row in piece)
        most = self._cp.new_int_var(-int(size * scale) - 1, int(size * scale) + 1, "")
        for at, piece in zip(self._at[n], ends, strict=True):
            if len(piece) == 1:
                self._cp.add(most <= piece[0]).only_enforce_if(at)
                continue
            ways = [self._cp.new_bool_var("") for _ in piece]
            self._cp.add_bool_or([~at, *ways])
            for way, end in zip(ways, piece, strict=True):
                self._cp.add(most <= end).only_enforce_if([at, way])
        return most

    def _sum(self, own: Sum, scale: int) -> Any:
        return int(own[0] * scale) + self._even.sum(own[1], scale)

    def _bonuses_in(self, group: int) -> Iterator[tuple[Fraction, Any]]:
        """Yield what the known side's bonuses inside a group are of the most that it could get
        there, ÷ parts, and M of the hidden side, times as many, or 0 where a bonus is not given."""
        stake = self._space.stakes[group]
        top = self._hidden.total * stake.inside.parts
        for points, literal in (self._bonuses[k] for k in stake.bonuses):
            most = self._cp.new_int_var(0, top, "")
            self._cp.add(most == self._even.most(group)).only_enforce_if(literal)
            self._cp.add(most == 0).only_enforce_if(~literal)
            yield points / stake.extent / stake.inside.parts, most

    def _only(self, cells: Sequence[tuple[int, ...]]) -> None:
        numbers: list[Any] = []
        for own in self._at:
            numbers.append(number := self._cp.new_int_var(0, len(own) - 1, ""))
            for k, literal in enumerate(own):
                self._cp.add(number == k).only_enforce_if(literal)
        self._cp.add_allowed_assignments(numbers, cells)

    def _holds(self, met: Sequence[Sequence[bool]]) -> Any:
        """Return a literal that holds just where all pieces meet a condition."""
        pairs = zip(self._at, met, strict=True)
        against = [at for own, kept in pairs for at, one in zip(own, kept, strict=True) if not one]
        literal = self._cp.new_bool_var("")
        self._cp.add_bool_or([literal, *against])
        for one in against:
            self._cp.add_implication(one, ~literal)
        return literal


def _pairs(proof: Proof) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield for each group what its multipliers from below and from above are."""
    yield from zip(proof.groups[::2], proof.groups[1::2], strict=True)


@dataclass(slots=True)
class Some:
    """That a package gives the known side ``least``, or with True more, and is worth ``most``, in
    so many parts; with ``above`` more than that. ``held`` is what the model last found as that."""

    least: tuple[Fraction, bool]
    place: Place
    most: tuple[Any, int]
    above: bool
    said: set[Proof] = field(default_factory=set[Proof])
    held: int = 0

    def heed(self, proof: Proof) -> bool:
        """Add what a proof says; false where that was done before, or cannot be."""
        if proof in self.said or not self.place.heed(self.least, self.most, self.above, proof):
            return False
        self.said.add(proof)
        return True


__all__ = ["Place", "Some"]
