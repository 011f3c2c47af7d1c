"""How sure a package is where something is divided: by hand, and against every corner."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from itertools import product
from random import Random

import pytest

from hikiwake import api
from hikiwake.explain import JOINT, MEDIATOR, answers_of, tell_robustness
from hikiwake.findings.sureness import Robustness
from hikiwake.formats.native import dispute_from_text
from hikiwake.formats.results.sureness import robustness_json
from hikiwake.model import Dispute, FrozenMap, Outcome
from hikiwake.options.sureness.robustness import robustness
from hikiwake.pareto import Bargain, bargain_over, compiled
from hikiwake.pareto.given import is_draw_at
from tests.unit.options.sureness.test_robustness import meant

F = Fraction
PARTIES = 'hikiwake = 1\ntolerance = "1/8"\nparties = [{ id = "ann" }, { id = "ben" }]\n'
SHARE = PARTIES + (
    'issues = [{ id = "x", kind = "choice", options = ["a", "b", "c"] },'
    ' { id = "s", kind = "share" }]\n'
)
TODAY = '[status_quo]\nx = "b"\ns = { ann = "1/4", ben = "3/4" }\n'
RULES = (
    "",
    'rules = [{ never = { x = "a", s = { ann = { above = "1/2" } } } }]\n',
    'rules = [{ never = { s = { ann = { above = "1/4", below = "2/3" } } } }]\n',
)
AMOUNT = PARTIES + (
    'issues = [{ id = "x", kind = "choice", options = ["a", "b", "c"] },'
    ' { id = "n", kind = "amount", min = 0, max = 10 }]\n'
)


@cache
def robust(dispute: Dispute, error: Fraction | None = None, samples: int = 20) -> Robustness:
    found = robustness(dispute, api.settle(dispute), error, samples)
    assert found is not None
    return found


THREE = (
    SHARE.replace('{ id = "ben" }', '{ id = "ben" }, { id = "carol" }')
    + 'rules = [{ never = { x = "b", s = { carol = { below = "1/5" } } } }]\n'
)
MONEY = PARTIES + (
    'issues = [{ id = "x", kind = "choice", options = ["a", "b", "c"] },'
    ' { id = "m", kind = "money", limit = 20 }]\n'
    'rules = [{ never = { x = "a", m = { ann = { above = 10 } } } }]\n'
)


def three_or_money(seed: int) -> Dispute:
    """Return a choice and a share between three, or money between two; few ranges a side."""
    random = Random(seed)
    text = MONEY if seed % 2 else THREE
    for party in ("ann", "ben") if seed % 2 else ("ann", "ben", "carol"):
        wide = random.sample(range(5), 2) if seed % 2 else [random.choice((0, 3, 4))]

        def number(place: int, top: int = 40, wide: list[int] = wide) -> str:
            low = random.randint(1, top)
            return f"[{low}, {low + random.randint(1, 6)}]" if place in wide else str(low)

        x = ", ".join(f"{v} = {number(n)}" for n, v in enumerate("abc"))
        text += f"[preferences.{party}]\nwalk_away = {number(3, 12)}\nvalues.x = {{ {x} }}\n"
        text += f"points.m = {number(4, 3)}\n" if seed % 2 else f"points.s = {number(4)}\n"
    return dispute_from_text(text)


def random_dispute(seed: int) -> Dispute:
    """Return a choice and something divided, three answers of each side's given as ranges."""
    random = Random(seed)
    kind = ("share", "today", "amount")[seed % 3]
    text = AMOUNT if kind == "amount" else SHARE + random.choice(RULES)
    text += TODAY if kind == "today" else ""
    for party in ("ann", "ben"):
        wide = random.sample(range(6), 3)

        def number(place: int, top: int = 40, wide: list[int] = wide) -> str:
            low = random.randint(0, top)
            return f"[{low}, {low + random.randint(1, 6)}]" if place in wide else str(low)

        x = ", ".join(f"{v} = {number(n)}" for n, v in enumerate("abc"))
        text += f"[preferences.{party}]\n"
        text += "" if kind == "today" else f"walk_away = {number(3, 15)}\n"
        if kind == "amount":
            ends = (number(4), number(5)) if party == "ann" else (number(5), number(4))
            text += f"curves.n = [[0, {ends[0]}], [4, {number(9)}], [10, {ends[1]}]]\n"
        else:
            text += f"points.s = {number(4)}\n"
        text += f"values.x = {{ {x} }}\n"
    return dispute_from_text(text)


@cache
def settled(seed: int) -> Dispute | None:
    """Return a random dispute in which everybody can gain, or None."""
    dispute = random_dispute(seed) if seed < 100 else three_or_money(seed)
    gains = api.settle(dispute).gains
    return dispute if gains is not None and None not in gains.values() else None


