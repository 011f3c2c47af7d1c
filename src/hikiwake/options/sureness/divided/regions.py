"""What is divided, as corners: ways to decide the whole issues, and the divisions that each allows.

A region is one such way with bounds on what is divided, so that everybody's points are straight
in it. It is cut where an answer begins to count for a package instead of against it: inside a
region the worst answers are the same for all divisions, and what is looked for is at a corner.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from itertools import chain, combinations, pairwise, product
from math import lcm, prod

import numpy as np

from hikiwake.errors import Fault, TooLarge
from hikiwake.model import Answer, FrozenMap, Linear, Outcome
from hikiwake.options.sureness.guesses import Mask
from hikiwake.options.sureness.lists import Packages, lines_of, walk_away_weights, weights
from hikiwake.options.sureness.long_lines import Array, times
from hikiwake.pareto.segments import Segment
from hikiwake.solvers.deadline import UNLIMITED, Deadline
from hikiwake.solvers.hulls.parts import Bounds, boxes_left, corners_of
from hikiwake.solvers.solution import Taken

MAX_CORNERS = 20_000

_WHOLE = (Fraction(0), Fraction(1))

Ends = tuple[Fraction, Fraction]
_Thing = tuple[int, tuple[Ends, ...] | int]  # a share within bounds, or an amount's segment


@dataclass(frozen=True, slots=True)
class Region:
    """The divisions between some corners; ``place`` says how the whole issues are decided.

    The corners are all combinations of so many ends of each thing divided, as ``ends`` says, and
    stand in the lists from ``start`` on.
    """

    place: int
    start: int
    ends: tuple[int, ...]

    @property
    def beside(self) -> list[tuple[int, ...]]:
        """The first corner's neighbours by what is divided: what each of its other ends gives.

        With the first corner they say all about a height that is straight in each thing divided.
        """
        steps = [prod(self.ends[n + 1 :]) for n in range(len(self.ends))]
        return [
            tuple(step * end for end in range(1, count))
            for step, count in zip(steps, self.ends, strict=True)
        ]

    @property
    def corners(self) -> slice:
        """Where its corners stand."""
        return slice(self.start, self.start + prod(self.ends))


@dataclass(frozen=True)
class Regions:
    """All regions of a dispute. Of every corner: each side's line, and how it divides.

    All are whole numbers, ``unit`` times what they stand for. ``own`` has each side's line for the
    package that is looked at.
    """

    listed: Packages
    all: tuple[Region, ...]
    lines: tuple[Array, ...]
    own: tuple[Array, ...]
    divisions: Array
    unit: int
    deadline: Deadline = UNLIMITED

    def in_time(self) -> Iterator[Region]:
        """Return an iterator over all regions, which raises TimeIsOver if no time is left."""
        return self.deadline.each(self.all)

    def outcome(self, region: Region, parts: Array) -> Outcome:
        """Return the package that weighs the corners of a region so, by numbers that sum to 1."""
        return self.outcome_at(region.place, parts @ self.divisions[region.corners])

    def outcome_at(self, place: int, divisions: Array) -> Outcome:
        """Return the package of one way to decide the whole issues, divided so."""
        found, division = self.listed.compiled, Fraction(1, self.unit) * divisions
        parties = len(found.dispute.parties)
        shares = {
            s: tuple(division[s * parties : (s + 1) * parties]) for s in range(len(found.shared))
        }
        along = dict(enumerate(division[len(found.shared) * parties :]))
        return found.outcome(Taken(self.listed.options(place), shares, along))


def regions_of(
    listed: Packages,
    outcome: Outcome,
    guessed: Sequence[Mask],
    deadline: Deadline = UNLIMITED,
) -> Regions:
    """Return the regions of a dispute, cut also where a package itself lies.

    Parameters
    ----------
    guessed
        Which answers of each side are guesses: the others count the same everywhere.

    Raises
    ------
    TooLarge
        If they have more than ``MAX_CORNERS`` corners (H18).
    TimeIsOver
        If no time is left.
    """
    if _surely_too_many(listed):
        raise _too_large()
    builder = _Builder(listed, outcome, np.concatenate(guessed))
    found: list[Region] = []
    made: list[tuple[Array, ...]] = []
    count = 0
    for place in deadline.each(range(listed.size)):
        for base, *ends in builder.regions(place):
            sizes = tuple(len(own) for own in ends)
            found.append(Region(place, count, sizes))
            made.append((base, *ends))
            if (count := count + prod(sizes)) > MAX_CORNERS:
                raise _too_large()
    unit = lcm(*{x.denominator for piece in (builder.own, *chain(*made)) for x in piece.flat})
    whole = (_corners(*(times(piece, unit) for piece in one)) for one in deadline.each(made))
    every = np.concatenate([*whole])
    lines = tuple(every[:, own] for own in builder.slices)
    own = tuple(times(builder.own[own], unit) for own in builder.slices)
    return Regions(listed, tuple(found), lines, own, every[:, builder.width :], unit, deadline)


def _surely_too_many(listed: Packages) -> bool:
    """Tell at once where there are too many: all of something that is divided can go to anybody.

    Where rules or red lines are about what is divided, that is told by making them.
    """
    found = listed.compiled
    free = not any(clause.shares for clause in found.problem.never)
    return free and listed.size * len(found.dispute.parties) ** len(found.shared) > MAX_CORNERS


def _corners(base: Array, *ends: Array) -> Array:
    """Return what all combinations of ends add to a line."""
    sizes = tuple(len(own) for own in ends)
    picks = np.indices(sizes).reshape(len(sizes), prod(sizes))
    moved = (own[pick] for own, pick in zip(ends, picks, strict=True))
    return sum(moved, start=base[None, :])


class _Builder:
    """Lines of all sides one after another, and after them how things are divided."""

    def __init__(self, listed: Packages, outcome: Outcome, guessed: Mask) -> None:
        self._listed, self._found = listed, listed.compiled
        dispute = self._found.dispute
        self._parties = dispute.party_ids
        self._preferences = [dispute.preferences[party] for party in self._parties]
        self._answers = [list(own.answers()) for own in self._preferences]
        starts = np.cumsum([0, *(len(own) for own in self._answers)])
        self.width = int(starts[-1])
        self.slices = [slice(a, b) for a, b in pairwise(starts)]
        away = [walk_away_weights(dispute, own) for own in self._preferences]
        pairs = zip(self._parties, away, strict=True)
        self._rows = [lines_of(listed, party, own) for party, own in pairs]
        self._all = self.width + len(self._found.shared) * len(self._parties) + len(listed.codes)
        self._guessed = guessed
        self.own = self._line(outcome)
        for n, without in enumerate(away):
            for answer, weight in without.items():
                self.own[self._column(n, answer)] -= weight
        clauses = [clause for clause in self._found.problem.never if clause.shares]
        self._clauses = [(clause, listed.holds(clause)) for clause in clauses]
        self._ends: dict[_Thing, tuple[Array, list[int]]] = {}
        self._pieces: dict[tuple[_Thing, tuple[Fraction, ...]], list[Array]] = {}

    def regions(self, place: int) -> Iterator[tuple[Array, ...]]:
        """Yield the line of one way to decide the whole issues, and the ends of what is divided."""
        base = np.zeros(self._all, dtype=object)
        for own, (rows, unit) in zip(self.slices, self._rows, strict=True):
            base[own] = [Fraction(number, unit) for number in rows[place]]
        active = [clause for clause, holds in self._clauses if holds[place]]
        moving = [
            (k, option)
            for k, option in enumerate(self._listed.options(place))
            if isinstance(way := self._found.decisions[k][option], Segment) and way.start != way.end
        ]
        for bounds in boxes_left(active, len(self._parties)):
            things: list[_Thing] = [self._within(s, bounds) for s in range(len(self._found.shared))]
            pieces = [self._cut(thing, base) for thing in (*things, *moving)]
            for ends in product(*pieces):
                yield (base, *ends)

    def _within(self, share: int, bounds: Bounds) -> _Thing:
        spans = [bounds.get((share, i), _WHOLE) for i in range(len(self._parties))]
        return share, tuple(spans)

    def _cut(self, thing: _Thing, base: Array) -> list[Array]:
        """Return the parts of a division in which no answer counts both for and against.

        They are the same wherever the answers that it changes count the same without it.
        """
        if thing not in self._ends:
            place, how = thing
            ends = self._moving(place, how) if isinstance(how, int) else self._share(place, how)
            moves = [int(c) for c in np.flatnonzero(self._guessed) if len(set(ends[:, c])) > 1]
            self._ends[thing] = ends, moves
        ends, moves = self._ends[thing]
        here = thing, tuple(base[moves])
        if here not in self._pieces:
            self._pieces[here] = self._parts(ends, moves, base)
        return self._pieces[here]

    def _parts(self, ends: Array, moves: Sequence[int], base: Array) -> list[Array]:
        pieces = [ends]
        for column, zero in product(moves, (base * 0, self.own)):
            cut: list[Array] = []
            for piece in pieces:
                heights = base[column] + piece[:, column] - zero[column]
                both = heights.min() < 0 < heights.max()
                cut += [clipped(piece, h) for h in (heights, -heights)] if both else [piece]
            pieces = cut
        return pieces

    def _share(self, share: int, within: Sequence[Ends]) -> Array:
        """Return the ends of one share, or of money, within bounds."""
        issue, purse, n = self._found.shared[share], self._found.purse, len(self._parties)
        corners = corners_of(within)
        ends = np.zeros((len(corners), self._all), dtype=object)
        for end, parts in zip(ends, corners, strict=True):
            end[self.width + share * n :][:n] = parts
            for i, part in enumerate(parts):
                if isinstance(self._preferences[i].points.get(issue), Linear):
                    money = purse is not None and purse.issue == issue
                    gets = purse.received(part) if money and purse is not None else part
                    end[self._column(i, Answer("issue", issue))] = gets
        return ends

    def _moving(self, k: int, option: int) -> Array:
        """Return the ends of an amount's straight segment: what changes on the way to its end."""
        issue, way = self._found.whole[k], self._found.decisions[k][option]
        assert isinstance(way, Segment)
        ends = np.zeros((2, self._all), dtype=object)
        first, last = (self._line(FrozenMap({issue: x})) for x in (way.start, way.end))
        ends[1] = last - first
        ends[1, self.width + len(self._found.shared) * len(self._parties) + k] = Fraction(1)
        return ends

    def _line(self, outcome: Outcome) -> Array:
        """Return everybody's line for an outcome, maybe partial."""
        line = np.zeros(self._all, dtype=object)
        for n, own in enumerate(self._preferences):
            for answer, weight in weights(own, outcome).items():
                line[self._column(n, answer)] = weight
        return line

    @cached_property
    def _columns(self) -> dict[tuple[int, Answer], int]:
        starts = [own.start for own in self.slices]
        return {
            (n, answer): starts[n] + place
            for n, answers in enumerate(self._answers)
            for place, answer in enumerate(answers)
        }

    def _column(self, side: int, answer: Answer) -> int:
        return self._columns[side, answer]


