"""The packages that differ from a given one on a few issues, where something is divided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from hikiwake.model import Outcome
from hikiwake.options.adjust_pinned import Pinned
from hikiwake.options.adjust_reach import Bounds, Reach, Weights, jointly
from hikiwake.pareto import Bargain, LexicographicMinimum, Point, Region
from hikiwake.pareto.edges import Edges
from hikiwake.pareto.ties import shown_first

Spot = tuple[Fraction, ...]
Stretch = tuple[Spot, Spot]


class Divided:
    """Asks about the dispute with all but a few issues held at what a package says."""

    def __init__(self, bargain: Bargain, regions: Sequence[Region]) -> None:
        self._bargain = bargain
        self.planar = len(bargain.gains.parties) == 2 and bool(bargain.frontier.edges)
        self.draws = tuple(self._stretches(regions)) if self.planar else ()
        self.floors = tuple(r.floors for r in regions if r.floors is not None)
        self._tolerance = bargain.dispute.tolerance
        self.reach = Reach(bargain)
        self.pinned = Pinned(bargain)

    def may_be_draw(self, gains: Spot) -> bool:
        """Tell whether gains are even, and within the price of a reference."""
        if len(gains) < 2 or max(gains) - min(gains) > self._tolerance:
            return False
        return any(
            all(gain >= least for gain, least in zip(gains, floors, strict=True))
            for floors in self.floors
        )

    def around(self, outcome: Outcome) -> Around:
        """Return the packages around one, to be asked about."""
        return Around(self, outcome)

    @cached_property
    def aims(self) -> tuple[tuple[Weights, Fraction], ...]:
        """What every draw comes to, weighed in several ways."""
        ends = {end for draw in self.draws for end in draw}
        ways = (*self._normals(ends), (1, 1), (1, 0), (0, 1), (-1, 0), (0, -1))
        return tuple(
            ((v, w), min(v * first + w * second for first, second in ends)) for v, w in ways
        )

    def _normals(self, ends: set[Spot]) -> Iterator[Spot]:
        """Yield what weighs gains evenly along each edge with draws: there they weigh the most."""
        gains = self._bargain.gains
        for edge in self._bargain.frontier.edges:
            (x0, y0), (x1, y1) = gains.values(edge.first), gains.values(edge.second)
            if (x0, y0) != (x1, y1) and any(on(d, ((x0, y0), (x1, y1))) for d in ends):
                yield abs(y1 - y0), abs(x1 - x0)

    def _stretches(self, regions: Sequence[Region]) -> Iterator[Stretch]:
        """Yield the parts of the frontier that are draws, in gains; ends may be open."""
        gains = self._bargain.gains
        for edge in self._bargain.frontier.edges:
            start, end = gains.values(edge.first), gains.values(edge.second)
            for region in regions if edge.reached else ():
                within = region.interval(start, end)
                if within is not None:
                    low, high = within
                    yield _between(start, end, low), _between(start, end, high)


@dataclass(frozen=True, slots=True)
class Evenest:
    """The evenest-off package of a part of a dispute, not written out before it is wanted."""

    held: Bargain
    point: Point

    @property
    def levels(self) -> Spot:
        """Everybody's gains who can gain."""
        return self.held.gains.values(self.point)

    @property
    def outcome(self) -> Outcome:
        """The package."""
        return shown_first(self.held, self.point)


class Around:
    """The packages that differ from one package on some issues."""

    def __init__(self, divided: Divided, outcome: Outcome) -> None:
        self._divided = divided
        self._outcome = outcome
        self._held = divided.pinned.at(outcome)
        self._evenest: dict[tuple[str, ...], Evenest | None] = {}

    @cached_property
    def _suiting(self) -> Bounds:
        return self._divided.reach.to_walk_aways(self._outcome)

    @cached_property
    def _kept(self) -> list[Bounds]:
        """For each reference, whether everybody might come to what the price leaves it."""
        reach, several = self._divided.reach, self._divided.floors
        return [reach.to(self._outcome, jointly(floors)) for floors in several]

    @cached_property
    def _drawn(self) -> Bounds:
        return self._divided.reach.to(self._outcome, self._divided.aims)

    def possible(self, free: Sequence[str]) -> Evenest | None:
        """Return the evenest-off possible package that differs on these issues only, if any."""
        if not self._suiting.allow(free):
            return None
        if (key := tuple(free)) not in self._evenest:
            held = self._held.but(free)
            points = held.best(LexicographicMinimum())
            self._evenest[key] = Evenest(held, points[0]) if points else None
        return self._evenest[key]

    def even(self, free: Sequence[str]) -> Evenest | None:
        """Return the evenest-off package that differs on these issues only, if it may be a draw.

        It is looked for only where everybody might come to what a draw leaves it at least.
        """
        if not any(way.allow(free) for way in self._kept):
            return None
        found = self.possible(free)
        if found is None or not self._divided.may_be_draw(found.levels):
            return None
        return found

    def draws(self, free: Sequence[str]) -> Iterator[Outcome]:
        """Yield packages that differ on these issues only and are worth what a draw is worth.

        Nothing lies beyond the frontier of the whole. What touches it does so at an end of an edge
        of one of them.
        """
        if not self._drawn.allow(free):
            return
        held = self._held.but(free)
        measure, draws = held.gains, self._divided.draws
        own = [(measure.values(first), measure.values(second)) for first, second in _edges(held)]
        ends = {end for stretch in own for end in stretch if any(on(end, d) for d in draws)}
        ends |= {end for draw in draws for end in draw if any(on(end, s) for s in own)}
        for spot in sorted(ends):
            point = tuple(
                zero + gain * unit
                for zero, unit, gain in zip(measure.zeros, measure.units, spot, strict=True)
            )
            yield shown_first(held, point)


def divided_over(bargain: Bargain, regions: Sequence[Region]) -> Divided | None:
    """Return what can be asked; None where a group not for trade would be measured otherwise."""
    return None if bargain.compiled.groups else Divided(bargain, regions)


def _edges(held: Bargain) -> Iterator[tuple[Point, Point]]:
    """Yield the edges of what the packages are worth: of chains, where these are known."""
    if not isinstance(held.frontier, Edges):
        yield from ((edge.first, edge.second) for edge in held.frontier.edges)
        return
    for chain in held.frontier.divided.chains():
        yield from pairwise(chain) if len(chain) > 1 else [(chain[0], chain[0])]


def _between(start: Spot, end: Spot, place: Fraction) -> Spot:
    return tuple(a + place * (b - a) for a, b in zip(start, end, strict=True))


def on(spot: Spot, stretch: Stretch) -> bool:
    """Tell whether a point of the plane lies on a stretch, its ends included."""
    (x, y), (x0, y0), (x1, y1) = spot, *stretch
    if not (min(x0, x1) <= x <= max(x0, x1) and min(y0, y1) <= y <= max(y0, y1)):
        return False
    return (x1 - x0) * (y - y0) == (y1 - y0) * (x - x0)
