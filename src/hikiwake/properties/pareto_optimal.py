"""Pareto-optimal: nobody could be better off without somebody being worse off.

References
----------
Pareto, V. (1906), Manuale di economia politica.
"""

from __future__ import annotations

from hikiwake.model import Dispute, Outcome, lot_of
from hikiwake.pareto import Bargain, Measure, NoBargain, Total, bargain_over, compiled
from hikiwake.pareto.canonical import canonical
from hikiwake.pareto.dominators import floors_at
from hikiwake.pareto.ties import choose
from hikiwake.properties.verdict import Verdict, Witness

NAME = "pareto_optimal"


def pareto_optimal(dispute: Dispute, outcome: Outcome) -> Verdict:
    """Tell whether no package is better for somebody and worse for nobody.

    Compared are packages that keep rules and red lines, and are as even in groups as any (H8).

    Notes
    -----
    What the outcome gives becomes everybody's walk-away value; if somebody has then something
    to gain, the witness is a package that gives it: to whom most, a lot decides.
    """
    problem = compiled(dispute)
    reachable = bargain_over(problem)
    bargain = bargain_over(floors_at(problem, outcome))
    least_uneven = reachable.level if isinstance(reachable, Bargain) else dispute.tolerance
    if (
        isinstance(bargain, NoBargain)
        or bargain.level > least_uneven
        or not dispute.allows(outcome)
    ):
        return Verdict(NAME, None, why="not_allowed")
    if not bargain.gains.parties:
        return Verdict(NAME, True)
    ids, text = dispute.party_ids, canonical(outcome).decode()
    one = min(bargain.gains.parties, key=lambda i: lot_of(text, ids[i]))
    better = bargain.best(Total(), Measure((one,), (0,), (1,)))
    shown = choose(bargain, better)
    gained = bargain.compiled.points(one, shown.point[one] - bargain.walk_away[one])
    return Verdict(NAME, False, Witness(ids[one], None, shown.outcome, gained))
