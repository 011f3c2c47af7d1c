"""Conditions: every issue exists, every test fits the kind of its issue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hikiwake.errors import Fault, did_you_mean
from hikiwake.model.checks.ids import unknown
from hikiwake.model.condition import Between, Beyond, Condition, OneOf, SharesBeyond, Test
from hikiwake.model.issue import Amount, Choice, Issue, Item, Money, Share

if TYPE_CHECKING:
    from hikiwake.model.dispute import Dispute


def condition_faults(
    dispute: Dispute, condition: Condition, thing: str, where: str, private: bool = False
) -> Iterator[Fault]:
    """Yield what is wrong with a combination; a private one is never repeated."""
    issues = {issue.id: issue for issue in dispute.issues}
    if not condition.tests:
        yield Fault(thing, "an empty combination", "At least one issue", "H6", "Name one.", where)
    for issue_id, test in condition.tests.items():
        if issue_id not in issues:
            fault = unknown(thing, "issue", issue_id, issues, where)
            yield _without_names(fault, thing, issue_id, issues) if private else fault
        else:
            spot = where if private else f"{where}.{issue_id}"
            yield from _test_faults(dispute, issues[issue_id], test, (thing, spot, private))


def _without_names(fault: Fault, thing: str, found: str, known: dict[str, Issue]) -> Fault:
    near = "Look for a misspelt id." if did_you_mean(found, known) else "Use an issue's id."
    return Fault(
        thing, "names an issue that does not exist", fault.expected, "H3", near, fault.where
    )


def _test_faults(
    dispute: Dispute, issue: Issue, test: Test, place: tuple[str, str, bool]
) -> Iterator[Fault]:
    thing, where, private = place
    expected = _expected(issue)
    if not _fits(issue, test):
        label = thing if private else f"{thing}, issue {issue.id!r}"
        yield Fault(
            label, "a test that does not fit its issue", expected, "H6", "Change it.", where
        )
        return
    known: tuple[str, ...] = ()
    named: list[str] = []
    if isinstance(issue, Choice | Item) and isinstance(test, OneOf):
        known, named = dispute.values_of(issue), [str(value) for value in test.values]
    elif isinstance(test, SharesBeyond):
        known, named = dispute.party_ids, list(test.parties)
    elif isinstance(issue, Amount) and isinstance(test, OneOf):
        if not all(not isinstance(v, str) and issue.allows(v) for v in test.values):
            yield Fault(
                thing, "a number off its range or steps", expected, "H6", "Change it.", where
            )
        return
    for name in sorted(set(named) - set(known)):
        if private:
            yield Fault(
                thing,
                "names a value that does not exist",
                expected,
                "H3",
                "Look for a misspelt id.",
                where,
            )
        else:
            yield unknown(f"{thing}, issue {issue.id!r}", "value", name, known, where)


def _fits(issue: Issue, test: Test) -> bool:
    if isinstance(issue, Choice | Item):
        return isinstance(test, OneOf) and bool(test.values)
    if isinstance(issue, Share | Money):
        return isinstance(test, SharesBeyond) and all(
            bound.above is not None or bound.below is not None for bound in test.parties.values()
        )
    if issue.step is None:
        return isinstance(test, Beyond)
    return isinstance(test, OneOf | Between)


def _expected(issue: Issue) -> str:
    if isinstance(issue, Choice):
        return "One of its options, or a list of them"
    if isinstance(issue, Item):
        return "One of its owners, or a list of them"
    if isinstance(issue, Share):
        return 'A table such as { party = { below = "1/3" } }'
    if isinstance(issue, Money):
        return "A table such as { party = { below = -200 } }: the party would pay more than 200"
    if issue.step is None:
        return "A table with `above` or `below`, both strict"
    return "A number on its steps, a list of them, or a table with `from` and `to`"
