"""How sure a package is where a group is not for trade: against every corner of the ranges."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

import pytest

from hikiwake import api
from hikiwake.formats.native import dispute_from_text
from hikiwake.model import Dispute, Outcome
from hikiwake.options.sureness.groups import evenness, groups_of
from hikiwake.options.sureness.guesses import Box, box, guesses
from hikiwake.options.sureness.robustness import robustness
from hikiwake.pareto import Bargain, bargain_over, compiled
from hikiwake.pareto.given import is_draw_at
from hikiwake.pareto.groups import group_tables
from tests.unit.options.sureness.test_robustness import meant

F = Fraction
HEAD = """
hikiwake = 1
tolerance = "1/4"
price = "1/4"
parties = [{ id = "ann" }, { id = "ben" }]
issues = [
    { id = "x", kind = "choice", options = ["a", "b", "c"] },
    { id = "y", kind = "item" },
    { id = "z", kind = "choice", options = ["d", "e", "f"] },
]
groups = [{ id = "land", issues = ["x", "y"], not_for_trade = true }]
"""


def random_dispute(seed: int, spread: int = 4) -> Dispute:
    """Return a small dispute with a group, in which each side gave three answers as ranges."""
    random, text = Random(seed), HEAD
    for party in ("ann", "ben"):
        wide = random.sample(range(8), 3)

        def number(place: int, wide: list[int] = wide) -> str:
            low = random.randint(0, 30)
            return f"[{low}, {low + random.randint(1, spread)}]" if place in wide else str(low)

        x = ", ".join(f"{v} = {number(n)}" for n, v in enumerate("abc"))
        z = ", ".join(f"{v} = {number(4 + n)}" for n, v in enumerate("def"))
        text += f"[preferences.{party}]\npoints = {{ y = {number(3)} }}\n"
        text += f"values.x = {{ {x} }}\nvalues.z = {{ {z} }}\n"
        if random.random() < 0.4:
            text += "[[preferences.ann.red_lines]]\n".replace("ann", party)
            text += f"never = {{ x = '{random.choice('abc')}', y = 'ann' }}\n"
        if random.random() < 0.4:
            text += "[[preferences.ann.bonuses]]\n".replace("ann", party)
            text += f"when = {{ x = '{random.choice('abc')}', y = 'ben' }}\n"
            text += f"points = {number(7)}\n"
    return dispute_from_text(text)


def boxes_of(dispute: Dispute) -> list[Box]:
    return [box(s, dispute.preferences[s.party].ranges) for s in guesses(dispute).sides]


def even_at_corners(dispute: Dispute) -> Iterator[list[bool]]:
    """Yield for each corner of the ranges which packages are even within the group."""
    outcomes = list(guesses(dispute).outcomes)
    for one in meant(dispute, (F(0), F(1))):
        (table,) = group_tables(one, compiled(one).units)
        yield [(table.imbalance_at(o) or 0) <= one.tolerance for o in outcomes]


@pytest.mark.parametrize("seed", range(12))
def test_certain_and_possible_are_what_every_corner_says(seed: int) -> None:
    """A package is surely even just when it is even at every corner of the ranges, and possibly
    even wherever it is at one of them."""
    dispute = random_dispute(seed)
    found = guesses(dispute)
    surely, possibly = evenness(groups_of(found.outcomes), boxes_of(dispute), len(found.outcomes))
    told = list(even_at_corners(dispute))
    for n in range(len(found.outcomes)):
        assert surely[n] == all(corner[n] for corner in told)
        assert possibly[n] or not any(corner[n] for corner in told)


def test_some_packages_are_certain_some_possible_some_neither() -> None:
    """The random disputes show all three, so that none of them is empty talk."""
    kinds = set()
    for seed in range(6):
        found = guesses(dispute := random_dispute(seed))
        surely, possibly = evenness(
            groups_of(found.outcomes), boxes_of(dispute), len(found.outcomes)
        )
        kinds |= {(bool(s), bool(p)) for s, p in zip(surely, possibly, strict=True)}
    assert kinds == {(True, True), (False, True), (False, False)}


def within_level(bargain: Bargain, outcome: Outcome) -> bool:
    """Tell whether a package is as even in every group as any that is acceptable to all."""
    groups = bargain.compiled.groups
    return all((group.imbalance_at(outcome) or 0) <= bargain.level for group in groups)


@pytest.mark.parametrize("seed", range(16))
def test_figures_hold_at_every_corner(seed: int) -> None:
    """No corner lies outside the ends of a gain, also where no package is even in the group, and
    what holds or not is what the engines say of each corner."""
    dispute = random_dispute(seed, spread=2)
    settlement = api.settle(dispute)
    if settlement.gains is None or None in settlement.gains.values():
        return
    found = robustness(dispute, settlement, samples=30)
    assert found is not None
    draws = []
    for one in meant(dispute, (F(0), F(1))):
        bargain = bargain_over(compiled(one))
        assert isinstance(bargain, Bargain)
        draws.append(is_draw_at(bargain, found.outcome))
        if bargain.even_groups or within_level(bargain, found.outcome):
            gains = bargain.gains_at(bargain.point_of(found.outcome))
            for span, gain in zip(found.gains.values(), gains, strict=True):
                assert gain is None or span.least is None or span.least <= gain <= span.most
    if found.holds:
        assert all(draws)
        assert found.sampled.draws == found.sampled.of
    if not all(draws):
        assert not found.holds


def test_a_group_that_stays_even_holds_by_hand() -> None:
    """Ann has 5 or 6 of 10 and Ben 5 of 10 of the land: within a fourth for all; with 5 to 9 of
    10 for her it is not, and the answers that break it are found."""
    text = HEAD.replace('kind = "item"', 'kind = "choice", options = ["p"]') + (
        "[preferences.ann]\nvalues.x = { a = 0, b = SPAN, c = 10 }\n"
        "values.z = { d = 10, e = 6, f = 0 }\n"
        "[preferences.ben]\nvalues.x = { a = 10, b = 5, c = 0 }\n"
        "values.z = { d = 0, e = 6, f = 10 }\n"
    )
    for span, holds in (("[5, 6]", True), ("[5, 9]", False)):
        dispute = dispute_from_text(text.replace("SPAN", span))
        found = robustness(dispute, api.settle(dispute), samples=20)
        assert found is not None
        assert found.outcome["x"] == "b"
        assert found.holds is holds
        assert found.uneven_groups == (() if holds else ("land",))


def test_where_no_package_is_even_in_a_group_gains_are_bounds() -> None:
    """Only one can have the shed, so less even packages are kept (H8): no end of a gain is told as
    reached, and settled anew nobody's gain lies outside."""
    dispute = dispute_from_text("""
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [{ id = "shed", kind = "item" }, { id = "cake", kind = "item" }]
groups = [{ id = "land", issues = ["shed"], not_for_trade = true }]
[preferences.ann]
points = { shed = 2, cake = [10, 12] }
[preferences.ben]
points = { shed = 2, cake = 10 }
""")
    settlement = api.settle(dispute)
    found = robustness(dispute, settlement, samples=20)
    assert found is not None
    assert found.uneven_groups == ("land",)
    assert found.holds is False
    for one in meant(dispute, (F(0), F(1, 2), F(1))):
        gains = api.adjust(one, repairs=False).look(found.outcome).package.gains
        for side in ("ann", "ben"):
            for span in (found.gains[side], found.own[side]):
                gain = gains[side]
                assert gain is not None
                assert span.least is not None
                assert span.least <= gain <= span.most
                assert not span.exact


@pytest.mark.slow
def test_four_islands_is_answered() -> None:
    """Half a million packages with a group not for trade: no draw for all answers that are off by
    a twentieth, and the gains lie within what is told."""
    dispute = api.load("examples/four-islands")
    settlement = api.settle(dispute)
    found = robustness(dispute, settlement, samples=20)
    assert found is not None
    assert found.holds is False
    assert found.radius < F(1, 100)
    assert found.uneven_groups == ("islands",)
    assert settlement.gains is not None
    for party, span in found.gains.items():
        gain = settlement.gains[party]
        assert gain is not None
        assert (span.least or F(0)) <= gain <= span.most
        assert not span.exact
