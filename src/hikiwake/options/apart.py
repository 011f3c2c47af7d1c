"""How different packages are, and which of them are most different from one another.

Two packages differ by the weights of the issues that they decide otherwise: of what is divided or a
number, by the part that is. The weight of an issue is the mean, over the parties that are compared,
of how much it could matter to each in parts of its own range: no party's points count for more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb, lcm
from typing import Any

import numpy as np

from hikiwake.model import Amount, Curve, Dispute, FrozenMap, Linear, Money, Outcome, Preference
from hikiwake.numeric import wholes

MAX_CHOICES = 20_000
MAX_ROUNDS = 100

Weights = dict[str, Fraction]


def weights(dispute: Dispute, ranges: dict[str, Fraction]) -> Weights:
    """Return how much each issue matters, in parts of the parties' ranges (positive ones)."""
    shares = {issue.id: Fraction(0) for issue in dispute.issues}
    for party, whole in ranges.items():
        for issue, stake in stakes(dispute, dispute.preferences[party]).items():
            shares[issue] += stake / whole / len(ranges)
    return shares


def stakes(dispute: Dispute, own: Preference) -> Weights:
    """Return how many of a party's points hang on each issue, combinations included."""
    found: Weights = {}
    for issue in dispute.issues:
        points = own.points.get(issue.id)
        if isinstance(points, Linear):
            parties = len(dispute.parties)
            low, high = issue.span(parties) if isinstance(issue, Money) else (0, 1)
            worths = [points.whole * low, points.whole * high]
        elif isinstance(points, Curve):
            worths = [y for _, y in points.corners]
        else:
            worths = [] if points is None else list(points.points.values())
        span = max(worths, default=Fraction(0)) - min(worths, default=Fraction(0))
        bonuses = (b.points for b in own.bonuses if issue.id in b.when.tests)
        found[issue.id] = span + sum(map(abs, bonuses), start=Fraction(0))
    return found


@dataclass(frozen=True)
class Apart:
    """How far packages lie apart, exactly: integers, of which ``unit`` make 1."""

    matrix: Any
    unit: int

    def least(self, rows: Sequence[int]) -> Fraction:
        """Return the least difference between two of some packages; 0 for a single one."""
        pairs = [self.matrix[i, j] for i, j in combinations(rows, 2)]
        return Fraction(int(min(pairs, default=0)), self.unit)

    def key(self, rows: Sequence[int]) -> tuple[int, int]:
        """Return by what sets of packages compare: the least difference, then their sum."""
        pairs = [int(self.matrix[i, j]) for i, j in combinations(rows, 2)]
        return min(pairs, default=0), sum(pairs)


def apart(dispute: Dispute, weight: Weights, outcomes: Sequence[Outcome]) -> Apart:
    """Return how different each two packages are."""
    parts = [_columns(dispute, issue.id, outcomes) for issue in dispute.issues]
    factors = [
        weight[issue.id] / unit for issue, (_, unit) in zip(dispute.issues, parts, strict=True)
    ]
    unit = lcm(*(factor.denominator for factor in factors))
    matrix: Any = np.zeros((len(outcomes), len(outcomes)), dtype=object)
    for factor, (columns, _) in zip(factors, parts, strict=True):
        if factor:
            matrix += int(factor * unit) * sum(abs(c[:, None] - c[None, :]) for c in columns)
    return Apart(matrix, unit)


def _columns(dispute: Dispute, issue_id: str, outcomes: Sequence[Outcome]) -> tuple[list[Any], int]:
    """Return whole numbers whose distances, summed, are the part decided otherwise; and 1."""
    values = [outcome[issue_id] for outcome in outcomes]
    issue = dispute.issue(issue_id)
    if isinstance(values[0], FrozenMap):
        span = Fraction(1)
        if isinstance(issue, Money):
            low, high = issue.span(len(dispute.parties))
            span = high - low
        rows = [[v[p] / span for v in values] for p in dispute.party_ids]  # pyright: ignore
    elif isinstance(issue, Amount):
        span = issue.max - issue.min or Fraction(1)
        rows = [[v / span for v in values]] * 2  # pyright: ignore
    else:
        known = sorted({str(v) for v in values})
        rows = [[Fraction(v == other) for v in values] for other in known]
    unit = lcm(*(number.denominator for row in rows for number in row))
    columns = [np.array(wholes(row, unit), dtype=object) for row in rows]
    return columns, 2 * unit  # a change is counted where it leaves and where it arrives


def most_different(
    found: Apart, fixed: Sequence[int], among: Iterable[int], count: int
) -> tuple[tuple[int, ...], bool]:
    """Return ``count`` more rows so that with the fixed ones all are most different; and if surely.

    All choices are compared where there are at most ``MAX_CHOICES``; else the farthest one is taken
    again and again, and then single ones are exchanged for as long as that helps.
    """
    rows = [row for row in among if row not in fixed]
    if count >= len(rows):
        return tuple(rows), True
    if comb(len(rows), count) <= MAX_CHOICES:
        best = max(combinations(rows, count), key=lambda some: found.key((*fixed, *some)))
        return best, True
    chosen: list[int] = []
    while len(chosen) < count:
        free = [row for row in rows if row not in chosen]
        chosen.append(max(free, key=lambda row: found.key((*fixed, *chosen, row))))
    return tuple(_exchanged(found, fixed, rows, chosen)), False


def _exchanged(
    found: Apart, fixed: Sequence[int], rows: Sequence[int], chosen: list[int]
) -> list[int]:
    best = found.key((*fixed, *chosen))
    for _ in range(MAX_ROUNDS):
        swaps = (
            [*chosen[:place], row, *chosen[place + 1 :]]
            for place in range(len(chosen))
            for row in rows
            if row not in chosen
        )
        other = max(swaps, key=lambda some: found.key((*fixed, *some)))
        if found.key((*fixed, *other)) <= best:
            break
        chosen, best = other, found.key((*fixed, *other))
    return chosen
