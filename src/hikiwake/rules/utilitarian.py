"""Utilitarian: the sum of everybody's points is as large as it can be, whoever has them.

References
----------
Harsanyi, J. C. (1955), Cardinal Welfare, Individualistic Ethics, and Interpersonal Comparisons of
Utility, Journal of Political Economy 63.
"""

from __future__ import annotations

from hikiwake.model import Dispute
from hikiwake.pareto import Bargain, Total
from hikiwake.rules.selection import Selection, require_common_scale


def require(dispute: Dispute) -> None:
    """Points must be on a common scale (H15)."""
    require_common_scale(dispute, "utilitarian")


def select(bargain: Bargain) -> Selection:
    """Return the points with the largest sum."""
    return Selection(bargain.best(Total(), bargain.raw))
