"""Individually rational: nobody has less than it keeps without an agreement.

References
----------
Luce, R. D. and Raiffa, H. (1957), Games and Decisions, ch. 6.
"""

from __future__ import annotations

from collections.abc import Iterator

from hikiwake.model import Dispute, Outcome
from hikiwake.properties.verdict import Verdict, Witness, shown_by

NAME = "individually_rational"


def individually_rational(dispute: Dispute, outcome: Outcome) -> Verdict:
    """Tell whether every party has at least its walk-away value."""
    return shown_by(NAME, outcome, _short(dispute, outcome))


def _short(dispute: Dispute, outcome: Outcome) -> Iterator[Witness]:
    for party in dispute.party_ids:
        missing = dispute.walk_away(party) - dispute.utility(party, outcome)
        if missing > 0:
            yield Witness(party, amount=missing)
