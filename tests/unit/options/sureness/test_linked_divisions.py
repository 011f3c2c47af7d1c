"""Orders and constraints on points for what is divided: against every corner of what they leave."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import pytest

from hikiwake import api
from hikiwake.errors import InvalidDispute
from hikiwake.findings.sureness import Robustness
from hikiwake.formats.native import dispute_from_text
from hikiwake.model import Dispute, FrozenMap
from hikiwake.options.sureness import robustness as robustness_module
from hikiwake.options.sureness.divided.many_divisions import ByCases
from hikiwake.options.sureness.points import gains_of, is_draw_of
from hikiwake.options.sureness.robustness import ground_of, robustness, sets_of
from hikiwake.options.sureness.trees import cases, rows
from tests.unit.options.sureness.test_robust_certificate import require_certified
from tests.unit.options.sureness.test_robustness_sets import corners

F = Fraction
HEAD = 'hikiwake = 1\ntolerance = "1/6"\nparties = [{ id = "ann" }, { id = "ben" }]\n'
ITEM = '{ id = "x", kind = "item" }'
SHARES = '{ id = "s", kind = "share" }, { id = "t", kind = "share" }'
AMOUNT = '{ id = "n", kind = "amount", min = 0, max = 10 }, { id = "s", kind = "share" }'
SAID = (
    "ranks = ['s', 'x']",
    "constraints = [{ terms = { s = 1, x = 1 }, equal = SUM }]",
    "constraints = [{ terms = { s = 1, 'TWO' = 1 }, equal = SUM }]",
    "ranks = ['s', 'TWO']\nconstraints = [{ terms = { s = 1, x = -1 }, at_most = 12 }]",
)


def random_dispute(seed: int) -> Dispute:
    """Return an item, a share, and a share or an amount; each side said something of several."""
    random, amount = Random(seed), bool(seed % 2)
    text = HEAD + f"issues = [{ITEM}, {AMOUNT if amount else SHARES}]\n"
    for n, party in enumerate(("ann", "ben")):

        def span(low: int, random: Random = random) -> tuple[int, str]:
            end = low + random.randint(2, 6)
            return low + end, f"[{low}, {end}]"

        (x, own_x), (s, own_s), (t, own_t) = (span(random.randint(20, 50)) for _ in range(3))
        said = random.choice(SAID)
        two = ("n.0" if n else "n.10") if amount else "t"
        text += f"[preferences.{party}]\n"
        text += said.replace("SUM", str((s + (t if "TWO" in said else x)) // 2)).replace("TWO", two)
        text += f"\npoints = {{ x = {own_x}, s = {own_s}"
        text += "" if amount else f", t = {own_t}"
        text += " }\n"
        if amount:
            ends = (own_t, "0") if n else ("0", own_t)
            text += f"curves.n = [[0, {ends[0]}], [4, 18], [10, {ends[1]}]]\n"
    return dispute_from_text(text)


@cache
def settled(seed: int) -> Dispute | None:
    """Return a dispute with such sets, none of them empty, in which everybody can gain."""
    try:
        dispute = random_dispute(seed)
    except InvalidDispute:
        return None
    gains = api.settle(dispute).gains
    return dispute if gains is not None and None not in gains.values() else None


def robust(dispute: Dispute) -> Robustness:
    found = robustness(dispute, api.settle(dispute), samples=10)
    assert found is not None
    return found


SEEDS = [seed for seed in range(24) if seed not in (1, 7)]  # where somebody can gain nothing
SLOW = pytest.mark.slow


@pytest.mark.usefixtures("radius_in_eighths")
@pytest.mark.parametrize(
    "seed",
    [s if s in (0, 4, 5, 13) else pytest.param(s, marks=SLOW) for s in SEEDS if s % 3 or not s],
)
def test_figures_equal_enumeration_of_all_corners(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each least gain is the least of all corners, each greatest one that is exact the greatest of
    them or more; what holds is a draw at each corner, and what is broken at one does not hold."""
    monkeypatch.setattr(robustness_module, "STEP", F(1))  # the radius is not asked for
    dispute = settled(seed)
    assert dispute is not None
    found = robust(dispute)
    assert isinstance(ground_of(dispute, found.outcome), ByCases)
    each = corners(dispute)
    lines = [gains_of(one, found.outcome) for one in each]
    safe = all(span.least is not None for span in found.gains.values())
    for n, span in enumerate(found.gains.values()):
        mine = [gain for line in lines if (gain := line[n]) is not None]
        assert max(mine) <= span.most
        if safe:
            assert span.least == min(mine)
    draws = [is_draw_of(one, found.outcome) for one in each]
    if found.holds:
        assert all(draws)
        assert found.sampled.draws == found.sampled.of
    if not all(draws):
        assert not found.holds


def test_both_answers_are_among_them() -> None:
    """Of these random disputes some hold for all that was said, and some do not."""
    assert {robust(d).holds for d in map(settled, (0, 4)) if d is not None} == {True, False}


@pytest.mark.parametrize("seed", [0, 5, 13, 22])
def test_what_is_proved_has_a_certificate(seed: int) -> None:
    """Linked points for shares, or for an amount: the small program accepts what is proved, and it
    is so at every corner."""
    dispute = settled(seed)
    assert dispute is not None
    assert require_certified(dispute, corners(dispute))


