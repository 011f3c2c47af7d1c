"""The exact ends of what several sides hide together after a settlement, against all worlds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from hikiwake.api import settle
from hikiwake.findings.talks import Budget, Hiding, Interval, Talks
from hikiwake.model import Dispute
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.among_several import several
from hikiwake.options.disclosure.among_several.judged import Judge
from hikiwake.options.disclosure.among_several.several import ends_of_several
from hikiwake.options.disclosure.among_several.together import Together
from hikiwake.options.disclosure.between_two.seen import same_told
from hikiwake.options.disclosure.hidden.ends import Ends
from hikiwake.options.disclosure.hidden.grid import hidden_preferences, size_of
from hikiwake.options.disclosure.hidden.unknowns import numbers_of
from hikiwake.options.disclosure.meter import Disclosure
from tests.support.disclosed import (
    GRIDS,
    Case,
    Spans,
    all_packages,
    compared,
    drawn,
    drawn_with_price,
    members_of,
    told_about,
    with_own,
)

F = Fraction
FEW = 120  # worlds, each settled by itself
MANY = 1_500  # worlds, each looked at in the table


def shown_in(seed: int, sides: int = 3) -> Case | None:
    """Return a dispute drawn at random with its settlement shown, perhaps after two words."""
    chance = Random(seed)
    dispute, grid = drawn_with_price(chance, sides), chance.choice(GRIDS)
    outcome = settle(dispute).outcome
    if outcome is None:
        return None
    every = all_packages(dispute)
    about = chance.sample(every, min(len(every), 2)) if chance.random() < 0.5 else ()
    told = told_about(dispute, *about)
    return dispute, grid, Talks(Budget(keep=F(0), hiding=grid), told=told, shown=outcome)


def spans_of(case: Case, observers: tuple[str, ...]) -> Spans | None:
    """Return each interval over all worlds that would have told and shown the same.

    Few worlds are settled anew, all of more are looked at. None: they are too many.
    """
    dispute, grid, talks = case
    hidden = [party for party in dispute.party_ids if party not in observers]
    count = size_of(dispute, grid) ** len(hidden)
    if count > MANY:
        return None
    own = [list(hidden_preferences(dispute, party, grid)) for party in hidden]
    table = Together(dispute, hidden, grid)
    judge, fitting = Judge(table, talks), [set[int]() for _ in hidden]
    members = [
        list(map(shape.member, side if count > FEW else ()))
        for shape, side in zip(table.shapes, own, strict=True)
    ]
    for world in product(*map(range, map(len, own))):
        if count <= FEW:
            would_be = with_own(dispute, [side[n] for side, n in zip(own, world, strict=True)])
            fits = same_told(Adjusting(would_be), dispute, observers, talks)
        else:
            here = tuple(side[n] for side, n in zip(members, world, strict=True))
            fits = table.fits(here, talks) and judge.look(here, table.look(here)).same
        for places, n in zip(fitting, world, strict=True):
            places.update([n] if fits else [])
    found = Spans()
    for party, side, places in zip(hidden, own, fitting, strict=True):
        numbers = [numbers_of(dispute, side[n]) for n in places]
        for answer in numbers[0] if numbers else ():
            every = [one[answer] for one in numbers]
            found[party, answer] = Interval(min(every), max(every))
    return found


def against_all_worlds(seed: int, sides: int = 3) -> Counter[str]:
    """Compare every interval of a dispute drawn at random; return what was seen."""
    case = shown_in(seed, sides)
    if case is None:
        return Counter()
    parties = case[0].party_ids
    views = (parties[:1], parties[-1:], parties[:-1], parties[1:])
    return compared(case, views, spans_of, ends_of_several)


@pytest.mark.parametrize("seed", [5, 12, 17, 26])
def test_every_interval_of_three_sides_after_a_settlement_is_that_of_all_worlds(seed: int) -> None:
    """Of disputes drawn at random, with prices, rules, red lines, bonuses and a status quo, every
    interval after the settlement was shown is exact and that of all worlds that settle alike."""
    against_all_worlds(seed)


@pytest.mark.slow
def test_intervals_after_a_settlement_are_exact_of_draws_and_none_and_of_four_sides() -> None:
    """The same of more disputes, of three and of four sides: draws and uneven settlements, one,
    two and three sides that hide, and such as nothing declared fits are among them."""
    seen = Counter[str]()
    for seed in range(30, 70):
        seen += against_all_worlds(seed, sides=4 if seed % 5 == 0 else 3)
    assert {"draw", "uneven", "1 hide", "2 hide"} <= set(seen)


def pooled(seed: int) -> tuple[Dispute, Hiding, Talks]:
    """Return a dispute of three at random whose settlement was shown."""
    case = shown_in(seed)
    assert case is not None
    return case


def test_after_a_settlement_what_a_side_sees_rests_on_what_it_was_shown_alone() -> None:
    """Whatever others that would have been shown the same want, Ann and Ben see the same of Cem."""
    dispute, grid, talks = pooled(17)
    observers = ("ann", "ben")
    found = ends_of_several(dispute, observers, talks, grid)
    assert found is not None
    table = Together(dispute, ("cem",), grid)
    judge = Judge(table, talks)
    left = [
        own
        for own in hidden_preferences(dispute, "cem", grid)
        for members in (members_of(table, [own]),)
        if table.fits(members, talks) and judge.look(members, table.look(members)).same
    ]
    assert len(left) > 1
    for own in Random(1).sample(left, 2):
        assert ends_of_several(with_own(dispute, [own]), observers, talks, grid) == found


def test_after_a_settlement_the_order_of_the_sides_changes_no_interval() -> None:
    """With the sides in another order each is seen by each just as before."""
    dispute, grid, talks = pooled(17)
    turned = replace(dispute, parties=(*dispute.parties[1:], dispute.parties[0]))
    found = ends_of_several(dispute, ("ann", "ben"), talks, grid)
    assert found is not None
    assert ends_of_several(turned, ("ann", "ben"), talks, grid) == found


def test_where_questions_run_out_after_a_settlement_an_end_is_told_as_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With only a few questions, what is sure lies in the true interval, and that in the bound."""
    monkeypatch.setattr(several, "MAX_ASKED", 6)
    several.ends_of_several.cache_clear()
    opened = 0
    for seed in (5, 12, 17):
        case = pooled(seed)
        for observers in (("ann", "ben"), ("ben", "cem")):
            spans = spans_of(case, observers)
            found = ends_of_several(case[0], observers, case[2], case[1])
            for (party, answer), span in (spans or {}).items():
                assert found is not None
                own: Ends = found[party]
                bound, sure = own.bound[answer], own.sure.get(answer, span)
                assert bound.low <= span.low <= sure.low <= sure.high <= span.high <= bound.high
                opened += bound != own.sure.get(answer)
    several.ends_of_several.cache_clear()
    assert opened


def test_what_a_pool_sees_of_a_draw_that_may_not_be_the_best_is_exact() -> None:
    """Where a draw was shown that may not be the best, and the best may give a pool of two very
    much, every number of the third is exact."""
    dispute = drawn(Random(105), issues=5)
    talks = Talks(Budget(keep=F(0)), shown=settle(dispute).outcome)
    found = ends_of_several(dispute, ("ann", "ben"), talks, Hiding())
    assert found
    assert found["cem"].bound == found["cem"].sure


@pytest.mark.slow
def test_after_a_settlement_beyond_what_is_counted_every_number_is_known_exactly() -> None:
    """Three sides and six issues, more possibilities than are counted: after the settlement was
    shown every number of two that hide, and of one before a pool, is exact."""
    dispute = drawn(Random(4), issues=6)
    outcome = settle(dispute).outcome
    talks = Talks(Budget(keep=F(0)), shown=outcome)
    assert not Disclosure(Adjusting(dispute), Hiding()).counted
    for observers in (("ann",), ("ann", "ben")):
        found = ends_of_several(dispute, observers, talks, Hiding())
        for own in (found or {}).values():
            assert own.bound == own.sure
