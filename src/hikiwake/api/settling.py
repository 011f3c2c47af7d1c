"""Load a dispute, settle it, check what is claimed, look at its frontier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from hikiwake.errors import Fault, Unsupported
from hikiwake.model import Dispute, FrozenMap, Outcome
from hikiwake.settlement import (
    MAX_LISTED,
    Conflict,
    Count,
    EvenButDearer,
    Exactness,
    Package,
    Settlement,
    Status,
)

if TYPE_CHECKING:
    from hikiwake.pareto import Bargain, Compiled, LimitReached, Point
    from hikiwake.pareto.result import Frontier
    from hikiwake.pareto.ties import Chosen
    from hikiwake.rules.selection import Selection
    from hikiwake.solvers.deadline import Deadline

RULES = (
    "draw",
    "kalai_smorodinsky",
    "nash",
    "egalitarian",
    "leximin",
    "utilitarian",
    "adjusted_winner",
    "proportional",
    "picking",
    "talmud",
    "claims_proportional",
    "constrained_equal_awards",
    "constrained_equal_losses",
    "ibn_ezra",
    "knaster",
    "rent",
)
NOT_FOR_DIRECT = "the rule makes its package itself, and claims nothing about others"
ENGINES = ("additive", "brute_force", "cp_sat", "linear")


def load(path: str | Path, *, preferences: Mapping[str, str | Path] | None = None) -> Dispute:
    """Return the dispute in a file or folder.

    Parameters
    ----------
    path
        A TOML or JSON file, a folder with ``dispute.toml`` and private ``preferences/``, or a
        folder of GENIUS XML files.
    preferences
        A preference file for some parties, instead of what stands there.

    Raises
    ------
    InputError
        With every fault that was found, if the files cannot be used.
    """
    from hikiwake.formats import read

    chosen = {party: Path(file) for party, file in (preferences or {}).items()}
    return read(Path(path), preferences=chosen)


def settle(
    dispute: Dispute,
    rule: str = "draw",
    *,
    engine: str | None = None,
    time_limit: float | None = None,
    fewest_shares: bool = False,
    certificate: bool = False,
) -> Settlement:
    """Return what a rule answers for a dispute.

    The answer is exact unless it says otherwise: every package that keeps the rules and red lines
    was taken into account, and integers and fractions decided. It holds for the points that the
    parties declared. A direct rule makes its package itself; the search then says how it
    compares.

    Parameters
    ----------
    dispute
        What to settle.
    rule
        One of :data:`RULES`.
    engine
        One of :data:`ENGINES`; left out, the one that suits the dispute.
    time_limit
        In seconds. Where it is reached the status is UNDECIDED, with the best package so far and
        a proven bound.
    fewest_shares
        Show, of the packages worth as much to everybody, one that divides the fewest shared issues.
    certificate
        Whether to look for a certificate as well. It holds everybody's points (H14).

    Returns
    -------
    A settlement. That there is no agreement is a result as well, with the smallest conflicts. A
    certificate is there only if the checker has accepted it; else there is the reason.

    Raises
    ------
    UnknownName
        If there is no such rule or engine.
    Unsupported
        If the rule or the engines do not cover the dispute (H15, H18).

    Notes
    -----
    The cost is that of the frontier: see :mod:`hikiwake.solvers.merging.additive`.
    """
    from hikiwake.pareto import LimitReached, NoBargain, bargain_over, compiled
    from hikiwake.rules import DirectRule, rule_named
    from hikiwake.solvers.deadline import Deadline

    began = perf_counter()
    chosen_rule = rule_named(rule)
    chosen_rule.require(dispute)
    if isinstance(chosen_rule, DirectRule):
        _require_choice(rule, fewest_shares)
        made = _directly(dispute, rule, chosen_rule.outcomes(dispute), engine, began)
        return replace(made, certificate_reason=NOT_FOR_DIRECT) if certificate else made
    problem = compiled(dispute)
    bargain: Bargain | None = None
    deadline = Deadline(time_limit)
    try:
        found = bargain_over(problem, engine, deadline)
        if isinstance(found, NoBargain):
            settled = _no_agreement(problem, rule, found.engine, began)
        else:
            bargain = found  # known even if the rule reaches a limit
            selection = chosen_rule.select(found)
            fewest = deadline if fewest_shares else None
            settled = _selected(bargain, rule, selection, (fewest, began))
    except LimitReached as limit:
        settled = _undecided(problem, bargain, rule, limit, began)
    if not certificate:
        return settled
    from hikiwake.proof import with_certificate

    return with_certificate(problem, bargain, settled, time_limit)


def cite(settlement: Settlement, dispute: Dispute, certificate: bytes) -> Settlement:
    """Return a settlement with a certificate from earlier; ValueError if it is not valid for it."""
    from hikiwake.proof import citing

    return citing(dispute, settlement, certificate)


def frontier(
    dispute: Dispute,
    *,
    engine: str | None = None,
    time_limit: float | None = None,
    certificate: bool = False,
) -> Frontier:
    """Return the exact Pareto frontier of what nobody would walk away from.

    With ``certificate`` it looks for a certificate that this is all of it, for two parties.
    Where a time limit (in seconds) is reached, its exactness is BOUNDED: each of its points is
    proven to be on the frontier, but there may be more. So it is where four or more parties divide
    something and have whole issues or curves beside it.

    Raises
    ------
    Unsupported
        If the engines do not cover the dispute, or its frontier has too many faces (H18).
    """
    from hikiwake.pareto import LimitReached, NoBargain, bargain_over, compiled
    from hikiwake.pareto.result import Frontier
    from hikiwake.solvers.deadline import Deadline

    problem = compiled(dispute)
    try:
        bargain = bargain_over(problem, engine, Deadline(time_limit))
        if isinstance(bargain, NoBargain):
            return Frontier(dispute.party_ids, bargain.engine, _searched(problem), None)
        found = Frontier(dispute.party_ids, bargain.frontier.engine, _searched(problem), bargain)
        if problem.problem.continuous:
            len(found.segments)  # worked out at once: what cannot be listed is refused here
    except LimitReached:
        asked = engine or _asked_last(problem)
        return Frontier(dispute.party_ids, asked, _searched(problem), None, in_part=True)
    if time_limit is not None:
        len(found.outcomes)  # the time begins with the call
    if not certificate:
        return found
    if found.exactness is Exactness.BOUNDED:
        found.certificate_reason = "a limit was reached: not all of the frontier is known"
        return found
    from hikiwake.proof import with_frontier_certificate

    return with_frontier_certificate(found, bargain)


def _directly(
    dispute: Dispute, rule: str, outcomes: tuple[Outcome, ...], engine: str | None, began: float
) -> Settlement:
    from hikiwake.pareto import NoBargain, bargain_over, compiled
    from hikiwake.pareto.given import choose_among, is_draw_at, uncompared

    try:
        problem = compiled(dispute)
        bargain = bargain_over(problem, engine)
    except Unsupported:
        if engine is not None:
            raise
        settlement = uncompared(dispute, rule, outcomes)
        return replace(settlement, seconds=perf_counter() - began)
    if isinstance(bargain, NoBargain):
        return _no_agreement(problem, rule, bargain.engine, began)
    chosen, others = choose_among(bargain, outcomes)
    settlement = _settled(bargain, rule, chosen, is_draw_at(bargain, chosen.outcome, engine), began)
    lots = tuple(bargain.package(point, outcome) for point, outcome in others[:MAX_LISTED])
    return replace(settlement, direct=True, by_lot=len(others), lots=lots)


def _asked_last(problem: Compiled) -> str:
    """Return the engine that is asked where others could not hold all, or found no time to."""
    return "linear" if problem.problem.continuous else "cp_sat"


def _searched(problem: Compiled) -> Count:
    return "infinite" if problem.problem.continuous else problem.problem.combinations


def _no_agreement(problem: Compiled, rule: str, engine: str, began: float) -> Settlement:
    open_question = _open(problem, rule, engine)
    return replace(
        open_question,
        status=Status.NO_AGREEMENT,
        exactness=Exactness.EXACT,
        conflicts=problem.dispute.once(_conflicts),
        seconds=perf_counter() - began,
    )


def _conflicts(dispute: Dispute) -> tuple[Conflict, ...]:
    from hikiwake.pareto import compiled
    from hikiwake.pareto.conflicts import conflicts

    return conflicts(compiled(dispute))


def _undecided(
    problem: Compiled, bargain: Bargain | None, rule: str, limit: LimitReached, began: float
) -> Settlement:
    engine = bargain.frontier.engine if bargain else _asked_last(problem)
    found = _open(problem, rule, engine)
    if bargain is not None and limit.best is not None:
        outcome = problem.outcome(limit.best)
        package = bargain.package(bargain.point_of(outcome), outcome)
        found = replace(found, package=package, ideals=FrozenMap({**bargain.ideal_points}))
    return replace(found, bound=limit.bound, seconds=perf_counter() - began)


def _open(problem: Compiled, rule: str, engine: str) -> Settlement:
    """Return what can be said before anything is found."""
    dispute = problem.dispute
    return Settlement(
        rule=rule,
        status=Status.UNDECIDED,
        exactness=Exactness.BOUNDED,
        engine=engine,
        parties=dispute.party_ids,
        walk_away=FrozenMap({p: dispute.walk_away(p) for p in dispute.party_ids}),
        ideals=FrozenMap(dict.fromkeys(dispute.party_ids)),
        tolerance=dispute.tolerance,
        price=dispute.price,
        searched=_searched(problem),
        illustrative=dispute.illustrative,
    )


def _require_choice(rule: str, fewest_shares: bool) -> None:
    if fewest_shares:
        raise Unsupported(
            Fault(
                f"Rule {rule!r}",
                "the fewest shared issues were asked for",
                "A rule that chooses among packages; this one makes its package itself",
                "H18",
                "Leave that out, or use `draw`.",
            )
        )


def _selected(
    bargain: Bargain, rule: str, selection: Selection, timed: tuple[Deadline | None, float]
) -> Settlement:
    """Return the settlement on a selection; with a deadline, the fewest shares were asked for."""
    from hikiwake.pareto.fewest import with_fewest_divided
    from hikiwake.pareto.ties import choose

    (deadline, began), fewest = timed, None
    chosen = choose(bargain, selection.points)
    if deadline is not None:
        chosen, fewest = with_fewest_divided(bargain, chosen, deadline)
    settled = _settled(bargain, rule, chosen, bargain.is_draw(chosen.point), began)
    return replace(
        settled,
        exactness=Exactness.BOUNDED if selection.bound else Exactness.EXACT,
        even_but_dearer=_even_but_dearer(bargain, chosen, selection.dearer),
        dearer_unknown=selection.dearer_unknown,
        bound=selection.bound,
        fewest_shares=fewest,
    )


def _settled(bargain: Bargain, rule: str, chosen: Chosen, draw: bool, began: float) -> Settlement:
    from hikiwake.pareto.views import changes, group_shares, views

    dispute, parties = bargain.dispute, bargain.dispute.party_ids
    package = bargain.package(chosen.point, chosen.outcome)
    return Settlement(
        rule=rule,
        status=Status.DRAW if draw else Status.UNEVEN,
        exactness=Exactness.EXACT,
        engine=bargain.frontier.engine,
        parties=parties,
        walk_away=FrozenMap({p: dispute.walk_away(p) for p in parties}),
        ideals=FrozenMap({**bargain.ideal_points}),
        tolerance=dispute.tolerance,
        price=dispute.price,
        searched=_searched(bargain.compiled),
        package=package,
        ties=chosen.ties,
        twins=chosen.twins,
        tied=chosen.tied,
        mirrors=tuple(bargain.package(point, outcome) for point, outcome in chosen.mirrors),
        left_out=tuple(p for p in parties if package.gains[p] is None),
        ahead=() if draw else _ahead(package, dispute.tolerance),
        groups=group_shares(bargain, chosen.outcome),
        views=views(dispute, chosen.outcome),
        changes=changes(bargain, chosen.outcome),
        illustrative=dispute.illustrative,
        seconds=perf_counter() - began,
    )


def _ahead(package: Package, tolerance: Fraction) -> tuple[str, ...]:
    if package.imbalance is None or package.imbalance <= tolerance:
        return ()
    most = max(gain for gain in package.gains.values() if gain is not None)
    return tuple(party for party, gain in package.gains.items() if gain == most)


def _even_but_dearer(
    bargain: Bargain, chosen: Chosen, dearer: Iterable[Point]
) -> EvenButDearer | None:
    from hikiwake.pareto.ties import choose

    points = tuple(dearer)
    if not points:
        return None
    beside = choose(bargain, points)
    costs: dict[str, Fraction | None] = dict.fromkeys(bargain.dispute.party_ids)
    for i, cost in zip(
        bargain.gains.parties, bargain.costs(beside.point, chosen.point), strict=True
    ):
        costs[bargain.dispute.party_ids[i]] = cost
    return EvenButDearer(bargain.package(beside.point, beside.outcome), FrozenMap(costs))
