"""The draw: nobody comes out ahead, nobody pays much for it, and nothing is left on the table.

Among the Pareto-optimal packages within the tolerance that cost nobody more than the price
against Kalai–Smorodinsky, those with the greatest sorted gains. If there is none: the
Kalai–Smorodinsky package, and beside it the best even package that is dearer (H10). Where no
package is even in a group that is not for trade, the same is done among those that come closest
(H8); their status stays uneven.
"""

from __future__ import annotations

from hikiwake.model import Dispute
from hikiwake.pareto import Bargain, LexicographicMinimum, LimitReached, Point, Region
from hikiwake.rules.selection import Selection
from hikiwake.settlement import Bound
from hikiwake.solvers.solution import Taken


def require(dispute: Dispute) -> None:
    """Every dispute is covered."""


def select(bargain: Bargain) -> Selection:
    """Return the best draws, or the Kalai–Smorodinsky points with the best even ones beside.

    Raises
    ------
    LimitReached
        If a limit was reached before it was certain whether there is a draw: with a
        Kalai–Smorodinsky package, the answer if there is none.
    """
    references = bargain.kalai_smorodinsky()
    apart = bargain.imbalance(references[0])
    if apart is None:
        return Selection(references)
    tolerance = bargain.dispute.tolerance
    if apart <= tolerance:
        return Selection(references)
    try:
        draws = _best_draws(bargain, references)
    except LimitReached as limit:
        # Its bound is on draws alone; on all packages these points are one themselves.
        bound = Bound("least_gain", min(bargain.gains.values(references[0])))
        raise LimitReached(_package(bargain, references[0]) or limit.best, bound) from None
    if draws:
        return Selection(draws)
    even = Region(spread=tolerance)
    try:
        return Selection(references, bargain.best(LexicographicMinimum(), region=even))
    except LimitReached:
        return Selection(references, dearer_unknown=True)


def _package(bargain: Bargain, point: Point) -> Taken | None:
    try:
        return next(bargain.frontier.packages(point), None)
    except LimitReached:
        return None


def _best_draws(bargain: Bargain, references: tuple[Point, ...]) -> tuple[Point, ...]:
    ordering, price = LexicographicMinimum(), bargain.dispute.price
    found: set[Point] = set()
    for reference in references:
        floors = tuple(gain - price for gain in bargain.gains.values(reference))
        region = Region(bargain.dispute.tolerance, floors)
        found.update(bargain.best(ordering, region=region))
    keys = {point: ordering.key(bargain.gains.values(point)) for point in found}
    return tuple(sorted(point for point in found if keys[point] == max(keys.values())))
