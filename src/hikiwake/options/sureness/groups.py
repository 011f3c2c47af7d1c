"""Groups that are not for trade, where points are guesses: which packages are even in them (H8).

A party's share of a group is a ÷ (a + b): a is by how much it has more than its least there, b by
how much less than its most. Where the points of a combination are as high as they may be and all
others as low, a is largest and b smallest, so both ends of the share are at corners of its box.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import Protocol

import numpy as np

from hikiwake.errors import Fault, TooLarge
from hikiwake.options.sureness.guesses import Box, Corner, Mask, Side, at
from hikiwake.options.sureness.lists import Packages, lines_of
from hikiwake.options.sureness.long_lines import Array, Lines
from hikiwake.pareto.groups import GroupTable

MAX_IN_A_GROUP = 2_000

Even = tuple[Mask, Mask]  # of packages: surely even in every group, and possibly
Ends = tuple[Fraction, Fraction]


class Doubtful(Protocol):
    """A group in which a package may be uneven."""

    def doubts(self, boxes: Sequence[Box], package: int, /) -> Iterator[tuple[Corner, ...]]:
        """Yield answers at which it may be; none: it surely is not."""
        ...


@dataclass(frozen=True, slots=True)
class Group:
    """The combinations of a group that the public rules allow, and which one each package has.

    ``lines[i]`` holds party i's points there by its answers; its least and its most are over the
    combinations that ``own[i]`` marks, those that its own red lines allow.
    """

    name: str
    tolerance: Fraction
    lines: tuple[Lines, ...]
    own: tuple[Mask, ...]
    places: Array

    def even(self, boxes: Sequence[Box], asked: Iterable[int]) -> tuple[set[int], set[int]]:
        """Return which of some combinations are surely even, and which possibly.

        Where answers inside the group are linked, their ranges alone are looked at: what is surely
        even is so all the same, and nothing that may be even is left out.
        """
        places = [*asked]
        every = list(zip(boxes, self.lines, self.own, strict=True))
        shares = [_shares(box, lines, own, places) for box, lines, own in every]
        lasting = [_lasting(*party) for party in every]
        compared = [own for own in shares if own is not None]
        there = [own for own, sure in zip(shares, lasting, strict=True) if own is not None and sure]
        surely = {
            place
            for n, place in enumerate(places)
            if _apart([own[n] for own in compared], widest=True) <= self.tolerance
        }
        possibly = {
            place
            for n, place in enumerate(places)
            if _apart([own[n] for own in there], widest=False) <= self.tolerance
        }
        return surely, possibly

    def even_at(self, sides: Sequence[Side], corners: Sequence[Corner], package: int) -> bool:
        """Tell whether a package is even within the group at one set of answers."""
        place = int(self.places[package])
        points = [at(side, own) for side, own in zip(sides, corners, strict=True)]
        return place in self.even(points, [place])[0]

    def doubts(self, boxes: Sequence[Box], package: int) -> Iterator[tuple[Corner, ...]]:
        """Yield answers at which the group may be uneven within itself; none: it surely is not."""
        place = int(self.places[package])
        surely, _ = self.even(boxes, [place])
        if place not in surely:
            yield from self.uneven_at(boxes, place)

    def uneven_at(self, boxes: Sequence[Box], place: int) -> Iterator[tuple[Corner, ...]]:
        """Yield answers at which two parties' shares of a combination are furthest apart."""
        for ahead, behind in permutations(range(len(boxes)), 2):
            corners = [box.side.given for box in boxes]
            for party, sign in ((ahead, 1), (behind, -1)):
                corners[party] = _favouring(boxes[party], self.lines[party], place, sign)
            yield tuple(corners)


def _favouring(box: Box, lines: Lines, place: int, sign: int) -> Corner:
    """Return answers at which a combination is worth as much, or as little, as it may be.

    All others are as given, but for those that are linked to answers about the group.
    """
    line, corner = np.zeros(len(lines.base), dtype=object), list(box.side.given)
    for strip in lines.strips:
        line[strip.columns] = 2 * strip.table[strip.codes[place]] - strip.table.max()
    found = box.where_most(sign * line)
    columns = {int(column) for strip in lines.strips for column in strip.columns}
    for one in box.linked:
        columns |= set(one.places) if columns & set(one.places) else set()
    for column in columns:
        corner[column] = found[column]
    return tuple(corner)


