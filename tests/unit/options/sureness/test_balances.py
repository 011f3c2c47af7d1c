"""How sure a package is where something is divided in a group that is not for trade."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product
from random import Random

import pytest

from hikiwake import api
from hikiwake.formats.native import dispute_from_text
from hikiwake.model import Dispute, FrozenMap, Outcome, Value
from hikiwake.options.sureness.divided.many_divisions import ByCases
from hikiwake.options.sureness.guesses import Box
from hikiwake.options.sureness.points import gains_of, is_draw_of
from hikiwake.options.sureness.robustness import ground_of, robustness, sets_of
from hikiwake.options.sureness.trees.balances import Balance, divisions_of
from hikiwake.options.sureness.trees.questions import not_summed
from hikiwake.options.sureness.trees.statement import package_of
from hikiwake.pareto import compiled
from tests.unit.options.sureness.test_robustness import meant

F = Fraction
HEAD = """
hikiwake = 1
tolerance = "1/4"
price = "1/4"
parties = [{ id = "ann" }, { id = "ben" }]
issues = [
    { id = "x", kind = "choice", options = ["a", "b"] },
    { id = "s", kind = "share" },
    { id = "z", kind = "item" },
]
groups = [{ id = "land", issues = ["x", "s"], not_for_trade = true }]
"""
RULES = ("", 'rules = [{ never = { x = "a", s = { ann = { above = "2/3" } } } }]\n')


def random_dispute(seed: int) -> Dispute:
    """Return a choice and a share that are even within themselves, and an item beside them."""
    random = Random(seed)
    text = HEAD + random.choice(RULES)
    for party in ("ann", "ben"):
        wide = random.sample(range(4), 2)

        def number(place: int, wide: list[int] = wide) -> str:
            low = random.randint(5, 40)
            return f"[{low}, {low + random.randint(1, 4)}]" if place in wide else str(low)

        x = f"a = {number(0)}, b = {number(1)}"
        text += f"[preferences.{party}]\npoints = {{ s = {number(2)}, z = {number(3)} }}\n"
        text += f"values.x = {{ {x} }}\n"
        if random.random() < 0.3:
            text += f"bonuses = [{{ when = {{ x = 'a' }}, points = {random.randint(1, 6)} }}]\n"
        if random.random() < 0.3:
            text += "red_lines = [{ never = { x = 'b', s = { ann = { below = '1/5' } } } }]\n"
    return dispute_from_text(text)


@cache
def settled(seed: int) -> Dispute | None:
    """Return such a dispute in which everybody can gain, or None."""
    dispute = random_dispute(seed)
    gains = api.settle(dispute).gains
    return dispute if gains is not None and None not in gains.values() else None


SEEDS = range(16)  # in all of them everybody can gain
SLOW = pytest.mark.slow


def grounded(dispute: Dispute) -> tuple[ByCases, Balance, list[Box]]:
    """Return the settled package among all, the group, and what the sides may have meant."""
    settlement = api.settle(dispute)
    assert settlement.outcome is not None
    found = ground_of(dispute, settlement.outcome)
    assert isinstance(found, ByCases)
    (group,) = found.groups
    assert isinstance(group, Balance)
    return found, group, sets_of(found, settlement, F(0), own_ranges=True)


def grid(dispute: Dispute) -> list[Outcome]:
    """Return allowed packages, the share in sixths."""
    shares = [FrozenMap({"ann": F(n, 6), "ben": F(6 - n, 6)}) for n in range(7)]
    every = (
        FrozenMap[str, Value]({"x": x, "s": s, "z": z})
        for x, s, z in product("ab", shares, ("ann", "ben"))
    )
    return [outcome for outcome in every if dispute.allows(outcome)]


def even(dispute: Dispute, outcome: Outcome) -> bool:
    """Tell whether a package is even within the group, by the engines that settle."""
    (group,) = compiled(dispute).ranges
    return (group.imbalance_at(outcome) or 0) <= dispute.tolerance


def may_be_even(found: ByCases, group: Balance, boxes: list[Box], outcome: Outcome) -> bool:
    """Tell whether no sum over a package shows it to be uneven."""
    package = divisions_of(package_of(compiled(found.dispute), outcome))
    for side, within, start in group.inequalities(found.stated, boxes):
        total = start
        for issue, (option, parts) in package.items():
            for end, part in zip(side.points[issue][option], parts, strict=True):
                total += part * within.ends(end)
        for j, tests in side.bonuses:
            if all(package[issue][0] in options for issue, options in tests):
                total += within.spans[j][1]
        if total < 0:
            return False
    return True


@pytest.mark.parametrize("seed", SEEDS)
def test_certain_and_possible_are_what_every_corner_says(seed: int) -> None:
    """A package that is surely even is so at every corner of the ranges, and one that no corner
    makes even alone is called impossible; neither is ever called otherwise."""
    dispute = settled(seed)
    assert dispute is not None
    found, group, boxes = grounded(dispute)
    corners = list(meant(dispute, (F(0), F(1))))
    for outcome in grid(dispute):
        package = divisions_of(package_of(compiled(dispute), outcome))
        surely = not [*group.apart(boxes, [one.line(package) for one in group.inside])]
        told = [even(one, outcome) for one in corners]
        assert all(told) or not surely
        assert may_be_even(found, group, boxes, outcome) or not any(told)


def test_some_packages_are_certain_some_possible_some_neither() -> None:
    """The random disputes show all three, so that none of them is empty talk."""
    kinds = set()
    for seed in SEEDS[:4]:
        dispute = settled(seed)
        assert dispute is not None
        found, group, boxes = grounded(dispute)
        for outcome in grid(dispute):
            package = divisions_of(package_of(compiled(dispute), outcome))
            surely = not [*group.apart(boxes, [one.line(package) for one in group.inside])]
            kinds.add((surely, may_be_even(found, group, boxes, outcome)))
    assert kinds == {(True, True), (False, True), (False, False)}


@pytest.mark.usefixtures("radius_in_eighths")
@pytest.mark.parametrize(
    "seed",
    [s if n in (0, 1, 3, 4) else pytest.param(s, marks=SLOW) for n, s in enumerate(SEEDS[:8])],
)
def test_figures_hold_at_every_corner(seed: int) -> None:
    """No corner lies outside the ends of a gain, and what holds or not is what the engines say of
    each corner."""
    dispute = settled(seed)
    assert dispute is not None
    found = robustness(dispute, api.settle(dispute), samples=10)
    assert found is not None
    draws: list[bool] = []
    for one in meant(dispute, (F(0), F(1))):
        draws.append(is_draw_of(one, found.outcome))
        if even(one, found.outcome):
            for span, gain in zip(found.gains.values(), gains_of(one, found.outcome), strict=True):
                assert gain is None or span.least is None or span.least <= gain <= span.most
    if found.holds:
        assert all(draws)
        assert found.sampled.draws == found.sampled.of
    if not all(draws):
        assert not found.holds


CAKE = HEAD.replace('{ id = "x", kind = "choice", options = ["a", "b"] },', "").replace(
    '"x", "s"', '"s"'
) + (
    "[preferences.ann]\npoints = { s = [40, 50], z = 20 }\n"
    "[preferences.ben]\npoints = { s = [60, 70], z = 10 }\n"
)


def test_by_hand() -> None:
    """Of a cake alone everybody's share is its part of it, whatever it is worth: between three and
    five eighths it is surely even by a fourth, and what is not is surely uneven."""
    dispute = dispute_from_text(CAKE)
    found, group, boxes = grounded(dispute)
    for part in (F(3, 8), F(1, 2), F(5, 8), F(37, 100), F(63, 100)):
        share = FrozenMap({"ann": part, "ben": 1 - part})
        outcome = FrozenMap[str, Value]({"s": share, "z": "ann"})
        package = divisions_of(package_of(compiled(dispute), outcome))
        surely = not [*group.apart(boxes, [one.line(package) for one in group.inside])]
        assert surely == (F(3, 8) <= part <= F(5, 8))
        assert surely == may_be_even(found, group, boxes, outcome)


def test_a_draw_holds_there_and_is_certified() -> None:
    """What is a cake's worth does not make it uneven: a draw is proved for all answers, and a small
    program accepts why."""
    dispute = replace(dispute_from_text(CAKE), tolerance=F(1, 4))
    found = api.robustness(dispute, api.settle(dispute), certificate=True)
    assert found is not None
    assert found.uneven_groups == ()
    assert found.holds
    assert found.certificate is not None
    assert api.check(found.certificate, dispute).valid


GROUP = "a group in which something is divided"
BONUS = "bonuses = [{ when = { x = 'a' }, points = 1 }]\n"
LAND = HEAD + (
    "[preferences.ann]\npoints = { s = [40, 41], z = 60 }\nvalues.x = { a = 9, b = 2 }\n"
    "[preferences.ben]\npoints = { s = [60, 61], z = 10 }\nvalues.x = { a = 1, b = 5 }\n"
)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (LAND + BONUS, f"{GROUP} has a rule, red line or bonus inside it"),
        (LAND.replace("b = 2", "b = [2, 16]"), f"in {GROUP}, least and most hang on the answers"),
        (LAND, None),
    ],
)
def test_why_there_is_no_certificate_is_said(text: str, why: str | None) -> None:
    """Shares that are no sums of what is decided: no certificate, and it is said why."""
    dispute = dispute_from_text(text)
    found, _, boxes = grounded(dispute)
    assert not_summed(found, boxes) == why
