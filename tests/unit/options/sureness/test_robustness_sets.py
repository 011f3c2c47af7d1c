"""How sure a package is where answers are linked: figures by hand, and all corners of the sets."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product
from random import Random

import pytest

from hikiwake import api
from hikiwake.errors import InvalidDispute, TooLarge
from hikiwake.explain import JOINT, MEDIATOR, tell_robustness
from hikiwake.findings.sureness import Robustness
from hikiwake.formats.native import dispute_from_text
from hikiwake.formats.results.sureness import robustness_json
from hikiwake.model import Answer, Constraint, Dispute, FrozenMap, Preference
from hikiwake.options.sureness import guesses as sets_module
from hikiwake.options.sureness import linked
from hikiwake.options.sureness.guesses import asked_answers, guesses
from hikiwake.options.sureness.robustness import robustness
from hikiwake.settlement import Status
from tests.support.vertices import vertices
from tests.unit.options.sureness.test_robustness import HEAD, gains, is_draw

F = Fraction
RELATIONS = (
    "ranks = ['x.a', 'x.b', 'y.d']",
    "constraints = [{ terms = { 'x.a' = 1, z = 1 }, equal = 60 }]",
    "constraints = [{ terms = { 'x.a' = 1, 'x.c' = -1, z = 1 }, at_least = 10, at_most = 50 }]",
    "ranks = ['z', 'x.b']\nconstraints = [{ terms = { z = 1, 'x.a' = 2 }, at_most = 90 }]",
)


def random_dispute(seed: int, swapped: bool = False) -> Dispute:
    """Return a small dispute in which each side gave ranges, and said something of several."""
    random, text = Random(seed), HEAD
    heads = {"ann": "ben", "ben": "ann"} if swapped else {"ann": "ann", "ben": "ben"}
    for party in ("ann", "ben"):

        def number(wide: bool, random: Random = random) -> str:
            low = random.randint(5, 40)
            return f"[{low}, {low + random.randint(4, 20)}]" if wide else str(low)

        favourite, other = (True, False) if party == "ann" else (False, True)
        text += f"[preferences.{heads[party]}]\n{random.choice(RELATIONS)}\nwalk_away = 3\n"
        text += f"points = {{ z = {number(favourite)} }}\n"
        text += f"values.x = {{ a = {number(True)}, b = {number(other)}, c = 5 }}\n"
        text += f"values.y = {{ d = {number(False)}, e = {number(False)} }}\n"
    return dispute_from_text(text)


@cache
def settled(seed: int) -> Dispute | None:
    """Return a dispute with such sets, none of them empty, in which everybody can gain."""
    try:
        dispute = random_dispute(seed)
    except InvalidDispute:
        return None
    settlement = api.settle(dispute)
    compared = settlement.gains is not None and None not in settlement.gains.values()
    return dispute if compared else None


def unsure(
    own: Preference, off: dict[Answer, Fraction] | None = None
) -> list[dict[Answer, Fraction]]:
    """Return all corners of what a side may have meant, by the definition of a corner.

    ``off``: how far each answer may be off instead, its own ranges left aside.
    """
    given = own.answers()
    spans = dict(own.ranges)
    if off is not None:
        spans = {answer: (given[answer] - by, given[answer] + by) for answer, by in off.items()}
    wide = [answer for answer, (low, high) in spans.items() if low < high]
    if not wide:
        return [{}]

    def row(weights: dict[Answer, Fraction]) -> tuple[Fraction, ...]:
        return tuple(weights.get(answer, F(0)) for answer in wide)

    walls = [(row({a: F(1)}), spans[a][1]) for a in wide]
    walls += [(row({a: F(-1)}), -spans[a][0]) for a in wide]
    for relation in own.relations:
        for weights, most in relation.limits():
            sure = sum((w * given[a] for a, w in weights.items() if a not in wide), F(0))
            if any(row(dict(weights))):
                walls.append((row(dict(weights)), most - sure))
    return [dict(zip(wide, point, strict=True)) for point in sorted(vertices(walls))]


def corners(dispute: Dispute) -> list[Dispute]:
    """Return the dispute at every corner of everybody's set."""
    each = [unsure(own) for own in dispute.preferences.values()]
    return [
        replace(
            dispute,
            preferences=FrozenMap(
                {
                    party: dispute.preferences[party].with_answers(numbers)
                    for party, numbers in zip(dispute.preferences, chosen, strict=True)
                }
            ),
        )
        for chosen in product(*each)
    ]


