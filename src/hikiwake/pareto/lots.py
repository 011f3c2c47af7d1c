"""Lots: what nobody could foresee, and what favours no place in a file or in the alphabet (H11)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hikiwake.model import lot_of
from hikiwake.solvers.problem import Lots

_BYTES = 3  # few enough for floats to tell numbers apart, many enough for these to differ


def lot_at(parties: Sequence[str], point: Sequence[Fraction]) -> bytes:
    """Return by what points of a frontier are put in order: a lot as well, of worths by names."""
    own = sorted(zip(parties, map(str, point), strict=True))
    return lot_of(*(text for worth in own for text in worth))


def lots_of(parties: Sequence[str], shared: Sequence[str], whole: Sequence[str]) -> Lots:
    """Return what is drawn for each part of a share, along each whole issue, and for parties."""
    middle = 1 << (8 * _BYTES - 1)
    return Lots(
        tuple(tuple(_number(issue, party) for party in parties) for issue in shared),
        tuple(_number(issue) - middle for issue in whole),
        tuple(sorted(range(len(parties)), key=lambda i: lot_of(parties[i]))),
    )


def _number(*texts: str) -> int:
    return int.from_bytes(lot_of(*texts)[:_BYTES]) + 1
