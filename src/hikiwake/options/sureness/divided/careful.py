"""The careful choice where something is divided: the division whose largest worst regret is least.

A side's least gain is, for each division, the least of ratios that are straight in the division:
one for each corner of its box and each package that it could hope for. So the best division of a
region is a linear program whose rows are found as they are needed, and it bounds all others.

References
----------
Kelley, J. E. (1960), The Cutting-Plane Method for Solving Convex Programs, Journal of the SIAM 8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from heapq import heapify, heappop, heappush

import numpy as np

from hikiwake.findings.sureness import SmallestRegret
from hikiwake.model import FrozenMap
from hikiwake.options.sureness.divided.mixtures import Mixed, Ratio, highest_level
from hikiwake.options.sureness.divided.regions import Region, Regions
from hikiwake.options.sureness.gains import End, least_gain
from hikiwake.options.sureness.guesses import Box, Corner
from hikiwake.options.sureness.long_lines import Array, whole

Cut = tuple[int, Array, int]  # a side, answers, and what its best hope is worth to it there


@dataclass(frozen=True)
class Careful:
    """Looks for the division whose largest worst regret is least.

    ``hoped`` are the sides' boxes whose rows are what they possibly could hope for, so many times
    as large as those of the regions.
    """

    regions: Regions
    hoped: Sequence[tuple[Box, int]]

    def best(self, among: Sequence[Region]) -> SmallestRegret | None:
        """Return the best division of some regions; None if there is none that all surely accept.

        The region that may be the best by what is known is looked at next, until one is as good.
        """
        every = (self.cut(n, box.side.given) for n, (box, _) in enumerate(self.hoped))
        cuts = [one for one in every if one[-1] > 0]
        open_ = [
            (-bound, n) for n, bound in enumerate(self._bounds(among, cuts)) if bound is not None
        ]
        heapify(open_)
        programs: dict[int, _Program] = {}
        level, best = Fraction(-1), None
        while open_ and -open_[0][0] > level:
            self.regions.deadline.require()
            known, n = heappop(open_)
            program = programs.setdefault(n, _Program(self, among[n], cuts))
            if (rough := program.bound()) < -known:
                heappush(open_, (-rough, n))
                continue
            found = program.most()
            if found is None:
                continue
            bound, parts = found
            heappush(open_, (-bound, n))
            if bound < -known:
                continue
            ends = program.least_gains(parts)
            gains = [end.gain for end in ends]
            if min(gains) > level:
                level, best = min(gains), self._named(among[n], parts, gains)
            cuts += [
                self.cut(i, end.answers) for i, end in enumerate(ends) if end.gain < min(bound, 1)
            ]
        return best

    def _bounds(self, among: Sequence[Region], cuts: Sequence[Cut]) -> list[Fraction | None]:
        """Return for each region what no least gain there exceeds; None where not all accept."""
        accepted = [
            box.least(own) for (box, _), own in zip(self.hoped, self.regions.lines, strict=True)
        ]
        worths = [(self.regions.lines[n] @ by, most) for n, by, most in cuts]
        found: list[Fraction | None] = []
        for region in among:
            here = region.corners
            if any(own[here].max() < 0 for own in accepted):
                found.append(None)
            else:
                found.append(min(Fraction(own[here].max(), most) for own, most in worths))
        return found

    def cut(self, side: int, answers: Corner) -> Cut:
        """Return what bounds a side's least gain: what it could hope for at some answers."""
        box, times = self.hoped[side]
        numbers, _ = whole(np.array(answers, dtype=object))
        return side, times * numbers, (box.side.rows @ numbers).max()

    def _named(self, region: Region, parts: Array, gains: Sequence[Fraction]) -> SmallestRegret:
        parties = self.regions.listed.compiled.dispute.party_ids
        regrets = FrozenMap.paired(parties, (1 - gain for gain in gains))
        outcome = self.regions.outcome(region, parts)
        return SmallestRegret(outcome, regrets, None, max(regrets.values()))


class _Program:
    """The best division of one region, as far as the cuts tell that are known for all regions."""

    def __init__(self, careful: Careful, region: Region, cuts: list[Cut]) -> None:
        self.region = region
        self._hoped, self._cuts, self._seen = careful.hoped, cuts, 0
        self._lines = [own[region.corners] for own in careful.regions.lines]
        pairs = zip(self._hoped, self._lines, strict=True)
        self._accepted = [box.least(lines) for (box, _), lines in pairs]
        self._ratios: list[Ratio] = []

    def bound(self) -> Fraction:
        """Return what no least gain exceeds, each side having the corner that it likes best."""
        self._ratios += [(self._lines[n] @ by, most) for n, by, most in self._cuts[self._seen :]]
        self._seen = len(self._cuts)
        return min(Fraction(height.max(), most) for height, most in self._ratios)

    def most(self) -> Mixed | None:
        """Return a bound on the least gain, and a division that reaches it as far as is known."""
        return highest_level(self.region, self._ratios, self._accepted)

    def least_gains(self, parts: Array) -> list[End]:
        """Return everybody's least gain by a division."""
        return [self._least(n, parts) for n in range(len(self._hoped))]

    def _least(self, side: int, parts: Array) -> End:
        box, times = self._hoped[side]
        own = times * (parts @ self._lines[side])
        rows, _ = whole(np.concatenate([own[None, :], box.side.rows]))
        end = least_gain(
            replace(box, side=replace(box.side, rows=rows)), 0, np.ones(len(rows), bool)
        )
        assert end is not None, "only divisions that all surely accept are looked at"
        return end
