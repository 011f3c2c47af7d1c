"""Rules that make their packages themselves, instead of taking points of the frontier."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Protocol, runtime_checkable

from hikiwake.errors import Fault, TooLarge
from hikiwake.model import Dispute, Issue, Item, Linear, Outcome, Share, Table

MAX_OUTCOMES = 10_000
REMEDY = "Use `draw`, which searches all packages and keeps every limit."


@runtime_checkable
class DirectRule(Protocol):
    """A rule that says outright what everybody gets.

    What it gives need not be Pareto-optimal, nor leave everybody its walk-away value.
    """

    def require(self, dispute: Dispute) -> None:
        """Raise Unsupported if the rule does not cover the dispute."""
        ...

    def outcomes(self, dispute: Dispute) -> tuple[Outcome, ...]:
        """Return every package that the rule gives as readily: where it leaves an order open, all.

        Raises
        ------
        TooLarge
            If there are more than ``MAX_OUTCOMES`` (H18).
        """
        ...


def fault(rule: str, found: str, expected: str, remedy: str = REMEDY) -> Fault:
    """Return what is said where a rule does not cover a dispute (H18)."""
    return Fault(f"Rule {rule!r}", found, expected, "H18", remedy)


def conditions_in(dispute: Dispute, rule: str) -> Iterator[Fault]:
    """Yield what a rule that sees points only cannot keep. Whose it is, is not told (H14)."""
    if dispute.rules or any(dispute.preferences[p].red_lines for p in dispute.party_ids):
        yield fault(rule, "there are rules or red lines", "None")
    if any(dispute.preferences[p].bonuses for p in dispute.party_ids):
        yield fault(rule, "there are bonuses", "None")
    if any(group.not_for_trade for group in dispute.groups):
        yield fault(rule, "a group is not for trade", "None")


def other_kinds(
    dispute: Dispute, rule: str, kinds: tuple[type[Issue], ...], expected: str
) -> Iterator[Fault]:
    """Yield the issues that are of none of the kinds that a rule takes."""
    for issue in dispute.issues:
        if not isinstance(issue, kinds):
            found = f"issue {issue.id!r} is of kind {issue.kind!r}"
            yield fault(rule, found, expected)


def externalities(dispute: Dispute, rule: str) -> Iterator[Fault]:
    """Yield a fault if it matters to anybody which other party has an item (H14: not to whom)."""
    for item in dispute.issues:
        tables = [dispute.preferences[p].points.get(item.id) for p in dispute.party_ids]
        if isinstance(item, Item) and any(
            isinstance(own, Table)
            and len({own.points[other] for other in dispute.party_ids if other != party}) > 1
            for party, own in zip(dispute.party_ids, tables, strict=True)
        ):
            found = f"issue {item.id!r}: to a party it matters who else has it"
            yield fault(rule, found, "Each party cares only whether it has an item itself")


def having(dispute: Dispute, party: str, issue: Item | Share) -> Fraction:
    """Return a party's points for having all of it, above those for another party's having it."""
    own = dispute.preferences[party].points.get(issue.id)
    if isinstance(own, Linear):
        return own.whole
    if not isinstance(own, Table):
        return Fraction(0)
    other = next(p for p in dispute.party_ids if p != party)
    return own.points[party] - own.points[other]


def too_many(rule: str) -> TooLarge:
    """Return the refusal where a rule leaves more open than can be counted."""
    return TooLarge(
        fault(
            rule,
            f"more than {MAX_OUTCOMES:,} packages are equally good by this rule",
            f"At most {MAX_OUTCOMES:,}: all of them are counted, so that no side's place in a "
            "list decides",
            "Give points that differ where the sides are not indifferent, or use `draw`.",
        )
    )
