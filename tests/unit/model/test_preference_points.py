"""What an outcome is worth to a party, and what a dispute knows about itself (H2, H4, H5)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hikiwake.errors import UnknownName
from hikiwake.model import (
    Amount,
    Bonus,
    Choice,
    Curve,
    Dispute,
    FrozenMap,
    Item,
    Linear,
    Option,
    Outcome,
    Party,
    Preference,
    Share,
    Table,
)
from tests.conformance.builders import condition, red_line, rule

F = Fraction
DIVIDED = FrozenMap({"ann": F(1, 3), "ben": F(2, 3)})
ANN = Preference(
    "ann",
    FrozenMap(
        {
            "house": Table(FrozenMap({"ann": F(55), "ben": F(5), "sold": F(20)})),
            "savings": Linear(F(30)),
            "rent": Curve(((F(0), F(10)), (F(300), F(40)), (F(900), F(-20)))),
        }
    ),
    bonuses=(
        Bonus(condition(house="ann", move="december"), F(5)),
        Bonus(condition(house=["ann", "sold"]), F(-2)),
    ),
)
BEN = Preference("ben", FrozenMap({"savings": Linear(F(60))}))


def heirs(status_quo: Outcome | None = None, ann: Preference = ANN) -> Dispute:
    """Return two heirs with an issue of every kind."""
    return Dispute(
        parties=(Party("ann"), Party("ben")),
        issues=(
            Item("house", (Option("sold"),)),
            Share("savings"),
            Choice("move", (Option("june"), Option("december"))),
            Amount("rent", F(0), F(900), F(300)),
            Amount("heat", F(0), F(1)),
        ),
        preferences=FrozenMap({"ann": ann, "ben": BEN}),
        rules=(rule(house="sold", move="june"),),
        status_quo=status_quo,
    )


def test_points_add_up_over_issues_and_bonuses() -> None:
    """55 for the house, a third of 30, 40 for the rent, and both bonuses: 55 + 10 + 40 + 5 − 2."""
    outcome = FrozenMap({"house": "ann", "savings": DIVIDED, "move": "december", "rent": F(300)})
    assert ANN.utility(outcome) == 108


def test_a_bonus_counts_only_when_its_whole_combination_holds() -> None:
    """With the move in june the first bonus falls away; without the house both do."""
    assert ANN.utility({"house": "ann", "move": "june"}) == 53
    assert ANN.utility({"house": "ben", "move": "december"}) == 5


def test_issues_that_an_outcome_leaves_open_count_nothing() -> None:
    """A partial outcome is worth the points of what it decides, and no bonus that hangs on more."""
    assert ANN.utility({}) == 0
    assert ANN.utility({"house": "ann"}) == 53
    assert ANN.utility({"move": "december"}) == 0


def test_an_issue_that_a_preference_leaves_out_does_not_matter() -> None:
    """Ben gets nothing for the house, and two thirds of 60 for his part of the savings."""
    assert BEN.utility({"house": "ben", "savings": DIVIDED}) == 40


@pytest.mark.parametrize(
    ("amount", "worth"), [(0, 10), (150, 25), (300, 40), (301, F(399, 10)), (600, 10), (900, -20)]
)
def test_a_curve_runs_straight_between_its_corners(amount: int, worth: Fraction | int) -> None:
    """Points for an amount lie on the straight line between the two corners around it."""
    assert ANN.points["rent"].value("ann", F(amount)) == worth


def test_what_a_party_keeps_is_declared_else_todays_else_nothing() -> None:
    """A declared walk-away goes first, 0 included; then the points of today; then 0 (H4)."""
    today: Outcome = FrozenMap({"house": "ann", "savings": FrozenMap({"ann": F(1), "ben": F(0)})})
    declared = Preference("ann", ANN.points, bonuses=ANN.bonuses, walk_away=F(0))
    assert heirs().walk_away("ann") == 0
    assert heirs(today).walk_away("ann") == 55 - 2 + 30
    assert heirs(today).walk_away("ben") == 0
    assert heirs(today, declared).walk_away("ann") == 0


def test_the_status_quo_may_break_rules_and_red_lines() -> None:
    """Today's package is accepted even where nobody may agree to it (H5)."""
    today: Outcome = FrozenMap({"house": "sold", "move": "june"})
    strict = Preference("ann", ANN.points, red_lines=(red_line(house="sold"),))
    dispute = heirs(today, strict)
    assert not dispute.allows(today)
    assert dispute.walk_away("ann") == 20


def test_rules_and_everybodys_red_lines_forbid() -> None:
    """A package is allowed when it breaks no rule and no red line of any party (H7)."""
    dispute = heirs(ann=Preference("ann", red_lines=(red_line(house="ben"),)))
    assert len(list(dispute.forbidden())) == 2
    assert dispute.allows({"house": "ann", "move": "june"})
    assert not dispute.allows({"house": "ben", "move": "june"})
    assert not dispute.allows({"house": "sold", "move": "june"})


def test_a_dispute_lists_what_an_issue_may_be_decided_as() -> None:
    """Parties come before others as owners; shares and continuous amounts have no list."""
    dispute = heirs()
    assert [dispute.decisions_of(issue) for issue in dispute.issues] == [
        ("ann", "ben", "sold"),
        None,
        ("june", "december"),
        (0, 300, 600, 900),
        None,
    ]


def test_a_misspelt_party_or_issue_is_asked_back() -> None:
    """Looking up a name that does not exist names the known ones and the nearest (H3)."""
    with pytest.raises(UnknownName, match=r"'hous'.*Known: house, savings.*Did you mean 'house'\?"):
        heirs().issue("hous")
    with pytest.raises(UnknownName, match=r"Party 'zoe'.*Known: ann, ben.*Use one of these"):
        heirs().party("zoe")


def test_a_curve_is_worth_the_same_for_one_amount_and_for_many() -> None:
    """Every amount at, between and beside the corners has the same points both ways."""
    curve = Curve(((F(0), F(10)), (F(300, 7), F(40, 3)), (F(900), F(-20))))
    amounts = [F(-5), F(0), F(1, 3), F(300, 7), F(43), F(899), F(900), F(901)]
    assert curve.each(amounts) == tuple(curve.value("ann", amount) for amount in amounts)
    assert Curve(((F(2), F(7)),)).each([F(2)]) == (F(7),)
