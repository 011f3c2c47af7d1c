"""Adjusting by hand: against listing every package, and against everything a side may not see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, islice, product
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, assume, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from hikiwake.api import adjust, load, settle
from hikiwake.errors import TooLarge
from hikiwake.explain import tell_look
from hikiwake.model import (
    Dispute,
    FrozenMap,
    Item,
    Money,
    Option,
    Outcome,
    Preference,
    Share,
)
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.adjusting.divided import Divided
from hikiwake.pareto import LexicographicMinimum, Region
from hikiwake.pareto.given import is_draw_at
from hikiwake.settlement import Limit, Status
from tests.conformance.builders import choice, preference
from tests.conformance.builders import dispute as built
from tests.strategies import disputes, share_disputes

F = Fraction
QUICK = limits(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
ISLANDS = "examples/four-islands"
HEIRS = "examples/two-heirs"


def listed(dispute: Dispute, parts: int = 4) -> Iterator[Outcome]:
    """Yield every package; of a share between two, everybody's part in so many parts."""
    ways = [
        [
            FrozenMap(dict(zip(dispute.party_ids, (F(n, parts), 1 - F(n, parts)), strict=True)))
            for n in range(parts + 1)
        ]
        if isinstance(issue, Share)
        else list(dispute.decisions_of(issue) or ())
        for issue in dispute.issues
    ]
    for values in product(*ways):
        yield FrozenMap({i.id: v for i, v in zip(dispute.issues, values, strict=True)})


def apart(one: Outcome, other: Outcome) -> int:
    return sum(one[issue] != other[issue] for issue in one)


def ready(dispute: Dispute) -> Adjusting:
    try:
        return adjust(dispute)
    except TooLarge:
        assume(False)
        raise


@QUICK
@given(disputes(packages=200), st.randoms(use_true_random=False))
def test_a_look_is_what_listing_every_package_says(dispute: Dispute, chance: Random) -> None:
    """Possible, draw and bettered mean what the conventions say, for any package."""
    adjusting = ready(dispute)
    everything = list(listed(dispute))
    possible = [o for o in everything if adjusting.possible(o)]
    assert (adjusting.bargain is None) == (not possible)
    for outcome in chance.sample(everything, min(6, len(everything))):
        look = adjusting.look(outcome)
        kept = dispute.allows(outcome) and all(
            dispute.utility(p, outcome) >= dispute.walk_away(p) for p in dispute.party_ids
        )
        assert look.possible == (kept and not look.uneven_groups)
        worths = look.package.utilities
        beaten = any(
            all(dispute.utility(p, o) >= worths[p] for p in worths)
            and any(dispute.utility(p, o) > worths[p] for p in worths)
            for o in possible
        )
        assert (look.better is not None) == (look.possible and beaten)
        if look.better is not None:
            better = look.better.utilities
            assert all(better[p] >= worths[p] for p in worths)
            assert dict(better) != dict(worths)
            assert adjusting.possible(look.better.outcome)
        if adjusting.bargain is not None:
            assert look.draw == is_draw_at(adjusting.bargain, outcome)


@QUICK
@given(disputes(packages=200), st.randoms(use_true_random=False))
def test_repairs_are_the_fewest_of_all_packages(dispute: Dispute, chance: Random) -> None:
    """No possible package, and no draw, decides fewer issues otherwise than the one told."""
    adjusting = ready(dispute)
    everything = list(listed(dispute))
    looks = {outcome: adjusting.look(outcome) for outcome in everything}
    for outcome in chance.sample(everything, min(4, len(everything))):
        repairs = adjusting.repairs(outcome)
        assert repairs.possible_sought
        assert repairs.draw_sought
        for repair, reached in (
            (repairs.possible, [o for o, look in looks.items() if look.possible]),
            (repairs.draw, [o for o, look in looks.items() if look.draw]),
        ):
            if repair is None:
                assert not reached or outcome in reached
            else:
                assert len(repair.issues) == min(apart(outcome, o) for o in reached)
                assert repair.package.outcome in reached
                assert len(repair.issues) == apart(outcome, repair.package.outcome)


