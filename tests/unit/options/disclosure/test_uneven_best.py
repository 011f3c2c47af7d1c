"""Where the best between two sides that divide something may be uneven, against settling."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest

from hikiwake.api import load, settle
from hikiwake.findings.talks import Hiding
from hikiwake.model import (
    Amount,
    Choice,
    Curve,
    Dispute,
    FrozenMap,
    Issue,
    Linear,
    OneOf,
    Option,
    Party,
    Preference,
    Rule,
    Share,
    Table,
)
from hikiwake.model.condition import Beyond, Condition, SharesBeyond, Test
from hikiwake.model.preference import Points
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.between_two.corners import Corners
from hikiwake.options.disclosure.between_two.rows import Worths
from hikiwake.options.disclosure.between_two.uneven_best import behind_in_best, who_may_be_behind
from hikiwake.options.disclosure.hidden.grid import drawn_from
from hikiwake.options.disclosure.hidden.unknowns import numbers_of
from hikiwake.options.disclosure.told.asked import settled_in
from hikiwake.pareto import Bargain
from tests.support.disclosed import with_member

F = Fraction
GRID = Hiding(F(100), F(10), F(10))


def mostly_whole(chance: Random) -> Dispute:
    """Return a dispute at random in which little is divided, some with a rule about it."""
    issues: list[Issue] = [Share("s")]
    if chance.random() < 0.5:
        issues.append(Amount("a", F(0), F(10)))
    issues += [
        Choice(f"c{n}", tuple(Option(f"o{k}") for k in range(chance.randint(2, 3))))
        for n in range(chance.randint(2, 3))
    ]
    never: dict[str, Test] = {
        "s": SharesBeyond(FrozenMap({chance.choice(("ann", "ben")): Beyond(F(1, 2), None)})),
        "c0": OneOf(frozenset({"o0"})),
    }
    ann = Preference(
        "ann",
        FrozenMap({issue.id: points_of(issue, chance) for issue in issues}),
        walk_away=F(chance.choice((0, 10))),
    )
    dispute = Dispute(
        (Party("ann"), Party("ben")),
        tuple(issues),
        FrozenMap({"ann": ann, "ben": replace(ann, party="ben")}),
        rules=(Rule(Condition(FrozenMap(never))),) if chance.random() < 0.5 else (),
        tolerance=chance.choice((F(1, 20), F(1, 10), F(1, 6))),
        price=chance.choice((F(1, 10), F(1, 2))),
    )
    return with_member(dispute, drawn_from(dispute, "ben", GRID, chance))


def points_of(issue: Issue, chance: Random) -> Points:
    """Return points at random: few for what is divided, so that the best is often uneven."""
    if isinstance(issue, Share):
        return Linear(F(chance.randint(0, 4)))
    if isinstance(issue, Amount):
        places = (0, 10) if chance.random() < 0.5 else (0, 4, 10)
        return Curve(tuple((F(at), F(chance.randint(0, 4))) for at in places))
    assert isinstance(issue, Choice)
    return Table(FrozenMap({one.id: F(chance.randint(0, 30)) for one in issue.options}))


def uneven(seed: int) -> tuple[Dispute, Bargain] | None:
    """Return a dispute at random of which the best is uneven; None if it is not."""
    dispute = mostly_whole(Random(seed))
    bargain = Adjusting(dispute).bargain
    if bargain is None:
        return None
    apart = bargain.imbalance(bargain.kalai_smorodinsky()[0])
    return (dispute, bargain) if apart is not None and apart > dispute.tolerance else None


def test_an_uneven_best_lies_where_the_side_behind_gets_all_it_can() -> None:
    """Of disputes drawn at random each uneven best is worth to both just what some corner is at
    which the side that is behind in it may be so; of many a corner with other worth is left out."""
    found, fewer = 0, 0
    for seed in range(150):
        if (case := uneven(seed)) is None:
            continue
        dispute, bargain = case
        corners = Corners(dispute, "ben")
        best = bargain.kalai_smorodinsky()[0]
        ann, ben = bargain.gains_at(best)
        assert ann is not None
        assert ben is not None
        there = behind_in_best(corners)[0 if ann < ben else 1]
        known, hidden = (F(x) / unit for x, unit in zip(best, bargain.compiled.units, strict=True))
        numbers = numbers_of(dispute, dispute.preferences["ben"])
        worths, parts = Worths(corners).of(numbers, F(0))
        alike = (worths == hidden * parts) & (corners.over(known - dispute.walk_away("ann")) == 0)
        assert (there & alike).any()
        found, fewer = found + 1, fewer + bool(np.any(~there))
    assert found > 30
    assert fewer > 20


@pytest.mark.parametrize("seed", [1141, 1231, 2447])
def test_where_an_even_package_is_shown_instead_that_is_not_ruled_out(seed: int) -> None:
    """Of disputes in which an even package settles though the best is uneven, one of them to either
    side's disadvantage, Ann's points alone do not rule that out."""
    case = uneven(seed)
    assert case is not None
    dispute, bargain = case
    outcome = settled_in(bargain)
    assert outcome is not None
    assert bargain.is_draw(bargain.point_of(outcome))
    corners, gain = Corners(dispute, "ben"), bargain.gains_at(bargain.point_of(outcome))[0]
    known = corners.gain(outcome)
    assert gain
    assert any(who_may_be_behind(corners, known, known / gain, known / gain))


@pytest.mark.parametrize("name", ["alex-bob", "calvin-hobbes", "jolis", "panama"])
def test_where_all_is_shares_the_best_is_never_uneven(name: str) -> None:
    """Of published disputes in which everything is divided it is ruled out, for either side."""
    dispute = load(f"examples/published/{name}.toml")
    outcome = settle(dispute).outcome
    assert outcome is not None
    for party in dispute.party_ids:
        corners = Corners(dispute, party)
        known = corners.gain(outcome)
        assert not any(who_may_be_behind(corners, known, known, corners.most))
