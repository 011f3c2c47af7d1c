"""Equitable: all gains are equal, to within the tolerance.

References
----------
Brams, S. J. and Taylor, A. D. (1996), Fair Division, ch. 4.
"""

from __future__ import annotations

from itertools import product

from hikiwake.model import Dispute, Outcome
from hikiwake.pareto import NoBargain, bargain_over, compiled
from hikiwake.properties.verdict import Verdict, Witness, shown_by

NAME = "equitable"


def equitable(dispute: Dispute, outcome: Outcome) -> Verdict:
    """Tell whether the largest and the smallest gain differ by at most the tolerance.

    Gains count from what each party has without an agreement. The witness names a party with
    the smallest gain, one with the largest, and the difference; where several have it, by lot.
    """
    bargain = bargain_over(compiled(dispute))
    if isinstance(bargain, NoBargain) or len(bargain.gains.parties) < 2:
        return Verdict(NAME, None, why="fewer_than_two_compared")
    units = bargain.compiled.units
    point = tuple(
        dispute.utility(party, outcome) * unit
        for party, unit in zip(dispute.party_ids, units, strict=True)
    )
    gains = dict(zip(bargain.gains.parties, bargain.gains.values(point), strict=True))
    least, most = min(gains.values()), max(gains.values())
    apart = most - least
    if apart <= dispute.tolerance:
        return Verdict(NAME, True)
    ids = dispute.party_ids
    behind, ahead = ([ids[i] for i, gain in gains.items() if gain == end] for end in (least, most))
    witnesses = (Witness(one, other, amount=apart) for one, other in product(behind, ahead))
    return shown_by(NAME, outcome, witnesses)
