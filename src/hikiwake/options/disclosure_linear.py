"""How small and how large a hidden walk-away value can be, by linear conditions alone, exactly.

Notation: the hidden points are unknowns of at least 0, one for each option, owner, whole share and
end of an amount. Each issue has a best that none of its points exceeds; the bests sum to the total.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import lcm

from hikiwake.findings.talks import Hiding, Interval, Talks, Word
from hikiwake.model import Amount, Dispute, FrozenMap, Issue, Money, Outcome, Share, Value
from hikiwake.solvers.programs.program import Impossible, Program
from hikiwake.solvers.programs.solving import solve

Row = tuple[dict[str, Fraction], Fraction]  # a weighted sum of unknowns, at most this

_WALK_AWAY = "walk away"


def walk_away_within(
    dispute: Dispute, sides: tuple[str, str], talks: Talks, hiding: Hiding
) -> Interval | None:
    """Return an interval that holds the hidden walk-away value; None: nothing fits what was told.

    It is as small as the linear conditions make it: that what was called possible is worth the
    walk-away value, that what only the hidden side can have stood in the way of is not worth more,
    and that the settled package could not be bettered on one issue. Evenness is not linear and is
    not used, so the real interval may be smaller.

    Parameters
    ----------
    sides
        The party that hides, and the one that looks.
    """
    rows = [*_shape(dispute, hiding), *_told(dispute, sides, talks)]
    names = sorted({name for weights, _ in rows for name in weights})
    ends: list[Fraction] = []
    for sign in (-1, 1):
        program = _program(rows, names, sign)
        answer = solve(program)
        if isinstance(answer, Impossible):
            return None
        ends.append(sign * answer.value)
    return Interval(*ends)


def _program(rows: list[Row], names: list[str], sign: int) -> Program:
    """Return the program with a slack for each row, all numbers whole."""
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
    objective = [sign * (name == _WALK_AWAY) for name in names] + [0] * len(slacks)
    return Program([*(tuple(column) for column in columns), *slacks], objective, right)


def _shape(dispute: Dispute, hiding: Hiding) -> Iterator[Row]:
    yield {_WALK_AWAY: Fraction(1)}, hiding.total
    bests: dict[str, Fraction] = {}
    for issue in dispute.issues:
        best = f"best {issue.id}"
        bests[best] = Fraction(1)
        for name in _unknowns(dispute, issue):
            yield {name: Fraction(1), best: Fraction(-1)}, Fraction(0)
            if isinstance(issue, Share):
                yield {name: Fraction(-1), best: Fraction(1)}, Fraction(0)
    yield bests, hiding.total
    yield {best: -one for best, one in bests.items()}, -hiding.total


def _unknowns(dispute: Dispute, issue: Issue) -> Iterator[str]:
    if isinstance(issue, Share | Money):
        yield f"all {issue.id}"
    elif isinstance(issue, Amount):
        yield from (f"{end} {issue.id}" for end in ("min", "max"))
    else:
        yield from (f"{issue.id} = {value}" for value in dispute.values_of(issue))


def _told(dispute: Dispute, sides: tuple[str, str], talks: Talks) -> Iterator[Row]:
    hidden, observer = sides
    for told in talks.told:
        worth = _worth(dispute, hidden, told.outcome)
        if told.word is not Word.NOT_POSSIBLE:
            yield _at_most_walk_away(worth, -1)
        elif _only_hidden(dispute, observer, told.outcome):
            yield _at_most_walk_away(worth, 1)
    if talks.shown is not None:
        yield _at_most_walk_away(_worth(dispute, hidden, talks.shown), -1)
        yield from _unbettered(dispute, sides, talks.shown)


def _at_most_walk_away(worth: dict[str, Fraction], sign: int) -> Row:
    """Return that the worth is at most the walk-away value; with −1, that it is at least that."""
    weights = {name: sign * weight for name, weight in worth.items()}
    return {**weights, _WALK_AWAY: Fraction(-sign)}, Fraction(0)


def _only_hidden(dispute: Dispute, observer: str, outcome: Outcome) -> bool:
    """Tell whether, for all that the observer knows, only the hidden walk-away can be crossed."""
    lines = dispute.preferences[observer].red_lines
    known = (*(rule.never for rule in dispute.rules), *(line.never for line in lines))
    return (
        not any(condition.holds(outcome) for condition in known)
        and not any(group.not_for_trade for group in dispute.groups)
        and dispute.utility(observer, outcome) >= dispute.walk_away(observer)
    )


def _unbettered(dispute: Dispute, sides: tuple[str, str], shown: Outcome) -> Iterator[Row]:
    """Yield that where the observer would have more on one issue, the hidden side has less."""
    hidden, observer = sides
    for issue in dispute.issues:
        for value in dispute.decisions_of(issue) or ():
            other: Outcome = FrozenMap({**shown, issue.id: value})
            better = dispute.utility(observer, other) > dispute.utility(observer, shown)
            if better and _only_hidden(dispute, observer, other):
                weights = _worth_of(dispute, hidden, issue, value)
                for name, weight in _worth_of(dispute, hidden, issue, shown[issue.id]).items():
                    weights[name] = weights.get(name, Fraction(0)) - weight
                yield weights, Fraction(0)


def _worth(dispute: Dispute, hidden: str, outcome: Outcome) -> dict[str, Fraction]:
    worth: dict[str, Fraction] = {}
    for issue in dispute.issues:
        worth |= _worth_of(dispute, hidden, issue, outcome[issue.id])
    return worth


def _worth_of(dispute: Dispute, hidden: str, issue: Issue, value: Value) -> dict[str, Fraction]:
    if isinstance(value, FrozenMap):
        return {f"all {issue.id}": value[hidden]}
    if isinstance(issue, Amount) and isinstance(value, Fraction):
        along = (value - issue.min) / (issue.max - issue.min)
        return {f"min {issue.id}": 1 - along, f"max {issue.id}": along}
    return {f"{issue.id} = {value}": Fraction(1)}
