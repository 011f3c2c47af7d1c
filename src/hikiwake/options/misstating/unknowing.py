"""What a side may expect if it knows nothing of the others: they are drawn at random.

Another side's points for every option of every issue are whole numbers from 0 to 100, each as
likely as any other and independent; what it has without an agreement is what a package drawn at
random from those that the rules allow is worth to it. Its red lines are not known: none are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from math import ceil, isqrt

import numpy as np

from hikiwake.findings.honesty import Prospect, Unknowing
from hikiwake.numeric import total
from hikiwake.options.misstating.case import Case
from hikiwake.options.misstating.listed import Listed
from hikiwake.options.tables import Array, answers_each

DRAWS = 100
MOST = 100
RAISED = tuple(Fraction(n, 8) for n in (0, 1, 2, 3, 4, 6))

_Z = Fraction(49, 25)  # 1.96: 95 % of a normal distribution

Gains = list[Fraction]
Drawn = tuple[Gains, Gains, int]  # true points on average, at the worst, and how often none


class Guessing:
    """One side among packages that it knows, and two halves of drawn others."""

    def __init__(self, table: Listed, place: int, case: Case, seed: int) -> None:
        self._case = case
        self._spots = table.places[table.allowed[place]]
        self._sizes = [len(ways) for ways in table.ways]
        self._others = len(table.dispute.parties) - 1
        self._random = np.random.default_rng([seed, place])

    def prospect(self, said: Array, ideal: int) -> Prospect:
        """Return what a report, package by package, comes to; gains in parts of ``ideal``."""
        return prospect_of(self._gained(said, self._second), ideal)

    def unknowing(self, ideal: int) -> Unknowing:
        """Return what the truth comes to, and the misstatement that did best before."""
        ways = list(self._ways())
        first = [total(self._gained(way, self._first)[0]) for way in ways]
        best = ways[max(range(len(ways)), key=lambda n: (first[n], -n))]
        truth, other = (self._gained(way, self._second) for way in (ways[0], best))
        more = [b - a for a, b in zip(truth[0], other[0], strict=True)]
        return Unknowing(
            prospect_of(truth, ideal),
            prospect_of(other, ideal),
            margin_of(more) / ideal,
            DRAWS,
            len(ways),
        )

    @cached_property
    def _first(self) -> list[Array]:
        return self._draw()

    @cached_property
    def _second(self) -> list[Array]:
        return self._draw()

    def _draw(self) -> list[Array]:
        """Return each other side's points above its walk-away value, a line each time drawn."""
        lines: list[list[Array]] = [[] for _ in range(self._others)]
        for _ in range(DRAWS):
            for own in lines:
                worths = [self._random.integers(0, MOST + 1, size) for size in self._sizes]
                points = np.sum([w[self._spots[:, k]] for k, w in enumerate(worths)], axis=0)
                own.append(points - points[self._random.integers(0, len(points))])
        return [np.stack(own) for own in lines]

    def _gained(self, said: Array, drawn: list[Array]) -> Drawn:
        """Return the true points against each of the drawn others."""
        case = self._case
        found = answers_each([said[None, :], *drawn], case.tolerance, case.price)
        own = [case.own[line].tolist() or [0] for line in found]
        means = [Fraction(sum(one), len(one)) for one in own]
        worsts = [Fraction(min(one)) for one in own]
        return means, worsts, int((~found.any(axis=1)).sum())

    def _ways(self) -> Iterator[Array]:
        """Yield reports package by package, the truth first.

        Every issue's steps count as they do, as much as one another, or twice over (the square of
        each height); and the side says that it refuses what is worth less to it than some part of
        the way to its best.
        """
        own, kept = self._case.own, self._case.own >= 0
        top = int(own.max())
        for said in (own, *self._sharpened()):
            for part in RAISED:
                if said is own:
                    yield own * part.denominator - top * part.numerator
                else:
                    accepted = kept & (own * part.denominator >= top * part.numerator)
                    yield said - said[accepted].min()

    def _sharpened(self) -> Iterator[Array]:
        """Yield what packages are worth with all steps equal, and with steeper ones."""
        case = self._case
        top = max(case.heights, default=Fraction(0)) or Fraction(1)
        for heights in (
            [int(height > 0) for height in case.heights],
            [ceil((MOST * height / top) ** 2) for height in case.heights],
        ):
            yield case.steps @ np.array(heights)


def prospect_of(gained: Drawn, ideal: int) -> Prospect:
    """Return what true points, drawn one by one, come to in parts of an ideal."""
    means, worsts, without = gained
    expected = total(means) / len(means) / ideal
    return Prospect(expected, min(worsts) / ideal, Fraction(without, len(means)))


def margin_of(more: Gains, times: Fraction = _Z) -> Fraction:
    """Return by how much the mean may be off, with 95 % confidence, rounded upwards.

    ``times`` the standard error: by default as of a normal distribution.
    """
    count = len(more)
    mean = total(more) / count
    variance = total((m - mean) ** 2 for m in more) / (count - 1) / count
    scaled = variance * times**2 * 10**12
    return Fraction(isqrt(ceil(scaled)) + 1, 10**6)
