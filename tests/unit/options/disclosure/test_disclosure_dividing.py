"""The exact ends of what three sides hide after words, where something is divided."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import prod
from random import Random

import pytest

from hikiwake.api import load, settle
from hikiwake.findings.talks import Budget, Hiding, Interval, Talks, Word
from hikiwake.model import (
    Amount,
    Beyond,
    Bonus,
    Choice,
    Condition,
    Curve,
    Dispute,
    FrozenMap,
    Group,
    Issue,
    Linear,
    Money,
    OneOf,
    Option,
    Outcome,
    Party,
    Preference,
    RedLine,
    Rule,
    Share,
    SharesBeyond,
    Table,
    Value,
)
from hikiwake.model.condition import Test
from hikiwake.model.preference import Points
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.among_several import dividing
from hikiwake.options.disclosure.among_several.blends import Blends
from hikiwake.options.disclosure.hidden.ends import Ends
from hikiwake.options.disclosure.hidden.grid import drawn_from, hidden_preferences
from hikiwake.options.disclosure.hidden.unknowns import numbers_of
from hikiwake.options.disclosure.meter import Disclosure
from hikiwake.options.disclosure.sought import ends
from tests.support.disclosed import NAMES, members_of, told_about, with_own

F = Fraction
GRIDS = (
    Hiding(F(100), F(50), F(50)),
    Hiding(F(100), F(50), F(100)),
    Hiding(F(99), F(33), F(99)),
    Hiding(F(100), F(100), F(20)),
)
KINDS = ("money", "shares", "amounts", "groups", "money beside groups")


def divided(chance: Random, kind: str, sides: int = 3) -> Dispute:
    """Return a dispute at random in which something is divided, with rules and red lines.

    Or one with a group or two of whole issues that are not for trade.
    """
    names = NAMES[:sides]
    issues: list[Issue] = []
    if "money" in kind:
        issues.append(Money("m", F(chance.choice((3, 60)), chance.choice((1, 7)))))
    elif kind != "groups":
        issues.append(Share("s") if kind == "shares" else Amount("a", F(0), F(10)))
    if "groups" not in kind and chance.random() < 0.25:
        issues.append(Share("t"))
    if kind == "groups" and chance.random() < 0.3:
        issues.append(Amount("b", F(0), F(10), step=F(5)))
    fewest = max(0, 2 - len(issues)) + (kind == "groups")
    for n in range(chance.randint(fewest, max(fewest, 3 - len(issues)))):
        few = "groups" in kind and chance.random() < 0.7
        options = (Option(f"o{k}") for k in range(2 if few else chance.randint(2, 3)))
        issues.append(Choice(f"c{n}", tuple(options)))
    choices = [one.id for one in issues if isinstance(one, Choice)]
    inside = [choices] if chance.random() < 0.6 else [[issue] for issue in choices[:2]]
    if kind == "groups" and len(choices) > 1 and chance.random() < 0.5:
        inside = [[issue.id for issue in issues if issue.id != choices[-1]]]
    groups = [Group(f"g{n}", tuple(own), True) for n, own in enumerate(inside) if own]
    rules = (Rule(_line(issues, names, chance)),) if chance.random() < 0.5 else ()
    lines = (RedLine(_line(issues, names, chance)),) if chance.random() < 0.2 else ()
    if "groups" in kind:
        said = [one.never for one in (*rules, *lines)]
        if any(one.tests.keys() <= set(group.issues) for group in groups for one in said):
            rules, lines = (), ()
    preferences = {name: _preference(name, issues, chance) for name in names}
    preferences["ann"] = replace(preferences["ann"], red_lines=lines)
    return Dispute(
        tuple(map(Party, names)),
        tuple(issues),
        FrozenMap(preferences),
        rules=rules,
        groups=tuple(groups) if "groups" in kind else (),
        tolerance=chance.choice((F(0), F(1, 20), F(1, 4), F(1, 2))),
    )


def _line(issues: list[Issue], names: tuple[str, ...], chance: Random) -> Condition:
    tests: dict[str, Test] = {}
    for issue in chance.sample(issues, min(len(issues), 2)):
        bound = F(chance.randint(1, 3), 4)
        if isinstance(issue, Share | Money):
            bound = (2 * bound - 1) * issue.limit if isinstance(issue, Money) else bound
            own = Beyond(bound, None) if chance.random() < 0.5 else Beyond(None, bound)
            tests[issue.id] = SharesBeyond(FrozenMap({chance.choice(names): own}))
        elif isinstance(issue, Choice):
            tests[issue.id] = OneOf(frozenset({"o0"}))
        else:
            stepped = isinstance(issue, Amount) and issue.step
            tests[issue.id] = OneOf(frozenset({F(5)})) if stepped else Beyond(bound * 10, None)
    return Condition(FrozenMap(tests))


def _preference(name: str, issues: list[Issue], chance: Random) -> Preference:
    points: dict[str, Points] = {}
    for issue in issues:
        if isinstance(issue, Choice):
            worths = {one.id: F(chance.randint(0, 30)) for one in issue.options}
            points[issue.id] = Table(FrozenMap(worths))
        elif isinstance(issue, Amount):
            places = (0, 10) if chance.random() < 0.5 else (0, 4, 10)
            points[issue.id] = Curve(tuple((F(at), F(chance.randint(0, 20))) for at in places))
        else:
            whole = issue.limit if isinstance(issue, Money) else 1
            points[issue.id] = Linear(F(chance.randint(0, 30), chance.choice((1, 3))) / whole)
    return Preference(name, FrozenMap(points), walk_away=F(chance.choice((0, 0, 5, 10))))


def package_of(dispute: Dispute, chance: Random) -> Outcome:
    """Return a package at random."""
    found: dict[str, Value] = {}
    for issue in dispute.issues:
        whole, names = dispute.decisions_of(issue), dispute.party_ids
        if whole is not None:
            found[issue.id] = chance.choice(whole)
        elif isinstance(issue, Amount):
            found[issue.id] = F(chance.randint(0, 20), 2)
        else:
            parts = [F(chance.randint(0, 4)) for _ in names]
            parts = [part / sum(parts) for part in parts] if any(parts) else [F(1), *parts[1:]]
            if isinstance(issue, Money):
                parts = [issue.limit * (part - F(1, len(parts))) for part in parts]
            found[issue.id] = FrozenMap(dict(zip(names, parts, strict=True)))
    return FrozenMap(found)


def _on_grid(dispute: Dispute, grid: Hiding, chance: Random) -> Dispute:
    """Return the dispute with others than Ann on the grid, so that something fits."""
    own = [drawn_from(dispute, party, grid, chance) for party in dispute.party_ids[1:]]
    return with_own(dispute, own)


def words_of_members(seed: int, kind: str) -> Counter[str]:
    """Compare the words of members drawn at random with those of their disputes."""
    chance, seen = Random(seed), Counter[str]()
    grid = chance.choice(GRIDS)
    dispute = divided(chance, kind, sides=4 if chance.random() < 0.1 else 3)
    names = dispute.party_ids
    hidden = names[1:] if chance.random() < 0.5 else names[2:3]
    blends = Blends(dispute, hidden, grid)
    assert blends.exact
    for _ in range(4):
        own = [drawn_from(dispute, party, grid, chance) for party in hidden]
        would_be = Adjusting(with_own(dispute, own))
        settled = settle(would_be.dispute).outcome
        packages = [package_of(dispute, chance) for _ in range(4)]
        for outcome in packages if settled is None else [*packages, settled]:
            word = blends.word(members_of(blends, own), outcome)
            assert word is would_be.word(outcome)
            seen[word.name] += 1
    return seen


@pytest.mark.parametrize("kind", KINDS)
def test_words_of_members_looked_at_are_those_of_their_dispute(kind: str) -> None:
    """For members drawn at random, of one side and of several, with rules on parts, red lines and
    bent curves, each word is that of the dispute as it would be."""
    seen = Counter[str]()
    for seed in range(6):
        seen += words_of_members(seed, kind)
    assert {word.name for word in Word} == set(seen)


def with_bonuses(dispute: Dispute, chance: Random) -> Dispute:
    """Return the dispute with bonuses of Ann's, or penalties, for what is decided whole."""
    issues = [issue for issue in dispute.issues if isinstance(issue, Choice)]
    bonuses: list[Bonus] = []
    for _ in range(2 if issues else 0):
        some = chance.sample(issues, chance.randint(1, len(issues)))
        tests: dict[str, Test] = {one.id: OneOf(frozenset({"o0"})) for one in some}
        points = F(chance.choice((-15, 10, 20)), chance.choice((1, 3)))
        bonuses.append(Bonus(Condition(FrozenMap(tests)), points))
    own = replace(dispute.preferences["ann"], bonuses=tuple(bonuses))
    return replace(dispute, preferences=FrozenMap({**dispute.preferences, "ann": own}))


