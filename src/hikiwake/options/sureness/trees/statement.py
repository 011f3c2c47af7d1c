"""What a certificate of how far a draw holds speaks of, and packages in it.

Each issue has options, each option its ends: one for a whole issue, two for a straight piece of an
amount, one for each party of a share. A package takes an option and mixes its ends. The form
stands in docs/reference/robust-certificate.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hikiwake.model import Answer, Condition, Dispute, FrozenMap, Outcome, Preference, Value
from hikiwake.options.sureness.guesses import asked_answers
from hikiwake.options.sureness.lists import walk_away_weights, weights
from hikiwake.pareto.compiled import Compiled, compiled
from hikiwake.pareto.indices import Indices
from hikiwake.pareto.segments import Segment
from hikiwake.solvers.solution import Taken

Json = Any
Corner = tuple[Fraction, ...]  # the part of each end
Line = dict[int, Fraction]  # how often each answer counts, by its place
Left = list[dict[int, tuple[Corner, ...]]]

_ZERO, _ONE = Fraction(0), Fraction(1)


def minus(
    one: Mapping[int, Fraction], other: Mapping[int, Fraction], part: Fraction = _ONE
) -> Line:
    """Return one line less another one times a number."""
    found = dict(one)
    for j, c in other.items():
        found[j] = found.get(j, _ZERO) - part * c
    return found


def mixed(ends: Sequence[Line], corner: Corner) -> Line:
    """Return the line of a mixture of ends."""
    if corner.count(_ONE) == 1:  # one of the ends
        return ends[corner.index(_ONE)]
    found = Line()
    for part, line in zip(corner, ends, strict=True):
        found = minus(found, line, -part) if part else found
    return found


@dataclass(frozen=True, slots=True)
class Test:
    """That an issue has one of some options, or that the part of an end is strictly in bounds."""

    issue: int
    options: frozenset[int] = frozenset()
    end: int | None = None
    above: Fraction | None = None
    below: Fraction | None = None

    def holds(self, option: int, parts: Corner) -> bool:
        """Tell whether it holds of an option and the parts of its ends."""
        if self.end is None:
            return option in self.options
        part = parts[self.end]
        above = self.above is None or part > self.above
        return above and (self.below is None or part < self.below)


@dataclass(frozen=True, slots=True)
class Side:
    """How each end counts for a side, by its answers; ``alone`` are the answers of no end."""

    points: Sequence[Sequence[Sequence[Line]]]
    bonuses: Sequence[tuple[int, Sequence[tuple[int, frozenset[int]]]]]
    away: Line
    owned: Sequence[Sequence[int]]
    alone: frozenset[int]
    limits: Sequence[tuple[Line, Fraction]]


@dataclass(frozen=True, slots=True)
class Stated:
    """A dispute as a certificate states it."""

    ends: Sequence[Sequence[int]]
    never: Sequence[Sequence[Test]]
    groups: Sequence[Sequence[int]]
    sides: Sequence[Side]

    @classmethod
    def of(cls, raw: Json) -> Stated:
        """Return what a statement says."""
        ends = [[len(option) for option in issue["options"]] for issue in raw["issues"]]
        never = [[_test(one) for one in when] for _, when in raw["never"]]
        return cls(ends, never, raw["groups"], [_side(one) for one in raw["sides"]])

    def everything(self) -> Left:
        """Return all that may be left of each issue: of each option, its ends."""
        return [
            {
                option: tuple(tuple(Fraction(a == b) for b in range(n)) for a in range(n))
                for option, n in enumerate(sizes)
            }
            for sizes in self.ends
        ]

    def line(self, side: int, package: Json) -> Line:
        """Return a side's line for a package."""
        own = self.sides[side]
        found = minus({}, own.away)
        for points, (option, parts) in zip(own.points, package, strict=True):
            found = minus(found, mixed(points[option], tuple(map(Fraction, parts))), -_ONE)
        for j, tests in own.bonuses:
            if all(package[issue][0] in options for issue, options in tests):
                found = minus(found, {j: _ONE}, -_ONE)
        return found

    def without(self, left: Left, tests: Sequence[Test]) -> Iterator[Left]:
        """Yield what is left by each way not to have a combination."""
        for test in tests:
            if test.end is None:
                kept = {o: own for o, own in left[test.issue].items() if o not in test.options}
                yield [kept if k == test.issue else own for k, own in enumerate(left)]
                continue
            for bound, sign in ((test.above, -1), (test.below, 1)):
                if bound is not None:
                    yield self.clipped(left, test.issue, test.end, bound, sign)

    def clipped(self, left: Left, issue: int, end: int, bound: Fraction, sign: int) -> Left:
        """Return what is left where the part of an end is on one side of a bound."""
        kept: dict[int, tuple[Corner, ...]] = {}
        for option, corners in left[issue].items():
            inside = [c for c in corners if sign * (c[end] - bound) >= 0]
            for a in corners:
                for b in corners:
                    if sign * (a[end] - bound) > 0 > sign * (b[end] - bound):
                        part = (bound - b[end]) / (a[end] - b[end])
                        pairs = zip(a, b, strict=True)
                        inside.append(tuple(part * x + (1 - part) * y for x, y in pairs))
            if inside:
                kept[option] = tuple(dict.fromkeys(inside))
        return [kept if k == issue else own for k, own in enumerate(left)]


