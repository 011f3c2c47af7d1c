"""What misstating could gain each side, and what it would risk: no rule here is strategy-proof.

Three questions, each for one side with all others telling the truth. What could it gain, if it knew
everything, by misstating its points alone? What, by overstating what it has without an agreement as
well? And what may it expect of either if it knows nothing of the others?

References
----------
Gibbard, A. (1973), Manipulation of Voting Schemes: A General Result, Econometrica 41.
Satterthwaite, M. (1975), Strategy-Proofness and Arrow's Conditions, J. of Economic Theory 10.
Hurwicz, L. (1972), On Informationally Decentralized Systems, in Decision and Organization.
Crawford, V. and Varian, H. (1979), Distortion of Preferences and the Nash Theory of Bargaining,
Economics Letters 3.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np

from hikiwake.errors import TooLarge, Unsupported
from hikiwake.findings.honesty import Honesty, Knowing, Misstating, Prospect, Unknowing
from hikiwake.model import Dispute, Preference
from hikiwake.options.again import ideals
from hikiwake.options.misstating.case import Case
from hikiwake.options.misstating.knowing import best
from hikiwake.options.misstating.listed import Listed, listed
from hikiwake.options.misstating.sample import best_seen
from hikiwake.options.misstating.unknowing import Guessing
from hikiwake.options.misstating.unknowing_settled import Settling
from hikiwake.options.tables import Array
from hikiwake.pareto.one_order import in_one_order
from hikiwake.settlement import Exactness, Settlement


def honesty(dispute: Dispute, settlement: Settlement, seed: int = 0) -> Honesty | None:
    """Return what misstating could gain each side of a settled dispute; None: no package.

    Overstating what it has without an agreement gets a side that knows everything its ideal: of the
    packages that the others accept only the best for it is left. That holds for every dispute (with
    a group that is not for trade it might get even more), so only the risk is looked for.

    Misstating points alone is looked for among reports that keep which of two options the side
    likes better and what it refuses: where the packages of whole issues can be listed, as exactly
    as linear programs can prove it; else some reports are tried.

    Parameters
    ----------
    settlement
        What the dispute settled on by ``draw``.
    seed
        Where the reports and the other sides that are drawn at random begin.
    """
    if settlement.gains is None:
        return None
    sides = [
        _side(_seen_by(dispute, party), settlement, party, seed)
        for party, gain in settlement.gains.items()
        if gain is not None
    ]
    sides.sort(key=_place)
    left_out = len(dispute.parties) - len(sides)
    return Honesty(tuple(sides), left_out, seed, dispute.illustrative)


def _seen_by(dispute: Dispute, party: str) -> Dispute:
    """Return a dispute with one side first, the others by their ids, all else in the one order.

    So what is drawn at random for a side is the same in whatever order the file names things (H13).
    """
    order = sorted(dispute.parties, key=lambda one: (one.id != party, one.id))
    return replace(in_one_order(dispute), parties=tuple(order))


def _place(side: Misstating) -> tuple[Fraction, Fraction, str, str]:
    """Return what puts a side among the others: its figures, so that its place names nobody."""
    figures = repr((side.points, side.overstating, side.unknowing))
    return side.truth - side.points.most, side.truth, figures, side.party


def _side(dispute: Dispute, settlement: Settlement, party: str, seed: int) -> Misstating:
    try:
        table = listed(dispute)
    except (Unsupported, TooLarge):
        return _tried(dispute, settlement, party, seed)
    return _listed_side(table, settlement, party, seed)


def _tried(dispute: Dispute, settlement: Settlement, party: str, seed: int) -> Misstating:
    """Return what some reports, settled one by one, would gain a side."""
    zero, top = settlement.walk_away[party], settlement.ideals[party]
    assert top is not None
    truth, ideal, bound = _gain(settlement, party), Fraction(1), Fraction(1)
    if any(group.not_for_trade for group in dispute.groups):
        # what is even within a group hangs on what the side says of it
        bound = (ideals(replace(dispute, groups=()))[party] - zero) / (top - zero)
    most, said = best_seen(dispute, party, seed)
    seen = max(truth, (most - zero) / (top - zero))
    sureness = Exactness.EXACT if seen == bound else Exactness.SAMPLED
    risks, unknowing = _expected(dispute, (party, said), top, seed)
    points = Knowing(seen, bound, sureness, risks[0])
    overstated = Exactness.EXACT if bound == ideal else Exactness.BOUNDED
    overstating = Knowing(ideal, bound, overstated, risks[1])
    return Misstating(party, truth, points, overstating, unknowing)


def _expected(
    dispute: Dispute, report: tuple[str, Preference], ideal: Fraction, seed: int
) -> tuple[tuple[Prospect | None, Prospect | None], Unknowing | None]:
    """Return what a report and overstating risk, and what is to be expected; None: beyond limits.

    All are settled against sides that are drawn at random.
    """
    party, said = report
    settling = Settling(dispute, party, ideal, seed)
    try:
        return (settling.prospect(said), settling.overstating()), settling.unknowing()
    except TooLarge:
        return (None, None), None


def _listed_side(table: Listed, settlement: Settlement, party: str, seed: int) -> Misstating:
    """Return what the best report would gain a side, all packages listed."""
    place = table.dispute.party_ids.index(party)
    case = case_of(table, place)
    ideal = int(case.own[case.lines].max())
    gain = _gain(settlement, party)
    honest = int(gain * ideal)
    found = best(case, honest, seed)
    guessing = Guessing(table, place, case, seed)
    sureness = Exactness.EXACT if found.reached == found.at_most else Exactness.BOUNDED
    said = case.own if found.report is None else case.said(found.report)
    points = Knowing(
        Fraction(found.reached, ideal),
        Fraction(found.at_most, ideal),
        sureness,
        guessing.prospect(said, ideal),
    )
    overstated = guessing.prospect(case.own - ideal, ideal)
    overstating = Knowing(Fraction(1), Fraction(1), Exactness.EXACT, overstated)
    return Misstating(party, gain, points, overstating, guessing.unknowing(ideal))


def _gain(settlement: Settlement, party: str) -> Fraction:
    gain = None if settlement.gains is None else settlement.gains[party]
    assert gain is not None
    return gain


def case_of(table: Listed, place: int) -> Case:
    """Return what one of the parties, by its place, is and would have to know."""
    dispute = table.dispute
    kept = table.allowed[place]
    others = [i for i in range(len(dispute.parties)) if i != place]
    steps, heights = scale_of(table, place)
    surpluses = [table.surplus(dispute.party_ids[i])[kept] for i in others]
    return Case(
        steps[kept],
        heights,
        table.surplus(dispute.party_ids[place])[kept],
        np.stack(surpluses, axis=1),
        np.logical_and.reduce([table.allowed[i][kept] for i in others]),
        dispute.tolerance,
        dispute.price,
    )


def scale_of(table: Listed, place: int) -> tuple[Array, tuple[Fraction, ...]]:
    """Return the steps that each package climbs on a party's own scale, and how high they are.

    An issue has a step from each different number of points to the next; where all options are
    alike to the party, one for each of them. A bonus is a step, downwards if it is a malus.
    """
    dispute, party = table.dispute, table.dispute.party_ids[place]
    own = dispute.preferences[party]
    columns: list[Array] = []
    heights: list[Fraction] = []
    for k, (issue, ways) in enumerate(zip(dispute.issues, table.ways, strict=True)):
        points, spots = own.points.get(issue.id), table.places[:, k]
        worths = [Fraction(0) if points is None else points.value(party, way) for way in ways]
        levels = sorted(set(worths))
        if len(levels) == 1:
            columns += [spots == n for n in range(len(ways))]
            heights += [Fraction(0)] * len(ways)
        climbed = np.array([levels.index(worth) for worth in worths])[spots]
        columns += [climbed >= n for n in range(1, len(levels))]
        heights += [high - low for low, high in pairwise(levels)]
    for bonus in own.bonuses:
        holds = np.array([bonus.when.holds(outcome) for outcome in table.outcomes])
        columns.append(holds * (1 if bonus.points > 0 else -1))
        heights.append(abs(bonus.points))
    return np.stack([column.astype(int) for column in columns], axis=1), tuple(heights)
