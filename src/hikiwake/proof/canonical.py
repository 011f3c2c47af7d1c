"""The canonical form of a dispute: integers and indices as a text that everybody writes alike.

What it is is said in ``docs/reference/certificate.md``. A certificate is bound to it by its hash,
never to a file that somebody wrote.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import product
from math import gcd
from typing import Any

from hikiwake.model import FrozenMap, Outcome, Value
from hikiwake.pareto.compiled import Compiled
from hikiwake.pareto.segments import Segment
from hikiwake.proof.cells import Pieces
from hikiwake.solvers.problem import Clause
from hikiwake.solvers.solution import Taken

Json = Any
Option = int | list[Json]
Options = list[list[tuple[Json, Sequence[Fraction | int]]]]  # corners: label, points

_WRITTEN_OUT = 2**53 - 1


def number(value: Fraction | int) -> int | str:
    """Return a number as certificates hold it: short integers as such, all else as a text.

    Examples
    --------
    >>> number(3), number(Fraction(6, 4)), number(-(2**60))
    (3, '3/2', '-1152921504606846976')
    """
    exact = Fraction(value)
    if exact.denominator != 1 or abs(exact) > _WRITTEN_OUT:
        return str(exact)
    return exact.numerator


def canonical_bytes(value: Json) -> bytes:
    """Return a value's canonical JSON (RFC 8785), for values without floats."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def hash_of(value: Json) -> str:
    """Return the SHA-256 of the canonical form, in lower-case hexadecimal."""
    return sha256(canonical_bytes(value)).hexdigest()


def canonical_dispute(compiled: Compiled) -> dict[str, Json]:
    """Return the canonical form of a dispute, each party's points in its smallest unit.

    Raises
    ------
    TooManyPieces
        If conditions cut a share into too many pieces.
    """
    dispute, problem = compiled.dispute, compiled.problem
    parties = {party: i for i, party in enumerate(dispute.party_ids)}
    places = {issue: k for k, issue in enumerate((*compiled.whole, *compiled.shared))}
    pieces = [Pieces(problem, s) for s in range(len(problem.shares))]
    issues = [
        *(_ways(compiled, k) for k in range(len(compiled.whole))),
        *(_divided(compiled, s, own) for s, own in enumerate(pieces)),
    ]
    rows = [row for options in issues for option in options for _, row in option]
    divisors = _divisors(compiled, rows)

    def reduced(points: Sequence[Fraction | int]) -> list[int | str]:
        return [number(Fraction(p) / by) for p, by in zip(points, divisors, strict=True)]

    never = zip(compiled.limits[: len(problem.never)], problem.never, strict=True)
    return {
        "hikiwake_dispute": 1,
        "parties": list(parties),
        "units": reduced(compiled.units),
        "walk_away": reduced([int(floor or 0) for floor in problem.floors]),
        "tolerance": number(dispute.tolerance),
        "price": number(dispute.price),
        "issues": [
            {
                "id": issue,
                "options": [
                    [[label, *reduced(row)] for label, row in option] for option in options
                ],
            }
            for issue, options in zip((*compiled.whole, *compiled.shared), issues, strict=True)
        ],
        "never": [
            {
                "party": parties.get(limit.party or "") if limit.kind == "red_line" else None,
                "place": limit.place,
                "when": _condition(clause, len(compiled.whole), pieces),
            }
            for limit, clause in never
        ],
        "bonuses": [
            {
                "party": extra.party,
                "points": number(Fraction(extra.points, divisors[extra.party])),
                "when": _condition(extra.when, len(compiled.whole), pieces),
            }
            for extra in problem.extras
            if extra.points
        ],
        "groups": [
            {"id": group.id, "issues": sorted(places[issue] for issue in group.issues)}
            for group in dispute.groups
            if group.not_for_trade
        ],
    }


def _divisors(compiled: Compiled, rows: Iterable[Sequence[Fraction | int]]) -> list[int]:
    """Return for each party by what all its integers can be divided."""
    found = list(compiled.units)
    for row in (*rows, [int(floor or 0) for floor in compiled.problem.floors]):
        found = [gcd(one, int(other)) for one, other in zip(found, row, strict=True)]
    for extra in compiled.problem.extras:
        found[extra.party] = gcd(found[extra.party], extra.points)
    return found


