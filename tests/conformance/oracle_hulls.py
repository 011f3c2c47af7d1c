"""The referee for shares and amounts between any number of parties: every corner, one by one.

Each way to take the whole options, and one straight stretch of every amount, leaves a polytope of
divisions. All its corners are found by solving every set of bounds; nothing is searched cleverly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise, permutations, product

from hikiwake.model import Amount, Choice, Curve, Dispute, FrozenMap, Money, Share, SharesBeyond
from tests.conformance.definitions import Vector, holds, packages, points, walk_away
from tests.conformance.polygons import Halfspace, corners

Affine = tuple[tuple[Fraction, ...], Fraction]  # coefficients and constant


@dataclass(frozen=True)
class Piece:
    """One way to take what is whole: bounds on the unknowns, and everybody's points of them."""

    dimensions: int
    bounds: tuple[Halfspace, ...]
    worths: tuple[Affine, ...]
    groups: tuple[tuple[Affine, ...], ...] = ()  # everybody's points in each group not for trade

    def at(self, place: Sequence[Fraction]) -> Vector:
        """Return everybody's points at a place."""
        return tuple(
            sum((c * t for c, t in zip(own, place, strict=True)), constant)
            for own, constant in self.worths
        )

    def most(self, worth: Affine, more: Sequence[Halfspace] = ()) -> Fraction | None:
        """Return the most of something that is had at any corner, further bounds kept."""
        found = corners([*self.bounds, *more], self.dimensions)
        return max((_value(worth, place) for place in found), default=None)

    def lifted(self) -> Piece:
        """Return the piece with one more unknown, which nothing bounds yet."""
        zero = Fraction(0)
        return Piece(
            self.dimensions + 1,
            tuple(((*own, zero), least) for own, least in self.bounds),
            tuple(((*own, zero), constant) for own, constant in self.worths),
            tuple(tuple(((*own, zero), c) for own, c in group) for group in self.groups),
        )


def _value(worth: Affine, place: Sequence[Fraction]) -> Fraction:
    return sum((c * t for c, t in zip(worth[0], place, strict=True)), worth[1])


def at_least(worth: Affine, least: Fraction) -> Halfspace:
    """Return where something is at least so much."""
    return worth[0], least - worth[1]


