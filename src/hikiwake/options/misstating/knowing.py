"""The best that a side could do by misstating its points, if it knew everything.

A report climbs: each option of an issue is worth what the next less liked one is, and a step more.
The side says how high each step is. It does not turn round which of two options it likes better,
except where it likes all alike: there it may pretend anything. What it refuses it refuses in truth.

Which packages some report makes the draw rule choose is asked package by package, the dearest to
the side first: what no report of the kind could bring about is excluded by linear programs, solved
in fractions; what is left is tried. So there is a best that was reached, and a bound that was
proved.

Notation: x is a package, e[x] the steps that it climbs, the report a[x] = d·e[x] + f with d ≥ 0 and
the greatest a = 1, so that a is the side's reported gain; g[x] is what the other side gains, h[x]
the least that others gain, M the smallest gain in the most even-handed package. That one allows no
x with h[x] > M and a[x] > M.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

import numpy as np

from hikiwake.options.misstating.bound import Excluding
from hikiwake.options.misstating.case import Case, Report

TRIES = 200
HIGHEST = 100


@dataclass(frozen=True, slots=True)
class Best:
    """The most that was reached in the side's true points, with what report, and a proven bound."""

    reached: int
    at_most: int
    report: Report | None


def best(case: Case, honest: int, seed: int = 0) -> Best:
    """Return the best that a side could do if it knew everything.

    Parameters
    ----------
    honest
        What it gets by the truth, in its points above its walk-away value.
    """
    found = Best(honest, honest, None)
    for report in _tries(case, Random(seed)):
        found = _better(case, found, report)
    return _bounded(case, found)


def _bounded(case: Case, found: Best) -> Best:
    """Return the best, what is above it excluded as far as it can be."""
    own, excluding = case.own[case.lines].tolist(), Excluding(case)
    bound = excluding.without_range()
    for level in sorted(set(own), reverse=True):
        if level <= found.reached:
            break
        for line in (n for n, value in enumerate(own) if value == level):
            for report in excluding.reports(line):
                bound = max(bound, level)
                found = found if report is None else _better(case, found, report)
                if found.reached >= level or report is None:
                    return replace(found, at_most=max(bound, found.reached))
    return replace(found, at_most=max(bound, found.reached))


def _better(case: Case, found: Best, report: Report) -> Best:
    said = case.said(report)
    reached = case.reached(said) if case.truthful(said) else None
    if reached is None or reached < found.reached or (reached == found.reached and found.report):
        return found
    return Best(reached, found.at_most, report)


def _tries(case: Case, random: Random) -> Iterator[Report]:
    """Yield reports with whole steps at random, some of them 0."""
    count = case.steps.shape[1]
    for _ in range(TRIES):
        zero = random.random()
        heights = [
            0 if random.random() < zero else random.randint(1, HIGHEST) for _ in range(count)
        ]
        climbed = case.steps @ np.array(heights)
        kept, refused = climbed[case.own >= 0], climbed[case.own < 0]
        top = int(kept.min())
        low = int(refused.max()) + 1 if len(refused) else top - random.choice((0, 0, HIGHEST))
        if low <= top:
            start = random.choice((low, top))
            yield Report(tuple(map(Fraction, heights)), Fraction(-start))