@limits(QUICK, max_examples=25)
@given(share_disputes(), st.randoms(use_true_random=False))
def test_repairs_of_divided_packages_are_the_fewest(dispute: Dispute, chance: Random) -> None:
    """What repairs a division is possible, or a draw; no sampled division needs fewer changes."""
    adjusting = ready(dispute)
    everything = list(listed(dispute))
    assume(len(everything) <= 400)
    possible = [o for o in everything if adjusting.possible(o)]
    some = chance.sample(everything, min(60, len(everything)))
    draws = [o for o in some if adjusting.look(o).draw]
    for outcome in chance.sample(everything, min(2, len(everything))):
        look, repairs = adjusting.look(outcome), adjusting.repairs(outcome)
        if repairs.possible is not None:
            assert adjusting.possible(repairs.possible.package.outcome)
            assert all(apart(outcome, o) >= len(repairs.possible.issues) for o in possible)
        elif repairs.possible_sought:
            assert look.possible or adjusting.bargain is None
        if repairs.draw is not None:
            assert adjusting.look(repairs.draw.package.outcome).draw
            assert all(apart(outcome, o) >= len(repairs.draw.issues) for o in draws)
        elif repairs.draw_sought:
            assert look.draw or not draws


@QUICK
@given(disputes(packages=200), disputes(packages=200), st.randoms(use_true_random=False))
def test_an_own_look_does_not_depend_on_anybody_else(
    dispute: Dispute, other: Dispute, chance: Random
) -> None:
    """Whatever the others want, a party's look at any package is the same."""
    outcome = chance.choice(list(listed(dispute)))
    viewer = dispute.party_ids[0]
    strangers = {p: Preference(p) for p in dispute.party_ids if p != viewer}
    preferences = FrozenMap({**dispute.preferences, **strangers})
    replaced = replace(dispute, preferences=preferences)
    assert ready(dispute).own_look(viewer, outcome) == ready(replaced).own_look(viewer, outcome)


def test_the_islands_as_they_are_today_are_not_possible_and_two_changes_are_told() -> None:
    """Today's islands are as uneven as can be; what is told keeps everything, and is a draw."""
    dispute = load(ISLANDS)
    adjusting = adjust(dispute)
    assert dispute.status_quo is not None
    look = adjusting.look(dispute.status_quo)
    assert look.uneven_groups == ("islands",)
    assert look.broken == ()
    repairs = adjusting.repairs(dispute.status_quo)
    assert repairs.possible is not None
    assert repairs.draw is not None
    assert adjusting.look(repairs.possible.package.outcome).possible
    assert adjusting.look(repairs.draw.package.outcome).draw


def test_what_is_broken_is_named_and_only_to_whom_it_may_be() -> None:
    """The house to Ben in June crosses Ann's red line: the mediator reads it, Ben does not."""
    dispute = load(HEIRS)
    adjusting = adjust(dispute)
    outcome: Outcome = FrozenMap(
        {
            "house": "ben",
            "savings": FrozenMap({"ann": F(1, 2), "ben": F(1, 2)}),
            "boat": "ben",
            "piano": "ann",
            "garden": "turns",
            "move_out": "june",
        }
    )
    line = Limit("red_line", "ann", 1)
    assert line in adjusting.look(outcome).broken
    assert line in adjusting.own_look("ann", outcome).broken
    assert adjusting.own_look("ben", outcome).broken == ()


@limits(QUICK, max_examples=25)
@given(disputes(packages=100), st.randoms(use_true_random=False))
def test_the_order_of_the_sides_changes_nothing(dispute: Dispute, chance: Random) -> None:
    """With the sides listed the other way round every look, gain and repair is the same."""
    turned = replace(dispute, parties=dispute.parties[::-1])
    outcome = chance.choice(list(listed(dispute)))
    first, second = ready(dispute), ready(turned)
    one, other = first.look(outcome), second.look(outcome)
    assert one.package == other.package
    assert (one.possible, one.draw) == (other.possible, other.draw)
    assert (one.better is None) == (other.better is None)
    assert set(one.broken) == set(other.broken)
    assert first.repairs(outcome) == second.repairs(outcome)


