"""The one order in which engines see a dispute, whatever its file says: by lots over names (H13).

What they find first of things that are as good, or before a limit is reached, hangs on the order in
which they look. So that is no place in a file: issues, their options, and what is said of them are
looked at in the order of the SHA-256 of their names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256

from hikiwake.model import (
    Bonus,
    Choice,
    Condition,
    Dispute,
    FrozenMap,
    Issue,
    Item,
    Value,
    lot_of,
)
from hikiwake.settlement import Limit


def in_one_order(dispute: Dispute) -> Dispute:
    """Return the dispute as if its file named issues, options and bonuses in the one order.

    Parties, rules and red lines stay as they are.
    """
    return replace(
        dispute,
        issues=tuple(_options_by_lot(dispute, issue) for issue in issues_by_lot(dispute)),
        preferences=FrozenMap(
            {
                party: replace(own, bonuses=tuple(_by_lot(own.bonuses)))
                for party, own in dispute.preferences.items()
            }
        ),
    )


def _options_by_lot(dispute: Dispute, issue: Issue) -> Issue:
    if not isinstance(issue, Choice | Item):
        return issue
    order = {value: n for n, value in enumerate(decisions_by_lot(dispute, issue) or ())}
    if isinstance(issue, Choice):
        return replace(issue, options=tuple(sorted(issue.options, key=lambda o: order[o.id])))
    return replace(issue, others=tuple(sorted(issue.others, key=lambda o: order[o.id])))


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
    yield from sorted(rules, key=lambda said: lot_of(*said[1].written))
    for party in sorted(dispute.party_ids, key=lot_of):
        lines = enumerate(dispute.preferences[party].red_lines, 1)
        own = [(Limit("red_line", party, n), line.never) for n, line in lines]
        yield from sorted(own, key=lambda said: lot_of(*said[1].written))


def bonuses_by_lot(dispute: Dispute) -> Iterator[tuple[int, Bonus]]:
    """Yield bonuses, each with its party's place in the file."""
    places = {party: place for place, party in enumerate(dispute.party_ids)}
    for party in sorted(places, key=lot_of):
        for bonus in _by_lot(dispute.preferences[party].bonuses):
            yield places[party], bonus


def _by_lot(bonuses: Iterable[Bonus]) -> list[Bonus]:
    return sorted(bonuses, key=lambda bonus: (lot_of(*bonus.when.written), bonus.points))


__all__ = ["bonuses_by_lot", "decisions_by_lot", "in_one_order", "issues_by_lot", "limits_by_lot"]
