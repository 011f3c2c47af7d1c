"""What no report could bring about: packages that linear programs exclude, solved in fractions.

Notation: a[x] is a report, package by package, as the side's gain by it; h[x] the least that any
of the others gains, M the smallest gain in the most even-handed package. M lies in a span between
two of the levels of h; then every package that gives all others more than the lower of them must
be said to be worth at most M.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from operator import mul

import numpy as np

from hikiwake.options.misstating.case import Case, Report
from hikiwake.options.misstating.programs import Asked, Row, Steps, Witness, kept_by, room
from hikiwake.solvers.merging.undominated import undominated

MAX_PROGRAMS = 2_000

Span = tuple[Fraction, Fraction]
Within = tuple[Span, Steps]  # where M lies, and what the package climbs that is the reported ideal


class Excluding:
    """Tells of packages whether a report might bring them about; some that none can may be left."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._left = MAX_PROGRAMS
        self._steps = [tuple(row) for row in case.steps[case.lines].tolist()]
        self._least = [min(gains, default=Fraction(1)) for gains in case.gains]
        self._tops = highest(self._steps)
        self._known: dict[tuple[Within, Fraction], tuple[list[Steps], list[Steps]]] = {}
        self._lows: dict[tuple[int | None, Steps], Fraction] = {}
        self._seen: dict[Within, list[Witness]] = {}
        self._drawn: dict[int, tuple[Row, ...]] = {}
        kept = [tuple(row) for row in case.steps[case.own >= 0].tolist()]
        refused = [tuple(row) for row in case.steps[case.own < 0].tolist()]
        self._always = (
            *(Row(minus(steps), -1) for steps in lowest(kept)),
            *(Row(steps, 1, strict=True) for steps in highest(refused)),
            *(Row(steps, 1, most=Fraction(1)) for steps in self._tops),
        )

    def reports(self, line: int) -> Iterator[Report | None]:
        """Yield reports that may bring a package about; None, at last, if time to look is over."""
        for span in self._spans:
            for top in self._tops:
                for asked in self._ways(line, (span, top)):
                    if self._possible(asked, (span, top)):
                        yield Report(*room(asked))
                if self._left <= 0:
                    yield None
                    return

    def without_range(self) -> int:
        """Return the most that a side may get that says it can neither gain nor lose (H9)."""
        most = max(self._least)
        own = self._case.own[self._case.lines].tolist()
        return max(u for u, least in zip(own, self._least, strict=True) if least == most)

    def _possible(self, asked: Asked, within: Within) -> bool:
        self._left -= 1
        witness = kept_by(asked) if self._left >= 0 else None
        if witness is not None:
            self._seen.setdefault(within, []).append(witness)
        return witness is not None

    def _ways(self, line: int, within: Within) -> Iterator[Asked]:
        """Yield what would have to hold for a package to be chosen, one way after the other."""
        ((low, _), top), price = within, self._case.price
        if self._least[line] < low - price or low < self._begins(None, top):
            return
        if self._least[line] >= low and not self._short(line, within, Fraction(0)):
            yield self._worth(line, within, Fraction(0), level=self._least[line] == low)
        yield from self._even(line, within)

    def _begins(self, line: int | None, top: Steps) -> Fraction:
        """Return the level from which on some report lets M lie; above 1 if no report does.

        Given a line, one that makes its package even and not bettered. The higher M, the fewer
        packages are to be worth M at most, and the less that asks: so halving finds the level.
        """
        if (line, top) not in self._lows:
            own = () if line is None else self._draw_rows(line)
            first, last = 0, len(self._spans)
            while first < last:
                middle = (first + last) // 2
                low, high = span = self._spans[middle]
                asked = Asked((*self._always, *self._fences[low]), top, high - low, own)
                if self._possible(asked, (span, top)):
                    last = middle
                elif self._left < 0:
                    return Fraction(0)
                else:
                    first = middle + 1
            levels = [*(low for low, _ in self._spans), Fraction(2)]
            self._lows[line, top] = levels[first]
        return self._lows[line, top]

    def _short(self, line: int, within: Within, by: Fraction) -> bool:
        """Tell whether every report is worth less than M less ``by`` for a package.

        If so for one package then for all that climb less; if not, then for none that climbs more.
        """
        steps = self._steps[line]
        short, enough = self._known.setdefault((within, by), ([], []))
        if any(_within(steps, other) for other in short):
            return True
        if any(_within(other, steps) for other in enough):
            return False
        possible = self._witnessed(steps, within, by) or self._possible(
            self._worth(line, within, by), within
        )
        if self._left >= 0:
            (enough if possible else short).append(steps)
        return not possible and self._left >= 0

    def _witnessed(self, steps: Steps, within: Within, by: Fraction) -> bool:
        """Tell whether a report that was found before makes a package worth M less ``by``."""
        (low, _), top = within
        return _within(top, steps) or any(
            sum(map(mul, steps, heights), start=start) >= low + edge - by
            for heights, start, edge in self._seen.get(within, ())
        )

    def _worth(self, line: int, within: Within, by: Fraction, level: bool = False) -> Asked:
        """Return what a report must keep to make a package worth M less ``by``."""
        (low, high), top = within
        own = Row(minus(self._steps[line]), -1, edge=1, most=by - low, soft=True)
        span = Fraction(0) if level else high - low
        return Asked((*self._always, *self._fences[low]), top, span, (own,))

    def _even(self, line: int, within: Within) -> Iterator[Asked]:
        """Yield what must be kept for a package to be a draw that is dear to nobody."""
        (low, high), top = within
        case, gains = self._case, self._case.gains[line]
        left = self._least[line] + case.price - low
        if not gains or left < 0 or self._least[line] > high + case.tolerance:
            return
        if max(gains) - min(gains) > case.tolerance:
            return
        if low < self._begins(line, top) or self._short(line, within, case.price):
            return
        asked = self._worth(line, within, case.price)
        rows = (*asked.own, *self._draw_rows(line))
        yield Asked(asked.common, asked.top, min(high - low, left), rows)

    def _draw_rows(self, line: int) -> tuple[Row, ...]:
        """Return what must be kept for a package to be even, and not bettered."""
        if line not in self._drawn:
            steps, gains = self._steps[line], self._case.gains[line]
            above = [
                other
                for other, theirs in zip(self._steps, self._case.gains, strict=True)
                if theirs != gains and all(b >= a for a, b in zip(gains, theirs, strict=True))
            ]
            tolerance = self._case.tolerance
            self._drawn[line] = (
                Row(steps, 1, most=min(gains) + tolerance),
                Row(minus(steps), -1, most=tolerance - max(gains), soft=True),
                *(Row(_less(other, steps), 0, strict=True) for other in highest(above)),
            )
        return self._drawn[line]

    @cached_property
    def _spans(self) -> list[Span]:
        """The levels between which M may lie, one after the other."""
        levels = sorted({Fraction(0), Fraction(1), *self._least})
        return [*pairwise(levels), (Fraction(1), Fraction(1))]

    @cached_property
    def _fences(self) -> dict[Fraction, tuple[Row, ...]]:
        """By where M begins: packages that give all others more are worth at most M."""
        found: dict[Fraction, tuple[Row, ...]] = {}
        kept: list[Steps] = []
        reaching: dict[Fraction, list[Steps]] = {}
        for steps, least in zip(self._steps, self._least, strict=True):
            reaching.setdefault(least, []).append(steps)
        for low, high in reversed(self._spans):
            if low < high:
                kept = highest([*kept, *reaching.get(high, ())])
            found[low] = tuple(Row(s, 1, edge=-1, most=low, strict=True) for s in kept)
        return found


def highest(rows: list[Steps]) -> list[Steps]:
    """Return the rows that no other exceeds in something and falls behind in nothing."""
    if not rows:
        return []
    table = np.unique(np.array(rows), axis=0)
    table = table[np.argsort(-table.sum(axis=1), kind="stable")]
    kept, _ = undominated(table)
    return [tuple(row) for row in table[np.sort(kept)].tolist()]


def lowest(rows: list[Steps]) -> list[Steps]:
    """Return the rows that exceed no other in something and fall behind it in nothing."""
    return [minus(row) for row in highest([minus(row) for row in rows])]


def minus(row: Steps) -> Steps:
    """Return a row with the other sign."""
    return tuple(-n for n in row)


def _less(row: Steps, other: Steps) -> Steps:
    return tuple(a - b for a, b in zip(row, other, strict=True))


def _within(row: Steps, other: Steps) -> bool:
    return all(a <= b for a, b in zip(row, other, strict=True))
