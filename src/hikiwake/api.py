"""The façade: load a dispute, settle it, look at its frontier. It combines the rooms below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from hikiwake.errors import Fault, Unsupported
from hikiwake.model import Agreement, Dispute, FrozenMap, Outcome
from hikiwake.offers import Alternatives, Remedies
from hikiwake.settlement import (
    MAX_LISTED,
    Count,
    EvenButDearer,
    Exactness,
    Package,
    Partial,
    Power,
    Settlement,
    Status,
)

if TYPE_CHECKING:
    from hikiwake.course import Planned
    from hikiwake.findings import History, Progress, Talks
    from hikiwake.options.adjust import Adjusting
    from hikiwake.options.adjust_words import Talking
    from hikiwake.pareto import Bargain, Compiled, LimitReached, Point
    from hikiwake.pareto.result import Frontier
    from hikiwake.pareto.ties import Chosen
    from hikiwake.properties import Property, Verdict
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
        a proven bound. The engines that hold whole frontiers do not look at it.
    fewest_shares
        Show, of the packages worth as much to everybody, one that divides the fewest shared issues.

    Returns
    -------
    A settlement. That there is no agreement is a result as well, with the smallest conflicts.

    Raises
    ------
    UnknownName
        If there is no such rule or engine.
    Unsupported
        If the rule or the engines do not cover the dispute (H15, H18).

    Notes
    -----
    The cost is that of the frontier: see :mod:`hikiwake.solvers.additive`.
    """
    from hikiwake.pareto import LimitReached, NoBargain, bargain_over, compiled
    from hikiwake.rules import DirectRule, rule_named
    from hikiwake.solvers.deadline import Deadline

    began = perf_counter()
    chosen_rule = rule_named(rule)
    chosen_rule.require(dispute)
    if isinstance(chosen_rule, DirectRule):
        _require_choice(rule, fewest_shares)
        return _directly(dispute, rule, chosen_rule.outcomes(dispute), engine, began)
    problem = compiled(dispute)
    bargain: Bargain | None = None
    deadline = Deadline(time_limit)
    try:
        found = bargain_over(problem, engine, deadline)
        if isinstance(found, NoBargain):
            return _no_agreement(problem, rule, found.engine, began)
        bargain = found
        selection = chosen_rule.select(bargain)
        return _selected(bargain, rule, selection, (deadline if fewest_shares else None, began))
    except LimitReached as limit:
        return _undecided(problem, bargain, rule, limit, began)


def frontier(dispute: Dispute, *, engine: str | None = None) -> Frontier:
    """Return the exact Pareto frontier of what nobody would walk away from.

    Raises
    ------
    Unsupported
        If the engines do not cover the dispute, or its frontier cannot be listed: where three or
        more parties divide something and have whole issues or curves beside it (H18).
    """
    from hikiwake.pareto import NoBargain, bargain_over, compiled
    from hikiwake.pareto.result import Frontier

    problem = compiled(dispute)
    bargain = bargain_over(problem, engine)
    if isinstance(bargain, NoBargain):
        return Frontier(dispute.party_ids, bargain.engine, _searched(problem), None)
    if problem.problem.continuous:
        len(bargain.frontier.edges)  # worked out at once: what cannot be listed is refused here
    return Frontier(dispute.party_ids, bargain.frontier.engine, _searched(problem), bargain)


def properties_of(dispute: Dispute, settlement: Settlement) -> dict[str, Verdict]:
    """Return, for each property, whether the settled package has it, else a witness."""
    from hikiwake.properties import PROPERTIES

    cut_short = settlement.status is Status.UNDECIDED and not settlement.direct
    if settlement.outcome is None or cut_short:
        return {}
    return {
        name: _examined(test, name, dispute, settlement.outcome)
        for name, test in PROPERTIES.items()
    }


def _examined(test: Property, name: str, dispute: Dispute, outcome: Outcome) -> Verdict:
    from hikiwake.properties import Verdict

    try:
        return test(dispute, outcome)
    except Unsupported:
        return Verdict(name, None, why="not_covered")


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
    lots = tuple(_package(bargain, point, outcome) for point, outcome in others[:MAX_LISTED])
    return replace(settlement, direct=True, by_lot=len(others), lots=lots)


def power(dispute: Dispute, settlement: Settlement) -> Power | None:
    """Return where the power lies in a settlement, for the mediator only (H14); None: no package.

    The settled package is measured again: towards ideals taken before private red lines, and from
    equal walk-away values. Then every option that nobody uses is dropped in turn, and the dispute
    settled again by the same rule. To have it told, put it into the settlement's ``power``.

    Notes
    -----
    The cost is that of settling once for every such option: see :mod:`hikiwake.options.power`.
    """
    from hikiwake.options.power import power as find

    return find(dispute, settlement)


def partial(dispute: Dispute, rule: str = "draw") -> Partial:
    """Return the largest sets of issues that settle as a draw with the rest left as it is today.

    The open issues stay at the status quo, without prejudice. If the whole dispute is a draw, that
    is the answer, and nothing is left open.

    Raises
    ------
    Unsupported
        If there is no status quo (H5), or the rule or the engines do not cover the dispute (H18).

    Notes
    -----
    The cost is that of settling many times: see :mod:`hikiwake.options.partial`.
    """
    from hikiwake.options.partial import partial as find

    return find(dispute, rule)


