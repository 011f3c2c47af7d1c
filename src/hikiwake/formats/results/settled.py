"""Results as JSON objects: each audience gets what it may see, and nothing more (H14).

Fractions are strings. What a party sees of its own gain is rounded to the grain of the tolerance:
the exact figure would give away its ideal, and with it the other side's walk-away value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from hikiwake.errors import Fault, UnknownName, did_you_mean
from hikiwake.model import Dispute, FrozenMap, Value
from hikiwake.numeric import DEFAULT_TOLERANCE, fraction_text, percent, to_grain
from hikiwake.settlement import (
    AtLeast,
    Conflict,
    Count,
    EvenButDearer,
    GroupShares,
    Limit,
    Package,
    Settlement,
)

MEDIATOR = "mediator"
JOINT = "joint"
VERSION = 1

Json = dict[str, Any]


def settlement_json(dispute: Dispute, settlement: Settlement, audience: str = MEDIATOR) -> Json:
    """Return a settlement as the object that ``--json`` prints, for one audience.

    Parameters
    ----------
    audience
        ``"mediator"`` (everything), ``"joint"`` (no points at all), or a party's id (its own
        points, its own gain to the grain of the tolerance; nothing from which another's follow).

    Raises
    ------
    UnknownName
        If there is no such audience (H14).
    """
    check_audience(dispute, audience)
    if audience == MEDIATOR:
        return _for_mediator(settlement)
    return _for_others(dispute, settlement, audience)


def check_audience(dispute: Dispute, audience: str) -> None:
    """Refuse an audience that is neither of the two words nor exactly one party.

    Raises
    ------
    UnknownName
        If it names nobody, or a party whose id is one of the two words (H14).
    """
    known = (MEDIATOR, JOINT, *dispute.party_ids)
    if known.count(audience) == 1:
        return
    if audience in known:
        found, remedy = "a party's id that is also an audience's name", "Give the party another id."
    else:
        found = "nobody in this dispute"
        remedy = did_you_mean(audience, known) or "Use one of these."
    expected = f"Known: {', '.join(known[:20])}"
    raise UnknownName(Fault(f"Audience {audience[:80]!r}", found, expected, "H14", remedy))


def about(gain: Fraction, tolerance: Fraction) -> str:
    """Return a gain as a party may see it: to the grain of the tolerance, never finer than 1/20.

    Examples
    --------
    >>> about(Fraction(4, 7), Fraction(1, 20)), about(Fraction(4, 7), Fraction(0))
    ('about 55 %', 'about 55 %')
    """
    return f"about {percent(to_grain(gain, max(tolerance, DEFAULT_TOLERANCE)))} %"


def value_json(value: Value) -> Any:
    """Return one issue's value: an id, a number as text, or each party's fraction."""
    if isinstance(value, str):
        return value
    return numbers_json(value) if isinstance(value, FrozenMap) else fraction_text(value)


def outcome_json(outcome: Mapping[str, Value] | None) -> Json | None:
    """Return an outcome, issue by issue, or None."""
    if outcome is None:
        return None
    return {issue: value_json(value) for issue, value in outcome.items()}


def frontier_json(dispute: Dispute, frontier: Any) -> Json:
    """Return a Pareto frontier with everybody's points and gains. For the mediator only (H14).

    Parameters
    ----------
    frontier
        What the façade's ``frontier`` returned: one outcome and rows of numbers a point, and the
        straight parts between points where something is divided.
    """
    parties = list(frontier.parties)
    points = [
        {
            "outcome": outcome_json(outcome),
            "utilities": _by_party(parties, utilities),
            "gains": _by_party(parties, gains),
            "ties": _count(ties),
        }
        for outcome, utilities, gains, ties in zip(
            frontier.outcomes, frontier.exact_utilities, frontier.gains, frontier.ties, strict=True
        )
    ]
    segments = [
        {
            "first": _by_party(parties, segment.first),
            "second": _by_party(parties, segment.second),
            "first_closed": segment.first_closed,
            "second_closed": segment.second_closed,
            "reached": segment.reached,
        }
        for segment in frontier.segments
    ]
    return {
        "hikiwake": VERSION,
        "audience": MEDIATOR,
        "exactness": frontier.exactness.value,
        "engine": frontier.engine,
        "searched": frontier.searched,
        "parties": parties,
        "points": points,
        "segments": segments,
        "illustrative": dispute.illustrative,
    }


def _for_mediator(settlement: Settlement) -> Json:
    package = settlement.package
    result: Json = {
        **_head(settlement, MEDIATOR),
        "outcome": outcome_json(settlement.outcome),
        "utilities": numbers_json(package.utilities) if package else None,
        "walk_away": numbers_json(settlement.walk_away),
        "ideals": numbers_json(settlement.ideals),
        "gains": numbers_json(package.gains) if package else None,
        "imbalance": _number(settlement.imbalance),
        "ties": _count(settlement.ties),
        "twins": _count(settlement.twins),
        "left_out": sorted(settlement.left_out),
        "conflicts": [_conflict(conflict) for conflict in settlement.conflicts],
        "even_but_dearer": _dearer(settlement.even_but_dearer),
        **_tail(settlement),
    }
    if settlement.direct:
        result["by_lot"] = settlement.by_lot
    if settlement.groups:
        result["groups"] = [_group(group) for group in settlement.groups]
    if settlement.dearer_unknown:
        result["dearer_unknown"] = True
    if settlement.bound is not None:
        bound = settlement.bound
        result["bound"] = {"of": bound.of, "at_most": fraction_text(bound.at_most)}
    return result


def _for_others(dispute: Dispute, settlement: Settlement, audience: str) -> Json:
    own = audience if audience != JOINT else None
    result: Json = {**_head(settlement, audience), "outcome": outcome_json(settlement.outcome)}
    if own is not None:
        walk_away = settlement.walk_away[own]
        result |= {
            **_own(settlement, settlement.package, own),
            "walk_away": fraction_text(walk_away),
            "left_out": own in settlement.left_out,
        }
    result["conflicts"] = [
        _conflict(conflict)
        for conflict in settlement.conflicts
        if all(_may_be_seen(limit, own) for limit in conflict.limits)
    ]
    dearer = settlement.even_but_dearer
    result["even_but_dearer"] = dearer and {
        "outcome": outcome_json(dearer.package.outcome),
        **(_own(settlement, dearer.package, own) if own is not None else {}),
    }
    return result | _tail(settlement)


def _count(count: Count) -> Count | str:
    return f"{count}+" if isinstance(count, AtLeast) else count


def _head(settlement: Settlement, audience: str) -> Json:
    return {
        "hikiwake": VERSION,
        "audience": audience,
        "rule": settlement.rule,
        "status": settlement.status.value,
        "exactness": settlement.exactness.value,
        "engine": settlement.engine,
    }


def _tail(settlement: Settlement) -> Json:
    fewest = settlement.fewest_shares
    asked: Json = {}
    if fewest is not None:
        asked["fewest_shares"] = {"divided": fewest.divided, "certain": fewest.certain}
    certificate = settlement.certificate
    return asked | {
        "certificate": certificate and {"cases": certificate.cases},
        "certificate_reason": settlement.certificate_reason or None,
        "illustrative": settlement.illustrative,
    }


def _own(settlement: Settlement, package: Package | None, party: str) -> Json:
    if package is None:
        return {"utility": None, "gain": None}
    gain = package.gains[party]
    return {
        "utility": fraction_text(package.utilities[party]),
        "gain": None if gain is None else about(gain, settlement.tolerance),
    }


def _may_be_seen(limit: Limit, own: str | None) -> bool:
    return limit.kind == "rule" or (own is not None and limit.party == own)


def _conflict(conflict: Conflict) -> Json:
    limits = [
        {"kind": limit.kind, "party": limit.party, "place": limit.place}
        for limit in conflict.limits
    ]
    return {"limits": limits, "smallest": conflict.smallest}


def _dearer(found: EvenButDearer | None) -> Json | None:
    if found is None:
        return None
    return {
        "outcome": outcome_json(found.package.outcome),
        "utilities": numbers_json(found.package.utilities),
        "gains": numbers_json(found.package.gains),
        "imbalance": _number(found.package.imbalance),
        "costs": numbers_json(found.costs),
    }


def _group(group: GroupShares) -> Json:
    return {
        "group": group.group,
        "shares": numbers_json(group.shares),
        "imbalance": _number(group.imbalance),
        "even": group.even,
    }


def ties_json(settlement: Settlement) -> Json:
    """Return the listed ties and twins, for the mediator: everybody's points are in them."""
    listed: Json = {
        "tied": [outcome_json(outcome) for outcome in settlement.tied],
        "mirrors": [_listed(package) for package in settlement.mirrors],
    }
    if settlement.direct:
        listed["lots"] = [_listed(package) for package in settlement.lots]
    return listed


def _listed(package: Package) -> Json:
    return {
        "outcome": outcome_json(package.outcome),
        "utilities": numbers_json(package.utilities),
        "gains": numbers_json(package.gains),
    }


def _by_party(parties: Sequence[str], numbers: Sequence[Fraction | None]) -> dict[str, str | None]:
    return {party: _number(number) for party, number in zip(parties, numbers, strict=True)}


def numbers_json(numbers: Mapping[str, Fraction | None] | Mapping[str, Fraction]) -> Json:
    """Return numbers by party as texts, None where there is none."""
    return {key: _number(number) for key, number in numbers.items()}


def _number(number: Fraction | None) -> str | None:
    return None if number is None else fraction_text(number)
