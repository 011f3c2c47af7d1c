"""Shares, money and amounts without steps: how a package stands where packages have no end.

The package is fixed. What a side could hope for, and whether another package is better for all,
are questions over all regions; in each of them the answer is at a corner, or at a mixture of
corners that a linear program finds. So they are exact, as for whole issues. That needs points for
what is divided to vary for themselves: only answers that count the same all over a region may be
linked to each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from hikiwake.findings.sureness import SmallestRegret
from hikiwake.model import Dispute, Outcome
from hikiwake.options.sureness.divided.careful import Careful
from hikiwake.options.sureness.divided.mixtures import harmless, highest
from hikiwake.options.sureness.divided.pointwise import drawn_at
from hikiwake.options.sureness.divided.regions import Region, Regions, accepted, regions_of
from hikiwake.options.sureness.draws import Reach, hopes, some_range, uneven
from hikiwake.options.sureness.gains import End, Shown, greatest_gain, least_gain, nothing_to_gain
from hikiwake.options.sureness.groups import Even, Group, evenness, groups_of, uneven_inside
from hikiwake.options.sureness.guesses import Box, Corner, Mask, Side, asked_answers
from hikiwake.options.sureness.lists import packages
from hikiwake.options.sureness.long_lines import Array, whole
from hikiwake.options.sureness.points import AsSettled
from hikiwake.options.sureness.whole.packages import SLOWER_SAMPLES
from hikiwake.pareto.compiled import compiled
from hikiwake.solvers.deadline import UNLIMITED, Deadline

MAX_REGIONS = 300  # lines that are looked at for one set of answers; else settling is as fast


@dataclass(frozen=True)
class Divided(AsSettled):
    """A package of a dispute in which something is divided, or any number.

    The ``rows`` of its sides are those of all corners. What takes long raises TimeIsOver where no
    time is left.
    """

    regions: Regions
    groups: tuple[Group, ...]
    package: int

    @property
    def deadline(self) -> Deadline:
        """When time is over."""
        return self.regions.deadline

    @property
    def samples(self) -> int:
        """How many sets of answers to draw."""
        return SLOWER_SAMPLES

    def is_draw(self, corners: Sequence[Corner]) -> bool:
        """Tell whether the package is a draw at one set of answers."""
        every = self.regions.all
        few = len(every) <= MAX_REGIONS and len(self.regions.divisions) <= 2 * len(every)
        quick = few and not self.groups
        known = drawn_at(self.regions, self.dispute, corners) if quick else None
        return super().is_draw(corners) if known is None else known

    def span(self, boxes: Sequence[Box], side: int) -> tuple[End | None, End]:
        """Return the least and the greatest gain of one side."""
        return self._ends(boxes, side, self._even(boxes))

    def plain_doubts(self, boxes: Sequence[Box]) -> Iterator[tuple[Corner, ...]]:
        """Yield answers at which it takes little to see that the package is no draw."""
        yield from uneven_inside(self.groups, boxes, self.package)
        yield from self._dominated(boxes, self._even(boxes)[1])

    def reach(self, boxes: Sequence[Box]) -> Reach:
        """Return how little and how much each side may gain, and whether it is surely a draw."""
        even = self._even(boxes)
        ends = [self._ends(boxes, n, even) for n in range(len(boxes))]
        least, most = tuple(end[0] for end in ends), tuple(end[1] for end in ends)
        safe = [end.gain for end in least if end is not None]
        doubts = [
            *self.plain_doubts(boxes),
            *uneven(boxes, self.regions.own, (least, most), self.dispute.tolerance),
        ]
        every = len(safe) == len(boxes)
        exact = every and not self.groups and all(map(_one_sided, boxes))
        proved = not doubts and every and self._price_holds(boxes, even, ends)
        return Reach(least, most, exact, proved, tuple(doubts))

    def smallest_regret(self, boxes: Sequence[Box]) -> SmallestRegret | None:
        """Return the package whose largest worst regret is smallest, of all packages.

        Of those that are surely even in every group and that nobody would walk away from, wherever
        the sides are in their boxes.
        """
        even = self._even(boxes)
        hoped = [self.hoped(boxes, n, even[1], surely=False) for n in range(len(boxes))]
        among = [region for region in self.regions.all if even[0][region.place]]
        return Careful(self.regions, hoped).best(among)

    def _even(self, boxes: Sequence[Box]) -> Even:
        return evenness(self.groups, boxes, len(self.regions.listed))

    def _ends(self, boxes: Sequence[Box], side: int, even: Even) -> tuple[End | None, End]:
        possibly, _ = self.hoped(boxes, side, even[1], surely=False)
        surely, _ = self.hoped(boxes, side, even[0], surely=True)
        return least_gain(possibly, 0, _all(possibly)), greatest_gain(surely, 0, _all(surely))

    def hoped(
        self, boxes: Sequence[Box], side: int, even: Mask, *, surely: bool
    ) -> tuple[Box, int]:
        """Return a side's box with what the others surely, or possibly, accept as its rows.

        First comes the package itself, then the corners of what they accept. The rows are so many
        times those of the regions.
        """
        lines = self.regions.lines[side]
        inside = self._inside(boxes, side, (even, surely), lines)
        rows = [self.regions.own[side][None, :], *(own for _, own in inside)]
        found, times = whole(np.concatenate(rows))
        hope = _with_rows(boxes[side], found)
        return _with_rows(hope, found[_may_be_best(hope)]), times

    def shown(self, boxes: Sequence[Box]) -> list[Shown]:
        """Return for each side what shows the most that it may gain, and that it may gain."""
        even, _ = self._even(boxes)
        return [self._shown(boxes, n, even) for n in range(len(boxes))]

    def _shown(self, boxes: Sequence[Box], side: int, even: Mask) -> Shown:
        lines, width = self.regions.lines[side], self.regions.lines[side].shape[1]
        points = np.concatenate([lines, self.regions.divisions], axis=1)
        inside = list(self._inside(boxes, side, (even, True), points))
        rows = [self.regions.own[side][None, :], *(own[:, :width] for _, own in inside)]
        packages = [self.outcome]
        packages += [
            self.regions.outcome_at(region.place, point[width:])
            for region, own in inside
            for point in own
        ]
        hope = _with_rows(boxes[side], whole(np.concatenate(rows))[0])
        kept = np.flatnonzero(_may_be_best(hope))
        hope = _with_rows(hope, hope.side.rows[kept])
        mixture = greatest_gain(hope, 0, _all(hope)).mixture
        good = tuple(packages[kept[n]] for n in hopes(hope, _all(hope)))
        return Shown(good, tuple((packages[kept[n]], weight) for n, weight in mixture))

    def _inside(
        self, boxes: Sequence[Box], side: int, known: tuple[Mask, bool], points: Array
    ) -> Iterator[tuple[Region, Array]]:
        """Yield the corners of what the others surely, or possibly, accept, as points of corners.

        ``known``: which ways to decide the whole issues are even, and whether surely.
        """
        even, surely = known
        heights = [b.least(b.side.rows) if surely else b.most(b.side.rows) for b in boxes]
        others = [own for n, own in enumerate(heights) if n != side]
        inside = np.logical_and.reduce([own >= 0 for own in others])
        for region in self.regions.in_time():
            here = region.corners
            if inside[here].all() and even[region.place]:
                yield region, points[here]
            elif even[region.place]:
                yield region, accepted(points[here], [own[here] for own in others], region.ends)

    def _dominated(self, boxes: Sequence[Box], possibly: Mask) -> Iterator[tuple[Corner, ...]]:
        """Yield answers at which another package is better for somebody and worse for nobody.

        In a region it is known which of its answers favour another package over this one, so the
        most that each side may have on top is straight there.
        """
        lines = [b.side.rows - own for b, own in zip(boxes, self.regions.own, strict=True)]
        tops = [b.most(more) for b, more in zip(boxes, lines, strict=True)]
        for region in self.regions.in_time():
            here = [top[region.corners] for top in tops]
            if not possibly[region.place] or any(top.max() < 0 for top in here):
                continue
            both = np.add.reduce(here)
            best = highest(region, both, here) if both.max() > 0 else None
            if best is not None and best[0] > 0:
                mixed = [whole(best[1] @ more[region.corners])[0] for more in lines]
                yield tuple(b.where_most(more) for b, more in zip(boxes, mixed, strict=True))
                return

    def _price_holds(
        self, boxes: Sequence[Box], even: Even, ends: Sequence[tuple[End | None, End]]
    ) -> bool:
        """Tell whether no package that may be the most even-handed one would show it as too dear.

        As for whole issues, by choices that are surely acceptable; and such a package takes from a
        side at most by how much that side is ahead here. What is not straight in a region is
        bounded by the straight height through its corners, which lies above.
        """
        least = [end.gain for end, _ in ends if end is not None]
        if sum(not nothing_to_gain(*end) for end in ends) < 2:
            return False
        floor, costs = min(least), list[list[Array]]()
        suspects = [box.most(box.side.rows) for box in boxes]
        for n, one in enumerate(boxes):
            hope, times = self.hoped(boxes, n, even[0], surely=True)
            if nothing_to_gain(*ends[n]):
                continue
            if not some_range(hope, _all(hope)):
                return False
            best = [hope.side.rows[place] for place in hopes(hope, _all(hope))]
            more, own = one.side.rows - self.regions.own[n], self.regions.own[n]
            if least[n] > 0:
                ahead = ends[n][1].gain - min(g for m, g in enumerate(least) if m != n)
                kept = 1 - max(ahead, Fraction(0)) / least[n]
                suspects.append(_beyond(one, one.side.rows, kept, own))
            suspects += [_beyond(one, times * one.side.rows, floor, line) for line in best]
            costs.append([_beyond(one, times * more, self.dispute.price, line) for line in best])
        return all(
            harmless(suspects, costs, region)
            for region in self.regions.in_time()
            if even[1][region.place]
        )


def _beyond(box: Box, lines: Array, part: Fraction, hope: Array) -> Array:
    """Return by how much lines may exceed a part of what the side can hope for."""
    return box.most(part.denominator * lines - part.numerator * hope)


def _with_rows(box: Box, rows: Array) -> Box:
    """Return the same answers, with lines for other packages."""
    return replace(box, side=replace(box.side, rows=rows))


def _may_be_best(box: Box) -> Mask:
    """Tell which rows may be worth more somewhere in a box than each of a few good ones.

    The first row, which is the package itself, is kept whatever it is worth.
    """
    rows = box.side.rows
    kept = _all(box)
    for good in hopes(box, _all(box)):
        kept &= box.most(rows - rows[good]) > 0
        kept[good] = True
    kept[0] = True
    return kept


def _one_sided(box: Box) -> bool:
    """Tell whether a side has one corner at which it accepts least, whatever the package."""
    columns = box.side.rows[:, box.varying]
    return not box.linked and bool((columns.min(axis=0) * columns.max(axis=0) >= 0).all())


def _all(box: Box) -> Mask:
    return np.ones(len(box.side.rows), dtype=bool)


def divided(dispute: Dispute, outcome: Outcome, deadline: Deadline = UNLIMITED) -> Divided:
    """Return a package of a dispute in which something is divided, or any number.

    No order or constraint may be on points for such a thing, and none be in a group that is not for
    trade.

    Raises
    ------
    TooLarge
        If there are too many combinations, or ends of divisions (H18).
    TimeIsOver
        If no time is left.
    """
    listed = packages(compiled(dispute))
    groups = groups_of(listed)
    sides: list[Side] = []
    for party in dispute.party_ids:
        answers = dispute.preferences[party].answers()
        sides.append(Side(party, tuple(answers), tuple(answers.values()), np.zeros(0)))
    guessed = [np.isin(np.arange(len(s.answers)), _asked(dispute, s)) for s in sides]
    regions = regions_of(listed, outcome, guessed, deadline)
    rows = zip(sides, regions.lines, strict=True)
    named = tuple(replace(side, rows=lines) for side, lines in rows)
    return Divided(dispute, outcome, named, regions, groups, listed.index(outcome))


def links_divided(dispute: Dispute) -> bool:
    """Tell whether an order or a constraint is on points for what is divided, or any number."""
    issues = {i.id for i in dispute.issues if dispute.decisions_of(i) is None}
    said = (one for own in dispute.preferences.values() for one in own.relations)
    return any(answer.issue in issues for one in said for answer in one.terms)


def _asked(dispute: Dispute, side: Side) -> list[int]:
    guessed = asked_answers(dispute, dispute.preferences[side.party])
    return [side.answers.index(answer) for answer in guessed]
