"""Envy-free up to one item: no envy would be left if one whole item were left out.

References
----------
Lipton, R., Markakis, E., Mossel, E. and Saberi, A. (2004), On Approximately Fair Allocations of
Indivisible Goods, EC '04.
Budish, E. (2011), The Combinatorial Assignment Problem, Journal of Political Economy 119.
Aziz, H., Caragiannis, I., Igarashi, A. and Walsh, T. (2022), Fair Allocation of Indivisible Goods
and Chores, Autonomous Agents and Multi-Agent Systems 36.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import permutations

from hikiwake.model import Dispute, FrozenMap, Item, Money, Outcome, Share, Value
from hikiwake.properties.verdict import Verdict, Witness, shown_by

NAME = "envy_free_up_to_one"


def envy_free_up_to_one(dispute: Dispute, outcome: Outcome) -> Verdict:
    """Tell whether every envy disappears with some one item that one of the two parties has.

    A party envies another if it prefers the package in which both exchange all they got. Up to
    one item it does not, if there is an item of either party such that, with this item left out
    of both packages, the exchange is not preferred. So an item may be good or bad to have.

    Shares and money are exchanged as they are and never left out; choices and amounts stay. A
    bonus that names the item counts in neither package. Where there is no item the property means
    nothing.

    Notes
    -----
    The witness is the exchanged package without the item whose absence leaves the least envy
    (with all of them, if any absence adds to it), and what is left of it.
    """
    items = [i.id for i in dispute.issues if isinstance(i, Item)]
    if not items:
        return Verdict(NAME, None, why="nothing_whole")
    divided = [i.id for i in dispute.issues if isinstance(i, Share | Money)]
    return shown_by(NAME, outcome, _left(dispute, outcome, items, divided))


def _left(
    dispute: Dispute, outcome: Outcome, items: list[str], divided: list[str]
) -> Iterator[Witness]:
    """Yield who envies whom whichever item is left out."""
    for party, other in permutations(dispute.party_ids, 2):
        moved = dict(_moved(outcome, items, divided, party, other))
        envies = _Envies(dispute, party, outcome, moved)
        if envies.without(None) <= 0:
            continue
        least = min((None, *(item for item in items if item in moved)), key=envies.without)
        if envies.without(least) > 0:
            seen = FrozenMap({k: v for k, v in {**outcome, **moved}.items() if k != least})
            yield Witness(party, other, seen, envies.without(least))


def _moved(
    outcome: Outcome, items: list[str], divided: list[str], party: str, other: str
) -> Iterator[tuple[str, Value]]:
    """Yield what is decided otherwise once two parties have exchanged all they got."""
    to = {party: other, other: party}
    for item in items:
        owner = str(outcome[item])
        if owner in to:
            yield item, to[owner]
    for issue in divided:
        parts = outcome[issue]
        assert isinstance(parts, FrozenMap)
        yield issue, FrozenMap({**parts, party: parts[other], other: parts[party]})


class _Envies:
    """By how many of its points a party prefers the exchange, with one item left out or none."""

    def __init__(
        self, dispute: Dispute, party: str, outcome: Outcome, moved: Mapping[str, Value]
    ) -> None:
        preference = dispute.preferences[party]
        self._bonuses = preference.bonuses
        self._now, self._then = outcome, {**outcome, **moved} if self._bonuses else moved
        self._more = {
            issue: points.value(party, moved[issue]) - points.value(party, outcome[issue])
            for issue, points in preference.points.items()
            if issue in moved
        }
        self._all = sum(self._more.values(), start=Fraction(0))

    def without(self, item: str | None) -> Fraction:
        """Return the points more that the exchange is worth, with an item left out of both."""
        envy = self._all - (self._more.get(item, 0) if item is not None else 0)
        for bonus in self._bonuses:
            if item not in bonus.when.tests:
                counts = bonus.when.holds(self._then) - bonus.when.holds(self._now)
                envy += counts * bonus.points
        return envy
