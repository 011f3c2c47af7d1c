"""What a small program needs to establish anew that a package is a draw whatever the sides meant.

The form, and what it claims, stand in docs/reference/robust-certificate.md; the small program is
``proof/robust_checker.py``. Where packages are too many to be listed, or have no end, it is a
certificate by cases instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm, prod
from typing import Any

import numpy as np

from hikiwake.findings.sureness import Robustness
from hikiwake.model import Answer, Condition, Dispute, Outcome, Preference
from hikiwake.options.guessed_draws import Reach, hopes
from hikiwake.options.guessed_gains import accepted
from hikiwake.options.guessed_groups import evenness
from hikiwake.options.guessed_lists import walk_away_weights, weights
from hikiwake.options.guessed_packages import listed
from hikiwake.options.guesses import Box
from hikiwake.options.robust_trees import claimed, tree_certificate
from hikiwake.options.robustness import sets_of
from hikiwake.settlement import Settlement
from hikiwake.solvers.regions import reach as reached

VERSION = 1
MAX_PACKAGES = 10_000

Json = Any


def lists_all(dispute: Dispute) -> bool:
    """Tell whether a certificate of a dispute is one that lists all packages."""
    if any(group.not_for_trade for group in dispute.groups):
        return False
    ways = [dispute.decisions_of(issue) for issue in dispute.issues]
    return None not in ways and prod(len(way) for way in ways if way) <= MAX_PACKAGES


def robust_certificate(
    dispute: Dispute, settlement: Settlement, found: Robustness
) -> dict[str, Json] | None:
    """Return the certificate of how far a draw holds, JSON-ready. It holds everybody's points.

    It claims a draw for all answers in the ranges, where that holds, and for errors up to the
    radius; None if neither is proved.

    Raises
    ------
    Unproved
        If packages cannot be listed, and no proof by cases was found that is small enough.
    """
    if not lists_all(dispute):
        return tree_certificate(dispute, settlement, found)
    ground = listed(dispute, found.outcome)
    wanted = claimed(found)
    if not wanted:
        return None
    stated = robust_statement(dispute, found.outcome)
    every = ground.found.outcomes
    ways = [tuple(_place(dispute, i.id, own[i.id]) for i in dispute.issues) for own in every]
    claims: list[Json] = []
    for error, ranges in wanted:
        boxes = sets_of(ground, settlement, error, own_ranges=ranges)
        known = ground.reach(boxes)
        assert known.proved
        sides = _sides(boxes, known, ground.package, ways)
        claims.append({"error": str(error), "ranges": ranges, "sides": sides})
    return {"hikiwake_robust": VERSION, "dispute": stated, "claims": claims}


def _sides(
    boxes: Sequence[Box], known: Reach, package: int, ways: Sequence[tuple[int, ...]]
) -> list[Json]:
    """Return what proves a claim, side by side.

    The sets remember every line that the proof asked about; the multipliers are for these.
    """
    surely, _ = accepted(boxes, package, evenness((), boxes, len(ways)))
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
    """Return what a certificate speaks of: who answered what, and the package, if there is one.

    Groups that are not for trade are named, so that no certificate speaks of a dispute with one.
    """
    never = [rule.never for rule in dispute.rules]
    never += [line.never for own in dispute.preferences.values() for line in own.red_lines]
    groups = [group.id for group in dispute.groups if group.not_for_trade]
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
        **({"not_for_trade": groups} if groups else {}),
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
        "walk_away": pairs(walk_away_weights(dispute, own)),
        "limits": [
            [pairs(weights), str(most)]
            for relation in own.relations
            for weights, most in relation.limits()
        ],
    }


def _of_issue(own: Preference, issue: str, way: Any) -> dict[Answer, Fraction]:
    found = weights(own, {issue: way})
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
