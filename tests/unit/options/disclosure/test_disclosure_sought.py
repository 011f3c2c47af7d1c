"""Beyond what is counted: the intervals that are sought, against listing the whole grid."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from hikiwake.api import load, settle
from hikiwake.findings.talks import Budget, Hiding, Talks, Told
from hikiwake.model import (
    WALK_AWAY,
    Amount,
    Choice,
    Dispute,
    FrozenMap,
    Group,
    Item,
    Linear,
    Option,
    Outcome,
    Party,
    Preference,
    Rule,
    Share,
)
from hikiwake.model.condition import Beyond, Condition, OneOf, SharesBeyond
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.between_two.seen import Seen
from hikiwake.options.disclosure.hidden.grid import drawn_from, hidden_preferences, size_of
from hikiwake.options.disclosure.meter import Disclosure
from hikiwake.options.disclosure.sought import ends
from tests.support.disclosed import all_packages, told_about
from tests.unit.options.disclosure.test_disclosure import FINER, GRID, heirs, rents, table
from tests.unit.options.disclosure.test_disclosure_of_three import COARSE, heirs_of_three

F = Fraction
HALF = Hiding(F(100), F(50), F(50))


def estate(rule: bool = False) -> Dispute:
    """Return a dispute over money that is divided, and a month."""
    months = Choice("month", (Option("june"), Option("july")))
    never = Rule(
        Condition(
            FrozenMap(
                {
                    "month": OneOf(frozenset({"june"})),
                    "money": SharesBeyond(FrozenMap({"ann": Beyond(F(1, 2), None)})),
                }
            )
        )
    )
    points = {
        "ann": {"money": Linear(F(60)), "month": table(june=40, july=0)},
        "ben": {"money": Linear(F(80)), "month": table(june=0, july=20)},
    }
    return Dispute(
        (Party("ann"), Party("ben")),
        (Share("money"), months),
        FrozenMap({p: Preference(p, FrozenMap(own), walk_away=F(30)) for p, own in points.items()}),
        rules=(never,) if rule else (),
    )


def divided(tenths: int, month: str) -> Outcome:
    part = F(tenths, 10)
    return FrozenMap({"money": FrozenMap({"ann": part, "ben": 1 - part}), "month": month})


def grouped() -> Dispute:
    return replace(heirs(), groups=(Group("home", ("house", "boat"), True),))


def some(dispute: Dispute, seed: int, count: int) -> list[Outcome]:
    return Random(seed).sample(all_packages(dispute), count)


CASES = [
    *((heirs(walk_away), GRID, some(heirs(), seed, 1 + seed)) for walk_away in (25, 50)
      for seed in range(3)),
    (rents(), FINER, some(rents(), 5, 3)),
    (heirs_of_three(), COARSE, some(heirs_of_three(), 1, 2)),
    (heirs_of_three(rule=True), COARSE, some(heirs_of_three(), 2, 3)),
    (estate(), FINER, [divided(5, "june")]),
    (estate(), FINER, [divided(6, "july"), divided(3, "june")]),
    (estate(rule=True), FINER, [divided(4, "june"), divided(7, "july"), divided(2, "june")]),
    *((grouped(), HALF, some(grouped(), seed, 3)) for seed in range(3)),
]  # fmt: skip


@pytest.mark.parametrize(("dispute", "grid", "about"), CASES)
def test_what_is_sought_is_what_listing_finds(
    dispute: Dispute, grid: Hiding, about: list[Outcome]
) -> None:
    """Evenness, shares, stepped amounts, rules, groups, and sides that pool: every interval is
    exact, and the same as that of all members of the grid that would have told the same."""
    talks = Talks(Budget(keep=F(0), hiding=grid), told=told_about(dispute, *about))
    meter = Disclosure(Adjusting(dispute), grid)
    assert meter.counted
    for listed in meter.exposures(talks):
        found = ends(dispute, (listed.party, listed.observers), talks, grid)
        if found is None:
            assert listed.left == 0
            continue
        assert found.bound == found.sure == dict(listed.bounds)


def test_after_the_settlement_was_shown_what_is_sought_holds_what_is_left() -> None:
    """What is left by settling each member again lies in the bounds, and the sure part in it."""
    dispute = heirs()
    told = told_about(dispute, all_packages(dispute)[2])
    talks = Talks(Budget(hiding=GRID), told=told, shown=settle(dispute).outcome)
    for listed in Disclosure(Adjusting(dispute), GRID).exposures(talks):
        found = ends(dispute, (listed.party, listed.observers), talks, GRID)
        assert found is not None
        for answer, span in listed.bounds.items():
            bound, sure = found.bound[answer], found.sure.get(answer, span)
            assert bound.low <= span.low <= sure.low <= sure.high <= span.high <= bound.high


def test_an_amount_without_steps_has_bounds_that_hold_all_that_listing_finds() -> None:
    """Evenness of an amount that can be anything is bounded from one side only: each interval
    still holds that of all members that would have told the same, and the sure part lies in it."""
    rent = Amount("rent", F(0), F(20))
    dispute = replace(rents(), issues=(rent, *rents().issues[1:]))
    for about in (("7", "june"), ("13", "july"), ("10", "june")):
        outcome: Outcome = FrozenMap({"rent": F(about[0]), "month": about[1]})
        talks = Talks(Budget(hiding=COARSE), told=told_about(dispute, outcome))
        for listed in Disclosure(Adjusting(dispute), COARSE).exposures(talks):
            found = ends(dispute, (listed.party, listed.observers), talks, COARSE)
            assert listed.left is not None
            if found is None:
                assert listed.left == 0
                continue
            for answer, span in listed.bounds.items():
                bound, sure = found.bound[answer], found.sure.get(answer, span)
                assert bound.low <= span.low <= sure.low <= sure.high <= span.high <= bound.high


def test_with_money_only_what_is_possible_bounds_a_number() -> None:
    """Where money is paid nothing is counted; what was possible still bounds what a side has
    without an agreement, seen by the two others together, and what is sure lies in the bounds."""
    dispute = load("examples/published/rent-three-rooms.toml")
    outcome = settle(dispute).outcome
    assert outcome is not None
    talks = Talks(Budget(keep=F(0)), told=told_about(dispute, outcome))
    assert not Disclosure(Adjusting(dispute), Hiding()).counted
    first, *others = dispute.party_ids
    found = ends(dispute, (first, tuple(others)), talks, Hiding())
    assert found is not None
    for answer, sure in found.sure.items():
        assert found.bound[answer].low <= sure.low <= sure.high <= found.bound[answer].high


def test_where_nothing_declared_fits_that_is_said() -> None:
    """Packages that no member of the grid makes both possible and impossible leave nothing."""
    dispute = heirs()
    here = all_packages(dispute)[1]
    words = {told.word for told in told_about(dispute, *all_packages(dispute))}
    talks = Talks(Budget(hiding=GRID), told=tuple(Told(1, here, word) for word in words))
    assert ends(dispute, ("ben", ("ann",)), talks, GRID) is None


def test_members_are_drawn_each_as_likely_as_any_other() -> None:
    """Of 6,000 draws from the members of a small grid each comes about equally often."""
    dispute, chance = estate(), Random(3)
    members = list(hidden_preferences(dispute, "ben", HALF))
    assert len(members) == size_of(dispute, HALF)
    counts = dict.fromkeys(members, 0)
    for _ in range(6_000):
        counts[drawn_from(dispute, "ben", HALF, chance)] += 1
    assert min(counts.values()) > 0.7 * 6_000 / len(members)
    assert max(counts.values()) < 1.3 * 6_000 / len(members)


def probed(dispute: Dispute, asked: int) -> Talks:
    """Return talks after a prober asked, each time about what splits a sample most evenly."""
    adjusting, chance, told = Adjusting(dispute), Random(1), tuple[Told, ...]()
    party, observer = dispute.party_ids[1], dispute.party_ids[:1]
    left = [drawn_from(dispute, party, Hiding(), chance) for _ in range(80)]
    settled = settle(dispute).outcome
    assert settled is not None
    for _ in range(asked):
        near = [_neighbour(dispute, settled, chance) for _ in range(3)]
        seen = Seen(dispute, (party, observer), Talks(Budget()), Hiding())
        words = [Counter(seen.word(own, outcome) for own in left) for outcome in near]
        largest = [max(counts.values(), default=0) for counts in words]
        best = near[largest.index(min(largest))]
        told = (*told, Told(1, best, adjusting.word(best)))
        talks = Talks(Budget(), told=told)
        left = list(filter(Seen(dispute, (party, observer), talks, Hiding()).same, left))
    return Talks(Budget(), told=told)


def _neighbour(dispute: Dispute, outcome: Outcome, chance: Random) -> Outcome:
    issue = chance.choice([i for i in dispute.issues if isinstance(i, Choice | Item)])
    value = chance.choice(dispute.decisions_of(issue) or ())
    return FrozenMap({**outcome, issue.id: value})


@pytest.mark.slow
def test_on_an_example_an_adaptive_prober_narrows_and_the_meter_follows() -> None:
    """Two heirs, 70,000 points a side and money that is divided: after two words that a prober
    chose by what tells most, Ben's walk-away value is bounded below all, most numbers are known
    exactly, and each member that surely fits would really have told the same."""
    dispute = load("examples/two-heirs")
    talks = probed(dispute, 2)
    ann, ben = dispute.party_ids
    found = ends(dispute, (ben, (ann,)), talks, Hiding())
    assert found is not None
    assert found.bound[WALK_AWAY].high < 100
    exact = [answer for answer, bound in found.bound.items() if found.sure.get(answer) == bound]
    assert len(exact) > len(found.bound) // 2
    for answer, sure in found.sure.items():
        assert found.bound[answer].low <= sure.low <= sure.high <= found.bound[answer].high