CAKE = HEAD + (
    'issues = [{ id = "s", kind = "share" }, { id = "t", kind = "share" }]\n'
    "[preferences.ann]\npoints = { s = [60, 70], t = [35, 40] }\n"
    "constraints = [{ terms = { s = 1, t = 1 }, equal = 100 }]\n"
    "[preferences.ben]\npoints = { s = 40, t = 60 }\n"
)


def test_by_hand() -> None:
    """Ann divides a hundred points, so the one cake is worth 60 to 65 to her: by 62.5 both gain
    alike where she has 40/41 of it, so she gains from 60/100 of that to 65/100. Were her points
    not linked, 70 for the one and 35 for the other would be 70/105 of a little less."""
    found = robust(dispute_from_text(CAKE))
    assert found.outcome["s"] == {"ann": F(40, 41), "ben": F(1, 41)}
    ann = found.gains["ann"]
    assert (ann.least, ann.most) == (F(40, 41) * F(60, 100), F(40, 41) * F(65, 100))
    loose = CAKE.replace("constraints = [{ terms = { s = 1, t = 1 }, equal = 100 }]\n", "")
    other = robust(dispute_from_text(loose))
    (part, _), _ = (
        tuple(own.values()) for own in other.outcome.values() if isinstance(own, FrozenMap)
    )
    assert other.gains["ann"].most == part * F(70, 105)


@pytest.mark.parametrize(
    ("said", "exact"),
    [
        ("ranks = ['t', 's']", True),
        ("constraints = [{ terms = { s = 1, t = 1 }, equal = 100 }]", False),
    ],
)
def test_an_order_with_one_least_point_is_exact(said: str, exact: bool) -> None:
    """Where one point of an order is the least of every answer, what Ben accepts is least there, so
    Ann's greatest gain is reached; where he divides points up between things it may not be."""
    text = HEAD + f"issues = [{SHARES}]\n[preferences.ann]\npoints = {{ s = 65, t = 35 }}\n"
    text += (
        f"[preferences.ben]\npoints = {{ s = [36, 44], t = [56, 64] }}\n{said}\nwalk_away = 10\n"
    )
    dispute = dispute_from_text(text)
    settlement = api.settle(dispute)
    assert settlement.outcome is not None
    ground = ground_of(dispute, settlement.outcome)
    assert ground.reach(sets_of(ground, settlement, F(0), own_ranges=True)).exact is exact


ORDER = "stuvw"
ORDERED = HEAD + (
    "issues = [" + ", ".join(f'{{ id = "{s}", kind = "share" }}' for s in ORDER) + "]\n"
    f"[preferences.ann]\nranks = {[*ORDER]}\npoints = {{ "
    + ", ".join(f"{s} = [{40 - 5 * n}, {54 - 5 * n}]" for n, s in enumerate(ORDER))
    + " }\n[preferences.ben]\npoints = { "
    + ", ".join(f"{s} = {12 + 7 * n}" for n, s in enumerate(ORDER))
    + " }\n"
)


def test_an_order_of_five_is_proved_and_equals_enumeration() -> None:
    """An order of five shares has 70 corners: the draw is proved for all of them, and the least
    gains are the least of all corners."""
    dispute = dispute_from_text(ORDERED)
    settlement = api.settle(dispute)
    assert settlement.outcome is not None
    ground = ground_of(dispute, settlement.outcome)
    found = ground.reach(sets_of(ground, settlement, F(0), own_ranges=True))
    each = corners(dispute)
    assert len(each) == 70
    lines = [gains_of(one, settlement.outcome) for one in each]
    assert found.proved
    assert all(is_draw_of(one, settlement.outcome) for one in each)
    for n, (least, most) in enumerate(zip(found.least, found.most, strict=True)):
        mine = [gain for line in lines if (gain := line[n]) is not None]
        assert least is not None
        assert least.gain == min(mine)
        assert max(mine) <= most.gain


def test_what_closed_one_corner_is_tried_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 70 corners most need no linear program of their own."""
    solved = 0
    before = cases.Cases._guessed  # pyright: ignore[reportPrivateUsage]

    def counted(*asked: Any) -> Any:
        nonlocal solved
        solved += 1
        return before(*asked)

    monkeypatch.setattr(cases.Cases, "_guessed", counted)
    dispute = dispute_from_text(ORDERED)
    settlement = api.settle(dispute)
    assert settlement.outcome is not None
    ground = ground_of(dispute, settlement.outcome)
    assert ground.reach(sets_of(ground, settlement, F(0), own_ranges=True)).proved
    assert solved < 70


@pytest.mark.slow
def test_an_order_of_five_has_a_certificate() -> None:
    """The small program goes through all 70 corners, and accepts it."""
    dispute = dispute_from_text(ORDERED)
    assert require_certified(dispute, corners(dispute))


def test_too_many_corners_leave_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where corners of linked answers are not gone through, nothing is refused: no gain lies
    outside what is told, and nothing is claimed that is not so."""
    dispute = settled(0)
    assert dispute is not None
    settlement = api.settle(dispute)
    assert settlement.outcome is not None
    ground = ground_of(dispute, settlement.outcome)
    boxes = sets_of(ground, settlement, F(0), own_ranges=True)
    exact = ground.reach(boxes)
    monkeypatch.setattr(rows, "MAX_PINNED", 0)
    monkeypatch.setattr(cases, "MAX_ROUGH", 10)
    found = ground.reach(boxes)
    assert exact.proved
    assert not found.proved
    for rough, least, true in zip(found.least, exact.least, found.most, strict=True):
        assert rough is not None
        assert least is not None
        assert rough.gain <= least.gain <= true.gain
