"""Prices from ties: where every tie is between two parties, their ratios follow exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def ratios(ties: Sequence[Sequence[Fraction]], values: Sequence[Fraction]) -> list[Fraction] | None:
    """Return everybody's price where all ties are worth nothing, if that determines them.

    Parties that ties connect have prices in fixed ratios. All together what each such circle has
    is worth as much as it has members, since everybody's value times its price is 1.

    Parameters
    ----------
    ties
        Differences between things that are equally good; at the prices each is worth 0.
    values
        Everybody's values where one of each tied things is taken.
    """
    size = len(values)
    reduced = _reduced(ties, size)
    pivots = {next(k for k, v in enumerate(row) if v): row for row in reduced}
    circles: dict[int, dict[int, Fraction]] = {
        k: {k: Fraction(1)} for k in range(size) if k not in pivots
    }
    for k, row in pivots.items():
        others = [(j, v) for j, v in enumerate(row) if v and j != k]
        if len(others) != 1:
            return None
        ((j, coefficient),) = others
        circles[j][k] = -coefficient
    prices = [Fraction(0)] * size
    for circle in circles.values():
        worth = sum((r * values[k] for k, r in circle.items()), Fraction(0))
        if worth <= 0:
            return None
        for k, r in circle.items():
            prices[k] = r * len(circle) / worth
    return prices


def _reduced(rows: Sequence[Sequence[Fraction]], size: int) -> list[list[Fraction]]:
    """Return the rows reduced by elimination: every leading 1 alone in its column."""
    done: list[list[Fraction]] = []
    work = [list(row) for row in rows]
    for column in range(size):
        pivot = next((row for row in work if row[column]), None)
        if pivot is None:
            continue
        work.remove(pivot)
        lead = pivot[column]
        pivot = [v / lead for v in pivot]
        done = [_less(row, pivot, column) for row in done]
        work = [_less(row, pivot, column) for row in work]
        done.append(pivot)
    return done


def _less(row: list[Fraction], pivot: list[Fraction], column: int) -> list[Fraction]:
    factor = row[column]
    return [a - factor * b for a, b in zip(row, pivot, strict=True)] if factor else row
