"""What is known exactly of a side after a settlement was shown, against settling the whole grid."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from hikiwake.api import load, settle
from hikiwake.findings.talks import Budget, Exposure, Hiding, Interval, Room, Talks
from hikiwake.formats.results.adjusted import disclosure_json
from hikiwake.model import Answer, Dispute, FrozenMap
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.between_two.seen import Seen, same_told
from hikiwake.options.disclosure.finer import FINER, on_finer_grid
from hikiwake.options.disclosure.hidden.grid import hidden_preferences
from hikiwake.options.disclosure.hidden.unknowns import numbers_of
from hikiwake.options.disclosure.meter import Disclosure
from hikiwake.options.disclosure.sought import ends
from hikiwake.options.disclosure.told.shown import Limit, Shown, Stand
from tests.support.disclosed import GRIDS_OF_TWO, told_about, with_member
from tests.unit.options.disclosure.test_disclosure_exact import drawn, two_groups

F = Fraction
SIDES = ("ben", ("ann",))
MANY = 300  # members, each settled by itself


def shown_in(chance: Random, several: bool = False) -> tuple[Dispute, Hiding, Talks] | None:
    """Return a dispute at random whose settlement was shown, some after a word or two, with a
    status quo and a price at random; None without a settlement, or with too much to list."""
    dispute, about = drawn(chance)
    dispute = two_groups(dispute) if several else dispute
    grid, price = chance.choice(GRIDS_OF_TWO), chance.choice((F(0), F(1, 10), F(1, 2)))
    today = about[0] if chance.random() < 0.4 else None
    dispute = replace(dispute, price=price, status_quo=today)
    outcome = settle(dispute).outcome
    members = hidden_preferences(dispute, "ben", grid)
    if outcome is None or sum(1 for _ in members) > MANY:
        return None
    told = told_about(dispute, *about[1:]) if chance.random() < 0.5 else ()
    return dispute, grid, Talks(Budget(keep=F(0), hiding=grid), told=told, shown=outcome)


def fits_as_settled_anew(dispute: Dispute, grid: Hiding, talks: Talks, seen: Seen) -> bool:
    """Compare members and intervals with those of settling each member anew; False: none fits."""
    members = list(hidden_preferences(dispute, "ben", grid))
    left = [
        own
        for own in members
        if same_told(Adjusting(with_member(dispute, own)), dispute, ("ann",), talks)
    ]
    assert list(filter(seen.same, members)) == left
    found = ends(dispute, SIDES, talks, grid)
    if found is None:
        assert not left
        return False
    for answer, bound in found.bound.items():
        numbers = [numbers_of(dispute, own)[answer] for own in left]
        assert found.sure[answer] == bound == Interval(min(numbers), max(numbers))
    return True


def against_settling(seed: int, several: bool = False) -> str:
    """Compare every member, and every interval, with those found by settling each member anew."""
    case = shown_in(Random(seed), several)
    if case is None:
        return "too much"
    dispute, grid, talks = case
    seen = Seen(dispute, SIDES, talks, grid)
    if seen.shown is None:
        return "no range"
    if not fits_as_settled_anew(dispute, grid, talks, seen):
        return "nothing fits"
    grouped = ", a group" if dispute.groups else ""
    return ("a draw" if seen.shown.draw else "uneven") + grouped


@pytest.mark.parametrize("seed", [2, 18, 40, 121])
def test_every_interval_after_a_settlement_is_that_of_settling_each_member(seed: int) -> None:
    """Of disputes drawn at random just those members fit that settle alike, and every interval is
    exact and the same as theirs, one where another package would be shown among them."""
    assert against_settling(seed) != "too much"


@pytest.mark.slow
def test_intervals_are_exact_of_draws_and_none_with_prices_groups_and_ties() -> None:
    """The same of more disputes: draws and uneven settlements, with and without a group."""
    kinds = Counter(against_settling(seed) for seed in range(45))
    assert {"a draw", "uneven", "a draw, a group", "nothing fits"} <= set(kinds)


def shown_of_a_draw() -> Shown:
    """Return what England saw of the settlement with Zimbabwe."""
    dispute = load("examples/published/england-zimbabwe.toml")
    outcome = settle(dispute).outcome
    seen = Seen(dispute, ("zimbabwe", ("england",)), Talks(Budget(), shown=outcome), Hiding())
    assert seen.shown is not None
    return seen.shown


def test_limits_hold_of_a_package_just_where_it_is_the_first_of_the_best() -> None:
    """For every gain of a package and every other package: the other is within all limits just
    where its sorted gains are no greater, and not equal either if it comes before."""
    shown, top, reach = shown_of_a_draw(), 4, 6
    for known, most in product(range(1, reach + 1), range(1, top + 1)):
        shown.known = known
        for gain in range(most + 1):
            limits = list(shown.limits(Stand(gain, most), reach))
            limits += [Limit(known, False, gain), Limit(known, True, gain - 1)]
            own = sorted((F(known, reach), F(gain, most)))
            for other, theirs, before in product(range(reach + 1), range(most + 1), (True, False)):
                best = sorted((F(other, reach), F(theirs, most)))
                better = best >= own if before else best > own
                kept = all(
                    theirs <= limit.most
                    for limit in limits
                    if other > limit.least or (other == limit.least and before >= limit.before)
                )
                assert kept is not better


def test_after_a_settlement_points_of_any_precision_bound_what_is_hidden() -> None:
    """England's points have twenty decimals: when the settlement was shown, every number that
    Zimbabwe hides is known exactly, and most lie in less than all that was declared."""
    dispute = load("examples/published/england-zimbabwe.toml")
    talks = Talks(Budget(keep=F(0)), shown=settle(dispute).outcome)
    found = ends(dispute, ("zimbabwe", ("england",)), talks, Hiding())
    assert found is not None
    assert found.sure == found.bound
    assert any(span != Interval(F(0), F(100)) for span in found.bound.values())


def test_that_nothing_declared_fits_a_settlement_is_proved() -> None:
    """Of Panama with whole issues no member of the grid settles as it was shown, to either side."""
    dispute = load("examples/published/panama-whole.toml")
    talks = Talks(Budget(keep=F(0)), shown=settle(dispute).outcome)
    for party, observer in (dispute.party_ids, dispute.party_ids[::-1]):
        assert ends(dispute, (party, (observer,)), talks, Hiding()) is None


def nothing_fits(seed: int) -> tuple[Dispute, Hiding, Talks, Exposure]:
    """Return a dispute at random of whose grid nothing fits the settlement that was shown."""
    case = shown_in(Random(seed))
    assert case is not None
    dispute, grid, talks = case
    assert ends(dispute, SIDES, talks, grid) is None
    nothing = FrozenMap[Answer, Interval]()
    return dispute, grid, talks, Exposure("ben", ("ann",), None, 0, 1, nothing, nothing)


@pytest.mark.parametrize("seed", [114, 127])
def test_where_nothing_declared_fits_the_first_finer_grid_is_taken_of_which_something_does(
    seed: int,
) -> None:
    """On the grid that is taken every interval is that of all its members which fit; of those that
    come before it in the row none fits."""
    dispute, grid, talks, none = nothing_fits(seed)
    found = on_finer_grid(none, dispute, talks, grid)
    assert found.finer is not None
    parts = int(grid.step / found.finer.step)
    for fewer in FINER[: FINER.index(parts)]:
        before = replace(grid, step=grid.step / fewer, walk_away_step=grid.walk_away_step / fewer)
        assert ends(dispute, SIDES, talks, before) is None
    seen = Seen(dispute, SIDES, talks, found.finer)
    left = [own.answers() for own in hidden_preferences(dispute, "ben", found.finer)
            if seen.same(own)]  # fmt: skip
    for answer, bound in found.bounds.items():
        numbers = [own[answer] for own in left]
        assert found.sure[answer] == bound == Interval(min(numbers), max(numbers))


def test_the_meter_tells_the_finer_grid_where_nothing_declared_fits() -> None:
    """The mediator is told the intervals of the finer grid, and its step in JSON."""
    dispute, grid, talks, none = nothing_fits(127)
    found = on_finer_grid(none, dispute, talks, grid)
    told = Disclosure(Adjusting(dispute), grid).exposures(talks)
    ben = next(one for one in told if one.party == "ben")
    assert found.finer is not None
    assert (ben.finer, ben.bounds, ben.sure) == (found.finer, found.bounds, found.sure)
    assert ben.left == 0
    room = Room(None, None, F(0))
    assert disclosure_json(told, room)["exposures"][told.index(ben)]["finer"] == "25"


def test_which_grid_is_taken_is_the_same_whatever_a_side_hides() -> None:
    """Were the side any member of the finer grid that fits what was shown, the same grid would be
    taken and the same intervals told: they rest on what was shown alone."""
    dispute, grid, talks, none = nothing_fits(127)
    found = on_finer_grid(none, dispute, talks, grid)
    assert found.finer is not None
    seen = Seen(dispute, SIDES, talks, found.finer)
    left = list(filter(seen.same, hidden_preferences(dispute, "ben", found.finer)))
    assert len(left) > 1
    for own in left:
        assert on_finer_grid(none, with_member(dispute, own), talks, grid) == found


def test_before_a_settlement_is_shown_no_finer_grid_is_taken() -> None:
    """Words rest on the declared grid, and are refused by it: it stays."""
    dispute, grid, talks, none = nothing_fits(127)
    assert on_finer_grid(none, dispute, replace(talks, shown=None), grid) == none


@pytest.mark.parametrize("seed", [100, 104, 107])
def test_after_a_settlement_two_groups_are_exact_as_well(seed: int) -> None:
    """The same with two groups that are not for trade."""
    assert against_settling(seed, several=True) in {"a draw, a group", "uneven, a group"}
