"""Nash: as many as can gain do, and then the product of their gains is as large as it can be.

References
----------
Nash, J. F. (1950), The Bargaining Problem, Econometrica 18.
Caragiannis, I. and others (2019), The Unreasonable Fairness of Maximum Nash Welfare, ACM TEAC 7
(as many as can gain first).
"""

from __future__ import annotations

from hikiwake.model import Dispute
from hikiwake.pareto import Bargain, Product
from hikiwake.rules.selection import Selection


def require(dispute: Dispute) -> None:
    """Every dispute is covered."""


def select(bargain: Bargain) -> Selection:
    """Return the points with the largest product of gains; parties without range are omitted.

    Where that product is irrational: points close to it, with a bound.
    """
    found = bargain.frontier.best(Product(), bargain.gains)
    return Selection(found.points, bound=found.bound)
