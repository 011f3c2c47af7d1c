"""What one member of a grid would be told where something inside a group is divided, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import lcm
from typing import Any

import numpy as np

from hikiwake.findings.talks import Talks, Word
from hikiwake.model import WALK_AWAY, Answer, Outcome, Preference
from hikiwake.options.disclosure.between_two.measured import Measured, Ranges
from hikiwake.options.disclosure.hidden.unknowns import numbers_of
from hikiwake.options.disclosure.within_groups.mixtures import Best, Form, Mixtures, Weights
from hikiwake.options.disclosure.within_groups.space import Row, Space, worth
from hikiwake.solvers.programs import Optimum, Program, solve

Limits = Sequence[Fraction]  # for each group, how far G may be from x·M


@dataclass(frozen=True, slots=True)
class Proof:
    """Multipliers: of a, of what a package is worth, and of each group from below and above."""

    known: Fraction
    worth: Fraction
    groups: tuple[Fraction, ...]


class Tables:
    """What is at all corners, whatever is hidden."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.mixtures = Mixtures(space.first, len(space.vertices))
        self.gained = _scaled([space.gain(corner) for corner in space.vertices])
        self._names = [*space.answers, *(issue.id for issue in space.dispute.issues)]
        self._worth = self._rows([space.row(corner) for corner in space.vertices])
        self._aparts = [
            self._rows([space.apart(group, corner) for corner in space.vertices])
            for group in range(len(space.stakes))
        ]

    def at(self, numbers: Mapping[Answer, Fraction]) -> At:
        """Return what is there with some numbers of the hidden side."""
        own = self.space.numbers(numbers)
        column = [own[name] for name in self._names]
        scale = lcm(*(number.denominator for number in column))
        whole = np.array([int(number * scale) for number in column], dtype=object)
        worths, *aparts = (
            Form(_small(rows @ whole), times * scale) for rows, times in (self._worth, *self._aparts)
        )
        mosts = [worth(self.space.best_of(n), own) for n in range(len(aparts))]
        return At(self, worths, aparts, mosts, numbers[WALK_AWAY])

    def _rows(self, rows: Sequence[Row]) -> tuple[Any, int]:
        scale = lcm(*(part.denominator for row in rows for part in row.values()))
        numbers = [[int(row.get(name, 0) * scale) for name in self._names] for row in rows]
        return np.array(numbers, dtype=object), scale


