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

import numpy as np

from hikiwake.findings.sureness import SmallestRegret
from hikiwake.model import FrozenMap
from hikiwake.options.guessed_gains import End, least_gain
from hikiwake.options.guessed_lines import Array, whole
from hikiwake.options.guessed_mixtures import Mixed, Ratio, highest_level
from hikiwake.options.guessed_regions import Region, Regions
from hikiwake.options.guesses import Box, Corner

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

        The bound of each region tells when none of the rest can be better.
        """
        cuts = [self.cut(n, box.side.given) for n, (box, _) in enumerate(self.hoped)]
        bounds: list[tuple[Fraction, _Program]] = []
        for region in among:
            program = _Program(self, region, cuts)
            if (found := program.most()) is not None:
                bounds.append((found[0], program))
        bounds.sort(key=lambda pair: -pair[0])
        best: SmallestRegret | None = None
        level = Fraction(-1)
        for bound, program in bounds:
            if bound <= level:
                break
            found = program.above(level)
            if found is not None:
                gains, parts = found
                level, best = min(gains), self._named(program.region, parts, gains)
        return best

    def cut(self, side: int, answers: Corner) -> Cut:
        """Return what bounds a side's least gain: what it could hope for at some answers."""
        box, times = self.hoped[side]
        numbers, _ = whole(np.array(answers, dtype=object))
        return side, times * numbers, (box.side.rows @ numbers).max()

    def _named(self, region: Region, parts: Array, gains: Sequence[Fraction]) -> SmallestRegret:
        parties = self.regions.listed.compiled.dispute.party_ids
        regrets = FrozenMap.paired(parties, (1 - gain for gain in gains))
        return SmallestRegret(self.regions.outcome(region, parts), regrets, None)


class _Program:
    """The best division of one region, as far as the cuts tell that are known for all regions."""

    def __init__(self, careful: Careful, region: Region, cuts: list[Cut]) -> None:
        self.region = region
        self._careful, self._hoped, self._cuts, self._seen = careful, careful.hoped, cuts, 0
        self._lines = [own[region.corners] for own in careful.regions.lines]
        pairs = zip(self._hoped, self._lines, strict=True)
        self._accepted = [box.least(lines) for (box, _), lines in pairs]
        self._ratios: list[Ratio] = []

    def most(self) -> Mixed | None:
        """Return a bound on the least gain, and a division that reaches it as far as is known."""
        self._ratios += [(self._lines[n] @ by, most) for n, by, most in self._cuts[self._seen :]]
        self._seen = len(self._cuts)
        return highest_level(self.region, self._ratios, self._accepted)

    def above(self, level: Fraction) -> tuple[list[Fraction], Array] | None:
        """Return everybody's least gain by the best division, if it is above a level."""
        while (found := self.most()) is not None and found[0] > level:
            bound, parts = found
            ends = [self._least(n, parts) for n in range(len(self._hoped))]
            gains = [end.gain for end in ends]
            if min(gains) == bound:
                return gains, parts
            low = [n for n, gain in enumerate(gains) if gain < bound]
            self._cuts += [self._careful.cut(n, ends[n].answers) for n in low]
        return None

    def _least(self, side: int, parts: Array) -> End:
        box, times = self._hoped[side]
        own = times * (parts @ self._lines[side])
        rows, _ = whole(np.concatenate([own[None, :], box.side.rows]))
        end = least_gain(
            replace(box, side=replace(box.side, rows=rows)), 0, np.ones(len(rows), bool)
        )
        assert end is not None, "only divisions that all surely accept are looked at"
        return end
