"""Every package of a dispute of whole issues in one table.

Notation: a line for each package, a column for each issue; ``surplus`` is a side's points above its
walk-away value, line by line, in whole numbers of a unit of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm, prod

import numpy as np

from hikiwake.errors import Fault, TooLarge, Unsupported
from hikiwake.model import Dispute, FrozenMap, Issue, Outcome, Value
from hikiwake.numeric import wholes
from hikiwake.options.tables import Array, Mask

MAX_PACKAGES = 10_000


@dataclass(frozen=True, slots=True)
class Listed:
    """All packages that keep the public rules: ``places`` has the place of each issue's value.

    ``allowed`` tells for each party which of them keep its own red lines.
    """

    dispute: Dispute
    ways: tuple[tuple[Value, ...], ...]
    places: Array
    outcomes: tuple[Outcome, ...]
    allowed: tuple[Mask, ...]

    def surplus(self, party: str) -> Array:
        """Return a party's points above its walk-away value, package by package."""
        dispute = self.dispute
        zero = dispute.walk_away(party)
        return whole([dispute.utility(party, outcome) - zero for outcome in self.outcomes])


def listed(dispute: Dispute) -> Listed:
    """Return every package of a dispute.

    Raises
    ------
    Unsupported
        If an issue is divided or any number, or a group is not for trade (H18).
    TooLarge
        If there are more than ``MAX_PACKAGES`` combinations.
    """
    ways = tuple(_ways(dispute, issue) for issue in dispute.issues)
    if any(group.not_for_trade for group in dispute.groups):
        raise Unsupported(_not_covered("a group that is not for trade"))
    if (count := prod(map(len, ways))) > MAX_PACKAGES:
        raise TooLarge(
            Fault(
                "What misstating could gain",
                f"{count:,} combinations",
                f"At most {MAX_PACKAGES:,}, which are all listed",
                "H18",
                "Leave out issues that are settled, or give amounts a larger step.",
            )
        )
    names = [issue.id for issue in dispute.issues]
    kept: list[tuple[int, ...]] = []
    outcomes: list[Outcome] = []
    for spot in product(*(range(len(values)) for values in ways)):
        outcome = FrozenMap.paired(names, [w[n] for w, n in zip(ways, spot, strict=True)])
        if not any(rule.never.holds(outcome) for rule in dispute.rules):
            kept.append(spot)
            outcomes.append(outcome)
    allowed = tuple(
        np.array([not any(line.never.holds(o) for line in own.red_lines) for o in outcomes])
        for own in (dispute.preferences[party] for party in dispute.party_ids)
    )
    return Listed(dispute, ways, np.array(kept), tuple(outcomes), allowed)


def whole(numbers: Sequence[Fraction]) -> Array:
    """Return numbers in whole numbers of one unit, in 64 bits where that is safe."""
    unit = lcm(*(number.denominator for number in numbers))
    found = wholes(numbers, unit)
    small = max(map(abs, found), default=0) < 1 << 40
    return np.array(found, dtype=np.int64 if small else object)


def _ways(dispute: Dispute, issue: Issue) -> tuple[Value, ...]:
    ways = dispute.decisions_of(issue)
    if ways is None:
        raise Unsupported(_not_covered(f"issue {issue.id!r}, which has no end of values"))
    return ways


def _not_covered(found: str) -> Fault:
    return Fault(
        "What misstating could gain",
        found,
        "Whole issues without groups that are not for trade: their packages can be listed",
        "H18",
        "Settle it all the same; what misstating could gain is not computed for it.",
    )
