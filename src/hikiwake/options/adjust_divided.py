"""The packages that differ from a given one on a few issues, where something is divided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from hikiwake.model import Outcome
from hikiwake.options.adjust_reach import Reach
from hikiwake.pareto import Bargain, LexicographicMinimum, Measure, Region
from hikiwake.pareto.bargain import NoBargain, bargain_over
from hikiwake.pareto.compiled import compiled
from hikiwake.pareto.pins import pins
from hikiwake.pareto.ties import shown_first

Spot = tuple[Fraction, ...]
Stretch = tuple[Spot, Spot]


class Divided:
    """Asks about the dispute with all but a few issues held at what a package says."""

    def __init__(self, bargain: Bargain, regions: Sequence[Region]) -> None:
        self._bargain = bargain
        self.planar = len(bargain.gains.parties) == 2 and bool(bargain.frontier.edges)
        self.draws = tuple(self._stretches(regions)) if self.planar else ()
        self._reach = Reach(bargain)
        self._weights = (*self._normals(), (1, 1), (1, 0), (0, 1), (-1, 0), (0, -1))

    def possible(self, outcome: Outcome, free: Sequence[str]) -> Outcome | None:
        """Return the evenest-off possible package that differs on these issues only, if any."""
        if not self._reach.could_suit_all(outcome, free):
            return None
        held = self._held(outcome, free)
        if held is None:
            return None
        points = held.best(LexicographicMinimum(), self._measure(held))
        return shown_first(held, points[0])

    def draws_within(self, outcome: Outcome, free: Sequence[str]) -> Iterator[Outcome]:
        """Yield packages that differ on these issues only and are worth what a draw is worth.

        Two frontiers that touch do so at an end of an edge of one of them.
        """
        if not self._reach.could_come_to(outcome, free, self._aims, self._weights):
            return
        held = self._held(outcome, free)
        if held is None:
            return
        measure = self._measure(held)
        own = [(measure.values(e.first), measure.values(e.second)) for e in held.frontier.edges]
        ends = {end for stretch in own for end in stretch if any(_on(end, d) for d in self.draws)}
        ends |= {end for draw in self.draws for end in draw if any(_on(end, s) for s in own)}
        for spot in sorted(ends):
            point = tuple(
                zero + gain * unit
                for zero, unit, gain in zip(measure.zeros, measure.units, spot, strict=True)
            )
            yield shown_first(held, point)

    @cached_property
    def _aims(self) -> tuple[Spot, ...]:
        return tuple({end for draw in self.draws for end in draw})

    def _normals(self) -> Iterator[Spot]:
        """Yield what weighs gains evenly along each edge with draws: there they weigh the most."""
        gains = self._bargain.gains
        for edge in self._bargain.frontier.edges if self.planar else ():
            (x0, y0), (x1, y1) = gains.values(edge.first), gains.values(edge.second)
            if (x0, y0) != (x1, y1) and any(_on(d, ((x0, y0), (x1, y1))) for d in self._aims):
                yield abs(y1 - y0), abs(x1 - x0)

    def _held(self, outcome: Outcome, free: Sequence[str]) -> Bargain | None:
        dispute = self._bargain.dispute
        rules = (*dispute.rules, *pins(dispute, outcome, free))
        held = bargain_over(compiled(replace(dispute, rules=rules)))
        return None if isinstance(held, NoBargain) else held

    def _measure(self, held: Bargain) -> Measure:
        """Return the gains of the whole dispute, in the units of the one that is held."""
        gains = self._bargain.gains
        pairs = zip(held.compiled.units, self._bargain.compiled.units, strict=True)
        times = [Fraction(now, before) for now, before in pairs]
        return Measure(
            gains.parties,
            tuple(zero * times[i] for i, zero in zip(gains.parties, gains.zeros, strict=True)),
            tuple(unit * times[i] for i, unit in zip(gains.parties, gains.units, strict=True)),
            "gain",
        )

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


def divided_over(bargain: Bargain, regions: Sequence[Region]) -> Divided | None:
    """Return what can be asked; None where a group not for trade would be measured otherwise."""
    return None if bargain.compiled.groups else Divided(bargain, regions)


def _between(start: Spot, end: Spot, place: Fraction) -> Spot:
    return tuple(a + place * (b - a) for a, b in zip(start, end, strict=True))


def _on(spot: Spot, stretch: Stretch) -> bool:
    """Tell whether a point of the plane lies on a stretch, its ends included."""
    (x, y), (x0, y0), (x1, y1) = spot, *stretch
    straight = (x1 - x0) * (y - y0) == (y1 - y0) * (x - x0)
    return straight and min(x0, x1) <= x <= max(x0, x1) and min(y0, y1) <= y <= max(y0, y1)
