"""Claims, proportional: everybody gets the same part of its claim.

References
----------
Aristotle, Nicomachean Ethics V. O'Neill, B. (1982), A Problem of Rights Arbitration from the
Talmud, Mathematical Social Sciences 2.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hikiwake.model import Dispute, Outcome
from hikiwake.rules.claims import divided, require_claims


def require(dispute: Dispute) -> None:
    """Shares with claims that sum to no less than there is (else H18)."""
    require_claims(dispute, "claims_proportional")


def outcomes(dispute: Dispute) -> tuple[Outcome, ...]:
    """Return the one division."""
    return divided(dispute, awards)


def awards(total: Fraction, claims: Sequence[Fraction]) -> list[Fraction]:
    """Return total ÷ all claims of each claim.

    Parameters
    ----------
    total
        What there is, at most the sum of the claims.

    Examples
    --------
    >>> [str(a) for a in awards(Fraction(300), [Fraction(n) for n in (100, 200, 300)])]
    ['50', '100', '150']
    """
    return [claim * total / sum(claims) for claim in claims]
