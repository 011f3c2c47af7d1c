"""Leximin: the points above walk-away values, smallest first, are as large as they can be.

References
----------
Sen, A. (1970), Collective Choice and Social Welfare.
Moulin, H. (2003), Fair Division and Collective Welfare, ch. 3.
"""

from __future__ import annotations

from hikiwake.model import Dispute
from hikiwake.pareto import Bargain, LexicographicMinimum
from hikiwake.rules.selection import Selection, require_common_scale


def require(dispute: Dispute) -> None:
    """Points must be on a common scale (H15)."""
    require_common_scale(dispute, "leximin")


def select(bargain: Bargain) -> Selection:
    """Return the points whose sorted points gained are lexicographically greatest."""
    return Selection(bargain.best(LexicographicMinimum(), bargain.raw))
