"""A dispute turned into integers and indices, and the way back to names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import cast

from hikiwake.errors import Fault, Unsupported
from hikiwake.model import (
    Amount,
    Curve,
    Dispute,
    FrozenMap,
    Linear,
    Outcome,
    Share,
    Table,
    Value,
    lot_of,
)
from hikiwake.numeric import common_denominator, wholes
from hikiwake.pareto.covered import require_covered
from hikiwake.pareto.groups import GroupTable, group_tables
from hikiwake.pareto.indices import Decisions, Indices
from hikiwake.pareto.lots import lots_of
from hikiwake.pareto.one_order import (
    bonuses_by_lot,
    decisions_by_lot,
    issues_by_lot,
    limits_by_lot,
)
from hikiwake.pareto.purse import Purse, purse_of, put_in
from hikiwake.pareto.ranges import GroupRange, balanced, group_ranges
from hikiwake.pareto.segments import Segment, segments_of
from hikiwake.settlement import Limit
from hikiwake.solvers.limits import Limits, only
from hikiwake.solvers.problem import Allowed, Clause, Extra, Problem, Slope
from hikiwake.solvers.solution import Taken

Worths = Mapping[str, Sequence[Fraction]]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A dispute in integers. ``units[i]`` of party i's integers make one of its points.

    Parties are in the order of the file; issues, their options, what is never allowed and bonuses
    are in one that hangs on names alone (H13).

    ``limits`` names each clause of ``problem.never``, and after them each floor. Groups not for
    trade have ``tables``; or ``ranges``, all of them, as soon as one has a continuous part. Money
    is the last share: that of a ``purse``. What everybody puts in is a last whole issue of the
    problem, with one option and no name.
    """

    dispute: Dispute
    problem: Problem
    units: tuple[int, ...]
    whole: tuple[str, ...]
    decisions: tuple[tuple[Value | Segment, ...], ...]
    shared: tuple[str, ...]
    limits: tuple[Limit, ...]
    tables: tuple[GroupTable, ...]
    ranges: tuple[GroupRange, ...] = ()
    purse: Purse | None = None

    @property
    def groups(self) -> tuple[GroupTable | GroupRange, ...]:
        """The groups that are not for trade."""
        return (*self.tables, *self.ranges)

    def within(self, level: Fraction | None) -> Problem:
        """Return the problem with every group's imbalance at most ``level``; None: as it may be."""
        if level is None:
            return self.problem
        if self.ranges:
            ranges = sorted(self.ranges, key=lambda one: lot_of(one.group))
            return balanced(self.problem, ranges, level)
        allowed = tuple(
            Allowed(self._indices(table.issues), table.within(level))
            for table in sorted(self.tables, key=lambda one: lot_of(one.group))
        )
        return replace(self.problem, allowed=allowed)

    def only(self, limits: Limits) -> Problem:
        """Return the problem with only some of its limits, and no groups."""
        problem = only(self.problem, limits)
        return problem if self.problem.continuous else problem.for_parties_with_floors()

    def _indices(self, issues: Iterable[str]) -> tuple[int, ...]:
        return tuple(self.whole.index(issue) for issue in issues)

    def outcome(self, taken: Taken) -> Outcome:
        """Return the outcome that a package in indices stands for."""
        parties = self.dispute.party_ids
        values: dict[str, Value] = {}
        for k, (issue, ways) in enumerate(zip(self.whole, self.decisions, strict=True)):
            way = ways[taken.options[k]]
            values[issue] = way.at(taken.along[k]) if isinstance(way, Segment) else way
        for s, issue in enumerate(self.shared):
            parts: Iterable[Fraction] = taken.shares[s]
            if self.purse is not None and self.purse.issue == issue:
                parts = map(self.purse.received, parts)
            values[issue] = FrozenMap(dict(zip(parties, parts, strict=True)))
        order = self.dispute.once(issue_ids)
        return FrozenMap.paired(order, map(values.__getitem__, order))

    def today(self) -> tuple[int | None, ...]:
        """Return the status quo's option on each whole issue; None where it has none."""
        status_quo = self.dispute.status_quo or {}
        own = tuple(
            ways.index(status_quo[issue])
            if issue in status_quo and not isinstance(ways[0], Segment)
            else None
            for issue, ways in zip(self.whole, self.decisions, strict=True)
        )
        return own if self.purse is None else (*own, None)

    def points(self, party: int, integer: Fraction | int) -> Fraction:
        """Return a party's points for its integers."""
        return Fraction(integer) / self.units[party]


