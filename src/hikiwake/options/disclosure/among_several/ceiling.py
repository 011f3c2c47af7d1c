"""That nothing gives a side more than its most, and in which cell that lies: a model for CP-SAT.

What multipliers count is a sum over issues, so in a cell it is largest where each issue by itself
counts most: at a corner of each piece. So they say of all cells at once, in one condition, that
nothing in that cell gives more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from typing import Any

from hikiwake.model import Condition
from hikiwake.options.disclosure.among_several.alone import Row
from hikiwake.options.disclosure.among_several.blends import Blends, Multipliers
from hikiwake.options.disclosure.among_several.evenly import Evenness


class Ceiling:
    """A cell that is as even as counts; ``_at`` is which piece of each issue it has.

    ``numbers`` are those of which each side, and each condition, is made.
    """

    def __init__(
        self, cp: Any, blends: Blends, numbers: Sequence[Sequence[Any]], evenly: Evenness
    ) -> None:
        self._cp, self._blends, self._numbers = cp, blends, numbers
        self._at = [[cp.new_bool_var("") for _ in pieces] for pieces in blends.pieces]
        for own in self._at:
            cp.add_exactly_one(own)
        if len(blends.places) < prod(map(len, self._at)):
            rows = (zip(self._at, place, strict=True) for place in blends.places)
            chosen = [[int(k == p) for own, p in row for k in range(len(own))] for row in rows]
            cp.add_allowed_assignments([one for own in self._at for one in own], chosen)
        evenly.keep([(issue.id, piece.inner, at) for issue, piece, at in self._pieces()])
        self._whole: dict[int, Any] = {}

    def largest(self, counts: Multipliers) -> Iterator[tuple[Any, list[Any]]]:
        """Yield all that is counted at a corner, for each with literals that can hold: then it is
        no more than that. Of one of these they do."""
        sides = [n for n, count in enumerate(counts) if count]
        total = sum(counts[n] * self._of_whole(n) for n in sides)
        divided = [i for i, own in enumerate(self._blends.pieces) if own[0].ends]
        for i in divided[:-1]:
            size = sum(c * most for c, most in zip(counts, self._blends.counted_sizes, strict=True))
            most = self._cp.new_int_var(-size, size, "")
            for worth, literal in self._corners(i, counts):
                self._cp.add(most <= worth).only_enforce_if(literal)
            total += most
        if not divided:
            yield total, []
            return
        for worth, literal in self._corners(divided[-1], counts):
            yield total + worth, [literal]

    def _corners(self, i: int, counts: Multipliers) -> list[tuple[Any, Any]]:
        """Return what a divided issue counts at its corners, each with a literal; one holds."""
        issue, found = self._blends.dispute.issues[i], list[tuple[Any, Any]]()
        for piece, at in zip(self._blends.pieces[i], self._at[i], strict=True):
            rows = dict.fromkeys(self._counted(counts, issue, value) for value in piece.corners)
            for row in rows:
                found.append((self._sum(row), literal := self._cp.new_bool_var("")))
                self._cp.add_implication(literal, at)
        self._cp.add_bool_or([literal for _, literal in found])
        return found

    def _counted(self, counts: Multipliers, issue: Any, value: Any) -> tuple[Row, ...]:
        rows = (own.worth(issue, value) for own in self._blends.alone)
        pairs = zip(counts, rows, strict=True)
        return tuple(Row(tuple(c * x for x in row.numbers), c * row.fixed, 1) for c, row in pairs)

    def _sum(self, rows: Sequence[Row]) -> Any:
        return sum(self._worth(n, row) for n, row in enumerate(rows))

    def _worth(self, n: int, row: Row) -> Any:
        """Return what an issue gives a side, or adds to a condition."""
        pairs = zip(row.numbers, self._numbers[n], strict=True)
        return row.fixed + sum(part * number for part, number in pairs if part)

    def _of_whole(self, n: int) -> Any:
        """Return what all that is decided whole gives a side beyond its walk-away value."""
        if n not in self._whole:
            self._whole[n] = self._unknown(n) if self._numbers[n] else self._known(n)
        return self._whole[n]

    def _known(self, n: int) -> Any:
        own = self._blends.alone[n]
        total: Any = sum(
            own.worth(issue, piece.inner).fixed * literal
            for issue, piece, literal in self._pieces()
        )
        bonuses = sum(row.fixed * self._holds(when) for row, when in own.bonuses)
        return total + own.always.fixed + bonuses

    def _unknown(self, n: int) -> Any:
        own, each, size = self._blends.alone[n], dict[str, Any](), self._blends.counted_sizes[n]
        for issue, piece, literal in self._pieces():
            row = own.worth(issue, piece.inner)
            if issue.id not in each:
                least = 0 if n < len(self._blends.hidden) else -size
                each[issue.id] = self._cp.new_int_var(least, size, "")
            self._cp.add(each[issue.id] == self._worth(n, row)).only_enforce_if(literal)
        bonuses: list[Any] = []
        for row, when in own.bonuses:
            bonuses.append(bonus := self._cp.new_int_var(-size, size, ""))
            holds = self._holds(when)
            self._cp.add(bonus == self._worth(n, row)).only_enforce_if(holds)
            self._cp.add(bonus == 0).only_enforce_if(~holds)
        return sum(each.values()) + sum(bonuses) + self._worth(n, own.always)

    def _pieces(self) -> Iterator[tuple[Any, Any, Any]]:
        """Yield each decision of whole issues, with what holds where it is taken."""
        each = zip(self._blends.dispute.issues, self._blends.pieces, self._at, strict=True)
        for issue, pieces, literals in each:
            for piece, literal in zip(pieces, literals, strict=True):
                if not piece.ends:
                    yield issue, piece, literal

    def _holds(self, condition: Condition) -> Any:
        """Return a literal that holds just if a combination of whole issues does."""
        against = [
            literal
            for issue, piece, literal in self._pieces()
            if issue.id in condition.tests and not condition.tests[issue.id].holds(piece.inner)
        ]
        holds = self._cp.new_bool_var("")
        self._cp.add_bool_or([holds, *against])
        for literal in against:
            self._cp.add_implication(holds, ~literal)
        return holds


__all__ = ["Ceiling"]
