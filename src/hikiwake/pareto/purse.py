"""Money as a share: everybody puts in its limit, and what is there then is divided.

With n parties n·limit is divided. A party that has the fraction s of it receives n·limit·s - limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hikiwake.model import Beyond, Dispute, FrozenMap, Linear, Money, SharesBeyond


@dataclass(frozen=True, slots=True)
class Purse:
    """What is divided where there is money: everybody's ``limit`` together."""

    issue: str
    limit: Fraction
    parties: int

    @property
    def whole(self) -> Fraction:
        """What is in it."""
        return self.limit * self.parties

    def received(self, fraction: Fraction) -> Fraction:
        """Return what a party receives that has a fraction of the purse; negative: it pays.

        Examples
        --------
        >>> purse = Purse("cash", Fraction(30), 3)
        >>> [str(purse.received(Fraction(n, 3))) for n in range(4)]
        ['-30', '0', '30', '60']
        """
        return self.whole * fraction - self.limit

    def fraction(self, received: Fraction) -> Fraction:
        """Return the fraction of the purse that a party has who receives so much."""
        return (received + self.limit) / self.whole

    def bounds(self, test: SharesBeyond) -> SharesBeyond:
        """Return bounds on what parties receive as bounds on their fractions."""
        parties = {party: self._bound(own) for party, own in test.parties.items()}
        return SharesBeyond(FrozenMap(parties))

    def _bound(self, own: Beyond) -> Beyond:
        above = None if own.above is None else self.fraction(own.above)
        below = None if own.below is None else self.fraction(own.below)
        return Beyond(above, below)


def purse_of(dispute: Dispute) -> Purse | None:
    """Return the purse of a dispute with money; None without."""
    for issue in dispute.issues:
        if isinstance(issue, Money):
            return Purse(issue.id, issue.limit, len(dispute.parties))
    return None


def put_in(purse: Purse, dispute: Dispute, party: str) -> Fraction:
    """Return what is worth to a party what it puts in itself."""
    points = dispute.preferences[party].points.get(purse.issue)
    return points.whole * purse.limit if isinstance(points, Linear) else Fraction(0)
