"""Which of several equally good packages is shown first, and how many others there are (H11)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeVar, runtime_checkable

from hikiwake.model import Dispute, Outcome
from hikiwake.pareto.bargain import Bargain
from hikiwake.pareto.canonical import Written, canonical, lot
from hikiwake.pareto.fronts.measure import Point
from hikiwake.settlement import MAX_LISTED, AtLeast, Count
from hikiwake.solvers import CP_SAT
from hikiwake.solvers.effort import spent
from hikiwake.solvers.solution import Decision, Taken

MAX_AT_ONCE = 4
MAX_WEIGHED = 10_000
MAX_WEIGHED_DECISIONS = 250_000  # in all of these packages

Package = TypeVar("Package")


@runtime_checkable
class OfMany(Protocol):
    """A frontier that can tell the first of packages that are too many to be listed."""

    def first_of_many(
        self,
        point: Point,
        today: Sequence[int | None],
        most: int,
        key: Callable[[int, int], bytes],
    ) -> Taken | None:
        """Return the first of the nearest packages, by keys of options; None if they are few."""
        ...


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
    ``MAX_WEIGHED_DECISIONS`` issues in all, it is decided issue by issue, by the smallest SHA-256
    of an option's part of that form; where something is divided the hash decides among the first.
    """
    points = tuple(points)
    shown, firsts = _firsts(bargain, points)
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
        tuple(sorted(islice(_mirrors(bargain, twins, firsts), MAX_LISTED), key=_by_lot)),
    )


def shown_of(bargain: Bargain, points: Iterable[Point]) -> Outcome:
    """Return the package that ``choose`` shows; how many others there are is not asked."""
    shown, firsts = _firsts(bargain, tuple(points))
    return firsts[shown]


def _firsts(bargain: Bargain, points: tuple[Point, ...]) -> tuple[Point, dict[Point, Outcome]]:
    """Return the point that is shown, and the package that stands for each."""
    firsts = {point: shown_first(bargain, point) for point in points}
    first = first_of(bargain.dispute, firsts.values())
    return next(point for point in points if firsts[point] is first), firsts


def shown_first(
    bargain: Bargain, point: Point, near: tuple[int | None, ...] | None = None
) -> Outcome:
    """Return the package to show among those with the utilities of a point of the frontier.

    ``near``: the package, by its options, from which they change the fewest issues; left out:
    today's.
    """
    compiled, frontier = bargain.compiled, bargain.frontier
    today = compiled.today() if near is None else near
    if compiled.problem.continuous:
        nearest = frontier.nearest(point, today)
        return first_of(bargain.dispute, map(compiled.outcome, nearest))
    if isinstance(frontier, OfMany):
        most = _most(bargain.dispute)
        first = frontier.first_of_many(point, today, most, bargain.written.digest)
        if first is not None:
            return compiled.outcome(first)
    nearest = frontier.nearest(point, today)
    return first_decided(bargain.written, (taken.options for taken in nearest))


def each_shown_first(bargain: Bargain, points: Sequence[Point]) -> tuple[Outcome, ...]:
    """Return what ``shown_first`` does for each point; the solver is asked of several at once."""
    if bargain.frontier.engine != CP_SAT or len(points) < 2:
        return tuple(shown_first(bargain, point) for point in points)
    from concurrent.futures import ThreadPoolExecutor

    spent()  # so that the threads count their work where we do
    # While the solver searches, Python is free; and no answer depends on another.
    with ThreadPoolExecutor(min(MAX_AT_ONCE, os.cpu_count() or 1)) as threads:
        asked = [threads.submit(copy_context().run, shown_first, bargain, p) for p in points]
        return tuple(one.result() for one in asked)


def _mirrors(
    bargain: Bargain, twins: Iterable[Point], firsts: dict[Point, Outcome]
) -> Iterator[tuple[Point, Outcome]]:
    for twin in twins:
        for outcome in _listed(bargain, twin, firsts[twin]):
            yield twin, outcome


def changes_from_status_quo(dispute: Dispute, outcome: Outcome) -> int:
    """Return on how many issues an outcome differs from the status quo."""
    today = dispute.status_quo or {}
    return sum(value != outcome[issue] for issue, value in today.items())


def first_of(dispute: Dispute, outcomes: Iterable[Outcome]) -> Outcome:
    """Return the package to show among some: the fewest changes, then the smallest hash."""
    return _first(
        islice(outcomes, _most(dispute)),
        lambda outcome: changes_from_status_quo(dispute, outcome),
        canonical,
    )


def first_decided(written: Written, decisions: Iterable[Decision]) -> Outcome:
    """Return what ``first_of`` does, of packages in indices where nothing is divided."""
    compiled = written.compiled
    today = [(k, option) for k, option in enumerate(compiled.today()) if option is not None]
    shown = _first(
        islice(decisions, _most(compiled.dispute)),
        lambda decision: sum(decision[k] != option for k, option in today),
        written.text,
    )
    return compiled.outcome(Taken(shown))


def _most(dispute: Dispute) -> int:
    return max(1, min(MAX_WEIGHED, MAX_WEIGHED_DECISIONS // max(1, len(dispute.issues))))


def _first(
    packages: Iterable[Package],
    changed: Callable[[Package], int],
    text: Callable[[Package], bytes],
) -> Package:
    from hashlib import sha256

    weighed = list(packages)
    changes = list(map(changed, weighed))
    fewest = min(changes)
    nearest = [one for one, count in zip(weighed, changes, strict=True) if count == fewest]
    if len(nearest) == 1:
        return nearest[0]
    return min(nearest, key=lambda package: sha256(text(package)).digest())


def _listed(bargain: Bargain, point: Point, first: Outcome) -> Iterator[Outcome]:
    outcomes = map(bargain.compiled.outcome, bargain.frontier.packages(point))
    yield first
    others = islice((outcome for outcome in outcomes if outcome != first), MAX_LISTED - 1)
    yield from sorted(others, key=lot)


def _by_lot(mirror: tuple[Point, Outcome]) -> bytes:
    return lot(mirror[1])


def _total(counts: Iterable[Count]) -> Count:
    total, certain = 0, True
    for count in counts:
        if count == "infinite":
            return "infinite"
        total += count
        certain = certain and not isinstance(count, AtLeast)
    return total if certain else AtLeast(total)
