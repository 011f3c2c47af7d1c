"""Picking: the sides take turns, and each takes what is worth most to it of what is left.

Next is the side with the fewest turns so far for its weight, by Webster's method: a side that had
t turns waits until (t + 1/2) ÷ weight is smallest. With equal weights that is round robin, in the
same order in every round. Webster's, because it is the one divisor method that favours neither
large nor small weights (Balinski and Young 1982), and because with it nobody envies another, in
proportion to the weights, by more than half an item on either side.

References
----------
Chakraborty, M., Schmidt-Kraepelin, U. and Suksompong, W. (2021), Picking Sequences and Monotonicity
in Weighted Fair Division, Artificial Intelligence 301.
Chakraborty, M., Segal-Halevi, E. and Suksompong, W. (2024), Weighted Fairness Notions for
Indivisible Items Revisited, ACM TEAC 12.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from hikiwake.errors import Fault, Unsupported
from hikiwake.model import Dispute, FrozenMap, Item, Outcome
from hikiwake.rules.direct import (
    MAX_OUTCOMES,
    conditions_in,
    externalities,
    fault,
    having,
    other_kinds,
    too_many,
)

NAME = "picking"
HALF = Fraction(1, 2)

Order = tuple[int, ...]


def require(dispute: Dispute) -> None:
    """Items only, worth at least 0 to those who get them, no conditions (else H18)."""
    faults = tuple(_misfits(dispute))
    if faults:
        raise Unsupported(*faults)


def outcomes(dispute: Dispute) -> tuple[Outcome, ...]:
    """Return what comes out of every order of turns and every pick among equals."""
    items = [issue for issue in dispute.issues if isinstance(issue, Item)]
    worths = [[having(dispute, party, item) for item in items] for party in dispute.party_ids]
    weights = [party.entitlement for party in dispute.parties]
    found: dict[Order, None] = {}
    for turns in orders(weights, len(items)):
        found |= dict.fromkeys(picked(worths, turns))
        if len(found) > MAX_OUTCOMES:
            raise too_many(NAME)
    return tuple(
        FrozenMap(
            {item.id: dispute.party_ids[owner] for item, owner in zip(items, owners, strict=True)}
        )
        for owners in found
    )


def orders(weights: Sequence[Fraction], picks: int) -> list[Order]:
    """Return every order of turns: parties that are level go in one ranking throughout.

    Parameters
    ----------
    weights
        Above 0, one a party.
    picks
        How many turns there are.

    Raises
    ------
    TooLarge
        If there are more than ``MAX_OUTCOMES`` orders (H18).

    Examples
    --------
    >>> orders([Fraction(1), Fraction(2)], 6)
    [(1, 0, 1, 1, 0, 1)]
    >>> orders([Fraction(1), Fraction(1)], 4)
    [(0, 1, 0, 1), (1, 0, 1, 0)]
    """
    nobody = tuple(frozenset[int]() for _ in weights)
    partial: dict[_Begun, None] = {_Begun((), (0,) * len(weights), nobody): None}
    for _ in range(picks):
        partial = {longer: None for begun in partial for longer in begun.next(weights)}
        if len(partial) > MAX_OUTCOMES:
            raise too_many(NAME)
    return list(dict.fromkeys(begun.turns for begun in partial))


class _Begun(NamedTuple):
    """An order of turns so far: how many each party had, and who ranks before whom by now."""

    turns: Order
    had: tuple[int, ...]
    before: tuple[frozenset[int], ...]

    def next(self, weights: Sequence[Fraction]) -> Iterator[_Begun]:
        """Yield the order with one turn more, for each party that may be next."""
        waits = [(had + HALF) / weight for had, weight in zip(self.had, weights, strict=True)]
        shortest = min(waits)
        level = {i for i, wait in enumerate(waits) if wait == shortest}
        for party in sorted(level):
            if self.before[party] & level:
                continue
            ahead, later = self.before[party] | {party}, level - {party}
            ranked = tuple(
                known | ahead if i in later or known & later else known
                for i, known in enumerate(self.before)
            )
            had = tuple(n + (i == party) for i, n in enumerate(self.had))
            yield _Begun((*self.turns, party), had, ranked)


def picked(worths: Sequence[Sequence[Fraction]], turns: Order) -> list[Order]:
    """Return who may have each item after so many turns, every pick among equals considered.

    Parameters
    ----------
    worths
        A row a party, a column an item.
    turns
        Who picks, one party an item.

    Raises
    ------
    TooLarge
        If there are more than ``MAX_OUTCOMES`` ways (H18).

    Examples
    --------
    >>> picked([[Fraction(3), Fraction(2), Fraction(1)]] * 2, (0, 1, 0))
    [(0, 1, 0)]
    """
    liked = [sorted(range(len(turns)), key=lambda i, row=row: -row[i]) for row in worths]
    states: dict[Order, None] = {(-1,) * len(turns): None}
    for party in turns:
        after: dict[Order, None] = {}
        for owners in states:
            for item in _favourites(liked[party], worths[party], owners):
                after[(*owners[:item], party, *owners[item + 1 :])] = None
            if len(after) > MAX_OUTCOMES:
                raise too_many(NAME)
        states = after
    return list(states)


def _favourites(liked: Sequence[int], worths: Sequence[Fraction], owners: Order) -> Iterator[int]:
    best: Fraction | None = None
    for item in liked:
        if owners[item] >= 0:
            continue
        if best is not None and worths[item] < best:
            return
        best = worths[item]
        yield item


def _misfits(dispute: Dispute) -> Iterator[Fault]:
    yield from other_kinds(dispute, NAME, (Item,), "Items only")
    yield from conditions_in(dispute, NAME)
    yield from externalities(dispute, NAME)
    if any(
        having(dispute, party, item) < 0
        for party in dispute.party_ids
        for item in dispute.issues
        if isinstance(item, Item)
    ):
        yield fault(NAME, "an item is worth less than nothing to a party", "At least 0 to each")
