"""What is offered beside a settlement, as JSON-ready values: alternatives to choose from."""

from __future__ import annotations

from fractions import Fraction

from hikiwake.findings.offers import Alternative, Alternatives, Difference, Equity, Offer
from hikiwake.formats.results.settled import (
    JOINT,
    MEDIATOR,
    VERSION,
    Json,
    about,
    numbers_json,
    outcome_json,
    value_json,
)
from hikiwake.numeric import fraction_text
from hikiwake.settlement import AtLeast


def alternatives_json(found: Alternatives, audience: str) -> Json:
    """Return packages to choose from as the object that ``alternatives --json`` prints.

    Parameters
    ----------
    audience
        ``"mediator"``, ``"joint"``, or a party's id, as for a settlement (H14).
    """
    result: Json = {
        "hikiwake": VERSION,
        "audience": audience,
        "status": found.status.value,
        "agreed": outcome_json(found.agreed),
        "within": fraction_text(found.within),
        "packages": [_package(found, package, audience) for package in found.packages],
    }
    if audience == MEDIATOR:
        ties = found.ties
        offers = found.equal_worth.items()
        result |= {
            "walk_away": numbers_json(found.walk_away),
            "ideals": numbers_json(found.ideals),
            "ties": f"{ties}+" if isinstance(ties, AtLeast) else ties,
            "considered": found.considered,
            "complete": found.complete,
            "exhaustive": found.exhaustive,
            "apart": fraction_text(found.apart),
            "wider": _number(found.wider),
            "equal_worth": {party: [_offer(offer) for offer in own] for party, own in offers},
            "equity": found.equity and _equity(found.equity),
        }
    elif audience != JOINT:
        own = found.equal_worth.get(audience, ())
        result |= {
            "walk_away": fraction_text(found.walk_away[audience]),
            "equal_worth": [_own_offer(offer, audience) for offer in own],
        }
    return result | {"illustrative": found.illustrative}


def _package(found: Alternatives, other: Alternative, audience: str) -> Json:
    package = other.package
    result: Json = {
        "outcome": outcome_json(package.outcome),
        "draw": other.draw,
        "tie": other.tie,
    }
    if audience == MEDIATOR:
        return result | {
            "utilities": numbers_json(package.utilities),
            "gains": numbers_json(package.gains),
            "imbalance": _number(package.imbalance),
            "short": fraction_text(other.short),
            "costs": numbers_json(other.costs),
            "differences": [_difference(d) for d in other.differences],
            "together": numbers_json(other.together),
        }
    if audience == JOINT:
        return result
    gain = package.gains[audience]
    return result | {
        "utility": fraction_text(package.utilities[audience]),
        "gain": None if gain is None else about(gain, found.tolerance),
        "differences": [
            {"issue": d.issue, "effect": fraction_text(d.effects[audience])}
            for d in other.differences
        ],
    }


def _difference(found: Difference) -> Json:
    return {
        "issue": found.issue,
        "before": value_json(found.before),
        "after": value_json(found.after),
        "effects": numbers_json(found.effects),
    }


def _offer(offer: Offer) -> Json:
    return {
        "outcome": outcome_json(offer.outcome),
        "utilities": numbers_json(offer.utilities),
        "acceptable": offer.acceptable,
    }


def _own_offer(offer: Offer, party: str) -> Json:
    return {
        "outcome": outcome_json(offer.outcome),
        "utility": fraction_text(offer.utilities[party]),
    }


def _equity(found: Equity) -> Json:
    return {
        "product": _number(found.product),
        "best_product": _number(found.best_product),
        "bounded": found.bounded,
        "product_ratio": _number(found.product_ratio),
        "total": _number(found.total),
        "best_total": _number(found.best_total),
        "total_ratio": _number(found.total_ratio),
    }


def _number(number: Fraction | None) -> str | None:
    return None if number is None else fraction_text(number)