class Referee:
    """A dispute with continuous parts, by its corners."""

    def __init__(self, dispute: Dispute) -> None:
        self.dispute = dispute
        self.parties = dispute.party_ids
        self.walk = tuple(walk_away(dispute, party) for party in self.parties)
        self.guarded = [set(group.issues) for group in dispute.groups if group.not_for_trade]
        free = [piece for piece in self._pieces() if corners(piece.bounds, piece.dimensions)]
        self.ends = [self._ends(place) for place in range(len(self.guarded))]
        self.level = dispute.tolerance
        self.pieces = self._even(free)
        if self.guarded and free and not self.pieces:
            self.level = min(level for piece in free for level in self._least_levels(piece))
            self.pieces = self._even(free)

    def _ends(self, place: int) -> list[tuple[Fraction, Fraction]]:
        """Return everybody's least and most in a group, walk-away values left out of it."""
        n = len(self.parties)
        bare = [Piece(p.dimensions, p.bounds[:-n], p.groups[place]) for p in self._pieces()]
        found: list[tuple[Fraction, Fraction]] = []
        for i in range(n):
            values = [p.at(c)[i] for p in bare for c in corners(p.bounds, p.dimensions)]
            found.append((min(values), max(values)))
        return found

    def _apart(self, piece: Piece) -> Iterator[Affine]:
        """Yield by how much each share of a group is above each other one."""
        for group, ends in zip(piece.groups, self.ends, strict=True):
            shares = [
                (tuple(c / (most - least) for c in own), (constant - least) / (most - least))
                for (own, constant), (least, most) in zip(group, ends, strict=True)
                if least < most
            ]
            for (one, c), (other, d) in permutations(shares, 2):
                yield tuple(a - b for a, b in zip(one, other, strict=True)), c - d

    def _even(self, free: Sequence[Piece]) -> list[Piece]:
        """Return what of some pieces is as even in every group as the level says."""
        found: list[Piece] = []
        for piece in free:
            near = [(tuple(-k for k in own), c - self.level) for own, c in self._apart(piece)]
            even = replace(piece, bounds=(*piece.bounds, *near))
            found += [even] if corners(even.bounds, even.dimensions) else []
        return found

    def _least_levels(self, piece: Piece) -> Iterator[Fraction]:
        """Yield the smallest imbalance of a piece, as one more unknown that all are within."""
        up = piece.lifted()
        near = [((*(-k for k in own[:-1]), Fraction(1)), c) for own, c in self._apart(up)]
        lowest = up.most(
            (tuple(-k for k in _unit(up.dimensions, up.dimensions - 1)), Fraction(0)),
            [*near, (_unit(up.dimensions, up.dimensions - 1), Fraction(0))],
        )
        if lowest is not None:
            yield -lowest

    def _pieces(self) -> Iterator[Piece]:
        shares = [i.id for i in self.dispute.issues if isinstance(i, Share | Money)]
        amounts = [i for i in self.dispute.issues if isinstance(i, Amount) and i.step is None]
        stretches = [list(pairwise(self._places(amount))) for amount in amounts]
        names = [amount.id for amount in amounts]
        discrete = [i.id for i in self.dispute.issues if isinstance(i, Choice)]
        for whole in packages(self.dispute, discrete) if discrete else [{}]:
            for ends in product(*stretches):
                piece = self._piece(whole, shares, dict(zip(names, ends, strict=True)))
                if not self._forbidden(whole):
                    yield piece

    def _places(self, amount: Amount) -> list[Fraction]:
        found = {amount.min, amount.max}
        for preference in self.dispute.preferences.values():
            curve = preference.points.get(amount.id)
            if isinstance(curve, Curve):
                found |= {x for x, _ in curve.corners}
        return sorted(found)

    def _forbidden(self, whole: dict[str, object]) -> bool:
        conditions = [rule.never for rule in self.dispute.rules]
        for party in self.parties:
            conditions += [line.never for line in self.dispute.preferences[party].red_lines]
        return any(holds(condition, whole) for condition in conditions)

    def _piece(
        self,
        whole: dict[str, object],
        shares: Sequence[str],
        stretches: dict[str, tuple[Fraction, Fraction]],
    ) -> Piece:
        """Return the polytope of n − 1 parties' parts a share and one part of the way an amount.

        Of money the unknowns are what the first n − 1 receive.
        """
        n = len(self.parties)
        size = (n - 1) * len(shares) + len(stretches)
        own = [range(s * (n - 1), (s + 1) * (n - 1)) for s in range(len(shares))]
        own += [range(k, k + 1) for k in range((n - 1) * len(shares), size)]
        low = [-self._limit(s) for s in shares for _ in range(n - 1)]
        low += [Fraction(0)] * len(stretches)
        bounds: list[Halfspace] = [(_unit(size, k), low[k]) for k in range(size)]
        sums = [-self._limit(s) or Fraction(-1) for s in shares] + [Fraction(-1)] * len(stretches)
        bounds += [
            (tuple(Fraction(-(k in o)) for k in range(size)), total)
            for o, total in zip(own, sums, strict=True)
        ]
        for s, share in enumerate(shares):
            bounds += self._budgets(share, s * (n - 1), size)
        worths = [self._worth(party, whole, shares, stretches, size) for party in self.parties]
        floors = [at_least(w, least) for w, least in zip(worths, self.walk, strict=True)]
        groups = tuple(
            tuple(self._worth(p, whole, shares, stretches, size, group) for p in self.parties)
            for group in self.guarded
        )
        return Piece(size, (*bounds, *floors), tuple(worths), groups)

    def _limit(self, issue: str) -> Fraction:
        """Return the most that a party may pay; 0 if it is no money."""
        kinds = {i.id: i.limit for i in self.dispute.issues if isinstance(i, Money)}
        return kinds.get(issue, Fraction(0))

    def _budgets(self, issue: str, first: int, size: int) -> Iterator[Halfspace]:
        """Yield bounds from red lines on nothing else than what one party receives at least."""
        for preference in self.dispute.preferences.values():
            for line in preference.red_lines:
                test = line.never.tests.get(issue)
                if not isinstance(test, SharesBeyond):
                    continue
                assert len(line.never.tests) == len(test.parties) == 1
                ((party, own),) = test.parties.items()
                assert own.above is None
                assert own.below is not None
                place = self.parties.index(party)
                if place < len(self.parties) - 1:
                    yield _unit(size, first + place), own.below
                else:
                    others = range(first, first + place)
                    yield tuple(Fraction(-(k in others)) for k in range(size)), own.below

    def _worth(
        self,
        party: str,
        whole: dict[str, object],
        shares: Sequence[str],
        stretches: dict[str, tuple[Fraction, Fraction]],
        size: int,
        group: Iterable[str] = (),
    ) -> Affine:
        def here(place: Sequence[Fraction]) -> Fraction:
            outcome: dict[str, object] = dict(whole)
            n = len(self.parties)
            for s, share in enumerate(shares):
                own = [*place[s * (n - 1) : (s + 1) * (n - 1)]]
                own.append((0 if self._limit(share) else 1) - sum(own, Fraction(0)))
                outcome[share] = FrozenMap(dict(zip(self.parties, own, strict=True)))
            for k, (amount, (start, end)) in enumerate(stretches.items(), (n - 1) * len(shares)):
                outcome[amount] = start + place[k] * (end - start)
            return points(self.dispute, party, outcome, group)

        constant = here([Fraction(0)] * size)
        return tuple(here(_unit(size, k)) - constant for k in range(size)), constant

    @cached_property
    def ideal(self) -> Vector | None:
        """The most that each party can get; None without an agreement."""
        if not self.pieces:
            return None
        most = [
            max(m for p in self.pieces if (m := p.most(p.worths[i])) is not None)
            for i in range(len(self.parties))
        ]
        return tuple(most)

    @cached_property
    def compared(self) -> list[int]:
        """The parties that can gain."""
        assert self.ideal is not None
        return [i for i, most in enumerate(self.ideal) if most > self.walk[i]]

    def gains(self, vector: Vector) -> list[Fraction]:
        """Return the compared parties' gains."""
        assert self.ideal is not None
        return [(vector[i] - self.walk[i]) / (self.ideal[i] - self.walk[i]) for i in self.compared]

    def is_optimal(self, vector: Vector) -> bool:
        """Tell whether nothing is better for somebody and worse for nobody."""
        for piece in self.pieces:
            above = [at_least(w, v) for w, v in zip(piece.worths, vector, strict=True)]
            most = piece.most(_total(piece.worths), above)
            if most is not None and most > sum(vector):
                return False
        return True

    def levels(self, units: Sequence[Fraction]) -> list[Fraction]:
        """Return the greatest sorted values above walk-aways, in these units, of any package."""
        return max(self._levels(piece, units) for piece in self.pieces)

    def _levels(self, piece: Piece, units: Sequence[Fraction]) -> list[Fraction]:
        up = piece.lifted()
        fixed: dict[int, Fraction] = {}
        while len(fixed) < len(self.compared):
            free = [i for i in self.compared if i not in fixed]
            kept = [at_least(up.worths[i], level) for i, level in self._sums(fixed, units)]
            rising: list[Halfspace] = []
            for i in free:
                own, constant = up.worths[i]
                unit = units[self.compared.index(i)]
                rising.append(((*own[:-1], -unit), self.walk[i] - constant))
            bottom = (_unit(up.dimensions, up.dimensions - 1), Fraction(0))
            level = up.most(
                (_unit(up.dimensions, up.dimensions - 1), Fraction(0)), [*kept, *rising, bottom]
            )
            assert level is not None
            reached = {**fixed, **dict.fromkeys(free, level)}
            above = [at_least(piece.worths[i], v) for i, v in self._sums(reached, units)]
            for i in free:
                most = piece.most(piece.worths[i], above)
                unit = units[self.compared.index(i)]
                if most == self.walk[i] + level * unit:
                    fixed[i] = level
        return sorted(fixed.values())

    def _sums(
        self, values: dict[int, Fraction], units: Sequence[Fraction]
    ) -> list[tuple[int, Fraction]]:
        return [(i, self.walk[i] + v * units[self.compared.index(i)]) for i, v in values.items()]

    def most_at(self, prices: Sequence[Fraction]) -> Fraction:
        """Return the largest sum of everybody's points above walk-aways, at these prices."""
        found: list[Fraction] = []
        for piece in self.pieces:
            weighed = [
                (tuple(p * c for c in piece.worths[i][0]), p * (piece.worths[i][1] - self.walk[i]))
                for i, p in zip(self.compared, prices, strict=True)
            ]
            most = piece.most(_total(weighed))
            assert most is not None
            found.append(most)
        return max(found)


def _total(worths: Sequence[Affine]) -> Affine:
    rows = [own for own, _ in worths]
    return tuple(sum(column, Fraction(0)) for column in zip(*rows, strict=True)), sum(
        (constant for _, constant in worths), Fraction(0)
    )


def _unit(size: int, k: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(j == k) for j in range(size))
