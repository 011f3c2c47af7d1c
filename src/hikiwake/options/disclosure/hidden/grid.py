"""What a party might hide, as declared beforehand: every member of a grid of preferences."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random

from hikiwake.errors import Fault, Unsupported
from hikiwake.findings.talks import Hiding
from hikiwake.model import (
    Amount,
    Curve,
    Dispute,
    FrozenMap,
    Issue,
    Linear,
    Money,
    Preference,
    Share,
    Table,
)
from hikiwake.model.preference import Points
from hikiwake.options.disclosure.hidden.unknowns import limit_of


def require_grid(hiding: Hiding) -> None:
    """Refuse a grid whose steps do not divide its total.

    Raises
    ------
    Unsupported
        If they do not (H1).
    """
    steps = (hiding.step, hiding.walk_away_step)
    if hiding.total > 0 and all(s > 0 and (hiding.total / s).denominator == 1 for s in steps):
        return
    raise Unsupported(
        Fault(
            "The declared grid",
            "steps that do not divide the total",
            "A total above 0, and steps of which whole numbers make the total",
            "H1",
            "Change the step, or the total.",
        )
    )


def size_of(dispute: Dispute, hiding: Hiding) -> int:
    """Return how many preferences the grid has."""
    levels = int(hiding.total / hiding.step)
    return _ways_of_last(dispute, levels)[0][levels] * (
        int(hiding.total / hiding.walk_away_step) + 1
    )


def hidden_preferences(dispute: Dispute, party: str, hiding: Hiding) -> Iterator[Preference]:
    """Yield every preference of the grid, in a fixed order."""
    walk_aways = [
        n * hiding.walk_away_step for n in range(int(hiding.total / hiding.walk_away_step) + 1)
    ]
    levels = int(hiding.total / hiding.step)
    for points in _points(dispute, dispute.issues, levels, hiding.step):
        for walk_away in walk_aways:
            yield Preference(party, FrozenMap(points), walk_away=Fraction(walk_away))


def drawn_from(dispute: Dispute, party: str, hiding: Hiding, chance: Random) -> Preference:
    """Return a preference of the grid at random, each as likely as any other."""
    levels = int(hiding.total / hiding.step)
    ways = _ways_of_last(dispute, levels)
    points: dict[str, Points] = {}
    for place, issue in enumerate(dispute.issues):
        options = [
            _ways(dispute, issue, best) * ways[place + 1][levels - best]
            for best in range(levels + 1)
        ]
        best = chance.choices(range(levels + 1), options)[0]
        points[issue.id] = _one_of(dispute, issue, best, hiding.step, chance)
        levels -= best
    highest = int(hiding.total / hiding.walk_away_step)
    walk_away = chance.randint(0, highest) * hiding.walk_away_step
    return Preference(party, FrozenMap(points), walk_away=walk_away)


def _ways_of_last(dispute: Dispute, levels: int) -> list[list[int]]:
    """Return, from each issue on, in how many ways their bests can have each sum."""
    ways = [[1] + [0] * levels]
    for issue in reversed(dispute.issues):
        own = [_ways(dispute, issue, level) for level in range(levels + 1)]
        last = ways[0]
        ways.insert(0, [sum(last[n - k] * own[k] for k in range(n + 1)) for n in range(levels + 1)])
    return ways


def _one_of(dispute: Dispute, issue: Issue, best: int, step: Fraction, chance: Random) -> Points:
    """Return points for an issue at random, its best being given and its least 0."""
    if isinstance(issue, Share | Money | Amount):
        return chance.choice(list(_of(dispute, issue, best, step)))
    values = dispute.decisions_of(issue) or ()
    worths = [0] * len(values)
    while max(worths) != best or min(worths) != 0:
        worths = [chance.randint(0, best) for _ in values]
    named = (str(value) for value in values)
    return Table(FrozenMap({n: worth * step for n, worth in zip(named, worths, strict=True)}))


def _ways(dispute: Dispute, issue: Issue, best: int) -> int:
    """Return in how many ways an issue can have this best, its least being 0."""
    if best == 0 or isinstance(issue, Share | Money):
        return 1
    if isinstance(issue, Amount):
        return 2
    many = len(dispute.decisions_of(issue) or ())
    return int((best + 1) ** many - 2 * best**many + (best - 1) ** many) if many > 1 else 0


def _points(
    dispute: Dispute, issues: tuple[Issue, ...], levels: int, step: Fraction
) -> Iterator[dict[str, Points]]:
    if not issues:
        if levels == 0:
            yield {}
        return
    first, rest = issues[0], issues[1:]
    for best in range(levels + 1):
        for own in _of(dispute, first, best, step):
            for others in _points(dispute, rest, levels - best, step):
                yield {first.id: own, **others}


def _of(dispute: Dispute, issue: Issue, best: int, step: Fraction) -> Iterator[Points]:
    top = best * step
    if isinstance(issue, Share | Money):
        yield Linear(top / limit_of(issue))
    elif isinstance(issue, Amount):
        yield Curve(((issue.min, Fraction(0)), (issue.max, top)))
        if best:
            yield Curve(((issue.min, top), (issue.max, Fraction(0))))
    else:
        values = dispute.decisions_of(issue) or ()
        for levels in product(range(best + 1), repeat=len(values)):
            if max(levels) == best and min(levels) == 0:
                named = (str(value) for value in values)
                worths = (level * step for level in levels)
                yield Table(FrozenMap(dict(zip(named, worths, strict=True))))
