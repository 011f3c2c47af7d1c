"""Which of several equally good packages is shown first, and how many others there are (H11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from hikiwake.model import Dispute, FrozenMap, Outcome, Value
from hikiwake.pareto.bargain import Bargain
from hikiwake.pareto.measure import Point
from hikiwake.pareto.sets import Edges, Points
from hikiwake.settlement import MAX_LISTED, Count
from hikiwake.solvers.linear import divisions

MAX_WEIGHED = 10_000


@dataclass(frozen=True, slots=True)
class Chosen:
    """The package shown, its ties, and the points whose gains mirror its own."""

    point: Point
    outcome: Outcome
    ties: Count
    twins: Count
    tied: tuple[Outcome, ...]
    mirrors: tuple[tuple[Point, Outcome], ...]


def choose(bargain: Bargain, points: Iterable[Point]) -> Chosen:
    """Return the package to show among equally good points, with its ties and twins.

    Notes
    -----
    Shown is the one with the fewest changes from the status quo, then the smallest SHA-256 of its
    canonical form. Where more than ``MAX_WEIGHED`` have the fewest changes, the hash decides among
    the first so many only.
    """
    points = tuple(points)
    firsts = {point: shown_first(bargain, point) for point in points}
    first = _first(bargain.dispute, firsts.values())
    shown = next(point for point in points if firsts[point] is first)
    for point in _mirror_inside(bargain, points, shown):
        firsts[point] = shown_first(bargain, point)
    level = sorted(bargain.gains.values(shown))
    twins = [p for p in firsts if p != shown and sorted(bargain.gains.values(p)) == level]
    return Chosen(
        shown,
        firsts[shown],
        count_ties(bargain, shown),
        _total(count_ties(bargain, twin) for twin in twins),
        tuple(_listed(bargain, shown, firsts[shown])),
        tuple(islice(_mirrors(bargain, twins, firsts), MAX_LISTED)),
    )


def shown_first(bargain: Bargain, point: Point) -> Outcome:
    """Return the package to show among those with the utilities of a point of the frontier."""
    return _first(bargain.dispute, _nearest(bargain, point))


def _mirror_inside(bargain: Bargain, best: tuple[Point, ...], shown: Point) -> Iterator[Point]:
    """Yield the mirror of a point if it lies inside an edge all of which is best."""
    if len(bargain.gains.parties) < 2 or not isinstance(bargain.frontier, Edges):
        return
    first, second = reversed(bargain.gains.values(shown))
    mirror = tuple(
        zero + gain * unit
        for zero, gain, unit in zip(
            bargain.gains.zeros, (first, second), bargain.gains.units, strict=True
        )
    )
    for edge in bargain.frontier.divided.border.edges:
        within = edge.second[0] < mirror[0] < edge.first[0]
        if within and edge.first in best and edge.second in best and edge.holds(mirror):
            yield mirror


def _mirrors(
    bargain: Bargain, twins: Iterable[Point], firsts: dict[Point, Outcome]
) -> Iterator[tuple[Point, Outcome]]:
    for twin in twins:
        for outcome in _listed(bargain, twin, firsts[twin]):
            yield twin, outcome


def canonical(outcome: Outcome) -> bytes:
    """Return the canonical form of an outcome: sorted keys, fractions as texts, UTF-8."""

    def plain(value: Value) -> object:
        if isinstance(value, FrozenMap):
            return {party: str(part) for party, part in value.items()}
        return value if isinstance(value, str) else str(value)

    values = {issue: plain(value) for issue, value in outcome.items()}
    from json import dumps

    return dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def changes_from_status_quo(dispute: Dispute, outcome: Outcome) -> int:
    """Return on how many issues an outcome differs from the status quo."""
    today = dispute.status_quo or {}
    return sum(value != outcome[issue] for issue, value in today.items())


def _digest(outcome: Outcome) -> str:
    from hashlib import sha256

    return sha256(canonical(outcome)).hexdigest()


def _first(dispute: Dispute, outcomes: Iterable[Outcome]) -> Outcome:
    weighed = list(islice(outcomes, MAX_WEIGHED))
    changes = [changes_from_status_quo(dispute, outcome) for outcome in weighed]
    fewest = min(changes)
    nearest = [o for o, changed in zip(weighed, changes, strict=True) if changed == fewest]
    return nearest[0] if len(nearest) == 1 else min(nearest, key=_digest)


def _nearest(bargain: Bargain, point: Point) -> Iterator[Outcome]:
    frontier, compiled = bargain.frontier, bargain.compiled
    if isinstance(frontier, Points):
        found = frontier.solution.nearest(frontier.row(point), compiled.today())
        return (compiled.outcome(decision, {}) for decision in found)
    return _divided(bargain, frontier, point, nearest=True)


def _listed(bargain: Bargain, point: Point, first: Outcome) -> Iterator[Outcome]:
    frontier, compiled = bargain.frontier, bargain.compiled
    if isinstance(frontier, Points):
        found = frontier.solution.decisions(frontier.row(point))
        outcomes = (compiled.outcome(decision, {}) for decision in found)
    else:
        outcomes = _divided(bargain, frontier, point, nearest=False)
    yield first
    yield from islice((outcome for outcome in outcomes if outcome != first), MAX_LISTED - 1)


def _divided(bargain: Bargain, frontier: Edges, point: Point, nearest: bool) -> Iterator[Outcome]:
    compiled = bargain.compiled
    seen: set[Outcome] = set()
    for cell, row in frontier.divided.behind((point[0], point[1])):
        found, _ = divisions(cell, row, (point[0], point[1]))
        whole = cell.whole
        wholes = whole.nearest(row, compiled.today()) if nearest else whole.decisions(row)
        for decision in wholes:
            for division in found:
                outcome = compiled.outcome(decision, division)
                if outcome not in seen:
                    seen.add(outcome)
                    yield outcome


def count_ties(bargain: Bargain, point: Point) -> Count:
    """Return how many packages have exactly the utilities of a point of the frontier."""
    frontier = bargain.frontier
    if isinstance(frontier, Points):
        return frontier.solution.count(frontier.row(point))
    total = cells = 0
    for cell, row in frontier.divided.behind((point[0], point[1])):
        _, infinite = divisions(cell, row, (point[0], point[1]))
        if infinite:
            return "infinite"
        total += cell.whole.count(row)
        cells += 1
    if cells > 1 and total <= MAX_WEIGHED:
        # Cells may touch, so the same package can stand behind two of them.
        return sum(1 for _ in _divided(bargain, frontier, point, nearest=False))
    return total


def _total(counts: Iterable[Count]) -> Count:
    total = 0
    for count in counts:
        if count == "infinite":
            return "infinite"
        total += count
    return total
