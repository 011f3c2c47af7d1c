"""Points as GeniusWeb wants them: weights that sum to 1, utilities from 0 to 1, a bid as walk-away.

All exact: with finite decimals only, and without rounding. Adding a number to all of a party's
points, or dividing all by one, changes no gain; what is added and divided by is chosen here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hikiwake.formats.decimals import is_round, is_short, odd_part, ten_from

MAX_SUMS = 4_000

Rows = Sequence[Sequence[Fraction]]

_NOTHING, _ALL = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Scaled:
    """One party's points: weights × utilities × ``divisor`` − what was added.

    ``bid`` gives the place of a value for some issues: together they are worth the walk-away value.
    Without one it is 0.
    """

    weights: tuple[Fraction, ...]
    utilities: tuple[tuple[Fraction, ...], ...]
    bid: dict[int, int] | None
    same: bool


def scaled(points: Rows, walk_away: Fraction) -> Scaled | None:
    """Return the points on GeniusWeb's scale; None if no bid can be worth the walk-away value.

    Parameters
    ----------
    points
        For each issue the points of its values (of a range: at its ends).
    walk_away
        The walk-away value.
    """
    least = [min(_NOTHING, *row) for row in points]
    above = [[point - low for point in row] for row, low in zip(points, least, strict=True)]
    found = _reserved(above, walk_away - sum(least, start=_NOTHING))
    if found is None:
        return None
    rows, bid, moved = found
    weights, divisor = _weights(rows)
    utilities = tuple(
        tuple(point / divisor / weight if weight else _NOTHING for point in row)
        for row, weight in zip(rows, weights, strict=True)
    )
    return Scaled(weights, utilities, bid, divisor == 1 and not moved and not any(least))


def _reserved(
    rows: list[list[Fraction]], walk_away: Fraction
) -> tuple[list[list[Fraction]], dict[int, int] | None, bool] | None:
    """Return the points, perhaps moved, and the bid that is worth the walk-away value."""
    if not walk_away:
        return rows, None, False
    if walk_away > 0 and (bid := _bid_worth(rows, walk_away)) is not None:
        return rows, bid, False
    lowest = [min(row) for row in rows]
    if walk_away <= sum(lowest, start=_NOTHING):
        return _lowered(rows, walk_away), None, True
    highest = [max(row) for row in rows]
    rest = min(range(len(rows)), key=lambda place: highest[place] - lowest[place])
    bid = {p: list(row).index(highest[p]) for p, row in enumerate(rows) if p != rest}
    added = sum((highest[place] for place in bid), start=_NOTHING) - walk_away
    if not bid or added < -lowest[rest]:
        return None
    moved = [*rows]
    moved[rest] = [point + added for point in rows[rest]]
    return moved, bid, True


def _bid_worth(rows: Rows, wanted: Fraction) -> dict[int, int] | None:
    """Return a bid, perhaps partial, that is worth just so much; whole ones are sought first.

    Only so many sums are looked at; then None, though there may be one.
    """
    for may_skip in (False, True):
        sums: dict[Fraction, dict[int, int]] = {_NOTHING: {}}
        for place, row in enumerate(rows):
            more = dict(sums) if may_skip else {}
            for total, bid in sums.items():
                for n, point in enumerate(row):
                    if total + point <= wanted and len(more) < MAX_SUMS:
                        more.setdefault(total + point, {**bid, place: n})
            sums = more
        if wanted in sums:
            return sums[wanted]
    return None


def _lowered(rows: list[list[Fraction]], by: Fraction) -> list[list[Fraction]]:
    """Take something off all values of some issues, so that every package is worth less by it."""
    found: list[list[Fraction]] = []
    for row in rows:
        part = min(by, *row)
        found.append([point - part for point in row])
        by -= part
    return found


def _weights(rows: Rows) -> tuple[tuple[Fraction, ...], Fraction]:
    """Return weights that sum to 1, and by what points are divided, so that all is finite."""
    most = [max(row) for row in rows]
    total = sum(most, start=_NOTHING)
    if not total:
        return (_ALL, *[_NOTHING] * (len(rows) - 1)), _ALL
    for weights, divisor in _candidates(most, total):
        if _fits(rows, weights, divisor):
            return weights, divisor
    halves = _halves([value / total for value in most])
    times = odd_part(point for row in rows for point in row)
    needed = max(value / half for value, half in zip(most, halves, strict=True))
    divisor = needed if is_round(needed * times) else ten_from(needed * times) / times
    return halves, divisor


def _candidates(
    most: list[Fraction], total: Fraction
) -> Iterator[tuple[tuple[Fraction, ...], Fraction]]:
    """Yield the weights that keep points as they are, then those that show what matters most."""
    if total <= 1:
        for place in range(len(most)):
            rest = _ALL - total
            yield tuple(v + rest if n == place else v for n, v in enumerate(most)), _ALL
    yield tuple(value / total for value in most), total


def _fits(rows: Rows, weights: Sequence[Fraction], divisor: Fraction) -> bool:
    return all(map(is_short, weights)) and all(
        is_short(point / divisor / weight)
        for row, weight in zip(rows, weights, strict=True)
        if weight
        for point in row
    )


def _halves(shares: list[Fraction]) -> tuple[Fraction, ...]:
    """Return powers of one half that sum to 1, each not far from a share of the whole."""
    floor = Fraction(1, 16 * len(shares))  # so that what hardly matters needs few decimals
    raised = [max(share, floor) for share in shares]
    found = [_half_below(share / sum(raised)) for share in raised]
    while rest := _ALL - sum(found, start=_NOTHING):
        grow = [n for n, half in enumerate(found) if half <= rest]
        place = max(grow, key=lambda n: shares[n] / found[n])
        found[place] *= 2
    return tuple(found)


def _half_below(share: Fraction) -> Fraction:
    half = _ALL
    while half > share:
        half /= 2
    return half