def compiled(dispute: Dispute) -> Compiled:
    """Return a dispute in integers, worked out once and kept with it.

    Raises
    ------
    Unsupported
        For what the engines do not cover, and for points without a usable common denominator (H18).
    """
    return dispute.once(in_integers)


def in_integers(dispute: Dispute) -> Compiled:
    """Return a dispute in integers, worked out anew; raises what :func:`compiled` raises."""
    require_covered(dispute)
    parties = dispute.party_ids
    decisions = _decisions(dispute)
    purse = purse_of(dispute)
    shared = tuple(issue.id for issue in issues_by_lot(dispute) if isinstance(issue, Share))
    shared += () if purse is None else (purse.issue,)
    indices = Indices(parties, decisions, shared, purse)
    clauses = [(limit, when, indices.clause(when)) for limit, when in limits_by_lot(dispute)]
    effective = [(limit, when, clause) for limit, when, clause in clauses if clause is not None]
    steps = lcm(*(bound.denominator for *_, c in effective for bound in _bounds(c)), 1)
    worths = [_worths(dispute, party, decisions) for party in parties]
    units = tuple(
        _unit(dispute, party, own, purse) * steps
        for party, own in zip(parties, worths, strict=True)
    )
    bonuses = [
        (bonus.when, Extra(i, clause, int(bonus.points * units[i])))
        for i, bonus in bonuses_by_lot(dispute)
        if (clause := indices.clause(bonus.when)) is not None
    ]
    problem = Problem(
        parties=len(parties),
        points=(
            *(
                tuple(zip(*_columns(issue, len(ways), worths, units), strict=True))
                for issue, ways in decisions.items()
            ),
            *_put_in(dispute, purse, units),
        ),
        floors=tuple(
            _integer(dispute.walk_away(p), u) for p, u in zip(parties, units, strict=True)
        ),
        never=tuple(clause for *_, clause in effective),
        extras=tuple(extra for _, extra in bonuses),
        shares=tuple(
            tuple(
                _whole_share(dispute, party, s, units[i], purse) for i, party in enumerate(parties)
            )
            for s in shared
        ),
        slopes=tuple(_slopes(decisions, worths, units)),
        lots=lots_of(parties, shared, tuple(decisions)),
    )
    walk_aways = tuple(Limit("walk_away", party) for party in parties)
    limits = tuple(limit for limit, *_ in effective) + walk_aways
    whole, ways = tuple(decisions), tuple(decisions.values())
    found = Compiled(dispute, problem, units, whole, ways, shared, limits, (), purse=purse)
    if not dispute.groups:
        return found
    if not _continuous_groups(dispute):
        return replace(found, tables=group_tables(dispute, units))
    places = {k: n for n, k in enumerate(whole)}, {k: n for n, k in enumerate(shared)}
    when = [when for when, _ in bonuses]
    return replace(found, ranges=group_ranges(dispute, problem, effective, when, places, units))


def _continuous_groups(dispute: Dispute) -> bool:
    """Tell whether a group that is not for trade has a share or an amount without steps."""
    return any(
        dispute.decisions_of(dispute.issue(issue)) is None
        for group in dispute.groups
        if group.not_for_trade
        for issue in group.issues
    )


def issue_ids(dispute: Dispute) -> tuple[str, ...]:
    """Return the ids of the issues, in the order of the file."""
    return tuple(issue.id for issue in dispute.issues)


