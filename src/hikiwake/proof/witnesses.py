"""The outcomes that a certificate names: the settled one, everybody's ideal, and what lies around.

They are found by the engines. Whoever checks the certificate works out anew what they are worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from hikiwake.pareto import Bargain, Point
from hikiwake.pareto.fronts.points import Points
from hikiwake.proof.borders import borders
from hikiwake.proof.canonical import Json, canonical_dispute, outcome_forms, taken_outcome
from hikiwake.settlement import Settlement, Status

MAX_ARRANGED = 5  # compared parties whose gains may be arranged in every way


@dataclass(slots=True)
class Witnesses:
    """Outcomes in the form that certificates hold, and the places of those that serve a purpose.

    The first is the settled one. ``points`` holds what each is worth to everybody, in the
    problem's integers.
    """

    outcomes: list[list[Json]] = field(default_factory=list[list[Json]])
    points: list[Point] = field(default_factory=list[Point])
    ideals: list[int] = field(default_factory=list[int])
    best: int | None = None
    twins: list[int] | None = None
    run: list[int] | None = None

    def place(self, outcome: list[Json], point: Point) -> int:
        """Return the place of an outcome worth so much to everybody; add it if there is none."""
        if point not in self.points:
            self.points.append(point)
            self.outcomes.append(outcome)
        return self.points.index(point)

    def also(self, outcome: list[Json], point: Point) -> int:
        """Return the place of this very outcome; add it if it is not there."""
        if outcome not in self.outcomes:
            self.points.append(point)
            self.outcomes.append(outcome)
        return self.outcomes.index(outcome)

    def named(self) -> dict[str, Json]:
        """Return what stands in the proof of a certificate."""
        found: dict[str, Json] = {"outcomes": self.outcomes, "ideals": self.ideals}
        for key in ("best", "twins", "run"):
            value = getattr(self, key)
            if value is not None and (key, value) != ("best", 0):
                found[key] = value
        return found


def witnesses(
    bargain: Bargain, settlement: Settlement, twins: bool = False, run: bool = True
) -> Witnesses:
    """Return the outcomes that the certificate of a settlement needs.

    ``twins``: name all Kalai–Smorodinsky outcomes also where a search for draws may do without.
    ``run``: name neighbours on the frontier, where two are compared.
    """
    assert settlement.outcome is not None
    found = Witnesses()
    x = bargain.point_of(settlement.outcome)
    found.place(_acceptable(bargain, settlement), x)
    for party, ideal in enumerate(bargain.ideals):
        at = next((n for n, point in enumerate(found.points) if point[party] == ideal), None)
        if at is None:
            outcome = bargain.frontier.hope(party)
            at = found.place(
                taken_outcome(bargain.compiled, outcome),
                bargain.point_of(bargain.compiled.outcome(outcome)),
            )
        found.ideals.append(at)
    _Beside(bargain, settlement, found, x).add(twins, run)
    return found


class Covering:
    """Finds points of the frontier that are as good as what a node of a *strip* still allows."""

    def __init__(self, bargain: Bargain, found: Witnesses) -> None:
        self._bargain = bargain
        self._found = found
        self._points: list[Point] | None = None
        self._floats = np.zeros((0, 0))
        self._at_work: Any = None
        self.added = 0

    def over(self, at_work: Any) -> Covering:
        """Return the same, for the checker at work on a certificate."""
        self._at_work = at_work
        return self

    def cover(self, measure: Any, seen: Any) -> bool:
        """Name an outcome that closes a node with these gains, if there is one."""
        if not isinstance(self._bargain.frontier, Points):
            return False
        if self._points is None:
            self._points = list(self._bargain.frontier.corners())
            own = [measure.gains(self._reduced(point)) for point in self._points]
            self._floats = np.array([[float(v) for v in row] for row in own])
        near = np.array([float(v) for v in seen])
        inside = (self._floats >= near - np.abs(near) * 1e-9 - 1e-9).all(axis=1)
        for row in np.flatnonzero(inside).tolist():
            point = self._points[row]
            theirs = measure.gains(self._reduced(point))
            if theirs != seen and all(w >= v for w, v in zip(theirs, seen, strict=True)):
                self._at_work.worths.append(theirs)
                self._add(point)
                return True
        return False

    def _reduced(self, point: Point) -> list[Any]:
        units = zip(self._at_work.dispute.raw.units, self._bargain.compiled.units, strict=True)
        own = [u * unit / ours for u, (unit, ours) in zip(point, units, strict=True)]
        return [int(u) if u.denominator == 1 else u for u in own]

    def _add(self, point: Point) -> None:
        if point not in self._found.points:
            taken = next(self._bargain.frontier.packages(point))
            self._found.place(taken_outcome(self._bargain.compiled, taken), point)
            self.added += 1


class _Beside:
    """Adds what a status rests on: a Kalai–Smorodinsky outcome, its twins, a run of neighbours."""

    def __init__(
        self, bargain: Bargain, settlement: Settlement, found: Witnesses, x: Point
    ) -> None:
        self._bargain = bargain
        self._settlement = settlement
        self._found = found
        self._x = x
        self._gains = bargain.gains.values(x)
        self._tolerance = bargain.dispute.tolerance
        self._price = bargain.dispute.price

    def add(self, twins: bool, run: bool) -> None:
        """Add what this rule and this status need."""
        rule, found = self._settlement.rule, self._found
        apart = self._bargain.imbalance(self._x)
        plain = apart is None or not self._bargain.even_groups
        if rule == "draw":
            references = self._bargain.kalai_smorodinsky()
            found.best = 0 if self._x in references else self._named(self._nearest(references))
            if not plain and self._imbalance_of_best() > self._tolerance:
                self._search_for_draws(references, twins, run)
        elif rule != "kalai_smorodinsky" and not plain and (apart or 0) <= self._tolerance:
            references = self._bargain.kalai_smorodinsky()
            near = self._nearest(references)
            found.best = self._named(near)
            if self._settlement.status is Status.UNEVEN and self._arranges(near):
                found.twins = self._twins(references)

    def _imbalance_of_best(self) -> Fraction:
        return self._bargain.imbalance(self._found.points[self._found.best or 0]) or Fraction(0)

    def _named(self, point: Point) -> int:
        if point in self._found.points:
            return self._found.points.index(point)
        taken = next(self._bargain.frontier.packages(point))
        return self._found.place(taken_outcome(self._bargain.compiled, taken), point)

    def _nearest(self, references: Sequence[Point]) -> Point:
        """Return the Kalai–Smorodinsky point against which the settled one costs least."""
        return min(references, key=lambda point: max(self._bargain.costs(self._x, point)))

    def _arranges(self, point: Point) -> bool:
        """Tell whether the gains at a point can be arranged otherwise."""
        values = self._bargain.gains.values(point)
        return len(set(values)) > 1 and len(values) <= MAX_ARRANGED

    def _twins(self, references: Sequence[Point]) -> list[int]:
        best = self._found.best
        return [place for point in references if (place := self._named(point)) != best]

    def _search_for_draws(self, references: Sequence[Point], twins: bool, run: bool) -> None:
        found = self._found
        pair = len(self._bargain.gains.parties) == 2
        if pair or (twins and self._arranges(self._best)):
            found.twins = self._twins(references)
        if pair and run:
            found.run = list(self._run())

    @property
    def _best(self) -> Point:
        return self._found.points[self._found.best or 0]

    def _run(self) -> Iterator[int]:
        """Yield the places of neighbours on the frontier around everything that could be even."""
        measure = self._bargain.gains
        first, second = measure.parties
        corners = sorted(
            set(self._bargain.frontier.corners()), key=lambda p: (p[first], -p[second])
        )
        inside = [place for place, p in enumerate(corners) if not self._outside(measure.values(p))]
        centre = self._centre(corners)
        low, high = (inside[0], inside[-1]) if inside else (centre, centre - 1)
        yield from self._along(corners[max(low - 1, 0) : high + 2])

    def _along(self, corners: Sequence[Point]) -> Iterator[int]:
        """Yield the places of neighbours, and of what lies on borders of pieces between them."""
        compiled, found = self._bargain.compiled, self._found
        for n, point in enumerate(corners):
            yield self._named(point)
            for other in corners[n + 1 : n + 2]:
                both = (next(self._bargain.frontier.packages(own)) for own in (point, other))
                for t, form in borders(compiled, *both):
                    pairs = zip(point, other, strict=True)
                    yield found.also(form, tuple(a + t * (b - a) for a, b in pairs))

    def _centre(self, corners: Sequence[Point]) -> int:
        """Return how many corners come before everything that could be even, where none is."""
        values = map(self._bargain.gains.values, corners)
        return sum(self._before(own) for own in values)

    def _outside(self, values: Sequence[Fraction]) -> bool:
        return self._before(values) or self._before(values, behind=True)

    def _before(self, values: Sequence[Fraction], behind: bool = False) -> bool:
        """Tell whether gains lie before everything that could be a draw, or behind it."""
        own, other = (1, 0) if behind else (0, 1)
        known = [self._bargain.gains.values(self._best)]
        known += [
            self._bargain.gains.values(self._found.points[t]) for t in self._found.twins or ()
        ]
        least = min(gains[own] for gains in known) - self._price
        return values[other] - values[own] > self._tolerance or values[own] < least


def _acceptable(bargain: Bargain, settlement: Settlement) -> list[Json]:
    """Return the form of the settled outcome that keeps every limit."""
    assert settlement.outcome is not None
    forms = outcome_forms(bargain.compiled, settlement.outcome)
    never = [one["when"] for one in canonical_dispute(bargain.compiled)["never"]]
    return next(form for form in forms if not any(_holds(when, form) for when in never))


def _holds(when: Json, form: Sequence[Json]) -> bool:
    """Tell whether a condition holds at an outcome."""
    options = [way[0] if isinstance(way, list) else way for way in form]
    return all(options[k] in among for k, *among in when)
