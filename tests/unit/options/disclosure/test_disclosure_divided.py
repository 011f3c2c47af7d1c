"""The exact ends between two sides that divide something, against settling the whole grid anew."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from hikiwake.api import load, settle
from hikiwake.findings.talks import Budget, Exposure, Hiding, Interval, Talks
from hikiwake.model import (
    Amount,
    Answer,
    Choice,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    Group,
    Issue,
    Item,
    Linear,
    Money,
    OneOf,
    Option,
    Outcome,
    Party,
    Preference,
    Rule,
    Share,
    Table,
    Value,
)
from hikiwake.model.condition import Beyond, SharesBeyond, Test
from hikiwake.model.preference import Points, RedLine
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.between_two.board import covered
from hikiwake.options.disclosure.between_two.seen import Seen
from hikiwake.options.disclosure.hidden.grid import drawn_from, hidden_preferences, size_of
from hikiwake.options.disclosure.meter import Disclosure
from hikiwake.options.disclosure.sought import ends
from tests.support.disclosed import GRIDS_OF_TWO, told_about, with_member
from tests.unit.options.disclosure.test_disclosure_shown import fits_as_settled_anew

F = Fraction
SIDES = ("ben", ("ann",))
MANY = 200  # members, each settled by itself


def grouped(chance: Random) -> tuple[Dispute, Hiding]:
    """Return one with a group or two that are not for trade, of whole issues, at random."""
    while True:
        dispute, grid = divided(chance, chance.random() < 0.3)
        whole = [i.id for i in dispute.issues if dispute.decisions_of(i) is not None]
        said = [rule.never for rule in dispute.rules]
        said += [line.never for line in dispute.preferences["ann"].red_lines]
        if whole and not any(condition.tests.keys() <= set(whole) for condition in said):
            break
    inside = [whole] if chance.random() < 0.6 else [[issue] for issue in whole[:2]]
    groups = tuple(Group(f"g{n}", tuple(own), True) for n, own in enumerate(inside))
    return replace(dispute, groups=groups), grid


def divided(chance: Random, money: bool = False) -> tuple[Dispute, Hiding]:
    """Return a small dispute at random in which something is divided, and what Ben might hide."""
    limit = F(chance.choice((2, 30, 700)), chance.choice((1, 3))) if money else F(1)
    issues: list[Issue] = [Money("m", limit) if money else Share("s0")]
    for n in range(chance.randint(1, 3)):
        kind = chance.random()
        if kind < 0.4:
            issues.append(Share(f"s{n + 1}"))
        elif kind < 0.5:
            issues.append(Amount(f"a{n}", F(0), F(10)))
        elif kind < 0.6:
            issues.append(Amount(f"a{n}", F(0), F(10), step=F(5)))
        else:
            options = (Option(f"o{k}") for k in range(chance.randint(2, 3)))
            issues.append(Choice(f"c{n}", tuple(options)))
    grid = chance.choice(GRIDS_OF_TWO)
    rules = (Rule(_line(issues, chance)),) if chance.random() < 0.4 else ()
    lines = (RedLine(_line(issues, chance)),) if chance.random() < 0.2 else ()
    ann = Preference(
        "ann",
        FrozenMap({issue.id: points_of(issue, chance) for issue in issues}),
        red_lines=lines,
        walk_away=F(chance.choice((0, 0, 10, 20))),
    )
    dispute = Dispute(
        (Party("ann"), Party("ben")),
        tuple(issues),
        FrozenMap({"ann": ann, "ben": replace(ann, party="ben", red_lines=())}),
        rules=rules,
        tolerance=chance.choice((F(0), F(1, 20), F(1, 4), F(1, 2))),
        price=chance.choice((F(0), F(1, 10), F(1, 2))),
    )
    ben = drawn_from(dispute, "ben", grid, chance)
    today = package_of(dispute, chance) if chance.random() < 0.3 else None
    return replace(with_member(dispute, ben), status_quo=today), grid


def _line(issues: list[Issue], chance: Random) -> Condition:
    tests: dict[str, Test] = {}
    for issue in chance.sample(issues, 2):
        bound = F(chance.randint(1, 3), 4)
        if isinstance(issue, Share | Money):
            bound = (2 * bound - 1) * issue.limit if isinstance(issue, Money) else bound
            own = Beyond(bound, None) if chance.random() < 0.5 else Beyond(None, bound)
            tests[issue.id] = SharesBeyond(FrozenMap({chance.choice(("ann", "ben")): own}))
        elif isinstance(issue, Choice):
            tests[issue.id] = OneOf(frozenset({"o0"}))
        elif isinstance(issue, Amount) and issue.step is None:
            tests[issue.id] = Beyond(bound * 10, None)
    return Condition(FrozenMap(tests))


def points_of(issue: Issue, chance: Random) -> Points:
    if isinstance(issue, Share):
        return Linear(F(chance.randint(0, 30), chance.choice((1, 1, 3))))
    if isinstance(issue, Money):
        return Linear(F(chance.randint(0, 30), chance.choice((1, 3))) / issue.limit)
    if isinstance(issue, Amount):
        places = (0, 10) if chance.random() < 0.5 else (0, 4, 10)
        return Curve(tuple((F(at), F(chance.randint(0, 20))) for at in places))
    assert isinstance(issue, Choice)
    return Table(FrozenMap({one.id: F(chance.randint(0, 30)) for one in issue.options}))


def package_of(dispute: Dispute, chance: Random) -> Outcome:
    found: dict[str, Value] = {}
    for issue in dispute.issues:
        whole = dispute.decisions_of(issue)
        part = F(chance.randint(0, 4), 4)
        if whole is not None:
            found[issue.id] = chance.choice(whole)
        elif isinstance(issue, Amount):
            found[issue.id] = part * 10
        elif isinstance(issue, Money):
            paid = (2 * part - 1) * issue.limit
            found[issue.id] = FrozenMap({"ann": paid, "ben": -paid})
        else:
            found[issue.id] = FrozenMap({"ann": part, "ben": 1 - part})
    return FrozenMap(found)


def against_settling(seed: int, shown: bool, kind: str = "") -> str:
    """Compare every member, and every interval, with those found by settling each member anew."""
    chance = Random(seed)
    dispute, grid = grouped(chance) if kind == "groups" else divided(chance, kind == "money")
    members = list(hidden_preferences(dispute, "ben", grid))
    outcome = settle(dispute).outcome
    if len(members) > MANY or outcome is None:
        return "too much, or nothing"
    about = [package_of(dispute, chance) for _ in range(chance.randint(1, 3))]
    about[:1] = [outcome] if chance.random() < 0.5 else about[:1]
    told = told_about(dispute, *about) if not shown or chance.random() < 0.3 else ()
    talks = Talks(Budget(keep=F(0), hiding=grid), told=told, shown=outcome if shown else None)
    seen = Seen(dispute, SIDES, talks, grid)
    assert seen.measured is not None
    if not covered(dispute, talks):
        return "nothing possible"
    if not fits_as_settled_anew(dispute, grid, talks, seen):
        return "nothing fits"
    if not shown:
        return "words"
    assert seen.settled is not None
    if seen.settled[2] is None:
        return "no gain"
    if seen.measured.ranges(dispute.preferences["ben"]).level > dispute.tolerance:
        return "uneven in a group"
    return "a draw" if seen.settled[1] else "uneven"


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("shown", [False, True])
def test_every_interval_is_that_of_settling_each_member(seed: int, shown: bool) -> None:
    """Of disputes drawn at random in which something is divided just those members fit that would
    have been told the same, and every interval is exact and theirs."""
    against_settling(seed, shown)


@pytest.mark.parametrize("seed", [4, 7, 13])
@pytest.mark.parametrize("shown", [False, True])
def test_every_interval_is_that_of_settling_each_member_with_money(seed: int, shown: bool) -> None:
    """The same of disputes drawn at random with money, its limit small, large or a third, and with
    rules, budgets, shares and amounts beside it."""
    assert against_settling(seed, shown, "money") != "too much, or nothing"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["", "money", "groups"])
def test_intervals_are_exact_of_draws_and_none_with_prices_rules_and_amounts(kind: str) -> None:
    """The same of more disputes, after words and after draws and uneven settlements."""
    kinds = {
        against_settling(seed, shown, kind) for seed in range(4, 30) for shown in (False, True)
    }
    assert {"words", "a draw", "uneven"} <= kinds


def paid_in(parts: int) -> tuple[Dispute, Outcome]:
    """Return a dispute over a piano and money that is counted in parts of its unit, and a package
    about which a word is told."""

    def own(party: str, piano: int, each: Fraction) -> Preference:
        worth = Table(FrozenMap({"ann": F(0), "ben": F(0), party: F(piano)}))
        points: dict[str, Points] = {"piano": worth, "paid": Linear(each / parts)}
        return Preference(party, FrozenMap(points), walk_away=F(10))

    ann, ben = own("ann", 60, F(1, 10)), own("ben", 40, F(1, 20))
    dispute = Dispute(
        (Party("ann"), Party("ben")),
        (Item("piano"), Money("paid", F(500 * parts))),
        FrozenMap({"ann": ann, "ben": ben}),
    )
    paid: Value = FrozenMap({"ann": F(-100 * parts), "ben": F(100 * parts)})
    return dispute, FrozenMap({"piano": "ann", "paid": paid})


def test_it_does_not_matter_in_which_unit_money_is_counted() -> None:
    """What is hidden of money is what receiving the most that may be paid is worth: in cents every
    interval is the same as in euros, that of counting, and nothing that Ben might hide is lost."""
    told: list[tuple[Exposure, ...]] = []
    grid = Hiding(F(100), F(20), F(20))
    for parts in (1, 100):
        dispute, about = paid_in(parts)
        assert len(list(hidden_preferences(dispute, "ben", grid))) == size_of(dispute, grid)
        talks = Talks(Budget(keep=F(0), hiding=grid), told=told_about(dispute, about))
        told.append(Disclosure(Adjusting(dispute), grid).exposures(talks))
        found = ends(dispute, SIDES, talks, grid)
        assert found is not None
        assert found.bound == found.sure == dict(told[-1][1].bounds)
    assert told[0] == told[1]
    assert told[0][1].bounds[Answer("issue", "piano", "ann")] == Interval(F(0), F(80))


@pytest.mark.parametrize("seed", [7, 10, 13])
@pytest.mark.parametrize("shown", [False, True])
def test_every_interval_is_that_of_settling_each_member_with_groups(seed: int, shown: bool) -> None:
    """The same of disputes drawn at random in which a group or two of whole issues is not for trade
    beside what is divided, one without anything that is even there among them."""
    assert against_settling(seed, shown, "groups") != "too much, or nothing"


@pytest.mark.parametrize("kind", ["money", "groups"])
def test_intervals_rest_on_what_was_told_alone(kind: str) -> None:
    """Whoever fits what was told in Ben's place, and in whichever order the sides stand, the same
    intervals come out."""
    chance = Random({"money": 13, "groups": 8}[kind])
    dispute, grid = grouped(chance) if kind == "groups" else divided(chance, money=True)
    outcome = settle(dispute).outcome
    assert outcome is not None
    talks = Talks(Budget(keep=F(0), hiding=grid), told=told_about(dispute, outcome), shown=outcome)
    found = ends(dispute, SIDES, talks, grid)
    assert found is not None
    seen = Seen(dispute, SIDES, talks, grid)
    for own in filter(seen.same, hidden_preferences(dispute, "ben", grid)):
        assert ends(with_member(dispute, own), SIDES, talks, grid) == found
    turned = replace(dispute, parties=dispute.parties[::-1])
    assert ends(turned, SIDES, talks, grid) == found


def test_that_nothing_declared_fits_a_divided_settlement_is_proved() -> None:
    """Of two heirs no member of the grid settles as it was shown, to either side."""
    dispute = load("examples/two-heirs")
    talks = Talks(Budget(keep=F(0)), shown=settle(dispute).outcome)
    for party, observer in (dispute.party_ids, dispute.party_ids[::-1]):
        assert ends(dispute, (party, (observer,)), talks, Hiding()) is None
