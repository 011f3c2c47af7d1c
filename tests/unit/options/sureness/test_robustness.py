"""How sure a package is: figures by hand, and a referee that tries every corner and a grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product
from random import Random

import pytest

from hikiwake import api
from hikiwake.explain import JOINT, MEDIATOR, tell_robustness
from hikiwake.findings.sureness import Robustness
from hikiwake.formats.native import dispute_from_text
from hikiwake.formats.results.sureness import robustness_json
from hikiwake.model import Answer, Dispute, FrozenMap, Outcome
from hikiwake.options.sureness.guesses import asked_answers, guesses
from hikiwake.options.sureness.sampling import wilson
from hikiwake.options.tables import are_draws
from hikiwake.pareto import Bargain, bargain_over, compiled
from hikiwake.pareto.given import is_draw_at
from hikiwake.settlement import Status
from tests.conformance.builders import one_of

F = Fraction
HEAD = """
hikiwake = 1
tolerance = "1/4"
price = "1/4"
parties = [{ id = "ann" }, { id = "ben" }]
issues = [
    { id = "x", kind = "choice", options = ["a", "b", "c"] },
    { id = "y", kind = "choice", options = ["d", "e"] },
    { id = "z", kind = "item" },
]
"""


@cache
def robust(dispute: Dispute, error: Fraction | None = None) -> Robustness:
    found = api.robustness(dispute, api.settle(dispute), error)
    assert found is not None
    return found


def random_dispute(seed: int) -> Dispute:
    """Return a small dispute in which each side gave up to three answers as ranges."""
    return dispute_from_text(random_text(seed))


def random_text(seed: int) -> str:
    """Return the text of such a dispute."""
    random, text = Random(seed), HEAD
    for party in ("ann", "ben"):
        wide = random.sample(range(7), random.randint(1, 3))

        def number(place: int, top: int, wide: list[int] = wide) -> str:
            low = random.randint(0, top)
            return f"[{low}, {low + random.randint(1, 12)}]" if place in wide else str(low)

        x = ", ".join(f"{v} = {number(n, 40)}" for n, v in enumerate("abc"))
        y = ", ".join(f"{v} = {number(3 + n, 40)}" for n, v in enumerate("de"))
        text += f"[preferences.{party}]\nwalk_away = {number(5, 20)}\n"
        text += f"points = {{ z = {number(6, 40)} }}\n"
        text += f"values.x = {{ {x} }}\nvalues.y = {{ {y} }}\n"
    return text


def meant(dispute: Dispute, parts: tuple[Fraction, ...]) -> Iterator[Dispute]:
    """Yield the dispute at every combination of these parts of the way through the ranges."""
    spots = [(p, a, s) for p, own in dispute.preferences.items() for a, s in own.ranges.items()]
    for chosen in product(parts, repeat=len(spots)):
        numbers: dict[str, dict[Answer, Fraction]] = {p: {} for p in dispute.party_ids}
        for (party, answer, (low, high)), part in zip(spots, chosen, strict=True):
            numbers[party][answer] = low + (high - low) * part
        own = {p: dispute.preferences[p].with_answers(numbers[p]) for p in dispute.party_ids}
        yield replace(dispute, preferences=FrozenMap(own))


def gains(dispute: Dispute, outcome: Outcome) -> tuple[Fraction | None, ...]:
    """Return everybody's gain by its definition, every package looked at."""
    spare = [
        [dispute.utility(p, o) - dispute.walk_away(p) for p in dispute.party_ids]
        for o in guesses(dispute).outcomes
    ]
    possible = [line for line in spare if min(line) >= 0]
    own = [dispute.utility(p, outcome) - dispute.walk_away(p) for p in dispute.party_ids]
    ideals = [max((line[n] for line in possible), default=F(0)) for n in range(len(own))]
    return tuple(g / i if i > 0 else None for g, i in zip(own, ideals, strict=True))


def is_draw(dispute: Dispute, outcome: Outcome) -> bool:
    """Tell by the engines that settle whether a package is a draw."""
    bargain = bargain_over(compiled(dispute))
    return isinstance(bargain, Bargain) and is_draw_at(bargain, outcome)


