"""Kalai–Smorodinsky: nobody's gain can grow without taking from somebody with no larger gain.

The lexicographic form, which is always Pareto-optimal: first the smallest gain is made as large
as it can be, then the next smallest, and so on.

References
----------
Kalai, E. and Smorodinsky, M. (1975), Other Solutions to Nash's Bargaining Problem, Econometrica 43.
Imai, H. (1983), Individual Monotonicity and Lexicographic Maxmin Solution, Econometrica 51.
"""

from __future__ import annotations

from hikiwake.model import Dispute
from hikiwake.pareto import Bargain
from hikiwake.rules.selection import Selection


def require(dispute: Dispute) -> None:
    """Every dispute is covered."""


def select(bargain: Bargain) -> Selection:
    """Return the points whose sorted gains are lexicographically greatest."""
    return Selection(bargain.kalai_smorodinsky())
