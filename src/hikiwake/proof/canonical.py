"""The canonical form of a dispute: integers and indices as a text that everybody writes alike.

What it is is said in ``docs/reference/certificate.md``. A certificate is bound to it by its hash,
never to a file that somebody wrote.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from hashlib import sha256
from itertools import product
from math import gcd
from typing import Any

from hikiwake.model import FrozenMap, Outcome, Value
from hikiwake.pareto.compiled import Compiled
from hikiwake.pareto.segments import Segment
from hikiwake.solvers.problem import Clause, Slope
from hikiwake.solvers.solution import Taken

Json = Any
Option = int | list[Json]

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
    """Return the canonical form of a dispute, each party's points in its smallest unit."""
    dispute, problem = compiled.dispute, compiled.problem
    divisors = _divisors(compiled)
    parties = {party: i for i, party in enumerate(dispute.party_ids)}
    places = {issue: k for k, issue in enumerate(compiled.whole)}

    def reduced(points: Sequence[int]) -> list[int | str]:
        return [number(p // by) for p, by in zip(points, divisors, strict=True)]

    slopes = {slope.issue: slope for slope in problem.slopes}
    never = zip(compiled.limits[: len(problem.never)], problem.never, strict=True)
    return {
        "hikiwake_dispute": 1,
        "parties": list(parties),
        "units": reduced(compiled.units),
        "walk_away": [number(w) for w in _reduced_floors(compiled, divisors)],
        "tolerance": number(dispute.tolerance),
        "price": number(dispute.price),
        "issues": [
            {
                "id": issue,
                "points": [reduced(option) for option in problem.points[k]],
                **_ways(compiled.decisions[k], slopes.get(k), reduced),
            }
            for k, issue in enumerate(compiled.whole)
        ],
        "shares": [
            {"id": issue, "points": reduced(worths), **_limit(compiled, issue)}
            for issue, worths in zip(compiled.shared, problem.shares, strict=True)
        ],
        "never": [
            {
                "kind": limit.kind,
                "party": None if limit.party is None else parties[limit.party],
                "place": limit.place,
                "when": _condition(clause),
            }
            for limit, clause in never
        ],
        "bonuses": [
            {
                "party": extra.party,
                "points": number(extra.points // divisors[extra.party]),
                "when": _condition(extra.when),
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


def _divisors(compiled: Compiled) -> list[int]:
    """Return for each party by what all its integers can be divided."""
    problem = compiled.problem
    found = list(compiled.units)
    rows: Iterator[Sequence[int]] = (option for issue in problem.points for option in issue)
    for row in (*rows, *problem.shares, *(c for s in problem.slopes for c in s.changes)):
        found = [gcd(one, other) for one, other in zip(found, row, strict=True)]
    for extra in problem.extras:
        found[extra.party] = gcd(found[extra.party], extra.points)
    floors = zip(found, problem.floors, strict=True)
    return [gcd(one, int(floor or 0)) for one, floor in floors]


def _reduced_floors(compiled: Compiled, divisors: Sequence[int]) -> Iterator[int]:
    for floor, by in zip(compiled.problem.floors, divisors, strict=True):
        yield int(floor or 0) // by


def _ways(ways: Sequence[Value | Segment], slope: Slope | None, reduced: Any) -> dict[str, Json]:
    if slope is None:
        return {"options": [w if isinstance(w, str) else _written(w) for w in ways]}
    segments = [way for way in ways if isinstance(way, Segment)]
    return {
        "from": [number(segment.start) for segment in segments],
        "to": [number(segment.end) for segment in segments],
        "changes": [reduced(change) for change in slope.changes],
    }


def _written(way: Value | Segment) -> int | str:
    assert isinstance(way, Fraction)
    return number(way)


def _limit(compiled: Compiled, issue: str) -> dict[str, Json]:
    purse = compiled.purse
    paid = purse is not None and purse.issue == issue
    return {"limit": number(purse.limit)} if purse is not None and paid else {}


def _condition(clause: Clause) -> dict[str, Json]:
    shares = [
        [
            share,
            party,
            None if above is None or above < 0 else number(above),
            None if below is None or below > 1 else number(below),
        ]
        for share, party, above, below in sorted(clause.shares, key=lambda s: s[:2])
    ]
    if not clause.options and not shares:
        shares = [[0, 0, -1, None]]  # holds always: every bound that it named was beyond 0 and 1
    return {
        "options": [[k, sorted(among)] for k, among in sorted(clause.options)],
        "shares": shares,
    }


def taken_outcome(compiled: Compiled, taken: Taken) -> list[Json]:
    """Return the certificate's form of a package in indices."""
    sloped = {slope.issue for slope in compiled.problem.slopes}
    options: list[Json] = [
        [j, number(taken.along.get(k, Fraction(0)))] if k in sloped else j
        for k, j in enumerate(taken.options[: len(compiled.whole)])
    ]
    parts = (taken.shares[s] for s in range(len(compiled.shared)))
    return [*options, *([number(part) for part in own] for own in parts)]


def outcome_forms(compiled: Compiled, outcome: Outcome) -> Iterator[list[Json]]:
    """Yield every certificate's form of an outcome.

    There are several only where an amount without steps lies on the border of two segments: which
    of them it is taken to be on decides which conditions hold.
    """
    ways = [
        list(_places(outcome[issue], own))
        for issue, own in zip(compiled.whole, compiled.decisions, strict=True)
    ]
    parts = [_parts(compiled, issue, outcome[issue]) for issue in compiled.shared]
    for chosen in product(*ways):
        yield [*chosen, *parts]


def _places(value: Value, ways: Sequence[Value | Segment]) -> Iterator[Option]:
    for j, way in enumerate(ways):
        if not isinstance(way, Segment):
            if way == value:
                yield j
        elif isinstance(value, Fraction) and way.start <= value <= way.end:
            length = way.end - way.start
            yield [j, number((value - way.start) / length if length else Fraction(0))]


def _parts(compiled: Compiled, issue: str, value: Value) -> list[int | str]:
    assert isinstance(value, FrozenMap)
    purse = compiled.purse
    own = [value[party] for party in compiled.dispute.party_ids]
    if purse is not None and purse.issue == issue:
        own = [purse.fraction(received) for received in own]
    return [number(part) for part in own]
