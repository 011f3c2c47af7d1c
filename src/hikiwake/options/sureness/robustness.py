"""How sure a settlement is: what becomes of the package if the answers are only guesses.

References
----------
Ben-Tal, A., El Ghaoui, L. and Nemirovski, A. (2009), Robust Optimization, Princeton.
Savage, L. J. (1951), The Theory of Statistical Decision, JASA 46 (regret).
Wilson, E. B. (1927), Probable Inference, the Law of Succession, and Statistical Inference, JASA 22.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, replace
from fractions import Fraction
from functools import partial
from math import prod
from typing import TypeVar

from hikiwake.errors import TooLarge
from hikiwake.findings.sureness import GainSpan, Influence, Robustness, SmallestRegret
from hikiwake.model import Answer, Dispute, FrozenMap, Outcome, Span, lot_of
from hikiwake.options.sureness.divided.many_divisions import by_cases
from hikiwake.options.sureness.divided.shares import Divided, divided, links_divided
from hikiwake.options.sureness.draws import Reach, imbalance
from hikiwake.options.sureness.gains import End, nothing_to_gain
from hikiwake.options.sureness.groups import Group
from hikiwake.options.sureness.guesses import MAX_SOLVED, Box, Corner, asked_answers, box
from hikiwake.options.sureness.sampling import Ground, sampled
from hikiwake.options.sureness.trees.balances import Balance
from hikiwake.options.sureness.whole.packages import listed
from hikiwake.options.sureness.whole.search import searched
from hikiwake.pareto.compiled import compiled
from hikiwake.settlement import Settlement
from hikiwake.solvers.deadline import UNLIMITED, Deadline, TimeIsOver

ASSUMED = Fraction(1, 20)
STEP = Fraction(1, 1000)

MAX_LISTED = 100_000  # combinations; beyond that each question about all packages is asked

Figure = TypeVar("Figure")


def robustness(
    dispute: Dispute,
    settlement: Settlement,
    error: Fraction | None = None,
    samples: int | None = None,
    seed: int = 0,
    deadline: Deadline = UNLIMITED,
) -> Robustness | None:
    """Return how far a settled package holds if the answers are guesses; None: no package.

    Parameters
    ----------
    error
        By how much each answer without a range may be off, in parts of its side's range. Default:
        0 if any answer has a range, else 1/20.
    samples
        How many sets of answers are drawn at random, each number of a range as likely as another.
        Default: as many as :attr:`Listed.samples` says.
    deadline
        When it is passed, what is not known yet is left a bound, or untold: what is told holds.

    Raises
    ------
    Unsupported, TooLarge
        As :func:`~hikiwake.options.sureness.guesses.guesses` does.
    """
    if settlement.outcome is None:
        return None
    found = ground_of(dispute, settlement.outcome, deadline)
    given = found.gains([side.given for side in found.sides])
    own = dispute.preferences
    ranges = {party: len(own[party].ranges) for party in dispute.party_ids}
    relations = {p: len(own[p].ranks) + len(own[p].constraints) for p in dispute.party_ids}
    if error is None:
        error = Fraction(0) if any(ranges.values()) else ASSUMED
    boxes = sets_of(found, settlement, error, own_ranges=True)
    known = _reach(found, boxes)
    count = found.samples if samples is None else samples
    drawn, seen = sampled(found, boxes, (count, seed), deadline)
    counter = seen or _counters(found, known.doubts)
    radius, fails = _radius(found, settlement, deadline)
    least = _smallest_regret(found, boxes, deadline)
    uneven = tuple(group.name for group in found.groups if _uneven(group, boxes, found))
    level_known = not found.groups or least is not None or not (uneven or None in known.least)
    if not level_known:
        known = _bounded(found, boxes)
    spans = list(zip(known.least, known.most, strict=True))
    triples = zip(dispute.party_ids, given, spans, strict=True)
    compared = {party for party, gain, ends in triples if _may_gain(gain, ends, deadline)}
    own_spans = _own_spans(found, settlement, (boxes, given), (level_known, deadline))
    influences = _influences(found, boxes, deadline)
    return Robustness(
        status=settlement.status,
        parties=dispute.party_ids,
        outcome=settlement.outcome,
        given=FrozenMap.paired(dispute.party_ids, given),
        tolerance=dispute.tolerance,
        error=error,
        ranges=FrozenMap(ranges),
        relations=FrozenMap(relations),
        gains=_only(
            compared,
            FrozenMap.paired(dispute.party_ids, (_span(*ends, known.exact) for ends in spans)),
        ),
        own=own_spans,
        holds=True if known.proved else False if counter else None,
        sampled=drawn,
        radius=radius,
        fails=fails,
        step=STEP,
        influences=tuple(influences),
        smallest_regret=least and replace(least, regrets=_only(compared, least.regrets)),
        uneven_groups=uneven,
        illustrative=dispute.illustrative,
        cut_short=deadline.passed,
    )


def _smallest_regret(
    found: Ground, boxes: Sequence[Box], deadline: Deadline
) -> SmallestRegret | None:
    with suppress(TimeIsOver):
        deadline.require()
        return found.smallest_regret(boxes)
    return None


def ground_of(dispute: Dispute, outcome: Outcome, deadline: Deadline = UNLIMITED) -> Ground:
    """Return a package among all those of its dispute, listed or asked about."""
    ways = [dispute.decisions_of(issue) for issue in dispute.issues]
    if None in ways:
        if links_divided(dispute) or compiled(dispute).ranges:
            return by_cases(dispute, outcome, deadline)
        try:
            return divided(dispute, outcome, deadline)
        except (TooLarge, TimeIsOver):
            return by_cases(dispute, outcome, deadline)
    linked = any(own.relations for own in dispute.preferences.values())
    few = prod(len(way) for way in ways if way) <= (MAX_SOLVED if linked else MAX_LISTED)
    return (listed if few else searched)(dispute, outcome, deadline)


def sets_of(
    found: Ground, settlement: Settlement, error: Fraction, own_ranges: bool = False
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
            for answer in asked_answers(found.dispute, own)
        }
        if own_ranges:
            spans.update(own.ranges)
        boxes.append(box(side, spans, own.relations))
    return boxes


def _may_gain(gain: Fraction | None, ends: tuple[End | None, End], deadline: Deadline) -> bool:
    """Tell whether a side can gain something as answered, or, as far as is known, elsewhere."""
    return gain is not None or not (nothing_to_gain(*ends) or deadline.passed)


def _own_spans(
    found: Ground,
    settlement: Settlement,
    known: tuple[Sequence[Box], Sequence[Fraction | None]],
    bounds: tuple[bool, Deadline],
) -> FrozenMap[str, GainSpan]:
    """Return the gains of each side that may have any where its answers alone are guesses."""
    (level_known, deadline), spans = bounds, {}
    sure = sets_of(found, settlement, Fraction(0))
    for n, (one, gain) in enumerate(zip(*known, strict=True)):
        others = [one if m == n else other for m, other in enumerate(sure)]
        try:
            deadline.require()
            least, most = (found.span if level_known else partial(_bounds, found))(others, n)
        except TimeIsOver:
            least, most = _bounds(found, others, n)
        exact = least is not None and not found.groups and not least.bounded and not most.bounded
        if _may_gain(gain, (least, most), deadline):
            spans[one.side.party] = _span(least, most, exact)
    return FrozenMap(spans)


def _reach(found: Ground, boxes: Sequence[Box]) -> Reach:
    """Return what is known of a package; bounds that always hold, where time was over before."""
    try:
        return found.reach(boxes)
    except TimeIsOver:
        return _bounded(found, boxes)


def _bounded(found: Ground, boxes: Sequence[Box]) -> Reach:
    """Return bounds that always hold.

    Where no package is surely even in all groups and accepted by all, there may be answers at which
    none is even: then less even ones are kept (H8), and what a side could hope for is not known.
    """
    least, most = zip(*(_bounds(found, boxes, n) for n in range(len(boxes))), strict=True)
    return Reach(least, most, exact=False, proved=False, doubts=())


def _bounds(found: Ground, boxes: Sequence[Box], side: int) -> tuple[End | None, End]:
    """Return what a side's gains are always between, if it is surely not below its walk-away."""
    box = boxes[side]
    own = found.regions.own[side] if isinstance(found, Divided) else box.side.rows[found.package]
    least, most = (End(Fraction(n), box.side.given, bounded=True) for n in (0, 1))
    return (least if box.least(own[None, :])[0] >= 0 else None), most


