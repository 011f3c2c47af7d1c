"""What is asked for beside a settlement, as JSON-ready values."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from hikiwake.formats.results.settled import JOINT, MEDIATOR, VERSION, Json, about, outcome_json
from hikiwake.numeric import fraction_text
from hikiwake.settlement import AgendaChange, Measured, Partial, PartialAgreement, Power


def power_json(power: Power | None) -> Json:
    """Return where the power lies, under its key. For the mediator only (H14)."""
    return {"power": None if power is None else _power(power)}


def _power(power: Power) -> Json:
    return {
        "private_limit": power.private_limit,
        "before_lines": _measured(power.before_lines),
        "from_equal": _measured(power.from_equal),
        "today": _numbers(power.today),
        "today_favours": sorted(power.today_favours),
        "agenda": [_change(change) for change in power.agenda],
        "dropped": power.dropped,
        "unused": power.unused,
    }


def _measured(measured: Measured) -> Json:
    return {
        "zeros": _numbers(measured.zeros),
        "ideals": _numbers(measured.ideals),
        "gains": _numbers(measured.gains),
        "imbalance": _number(measured.imbalance),
        "ahead": sorted(measured.ahead),
    }


def _change(change: AgendaChange) -> Json:
    return {
        "issue": change.issue,
        "option": change.option,
        "status": change.status.value,
        "outcome": outcome_json(change.package.outcome),
        "utilities": _numbers(change.package.utilities),
        "gains": _numbers(change.package.gains),
        "hoped_by": sorted(change.hoped_by),
    }


def partial_json(found: Partial, audience: str) -> Json:
    """Return partial agreements as the object that ``--partial --json`` prints, for one audience.

    Parameters
    ----------
    audience
        ``"mediator"``, ``"joint"``, or a party's id, as for a settlement (H14).
    """
    result: Json = {
        "hikiwake": VERSION,
        "audience": audience,
        "rule": found.rule,
        "whole": found.whole.value,
        "found": found.found,
        "complete": found.complete,
    }
    if audience == MEDIATOR:
        result |= {"tried": found.tried, "walk_away": _numbers(found.walk_away)}
    elif audience != JOINT:
        result["walk_away"] = fraction_text(found.walk_away[audience])
    agreements = [_agreement(found, agreement, audience) for agreement in found.agreements]
    return result | {"agreements": agreements, "illustrative": found.illustrative}


def _agreement(found: Partial, agreement: PartialAgreement, audience: str) -> Json:
    package = agreement.package
    result: Json = {
        "settled": list(agreement.settled),
        "open": list(agreement.open),
        "outcome": outcome_json(package.outcome),
    }
    if audience == MEDIATOR:
        return result | {
            "utilities": _numbers(package.utilities),
            "ideals": _numbers(agreement.ideals),
            "gains": _numbers(package.gains),
            "imbalance": _number(package.imbalance),
            "ties": agreement.ties,
            "twins": agreement.twins,
        }
    if audience == JOINT:
        return result
    gain = package.gains[audience]
    return result | {
        "utility": fraction_text(package.utilities[audience]),
        "gain": None if gain is None else about(gain, found.tolerance),
    }


def _numbers(numbers: Mapping[str, Fraction | None] | Mapping[str, Fraction]) -> dict[str, Any]:
    return {party: _number(number) for party, number in numbers.items()}


def _number(number: Fraction | None) -> str | None:
    return None if number is None else fraction_text(number)
