"""Conditions by the places of issues, values and parties instead of their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from hikiwake.model import Beyond, Condition, OneOf, SharesBeyond, Value
from hikiwake.model.condition import Test
from hikiwake.pareto.purse import Purse
from hikiwake.pareto.segments import Segment
from hikiwake.solvers.problem import Bound, Clause

Decisions = Mapping[str, tuple[Value | Segment, ...]]
Fractions = tuple[int, Bound, Bound]  # party, above, below


class Indices:
    """The places of issues and values, to turn conditions into clauses."""

    def __init__(
        self,
        parties: tuple[str, ...],
        decisions: Decisions,
        shared: tuple[str, ...],
        purse: Purse | None = None,
    ) -> None:
        self._purse = purse
        self._parties = {party: place for place, party in enumerate(parties)}
        self._decisions = decisions
        self._whole = {issue: place for place, issue in enumerate(decisions)}
        self._shared = {issue: place for place, issue in enumerate(shared)}
        self._values: dict[str, dict[Value | Segment, int]] = {}

    def clause(self, condition: Condition) -> Clause | None:
        """Return a condition by indices, or None if it can never hold."""
        options: list[tuple[int, frozenset[int]]] = []
        shares: list[tuple[int, int, Bound, Bound]] = []
        for issue_id, test in condition.tests.items():
            if issue_id in self._whole:
                places = self._places(issue_id, test)
                if not places:
                    return None
                options.append((self._whole[issue_id], places))
            elif isinstance(test, SharesBeyond):
                if self._purse is not None and self._purse.issue == issue_id:
                    bounds = self._purse.bounds(test)
                else:
                    bounds = test
                for party, above, below in self._fractions(bounds):
                    if _never(above, below):
                        return None
                    if (above is not None and above >= 0) or (below is not None and below <= 1):
                        shares.append((self._shared[issue_id], party, above, below))
        return Clause(tuple(options), tuple(shares))

    def _places(self, issue: str, test: Test) -> frozenset[int]:
        """Return the places of the values that pass a test."""
        if isinstance(test, OneOf):
            places = self._values.get(issue)
            if places is None:
                ways = self._decisions[issue]
                places = self._values[issue] = {value: place for place, value in enumerate(ways)}
            return frozenset(places[value] for value in test.values if value in places)
        return frozenset(
            place
            for place, value in enumerate(self._decisions[issue])
            if (_passes(value, test) if isinstance(value, Segment) else test.holds(value))
        )

    def _fractions(self, test: SharesBeyond) -> Iterator[Fractions]:
        """Yield each party's strict bounds; with two parties, all of them on the first's part."""
        if len(self._parties) > 2:
            for party, own in test.parties.items():
                yield self._parties[party], own.above, own.below
            return
        aboves: list[Fraction] = []
        belows: list[Fraction] = []
        for party, bound in test.parties.items():
            own = _mirrored(bound) if self._parties[party] else bound
            aboves += [own.above] if own.above is not None else []
            belows += [own.below] if own.below is not None else []
        yield 0, max(aboves, default=None), min(belows, default=None)


def _passes(segment: Segment, test: Test) -> bool:
    return isinstance(test, Beyond) and segment.passes(test)


def _never(above: Bound, below: Bound) -> bool:
    if above is not None and below is not None and above >= below:
        return True
    return (above is not None and above >= 1) or (below is not None and below <= 0)


def _mirrored(bound: Beyond) -> Beyond:
    above = None if bound.below is None else 1 - bound.below
    below = None if bound.above is None else 1 - bound.above
    return Beyond(above, below)
