"""What it costs to be even: the price of equity, by the product of gains and by the sum.

References
----------
Bertsimas, D., Farias, V. and Trichakis, N. (2011), The Price of Fairness, Operations Research 59.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import prod

from hikiwake.findings.offers import Equity
from hikiwake.pareto import Bargain, LimitReached, Point, Product, Total


def equity(bargain: Bargain, shown: Point) -> Equity:
    """Return a package's product of gains and sum beside the best there are.

    Parties that cannot gain are left out. Where more parties gain at the best product than in the
    package, the products are none of the same things: then its own is 0. Who they are is no matter:
    as many may gain in several ways. The sum is taken of points
    above walk-away values, where they mean the same to everyone (H15).
    """
    product, best_product, bounded = _products(bargain, shown)
    total = best_total = None
    if bargain.dispute.common_scale and bargain.gains.parties:
        try:
            points = bargain.best(Total(), bargain.raw)
            best_total = sum(bargain.raw.values(points[0]), start=Fraction(0))
            total = sum(bargain.raw.values(shown), start=Fraction(0))
        except LimitReached:
            pass
    return Equity(product, best_product, bounded, total, best_total)


def _products(bargain: Bargain, shown: Point) -> tuple[Fraction | None, Fraction | None, bool]:
    if not bargain.gains.parties:
        return None, None, False
    try:
        found = bargain.frontier.best(Product(), bargain.gains)
    except LimitReached:
        return None, None, False
    best, own = (_gained(bargain.gains.values(point)) for point in (found.points[0], shown))
    product = _product(own) if len(own) == len(best) else Fraction(0)
    if found.bound is not None:
        return product, found.bound.at_most, True
    return product, _product(best), False


def _gained(gains: Iterable[Fraction]) -> list[Fraction]:
    return [gain for gain in gains if gain > 0]


def _product(gains: Iterable[Fraction]) -> Fraction:
    return prod(gains, start=Fraction(1))
