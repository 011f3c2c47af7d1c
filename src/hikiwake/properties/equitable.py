"""Equitable: all gains are equal, to within the tolerance.

References
----------
Brams, S. J. and Taylor, A. D. (1996), Fair Division, ch. 4.
"""

from __future__ import annotations

from hikiwake.model import Dispute, Outcome
from hikiwake.pareto import NoBargain, bargain_over, compiled
from hikiwake.properties.verdict import Verdict, Witness

NAME = "equitable"


def equitable(dispute: Dispute, outcome: Outcome) -> Verdict:
    """Tell whether the largest and the smallest gain differ by at most the tolerance.

    Gains count from what each party has without an agreement. The witness names the party with
    the smallest gain, the one with the largest, and the difference.
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
    least, most = min(gains, key=lambda i: gains[i]), max(gains, key=lambda i: gains[i])
    apart = gains[most] - gains[least]
    if apart <= dispute.tolerance:
        return Verdict(NAME, True)
    ids = dispute.party_ids
    return Verdict(NAME, False, Witness(ids[least], ids[most], amount=apart))
