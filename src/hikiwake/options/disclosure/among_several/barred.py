"""That no package betters another, inside a model for CP-SAT where several sides hide something.

Sorted, the gains from a package are its *level*. One package betters another if at the first place
in which their levels differ its own is greater. The k-th *bar* of a side is the most that it can
get from a package in which it gains no more than is at place k of the level of the other package.

Notation: r is the most that a side can gain, a what the package to be bettered gives it. A side
that can gain nothing counts at the end of every level, the same in all of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import ceil, floor
from typing import Any

Worth = Callable[[int, int], Any]  # what a side that hides gets of a package, by its row


@dataclass(frozen=True, slots=True)
class Hides:
    """A side that hides something: r, and a; both are unknown."""

    reach: Any
    above: Any


@dataclass(frozen=True, slots=True)
class Known:
    """A known side: all that packages give it, in order, the range of r, and a."""

    steps: Sequence[int]
    low: int
    high: int
    above: int


class Bars:
    """The bars for a package. ``top`` is what no side that hides can get more than.

    Where the most that a known side can gain is given by a range the bars are perhaps too high:
    what is added always holds, but might not be all.
    """

    def __init__(
        self, cp: Any, top: int, worth: Worth, hides: Sequence[Hides], known: Sequence[Known]
    ) -> None:
        self._cp, self._top, self._worth = cp, top, worth
        self._hides, self._known = hides, known
        self._sides = [*hides, *known]
        self._bars: dict[tuple[int, bool], list[Any]] = {}
        self._within: dict[tuple[int, int, bool, int], Any] = {}
        self._pairs: dict[tuple[int, int], tuple[Any, Any]] = {}
        self._done = set[tuple[int, int, bool]]()

    def keep(self, row: int, known: Sequence[int], depth: int, strictly: bool) -> None:
        """Add that a package is no better, as far as so many places tell, if it is possible.

        With ``strictly`` it may not be as good either; ``known`` is what it gives the known sides.
        """
        less: list[Any] = []  # literals one of which holds where it is worse by what came before
        for place in range(depth):
            last = strictly and place + 1 == len(self._sides)
            if (row, place, last) not in self._done:
                self._done.add((row, place, last))
                here = [] if last else self._reached(row, known, place, strict=False)
                below = self._reached(row, known, place, strict=True) if last else []
                self._cp.add_bool_or([*less, *here, *below])
            less += self._reached(row, known, place, strict=True)

    def _reached(self, row: int, known: Sequence[int], place: int, strict: bool) -> list[Any]:
        """Return literals one of which only holds if more than ``place`` gains lie within a bar."""
        within: list[Any] = []
        for n in range(len(self._hides)):
            key = row, n, strict, place
            if key not in self._within:
                self._within[key] = literal = self._cp.new_bool_var("")
                bar = self._bars_of(n, strict)[place]
                self._cp.add(self._worth(n, row) <= bar).only_enforce_if(literal)
            within.append(self._within[key])
        for k, (side, above) in enumerate(zip(self._known, known, strict=True)):
            n = len(self._hides) + k
            step, bar = bisect_left(side.steps, above), self._bars_of(n, strict)[place]
            if isinstance(bar, int):
                within += [True] if step < bar else []
                continue
            key = -step - 1, n, strict, place
            if key not in self._within:
                self._within[key] = literal = self._cp.new_bool_var("")
                self._cp.add(bar >= step + 1).only_enforce_if(literal)
            within.append(self._within[key])
        if not place:
            return within
        if len(within) <= place:
            return []
        key = row, -1, strict, place
        if key not in self._within:
            self._within[key] = many = self._cp.new_bool_var("")
            self._cp.add(sum(within) >= place + 1).only_enforce_if(many)
        return [self._within[key]]

    def _bars_of(self, n: int, strict: bool) -> list[Any]:
        """Return the bars of a side, of a known one in steps; ``strict``: where it gains less."""
        if (n, strict) not in self._bars:
            pairs = [self._pair(n, k)[strict] for k in range(len(self._sides))]
            top = self._top if n < len(self._hides) else len(self._sides[n].steps)
            self._bars[n, strict] = list(self._sorted(pairs, top))
        return self._bars[n, strict]

    def _sorted(self, numbers: list[Any], top: int) -> Iterator[Any]:
        if all(isinstance(one, int) for one in numbers):
            yield from sorted(numbers)
            return
        for place in range(len(numbers)):
            largest: list[Any] = []
            for some in combinations(numbers, place + 1):
                if place:
                    largest.append(self._new(top))
                    self._cp.add_max_equality(largest[-1], some)
                else:
                    largest += some
            yield (least := self._new(top))
            self._cp.add_min_equality(least, largest)

    def _new(self, top: int) -> Any:
        return self._cp.new_int_var(-1, top, "")

    def _pair(self, n: int, k: int) -> tuple[Any, Any]:
        """Return how much a side can get where it gains no more than another does here; or less."""
        if (n, k) not in self._pairs:
            one, other = self._sides[n], self._sides[k]
            if isinstance(one, Known):
                own = isinstance(other, Known)
                found = _steps(one, other, n == k) if own else self._steps(one, other)
            elif n == k:
                found = one.above, one.above - 1
            elif isinstance(other, Known):
                found = self._against(one, other)
            else:
                found = self._between(one, other)
            self._pairs[n, k] = found
        return self._pairs[n, k]

    def _steps(self, one: Known, other: Hides) -> tuple[Any, Any]:
        """The same of a known side, against one that hides something."""
        ways = [
            (most, gain, *_within(one, Fraction(gain, most) if most else None))
            for most in range(self._top + 1)
            for gain in range(most + 1)
        ]
        return self._listed([other.reach, other.above], ways, len(one.steps))

    def _against(self, one: Hides, other: Known) -> tuple[Any, Any]:
        """The same of a side that hides something, against a known one."""
        gain = Fraction(other.above, max(other.low, 1)) if other.high else None
        ways = [(most, *self._bar(most, gain)) for most in range(self._top + 1)]
        return self._listed([one.reach], ways, self._top)

    def _between(self, one: Hides, other: Hides) -> tuple[Any, Any]:
        """The same of two sides that hide something: g · s ≤ a · r, for g of r against a of s."""
        weak, strict = self._new(self._top), self._new(self._top)
        none, nothing = self._cp.new_bool_var(""), self._cp.new_bool_var("")
        for side, literal in ((one, none), (other, nothing)):
            self._cp.add(side.reach == 0).only_enforce_if(literal)
            self._cp.add(side.reach >= 1).only_enforce_if(~literal)
        limit = self._times(other.above, one.reach)
        for bar, more in ((weak, 0), (strict, 1)):
            below = self._times(bar + more, other.reach)
            fitting = [below + more <= limit + other.reach] if more else [below <= limit]
            fitting.append(below >= limit if more else below + other.reach >= limit + 1)
            for kept in fitting:
                self._cp.add(kept).only_enforce_if([~none, ~nothing])
            self._cp.add(bar == -1).only_enforce_if([none, ~nothing])
            self._cp.add(bar == self._top).only_enforce_if([~none, nothing])
        self._cp.add(weak == self._top).only_enforce_if([none, nothing])
        self._cp.add(strict == -1).only_enforce_if([none, nothing])
        return weak, strict

    def _times(self, one: Any, other: Any) -> Any:
        product = self._cp.new_int_var(-self._top, (self._top + 1) ** 2, "")
        self._cp.add_multiplication_equality(product, [one, other])
        return product

    def _bar(self, most: int, gain: Fraction | None) -> tuple[int, int]:
        """Return what a side that can gain ``most`` gets of a gain at the most; of less than it.

        None is the gain of who can gain nothing.
        """
        if gain is None:
            return self._top, self._top if most else -1
        if not most:
            return -1, -1
        return min(floor(gain * most), self._top), min(ceil(gain * most) - 1, self._top)

    def _listed(self, given: list[Any], ways: list[Any], top: int) -> tuple[Any, Any]:
        found = self._new(top), self._new(top)
        self._cp.add_allowed_assignments([*given, *found], ways)
        return found


def _steps(one: Known, other: Known, same: bool) -> tuple[int, int]:
    if same:
        return bisect_right(one.steps, one.above), bisect_left(one.steps, one.above)
    gain = Fraction(other.above, max(other.low, 1)) if other.high else None
    return _within(one, gain)


def _within(one: Known, gain: Fraction | None) -> tuple[int, int]:
    """Return how many steps of a known side give it no more than a gain; and less."""
    every = len(one.steps)
    if gain is None:
        return every, every if one.high else 0
    if not one.high:
        return 0, 0
    limit = gain * one.high
    return bisect_right(one.steps, floor(limit)), bisect_left(one.steps, ceil(limit))


__all__ = ["Bars", "Hides", "Known"]
