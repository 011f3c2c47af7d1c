"""How far a package could come if some issues were decided otherwise: bounds that cost little."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

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

Weights = tuple[int | Fraction, ...]
Gains = Sequence[Fraction]
Room = tuple[Fraction, list[tuple[frozenset[str], Fraction]]]

MAX_KEPT = 100


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
        self._here: dict[tuple[Outcome, Weights], Room] = {}

    def could_suit_all(self, outcome: Outcome, free: Sequence[str]) -> bool:
        """Tell whether everybody might come to what it has without an agreement."""
        many = len(self._parties)
        return all(
            self._most(outcome, free, tuple(int(i == j) for j in range(many))) >= 0
            for i in range(many)
        )

    def could_come_to(
        self,
        outcome: Outcome,
        free: Sequence[str],
        aims: Sequence[Gains],
        ways: Sequence[Weights],
    ) -> bool:
        """Tell whether one of some gains of two parties, or any between them, might be reached.

        ``ways`` are the weights by which that is judged; more of them judge better.
        """
        for weights in ways:
            least = min(sum(w * g for w, g in zip(weights, aim, strict=True)) for aim in aims)
            if self._most(outcome, free, weights) < least:
                return False
        return True

    def _most(self, outcome: Outcome, free: Sequence[str], weights: Weights) -> Fraction:
        if (outcome, weights) not in self._here:
            if len(self._here) > MAX_KEPT:
                self._here.clear()
            self._here[outcome, weights] = self._room(outcome, weights)
        here, ways = self._here[outcome, weights]
        more = (further for issues, further in ways if not issues.isdisjoint(free))
        return sum(more, start=here)

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
