"""One side that might misstate its points, what it could say, and what that would bring it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np

from hikiwake.numeric import wholes
from hikiwake.options.misstating.listed import whole
from hikiwake.options.tables import Array, Mask, answers


@dataclass(frozen=True, slots=True)
class Report:
    """How high each step is said to be, and what a package that climbs none is worth."""

    heights: tuple[Fraction, ...]
    start: Fraction


@dataclass(frozen=True)
class Case:
    """One side, and what it would have to know.

    There is a line for each package that keeps the rules and the side's own red lines. ``steps``
    holds what it climbs, ``heights`` how high each step truly is; ``own`` and ``others`` are points
    above walk-away values, as they are; ``open`` tells which keep the others' red lines.
    """

    steps: Array
    heights: tuple[Fraction, ...]
    own: Array
    others: Array
    open: Mask
    tolerance: Fraction
    price: Fraction

    @cached_property
    def lines(self) -> Array:
        """The packages that all truly accept."""
        return np.flatnonzero(self.open & (self.own >= 0) & (self.others >= 0).all(axis=1))

    @cached_property
    def gains(self) -> list[tuple[Fraction, ...]]:
        """What each of the others that can gain at all gains, package by package of ``lines``."""
        table = self.others[self.lines]
        tops = table.max(axis=0)
        pairs = [(int(top), table[:, i]) for i, top in enumerate(tops) if top > 0]
        return [tuple(Fraction(int(c[n]), top) for top, c in pairs) for n in range(len(table))]

    def reached(self, said: Array) -> int | None:
        """Return what the side truly gets if it reports ``said`` above its walk-away value.

        Where several packages are equally good by the rule, the choice is the parties' (H11): it
        is counted in the side's favour. None: there is no agreement.
        """
        known = np.flatnonzero(self.open)
        others = [self.others[known, i] for i in range(self.others.shape[1])]
        found = answers([said[known], *others], self.tolerance, self.price)
        return int(self.own[known][found].max()) if len(found) else None

    def said(self, report: Report) -> Array:
        """Return a report package by package, in whole numbers."""
        unit = lcm(report.start.denominator, *(h.denominator for h in report.heights))
        heights = np.array(wholes(report.heights, unit), dtype=object)
        return whole(list(self.steps.astype(object) @ heights + int(report.start * unit)))

    def truthful(self, said: Array) -> bool:
        """Tell whether a report refuses just what the side truly refuses."""
        return bool(((said >= 0) == (self.own >= 0)).all())
