"""A dispute turned into integers and indices, and the way back to names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from hikiwake.errors import Fault, Unsupported
from hikiwake.model import (
    Beyond,
    Condition,
    Dispute,
    FrozenMap,
    Linear,
    OneOf,
    Outcome,
    Share,
    SharesBeyond,
    Value,
)
from hikiwake.model.condition import Test
from hikiwake.numeric import common_denominator
from hikiwake.pareto.covered import require_covered
from hikiwake.pareto.groups import GroupTable, group_tables
from hikiwake.settlement import Limit
from hikiwake.solvers.problem import Allowed, Bound, Clause, Extra, Problem
from hikiwake.solvers.solution import Decision

Decisions = Mapping[str, tuple[Value, ...]]
Worths = Mapping[str, tuple[Fraction, ...]]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A dispute in integers. ``units[i]`` of party i's integers make one of its points.

    ``limits`` names each clause of ``problem.never``, and after them each floor.
    """

    dispute: Dispute
    problem: Problem
    units: tuple[int, ...]
    whole: tuple[str, ...]
    decisions: tuple[tuple[Value, ...], ...]
    shared: tuple[str, ...]
    limits: tuple[Limit, ...]
    tables: tuple[GroupTable, ...]

    def within(self, level: Fraction | None) -> Problem:
        """Return the problem with every group's imbalance at most ``level``; None: as it may be."""
        if level is None:
            return self.problem
        allowed = tuple(
            Allowed(self._indices(table.issues), table.within(level)) for table in self.tables
        )
        return replace(self.problem, allowed=allowed)

    def only(self, limits: frozenset[int]) -> Problem:
        """Return the problem with only some of its limits, and no groups."""
        clauses = len(self.problem.never)
        never = tuple(c for place, c in enumerate(self.problem.never) if place in limits)
        floors = tuple(
            floor if clauses + i in limits else None for i, floor in enumerate(self.problem.floors)
        )
        problem = replace(self.problem, never=never, floors=floors)
        return problem if self.problem.shares else problem.for_parties_with_floors()

    def _indices(self, issues: Iterable[str]) -> tuple[int, ...]:
        return tuple(self.whole.index(issue) for issue in issues)

    def outcome(self, decision: Decision, divided: Mapping[int, Fraction]) -> Outcome:
        """Return the outcome that options and first parties' fractions stand for."""
        values: dict[str, Value] = {}
        first, second, *_ = self.dispute.party_ids
        taken = dict(zip(self.whole, zip(self.decisions, decision, strict=True), strict=True))
        for issue in self.dispute.issues:
            if issue.id in taken:
                ways, place = taken[issue.id]
                values[issue.id] = ways[place]
            else:
                part = divided[self.shared.index(issue.id)]
                values[issue.id] = FrozenMap({first: part, second: 1 - part})
        return FrozenMap(values)

    def today(self) -> tuple[int | None, ...]:
        """Return the status quo's option on each whole issue; None where it has none."""
        status_quo = self.dispute.status_quo or {}
        return tuple(
            values.index(status_quo[issue]) if issue in status_quo else None
            for issue, values in zip(self.whole, self.decisions, strict=True)
        )

    def points(self, party: int, integer: Fraction | int) -> Fraction:
        """Return a party's points for its integers."""
        return Fraction(integer) / self.units[party]


def compiled(dispute: Dispute) -> Compiled:
    """Return a dispute in integers.

    Raises
    ------
    Unsupported
        For what these engines do not cover yet: amounts without steps, shares between three or
        more, shares in groups not for trade, points without a usable common denominator (H18).
    """
    require_covered(dispute)
    decisions = {
        issue.id: values
        for issue in dispute.issues
        if (values := dispute.decisions_of(issue)) is not None
    }
    shared = tuple(issue.id for issue in dispute.issues if isinstance(issue, Share))
    indices = _Indices(dispute, decisions, shared)
    never = [(Limit("rule", rule.by, n), rule.never) for n, rule in enumerate(dispute.rules, 1)]
    for party in dispute.parties:
        lines = dispute.preferences[party.id].red_lines
        never += [(Limit("red_line", party.id, n), line.never) for n, line in enumerate(lines, 1)]
    clauses = [(limit, indices.clause(condition)) for limit, condition in never]
    effective = [(limit, clause) for limit, clause in clauses if clause is not None]
    steps = lcm(*(bound.denominator for _, c in effective for bound in _bounds(c)), 1)
    worths = {party: _worths(dispute, party, decisions) for party in dispute.party_ids}
    units = tuple(_unit(dispute, party, worths[party]) * steps for party in dispute.party_ids)
    points = tuple(
        tuple(zip(*_columns(issue, len(values), worths.values(), units), strict=True))
        for issue, values in decisions.items()
    )
    extras = tuple(
        Extra(i, clause, int(bonus.points * units[i]))
        for i, party in enumerate(dispute.party_ids)
        for bonus in dispute.preferences[party].bonuses
        if (clause := indices.clause(bonus.when)) is not None
    )
    floors = tuple(
        int(dispute.walk_away(party) * units[i]) for i, party in enumerate(dispute.party_ids)
    )
    weights = tuple(
        tuple(
            _whole_share(dispute, party, s, units[i]) for i, party in enumerate(dispute.party_ids)
        )
        for s in shared
    )
    problem = Problem(
        parties=len(dispute.parties),
        points=points,
        floors=floors,
        never=tuple(clause for _, clause in effective),
        extras=extras,
        shares=tuple((w[0], w[1]) for w in weights),
    )
    walk_aways = tuple(Limit("walk_away", party) for party in dispute.party_ids)
    limits = tuple(limit for limit, _ in effective) + walk_aways
    whole, ways = tuple(decisions), tuple(decisions.values())
    tables = group_tables(dispute, units)
    return Compiled(dispute, problem, units, whole, ways, shared, limits, tables)