@cache
def settled(seed: int) -> Dispute | None:
    """Return a random dispute in which everybody can gain, or None."""
    dispute = random_dispute(seed)
    settlement = api.settle(dispute)
    compared = settlement.gains is not None and None not in settlement.gains.values()
    return dispute if compared else None


@pytest.mark.parametrize("seed", range(24))
def test_figures_equal_enumeration_of_all_corners(seed: int) -> None:
    """The least gain is the least of all corners; no corner or inner point goes beyond an end, and
    what is proved to be a draw is one at each of them."""
    dispute = settled(seed)
    if dispute is None:
        return
    found = robust(dispute)
    corners = list(meant(dispute, (F(0), F(1))))
    each = [gains(one, found.outcome) for one in corners]
    inside = [gains(one, found.outcome) for one in list(meant(dispute, (F(1, 3), F(3, 4))))[::5]]
    safe = all(span.least is not None for span in found.gains.values())
    for n, party in enumerate(dispute.party_ids):
        span = found.gains[party]
        if span.least is not None and safe:
            assert span.least == min(gain for line in each if (gain := line[n]) is not None)
            mine = [gain for line in inside if (gain := line[n]) is not None]
            assert all(span.least <= gain <= span.most for gain in mine)
        highest = [gain for line in each if (gain := line[n]) is not None]
        assert max(highest) <= span.most
    draws = [is_draw(one, found.outcome) for one in corners]
    if found.holds:
        assert all(draws)
        assert found.sampled.draws == found.sampled.of
    if not all(draws):
        assert not found.holds


@pytest.mark.parametrize("seed", range(6))
def test_a_draw_is_what_the_engines_call_one(seed: int) -> None:
    """Of every package, at some corners of the ranges, both ways to tell a draw say the same."""
    for one in list(meant(random_dispute(seed), (F(0), F(1))))[::7]:
        found, bargain = guesses(one), bargain_over(compiled(one))
        surpluses = [side.surplus(side.given)[None, :] for side in found.sides]
        for n, outcome in enumerate(found.outcomes):
            told = isinstance(bargain, Bargain) and is_draw_at(bargain, outcome)
            draw = are_draws(surpluses, n, one.tolerance, one.price)[0]
            assert bool(draw) == told


def test_some_random_disputes_hold_and_some_do_not() -> None:
    """The disputes of the test above show both answers, so that neither is empty talk."""
    found = [robust(d).holds for d in map(settled, range(7)) if d is not None]
    assert {True, False} <= set(found)


def test_by_hand() -> None:
    """Ann gains (50 to 60) of (95 to 105), Ben (50 to 54) of (90 to 94): from 10/19 to 4/7."""
    dispute = dispute_from_text(
        HEAD.replace("issues = [", "issues = [ { id = 'w', kind = 'item' },")
        + "[preferences.ann]\npoints = { w = [50, 60], z = 45 }\n"
        + "[preferences.ben]\npoints = { w = 40, z = [50, 54] }\n"
    )
    found = robust(dispute)
    assert found.status is Status.DRAW
    assert (found.gains["ann"].least, found.gains["ann"].most) == (F(10, 19), F(4, 7))
    assert (found.gains["ben"].least, found.gains["ben"].most) == (F(5, 9), F(27, 47))
    assert found.gains["ann"].worst_regret == F(9, 19)
    assert found.gains["ann"].exact
    assert found.holds is True


def test_the_greatest_gain_may_lie_inside() -> None:
    """50 against the larger of θ and 100 − θ, θ from 20 to 80, is most at θ = 50: a gain of 1."""
    dispute = dispute_from_text(
        'hikiwake = 1\nparties = [{ id = "ann" }, { id = "ben" }]\n'
        'issues = [{ id = "x", kind = "choice", options = ["a", "b", "c", "d"] },'
        ' { id = "t", kind = "choice", options = ["on"] }]\n'
        "[preferences.ann]\nwalk_away = 0\nvalues.x = { a = 50, b = [20, 80], c = 50, d = 0 }\n"
        "[preferences.ben]\nvalues.x = { a = 50, b = 0, c = 0, d = 51 }\n"
    )
    found = robust(dispute)
    assert found.gains["ann"].most == 1
    assert found.gains["ann"].least == F(50, 80)


