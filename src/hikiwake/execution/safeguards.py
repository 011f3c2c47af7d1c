"""What would make a course hold by itself: deposits, guarantees, a joint last step, an observer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from hikiwake.execution.ledger import Ledger
from hikiwake.execution.orders import Orders
from hikiwake.findings.course import Course, Safeguards, Unseen, Willing
from hikiwake.model import Agreement, FrozenMap

NOTHING = Fraction(0)


def safeguards(
    agreement: Agreement, ledgers: Mapping[str, Ledger], course: Course, orders: Orders
) -> Safeguards:
    """Return what would make a course self-enforcing, each measured for this course."""
    compared = {party: ledger for party, ledger in ledgers.items() if ledger.range is not None}
    worst = {p: max(m.temptation[p] or NOTHING for m in course.moments) for p in compared}
    exposed = {p: max(m.exposure[p] or NOTHING for m in course.moments) for p in compared}
    spans = {party: ledger.range or NOTHING for party, ledger in compared.items()}
    first, at_once = _at_once(orders)
    return Safeguards(
        deposits=FrozenMap({p: max(NOTHING, worst[p]) * spans[p] for p in compared}),
        guarantees=FrozenMap({p: exposed[p] * spans[p] for p in compared}),
        exposed_beside=FrozenMap(
            {p: max((exposed[q] for q in compared if q != p), default=NOTHING) for p in compared}
        ),
        at_once=at_once,
        first=first,
        last_costs=_last_costs(agreement, course),
        unseen=tuple(_unseen(agreement, ledgers)),
    )


def _at_once(orders: Orders) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    found = orders.at_once()
    if found is None:
        return (), None
    items = orders.problem.items
    before = dict.fromkeys(name for place in found[0] for name, _ in items[place])
    last = dict.fromkeys(name for place in sorted(found[1]) for name, _ in items[place])
    return tuple(before), tuple(last)


def _last_costs(agreement: Agreement, course: Course) -> tuple[str, ...]:
    """Return who would gain by not doing its part of the last step."""
    by = {o.id: o.by for o in agreement.obligations}
    doers = dict.fromkeys(
        party for piece in course.steps[-1].pieces for party in by[piece.obligation]
    )
    before = course.moments[-2].temptation
    return tuple(party for party in doers if (before[party] or NOTHING) > 0)


def _unseen(agreement: Agreement, ledgers: Mapping[str, Ledger]) -> Iterator[Unseen]:
    """Yield what nobody can check and what leaving it out, all else done, would bring its doer."""
    for obligation in agreement.obligations:
        if obligation.checked:
            continue
        for party in obligation.by:
            ledger = ledgers[party]
            lost = sum(
                (t.points for t in ledger.gains if obligation.id in (t.of, *t.done)), NOTHING
            )
            if lost < 0:
                part = -lost / ledger.range if ledger.range else None
                yield Unseen(obligation.id, party, -lost, part)


def willing(agreement: Agreement, course: Course) -> FrozenMap[str, Willing]:
    """Return, for each party that said how much it trusts, whether that is enough for a course."""
    found: dict[str, Willing] = {}
    for party in agreement.party_ids:
        stated = agreement.account(party).trust
        if stated is not None:
            needed = (step.trust[party] for step in course.steps if party in step.trust)
            found[party] = Willing(stated, max(needed, default=NOTHING))
    return FrozenMap(found)
