"""All packages of a dispute in a table: what they give those sides whose preferences are known.

Notation: numbers are whole, each side's on a scale of its own. ``above`` is what a package gives a
known side beyond its walk-away value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import lcm, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.model import Amount, Condition, Dispute, Outcome
from hikiwake.numeric import fits_int64

MAX_PACKAGES = 4_000_000
MAX_HUGE = 100_000  # of them, where points need more than 64 bits

Array = NDArray[Any]
Ways = Sequence[Sequence[Any]]  # the decisions of each issue


def fits_table(ways: Ways) -> bool:
    """Tell whether everything is decided whole, in few enough ways."""
    return all(ways) and prod(map(len, ways)) <= MAX_PACKAGES


class Allowed:
    """Every package that public rules and the known sides allow, whatever the others want.

    ``tables`` have, for each known side, what every package gives it, by the option of each issue;
    below 0: it is not allowed. ``columns`` and ``above`` hold the allowed ones alone, in rows.
    ``too_huge`` tells that these are too many for numbers of more than 64 bits.
    """

    def __init__(self, dispute: Dispute, known: Sequence[str], ways: Ways) -> None:
        self._dispute, self._known, self._ways = dispute, known, ways
        self.sizes = tuple(len(values) for values in ways)
        allowed = np.ones(self.sizes, dtype=bool)
        for condition in self._conditions():
            allowed &= ~self._where(condition)
        worths = [self._worths(party) for party in known]
        huge = any(own.dtype == object for own in worths)
        self.too_huge = huge and prod(self.sizes) > MAX_HUGE
        above: list[Array] = []
        for party, own in zip(known, worths, strict=True):
            above.append(own - int(dispute.walk_away(party) * self.scale(party)))
            allowed &= above[-1] >= 0
        self._flat = np.flatnonzero(allowed)
        self.columns: list[Array] = [
            column.astype(np.int16) for column in np.unravel_index(self._flat, self.sizes)
        ]
        self.above: list[Array] = [self.rows(own) for own in above]
        self.tables: list[Array] = [np.where(allowed, own, -1) for own in above]
        self._place: dict[Outcome, int | None] = {}

    def rows(self, table: Array) -> Array:
        """Return what a table of every package says of the allowed ones."""
        return table.reshape(-1)[self._flat]

    def option(self, outcome: Outcome) -> tuple[int, ...]:
        """Return the option of each issue in a package."""
        issues = zip(self._dispute.issues, self._ways, strict=True)
        return tuple(values.index(outcome[issue.id]) for issue, values in issues)

    def place(self, outcome: Outcome) -> int | None:
        """Return the row of a package; None where it is not allowed."""
        if outcome not in self._place:
            flat = np.ravel_multi_index(self.option(outcome), self.sizes)
            row = int(np.searchsorted(self._flat, flat))
            there = row < len(self._flat) and self._flat[row] == flat
            self._place[outcome] = row if there else None
        return self._place[outcome]

    def column(self, party: str, n: int) -> Array:
        """Return what each decision of an issue is worth to a known side, scaled."""
        points = self._dispute.preferences[party].points.get(self._dispute.issues[n].id)
        scale = self.scale(party)
        worths = [0 if points is None else points.value(party, v) * scale for v in self._ways[n]]
        return np.array([int(worth) for worth in worths], dtype=object)

    def scale(self, party: str) -> int:
        """Return by what a known side's points are multiplied to be whole."""
        if party not in self._scales:
            own = self._dispute.preferences[party]
            numbers = [*own.answers().values(), self._dispute.walk_away(party)]
            for issue, values in zip(self._dispute.issues, self._ways, strict=True):
                if issue.id in own.points and isinstance(issue, Amount):
                    numbers += [own.points[issue.id].value(party, value) for value in values]
            self._scales[party] = lcm(*(number.denominator for number in numbers))
        return self._scales[party]

    @cached_property
    def _scales(self) -> dict[str, int]:
        return {}

    def _worths(self, party: str) -> Array:
        """Return what every package is worth to a known side, scaled."""
        columns = [self.column(party, n) for n in range(len(self.sizes))]
        own = self._dispute.preferences[party]
        largest = sum(int(abs(column).max()) for column in columns)
        largest += sum(abs(int(bonus.points * self.scale(party))) for bonus in own.bonuses)
        total = np.zeros(self.sizes, dtype=np.int64 if fits_int64(largest) else object)
        for n, column in enumerate(columns):
            total += self._along(column.astype(total.dtype), n)
        for bonus in own.bonuses:
            total += int(bonus.points * self.scale(party)) * self._where(bonus.when)
        return total

    def _conditions(self) -> Iterator[Condition]:
        yield from (rule.never for rule in self._dispute.rules)
        for party in self._known:
            yield from (line.never for line in self._dispute.preferences[party].red_lines)

    def options(self, condition: Condition) -> dict[int, Array]:
        """Return which options of each issue that it names pass a condition."""
        return {
            n: np.array([condition.tests[issue.id].holds(v) for v in values], dtype=bool)
            for n, (issue, values) in enumerate(zip(self._dispute.issues, self._ways, strict=True))
            if issue.id in condition.tests
        }

    def met(self, condition: Condition, issues: Sequence[int]) -> Array:
        """Return for which ways to decide some issues a combination of these holds."""
        holds: Array = np.ones((1,) * len(issues), dtype=bool)
        for n, own in self.options(condition).items():
            shape = [1] * len(issues)
            shape[issues.index(n)] = len(own)
            holds = holds & own.reshape(shape)
        return holds

    def _where(self, condition: Condition) -> Array:
        """Return for which of all packages a combination holds."""
        return self.met(condition, range(len(self.sizes)))

    def _along(self, values: Array, n: int) -> Array:
        shape = [1] * len(self.sizes)
        shape[n] = len(values)
        return values.reshape(shape)


__all__ = ["Allowed", "Ways", "fits_table"]
