"""Proportional: with n parties, everybody gets at least one n-th of all that is divided.

References
----------
Steinhaus, H. (1948), The Problem of Fair Division, Econometrica 16.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hikiwake.model import Dispute, FrozenMap, Item, Money, Outcome, Share, Value
from hikiwake.properties.verdict import Verdict, Witness, shown_by

NAME = "proportional"


def proportional(dispute: Dispute, outcome: Outcome) -> Verdict:
    """Tell whether each party's points for what it got are an n-th of those for having it all.

    Items and shares are divided; what a party receives in money counts as got, and having it all
    comes without payments (H21). Bonuses and other issues play no part. Where nothing is divided
    the property means nothing.
    """
    divided = [i for i in dispute.issues if isinstance(i, Item | Share)]
    if not divided:
        return Verdict(NAME, None, why="nothing_divided")
    return shown_by(NAME, outcome, _short(dispute, outcome, divided))


def _short(dispute: Dispute, outcome: Outcome, divided: list[Item | Share]) -> Iterator[Witness]:
    paid = [i for i in dispute.issues if isinstance(i, Money)]
    for party in dispute.party_ids:
        points = dispute.preferences[party].points
        got = everything = Fraction(0)
        for issue in divided:
            if issue.id in points:
                own = points[issue.id]
                got += own.value(party, outcome[issue.id])
                everything += own.value(party, _all_for(dispute, issue, party))
        for issue in paid:
            if issue.id in points:
                got += points[issue.id].value(party, outcome[issue.id])
        missing = everything / len(dispute.parties) - got
        if missing > 0:
            yield Witness(party, amount=missing)


def _all_for(dispute: Dispute, issue: Item | Share, party: str) -> Value:
    if isinstance(issue, Item):
        return party
    return FrozenMap({p: Fraction(p == party) for p in dispute.party_ids})
