"""Every way to decide the whole issues of a dispute, and what each is worth by the answers.

Of an amount without steps a way is a straight segment, which is worth here what its start is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm, prod
from typing import overload

import numpy as np

from hikiwake.errors import Fault, TooLarge
from hikiwake.model import (
    WALK_AWAY,
    Answer,
    Curve,
    Dispute,
    FrozenMap,
    Linear,
    Outcome,
    Preference,
    Table,
    Value,
)
from hikiwake.options.sureness.long_lines import Array, Lines, Strip
from hikiwake.pareto.compiled import Compiled
from hikiwake.pareto.indices import Indices
from hikiwake.pareto.segments import Segment
from hikiwake.solvers.problem import Clause
from hikiwake.solvers.solution import Taken

MAX_COMBINATIONS = 4_000_000

Weights = dict[Answer, Fraction]  # how often each answer counts


@dataclass(frozen=True)
class Packages(Sequence[Outcome]):
    """Combinations of a dispute's whole issues, or of some of them.

    ``codes[k]`` says of every combination how issue k is decided.
    """

    compiled: Compiled
    codes: Mapping[int, Array]
    size: int

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, index: int) -> Outcome: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Outcome]: ...
    def __getitem__(self, index: int | slice) -> Outcome | Sequence[Outcome]:
        if isinstance(index, slice):
            return [self[n] for n in range(*index.indices(self.size))]
        if not 0 <= index < self.size:
            raise IndexError(index)
        return self.compiled.outcome(Taken(self.options(index)))

    def options(self, place: int) -> tuple[int, ...]:
        """Return how each issue is decided at one place."""
        return tuple(int(own[place]) for own in self.codes.values())

    def index(self, value: object, start: int = 0, stop: int | None = None) -> int:
        """Return the place of a package, by all that is decided in steps."""
        assert isinstance(value, FrozenMap)
        same = np.ones(self.size, dtype=bool)
        for k, own in self.codes.items():
            issue, ways = self.compiled.whole[k], self.compiled.decisions[k]
            if not isinstance(ways[0], Segment):
                same &= own == ways.index(value[issue])
        return int(np.flatnonzero(same)[0])

    def holds(self, clause: Clause) -> Array:
        """Tell of every combination whether a clause holds, as far as whole issues go."""
        held = np.ones(self.size, dtype=bool)
        for k, among in clause.options:
            held &= _among(len(self.compiled.decisions[k]), among)[self.codes[k]]
        return held

    @cached_property
    def indices(self) -> Indices:
        """The places of issues and values."""
        found = self.compiled
        decisions = dict(zip(found.whole, found.decisions, strict=True))
        return Indices(found.dispute.party_ids, decisions, found.shared, found.purse)


def packages(found: Compiled) -> Packages:
    """Return every combination of all whole issues that breaks no clause on them alone.

    Raises
    ------
    TooLarge
        If there are more than ``MAX_COMBINATIONS`` combinations (H18).
    """
    sizes = [len(ways) for ways in found.decisions]
    if (count := prod(sizes)) > MAX_COMBINATIONS:
        raise TooLarge(
            Fault(
                "Robustness",
                f"{count:,} combinations",
                f"At most {MAX_COMBINATIONS:,}, which are all listed",
                "H18",
                "Leave out issues that are settled, or give amounts a larger step.",
            )
        )
    grid = np.indices(sizes, dtype=np.uint16).reshape(len(sizes), count)
    every = Packages(found, dict(enumerate(grid)), count)
    kept = np.ones(count, dtype=bool)
    for clause in found.problem.never:
        if not clause.shares:
            kept &= ~every.holds(clause)
    return Packages(found, {k: own[kept] for k, own in enumerate(grid)}, int(kept.sum()))


def _among(size: int, places: frozenset[int]) -> Array:
    among = np.zeros(size, dtype=bool)
    among[list(places)] = True
    return among


def walk_away_weights(dispute: Dispute, own: Preference) -> Weights:
    """Return how often each answer counts in a party's walk-away value (H4)."""
    if own.walk_away is not None:
        return {WALK_AWAY: Fraction(1)}
    return {} if dispute.status_quo is None else weights(own, dispute.status_quo)


def lines_of(listed: Packages, party: str, away: Weights) -> tuple[Lines, int]:
    """Return a party's points for every combination, less those ``away``, by its answers.

    All times a number that makes them whole, the second result. What is divided is not in them.
    """
    own = listed.compiled.dispute.preferences[party]
    places = {answer: place for place, answer in enumerate(own.answers())}
    tables = list(_tables(listed, own))
    unit = lcm(*(w.denominator for *_, rows in tables for row in rows for w in row.values()))
    unit = lcm(unit, *(weight.denominator for weight in away.values()))
    base = np.zeros(len(places), dtype=object)
    for answer, weight in away.items():
        base[places[answer]] = -int(weight * unit)
    strips = []
    for answers, codes, rows in tables:
        table = np.zeros((len(rows), len(answers)), dtype=object)
        for n, row in enumerate(rows):
            table[n] = [int(row.get(answer, Fraction(0)) * unit) for answer in answers]
        columns = np.array([places[answer] for answer in answers], dtype=int)
        strips.append(Strip(columns, table, codes))
    return Lines(base, tuple(strips), listed.size), unit


def _tables(
    listed: Packages, own: Preference
) -> Iterator[tuple[list[Answer], Array, list[Weights]]]:
    """Yield answers, and which of a few ways to count them each combination takes."""
    for k, codes in listed.codes.items():
        issue, ways = listed.compiled.whole[k], listed.compiled.decisions[k]
        if issue in own.points:
            answers = [answer for answer in own.answers() if answer.issue == issue]
            starts = [way.start if isinstance(way, Segment) else way for way in ways]
            yield answers, codes, [weights(own, {issue: start}) for start in starts]
    for place, bonus in enumerate(own.bonuses, start=1):
        clause = listed.indices.clause(bonus.when)
        if clause is not None and all(k in listed.codes for k, _ in clause.options):
            answer = Answer("bonus", place=place)
            held = listed.holds(clause).astype(np.uint8)
            yield [answer], held, [{}, {answer: Fraction(1)}]


def weights(own: Preference, outcome: Mapping[str, Value]) -> Weights:
    """Return how often each answer counts in the party's points for an outcome, maybe partial."""
    found: Weights = {}
    for issue, points in own.points.items():
        if issue not in outcome:
            continue
        decided = outcome[issue]
        if isinstance(points, Table):
            found[Answer("issue", issue, str(decided))] = Fraction(1)
        elif isinstance(points, Curve):
            found |= _hats(own.party, issue, points, decided)
        elif isinstance(points, Linear) and isinstance(decided, FrozenMap):
            found[Answer("issue", issue)] = decided[own.party]
    for place, bonus in enumerate(own.bonuses, start=1):
        if bonus.when.holds(outcome):
            found[Answer("bonus", place=place)] = Fraction(1)
    return found


def _hats(party: str, issue: str, curve: Curve, decided: Value) -> Weights:
    """Return how much each corner of a curve counts: those beside the amount, in proportion."""
    assert isinstance(decided, Fraction)
    xs = [x for x, _ in curve.corners]
    place = bisect_left(xs, decided)
    found: Weights = {}
    for n in {0, place - 1, place} & set(range(len(xs))):
        hat = Curve(tuple((other, Fraction(other == xs[n])) for other in xs))
        found[Answer("issue", issue, place=n + 1)] = hat.value(party, decided)
    return found
