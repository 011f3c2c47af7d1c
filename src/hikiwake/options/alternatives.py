"""Alternatives: several good packages, as different from one another as possible.

A mediator wants no verdict but packages to choose from. The first is the one that `draw` shows.
The others are draws too, or as close to one as there is; free choices, worth the same to everybody,
come before those that shift something between the parties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from hikiwake.errors import Fault, InputError, TooLarge
from hikiwake.findings.offers import Alternative, Alternatives, Difference, Offer
from hikiwake.model import Choice, Dispute, FrozenMap, Item, Outcome
from hikiwake.options.agreed import improving
from hikiwake.options.apart import Apart, apart, most_different, weights
from hikiwake.options.asking import acceptable
from hikiwake.options.candidates import (
    Candidate,
    Candidates,
    Closeness,
    Nearness,
    Search,
    nearness,
)
from hikiwake.options.equal_worth import equal_worth
from hikiwake.options.equity import equity
from hikiwake.pareto import Bargain, LimitReached, NoBargain, bargain_over, compiled
from hikiwake.pareto.ties import choose
from hikiwake.rules import draw
from hikiwake.settlement import Status

MAX_COUNT = 20
MAX_WIDER = Fraction(1, 2)  # farther from a draw nothing is named


def alternatives(
    dispute: Dispute, count: int, within: Fraction, agreed: Outcome | None = None
) -> Alternatives:
    """Return packages to choose from, as different from one another as possible.

    Parameters
    ----------
    count
        How many packages, the first one included.
    within
        How far short of a draw a package may be and still count as one: by how much tolerance and
        price would have to be wider. With 0, draws go before everything else.
    agreed
        A package that is agreed already, complete: then it is everybody's walk-away, and only
        packages in which every party gets more come back.

    Raises
    ------
    InputError
        If ``count`` is not from 1 to ``MAX_COUNT``, or ``within`` not from 0 to 1.
    Unsupported
        If the engines do not cover the dispute, or reach a limit (H18).
    """
    if not 1 <= count <= MAX_COUNT:
        raise InputError(_wrong_count(count))
    if not 0 <= within <= 1:
        raise InputError(_wrong_part())
    if agreed is not None:
        dispute = improving(dispute, agreed)
    try:
        bargain = bargain_over(compiled(dispute))
        if isinstance(bargain, NoBargain):
            return _none(dispute, Status.NO_AGREEMENT, agreed)
        return _found(bargain, count, within, agreed)
    except LimitReached:
        raise TooLarge(_uncertain()) from None


@dataclass(frozen=True)
class _Chosen:
    """Packages to show, the first one first, and how they were chosen."""

    shown: Sequence[Candidate]
    pool: Candidates
    exhaustive: bool
    least: Fraction


def _found(bargain: Bargain, count: int, within: Fraction, agreed: Outcome | None) -> Alternatives:
    settled = choose(bargain, draw.select(bargain).points)
    short = Closeness(bargain).short(settled.point)
    first = Candidate(settled.point, settled.outcome, short)
    search = Search(bargain, first, better=agreed is not None)
    chosen = _chosen(search, count, within)
    if chosen is None:
        return _none(bargain.dispute, Status.UNEVEN, agreed)
    ties = settled.ties
    if chosen.shown[0] != first:
        ties = bargain.frontier.count(chosen.shown[0].point)
    found = replace(_told(bargain, chosen, agreed), ties=ties, within=within)
    return replace(found, wider=_wider(search, chosen, count, within))


def _chosen(search: Search, count: int, within: Fraction) -> _Chosen | None:
    """Return the packages to show; None if only better ones count, and there is none."""
    bargain, first = search.bargain, search.first
    pool = search.candidates(count - 1, within)
    if not search.counts(first.point):
        if not any(pool.steps):
            return None
        first, pool = _promoted(pool)
    packages = [first, *(package for step in pool.steps for package in step)]
    metric = apart(bargain.dispute, weights_of(bargain), [package.outcome for package in packages])
    rows, exhaustive = _rows(metric, first, packages, pool, count)
    shown = [first, *_in_order(bargain, first, [packages[row] for row in rows[1:]])]
    return _Chosen(shown, pool, exhaustive, metric.least(rows))


def _wider(search: Search, chosen: _Chosen, count: int, within: Fraction) -> Fraction | None:
    """Return with which ``within`` packages are shown that decide whole issues otherwise.

    They are farther from a draw than asked for. None if some shown already decide them otherwise,
    if nothing that was looked at does, or if it would not be shown.
    """
    whole = [i.id for i in search.bargain.dispute.issues if isinstance(i, Choice | Item)]
    first = chosen.shown[0].outcome

    def alike(outcome: Outcome) -> bool:
        return all(outcome[issue] == first[issue] for issue in whole)

    if len(chosen.shown) == 1 or not all(alike(package.outcome) for package in chosen.shown):
        return None
    others = (
        short
        for short, point in (chosen.pool.beyond if whole else ())
        if short <= MAX_WIDER and not all(map(alike, search.behind(point)))
    )
    short = next(others, None)
    if short is None:
        return None
    part = search.closeness.rounded(short)
    again = _chosen(search, count, part)
    farther = (p for p in again.shown if p.short > within) if again else ()
    return None if all(alike(package.outcome) for package in farther) else part


def _promoted(pool: Candidates) -> tuple[Candidate, Candidates]:
    """Return the package closest to a draw, and the pool without it."""
    (first, *others), *steps = (step for step in pool.steps if step)
    return first, Candidates((tuple(others), *steps), pool.complete)


def weights_of(bargain: Bargain) -> dict[str, Fraction]:
    """Return how much each issue matters, in parts of the ranges of those who can gain."""
    parties, units = bargain.dispute.party_ids, bargain.compiled.units
    measure = bargain.gains
    ranges = {
        parties[i]: Fraction(whole) / units[i]
        for i, whole in zip(measure.parties, measure.units, strict=True)
    }
    return weights(bargain.dispute, ranges)


def _rows(
    metric: Apart, first: Candidate, packages: Sequence[Candidate], pool: Candidates, count: int
) -> tuple[tuple[int, ...], bool]:
    """Return the rows of the packages to show, and whether none are more different for sure.

    Whole steps are taken for as long as there is room; the last one gives those most different.
    Among draws, ties take half of the room, and more where there are not enough others.
    """
    rows, exhaustive = (0,), True
    stages: list[tuple[list[int], int]] = []
    start = 1
    for step in pool.steps:
        own = list(range(start, start + len(step)))
        tied = [row for row in own if packages[row].point == first.point]
        others = [row for row in own if row not in tied]
        start += len(step)
        room = count - 1 - sum(taken for _, taken in stages)
        among = min(len(tied), max(-(-room // 2), room - len(others)))
        stages += [(tied, among), (others, min(len(others), room - among))]
    for among, taken in stages:
        more, sure = most_different(metric, rows, among, taken) if taken else ((), True)
        rows, exhaustive = (*rows, *more), exhaustive and sure
    return rows, exhaustive


def _in_order(bargain: Bargain, first: Candidate, packages: Sequence[Candidate]) -> list[Candidate]:
    """Return ties first, then what is closest to a draw, then what is best for who has least."""

    def order(package: Candidate) -> tuple[bool, Nearness]:
        return package.point != first.point, nearness(bargain, package)

    return sorted(packages, key=order)


def _told(bargain: Bargain, chosen: _Chosen, agreed: Outcome | None) -> Alternatives:
    dispute, shown, first = bargain.dispute, chosen.shown, chosen.shown[0]
    packages = tuple(_alternative(bargain, first, package) for package in shown)
    offers = {
        party: tuple(
            _offer(bargain, first.outcome, outcome)
            for outcome in equal_worth(dispute, party, first.outcome, len(shown) - 1 or 1)
        )
        for party in dispute.party_ids
    }
    return Alternatives(
        status=Status.DRAW if packages[0].draw else Status.UNEVEN,
        parties=dispute.party_ids,
        walk_away=FrozenMap({p: dispute.walk_away(p) for p in dispute.party_ids}),
        ideals=FrozenMap({**bargain.ideal_points}),
        tolerance=dispute.tolerance,
        price=dispute.price,
        packages=packages,
        considered=1 + sum(map(len, chosen.pool.steps)),
        complete=chosen.pool.complete,
        exhaustive=chosen.exhaustive,
        apart=chosen.least,
        equal_worth=FrozenMap(offers),
        equity=equity(bargain, first.point),
        agreed=agreed,
        illustrative=dispute.illustrative,
    )


def _alternative(bargain: Bargain, first: Candidate, package: Candidate) -> Alternative:
    dispute, parties = bargain.dispute, bargain.dispute.party_ids
    shown = bargain.package(package.point, package.outcome)
    costs: dict[str, Fraction | None] = dict.fromkeys(parties)
    compared = bargain.costs(package.point, first.point)
    for i, cost in zip(bargain.gains.parties, compared, strict=True):
        costs[parties[i]] = cost
    changed = differences(dispute, first.outcome, package.outcome)
    alone = {p: sum((d.effects[p] for d in changed), start=Fraction(0)) for p in parties}
    before = {p: bargain.compiled.points(i, first.point[i]) for i, p in enumerate(parties)}
    return Alternative(
        shown,
        draw=bargain.is_draw(package.point),
        tie=package.point == first.point,
        short=package.short,
        costs=FrozenMap(costs),
        differences=changed,
        together=FrozenMap({p: shown.utilities[p] - before[p] - alone[p] for p in parties}),
    )


def _offer(bargain: Bargain, first: Outcome, outcome: Outcome) -> Offer:
    dispute = bargain.dispute
    utilities = FrozenMap({p: dispute.utility(p, outcome) for p in dispute.party_ids})
    changed = differences(dispute, first, outcome)
    return Offer(outcome, utilities, acceptable(bargain, outcome), changed)


def differences(dispute: Dispute, first: Outcome, other: Outcome) -> tuple[Difference, ...]:
    """Return what one package decides otherwise than another, and what that is to everybody."""
    found: list[Difference] = []
    for issue in (i.id for i in dispute.issues if first[i.id] != other[i.id]):
        effects: dict[str, Fraction] = {}
        for party in dispute.party_ids:
            own = dispute.preferences[party].points.get(issue)
            before, after = (
                own.value(party, package[issue]) if own else Fraction(0)
                for package in (first, other)
            )
            effects[party] = after - before
        found.append(Difference(issue, first[issue], other[issue], FrozenMap(effects)))
    return tuple(found)


def _none(dispute: Dispute, status: Status, agreed: Outcome | None) -> Alternatives:
    parties = dispute.party_ids
    return Alternatives(
        status=status,
        parties=parties,
        walk_away=FrozenMap({party: dispute.walk_away(party) for party in parties}),
        ideals=FrozenMap(dict.fromkeys(parties)),
        tolerance=dispute.tolerance,
        price=dispute.price,
        agreed=agreed,
        illustrative=dispute.illustrative,
    )


def _wrong_count(count: int) -> Fault:
    return Fault(
        "The number of packages",
        f"{count} found",
        f"A whole number from 1 to {MAX_COUNT}",
        "H18",
        "Ask for so many; five are plenty to talk about.",
    )


def _wrong_part() -> Fault:
    return Fault(
        "How far short of a draw a package may be",
        "a number below 0 or above 1",
        "A part of a range, from 0 to 1",
        "H10",
        "Give a part such as 1/10.",
    )


def _uncertain() -> Fault:
    return Fault(
        "The alternatives",
        "a limit was reached before the first package was certain",
        "A package that is certainly the best by the rule",
        "H18",
        "Settle with a time limit instead, or leave some issues or options out.",
    )
