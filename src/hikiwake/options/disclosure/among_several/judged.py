"""Which package several sides would be shown as settled, from the table of all packages.

Notation: a *row* is an allowed package. Gains are whole, each the same parts of a side's range; a
package's *level* is its gains, sorted. One package *betters* another if at the first place in which
their levels differ its own is greater.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.findings.talks import Talks
from hikiwake.model import FrozenMap, Outcome
from hikiwake.numeric import DEFAULT_TOLERANCE, fits_int64, to_grain
from hikiwake.options.disclosure.among_several.together import Look, Members, Together
from hikiwake.options.disclosure.hidden.kinds import even
from hikiwake.options.disclosure.told.asked import Settled, settled_for, settles_alike
from hikiwake.pareto.canonical import lot
from hikiwake.pareto.ties import MAX_WEIGHED, MAX_WEIGHED_DECISIONS, changes_from_status_quo

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Better:
    """A package that betters the shown one, or is as good and comes before it.

    ``depth`` is the place in their levels, from 1, by which it does.
    """

    row: int
    depth: int


@dataclass(frozen=True, slots=True)
class Undercut:
    """A package that gives nobody less than the shown one, and somebody more."""

    row: int


@dataclass(frozen=True, slots=True)
class Rival:
    """A draw that would be shown instead, as it is cheap against a package that is the best.

    ``reach`` is the most that each side can gain then; ``above`` is what the sides that hide get
    beyond their walk-away values by the draw, by that best package, and by the shown one.
    """

    row: int
    best: int
    reach: tuple[int, ...]
    above: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether just the same would be shown, and some of why not.

    ``better`` says why the shown package is not the first of the best, ``others`` why it is not
    shown though it is, or as a draw that is not; ``best`` is one of the best.
    """

    same: bool
    better: tuple[Better, ...] = ()
    others: tuple[Rival | Undercut, ...] = ()
    best: int | None = None


