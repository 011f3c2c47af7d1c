"""How a package stands, as JSON-ready values: each audience gets what it may see (H14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from fractions import Fraction
from typing import Any

from hikiwake.findings.talks import (
    Exposure,
    Hiding,
    Look,
    OwnLook,
    Repair,
    Repairs,
    Room,
    Talks,
    Word,
)
from hikiwake.formats.results.settled import MEDIATOR, VERSION, Json, outcome_json
from hikiwake.model import WALK_AWAY, Answer
from hikiwake.numeric import fraction_text
from hikiwake.settlement import Limit, Package


def grid_json(hiding: Hiding) -> Json:
    """Return the grid of what might be hidden: all may read it, for refusals rest on it."""
    return {one.name: fraction_text(getattr(hiding, one.name)) for one in fields(Hiding)}


def look_json(look: Look, repairs: Repairs) -> Json:
    """Return how a package stands as ``adjust --json`` prints it. For the mediator only (H14)."""
    return {
        "hikiwake": VERSION,
        "audience": MEDIATOR,
        "possible": look.possible,
        "draw": look.draw,
        **_package(look.package),
        "costs": _numbers(look.costs),
        "broken": [_limit(limit) for limit in look.broken],
        "uneven_groups": list(look.uneven_groups),
        "better": None if look.better is None else _package(look.better),
        "repairs": {
            "possible": _repair(repairs.possible),
            "possible_sought": repairs.possible_sought,
            "draw": _repair(repairs.draw),
            "draw_sought": repairs.draw_sought,
        },
    }


def own_look_json(look: OwnLook) -> Json:
    """Return how a package stands for one party, from public data and its own alone."""
    return {
        "hikiwake": VERSION,
        "audience": look.party,
        "outcome": outcome_json(look.outcome),
        "utility": fraction_text(look.utility),
        "walk_away": fraction_text(look.walk_away),
        "most": fraction_text(look.most),
        "own_gain": _number(look.gain),
        "broken": [_limit(limit) for limit in look.broken],
    }


def words_json(talks: Talks) -> Json:
    """Return what all sides were told, and how many words are left: all may read it."""
    return {
        "round": talks.round,
        "rounds": talks.budget.rounds,
        "words_left": talks.words_left,
        "grid": grid_json(talks.budget.hiding),
        "told": [
            {"round": t.round, "outcome": outcome_json(t.outcome), "word": t.word.value}
            for t in talks.told
        ],
    }


def disclosure_json(exposures: tuple[Exposure, ...], room: Room) -> Json:
    """Return what the sides can still hold possible. For the mediator only (H14)."""
    return {
        "least_left": _number(room.least),
        "risk": _number(room.risk),
        "keep": fraction_text(room.keep),
        "refused": room.refused,
        "exposures": [
            {
                "party": exposure.party,
                "observers": list(exposure.observers),
                "before": exposure.before,
                "left": exposure.left,
                "drawn": exposure.drawn,
                "fitting": exposure.fitting,
                "spread": {word.value: exposure.spread.get(word, 0) for word in Word},
                "cells": exposure.cells,
                "finer": None if exposure.finer is None else fraction_text(exposure.finer.step),
                "texts_counted": exposure.texts_counted,
                "walk_away": _hidden(exposure, WALK_AWAY) if exposure.bounds else None,
                "points": [
                    {
                        "issue": answer.issue,
                        **({"value": answer.value} if answer.value else {}),
                        **({"place": answer.place} if answer.place else {}),
                        **_hidden(exposure, answer),
                    }
                    for answer in exposure.bounds
                    if answer != WALK_AWAY
                ],
            }
            for exposure in exposures
        ],
    }


def _hidden(exposure: Exposure, answer: Answer) -> Json:
    """Return what one number can be at most, and what surely it still can be."""
    sure, bound = exposure.sure.get(answer), exposure.bounds[answer]
    return {
        "from": fraction_text(bound.low),
        "to": fraction_text(bound.high),
        "sure": None if sure is None else [fraction_text(sure.low), fraction_text(sure.high)],
    }


def _package(package: Package) -> Json:
    return {
        "outcome": outcome_json(package.outcome),
        "utilities": _numbers(package.utilities),
        "gains": _numbers(package.gains),
        "imbalance": _number(package.imbalance),
    }


def _repair(repair: Repair | None) -> Json | None:
    if repair is None:
        return None
    return {"issues": list(repair.issues), **_package(repair.package)}


def _limit(limit: Limit) -> Json:
    return {"kind": limit.kind, "party": limit.party, "place": limit.place}


def _numbers(numbers: Mapping[str, Fraction | None] | Mapping[str, Fraction]) -> dict[str, Any]:
    return {party: _number(number) for party, number in numbers.items()}


def _number(number: Fraction | None) -> str | None:
    return None if number is None else fraction_text(number)
