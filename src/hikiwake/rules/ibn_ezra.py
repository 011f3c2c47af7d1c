"""Ibn Ezra: claims overlap; each slice is shared equally by those whose claims reach it.

Where nobody claims as much as there is, claims are laid so that they overlap as little as can be:
O'Neill's minimal overlap rule, which extends Ibn Ezra's.

References
----------
Abraham ibn Ezra (1146), Sefer ha-Mispar. O'Neill, B. (1982), A Problem of Rights Arbitration from
the Talmud, Mathematical Social Sciences 2. Chun, Y. and Thomson, W. (2005), Convergence under
Replication of Rules to Adjudicate Conflicting Claims, Games and Economic Behavior 50.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from hikiwake.model import Dispute, Outcome
from hikiwake.rules.claims import divided, require_claims


def require(dispute: Dispute) -> None:
    """Shares with claims that sum to no less than there is (else H18)."""
    require_claims(dispute, "ibn_ezra")


def outcomes(dispute: Dispute) -> tuple[Outcome, ...]:
    """Return the one division."""
    return divided(dispute, awards)


def awards(total: Fraction, claims: Sequence[Fraction]) -> list[Fraction]:
    """Return what each claim gets.

    Up to a height t claims lie on each other, and each slice is shared by those that reach it;
    what a claim has above t is its own. With a claim on everything, t is the total.

    Parameters
    ----------
    total
        What there is, at most the sum of the claims.

    Examples
    --------
    >>> [str(a) for a in awards(Fraction(120), [Fraction(n) for n in (120, 60, 40, 30)])]
    ['485/6', '125/6', '65/6', '15/2']
    """
    cut = [min(claim, total) for claim in claims]
    height = _height(total, cut)
    below = [min(claim, height) for claim in cut]
    slices = sorted({Fraction(0), *below})
    gets = [claim - low for claim, low in zip(cut, below, strict=True)]
    for low, high in pairwise(slices):
        reach = [i for i, claim in enumerate(below) if claim >= high]
        for i in reach:
            gets[i] += (high - low) / len(reach)
    return gets


def _height(total: Fraction, claims: Sequence[Fraction]) -> Fraction:
    """Return t at which all that lies above it sums to total − t."""
    if max(claims) == total:
        return total
    falling = sorted(claims, reverse=True)
    above = falling[0]
    for number, (top, following) in enumerate(
        zip(falling[1:], [*falling[2:], Fraction(0)], strict=True), start=2
    ):
        above += top
        height = (above - total) / (number - 1)
        if following <= height <= top:
            return height
    raise AssertionError("claims that sum to less than the total")
