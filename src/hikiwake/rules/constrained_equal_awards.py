"""Constrained equal awards: all get the same, but nobody more than its claim.

References
----------
Maimonides (12th century), Laws of Lending and Borrowing 20; Thomson, W. (2003), Axiomatic and
Game-Theoretic Analysis of Bankruptcy and Taxation Problems, Mathematical Social Sciences 45.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hikiwake.model import Dispute, Outcome
from hikiwake.rules.claims import divided, require_claims


def require(dispute: Dispute) -> None:
    """Shares with claims that sum to no less than there is (else H18)."""
    require_claims(dispute, "constrained_equal_awards")


def outcomes(dispute: Dispute) -> tuple[Outcome, ...]:
    """Return the one division."""
    return divided(dispute, awards)


def awards(total: Fraction, claims: Sequence[Fraction]) -> list[Fraction]:
    """Return min(claim, λ) for each claim, λ so that they sum to the total.

    Parameters
    ----------
    total
        What there is, at most the sum of the claims.

    Examples
    --------
    >>> [str(a) for a in awards(Fraction(200), [Fraction(n) for n in (50, 100, 150)])]
    ['50', '75', '75']
    """
    left, given = total, [Fraction(0)] * len(claims)
    order = sorted(range(len(claims)), key=lambda i: claims[i])
    for place, i in enumerate(order):
        given[i] = min(claims[i], left / (len(claims) - place))
        left -= given[i]
    return given