def gains(dispute: Dispute, outcome: Outcome) -> tuple[Fraction | None, ...]:
    """Return everybody's gain, by the engines that settle."""
    bargain = bargain_over(compiled(dispute))
    if not isinstance(bargain, Bargain):
        return (None,) * len(dispute.parties)
    return bargain.gains_at(bargain.point_of(outcome))


def is_draw(dispute: Dispute, outcome: Outcome) -> bool:
    bargain = bargain_over(compiled(dispute))
    return isinstance(bargain, Bargain) and is_draw_at(bargain, outcome)


@pytest.mark.parametrize("seed", [*range(18), *range(100, 106)])
def test_figures_equal_enumeration_of_all_corners(seed: int) -> None:
    """Each least gain is the least of all corners; no corner or inner point goes beyond an end; and
    what is proved to be a draw is one at each of them, what is not proved at one of them is not."""
    dispute = settled(seed)
    if dispute is None:
        return
    found = robust(dispute)
    corners = list(meant(dispute, (F(0), F(1))))
    inside = list(meant(dispute, (F(1, 3), F(3, 4))))[::7]
    each = [gains(one, found.outcome) for one in corners]
    inner = [gains(one, found.outcome) for one in inside]
    safe = all(span.least is not None for span in found.gains.values())
    for n, span in enumerate(found.gains.values()):
        own = [gain for line in (*each, *inner) if (gain := line[n]) is not None]
        assert max(own) <= span.most
        if safe:
            least = min(gain for line in each if (gain := line[n]) is not None)
            assert least == span.least
            assert least <= min(own)
    draws = [is_draw(one, found.outcome) for one in corners]
    if found.holds:
        assert all(draws)
        assert all(is_draw(one, found.outcome) for one in inside)
        assert found.sampled.draws == found.sampled.of
    if not all(draws):
        assert not found.holds


def test_some_random_disputes_hold_and_some_do_not() -> None:
    """The disputes of the test above show both answers, so that neither is empty talk."""
    found = [robust(d, samples=1).holds for d in map(settled, range(14)) if d is not None]
    assert {True, False} <= set(found)


def test_by_hand() -> None:
    """A cake, and a walk-away of 10 to 20 of 100 for each: Ann may hope for what leaves Ben his, so
    she gains least, 30 of 70, at 20 for her and 10 for him, and most, 40 of 70, the other way."""
    text = PARTIES + 'issues = [{ id = "s", kind = "share" }]\n'
    text += "[preferences.ann]\nwalk_away = [10, 20]\npoints.s = 100\n"
    text += "[preferences.ben]\nwalk_away = [10, 20]\npoints.s = 100\n"
    found = robust(dispute_from_text(text))
    assert found.outcome["s"] == {"ann": F(1, 2), "ben": F(1, 2)}
    for span in found.gains.values():
        assert (span.least, span.most, span.exact) == (F(30, 70), F(40, 70), True)


def test_a_share_is_told_by_its_name() -> None:
    """What the answer is about is the share itself: it has no options to name beside it."""
    text = SHARE + (
        "[preferences.ann]\npoints.s = [45, 50]\nvalues.x = { a = 50, b = 0, c = 0 }\n"
        "[preferences.ben]\npoints.s = 40\nvalues.x = { a = 0, b = 50, c = 0 }\n"
    )
    dispute = dispute_from_text(text)
    (bar,) = answers_of(dispute, robust(dispute, samples=1))
    assert bar[0] == "ann: s"


@pytest.mark.parametrize("seed", [0, 1, 3, 4, 5, 6])
def test_the_radius_is_survived_at_random_corners(seed: int) -> None:
    """With all answers off by the proven radius, one way or the other, it is still a draw."""
    dispute = settled(seed)
    if dispute is None:
        return
    found, settlement = robust(dispute, samples=1), api.settle(dispute)
    random = Random(seed)
    for _ in range(25):
        own = {}
        for party, preference in dispute.preferences.items():
            ideal = settlement.ideals[party]
            assert ideal is not None
            off = found.radius * (ideal - settlement.walk_away[party])
            changed = {
                answer: number + random.choice((-1, 1)) * off
                for answer, number in preference.answers().items()
                if number or answer in preference.ranges
            }
            own[party] = preference.with_answers(changed)
        assert not found.radius or is_draw(
            Dispute(
                dispute.parties,
                dispute.issues,
                FrozenMap(own),
                dispute.rules,
                status_quo=dispute.status_quo,
                tolerance=dispute.tolerance,
            ),
            found.outcome,
        )


