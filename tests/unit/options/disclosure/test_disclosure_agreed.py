"""The exact ends of what three sides hide after a settlement where something is divided."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import partial
from random import Random

import pytest

from hikiwake.api import load, settle
from hikiwake.findings.talks import Budget, Hiding, Talks
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.among_several import agreed, dividing
from hikiwake.options.disclosure.among_several.agreed import ends_of_agreed
from hikiwake.options.disclosure.between_two.seen import same_told
from hikiwake.options.disclosure.hidden.grid import drawn_from, hidden_preferences
from hikiwake.options.disclosure.meter import Disclosure
from hikiwake.options.disclosure.sought import ends
from tests.support.disclosed import Case, compared, settled_spans, told_about, with_own
from tests.unit.options.disclosure.test_disclosure_dividing import (
    GRIDS,
    KINDS,
    divided,
    package_of,
)

F = Fraction
MANY = 300  # worlds, each settled by itself
FINE = (Hiding(F(100), F(20), F(20)), Hiding(F(100), F(25), F(25)), Hiding(F(60), F(20), F(20)))


def shown_in(
    seed: int, kind: str, sides: int = 3, grids: tuple[Hiding, ...] = GRIDS
) -> Case | None:
    """Return a dispute drawn at random with its settlement shown, perhaps after two words.

    What others than Ann want is on the grid, so that something fits what she sees.
    """
    chance = Random(seed)
    grid = chance.choice(grids)
    dispute = divided(chance, kind, sides)
    own = [drawn_from(dispute, party, grid, chance) for party in dispute.party_ids[1:]]
    dispute = replace(with_own(dispute, own), price=chance.choice((F(0), F(1, 10), F(1, 3))))
    outcome = settle(dispute).outcome
    if outcome is None:
        return None
    about = [package_of(dispute, chance) for _ in range(2)] if chance.random() < 0.3 else []
    told = told_about(dispute, *about)
    talks = Talks(Budget(keep=F(0), hiding=grid), told=told, shown=outcome)
    return (dispute, grid, talks) if dividing.covers_dividing(dispute, talks) else None


def against_all_worlds(
    seed: int, kind: str, sides: int = 3, grids: tuple[Hiding, ...] = GRIDS
) -> Counter[str]:
    """Compare every interval of a dispute drawn at random; return what was seen."""
    case = shown_in(seed, kind, sides, grids)
    if case is None:
        return Counter()
    parties = case[0].party_ids
    views = parties[:1], parties[:-1], parties[1:]
    return compared(case, views, partial(settled_spans, most=MANY), ends_of_agreed)


QUICK = [("money", 3), ("money", 7), ("shares", 2), ("amounts", 0), ("groups", 6),
         ("money beside groups", 0)]  # fmt: skip


@pytest.mark.parametrize(("kind", "seed"), QUICK)
def test_every_interval_after_a_settlement_is_that_of_all_worlds(kind: str, seed: int) -> None:
    """Of three sides drawn at random that divide something, or have a group not for trade, every
    interval after the settlement was shown is exact and that of all worlds that settle alike."""
    assert against_all_worlds(seed, kind)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_intervals_after_a_settlement_are_exact_of_more_disputes(kind: str) -> None:
    """The same of more disputes, of draws and none among them."""
    seen = Counter[str]()
    for seed in range(20, 32):
        seen += against_all_worlds(seed, kind, grids=GRIDS if seed % 2 else FINE)
    assert {"draw", "uneven"} <= set(seen)


@pytest.mark.slow
def test_intervals_after_a_settlement_are_exact_of_four_sides() -> None:
    """The same of four sides."""
    seen = Counter[str]()
    for seed in range(12):
        seen += against_all_worlds(seed, KINDS[seed % len(KINDS)], sides=4)
    assert seen


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_members_found_by_the_model_alone_reach_every_end(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same where nothing is looked for beside what the model finds: its proofs carry it all."""
    monkeypatch.setattr(agreed._Search, "_spread", agreed._Search._hold)
    seen = Counter[str]()
    for seed in range(60, 70):
        seen += against_all_worlds(seed, kind)
    assert seen


def shown(seed: int, kind: str) -> Case:
    """Return a dispute of three at random whose settlement was shown."""
    case = shown_in(seed, kind)
    assert case is not None
    return case


@pytest.mark.parametrize(("kind", "seed"), QUICK[2:4])
def test_what_a_pool_sees_rests_on_what_it_was_shown_alone(kind: str, seed: int) -> None:
    """Whatever Cem may want that would have been shown the same, Ann and Ben see the same."""
    dispute, grid, talks = shown(seed, kind)
    observers = dispute.party_ids[:2]
    found = ends_of_agreed(dispute, observers, talks, grid)
    assert found
    fitting = [
        own
        for own in hidden_preferences(dispute, "cem", grid)
        for would_be in (with_own(dispute, [own]),)
        if talks.shown is not None
        and would_be.utility("cem", talks.shown) >= would_be.walk_away("cem")
        and same_told(Adjusting(would_be), dispute, observers, talks)
    ]
    assert len(fitting) > 1
    for own in Random(1).sample(fitting, 2):
        assert ends_of_agreed(with_own(dispute, [own]), observers, talks, grid) == found


@pytest.mark.parametrize(("kind", "seed"), QUICK[:3])
def test_the_order_of_the_sides_changes_no_interval(kind: str, seed: int) -> None:
    """With the sides in another order each is seen by each just as before."""
    dispute, grid, talks = shown(seed, kind)
    turned = replace(dispute, parties=(*dispute.parties[1:], dispute.parties[0]))
    found = ends_of_agreed(dispute, ("ann", "ben"), talks, grid)
    assert found
    assert ends_of_agreed(turned, ("ann", "ben"), talks, grid) == found


def test_where_questions_run_out_an_end_is_told_as_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """With only a few questions, what is sure lies in the exact interval, and that in the bound;
    some end stays open."""
    opened = 0
    for kind, seed in QUICK[:3]:
        dispute, grid, talks = shown(seed, kind)
        exact = ends_of_agreed(dispute, ("ann", "ben"), talks, grid)
        with monkeypatch.context() as few:
            few.setattr(dividing, "MAX_ASKED", 2)
            few.setattr(agreed._Search, "_spread", agreed._Search._hold)
            ends_of_agreed.cache_clear()
            found = ends_of_agreed(dispute, ("ann", "ben"), talks, grid)
        ends_of_agreed.cache_clear()
        assert exact
        assert found
        for answer, span in exact["cem"].bound.items():
            bound, sure = found["cem"].bound[answer], found["cem"].sure.get(answer, span)
            assert bound.low <= span.low <= sure.low <= sure.high <= span.high <= bound.high
            opened += bound != found["cem"].sure.get(answer)
    assert opened


def test_nothing_declared_fits_the_settled_rents_of_three_rooms() -> None:
    """Whatever P2 may want in steps of 20 of 100, P1 and P3 would have been shown other rents."""
    dispute = load("examples/published/rent-three-rooms.toml")
    talks = Talks(Budget(keep=F(0)), shown=settle(dispute).outcome)
    assert not Disclosure(Adjusting(dispute), Hiding()).counted
    assert ends(dispute, ("P2", ("P1", "P3")), talks, Hiding()) is None
