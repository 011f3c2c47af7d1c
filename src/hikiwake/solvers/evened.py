"""A good package of independent issues, found early: one issue changed at a time, in floats.

It begins where most is had, weighed, and only changes that cost little by the same weights are
looked at, so that nearly as much is had in the end. Nothing rests on it: an exact search may begin
there, and it is shown if that takes too long.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from hikiwake.solvers.core import Weighed
from hikiwake.solvers.problem import Problem
from hikiwake.solvers.solution import Decision

_ROUNDS = 1_500  # with each sharpness
_AT_ONCE = 2_000  # options looked at: those by which least is lost, weighed
_LARGEST = 300.0
_SHARPNESS = (30.0, 300.0, 3_000.0, 30_000.0)  # how much the smallest value counts before others


def evened(
    problem: Problem, ahead: Weighed, floors: Sequence[Fraction], units: Sequence[Fraction]
) -> Decision:
    """Return a package whose smallest value, (points − floor) ÷ unit, is large.

    It begins at the package that is worth most by some weights. A unit of 0 leaves a party out.
    """
    start = ahead.best()
    scale = np.array([1 / float(unit) if unit else 0.0 for unit in units])
    zeros = np.array([float(floor) for floor in floors]) * scale
    issue = np.repeat(np.arange(len(start)), [len(options) for options in problem.points])
    first = np.searchsorted(issue, np.arange(len(start)))
    worths = np.array([o for options in problem.points for o in options], dtype=float) * scale
    compared = np.flatnonzero(scale)
    size = max(1e-300, np.abs(np.maximum.reduceat(worths, first)).sum(axis=0).max())
    worths, zeros = worths[:, compared] / size, zeros[compared] / size
    taken = first + np.array(start)
    losses = np.array([float(loss) for own in ahead.losses for loss in own])
    some = np.argsort(losses, kind="stable")[: len(start) + _AT_ONCE]
    for sharp in _SHARPNESS:
        for _ in range(_ROUNDS):
            values = worths[taken].sum(axis=0) - zeros
            lead = values - values.min()
            changed = lead + worths[some] - worths[taken[issue[some]]]
            after = np.exp(np.minimum(-sharp * changed, _LARGEST)).sum(axis=1)
            best = int(after.argmin())
            if not after[best] < np.exp(-sharp * lead).sum() * (1 - 1e-9):
                break
            taken[issue[some[best]]] = some[best]
    return tuple((taken - first).tolist())
