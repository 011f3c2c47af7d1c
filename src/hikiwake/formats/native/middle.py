"""The numbers that count where answers are unsure together: the middle of what is allowed (H29)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hikiwake.errors import Fault
from hikiwake.formats.native.findings import Findings, Place, owner, path_text
from hikiwake.formats.native.syntax import Tree
from hikiwake.model import Answer, Preference
from hikiwake.solvers.regions import Conflict, Part, centre, parts_of

MAX_LINKED = 30
MAX_LIMITS = 120


def with_middle(
    own: Preference, places: Sequence[Place], tree: Tree, findings: Findings
) -> Preference:
    """Return a preference in which linked answers are the middle of what is allowed.

    Parameters
    ----------
    places
        Where each order stands, then where each constraint does.
    """
    given = own.answers()
    spots = {answer: place for place, answer in enumerate(given)}
    spans = [own.ranges.get(answer, (number, number)) for answer, number in given.items()]
    sizes = [*(len(ranking) - 1 for ranking in own.ranks), *(1 for _ in own.constraints)]
    said = [n for n, size in enumerate(sizes) for _ in range(size)]
    sources: list[int] = []
    limits: list[tuple[dict[int, Fraction], Fraction]] = []
    for n, relation in zip(said, own.relations, strict=True):
        for weights, most in relation.limits():
            sources.append(n)
            limits.append(({spots[a]: weight for a, weight in weights.items()}, most))
    numbers: dict[Answer, Fraction] = {}
    answers = list(given)
    for part in parts_of(spans, limits):
        if len(part.places) > MAX_LINKED or len(part.limits) > MAX_LIMITS:
            findings.add(_too_many(part, places[0], tree))
            continue
        try:
            middle = centre(part.region)
        except Conflict as conflict:
            broken = sorted({sources[part.limits[k]] for k in conflict.limits})
            findings.add(_conflict([places[n] for n in broken], tree))
            continue
        numbers |= {answers[j]: x for j, x in zip(part.places, middle, strict=True)}
    counted = own.with_answers(numbers)
    return replace(counted, ranges=own.ranges, ranks=own.ranks, constraints=own.constraints)


def _conflict(places: Sequence[Place], tree: Tree) -> Fault:
    named = [_words(place) for place in places]
    one, together = len(named) == 1, "both" if len(named) == 2 else "all"
    listed = f"{', '.join(named[:-1])} and {named[-1]}"
    return Fault(
        owner(places[0][:2], tree),
        f"{named[0]} cannot hold" if one else f"{listed} cannot {together} hold",
        "Numbers, within the ranges, that keep every order and constraint",
        "H29",
        "Widen a range, or change " + ("it." if one else "one of them."),
        path_text(places[0]),
    )


def _words(place: Place) -> str:
    one = {"constraints": "constraint", "ranks": "ranking"}[str(place[2])]
    return f"{one} {place[-1] + 1}" if isinstance(place[-1], int) else f"the {one}"


def _too_many(part: Part, place: Place, tree: Tree) -> Fault:
    return Fault(
        owner(place[:2], tree),
        f"{len(part.places)} answers, {len(part.limits)} relations, all linked to each other",
        f"At most {MAX_LINKED} answers and {MAX_LIMITS} relations that hang together",
        "H16",
        "Give numbers for some of the answers.",
        path_text(place[:3]),
    )