@dataclass(frozen=True, slots=True)
class At:
    """How things stand with one member: what all corners are worth, G - x·M there, and M."""

    tables: Tables
    worths: Form
    aparts: list[Form]
    mosts: list[Fraction]
    walk_away: Fraction

    def most_known(self, limits: Limits, least: Fraction) -> Best | None:
        """Return the most of a where a package is worth so much, or more."""
        kept = [self.worths.less(least), *self._even(limits)]
        return self.tables.mixtures.best("known", self.tables.gained, kept)

    def most_hidden(self, limits: Limits, least: Fraction) -> Best | None:
        """Return the most that a package is worth where a is so much, or more."""
        kept = [self.tables.gained.less(least), *self._even(limits)]
        return self.tables.mixtures.best("hidden", self.worths, kept)

    def outcome(self, best: Best) -> Outcome:
        """Return a package that was found."""
        return self.tables.space.mixed(best.cell, best.weights)

    def refuted(
        self, limits: Limits, a: tuple[Fraction, bool], b: tuple[Fraction, bool]
    ) -> list[Proof] | None:
        """Return what proves that no package has a and is worth so much; with True more than that.

        None: some package has. Only one of both can be meant to be more.
        """
        even = self._even(limits)
        if a[1]:
            kept = [self.worths.less(b[0]), *even]
            found = self.tables.mixtures.proofs("known", self.tables.gained, kept, *a)
            return found and [Proof(w[0], w[1], w[2:]) for w in found]
        kept = [self.tables.gained.less(a[0]), *even]
        found = self.tables.mixtures.proofs("hidden", self.worths, kept, *b)
        return found and [Proof(w[1], w[0], w[2:]) for w in found]

    def evenest(self) -> tuple[Fraction, Outcome] | None:
        """Return how uneven the most even package is that both accept, and it."""
        gained, over = self.tables.gained, self.worths.less(self.walk_away)
        best: tuple[Fraction, Outcome] | None = None
        first = [*self.tables.space.first, len(self.tables.space.vertices)]
        for cell in range(len(first) - 1):
            corners = range(first[cell], first[cell + 1])
            if max(gained.numbers[v] for v in corners) < 0 or max(over.numbers[v] for v in corners) < 0:
                continue
            found = self._evenest_in(corners, (gained, over))
            if found is not None and (best is None or found[0] < best[0]):
                best = found[0], self.tables.space.mixed(cell, found[1])
        return best

    def _evenest_in(
        self, corners: range, kept: Sequence[Form]
    ) -> tuple[Fraction, dict[int, Fraction]] | None:
        rows = [form.numbers for form in kept]
        level = [0] * len(rows)
        for apart, most in zip(self.aparts, self.mosts, strict=True):
            if most:
                whole = most * apart.scale
                rows += [apart.numbers * whole.denominator, -apart.numbers * whole.denominator]
                level += [whole.numerator] * 2
        columns = [
            ((0, 1), *((r, int(own[v])) for r, own in enumerate(rows, 1) if own[v]))
            for v in corners
        ]
        slack = [((r, -1),) for r in range(1, len(rows) + 1)]
        least = tuple((r, own) for r, own in enumerate(level, 1) if own)
        objective = [0] * len(columns) + [-1] + [0] * len(slack)
        answer = solve(Program([*columns, least, *slack], objective, [1] + [0] * len(slack)))
        if not isinstance(answer, Optimum):
            return None
        parts = {corners[j]: part for j, part in answer.parts.items() if j < len(columns)}
        return -answer.value, parts

    def _even(self, limits: Limits) -> list[Form]:
        return [
            own.less(-limit)
            for apart, limit in zip(self.aparts, limits, strict=True)
            for own in (-apart, apart)
        ]


class Looked(Measured):
    """The members of a hidden side, each measured at all corners of all cells."""

    def __init__(self, space: Space) -> None:
        self.worths = self.corners = space
        self._tolerance = space.dispute.tolerance
        self._tables = Tables(space)

    def at(self, member: Preference) -> At:
        """Return how things stand with a member."""
        if member not in self._stands:
            self._stands[member] = self._tables.at(numbers_of(self.corners.dispute, member))
        return self._stands[member]

    def uneven(self, member: Preference, outcome: Outcome) -> Fraction:
        """Return how uneven a package is in the group where it is least even."""
        at, found = self.at(member), [Fraction(0)]
        numbers = self.corners.numbers(numbers_of(self.corners.dispute, member))
        for group, most in enumerate(at.mosts):
            if most:
                found.append(abs(worth(self.corners.apart(group, outcome), numbers)) / most)
        return max(found)

    def _most(self, member: Preference) -> Ranges:
        at, level = self.at(member), self._tolerance
        limits = [level * most for most in at.mosts]
        found = at.most_hidden(limits, Fraction(0))
        if found is None or found.value < at.walk_away:
            evenest = at.evenest()
            if evenest is None:
                return Ranges(Fraction(-1), Fraction(-1), level)
            level = evenest[0]
            limits = [level * most for most in at.mosts]
            found = at.most_hidden(limits, Fraction(0))
        known = at.most_known(limits, at.walk_away)
        assert found is not None
        assert known is not None
        return Ranges(known.value, found.value - at.walk_away, level)

    @cached_property
    def _stands(self) -> dict[Preference, At]:
        return {}


def _scaled(values: Sequence[Fraction]) -> Form:
    scale = lcm(*(value.denominator for value in values))
    return Form(_small(np.array([int(value * scale) for value in values], dtype=object)), scale)


def _small(numbers: Any) -> Any:
    """Return numbers in 64 bits if they are small."""
    return numbers.astype(np.int64) if abs(numbers).max(initial=0) < 2**40 else numbers


__all__ = ["At", "Limits", "Looked", "Proof"]
