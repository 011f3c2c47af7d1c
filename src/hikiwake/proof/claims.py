"""What a certificate claims of a settlement, as numbers."""

from __future__ import annotations

from fractions import Fraction

from hikiwake.pareto import Bargain, Compiled
from hikiwake.proof.canonical import Json, number
from hikiwake.settlement import Settlement


def claims_of(bargain: Bargain, settlement: Settlement) -> dict[str, Json]:
    """Return what is claimed of a settled package."""
    package = settlement.package
    assert package is not None
    parties = bargain.dispute.party_ids
    claims: dict[str, Json] = {
        "utilities": [number(package.utilities[party]) for party in parties],
        "walk_away": walk_away_of(bargain.compiled),
        "ideals": [number(bargain.ideal_points[party]) for party in parties],
        "gains": [_maybe(package.gains[party]) for party in parties],
        "imbalance": _maybe(package.imbalance),
    }
    if bargain.compiled.groups:
        apart = [group.imbalance or Fraction(0) for group in settlement.groups]
        claims["group_imbalance"] = number(max(apart))
    if settlement.bound is not None and settlement.bound.of == "product":
        claims["bound"] = number(settlement.bound.at_most)
    return claims


def walk_away_of(compiled: Compiled) -> list[Json]:
    """Return everybody's walk-away value."""
    dispute = compiled.dispute
    return [number(dispute.walk_away(party)) for party in dispute.party_ids]


def _maybe(value: Fraction | None) -> Json:
    return None if value is None else number(value)
