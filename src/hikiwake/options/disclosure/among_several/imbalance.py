"""How even packages are in groups not for trade, whatever is divided in them, among several sides.

A side gets G of a group, beyond its least, and could get M at the most; both are sums of its
numbers, and of extremes of some. Two sides are apart there by G ÷ M - G' ÷ M', so by
G·M' - G'·M ÷ M·M'. What counts as even is the tolerance, or how far two sides are apart by a
package that is known to be possible (H8). So of a package that is given it is a sum of products of
hidden numbers whether two sides are as even as counts; and where one side hides something, or the
tolerance counts between two that do, products of few.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from math import ceil, lcm, prod

from hikiwake.model import Answer, Bonus, Dispute, Group, Issue, Outcome, Value
from hikiwake.model import Condition as Combination
from hikiwake.options.disclosure.among_several.alone import Row
from hikiwake.options.disclosure.hidden.inside import inside_of, own_inside, span
from hikiwake.options.disclosure.hidden.unknowns import Extreme, Name, answers_of, parts_of

MAX_SCALE = 100_000  # parts of one in which conditions are counted in a model

Atom = tuple[int, Name]  # whose number, and which
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
        groups = [group for group in dispute.groups if group.not_for_trade]
        self.groups = [own.issues for own in groups]
        self._insides = [[inside_of(dispute, party, one) for party in hidden] for one in groups]
        self._spans = [[span(dispute, party, one) for party in known] for one in groups]
        self._bonuses = [[self._within(party, one) for party in known] for one in groups]
        self.atoms = list(dict.fromkeys(self._atoms()))
        self._places = {atom: place for place, atom in enumerate(self.atoms)}

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
        return self._sum(n, self._insides[group][n].extent)

    def least(self, n: int, group: int) -> Sum:
        """Return the least of a side, of which G is what it gets beyond."""
        if n < len(self._hidden):
            return self._sum(n, self._insides[group][n].least)
        part = self._spans[group][n - len(self._hidden)][0] / self._extent(n, group)
        return {(): part} if part else {}

    def got(self, n: int, group: int, issue: Issue, value: Value) -> Sum:
        """Return what a decision of an issue adds to G of a side."""
        if issue.id not in self.groups[group]:
            return {}
        if n < len(self._hidden):
            parts = parts_of(self._dispute, self._hidden[n], issue, value)
            return {(self._places[n, answer],): part for answer, part in parts if part}
        party = self._known[n - len(self._hidden)]
        own = self._dispute.preferences[party].points.get(issue.id)
        part = own.value(party, value) / self._extent(n, group) if own else Fraction(0)
        return {(): part} if part else {}

    def bonuses(self, n: int, group: int) -> Iterator[tuple[Fraction, Combination]]:
        """Yield what bonuses inside a group add to G of a known side, and when."""
        if n >= len(self._hidden):
            for bonus in self._bonuses[group][n - len(self._hidden)]:
                yield bonus.points / self._extent(n, group), bonus.when

    def got_in(self, n: int, group: int, outcome: Outcome) -> Sum:
        """Return G of a side by a package."""
        issues = map(self._dispute.issue, self.groups[group])
        own = added(*(self.got(n, group, issue, outcome[issue.id]) for issue in issues))
        more = [part for part, when in self.bonuses(n, group) if when.holds(outcome)]
        return less(added(own, *({(): part} for part in more)), self.least(n, group))

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

    def levels(self, numbers: Sequence[Mapping[Answer, int]]) -> list[int]:
        """Return how many steps each atom is worth, with some numbers of those that hide."""
        named: list[dict[Name, int]] = [{**own} for own in numbers]
        for insides in self._insides:
            for own, inside, every in zip(numbers, insides, named, strict=True):
                every.update(inside.named(own))
        return [named[n][name] for n, name in self.atoms]

    def top(self, product: Product, steps: int) -> int:
        """Return what a product cannot exceed, where all points are so many steps."""
        return prod(steps * size_of(self.atoms[place]) for place in product)

    def _sum(self, n: int, row: Mapping[Name, Fraction]) -> Sum:
        return {(self._place(n, name),): part for name, part in row.items()}

    def _atoms(self) -> Iterator[Atom]:
        for issues, insides in zip(self.groups, self._insides, strict=True):
            for n, inside in enumerate(insides):
                for issue in issues:
                    yield from (
                        (n, a) for a in answers_of(self._dispute, self._dispute.issue(issue))
                    )
                yield from ((n, issue) for issue, own in inside.free.items() if len(own) > 1)
                yield from (
                    (n, Extreme(one, most)) for one in inside.tied for most in (False, True)
                )

    def _place(self, n: int, name: Name) -> int:
        """Return the place of a number; the best of an issue of one number is that."""
        if isinstance(name, str):
            first, *others = answers_of(self._dispute, self._dispute.issue(name))
            return self._places[n, name if others else first]
        return self._places[n, name]

    def _extent(self, n: int, group: int) -> Fraction:
        """Return how much more than its least a known side could get; 1 of one that hides."""
        first = len(self._hidden)
        return Fraction(1) if n < first else self._spans[group][n - first][1]

    def _within(self, party: str, group: Group) -> tuple[Bonus, ...]:
        return own_inside(self._dispute, party, group).bonuses


class Condition:
    """That one side is not further ahead of another in a group than counts: then it is 0 or more.

    It is a sum of what each issue adds, and of what is there ``always``, in whole parts of
    ``products``: times ``exact`` all is whole, and times ``scale`` not too large. Products are not
    below 0, so a condition that was rounded up holds as well.
    """

    def __init__(
        self, imbalance: Imbalance, pair: Apart, level: Apart | None, surely: Outcome
    ) -> None:
        self._imbalance, self.pair = imbalance, pair
        keys, counts = imbalance.keys(pair), imbalance.keys(level) if level else set()
        every = keys | counts
        mosts = {key: imbalance.most(*key) for key in sorted(every)}
        limit = times(imbalance.limit(level, surely), *(mosts[k] for k in every - counts))
        further = [mosts[key] for key in sorted(every - keys)]
        sides = (pair.ahead, pair.behind)
        own = [imbalance.most(n, pair.group) for n in sides]
        self._factors = times(own[1], *further), times(own[0], *further)
        least = (imbalance.least(n, pair.group) for n in sides)
        self._always = less(limit, self._behind(*least))
        self._bonuses = list(self._of_bonuses())
        self.products: list[Product] = []
        self.exact = self.scale = 1

    def whole(self, issues: Sequence[tuple[Issue, Sequence[Value]]]) -> None:
        """Fix by what all is multiplied so that what some decisions add is whole."""
        every = [self._always, *(own for own, _ in self._bonuses)]
        every += [self._of(issue, v) for issue, values in issues for v in values]
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
        more = (own for own, when in self._bonuses if when.holds(outcome))
        return self._row(added(self._always, *own, *more))

    @property
    def bonuses(self) -> list[tuple[Row, Combination]]:
        """What bonuses add, and when, rounded up where it has too many digits."""
        return [(self._up(own), when) for own, when in self._bonuses]

    @property
    def alone_bonuses(self) -> list[tuple[Row, Combination]]:
        """The same, times what makes all whole."""
        return [(self._row(own), when) for own, when in self._bonuses]

    @property
    def alone_always(self) -> Row:
        """What is there whatever is decided, times what makes all whole."""
        return self._row(self._always)

    def _of(self, issue: Issue, value: Value) -> Sum:
        pair, got = self.pair, self._imbalance.got
        return self._behind(*(got(n, pair.group, issue, value) for n in (pair.ahead, pair.behind)))

    def _of_bonuses(self) -> Iterator[tuple[Sum, Combination]]:
        for n, sign in ((self.pair.ahead, 1), (self.pair.behind, -1)):
            for part, when in self._imbalance.bonuses(n, self.pair.group):
                own: tuple[Sum, Sum] = ({(): part}, {})
                yield self._behind(*own[::sign]), when

    def _behind(self, ahead: Sum, behind: Sum) -> Sum:
        """Return by how much less that is of what one side could get than of what the other."""
        return less(times(behind, self._factors[1]), times(ahead, self._factors[0]))

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


def size_of(atom: Atom) -> int:
    """Return how many times all points together an atom cannot exceed."""
    return atom[1].tied.parts if isinstance(atom[1], Extreme) else 1


__all__ = ["Apart", "Condition", "Imbalance", "Product", "Sum", "size_of", "value_of"]
