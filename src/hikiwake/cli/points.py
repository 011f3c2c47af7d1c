"""The points of a frontier as a table, with the settled one marked among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hikiwake.explain.language.names import Names
from hikiwake.explain.language.voice import Voice
from hikiwake.explain.settled.frontier import MARK, package_column, points_and_gain

SHOWN = 40
MOST_SIDES_WITH_POINTS = 4


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """One package of the frontier, by party; ``settled``: the one that `settle` shows."""

    outcome: Any
    utilities: dict[str, Fraction]
    gains: dict[str, Fraction | None]
    settled: bool


def points_of(found: Any, settlement: Any) -> list[FrontierPoint]:
    """Return the points in order: along the frontier for two sides, else the evenest first.

    The settled package, if there is one, is among them also where it lies between two corners of
    the frontier.
    """
    mine = settlement and {party: settlement.utilities[party] for party in found.parties}
    points: list[FrontierPoint] = []
    rows = zip(found.outcomes, found.exact_utilities, found.gains, strict=True)
    for outcome, row, gains in rows:
        utilities = dict(zip(found.parties, row, strict=True))
        by_party = dict(zip(found.parties, gains, strict=True))
        points.append(FrontierPoint(outcome, utilities, by_party, utilities == mine))
    if settlement and not any(point.settled for point in points):
        points.append(FrontierPoint(settlement.outcome, mine, dict(settlement.gains), True))
    return sorted(points, key=_along if len(found.parties) == 2 else _evenest)


def window(points: Sequence[FrontierPoint], shown: int = SHOWN) -> Sequence[FrontierPoint]:
    """Return as many points as are shown, those around the settled one."""
    middle = next((place for place, point in enumerate(points) if point.settled), 0)
    start = max(0, min(middle - shown // 2, len(points) - shown))
    return points[start : start + shown]


def table(
    points: Sequence[FrontierPoint], settled: Any, names: Names, voice: Voice
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the columns and rows: for many sides their gains only, else points and package too."""
    sides = names.in_order(points[0].utilities)
    few = len(sides) <= MOST_SIDES_WITH_POINTS
    columns = ("", *(names.party(party) for party in sides))
    rows = [tuple(_cells(point, settled, (names, voice, sides, few))) for point in points]
    heading = package_column(voice, settled=settled is not None)
    return (*columns, heading) if few else columns, rows


def _cells(
    point: FrontierPoint, settled: Any, how: tuple[Names, Voice, list[str], bool]
) -> Iterator[str]:
    names, voice, sides, few = how
    yield MARK if point.settled else ""
    for party in sides:
        gain = point.gains[party]
        part = "–" if gain is None else voice.percent(gain)
        yield points_and_gain(voice, point.utilities[party], part) if few else part
    if few:
        yield names.outcome(point.outcome, {} if point.settled else settled or {})


def _along(point: FrontierPoint) -> tuple[Fraction, ...]:
    return tuple(point.utilities.values())


def _evenest(point: FrontierPoint) -> tuple[Fraction, ...]:
    return tuple(-gain for gain in sorted(g for g in point.gains.values() if g is not None))
