"""How small and how large each hidden number can be, by linear conditions alone, exactly.

Notation: the hidden points are unknowns of at least 0, one for each option, owner, whole share and
end of an amount. Each issue has a best that none of its points exceeds; the bests sum to the total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import lcm

from hikiwake.findings.talks import Hiding, Interval, Talks, Told, Word
from hikiwake.model import (
    WALK_AWAY,
    Amount,
    Answer,
    Dispute,
    FrozenMap,
    Issue,
    Money,
    Outcome,
    Share,
    Value,
)
from hikiwake.solvers.programs.program import Impossible, Program
from hikiwake.solvers.programs.solving import solve

Unknown = Answer | str  # a number, or "best …" of an issue
Weights = dict[Unknown, Fraction]
Row = tuple[Weights, Fraction]  # a weighted sum of unknowns, at most this


def intervals(
    dispute: Dispute, sides: tuple[str, str], talks: Talks, hiding: Hiding
) -> dict[Answer, Interval]:
    """Return an interval that holds each number that a side hides; none: nothing fits.

    Each is as small as the linear conditions make it: that what was called possible is worth the
    walk-away value, that what only the hidden side can have stood in the way of is not worth more,
    and, between two sides, that the settled package could not be bettered on one issue. Evenness
    is not linear and is not used, so the real interval may be smaller.

    Parameters
    ----------
    sides
        The party that hides, and the one that looks.
    """
    return _Hidden(dispute, sides, hiding).intervals(talks)


class _Hidden:
    """What one side hides from another, as unknowns of a linear program."""

    def __init__(self, dispute: Dispute, sides: tuple[str, str], hiding: Hiding) -> None:
        self._dispute, self._hiding = dispute, hiding
        self._party, self._observer = sides
        self._others = [party for party in dispute.party_ids if party not in sides]

    def intervals(self, talks: Talks) -> dict[Answer, Interval]:
        """Return an interval for each number; what nothing was told of can be anything."""
        whole = Interval(Fraction(0), self._hiding.total)
        found = {
            answer: whole for issue in self._dispute.issues for answer in self._unknowns(issue)
        }
        found[WALK_AWAY] = whole
        told = list(self._told(talks))
        rows = [*self._shape(), *told]
        touched = {name for weights, _ in told for name in weights if isinstance(name, Answer)}
        for answer in sorted(touched):
            ends: list[Fraction] = []
            for sign in (-1, 1):
                most = _most(rows, {answer: sign})
                if most is None:
                    return {}
                ends.append(sign * most)
            found[answer] = Interval(*ends)
        return found

    def could_be(self, talks: Talks, refused: Outcome) -> bool:
        """Tell whether this side can have stood in the way of a package, for all that was told."""
        possible = (told.outcome for told in talks.told if told.word is not Word.NOT_POSSIBLE)
        rows = [*self._shape(), *(self._at_most_walk_away(kept, -1) for kept in possible)]
        return _most([*rows, self._at_most_walk_away(refused, 1)], {}) is not None

    def _shape(self) -> Iterator[Row]:
        total = self._hiding.total
        yield {WALK_AWAY: Fraction(1)}, total
        bests: Weights = {}
        for issue in self._dispute.issues:
            best = f"best {issue.id}"
            bests[best] = Fraction(1)
            for name in self._unknowns(issue):
                yield {name: Fraction(1), best: Fraction(-1)}, Fraction(0)
                if isinstance(issue, Share):
                    yield {name: Fraction(-1), best: Fraction(1)}, Fraction(0)
        yield bests, total
        yield {best: -one for best, one in bests.items()}, -total

    def _unknowns(self, issue: Issue) -> Iterator[Answer]:
        if isinstance(issue, Share | Money):
            yield Answer("issue", issue.id)
        elif isinstance(issue, Amount):
            yield from (Answer("issue", issue.id, place=end) for end in (1, 2))
        else:
            values = self._dispute.values_of(issue)
            yield from (Answer("issue", issue.id, str(value)) for value in values)

    def _told(self, talks: Talks) -> Iterator[Row]:
        for told in talks.told:
            if told.word is not Word.NOT_POSSIBLE:
                yield self._at_most_walk_away(told.outcome, -1)
            elif self._only_hidden(told.outcome) and not self._another(talks, told):
                yield self._at_most_walk_away(told.outcome, 1)
        if talks.shown is not None:
            yield self._at_most_walk_away(talks.shown, -1)
            if not self._others:
                yield from self._unbettered(talks.shown)

    def _another(self, talks: Talks, told: Told) -> bool:
        """Tell whether another side than this one can have stood in the way."""
        return any(
            _Hidden(self._dispute, (other, self._observer), self._hiding).could_be(
                talks, told.outcome
            )
            for other in self._others
        )

    def _at_most_walk_away(self, outcome: Outcome, sign: int) -> Row:
        """Return that a package is worth at most the walk-away value; with −1, at least that."""
        weights: Weights = {}
        for issue in self._dispute.issues:
            worth = self._worth_of(issue, outcome[issue.id])
            weights |= {name: sign * weight for name, weight in worth.items()}
        return {**weights, WALK_AWAY: Fraction(-sign)}, Fraction(0)

    def _only_hidden(self, outcome: Outcome) -> bool:
        """Tell whether, for all the observer knows, only a hidden walk-away can be crossed."""
        dispute, observer = self._dispute, self._observer
        lines = dispute.preferences[observer].red_lines
        known = (*(rule.never for rule in dispute.rules), *(line.never for line in lines))
        return (
            not any(condition.holds(outcome) for condition in known)
            and not any(group.not_for_trade for group in dispute.groups)
            and dispute.utility(observer, outcome) >= dispute.walk_away(observer)
        )

    def _unbettered(self, shown: Outcome) -> Iterator[Row]:
        """Yield that where the observer would have more on one issue, the hidden side has less."""
        dispute, observer = self._dispute, self._observer
        for issue in dispute.issues:
            for value in dispute.decisions_of(issue) or ():
                other: Outcome = FrozenMap({**shown, issue.id: value})
                better = dispute.utility(observer, other) > dispute.utility(observer, shown)
                if better and self._only_hidden(other):
                    weights = self._worth_of(issue, value)
                    for name, weight in self._worth_of(issue, shown[issue.id]).items():
                        weights[name] = weights.get(name, Fraction(0)) - weight
                    yield weights, Fraction(0)

    def _worth_of(self, issue: Issue, value: Value) -> Weights:
        if isinstance(value, FrozenMap):
            return {Answer("issue", issue.id): value[self._party]}
        if isinstance(issue, Amount) and isinstance(value, Fraction):
            along = (value - issue.min) / (issue.max - issue.min)
            low, high = self._unknowns(issue)
            return {low: 1 - along, high: along}
        return {Answer("issue", issue.id, str(value)): Fraction(1)}


def _most(rows: list[Row], objective: Mapping[Unknown, int]) -> Fraction | None:
    """Return the most that a weighted sum of unknowns can be; None: nothing meets all rows."""
    answer = solve(_program(rows, objective))
    return None if isinstance(answer, Impossible) else answer.value


def _program(rows: list[Row], objective: Mapping[Unknown, int]) -> Program:
    """Return the program with a slack for each row, all numbers whole."""
    names = sorted({name for weights, _ in rows for name in weights}, key=str)
    columns: list[list[tuple[int, int]]] = [[] for _ in names]
    right: list[int] = []
    place = {name: n for n, name in enumerate(names)}
    for n, (weights, most) in enumerate(rows):
        whole = lcm(most.denominator, *(weight.denominator for weight in weights.values()))
        for name, weight in weights.items():
            if weight:
                columns[place[name]].append((n, int(weight * whole)))
        right.append(int(most * whole))
    slacks = [((n, 1),) for n in range(len(rows))]
    costs = [objective.get(name, 0) for name in names] + [0] * len(slacks)
    return Program([*(tuple(column) for column in columns), *slacks], costs, right)
