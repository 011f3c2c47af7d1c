"""The exact ends where something inside a group not for trade is divided, against settling anew."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import islice
from random import Random

import pytest

from hikiwake.api import load, settle
from hikiwake.findings.talks import Budget, Hiding, Talks, Word
from hikiwake.model import Dispute, Group
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.hidden.grid import hidden_preferences
from hikiwake.options.disclosure.models.groups import nothing_inside
from hikiwake.options.disclosure.sought import ends
from hikiwake.options.disclosure.within_groups.looked import Looked
from hikiwake.options.disclosure.within_groups.seen import SeenWithin, seen_of
from hikiwake.options.disclosure.within_groups.space import Space, covers
from tests.support.disclosed import told_about, with_member
from tests.unit.options.disclosure.test_disclosure_divided import SIDES, divided, package_of
from tests.unit.options.disclosure.test_disclosure_shown import fits_as_settled_anew

F = Fraction
MANY = 200  # members, each settled by itself


def divided_within(chance: Random) -> tuple[Dispute, Hiding]:
    """Return a small dispute at random that divides something inside one of a group or two, with
    nothing said wholly inside one, and what Ben might hide."""
    while True:
        dispute, grid = divided(chance)
        ids = [issue.id for issue in dispute.issues]
        inside = [chance.sample(ids, chance.randint(1, len(ids)))]
        if chance.random() < 0.3 and len(ids) > 1:
            inside = [[issue] for issue in chance.sample(ids, 2)]
        groups = tuple(Group(f"g{n}", tuple(own), True) for n, own in enumerate(inside))
        dispute = replace(dispute, groups=groups)
        if covers(dispute, "ben") and all(nothing_inside(dispute, ["ben"], own) for own in groups):
            return dispute, grid


def told_in(seed: int, shown: bool) -> tuple[Dispute, Hiding, Talks] | None:
    """Return such a dispute with some words, or with its settlement and perhaps words before; None
    where nothing was told to be possible, or there is too much to settle."""
    chance = Random(seed)
    dispute, grid = divided_within(chance)
    outcome = settle(dispute).outcome
    if len(list(hidden_preferences(dispute, "ben", grid))) > MANY or outcome is None:
        return None
    about = [package_of(dispute, chance) for _ in range(chance.randint(1, 3))]
    about[:1] = [outcome] if chance.random() < 0.5 else about[:1]
    told = told_about(dispute, *about) if not shown or chance.random() < 0.3 else ()
    if not shown and all(one.word is Word.NOT_POSSIBLE for one in told):
        return None
    budget, last = Budget(keep=F(0), hiding=grid), outcome if shown else None
    return dispute, grid, Talks(budget, told=told, shown=last)


def against_settling(seed: int, shown: bool) -> str:
    """Compare every member, and every interval, with those found by settling each member anew."""
    case = told_in(seed, shown)
    if case is None:
        return "too much, or nothing"
    dispute, grid, talks = case
    seen = seen_of(dispute, SIDES, talks, grid)
    assert isinstance(seen, SeenWithin)
    if shown and (seen.settled is None or seen.settled[2] is None):
        return "no gain"
    if not fits_as_settled_anew(dispute, grid, talks, seen):
        return "nothing fits"
    if seen.measured.ranges(dispute.preferences["ben"]).level > dispute.tolerance:
        return "uneven in a group, " + ("shown" if shown else "words")
    if not shown:
        return "words"
    assert seen.settled is not None
    return "a draw" if seen.settled[1] else "uneven"


@pytest.mark.parametrize(
    ("seed", "shown"), [(4, False), (16, False), (57, False), (4, True), (7, True)]
)
def test_every_interval_is_that_of_settling_each_member(seed: int, shown: bool) -> None:
    """Of disputes drawn at random just those members fit that would have been told the same, and
    every interval is exact and theirs, after words and after a settlement."""
    assert against_settling(seed, shown) not in ("too much, or nothing", "nothing fits", "no gain")


def test_a_package_is_told_of_as_by_searching_each_dispute_anew() -> None:
    """For every member of a grid the word about a package at random is that of its dispute."""
    for seed in (57, 61):
        chance = Random(seed)
        dispute, grid = divided_within(chance)
        about = [package_of(dispute, chance) for _ in range(3)]
        looked = Looked(Space(dispute, "ben"))
        for own in islice(hidden_preferences(dispute, "ben", grid), 0, None, 7):
            would_be = Adjusting(with_member(dispute, own))
            assert [looked.word(own, one) for one in about] == [would_be.word(one) for one in about]


def with_savings_in_a_group() -> tuple[Dispute, Talks]:
    """Return the two heirs' dispute with the savings, a share, and the boat not for trade, after a
    word about the settled package."""
    heirs = load("examples/two-heirs")
    dispute = replace(heirs, groups=(Group("estate", ("savings", "boat"), True),))
    outcome = settle(dispute).outcome
    assert outcome is not None
    return dispute, Talks(Budget(keep=F(0)), told=told_about(dispute, outcome))


@pytest.mark.slow
def test_far_beyond_what_can_be_listed_every_interval_is_exact() -> None:
    """Of two heirs with savings and boat not for trade all 16 numbers of each are exact after a
    word about the settled package."""
    dispute, talks = with_savings_in_a_group()
    for party, observer in (dispute.party_ids, dispute.party_ids[::-1]):
        found = ends(dispute, (party, (observer,)), talks, Hiding())
        assert found is not None
        assert found.sure == found.bound
        assert len(found.bound) == 16


def test_intervals_rest_on_what_was_told_alone() -> None:
    """Whoever fits what was told in Ben's place, the same intervals come out."""
    case = told_in(4, shown=False)
    assert case is not None
    dispute, grid, talks = case
    found = ends(dispute, SIDES, talks, grid)
    seen = seen_of(dispute, SIDES, talks, grid)
    fitting = list(filter(seen.same, hidden_preferences(dispute, "ben", grid)))
    assert fitting
    for own in fitting:
        assert ends(with_member(dispute, own), SIDES, talks, grid) == found


@pytest.mark.slow
def test_intervals_are_exact_of_draws_and_none_and_where_nothing_is_even() -> None:
    """The same of more disputes: after words, draws and uneven settlements, also where no package
    that both accept is even in the groups."""
    kinds = {against_settling(seed, shown) for seed in range(40, 62) for shown in (False, True)}
    assert {"words", "a draw", "uneven", "uneven in a group, words"} <= kinds
