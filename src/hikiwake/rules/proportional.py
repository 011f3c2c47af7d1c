"""Proportional: each thing is divided in the ratio of the points that the parties give it.

Each side's points count as parts of its own total.

References
----------
Brams, S. J. and Taylor, A. D. (1996), Fair Division, ch. 4: proportional allocation.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hikiwake.errors import Fault, Unsupported
from hikiwake.model import Dispute, FrozenMap, Outcome, Share
from hikiwake.rules.direct import conditions_in, fault, having, other_kinds

NAME = "proportional"


def require(dispute: Dispute) -> None:
    """Shares only, points of at least 0 and some above, no conditions (else H18)."""
    faults = tuple(_misfits(dispute))
    if faults:
        raise Unsupported(*faults)


def outcomes(dispute: Dispute) -> tuple[Outcome, ...]:
    """Return the one division; what nobody gives points is divided equally."""
    points = {
        party: [having(dispute, party, i) for i in dispute.issues if isinstance(i, Share)]
        for party in dispute.party_ids
    }
    parts = divided([points[party] for party in dispute.party_ids])
    return (
        FrozenMap(
            {
                issue.id: FrozenMap(dict(zip(dispute.party_ids, part, strict=True)))
                for issue, part in zip(dispute.issues, parts, strict=True)
            }
        ),
    )


def divided(points: list[list[Fraction]]) -> list[list[Fraction]]:
    """Return each thing's parts.

    Parameters
    ----------
    points
        A row a party, a column a thing; at least 0, each row with something above.

    Examples
    --------
    >>> divided([[Fraction(60), Fraction(40)], [Fraction(1), Fraction(4)]])
    [[Fraction(3, 4), Fraction(1, 4)], [Fraction(1, 3), Fraction(2, 3)]]
    """
    weights = [[worth / sum(row) for worth in row] for row in points]
    equal = [Fraction(1, len(points))] * len(points)
    columns = [list(column) for column in zip(*weights, strict=True)]
    return [[w / sum(column) for w in column] if any(column) else equal for column in columns]


def _misfits(dispute: Dispute) -> Iterator[Fault]:
    yield from other_kinds(dispute, NAME, (Share,), "Shares only")
    yield from conditions_in(dispute, NAME)
    for party in dispute.party_ids:
        points = [having(dispute, party, i) for i in dispute.issues if isinstance(i, Share)]
        if any(worth < 0 for worth in points) or not any(points):
            yield fault(
                NAME,
                "a party has points below 0, or none at all",
                "Points of at least 0, some of them above",
            )
