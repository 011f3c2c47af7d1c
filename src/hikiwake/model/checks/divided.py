"""What is divided between the parties: shares and their claims, money, and entitlements."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from hikiwake.errors import Fault
from hikiwake.model.checks.ids import unknown
from hikiwake.model.condition import Value
from hikiwake.model.frozen import FrozenMap
from hikiwake.model.issue import Money, Share

if TYPE_CHECKING:
    from hikiwake.model.dispute import Dispute


def share_faults(dispute: Dispute, issue: Share, where: str) -> Iterator[Fault]:
    """Yield what is wrong with a share's total and claims (H22)."""
    thing = f"Issue {issue.id!r}"
    if issue.total is not None and issue.total <= 0:
        yield Fault(
            thing, f"total {issue.total}", "A total above 0: how much there is to divide", "H22",
            "Change it, or leave it out.", f"{where}.total",
        )  # fmt: skip
    if not issue.claims:
        return
    if issue.total is None:
        yield Fault(
            thing, "claims without a total", "`total` beside `claims`", "H22",
            "Say how much there is to divide: total = 200.", f"{where}.total",
        )  # fmt: skip
    spot = f"{where}.claims"
    for party, claim in issue.claims.items():
        if party not in dispute.party_ids:
            yield unknown(f"{thing}, claims", "party", party, dispute.party_ids, spot)
        elif claim < 0:
            yield Fault(
                thing, f"a claim of {claim} by {party!r}", "Claims of at least 0", "H22",
                "Change it; 0 where a party claims nothing.", f"{spot}.{party}",
            )  # fmt: skip
    missing = [party for party in dispute.party_ids if party not in issue.claims]
    if missing:
        named = ", ".join(repr(party) for party in missing[:10])
        yield Fault(
            thing, f"no claim of {named}", "A claim of every party", "H22",
            "Add it; 0 where a party claims nothing.", spot,
        )  # fmt: skip


def money_faults(dispute: Dispute, issue: Money, where: str) -> Iterator[Fault]:
    """Yield what is wrong with a money issue: its limit, or another one before it (H21)."""
    thing = f"Issue {issue.id!r}"
    if issue.limit <= 0:
        yield Fault(
            thing, f"limit {issue.limit}", "A limit above 0: the most that a party may pay", "H21",
            "Change it.", f"{where}.limit",
        )  # fmt: skip
    first = next(other for other in dispute.issues if isinstance(other, Money))
    if first is not issue:
        yield Fault(
            thing, f"a second issue of money, beside {first.id!r}", "At most one in a dispute",
            "H21", "Put all payments into one.", where,
        )  # fmt: skip
    for place, group in enumerate(dispute.groups, start=1):
        if group.not_for_trade and issue.id in group.issues:
            yield Fault(
                f"Group {group.id!r}", f"money, {issue.id!r}, in a group that is not for trade",
                "Other issues than money there", "H21", "Take it out of the group.",
                f"groups[{place}].issues",
            )  # fmt: skip


def entitlement_faults(dispute: Dispute) -> Iterator[Fault]:
    """Yield entitlements that are not above 0 (H22)."""
    for place, party in enumerate(dispute.parties, start=1):
        if party.entitlement <= 0:
            yield Fault(
                f"Party {party.id!r}", f"entitlement {party.entitlement}", "A number above 0",
                "H22", "Change it; without one it is 1.", f"parties[{place}].entitlement",
            )  # fmt: skip


def divided_fault(dispute: Dispute, issue: Share | Money, value: Value, where: str) -> Fault | None:
    """Return why a public value is no division of this share, or no such payments; or None (H5)."""
    thing = f"Issue {issue.id!r}"
    parts = value if isinstance(value, FrozenMap) else FrozenMap[str, Fraction]()
    everybody = set(parts) == set(dispute.party_ids)
    if isinstance(issue, Money):
        if everybody and issue.allows(parts.values()):
            return None
        expected = f"What every party receives, at least -{issue.limit} each, summing to 0"
        remedy = "Give every party its payment, negative where it pays."
        return Fault(thing, "not such payments", expected, "H5", remedy, where)
    if everybody and min(parts.values()) >= 0 and sum(parts.values()) == 1:
        return None
    expected = "A fraction of at least 0 for every party, summing to 1"
    return Fault(thing, "not a division", expected, "H5", "Give every party its part.", where)
