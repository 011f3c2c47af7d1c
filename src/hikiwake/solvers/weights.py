"""In which order issues decide among packages that are as good: the weightiest first."""

from __future__ import annotations

from fractions import Fraction

from hikiwake.solvers.problem import Problem


def weightiest_first(problem: Problem) -> list[int]:
    """Return the issues, those first on which most of everybody's points depends."""
    weights = [Fraction(0)] * len(problem.points)
    for party in range(problem.parties):
        own = _at_stake(problem, party)
        total = sum(own) or 1
        weights = [weight + Fraction(k, total) for weight, k in zip(weights, own, strict=True)]
    return sorted(range(len(weights)), key=lambda k: -weights[k])


def _at_stake(problem: Problem, party: int) -> list[int]:
    """Return how many of a party's points depend on each issue."""
    points = [[option[party] for option in options] for options in problem.points]
    stake = [max(own) - min(own) for own in points]
    for extra in problem.extras:
        for k, _ in extra.when.options if extra.party == party else ():
            stake[k] += abs(extra.points)
    return stake
