"""The one order in which engines see a dispute, whatever its file says: by lots over names (H13).

What they find first of things that are as good, or before a limit is reached, hangs on the order in
which they look. So that is no place in a file: issues, their options, and what is said of them are
looked at in the order of the SHA-256 of their names.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from hikiwake.model import (
    Bonus,
    Choice,
    Condition,
    Dispute,
    Issue,
    Item,
    OneOf,
    SharesBeyond,
    Value,
)
from hikiwake.model.condition import Test
from hikiwake.pareto.lots import lot_of
from hikiwake.settlement import Limit


def issues_by_lot(dispute: Dispute) -> list[Issue]:
    """Return the issues in the one order."""
    return sorted(dispute.issues, key=lambda issue: lot_of(issue.id))


def decisions_by_lot(dispute: Dispute, issue: Issue) -> tuple[Value, ...] | None:
    """Return every way to decide an issue in the one order; None where there is no end of them.

    Numbers stay in their own.
    """
    values = dispute.decisions_of(issue)
    if values is None or not isinstance(issue, Choice | Item):
        return values
    start = sha256(lot_of(issue.id))

    def drawn(value: Value) -> bytes:
        own = start.copy()
        own.update(str(value).encode())
        return own.digest()

    return tuple(sorted(values, key=drawn))


def limits_by_lot(dispute: Dispute) -> Iterator[tuple[Limit, Condition]]:
    """Yield what rules and red lines never allow, each with its number in the file."""
    rules = [(Limit("rule", rule.by, n), rule.never) for n, rule in enumerate(dispute.rules, 1)]
    yield from sorted(rules, key=lambda said: _written(said[1]))
    for party in sorted(dispute.party_ids, key=lot_of):
        lines = enumerate(dispute.preferences[party].red_lines, 1)
        own = [(Limit("red_line", party, n), line.never) for n, line in lines]
        yield from sorted(own, key=lambda said: _written(said[1]))


def bonuses_by_lot(dispute: Dispute) -> Iterator[tuple[int, Bonus]]:
    """Yield bonuses, each with its party's place in the file."""
    places = {party: place for place, party in enumerate(dispute.party_ids)}
    for party in sorted(places, key=lot_of):
        own = dispute.preferences[party].bonuses
        for bonus in sorted(own, key=lambda bonus: (_written(bonus.when), bonus.points)):
            yield places[party], bonus


def _written(condition: Condition) -> bytes:
    """Return a lot for a combination: the same in whatever order it is said."""
    tests = sorted((issue, _test(test)) for issue, test in condition.tests.items())
    return lot_of(*(text for test in tests for text in test))


def _test(test: Test) -> str:
    if isinstance(test, OneOf):
        return "|".join(sorted(map(str, test.values)))
    if isinstance(test, SharesBeyond):
        return "|".join(sorted(f"{party}:{bound}" for party, bound in test.parties.items()))
    return str(test)


__all__ = ["bonuses_by_lot", "decisions_by_lot", "issues_by_lot", "limits_by_lot"]
