"""A dispute without one of its limits: a public rule, a red line, or a group kept from trade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hikiwake.findings.offers import Barrier
from hikiwake.model import Dispute, FrozenMap, Preference


def barriers(dispute: Dispute) -> Iterator[Barrier]:
    """Yield every limit that could be lifted alone."""
    for place, rule in enumerate(dispute.rules, 1):
        yield Barrier("rule", rule.by, place)
    for party in dispute.party_ids:
        for place, _ in enumerate(dispute.preferences[party].red_lines, 1):
            yield Barrier("red_line", party, place)
    for place, group in enumerate(dispute.groups, 1):
        if group.not_for_trade:
            yield Barrier("group", None, place)


def said(dispute: Dispute, barrier: Barrier) -> tuple[str, ...]:
    """Return a limit as texts that hang on no place in a file."""
    place = barrier.place - 1
    if barrier.kind == "group":
        return barrier.kind, dispute.groups[place].id
    if barrier.party is None or barrier.kind == "rule":
        return barrier.kind, *dispute.rules[place].never.written
    own = dispute.preferences[barrier.party].red_lines[place]
    return barrier.kind, barrier.party, *own.never.written


def without(dispute: Dispute, barrier: Barrier) -> Dispute:
    """Return the dispute without a limit; walk-away values stay."""
    preferences = kept_walk_aways(dispute)
    rules, groups = list(dispute.rules), list(dispute.groups)
    place = barrier.place - 1
    if barrier.kind == "rule":
        del rules[place]
    elif barrier.kind == "group":
        groups[place] = replace(groups[place], not_for_trade=False)
    else:
        assert barrier.party is not None
        own = preferences[barrier.party]
        lines = (*own.red_lines[:place], *own.red_lines[place + 1 :])
        preferences = FrozenMap({**preferences, barrier.party: replace(own, red_lines=lines)})
    return replace(dispute, preferences=preferences, rules=tuple(rules), groups=tuple(groups))


def kept_walk_aways(dispute: Dispute) -> FrozenMap[str, Preference]:
    """Return the preferences with every walk-away value declared, as it stands (H4)."""
    return FrozenMap(
        {
            party: replace(own, walk_away=dispute.walk_away(party))
            for party, own in dispute.preferences.items()
        }
    )
