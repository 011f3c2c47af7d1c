"""One party's view: its points, red lines, bonuses and walk-away value. Private to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from operator import itemgetter

from hikiwake.model.condition import Bonus, RedLine, Value
from hikiwake.model.frozen import FrozenMap


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

    corners: tuple[tuple[Fraction, Fraction], ...]

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
        lines: dict[int, tuple[int, int, int]] = {}
        points: list[Fraction] = []
        for amount in decided:
            assert isinstance(amount, Fraction)
            place = bisect_left(self.corners, amount, key=itemgetter(0))
            if place in (0, len(self.corners)):
                points.append(self.value("", amount))
                continue
            if place not in lines:
                (x0, y0), (x1, y1) = self.corners[place - 1 : place + 1]
                slope = (y1 - y0) / (x1 - x0)
                rest = y0 - slope * x0
                below = lcm(slope.denominator, rest.denominator)
                lines[place] = (int(slope * below), int(rest * below), below)
            rise, start, below = lines[place]
            above, parts = amount.as_integer_ratio()
            points.append(Fraction(rise * above + start * parts, below * parts))
        return tuple(points)


Points = Table | Linear | Curve


@dataclass(frozen=True, slots=True)
class Preference:
    """What one party wants. An issue that ``points`` leaves out does not matter to it."""

    party: str
    points: FrozenMap[str, Points] = field(default_factory=FrozenMap[str, Points])
    red_lines: tuple[RedLine, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    walk_away: Fraction | None = None

    def utility(self, outcome: Mapping[str, Value]) -> Fraction:
        """Return the party's points for an outcome; issues that it leaves out count 0."""
        total = sum(
            (
                points.value(self.party, outcome[issue])
                for issue, points in self.points.items()
                if issue in outcome
            ),
            start=Fraction(0),
        )
        bonuses = (bonus.points for bonus in self.bonuses if bonus.when.holds(outcome))
        return sum(bonuses, start=total)
