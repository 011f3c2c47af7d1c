"""What several sides are shown as settled, and that no package betters it, against all there is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from ortools.sat.python import cp_model

from hikiwake.findings.talks import Budget, Talks
from hikiwake.model import Choice, Dispute, FrozenMap, Option, Outcome, Party, Preference, Table
from hikiwake.model.preference import Points
from hikiwake.options.disclosure.among_several.barred import Bars, Hides, Known
from hikiwake.options.disclosure.among_several.judged import Judge, Verdict
from hikiwake.options.disclosure.among_several.together import Together
from hikiwake.options.disclosure.hidden.grid import drawn_from
from hikiwake.options.disclosure.told.asked import settled_for
from tests.support.disclosed import GRIDS, NAMES, drawn_with_price, members_of, with_own

F = Fraction
POOLS = (("ann",), ("cem",), ("ann", "ben"), ("ben", "cem"))


def kind_of(verdict: Verdict) -> str:
    reasons = [type(one).__name__ for one in (*verdict.others, *verdict.better)]
    return "same" if verdict.same else (reasons or ["other"])[0]


def judged(dispute: Dispute, chance: Random, many: int = 12, always: bool = True) -> Counter[str]:
    """Compare what members drawn at random would be shown with settling their dispute.

    What was shown is the settlement of one of them, taken as if it were the true one. Unless
    ``always``, only those are settled anew that miss it for what else would be a draw.
    """
    observers, grid, seen = chance.choice(POOLS), chance.choice(GRIDS), Counter[str]()
    hidden = [party for party in dispute.party_ids if party not in observers]
    drawn = [[drawn_from(dispute, p, grid, chance) for p in hidden] for _ in range(many)]
    for true in (with_own(dispute, own) for own in drawn[:3]):
        shown = settled_for(true, observers[0])
        if shown is None:
            continue
        together = Together(true, hidden, grid)
        judge = Judge(together, Talks(Budget(), shown=shown[0]))
        for own in drawn:
            members = members_of(together, own)
            verdict = judge.look(members, together.look(members))
            seen[kind_of(verdict)] += 1
            if always or verdict.others:
                world = with_own(dispute, own)
                alike = (settled_for(world, one) == settled_for(true, one) for one in observers)
                assert verdict.same is all(alike)
    return seen


def test_what_members_would_be_shown_is_what_settling_their_dispute_shows() -> None:
    """For members drawn at random, with rules, prices and a status quo, the judge says that the
    same would be shown just where the dispute as it would be settles alike for who looks."""
    chance, seen = Random(1), Counter[str]()
    for _ in range(30):
        seen += judged(drawn_with_price(chance), chance)
    assert {"same", "Better", "other"} <= set(seen)


@pytest.mark.slow
def test_draws_that_another_would_be_shown_instead_of_do_not_settle_alike() -> None:
    """Where the judge says that another draw would be shown, or that the draw which was shown is
    worth less for all than another package, the dispute as it would be settles otherwise."""
    chance, seen = Random(1), Counter[str]()
    while min(seen["Rival"], seen["Undercut"]) < 10:
        dispute = replace(drawn_with_price(chance), price=F(1), tolerance=F(1, 4))
        seen += judged(dispute, chance, many=60, always=False)


TOP = 3
STEPS = (0, 2, 3, 5, 7)


def level(gains: list[tuple[int, int]]) -> list[Fraction]:
    """Return gains in order; that of who can gain nothing counts as more than any."""
    return sorted(F(own, most) if most else F(2) for own, most in gains)


def kept(here: list[tuple[int, int]], there: list[int], strictly: bool) -> bool:
    """Tell whether a model of bars allows a package beside another, all numbers being given.

    The first two sides hide what they can gain, the third is known.
    """
    cp = cp_model.CpModel()
    hides = [
        Hides(cp.new_int_var(most, most, ""), cp.new_int_var(own, own, ""))
        for own, most in here[:2]
    ]
    own, most = here[2]
    known = Known(STEPS, most, most, own)
    bars = Bars(cp, TOP, lambda n, row: there[n] + 0 * hides[n].reach, hides, [known])
    bars.keep(0, there[2:], 3, strictly)
    return cp_model.CpSolver().solve(cp) != cp_model.INFEASIBLE


def test_a_package_is_kept_just_where_it_does_not_better_the_other() -> None:
    """For what two packages give two sides that hide and a known one, drawn at random, the bars
    allow the one just where its sorted gains are no greater, or less where it comes before."""
    chance, seen = Random(3), Counter[tuple[bool, bool]]()
    reaches = list(product(range(TOP + 1), range(TOP + 1), (0, 5, 7)))
    for _ in range(250):
        most = chance.choice(reaches)
        here = [(chance.randint(0, r), r) for r in most[:2]]
        known = [step for step in STEPS if step <= most[2]]
        here.append((chance.choice(known), most[2]))
        there = [chance.randint(-1, r) for r in most[:2]] + [chance.choice(known)]
        strictly = chance.random() < 0.5
        theirs, own = level(list(zip(there, most, strict=True))), level(here)
        worse = min(there) < 0 or theirs < own or (theirs == own and not strictly)
        assert kept(here, there, strictly) is worse
        seen[worse, strictly] += 1
    assert len(seen) == 4


def test_a_range_of_what_a_known_side_can_gain_never_forbids_what_some_of_it_allows() -> None:
    """Where the most that a known side can gain lies between two numbers, the bars allow whatever
    they allow for either."""
    chance = Random(4)
    for _ in range(80):
        most = [chance.randint(0, TOP), chance.randint(0, TOP)]
        here = [(chance.randint(0, r), r) for r in most]
        there = [chance.randint(-1, r) for r in most] + [chance.choice(STEPS[:4])]
        own = chance.choice(STEPS[:4])
        single = [kept([*here, (own, r)], there, False) for r in (5, 7)]
        cp = cp_model.CpModel()
        hides = [
            Hides(cp.new_int_var(r, r, ""), cp.new_int_var(gain, gain, "")) for gain, r in here
        ]
        known = Known(STEPS, 5, 7, own)
        bars = Bars(cp, TOP, lambda n, row, t=there, h=hides: t[n] + 0 * h[n].reach, hides, [known])
        bars.keep(0, there[2:], 3, False)
        assert (cp_model.CpSolver().solve(cp) != cp_model.INFEASIBLE) or not any(single)


def test_where_nobody_can_gain_anything_the_package_that_comes_first_is_shown() -> None:
    """Three sides whom two packages give just their walk-away values: settled on is the one that
    comes first, and the judge says so of that alone."""
    issues = tuple(Choice(name, (Option("o0"), Option("o1"))) for name in ("i0", "i1"))
    first: Points = Table(FrozenMap({"o0": F(100), "o1": F(0)}))
    nothing: Points = Table(FrozenMap({"o0": F(0), "o1": F(0)}))
    own = [Preference(name, FrozenMap({"i0": first}), walk_away=F(100)) for name in NAMES[:3]]
    preferences = FrozenMap({one.party: one for one in own})
    dispute = Dispute(tuple(map(Party, NAMES[:3])), issues, preferences)
    shown = settled_for(dispute, "ann")
    assert shown is not None
    assert shown[1:] == (False, None)
    together = Together(dispute, ("ben", "cem"), GRIDS[0])
    points = FrozenMap({"i0": first, "i1": nothing})
    members = members_of(together, [replace(one, points=points) for one in own[1:]])
    for last in ("o0", "o1"):
        outcome: Outcome = FrozenMap({"i0": "o0", "i1": last})
        judge = Judge(together, Talks(Budget(), shown=outcome))
        same = judge.look(members, together.look(members)).same
        assert same is (outcome == shown[0])
