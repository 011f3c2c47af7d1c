"""Envy-free: nobody would rather stand in another's place.

References
----------
Foley, D. (1967), Resource Allocation and the Public Sector, Yale Economic Essays 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from hikiwake.model import Dispute, FrozenMap, Item, Money, Outcome, Share, Value
from hikiwake.properties.verdict import Verdict, Witness, shown_by

NAME = "envy_free"


def envy_free(dispute: Dispute, outcome: Outcome) -> Verdict:
    """Tell whether no party prefers the package in which it and another exchange all they got.

    Items and shares can be exchanged, and with them what was paid for them; where there are none
    the property means nothing.
    Rules and red lines play no part in the comparison.
    """
    divided = [i.id for i in dispute.issues if isinstance(i, Item | Share | Money)]
    if not any(isinstance(i, Item | Share) for i in dispute.issues):
        return Verdict(NAME, None, why="nothing_divided")
    return shown_by(NAME, outcome, _envies(dispute, outcome, divided))


def _envies(dispute: Dispute, outcome: Outcome, divided: list[str]) -> Iterator[Witness]:
    for party, other in permutations(dispute.party_ids, 2):
        exchanged = FrozenMap(
            {
                issue: _exchanged(value, party, other) if issue in divided else value
                for issue, value in outcome.items()
            }
        )
        more = dispute.utility(party, exchanged) - dispute.utility(party, outcome)
        if more > 0:
            yield Witness(party, other, exchanged, more)


def _exchanged(value: Value, party: str, other: str) -> Value:
    if isinstance(value, FrozenMap):
        return FrozenMap({**value, party: value[other], other: value[party]})
    return {party: other, other: party}.get(str(value), value)
