"""The least and the most that a side can gain by one package, whatever it meant in its ranges.

A gain is a ratio of two straight lines in the side's own answers: above, its points for the
package; below, those for the best package that all others would accept. What the others accept
may hang on their answers, never on its own: what is best for it is acceptable to it.

References
----------
Dinkelbach, W. (1967), On Nonlinear Fractional Programming, Management Science 13.
Charnes, A. and Cooper, W. W. (1962), Programming with Linear Fractional Functionals, Naval
Research Logistics Quarterly 9.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from hikiwake.model import Outcome
from hikiwake.options.sureness.guesses import Array, Box, Corner, Mask
from hikiwake.solvers.deadline import UNLIMITED, Deadline
from hikiwake.solvers.programs.program import Optimum, Program
from hikiwake.solvers.programs.solving import solve


@dataclass(frozen=True, slots=True)
class End:
    """A least or a greatest gain, and answers that give it.

    ``mixture`` proves a greatest one: weights of packages, all acceptable, that sum to it and
    together are worth no less than the package, whatever the side meant.

    ``bounded``: a limit was reached. The gain is proved then not to be beyond, and ``found`` is the
    least one that was seen, at these answers.
    """

    gain: Fraction
    answers: Corner
    mixture: tuple[tuple[int, Fraction], ...] = ()
    bounded: bool = False
    found: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """Packages that the others of a side surely accept: they show what it may hope for.

    ``hopes`` are a few that are good for it; the ``mixture``, packages by their weights, is nowhere
    worth less to it than the settled one, so that it gains at most the sum of the weights.
    """

    hopes: tuple[Outcome, ...]
    mixture: tuple[tuple[Outcome, Fraction], ...]


def accepted(
    boxes: Sequence[Box], package: int, even: tuple[Mask, Mask]
) -> tuple[list[Mask], list[Mask]]:
    """Return what the others of each side surely accept, and what they possibly accept.

    The package itself is counted among both. ``even``: which are surely, and possibly, even in
    every group that is not for trade.
    """
    surely = [box.least(box.side.rows) >= 0 for box in boxes]
    possibly = [box.most(box.side.rows) >= 0 for box in boxes]
    return _of_others(surely, package, even[0]), _of_others(possibly, package, even[1])


def _of_others(masks: list[Mask], package: int, even: Mask) -> list[Mask]:
    found: list[Mask] = []
    for own in range(len(masks)):
        others = np.logical_and.reduce([even, *(m for n, m in enumerate(masks) if n != own)])
        others[package] = True
        found.append(others)
    return found


def nothing_to_gain(least: End | None, most: End) -> bool:
    """Tell whether a side can surely neither gain nor lose: 0 of 0 is at least all, at most none.

    ``least`` and ``most``: what was found of its gains.
    """
    return least is not None and least.gain > most.gain


def compared_ends(
    least: Sequence[End | None], most: Sequence[End]
) -> list[tuple[Fraction, Fraction] | None]:
    """Return everybody's least and greatest gain; None for who can neither gain nor lose."""
    return [
        None if low is None or nothing_to_gain(low, high) else (low.gain, high.gain)
        for low, high in zip(least, most, strict=True)
    ]


def least_gain(box: Box, package: int, choices: Mask, deadline: Deadline = UNLIMITED) -> End | None:
    """Return the least gain over the box; None where the side might fall below its walk-away.

    Each step takes the choice and the corner that undercut the gain most; it ends, exactly, when
    none does.

    Raises
    ------
    TimeIsOver
        If no time is left.
    """
    rows = box.side.rows
    own, others = rows[package], rows[choices]
    if box.least(own[None, :])[0] < 0:
        return None
    gain, corner = Fraction(1), tuple(Fraction(n) / box.unit for n in box.middle())
    while True:
        deadline.require()
        lines = gain.numerator * others - gain.denominator * own
        under = box.most(lines)
        worst = int(np.argmax(under))
        if under[worst] <= 0:
            return End(gain, corner)
        corner = box.where_most(lines[worst])
        surplus = box.side.surplus(corner)
        gain = Fraction(int(surplus[package]), int(surplus[choices][worst]))
        if gain == 0:
            return End(gain, corner)


def greatest_gain(box: Box, package: int, choices: Mask, deadline: Deadline = UNLIMITED) -> End:
    """Return the greatest gain over the box: a linear program, its rows added as they are needed.

    With all answers times τ so that the best other comes to 1, what is left is the package's own
    line. Not always at a corner: two others may undercut it from two sides.

    Raises
    ------
    TimeIsOver
        If no time is left.
    """
    rows, places = box.side.rows, np.flatnonzero(choices)
    others = rows[places]
    cuts = [int(np.argmax(others @ box.middle()))]
    while True:
        deadline.require()
        value, corner, weights = greatest_of(box, rows[package], others[cuts])
        surplus = box.side.surplus(corner)
        worst = int(np.argmax(surplus[choices]))
        if int(surplus[choices][worst]) * value <= int(surplus[package]):
            among = [*(int(places[n]) for n in cuts), package]
            mixture = ((n, weight) for n, weight in zip(among, weights, strict=True) if weight)
            return End(value, corner, tuple(mixture))
        assert worst not in cuts
        cuts.append(worst)


def greatest_of(box: Box, own: Array, others: Array) -> tuple[Fraction, Corner, list[Fraction]]:
    """Return the greatest own ÷ largest other, at most 1, and where it is.

    Then what proves it: a weight for each other, and one for the package itself. Their sum is the
    greatest, and their sum of products is nowhere less than the package's own line.
    """
    varying = box.varying
    lines = [*others, own]
    heads = [int(line @ box.low) for line in lines]
    top, widths = len(lines), [int(box.high[j] - box.low[j]) for j in varying]
    limits = list(_limits(box))
    scale = [(n, head) for n, head in enumerate(heads) if head]
    scale += ((top + k, -width) for k, width in enumerate(widths))
    first = top + len(varying)
    columns = [(*scale, *((first + n, -most) for n, (_, most) in enumerate(limits) if most))]
    objective = [heads[-1]]
    for k, j in enumerate(varying):
        weights = ((n, int(line[j])) for n, line in enumerate(lines) if line[j])
        held = ((first + n, linked[j]) for n, (linked, _) in enumerate(limits) if j in linked)
        columns.append((*weights, (top + k, 1), *held))
        objective.append(int(own[j]))
    slack = len(columns)
    columns += [((n, 1),) for n in range(first + len(limits))]
    objective += [0] * (len(columns) - slack)
    right = [1] * top + [0] * (first - top + len(limits))
    answer = solve(Program(columns, objective, right))
    assert isinstance(answer, Optimum)
    tau = answer.parts.get(0, Fraction(0))
    numbers = [Fraction(n) for n in box.low]
    if tau:
        for k, j in enumerate(varying, start=1):
            numbers[j] += answer.parts.get(k, Fraction(0)) / tau
    corner = tuple(number / box.unit for number in numbers)
    return answer.value, corner, list(answer.multipliers[:top])


def _limits(box: Box) -> Iterator[tuple[dict[int, int], int]]:
    """Yield what links answers: whole weights by place, and how much more than at the low ends."""
    for one in box.linked:
        for limit in one.region.limits:
            scale = lcm(limit.most.denominator, *(weight.denominator for weight in limit.weights))
            weights = {
                j: int(weight * scale)
                for j, weight in zip(one.places, limit.weights, strict=True)
                if weight
            }
            start = sum(weight * int(box.low[j]) for j, weight in weights.items())
            yield weights, int(limit.most * scale) * box.unit - start
