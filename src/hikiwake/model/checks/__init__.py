"""What makes a dispute valid. Every fault is found in one pass, each with the key it stands at.

Nothing here repeats a number or a condition of a private preference (H14).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hikiwake.errors import Fault
from hikiwake.model.checks.conditions import condition_faults
from hikiwake.model.checks.divided import entitlement_faults
from hikiwake.model.checks.ids import id_faults, unknown
from hikiwake.model.checks.issues import group_faults, issue_faults, status_quo_faults
from hikiwake.model.checks.preferences import preference_faults

if TYPE_CHECKING:
    from hikiwake.model.dispute import Dispute


def faults(dispute: Dispute) -> Iterator[Fault]:
    """Yield every fault of a dispute, in the order of its file."""
    yield from _ids(dispute)
    yield from _numbers(dispute)
    yield from entitlement_faults(dispute)
    for place, issue in enumerate(dispute.issues, start=1):
        yield from issue_faults(dispute, issue, f"issues[{place}]")
    for place, rule in enumerate(dispute.rules, start=1):
        where = f"rules[{place}]"
        yield from condition_faults(dispute, rule.never, f"Rule {place}", f"{where}.never")
        if rule.by is not None and rule.by not in dispute.party_ids:
            yield unknown(f"Rule {place}", "party", rule.by, dispute.party_ids, f"{where}.by")
    yield from group_faults(dispute)
    yield from status_quo_faults(dispute)
    yield from _preferences(dispute)


def _ids(dispute: Dispute) -> Iterator[Fault]:
    for key, word, ids, least in (
        ("parties", "Party", dispute.party_ids, 2),
        ("issues", "Issue", tuple(i.id for i in dispute.issues), 1),
        ("groups", "Group", tuple(g.id for g in dispute.groups), 0),
    ):
        yield from id_faults(ids, word, key)
        if len(ids) < least:
            yield Fault(
                "The dispute",
                f"1 {word.lower()}" if len(ids) == 1 else f"{len(ids)} {key}",
                f"At least {least} needed",
                "H3",
                f"Add [[{key}]] entries.",
                key,
            )


def _numbers(dispute: Dispute) -> Iterator[Fault]:
    for key, number in (("tolerance", dispute.tolerance), ("price", dispute.price)):
        if not 0 <= number <= 1:
            yield Fault(
                f"The {key}",
                f"{number} found",
                "A part of a range, from 0 to 1",
                "H10",
                'Give it as a fraction or a decimal, such as "1/20".',
                key,
            )


def _preferences(dispute: Dispute) -> Iterator[Fault]:
    for party in dispute.party_ids:
        if party not in dispute.preferences:
            yield Fault(
                f"Party {party!r}",
                "no preference",
                "Every party has one, however short",
                "H2",
                f"Add [preferences.{party}], or a file preferences/{party}.toml.",
                f"preferences.{party}",
            )
    for party, preference in dispute.preferences.items():
        if party in dispute.party_ids:
            yield from preference_faults(dispute, preference)
        else:
            where = f"preferences.{party}"
            yield unknown("A preference", "party", party, dispute.party_ids, where)
