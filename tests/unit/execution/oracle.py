"""A second reading of the definitions, straight from an agreement's accounts, over all orders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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

    Points are counted in sixths, and parts of ranges in wholes of them all, as integers. A set of
    obligations is an integer, with a bit for each; the points of every set are added up once.
    """

    def __init__(self, agreement: Agreement) -> None:
        self.bits = {name: 1 << place for place, name in enumerate(agreement.obligation_ids)}
        self.everything = (1 << len(self.bits)) - 1
        self.undo = [
            (self.bits[o.id], self.mask(o.undo))
            for o in agreement.obligations
            if o.undo is not None
        ]
        accounts = [agreement.account(party) for party in agreement.party_ids]
        self.points = [self._summed(account.points) for account in accounts]
        self.kept = [self._summed(account.kept) for account in accounts]
        self.bonuses = [
            [(self.mask(b.when), _sixth(b.points)) for b in a.bonuses] for a in accounts
        ]
        self.stakes = [
            [
                (self.mask(stake.until) if stake.until else self.everything, _sixth(stake.points))
                for stake in account.stakes
            ]
            for account in accounts
        ]
        self.ends = [self.has(place, self.everything, 0) for place in range(len(accounts))]
        ranges = [account.range for account in accounts if account.range is not None]
        assert len(ranges) == len(accounts)
        self.whole = lcm(*((6 * span).numerator for span in ranges))
        self.weights = [int(self.whole / (6 * span)) for span in ranges]

    def mask(self, names: Iterable[str]) -> int:
        """Return a set of obligations as an integer."""
        return sum(self.bits[name] for name in {*names})

    def _summed(self, points: Mapping[str, Fraction]) -> list[int]:
        sums = [0]
        for name in self.bits:
            more = _sixth(points.get(name, Fraction(0)))
            sums += [number + more for number in sums]
        return sums

    def back(self, done: int) -> int:
        """Return what is taken back if all stop for good after a set: whatever can be."""
        if done == self.everything:
            return 0
        return sum([own for own, until in self.undo if not until or until & ~done]) & done

    def has(self, place: int, done: int, back: int) -> int:
        """Return what a party has if all stop for good, and this of what is done is taken back."""
        stays = done & ~back
        total = self.points[place][stays] + self.kept[place][back]
        return total + sum([number for when, number in self.bonuses[place] if not when & ~stays])

    def stake(self, place: int, done: int) -> int:
        """Return what a party would lose by stopping."""
        return sum([number for until, number in self.stakes[place] if until & ~done])

    def moment(self, done: int) -> tuple[int, int]:
        """Return the largest temptation and exposure after a set, in wholes of all ranges."""
        tempting: list[int] = []
        exposed = [0]
        back = self.back(done)
        for place, weight in enumerate(self.weights):
            now = self.has(place, done, back)
            tempting.append((now - self.ends[place] - self.stake(place, done)) * weight)
            exposed.append(-now * weight)
        return max(tempting), max(exposed)

    def parts(self, tempting: int, exposed: int) -> Pair:
        """Return a temptation and an exposure in parts of ranges."""
        return Fraction(tempting, self.whole), Fraction(exposed, self.whole)


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
    moments = [reading.moment(reading.mask(order[:done])) for done in range(len(order) + 1)]
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
    reading = Reading(agreement)
    before = dict.fromkeys(reading.bits, 0)
    for first, second in agreement.precedence():
        before[second] |= reading.bits[first]
    steps = [(bit, before[name]) for name, bit in reading.bits.items()]
    sets = [reading.moment(done) for done in range(reading.everything + 1)]
    found: set[tuple[int, int]] = set()
    walked: set[tuple[int, int, int]] = set()

    def walk(done: int, tempting: int, exposed: int) -> None:
        t, e = sets[done]
        tempting, exposed = max(tempting, t), max(exposed, e)
        if (done, tempting, exposed) in walked:
            return
        walked.add((done, tempting, exposed))
        if done == reading.everything:
            found.add((tempting, exposed))
            return
        for bit, needed in steps:
            if not done & bit and needed & done == needed:
                walk(done | bit, tempting, exposed)

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
