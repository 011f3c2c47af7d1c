"""Holding issues at what a package says, as public rules that allow nothing else there."""

from __future__ import annotations

from collections.abc import Container, Iterator
from fractions import Fraction

from hikiwake.model import (
    Amount,
    Beyond,
    Condition,
    Dispute,
    FrozenMap,
    Issue,
    Money,
    OneOf,
    Outcome,
    Rule,
    Share,
    SharesBeyond,
)


def pins(dispute: Dispute, outcome: Outcome, free: Container[str]) -> tuple[Rule, ...]:
    """Return rules that hold every issue of a package, but the free ones, at what it says."""
    held = (issue for issue in dispute.issues if issue.id in outcome and issue.id not in free)
    return tuple(Rule(c) for issue in held for c in _otherwise(dispute, issue, outcome))


def _otherwise(dispute: Dispute, issue: Issue, outcome: Outcome) -> Iterator[Condition]:
    """Yield the combinations that a value of an issue is not."""
    value = outcome[issue.id]
    if isinstance(issue, Share | Money):
        assert isinstance(value, FrozenMap)
        for party, part in value.items():
            for bound in (Beyond(above=part, below=None), Beyond(above=None, below=part)):
                yield Condition(FrozenMap({issue.id: SharesBeyond(FrozenMap({party: bound}))}))
    elif isinstance(issue, Amount) and issue.step is None:
        assert isinstance(value, Fraction)
        for bound in (Beyond(above=value, below=None), Beyond(above=None, below=value)):
            yield Condition(FrozenMap({issue.id: bound}))
    else:
        values = dispute.decisions_of(issue) or ()
        others = frozenset(v for v in values if v != value and not isinstance(v, FrozenMap))
        if others:
            yield Condition(FrozenMap({issue.id: OneOf(others)}))
