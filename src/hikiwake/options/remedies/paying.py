"""A larger payment, where a dispute allows money."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hikiwake.model import Dispute, FrozenMap, Money
from hikiwake.options.again import Answer, answer
from hikiwake.options.remedies.lifting import kept_walk_aways

DOUBLINGS = 8


def with_limit(dispute: Dispute, money: Money, limit: Fraction) -> Dispute:
    """Return the dispute in which nobody pays more than another limit."""
    issues = tuple(
        replace(issue, limit=limit) if issue.id == money.id else issue for issue in dispute.issues
    )
    return replace(dispute, issues=issues, preferences=kept_walk_aways(dispute))


def larger_limit(dispute: Dispute) -> tuple[Fraction, Answer] | None:
    """Return a limit on payments with which there is a draw, and that; None: money is no remedy.

    The limit is doubled until there is a draw, and then drawn in to what is paid there, if that
    still makes one.
    """
    money = next((issue for issue in dispute.issues if isinstance(issue, Money)), None)
    if money is None:
        return None
    limit = money.limit
    for _ in range(DOUBLINGS):
        limit *= 2
        found = _draw(with_limit(dispute, money, limit))
        if found is not None:
            paid = found.outcome()[money.id]
            assert isinstance(paid, FrozenMap)
            most = -min(paid.values())
            closer = _draw(with_limit(dispute, money, most)) if most > money.limit else None
            return (most, closer) if closer else (limit, found)
    return None


def _draw(dispute: Dispute) -> Answer | None:
    found = answer(dispute, "draw")
    if found is None or not found.is_draw():
        return None
    return found
