"""What is agreed already becomes what everybody keeps: only what is better for all is of use then.

References
----------
Raiffa, H. (1985), Post-Settlement Settlements, Negotiation Journal 1.
"""

from __future__ import annotations

from dataclasses import replace

from hikiwake.model import Dispute, FrozenMap, Outcome


def improving(dispute: Dispute, agreed: Outcome) -> Dispute:
    """Return the dispute in which the agreed package is every party's walk-away, and today's.

    The agreed package may break rules and red lines, as today's may (H5); what is offered instead
    keeps them.
    """
    preferences = {
        party: replace(preference, walk_away=preference.utility(agreed))
        for party, preference in dispute.preferences.items()
    }
    return replace(dispute, preferences=FrozenMap(preferences), status_quo=agreed)
