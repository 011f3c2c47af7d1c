"""Egalitarian: the smallest number of points above a walk-away value is as large as it can be.

References
----------
Kalai, E. (1977), Proportional Solutions to Bargaining Situations, Econometrica 45.
"""

from __future__ import annotations

from hikiwake.model import Dispute
from hikiwake.pareto import Bargain, Minimum
from hikiwake.rules.selection import Selection, require_common_scale


def require(dispute: Dispute) -> None:
    """Points must be on a common scale (H15)."""
    require_common_scale(dispute, "egalitarian")


def select(bargain: Bargain) -> Selection:
    """Return the Pareto-optimal points with the largest smallest number of points gained."""
    return Selection(bargain.best(Minimum(), bargain.raw))
