"""The referee where two parties divide things: the answers, from the polygons of all pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

from tests.conformance.definitions import Vector
from tests.conformance.oracle import best, dominates
from tests.conformance.pieces import Pieces
from tests.conformance.polygons import Point, between, beyond, contains, crossing, meeting

Key = tuple[Fraction, bool, Fraction]  # least gain, reached, largest gain


class Division(Pieces):
    """A dispute between two parties with shared issues."""

    def is_optimal(self, vector: Vector) -> bool:
        """Tell whether nothing that is kept dominates this."""
        point = (vector[0], vector[1])
        if any(dominates(corner, point) for corner in self.points):
            return False  # most are told by this, sooner
        return not any(
            found != point for polygon in self.polygons for found in beyond(polygon, point)
        )

    def find(self, rule: str) -> frozenset[Vector]:
        """Return the utilities of all the answers of a rule."""
        if len(self.compared) < 2:  # then at most one can gain, and every rule gives it the most
            return frozenset({self.ideal}) if self.ideal else frozenset()
        if rule == "kalai_smorodinsky":
            return best(self._levelled(self.ranges), self.levels)
        if rule == "draw":
            equal = self.answers("kalai_smorodinsky")
            if any(self.is_balanced(vector) for vector in equal):
                return equal  # they cost nothing against themselves, and nothing is better
            return self._best_even(self.within_price) or equal
        if rule == "nash":
            return best(self.points | set(self._largest_products()), self.nash_key)
        one = Fraction(1)
        if rule in ("egalitarian", "leximin"):
            top = best(self._levelled([one, one]), lambda v: self.raw_levels(v)[:1])
            top = frozenset(v for v in top if self.is_optimal(v))
            return best(top, self.raw_levels) if rule == "leximin" else top
        assert rule == "utilitarian"
        return best(self.points, sum)

    def accepts(self, rule: str, vector: Vector) -> bool:
        """Tell whether these are the utilities of one of the rule's answers."""
        if rule == "utilitarian":  # a whole side may have the largest sum
            point = (vector[0], vector[1])
            most = sum(next(iter(self.answers(rule))))
            return sum(vector) == most and any(contains(p, point) for p in self.polygons)
        return vector in self.answers(rule)

    def _levelled(self, scales: list[Fraction]) -> set[Vector]:
        """Return the points that may be lexicographically best, with utilities so scaled."""
        (a, b), (v, w) = scales, self.walk
        found = set(self.points)
        for side in self.sides:  # (x − v) / a = (y − w) / b
            crossed = crossing(side, b, -a, b * v - a * w)
            found |= {crossed} if crossed else set()
        top = max(min((x - v) / a, (y - w) / b) for x, y in found)
        for side in self.sides:
            for line in ((1, 0, v + top * a), (0, 1, w + top * b)):
                crossed = crossing(side, *map(Fraction, line))
                found |= {crossed} if crossed else set()
        return set(found)

    def _largest_products(self) -> Iterator[Point]:
        """Yield where along each side the product of what both gain is largest."""
        v, w = self.walk
        for one, other in self.sides:
            dx, dy = other[0] - one[0], other[1] - one[1]
            if dx * dy < 0:  # (x + t dx)(y + t dy) has its top where its slope is 0
                part = -((one[0] - v) * dy + (one[1] - w) * dx) / (2 * dx * dy)
                if 0 < part < 1:
                    yield between(one, other, part)

    def even_but_dearer(self) -> frozenset[Vector]:
        """Return the best even utilities that cost somebody more than the price; maybe none."""
        if len(self.compared) < 2 or any(map(self.is_balanced, self.answers("draw"))):
            return frozenset()
        return self._best_even(lambda vector: not self.within_price(vector))

    def _best_even(self, qualifies: Callable[[Vector], bool]) -> frozenset[Vector]:
        """Return the best even, Pareto-optimal points of a kind; none if only approached.

        Candidates are points, and open stretches of sides on which nothing changes: not what is
        even, optimal or within the price, nor who gains less. Along a stretch the smaller gain
        rises towards one end, so the stretch is beaten by any point that reaches that end's.
        """
        reachable = set(self.points)
        candidates: list[tuple[Key, Point]] = []
        for side in self.sides:
            if (side[1][0] - side[0][0]) * (side[1][1] - side[0][1]) < 0:
                cuts = sorted(self._cuts(side))
                reachable |= set(cuts)
                for one, other in pairwise(cuts):
                    sup = max(self.levels(one)[0], self.levels(other)[0])
                    middle = between(one, other, Fraction(1, 2))
                    candidates.append(((sup, False, Fraction(0)), middle))
        for point in reachable:
            least, most = self.levels(point)
            candidates.append(((least, True, most), point))
        found: frozenset[Vector] = frozenset()
        reached: Key | None = None
        for key, point in sorted(candidates, reverse=True):
            if reached is not None and key != reached:
                break
            if self.is_even(point) and qualifies(point) and self.is_optimal(point):
                if not key[1]:
                    return frozenset()
                reached, found = key, found | {point}
        return found

    def _cuts(self, side: tuple[Point, Point]) -> set[Point]:
        """Return the points of a side at which anything may change, within the even band."""
        tolerance, price = self.dispute.tolerance, self.dispute.price
        (a, b), (v, w) = self.ranges, self.walk
        band = [crossing(side, b, -a, b * v - a * w + t * a * b) for t in (-tolerance, tolerance)]
        ends = [p for p in (*side, *band) if p is not None and self.is_even(p)]
        if not ends:
            return set()
        short = (min(ends), max(ends))
        if short[0] == short[1]:
            return {short[0]}
        zero, one = Fraction(0), Fraction(1)
        lines = [(b, -a, b * v - a * w)]
        uprights = {x for x, _ in self.points}
        levels = {y for _, y in self.points}
        for x, y in self.answers("kalai_smorodinsky"):
            uprights.add(x - price * a)
            levels.add(y - price * b)
        lines += [(one, zero, x) for x in uprights] + [(zero, one, y) for y in levels]
        found = {short[0], short[1]}
        found |= {p for line in lines if (p := crossing(short, *line))}
        return found | {p for other in self.sides if (p := meeting(short, other))}