def _shares(box: Box, lines: Lines, own: Mask, places: Sequence[int]) -> list[Ends] | None:
    """Return the least and the greatest share of combinations; None: nothing is at stake."""
    asked, among = lines[places], lines[own]
    more = asked.differences(among, box.low, box.high)
    less = among.differences(asked, box.low, box.high).T
    columns = (-less.min(axis=1), more.max(axis=1), -more.min(axis=1), less.max(axis=1))
    found: list[Ends] = []
    for low, above, rest, below in zip(*(column.tolist() for column in columns), strict=True):
        if above <= 0 and below <= 0:
            return None
        a, b = max(0, low), max(0, rest)
        least = Fraction(a, a + below) if a + below else Fraction(1)
        most = Fraction(above, above + b) if above + b else Fraction(0)
        found.append((least, most))
    return found


def _lasting(box: Box, lines: Lines, own: Mask) -> bool:
    """Tell whether a party has something at stake wherever it is in its box."""
    points = lines[own] @ box.middle()
    if not len(points):
        return False
    inside = lines[own]
    best, least = inside[int(np.argmax(points))], inside[int(np.argmin(points))]
    return bool(box.least((best - least)[None, :])[0] > 0)


def _apart(shares: Sequence[Ends], widest: bool) -> Fraction:
    """Return how far apart shares may be at the most, or are at the least."""
    if len(shares) < 2:
        return Fraction(0)
    if not widest:
        return max(least for least, _ in shares) - min(most for _, most in shares)
    return max(a[1] - b[0] for a, b in permutations(shares, 2))


def uneven_inside(
    groups: Iterable[Doubtful], boxes: Sequence[Box], package: int
) -> Iterator[tuple[Corner, ...]]:
    """Yield answers at which a package may be uneven within some group; none: it surely is not."""
    for group in groups:
        yield from group.doubts(boxes, package)


def evenness(groups: Sequence[Group], boxes: Sequence[Box], count: int) -> Even:
    """Return which of so many packages are surely even in every group, and which possibly."""
    every = np.ones(count, dtype=bool)
    found = [(group, group.even(boxes, np.unique(group.places))) for group in groups]
    return (
        np.logical_and.reduce([every, *(np.isin(g.places, [*sure]) for g, (sure, _) in found)]),
        np.logical_and.reduce([every, *(np.isin(g.places, [*may]) for g, (_, may) in found)]),
    )


def groups_of(listed: Packages) -> tuple[Group, ...]:
    """Return the groups of a dispute that are not for trade, if nothing in them is divided.

    Raises
    ------
    TooLarge
        If one has more than ``MAX_IN_A_GROUP`` combinations (H18).
    """
    return tuple(_group(listed, table) for table in listed.compiled.tables)


def _group(listed: Packages, table: GroupTable) -> Group:
    found = listed.compiled
    if len(table.parts) > MAX_IN_A_GROUP:
        raise TooLarge(
            Fault(
                "Robustness",
                f"{len(table.parts):,} combinations in group {table.group!r}",
                f"At most {MAX_IN_A_GROUP:,} in a group that is not for trade",
                "H18",
                "Split the group, or leave some options out.",
            )
        )
    issues = [found.whole.index(issue) for issue in table.issues]
    taken = np.array([*table.parts], dtype=np.uint16).reshape(len(table.parts), len(issues))
    inside = Packages(found, {k: taken[:, n] for n, k in enumerate(issues)}, len(taken))
    sizes = [len(found.decisions[k]) for k in issues]
    number = np.full(sizes, len(taken))
    number[tuple(taken.T)] = np.arange(len(taken))
    parties = found.dispute.party_ids
    return Group(
        table.group,
        found.dispute.tolerance,
        tuple(lines_of(inside, party, {})[0] for party in parties),
        tuple(_kept(inside, party, table) for party in parties),
        number[tuple(listed.codes[k] for k in issues)],
    )


def _kept(inside: Packages, party: str, table: GroupTable) -> Mask:
    """Tell which combinations a party's own red lines inside the group allow."""
    kept = np.ones(len(inside), dtype=bool)
    for line in inside.compiled.dispute.preferences[party].red_lines:
        clause = inside.indices.clause(line.never)
        if clause is not None and line.never.tests.keys() <= set(table.issues):
            kept &= ~inside.holds(clause)
    return kept
