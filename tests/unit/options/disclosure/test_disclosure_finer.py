"""Which finer grid is taken where nothing declared fits, against settling all its members."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

import pytest

from hikiwake.api import load, settle
from hikiwake.findings.talks import Budget, Exposure, Hiding, Interval, Talks
from hikiwake.model import Answer, Dispute, FrozenMap, Preference
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.between_two import divided as between_two
from hikiwake.options.disclosure.between_two.seen import same_told
from hikiwake.options.disclosure.finer import FINER, on_finer_grid
from hikiwake.options.disclosure.hidden.grid import drawn_from, hidden_preferences
from hikiwake.options.disclosure.hidden.unknowns import numbers_of
from hikiwake.options.disclosure.sought import ends
from tests.support.disclosed import GRIDS, drawn_with_price, with_member
from tests.unit.options.disclosure import test_disclosure_agreed as of_several
from tests.unit.options.disclosure import test_disclosure_divided as of_two

F = Fraction
SOME = 4  # members of which each is put in the place of the side that hides


@dataclass(frozen=True)
class Case:
    """A dispute of which nothing declared fits what one side, or a pool, was shown."""

    dispute: Dispute
    grid: Hiding
    talks: Talks
    none: Exposure

    def taken(self, dispute: Dispute) -> Exposure:
        """Return what is known on the finer grid that is taken."""
        return on_finer_grid(self.none, dispute, self.talks, self.grid)

    def left(self, grid: Hiding) -> list[Preference]:
        """Return the members of a grid that settle as was shown, each settled by itself."""
        return [
            own
            for own in hidden_preferences(self.dispute, self.none.party, grid)
            if same_told(
                Adjusting(with_member(self.dispute, own)),
                self.dispute,
                self.none.observers,
                self.talks,
            )
        ]


def finer_by(grid: Hiding, parts: int) -> Hiding:
    return replace(grid, step=grid.step / parts, walk_away_step=grid.walk_away_step / parts)


def drawn_case(kind: str, seed: int) -> Case | None:
    """Return a dispute at random whose last side is on a grid twice as fine as declared; None where
    there is no settlement, or something declared fits."""
    chance = Random(seed)
    if kind == "divided":
        dispute, grid = of_two.divided(chance)
    elif kind == "a group":
        dispute, grid = of_two.grouped(chance)
    elif kind == "three, whole":
        dispute, grid = drawn_with_price(chance), chance.choice(GRIDS)
    else:
        dispute, grid = of_several.divided(chance, kind, 3), chance.choice(GRIDS)
    *observers, party = dispute.party_ids
    dispute = with_member(dispute, drawn_from(dispute, party, finer_by(grid, 2), chance))
    outcome = settle(dispute).outcome
    talks = Talks(Budget(keep=F(0), hiding=grid), shown=outcome)
    if outcome is None or ends(dispute, (party, tuple(observers)), talks, grid) is not None:
        return None
    nothing = FrozenMap[Answer, Interval]()
    none = Exposure(party, tuple(observers), None, 0, 1, nothing, nothing)
    return Case(dispute, grid, talks, none)


@pytest.mark.parametrize(("kind", "seed"), [("divided", 86), ("a group", 7), ("money", 6)])
def test_the_first_finer_grid_is_taken_of_which_something_fits(kind: str, seed: int) -> None:
    """Where something is divided, a group is not for trade, or three sides settle, the intervals
    are those of all members of the grid that is taken which fit; of coarser ones none fits."""
    case = drawn_case(kind, seed)
    assert case is not None
    found = case.taken(case.dispute)
    assert found.finer is not None
    parts = int(case.grid.step / found.finer.step)
    for coarser in (1, *FINER[: FINER.index(parts)]):
        assert case.left(finer_by(case.grid, coarser)) == []
    every = [numbers_of(case.dispute, own) for own in case.left(found.finer)]
    for answer, bound in found.bounds.items():
        numbers = [own[answer] for own in every]
        assert found.sure[answer] == bound == Interval(min(numbers), max(numbers))


def test_which_finer_grid_is_taken_is_the_same_whatever_a_side_hides() -> None:
    """Were the side another member of the finer grid that fits what was shown, the same grid would
    be taken, and the same intervals told, where something is divided as well."""
    case = drawn_case("divided", 86)
    assert case is not None
    found = case.taken(case.dispute)
    assert found.finer is not None
    left = case.left(found.finer)
    assert len(left) > 1
    for own in left[:SOME]:
        assert case.taken(with_member(case.dispute, own)) == found


def test_a_finer_grid_of_which_nothing_is_found_in_haste_is_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With no question to be asked of what divides two sides no finer grid is taken, and what is
    said stays as it was."""
    case = drawn_case("divided", 86)
    assert case is not None
    monkeypatch.setattr(between_two, "HASTY", -1)
    assert case.taken(case.dispute) == case.none


def test_of_five_goods_that_are_divided_a_finer_grid_fits() -> None:
    """Of Carol's points nothing in steps of 20 fits what Bob was shown, but something in steps of
    10 does: all six numbers are then known exactly."""
    dispute = load("examples/published/bob-carol-5.toml")
    talks = Talks(Budget(keep=F(0)), shown=settle(dispute).outcome)
    nothing = FrozenMap[Answer, Interval]()
    found = on_finer_grid(
        Exposure("bob", ("carol",), None, 0, 1, nothing, nothing), dispute, talks, Hiding()
    )
    assert found.finer == Hiding(F(100), F(10), F(10))
    assert all(map(found.exact, found.bounds))
