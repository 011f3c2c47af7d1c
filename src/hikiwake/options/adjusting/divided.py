"""The packages that differ from a given one on a few issues, where something is divided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property, partial
from itertools import pairwise

from hikiwake.model import Outcome
from hikiwake.options.adjusting.evenest import Evenest
from hikiwake.options.adjusting.pinned import Pinned
from hikiwake.options.adjusting.reach import Bounds, Reach, Weights, jointly
from hikiwake.pareto import Bargain, LexicographicMinimum, Point, Region
from hikiwake.pareto.fronts.edges import Edges
from hikiwake.pareto.ties import shown_first

Spot = tuple[Fraction, ...]
Stretch = tuple[Spot, Spot]


class Divided:
    """Asks about the dispute with all but a few issues held at what a package says."""

    def __init__(self, bargain: Bargain, regions: Sequence[Region]) -> None:
        self.bargain = bargain
        sides = bargain.compiled.problem.parties
        self.planar = sides == len(bargain.gains.parties) == 2 and bool(bargain.frontier.edges)
        self.draws = tuple(self._stretches(regions)) if self.planar else ()
        self.floors = tuple(r.floors for r in regions if r.floors is not None)
        self._tolerance = bargain.dispute.tolerance
        self.reach = Reach(bargain)
        self.pinned = Pinned(bargain)
        self.evenest = Evenest(self.pinned) if self.pinned.quick and not self.planar else None
        self.least = min((gain for own in self.floors for gain in own), default=Fraction(0))

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

    @cached_property
    def everywhere(self) -> Sequence[Found]:
        """Packages that are worth what a draw is worth, whatever else they are."""
        return self.touching(self.bargain)

    def touching(self, held: Bargain) -> Sequence[Found]:
        """Return packages of a part of the dispute that are worth what a draw is worth.

        Nothing lies beyond the frontier of the whole. What touches it does so at an end of an edge
        of one of them. Ends may be open, so the middle of what is in common is ``inside``.
        """
        measure = held.gains
        draws = [(measure.point(start), measure.point(end)) for start, end in self.draws]
        common = [found for e in _edges(held) for draw in draws if (found := _common(e, draw))]
        ends = {end for found in common for end in found}
        middles = {_between(min(f), max(f), Fraction(1, 2)) for f in common if len(f) > 1} - ends
        spots = [*((end, False) for end in sorted(ends)), *((m, True) for m in sorted(middles))]
        packages = partial(_itself, held)
        return [Found(packages, spot, measure.values(spot), inside) for spot, inside in spots]

    def _normals(self, ends: set[Spot]) -> Iterator[Spot]:
        """Yield what weighs gains evenly along each edge with draws: there they weigh the most."""
        gains = self.bargain.gains
        for edge in self.bargain.frontier.edges:
            (x0, y0), (x1, y1) = gains.values(edge.first), gains.values(edge.second)
            if (x0, y0) != (x1, y1) and any(on(d, ((x0, y0), (x1, y1))) for d in ends):
                yield abs(y1 - y0), abs(x1 - x0)

    def _stretches(self, regions: Sequence[Region]) -> Iterator[Stretch]:
        """Yield the parts of the frontier that are draws, in gains; ends may be open."""
        gains = self.bargain.gains
        for edge in self.bargain.frontier.edges:
            start, end = gains.values(edge.first), gains.values(edge.second)
            for region in regions if edge.reached else ():
                within = region.interval(start, end)
                if within is not None:
                    low, high = within
                    yield _between(start, end, low), _between(start, end, high)


class Found:
    """What a package of a part of a dispute is worth; it is written out when it is wanted.

    ``levels`` are the gains of everybody who can gain; ``inside`` tells that it is no end of draws.
    """

    def __init__(
        self, held: Callable[[], Bargain], point: Point, levels: Spot, inside: bool = False
    ) -> None:
        self._held, self._point = held, point
        self.levels, self.inside = levels, inside

    @cached_property
    def outcome(self) -> Outcome:
        """The package."""
        return shown_first(self._held(), self._point)


class Around:
    """The packages that differ from one package on some issues."""

    def __init__(self, divided: Divided, outcome: Outcome) -> None:
        self._divided = divided
        self._outcome = outcome
        self._held = divided.pinned.at(outcome)
        self._near = None if divided.evenest is None else divided.evenest.near(self._held)
        self._evenest: dict[tuple[str, ...], Found | None] = {}

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

    def at_most(self, free: Sequence[str]) -> Fraction | None:
        """Return what the smallest gain is at most with these issues free; None: not possible."""
        if self._near is not None:
            return self._near.at_most(free)
        return Fraction(1) if self._suiting.allow(free) else None

    def possible(self, free: Sequence[str]) -> Found | None:
        """Return the evenest-off possible package that differs on these issues only, if any."""
        return self._reaching(free, Fraction(0))

    def evenest(self, sets: Iterable[Sequence[str]]) -> list[Found]:
        """Return the evenest-off possible packages that differ on one of some sets of issues."""
        promising = [(most, free) for free in sets if (most := self.at_most(free)) is not None]
        found: list[Found] = []
        for _, free in sorted(promising, key=lambda pair: pair[0], reverse=True):
            least = min(found[0].levels, default=Fraction(0)) if found else Fraction(0)
            one = self._reaching(free, least)
            if one is not None and found and sorted(one.levels) == sorted(found[0].levels):
                found.append(one)
            elif one is not None and (not found or sorted(one.levels) > sorted(found[0].levels)):
                found = [one]
        return found

    def _reaching(self, free: Sequence[str], least: Fraction) -> Found | None:
        """Return the evenest-off package, unless it is shown first that somebody gains less."""
        if (key := tuple(free)) not in self._evenest:
            if (most := self.at_most(free)) is None or most < least:
                return None
            if self._near is not None:
                self._near.begin(free)
                if (most := self._near.at_most(free)) is None or most < least:
                    return None
            self._evenest[key] = self._sought(free)
        return self._evenest[key]

    def _sought(self, free: Sequence[str]) -> Found | None:
        if self._near is not None:
            point = self._near.best(free)
            levels = None if point is None else self._divided.bargain.gains.values(point)
            held = partial(self._held.but, free)
        else:
            part = self._held.but(free)
            point = next(iter(part.best(LexicographicMinimum())), None)
            levels = None if point is None else part.gains.values(point)
            held = partial(_itself, part)
        return None if point is None or levels is None else Found(held, point, levels)

    def even(self, free: Sequence[str]) -> Found | None:
        """Return the evenest-off package that differs on these issues only, if it may be a draw.

        It is looked for only where everybody might come to what a draw leaves it at least.
        """
        if not any(way.allow(free) for way in self._kept):
            return None
        found = self._reaching(free, self._divided.least)
        if found is None or not self._divided.may_be_draw(found.levels):
            return None
        return found

    def draws(self, free: Sequence[str]) -> Sequence[Found]:
        """Return packages that differ on these issues only and are worth what a draw is worth."""
        if len(free) == len(self._outcome):
            return self._divided.everywhere
        return self._divided.touching(self._held.but(free)) if self._drawn.allow(free) else ()


def divided_over(bargain: Bargain, regions: Sequence[Region]) -> Divided | None:
    """Return what can be asked; None where a group not for trade would be measured otherwise."""
    return None if bargain.compiled.groups else Divided(bargain, regions)


def _itself(held: Bargain) -> Bargain:
    return held


def _edges(held: Bargain) -> Iterator[tuple[Point, Point]]:
    """Yield the edges of what the packages are worth: of chains, where these are known."""
    if not isinstance(held.frontier, Edges):
        yield from ((edge.first, edge.second) for edge in held.frontier.edges)
        return
    for chain in held.frontier.divided.chains():
        yield from pairwise(chain) if len(chain) > 1 else [(chain[0], chain[0])]


def _between(start: Spot, end: Spot, place: Fraction) -> Spot:
    return tuple(a + place * (b - a) for a, b in zip(start, end, strict=True))


def _common(one: Stretch, other: Stretch) -> set[Spot]:
    """Return the ends of what two stretches have in common."""
    (a, _), (b, _), (c, _), (d, _) = *one, *other
    if max(a, b) < min(c, d) or max(c, d) < min(a, b):
        return set()
    return {end for end in one if on(end, other)} | {end for end in other if on(end, one)}


def on(spot: Spot, stretch: Stretch) -> bool:
    """Tell whether a point of the plane lies on a stretch, its ends included."""
    (x, y), (x0, y0), (x1, y1) = spot, *stretch
    if not (min(x0, x1) <= x <= max(x0, x1) and min(y0, y1) <= y <= max(y0, y1)):
        return False
    return (x1 - x0) * (y - y0) == (y1 - y0) * (x - x0)
