"""One party's view: its points, red lines, bonuses and walk-away value. Private to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import lcm
from operator import itemgetter

from hikiwake.model.answer import WALK_AWAY, Answer, Constraint, Span, in_order
from hikiwake.model.condition import Bonus, RedLine, Value
from hikiwake.model.frozen import FrozenMap
from hikiwake.numeric import total

Corner = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Table:
    """Points for each option of a choice, or for each owner of an item."""

    points: FrozenMap[str, Fraction]

    def value(self, party: str, decided: Value) -> Fraction:
        """Return the points for an option or owner."""
        return self.points[str(decided)]


@dataclass(frozen=True, slots=True)
class Linear:
    """Points for having all of a share, a part counting in proportion; of money: for each unit."""

    whole: Fraction

    def value(self, party: str, decided: Value) -> Fraction:
        """Return the points for what the party itself gets."""
        assert isinstance(decided, FrozenMap)
        return self.whole * decided[party]


@dataclass(frozen=True, slots=True)
class Curve:
    """Points for an amount: straight lines between corners, their x strictly rising."""

    corners: tuple[Corner, ...]

    def value(self, party: str, decided: Value) -> Fraction:
        """Return the points for an amount within the corners."""
        assert isinstance(decided, Fraction)
        place = bisect_left(self.corners, decided, key=itemgetter(0))
        if place == len(self.corners):
            return self.corners[0][1]
        x1, y1 = self.corners[place]
        if x1 == decided or place == 0:
            return y1
        x0, y0 = self.corners[place - 1]
        return y0 + (y1 - y0) * (decided - x0) / (x1 - x0)

    def each(self, decided: Iterable[Value]) -> tuple[Fraction, ...]:
        """Return the points for many amounts: each straight line is worked out only once."""
        points: list[Fraction] = []
        line = _Line((Fraction(0), Fraction(0)), (Fraction(0), Fraction(0)))
        for amount in decided:
            assert isinstance(amount, Fraction)
            if not line.covers(amount):
                place = bisect_left(self.corners, amount, key=itemgetter(0))
                if place in (0, len(self.corners)):
                    points.append(self.value("", amount))
                    continue
                line = _Line(self.corners[place - 1], self.corners[place])
            points.append(line.at(amount))
        return tuple(points)


class _Line:
    """A straight line between two corners, in whole numbers."""

    def __init__(self, first: Corner, second: Corner) -> None:
        (x0, y0), (x1, y1) = first, second
        slope = (y1 - y0) / (x1 - x0) if x1 != x0 else Fraction(0)
        rest = y0 - slope * x0
        self._below = lcm(slope.denominator, rest.denominator)
        self._rise, self._start = int(slope * self._below), int(rest * self._below)
        self._from, self._to = x0.as_integer_ratio(), x1.as_integer_ratio()

    def covers(self, amount: Fraction) -> bool:
        """Tell whether an amount lies on the line, its beginning left out."""
        above, parts = amount.as_integer_ratio()
        (low, low_parts), (high, high_parts) = self._from, self._to
        return low * parts < above * low_parts and above * high_parts <= high * parts

    def at(self, amount: Fraction) -> Fraction:
        """Return the points there."""
        above, parts = amount.as_integer_ratio()
        return Fraction(self._rise * above + self._start * parts, self._below * parts)


Points = Table | Linear | Curve


@dataclass(frozen=True, slots=True)
class Preference:
    """What one party wants. An issue that ``points`` leaves out does not matter to it.

    ``ranges`` holds the answers that were given as a range, ``ranks`` orders of answers, best
    first, and ``constraints`` what else is said of several. The numbers that count, here and in
    whatever is settled, are the middle of all that these allow (H28).
    """

    party: str
    points: FrozenMap[str, Points] = field(default_factory=FrozenMap[str, Points])
    red_lines: tuple[RedLine, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    walk_away: Fraction | None = None
    ranges: FrozenMap[Answer, Span] = field(default_factory=FrozenMap[Answer, Span])
    ranks: tuple[tuple[Answer, ...], ...] = ()
    constraints: tuple[Constraint, ...] = ()

    @property
    def relations(self) -> tuple[Constraint, ...]:
        """What is said of several answers at once: by the orders, then by the constraints."""
        return (*(one for ranking in self.ranks for one in in_order(ranking)), *self.constraints)

    def answers(self) -> dict[Answer, Fraction]:
        """Return every number that the party gave, by where it stands.

        By the names of issues and options and by what bonuses are for, whatever the file's order:
        what is drawn at random for one number after the other hangs on no place in it.
        """
        found = {
            answer: number
            for issue in sorted(self.points)
            for answer, number in sorted(_answers(issue, self.points[issue]), key=_by_name)
        }
        bonuses = enumerate(self.bonuses, start=1)
        for place, bonus in sorted(bonuses, key=lambda own: (own[1].when.written, own[1].points)):
            found[Answer("bonus", place=place)] = bonus.points
        if self.walk_away is not None:
            found[WALK_AWAY] = self.walk_away
        return found

    def with_answers(self, numbers: Mapping[Answer, Fraction]) -> Preference:
        """Return the preference with some numbers replaced, and nothing left of what is unsure."""
        points = {issue: _with(issue, own, numbers) for issue, own in self.points.items()}
        bonuses = (
            replace(bonus, points=numbers.get(Answer("bonus", place=place), bonus.points))
            for place, bonus in enumerate(self.bonuses, start=1)
        )
        return replace(
            self,
            points=FrozenMap(points),
            bonuses=tuple(bonuses),
            walk_away=numbers.get(WALK_AWAY, self.walk_away),
            ranges=FrozenMap(),
            ranks=(),
            constraints=(),
        )

    def utility(self, outcome: Mapping[str, Value]) -> Fraction:
        """Return the party's points for an outcome; issues that it leaves out count 0."""
        counted = [
            points.value(self.party, outcome[issue])
            for issue, points in self.points.items()
            if issue in outcome
        ]
        counted += (bonus.points for bonus in self.bonuses if bonus.when.holds(outcome))
        return total(counted)


def _answers(issue: str, points: Points) -> Iterator[tuple[Answer, Fraction]]:
    if isinstance(points, Table):
        for value, number in points.points.items():
            yield Answer("issue", issue, value), number
    elif isinstance(points, Linear):
        yield Answer("issue", issue), points.whole
    else:
        for place, (_, number) in enumerate(points.corners, start=1):
            yield Answer("issue", issue, place=place), number


def _by_name(given: tuple[Answer, Fraction]) -> tuple[str, int]:
    return given[0].value, given[0].place


def _with(issue: str, points: Points, numbers: Mapping[Answer, Fraction]) -> Points:
    given = [numbers.get(answer, number) for answer, number in _answers(issue, points)]
    if isinstance(points, Table):
        return Table(FrozenMap(dict(zip(points.points, given, strict=True))))
    if isinstance(points, Linear):
        return Linear(given[0])
    return Curve(tuple((x, y) for (x, _), y in zip(points.corners, given, strict=True)))
