"""How far a package could come if some issues were decided otherwise: bounds that cost little."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import lcm

from hikiwake.model import (
    Curve,
    Issue,
    Linear,
    Money,
    Outcome,
    Preference,
    Share,
    Value,
)
from hikiwake.pareto import Bargain

MOST_TOGETHER = 4

Weights = tuple[int | Fraction, ...]
Room = tuple[Fraction, list[tuple[frozenset[str], Fraction]]]
Aims = Iterable[tuple[Weights, Fraction]]  # what gains, so weighed, must come to together


def jointly(floors: Sequence[Fraction]) -> Iterator[tuple[Weights, Fraction]]:
    """Yield what gains that come to some floors come to, alone and several together.

    Together says more: what is divided can go one way only.
    """
    for weights in product((0, 1), repeat=len(floors)):
        if 1 <= sum(weights) <= MOST_TOGETHER:
            least = (floor for floor, weight in zip(floors, weights, strict=True) if weight)
            yield weights, sum(least, start=Fraction(0))


class Bounds:
    """Tells whether gains might come to some aims if some issues of a package were free.

    In whole numbers: what is missing to each aim, and by how much each issue could mend that.
    """

    def __init__(self, rooms: Iterable[tuple[Fraction, Room]]) -> None:
        self._missing: list[tuple[int, dict[str, int], list[tuple[frozenset[str], int]]]] = []
        for least, (here, ways) in rooms:
            if least <= here:
                continue
            unit = lcm((least - here).denominator, *(further.denominator for _, further in ways))
            alone: dict[str, int] = {}
            together: list[tuple[frozenset[str], int]] = []
            for issues, further in ways:
                if len(issues) == 1:
                    (issue,) = issues
                    alone[issue] = alone.get(issue, 0) + int(further * unit)
                else:
                    together.append((issues, int(further * unit)))
            self._missing.append((int((least - here) * unit), alone, together))

    def allow(self, free: Sequence[str]) -> bool:
        """Tell whether no aim is out of reach with these issues free."""
        for missing, alone, together in self._missing:
            more = sum(alone.get(issue, 0) for issue in free)
            more += sum(further for issues, further in together if not issues.isdisjoint(free))
            if more < missing:
                return False
        return True


class Reach:
    """Bounds weighted sums of gains when some issues are free, each going its best way.

    Each issue goes its own best way here, and every bonus that could come does: no package comes
    further, so what is out of reach here need not be looked for.
    """

    def __init__(self, bargain: Bargain) -> None:
        self._dispute = bargain.dispute
        ids, gains = bargain.dispute.party_ids, bargain.gains
        self._parties = tuple(ids[i] for i in gains.parties)
        units = bargain.compiled.units
        self._zeros = [
            Fraction(z) / units[i] for i, z in zip(gains.parties, gains.zeros, strict=True)
        ]
        self._ranges = [
            Fraction(u) / units[i] for i, u in zip(gains.parties, gains.units, strict=True)
        ]
        self._best: dict[tuple[str, Weights], Fraction] = {}

    def to_walk_aways(self, outcome: Outcome) -> Bounds:
        """Return whether everybody might come to what it has without an agreement."""
        return self.to(outcome, jointly([Fraction(0)] * len(self._parties)))

    def to(self, outcome: Outcome, aims: Aims) -> Bounds:
        """Return whether gains might come to all of some aims."""
        return Bounds((least, self._room(outcome, weights)) for weights, least in aims)

    def _room(self, outcome: Outcome, weights: Weights) -> Room:
        """Return what an outcome weighs, and by how much more if some issue were touched."""
        total, ways = Fraction(0), list[tuple[frozenset[str], Fraction]]()
        for issue in self._dispute.issues:
            key, own = (issue.id, weights), self._weighed(weights, issue.id, outcome[issue.id])
            if key not in self._best:
                self._best[key] = self._best_way(issue, weights)
            total += own
            ways.append((frozenset({issue.id}), self._best[key] - own))
        for party, zero, span, weight in self._each(weights):
            total -= weight * zero / span
            for bonus in self._dispute.preferences[party].bonuses:
                worth = weight * bonus.points / span
                own = worth * bonus.when.holds(outcome)
                total += own
                ways.append((frozenset(bonus.when.tests), max(worth, Fraction(0)) - own))
        return total, [(issues, further) for issues, further in ways if further]

    def _best_way(self, issue: Issue, weights: Weights) -> Fraction:
        if isinstance(issue, Share | Money):
            wholes = [self._whole(party, issue.id) * weight / span
                      for party, _, span, weight in self._each(weights)]  # fmt: skip
            if isinstance(issue, Share):
                idle = len(self._parties) < len(self._dispute.parties)
                return max([*wholes, Fraction(0)] if idle else wholes)
            most = issue.limit * len(self._dispute.parties)
            return most * sum((abs(whole) for whole in wholes), start=Fraction(0))
        values = self._dispute.decisions_of(issue) or tuple(self._corners(issue.id))
        return max(self._weighed(weights, issue.id, value) for value in values)

    def _corners(self, issue: str) -> Iterator[Value]:
        for party in self._parties:
            own = self._dispute.preferences[party].points.get(issue)
            if isinstance(own, Curve):
                yield from (x for x, _ in own.corners)
        yield getattr(self._dispute.issue(issue), "min", Fraction(0))

    def _weighed(self, weights: Weights, issue: str, value: Value) -> Fraction:
        total = Fraction(0)
        for party, _, span, weight in self._each(weights):
            own: Preference = self._dispute.preferences[party]
            if weight and (points := own.points.get(issue)) is not None:
                total += weight * points.value(party, value) / span
        return total

    def _whole(self, party: str, issue: str) -> Fraction:
        own = self._dispute.preferences[party].points.get(issue)
        return own.whole if isinstance(own, Linear) else Fraction(0)

    def _each(self, weights: Weights) -> Iterator[tuple[str, Fraction, Fraction, int | Fraction]]:
        return zip(self._parties, self._zeros, self._ranges, weights, strict=True)
