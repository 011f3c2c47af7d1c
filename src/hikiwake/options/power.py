"""Where the power lies: what private red lines, today, and unused options do to a settlement.

For the mediator only. A package can be even and yet lean on something that is not even: a red line
that keeps the other side's hopes small, a walk-away value far above the least, an option that
nobody takes and that still moves the answer.

References
----------
Nash, J. (1950), The Bargaining Problem, Econometrica 18 (independence of irrelevant alternatives).
Kalai, E. and Smorodinsky, M. (1975), Other Solutions to Nash's Bargaining Problem, Econometrica 43.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from hikiwake.errors import TooLarge
from hikiwake.model import Choice, Condition, Dispute, FrozenMap, Item, OneOf, Rule, lot_of
from hikiwake.options.again import Answer, answer, ideals
from hikiwake.options.spans import least, most
from hikiwake.settlement import (
    AgendaChange,
    Gains,
    Measured,
    Numbers,
    Package,
    Power,
    Settlement,
    Status,
)
from hikiwake.solvers.deadline import Budget

MAX_DROPPED = 500
MAX_EFFORT = 60  # repeatable seconds


def power(dispute: Dispute, settlement: Settlement) -> Power | None:
    """Return where the power lies in a settlement, or None if there is no package.

    Three things are looked at, each exactly. Gains towards ideals taken before private red lines,
    the walk-away values as they are. Gains from equal walk-away values: for each party the least
    that rules and red lines allow it, 0 % of its own span. And the agenda: each option of a choice
    or item that stands in no package that the rule answers, ties and twins included, is dropped in
    turn, and the dispute settled again by the same rule. A direct rule looks at no option but what
    it gives, so nothing is dropped there.

    Parameters
    ----------
    settlement
        What the dispute settled on.

    Notes
    -----
    At most ``MAX_DROPPED`` options are dropped, with at most ``MAX_EFFORT``: the result says how
    many of how many. Each costs as much as settling did.
    """
    package = settlement.package
    if package is None or len(_known(settlement)) < len(settlement.parties):
        return None
    before = _before_lines(dispute, settlement)
    zeros = least(dispute)
    spans = most(dispute, zeros)
    from_equal = _measured(settlement, package, zeros, spans)
    today = _parts(settlement.walk_away, zeros, spans)
    unused = [] if settlement.direct else list(_unused(dispute, settlement))
    agenda = list(_agenda(dispute, settlement, unused))
    changes = [change for change in agenda if change is not None]
    changes.sort(key=lambda change: -_shift(settlement, package, change))
    return Power(
        private_limit=before != _known(settlement),
        before_lines=_measured(settlement, package, settlement.walk_away, before),
        from_equal=from_equal,
        today=today,
        today_favours=_favoured(from_equal, today),
        agenda=tuple(changes),
        dropped=len(agenda),
        unused=len(unused),
    )


def _before_lines(dispute: Dispute, settlement: Settlement) -> Numbers:
    if not any(dispute.preferences[party].red_lines for party in dispute.party_ids):
        return _known(settlement)
    preferences = {
        party: replace(
            preference, red_lines=(), walk_away=settlement.walk_away[party]
        )  # walk-away values stay
        for party, preference in dispute.preferences.items()
    }
    return ideals(replace(dispute, preferences=FrozenMap(preferences)))


def _known(settlement: Settlement) -> Numbers:
    return FrozenMap({p: ideal for p, ideal in settlement.ideals.items() if ideal is not None})


def _measured(
    settlement: Settlement, package: Package, zeros: Numbers, towards: Numbers
) -> Measured:
    gains = _parts(package.utilities, zeros, towards)
    compared = [gain for gain in gains.values() if gain is not None]
    apart = max(compared) - min(compared) if len(compared) >= 2 else None
    uneven = apart is not None and apart > settlement.tolerance
    ahead = tuple(p for p, gain in gains.items() if gain == max(compared)) if uneven else ()
    return Measured(zeros, towards, gains, apart, ahead)


def _parts(points: Numbers, zeros: Numbers, towards: Numbers) -> Gains:
    """Return each party's points as a part of the way from its zero; None: there is no way."""
    return FrozenMap(
        {
            party: (points[party] - zeros[party]) / (towards[party] - zeros[party])
            if towards[party] > zeros[party]
            else None
            for party in points
        }
    )


def _favoured(from_equal: Measured, today: Gains) -> tuple[str, ...]:
    standing = [part for part in today.values() if part is not None]
    if not standing or max(standing) == min(standing):
        return ()
    highest = all(today[party] == max(standing) for party in from_equal.ahead)
    return from_equal.ahead if highest else ()


def _unused(dispute: Dispute, settlement: Settlement) -> Iterator[tuple[str, str]]:
    mirrors = (mirror.outcome for mirror in settlement.mirrors)
    answers = [*settlement.tied, *mirrors]
    answers += [settlement.outcome] if settlement.outcome is not None else []
    for issue in dispute.issues:
        if isinstance(issue, Choice | Item):
            used = {outcome[issue.id] for outcome in answers}
            yield from ((issue.id, v) for v in dispute.values_of(issue) if v not in used)


def _agenda(
    dispute: Dispute, settlement: Settlement, unused: list[tuple[str, str]]
) -> Iterator[AgendaChange | None]:
    """Yield what each option, dropped, changes; None where it changes nothing."""
    budget = Budget(MAX_EFFORT)
    base = answer(dispute, settlement.rule) if unused else None
    if base is None:
        return
    for issue, option in islice(sorted(unused, key=lambda one: lot_of(*one)), MAX_DROPPED):
        if budget.passed:
            return
        never = Rule(Condition(FrozenMap({issue: OneOf(frozenset({option}))})))
        try:
            found = answer(replace(dispute, rules=(*dispute.rules, never)), settlement.rule)
        except TooLarge:
            return
        assert found is not None
        yield _change(base, found, issue, option) if _differs(base, found) else None


def _differs(base: Answer, found: Answer) -> bool:
    """Tell whether no package is an answer both times, or one is a draw only once."""
    before = {base.utilities(point): point for point in base.points}
    for point in found.points:
        same = before.get(found.utilities(point))
        if same is not None:
            return base.bargain.is_draw(same) != found.bargain.is_draw(point)
    return True


def _change(base: Answer, found: Answer, issue: str, option: str) -> AgendaChange:
    shown = found.shown()
    package = found.bargain.package(shown.point, shown.outcome)
    status = Status.DRAW if found.bargain.is_draw(shown.point) else Status.UNEVEN
    before, after = base.ideals, found.ideals
    hoped_by = tuple(party for party, ideal in before.items() if ideal != after[party])
    return AgendaChange(issue, option, package, status, hoped_by)


def _shift(settlement: Settlement, package: Package, change: AgendaChange) -> Fraction:
    """Return by what part of its range the change moves the party that it moves most."""
    reached = _known(settlement)
    before = _parts(package.utilities, settlement.walk_away, reached)
    after = _parts(change.package.utilities, settlement.walk_away, reached)
    moved = (
        abs(now - gain)
        for gain, now in zip(before.values(), after.values(), strict=True)
        if gain is not None and now is not None
    )
    return max(moved, default=Fraction(0))
