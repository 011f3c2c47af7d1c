"""Which of several equally good packages is shown first, and how many others there are (H11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from hikiwake.model import Dispute, FrozenMap, Outcome, Value
from hikiwake.pareto.bargain import Bargain
from hikiwake.pareto.measure import Point
from hikiwake.settlement import MAX_LISTED, AtLeast, Count

MAX_WEIGHED = 10_000
MAX_WEIGHED_DECISIONS = 250_000  # in all of these packages


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
    canonical form. Where more than ``MAX_WEIGHED`` have the fewest changes, or these have more than
    ``MAX_WEIGHED_DECISIONS`` issues in all, the hash decides among the first so many only.
    """
    points = tuple(points)
    firsts = {point: shown_first(bargain, point) for point in points}
    first = first_of(bargain.dispute, firsts.values())
    shown = next(point for point in points if firsts[point] is first)
    for point in bargain.frontier.mirrors(points, shown, bargain.gains):
        firsts[point] = shown_first(bargain, point)
    level = sorted(bargain.gains.values(shown))
    twins = [p for p in firsts if p != shown and sorted(bargain.gains.values(p)) == level]
    return Chosen(
        shown,
        firsts[shown],
        bargain.frontier.count(shown),
        _total(bargain.frontier.count(twin) for twin in twins),
        tuple(_listed(bargain, shown, firsts[shown])),
        tuple(islice(_mirrors(bargain, twins, firsts), MAX_LISTED)),
    )


def shown_first(bargain: Bargain, point: Point) -> Outcome:
    """Return the package to show among those with the utilities of a point of the frontier."""
    return first_of(bargain.dispute, _nearest(bargain, point))


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
        return str(value)

    values = {i: v if isinstance(v, str) else plain(v) for i, v in outcome.items()}
    from json import dumps

    return dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def changes_from_status_quo(dispute: Dispute, outcome: Outcome) -> int:
    """Return on how many issues an outcome differs from the status quo."""
    today = dispute.status_quo or {}
    return sum(value != outcome[issue] for issue, value in today.items())


def _digest(outcome: Outcome) -> str:
    from hashlib import sha256

    return sha256(canonical(outcome)).hexdigest()


def first_of(dispute: Dispute, outcomes: Iterable[Outcome]) -> Outcome:
    """Return the package to show among some: the fewest changes, then the smallest hash."""
    most = max(1, min(MAX_WEIGHED, MAX_WEIGHED_DECISIONS // max(1, len(dispute.issues))))
    weighed = list(islice(outcomes, most))
    changes = [changes_from_status_quo(dispute, outcome) for outcome in weighed]
    fewest = min(changes)
    nearest = [o for o, changed in zip(weighed, changes, strict=True) if changed == fewest]
    return nearest[0] if len(nearest) == 1 else min(nearest, key=_digest)


def _nearest(bargain: Bargain, point: Point) -> Iterator[Outcome]:
    compiled = bargain.compiled
    return map(compiled.outcome, bargain.frontier.nearest(point, compiled.today()))


def _listed(bargain: Bargain, point: Point, first: Outcome) -> Iterator[Outcome]:
    outcomes = map(bargain.compiled.outcome, bargain.frontier.packages(point))
    yield first
    yield from islice((outcome for outcome in outcomes if outcome != first), MAX_LISTED - 1)


def _total(counts: Iterable[Count]) -> Count:
    total, certain = 0, True
    for count in counts:
        if count == "infinite":
            return "infinite"
        total += count
        certain = certain and not isinstance(count, AtLeast)
    return total if certain else AtLeast(total)
