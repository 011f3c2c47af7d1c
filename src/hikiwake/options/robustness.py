"""How sure a settlement is: what becomes of the package if the answers are only guesses.

References
----------
Ben-Tal, A., El Ghaoui, L. and Nemirovski, A. (2009), Robust Optimization, Princeton.
Savage, L. J. (1951), The Theory of Statistical Decision, JASA 46 (regret).
Wilson, E. B. (1927), Probable Inference, the Law of Succession, and Statistical Inference, JASA 22.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor, isqrt
from random import Random

import numpy as np

from hikiwake.errors import Fault, Unsupported
from hikiwake.findings.sureness import GainSpan, Influence, Robustness, Sampled, SmallestRegret
from hikiwake.model import Answer, Dispute, FrozenMap, Span
from hikiwake.numeric import fits_int64
from hikiwake.options.guessed_draws import (
    Gains,
    Reach,
    gains_at,
    imbalance,
    is_draw_at,
    reach,
)
from hikiwake.options.guessed_gains import accepted, greatest_gain, least_gain
from hikiwake.options.guesses import Array, Box, Corner, Guesses, asked_answers, box, guesses
from hikiwake.settlement import Settlement
from hikiwake.solvers.regions import Walk

ASSUMED = Fraction(1, 20)
STEP = Fraction(1, 1000)
SAMPLES = 1_000
MAX_CANDIDATES = 30

_STEPS_OF_A_RANGE = 1 << 10
_Z = Fraction(49, 25)  # 1.96: 95 % of a normal distribution


def robustness(
    dispute: Dispute,
    settlement: Settlement,
    error: Fraction | None = None,
    samples: int = SAMPLES,
    seed: int = 0,
) -> Robustness | None:
    """Return how far a settled package holds if the answers are guesses; None: no package.

    Parameters
    ----------
    error
        By how much each answer without a range may be off, in parts of its side's range. Default:
        0 if any answer has a range, else 1/20.
    samples
        How many sets of answers are drawn at random, each number of a range as likely as another.

    Raises
    ------
    Unsupported, TooLarge
        As :func:`~hikiwake.options.guesses.guesses` does; and if a side can gain nothing.
    """
    if settlement.outcome is None:
        return None
    found = guesses(dispute)
    package = found.outcomes.index(settlement.outcome)
    given = gains_at([side.surplus(side.given) for side in found.sides], package)
    if None in given:
        raise Unsupported(_no_range())
    own = dispute.preferences
    ranges = {party: len(own[party].ranges) for party in dispute.party_ids}
    relations = {p: len(own[p].ranks) + len(own[p].constraints) for p in dispute.party_ids}
    if error is None:
        error = Fraction(0) if any(ranges.values()) else ASSUMED
    boxes = sets_of(found, settlement, error, own_ranges=True)
    known = reach(found, boxes, package)
    sampled, seen = _sampled(found, boxes, package, samples, seed)
    counter = seen or any(not _draw(found, corners, package) for corners in known.doubts)
    radius, fails = _radius(found, settlement, package)
    spans = zip(known.least, known.most, strict=True)
    return Robustness(
        status=settlement.status,
        parties=dispute.party_ids,
        outcome=settlement.outcome,
        given=FrozenMap.paired(dispute.party_ids, given),
        tolerance=dispute.tolerance,
        error=error,
        ranges=FrozenMap(ranges),
        relations=FrozenMap(relations),
        gains=FrozenMap.paired(
            dispute.party_ids,
            (GainSpan(a and a.gain, b.gain, known.exact) for a, b in spans),
        ),
        own=_own_spans(found, settlement, boxes, package),
        holds=True if known.proved else False if counter else None,
        sampled=sampled,
        radius=radius,
        fails=fails,
        step=STEP,
        influences=tuple(_influences(boxes, package)),
        smallest_regret=_smallest_regret(found, boxes),
        illustrative=dispute.illustrative,
    )


def sets_of(
    found: Guesses, settlement: Settlement, error: Fraction, own_ranges: bool = False
) -> list[Box]:
    """Return each side's set: an error around every answer, or its own range where it has one.

    What the side said of several answers holds in either.
    """
    boxes: list[Box] = []
    for side in found.sides:
        ideal, own = settlement.ideals[side.party], found.dispute.preferences[side.party]
        assert ideal is not None
        off = error * (ideal - settlement.walk_away[side.party])
        numbers = dict(zip(side.answers, side.given, strict=True))
        spans: dict[Answer, Span] = {
            answer: (numbers[answer] - off, numbers[answer] + off)
            for answer in asked_answers(found.dispute, side)
        }
        if own_ranges:
            spans.update(own.ranges)
        boxes.append(box(side, spans, own.relations))
    return boxes


def _own_spans(
    found: Guesses, settlement: Settlement, boxes: Sequence[Box], package: int
) -> FrozenMap[str, GainSpan]:
    """Return each side's gains where its answers alone are guesses."""
    sure, spans = sets_of(found, settlement, Fraction(0)), {}
    for n, one in enumerate(boxes):
        others = [one if m == n else other for m, other in enumerate(sure)]
        choices = accepted(others, package)[0][n]
        least = least_gain(one, package, choices)
        most = greatest_gain(one, package, choices)
        spans[one.side.party] = GainSpan(least and least.gain, most.gain, least is not None)
    return FrozenMap(spans)


def _draw(found: Guesses, corners: Sequence[Corner], package: int) -> bool:
    pairs = zip(found.sides, corners, strict=True)
    return is_draw_at(found, [side.surplus(corner) for side, corner in pairs], package)


