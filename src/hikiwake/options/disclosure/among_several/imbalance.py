"""How even packages are in groups not for trade, whatever is divided in them, among several sides.

A side gets G of a group and could get M at the most; both are sums of its numbers. Two sides are
apart there by G ÷ M - G' ÷ M', so by G·M' - G'·M ÷ M·M'. What counts as even is the tolerance, or
how far two sides are apart by a package that is known to be possible (H8). So of a package that is
given it is a sum of products of hidden numbers whether two sides are as even as counts; and where
one side hides something, or the tolerance counts between two that do, products of few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import ceil, lcm, prod

from hikiwake.model import Amount, Answer, Curve, Dispute, FrozenMap, Issue, Outcome, Share, Value
from hikiwake.options.disclosure.among_several.alone import Row
from hikiwake.options.disclosure.hidden.unknowns import answers_of, parts_of

MAX_SCALE = 100_000  # parts of one in which conditions are counted in a model

Atom = tuple[int, Answer | str]  # whose number, and which; by an issue's id that of its best
Product = tuple[int, ...]  # of atoms, by their places; of none: 1
Sum = Mapping[Product, Fraction]


@dataclass(frozen=True, slots=True)
class Apart:
    """That two sides are as far apart in a group as counts by the package known to be possible."""

    group: int
    ahead: int
    behind: int


class Imbalance:
    """The groups. Sides are given by their places, those that hide something first."""

    def __init__(self, dispute: Dispute, hidden: Sequence[str], known: Sequence[str]) -> None:
        self._dispute, self._hidden, self._known = dispute, hidden, known
        self.groups = [own.issues for own in dispute.groups if own.not_for_trade]
        issues = [dispute.issue(issue) for group in self.groups for issue in group]
        self.atoms = list(self._atoms(issues))
        self._places = {atom: place for place, atom in enumerate(self.atoms)}
        self._spans = [[self._span(party, group) for party in known] for group in self.groups]

    def pairs(self) -> Iterator[Apart]:
        """Yield each two sides, in both orders, of which none has nothing at stake in a group."""
        sides = range(len(self._hidden) + len(self._known))
        for group in range(len(self.groups)):
            staked = [n for n in sides if self.staked(n, group)]
            yield from (Apart(group, one, other) for one, other in permutations(staked, 2))

    def staked(self, n: int, group: int) -> bool:
        """Tell whether a side has something at stake in a group, as far as that is known."""
        return self._extent(n, group) > 0

    def most(self, n: int, group: int) -> Sum:
        """Return M of a side; 1 of a known one, whose G is then a part of what it could get."""
        if n >= len(self._hidden):
            return {(): Fraction(1)}
        issues = map(self._dispute.issue, self.groups[group])
        return {(self._best(n, issue),): Fraction(1) for issue in issues}

    def got(self, n: int, group: int, issue: Issue, value: Value) -> Sum:
        """Return what a decision of an issue adds to G of a side."""
        if issue.id not in self.groups[group]:
            return {}
        if n < len(self._hidden):
            parts = parts_of(self._dispute, self._hidden[n], issue, value)
            return {(self._places[n, answer],): part for answer, part in parts if part}
        party = self._known[n - len(self._hidden)]
        least = self._least(party, issue)
        part = (self._worth(party, issue, value) - least) / self._extent(n, group)
        return {(): part} if part else {}

    def got_in(self, n: int, group: int, outcome: Outcome) -> Sum:
        """Return G of a side by a package."""
        issues = map(self._dispute.issue, self.groups[group])
        return added(*(self.got(n, group, issue, outcome[issue.id]) for issue in issues))

    def keys(self, pair: Apart) -> set[tuple[int, int]]:
        """Return of which sides M is unknown, each with the group."""
        return {(n, pair.group) for n in (pair.ahead, pair.behind) if n < len(self._hidden)}

    def limit(self, level: Apart | None, surely: Outcome) -> Sum:
        """Return how far apart sides may be, times each M of the pair of which that is told."""
        if level is None:
            return {(): self._dispute.tolerance}
        got = [self.got_in(n, level.group, surely) for n in (level.ahead, level.behind)]
        most = [self.most(n, level.group) for n in (level.ahead, level.behind)]
        return less(times(got[0], most[1]), times(got[1], most[0]))

    def _atoms(self, issues: Sequence[Issue]) -> Iterator[Atom]:
        for n in range(len(self._hidden)):
            for issue in issues:
                own = list(answers_of(self._dispute, issue))
                yield from ((n, answer) for answer in own)
                if len(own) > 1:
                    yield n, issue.id

    def _best(self, n: int, issue: Issue) -> int:
        """Return the place of the best of an issue to a side that hides it."""
        first, *others = answers_of(self._dispute, issue)
        return self._places[n, issue.id if others else first]

    def _extent(self, n: int, group: int) -> Fraction:
        """Return how much more than its least a known side could get; 1 of one that hides."""
        first = len(self._hidden)
        return Fraction(1) if n < first else self._spans[group][n - first]

    def _span(self, party: str, group: Iterable[str]) -> Fraction:
        issues = map(self._dispute.issue, group)
        spans = (self._worths(party, issue) for issue in issues)
        return sum((max(own) - min(own) for own in spans), start=Fraction(0))

    def _least(self, party: str, issue: Issue) -> Fraction:
        return min(self._worths(party, issue))

    def _worth(self, party: str, issue: Issue, value: Value) -> Fraction:
        own = self._dispute.preferences[party].points.get(issue.id)
        return Fraction(0) if own is None else own.value(party, value)

    def _worths(self, party: str, issue: Issue) -> list[Fraction]:
        """Return what an issue can give a known side: at its ends, and where a curve bends."""
        own = self._dispute.preferences[party].points.get(issue.id)
        if own is None:
            return [Fraction(0)]
        whole = self._dispute.decisions_of(issue)
        if whole is not None:
            return [own.value(party, value) for value in whole]
        if isinstance(issue, Share):
            return [Fraction(0), own.value(party, FrozenMap({party: Fraction(1)}))]
        assert isinstance(issue, Amount)
        places = [issue.min, issue.max]
        if isinstance(own, Curve):
            places += [x for x, _ in own.corners if issue.min < x < issue.max]
        return [own.value(party, place) for place in places]


class Condition:
    """That one side is not further ahead of another in a group than counts: then it is 0 or more.

    It is a sum of what each issue adds, and of what is there ``always``, in whole parts of
    ``products``: times ``exact`` all is whole, and times ``scale`` not too large. Products are not
    below 0, so a condition that was rounded up holds as well.
    """

    bonuses = ()

    def __init__(
        self, imbalance: Imbalance, pair: Apart, level: Apart | None, surely: Outcome
    ) -> None:
        self._imbalance, self.pair = imbalance, pair
        keys, counts = imbalance.keys(pair), imbalance.keys(level) if level else set()
        every = keys | counts
        mosts = {key: imbalance.most(*key) for key in sorted(every)}
        self._always = times(imbalance.limit(level, surely), *(mosts[k] for k in every - counts))
        further = [mosts[key] for key in sorted(every - keys)]
        sides = (pair.ahead, pair.behind)
        own = [imbalance.most(n, pair.group) for n in sides]
        self._factors = times(own[1], *further), times(own[0], *further)
        self.products: list[Product] = []
        self.exact = self.scale = 1

    def whole(self, issues: Sequence[tuple[Issue, Sequence[Value]]]) -> None:
        """Fix by what all is multiplied so that what some decisions add is whole."""
        every = [self._always, *(self._of(issue, v) for issue, values in issues for v in values)]
        self.products = sorted({one for own in every for one in own if one})
        self.exact = lcm(*(part.denominator for own in every for part in own.values()))
        self.scale = min(self.exact, MAX_SCALE)

    @property
    def always(self) -> Row:
        """What is there whatever is decided, rounded up where it has too many digits."""
        return self._up(self._always)

    def worth(self, issue: Issue, value: Value) -> Row:
        """Return what a decision of an issue adds, rounded up where it has too many digits."""
        return self._up(self._of(issue, value))

    def alone(self, issue: Issue, value: Value) -> Row:
        """Return the same, times what makes all whole."""
        return self._row(self._of(issue, value))

    def row(self, dispute: Dispute, outcome: Outcome) -> Row:
        """Return what it is of a package, times what makes all whole."""
        own = (self._of(issue, outcome[issue.id]) for issue in dispute.issues)
        return self._row(added(self._always, *own))

    @property
    def alone_always(self) -> Row:
        """What is there whatever is decided, times what makes all whole."""
        return self._row(self._always)

    def _of(self, issue: Issue, value: Value) -> Sum:
        pair, got = self.pair, self._imbalance.got
        one, other = (got(n, pair.group, issue, value) for n in (pair.ahead, pair.behind))
        return less(times(other, self._factors[1]), times(one, self._factors[0]))

    def _row(self, own: Sum) -> Row:
        parts = lcm(*((part * self.exact).denominator for part in own.values()))
        whole = parts * self.exact
        numbers = tuple(int(own.get(one, 0) * whole) for one in self.products)
        return Row(numbers, int(own.get((), 0) * whole), parts)

    def _up(self, own: Sum) -> Row:
        numbers = tuple(ceil(own.get(one, 0) * self.scale) for one in self.products)
        return Row(numbers, ceil(own.get((), 0) * self.scale), 1)


def added(*sums: Sum) -> Sum:
    """Return the sum of some sums."""
    found: dict[Product, Fraction] = {}
    for own in sums:
        for product, part in own.items():
            found[product] = found.get(product, Fraction(0)) + part
    return {product: part for product, part in found.items() if part}


def less(one: Sum, other: Sum) -> Sum:
    """Return one sum less another."""
    return added(one, {product: -part for product, part in other.items()})


def times(*sums: Sum) -> Sum:
    """Return the product of some sums."""
    found: Sum = {(): Fraction(1)}
    for own in sums:
        every = [
            {tuple(sorted((*one, *other))): part * count for other, count in own.items()}
            for one, part in found.items()
        ]
        found = added(*every)
    return found


def value_of(product: Product, levels: Sequence[int]) -> int:
    """Return a product where each atom is worth so much."""
    return prod(levels[place] for place in product)


__all__ = ["Apart", "Condition", "Imbalance", "Product", "Sum", "value_of"]
