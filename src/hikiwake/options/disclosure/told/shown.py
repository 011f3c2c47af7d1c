"""The settled package as one of two sides was shown it, and which it would come before.

Notation: numbers are whole. R and r are the most that the known side and the hidden side can gain;
the shown package gives them K and h beyond their walk-away values. A package *comes before* another
if it changes less from the status quo, or as much and its hash is smaller (H11).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import ceil, floor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.findings.talks import NOTHING, Implied, Talks
from hikiwake.model import Dispute, FrozenMap, Outcome
from hikiwake.numeric import DEFAULT_TOLERANCE, to_grain
from hikiwake.options.disclosure.hidden.members import Member
from hikiwake.options.disclosure.told.asked import Settled
from hikiwake.options.disclosure.told.listed import Listed
from hikiwake.pareto.canonical import lot
from hikiwake.pareto.ties import MAX_WEIGHED, MAX_WEIGHED_DECISIONS, changes_from_status_quo

Places = tuple[NDArray[Any], ...]  # of packages: the option of each issue


@dataclass(frozen=True, slots=True)
class Stand:
    """What the shown package would mean to the hidden side: h of r.

    ``dearer``: it is not the best by Kalai and Smorodinsky, but even, and dear to nobody; the best
    is then not even, and gives the known and the hidden side ``best`` where that is given.
    """

    gain: int
    most: int
    dearer: bool = False
    best: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """Packages that are worth no more than so much beyond the walk-away value.

    Those that give the known side ``least`` and more; with ``before``, of those that give it just
    that only what comes before the shown one.
    """

    least: int
    before: bool
    most: int


@dataclass(frozen=True, slots=True)
class Rival:
    """A package that would be settled on if it gave the hidden side ``least`` to ``most``.

    Unless another betters it.
    """

    outcome: Outcome
    least: int
    most: int


class Shown:
    """The package. ``known`` is K; ``draw`` tells whether it was shown as a draw."""

    def __init__(
        self, dispute: Dispute, table: Listed, seen: Settled, implied: Implied = NOTHING
    ) -> None:
        self.outcome, self.draw, self._coarse = seen
        self._seen, self._dispute, self._table = seen, dispute, table
        self._ways = [
            (issue.id, list(dispute.decisions_of(issue) or ())) for issue in dispute.issues
        ]
        place = tuple(values.index(self.outcome[issue]) for issue, values in self._ways)
        self.known = int(table.gained[place])
        self._implied = implied
        self._levels: dict[int, tuple[Places, Places]] = {}

    def reaches(self, steps: list[int]) -> list[int]:
        """Return what R can be of some numbers, for the known side saw K ÷ R to the grain; so it
        did of what it read of other packages."""
        grain = max(self._dispute.tolerance, DEFAULT_TOLERANCE)
        some = steps[bisect_left(steps, max(self.known, 1)) :]
        some = [one for one in some if to_grain(Fraction(self.known, one), grain) == self._coarse]
        return [one for one in some if self._table.read_alike([one], self._implied)]

    def stands(self, reach: int, top: int, groups_even: bool) -> Iterator[Stand]:
        """Yield what the package may mean to a hidden side that can gain ``top`` at the most."""
        ahead = self._implied.ahead and self._implied.ahead[1]
        if not self.draw and self.known == reach and ahead is None:
            yield Stand(0, 0)
        for most in range(1, top + 1):
            for gain in range(most + 1):
                apart = Fraction(gain, most) - Fraction(self.known, reach)
                if ahead is not None and (apart > 0) is not (ahead == self._table.party):
                    continue
                even = abs(apart) <= self._dispute.tolerance
                if (even and groups_even) is self.draw:
                    yield Stand(gain, most)
                if even and groups_even is self.draw and self._dispute.price:
                    yield Stand(gain, most, dearer=True)

    def cut(self, stand: Stand, reach: int, steps: list[int]) -> Iterator[Stand]:
        """Yield what the best may give both sides where it is not the shown package."""
        tolerance, price = self._dispute.tolerance, self._dispute.price
        here, there = Fraction(stand.gain, stand.most), Fraction(self.known, reach)
        near = steps[: bisect_right(steps, min(reach, floor((there + price) * reach)))]
        for known, gain in product(near, range(floor((here + price) * stand.most) + 1)):
            other, own = Fraction(known, reach), Fraction(gain, stand.most)
            better = sorted((other, own)) > sorted((there, here))
            apart = abs(other - own) > tolerance
            if better and apart and (other > there) is (own < here) and own <= 1:
                yield replace(stand, best=(known, gain))

    def limits(self, stand: Stand, reach: int) -> Iterator[Limit]:
        """Yield what no package may be worth more than, so that this one is the first of the best.

        Or that another is the best.
        """
        if stand.best is not None:
            known, gain = stand.best
            yield Limit(known, False, gain)
            yield Limit(known + 1, False, gain - 1)
            yield from _limits((known, reach), (gain, stand.most), False)
        elif stand.dearer:
            least = min(Fraction(stand.gain, stand.most), Fraction(self.known, reach))
            least += self._dispute.price
            yield Limit(floor(least * reach) + 1, False, floor(least * stand.most))
        elif stand.most:
            yield from _limits((self.known, reach), (stand.gain, stand.most), True)

    def before(self, level: int) -> Places:
        """Return the packages that give the known side just so much and come before this one."""
        return self._compared(level)[0]

    def fits(self, member: Member, talks: Talks, anew: Callable[[Member], bool]) -> bool:
        """Tell whether a member of the grid would have been shown and told the same.

        ``anew`` tells it by settling the dispute as it would be: few members need that.
        """
        table = self._table
        if min(table.reach(member)) <= 0:
            return anew(member)
        if table.far(member, talks, self._seen):
            return False
        (gain, known), (most, reach) = table.standing(member, self.outcome)
        before, unsure = self._compared(known)
        if self._some(member, before, gain):
            return False
        if self._some(member, unsure, gain):
            return anew(member)
        mirrored, worth = Fraction(gain * reach, most), Fraction(known * most, reach)
        if mirrored == known or {mirrored.denominator, worth.denominator} != {1}:
            return True
        twins = self._compared(int(mirrored))
        return not any(self._some(member, own, int(worth)) for own in twins) or anew(member)

    def rival(self, member: Member, stand: Stand, reach: int) -> Rival | None:
        """Return an even package within the price that comes before the shown one, if any does."""
        if not stand.most or (
            self._even(self.known, stand.gain, stand, reach) and not stand.dearer
        ):
            return None
        shape, gained, times = self._table.shape, self._table.gained, stand.most + 1
        worth: Any = np.array(-shape.walk_away(member))
        for own in shape.tables(member):
            worth = np.add.outer(worth, own)
        places = np.nonzero((gained >= 0) & (worth >= 0))
        places = _at(places, np.flatnonzero(self._table.as_even(member, dict(enumerate(places)))))
        unit = self._table.reach(member)[0] // stand.most
        codes, first = np.unique(gained[places] * times + worth[places] // unit, return_index=True)
        points = [divmod(int(code), times) for code in codes]
        for (known, gain), n in zip(points, first.tolist(), strict=True):
            if self._rivals(known, gain, stand, reach) and not any(
                other >= known and own >= gain and (other, own) != (known, gain)
                for other, own in points
            ):
                span = [g for g in range(times) if self._rivals(known, g, stand, reach)]
                return Rival(self._outcome(places, n), span[0], span[-1])
        return None

    def _rivals(self, known: int, gain: int, stand: Stand, reach: int) -> bool:
        """Tell whether a package is even, within the price, and better than the shown one."""
        if not self._even(known, gain, stand, reach):
            return False
        best, price = stand.best or (self.known, stand.gain), self._dispute.price
        there, here = Fraction(best[0] - known, reach), Fraction(best[1] - gain, stand.most)
        own = sorted((Fraction(known, reach), Fraction(gain, stand.most)))
        shown = sorted((Fraction(self.known, reach), Fraction(stand.gain, stand.most)))
        return max(there, here) <= price and (not stand.dearer or own > shown)

    def _even(self, known: int, gain: int, stand: Stand, reach: int) -> bool:
        apart = abs(Fraction(gain, stand.most) - Fraction(known, reach))
        return apart <= self._dispute.tolerance

    def _some(self, member: Member, places: Places, gain: int) -> bool:
        """Tell whether some of these packages give the hidden side so much, and are possible."""
        if not len(places[0]):
            return False
        tables = self._table.shape.tables(member)
        worths = sum(own[at] for own, at in zip(tables, places, strict=True))
        alike = np.flatnonzero(worths == gain + self._table.shape.walk_away(member))
        if not len(alike):
            return False
        columns = {n: at[alike] for n, at in enumerate(places)}
        return bool(self._table.as_even(member, columns).any())

    def _compared(self, level: int) -> tuple[Places, Places]:
        """Return the packages with so much for the known side that come before this one, and those
        of which that is not clear because too many would have to be compared."""
        if level not in self._levels:
            places = np.nonzero(self._table.gained == level)
            changes = np.zeros(len(places[0]), dtype=np.int64)
            today = self._dispute.status_quo or {}
            for at, (issue, values) in zip(places, self._ways, strict=True):
                if issue in today:
                    changes += np.array([value != today[issue] for value in values])[at]
            own = changes_from_status_quo(self._dispute, self.outcome)
            alike = np.flatnonzero(changes == own)
            many = len(alike) > min(MAX_WEIGHED, MAX_WEIGHED_DECISIONS // len(self._ways))
            unsure = alike if many else alike[:0]
            first = alike[:0] if many else alike[[self._first(places, n) for n in alike.tolist()]]
            before = np.concatenate([np.flatnonzero(changes < own), first])
            self._levels[level] = _at(places, before), _at(places, unsure)
        return self._levels[level]

    def _first(self, places: Places, n: int) -> bool:
        """Tell whether a package has a smaller hash."""
        return lot(self._outcome(places, n)) < self._hash

    def _outcome(self, places: Places, n: int) -> Outcome:
        options = zip(places, self._ways, strict=True)
        return FrozenMap({issue: values[int(at[n])] for at, (issue, values) in options})

    @cached_property
    def _hash(self) -> bytes:
        return lot(self.outcome)


def _at(places: Places, some: NDArray[Any]) -> Places:
    return tuple(at[some] for at in places)


def _limits(known: tuple[int, int], hidden: tuple[int, int], first: bool) -> Iterator[Limit]:
    """Yield what no package is worth more than where one is the best, or the first of the best.

    A package would be better if its lesser gain were greater, or equal and its larger greater.
    """
    there, here = Fraction(*known), Fraction(*hidden)
    mirrored, worth = here * known[1], there * hidden[1]  # what a twin would give both
    beyond, exact = floor(mirrored) + 1, mirrored.denominator == 1
    if here >= there:
        yield Limit(known[0] + 1, False, floor(worth))
    else:
        yield Limit(beyond, False, hidden[0])
        if exact:
            yield Limit(floor(mirrored), False, floor(worth))
    first = first and exact
    yield Limit(floor(mirrored) if first else beyond, first, ceil(worth) - 1)


__all__ = ["Limit", "Rival", "Shown", "Stand"]