def _decisions(dispute: Dispute) -> Decisions:
    """Return every way to decide each issue that is not shared, amounts by their segments."""
    decisions: dict[str, tuple[Value | Segment, ...]] = {}
    for issue in issues_by_lot(dispute):
        if isinstance(issue, Amount) and issue.step is None:
            decisions[issue.id] = segments_of(dispute, issue)
        elif (values := decisions_by_lot(dispute, issue)) is not None:
            decisions[issue.id] = values
    return decisions


def _worths(dispute: Dispute, party: str, decisions: Decisions) -> Worths:
    """Return a party's points for every way to decide the issues that matter to it.

    Of an amount without steps: at the start of each segment, and then at the end of each.
    """
    points = dispute.preferences[party].points
    worths: dict[str, Sequence[Fraction]] = {}
    for issue, ways in decisions.items():
        if issue in points:
            own = points[issue]
            if isinstance(own, Table):
                worths[issue] = own.points.pick(cast(tuple[str, ...], ways))
                continue
            starts = [w.start if isinstance(w, Segment) else w for w in ways]
            ends = [w.end for w in ways if isinstance(w, Segment)]
            worths[issue] = own.each((*starts, *ends)) if isinstance(own, Curve) else ()
    return worths


def _unit(dispute: Dispute, party: str, worths: Worths, purse: Purse | None) -> int:
    preference = dispute.preferences[party]
    numbers = [dispute.walk_away(party), *(bonus.points for bonus in preference.bonuses)]
    paid = None if purse is None else purse.issue
    numbers += [
        p.whole for issue, p in preference.points.items() if isinstance(p, Linear) and issue != paid
    ]
    numbers += [] if purse is None else [put_in(purse, dispute, party)]
    for points in worths.values():
        numbers += points
    try:
        return common_denominator(numbers)
    except OverflowError:
        raise Unsupported(
            Fault(
                f"Party {party!r}",
                "points whose common denominator is too large",
                "Fractions that go together",
                "H1",
                "Round the points, or give them over one denominator.",
            )
        ) from None


def _columns(
    issue: str, ways: int, worths: Iterable[Worths], units: tuple[int, ...]
) -> Iterator[Sequence[int]]:
    """Yield each party's integers for the ways to decide an issue."""
    for own, unit in zip(worths, units, strict=True):
        points = own.get(issue)
        if points is None:
            yield (0,) * ways
        elif unit == 1:
            yield [p.numerator for p in points[:ways]]
        else:
            yield [p.numerator * (unit // p.denominator) for p in points[:ways]]


def _integer(points: Fraction, unit: int) -> int:
    return points.numerator * (unit // points.denominator)


def _slopes(
    decisions: Decisions, worths: Sequence[Worths], units: tuple[int, ...]
) -> Iterator[Slope]:
    """Yield by how much everybody's points change along the segments of each amount."""
    for k, (issue, ways) in enumerate(decisions.items()):
        if isinstance(ways[0], Segment):
            nothing = (Fraction(0),) * (2 * len(ways))
            ends = [
                wholes(own.get(issue, nothing), unit)
                for own, unit in zip(worths, units, strict=True)
            ]
            yield Slope(
                k,
                tuple(tuple(own[len(ways) + j] - own[j] for own in ends) for j in range(len(ways))),
                tuple((way.start, way.end) for way in ways if isinstance(way, Segment)),
            )


def _put_in(
    dispute: Dispute, purse: Purse | None, units: tuple[int, ...]
) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Yield the points of the only way to fill the purse, if there is one."""
    if purse is not None:
        own = zip(dispute.party_ids, units, strict=True)
        yield (tuple(-int(put_in(purse, dispute, party) * unit) for party, unit in own),)


def _whole_share(dispute: Dispute, party: str, issue: str, unit: int, purse: Purse | None) -> int:
    if purse is not None and issue == purse.issue:
        return int(put_in(purse, dispute, party) * unit) * purse.parties
    points = dispute.preferences[party].points.get(issue)
    return int(points.whole * unit) if isinstance(points, Linear) else 0


def _bounds(clause: Clause) -> list[Fraction]:
    return [bound for share in clause.shares for bound in share[2:] if isinstance(bound, Fraction)]
