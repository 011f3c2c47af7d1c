"""Answers drawn at random: in how many sets of them a package is a draw."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from math import ceil, floor, isqrt
from random import Random

import numpy as np

from hikiwake.findings.sureness import Sampled
from hikiwake.options.sureness.divided.many_divisions import ByCases
from hikiwake.options.sureness.divided.shares import Divided
from hikiwake.options.sureness.guesses import Box, Corner
from hikiwake.options.sureness.whole.packages import Listed
from hikiwake.options.sureness.whole.search import Searched
from hikiwake.options.tables import Array, at_once
from hikiwake.solvers.deadline import Deadline, TimeIsOver
from hikiwake.solvers.regions import Walk

Ground = Listed | Divided | Searched | ByCases

STEPS = 1 << 10  # of a range, each as likely as any other

_Z = Fraction(49, 25)  # 1.96: 95 % of a normal distribution


def sampled(
    found: Ground, boxes: Sequence[Box], wanted: tuple[int, int], deadline: Deadline
) -> tuple[Sampled, bool]:
    """Return in how many of some random sets of answers the package is a draw, and if not in all.

    Each number is one of 1,025 evenly spread in its range; linked answers are drawn by a walk
    through all that they may be. Whose turn it is, and which answer's, goes by the numbers given:
    so it hangs on no place in the file, and on names only where numbers are the same.

    Parameters
    ----------
    wanted
        How many sets, and the seed.
    """
    samples, seed = wanted
    seen = draws = 0
    sets = _one_by_one(found, boxes, seed)
    if isinstance(found, Listed) and found.quick and not any(box.linked for box in boxes):
        sets = _together(found, boxes, wanted)
    with suppress(TimeIsOver):
        while seen < samples and not deadline.passed:
            now, held = next(sets)
            seen, draws = seen + now, draws + held
    low, high = wilson(draws, seen)
    return Sampled(draws, seen, low, high, seed), draws < seen


def _order(boxes: Sequence[Box]) -> list[int]:
    """Return in which order the sides have their turns."""
    return sorted(range(len(boxes)), key=lambda n: (_numbers(boxes[n]), boxes[n].side.party))


def _numbers(one: Box) -> list[tuple[Fraction, ...]]:
    """Return what a side said, without names: its numbers and their ranges."""
    ends = zip(one.low, one.high, one.side.given, strict=True)
    return sorted(
        (Fraction(low, one.unit), Fraction(high, one.unit), own) for low, high, own in ends
    )


def _in_turn(one: Box) -> list[int]:
    """Return the places of a side's answers in the order in which they are drawn."""
    return sorted(range(len(one.low)), key=lambda j: (one.low[j], one.high[j], one.side.given[j]))


def _one_by_one(found: Ground, boxes: Sequence[Box], seed: int) -> Iterator[tuple[int, int]]:
    """Yield of each set 1, and whether the package is a draw there."""
    random, order = Random(seed), _order(boxes)
    turns = [_in_turn(one) for one in boxes]
    walks = {n: [Walk(linked.region, random) for linked in boxes[n].linked] for n in order}
    while True:
        corners = {n: _drawn(boxes[n], turns[n], walks[n], random) for n in order}
        yield 1, found.is_draw([corners[n] for n in range(len(boxes))])


def _drawn(one: Box, turns: Sequence[int], walks: Sequence[Walk], random: Random) -> Corner:
    """Return a side's answers, the linked ones from where the walks are next."""
    unit = one.unit * STEPS
    steps = {j: random.randint(0, STEPS) for j in turns}
    drawn = [
        Fraction(low * STEPS + (high - low) * steps[j], unit)
        for j, (low, high) in enumerate(zip(one.low, one.high, strict=True))
    ]
    for linked, walk in zip(one.linked, walks, strict=True):
        for place, number in zip(linked.places, walk.draw(), strict=True):
            drawn[place] = number
    return tuple(drawn)


def _together(
    found: Listed, boxes: Sequence[Box], wanted: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield how many sets are looked at together, and at how many the package is a draw.

    They are the same as one by one.
    """
    (samples, seed), order = wanted, _order(boxes)
    steps, sizes = Steps(seed), [len(boxes[n].low) for n in order]
    turns = [_in_turn(one) for one in boxes]
    few = at_once(len(boxes), len(found.found.outcomes))
    for start in range(0, samples, few):
        count = min(few, samples - start)
        taken = np.split(steps.take((count, sum(sizes))), np.cumsum(sizes)[:-1], axis=1)
        own = {n: drawn[:, np.argsort(turns[n])] for n, drawn in zip(order, taken, strict=True)}
        numbers = [
            box.low * STEPS + (box.high - box.low) * own[n].astype(object)
            for n, box in enumerate(boxes)
        ]
        yield count, int(found.draws_at(numbers).sum())


class Steps:
    """Whole numbers from 0 to ``STEPS``, drawn by thousands as ``Random.randint`` draws each."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._left: Array = np.zeros(0, dtype=np.int64)

    def take(self, shape: tuple[int, int]) -> Array:
        """Return the next numbers, line by line."""
        count, bits = shape[0] * shape[1], STEPS.bit_length()
        while len(self._left) < count:
            # Of each 32 bits the highest count, and what they say too much of is left out.
            words = max(64, 2 * count)
            drawn = self._random.getrandbits(32 * words).to_bytes(4 * words, "little")
            numbers = np.frombuffer(drawn, dtype="<u4") >> (32 - bits)
            self._left = np.concatenate([self._left, numbers[numbers <= STEPS].astype(np.int64)])
        found, self._left = self._left[:count], self._left[count:]
        return found.reshape(shape)


def wilson(hits: int, of: int) -> tuple[Fraction, Fraction]:
    """Return Wilson's 95 % interval for a part, rounded outwards to ten-thousandths.

    Examples
    --------
    >>> [str(end) for end in wilson(500, 1000)]
    ['469/1000', '531/1000']
    """
    if of == 0:
        return Fraction(0), Fraction(1)
    part, weight = Fraction(hits, of), _Z * _Z / of
    square = part * (1 - part) / of + weight / (4 * of)
    half = Fraction(isqrt(int(square * 10**16)) + 1, 10**8) * _Z
    middle, whole = part + weight / 2, 1 + weight
    low, high = (middle - half) / whole * 10**4, (middle + half) / whole * 10**4
    rounded = Fraction(floor(low), 10**4), Fraction(ceil(high), 10**4)
    return max(rounded[0], Fraction(0)), min(rounded[1], Fraction(1))
