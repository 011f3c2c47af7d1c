"""How sure a package is, as JSON-ready values: each audience gets what it may see (H14)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from hikiwake.findings.sureness import GainSpan, Robustness, SmallestRegret
from hikiwake.formats.results.settled import JOINT, MEDIATOR, VERSION, Json, about, outcome_json
from hikiwake.model import Answer
from hikiwake.numeric import fraction_text


def robustness_json(found: Robustness | None, audience: str) -> Json:
    """Return how sure a package is as the object that ``robustness --json`` prints.

    Parameters
    ----------
    audience
        ``"mediator"``, ``"joint"``, or a party's id, as for a settlement.
    """
    result: Json = {"hikiwake": VERSION, "audience": audience}
    if found is None:
        return result | {"status": "no_agreement", "outcome": None}
    result |= {
        "status": found.status.value,
        "outcome": outcome_json(found.outcome),
        "coarse_radius": fraction_text(found.coarse_radius),
        "illustrative": found.illustrative,
        "cut_short": found.cut_short,
    }
    if audience == MEDIATOR:
        return result | _for_mediator(found)
    return result if audience == JOINT else result | _for_party(found, audience)


def _for_mediator(found: Robustness) -> Json:
    sampled = found.sampled
    return {
        "error": fraction_text(found.error),
        "ranges": dict(found.ranges),
        "relations": dict(found.relations),
        "holds": found.holds,
        "sampled": {
            "draws": sampled.draws,
            "of": sampled.of,
            "low": fraction_text(sampled.low),
            "high": fraction_text(sampled.high),
            "seed": sampled.seed,
        },
        "uneven_groups": [*found.uneven_groups],
        "radius": fraction_text(found.radius),
        "fails": _number(found.fails),
        "step": fraction_text(found.step),
        "given": _numbers(found.given),
        "gains": {party: _span(span) for party, span in found.gains.items()},
        "influences": [
            {
                "party": one.party,
                **_answer(one.answer),
                "imbalance": [_number(end) for end in one.imbalance],
                "own": [_number(end) for end in one.own],
            }
            for one in found.influences
        ],
        "smallest_regret": _smallest(found.smallest_regret),
        "certificate": found.certificate and {"cases": found.certificate.cases},
        "certificate_reason": found.certificate_reason,
    }


def _for_party(found: Robustness, party: str) -> Json:
    span = found.own.get(party)

    def grained(gain: Fraction | None) -> str | None:
        return None if gain is None else about(gain, found.tolerance)

    return {
        "ranges": found.ranges[party],
        "relations": found.relations[party],
        "own_gain": span and {"least": grained(span.least), "most": grained(span.most)},
        "influences": [
            {**_answer(one.answer), "own": [grained(end) for end in one.own]}
            for one in sorted(found.influences, key=lambda one: one.answer)
            if one.party == party
        ],
    }


def _span(span: GainSpan) -> Json:
    return {
        "least": _number(span.least),
        "most": fraction_text(span.most),
        "worst_regret": _number(span.worst_regret),
        "worst_regret_at_least": _number(span.regret_at_least),
        "exactness": "exact" if span.exact else "bounded",
    }


def _smallest(least: SmallestRegret | None) -> Json | None:
    if least is None:
        return None
    regrets = _numbers(least.regrets)
    return {
        "outcome": outcome_json(least.outcome),
        "regrets": regrets,
        "of": least.of,
        "at_least": fraction_text(least.at_least),
    }


def _answer(answer: Answer) -> Json:
    place = {"place": answer.place} if answer.place else {}
    return {"of": answer.of, "issue": answer.issue, "value": answer.value, **place}


def _numbers(numbers: Mapping[str, Fraction | None] | Mapping[str, Fraction]) -> dict[str, Any]:
    return {name: _number(number) for name, number in numbers.items()}


def _number(number: Fraction | None) -> str | None:
    return None if number is None else fraction_text(number)
