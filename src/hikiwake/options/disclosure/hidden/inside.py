"""What a side can get inside a group not for trade (H8).

Public rules, and a side's own red lines and bonuses, count there only if they lie wholly inside the
group. Issues that they name are tied; all others count each by itself. What a side gets at the
least, and at the most, is at the corners of what is allowed.

Notation: in a group a hidden side gets G, from its least L, and M more than that at the most. With
no rule inside, L is 0 and M the sum of its bests. Else the least and the most that tied issues give
are *extremes*: the smallest and the largest of some sums of its numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import lcm
from typing import Any

from hikiwake.model import (
    Amount,
    Answer,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    Group,
    Issue,
    Preference,
    Share,
)
from hikiwake.options.disclosure.hidden.cells import Cell, allowed_cells
from hikiwake.options.disclosure.hidden.unknowns import Extreme, Name, Tied, answers_of, parts_of

MAX_PARTS = 12  # of a step, where each number that M can be makes a case

Row = dict[Name, Fraction]  # how much of each number


@dataclass(frozen=True, slots=True)
class Inside:
    """A group as a hidden side has it: L and M. M is a multiple of a step of its numbers ÷ parts.

    ``free`` are the issues that no rule names, with the numbers of each.
    """

    least: Row
    extent: Row
    parts: int
    free: Mapping[str, tuple[Answer, ...]]
    tied: tuple[Tied, ...]

    def span(self, numbers: Mapping[Answer, Any]) -> tuple[Any, Any]:
        """Return L and M with some numbers, both times ``parts``."""
        least, extent = 0, sum(max(numbers[a] for a in own) for own in self.free.values())
        extent *= self.parts
        for tied in self.tied:
            low, high = (self.parts // tied.parts * end for end in tied.span(numbers))
            least, extent = least + low, extent + high - low
        return least, extent

    def named(self, numbers: Mapping[Answer, Any]) -> dict[Name, Any]:
        """Return the numbers with all that L and M are made of."""
        found: dict[Name, Any] = {**numbers}
        for issue, own in self.free.items():
            found[issue] = max(numbers[answer] for answer in own)
        for tied in self.tied:
            found[Extreme(tied, False)], found[Extreme(tied, True)] = tied.span(numbers)
        return found


def inside_of(dispute: Dispute, party: str, group: Group) -> Inside:
    """Return a group as a hidden side has it."""
    lines = _inside((rule.never for rule in dispute.rules), group)
    free, tied = dict[str, tuple[Answer, ...]](), list[Tied]()
    for issues, named in _tied(dispute, group, lines):
        if named:
            cells = _cells(dispute, issues, lines, None)
            tied.append(_corners(dispute, party, issues, cells or ()))
        else:
            free[issues[0].id] = tuple(answers_of(dispute, issues[0]))
    least: Row = {Extreme(one, False): Fraction(1, one.parts) for one in tied}
    extent: Row = {issue: Fraction(1) for issue in free}
    extent |= {Extreme(one, True): Fraction(1, one.parts) for one in tied}
    extent |= {name: -part for name, part in least.items()}
    return Inside(least, extent, lcm(*(one.parts for one in tied)), free, tuple(tied))


def span(dispute: Dispute, party: str, group: Group) -> tuple[Fraction, Fraction]:
    """Return what a known side gets in a group at the least, and how much more at the most."""
    own = own_inside(dispute, party, group)
    said = list(_said(dispute, own, group))
    least = most = Fraction(0)
    for issues, named in _tied(dispute, group, said):
        if named:
            cells = _cells(dispute, issues, said, own) or ()
            worths = [worth for ends in _worths(own, issues, cells) for worth in ends]
        else:
            worths = _worths_of(dispute, own, issues[0])
        if not worths:
            return Fraction(0), Fraction(0)
        least, most = least + min(worths), most + max(worths)
    return least, most - least


def own_inside(dispute: Dispute, party: str, group: Group) -> Preference:
    """Return what a side says of a group alone."""
    own, inside = dispute.preferences[party], set(group.issues)
    points = FrozenMap({issue: one for issue, one in own.points.items() if issue in inside})
    lines = tuple(one for one in own.red_lines if one.never.tests.keys() <= inside)
    bonuses = tuple(one for one in own.bonuses if one.when.tests.keys() <= inside)
    return Preference(party, points, lines, bonuses)


def countable(dispute: Dispute, hidden: Iterable[str], group: Group) -> bool:
    """Tell whether all that is said wholly inside a group leaves few enough cells of it."""
    known = [party for party in dispute.party_ids if party not in hidden]
    for own in (None, *(own_inside(dispute, party, group) for party in known)):
        said = list(_said(dispute, own, group))
        for issues, named in _tied(dispute, group, said):
            if named and _cells(dispute, issues, said, own) is None:
                return False
    return True


def few_parts(dispute: Dispute, hidden: Iterable[str], group: Group) -> bool:
    """Tell whether M of the hidden sides is in few parts of a step, so few numbers."""
    return all(inside_of(dispute, party, group).parts <= MAX_PARTS for party in hidden)


def _inside(conditions: Iterable[Condition], group: Group) -> list[Condition]:
    return [one for one in conditions if one.tests.keys() <= set(group.issues)]


def _said(dispute: Dispute, own: Preference | None, group: Group) -> Iterator[Condition]:
    yield from _inside((rule.never for rule in dispute.rules), group)
    if own is not None:
        yield from (line.never for line in own.red_lines)
        yield from (bonus.when for bonus in own.bonuses)


def _tied(
    dispute: Dispute, group: Group, conditions: Sequence[Condition]
) -> Iterator[tuple[list[Issue], bool]]:
    """Yield the issues in sets that no condition ties to one another, and whether one names it."""
    sets = [{issue} for issue in group.issues]
    for condition in conditions:
        joined = [one for one in sets if one & condition.tests.keys()]
        sets = [one for one in sets if one not in joined]
        sets += [set[str]().union(*joined)] if joined else []
    for one in sets:
        named = any(one & condition.tests.keys() for condition in conditions)
        yield [issue for issue in dispute.issues if issue.id in one], named


def _cells(
    dispute: Dispute, issues: Sequence[Issue], said: Sequence[Condition], own: Preference | None
) -> list[Cell] | None:
    """Return the cells that public rules inside leave of some issues, and a side's red lines.

    None where there are too many.
    """
    some = {issue.id for issue in issues}
    preferences = {party: Preference(party) for party in dispute.party_ids}
    if own is not None:
        points = FrozenMap({issue: one for issue, one in own.points.items() if issue in some})
        lines = tuple(one for one in own.red_lines if one.never.tests.keys() <= some)
        preferences[own.party] = Preference(own.party, points, lines)
    rules = [rule for rule in dispute.rules if rule.never in said]
    alone = replace(
        dispute,
        issues=tuple(issues),
        preferences=FrozenMap(preferences),
        rules=tuple(rule for rule in rules if rule.never.tests.keys() <= some),
        groups=(),
        status_quo=None,
    )
    return allowed_cells(alone, () if own is None else (own.party,))


def _worths_of(dispute: Dispute, own: Preference, issue: Issue) -> list[Fraction]:
    """Return what an issue can give a side: at its ends, and where a curve bends."""
    points, whole = own.points.get(issue.id), dispute.decisions_of(issue)
    if points is None:
        return [Fraction(0)]
    if whole is not None:
        return [points.value(own.party, value) for value in whole]
    if isinstance(issue, Share):
        return [Fraction(0), points.value(own.party, FrozenMap({own.party: Fraction(1)}))]
    assert isinstance(issue, Amount)
    places = [issue.min, issue.max]
    if isinstance(points, Curve):
        places += [x for x, _ in points.corners if issue.min < x < issue.max]
    return [points.value(own.party, place) for place in places]


def _worths(
    own: Preference, issues: Sequence[Issue], cells: Iterable[Cell]
) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield the least and the most that each cell is worth to a side."""
    ids = [issue.id for issue in issues]
    bonuses = [one for one in own.bonuses if one.when.tests.keys() <= set(ids)]
    for cell in cells:
        inner = dict(zip(ids, (piece.inner for piece in cell), strict=True))
        low = high = sum((b.points for b in bonuses if b.when.holds(inner)), start=Fraction(0))
        for issue, piece in zip(ids, cell, strict=True):
            if issue in own.points:
                worths = [own.points[issue].value(own.party, value) for value in piece.corners]
                low, high = low + min(worths), high + max(worths)
        yield low, high


def _corners(dispute: Dispute, party: str, issues: Sequence[Issue], cells: Iterable[Cell]) -> Tied:
    """Return what the corners of all cells are worth to a hidden side."""
    rows = dict[tuple[tuple[Answer, Fraction], ...], None]()
    for cell in cells:
        for values in product(*(piece.corners for piece in cell)):
            pairs = zip(issues, values, strict=True)
            every = (part for issue, v in pairs for part in parts_of(dispute, party, issue, v))
            rows[tuple((answer, part) for answer, part in every if part)] = None
    parts = lcm(*(part.denominator for row in rows for _, part in row))
    return Tied(tuple(tuple((a, int(part * parts)) for a, part in row) for row in rows), parts)


__all__ = ["Inside", "Row", "countable", "few_parts", "inside_of", "own_inside", "span"]
