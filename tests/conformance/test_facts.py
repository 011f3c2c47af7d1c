"""Facts worked out by hand: draws, and who is compared, of program and referee alike."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hikiwake.model import Share
from hikiwake.settlement import Status
from tests.conformance.builders import (
    choice,
    dispute,
    division,
    items,
    one_of,
    outcome,
    preference,
    red_line,
    rule,
)
from tests.conformance.oracle import RULES
from tests.conformance.settling import gains, points, settled

F = Fraction


def test_a_dear_draw_is_not_taken_but_shown_beside() -> None:
    """Of (.20, .25), (.90, .24), (1, 0), (0, 1) the second is answered, the first shown beside."""
    packages = [("0.20", "0.25"), ("0.90", "0.24"), (1, 0), (0, 1)]
    settlement = settled(one_of(*packages))
    assert settlement.status is Status.UNEVEN
    assert points(settlement) == (F("0.90"), F("0.24"))
    assert settlement.ahead == ("ann",)
    beside = settlement.even_but_dearer
    assert beside is not None
    assert tuple(beside.package.utilities.values()) == (F("0.20"), F("0.25"))
    assert dict(beside.costs) == {"ann": F("0.70"), "ben": F("-0.01")}
    assert points(settled(one_of(*packages), "kalai_smorodinsky")) == (F("0.90"), F("0.24"))


def test_a_draw_may_cost_a_little() -> None:
    """Of (.60, .68) and (.64, .595) the second is the draw: it costs .085, less than a tenth."""
    settlement = settled(one_of(("0.60", "0.68"), ("0.64", "0.595"), (1, 0), (0, 1)))
    assert settlement.status is Status.DRAW
    assert points(settlement) == (F("0.64"), F("0.595"))
    assert settlement.even_but_dearer is None
    ks = settled(one_of(("0.60", "0.68"), ("0.64", "0.595"), (1, 0), (0, 1)), "kalai_smorodinsky")
    assert (points(ks), ks.status) == ((F("0.60"), F("0.68")), Status.UNEVEN)


def test_the_price_is_what_parts_a_draw_from_a_dear_one() -> None:
    """With a price of .085 the package that costs .085 is a draw, with any less it is dear."""
    packages = [("0.60", "0.68"), ("0.64", "0.595"), (1, 0), (0, 1)]
    assert settled(one_of(*packages, price=F("0.085"))).status is Status.DRAW
    dear = settled(one_of(*packages, price=F("0.0849")))
    assert (dear.status, points(dear)) == (Status.UNEVEN, (F("0.60"), F("0.68")))
    assert dear.even_but_dearer is not None


def test_the_tolerance_is_inclusive() -> None:
    """A package is even where its gains differ by exactly the tolerance."""
    packages = [("0.60", "0.65"), (1, 0), (0, 1)]
    assert settled(one_of(*packages)).status is Status.DRAW
    assert settled(one_of(*packages, tolerance=F("0.0499"))).status is Status.UNEVEN


def test_three_parties_pay_no_more_than_the_price_either() -> None:
    """(.5, .52, .51) is even, but (.9, .9, .5) is better for two by .38 and more: uneven."""
    settlement = settled(
        one_of(("0.5", "0.52", "0.51"), ("0.9", "0.9", "0.5"), (1, 0, 0), (0, 1, 0), (0, 0, 1))
    )
    assert settlement.status is Status.UNEVEN
    assert points(settlement) == (F("0.9"), F("0.9"), F("0.5"))
    assert settlement.ahead == ("ann", "ben")
    assert settlement.even_but_dearer is not None
    assert settlement.even_but_dearer.package.outcome == {"package": "p0"}


def test_one_twin_within_the_price_is_enough() -> None:
    """(.41, .41, .39) costs .31 against one twin and .29 against the other: a draw for .3."""
    twins = [("0.4", "0.6", "0.7"), ("0.7", "0.4", "0.6")]
    packages = [*twins, ("0.41", "0.41", "0.39"), (1, 0, 0), (0, 1, 0), (0, 0, 1)]
    draw = settled(one_of(*packages, price=F("0.3")))
    assert (draw.status, draw.outcome) == (Status.DRAW, {"package": "p2"})
    dear = settled(one_of(*packages, price=F("0.28")))
    assert (dear.status, dear.ties, dear.twins) == (Status.UNEVEN, 1, 1)
    assert dear.even_but_dearer is not None
    assert dear.even_but_dearer.package.outcome == {"package": "p2"}


def test_an_option_that_nobody_uses_moves_the_answer() -> None:
    """Of (80, 40), (60, 60), (40, 80) the middle is answered; (160, 0) beside them makes 80/40."""
    three = [(80, 40), (60, 60), (40, 80)]
    assert points(settled(one_of(*three))) == (60, 60)
    four = settled(one_of(*three, (160, 0)))
    assert (points(four), gains(four)) == ((80, 40), (F(1, 2), F(1, 2)))


def test_walking_away_counts_as_the_start() -> None:
    """Of 100 between walk-aways of 60 and 0, 80 and 20 is equal progress from today."""
    settlement = settled(division([(100, 100)], (60, 0)))
    assert (points(settlement), gains(settlement)) == ((80, 20), (F(1, 2), F(1, 2)))
    assert dict(settlement.ideals) == {"ann": 100, "ben": 40}
    assert settlement.status is Status.DRAW


def test_a_private_limit_does_the_work() -> None:
    """If ann never takes under 60 of 100, ben's ideal falls to 40, and each gains five sevenths."""
    line = red_line(s0={"ann": {"below": "3/5"}})
    settlement = settled(division([(100, 100)], red_lines=([line], [])))
    assert dict(settlement.ideals) == {"ann": 100, "ben": 40}
    assert gains(settlement) == (F(5, 7), F(5, 7))
    assert settlement.outcome == outcome(s0=F(5, 7))


