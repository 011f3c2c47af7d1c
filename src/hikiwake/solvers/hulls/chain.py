"""The undominated border of a view between two parties, conditions on sides kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from hikiwake.solvers.hulls.hull import Frame, Link, Mixture
from hikiwake.solvers.programs import Impossible


def chain(frame: Frame, links: Sequence[Link], parties: tuple[int, int]) -> list[Mixture]:
    """Return the corners of the border, from the most of one party to the most of the other.

    Mixtures of cells count. A point on a straight part may be among the corners.
    """
    one, other = parties
    first, last = _end(frame, links, one, other), _end(frame, links, other, one)
    if first is None or last is None:
        return []
    if first.sums[one] == last.sums[one]:
        return [first]
    found, open_ends = [first], [last]
    while open_ends:
        a, b = found[-1].sums, open_ends[-1].sums
        weights = {one: b[other] - a[other], other: a[one] - b[one]}
        between = frame.best(links, weights)
        assert isinstance(between, Mixture), "there are packages"
        if between.value == _weighed(weights, a):
            found.append(open_ends.pop())
        else:
            open_ends.append(between)
    return found


def _end(frame: Frame, links: Sequence[Link], party: int, other: int) -> Mixture | None:
    """Return where a party has most, and the other the most beside that."""
    most = frame.best(links, {party: 1})
    if isinstance(most, Impossible):
        return None
    found = frame.best((*links, Link({party: 1}, most.value)), {other: 1})
    return None if isinstance(found, Impossible) else found


def _weighed(weights: Mapping[int, Fraction], sums: Sequence[Fraction]) -> Fraction:
    return sum((w * sums[i] for i, w in weights.items()), Fraction(0))
