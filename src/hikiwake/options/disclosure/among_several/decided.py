"""What some members would be shown as settled where something is divided, exactly, and why.

Each is settled by itself. If another package is shown, it is told what to say of all members: which
package betters the shown one, or towards which small steps better it.

Notation: a is what a package gives a side, r the most that it can gain, its gain a ÷ r. Sorted, the
gains are a *level*; one package *betters* another if at the first place in which their levels
differ its own is greater.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hikiwake.findings.talks import Talks
from hikiwake.model import Dispute, FrozenMap, Outcome
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.among_several.apart import Apart, Proving
from hikiwake.options.disclosure.among_several.blends import Blends
from hikiwake.options.disclosure.among_several.looks import Members
from hikiwake.options.disclosure.among_several.steps import Steps
from hikiwake.options.disclosure.told.asked import seen_of, settled_for, settles_on
from hikiwake.pareto.ties import shown_of

MAX_BEST = 3  # packages that are the best, of those equally good

Gains = Sequence[Fraction | None]  # None of a side that can gain nothing


@dataclass(frozen=True, slots=True)
class Better:
    """A package that betters the shown one by a place in their levels, counted from 1.

    ``near``: it lies in a cell of the shown one, so small steps towards it are enough.
    """

    outcome: Outcome
    depth: int
    near: bool


class Decided:
    """Looks at members in full. ``draw``: whether the package was shown as one."""

    def __init__(self, blends: Blends, talks: Talks) -> None:
        assert talks.shown is not None
        self._blends, self._dispute = blends, blends.dispute
        self.outcome: Outcome = talks.shown
        saw = [settled_for(self._dispute, party) for party in blends.known]
        self.draw = saw[0] is not None and saw[0][1]
        self.seen = [None if one is None else one[2] for one in saw]
        corners = [[blends.corners[v] for v in cell] for cell in blends.cells]
        self._steps = Steps(self._dispute, self.outcome, corners)
        self._proving = Proving(blends)
        self._settled: dict[Members, tuple[bool, tuple[Outcome, ...]]] = {}

    def same(self, members: Members) -> bool:
        """Tell whether just the same would be shown."""
        gains = self._gains(members, self.outcome)
        if gains is None or not self._seen(members, gains):
            return False
        if not self._even(gains) and next(self._stepped(members), None) is not None:
            return False
        return self._settle(members)[0]

    def better(self, members: Members, dearer: bool = False) -> list[Better]:
        """Return what betters the shown package, if it is possible but not one of the best.

        With ``dearer``, only what gives nobody less.
        """
        here = self._gains(members, self.outcome)
        if here is None or not self._seen(members, here):
            return []
        found = list(self._stepped(members, dearer))
        for best in () if found else self._settle(members)[1]:
            there = self._gains(members, best)
            if there is not None and (depth := _depth(there, here)):
                near = self._steps.share(best)
                if not dearer or _dominates(there, here):
                    found.append(Better(best, depth, near))
        return found

    def apart(self, members: Members) -> Apart | None:
        """Return why the best is not uneven, where it is even but not the shown package."""
        here = self._gains(members, self.outcome)
        if here is None or not self._seen(members, here):
            return None
        for best in self._settle(members)[1]:
            gains = self._gains(members, best)
            if gains is not None and self._even(gains):
                return self._proving.apart(members, best)
        return None

    def _seen(self, members: Members, gains: Gains) -> bool:
        """Tell whether known sides would see their gains just so, and the package as even."""
        known = gains[len(self._blends.hidden) :]
        if [seen_of(self._dispute, gain) for gain in known] != self.seen:
            return False
        if not self._blends.counts(members, self.outcome):
            return False
        if self._blends.look(members).level > self._dispute.tolerance:
            return not self.draw
        return self._even(gains) is self.draw

    def _even(self, gains: Gains) -> bool:
        compared = [gain for gain in gains if gain is not None]
        alike = len(compared) > 1
        return alike and max(compared) - min(compared) <= self._dispute.tolerance

    def _stepped(self, members: Members, dearer: bool = False) -> Iterator[Better]:
        """Yield towards what small steps in one issue better the shown package."""
        here = self._gains(members, self.outcome) or ()
        above = self._blends.gained(members, self.outcome)
        for outcome in self._steps.towards:
            there = self._blends.gained(members, outcome)
            more = [b - a for a, b in zip(above, there, strict=True)]
            if self._blends.bends(members, outcome):
                continue
            if _improves(here, more) and (not dearer or min(more) >= 0):
                yield Better(outcome, 1, near=True)

    def _gains(self, members: Members, outcome: Outcome) -> Gains | None:
        """Return the gains from a package; None where it is not possible but for groups."""
        above = self._blends.gained(members, outcome)
        if min(above) < 0 or not self._blends.allowed(outcome):
            return None
        most = self._blends.look(members).most
        return [a / r if r else None for a, r in zip(above, most, strict=True)]

    def _settle(self, members: Members) -> tuple[bool, tuple[Outcome, ...]]:
        """Return whether the same is settled on, a draw or not; if not, also the best packages."""
        if members not in self._settled:
            bargain = Adjusting(self._would_be(members)).bargain
            assert bargain is not None, "the shown package is possible"
            same = settles_on(bargain, self.outcome, self.draw)
            best = () if same else bargain.kalai_smorodinsky()[:MAX_BEST]
            self._settled[members] = same, tuple(shown_of(bargain, [point]) for point in best)
        return self._settled[members]

    def _would_be(self, members: Members) -> Dispute:
        pairs = zip(self._blends.shapes, members, strict=True)
        own = [shape.preference(member) for shape, member in pairs]
        changed = {**self._dispute.preferences, **{one.party: one for one in own}}
        return replace(self._dispute, preferences=FrozenMap(changed))


def _depth(there: Gains, here: Gains) -> int:
    """Return at which place in their levels gains better others, from 1; 0: they do not."""
    levels = (sorted(gain for gain in gains if gain is not None) for gains in (there, here))
    for place, (other, own) in enumerate(zip(*levels, strict=True), 1):
        if other != own:
            return place if other > own else 0
    return 0


def _dominates(there: Gains, here: Gains) -> bool:
    """Tell whether gains are nowhere less than others."""
    pairs = zip(there, here, strict=True)
    return all(one is None or other is None or one >= other for one, other in pairs)


def _improves(gains: Gains, more: Sequence[Fraction]) -> bool:
    """Tell whether small steps better gains, by what a long one would give the sides more."""
    changed = [
        (Fraction(0) if gain is None else gain, step)
        for gain, step in zip(gains, more, strict=True)
        if step
    ]
    if not changed:
        return False
    least = min(gain for gain, _ in changed)
    return all(step > 0 for gain, step in changed if gain == least)


__all__ = ["Better", "Decided"]
