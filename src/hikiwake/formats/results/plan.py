"""A plan as a JSON object: each audience gets what it may see, and nothing more (H14)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from hikiwake.errors import Fault, UnknownName, did_you_mean
from hikiwake.findings.course import Course, Demand, Planned, Step
from hikiwake.formats.results.settled import JOINT, MEDIATOR, VERSION, Json, about
from hikiwake.model import Agreement
from hikiwake.numeric import fraction_text


def check_reader(agreement: Agreement, audience: str) -> None:
    """Refuse an audience that is neither of the two words nor exactly one party.

    Raises
    ------
    UnknownName
        If it names nobody, or a party whose id is one of the two words (H14).
    """
    known = (MEDIATOR, JOINT, *agreement.party_ids)
    if known.count(audience) == 1:
        return
    found, remedy = "a party's id that is also an audience's name", "Give the party another id."
    if audience not in known:
        found = "nobody in this plan"
        remedy = did_you_mean(audience, known) or "Use one of these."
    expected = f"Known: {', '.join(known[:20])}"
    raise UnknownName(Fault(f"Audience {audience[:80]!r}", found, expected, "H14", remedy))


def plan_json(planned: Planned, audience: str = MEDIATOR) -> Json:
    """Return a plan as the object that ``hikiwake plan --json`` prints, for one audience."""
    course = planned.course
    result: Json = {
        "hikiwake": VERSION,
        "audience": audience,
        "exactness": planned.exactness.value,
        "engine": planned.engine,
        "steps": [_step(planned, course, place, audience) for place in range(len(course.steps))],
    }
    if audience == MEDIATOR:
        result |= _for_mediator(planned)
    elif audience != JOINT:
        result |= _own(planned, audience)
    return result | {"illustrative": planned.agreement.illustrative}


def _step(planned: Planned, course: Course, place: int, audience: str) -> Json:
    step = course.steps[place]
    by = {o.id: o.by for o in planned.agreement.obligations}
    checked = {o.id: bool(o.checked) for o in planned.agreement.obligations}
    result: Json = {
        "pieces": [
            {"obligation": p.obligation, "by": list(by[p.obligation]), "number": p.number,
             "of": p.of, "can_be_checked": checked[p.obligation]}
            for p in step.pieces
        ],
        "not_before": step.not_before and step.not_before.isoformat(),
        "by_when": step.by_when and step.by_when.isoformat(),
    }  # fmt: skip
    if audience == MEDIATOR:
        return result | _trust(step)
    if audience != JOINT and (audience in step.trust or audience in step.tempted):
        result |= {"trust": _number(step.trust.get(audience)), "tempted": audience in step.tempted}
    return result


def _trust(step: Step) -> Json:
    return {"trust": _numbers(step.trust), "tempted": list(step.tempted)}


def _own(planned: Planned, party: str) -> Json:
    most = [m.exposure[party] for m in planned.course.moments]
    exposed = max((part for part in most if part is not None), default=None)
    willing = planned.willing.get(party)
    return {
        "has": [fraction_text(m.has[party]) for m in planned.course.moments],
        "walk_away": fraction_text(planned.walk_away[party]),
        "exposure": None if exposed is None else about(exposed, planned.tolerance),
        "deposit": _number(planned.safeguards.deposits.get(party)),
        "guarantee": _number(planned.safeguards.guarantees.get(party)),
        "willing": willing and {
            "stated": fraction_text(willing.stated),
            "needed": fraction_text(willing.needed),
            "enough": willing.enough,
        },
    }  # fmt: skip


def _for_mediator(planned: Planned) -> Json:
    safe = planned.safeguards
    return {
        **_demand(planned.course.demand),
        "bound": _demand(planned.bound),
        "moments": [
            {
                "has": _numbers(m.has),
                "temptation": _numbers(m.temptation),
                "exposure": _numbers(m.exposure),
            }
            for m in planned.course.moments
        ],
        "trade_off": [_listed(course) for course in planned.trade_off],
        "trade_off_complete": planned.trade_off_complete,
        "least_exposure": fraction_text(planned.least_exposure),
        "worst": planned.worst and _listed(planned.worst),
        "everything_at_once": _demand(planned.at_once_demand),
        "splits": [{"pieces": dict(s.pieces), **_demand(s.demand)} for s in planned.splits],
        "deposits": _numbers(safe.deposits),
        "guarantees": _numbers(safe.guarantees),
        "exposed_beside": _numbers(safe.exposed_beside),
        "at_once": None if safe.at_once is None else list(safe.at_once),
        "at_once_after": list(safe.first),
        "last_costs": list(safe.last_costs),
        "unseen": [
            {
                "obligation": one.obligation,
                "party": one.party,
                "points": fraction_text(one.points),
                "part": _number(one.part),
            }
            for one in safe.unseen
        ],
        "willing": {
            party: {
                "stated": fraction_text(one.stated),
                "needed": fraction_text(one.needed),
                "enough": one.enough,
            }
            for party, one in planned.willing.items()
        },
        "willing_with": planned.willing_with,
        "walk_away": _numbers(planned.walk_away),
        "ranges": _numbers(planned.ranges),
        "ends": _numbers(planned.ends),
    }


def _listed(course: Course) -> Json:
    order = [
        [{"obligation": p.obligation, "number": p.number} for p in s.pieces] for s in course.steps
    ]
    return {**_demand(course.demand), "order": order}


def _demand(demand: Demand) -> Json:
    return {
        "temptation": fraction_text(demand.temptation),
        "exposure": fraction_text(demand.exposure),
    }


def _numbers(numbers: Mapping[str, Fraction | None] | Mapping[str, Fraction]) -> dict[str, Any]:
    return {party: _number(number) for party, number in numbers.items()}


def _number(number: Fraction | None) -> str | None:
    return None if number is None else fraction_text(number)
