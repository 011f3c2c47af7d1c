"""A plan told to the mediator: everybody's figures, other orders, and what would replace trust."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from hikiwake.explain.language.telling import BULLET, Section, Table
from hikiwake.explain.plans.stage import Stage, held_by_stakes, trust_of
from hikiwake.settlement import Exactness

if TYPE_CHECKING:
    from hikiwake.findings.course import Course, Demand

NOTHING = Fraction(0)
LISTED = 10


def for_mediator(stage: Stage) -> Iterator[Section]:
    """Yield every section that only the mediator reads."""
    yield from _demands(stage)
    yield from _trade_off(stage)
    for party in stage.names.in_order(stage.planned.agreement.party_ids):
        yield _moments(stage, party)
    yield _self_enforcing(stage)
    yield from _unseen(stage)
    yield from _splits(stage)
    yield from _willing(stage)
    yield _sureness(stage)


def _demands(stage: Stage) -> Iterator[Section]:
    voice, planned = stage.voice, stage.planned
    columns = (voice.say("Order"), voice.say("Largest temptation"), voice.say("Largest exposure"))
    rows = [(voice.say("this order"), *_demand(stage, planned.course.demand))]
    once = planned.at_once_demand
    rows.append((voice.say("everything at one moment, if that can be"), *_demand(stage, once)))
    if planned.worst is not None:
        rows.append((voice.say("the worst order"), *_demand(stage, planned.worst.demand)))
    lines = (
        *_tempted(stage),
        voice.say(
            "Temptation: how much more a side would have by stopping for good than at the end. "
            "Exposure: how far it would then be below what it has without an agreement. Both in "
            "parts of what lies between that and the most that it could hope for; of all sides and "
            "moments the largest."
        ),
    )
    yield Section(voice.say("The trust that it takes"), lines, Table(columns, tuple(rows)))


def _tempted(stage: Stage) -> Iterator[str]:
    voice, planned = stage.voice, stage.planned
    if planned.course.demand.temptation == 0:
        if held_by_stakes(stage, planned.agreement.party_ids):
            yield voice.say(
                "At no moment would a side have more by stopping than by going on, once stakes are "
                "counted."
            )
        else:
            yield voice.say("At no moment would a side have more by stopping than by going on.")
        return
    yield voice.say("At some moment a side would have more by stopping than by going on.")
    if planned.bound.temptation > 0:
        yield voice.say(
            "No order is without such a moment: it takes trust, a stake, or steps at one moment."
        )


def _trade_off(stage: Stage) -> Iterator[Section]:
    voice, planned = stage.voice, stage.planned
    if len(planned.trade_off) < 2:
        return
    shown = planned.trade_off[:LISTED]
    columns = (voice.say("Temptation"), voice.say("Exposure"), voice.say("Order"))
    rows = tuple((*_demand(stage, c.demand), _order(stage, c)) for c in shown)
    lines = [
        voice.say("Less exposure costs more temptation. These orders cannot be bettered in both.")
    ]
    if not planned.trade_off_complete:
        lines.append(voice.say("There may be others: not all orders were ruled out."))
    if len(planned.trade_off) > LISTED:
        lines.append(voice.say("The first ones are shown."))
    yield Section(voice.say("The choice between the two"), tuple(lines), Table(columns, rows))


def _moments(stage: Stage, party: str) -> Section:
    voice, course = stage.voice, stage.course
    columns = (
        voice.say("After step"),
        voice.say("Has"),
        voice.say("Temptation"),
        voice.say("Exposure"),
        voice.say("Trust needed for the next step"),
    )
    rows: list[tuple[str, ...]] = []
    for place, moment in enumerate(course.moments):
        tempting, exposed = moment.temptation[party], moment.exposure[party]
        rows.append(
            (
                stage.number(place),
                voice.points(moment.has[party]),
                "–" if tempting is None else voice.part(tempting),
                "–" if exposed is None else voice.part(exposed),
                trust_of(stage, place, party) if place < len(course.steps) else "–",
            )
        )
    heading = voice.say("{party}, moment by moment", party=stage.names.party(party))
    return Section(heading, (), Table(columns, tuple(rows)))


def _self_enforcing(stage: Stage) -> Section:
    voice, names, safe = stage.voice, stage.names, stage.planned.safeguards
    lines: list[str] = []
    if safe.last_costs:
        lines.append(
            voice.say(
                "Without a stake, a last step that costs its doer can never be safe. Here that is: "
                "{parties}.",
                parties=names.parties(safe.last_costs),
            )
        )
    if stage.planned.bound.temptation > 0:
        lines.append(
            voice.say(
                "In every order some side is tempted, at some moment, by {part} of its range or "
                "more.",
                part=voice.part(stage.planned.bound.temptation),
            )
        )
    if stage.planned.least_exposure > 0:
        lines.append(
            voice.say(
                "In every order some side is exposed, at some moment, by {part} of its range or "
                "more, however much temptation one accepts.",
                part=voice.part(stage.planned.least_exposure),
            )
        )
    lines += _at_once(stage)
    columns = (
        voice.say("Side"),
        voice.say("Deposit, or more stake, that ends its temptation"),
        voice.say("Guarantee that ends its exposure"),
        voice.say("Largest exposure left if only this side is guaranteed"),
    )
    rows = tuple(
        (
            names.party(p),
            voice.points(safe.deposits[p]),
            voice.points(safe.guarantees[p]),
            voice.part(safe.exposed_beside[p]),
        )
        for p in names.in_order(safe.deposits)
    )
    heading = voice.say("What would make it hold by itself")
    return Section(heading, tuple(BULLET + line for line in lines), Table(columns, rows))


def _at_once(stage: Stage) -> Iterator[str]:
    voice, names, safe = stage.voice, stage.names, stage.planned.safeguards
    if safe.at_once is None or len(safe.at_once) < 2:
        return
    values = {"last": voice.say("; ").join(map(names.obligation, safe.at_once))}
    if safe.first:
        yield voice.say(
            "Nobody would be tempted at all if these were done at one moment, at the end: {last}. "
            "Before that, in this order: {first}. Fewer at one moment are not enough.",
            first=voice.say("; ").join(map(names.obligation, safe.first)),
            **values,
        )
    else:
        yield voice.say("Only everything at one moment leaves nobody tempted: {last}.", **values)


def _unseen(stage: Stage) -> Iterator[Section]:
    voice, names, found = stage.voice, stage.names, stage.planned.safeguards.unseen
    if not found:
        return
    lines = tuple(
        BULLET
        + voice.say(
            "{party} would have {points} points more by leaving this out unseen: {deed}.",
            party=names.party(one.party),
            points=voice.points(one.points),
            deed=names.obligation(one.obligation),
        )
        for one in found
    )
    intro = voice.say(
        "What nobody can check, no order makes safe: others cannot withhold anything until it is "
        "done. An observer whom all sides believe would change that."
    )
    yield Section(voice.say("What nobody can check"), (intro, *lines))


def _splits(stage: Stage) -> Iterator[Section]:
    voice, names, splits = stage.voice, stage.names, stage.planned.splits
    if not splits:
        return
    columns = (voice.say("Pieces"), voice.say("Largest temptation"), voice.say("Largest exposure"))
    rows = tuple(
        (
            voice.say("; ").join(
                # NOTE: an obligation and in how many pieces it is done
                voice.say("{deed}: {n}", deed=names.obligation(name), n=voice.whole(n))
                for name, n in split.pieces.items()
            ),
            *_demand(stage, split.demand),
        )
        for split in splits
    )
    yield Section(voice.say("What doing it in parts buys"), (), Table(columns, rows))


def _willing(stage: Stage) -> Iterator[Section]:
    voice, planned = stage.voice, stage.planned
    if not planned.willing:
        return
    lines = [_enough(stage)]
    columns = (
        voice.say("Side"),
        voice.say("Trust that it stated"),
        voice.say("Trust that its steps need"),
        voice.say("Enough"),
    )
    rows = tuple(
        (
            stage.names.party(party),
            voice.part(planned.willing[party].stated),
            voice.part(planned.willing[party].needed),
            voice.say("yes") if planned.willing[party].enough else voice.say("no"),
        )
        for party in stage.names.in_order(planned.willing)
    )
    yield Section(voice.say("Is the stated trust enough?"), tuple(lines), Table(columns, rows))


def _enough(stage: Stage) -> str:
    voice, place = stage.voice, stage.planned.willing_with
    if place == 0:
        return voice.say("What the sides said that they trust is enough for this order.")
    if place is None:
        return voice.say(
            "What the sides said that they trust is enough for none of the orders above: it takes "
            "a deposit, a guarantee, or steps at one moment."
        )
    return voice.say(
        "What the sides said that they trust is not enough for this order, but it is for another "
        "one above, with a temptation of {temptation} and an exposure of {exposure}.",
        temptation=voice.part(stage.planned.trade_off[place].demand.temptation),
        exposure=voice.part(stage.planned.trade_off[place].demand.exposure),
    )


def _sureness(stage: Stage) -> Section:
    voice, planned = stage.voice, stage.planned
    lines: list[str] = []
    if planned.exactness is Exactness.EXACT:
        lines.append(
            voice.say(
                "The search covers every order that keeps what must come first, and the dates: "
                "none needs less."
            )
        )
    else:
        lines.append(
            voice.say(
                "It is certain that no order has a largest temptation below {temptation}, and "
                "that none with this temptation has a largest exposure below {exposure}.",
                temptation=voice.part(planned.bound.temptation),
                exposure=voice.part(planned.bound.exposure),
            )
        )
    agreement = planned.agreement
    if silent := [party for party in agreement.party_ids if party not in agreement.accounts]:
        lines.append(
            voice.say(
                "Nothing was said in private about the steps by: {parties}. For them they cost and "
                "are worth only what the preferences say.",
                parties=stage.names.parties(silent),
            )
        )
    if any(span is None for span in planned.ranges.values()):
        left = [party for party, span in planned.ranges.items() if span is None]
        lines.append(
            voice.say(
                "Left out of the comparison, having no range: {parties}.",
                parties=stage.names.parties(left),
            )
        )
    return Section(voice.say("How sure that is"), tuple(BULLET + line for line in lines))


def _demand(stage: Stage, demand: Demand) -> tuple[str, str]:
    return stage.voice.part(demand.temptation), stage.voice.part(demand.exposure)


def _order(stage: Stage, course: Course) -> str:
    voice, names = stage.voice, stage.names
    return voice.say("; ").join(
        names.piece(piece) for step in course.steps for piece in step.pieces
    )