def alternatives(
    dispute: Dispute,
    count: int = 5,
    *,
    within: Fraction = Fraction(0),
    agreed: Outcome | None = None,
) -> Alternatives:
    """Return several good packages, as different from one another as possible.

    The first is the one that ``draw`` shows. The others are draws too, or as close to one as there
    is, and Pareto-optimal; those worth the same to everybody come first. With ``agreed``, a package
    that is agreed already, only packages come back in which every party gets more.

    Raises
    ------
    InputError
        If ``count`` is not from 1 to 20, or ``within`` (how far short of a draw a package may be
        and still count as one) not from 0 to 1.
    Unsupported
        If the engines do not cover the dispute, or reach a limit (H18).
    """
    from hikiwake.options.alternatives import alternatives as find

    return find(dispute, count, within, agreed)


def remedies(dispute: Dispute, settlement: Settlement) -> Remedies | None:
    """Return what would make an uneven dispute even; None where there is nothing to remedy.

    The settlement has to be one by ``draw``, else Unsupported is raised. To have remedies told,
    give them to :func:`hikiwake.explain.tell`. The cost is that of settling many times: see
    :mod:`hikiwake.options.remedies`.
    """
    from hikiwake.options.remedies import remedies as find

    return find(dispute, settlement)


def adjust(dispute: Dispute) -> Adjusting:
    """Return a dispute that is ready to be asked how any package stands, as often as one likes.

    Everything that has to be searched is searched here, once.

    Raises
    ------
    Unsupported
        If the engines do not cover the dispute, or reached a limit (H18).
    """
    from hikiwake.options.adjust import Adjusting

    return Adjusting(dispute)


def progress(dispute: Dispute, history: History) -> Progress:
    """Return how close the sides were at every date of a history, for the mediator only (H14).

    Offers are measured from the draw as well, where the dispute has one.

    Raises
    ------
    Unsupported
        If the dispute has no agreement to measure by, or the engines do not cover it (H18).
    """
    from hikiwake.progress import progress as measure

    settlement = settle(dispute)
    draw = settlement.outcome if settlement.status is Status.DRAW else None
    return measure(dispute, history, draw)


def talk(adjusting: Adjusting, talks: Talks) -> Talking:
    """Return talks in which all sides are told coarse words, within a budget fixed beforehand."""
    from hikiwake.options.adjust_words import Talking

    return Talking(adjusting, talks)


def load_plan(path: str | Path, dispute: Dispute | None = None) -> Agreement:
    """Return what a plan file says is to be done, with what each party privately says about it.

    ``dispute`` is whose parties carry out; without one the plan lists the parties itself.

    Raises
    ------
    InputError
        With every fault that was found (H26, H27).
    """
    from hikiwake.formats.plans import read_plan

    return read_plan(Path(path), dispute)


def plan(
    agreement: Agreement,
    dispute: Dispute | None = None,
    settlement: Settlement | None = None,
    *,
    time_limit: float | None = 30.0,
) -> Planned:
    """Return the order of carrying an agreement out that needs the least trust.

    See :func:`hikiwake.execution.plan.plan`: exact up to 20 steps, above with a proven bound.
    """
    from hikiwake.execution.plan import plan as find

    return find(agreement, dispute, settlement, time_limit=time_limit)


def plan_certificate(
    planned: Planned, dispute: Dispute | None = None, settlement: Settlement | None = None
) -> dict[str, Any]:
    """Return a plan's certificate, everybody's figures in it, from what :func:`plan` was given."""
    from hikiwake.execution.certificate import certificate

    return certificate(planned, dispute, settlement)


def _searched(problem: Compiled) -> Count:
    return "infinite" if problem.problem.continuous else problem.problem.combinations


def _no_agreement(problem: Compiled, rule: str, engine: str, began: float) -> Settlement:
    from hikiwake.pareto.conflicts import conflicts

    open_question = _open(problem, rule, engine)
    return replace(
        open_question,
        status=Status.NO_AGREEMENT,
        exactness=Exactness.EXACT,
        conflicts=conflicts(problem),
        seconds=perf_counter() - began,
    )


def _undecided(
    problem: Compiled, bargain: Bargain | None, rule: str, limit: LimitReached, began: float
) -> Settlement:
    from hikiwake.solvers import CP_SAT

    found = _open(problem, rule, bargain.frontier.engine if bargain else CP_SAT)
    if bargain is not None and limit.best is not None:
        outcome = problem.outcome(limit.best)
        package = _package(bargain, bargain.point_of(outcome), outcome)
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
    package = _package(bargain, chosen.point, chosen.outcome)
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
        mirrors=tuple(_package(bargain, point, outcome) for point, outcome in chosen.mirrors),
        left_out=tuple(p for p in parties if package.gains[p] is None),
        ahead=() if draw else _ahead(package, dispute.tolerance),
        groups=group_shares(bargain, chosen.outcome),
        views=views(dispute, chosen.outcome),
        changes=changes(bargain, chosen.outcome),
        illustrative=dispute.illustrative,
        seconds=perf_counter() - began,
    )


def _package(bargain: Bargain, point: Point, outcome: Outcome) -> Package:
    parties = bargain.dispute.party_ids
    utilities = {p: bargain.compiled.points(i, point[i]) for i, p in enumerate(parties)}
    gains = dict(zip(parties, bargain.gains_at(point), strict=True))
    return Package(outcome, FrozenMap(utilities), FrozenMap(gains), bargain.imbalance(point))


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
    return EvenButDearer(_package(bargain, beside.point, beside.outcome), FrozenMap(costs))
