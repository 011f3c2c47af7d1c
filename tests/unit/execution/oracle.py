"""A second reading of the definitions, straight from an agreement's accounts, over all orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from random import Random

from hikiwake.model import (
    Account,
    Agreement,
    FrozenMap,
    Joined,
    Obligation,
    Party,
    Stake,
)

Pair = tuple[Fraction, Fraction]
NAMES = "abcdefgh"


class Reading:
    """One agreement, read as the definitions say.

    Points are counted in sixths, and parts of ranges in wholes of them all, as integers.
    """

    def __init__(self, agreement: Agreement) -> None:
        self.everything = frozenset(agreement.obligation_ids)
        self.undo = {o.id: frozenset(o.undo) for o in agreement.obligations if o.undo is not None}
        accounts = [agreement.account(party) for party in agreement.party_ids]
        self.points = [_sixths(account.points) for account in accounts]
        self.kept = [_sixths(account.kept) for account in accounts]
        self.bonuses = [
            [(frozenset(b.when), _sixth(b.points)) for b in a.bonuses] for a in accounts
        ]
        self.stakes = [
            [(frozenset(s.until or self.everything), _sixth(s.points)) for s in account.stakes]
            for account in accounts
        ]
        self.ends = [self.has(place, self.everything) for place in range(len(accounts))]
        ranges = [account.range for account in accounts if account.range is not None]
        assert len(ranges) == len(accounts)
        self.whole = lcm(*((6 * span).numerator for span in ranges))
        self.weights = [int(self.whole / (6 * span)) for span in ranges]

    def has(self, place: int, done: frozenset[str]) -> int:
        """Return what a party has if all stop for good: what can be taken back is."""
        back = frozenset[str]()
        if self.undo and done != self.everything:
            back = frozenset(n for n, until in self.undo.items() if not until or not until <= done)
        stays = done - back
        points, kept = self.points[place], self.kept[place]
        total = sum([points.get(n, 0) for n in stays]) + sum([kept.get(n, 0) for n in done & back])
        return total + sum([number for when, number in self.bonuses[place] if when <= stays])

    def stake(self, place: int, done: frozenset[str]) -> int:
        """Return what a party would lose by stopping."""
        return sum([number for until, number in self.stakes[place] if not until <= done])

    def moment(self, done: frozenset[str]) -> tuple[int, int]:
        """Return the largest temptation and exposure after a set, in wholes of all ranges."""
        tempting: list[int] = []
        exposed = [0]
        for place, weight in enumerate(self.weights):
            now = self.has(place, done)
            tempting.append((now - self.ends[place] - self.stake(place, done)) * weight)
            exposed.append(-now * weight)
        return max(tempting), max(exposed)

    def parts(self, tempting: int, exposed: int) -> Pair:
        """Return a temptation and an exposure in parts of ranges."""
        return Fraction(tempting, self.whole), Fraction(exposed, self.whole)


def _sixths(points: Mapping[str, Fraction]) -> dict[str, int]:
    return {name: _sixth(number) for name, number in points.items()}


def _sixth(number: Fraction) -> int:
    assert 6 % number.denominator == 0
    return int(number * 6)


def orders(agreement: Agreement) -> Iterator[list[str]]:
    """Yield every order that keeps what must come first."""
    before: dict[str, set[str]] = {name: set() for name in agreement.obligation_ids}
    for first, second in agreement.precedence():
        before[second].add(first)

    def onward(order: list[str]) -> Iterator[list[str]]:
        if len(order) == len(before):
            yield order
        for name, needed in before.items():
            if name not in order and needed <= set(order):
                yield from onward([*order, name])

    return onward([])


def demand(agreement: Agreement, order: Sequence[str]) -> Pair:
    """Return the demand of an order of single steps."""
    reading = Reading(agreement)
    moments = [reading.moment(frozenset(order[:done])) for done in range(len(order) + 1)]
    return reading.parts(max(t for t, _ in moments), max(e for _, e in moments))


@dataclass(frozen=True)
class Every:
    """The demands of all orders."""

    least: Pair
    trade_off: list[Pair]
    worst: Pair


def every_order(agreement: Agreement) -> Every:
    """Walk along every order there is; each moment is measured once, no order is left out.

    Orders that have done the same at the same demand go on alike, and are walked on as one.
    """
    names = agreement.obligation_ids
    places = {name: place for place, name in enumerate(names)}
    before = [0] * len(names)
    for first, second in agreement.precedence():
        before[places[second]] |= 1 << places[first]
    reading = Reading(agreement)
    sets = [
        reading.moment(frozenset(n for n in names if done >> places[n] & 1))
        for done in range(1 << len(names))
    ]
    found: set[tuple[int, int]] = set()
    walked: set[tuple[int, int, int]] = set()
    last = len(sets) - 1

    def walk(done: int, tempting: int, exposed: int) -> None:
        t, e = sets[done]
        tempting, exposed = max(t, tempting), max(e, exposed)
        if (done, tempting, exposed) in walked:
            return
        walked.add((done, tempting, exposed))
        if done == last:
            found.add((tempting, exposed))
            return
        for place, needed in enumerate(before):
            if not done >> place & 1 and needed & done == needed:
                walk(done | 1 << place, tempting, exposed)

    walk(0, *sets[0])
    best = [p for p in found if not any(q != p and q[0] <= p[0] and q[1] <= p[1] for q in found)]
    pairs = [reading.parts(*pair) for pair in sorted(best)]
    return Every(pairs[0], pairs, reading.parts(*max(found)))


def random_agreement(random: Random, most: int = 8) -> Agreement:
    """Return an agreement of up to ``most`` obligations between two to four parties."""
    parties = ["ann", "ben", "cho", "dov"][: random.randint(2, 4)]
    names = NAMES[: min(most, random.choice((1, 2, 3, 4, 5, 5, 6, 6, 7, 8)))]
    obligations = [_obligation(random, parties, names, place) for place in range(len(names))]
    undoable = [o.id for o in obligations if o.undo is not None]
    accounts = {p: _account(random, p, obligations, undoable) for p in parties}
    return Agreement(tuple(Party(p) for p in parties), tuple(obligations), FrozenMap(accounts))


def _obligation(random: Random, parties: list[str], names: str, place: int) -> Obligation:
    others = [name for name in names if name != names[place]]
    undo: tuple[str, ...] | None = None
    if others and random.random() < 0.15:
        undo = tuple(random.sample(others, random.randint(0, 1)))
    after = tuple(name for name in names[:place] if random.random() < 0.2)
    return Obligation(names[place], (random.choice(parties),), after=after, undo=undo)


def _account(
    random: Random, party: str, obligations: list[Obligation], undoable: list[str]
) -> Account:
    points = {
        o.id: Fraction(random.randint(-12, 0 if party in o.by else 15), random.choice((1, 1, 2, 3)))
        for o in obligations
        if random.random() < 0.9
    }
    names = [o.id for o in obligations]
    bonuses = [
        Joined(
            tuple(random.sample(names, random.randint(1, len(names)))),
            Fraction(random.randint(-5, 8)),
        )
        for _ in range(random.randint(0, 2))
    ]
    stakes = [
        Stake(Fraction(random.randint(0, 6)), tuple(random.sample(names, random.randint(0, 1))))
        for _ in range(random.randint(0, 1))
    ]
    return Account(
        points=FrozenMap(points),
        kept=FrozenMap({name: Fraction(random.randint(-3, 3)) for name in undoable}),
        bonuses=tuple(bonuses),
        stakes=tuple(stakes),
        range=Fraction(random.randint(1, 40), random.choice((1, 1, 7))),
        walk_away=Fraction(random.randint(0, 9)),
    )


def _some(random: Random, names: list[str]) -> tuple[str, ...]:
    return tuple(random.sample(names, random.randint(1, len(names))))
