"""Issues, groups and the status quo."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from hikiwake.errors import Fault
from hikiwake.model.checks.divided import divided_fault, money_faults, share_faults
from hikiwake.model.checks.ids import id_faults, unknown
from hikiwake.model.condition import Value
from hikiwake.model.issue import Amount, Choice, Issue, Item, Money, Share

if TYPE_CHECKING:
    from hikiwake.model.dispute import Dispute


def issue_faults(dispute: Dispute, issue: Issue, where: str) -> Iterator[Fault]:
    """Yield what is wrong with an issue: its options, owners, range, claims or limit."""
    thing = f"Issue {issue.id!r}"
    if isinstance(issue, Choice):
        yield from id_faults((o.id for o in issue.options), f"{thing}, option", f"{where}.options")
        if not issue.options:
            yield Fault(
                thing, "no options", "At least one", "H2", "Add options.", f"{where}.options"
            )
    elif isinstance(issue, Item):
        owners = dispute.values_of(issue)
        yield from id_faults(owners[len(dispute.parties) :], f"{thing}, owner", f"{where}.others")
        for owner in set(owners[len(dispute.parties) :]) & set(dispute.party_ids):
            yield Fault(
                thing,
                f"{owner!r} stands under `others` and is a party",
                "`others` holds what is no party",
                "H3",
                "Remove it: every party may own an item already.",
                f"{where}.others",
            )
    elif isinstance(issue, Amount):
        if issue.min >= issue.max:
            yield Fault(
                thing, f"min {issue.min}, max {issue.max}", "min below max", "H6",
                "Swap or change them.", f"{where}.min",
            )  # fmt: skip
        elif issue.step is not None and (
            issue.step <= 0 or (issue.max - issue.min) % issue.step != 0
        ):
            yield Fault(
                thing, f"step {issue.step}", f"A step that divides {issue.max - issue.min}", "H6",
                "Change the step, or leave it out for any number in the range.", f"{where}.step",
            )  # fmt: skip
    elif isinstance(issue, Share):
        yield from share_faults(dispute, issue, where)
    else:
        yield from money_faults(dispute, issue, where)


def group_faults(dispute: Dispute) -> Iterator[Fault]:
    """Yield what is wrong with the groups: unknown issues, issues in two of them."""
    known = [issue.id for issue in dispute.issues]
    seen: dict[str, str] = {}
    for place, group in enumerate(dispute.groups, start=1):
        thing, where = f"Group {group.id!r}", f"groups[{place}].issues"
        if not group.issues:
            yield Fault(thing, "no issues", "At least one", "H8", "Name its issues.", where)
        for issue in group.issues:
            if issue not in known:
                yield unknown(thing, "issue", issue, known, where)
            if issue in seen:
                yield Fault(
                    thing,
                    f"issue {issue!r} is also in group {seen[issue]!r}",
                    "An issue is in at most one group",
                    "H8",
                    "Remove it from one of them.",
                    where,
                )
            seen[issue] = group.id


def status_quo_faults(dispute: Dispute) -> Iterator[Fault]:
    """Yield what is wrong with the status quo: unknown issues, values that they cannot have."""
    known = {issue.id: issue for issue in dispute.issues}
    for issue_id, value in (dispute.status_quo or {}).items():
        where = f"status_quo.{issue_id}"
        if issue_id not in known:
            yield unknown("The status quo", "issue", issue_id, known, where)
        elif (fault := value_fault(dispute, known[issue_id], value, where)) is not None:
            yield fault


def value_fault(dispute: Dispute, issue: Issue, value: Value, where: str) -> Fault | None:
    """Return why a public value cannot decide an issue, or None."""
    thing = f"Issue {issue.id!r}"
    if isinstance(issue, Share | Money):
        return divided_fault(dispute, issue, value, where)
    if isinstance(issue, Amount):
        if isinstance(value, Fraction) and issue.allows(value):
            return None
        expected = f"A number from {issue.min} to {issue.max}, on its steps"
        return Fault(thing, "not such an amount", expected, "H5", "Change the number.", where)
    values = dispute.values_of(issue)
    if isinstance(value, str) and value in values:
        return None
    kind = "option" if isinstance(issue, Choice) else "owner"
    return unknown(thing, kind, value if isinstance(value, str) else "", values, where)