def test_the_example_of_the_design() -> None:
    """House 55 / 40 whole, savings 45 / 60 divided: ann has the house and 1/21, 400/7 each."""
    house = {"ann": {"ann": 55, "ben": 0}, "ben": {"ann": 0, "ben": 40}}
    settlement = settled(
        dispute(
            [*items([(55, 40)]).issues, Share("savings")],
            preference("ann", {"i0": house["ann"], "savings": 45}),
            preference("ben", {"i0": house["ben"], "savings": 60}),
        )
    )
    assert settlement.outcome == outcome(i0="ann", savings=F(1, 21))
    assert points(settlement) == (F(400, 7), F(400, 7))
    assert (settlement.ties, settlement.twins, settlement.status) == (1, 0, Status.DRAW)


def test_what_is_only_approached_is_no_draw() -> None:
    """Where draws come as close as one likes to a package that is none, there is no best draw."""
    # Along s the points are (x, 1 − x); k is (.9, .55), and beats all with .45 ≤ x ≤ .9.
    the_dispute = dispute(
        [choice("way", "s", "k"), Share("share")],
        preference("ann", {"way": {"s": 0, "k": "0.9"}, "share": 1}),
        preference("ben", {"way": {"s": 0, "k": "-0.45"}, "share": 1}),
        rules=(rule(way="k", share={"ann": {"above": 0}}),),
        tolerance=F(1, 5),
        price=F(1, 2),
    )
    settlement = settled(the_dispute)
    assert settlement.status is Status.UNEVEN
    assert points(settlement) == (F("0.9"), F("0.55"))
    assert settlement.even_but_dearer is None


def test_what_is_reached_is_a_draw() -> None:
    """The same, with a package (.45, .56) that is not beaten: then that is the best draw."""
    the_dispute = dispute(
        [choice("way", "s", "k", "m"), Share("share")],
        preference("ann", {"way": {"s": 0, "k": "0.9", "m": "0.45"}, "share": 1}),
        preference("ben", {"way": {"s": 0, "k": "-0.45", "m": "-0.44"}, "share": 1}),
        rules=(rule(way=["k", "m"], share={"ann": {"above": 0}}),),
        tolerance=F(1, 5),
        price=F(1, 2),
    )
    settlement = settled(the_dispute)
    assert settlement.status is Status.DRAW
    assert points(settlement) == (F("0.45"), F("0.56"))


@pytest.mark.parametrize("name", RULES)
def test_an_indifferent_party_switches_nothing_off(name: str) -> None:
    """A third party that does not care leaves the answer between the other two as it was."""
    two = settled(one_of((3, 3), (9, 1), (1, 9), (2, 7)), name)
    three = settled(one_of((3, 3, 0), (9, 1, 0), (1, 9, 0), (2, 7, 0)), name)
    assert points(three)[:2] == points(two)
    assert three.left_out == ("cem",)
    assert gains(three) == (*gains(two), None)
    assert (three.status, three.imbalance) == (two.status, two.imbalance)


def test_one_party_alone_is_never_even() -> None:
    """Where only one party can gain, there is nothing to compare: uneven, imbalance null."""
    settlement = settled(one_of((3, 0), (9, 0), (1, 0)))
    assert (points(settlement), settlement.status) == ((9, 0), Status.UNEVEN)
    assert (settlement.imbalance, settlement.left_out) == (None, ("ben",))
    assert gains(settlement) == (1, None)


def test_nobody_can_gain() -> None:
    """Where nobody can gain every package is a tie, and the status uneven."""
    settlement = settled(one_of((0, 0), (0, 0), (0, 0)))
    assert (settlement.ties, settlement.twins, settlement.imbalance) == (3, 0, None)
    assert (settlement.status, settlement.left_out) == (Status.UNEVEN, ("ann", "ben"))


def test_the_walk_away_of_a_party_without_range_still_holds() -> None:
    """A party that can only just be kept keeps the others from what would lose it."""
    settlement = settled(one_of((9, 9, -1), (5, 5, 0), walk_away=(0, 0, 0)))
    assert (points(settlement), settlement.left_out) == ((5, 5, 0), ("cem",))
