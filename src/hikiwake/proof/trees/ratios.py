"""Exact ratios of multipliers, where a linear program weighs two parties' claims alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, combinations, islice
from math import gcd, lcm

Claim = tuple[Fraction, ...]  # what a thing is worth to each party, in scaled gains
Link = tuple[int, int, Claim]  # two parties, and what they weigh alike

CLOSE = 1e-6
MAX_SETS = 100  # of parties that are tried


def exact(weights: Sequence[float], claims: Sequence[Claim]) -> tuple[int, ...] | None:
    """Return whole numbers in the ratios that weighted claims are equal by, if all hang together.

    Parameters
    ----------
    weights
        The multipliers in floats.
    claims
        What is divided, or changes along an amount: who has part of it must be weighed alike there.
    """
    waiting = [claim for claim in claims if any(claim)]
    links = [(i, j, claim) for claim in waiting for i, j in _alike(weights, claim)]
    known = _reached(_first(weights), links)
    rest = [i for i, weight in enumerate(weights) if i not in known and weight > CLOSE]
    return None if rest or not known else _whole(known, len(weights))


def between(claim: Claim) -> tuple[int, ...] | None:
    """Return whole multipliers by which two parties weigh a thing alike, if just two want it."""
    pair = _able(claim)
    if len(pair) != 2:
        return None
    one, other = pair
    ratio = abs(claim[other] / claim[one])
    parts = {one: ratio.numerator, other: ratio.denominator}
    return tuple(parts.get(i, 0) for i in range(len(claim)))


def among(claims: Sequence[Claim]) -> Iterator[tuple[int, ...]]:
    """Yield whole multipliers by which three and more parties weigh alike what passes between them.

    All of them first, then ever fewer: whoever can give or take no more weighs nothing.
    """
    links = list[Link]()
    for claim in claims:
        pair = _able(claim)
        if len(pair) == 2:
            links += [(pair[0], pair[1], claim), (pair[1], pair[0], claim)]
    able = sorted({i for i, _, _ in links})
    sets = chain.from_iterable(combinations(able, size) for size in range(len(able), 2, -1))
    for parties in islice(sets, MAX_SETS):
        within = [link for link in links if {*link[:2]} <= {*parties}]
        known = _reached(parties[:1], within)
        if len(known) == len(parties):
            yield _whole(known, len(claims[0]))


def _able(claim: Claim) -> list[int]:
    """Return to whom a thing is worth something."""
    return [i for i, value in enumerate(claim) if value]


def _reached(first: Iterable[int], links: Sequence[Link]) -> dict[int, Fraction]:
    """Return the ratios to the first party's multiplier of all whom links reach from it."""
    known = dict.fromkeys(first, Fraction(1))
    grown = True
    while grown:
        grown = False
        for i, j, claim in links:
            if i in known and j not in known:
                known[j] = known[i] * claim[i] / claim[j]
                grown = True
    return known


def _whole(known: dict[int, Fraction], parties: int) -> tuple[int, ...]:
    """Return ratios as whole numbers, the smallest there are."""
    common = lcm(*(ratio.denominator for ratio in known.values()))
    whole = [int(known.get(i, Fraction(0)) * common) for i in range(parties)]
    shared = gcd(*whole)
    return tuple(weight // shared for weight in whole)


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
