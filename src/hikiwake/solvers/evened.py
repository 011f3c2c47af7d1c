"""A good package of independent issues, found early: one issue changed at a time, in floats.

Nothing rests on it: an exact search may begin there, and it is shown if that takes too long.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from hikiwake.solvers.problem import Problem
from hikiwake.solvers.solution import Decision

_ROUNDS = 1_500  # with each sharpness
_AT_ONCE = 2_000  # changes looked at in a round, by chance where there are more
_LARGEST = 300.0
_PATIENCE = 12  # rounds without any that is better
_SHARPNESS = (30.0, 300.0, 3_000.0)  # how much the smallest value counts before the others


def evened(
    problem: Problem, start: Decision, floors: Sequence[Fraction], units: Sequence[Fraction]
) -> Decision:
    """Return a package whose smallest value, (points − floor) ÷ unit, is large.

    A unit of 0 leaves a party out.
    """
    scale = np.array([1 / float(unit) if unit else 0.0 for unit in units])
    zeros = np.array([float(floor) for floor in floors]) * scale
    issue = np.repeat(np.arange(len(start)), [len(options) for options in problem.points])
    first = np.searchsorted(issue, np.arange(len(start)))
    worths = np.array([o for options in problem.points for o in options], dtype=float) * scale
    compared = np.flatnonzero(scale)
    size = max(1e-300, np.abs(np.maximum.reduceat(worths, first)).sum(axis=0).max())
    worths, zeros = worths[:, compared] / size, zeros[compared] / size
    taken = first + np.array(start)
    chance = np.random.default_rng(0)  # the same package for the same problem
    for sharp in _SHARPNESS:
        waited = 0
        for _ in range(_ROUNDS):
            some = np.arange(len(issue))
            if len(issue) > _AT_ONCE:
                some = chance.integers(len(issue), size=_AT_ONCE)
            values = worths[taken].sum(axis=0) - zeros
            ahead = values - values.min()
            changed = ahead + worths[some] - worths[taken[issue[some]]]
            after = np.exp(np.minimum(-sharp * changed, _LARGEST)).sum(axis=1)
            best = int(after.argmin())
            better = after[best] < np.exp(-sharp * ahead).sum() * (1 - 1e-9)
            waited = 0 if better else waited + 1
            if better:
                taken[issue[some[best]]] = some[best]
            elif waited >= _PATIENCE or len(some) == len(issue):
                break
    return tuple((taken - first).tolist())
