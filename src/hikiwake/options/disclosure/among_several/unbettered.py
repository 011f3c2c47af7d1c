"""What several sides must meet together so that a package is settled on where something is divided.

That the shown package is possible, and even or not, is told as by a word. That nothing betters it
is said of each package by itself, but only of those that were found to matter: also that small
steps towards one do not. Every member that would have been shown the same meets all of it.

Notation: a is what a package gives a side, r the most it can gain, its gain a ÷ r. The *bar* of a
side for another is what gives it just the gain that the other has by the shown package.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

from hikiwake.findings.talks import Hiding, Talks
from hikiwake.numeric import DEFAULT_TOLERANCE, fits_int64
from hikiwake.options.disclosure.among_several.alone import Row
from hikiwake.options.disclosure.among_several.blended import Blended, Given
from hikiwake.options.disclosure.among_several.blends import Blends
from hikiwake.options.disclosure.among_several.decided import Better, Decided


class Unbettered(Blended):
    """The model."""

    def __init__(
        self, blends: Blends, talks: Talks, hiding: Hiding, given: Given, decided: Decided
    ) -> None:
        super().__init__(blends, talks, hiding, given)
        self._decided, self.dearer = decided, given.dearer
        if not self._most:
            self._measure()
        even = decided.draw if given.usual else True if given.dearer else None
        self._here = self._possible(decided.outcome, even)
        self._bars: dict[tuple[int, int], Any] = {}
        self._orders: dict[tuple[int, int], Any] = {}
        self._reasons = set[Any]()
        self.gains = Fraction(0), Fraction(1)  # between what all gains by the shown package lie
        if self._here:
            for k, seen in enumerate(decided.seen, len(blends.hidden)):
                self._see(k, seen)

    def learn_better(self, better: Better) -> bool:
        """Add that a package does not better the shown one; return whether that is new."""
        if not self._here:
            return False
        rows = [self._more(n, better) for n in range(len(self._here))]
        bending = self._blends.bending(better.outcome) if better.near else ()
        key = (tuple(rows), bending) if better.near else better
        if key in self._reasons or not all(map(self._fits, rows)):
            return False
        self._reasons.add(key)
        if self.dearer:
            return self._learn_dominated(rows, better)
        if better.near:
            self._learn_step(rows, bending)
        else:
            self._learn_other(rows, better)
        return True

    def _see(self, k: int, seen: Fraction | None) -> None:
        """Add that a known side sees its gain to the grain; in a draw all others gain about that.

        With less than two sides that can gain something there is no draw.
        """
        if seen is None:
            self._cp.add(self._none[k] == 1)
            return
        self._cp.add(self._none[k] == 0)
        tolerance = self._blends.dispute.tolerance
        half = max(tolerance, DEFAULT_TOLERANCE) / 2
        for n in range(len(self._here)) if self._decided.draw else (k,):
            apart = half if n == k else half + tolerance
            self._gains(n, seen - apart, seen + apart)
        if self._decided.draw:
            low, high = self.gains
            self.gains = max(low, seen - half - tolerance), min(high, seen + half + tolerance)

    def _gains(self, n: int, low: Fraction, high: Fraction) -> None:
        """Add that the gain of a side by the shown package lies between two."""
        here, fine = self._here[n], self._fine[n]
        counts = low * here.parts / fine, high * here.parts / fine
        scale = lcm(*(count.denominator for count in counts))
        least, most = (int(count * scale) for count in counts)
        if fits_int64(4 * (scale * here.top + (abs(least) + most) * (self._tops(n) + 1))):
            above = self._most[n] + 1 - self._just[n]
            self._cp.add(scale * here.low <= most * above)
            self._cp.add(scale * here.high >= least * self._most[n])

    def _more(self, n: int, better: Better) -> Row:
        """Return what a package gives a side more than the shown one, in parts of its own."""
        there = self._blends.row(n, better.outcome)
        return there.less(self._blends.row(n, self._decided.outcome))

    def _fits(self, row: Row) -> bool:
        size = sum(map(abs, row.numbers)) * max(own.total for own in self._hidden)
        return fits_int64(4 * (size + abs(row.fixed)))

    def _learn_dominated(self, rows: Sequence[Row], better: Better) -> bool:
        """Add that a package does not give all as much and somebody more, if it is possible."""
        worse = [self._sign(n, row, -1) for n, row in enumerate(rows)]
        none = self._if(*(self._sign(n, row, 0) for n, row in enumerate(rows)))
        uneven = self._evenly.unless(self._blends.decided(better.outcome))
        self._cp.add_bool_or([*worse, none, *uneven])
        return True

    def _learn_step(self, rows: Sequence[Row], bending: Sequence[Row]) -> None:
        """Add that small steps towards a package do not better the shown one.

        They give nobody more; or less to somebody who gains no more than all to whom they give
        more; or make it less even in groups than counts.
        """
        no_more = [self._sign(n, row, 0) for n, row in enumerate(rows)]
        here = self._blends.decided(self._decided.outcome)
        options = [self._if(*no_more), *self._evenly.bends(here, bending)]
        for n, row in enumerate(rows):
            less = self._sign(n, row, -1)
            if less is False:
                continue
            options.append(here := self._if(less))
            for k in range(len(rows)):
                if k != n and no_more[k] is not True:
                    behind = [no_more[k]] if no_more[k] is not False else []
                    self._cp.add_bool_or([~here, *behind, self._behind(n, k)])
        self._cp.add_bool_or(options)

    def _learn_other(self, rows: Sequence[Row], better: Better) -> None:
        """Add that a package does not better the shown one, as far as so many places tell."""
        sides = range(len(rows))
        refused = [self._refused(n, better) for n in sides]
        free = [one for one in refused if one is not False]
        free += self._evenly.unless(self._blends.decided(better.outcome))
        for place in range(better.depth):
            here = self._reached(rows, better, place, False)
            self._cp.add_bool_or([*free, *here])
            free += self._reached(rows, better, place, True)

    def _reached(self, rows: Sequence[Row], better: Better, place: int, strict: bool) -> list[Any]:
        """Return literals one of which only holds if more than ``place`` gains are no more than at
        that place of the level of the shown package; with ``strict``, less."""
        count = len(rows)
        within: list[Any] = []
        for n in range(count):
            each = [self._within(n, k, rows[n], better, strict) for k in range(count)]
            within.append(literal := self._cp.new_bool_var(""))
            self._cp.add(sum(each) >= count - place).only_enforce_if(literal)
        if not place:
            return within
        many = self._cp.new_bool_var("")
        self._cp.add(sum(within) >= place + 1).only_enforce_if(many)
        return [many]

    def _within(self, n: int, k: int, row: Row, better: Better, strict: bool) -> Any:
        """Return a literal that only holds if a package gives a side no more gain than the shown
        one gives another; with ``strict``, less."""
        literal = self._cp.new_bool_var("")
        none, other = self._none[n], self._none[k]
        if n == k:
            kept = self._sign(n, row, -1 if strict else 0)
            self._cp.add_bool_or([~literal, *self._real(kept), *([] if strict else [none])])
            return literal
        within = self._cp.new_bool_var("")
        own = self._number(n, self._blends.row(n, better.outcome))
        fine, bar = self._fine[n], self._bar(n, k)
        parts = fine.denominator * own.parts
        if fits_int64(4 * (self._scaled(n, own) + parts * (self._tops(n) + 2))):
            kept = self._cp.add(fine.numerator * own.worth + int(strict) <= parts * bar)
            kept.only_enforce_if(within)
        self._cp.add_bool_or([~literal, within, other])
        if strict:
            self._cp.add_bool_or([~literal, ~none])
        else:
            self._cp.add_bool_or([~literal, ~none, other])
        return literal

    def _bar(self, n: int, k: int) -> Any:
        """Return in parts of what a side gets no less than its bar for another, rounded up."""
        if (n, k) not in self._bars:
            tops = self._tops(n), self._tops(k)
            bar = self._bars[n, k] = self._cp.new_int_var(0, tops[0] + 1, "")
            there, p = self._here[k], self._fine[k]
            most = self.gains[1]  # bar ≤ gain · r, rounded up
            kept = most.denominator * (bar - 1) <= most.numerator * (self._most[n] + 1)
            self._cp.add(kept).only_enforce_if(~self._none[n], ~self._none[k])
            product = self._cp.new_int_var(0, (tops[0] + 1) * tops[1], "")
            self._cp.add_multiplication_equality(product, [bar, self._most[k]])
            first, second = there.parts, p
            scale = lcm(first.denominator, second.denominator)
            one, two = int(first * scale), int(second * scale)
            worth = self._times(there.high, there.top, n)
            slack = there.top * (1 - self._just[n])
            size = one * (tops[0] + 2) * tops[1] + two * there.top * (tops[0] + 1)
            if fits_int64(4 * size):
                kept = self._cp.add(one * (product - self._most[k]) + 1 <= two * (worth + slack))
                kept.only_enforce_if([~self._none[n], ~self._none[k]])
        return self._bars[n, k]

    def _behind(self, n: int, k: int) -> Any:
        """Return a literal that only holds if a side gains no more than another here."""
        if (n, k) not in self._orders:
            self._orders[n, k] = literal = self._cp.new_bool_var("")
            one, other = self._here[n], self._here[k]
            counts = other.parts * self._fine[n], one.parts * self._fine[k]
            scale = lcm(*(count.denominator for count in counts))
            first, second = (int(count * scale) for count in counts)
            own = first * self._times(one.low, one.top, k)
            there = second * self._times(other.high, other.top, n)
            slack = second * other.top * (1 - self._just[n])
            size = first * one.top * self._tops(k) + second * other.top * (self._tops(n) + 1)
            if fits_int64(4 * size):
                self._cp.add(own <= there + slack).only_enforce_if(literal)
        return self._orders[n, k]

    def _refused(self, n: int, better: Better) -> Any:
        return self._sign(n, self._blends.row(n, better.outcome), -1)

    def _sign(self, n: int, row: Row, most: int) -> Any:
        """Return a literal that only holds if a row gives at most 0, or -1; or if it does."""
        worth = self._number(n, row).worth
        if isinstance(worth, int):
            return worth <= most
        literal = self._cp.new_bool_var("")
        self._cp.add(worth <= most).only_enforce_if(literal)
        return literal

    def _if(self, *all_of: Any) -> Any:
        """Return a literal that only holds if all of some do."""
        literal = self._cp.new_bool_var("")
        for one in all_of:
            self._cp.add_bool_or([~literal, *self._real(one)])
        return literal

    def _real(self, literal: Any) -> Iterator[Any]:
        if literal is not False:
            yield literal


__all__ = ["Unbettered"]
