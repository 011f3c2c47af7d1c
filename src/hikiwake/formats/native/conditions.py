"""Conditions: what a file writes under `never` and `when`, read by the kind of each issue (H6)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from hikiwake.errors import Fault
from hikiwake.formats.native.known import Known
from hikiwake.formats.native.numbers import kind, number
from hikiwake.formats.native.syntax import Tree
from hikiwake.model import (
    Amount,
    Between,
    Beyond,
    Choice,
    Condition,
    FrozenMap,
    Issue,
    Money,
    OneOf,
    Share,
    SharesBeyond,
)

Test = OneOf | Between | Beyond | SharesBeyond

_EXPECTED = {
    "choice": 'An option\'s id in quotes, or a list of them: ["june", "july"]',
    "item": "An owner's id in quotes, or a list of them",
    "share": 'Bounds by party: { party = { below = "1/3" } }',
    "money": "Bounds by party: { party = { below = -200 } }",
    "amount": "A number, a list of numbers, or a table with `from` and `to` (where the amount has "
    "no step: with `above` and `below`)",
}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a condition stands: its owner in words, its key path, and whether it is private."""

    thing: str
    where: str
    private: bool = False


class _Misfit(Exception):
    """A raw value that is no test for its issue; its text never repeats the value."""


def read_condition(raw: object, spot: Spot, known: Known) -> Condition | None:
    """Return the condition that a table means, or None where something in it cannot be used."""
    if not isinstance(raw, dict):
        return None
    tests: dict[str, Test] = {}
    table = cast(Tree, raw)
    for issue_id, value in table.items():
        where = spot.where if spot.private else f"{spot.where}.{issue_id[:80]}"
        issue = known.issue(issue_id, spot.thing, spot.where, shown=not spot.private)
        if issue is None:
            continue
        try:
            tests[issue_id] = _test(issue, value)
        except (_Misfit, ValueError) as error:
            thing = spot.thing if spot.private else f"{spot.thing}, issue {issue_id!r}"
            expected = _EXPECTED[issue.kind]
            known.findings.add(Fault(thing, str(error), expected, "H6", "Change it.", where))
    return Condition(FrozenMap(tests)) if len(tests) == len(table) else None


def _test(issue: Issue, raw: object) -> Test:
    if isinstance(issue, Share | Money):
        return _shares(raw, "a share" if isinstance(issue, Share) else "money")
    if isinstance(issue, Amount):
        if isinstance(raw, dict):
            return _bounds(cast(Tree, raw))
        return OneOf(frozenset(number(value) for value in _listed(raw)))
    return OneOf(frozenset(_id(value, isinstance(issue, Choice)) for value in _listed(raw)))


def _listed(raw: object) -> list[object]:
    return cast("list[object]", raw) if isinstance(raw, list) else [raw]


def _id(raw: object, choice: bool) -> str:
    if isinstance(raw, str):
        return raw
    needed = "an option's id" if choice else "an owner's id"
    raise _Misfit(f"{kind(raw)} where {needed} is needed; ids are texts, in quotes")


def _shares(raw: object, sort: str) -> SharesBeyond:
    if not isinstance(raw, dict):
        raise _Misfit(f"{kind(raw)} where {sort}'s bounds are needed")
    bounds: dict[str, Beyond] = {}
    for party, bound in cast(Tree, raw).items():
        if not isinstance(bound, dict):
            raise _Misfit("bounds that name no party")
        test = _bounds(cast(Tree, bound))
        if not isinstance(test, Beyond):
            raise _Misfit(f"`from` or `to` on {sort}, which takes `above` and `below` only")
        bounds[party] = test
    if not bounds:
        raise _Misfit("an empty table")
    return SharesBeyond(FrozenMap(bounds))


def _bounds(raw: Tree) -> Between | Beyond:
    numbers: dict[str, Fraction] = {key: number(value) for key, value in raw.items()}
    if not numbers:
        raise _Misfit("an empty table")
    if numbers.keys() <= {"from", "to"}:
        return Between(numbers.get("from"), numbers.get("to"))
    if numbers.keys() <= {"above", "below"}:
        return Beyond(numbers.get("above"), numbers.get("below"))
    if numbers.keys() <= {"from", "to", "above", "below"}:
        raise _Misfit("`from` or `to` together with `above` or `below`")
    raise _Misfit("a table with unknown keys")
