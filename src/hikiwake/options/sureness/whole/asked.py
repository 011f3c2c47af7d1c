"""Questions about all packages of whole issues, where the sides may have meant anything in sets.

Each is answered by a package that meets some conditions, or by a proof that there is none. So the
least gain of a package is found, and so is the package whose least gains are largest: whenever one
is proposed, what it comes to at the worst is looked for, and counts for all others from then on.

References
----------
Dinkelbach, W. (1967), On Nonlinear Fractional Programming, Management Science 13.
Aissi, H., Bazgan, C. and Vanderpooten, D. (2009), Min–Max and Min–Max Regret Versions of
Combinatorial Optimization Problems: A Survey, European Journal of Operational Research 197.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from hikiwake.errors import TooLarge
from hikiwake.findings.sureness import SmallestRegret
from hikiwake.model import FrozenMap
from hikiwake.options.sureness.gains import End, greatest_of
from hikiwake.options.sureness.groups import Group
from hikiwake.options.sureness.guesses import Box, Corner
from hikiwake.options.sureness.long_lines import Array
from hikiwake.options.sureness.whole.conditions import (
    At,
    Counting,
    Keeps,
    Multipliers,
    Reaches,
    Required,
    rows_of,
    worth_at,
)
from hikiwake.pareto.compiled import Compiled
from hikiwake.solvers.cp_sat.picks import Picks, Sum
from hikiwake.solvers.deadline import UNLIMITED, Deadline
from hikiwake.solvers.problem import Allowed
from hikiwake.solvers.solution import Decision, Taken
from hikiwake.solvers.watched import too_hard

MAX_ROUNDS = 50  # packages that are looked at for one question
STEP = Fraction(1, 1000)  # of a bound on least gains, where a limit was reached


@dataclass(frozen=True)
class Choices:
    """All packages of a dispute, how they count for each side, and the one that is settled."""

    compiled: Compiled
    picks: Picks
    countings: tuple[Counting, ...]
    settled: Decision
    deadline: Deadline = UNLIMITED

    def find(
        self,
        required: Sequence[Required],
        aims: Sequence[Sum] = (),
        allowed: Sequence[Allowed] = (),
    ) -> Decision | None:
        """Return a package that meets conditions; None: there is none.

        Raises
        ------
        TooLarge
            If that could not be told within the limits (H18).
        """
        if self.deadline.passed:
            raise TooLarge(too_hard())
        sums = [own for one in required for own in one.sums()]
        for _ in range(MAX_ROUNDS):
            found = self.picks.find(sums, aims, allowed)
            if found is None:
                return None
            held = self.picks.holding(found)
            more = [own for one in required if (own := one.missing(found, held)) is not None]
            if not more:
                return found
            sums += more
        raise TooLarge(too_hard())

    def line(self, side: int, decision: Decision) -> Array:
        """Return a side's line for a package."""
        return self.countings[side].line(decision, self.picks.holding(decision))


@dataclass(frozen=True, slots=True)
class Least:
    """A least gain, and the side's line for what it could hope for at the answers that give it."""

    end: End
    hoped: Array


