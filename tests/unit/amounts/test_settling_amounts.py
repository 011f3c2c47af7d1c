"""What is settled where a number is to be decided, by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hikiwake import api
from hikiwake.formats.results.settled import frontier_json, settlement_json
from hikiwake.settlement import Status
from tests.unit.amounts.cast import AGAINST, HEADER, HOUSE, RENT, read, rent


@pytest.mark.parametrize("engine", ["additive", "brute_force"])
def test_two_straight_curves_meet_in_the_middle(engine: str) -> None:
    """Where each euro is worth the same to both, the draw is the middle of the range."""
    settlement = api.settle(read(rent()), engine=engine)
    assert settlement.status is Status.DRAW
    assert settlement.outcome == {"rent": Fraction(450)}
    assert settlement.gains == {"ann": Fraction(1, 2), "ben": Fraction(1, 2)}
    assert settlement.searched == 19


def test_steps_that_are_no_decimals_stay_exact() -> None:
    """A step of a third gives thirds, in Python and as texts in JSON."""
    dispute = read(rent(step='"1/3"', most=2))
    found = api.frontier(dispute)
    assert {outcome["rent"] for outcome in found.outcomes} == {Fraction(n, 3) for n in range(7)}
    points = frontier_json(dispute, found)["points"]
    assert {point["outcome"]["rent"] for point in points} == {
        "0", "1/3", "2/3", "1", "4/3", "5/3", "2",
    }  # fmt: skip


def test_a_kink_moves_the_draw() -> None:
    """To Ann the first 300 cost nothing: at 600 she keeps 1/2 and Ben has 2/3; 550 is even."""
    curves = AGAINST.replace("[[0, 100], [{most}, 0]]", "[[0, 100], [300, 100], [{most}, 0]]", 1)
    settlement = api.settle(read(rent(curves=curves)))
    # at 550: Ann 100 - 250/600 * 100 = 175/3, Ben 550/900 * 100 = 550/9; they differ by 1/36
    assert settlement.outcome == {"rent": Fraction(550)}
    assert settlement.gains == {"ann": Fraction(7, 12), "ben": Fraction(11, 18)}


def test_the_status_quo_is_the_walk_away() -> None:
    """Without a declared walk-away, what today's rent is worth is what each side keeps (H4)."""
    dispute = read(rent(more="[status_quo]\nrent = 450\n"))
    settlement = api.settle(dispute)
    assert settlement.walk_away == {"ann": Fraction(50), "ben": Fraction(50)}
    assert settlement.outcome == {"rent": Fraction(450)}
    assert settlement.left_out == ("ann", "ben")


def test_bounds_include_their_ends_and_need_not_lie_on_a_step() -> None:
    """A rule from 310 to 450 forbids 350, 400 and 450; 300 and 500 stay allowed."""
    dispute = read(rent(more="[[rules]]\nnever = { rent = { from = 310, to = 450 } }\n"))
    rents = {outcome["rent"] for outcome in api.frontier(dispute).outcomes}
    assert rents == {Fraction(50 * n) for n in range(19)} - {
        Fraction(350),
        Fraction(400),
        Fraction(450),
    }


def test_a_list_of_numbers_is_a_condition() -> None:
    """A red line that lists numbers forbids these and no others."""
    line = "[[preferences.ben.red_lines]]\nnever = { rent = [400, 450, 500] }\n"
    settlement = api.settle(read(rent(curves=AGAINST + line.replace("{", "{{").replace("}", "}}"))))
    assert settlement.outcome in ({"rent": Fraction(350)}, {"rent": Fraction(550)})
    assert settlement.twins == 1


def test_a_bonus_hangs_on_an_amount() -> None:
    """30 points for an even 400 make that the package with the best least gain."""
    bonus = (
        "[[preferences.ben.bonuses]]\nwhen = {{ rent = {{ from = 400, to = 400 }} }}\npoints = 30\n"
    )
    settlement = api.settle(read(rent(curves=AGAINST + bonus)))
    # Ann 500/9, Ben 400/9 + 30 = 670/9: the least gain is 5/9, more than 1/2 at 450
    assert settlement.outcome == {"rent": Fraction(400)}


def test_a_group_with_an_amount_is_even_within_itself() -> None:
    """Whatever else is traded, a rent that is not for trade stays at the middle (H8)."""
    more = HOUSE + '[[groups]]\nid = "g"\nissues = ["rent"]\nnot_for_trade = true\n'
    worth = "[preferences.ann.points]\nhouse = 50\n[preferences.ben.points]\nhouse = 400\n"
    settlement = api.settle(read(rent(more=more, curves=AGAINST + worth)))
    assert settlement.outcome is not None
    assert settlement.outcome["rent"] == Fraction(450)
    (group,) = settlement.groups
    assert group.shares == {"ann": Fraction(1, 2), "ben": Fraction(1, 2)}


def test_an_amount_and_a_share_are_settled_together() -> None:
    """The whole rent for one, and so much of the savings for the other that both gain the same."""
    text = HEADER + RENT.format(most=900, step=900) + '[[issues]]\nid = "s"\nkind = "share"\n'
    worth = "[preferences.ann.points]\ns = 100\n[preferences.ben.points]\ns = 100\n"
    settlement = api.settle(read(text + AGAINST.format(most=900) + worth))
    assert settlement.gains == {"ann": Fraction(1, 2), "ben": Fraction(1, 2)}


def test_an_amount_that_nobody_minds_ties() -> None:
    """Without any curve all steps are ties, and today's value is shown first."""
    more = HOUSE + "[status_quo]\nrent = 250\n"
    worth = "[preferences.ann.points]\nhouse = 1\n[preferences.ben.points]\nhouse = 1\n"
    settlement = api.settle(read(rent(more=more, curves=worth)))
    assert settlement.outcome is not None
    assert settlement.outcome["rent"] == Fraction(250)
    assert settlement.ties == 19


def test_json_writes_amounts_as_texts() -> None:
    """An amount is a text for every audience, as every number is."""
    dispute = read(rent(step='"25/2"', most=100))
    settlement = api.settle(dispute)
    for audience in ("mediator", "joint", "ann"):
        assert settlement_json(dispute, settlement, audience)["outcome"] == {"rent": "50"}
