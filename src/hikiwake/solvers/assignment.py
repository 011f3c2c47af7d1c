"""Who gets which place, one each: the largest sum, and the fairest prices for it. Exact.

References
----------
Kuhn, H. W. (1955), The Hungarian Method for the Assignment Problem, Naval Research Logistics 2.
Alkan, A., Demange, G. and Gale, D. (1991), Fair Allocation of Indivisible Goods and Criteria of
Justice, Econometrica 59. Gal, Y., Mash, M., Procaccia, A. D. and Zick, Y. (2017), Which Is the
Fairest (Rent Division) of Them All?, Journal of the ACM 64.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

Values = Sequence[Sequence[Fraction]]


def best_assignment(values: Values) -> list[int]:
    """Return a place for each party, one each, so that the sum of values is largest.

    Parameters
    ----------
    values
        Shape (n, n): what each place is worth to each party.

    Notes
    -----
    Adds one party at a time along a shortest path of exchanges: n³ steps of exact arithmetic.

    Examples
    --------
    >>> best_assignment([[Fraction(3), Fraction(1)], [Fraction(4), Fraction(3)]])
    [0, 1]
    """
    size = len(values)
    owner: list[int | None] = [None] * size
    costs, prices = [Fraction(0)] * size, [Fraction(0)] * size
    for party in range(size):
        _seat(values, owner, (costs, prices), party)
    places = [0] * size
    for place, party in enumerate(owner):
        if party is not None:
            places[party] = place
    return places


def _seat(
    values: Values,
    owner: list[int | None],
    dual: tuple[list[Fraction], list[Fraction]],
    party: int,
) -> None:
    """Find a place for one party more, moving others along the cheapest chain."""
    costs, prices = dual
    size = len(values)
    slack: list[Fraction | None] = [None] * size
    came_from: list[int | None] = [None] * size
    visited: set[int] = set()
    row = party
    last: int | None = None
    while True:
        step: Fraction | None = None
        nearest = -1
        for place in range(size):
            if place in visited:
                continue
            reduced = -values[row][place] - costs[row] - prices[place]
            known = slack[place]
            if known is None or reduced < known:
                known = slack[place] = reduced
                came_from[place] = last
            if step is None or known < step:
                step, nearest = known, place
        assert step is not None
        costs[party] += step
        for place in range(size):
            known = slack[place]
            if place in visited:
                here = owner[place]
                assert here is not None
                costs[here] += step
                prices[place] -= step
            elif known is not None:
                slack[place] = known - step
        visited.add(nearest)
        last, following = nearest, owner[nearest]
        if following is None:
            break
        row = following
    place: int | None = last
    while place is not None:
        before = came_from[place]
        owner[place] = party if before is None else owner[before]
        place = before


def fairest(values: Values) -> list[Fraction]:
    """Return the utilities of the envy-free payments, summing to 0, with the largest minimum.

    Party i has place i; that must be a best assignment. There is exactly one answer: the least
    utilities at least 0 that leave no envy, all raised by the same, because the least of two
    envy-free utilities is envy-free as well.

    Parameters
    ----------
    values
        Shape (n, n): what each party's place is worth to each, in money.

    Examples
    --------
    >>> room = [[50, 40, 35], [25, 25, 25], [10, 20, 25]]
    >>> [str(u) for u in fairest([[Fraction(v) for v in row] for row in room])]
    ['130/3', '85/3', '85/3']
    """
    size = len(values)
    ahead = [Fraction(0)] * size
    for _ in range(size):
        # Nobody envies: u_i − u_j ≥ what place j is worth more to i than to j.
        needed = [
            max(ahead[j] + values[i][j] - values[j][j] for j in range(size)) for i in range(size)
        ]
        higher = [max(low, high) for low, high in zip(ahead, needed, strict=True)]
        if higher == ahead:
            break
        ahead = higher
    else:
        raise ValueError("another assignment has a larger sum")
    total = sum((values[i][i] for i in range(size)), start=Fraction(0))
    least = (total - sum(ahead)) / size
    return [least + lead for lead in ahead]


def assignments(allowed: Sequence[Sequence[int]]) -> Iterator[tuple[int, ...]]:
    """Yield every way to give each party one of the places it may have, each place once.

    Parameters
    ----------
    allowed
        The places of each party.
    """

    def grow(chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if len(chosen) == len(allowed):
            yield chosen
            return
        for place in allowed[len(chosen)]:
            if place not in chosen and _completes((*chosen, place), allowed):
                yield from grow((*chosen, place))

    yield from grow(())


def _completes(chosen: tuple[int, ...], allowed: Sequence[Sequence[int]]) -> bool:
    """Tell whether those without a place yet can all have one."""
    owner: dict[int, int] = dict.fromkeys(chosen, -1)

    def seat(party: int, tried: set[int]) -> bool:
        for place in allowed[party]:
            if place in tried or owner.get(place) == -1:
                continue
            tried.add(place)
            if place not in owner or seat(owner[place], tried):
                owner[place] = party
                return True
        return False

    return all(seat(party, set()) for party in range(len(chosen), len(allowed)))
