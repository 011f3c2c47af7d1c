"""A dispute turned into integers and indices, and the way back to names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from hikiwake.errors import Fault, Unsupported
from hikiwake.model import (
    Amount,
    Beyond,
    Condition,
    Dispute,
    FrozenMap,
    Linear,
    Outcome,
    Share,
    SharesBeyond,
    Table,
    Value,
)
from hikiwake.numeric import common_denominator
from hikiwake.pareto.groups import GroupTable, group_tables
from hikiwake.settlement import Limit
from hikiwake.solvers.problem import Allowed, Bound, Clause, Extra, Problem
from hikiwake.solvers.solution import Decision

MAX_STEPS = 10_000
MAX_STEPS_IN_ALL = 200_000

Decisions = Mapping[str, tuple[Value, ...]]


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
        first, *others = self.dispute.party_ids
        for issue in self.dispute.issues:
            if issue.id in self.shared:
                part = divided[self.shared.index(issue.id)]
                values[issue.id] = FrozenMap({first: part, others[0]: 1 - part})
            else:
                place = self.whole.index(issue.id)
                values[issue.id] = self.decisions[place][decision[place]]
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
    _require_covered(dispute)
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
    units = tuple(_unit(dispute, party, decisions) * steps for party in dispute.party_ids)
    points = tuple(
        tuple(zip(*_columns(dispute, issue, values, units), strict=True))
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


def _require_covered(dispute: Dispute) -> None:
    faults: list[Fault] = []
    grouped = {i for group in dispute.groups if group.not_for_trade for i in group.issues}
    later = "A later version brings the engine for this."
    for issue in dispute.issues:
        thing = f"Issue {issue.id!r}"
        if isinstance(issue, Amount) and (issue.steps is None or issue.steps > MAX_STEPS):
            found = "any number in a range" if issue.steps is None else f"{issue.steps:,} steps"
            remedy = f"Give it a step, or a larger one. {later}"
            faults.append(Fault(thing, found, f"At most {MAX_STEPS:,} steps", "H18", remedy))
        elif isinstance(issue, Share) and len(dispute.parties) > 2:
            found = f"a share between {len(dispute.parties)} parties"
            remedy = f"Offer some divisions as the options of a choice. {later}"
            faults.append(Fault(thing, found, "Shares between two parties", "H18", remedy))
        elif isinstance(issue, Share) and issue.id in grouped:
            found = "a share in a group that is not for trade"
            remedy = f"Offer some divisions as the options of a choice. {later}"
            faults.append(Fault(thing, found, "Choices and items there", "H18", remedy))
    steps = sum(issue.steps or 0 for issue in dispute.issues if isinstance(issue, Amount))
    if steps > MAX_STEPS_IN_ALL and not faults:
        remedy = f"Give some amounts larger steps. {later}"
        expected = f"At most {MAX_STEPS_IN_ALL:,}"
        faults.append(Fault("The amounts", f"{steps:,} steps in all", expected, "H18", remedy))
    if faults:
        raise Unsupported(*faults)


def _unit(dispute: Dispute, party: str, decisions: Decisions) -> int:
    preference = dispute.preferences[party]
    numbers = [dispute.walk_away(party), *(bonus.points for bonus in preference.bonuses)]
    for issue, points in preference.points.items():
        if isinstance(points, Table):
            numbers.extend(points.points.values())
        elif isinstance(points, Linear):
            numbers.append(points.whole)
        else:
            numbers.extend(points.value(party, value) for value in decisions[issue])
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
    dispute: Dispute, issue: str, values: tuple[Value, ...], units: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    """Yield each party's integers for the values of an issue."""
    for party, unit in zip(dispute.party_ids, units, strict=True):
        own = dispute.preferences[party].points.get(issue)
        if own is None:
            yield (0,) * len(values)
        else:
            points = (own.value(party, value) for value in values)
            yield tuple(p.numerator * (unit // p.denominator) for p in points)


def _whole_share(dispute: Dispute, party: str, issue: str, unit: int) -> int:
    points = dispute.preferences[party].points.get(issue)
    return int(points.whole * unit) if isinstance(points, Linear) else 0


def _bounds(clause: Clause) -> list[Fraction]:
    return [bound for share in clause.shares for bound in share[1:] if isinstance(bound, Fraction)]


@dataclass(frozen=True, slots=True)
class _Indices:
    dispute: Dispute
    decisions: Decisions
    shared: tuple[str, ...]

    def clause(self, condition: Condition) -> Clause | None:
        """Return a condition by indices, or None if it can never hold."""
        options: list[tuple[int, frozenset[int]]] = []
        shares: list[tuple[int, Bound, Bound]] = []
        for issue_id, test in condition.tests.items():
            if issue_id in self.decisions:
                values = self.decisions[issue_id]
                places = frozenset(n for n, value in enumerate(values) if test.holds(value))
                if not places:
                    return None
                options.append((list(self.decisions).index(issue_id), places))
            elif isinstance(test, SharesBeyond):
                above, below = self._between(test)
                if above is not None and below is not None and above >= below:
                    return None
                if (above is not None and above >= 1) or (below is not None and below <= 0):
                    return None
                if (above is not None and above >= 0) or (below is not None and below <= 1):
                    shares.append((self.shared.index(issue_id), above, below))
        return Clause(tuple(options), tuple(shares))

    def _between(self, test: SharesBeyond) -> tuple[Bound, Bound]:
        """Return the strict bounds on the first party's fraction."""
        first = self.dispute.party_ids[0]
        aboves: list[Fraction] = []
        belows: list[Fraction] = []
        for party, bound in test.parties.items():
            own = bound if party == first else _mirrored(bound)
            aboves += [own.above] if own.above is not None else []
            belows += [own.below] if own.below is not None else []
        return max(aboves, default=None), min(belows, default=None)


def _mirrored(bound: Beyond) -> Beyond:
    above = None if bound.below is None else 1 - bound.below
    below = None if bound.above is None else 1 - bound.above
    return Beyond(above, below)