@pytest.mark.parametrize("seed", [0, 1, 3, 4, 7, 9])
def test_no_division_has_a_smaller_worst_regret(seed: int) -> None:
    """Of a grid of divisions for each choice none has a smaller one over all corners, and the
    one that is named has just what is told."""
    dispute = settled(seed)
    if dispute is None or (best := robust(dispute, samples=1).smallest_regret) is None:
        return
    corners = list(meant(dispute, (F(0), F(1))))

    def worst(outcome: Outcome) -> Fraction:
        each = [gain for one in corners for gain in gains(one, outcome)]
        return max(F(2) if gain is None else 1 - gain for gain in each)

    assert max(best.regrets.values()) == worst(best.outcome)
    for value, step in product("abc", range(13)):
        part = F(step, 12)
        share = FrozenMap({"ann": part, "ben": 1 - part})
        rest = {"s": share} if "s" in best.outcome else {"n": 10 * part}
        outcome = FrozenMap({"x": value, **rest})
        if dispute.allows(outcome):
            assert worst(outcome) >= max(best.regrets.values())


def test_equal_ratios_survive_no_error() -> None:
    """Two things worth the same to both, one each: with any error both may like to exchange them,
    and that is told as it is."""
    text = PARTIES + 'issues = [{ id = "s", kind = "share" }, { id = "t", kind = "share" }]\n'
    text += "[preferences.ann]\npoints = { s = 50, t = 50 }\n"
    text += "[preferences.ben]\npoints = { s = 50, t = 50 }\n"
    found = robust(dispute_from_text(text), F(1, 100))
    assert (found.holds, found.radius, found.fails) == (False, 0, F(1, 1000))


def test_swapping_the_sides_swaps_the_figures() -> None:
    """Ann's and Ben's answers exchanged, every figure is the other's (H13)."""
    ann = "points.s = [55, 60]\nvalues.x = { a = 30, b = 20, c = 0 }\nwalk_away = 20\n"
    ben = "points.s = 40\nvalues.x = { a = 0, b = 35, c = [58, 64] }\nwalk_away = [10, 12]\n"
    found, mirror = (
        robust(
            dispute_from_text(f"{SHARE}[preferences.ann]\n{one}[preferences.ben]\n{other}"),
            F(1, 200),
        )
        for one, other in ((ann, ben), (ben, ann))
    )
    assert found.gains["ann"] == mirror.gains["ben"]
    assert found.gains["ben"] == mirror.gains["ann"]
    assert (found.holds, found.radius, found.fails) == (mirror.holds, mirror.radius, mirror.fails)
    assert found.smallest_regret is not None
    assert mirror.smallest_regret is not None
    assert max(found.smallest_regret.regrets.values()) == max(
        mirror.smallest_regret.regrets.values()
    )


def test_money_and_three_sides() -> None:
    """What a unit of money is worth is no guess unless it is given as a range; rooms and a rent
    between three are answered, and proved for small errors."""
    dispute = api.load("examples/published/rent-three-rooms.toml")
    found = robust(dispute, F(1, 100), samples=5)
    assert found.holds is True
    assert found.radius >= F(1, 100)
    assert not [one for one in found.influences if one.answer.issue == "cash"]


@pytest.mark.parametrize("name", ["two-heirs", "co-founders", "published/panama.toml"])
def test_the_examples_are_answered(name: str) -> None:
    """Each holds for small errors, not for a twentieth, and its figures are ends, not bounds."""
    found = robust(api.load(f"examples/{name}"), samples=10)
    assert found.holds is False
    assert 0 < found.radius < F(1, 50)
    assert found.fails is not None
    assert all(span.exact for span in found.gains.values())
    assert found.smallest_regret is not None
    assert found.smallest_regret.of is None


def test_no_side_is_shown_anything_of_another() -> None:
    """Ben's numbers, changed without changing what is settled or rounded, change no text of Ann's;
    none of his canaries stands there, and the mediator alone has the exact figures."""
    text = SHARE + (
        "[preferences.ann]\npoints.s = 45\nvalues.x = { a = [50, 60], b = 0, c = 0 }\n"
        "[preferences.ben]\npoints.s = 4000\nvalues.x = { a = 0, b = CANARY, c = 0 }\n"
    )
    disputes = [dispute_from_text(text.replace("CANARY", s)) for s in ("[713, 719]", "[711, 721]")]
    one, other = (robust(dispute, samples=5) for dispute in disputes)
    for audience in ("ann", JOINT):
        told = [tell_robustness(disputes[0], f, audience).text(10_000) for f in (one, other)]
        data = [str(robustness_json(found, audience)) for found in (one, other)]
        assert told[0] == told[1]
        assert data[0] == data[1]
        assert not [canary for canary in ("71", "72", "4000") if canary in told[0]]
    exact = [str(robustness_json(found, MEDIATOR)) for found in (one, other)]
    assert exact[0] != exact[1]