def _ways(compiled: Compiled, k: int) -> Options:
    """Return the options of an issue that is not divided: the ends of an amount's segments."""
    points = compiled.problem.points[k]
    slopes = {slope.issue: slope for slope in compiled.problem.slopes}
    ways = compiled.decisions[k]
    if k not in slopes:
        return [[(_label(way), row)] for way, row in zip(ways, points, strict=True)]
    found: Options = []
    for way, row, change in zip(ways, points, slopes[k].changes, strict=True):
        assert isinstance(way, Segment)
        other = [p + c for p, c in zip(row, change, strict=True)]
        found.append([(number(way.start), row), (number(way.end), other)])
    return found


def _label(way: Value | Segment) -> int | str:
    if isinstance(way, str):
        return way
    assert isinstance(way, Fraction)
    return number(way)


def _divided(compiled: Compiled, s: int, pieces: Pieces) -> Options:
    """Return the options of a share: the corners of its pieces, with what everybody gets there."""
    worths, purse = compiled.problem.shares[s], compiled.purse
    paid = purse if purse is not None and purse.issue == compiled.shared[s] else None
    found: Options = []
    for corners in pieces.corners:
        own: list[tuple[Json, Sequence[Fraction | int]]] = []
        for parts in corners:
            row = [worth * part for worth, part in zip(worths, parts, strict=True)]
            label: Sequence[Fraction] = parts
            if paid is not None:
                row = [v - Fraction(w, len(parts)) for v, w in zip(row, worths, strict=True)]
                label = [paid.received(part) for part in parts]
            own.append(([number(v) for v in label], row))
        found.append(own)
    return found


def _condition(clause: Clause, first: int, pieces: Sequence[Pieces]) -> list[Json]:
    """Return a condition: lists of an issue, then the options of which it has one."""
    places = {k: set(among) for k, among in clause.options}
    for s, party, above, below in clause.shares:
        own = pieces[s].within(party, above, below)
        places[first + s] = own & places.get(first + s, own)
    return [[k, *sorted(own)] for k, own in sorted(places.items())]


def taken_outcome(compiled: Compiled, taken: Taken) -> list[Json]:
    """Return the certificate's form of a package in indices."""
    problem = compiled.problem
    sloped = {slope.issue for slope in problem.slopes}
    options: list[Json] = [
        [j, *_along(taken.along.get(k, Fraction(0)))] if k in sloped else j
        for k, j in enumerate(taken.options[: len(compiled.whole)])
    ]
    parts = (taken.shares[s] for s in range(len(compiled.shared)))
    written = (Pieces(problem, s).written(own) for s, own in enumerate(parts))
    return [*options, *([number(one) for one in own] for own in written)]


def _along(part: Fraction) -> list[int | str]:
    """Return how much of a segment's ends there is at a part of the way."""
    return [number(part.denominator - part.numerator), number(part.numerator)]


def outcome_forms(compiled: Compiled, outcome: Outcome) -> Iterator[list[Json]]:
    """Yield every certificate's form of an outcome.

    There are several only where an amount without steps lies on the border of two segments: which
    of them it is taken to be on decides which conditions hold.
    """
    ways = [
        list(_places(outcome[issue], own))
        for issue, own in zip(compiled.whole, compiled.decisions, strict=True)
    ]
    written = (
        Pieces(compiled.problem, s).written(_parts(compiled, issue, outcome[issue]))
        for s, issue in enumerate(compiled.shared)
    )
    parts = [[number(one) for one in own] for own in written]
    for chosen in product(*ways):
        yield [*chosen, *parts]


def _places(value: Value, ways: Sequence[Value | Segment]) -> Iterator[Option]:
    for j, way in enumerate(ways):
        if not isinstance(way, Segment):
            if way == value:
                yield j
        elif isinstance(value, Fraction) and way.start <= value <= way.end:
            length = way.end - way.start
            yield [j, *_along((value - way.start) / length if length else Fraction(0))]


def _parts(compiled: Compiled, issue: str, value: Value) -> tuple[Fraction, ...]:
    assert isinstance(value, FrozenMap)
    purse = compiled.purse
    own = (value[party] for party in compiled.dispute.party_ids)
    if purse is not None and purse.issue == issue:
        return tuple(purse.fraction(received) for received in own)
    return tuple(own)
