"""What one member of a grid would be told where something inside a group is divided, exactly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import lcm

import numpy as np

from hikiwake.model import WALK_AWAY, Answer, Outcome, Preference
from hikiwake.options.disclosure.between_two.measured import Measured, Ranges
from hikiwake.options.disclosure.hidden.unknowns import numbers_of
from hikiwake.options.disclosure.within_groups.mixtures import Best, Form, Mixtures
from hikiwake.options.disclosure.within_groups.space import Space, worth

Limits = Sequence[Fraction]  # for each group, how far G may be from x·M


@dataclass(frozen=True, slots=True)
class Proof:
    """Multipliers: of a, of what a package is worth, and of each group from below and above."""

    known: Fraction
    worth: Fraction
    groups: tuple[Fraction, ...]


class Tables:
    """What all values of all issues are worth, whatever is hidden."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.mixtures = Mixtures(space.pieces, space.cells)
        part = [*space.pieces, [(0, 1)]], [(*cell, 0) for cell in space.cells]
        self.levels = Mixtures(*part)  # with how uneven a package is as one more issue
        bonuses = self._bonuses(range(len(space.bonuses)))
        self._inside = [
            [points / stake.extent for points in self._bonuses(stake.bonuses)]
            for stake in space.stakes
        ]
        walk_away = space.dispute.walk_away(space.known)
        points = [[space.points(n, v) for v in own] for n, own in enumerate(space.values)]
        scale = lcm(
            walk_away.denominator, *(x.denominator for own in (*points, bonuses) for x in own)
        )
        self.gained = Form(
            [[int(x * scale) for x in own] for own in points],
            np.array([int(x * scale) for x in bonuses], dtype=object),
            -int(walk_away * scale),
            scale,
        )

        self.nothing = self._form([[Fraction(0) for _ in own] for own in space.values])

    def at(self, numbers: Mapping[Answer, Fraction]) -> At:
        """Return what is there with some numbers of the hidden side."""
        space, own = self.space, self.space.numbers(numbers)
        values = list(enumerate(space.values))
        worths = self._form([[worth(space.row_of(n, v), own) for v in vs] for n, vs in values])
        mosts = [worth(space.most_of(group), own) for group in range(len(space.stakes))]
        aparts = [
            self._form(
                [[worth(space.apart_of(group, n, v), own) for v in vs] for n, vs in values],
                worth(space.apart_at_first(group), own),
                [-part * most for part in self._inside[group]],
            )
            for group, most in enumerate(mosts)
        ]
        return At(self, worths, aparts, mosts, numbers[WALK_AWAY])

    def _form(
        self,
        columns: list[list[Fraction]],
        fixed: Fraction = Fraction(0),
        cells: Sequence[Fraction] = (),
    ) -> Form:
        each = cells or [Fraction(0) for _ in self.space.cells]
        every = chain([fixed], *columns, each)
        scale = lcm(*(x.denominator for x in every))
        whole = [[int(x * scale) for x in column] for column in columns]
        in_cells = np.array([int(x * scale) for x in each], dtype=object)
        return Form(whole, in_cells, int(fixed * scale), scale)

    def _bonuses(self, some: Iterable[int]) -> list[Fraction]:
        """Return some of the known side's bonuses in each cell, all together."""
        found = [Fraction(0) for _ in self.space.cells]
        for points, met in (self.space.bonuses[k] for k in some):
            for n, cell in enumerate(self.space.cells):
                if all(own[k] for own, k in zip(met, cell, strict=True)):
                    found[n] += points
        return found


@dataclass(frozen=True, slots=True)
class At:
    """How things stand with one member: what is worth how much, G - x·M, and M."""

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
        return self.tables.space.mixed(best.weights)

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
            return None if found is None else [Proof(w[0], w[1], w[2:]) for w in found]
        kept = [self.tables.gained.less(a[0]), *even]
        found = self.tables.mixtures.proofs("hidden", self.worths, kept, *b)
        return None if found is None else [Proof(w[1], w[0], w[2:]) for w in found]

    def evenest(self) -> tuple[Fraction, Outcome] | None:
        """Return how uneven the most even package is that both accept, and it."""
        nothing = Fraction(0)
        kept = [self.tables.gained.along(nothing), self.worths.less(self.walk_away).along(nothing)]
        for apart, most in zip(self.aparts, self.mosts, strict=True):
            kept += [apart.along(most), (-apart).along(most)]
        level = self.tables.nothing.along(Fraction(-1))
        found = self.tables.levels.best("level", level, kept)
        return found and (-found.value, self.tables.space.mixed(found.weights[:-1]))

    def _even(self, limits: Limits) -> list[Form]:
        return [
            own.less(-limit)
            for apart, limit in zip(self.aparts, limits, strict=True)
            for own in (-apart, apart)
        ]


class Looked(Measured):
    """The members of a hidden side, each measured in all cells."""

    def __init__(self, space: Space) -> None:
        super().__init__(space)
        self._tables = Tables(space)
        self._stands: dict[Preference, At] = {}

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


__all__ = ["At", "Limits", "Looked", "Proof"]
