"""Constrained equal losses: all forgo the same of their claims, but nobody more than all of it.

References
----------
Maimonides (12th century); Herrero, C. and Villar, A. (2001), The Three Musketeers: Four Classical
Solutions to Bankruptcy Problems, Mathematical Social Sciences 42.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hikiwake.model import Dispute, Outcome
from hikiwake.rules import constrained_equal_awards
from hikiwake.rules.claims import divided, require_claims


def require(dispute: Dispute) -> None:
    """Shares with claims that sum to no less than there is (else H18)."""
    require_claims(dispute, "constrained_equal_losses")


def outcomes(dispute: Dispute) -> tuple[Outcome, ...]:
    """Return the one division."""
    return divided(dispute, awards)


def awards(total: Fraction, claims: Sequence[Fraction]) -> list[Fraction]:
    """Return max(0, claim − λ) for each claim, λ so that they sum to the total.

    What is missing is shared out as constrained equal awards share out what there is.

    Parameters
    ----------
    total
        What there is, at most the sum of the claims.

    Examples
    --------
    >>> [str(a) for a in awards(Fraction(200), [Fraction(n) for n in (100, 200, 300)])]
    ['0', '50', '150']
    """
    losses = constrained_equal_awards.awards(sum(claims, start=Fraction(0)) - total, claims)
    return [claim - loss for claim, loss in zip(claims, losses, strict=True)]
