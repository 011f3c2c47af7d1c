"""What a condition on a package comes to at the most, over what a side may have meant: as a sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from hikiwake.options.sureness.trees.statement import Corner, Line, Stated, minus, mixed
from hikiwake.solvers.regions import Part, corners, reach

MAX_PINNED = (
    1_000  # corners of linked answers that are looked at one by one; the checker lists no more
)

Span = tuple[Fraction, Fraction]


@dataclass(slots=True, eq=False)
class Meant:
    """What one side may have meant: ranges, the parts that limits link, and known multipliers."""

    spans: Sequence[Span]
    parts: Sequence[Part]
    limits: Sequence[tuple[Line, Fraction]]
    multipliers: list[tuple[Fraction, ...]] = field(default_factory=list)

    def pinned(self, part: Part) -> list[Meant] | None:
        """Return what is left by each corner of a part; None: it has too many."""
        every = corners(part.region, MAX_PINNED)
        return None if every is None else [self._at(part, corner) for corner in sorted(every)]

    def _at(self, part: Part, corner: Corner) -> Meant:
        spans, others = list(self.spans), [one for one in self.parts if one is not part]
        for j, number in zip(part.places, corner, strict=True):
            spans[j] = number, number
        return Meant(spans, others, self.limits, self.multipliers)

    def learn(self, line: Line) -> int:
        """Return the place, from 1 on, of multipliers that bound a line best; 0: none."""
        ys = [Fraction(0)] * len(self.limits)
        for part in self.parts:
            own = [line.get(j, Fraction(0)) for j in part.places]
            for limit, y in zip(part.limits, reach(part.region, own).multipliers, strict=True):
                ys[limit] = y
        if not any(ys):
            return 0
        if (found := tuple(ys)) not in self.multipliers:
            self.multipliers.append(found)
        return self.multipliers.index(found) + 1

    def most(self, line: Line) -> Fraction:
        """Return the most that a line comes to."""
        most, part = self.bound(self.learn(line))
        return most + self.ends(minus(line, part))

    def bound(self, pick: int) -> tuple[Fraction, Line]:
        """Return the number and the line by which multipliers bound any line."""
        most, line = Fraction(0), Line()
        if pick:
            for y, (weigh, limit) in zip(self.multipliers[pick - 1], self.limits, strict=True):
                most, line = most + y * limit, minus(line, weigh, Fraction(-y)) if y else line
        return most, line

    def ends(self, line: Line) -> Fraction:
        """Return what a line comes to at the ends of the ranges where it is largest."""
        each = (c * self.spans[j][c > 0] for j, c in line.items())
        return sum(each, Fraction(0))


@dataclass(frozen=True, slots=True)
class Asked:
    """That a side's line for a package, so often, and more, may be at least 0, or above 0.

    Somewhere in the side's set; or in another one, ``within``. With an ``ideal`` it may be more
    than that part of the ideal which is the level that is looked for.
    """

    side: int
    times: Fraction
    plus: Line
    more: Fraction = Fraction(0)
    strict: bool = False
    within: Meant | None = None
    ideal: Fraction = Fraction(0)

    @property
    def levels(self) -> Fraction:
        """By how much a level that is one higher is harder to reach; without one, more than 0."""
        return self.ideal or Fraction(self.strict)


class Row:
    """What a condition comes to at the most, by some multipliers, as a sum."""

    def __init__(self, stated: Stated, meant: Meant, place: int, asked: Asked, pick: int) -> None:
        most, line = meant.bound(pick)
        self.asked, self.place, self.pick, self.meant = asked, place, pick, meant
        self._side = stated.sides[asked.side]
        self.start = minus(minus(asked.plus, line), self._side.away, asked.times)
        alone = {j: c for j, c in self.start.items() if j in self._side.alone}
        self.constant = asked.more + most + meant.ends(alone)
        self._known: dict[tuple[int, int, Corner], Fraction] = {}

    def of(self, issue: int, option: int, corner: Corner) -> Fraction:
        """Return what an option, or a mixture of its ends, adds."""
        key = issue, option, corner
        if key not in self._known:
            own = self.at(issue, option, corner)
            self._known[key] = self.meant.ends(own)
        return self._known[key]

    def at(self, issue: int, option: int, corner: Corner) -> Line:
        """Return how the answers count that are about an issue."""
        own = mixed(self._side.points[issue][option], corner)
        return {
            j: self.start.get(j, Fraction(0)) + self.asked.times * own.get(j, Fraction(0))
            for j in self._side.owned[issue]
        }

    def gaps(self, issue: int, option: int, mix: Mapping[Corner, Fraction]) -> dict[int, Fraction]:
        """Return by how much each answer is bounded too high, in a mixture of corners."""
        within = self.at(issue, option, centre(mix))
        gaps = {j: -self.meant.ends({j: c}) for j, c in within.items()}
        for corner, part in mix.items():
            for j, c in self.at(issue, option, corner).items():
                gaps[j] += part * self.meant.ends({j: c})
        return gaps

    def bonus(self, j: int, held: int) -> Fraction:
        """Return what a bonus adds where its combination holds, or does not."""
        return self.meant.ends({j: self.start.get(j, Fraction(0)) + self.asked.times * held})


def centre(mix: Mapping[Corner, Fraction]) -> Corner:
    """Return the mixture of some corners, by their parts."""
    whole = sum(mix.values(), Fraction(0))
    return tuple(
        sum((part * x for part, x in zip(mix.values(), column, strict=True)), Fraction(0)) / whole
        for column in zip(*mix, strict=True)
    )