def _worths(dispute: Dispute, party: str, decisions: Decisions) -> Worths:
    """Return a party's points for every way to decide the whole issues that matter to it."""
    points = dispute.preferences[party].points
    return {
        issue: tuple(points[issue].value(party, value) for value in values)
        for issue, values in decisions.items()
        if issue in points
    }


def _unit(dispute: Dispute, party: str, worths: Worths) -> int:
    preference = dispute.preferences[party]
    numbers = [dispute.walk_away(party), *(bonus.points for bonus in preference.bonuses)]
    numbers.extend(p.whole for p in preference.points.values() if isinstance(p, Linear))
    for points in worths.values():
        numbers.extend(points)
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
    issue: str, values: int, worths: Iterable[Worths], units: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    """Yield each party's integers for the values of an issue."""
    nothing = (Fraction(0),) * values
    for own, unit in zip(worths, units, strict=True):
        points = own.get(issue, nothing)
        yield tuple(p.numerator * (unit // p.denominator) for p in points)


def _whole_share(dispute: Dispute, party: str, issue: str, unit: int) -> int:
    points = dispute.preferences[party].points.get(issue)
    return int(points.whole * unit) if isinstance(points, Linear) else 0


def _bounds(clause: Clause) -> list[Fraction]:
    return [bound for share in clause.shares for bound in share[1:] if isinstance(bound, Fraction)]


class _Indices:
    """The places of issues and values, to turn conditions into clauses."""

    def __init__(self, dispute: Dispute, decisions: Decisions, shared: tuple[str, ...]) -> None:
        self._first = dispute.party_ids[0]
        self._decisions = decisions
        self._whole = {issue: place for place, issue in enumerate(decisions)}
        self._shared = {issue: place for place, issue in enumerate(shared)}
        self._values = {
            issue: {value: place for place, value in enumerate(values)}
            for issue, values in decisions.items()
        }

    def clause(self, condition: Condition) -> Clause | None:
        """Return a condition by indices, or None if it can never hold."""
        options: list[tuple[int, frozenset[int]]] = []
        shares: list[tuple[int, Bound, Bound]] = []
        for issue_id, test in condition.tests.items():
            if issue_id in self._whole:
                places = self._places(issue_id, test)
                if not places:
                    return None
                options.append((self._whole[issue_id], places))
            elif isinstance(test, SharesBeyond):
                above, below = self._between(test)
                if above is not None and below is not None and above >= below:
                    return None
                if (above is not None and above >= 1) or (below is not None and below <= 0):
                    return None
                if (above is not None and above >= 0) or (below is not None and below <= 1):
                    shares.append((self._shared[issue_id], above, below))
        return Clause(tuple(options), tuple(shares))

    def _places(self, issue: str, test: Test) -> frozenset[int]:
        """Return the places of the values that pass a test."""
        if isinstance(test, OneOf):
            places = self._values[issue]
            return frozenset(places[value] for value in test.values if value in places)
        values = self._decisions[issue]
        return frozenset(place for place, value in enumerate(values) if test.holds(value))

    def _between(self, test: SharesBeyond) -> tuple[Bound, Bound]:
        """Return the strict bounds on the first party's fraction."""
        aboves: list[Fraction] = []
        belows: list[Fraction] = []
        for party, bound in test.parties.items():
            own = bound if party == self._first else _mirrored(bound)
            aboves += [own.above] if own.above is not None else []
            belows += [own.below] if own.below is not None else []
        return max(aboves, default=None), min(belows, default=None)


def _mirrored(bound: Beyond) -> Beyond:
    above = None if bound.below is None else 1 - bound.below
    below = None if bound.above is None else 1 - bound.above
    return Beyond(above, below)