def _counters(found: Ground, doubts: Sequence[Sequence[Corner]]) -> bool:
    """Tell whether the package is surely no draw at some answers, as far as there is time."""
    with suppress(TimeIsOver):
        return any(not found.is_draw(corners) for corners in doubts)
    return False


def _span(least: End | None, most: End, exact: bool) -> GainSpan:
    return GainSpan(least and least.gain, most.gain, exact, least and least.found)


def _uneven(group: Group | Balance, boxes: Sequence[Box], found: Ground) -> bool:
    """Tell whether there are answers for which the package is not even within a group."""
    doubts = group.doubts(boxes, found.package)
    return any(not group.even_at(found.sides, corners, found.package) for corners in doubts)


def _radius(
    found: Ground, settlement: Settlement, deadline: Deadline
) -> tuple[Fraction, Fraction | None]:
    """Return an error that the draw is proved to survive, and the smallest seen that it does not.

    What is proved for an error is proved for every smaller one, so halving finds the last step.
    """
    fails: Fraction | None = None
    low, high = -1, int(1 / STEP)
    with suppress(TimeIsOver):
        while high - low > 1 and not deadline.passed:
            middle = (low + high) // 2
            boxes = sets_of(found, settlement, middle * STEP)
            broken = any(not found.is_draw(corners) for corners in found.plain_doubts(boxes))
            if not broken:
                known = found.reach(boxes)
                if known.proved:
                    low = middle
                    continue
                broken = any(not found.is_draw(corners) for corners in known.doubts)
            high = middle
            fails = middle * STEP if broken else fails
    return max(low, 0) * STEP, fails


def _influences(found: Ground, boxes: Sequence[Box], deadline: Deadline) -> Iterator[Influence]:
    """Yield what each answer moves alone, the one that moves the imbalance most first.

    Where several move it as much, a lot decides: not all of them may be shown.
    """
    given = [one.side.given for one in boxes]
    moving: list[tuple[Fraction, Influence]] = []
    base = imbalance(found.gains(given))
    for n, one in enumerate(boxes):
        for j in one.varying if not deadline.passed else ():
            ends = [found.gains([*given[:n], end, *given[n + 1 :]]) for end in one.moved(j)]
            apart = (imbalance(ends[0]), imbalance(ends[1]))
            moved = [abs(a - base) for a in apart if a is not None and base is not None]
            own = (ends[0][n], ends[1][n])
            influence = Influence(one.side.party, one.side.answers[j], apart, own)
            moving.append((max(moved, default=Fraction(0)), influence))
    moving.sort(key=lambda pair: (-pair[0], _lot(pair[1])))
    yield from (influence for _, influence in moving)


def _lot(one: Influence) -> bytes:
    return lot_of(one.party, *map(str, astuple(one.answer)))


def _only(parties: Collection[str], found: FrozenMap[str, Figure]) -> FrozenMap[str, Figure]:
    """Return what was found of some parties."""
    return FrozenMap({party: own for party, own in found.items() if party in parties})