def test_of_repairs_that_are_as_good_the_same_is_told_whoever_is_listed_first() -> None:
    """Ann wants the boat kept, by whom is all the same: one of two draws is told, by no order."""
    issues = [Item("boat", others=(Option("sold"),)), choice("when", "now", "late")]
    mine = [
        preference("ann", {"boat": {"ann": 8, "ben": 8, "sold": 0}, "when": {"now": 0, "late": 0}}),
        preference("ben", {"boat": {"ann": 0, "ben": 0, "sold": 0}, "when": {"now": 8, "late": 0}}),
    ]
    sold: Outcome = FrozenMap({"boat": "sold", "when": "now"})
    told, other = (ready(built(issues, *own)).repairs(sold).draw for own in (mine, mine[::-1]))
    assert told is not None
    assert told.issues == ("boat",)
    assert told == other


def test_three_and_four_sides_with_a_share_and_a_whole_issue_are_told_the_fewest_changes() -> None:
    """All to one side is not possible: dividing the land again is, and makes a draw, or cannot;
    what is told for a draw is one, and the fewest where it is said to be."""
    for sides in (3, 4):
        names = [f"p{n}" for n in range(sides)]
        mine = [
            preference(p, {"car": {q: 10 * (q == p) for q in names}, "land": 90}, walk_away=5)
            for p in names
        ]
        shared = built([choice("car", *names), Share("land")], *mine)
        land = FrozenMap({p: Fraction(int(p == names[0])) for p in names})
        adjusting = adjust(shared)
        told = adjusting.repairs(FrozenMap({"car": names[0], "land": land}))
        assert told.possible is not None
        assert told.possible.issues == ("land",)
        assert told.possible_sought
        assert told.draw is not None
        assert adjusting.look(told.draw.package.outcome).draw
        assert told.draw_sought == (len(told.draw.issues) == 1)


def test_draws_of_three_sides_that_divide_are_found_and_perhaps_not_the_fewest_is_said() -> None:
    """Where the car alone went elsewhere than in a draw, bringing it back is told as the fewest;
    where several things did, what is told is a draw, and that fewer may do."""
    sides = ("ann", "ben", "cem")
    whole = ("house", "car", "boat")
    points = ((40, 20, 10, 10), (20, 10, 20, 30), (10, 20, 30, 20))
    mine = [
        preference(
            p,
            {n: {q: w * (q == p) for q in sides} for n, w in zip(whole, own, strict=False)}
            | {"land": own[3], "cash": 20},
        )
        for p, own in zip(sides, points, strict=True)
    ]
    dispute = built(
        [*(choice(name, *sides) for name in whole), Share("land"), Share("cash")], *mine
    )
    settled = settle(dispute)
    assert settled.status is Status.DRAW
    assert settled.outcome is not None
    adjusting = adjust(dispute)
    moved = {**settled.outcome, "car": "ben"}
    one = adjusting.repairs(FrozenMap(moved))
    assert one.draw is not None
    assert (len(one.draw.issues), one.draw_sought) == (1, True)
    third: FrozenMap[str, Fraction] = FrozenMap(dict.fromkeys(sides, Fraction(1, 3)))
    taken = dict(zip(whole, sides, strict=True))
    package: Outcome = FrozenMap({**taken, "land": third, "cash": third})
    several = adjusting.repairs(package)
    assert several.draw is not None
    assert adjusting.look(several.draw.package.outcome).draw
    assert len(several.draw.issues) > 1
    assert not several.draw_sought
    told = tell_look(dispute, adjusting.look(package), several, None, "en").text()
    assert "issues will do, perhaps fewer: " in " ".join(told.split())


@pytest.mark.parametrize("name", ["reijnierse-potters", "knaster-luce-raiffa"])
def test_no_draw_of_three_sides_is_passed_over_unlooked_at(name: str) -> None:
    """Of sets of issues that are passed over, for nobody could come to what a draw leaves it or
    the evenest package is no draw, that package is none when it is looked at."""
    dispute = load(f"examples/published/{name}.toml")
    adjusting, chance = adjust(dispute), Random(3)
    bargain = adjusting.bargain
    assert bargain is not None
    outcome = next(iter(several(dispute, chance)))
    regions = tuple(
        Region(dispute.tolerance, tuple(gain - dispute.price for gain in bargain.gains.values(p)))
        for p in bargain.kalai_smorodinsky()
    )
    around = Divided(bargain, regions).around(outcome)
    seen = Counter[bool]()
    sets = [issues for n in (1, 2, 3) for issues in combinations(outcome, n)]
    for issues in chance.sample(sets, min(8, len(sets))):
        found, kept = around.possible(issues), around.even(issues)
        draw = found is not None and adjusting.look(found.outcome).draw
        seen[draw] += 1
        assert kept is not None if draw else kept is None or not adjusting.look(kept.outcome).draw
    assert seen[False]


