"""Knaster: each item to a highest bidder; payments give all their fair share and a bit more.

A side's fair share is its part of what everything is worth to it, by equal parts or by the
entitlements. As each item goes where it is worth most, something is left over: that is divided by
the same parts.

References
----------
Steinhaus, H. (1948), The Problem of Fair Division, Econometrica 16 (Knaster's procedure).
Brams, S. J. and Taylor, A. D. (1996), Fair Division, ch. 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hikiwake.errors import Unsupported
from hikiwake.model import Dispute, Outcome
from hikiwake.rules.direct import conditions_in
from hikiwake.rules.paid import Owners, bids, highest, misfits_in_kinds, packages

NAME = "knaster"


def require(dispute: Dispute) -> None:
    """Items and money that everybody values, no conditions (else H18)."""
    faults = (*misfits_in_kinds(dispute, NAME), *conditions_in(dispute, NAME))
    if faults:
        raise Unsupported(*faults)


def outcomes(dispute: Dispute) -> tuple[Outcome, ...]:
    """Return a package for every way to break ties between highest bidders."""
    sealed = bids(dispute)
    weights = [party.entitlement for party in dispute.parties]
    made = [(owners, received(sealed, weights, owners)) for owners in highest(sealed, NAME)]
    return packages(dispute, NAME, made)


def received(
    bids: Sequence[Sequence[Fraction]], weights: Sequence[Fraction], owners: Owners
) -> list[Fraction]:
    """Return what each party receives in money, negative where it pays; they sum to 0.

    Parameters
    ----------
    bids
        A row a party, a column an item, in money.
    weights
        Above 0, one a party.
    owners
        Who has each item: one of its highest bidders.

    Examples
    --------
    >>> [str(r) for r in received([[Fraction(100)], [Fraction(60)]], [Fraction(1)] * 2, (0,))]
    ['-40', '40']
    """
    parts = [weight / sum(weights) for weight in weights]
    fair = [part * sum(row) for part, row in zip(parts, bids, strict=True)]
    has = [
        sum((row[i] for i, owner in enumerate(owners) if owner == party), start=Fraction(0))
        for party, row in enumerate(bids)
    ]
    surplus = sum(has) - sum(fair)
    return [share + part * surplus - own for share, part, own in zip(fair, parts, has, strict=True)]