def _test(raw: Json) -> Test:
    if len(raw) == 2:
        return Test(raw[0], frozenset(raw[1]))
    issue, end, *bounds = raw
    above, below = (None if one is None else Fraction(one) for one in bounds)
    return Test(issue, frozenset(), end, above, below)


def _side(raw: Json) -> Side:
    points = [[[_line(end) for end in option] for option in own] for own in raw["points"]]
    owned = [sorted({j for o in own for end in o for j in end}) for own in points]
    bonuses = [(j, [(issue, frozenset(o)) for issue, o in when]) for j, when in raw["bonuses"]]
    named = {j for own in owned for j in own} | {j for j, _ in bonuses}
    alone = frozenset(range(len(raw["answers"]))) - named
    limits = [(_line(weigh), Fraction(most)) for weigh, most in raw["limits"]]
    return Side(points, bonuses, _line(raw["walk_away"]), owned, alone, limits)


def _line(raw: Json) -> Line:
    return {j: Fraction(weight) for j, weight in raw}


# --- the statement itself, and packages in it -----------------------------------------------------


def robust_statement(dispute: Dispute) -> dict[str, Json]:
    """Return what a certificate speaks of: who answered what. JSON-ready."""
    found = compiled(dispute)
    indices = indices_of(found)
    never = [(None, rule.never) for rule in dispute.rules]
    for n, party in enumerate(dispute.party_ids):
        never += [(n, line.never) for line in dispute.preferences[party].red_lines]
    tests = [(who, _tests(found, indices, when)) for who, when in never]
    names = [*found.whole, *found.shared]
    return {
        "parties": list(dispute.party_ids),
        "tolerance": str(dispute.tolerance),
        "price": str(dispute.price),
        "issues": [
            {"id": issue, "options": [[text for text, _ in ends] for ends in options]}
            for issue, options in _issues(found)
        ],
        "never": [[who, own] for who, own in tests if own is not None],
        "groups": [
            [names.index(issue) for issue in group.issues]
            for group in dispute.groups
            if group.not_for_trade
        ],
        "sides": [_stated_side(found, indices, dispute.preferences[p]) for p in dispute.party_ids],
    }


def indices_of(found: Compiled) -> Indices:
    """Return the places of issues and values."""
    decisions = dict(zip(found.whole, found.decisions, strict=True))
    return Indices(found.dispute.party_ids, decisions, found.shared, found.purse)


def package_of(found: Compiled, outcome: Outcome) -> Json:
    """Return an outcome as a certificate names it."""
    package: list[Json] = []
    for issue, ways in zip(found.whole, found.decisions, strict=True):
        every = (_taken(n, way, outcome[issue]) for n, way in enumerate(ways))
        at, parts = min((own for own in every if own is not None), key=lambda own: len(own[1]))
        package.append([at, [str(part) for part in parts]])
    for issue in found.shared:
        shares = outcome[issue]
        assert isinstance(shares, FrozenMap)
        parts = [shares[party] for party in found.dispute.party_ids]
        if found.purse is not None and found.purse.issue == issue:
            parts = [found.purse.fraction(part) for part in parts]
        package.append([0, [str(part) for part in parts]])
    return package