@pytest.mark.parametrize("name", ["reijnierse-potters", "rent-three-rooms", "knaster-luce-raiffa"])
def test_what_was_proved_of_other_packages_passes_over_nothing(name: str) -> None:
    """With any issues free, the evenest package is the one that the frontier of what is left
    names, or there is none; and what the bounds promise beforehand is never less."""
    dispute = load(f"examples/published/{name}.toml")
    bargain, chance = adjust(dispute).bargain, Random(7)
    assert bargain is not None
    divided = Divided(bargain, ())
    ids = tuple(issue.id for issue in dispute.issues)
    sets = [free for n in range(1, len(ids)) for free in combinations(ids, n)]
    seen = Counter[bool]()
    for outcome in islice(several(dispute, chance), 4):
        around, held = divided.around(outcome), divided.pinned.at(outcome)
        for free in chance.sample(sets, min(5, len(sets))):
            promised, found = around.at_most(free), around.possible(free)
            best = held.but(free).best(LexicographicMinimum())
            seen[bool(best)] += 1
            if found is None:
                assert not best
            else:
                assert found.levels == bargain.gains.values(best[0])
                assert promised is not None
                assert promised >= min(found.levels)
    assert seen[True]
    assert seen[False] or name == "reijnierse-potters"


@pytest.mark.parametrize("idle", ["ann", "ben", "cem"])
def test_a_third_side_to_whom_nothing_matters_does_not_stand_in_the_way(idle: str) -> None:
    """Between two of three sides, whichever does not care, a repair is found, and is a draw."""
    points = {"ann": (10, 4, 30), "ben": (9, 4, 20), "cem": (3, 4, 50)}
    mine = [
        preference(p, {} if p == idle else {"when": {"now": n, "late": m}, "land": land})
        for p, (n, m, land) in points.items()
    ]
    dispute = built([choice("when", "now", "late"), Share("land")], *mine)
    land = FrozenMap({p: F(int(p == "ann")) for p in points})
    adjusting = adjust(dispute)
    told = adjusting.repairs(FrozenMap({"when": "now", "land": land})).draw
    assert told is not None
    assert adjusting.look(told.package.outcome).draw


@pytest.mark.parametrize("name", ["reijnierse-potters", "rent-three-rooms"])
def test_what_was_found_for_one_package_changes_no_answer_about_the_next(name: str) -> None:
    """Asked one after the other, of three sides that divide, or each of a fresh start: the same
    repairs come, and what is told as a draw is one when it is looked at."""
    dispute = load(f"examples/published/{name}.toml")
    adjusting = adjust(dispute)
    asked = list(islice(several(dispute, Random(5)), 5))
    for outcome in [*asked, asked[0]]:
        told = adjusting.repairs(outcome)
        assert told == adjust(dispute).repairs(outcome)
        assert told.draw is None or adjusting.look(told.draw.package.outcome).draw


def several(dispute: Dispute, chance: Random) -> Iterator[Outcome]:
    """Yield packages in which everything that is divided is divided evenly, the rest at random."""
    equal = {Share: F(1, len(dispute.parties)), Money: F(0)}
    while True:
        yield FrozenMap(
            {
                issue.id: chance.choice(dispute.decisions_of(issue) or ())
                if type(issue) not in equal
                else FrozenMap(dict.fromkeys(dispute.party_ids, equal[type(issue)]))
                for issue in dispute.issues
            }
        )


def test_no_question_lists_the_whole_frontier(monkeypatch: pytest.MonkeyPatch) -> None:
    """What serves all questions is there before the first, unless that was not asked for."""
    dispute = load("examples/published/square-root-dollar.toml")
    outcome: Outcome = FrozenMap({"money": F(1, 8)})
    adjusting, later = adjust(dispute), adjust(dispute, repairs=False)
    expected = adjust(dispute).repairs(outcome)
    assert expected.draw is not None

    def again(*_: object) -> None:
        raise AssertionError("listed at a question")

    monkeypatch.setattr("hikiwake.pareto.fronts.hulls.border", again)
    assert adjusting.repairs(outcome) == expected
    with pytest.raises(AssertionError, match="listed at a question"):
        later.repairs(outcome)
