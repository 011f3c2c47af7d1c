"""What single packages are worth, and what forbids them, straight from the definitions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations, product
from math import lcm
from typing import Any, Literal

from hikiwake.model import (
    Amount,
    Between,
    Choice,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    Item,
    Linear,
    OneOf,
    SharesBeyond,
    Table,
)

Vector = tuple[Fraction, ...]
Outcome = Mapping[str, Any]
Count = int | Literal["infinite"]
Limit = tuple[str, str | None, int]
Conflict = frozenset[Limit]


def holds(condition: Condition, outcome: Outcome) -> bool:
    """Tell whether a possibly partial outcome has the whole combination."""
    for issue, test in condition.tests.items():
        if issue not in outcome:
            return False
        value = outcome[issue]
        if isinstance(test, OneOf):
            if value not in test.values:
                return False
        elif isinstance(test, Between):
            if test.low is not None and value < test.low:
                return False
            if test.high is not None and value > test.high:
                return False
        else:
            assert isinstance(test, SharesBeyond)
            for party, bound in test.parties.items():
                if bound.above is not None and not value[party] > bound.above:
                    return False
                if bound.below is not None and not value[party] < bound.below:
                    return False
    return True


def points(
    dispute: Dispute,
    party: str,
    outcome: Outcome,
    issues: Iterable[str] = (),
    *,
    bonuses: bool = True,
) -> Fraction:
    """Return a party's points for an outcome, or for some issues and bonuses wholly in them."""
    preference = dispute.preferences[party]
    within = set(issues)
    counted: list[Fraction] = []
    for issue, table in preference.points.items():
        if issue in outcome and (not within or issue in within):
            value = outcome[issue]
            if isinstance(table, Linear):
                counted.append(table.whole * value[party])
            elif isinstance(table, Curve):
                counted.append(on_curve(table, value))
            else:
                assert isinstance(table, Table)
                counted.append(table.points[value])
    counted += (
        bonus.points
        for bonus in (preference.bonuses if bonuses else ())
        if (not within or set(bonus.when.tests) <= within) and holds(bonus.when, outcome)
    )
    unit = lcm(*(number.denominator for number in counted))  # quicker than fraction by fraction
    return Fraction(sum(n.numerator * (unit // n.denominator) for n in counted), unit)


def on_curve(curve: Curve, number: Fraction) -> Fraction:
    """Return the points for a number: on the straight line between the corners around it."""
    x0, y0 = max(corner for corner in curve.corners if corner[0] <= number)
    x1, y1 = min(corner for corner in curve.corners if corner[0] >= number)
    return y0 if x0 == x1 else (y0 * (x1 - number) + y1 * (number - x0)) / (x1 - x0)


def walk_away(dispute: Dispute, party: str) -> Fraction:
    """Return what a party keeps: declared, else its points for the status quo, else 0 (H4)."""
    declared = dispute.preferences[party].walk_away
    if declared is not None:
        return declared
    return points(dispute, party, dispute.status_quo) if dispute.status_quo else Fraction(0)


def limits_of(dispute: Dispute) -> dict[Limit, Condition]:
    """Return every public rule and every red line, by its name."""
    limits: dict[Limit, Condition] = {
        ("rule", None, place): rule.never for place, rule in enumerate(dispute.rules, start=1)
    }
    for party in dispute.party_ids:
        for place, line in enumerate(dispute.preferences[party].red_lines, start=1):
            limits["red_line", party, place] = line.never
    return limits


def decisions(dispute: Dispute, issue: Choice | Item | Amount) -> list[Any]:
    """Return what a discrete issue may be decided as."""
    if isinstance(issue, Amount):
        assert issue.step is not None
        found = [issue.min]
        while found[-1] < issue.max:
            found.append(found[-1] + issue.step)
        return found
    if isinstance(issue, Choice):
        return [option.id for option in issue.options]
    return [*dispute.party_ids, *(option.id for option in issue.others)]


def packages(dispute: Dispute, only: Iterable[str] = ()) -> Iterator[dict[str, Any]]:
    """Yield every way to decide the discrete issues, or some of them."""
    wanted = set(only)
    issues = [
        issue
        for issue in dispute.issues
        if isinstance(issue, Choice | Item | Amount) and (not wanted or issue.id in wanted)
    ]
    for values in product(*(decisions(dispute, issue) for issue in issues)):
        yield dict(zip((issue.id for issue in issues), values, strict=True))


def smallest_conflicts(violated: set[Conflict], limits: list[Limit]) -> set[Conflict]:
    """Return all the smallest sets of limits of which everything breaks at least one.

    ``violated`` holds, for everything that could be agreed, the limits that it breaks.
    """
    for size in range(len(limits) + 1):
        found = {
            frozenset(these)
            for these in combinations(limits, size)
            if all(broken & set(these) for broken in violated)
        }
        if found:
            return found
    return set()


def spread(shares: Mapping[str, Fraction | None]) -> Fraction | None:
    """Return the largest less the smallest, or None if fewer than two have one."""
    found = [share for share in shares.values() if share is not None]
    return max(found) - min(found) if len(found) > 1 else None


class Case(ABC):
    """A dispute, and what single packages are in it."""

    def __init__(self, dispute: Dispute) -> None:
        self.dispute = dispute
        self.parties = dispute.party_ids
        self.limits = limits_of(dispute)
        self.walk: Vector = tuple(walk_away(dispute, party) for party in self.parties)
        groups = [group for group in dispute.groups if group.not_for_trade]
        self.group_ids = [group.id for group in groups]
        self.guarded = [set(group.issues) for group in groups]
        self._extremes: dict[tuple[frozenset[str], str], tuple[Fraction, Fraction] | None] = {}

    @abstractmethod
    def extremes(self, group: set[str], party: str) -> tuple[Fraction, Fraction] | None:
        """Return a party's least and most in a group, or None if nothing is allowed there."""

    def worth(self, outcome: Outcome) -> Vector:
        """Return everyone's points for an outcome."""
        return tuple(points(self.dispute, party, outcome) for party in self.parties)

    def breaks(self, outcome: Outcome) -> Conflict:
        """Return the rules and red lines that an outcome breaks."""
        return frozenset(limit for limit, never in self.limits.items() if holds(never, outcome))

    def shares_in(self, group: set[str], outcome: Outcome) -> dict[str, Fraction | None]:
        """Return everyone's share of a group; None without anything at stake there."""
        shares: dict[str, Fraction | None] = {}
        for party in self.parties:
            extremes = self.extremes(group, party)
            if extremes is None or extremes[0] == extremes[1]:
                shares[party] = None
            else:
                least, most = extremes
                here = points(self.dispute, party, outcome, group)
                shares[party] = (here - least) / (most - least)
        return shares

    def unevenness(self, outcome: Outcome) -> Fraction:
        """Return the largest imbalance of an outcome over all the groups not for trade."""
        return max((spread(self.shares_in(g, outcome)) or 0 for g in self.guarded), default=0) + (
            Fraction(0)
        )

    def changes(self, outcome: Outcome) -> int:
        """Return how many issues of the status quo an outcome decides otherwise."""
        today = self.dispute.status_quo or FrozenMap()
        return sum(outcome[issue] != value for issue, value in today.items())