def written(package: Json) -> Json:
    """Return a package as it is written: an option that is not divided by its place alone."""
    return [option if len(parts) == 1 else [option, parts] for option, parts in package]


def outcome_of(found: Compiled, package: Json) -> Outcome:
    """Return the outcome that a certificate names so."""
    count = len(found.whole)
    parts = [tuple(map(Fraction, own)) for _, own in package]
    along = {k: parts[k][1] if len(parts[k]) > 1 else _ZERO for k in range(count)}
    shares = dict(enumerate(parts[count:]))
    return found.outcome(Taken(tuple(option for option, _ in package), shares, along))


def _taken(place: int, way: Value | Segment, value: Value) -> tuple[int, Corner] | None:
    """Return an option and the parts of its ends, if it is, or holds, a value."""
    if not isinstance(way, Segment):
        return (place, (_ONE,)) if way == value else None
    assert isinstance(value, Fraction)
    if not way.start <= value <= way.end:
        return None
    if way.start == way.end:
        return place, (_ONE,)
    part = (value - way.start) / (way.end - way.start)
    return place, (1 - part, part)


def _issues(found: Compiled) -> Iterator[tuple[str, list[list[tuple[str, Value]]]]]:
    """Yield each issue, and of each of its options the ends: a text, and what it stands for."""
    for issue, ways in zip(found.whole, found.decisions, strict=True):
        yield (
            issue,
            [
                [(str(x), x) for x in dict.fromkeys((way.start, way.end))]
                if isinstance(way, Segment)
                else [(str(way), way)]
                for way in ways
            ],
        )
    parties = found.dispute.party_ids
    for issue in found.shared:
        ends: list[tuple[str, Value]] = []
        for party in parties:
            parts = {other: Fraction(other == party) for other in parties}
            if found.purse is not None and found.purse.issue == issue:
                parts = {other: found.purse.received(part) for other, part in parts.items()}
            ends.append((party, FrozenMap(parts)))
        yield issue, [ends]


def _tests(found: Compiled, indices: Indices, when: Condition) -> list[Json] | None:
    """Return a combination as tests; None if it can never hold."""
    clause = indices.clause(when)
    if clause is None:
        return None
    first = len(found.whole)
    bounds = [
        [first + s, party, *(None if one is None else str(one) for one in own)]
        for s, party, *own in clause.shares
    ]
    return [*([k, sorted(options)] for k, options in clause.options), *bounds]


def _stated_side(found: Compiled, indices: Indices, own: Preference) -> dict[str, Json]:
    given = own.answers()
    places = {answer: place for place, answer in enumerate(given)}

    def pairs(line: Mapping[Answer, Fraction]) -> list[Json]:
        return [[places[answer], str(weight)] for answer, weight in line.items() if weight]

    def counts(issue: str, value: Value) -> list[Json]:
        every = weights(own, FrozenMap({issue: value}))
        return pairs({answer: w for answer, w in every.items() if answer.of == "issue"})

    spans = (own.ranges.get(answer) for answer in given)
    guessed = asked_answers(found.dispute, own)
    combinations = [_tests(found, indices, bonus.when) for bonus in own.bonuses]
    return {
        "answers": [
            [str(number), span and [str(end) for end in span], answer in guessed]
            for (answer, number), span in zip(given.items(), spans, strict=True)
        ],
        "points": [
            [[counts(issue, value) for _, value in ends] for ends in options]
            for issue, options in _issues(found)
        ],
        "bonuses": [
            [places[Answer("bonus", place=n)], when]
            for n, when in enumerate(combinations, start=1)
            if when is not None
        ],
        "walk_away": pairs(walk_away_weights(found.dispute, own)),
        "limits": [
            [pairs(line), str(most)]
            for relation in own.relations
            for line, most in relation.limits()
        ],
    }