def against_listing(seed: int, kind: str, most: int = 2_000, bonuses: bool = False) -> str:
    """Compare every interval of a dispute with that of all worlds, each looked at in full."""
    chance = Random(seed)
    grid = chance.choice(GRIDS)
    dispute = _on_grid(divided(chance, kind), grid, chance)
    dispute = with_bonuses(dispute, chance) if bonuses else dispute
    names, outcome = dispute.party_ids, settle(dispute).outcome
    if outcome is None:
        return "nothing"
    about = [package_of(dispute, chance) for _ in range(chance.randint(1, 3))]
    about[:1] = [outcome] if chance.random() < 0.6 else about[:1]
    talks = Talks(Budget(keep=F(0), hiding=grid), told=told_about(dispute, *about))
    if not dividing.covers_dividing(dispute, talks):
        return "nothing possible in groups"
    every = {party: list(hidden_preferences(dispute, party, grid)) for party in names}
    narrowed = False
    for observers in (names[:1], names[:2]):
        hidden = [party for party in names if party not in observers]
        if prod(len(every[party]) for party in hidden) > most:
            return "too much"
        blends = Blends(dispute, hidden, grid)
        members = [
            list(map(shape.member, every[party]))
            for shape, party in zip(blends.shapes, hidden, strict=True)
        ]
        places = product(*(range(len(own)) for own in members))
        fitting = [
            at
            for at in places
            if blends.fits(tuple(own[k] for own, k in zip(members, at, strict=True)), talks)
        ]
        assert fitting
        for n, party in enumerate(hidden):
            found = ends(dispute, (party, observers), talks, grid)
            assert found is not None
            left = {at[n] for at in fitting}
            numbers = [numbers_of(dispute, every[party][k]) for k in left]
            spans = {a: Interval(min(x[a] for x in numbers), max(x[a] for x in numbers))
                     for a in numbers[0]}  # fmt: skip
            assert found.sure == spans
            assert found.bound == spans
            narrowed |= any(span != Interval(F(0), grid.total) for span in spans.values())
    return "narrowed" if narrowed else "all"