@pytest.mark.parametrize("seed", [1, 3, 8, 15, 21])
def test_the_radius_is_survived_at_every_corner(seed: int) -> None:
    """With all answers off by the proven radius, one way or the other, it is still a draw, and an
    error that breaks it is a larger one."""
    dispute = random_dispute(seed)
    found, settlement = robust(dispute), api.settle(dispute)
    assert found.radius > 0
    assert found.fails is not None
    assert found.fails > found.radius
    random, sides = Random(seed), guesses(dispute).sides
    for _ in range(60):
        own = {}
        for side in sides:
            ideal = settlement.ideals[side.party]
            assert ideal is not None
            off = found.radius * (ideal - settlement.walk_away[side.party])
            numbers = dict(zip(side.answers, side.given, strict=True))
            changed = {
                answer: numbers[answer] + random.choice((-1, 1)) * off
                for answer in asked_answers(dispute, dispute.preferences[side.party])
            }
            own[side.party] = dispute.preferences[side.party].with_answers(changed)
        assert is_draw(replace(dispute, preferences=FrozenMap(own)), found.outcome)


def test_each_influence_is_what_comes_of_that_answer_alone() -> None:
    """At either end of one answer's range the imbalance is that of the dispute changed so."""
    dispute = next(d for d in map(settled, range(24)) if d is not None)
    found = robust(dispute)
    assert found.influences
    for one in found.influences:
        own = dispute.preferences[one.party]
        for end, apart in zip(own.ranges[one.answer], one.imbalance, strict=True):
            moved = own.with_answers({one.answer: end})
            changed = FrozenMap({**dispute.preferences, one.party: moved})
            line = gains(replace(dispute, preferences=changed), found.outcome)
            compared = [gain for gain in line if gain is not None]
            assert apart == (max(compared) - min(compared) if len(compared) > 1 else None)


def test_the_smallest_worst_regret_is_no_larger_than_the_settled_ones() -> None:
    """No side regrets more by that package, at the worst, than the one who regrets most now."""
    for dispute in filter(None, map(settled, range(8))):
        found = robust(dispute)
        now = [span.worst_regret for span in found.gains.values()]
        if found.smallest_regret is not None and None not in now:
            worst = max(regret for regret in now if regret is not None)
            assert max(found.smallest_regret.regrets.values()) <= worst


def test_swapping_the_sides_swaps_the_figures() -> None:
    """Ann's and Ben's tables exchanged, every figure is the other's (H13)."""
    table = ((60, 60), (100, 0), (0, 100), (20, 70))
    found = robust(one_of(*table), F(1, 50))
    mirror = robust(one_of(*((b, a) for a, b in table)), F(1, 50))
    assert found.gains["ann"] == mirror.gains["ben"]
    assert found.gains["ben"] == mirror.gains["ann"]
    assert (found.holds, found.radius, found.fails) == (mirror.holds, mirror.radius, mirror.fails)


def test_wilson_by_hand() -> None:
    """Of 1,000 of 1,000 the least part is 0.9961; of 500 it lies between 0.469 and 0.531."""
    assert wilson(1000, 1000) == (F(9961, 10_000), F(1))
    assert wilson(500, 1000) == (F(469, 1000), F(531, 1000))


def test_no_side_is_shown_anything_of_another() -> None:
    """Ben's numbers, changed without changing what is settled or rounded, change no text of Ann's;
    none of his canaries stands there, and the mediator alone has the exact figures."""
    text = (
        HEAD + "[preferences.ann]\npoints = { z = 45 }\nvalues.x = { a = [50, 60], b = 0, c = 0 }\n"
        "[preferences.ben]\npoints = { z = CANARY }\nvalues.x = { a = 0, b = 4000, c = 0 }\n"
    )
    one, other = (
        dispute_from_text(text.replace("CANARY", span)) for span in ("[4713, 4719]", "[4717, 4729]")
    )
    for audience in ("ann", JOINT):
        told = [tell_robustness(d, robust(d), audience).text(10_000) for d in (one, other)]
        data = [str(robustness_json(robust(d), audience)) for d in (one, other)]
        assert told[0] == told[1]
        assert data[0] == data[1]
        assert "471" not in told[0] + data[0]
    exact = [str(robustness_json(robust(d), MEDIATOR)) for d in (one, other)]
    assert exact[0] != exact[1]