def _radius(
    found: Guesses, settlement: Settlement, package: int
) -> tuple[Fraction, Fraction | None]:
    """Return an error that the draw is proved to survive, and the smallest seen that it does not.

    What is proved for an error is proved for every smaller one, so halving finds the last step.
    """
    fails: Fraction | None = None

    def known_at(step: int) -> Reach:
        return reach(found, sets_of(found, settlement, step * STEP), package)

    low, high = -1, int(1 / STEP)
    while high - low > 1:
        middle = (low + high) // 2
        known = known_at(middle)
        if known.proved:
            low = middle
            continue
        high = middle
        if any(not _draw(found, corners, package) for corners in known.doubts):
            fails = middle * STEP
    return max(low, 0) * STEP, fails


def _sampled(
    found: Guesses, boxes: Sequence[Box], package: int, samples: int, seed: int
) -> tuple[Sampled, bool]:
    """Return in how many of some random sets of answers the package is a draw, and if not in all.

    Each number is one of 1,025 evenly spread in its range, so that everything stays whole; linked
    answers are drawn by a walk through all that they may be.
    """
    random, draws = Random(seed), 0
    tables = [_narrow(one) for one in boxes]
    walks = [[Walk(linked.region, random) for linked in one.linked] for one in boxes]
    for _ in range(samples):
        surpluses: list[Array] = []
        for one, rows, own in zip(boxes, tables, walks, strict=True):
            steps = [random.randint(0, _STEPS_OF_A_RANGE) for _ in one.low]
            numbers = one.low * _STEPS_OF_A_RANGE + (one.high - one.low) * np.array(steps, object)
            if own:
                surpluses.append(one.side.surplus(_walked(one, numbers, own)))
            else:
                surpluses.append((rows @ numbers.astype(rows.dtype)).astype(object))
        draws += is_draw_at(found, surpluses, package)
    low, high = wilson(draws, samples)
    return Sampled(draws, samples, low, high, seed), draws < samples


def _walked(one: Box, numbers: Array, walks: Sequence[Walk]) -> list[Fraction]:
    """Return a side's answers, the linked ones from where the walks are next."""
    drawn = [Fraction(number, one.unit * _STEPS_OF_A_RANGE) for number in numbers]
    for linked, walk in zip(one.linked, walks, strict=True):
        for place, number in zip(linked.places, walk.draw(), strict=True):
            drawn[place] = number
    return drawn


def _narrow(one: Box) -> Array:
    """Return the lines of a box in 64 bits where every sum over it fits."""
    largest = np.abs(one.side.rows) @ np.maximum(np.abs(one.low), np.abs(one.high))
    narrow = fits_int64(int(largest.max()) * _STEPS_OF_A_RANGE)
    return one.side.rows.astype(np.int64) if narrow else one.side.rows


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


def _influences(boxes: Sequence[Box], package: int) -> Iterator[Influence]:
    """Yield what each answer moves alone, the one that moves the imbalance most first."""
    given = [one.side.surplus(one.side.given) for one in boxes]
    found: list[tuple[Fraction, Influence]] = []
    base = imbalance(gains_at(given, package))
    for n, one in enumerate(boxes):
        for j in one.varying:
            ends = [_moved(given, boxes, package, (n, end)) for end in one.moved(j)]
            apart = (imbalance(ends[0]), imbalance(ends[1]))
            moved = [abs(a - base) for a in apart if a is not None and base is not None]
            own = (ends[0][n], ends[1][n])
            influence = Influence(one.side.party, one.side.answers[j], apart, own)
            found.append((max(moved, default=Fraction(0)), influence))
    found.sort(key=lambda pair: -pair[0])
    yield from (influence for _, influence in found)


def _moved(
    given: Sequence[Array], boxes: Sequence[Box], package: int, change: tuple[int, Corner]
) -> Gains:
    n, numbers = change
    surpluses = [boxes[n].side.surplus(numbers) if m == n else s for m, s in enumerate(given)]
    return gains_at(surpluses, package)


def _smallest_regret(found: Guesses, boxes: Sequence[Box]) -> SmallestRegret | None:
    """Return the package whose largest worst regret is smallest, of those that gain most as given.

    Only packages that nobody would walk away from, wherever the sides are in their boxes.
    """
    safe = np.logical_and.reduce([one.least(one.side.rows) >= 0 for one in boxes])
    given = [one.side.surplus(one.side.given) for one in boxes]
    places = [int(n) for n in np.flatnonzero(safe)]

    def least_as_given(n: int) -> Fraction:
        return min(gain for gain in gains_at(given, n) if gain is not None)

    places.sort(key=least_as_given, reverse=True)
    best: SmallestRegret | None = None
    for n in places[:MAX_CANDIDATES]:
        _, possibly = accepted(boxes, n)
        ends = [least_gain(one, n, mask) for one, mask in zip(boxes, possibly, strict=True)]
        regrets = [1 - end.gain for end in ends if end is not None]
        if best is None or max(regrets) < max(best.regrets.values()):
            parties = found.dispute.party_ids
            named = FrozenMap.paired(parties, regrets)
            best = SmallestRegret(found.outcomes[n], named, min(len(places), MAX_CANDIDATES))
    return best


def _no_range() -> Fault:
    return Fault(
        "Robustness",
        "a side that can neither gain nor lose",
        "Every side has something to gain by an agreement",
        "H18",
        "Settle it all the same; how far the result holds is not computed yet.",
    )
