"""What two sides hide after a draw was shown that is not the best, against settling each member."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from hikiwake.api import load, settle
from hikiwake.findings.talks import Budget, Hiding, Talks
from hikiwake.model import (
    Choice,
    Dispute,
    FrozenMap,
    Group,
    Issue,
    Linear,
    Option,
    Party,
    Preference,
    Share,
    Table,
)
from hikiwake.model.preference import Points
from hikiwake.options.adjusting.by_hand import Adjusting
from hikiwake.options.disclosure.between_two.seen import Seen
from hikiwake.options.disclosure.hidden.grid import drawn_from
from hikiwake.options.disclosure.sought import ends
from tests.support.disclosed import with_member
from tests.unit.options.disclosure.test_disclosure_divided import SIDES
from tests.unit.options.disclosure.test_disclosure_shown import fits_as_settled_anew

F = Fraction
GRIDS = (
    Hiding(F(99), F(33), F(33)),
    Hiding(F(100), F(25), F(50)),
    Hiding(F(100), F(50), F(25)),
)


def with_little_to_divide(seed: int, group: bool = False) -> tuple[Dispute, Hiding]:
    """Return a dispute at random over four whole issues and a share that is worth little to Ann, so
    that gains jump from package to package; perhaps with a group not for trade."""
    chance = Random(seed)
    whole = [Choice(f"c{n}", (Option("o0"), Option("o1"))) for n in range(4)]
    points: dict[str, Points] = {"s": Linear(F(chance.randint(0, 3)))}
    for one in whole:
        points[one.id] = Table(FrozenMap({o.id: F(chance.randint(0, 30)) for o in one.options}))
    ann = Preference("ann", FrozenMap(points), walk_away=F(chance.choice((0, 0, 5))))
    grid = chance.choice(GRIDS)
    issues: tuple[Issue, ...] = (*whole, Share("s"))
    dispute = Dispute(
        (Party("ann"), Party("ben")),
        issues,
        FrozenMap({"ann": ann, "ben": replace(ann, party="ben")}),
        groups=(Group("g", ("c0", "c1"), True),) if group else (),
        tolerance=chance.choice((F(1, 20), F(1, 10), F(1, 5))),
        price=chance.choice((F(1, 4), F(1, 2))),
    )
    return with_member(dispute, drawn_from(dispute, "ben", grid, chance)), grid


@pytest.mark.parametrize(("seed", "group"), [(264, False), (789, True)])
def test_after_a_draw_that_is_not_the_best_every_interval_is_that_of_settling(
    seed: int, group: bool
) -> None:
    """Where the shown draw is not the best by Kalai and Smorodinsky, also beside a group not for
    trade, just those members fit that settle alike, and every interval is exact and theirs."""
    dispute, grid = with_little_to_divide(seed, group)
    outcome, bargain = settle(dispute).outcome, Adjusting(dispute).bargain
    assert outcome is not None
    assert bargain is not None
    point = bargain.point_of(outcome)
    assert bargain.is_draw(point)
    assert point not in bargain.kalai_smorodinsky()
    talks = Talks(Budget(keep=F(0), hiding=grid), shown=outcome)
    assert fits_as_settled_anew(dispute, grid, talks, Seen(dispute, SIDES, talks, grid))


def with_the_known_side_ahead(draw: int, best: int) -> tuple[Dispute, Hiding]:
    """Return a dispute over one choice, and a share of which Ann wants little and Ben nothing; of
    the best package Ann gains ``best`` percent, and Ben 60, of the draw ``draw`` and 80."""
    issues: tuple[Issue, ...] = (
        Choice("c", tuple(map(Option, ("all", "best", "draw", "none")))),
        Share("s"),
    )

    def own(party: str, share: int, *worths: int) -> Preference:
        named = zip(("all", "best", "draw", "none"), map(F, worths), strict=True)
        points: dict[str, Points] = {"c": Table(FrozenMap(dict(named))), "s": Linear(F(share))}
        return Preference(party, FrozenMap(points), walk_away=F(0))

    dispute = Dispute(
        (Party("ann"), Party("ben")),
        issues,
        FrozenMap(
            {"ann": own("ann", 1, 99, best - 1, draw - 1, 0), "ben": own("ben", 0, 0, 60, 80, 100)}
        ),
        tolerance=F(1, 4),
        price=F(1, 2),
    )
    return dispute, Hiding(F(100), F(20), F(100))


@pytest.mark.parametrize(("draw", "best"), [(58, 90), (60, 95)])
def test_the_same_where_the_side_that_looks_is_ahead_in_the_best(draw: int, best: int) -> None:
    """The same where it is not the hidden side that is ahead in the best package."""
    dispute, grid = with_the_known_side_ahead(draw, best)
    outcome = settle(dispute).outcome
    assert outcome is not None
    assert outcome["c"] == "draw"
    talks = Talks(Budget(keep=F(0), hiding=grid), shown=outcome)
    assert fits_as_settled_anew(dispute, grid, talks, Seen(dispute, SIDES, talks, grid))


@pytest.mark.slow
def test_among_thousands_of_corners_every_number_is_exact_where_draws_may_not_be_the_best() -> None:
    """Of a couple that parts every number of one side drawn at random is exact after the
    settlement: of thousands of corners some give draws that are not the best."""
    dispute = load("src/hikiwake/formats/templates/couple")
    dispute = with_member(dispute, drawn_from(dispute, "nora", Hiding(), Random(3)))
    talks = Talks(Budget(keep=F(0)), shown=settle(dispute).outcome)
    found = ends(dispute, ("nora", ("eli",)), talks, Hiding())
    assert found is not None
    assert found.bound == found.sure
