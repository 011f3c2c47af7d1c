"""A new issue: what it would have to be worth, and to whom, to make a draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil

from hikiwake.model import Choice, Dispute, FrozenMap, Option, Table
from hikiwake.options.again import Answer, answer
from hikiwake.options.remedies.lifting import kept_walk_aways
from hikiwake.settlement import Gains, Numbers

WITHOUT, WITH = "without", "with"
DOUBLINGS = 9
HALVINGS = 10
NEAR = Fraction(1, 100)  # how near to what does not do, in parts of what does
PARTS = 100


def with_issue(dispute: Dispute, worth: Mapping[str, Fraction]) -> Dispute:
    """Return the dispute with one more issue, worth so much to these and nothing to others."""
    taken = {issue.id for issue in dispute.issues}
    name = next(
        n for n in ("new", *(f"new {k}" for k in range(2, len(taken) + 3))) if n not in taken
    )
    issue = Choice(name, (Option(WITHOUT), Option(WITH)))
    preferences = {
        party: replace(
            own,
            points=FrozenMap(
                {
                    **own.points,
                    name: Table(FrozenMap({WITHOUT: Fraction(0), WITH: worth[party]})),
                }
            ),
        )
        if worth.get(party)
        else own
        for party, own in kept_walk_aways(dispute).items()
    }
    issues = (*dispute.issues, issue)
    return replace(dispute, issues=issues, preferences=FrozenMap(preferences))


def needed(dispute: Dispute, gains: Gains, ranges: Numbers) -> tuple[Numbers, Answer] | None:
    """Return what a new issue has to be worth, and to whom, so that there is a draw.

    To whoever is behind, in the proportions that would bring everybody level in the settled
    package. Where that helps nobody, because those ahead then fall out with each other, to
    everyone: as much more to each as its whole range. In hundredths of ranges; about ``NEAR`` less
    was tried and made none. None where nobody is behind: fewer than two can gain, or all have
    gained alike.
    """
    known = {party: gain for party, gain in gains.items() if gain is not None}
    most = max(known.values(), default=Fraction(0))
    room = max(1 - most, Fraction(1, PARTS))
    behind = {party: (most - gain) / room for party, gain in known.items() if gain < most}
    if len(known) < 2 or not behind:
        return None
    everyone = {party: behind.get(party, Fraction(0)) + 1 for party in known}
    return _least(dispute, behind, ranges) or _least(dispute, everyone, ranges)


def _least(
    dispute: Dispute, parts: Mapping[str, Fraction], ranges: Numbers
) -> tuple[Numbers, Answer] | None:
    """Return how much of these parts of ranges makes a draw, by doubling and halving.

    Each time the dispute is settled again: a new issue moves the ideals as well.
    """

    def tried(times: Fraction) -> tuple[Numbers, Answer] | None:
        worth = {p: ranges[p] * _hundredths(part * times) for p, part in parts.items()}
        found = answer(with_issue(dispute, worth), "draw")
        if found is None or not found.is_draw():
            return None
        return FrozenMap(worth), found

    low, high = Fraction(0), Fraction(1, 2)
    best = tried(high)
    for _ in range(DOUBLINGS):
        if best is not None:
            break
        low, high = high, 2 * high
        best = tried(high)
    for _ in range(HALVINGS):
        if best is None or high - low <= NEAR * high:
            break
        middle = (low + high) / 2
        closer = tried(middle)
        low, high, best = (low, middle, closer) if closer else (middle, high, best)
    return best


def _hundredths(part: Fraction) -> Fraction:
    return Fraction(ceil(part * PARTS), PARTS)
