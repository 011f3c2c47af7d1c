"""Groups not for trade with shares or amounts without steps: everybody's range there (H8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations

from hikiwake.model import Condition, Dispute, FrozenMap, Group, Outcome, Preference
from hikiwake.settlement import Limit
from hikiwake.solvers.problem import Balance, Clause, Extra, Problem, Side


@dataclass(frozen=True, slots=True)
class GroupRange:
    """What each party could have of a group: from ``least``, ``extent`` more, in its integers.

    ``inside`` is what each says about the group alone. A party whose extent is 0 has nothing at
    stake there; with fewer than two others the group holds in any case.
    """

    group: str
    sides: tuple[Side, ...]
    least: tuple[Fraction, ...]
    extent: tuple[Fraction, ...]
    inside: tuple[Preference, ...]
    units: tuple[int, ...]

    def shares_at(self, outcome: Outcome) -> tuple[Fraction | None, ...]:
        """Return every party's share of the group at an outcome."""
        return tuple(
            (own.utility(outcome) * unit - least) / extent if extent else None
            for own, unit, least, extent in zip(
                self.inside, self.units, self.least, self.extent, strict=True
            )
        )

    def imbalance_at(self, outcome: Outcome) -> Fraction | None:
        """Return the largest share less the smallest; None if fewer than two are compared."""
        shares = [share for share in self.shares_at(outcome) if share is not None]
        return max(shares) - min(shares) if len(shares) >= 2 else None

    def balances(self, first: int, level: Fraction) -> Iterator[Balance]:
        """Yield the conditions that no two shares are further apart than a level.

        ``first`` is the number of the first of the sides.
        """
        compared = [i for i, extent in enumerate(self.extent) if extent]
        for i, j in permutations(compared, 2):
            low, high = 1 / self.extent[i], 1 / self.extent[j]
            least = self.least[i] * low - self.least[j] * high - level
            yield Balance(((first + i, low), (first + j, -high)), least)


def group_ranges(
    dispute: Dispute,
    problem: Problem,
    said: Sequence[tuple[Limit, Condition, Clause]],
    bonuses: Sequence[Condition],
    places: tuple[Mapping[str, int], Mapping[str, int]],
    units: tuple[int, ...],
) -> tuple[GroupRange, ...]:
    """Return everybody's range in every group not for trade.

    Parameters
    ----------
    said, bonuses
        The limits of the problem in its order, and when its extras hold.
    places
        The numbers of the issues that are not shared, and of those that are.
    """
    found: list[GroupRange] = []
    for group in dispute.groups:
        if group.not_for_trade:
            within = [(limit, clause) for limit, when, clause in said if _inside(when, group)]
            whole, shared = (
                frozenset(own[issue] for issue in group.issues if issue in own) for own in places
            )
            extras = frozenset(n for n, when in enumerate(bonuses) if _inside(when, group))
            sides = tuple(Side(i, whole, shared, extras) for i in range(problem.parties))
            ranges = [
                _range(problem, side, _allowed(within, party))
                for side, party in zip(sides, dispute.party_ids, strict=True)
            ]
            inside = tuple(_only(dispute.preferences[p], group) for p in dispute.party_ids)
            least, extent = zip(*ranges, strict=True)
            found.append(GroupRange(group.id, sides, least, extent, inside, units))
    return tuple(found)


def balanced(problem: Problem, ranges: Sequence[GroupRange], level: Fraction) -> Problem:
    """Return a problem with every group's imbalance at most ``level``."""
    sides: list[Side] = []
    balances: list[Balance] = []
    for own in ranges:
        balances += own.balances(len(sides), level)
        sides += own.sides
    return replace(problem, sides=tuple(sides), balances=tuple(balances))


def _inside(condition: Condition, group: Group) -> bool:
    return condition.tests.keys() <= set(group.issues)


def _allowed(within: Sequence[tuple[Limit, Clause]], party: str) -> tuple[Clause, ...]:
    """Return what public rules and a party's own red lines never allow."""
    return tuple(c for limit, c in within if limit.kind == "rule" or limit.party == party)


def _only(own: Preference, group: Group) -> Preference:
    points = FrozenMap({issue: p for issue, p in own.points.items() if issue in group.issues})
    bonuses = tuple(bonus for bonus in own.bonuses if _inside(bonus.when, group))
    return Preference(own.party, points, bonuses=bonuses)


def _range(problem: Problem, side: Side, never: tuple[Clause, ...]) -> tuple[Fraction, Fraction]:
    """Return a party's least in a group, and how much more its most is."""
    from hikiwake.solvers.hulls import Hull, best_sum

    ends: list[Fraction] = []
    for sign in (-1, 1):
        alone = Hull(_alone(problem, side, never, sign))
        found = best_sum(alone, (), {side.party: 1})
        if found is None:
            return Fraction(0), Fraction(0)
        ends.append(sign * found.values[0])
    return ends[0], ends[1] - ends[0]


def _alone(problem: Problem, side: Side, never: tuple[Clause, ...], sign: int) -> Problem:
    """Return what one party has in a group, times 1 or −1, and nobody anything else."""

    def own(points: Sequence[int], counts: bool) -> tuple[int, ...]:
        return tuple(
            sign * value if counts and i == side.party else 0 for i, value in enumerate(points)
        )

    return Problem(
        parties=problem.parties,
        points=tuple(
            tuple(own(option, k in side.issues) for option in issue)
            for k, issue in enumerate(problem.points)
        ),
        floors=(None,) * problem.parties,
        never=never,
        extras=tuple(
            Extra(extra.party, extra.when, sign * extra.points)
            for n, extra in enumerate(problem.extras)
            if n in side.extras and extra.party == side.party
        ),
        shares=tuple(own(share, s in side.shares) for s, share in enumerate(problem.shares)),
        slopes=tuple(
            replace(slope, changes=tuple(own(c, slope.issue in side.issues) for c in slope.changes))
            for slope in problem.slopes
        ),
    )
