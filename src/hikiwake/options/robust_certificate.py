"""What a small program needs to establish anew that a package is a draw whatever the sides meant.

The form, and what it claims, stand in docs/reference/robust-certificate.md; the small program is
``proof/robust_checker.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from hikiwake.findings.sureness import Robustness
from hikiwake.model import Answer, Condition, Dispute, Outcome, Preference
from hikiwake.options.guessed_draws import Reach, hopes, reach
from hikiwake.options.guessed_gains import accepted
from hikiwake.options.guesses import Box, away_weights, guesses, weights_of
from hikiwake.options.robustness import sets_of
from hikiwake.settlement import Settlement
from hikiwake.solvers.regions import reach as reached

VERSION = 1

Json = Any


def robust_certificate(
    dispute: Dispute, settlement: Settlement, found: Robustness
) -> dict[str, Json] | None:
    """Return the certificate of how far a draw holds, JSON-ready. It holds everybody's points.

    It claims a draw for all answers in the ranges, where that holds, and for errors up to the
    radius; None if neither is proved.
    """
    listed = guesses(dispute)
    package = listed.outcomes.index(found.outcome)
    wanted = [(found.error, True)] if found.holds else []
    wanted += [(found.radius, False)] if found.radius else []
    if not wanted:
        return None
    stated = robust_statement(dispute, found.outcome)
    ways = [tuple(_place(dispute, i.id, o[i.id]) for i in dispute.issues) for o in listed.outcomes]
    claims: list[Json] = []
    for error, ranges in wanted:
        boxes = sets_of(listed, settlement, error, own_ranges=ranges)
        known = reach(listed, boxes, package)
        assert known.proved
        sides = list(_sides(boxes, known, package, ways))
        claims.append({"error": str(error), "ranges": ranges, "sides": sides})
    return {"hikiwake_robust": VERSION, "dispute": stated, "claims": claims}


def _sides(
    boxes: Sequence[Box], known: Reach, package: int, ways: Sequence[tuple[int, ...]]
) -> list[Json]:
    """Return what proves a claim, side by side.

    The sets remember every line that the proof asked about; the multipliers are for these.
    """
    surely, _ = accepted(boxes, package)
    made: list[Json] = []
    for box, few, least, most in zip(boxes, surely, known.least, known.most, strict=True):
        assert least is not None
        _ask(box, package, most.mixture)
        made.append(
            {
                "least": str(least.gain),
                "most": [[list(ways[n]), str(weight)] for n, weight in most.mixture],
                "hopes": [list(ways[n]) for n in hopes(box, few)],
                "multipliers": [
                    [
                        [[str(c) for c in line], [str(y) for y in multipliers]]
                        for line in sorted(one.lines)
                        if any(multipliers := reached(one.region, line).multipliers)
                    ]
                    for one in box.linked
                ],
            }
        )
    return made


def _ask(box: Box, package: int, mixture: Sequence[tuple[int, Fraction]]) -> None:
    """Ask about the line by which a mixture of packages bounds the greatest gain."""
    rows = box.side.rows
    unit = lcm(*(weight.denominator for _, weight in mixture))
    line = unit * rows[package]
    for n, weight in mixture:
        line = line - int(weight * unit) * rows[n]
    assert box.most(np.array([line], dtype=object))[0] <= 0


def robust_statement(dispute: Dispute, outcome: Outcome | None = None) -> dict[str, Json]:
    """Return what a certificate speaks of: who answered what, and the package, if there is one."""
    never = [rule.never for rule in dispute.rules]
    never += [line.never for own in dispute.preferences.values() for line in own.red_lines]
    return {
        "parties": list(dispute.party_ids),
        "tolerance": str(dispute.tolerance),
        "price": str(dispute.price),
        "issues": [
            {"id": issue.id, "options": [str(way) for way in dispute.decisions_of(issue) or ()]}
            for issue in dispute.issues
        ],
        "never": [_condition(dispute, one) for one in never],
        "sides": [_side(dispute, dispute.preferences[party]) for party in dispute.party_ids],
        "package": outcome and [_place(dispute, i.id, outcome[i.id]) for i in dispute.issues],
    }


def _side(dispute: Dispute, own: Preference) -> dict[str, Json]:
    given = own.answers()
    places = {answer: place for place, answer in enumerate(given)}

    def pairs(weights: Mapping[Answer, Fraction]) -> list[Json]:
        return [[places[answer], str(weight)] for answer, weight in weights.items() if weight]

    spans = (own.ranges.get(answer) for answer in given)
    return {
        "answers": [
            [str(number), span and [str(end) for end in span]]
            for number, span in zip(given.values(), spans, strict=True)
        ],
        "points": [
            [pairs(_of_issue(own, issue.id, way)) for way in dispute.decisions_of(issue) or ()]
            for issue in dispute.issues
        ],
        "bonuses": [
            [places[Answer("bonus", place=n)], _condition(dispute, bonus.when)]
            for n, bonus in enumerate(own.bonuses, start=1)
        ],
        "walk_away": pairs(away_weights(dispute, own)),
        "limits": [
            [pairs(weights), str(most)]
            for relation in own.relations
            for weights, most in relation.limits()
        ],
    }


def _of_issue(own: Preference, issue: str, way: Any) -> dict[Answer, Fraction]:
    found = weights_of(own, {issue: way})
    return {answer: weight for answer, weight in found.items() if answer.of == "issue"}


def _condition(dispute: Dispute, condition: Condition) -> list[Json]:
    """Return the places of issues, each with the places of the decisions that it names."""
    found: list[Json] = []
    for place, issue in enumerate(dispute.issues):
        if issue.id in condition.tests:
            ways = dispute.decisions_of(issue) or ()
            test = condition.tests[issue.id]
            found.append([place, [n for n, way in enumerate(ways) if test.holds(way)]])
    return found


def _place(dispute: Dispute, issue: str, decided: Any) -> int:
    return (dispute.decisions_of(dispute.issue(issue)) or ()).index(decided)