def robust(dispute: Dispute, error: Fraction | None = None, samples: int = 40) -> Robustness:
    found = robustness(dispute, api.settle(dispute), error, samples)
    assert found is not None
    return found


# Of random disputes, the first in which everybody can gain, and the first that end in a draw.
SEEDS = (0, 2, 5)
DRAWS = (2, 5, 17, 19, 24, 25, 26)


def test_the_first_draws_are_these() -> None:
    """Of the first 27 random disputes these can be settled, and of those these are draws."""
    settlements = {n: api.settle(one) for n in range(27) if (one := settled(n)) is not None}
    assert tuple(settlements)[:3] == SEEDS
    assert tuple(n for n, one in settlements.items() if one.status is Status.DRAW) == DRAWS


@pytest.mark.parametrize("seed", [*DRAWS, *SEEDS])
def test_figures_equal_enumeration_of_all_corners(seed: int) -> None:
    """The least gain is the least of all corners; no corner goes beyond an end, and what is proved
    to be a draw is one at each of them."""
    dispute = settled(seed)
    assert dispute is not None
    found = robust(dispute)
    each = corners(dispute)
    lines = [gains(one, found.outcome) for one in each]
    safe = all(span.least is not None for span in found.gains.values())
    for n, party in enumerate(dispute.party_ids):
        span = found.gains[party]
        mine = [gain for line in lines if (gain := line[n]) is not None]
        assert max(mine) <= span.most
        if span.least is not None and safe and span.exact:
            assert span.least == min(mine)
        if span.least is not None and safe:
            assert span.least <= min(mine)
    draws = [is_draw(one, found.outcome) for one in each]
    if found.holds:
        assert all(draws)
        assert found.sampled.draws == found.sampled.of
    if not all(draws):
        assert not found.holds


def test_some_of_these_hold_and_some_do_not() -> None:
    """The disputes of the test above show both answers, exact and bounded figures."""
    found = [robust(dispute) for seed in DRAWS[:5] if (dispute := settled(seed)) is not None]
    assert {True, False} <= {one.holds for one in found}
    assert any(span.exact for one in found for span in one.gains.values())


