"""From an order to a course: what everybody has at each moment, and the trust each step needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import accumulate

from hikiwake.execution.found import Order
from hikiwake.execution.ledger import Ledger, Term
from hikiwake.execution.pieces import Problem
from hikiwake.findings.course import Course, Demand, Moment, Piece, Step
from hikiwake.model import Agreement, FrozenMap

Done = Mapping[str, Fraction]  # how much of each obligation


def has(ledger: Ledger, done: Done) -> Fraction:
    """Return what a party has if all stop for good after this much."""
    return ledger.walk_away + _sum(ledger.gains, done)


def temptation(ledger: Ledger, done: Done) -> Fraction | None:
    """Return what a party would gain by stopping, in parts of its range; None without a range."""
    if ledger.range is None:
        return None
    return (has(ledger, done) - ledger.end - _sum(ledger.stakes, done)) / ledger.range


def exposure(ledger: Ledger, done: Done) -> Fraction | None:
    """Return how far a party is below its walk-away value, in parts of its range."""
    if ledger.range is None:
        return None
    return max(Fraction(0), ledger.walk_away - has(ledger, done)) / ledger.range


def trust(ledger: Ledger, before: Done, after: Done) -> Fraction | None:
    """Return the trust that a party needs for a step of its own; None: it is tempted instead.

    That is c / (c + w(all) − w(S)) for a step that costs c.
    """
    now = has(ledger, before)
    if ledger.end <= now:
        return None
    cost = now - has(ledger, after)
    return cost / (cost + ledger.end - now) if cost > 0 else Fraction(0)


def course_of(
    agreement: Agreement, ledgers: Mapping[str, Ledger], problem: Problem, order: Order
) -> Course:
    """Return the course that an order is."""
    counts: dict[str, int] = {}
    for item in problem.items:
        for name, _ in item:
            counts[name] = counts.get(name, 0) + 1
    done: list[Done] = [dict.fromkeys(agreement.obligation_ids, Fraction(0))]
    for place in order:
        more = {
            name: done[-1][name] + Fraction(1, counts[name]) for name, _ in problem.items[place]
        }
        done.append({**done[-1], **more})
    moments = tuple(_moment(ledgers, now) for now in done)
    doers = {o.id: o.by for o in agreement.obligations}
    windows = list(_windows(agreement, [problem.items[place] for place in order]))
    steps: list[Step] = []
    for number, place in enumerate(order):
        item = problem.items[place]
        pieces = tuple(Piece(name, piece + 1, counts[name]) for name, piece in item)
        by = dict.fromkeys(party for name, _ in item for party in doers[name])
        needed = {p: trust(ledgers[p], done[number], done[number + 1]) for p in by}
        steps.append(
            Step(
                pieces,
                FrozenMap({p: part for p, part in needed.items() if part is not None}),
                tuple(p for p, part in needed.items() if part is None),
                *windows[number],
            )
        )
    return Course(tuple(steps), moments, _demand(moments))


def _moment(ledgers: Mapping[str, Ledger], done: Done) -> Moment:
    return Moment(
        FrozenMap({party: has(ledger, done) for party, ledger in ledgers.items()}),
        FrozenMap({party: temptation(ledger, done) for party, ledger in ledgers.items()}),
        FrozenMap({party: exposure(ledger, done) for party, ledger in ledgers.items()}),
    )


def _demand(moments: Iterable[Moment]) -> Demand:
    return Demand(
        max(
            (t for m in moments for t in m.temptation.values() if t is not None),
            default=Fraction(0),
        ),
        max(
            (e for m in moments for e in m.exposure.values() if e is not None), default=Fraction(0)
        ),
    )


def _sum(terms: Iterable[Term], done: Done) -> Fraction:
    total = Fraction(0)
    for term in terms:
        if all(done[name] == 1 for name in term.done):
            total += term.points * (done[term.of] if term.of is not None else 1)
    return total


def _windows(
    agreement: Agreement, items: list[tuple[tuple[str, int], ...]]
) -> Iterator[tuple[date | None, date | None]]:
    """Yield for each step the latest date before which it cannot be, and by which it must be.

    Steps come one after another: none before the earliest date of those that come before it, and
    each in time for the latest dates of those that come after it.
    """
    earliest = {o.id: o.earliest for o in agreement.obligations}
    latest = {o.id: o.latest for o in agreement.obligations}
    starts = [_last(earliest[name] for name, _ in item) for item in items]
    ends = [_first(latest[name] for name, _ in item) for item in items]
    before = list(accumulate(starts, lambda a, b: _last((a, b))))
    behind = list(accumulate(reversed(ends), lambda a, b: _first((a, b))))
    yield from zip(before, reversed(behind), strict=True)


def _last(dates: Iterable[date | None]) -> date | None:
    return max((day for day in dates if day is not None), default=None)


def _first(dates: Iterable[date | None]) -> date | None:
    return min((day for day in dates if day is not None), default=None)
