"""The least that a party with rectangles can get: searched for, and proven where that is quick."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hikiwake.numeric import common_denominator

STARTS = 10
MAX_LOOKS = 1_000_000
MAX_BRANCHED = 300  # issues, each a level of the recursion

Range = tuple[Fraction, Fraction]
Box = tuple[Mapping[int, Range], Fraction]


@dataclass(frozen=True, slots=True)
class Least:
    """A sum of boxes that is not too small; ``proven``: the least, or no more than was asked."""

    value: Fraction
    proven: bool


def least_sum(boxes: Sequence[Box], spans: Mapping[int, Range], enough: Fraction) -> Least:
    """Return the least sum of boxes over all packages, or one of at most ``enough``.

    First issues are moved one at a time to where the sum is least, from several starts, the same
    ones each time; then branch and bound proves the result or mends it. Its bound: boxes that hold
    already, and for each open issue the least of the boxes that hang on it alone. Work is bounded
    (``MAX_LOOKS``).

    Parameters
    ----------
    boxes
        Ranges of whole numbers by issue, and the points, none below 0, where all of them hold.
    spans
        The range that each issue has in all.
    enough
        The sum at which the search may stop.
    """
    if not boxes:
        return Least(Fraction(0), proven=True)
    try:
        unit = common_denominator(points for _, points in boxes)
    except OverflowError:
        return Least(sum((points for _, points in boxes), start=Fraction(0)), proven=False)
    tables = _tabled(boxes, spans, unit)
    stop = (enough * unit).__floor__()
    found = _descended(tables, stop)
    if found <= stop:
        return Least(Fraction(found, unit), proven=True)
    if len(tables.places) > MAX_BRANCHED:
        return Least(Fraction(found, unit), proven=False)
    search = _Branching(tables, found, stop)
    search.visit(0)
    return Least(Fraction(search.best, unit), search.looks <= MAX_LOOKS)


@dataclass(frozen=True, slots=True)
class _Tables:
    """Boxes over places: one value stands for each stretch on which no box begins or ends.

    ``touching`` holds, by issue, each box with the first and the last place at which it holds.
    """

    points: tuple[int, ...]
    needs: tuple[int, ...]
    touching: tuple[tuple[tuple[int, int, int], ...], ...]
    places: tuple[int, ...]


def _tabled(boxes: Sequence[Box], spans: Mapping[int, Range], unit: int) -> _Tables:
    cuts: dict[int, set[Fraction]] = {}
    for ranges, _ in boxes:
        for issue, (low, high) in ranges.items():
            cuts.setdefault(issue, {spans[issue][0]}).update((low, high + 1))
    values = {i: sorted(v for v in cut if v <= spans[i][1]) for i, cut in cuts.items()}
    at = {i: {value: place for place, value in enumerate(own)} for i, own in values.items()}
    touching: dict[int, list[tuple[int, int, int]]] = {issue: [] for issue in cuts}
    for box, (ranges, _) in enumerate(boxes):
        for issue, (low, high) in ranges.items():
            last = at[issue].get(high + 1, len(values[issue])) - 1
            touching[issue].append((box, at[issue][low], last))
    return _Tables(
        tuple(int(points * unit) for _, points in boxes),
        tuple(len(ranges) for ranges, _ in boxes),
        tuple(tuple(own) for own in touching.values()),
        tuple(len(own) for own in values.values()),
    )


def _descended(tables: _Tables, stop: int) -> int:
    """Return the least sum that moving one issue at a time comes to."""
    chance, looks, least = random.Random(0), 0, sum(tables.points)
    for start in range(STARTS):
        at = [0 if start == 0 else chance.randrange(places) for places in tables.places]
        missing = list(tables.needs)
        for issue, boxes in enumerate(tables.touching):
            for box, first, last in boxes:
                missing[box] -= first <= at[issue] <= last
        moved = True
        while moved and looks <= MAX_LOOKS:
            moved = False
            for issue, boxes in enumerate(tables.touching):
                looks += len(boxes) * 2 + tables.places[issue]
                costs = [0] * (tables.places[issue] + 1)
                for box, first, last in boxes:
                    if missing[box] == (not first <= at[issue] <= last):
                        costs[first] += tables.points[box]
                        costs[last + 1] -= tables.points[box]
                to, least_cost = _least_place(costs)
                if least_cost < sum(costs[: at[issue] + 1]):
                    for box, first, last in boxes:
                        missing[box] += (first <= at[issue] <= last) - (first <= to <= last)
                    at[issue], moved = to, True
        reached = (p for p, left in zip(tables.points, missing, strict=True) if not left)
        least = min(least, sum(reached))
        if least <= stop or looks > MAX_LOOKS:
            break
    return least


def _least_place(changes: list[int]) -> tuple[int, int]:
    """Return the place where the running sum of changes is least, and that sum."""
    sums = _running(changes)
    least = min(sums)
    return sums.index(least), least


def _running(changes: list[int]) -> list[int]:
    """Return the running sums of changes, the last one left out."""
    total, sums = 0, list[int]()
    for change in changes[:-1]:
        total += change
        sums.append(total)
    return sums


class _Branching:
    """Branch and bound over the places of issues, the most telling issue first."""

    def __init__(self, tables: _Tables, best: int, stop: int) -> None:
        self.best = best
        self.looks = 0
        self._tables = tables
        self._stop = stop
        self._missing = list(tables.needs)
        self._closed = [0] * len(tables.points)
        self._open = set(range(len(tables.places)))

    def visit(self, held: int) -> None:
        """Look at every package that the issues decided so far leave open."""
        bound, chosen, costs = held, -1, list[int]()
        most = (0, 0)
        for issue in self._open:
            own, weight = self._costs(issue)
            least = min(own)
            bound += least
            if (least, weight) > most:
                most, chosen, costs = (least, weight), issue, own
        if bound >= self.best or self.best <= self._stop or self.looks > MAX_LOOKS:
            return
        if chosen < 0:
            self.best = bound
            return
        self._open.remove(chosen)
        for place in sorted(range(len(costs)), key=costs.__getitem__):
            self._decide(chosen, place, 1)
            self.visit(held + costs[place])
            self._decide(chosen, place, -1)
        self._open.add(chosen)

    def _costs(self, issue: int) -> tuple[list[int], int]:
        """Return what each place makes certain, and all that may still come of the issue."""
        points, missing, closed = self._tables.points, self._missing, self._closed
        boxes = self._tables.touching[issue]
        changes, weight = [0] * (self._tables.places[issue] + 1), 0
        self.looks += len(boxes) + len(changes)
        for box, first, last in boxes:
            if not closed[box]:
                weight += points[box]
                if missing[box] == 1:
                    changes[first] += points[box]
                    changes[last + 1] -= points[box]
        return _running(changes), weight

    def _decide(self, issue: int, place: int, way: int) -> None:
        """Take an issue's place (1), or take it back (−1)."""
        for box, first, last in self._tables.touching[issue]:
            if first <= place <= last:
                self._missing[box] -= way
            else:
                self._closed[box] += way
