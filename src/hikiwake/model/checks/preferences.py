"""Preferences: points for every option, of the kind that the issue needs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from hikiwake.errors import Fault
from hikiwake.model.checks.conditions import condition_faults
from hikiwake.model.checks.ids import unknown
from hikiwake.model.issue import Amount, Choice, Issue, Item, Money, Share
from hikiwake.model.preference import Curve, Linear, Points, Preference, Table

if TYPE_CHECKING:
    from hikiwake.model.dispute import Dispute

_KEYS = {
    "choice": "values",
    "item": "points",
    "share": "points",
    "amount": "curves",
    "money": "points",
}


def preference_faults(dispute: Dispute, preference: Preference) -> Iterator[Fault]:
    """Yield what is wrong with one party's preference, without its numbers."""
    party, where = preference.party, f"preferences.{preference.party}"
    issues = {issue.id: issue for issue in dispute.issues}
    for issue_id, points in preference.points.items():
        if issue_id not in issues:
            yield unknown(f"Party {party!r}", "issue", issue_id, issues, f"{where}.{issue_id}")
        else:
            yield from _points(dispute, party, issues[issue_id], points)
    for place, line in enumerate(preference.red_lines, start=1):
        thing, spot = f"Party {party!r}, red line {place}", f"{where}.red_lines[{place}].never"
        yield from condition_faults(dispute, line.never, thing, spot, private=True)
    for place, bonus in enumerate(preference.bonuses, start=1):
        thing, spot = f"Party {party!r}, bonus {place}", f"{where}.bonuses[{place}].when"
        yield from condition_faults(dispute, bonus.when, thing, spot, private=True)
        if any(_continuous(issues[i]) for i in bonus.when.tests if i in issues):
            yield Fault(
                thing,
                "depends on a share, money or a continuous amount",
                "A bonus depends on choices, items and stepped amounts only",
                "H6",
                "Give the amount a step, or leave the issue out of the bonus.",
                spot,
            )


def _continuous(issue: Issue) -> bool:
    return isinstance(issue, Share | Money) or (isinstance(issue, Amount) and issue.step is None)


def _points(dispute: Dispute, party: str, issue: Issue, points: Points) -> Iterator[Fault]:
    thing = f"Party {party!r}, issue {issue.id!r}"
    where = f"preferences.{party}.{_KEYS[issue.kind]}.{issue.id}"
    if isinstance(issue, Choice | Item) and isinstance(points, Table):
        yield from _table(dispute, party, issue, points)
    elif isinstance(issue, Amount) and isinstance(points, Curve):
        xs = [x for x, _ in points.corners]
        rising = all(a < b for a, b in pairwise(xs))
        if not rising or len(xs) < 2 or xs[0] != issue.min or xs[-1] != issue.max:
            yield Fault(
                thing,
                "a curve that does not run from min to max",
                f"Corners [x, points] with x strictly rising from {issue.min} to {issue.max}",
                "H6",
                "Add or reorder corners.",
                where,
            )
    elif not (isinstance(issue, Share | Money) and isinstance(points, Linear)):
        yield Fault(
            thing,
            f"points of another kind than `{issue.kind}` needs",
            f"{issue.kind.capitalize()} issues take theirs under `{_KEYS[issue.kind]}`",
            "H2",
            f"Move them to [preferences.{party}.{_KEYS[issue.kind]}].",
            where,
        )


def _table(dispute: Dispute, party: str, issue: Choice | Item, points: Table) -> Iterator[Fault]:
    thing = f"Party {party!r}, issue {issue.id!r}"
    where = f"preferences.{party}.{_KEYS[issue.kind]}.{issue.id}"
    values = dispute.values_of(issue)
    kind = "option" if isinstance(issue, Choice) else "owner"
    for name in points.points:
        if name not in values:
            yield unknown(thing, kind, name, values, where)
    missing = [value for value in values if value not in points.points]
    if missing:
        named = ", ".join(repr(value) for value in missing[:10])
        yield Fault(
            thing,
            f"no points for {named} ({len(values) - len(missing)} of {len(values)} given)",
            f"Every {kind} needs some",
            "H2",
            "Add them, or leave the whole issue out if it does not matter to "
            f"{dispute.party(party).name.plain or party}.",
            where,
        )
