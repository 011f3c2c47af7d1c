"""What misstating could gain, as JSON-ready values; without names unless asked for (H14)."""

from __future__ import annotations

from fractions import Fraction

from hikiwake.findings.honesty import Honesty, Knowing, Misstating, Prospect, Unknowing
from hikiwake.formats.results.settled import MEDIATOR, VERSION, Json, about
from hikiwake.numeric import DEFAULT_TOLERANCE, fraction_text


def honesty_json(found: Honesty | None, audience: str, named: bool = False) -> Json:
    """Return what misstating could gain as the object that ``robustness --honesty`` prints.

    Parameters
    ----------
    audience
        ``"mediator"``, ``"joint"``, or a party's id. All but the mediator get the same.
    named
        Whether the mediator is told whose is whose.
    """
    result: Json = {"hikiwake": VERSION, "audience": audience}
    if found is None:
        return result | {"status": "no_agreement"}
    result["illustrative"] = found.illustrative
    if audience != MEDIATOR:
        return result | _for_all(found)
    sides = [_named(side) if named else _unnamed(side) for side in found.sides]
    return result | {"seed": found.seed, "left_out": found.left_out, "sides": sides}


def _for_all(found: Honesty) -> Json:
    unknowing = found.most_unknowing
    return {
        "more_by_points": about(found.more_by_points, DEFAULT_TOLERANCE),
        "proved": found.proved,
        "unknowing": None
        if unknowing is None
        else {
            "more": about(max(unknowing.advantage, Fraction(0)), DEFAULT_TOLERANCE),
            "without_by_truth": about(unknowing.truth.without, DEFAULT_TOLERANCE),
            "without": about(unknowing.best.without, DEFAULT_TOLERANCE),
        },
    }


def _unnamed(side: Misstating) -> Json:
    points, unknowing = side.points, side.unknowing
    return {
        "more_by_points": fraction_text(points.most - side.truth),
        "at_most": fraction_text(points.at_most - side.truth),
        "exactness": points.exactness.value,
        "without": _without(points.risk),
        "without_overstating": _without(side.overstating.risk),
        "unknowing": None
        if unknowing is None
        else {
            "more": fraction_text(unknowing.advantage),
            "margin": fraction_text(unknowing.margin),
            "without_by_truth": _without(unknowing.truth),
            "without": _without(unknowing.best),
        },
    }


def _named(side: Misstating) -> Json:
    return {
        "party": side.party,
        "truth": fraction_text(side.truth),
        "points": _knowing(side.points),
        "overstating": _knowing(side.overstating),
        "unknowing": None if side.unknowing is None else _unknowing(side.unknowing),
    }


def _knowing(knowing: Knowing) -> Json:
    return {
        "most": fraction_text(knowing.most),
        "at_most": fraction_text(knowing.at_most),
        "exactness": knowing.exactness.value,
        "risk": None if knowing.risk is None else _prospect(knowing.risk),
    }


def _unknowing(unknowing: Unknowing) -> Json:
    return {
        "truth": _prospect(unknowing.truth),
        "best": _prospect(unknowing.best),
        "margin": fraction_text(unknowing.margin),
        "exactness": "sampled",
        "draws": unknowing.draws,
        "of": unknowing.of,
    }


def _prospect(prospect: Prospect) -> Json:
    return {
        "expected": fraction_text(prospect.expected),
        "worst": fraction_text(prospect.worst),
        "without": fraction_text(prospect.without),
    }


def _without(prospect: Prospect | None) -> str | None:
    return None if prospect is None else fraction_text(prospect.without)