class Judge:
    """Looks at members in full. ``row`` is the package that was shown, ``draw`` whether as one."""

    def __init__(self, together: Together, talks: Talks) -> None:
        assert talks.shown is not None
        self._together, self._dispute = together, together.dispute
        self.outcome: Outcome = talks.shown
        self.seen: list[Settled | None] = [
            settled_for(self._dispute, party) for party in together.known
        ]
        first = self.seen[0]
        self.draw = first is not None and first[1]
        place = together.allowed.place(self.outcome)
        self.row = -1 if place is None else place
        self._grain = max(self._dispute.tolerance, DEFAULT_TOLERANCE)
        self._issues = [
            (issue.id, list(self._dispute.decisions_of(issue) or ()))
            for issue in self._dispute.issues
        ]
        self._before: dict[int, bool] = {}
        limits = self._dispute.tolerance, self._dispute.price
        self._parts = max(max(one.numerator, one.denominator) for one in limits)

    def gain_seen(self, known: int, gain: int, reach: int) -> bool:
        """Tell whether a known side would see so much of its own gain as it did."""
        seen = self.seen[known]
        if seen is None or (reach > 0) is (seen[2] is None):
            return False
        return reach == 0 or to_grain(Fraction(gain, reach), self._grain) == seen[2]

    def look(self, members: Members, look: Look) -> Verdict:
        """Return what members would be shown."""
        here = [int(own[self.row]) for own in look.above]
        reach = look.reach
        if self.row < 0 or min(here) < 0:
            return Verdict(False)
        known = range(look.hidden, len(here))
        seen = all(self.gain_seen(k - look.hidden, here[k], reach[k]) for k in known)
        compared = [side for side, most in enumerate(reach) if most > 0]
        alike = len(compared) > 1 and even(
            [(here[side], reach[side]) for side in compared], self._dispute.tolerance
        )
        if alike is not self.draw or not seen:
            return Verdict(False)
        if not compared:
            return self._first(np.arange(len(look.possible)), look, members)
        return self._settle(_Gains(look, compared, self._parts), members, look)

    def before(self, row: int) -> bool:
        """Tell whether a package comes before the shown one where both are as good (H11)."""
        if row not in self._before:
            other = self._outcome(row)
            dispute = self._dispute
            changes = [changes_from_status_quo(dispute, one) for one in (other, self.outcome)]
            hashes = [lot(one) for one in (other, self.outcome)]
            self._before[row] = (changes[0], hashes[0]) < (changes[1], hashes[1])
        return self._before[row]

    def _settle(self, gains: _Gains, members: Members, look: Look) -> Verdict:
        at = int(np.searchsorted(look.possible, self.row))
        better, equal = gains.compare(at)
        if len(better):
            reasons = tuple(self._some(gains, better, at, look))
            if not self.draw:
                return Verdict(False, reasons)
            return self._dearer(gains, at, members, look, reasons)
        if not self.draw and len(gains.compared) > 1 and (rivals := self._rivals(gains, equal)):
            return Verdict(False, (), self._named(rivals[0], look))
        return self._first(equal, look, members)

    def _dearer(
        self, gains: _Gains, at: int, members: Members, look: Look, better: tuple[Better, ...]
    ) -> Verdict:
        """Return the same of a draw that is not the best by Kalai and Smorodinsky."""
        best = gains.greatest(np.arange(len(look.possible)))
        row = int(look.possible[best[0]])
        if gains.even(best[:1], self._dispute.tolerance)[0]:
            return Verdict(False, better, (), row)
        if len(over := gains.over(at)):
            return Verdict(False, better, (Undercut(int(look.possible[over[0]])),), row)
        rivals = dict(self._rivals(gains, best))
        if at not in rivals:
            return Verdict(False, better, (), row)
        greatest: list[int] = gains.greatest(np.array(list(rivals))).tolist()
        if at in greatest:
            if self._many(len(greatest)):
                return Verdict(self._anew(members), better, (), row)
            rows = look.possible
            greatest = [n for n in greatest if n != at and self.before(int(rows[n]))]
        if not greatest:
            return Verdict(True)
        first = greatest[0], rivals[greatest[0]]
        return Verdict(False, better, self._named(first, look), row)

    def _named(self, rival: tuple[int, int], look: Look) -> tuple[Rival]:
        row, best = (int(look.possible[one]) for one in rival)
        hidden = look.above[: look.hidden]
        above = tuple(tuple(int(own[n]) for own in hidden) for n in (row, best, self.row))
        return (Rival(row, best, tuple(look.reach), above),)

    def _first(self, equal: Array, look: Look, members: Members) -> Verdict:
        """Return whether of the best, all equally good, the shown one is the first."""
        rows = look.possible[equal]
        if self._many(len(rows)):
            return Verdict(self._anew(members))
        before = [row for row in rows.tolist() if row != self.row and self.before(row)]
        depth = len(look.above)
        return Verdict(not before, tuple(Better(row, depth) for row in before[:3]))

    def _some(self, gains: _Gains, better: Array, at: int, look: Look) -> Iterator[Better]:
        """Yield some packages that better the shown one: those that are hardest to refuse."""
        depths = gains.depths(better, at)
        first = better[depths == depths.min()]
        chosen = [int(gains.greatest(first)[0])]
        chosen += [int(first[np.argmax(own[first])]) for own in gains.each]
        total = np.sum([own[look.possible[first]] for own in look.above[: look.hidden]], axis=0)
        chosen.append(int(first[np.argmax(total)]))
        for one in dict.fromkeys(chosen):
            yield Better(int(look.possible[one]), int(depths.min()))

    def _rivals(self, gains: _Gains, best: Array) -> list[tuple[int, int]]:
        """Return each package that is a draw, with the best one against which it is cheap."""
        left = np.flatnonzero(gains.even(slice(None), self._dispute.tolerance))
        found: list[tuple[int, int]] = []
        for reference in gains.different(best):
            cheap = gains.cheap(left, reference, self._dispute.price)
            found += [(one, reference) for one in left[cheap].tolist()]
            left = left[~cheap]
        return sorted(pair for pair in found if not len(gains.over(pair[0])))

    def _many(self, count: int) -> bool:
        return count > min(MAX_WEIGHED, MAX_WEIGHED_DECISIONS // len(self._issues))

    def _anew(self, members: Members) -> bool:
        """Tell by settling the dispute as it would be whether just the same would be shown."""
        would_be = self._together.would_be(members)
        return settles_alike(would_be, self._dispute, tuple(self._together.known))

    def _outcome(self, row: int) -> Outcome:
        place = self._together.place(row)
        options = zip(self._issues, place, strict=True)
        return FrozenMap({issue: values[option] for (issue, values), option in options})


class _Gains:
    """The gains of all possible packages, of those sides that can gain something.

    ``whole`` are the parts of a range. Packages are counted among the possible ones.
    """

    def __init__(self, look: Look, compared: list[int], parts: int) -> None:
        self.compared = compared
        reach = look.reach
        self.whole = lcm(*(reach[side] for side in compared))
        exact: Any = np.int64 if fits_int64(2 * self.whole * parts) else object
        self.each: list[Array] = [
            look.above[side][look.possible].astype(exact) * (self.whole // reach[side])
            for side in compared
        ]
        self.levels: Array = np.sort(np.array(self.each), axis=0)

    def even(self, some: Any, tolerance: Fraction) -> Array:
        """Tell of which of some packages the gains lie within the tolerance."""
        apart = self.levels[-1][some] - self.levels[0][some]
        return (apart * tolerance.denominator <= tolerance.numerator * self.whole).astype(bool)

    def cheap(self, some: Array, best: int, price: Fraction) -> Array:
        """Tell which of some packages cost nobody more than the price against another."""
        costs = np.max([own[best] - own[some] for own in self.each], axis=0)
        return (costs * price.denominator <= price.numerator * self.whole).astype(bool)

    def compare(self, at: int) -> tuple[Array, Array]:
        """Return the packages that better one, and those as good, itself among them."""
        equal = np.ones(self.levels.shape[1], dtype=bool)
        better = np.zeros(self.levels.shape[1], dtype=bool)
        for level in self.levels:
            better |= equal & (level > level[at])
            equal &= level == level[at]
        return np.flatnonzero(better), np.flatnonzero(equal)

    def greatest(self, some: Array) -> Array:
        """Return those of some packages that no other of them betters."""
        for level in self.levels:
            some = some[level[some] == level[some].max()]
        return some

    def depths(self, better: Array, at: int) -> Array:
        """Return for packages that better one by which place of their levels they do, from 1."""
        differ = np.array([level[better] != level[at] for level in self.levels])
        return np.argmax(differ, axis=0) + 1

    def over(self, at: int) -> Array:
        """Return the packages that give nobody less than one, and somebody more."""
        least = np.all([own >= own[at] for own in self.each], axis=0)
        more = np.any([own > own[at] for own in self.each], axis=0)
        return np.flatnonzero(least & more)

    def different(self, some: Array) -> list[int]:
        """Return one of some packages for each that gives the sides something else."""
        first: dict[tuple[int, ...], int] = {}
        for one in some.tolist():
            first.setdefault(tuple(int(own[one]) for own in self.each), one)
        return list(first.values())


__all__ = ["Better", "Judge", "Rival", "Undercut", "Verdict"]
