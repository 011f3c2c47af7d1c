"""Shares, amounts and money of two and three parties, by every rule, against all corners."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from random import Random

import pytest

from hikiwake import api
from hikiwake.model import (
    Amount,
    Curve,
    Dispute,
    FrozenMap,
    Group,
    Issue,
    Linear,
    Money,
    Party,
    Preference,
    Share,
    Table,
)
from hikiwake.settlement import Bound, Exactness, Settlement, Status
from hikiwake.solvers.hulls import OutOfTime, Undominated
from tests.conformance.builders import NAMES, choice, red_line, rule
from tests.conformance.oracle_hulls import Referee

F = Fraction
SHAPES: dict[str, tuple[int, ...]] = {  # parties, shares, amounts, whole options, money
    "a share among three": (3, 1, 0, 0),
    "two shares among three": (3, 2, 0, 0),
    "a share and a whole issue": (3, 1, 0, 3),
    "a share and an amount": (3, 1, 1, 0),
    "an amount between two": (2, 0, 1, 0),
    "an amount, a share and a whole issue between two": (2, 1, 1, 2),
    "two amounts between three": (3, 0, 2, 0),
    "a guarded share among three": (3, 1, 0, 0),
    "a guarded and a free share among three": (3, 2, 0, 0),
    "a guarded share and whole issue among three": (3, 1, 0, 3),
    "guarded: a share and an amount between two": (2, 1, 1, 0),
    "guarded: an amount, a share and a whole issue between two": (2, 1, 1, 2),
    "money between two": (2, 0, 0, 0, 1),
    "money and a whole issue between two": (2, 0, 0, 3, 1),
    "money, a share and a whole issue between two": (2, 1, 0, 2, 1),
    "money, an amount and a whole issue between two": (2, 0, 1, 2, 1),
    "money and a whole issue among three": (3, 0, 0, 3, 1),
    "money and a share among three": (3, 1, 0, 0, 1),
}
GUARDED = ("s0", "a0", "x")


def build(shape: str, seed: int) -> Dispute:
    """Return a random small dispute of a shape, points on one scale."""
    parties, shares, amounts, options, *money = SHAPES[shape]
    random = Random(f"{shape} {seed}")
    issues: list[Issue] = [Share(f"s{n}") for n in range(shares)]
    issues += [Amount(f"a{n}", F(0), F(6)) for n in range(amounts)]
    letters = "abc"[:options]
    issues += [choice("x", *letters)] if options else []
    issues += [Money("m", F(7, 2)) for _ in money]
    preferences: dict[str, Preference] = {}
    for party in NAMES[:parties]:
        points: dict[str, Linear | Curve | Table] = {
            f"s{n}": Linear(F(random.randint(0, 9))) for n in range(shares)
        }
        for n in range(amounts):
            xs = sorted({F(0), F(6), F(random.randint(1, 5))})
            points[f"a{n}"] = Curve(tuple((x, F(random.randint(0, 9))) for x in xs))
        if options:
            points["x"] = Table(FrozenMap({o: F(random.randint(0, 9)) for o in letters}))
        if money:
            points["m"] = Linear(F(random.randint(0, 9)))
        budget = [red_line(m={party: {"below": "-3/2"}}) for _ in money if random.random() < 0.5]
        keeps = F(random.choice([0, 0, 3, 6] if "guarded" in shape else [0, 0, 1, 2]))
        preferences[party] = Preference(
            party, FrozenMap(points), red_lines=tuple(budget), walk_away=keeps
        )
    rules = (rule(x="a"),) if options == 3 and random.random() < 0.5 else ()
    inside = tuple(issue.id for issue in issues if issue.id in GUARDED)
    groups = (Group("home", inside, not_for_trade=True),) if "guarded" in shape else ()
    return Dispute(
        tuple(Party(party) for party in NAMES[:parties]),
        tuple(issues),
        FrozenMap(preferences),
        rules=rules,
        groups=groups,
        common_scale=True,
    )


@cache
def referee(shape: str, seed: int) -> Referee:
    """Return the referee of a random dispute."""
    return Referee(build(shape, seed))


def vector(settlement: Settlement) -> tuple[Fraction, ...]:
    """Return everybody's points."""
    assert settlement.package is not None
    return tuple(settlement.package.utilities[party] for party in settlement.parties)


CASES = [(shape, seed) for shape in SHAPES for seed in range(4)]


@pytest.fixture(
    params=[pytest.param(one, marks=pytest.mark.xdist_group(str(one))) for one in CASES], ids=str
)
def case(request: pytest.FixtureRequest) -> tuple[str, int]:
    """A shape and a seed."""
    return request.param


