"""Individually rational: nobody has less than it keeps without an agreement.

References
----------
Luce, R. D. and Raiffa, H. (1957), Games and Decisions, ch. 6.
"""

from __future__ import annotations

from hikiwake.model import Dispute, Outcome
from hikiwake.properties.verdict import Verdict, Witness

NAME = "individually_rational"


def individually_rational(dispute: Dispute, outcome: Outcome) -> Verdict:
    """Tell whether every party has at least its walk-away value."""
    for party in dispute.party_ids:
        missing = dispute.walk_away(party) - dispute.utility(party, outcome)
        if missing > 0:
            return Verdict(NAME, False, Witness(party, amount=missing))
    return Verdict(NAME, True)
