"""A dispute about some of its issues only, with everything else left as it stands today."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace

from hikiwake.model import Condition, Dispute, FrozenMap, Outcome, Preference, Value
from hikiwake.model.condition import Test


def restricted(dispute: Dispute, table: Set[str]) -> Dispute:
    """Return the dispute about the issues on the table, the others left open at the status quo.

    Rules, red lines and bonuses that name an open issue are judged with the status quo's value
    there; where it has none, the combination cannot be complete. One that names open issues only is
    left out: it stands or falls with today, and nothing that is decided changes that. Walk-away
    values stay what they are: from each, what today gives the party on the open issues is taken,
    because the points of this dispute no longer hold it.

    Parameters
    ----------
    table
        Ids of the issues to be decided, at least one.
    """
    open_today = left_as_today(dispute, table)
    today = dispute.status_quo or {}
    groups = tuple(
        replace(group, issues=inside)
        for group in dispute.groups
        if (inside := tuple(issue for issue in group.issues if issue in table))
    )
    rules = tuple(
        replace(rule, never=rest)
        for rule in dispute.rules
        if (rest := _rest(rule.never, table, open_today)) is not None
    )
    return replace(
        dispute,
        parties=tuple(replace(party, names=FrozenMap()) for party in dispute.parties),
        issues=tuple(issue for issue in dispute.issues if issue.id in table),
        preferences=FrozenMap(
            {
                party: _preference(dispute, dispute.preferences[party], table, open_today)
                for party in dispute.party_ids
            }
        ),
        rules=rules,
        groups=groups,
        status_quo=FrozenMap({issue: value for issue, value in today.items() if issue in table}),
        notes=(),
    )


def left_as_today(dispute: Dispute, table: Set[str]) -> Outcome:
    """Return what the status quo says of the issues that are not on the table."""
    today = dispute.status_quo or {}
    return FrozenMap({issue: value for issue, value in today.items() if issue not in table})


def _preference(
    dispute: Dispute, preference: Preference, table: Set[str], open_today: Mapping[str, Value]
) -> Preference:
    red_lines = tuple(
        replace(line, never=rest)
        for line in preference.red_lines
        if (rest := _rest(line.never, table, open_today)) is not None
    )
    bonuses = tuple(
        replace(bonus, when=rest)
        for bonus in preference.bonuses
        if (rest := _rest(bonus.when, table, open_today)) is not None
    )
    points = {issue: points for issue, points in preference.points.items() if issue in table}
    return replace(
        preference,
        points=FrozenMap(points),
        red_lines=red_lines,
        bonuses=bonuses,
        walk_away=dispute.walk_away(preference.party) - preference.utility(open_today),
    )


def _rest(
    condition: Condition, table: Set[str], open_today: Mapping[str, Value]
) -> Condition | None:
    """Return what is left of a condition to decide, or None if it no longer depends on it."""
    rest: dict[str, Test] = {}
    for issue, test in condition.tests.items():
        if issue in table:
            rest[issue] = test
        elif issue not in open_today or not test.holds(open_today[issue]):
            return None
    return Condition(FrozenMap(rest)) if rest else None
