"""Exact ratios of multipliers, where a linear program weighs two parties' claims alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import gcd, lcm

Claim = tuple[Fraction, ...]  # what a thing is worth to each party, in scaled gains

CLOSE = 1e-6


def exact(weights: Sequence[float], claims: Sequence[Claim]) -> tuple[int, ...] | None:
    """Return whole numbers in the ratios that weighted claims are equal by, if all hang together.

    Parameters
    ----------
    weights
        The multipliers in floats.
    claims
        What is divided, or changes along an amount: who has part of it must be weighed alike there.
    """
    known = {i: Fraction(1) for i in _first(weights)}
    waiting = [claim for claim in claims if any(claim)]
    grown = True
    while grown:
        grown = False
        for claim in waiting:
            for i, j in _alike(weights, claim):
                if i in known and j not in known:
                    known[j] = known[i] * claim[i] / claim[j]
                    grown = True
    rest = [i for i, weight in enumerate(weights) if i not in known and weight > CLOSE]
    if rest or not known:
        return None
    common = lcm(*(ratio.denominator for ratio in known.values()))
    whole = [int(known.get(i, Fraction(0)) * common) for i in range(len(weights))]
    shared = gcd(*whole)
    return tuple(weight // shared for weight in whole)


def between(pair: Sequence[int], claim: Claim) -> tuple[int, ...] | None:
    """Return whole multipliers by which two parties weigh a thing alike, if both want it."""
    one, other = pair
    if claim[one] * claim[other] <= 0:
        return None
    ratio = abs(claim[other] / claim[one])
    parts = {one: ratio.numerator, other: ratio.denominator}
    return tuple(parts.get(i, 0) for i in range(len(claim)))


def _first(weights: Sequence[float]) -> list[int]:
    return [max(range(len(weights)), key=lambda i: weights[i])] if weights else []


def _alike(weights: Sequence[float], claim: Claim) -> Iterator[tuple[int, int]]:
    """Yield the pairs of parties that weigh a thing alike, as far as floats can tell."""
    most = max(map(abs, claim))
    worth = [w * float(c / most) for w, c in zip(weights, claim, strict=True)]
    for i, one in enumerate(worth):
        for j, other in enumerate(worth):
            if i != j and one * other > 0 and abs(one - other) <= CLOSE * max(abs(one), abs(other)):
                yield i, j
