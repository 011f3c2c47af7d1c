"""Multipliers as whole numbers, the shortest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import gcd, lcm

SCALES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 30, 50, 100, 200, 500, 1_000, 10_000)
DENOMINATORS = (20, 100, 1_000, 10_000, 10**6, 10**8, 10**10)

Weights = tuple[int, ...]


def whole(weights: Sequence[float]) -> Iterator[Weights]:
    """Yield whole numbers in nearly the same ratio as some weights, ever closer to it.

    First each is rounded on some scale; then it is taken for a fraction with a small denominator,
    which is exact where the true ratio is one.

    Examples
    --------
    >>> next(whole([0.5, 0.26]))
    (1, 1)
    >>> (3, 2) in whole([0.6, 0.4])
    True
    """
    most = max(weights, default=0.0)
    if most <= 0:
        return
    parts = [weight / most for weight in weights]
    seen: set[Weights] = set()
    for scale in SCALES:
        yield from _new(tuple(round(part * scale) for part in parts), seen)
    for denominator in DENOMINATORS:
        exact = [Fraction(part).limit_denominator(denominator) for part in parts]
        common = lcm(*(part.denominator for part in exact))
        if common.bit_length() <= 256:
            yield from _new(tuple(int(part * common) for part in exact), seen)


def _new(weights: Weights, seen: set[Weights]) -> Iterator[Weights]:
    common = gcd(*weights)
    reduced = tuple(weight // common for weight in weights) if common else weights
    if common and reduced not in seen:
        seen.add(reduced)
        yield reduced