def test_ideals_and_the_greatest_sorted_gains(case: tuple[str, int]) -> None:
    """Whether there is an agreement, the most for each, and Kalai–Smorodinsky's sorted gains."""
    judge = referee(*case)
    found = api.settle(build(*case), "kalai_smorodinsky")
    if judge.ideal is None:
        assert found.status is Status.NO_AGREEMENT
        return
    assert tuple(found.ideals.values()) == judge.ideal
    assert found.exactness is Exactness.EXACT
    ranges = [judge.ideal[i] - judge.walk[i] for i in judge.compared]
    assert sorted(judge.gains(vector(found))) == judge.levels(ranges)
    assert found.outcome is not None
    worths = [build(*case).utility(party, found.outcome) for party in found.parties]
    assert tuple(worths) == vector(found)


def test_groups_are_as_even_as_they_can_be(case: tuple[str, int]) -> None:
    """Nothing is further apart in a group than the tolerance, or the least that can be had."""
    judge = referee(*case)
    for name in ("draw", "nash", "utilitarian"):
        found = api.settle(build(*case), name)
        assert (found.package is None) == (judge.ideal is None)
        assert len(found.groups) == (len(judge.guarded) if found.package else 0)
        for group in found.groups:
            assert (group.imbalance or 0) <= judge.level
            assert group.even == (judge.level <= found.tolerance)
            assert group.even or group.imbalance == judge.level


def test_leximin_and_the_best_smallest(case: tuple[str, int]) -> None:
    """Leximin has the greatest sorted points gained, egalitarian the greatest smallest."""
    judge = referee(*case)
    if judge.ideal is None:
        return
    levels = judge.levels([F(1)] * len(judge.compared))
    for name, count in (("leximin", len(levels)), ("egalitarian", 1)):
        found = vector(api.settle(build(*case), name))
        raised = sorted(found[i] - judge.walk[i] for i in judge.compared)
        assert raised[:count] == levels[:count]
        assert judge.is_optimal(found)


def test_the_largest_sum(case: tuple[str, int]) -> None:
    """Utilitarian has the largest sum of points of all corners, and nothing dominates it."""
    judge = referee(*case)
    if judge.ideal is not None and judge.compared:
        found = vector(api.settle(build(*case), "utilitarian"))
        prices = [F(1)] * len(judge.compared)
        assert sum(found[i] - judge.walk[i] for i in judge.compared) == judge.most_at(prices)


def test_nash_is_best_at_its_own_prices(case: tuple[str, int]) -> None:
    """Of one convex piece nothing is worth more at prices 1 / gain than the Nash point itself."""
    judge = referee(*case)
    if judge.ideal is None:
        return
    found = api.settle(build(*case), "nash")
    gains = judge.gains(vector(found))
    if not gains or min(gains) <= 0:
        return
    raised = [vector(found)[i] - judge.walk[i] for i in judge.compared]
    worth, size = judge.most_at([1 / g for g in raised]), len(raised)
    if len(judge.pieces) == 1:
        near = F(1, 10**4) if found.exactness is Exactness.BOUNDED else 0
        assert size <= worth <= size + near
    assert judge.is_optimal(vector(found))


def test_draws_are_draws(case: tuple[str, int]) -> None:
    """A draw is even, optimal and costs little; it is Kalai–Smorodinsky's point if that is even."""
    judge, the_dispute = referee(*case), build(*case)
    if judge.ideal is None:
        return
    found = api.settle(the_dispute, "draw")
    reference = vector(api.settle(the_dispute, "kalai_smorodinsky"))
    gains, before = judge.gains(vector(found)), judge.gains(reference)
    assert judge.is_optimal(vector(found))
    if judge.level > the_dispute.tolerance:
        assert found.status is Status.UNEVEN
    elif len(gains) > 1 and max(before) - min(before) <= the_dispute.tolerance:
        assert found.status is Status.DRAW
        assert sorted(gains) == sorted(before)
    elif found.status is Status.DRAW:
        assert max(gains) - min(gains) <= the_dispute.tolerance
        if len(set(before)) == len(before):
            assert max(b - g for b, g in zip(before, gains, strict=True)) <= the_dispute.price


@pytest.mark.parametrize(
    ("shape", "seed"),
    [("a share and a whole issue", 0), ("a guarded and a free share among three", 1)],
)
def test_a_draw_not_looked_for_long_enough_leaves_the_answer_without_it(
    shape: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it stays open if there is a draw, Kalai–Smorodinsky is shown; its least is a bound."""
    the_dispute = replace(build(shape, seed), tolerance=F(0))
    without = api.settle(the_dispute, "kalai_smorodinsky")
    assert without.imbalance
    assert without.gains

    def late(_: Undominated) -> None:
        raise OutOfTime(None, F(1, 1000))

    monkeypatch.setattr(Undominated, "run", late)
    open_yet = api.settle(the_dispute)
    assert open_yet.status is Status.UNDECIDED
    assert vector(open_yet) == vector(without)
    least = min(gain for gain in without.gains.values() if gain is not None)
    assert open_yet.bound == Bound("least_gain", least)
