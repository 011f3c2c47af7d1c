"""How packages stand that a rule made itself: what they are worth, and which is shown first."""

from __future__ import annotations

from collections.abc import Sequence

from hikiwake.model import Dispute, FrozenMap, Outcome
from hikiwake.pareto.bargain import Bargain, NoBargain, bargain_over
from hikiwake.pareto.canonical import lot
from hikiwake.pareto.dominators import floors_at
from hikiwake.pareto.fronts.measure import Point
from hikiwake.pareto.ties import Chosen, changes_from_status_quo
from hikiwake.pareto.views import group_shares, views
from hikiwake.settlement import MAX_LISTED, Exactness, Package, Settlement, Status
from hikiwake.solvers.deadline import Deadline

Placed = tuple[Point, Outcome]


def choose_among(
    bargain: Bargain, outcomes: Sequence[Outcome]
) -> tuple[Chosen, tuple[Placed, ...]]:
    """Return the package to show among some that are equally good by a rule, and the rest of them.

    Ties and twins are counted among the given ones; the rest are neither (H11). Shown is the one
    with the fewest changes from the status quo, then the smallest SHA-256 of its canonical form.
    """
    shown = first_of(bargain.dispute, outcomes)
    point = bargain.point_of(shown)
    level = sorted(bargain.gains.values(point))
    tied: list[Outcome] = [shown]
    twins: list[Placed] = []
    others: list[Placed] = []
    for outcome in sorted(outcomes, key=lot):
        if outcome == shown:
            continue
        there = bargain.point_of(outcome)
        if there == point:
            tied.append(outcome)
        elif sorted(bargain.gains.values(there)) == level:
            twins.append((there, outcome))
        else:
            others.append((there, outcome))
    chosen = Chosen(
        point,
        shown,
        len(tied),
        len(twins),
        tuple(tied[:MAX_LISTED]),
        tuple(twins[:MAX_LISTED]),
    )
    return chosen, tuple(others)


def first_of(dispute: Dispute, outcomes: Sequence[Outcome]) -> Outcome:
    """Return the outcome to show first (H11)."""

    def order(outcome: Outcome) -> tuple[int, bytes]:
        return changes_from_status_quo(dispute, outcome), lot(outcome)

    return outcomes[0] if len(outcomes) == 1 else min(outcomes, key=order)


def is_draw_at(
    bargain: Bargain,
    outcome: Outcome,
    engine: str | None = None,
    deadline: Deadline | None = None,
) -> bool:
    """Tell whether any outcome, of the frontier or not, is a draw (H10).

    Raises
    ------
    LimitReached
        If time was over before that was certain.
    """
    point = bargain.point_of(outcome)
    return (
        bargain.dispute.allows(outcome)
        and all(u >= floor for u, floor in zip(point, bargain.walk_away, strict=True))
        and all(group.even for group in group_shares(bargain, outcome))
        and bargain.is_draw(point)
        and not _bettered(bargain, outcome, engine, deadline)
    )


def _bettered(
    bargain: Bargain, outcome: Outcome, engine: str | None, deadline: Deadline | None
) -> bool:
    """Tell whether somebody could have more and nobody less."""
    better = bargain_over(floors_at(bargain.compiled, outcome), engine, deadline)
    return isinstance(better, NoBargain) or bool(better.gains.parties)


def uncompared(dispute: Dispute, rule: str, outcomes: Sequence[Outcome]) -> Settlement:
    """Return the package that a rule made where the engines cannot say how it compares (H18).

    No ideals, so no gains: the status is undecided.
    """
    parties = dispute.party_ids
    shown = first_of(dispute, outcomes)

    def package(outcome: Outcome) -> Package:
        utilities = FrozenMap({party: dispute.utility(party, outcome) for party in parties})
        return Package(outcome, utilities, FrozenMap(dict.fromkeys(parties)), None)

    packages = [package(outcome) for outcome in outcomes]
    here = package(shown).utilities
    tied = [other.outcome for other in packages if other.utilities == here]
    others = [other for other in packages if other.utilities != here]
    return Settlement(
        rule=rule,
        status=Status.UNDECIDED,
        exactness=Exactness.EXACT,
        engine="none",
        parties=parties,
        walk_away=FrozenMap({party: dispute.walk_away(party) for party in parties}),
        ideals=FrozenMap(dict.fromkeys(parties)),
        tolerance=dispute.tolerance,
        price=dispute.price,
        searched=0,
        package=package(shown),
        ties=len(tied),
        tied=(shown, *(other for other in tied if other != shown))[:MAX_LISTED],
        direct=True,
        by_lot=len(others),
        lots=tuple(others[:MAX_LISTED]),
        views=views(dispute, shown),
        illustrative=dispute.illustrative,
    )
