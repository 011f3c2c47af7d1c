"""Adjusted Winner: divide what is shared so that both get the same part of their own total.

Each side's points count as parts of its own total. At most one issue is split, unless several
trade at the same ratio.

References
----------
Brams, S. J. and Taylor, A. D. (1996), Fair Division, ch. 4.
"""

from __future__ import annotations

from collections.abc import Iterator

from hikiwake.errors import Fault, Unsupported
from hikiwake.model import Dispute, Linear, Share
from hikiwake.pareto import Bargain, LexicographicMinimum, Measure
from hikiwake.rules.selection import Selection


def require(dispute: Dispute) -> None:
    """Two parties, shares only, points of at least 0, nothing at home, no conditions (else H18)."""
    faults = tuple(_misfits(dispute))
    if faults:
        raise Unsupported(*faults)


def select(bargain: Bargain) -> Selection:
    """Return the points at which both get the same part of their own total."""
    shares = bargain.compiled.problem.shares
    totals = tuple(sum(worths[i] for worths in shares) for i in (0, 1))
    measure = Measure((0, 1), (0, 0), totals)
    return Selection(bargain.best(LexicographicMinimum(), measure))


def _misfits(dispute: Dispute) -> Iterator[Fault]:
    def fault(found: str, expected: str) -> Fault:
        remedy = "Use `draw`, which covers every dispute."
        return Fault("Rule 'adjusted_winner'", found, expected, "H18", remedy)

    if len(dispute.parties) != 2:
        yield fault(f"{len(dispute.parties)} parties", "Two")
    for issue in dispute.issues:
        if not isinstance(issue, Share):
            yield fault(f"issue {issue.id!r} is of kind {issue.kind!r}", "Shares only")
    if dispute.rules or any(dispute.preferences[p].red_lines for p in dispute.party_ids):
        yield fault("there are rules or red lines", "None")
    if any(dispute.preferences[p].bonuses for p in dispute.party_ids):
        yield fault("there are bonuses", "None")
    for party in dispute.party_ids:
        preference = dispute.preferences[party]
        points = [p.whole for p in preference.points.values() if isinstance(p, Linear)]
        if any(p < 0 for p in points) or not any(points):
            yield fault(
                "a party has points below 0, or none at all",
                "Points of at least 0, some of them above",
            )
        if dispute.walk_away(party) != 0:
            yield fault("a party keeps something without an agreement", "Nothing at home")
