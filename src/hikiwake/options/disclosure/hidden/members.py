"""Members of the declared grid as small whole numbers, and the steps from one to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import lcm
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hikiwake.findings.talks import Hiding
from hikiwake.model import (
    WALK_AWAY,
    Amount,
    Answer,
    Curve,
    Dispute,
    FrozenMap,
    Linear,
    Money,
    Preference,
    Share,
    Table,
)
from hikiwake.model.preference import Points
from hikiwake.options.disclosure.hidden.unknowns import answers_of, limit_of, numbers_of

Array = NDArray[Any]
Levels = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """How many steps each number of each issue is worth, and how many the walk-away value."""

    levels: tuple[Levels, ...]
    walk_away: int


class Shape:
    """The grid of one side in a dispute; what is worth what only where all is decided whole."""

    def __init__(self, dispute: Dispute, party: str, hiding: Hiding) -> None:
        self._dispute, self._party, self._hiding = dispute, party, hiding
        self.total = int(hiding.total / hiding.step)
        self.highest = int(hiding.total / hiding.walk_away_step)
        self.answers = [tuple(answers_of(dispute, issue)) for issue in dispute.issues]
        self._parts = [self._parts_of(issue) for issue in dispute.issues]
        self._places = {issue.id: n for n, issue in enumerate(dispute.issues)}

    @property
    def numbers(self) -> list[Answer]:
        """All that a member says, the walk-away value first."""
        return [WALK_AWAY, *(answer for own in self.answers for answer in own)]

    def step_of(self, answer: Answer) -> Fraction:
        """Return of what a number is a multiple."""
        return self._hiding.walk_away_step if answer == WALK_AWAY else self._hiding.step

    @cached_property
    def _scale(self) -> Fraction:
        """By what points are multiplied so that every worth is a whole number."""
        alongs = [p.denominator for rows in self._parts for row in rows or () for p in row]
        steps = (self._hiding.step, self._hiding.walk_away_step)
        return Fraction(lcm(*alongs) * lcm(*(step.denominator for step in steps)))

    @property
    def largest(self) -> int:
        """What no worth exceeds."""
        return int(self._hiding.total * self._scale)

    def tables(self, member: Member) -> list[Array]:
        """Return what each decision of each issue is worth."""
        step = int(self._hiding.step * self._scale)
        found: list[Array] = []
        for levels, rows in zip(member.levels, self._parts, strict=True):
            if rows is None:
                found.append(np.array(levels, dtype=np.int64) * step)
            else:
                worths = [
                    sum(int(step * part * level) for part, level in zip(row, levels, strict=True))
                    for row in rows
                ]
                found.append(np.array(worths, dtype=np.int64))
        return found

    def walk_away(self, member: Member) -> int:
        """Return the walk-away value."""
        return member.walk_away * int(self._hiding.walk_away_step * self._scale)

    def steps(self, member: Member, each: int = 1) -> dict[Answer, int]:
        """Return how many steps each number of each issue is, times what each step is."""
        pairs = zip(self.answers, member.levels, strict=True)
        return {a: each * level for own in pairs for a, level in zip(*own, strict=True)}

    def worths(self, member: Member) -> dict[Answer, int]:
        """Return what each number of each issue is, counted as in tables."""
        return self.steps(member, int(self._hiding.step * self._scale))

    def preference(self, member: Member) -> Preference:
        """Return the preference that a member stands for."""
        step = self._hiding.step
        points: dict[str, Points] = {}
        for issue, own, levels in zip(
            self._dispute.issues, self.answers, member.levels, strict=True
        ):
            worths = [level * step for level in levels]
            if isinstance(issue, Share | Money):
                points[issue.id] = Linear(worths[0] / limit_of(issue))
            elif isinstance(issue, Amount):
                points[issue.id] = Curve(tuple(zip((issue.min, issue.max), worths, strict=True)))
            else:
                named = zip((answer.value for answer in own), worths, strict=True)
                points[issue.id] = Table(FrozenMap(dict(named)))
        walk_away = member.walk_away * self._hiding.walk_away_step
        return Preference(self._party, FrozenMap(points), walk_away=walk_away)

    def member(self, preference: Preference) -> Member:
        """Return the member that a preference of the grid is."""
        numbers, step = numbers_of(self._dispute, preference), self._hiding.step
        levels = tuple(tuple(int(numbers[a] / step) for a in own) for own in self.answers)
        return Member(levels, int(numbers[WALK_AWAY] / self._hiding.walk_away_step))

    def level(self, member: Member, answer: Answer) -> int:
        """Return how many steps a number is worth."""
        if answer == WALK_AWAY:
            return member.walk_away
        n = self._places[answer.issue]
        return member.levels[n][self.answers[n].index(answer)]

    def with_level(self, member: Member, answer: Answer, level: int, chance: Random) -> Member:
        """Return a member like this in which a number is worth so many steps."""
        if answer == WALK_AWAY:
            return replace(member, walk_away=level)
        n = self._places[answer.issue]
        place = self.answers[n].index(answer)
        best = max(level, *member.levels[n])
        own = list(member.levels[n])
        own[place] = level
        others = [k for k in range(len(own)) if k != place]
        if not others:
            return member
        if min(own) > 0:
            own[chance.choice(others)] = 0
        if max(own) < best:
            free = [k for k in others if own[k] > 0 or own.count(0) > 1] or others
            own[chance.choice(free)] = best
        if min(own) > 0:  # of two, one is the best and the other 0
            best, own = level, [level if k == place else 0 for k in range(len(own))]
        levels = [*member.levels]
        levels[n] = tuple(own)
        return self._balanced(replace(member, levels=tuple(levels)), n, chance)

    def beside(self, member: Member) -> Iterator[Member]:
        """Yield the members that differ in the walk-away value, in one number, or in two that are
        exchanged, the best of each issue being the same."""
        for walk_away in range(self.highest + 1):
            if walk_away != member.walk_away:
                yield replace(member, walk_away=walk_away)
        for n, own in enumerate(member.levels):
            for changed in _beside(list(own)):
                yield self._with(member, n, changed)

    def shifted(self, member: Member) -> Iterator[Member]:
        """Yield the members in which one step of the best of an issue went to another issue."""
        for n, own in enumerate(member.levels):
            best = max(own)
            for k, other in enumerate(member.levels) if best else ():
                if k != n:
                    less = self._with(member, n, [min(level, best - 1) for level in own])
                    for raised in _raised(list(other)):
                        yield self._with(less, k, raised)

    def near(self, member: Member, keep: Answer | None, chance: Random) -> Member:
        """Return a member a small step from this one, with one number as it is."""
        held = None if keep is None else self.level(member, keep)
        for _ in range(20):
            moved = self._moved(member, chance)
            if moved != member and (keep is None or self.level(moved, keep) == held):
                return moved
        return member

    def _moved(self, member: Member, chance: Random) -> Member:
        kind = chance.random()
        if kind < 0.15:
            return replace(member, walk_away=chance.randint(0, self.highest))
        active = [n for n, own in enumerate(member.levels) if max(own)]
        n = chance.choice(active)
        own = list(member.levels[n])
        if kind < 0.6:
            own[chance.randrange(len(own))] = chance.randint(0, max(own))
            if min(own) or max(own) != max(member.levels[n]):
                return member
            return self._with(member, n, own)
        lower = [max(level - 1, 0) if level == max(own) else level for level in own]
        return self._balanced(self._with(member, n, lower), n, chance)

    def _balanced(self, member: Member, kept: int, chance: Random) -> Member:
        """Return a member whose bests sum to the total again, one issue left as it is."""
        apart = sum(map(max, member.levels)) - self.total
        while apart:
            others = [n for n in range(len(member.levels)) if n != kept]
            others = [n for n in others if (max(member.levels[n]) if apart > 0 else
                                            len(member.levels[n]) > 1)]  # fmt: skip
            if not others:
                others = [kept]
            n = chance.choice(others)
            own = list(member.levels[n])
            best = max(own)
            if apart > 0:
                own = [min(level, best - 1) for level in own]
            else:
                free = [k for k in range(len(own)) if own.count(0) > 1 or own[k] > 0]
                own[chance.choice([k for k in free if own[k] == best] or free)] = best + 1
            member = self._with(member, n, own)
            apart += -1 if apart > 0 else 1
        return member

    def _with(self, member: Member, n: int, own: list[int]) -> Member:
        levels = [*member.levels]
        levels[n] = tuple(own)
        return replace(member, levels=tuple(levels))

    def _parts_of(self, issue: Any) -> list[tuple[Fraction, Fraction]] | None:
        """Return how much of both its ends each value of an amount is; None for other issues."""
        if not isinstance(issue, Amount):
            return None
        values = self._dispute.decisions_of(issue) or ()
        along = [
            (value - issue.min) / (issue.max - issue.min)
            for value in values
            if isinstance(value, Fraction)
        ]
        return [(1 - part, part) for part in along]


def _raised(levels: list[int]) -> Iterator[list[int]]:
    """Yield levels of which the best is one more."""
    best = max(levels)
    for k, level in enumerate(levels):
        raised = [*levels[:k], best + 1, *levels[k + 1 :]]
        if level == best and (len(levels) == 1 or min(raised) == 0):
            yield raised


def _beside(levels: list[int]) -> Iterator[list[int]]:
    best = max(levels)
    for k, level in enumerate(levels):
        for other in range(best + 1):
            changed = [*levels[:k], other, *levels[k + 1 :]]
            if other != level and max(changed) == best and min(changed) == 0:
                yield changed
        for j in range(k):
            if levels[j] != level:
                changed = [*levels]
                changed[k], changed[j] = levels[j], level
                yield changed