@pytest.mark.parametrize("seed", DRAWS[:2])
def test_programs_say_what_corners_say(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where corners are too many to be listed, linear programs give every figure: the same."""
    dispute = settled(seed)
    assert dispute is not None
    listed = robust(dispute)
    monkeypatch.setattr(linked, "corners", lambda region: None)
    assert robust(dispute) == listed


@pytest.mark.parametrize("seed", DRAWS[:3])
def test_the_radius_is_survived_at_every_corner(seed: int) -> None:
    """With all answers off by the proven radius, their relations kept, it is a draw at all corners;
    an error that breaks it is a larger one."""
    dispute = settled(seed)
    assert dispute is not None
    found, settlement = robust(dispute), api.settle(dispute)
    assert found.radius > 0
    assert found.fails is None or found.fails > found.radius
    own = {}
    for side in guesses(dispute).sides:
        ideal = settlement.ideals[side.party]
        assert ideal is not None
        by = found.radius * (ideal - settlement.walk_away[side.party])
        few = [
            a
            for a in asked_answers(dispute, dispute.preferences[side.party])
            if a.issue in ("x", "z")
        ][:4]
        own[side.party] = unsure(dispute.preferences[side.party], dict.fromkeys(few, by))
    for chosen in list(product(*own.values()))[::7]:
        moved = {
            party: dispute.preferences[party].with_answers(numbers)
            for party, numbers in zip(own, chosen, strict=True)
        }
        assert is_draw(replace(dispute, preferences=FrozenMap(moved)), found.outcome)


@pytest.mark.parametrize("seed", DRAWS[:3])
def test_swapping_the_sides_swaps_the_figures(seed: int) -> None:
    """Ann's and Ben's answers, orders and constraints exchanged, every figure is the other's."""
    found, mirror = (robust(random_dispute(seed, swapped)) for swapped in (False, True))
    assert found.given["ann"] == mirror.given["ben"]
    assert found.gains["ann"] == mirror.gains["ben"]
    assert found.gains["ben"] == mirror.gains["ann"]
    assert (found.holds, found.radius, found.fails) == (mirror.holds, mirror.radius, mirror.fails)


def test_by_hand() -> None:
    """Ann's piano (50 to 60) and desk (40 to 50): she gains 50 of 100 to 60 of 100. If they make
    100 and are 10 apart at least, the piano is worth 55 to 60: 11/20 to 3/5, 23/40 as answered."""
    text = (
        HEAD.replace("issues = [", "issues = [ { id = 'w', kind = 'item' },")
        + "[preferences.ann]\nCONSTRAINTS\npoints = { w = [50, 60], z = [40, 50] }\n"
        + "[preferences.ben]\npoints = { w = 40, z = [50, 54] }\n"
    )
    total = "{ terms = { w = 1, z = 1 }, equal = 100 }"
    apart = "{ terms = { w = 1, z = -1 }, at_least = 10 }"
    plain = robust(dispute_from_text(text.replace("CONSTRAINTS", "")))
    assert (plain.gains["ann"].least, plain.gains["ann"].most) == (F(1, 2), F(3, 5))
    found = robust(
        dispute_from_text(text.replace("CONSTRAINTS", f"constraints = [{total}, {apart}]"))
    )
    assert (found.gains["ann"].least, found.gains["ann"].most) == (F(11, 20), F(3, 5))
    assert found.given["ann"] == F(23, 40)
    assert found.relations == {"ann": 2, "ben": 0}


def test_an_influence_takes_linked_answers_along() -> None:
    """With 100 for both, the piano at 50 leaves the desk 50, a gain of 1/2; at 60 it is 3/5."""
    text = (
        HEAD.replace("issues = [", "issues = [ { id = 'w', kind = 'item' },")
        + "[preferences.ann]\npoints = { w = [50, 60], z = [40, 50] }\n"
        + "constraints = [{ terms = { w = 1, z = 1 }, equal = 100 }]\n"
        + "[preferences.ben]\npoints = { w = 40, z = 60 }\n"
    )
    found = robust(dispute_from_text(text))
    own = {one.answer.issue: one.own for one in found.influences if one.party == "ann"}
    assert own == {"w": (F(1, 2), F(3, 5)), "z": (F(3, 5), F(1, 2))}


def test_what_keeps_none_of_its_own_relations_is_refused() -> None:
    """A preference made by hand whose numbers break its own constraint is a clear fault."""
    dispute = next(d for d in map(settled, SEEDS) if d is not None)
    own = dispute.preferences["ann"]
    z = Answer("issue", "z", "ann")
    said = replace(own, constraints=(Constraint(FrozenMap({z: F(1)}), at_most=F(-1)),))
    broken = replace(dispute, preferences=FrozenMap({**dispute.preferences, "ann": said}))
    with pytest.raises(InvalidDispute, match="do not keep its own orders and constraints"):
        robustness(broken, api.settle(broken))


def test_too_many_packages_for_programs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where corners are not listed, more packages than can be solved are a clear refusal (H18); it
    tells neither whose answers are linked nor how many packages all would accept (H14)."""
    dispute = settled(DRAWS[0])
    assert dispute is not None
    monkeypatch.setattr(linked, "corners", lambda region: None)
    monkeypatch.setattr(sets_module, "MAX_SOLVED", 11)
    with pytest.raises(TooLarge, match="linked ones that all packages need") as refused:
        robust(dispute)
    assert not [word for word in ("ann", "ben", "12") if word in str(refused.value)]


def test_no_side_is_shown_what_another_said_of_its_answers() -> None:
    """Ben's order changes no text of Ann's and no joint one; the mediator is told how many link."""
    text = (
        HEAD + "[preferences.ann]\npoints = { z = 45 }\nvalues.x = { a = [50, 60], b = 0, c = 0 }\n"
        "[preferences.ben]\nwalk_away = 7\nRANKSpoints = { z = [4000, 4719] }\n"
        "values.x = { a = 0, b = 4000, c = 0 }\n"
    )
    plain, ranked = (
        dispute_from_text(text.replace("RANKS", ranks))
        for ranks in ("", "ranks = ['z', 'walk_away']\n")
    )
    found = [(dispute, robust(dispute)) for dispute in (plain, ranked)]
    for audience in ("ann", JOINT):
        told = [tell_robustness(*one, audience).text(10_000) for one in found]
        data = [str(robustness_json(one, audience)) for _, one in found]
        assert told[0] == told[1]
        assert data[0] == data[1]
    unlinked, exact = (tell_robustness(*one, MEDIATOR).text(10_000) for one in found)
    assert "1 order or constraint links answers" in exact
    assert "links answers" not in unlinked