@pytest.mark.parametrize(
    ("kind", "seed"),
    [("money", 4), ("money", 20), ("shares", 9), ("shares", 10), ("amounts", 8), ("groups", 3),
     ("money beside groups", 6), ("money beside groups", 10)],
)  # fmt: skip
def test_every_interval_is_that_of_all_worlds(kind: str, seed: int) -> None:
    """Of three sides drawn at random that divide something, or have a group not for trade, every
    interval that one side sees, and two that pool what they know, is exact and that of all worlds
    that would be told the same."""
    assert against_listing(seed, kind) in ("all", "narrowed")


@pytest.mark.parametrize(
    ("kind", "seed"), [("money", 7), ("money", 8), ("money", 11), ("shares", 13)]
)
def test_every_interval_is_exact_where_a_side_has_bonuses(kind: str, seed: int) -> None:
    """The same where a side that looks gets more, or less, for some of what is decided whole."""
    assert against_listing(seed, kind, bonuses=True) == "narrowed"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_intervals_are_exact_of_more_disputes(kind: str) -> None:
    """The same of more disputes, with intervals narrower than all that was declared among them."""
    assert "narrowed" in {against_listing(seed, kind) for seed in range(40, 60)}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_members_found_by_the_model_alone_reach_every_end(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same where nothing is looked for beside what the model finds: its proofs carry it all."""
    monkeypatch.setattr(dividing.Search, "_spread", dividing.Search._hold)
    assert "narrowed" in {against_listing(seed, kind) for seed in range(80, 95)}


def one_word(seed: int, kind: str) -> tuple[Dispute, Talks, Hiding]:
    """Return a dispute of three and the word about its settled package, on a small grid."""
    chance, grid = Random(seed), GRIDS[0]
    dispute = _on_grid(divided(chance, kind), grid, chance)
    outcome = settle(dispute).outcome
    assert outcome is not None
    return dispute, Talks(Budget(keep=F(0), hiding=grid), told=told_about(dispute, outcome)), grid


CASES = [("money", 1), ("shares", 1), ("money beside groups", 3)]


@pytest.mark.parametrize(("kind", "seed"), CASES)
def test_what_a_side_sees_rests_on_its_own_points_and_what_was_told(kind: str, seed: int) -> None:
    """Whatever others that would have been told the same want, Ann sees the same intervals."""
    dispute, talks, grid = one_word(seed, kind)
    found = ends(dispute, ("ben", ("ann",)), talks, grid)
    assert found is not None
    blends = Blends(dispute, ("ben", "cem"), grid)
    chance, looked = Random(1), 0
    while looked < 5:
        own = [drawn_from(dispute, party, grid, chance) for party in ("ben", "cem")]
        if blends.fits(members_of(blends, own), talks):
            looked += 1
            assert ends(with_own(dispute, own), ("ben", ("ann",)), talks, grid) == found


@pytest.mark.parametrize(("kind", "seed"), CASES)
def test_the_order_of_the_sides_changes_no_interval(kind: str, seed: int) -> None:
    """With the sides in another order each is seen by each just as before."""
    dispute, talks, grid = one_word(seed, kind)
    turned = replace(dispute, parties=(*dispute.parties[1:], dispute.parties[0]))
    for sides in (("ben", ("ann",)), ("cem", ("ann", "ben"))):
        found = ends(dispute, sides, talks, grid)
        assert found is not None
        assert ends(turned, sides, talks, grid) == found


def test_where_questions_run_out_an_end_is_told_as_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """With only a few questions, what is sure lies in the exact interval, and that in the bound;
    some end stays open."""
    opened = 0
    for kind, seed in CASES:
        dispute, talks, grid = one_word(seed, kind)
        exact = ends(dispute, ("ben", ("ann",)), talks, grid)
        with monkeypatch.context() as few:
            few.setattr(dividing, "MAX_ASKED", 2)
            few.setattr(dividing.Search, "_spread", dividing.Search._hold)
            dividing.ends_of_dividing.cache_clear()
            found = ends(dispute, ("ben", ("ann",)), talks, grid)
        dividing.ends_of_dividing.cache_clear()
        assert isinstance(found, Ends)
        assert exact is not None
        for answer, span in exact.bound.items():
            bound, sure = found.bound[answer], found.sure.get(answer, span)
            assert bound.low <= span.low <= sure.low <= sure.high <= span.high <= bound.high
            opened += bound != sure
    assert opened


def test_of_three_rooms_and_their_rents_every_number_is_known_exactly() -> None:
    """Two who pool what they know see every number of the third exactly after the word about the
    settled rents: that money is worth at most 40 of 100 points to it, and of others nothing."""
    dispute = load("examples/published/rent-three-rooms.toml")
    outcome = settle(dispute).outcome
    assert outcome is not None
    talks = Talks(Budget(keep=F(0)), told=told_about(dispute, outcome))
    assert not Disclosure(Adjusting(dispute), Hiding()).counted
    found = ends(dispute, ("P2", ("P1", "P3")), talks, Hiding())
    assert found is not None
    assert found.bound == found.sure
    narrowed = {a.issue: span for a, span in found.bound.items() if span != Interval(F(0), F(100))}
    assert narrowed == {"cash": Interval(F(0), F(40))}