def clipped(points: Array, heights: Array, ends: tuple[int, ...] | None = None) -> Array:
    """Return points whose hull is the part of the hull of some where a straight height is >= 0.

    Parameters
    ----------
    ends
        Of what the points are all combinations; without it any two may be neighbours.
    """
    inside = heights >= 0
    if inside.all():
        return points
    first, second = neighbours((len(points),) if ends is None else ends)
    crossing = (heights[first] > 0) & (heights[second] < 0)
    crossing |= (heights[first] < 0) & (heights[second] > 0)
    first, second = first[crossing], second[crossing]
    high, low = np.abs(heights[first]), np.abs(heights[second])
    parts = np.array([Fraction(a, a + b) for a, b in zip(high, low, strict=True)], dtype=object)
    between = points[first] + parts[:, None] * (points[second] - points[first])
    return np.concatenate([points[inside], between])


def accepted(lines: Array, heights: Sequence[Array], ends: tuple[int, ...]) -> Array:
    """Return the corners of where every height is at least 0, by their lines."""
    width, points = lines.shape[1], np.column_stack([lines, *heights])
    for place in range(len(heights)):
        if not len(points):
            break
        known = ends if len(points) == len(lines) else None
        points = clipped(points, points[:, width + place], known)
    return points[:, :width]


@cache
def neighbours(ends: tuple[int, ...]) -> tuple[Array, Array]:
    """Return the pairs of corners that differ in one end only."""
    places = np.arange(prod(ends)).reshape(ends)
    pairs: list[tuple[Array, Array]] = []
    for axis, count in enumerate(ends):
        for a, b in combinations(range(count), 2):
            taken = places.take(a, axis).ravel(), places.take(b, axis).ravel()
            pairs.append(taken)
    none = np.zeros(0, dtype=int)
    firsts, seconds = zip(*pairs, strict=True) if pairs else ([none], [none])
    return np.concatenate(firsts), np.concatenate(seconds)


def _too_large() -> TooLarge:
    return TooLarge(
        Fault(
            "Robustness",
            "very many ways to decide the whole issues and to divide the rest",
            f"At most {MAX_CORNERS:,} ends of divisions, which are all listed",
            "H18",
            "Leave out issues that are settled, or divide fewer of them.",
        )
    )
