"""Talmud: up to half of all claims equal awards on the half-claims, beyond it equal losses.

Between any two parties it is the contested garment: what only one of them claims is its own, and
the rest is halved.

References
----------
Mishnah, Ketubot 93a and Bava Metzia 2a. Aumann, R. J. and Maschler, M. (1985), Game Theoretic
Analysis of a Bankruptcy Problem from the Talmud, Journal of Economic Theory 36.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hikiwake.model import Dispute, Outcome
from hikiwake.rules import constrained_equal_awards
from hikiwake.rules.claims import divided, require_claims


def require(dispute: Dispute) -> None:
    """Shares with claims that sum to no less than there is (else H18)."""
    require_claims(dispute, "talmud")


def outcomes(dispute: Dispute) -> tuple[Outcome, ...]:
    """Return the one division."""
    return divided(dispute, awards)


def awards(total: Fraction, claims: Sequence[Fraction]) -> list[Fraction]:
    """Return what each claim gets.

    Parameters
    ----------
    total
        What there is, at most the sum of the claims.

    Examples
    --------
    >>> [str(a) for a in awards(Fraction(200), [Fraction(n) for n in (100, 200, 300)])]
    ['50', '75', '75']
    """
    halves = [claim / 2 for claim in claims]
    claimed = sum(claims, start=Fraction(0))
    if 2 * total <= claimed:
        return constrained_equal_awards.awards(total, halves)
    losses = constrained_equal_awards.awards(claimed - total, halves)
    return [claim - loss for claim, loss in zip(claims, losses, strict=True)]
