"""What each party has at every moment of carrying a settlement out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations
from random import Random

import pytest

from hikiwake.api import settle
from hikiwake.errors import InputError
from hikiwake.execution.courses import has
from hikiwake.execution.ledger import ledgers
from hikiwake.execution.plan import plan
from hikiwake.explain import tell_plan
from hikiwake.formats.native import dispute_from_text
from hikiwake.formats.results.plan import plan_json
from hikiwake.model import (
    Account,
    Agreement,
    Bonus,
    Condition,
    Dispute,
    FrozenMap,
    Obligation,
    OneOf,
)
from hikiwake.settlement import Settlement

F = Fraction
ISSUES = ("border", "well", "path", "hut")


def dispute(random: Random | None = None) -> Dispute:
    """Return a dispute over four choices, with bonuses on whole combinations; one package only."""
    random = random or Random(1)
    lines = ["hikiwake = 1", 'parties = [{ id = "ann" }, { id = "ben" }]']
    lines.append("status_quo = { " + ", ".join(f'{name} = "old"' for name in ISSUES) + " }")
    for name in ISSUES:
        lines.append(f'[[issues]]\nid = "{name}"\nkind = "choice"\noptions = ["old", "new"]')
        lines.append(f'[[rules]]\nnever = {{ {name} = "old" }}')
    for party in ("ann", "ben"):
        for name in ISSUES:
            points = random.randint(0, 9)
            lines.append(f"[preferences.{party}.values.{name}]\nold = {points}\nnew = {points + 7}")
    made = dispute_from_text("\n".join(lines))
    preferences = {
        party: replace(p, bonuses=tuple(_bonuses(random)), walk_away=F(random.randint(0, 20)))
        for party, p in made.preferences.items()
    }
    return replace(made, preferences=FrozenMap(preferences))


def _bonuses(random: Random) -> Iterator[Bonus]:
    """Yield bonuses that begin, end, or begin and end again while issues change."""
    for _ in range(3):
        some = random.sample(ISSUES, random.randint(1, 4))
        tests = {name: OneOf(frozenset({random.choice(("old", "new"))})) for name in some}
        yield Bonus(Condition(FrozenMap(tests)), F(random.randint(1, 5)))


def carried(found: Dispute, *more: Obligation) -> Agreement:
    """Return an agreement in which each issue has an obligation of its own name."""
    each = tuple(Obligation(name, ("ann",), carries=FrozenMap({name: F(1)})) for name in ISSUES)
    return Agreement(found.parties, (*each, *more))


def sets(agreement: Agreement) -> Iterator[frozenset[str]]:
    """Yield every set of obligations."""
    names = agreement.obligation_ids
    yield from map(frozenset, chain.from_iterable(combinations(names, n) for n in range(9)))


def done(agreement: Agreement, some: frozenset[str]) -> dict[str, Fraction]:
    """Return how much of each obligation is done."""
    return {name: F(name in some) for name in agreement.obligation_ids}


def test_what_was_done_counts_as_the_preferences_say() -> None:
    """At every set of steps: the walk-away value, and what the changed issues are worth more."""
    for seed in range(12):
        found = dispute(Random(seed))
        settlement = settle(found)
        assert settlement.outcome == dict.fromkeys(ISSUES, "new")
        agreement = carried(found)
        today = dict(found.status_quo or {})
        for party, ledger in ledgers(agreement, found, settlement).items():
            for some in sets(agreement):
                now = {**today, **dict.fromkeys(some, "new")}
                change = found.utility(party, now) - found.utility(party, today)
                expected = settlement.walk_away[party] + change
                if len(some) == len(ISSUES):
                    expected = found.utility(party, now)
                assert has(ledger, done(agreement, some)) == expected


def test_the_way_back_is_given_up_with_what_closes_it() -> None:
    """From the step that closes it on, a party has today and what was done."""
    found = dispute(Random(3))
    settlement = settle(found)
    agreement = carried(found, Obligation("court", ("ann", "ben"), closes=True))
    today = dict(found.status_quo or {})
    for party, ledger in ledgers(agreement, found, settlement).items():
        rest = found.utility(party, today) - settlement.walk_away[party]
        before = has(ledger, done(agreement, frozenset({"well"})))
        after = has(ledger, done(agreement, frozenset({"well", "court"})))
        assert after - before == rest


def test_an_issue_may_be_carried_in_parts() -> None:
    """Two obligations that carry half each bring half of the change each; a bonus needs both."""
    found = dispute(Random(5))
    settlement = settle(found)
    halves = tuple(Obligation(n, ("ann",), carries=FrozenMap({"well": F(1, 2)})) for n in "xy")
    rest = tuple(
        Obligation(name, ("ben",), carries=FrozenMap({name: F(1)}))
        for name in ISSUES
        if name != "well"
    )
    agreement = Agreement(found.parties, (*halves, *rest))
    plain = replace(
        found,
        preferences=FrozenMap({p: replace(q, bonuses=()) for p, q in found.preferences.items()}),
    )
    for kept in (found, plain):
        for ledger in ledgers(agreement, kept, settle(kept)).values():
            one = has(ledger, done(agreement, frozenset("x"))) - ledger.walk_away
            assert one == F(7, 2)
    assert settlement.outcome is not None


def test_what_a_party_says_comes_on_top() -> None:
    """Its own cost of a step is taken off what the preferences say, at the end as well."""
    found = dispute(Random(7))
    settlement = settle(found)
    agreement = carried(found)
    accounts = FrozenMap({"ann": Account(FrozenMap({"well": F(-3)}))})
    said = ledgers(replace(agreement, accounts=accounts), found, settlement)
    silent = ledgers(agreement, found, settlement)
    for some in sets(agreement):
        less = has(silent["ann"], done(agreement, some)) - has(said["ann"], done(agreement, some))
        assert less == (3 if "well" in some else 0)


@pytest.mark.parametrize(
    ("carries", "said"),
    [
        ({"border": 1, "well": 1, "path": 1}, "nothing carries it out"),
        ({"border": 1, "well": 1, "path": 1, "hut": "1/2"}, "only a part of it"),
        ({"border": 1, "well": 1, "path": 1, "hut": 1, "barn": 1}, "no issue has the id 'barn'"),
    ],
)
def test_a_package_is_carried_as_a_whole(carries: dict[str, int | str], said: str) -> None:
    """What nobody carries out, only in part, or what is no issue, is a fault."""
    found = dispute()
    whole = FrozenMap({name: F(part) for name, part in carries.items()})
    agreement = Agreement(found.parties, (Obligation("all", ("ann",), carries=whole),))
    with pytest.raises(InputError, match=said):
        ledgers(agreement, found, settle(found))


def _without_range() -> tuple[Dispute, Settlement]:
    """Return a dispute in which Ben can neither gain nor lose."""
    text = """hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [{ id = "gate", kind = "choice", options = ["shut", "open"] }]
status_quo = { gate = "shut" }
preferences.ann.values.gate = { shut = 0, open = 5 }
preferences.ben.values.gate = { shut = 0, open = 0 }
"""
    found = dispute_from_text(text)
    return found, settle(found)


def test_a_party_without_a_range_is_left_out_and_told_so() -> None:
    """Its temptation is not measured, what it has still is, and every text can be written."""
    found, settlement = _without_range()
    gate = Obligation("gate", ("ben",), carries=FrozenMap({"gate": F(1)}))
    accounts = FrozenMap({"ben": Account(FrozenMap({"gate": F(-1)}), trust=F(1, 2))})
    planned = plan(Agreement(found.parties, (gate,), accounts), found, settlement)
    assert planned.ranges == {"ann": 5, "ben": None}
    assert planned.course.moments[-1].has == {"ann": 5, "ben": -1}
    assert planned.course.moments[-1].temptation == {"ann": 0, "ben": None}
    assert "Left out of the comparison" in tell_plan(planned, "mediator").text()
    assert "leaves you no range" in " ".join(tell_plan(planned, "ben").text().split())
    assert plan_json(planned, "ben")["exposure"] is None