class Asked:
    """Some sets that the sides may have meant, and the questions about them."""

    def __init__(self, choices: Choices, boxes: Sequence[Box], groups: Sequence[Group]) -> None:
        self._choices, self._boxes, self._groups = choices, boxes, groups
        self._many = range(len(boxes))
        self._known: list[list[Multipliers]] = [[] for _ in boxes]
        self._corners: list[list[Corner]] = [[] for _ in boxes]
        self._may = [Reaches(own, b) for own, b in zip(choices.countings, boxes, strict=True)]
        self._will = [Keeps(own, b) for own, b in zip(choices.countings, boxes, strict=True)]
        self._own = [choices.line(n, choices.settled) for n in self._many]

    def least_gain(self, side: int, decision: Decision) -> Least | None:
        """Return a side's least gain by a package; None where it might be below its walk-away."""
        box, own = self._boxes[side], self._choices.line(side, decision)
        if box.least(rows_of(own))[0] < 0:
            return None
        gain, corner = Fraction(1), box.side.given
        hoped = own
        while gain > 0:
            under = self._ahead(side, gain.numerator, -gain.denominator * own)
            required = [*self._others(self._may, side), under]
            try:
                other = self._choices.find(required, under.sums(), self._even[1])
            except TooLarge:
                least = self._no_less(side, gain, own)
                return Least(End(least, corner, bounded=True, found=gain), hoped)
            if other is None:
                break
            hoped = self._choices.line(side, other)
            corner = box.where_most(rows_of(gain.numerator * hoped - gain.denominator * own)[0])
            gain = _at(own, corner) / _at(hoped, corner)
        return Least(End(gain, corner), hoped)

    def _no_less(self, side: int, gain: Fraction, own: Array) -> Fraction:
        """Return a gain that a side's least one is proved not to be below; one was found that is.

        By how much any package is ahead of the one looked at, so many times its gain, is bounded:
        what is left is least where the package itself is worth least.
        """
        box = self._boxes[side]
        if self._choices.deadline.passed:
            return Fraction(0)
        worth = _at(own, box.where_most(-rows_of(own)[0]))
        ahead = self._ahead(side, 1, -own / gain, strictly=False)
        sums = [one for may in self._others(self._may, side) for one in may.sums()]
        most = [self._choices.picks.most(sums, one, self._even[1]) for one in ahead.sums()]
        if None in most:
            return gain
        over = gain * min(bound for bound in most if bound is not None) / box.unit
        return gain if over <= 0 else gain * worth / (worth + over)

    def greatest_gain(self, side: int) -> End:
        """Return a side's greatest gain by the settled package."""
        return self.greatest_shown(side)[0]

    def greatest_shown(self, side: int) -> tuple[End, Sequence[Decision]]:
        """Return a side's greatest gain, and the packages that the places in its mixture mean."""
        box, own = self._boxes[side], self._own[side]
        counting, seen, lines = self._choices.countings[side], [self._choices.settled], [own]
        while True:
            rows = rows_of(own, *lines)
            value, corner, parts = greatest_of(box, rows[0], rows[1:])
            end = End(value, corner, tuple((n, part) for n, part in enumerate(parts) if part))
            if not value:
                return end, [*seen, self._choices.settled]
            beyond = At(counting, corner, _at(own, corner) / value)
            required = [*self._others(self._will, side), beyond]
            try:
                other = self._choices.find(required, [worth_at(counting, corner)], self._even[0])
            except TooLarge:
                return replace(end, bounded=True), [*seen, self._choices.settled]
            if other is None:
                return end, [*seen, self._choices.settled]
            seen.append(other)
            lines.append(self._choices.line(side, other))

    def ends_are_reached(self) -> bool:
        """Tell whether least and greatest gains are reached: as where packages are listed (Reach).

        That is where each side has one corner at which it accepts fewest, whatever the package, or
        where none is in doubt that the others may accept.
        """
        pairs = zip(self._boxes, self._choices.countings, strict=True)
        if not self._groups and all(not b.linked and c.one_sided(b.varying) for b, c in pairs):
            return True
        if self._even[0] != self._even[1]:
            return False
        doubted = [self._ahead(n, -1, 0 * own) for n, own in enumerate(self._own)]
        return not any(
            self._choices.find([*self._others(self._may, n), doubted[m]], (), self._even[1])
            for n in self._many
            for m in self._many
            if m != n
        )

    def dominated(self) -> Iterator[tuple[Corner, ...]]:
        """Yield answers at which another package is better for somebody and worse for nobody."""
        for side in self._many:
            no_worse = [self._ahead(n, 1, -self._own[n], strictly=n == side) for n in self._many]
            other = self._choices.find(no_worse, no_worse[side].sums(), self._even[1])
            if other is not None:
                lines = [self._choices.line(n, other) - self._own[n] for n in self._many]
                pairs = zip(self._boxes, lines, strict=True)
                yield tuple(box.where_most(rows_of(line)[0]) for box, line in pairs)
                return

    def some_range(self, side: int) -> bool:
        """Tell whether the side can gain something wherever it is in its set."""
        gains = Keeps(self._choices.countings[side], self._boxes[side], strictly=True)
        required = [*self._others(self._will, side), gains]
        return self._choices.find(required, (), self._even[0]) is not None

    def price_holds(self, floor: Fraction) -> bool:
        """Tell whether no package that may be the most even-handed one would show it as too dear.

        As where packages are listed; ``floor`` is what everybody gains by this one at least.
        """
        price = self._choices.compiled.dispute.price
        hopes = [self._hopes(n) for n in self._many]
        suspects: list[Required] = [*self._may]
        for n in self._many:
            suspects += [
                self._ahead(n, floor.denominator, -floor.numerator * hope, strictly=False)
                for hope in hopes[n]
            ]
        for n in self._many:
            dear = [self._ahead(n, 1, -self._own[n])]
            dear += [
                self._ahead(
                    n,
                    price.denominator,
                    -price.denominator * self._own[n] - price.numerator * hope,
                )
                for hope in hopes[n]
            ]
            if self._choices.find([*suspects, *dear], (), self._even[1]) is not None:
                return False
        return True

    def smallest_regret(self) -> SmallestRegret | None:
        """Return the package whose largest worst regret is smallest; None: none is safe for all, or
        none was found within the limits.

        The settled one, if no other is better.
        """
        found = self._settled_if_safe()
        with suppress(TooLarge):
            found = found or self._choices.find(self._will, (), self._even[0])
        if found is None:
            return None
        hopes: list[tuple[int, Array]] = []
        best, gains, bound = found, list[Fraction](), None
        while found is not None and bound is None:
            known = [one for n in self._many if (one := self.least_gain(n, found)) is not None]
            if not gains or min(one.end.gain for one in known) > min(gains):
                best, gains = found, [one.end.gain for one in known]
            hopes += [(n, one.hoped) for n, one in enumerate(known) if one.end.gain < 1]
            better = [self._gives_more(n, min(gains), hope) for n, hope in hopes]
            aims = [own for one in better for own in one.sums()]
            try:
                found = self._choices.find([*self._will, *better], aims, self._even[0])
            except TooLarge:
                passed = self._choices.deadline.passed
                bound = Fraction(1) if passed else self._bound(hopes, min(gains))
        parties = self._choices.compiled.dispute.party_ids
        regrets = FrozenMap.paired(parties, (1 - gain for gain in gains))
        outcome = self._choices.compiled.outcome(Taken(best))
        return SmallestRegret(outcome, regrets, None, 1 - (bound or min(gains)))

    def _bound(self, hopes: Sequence[tuple[int, Array]], low: Fraction) -> Fraction:
        """Return what no package's smallest least gain exceeds, by what is known so far."""
        first, last = int(low / STEP), int(1 / STEP)
        while last - first > 1:
            middle = (first + last) // 2
            required = [*self._will, *(self._gives_more(n, middle * STEP, by) for n, by in hopes)]
            sums = [own for one in required for own in one.sums()]
            if self._choices.picks.find(sums, (), self._even[0]) is None:
                last = middle
            else:
                first = middle
        return last * STEP

    def _settled_if_safe(self) -> Decision | None:
        """Return the settled package if nobody would walk away from it, and all groups are even."""
        settled, even = self._choices.settled, self._even[0]
        held = self._choices.picks.holding(settled)
        inside = all(tuple(settled[k] for k in own.issues) in own.combinations for own in even)
        safe = all(keeps.missing(settled, held) is None for keeps in self._will)
        return settled if inside and safe else None

    def _gives_more(self, side: int, gain: Fraction, hope: Array) -> Keeps:
        """Return the condition that a side surely gets more than a part of what it hoped for."""
        counting, known = self._choices.countings[side], self._corners[side]
        times, plus = Fraction(gain.denominator), -gain.numerator * hope
        return Keeps(counting, self._boxes[side], times, plus, True, known)

    def _hopes(self, side: int) -> list[Array]:
        return [self._choices.line(side, one) for one in self.hopes(side)]

    def hopes(self, side: int) -> list[Decision]:
        """Return a few packages that are good for the side, and surely acceptable to the others.

        Those that were found within the limits; else the settled one.
        """
        counting, box = self._choices.countings[side], self._boxes[side]
        required = self._others(self._will, side)
        aims = [
            worth_at(counting, box.side.given),
            self._ahead(side, 1, 0 * self._own[side]).sums()[0],
            self._will[side].sums()[0],
        ]
        found: list[Decision | None] = []
        for aim in aims:
            with suppress(TooLarge):
                found.append(self._choices.find(required, [aim], self._even[0]))
        return sorted({one for one in found if one is not None} or {self._choices.settled})

    def _others(self, conditions: Sequence[Reaches | Keeps], side: int) -> list[Required]:
        return [one for n, one in enumerate(conditions) if n != side]

    def _ahead(self, side: int, times: int, plus: Array, strictly: bool = True) -> Reaches:
        """Return the condition that a line, so many times, may be ahead of what is taken off it."""
        counting, known = self._choices.countings[side], self._known[side]
        return Reaches(counting, self._boxes[side], Fraction(times), plus, strictly, known)

    @cached_property
    def _even(self) -> tuple[list[Allowed], list[Allowed]]:
        """The combinations of groups that are surely, and possibly, even within themselves."""
        found: tuple[list[Allowed], list[Allowed]] = ([], [])
        for group, table in zip(self._groups, self._choices.compiled.tables, strict=True):
            every = [*table.parts]
            issues = tuple(self._choices.compiled.whole.index(issue) for issue in table.issues)
            for kept, places in zip(found, group.even(self._boxes, range(len(every))), strict=True):
                kept.append(Allowed(issues, frozenset(every[n] for n in places)))
        return found


def _at(line: Array, corner: Corner) -> Fraction:
    return sum((c * x for c, x in zip(line, corner, strict=True)), Fraction(0))
