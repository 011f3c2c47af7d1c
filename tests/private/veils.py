"""The same dispute with other secrets: what one side may not read is different, all else is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from hikiwake.api import load
from hikiwake.formats import templates
from hikiwake.model import (
    Amount,
    Condition,
    Dispute,
    FrozenMap,
    Issue,
    Money,
    OneOf,
    Outcome,
    Preference,
    RedLine,
    Share,
    Text,
    Value,
)
from hikiwake.model.preference import Table

F = Fraction
EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = ("co-founders", "four-islands", "two-heirs")
NAMES = (*FOLDERS, *sorted(f"published/{p.name}" for p in EXAMPLES.glob("published/*.toml")))
TEMPLATES = Path(templates.__file__).parent
TEMPLATE_NAMES = sorted({p.parent.name for p in TEMPLATES.glob("*/dispute.toml")} - {*FOLDERS})
SHIFT = F(13, 7)
CANARY = "CANARY-REASON"


def example(name: str) -> Dispute:
    """Return one of the examples."""
    return load(EXAMPLES / name)


def template(name: str) -> Dispute:
    """Return one of the templates that `hikiwake new` starts from."""
    return load(TEMPLATES / name)


def veiled(
    dispute: Dispute, viewer: str | None, shift: Fraction = SHIFT, one_line_more: bool = True
) -> Dispute:
    """Return the dispute with other secrets of everybody but one side; what is settled is the same.

    Each of the others counts on a scale of its own, from another zero, gives other reasons for its
    red lines, and has one more, on a package that it would have walked away from anyhow.
    """
    changed = dict(dispute.preferences)
    for place, party in enumerate(dispute.party_ids, start=2):
        if party != viewer:
            other = _otherwise(dispute, party, F(10 * place + 1, 7), shift)
            more = _needless_line(dispute, party) if one_line_more else ()
            changed[party] = replace(other, red_lines=(*other.red_lines, *more))
    return replace(dispute, preferences=FrozenMap(changed))


def strange(dispute: Dispute, viewer: str) -> Dispute:
    """Return the dispute in which all others want nothing, accept anything and have no limits."""
    others = {party: Preference(party) for party in dispute.party_ids if party != viewer}
    return replace(dispute, preferences=FrozenMap({**dispute.preferences, **others}))


def package_of(dispute: Dispute, place: int = 0) -> Outcome:
    """Return a package: of every issue some value, of what is divided equal parts."""
    return FrozenMap({issue.id: _some(dispute, issue, place) for issue in dispute.issues})


def settings_of(outcome: Outcome) -> list[str]:
    """Return the options that set this package by hand."""
    words: list[str] = []
    for issue, value in outcome.items():
        text = str(value)
        if isinstance(value, FrozenMap):
            text = ",".join(f"{party}:{part}" for party, part in value.items())
        words += ["--set", f"{issue}={text}"]
    return words


def _otherwise(dispute: Dispute, party: str, factor: Fraction, shift: Fraction) -> Preference:
    given = dispute.preferences[party]
    scaled = replace(
        given.with_answers({answer: n * factor for answer, n in given.answers().items()}),
        walk_away=dispute.walk_away(party) * factor,
        red_lines=tuple(replace(line, why=Text(CANARY)) for line in given.red_lines),
    )
    tables = {i: own for i, own in scaled.points.items() if isinstance(own, Table)}
    if not tables:
        return scaled
    issue, table = next(iter(tables.items()))
    moved = Table(FrozenMap({value: n + shift for value, n in table.points.items()}))
    return replace(
        scaled,
        points=FrozenMap({**scaled.points, issue: moved}),
        walk_away=dispute.walk_away(party) * factor + shift,
    )


def _needless_line(dispute: Dispute, party: str) -> Iterator[RedLine]:
    """Yield a red line on the whole issues' worst for a party, if it walks away from that."""
    whole = {i.id: dispute.decisions_of(i) for i in dispute.issues}
    if any(ways is None or len(ways) > 1_000 for ways in whole.values()):
        return
    own, worst = dispute.preferences[party], dict[str, Value]()
    for issue, ways in whole.items():
        points = own.points.get(issue)
        worst[issue] = min(ways or (), key=lambda v: points.value(party, v) if points else 0)
    if worst and dispute.utility(party, FrozenMap(worst)) < dispute.walk_away(party):
        tests = {
            issue: OneOf(frozenset({value}))
            for issue, value in worst.items()
            if not isinstance(value, FrozenMap)
        }
        yield RedLine(Condition(FrozenMap(tests)), Text(CANARY))


def _some(dispute: Dispute, issue: Issue, place: int) -> Value:
    decisions = dispute.decisions_of(issue)
    if decisions is not None:
        return decisions[place % len(decisions)]
    parties = dispute.party_ids
    if isinstance(issue, Share):
        return FrozenMap(dict.fromkeys(parties, F(1, len(parties))))
    if isinstance(issue, Money):
        return FrozenMap(dict.fromkeys(parties, F(0)))
    assert isinstance(issue, Amount)
    return issue.min
