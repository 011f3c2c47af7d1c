"""What a certificate of whole issues claims, by its definitions, at corners of what was meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

from tests.support.robust_certificates import Raw
from tests.support.vertices import Wall, vertices

Point = tuple[Fraction, ...]
Span = tuple[Fraction, Fraction]


def listed_form(made: Raw) -> Raw | None:
    """Return a certificate of whole issues with a place for each option, where there are no ends.

    None: its statement says something that cannot be said there.
    """
    stated = made["dispute"]
    sides: list[Raw] = []
    for side in stated["sides"]:
        if any(bool(x != "0" or own) != guessed for x, own, guessed in side["answers"]):
            return None
        points = [[ends[0] for ends in options] for options in side["points"]]
        sides.append(side | {"answers": [a[:2] for a in side["answers"]], "points": points})
    return made | {
        "dispute": stated
        | {
            "package": made["package"],
            "never": [when for _, when in stated["never"]],
            "sides": sides,
        }
    }


def packages(stated: Raw) -> list[tuple[int, ...]]:
    """Return the packages that are allowed."""
    ways = product(*(range(len(issue["options"])) for issue in stated["issues"]))
    return [way for way in ways if not any(_has(when, way) for when in stated["never"])]


def _has(when: Any, way: Sequence[int]) -> bool:
    return all(way[issue] in options for issue, options in when)


def surplus(side: Raw, way: Sequence[int], numbers: Point) -> Fraction:
    """Return a side's points for a package above its walk-away value, for some answers."""
    lines = [side["points"][issue][option] for issue, option in enumerate(way)]
    lines += [[[answer, 1]] for answer, when in side["bonuses"] if _has(when, way)]
    total = sum((Fraction(w) * numbers[j] for line in lines for j, w in line), Fraction(0))
    return total - sum((Fraction(w) * numbers[j] for j, w in side["walk_away"]), Fraction(0))


def gains(stated: Raw, points: Sequence[Point]) -> list[list[Fraction]] | None:
    """Return all gains of all packages that nobody would walk away from, the settled one first.

    None: the settled one is none of these, or a side can gain nothing.
    """
    ways, own = packages(stated), tuple(stated["package"])
    pairs = list(zip(stated["sides"], points, strict=True))
    lines = {way: [surplus(side, way, x) for side, x in pairs] for way in ways}
    possible = {way: line for way, line in lines.items() if min(line) >= 0}
    if own not in possible:
        return None
    ideals = [max(column) for column in zip(*possible.values(), strict=True)]
    if min(ideals) <= 0:
        return None
    ordered = [own, *(way for way in possible if way != own)]
    return [[s / i for s, i in zip(possible[way], ideals, strict=True)] for way in ordered]


def is_draw(stated: Raw, found: list[list[Fraction]]) -> bool:
    """Tell whether the settled package, the first of all gains, is a draw (H10)."""
    own = found[0]
    if any(all(a >= b for a, b in zip(o, own, strict=True)) and o != own for o in found):
        return False
    best = max(sorted(line) for line in found)
    costs = [
        max(a - b for a, b in zip(line, own, strict=True)) for line in found if sorted(line) == best
    ]
    even = max(own) - min(own) <= Fraction(stated["tolerance"])
    return even and min(costs) <= Fraction(stated["price"])


def meant(stated: Raw, claim: Raw, times: int = 20) -> Iterator[tuple[Point, ...]]:
    """Yield everybody's answers at some random corners of what a claim is about."""
    random = Random(times)
    given = [tuple(Fraction(x) for x, _ in side["answers"]) for side in stated["sides"]]
    pairs = list(zip(stated["sides"], given, strict=True))
    lines = [[surplus(side, way, x) for side, x in pairs] for way in packages(stated)]
    possible = [line for line in lines if min(line) >= 0]
    sets: list[tuple[list[Span], list[int], list[Point]]] = []
    for n, side in enumerate(stated["sides"]):
        off = Fraction(claim["error"]) * max(line[n] for line in possible)
        spans: list[Span] = []
        for number, own in side["answers"]:
            x = Fraction(number)
            by = off if x or own else 0
            ends = (x - by, x + by)
            spans.append((Fraction(own[0]), Fraction(own[1])) if own and claim["ranges"] else ends)
        sets.append((spans, *_linked(spans, side["limits"])))
    for _ in range(times):
        yield tuple(_corner(*one, random) for one in sets)


def _corner(spans: list[Span], places: list[int], inner: list[Point], random: Random) -> Point:
    """Return one corner: an end of each range, but of what is linked a corner of its own."""
    numbers = [random.choice(span) for span in spans]
    for j, x in zip(places, random.choice(inner), strict=True):
        numbers[j] = x
    return tuple(numbers)


def _linked(spans: list[Span], limits: Any) -> tuple[list[int], list[Point]]:
    """Return which answers vary and are linked, and all corners of these by definition."""
    named = {j for weights, _ in limits for j, weight in weights if weight != "0"}
    places = sorted(j for j in named if spans[j][0] < spans[j][1])
    walls: list[Wall] = []
    for j in places:
        unit = tuple(Fraction(j == other) for other in places)
        walls += [(unit, spans[j][1]), (tuple(-u for u in unit), -spans[j][0])]
    for weights, most in limits:
        by = {j: Fraction(w) for j, w in weights}
        row = tuple(by.get(j, Fraction(0)) for j in places)
        sure = sum((w * spans[j][0] for j, w in by.items() if j not in places), Fraction(0))
        if any(row):
            walls.append((row, Fraction(most) - sure))
    return places, sorted(vertices(walls)) if places else [()]
