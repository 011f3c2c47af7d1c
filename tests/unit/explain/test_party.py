"""What one side reads: its own words, its own points, and what it may do."""

from dataclasses import replace
from fractions import Fraction

import pytest

from hikiwake.explain import tell
from hikiwake.model import FrozenMap
from hikiwake.settlement import Conflict, Exactness, Limit, Status
from tests.unit.explain.cast import (
    heirs,
    heirs_settled,
    islands,
    islands_settled,
    package,
    package_of,
    settled,
    uneven,
)
from tests.unit.explain.readers import told


def test_each_side_reads_its_own_language_unless_another_is_asked_for() -> None:
    """Without a language each side's own is taken, with its own names in it."""
    dispute, settlement = islands_settled()
    assert tell(dispute, settlement, "russia").language == "ru"
    assert "Итуруп" in tell(dispute, settlement, "russia").text()
    assert "択捉島" in tell(dispute, settlement, "japan").text()
    assert "Etorofu" in tell(dispute, settlement, "japan", "en").text()
    assert "Iturup" not in tell(dispute, settlement, "japan", "en").text()


def test_the_first_sentence_is_the_result() -> None:
    """A draw is told first, with its baseline."""
    first = tell(*heirs_settled(), "ann").sections[0].lines[0]
    assert first.startswith("This package is a draw: nobody is ahead")
    assert first.endswith("what each side has without an agreement.")


def test_the_table_says_what_is_decided_and_what_was_hoped_for() -> None:
    """A row an issue: own name, decision, best hope, own points."""
    table = tell(*heirs_settled(), "ann").sections[1].table
    assert table is not None
    assert table.rows[0] == ("the old place", "Ann", "Ann", "55 of 55")
    assert table.rows[1][2:] == ("all of it", "≈1.43 of 30")


def test_what_does_not_matter_is_said_not_to() -> None:
    """An issue without points has no hope and no points."""
    dispute = heirs()
    mine = dispute.preferences["ann"]
    fewer = FrozenMap({i: p for i, p in mine.points.items() if i != "move_out"})
    preferences = FrozenMap({**dispute.preferences, "ann": replace(mine, points=fewer)})
    table = tell(*heirs_settled(heirs(preferences=preferences)), "ann").sections[1].table
    assert table is not None
    assert table.rows[2][2:] == ("does not matter to you", "–")


def test_own_points_bonus_and_walk_away_are_told() -> None:
    """The side reads what the package is worth to it, why, and what it keeps without one."""
    text = told(*heirs_settled(), "ann")
    assert "worth ≈76.43 points to you" in text
    assert "They include 5 points because this comes together: the old place – Ann" in text
    assert "Without an agreement you keep 20 points." in text


def test_what_would_be_worse_is_told_gravest_first() -> None:
    """Own losses are listed, the largest first, and shares by name; better changes are not."""
    section = next(s for s in tell(*heirs_settled(), "ann").sections if "worse" in s.heading)
    assert section.table is not None
    assert [row[2] for row in section.table.rows] == ["−55", "−40", "−20"]
    assert "A smaller part of this would be worse for you: Savings." in section.lines
    bens = next(s for s in tell(*heirs_settled(), "ben").sections if "worse" in s.heading)
    assert bens.table is None


def test_that_nothing_better_is_free_is_said_only_where_all_was_searched() -> None:
    """A bounded search cannot say that what is better for one side is worse for another."""
    dispute, settlement = heirs_settled()
    said = "A package that is better for you would be worse for another side"
    assert said in told(dispute, settlement, "ann")
    bounded = replace(settlement, exactness=Exactness.BOUNDED)
    assert said not in told(dispute, bounded, "ann")


def test_a_crossed_red_line_is_never_called_kept() -> None:
    """What is said about red lines is looked up, not taken for granted."""
    dispute, settlement = heirs_settled()
    assert "Your red line is not crossed." in told(dispute, settlement, "ann")
    outcome = {**package_of(settlement).outcome, "house": "ben", "move_out": "june"}
    crossed = package(dispute, outcome, ann="1", ben="1")
    text = told(dispute, settled(dispute, crossed, Status.UNDECIDED), "ann")
    assert "not crossed" not in text


def test_public_lines_are_attributed() -> None:
    """A rule by a side is called its line; to itself, its own; other rules are everybody's."""
    assert "Your own public line: “The house stays" in told(*heirs_settled(), "ann")
    assert "Public line of one side (Ann): “The house stays" in told(*heirs_settled(), "ben")
    assert "Public rule: “Nobody waits for an empty house”" in told(*heirs_settled(), "ben")


def test_a_group_not_for_trade_is_told_with_the_own_part_only() -> None:
    """That the group is even within itself is said, and about how much of it is one's own."""
    text = told(*islands_settled(), "japan")
    assert "The islands: it is settled within itself" in text
    assert "is about 60\u00a0%" in text


@pytest.mark.parametrize(
    ("ahead", "reader", "first"),
    [
        (("russia",), "russia", "This package is not even: you are ahead, counted"),
        (("russia",), "japan", "agreement: Russia."),
        (("russia", "japan"), "japan", "Ahead together with you, counted"),
        ((), "japan", "This package is not a draw, although nobody is ahead in it as a whole"),
    ],
)
def test_who_is_ahead_is_told_to_each(ahead: tuple[str, ...], reader: str, first: str) -> None:
    """The first sentence of an uneven package says who is ahead, from the reader's seat."""
    line = tell(islands(), uneven(ahead=ahead), reader, "en").sections[0].lines[0]
    assert first in line
    assert "without an agreement" in line


def test_other_packages_are_offered_with_own_points() -> None:
    """The even but dearer package, ties and mirrors are told by what they decide otherwise."""
    text = told(islands(), uneven(), "japan")
    assert (
        "Even, but dearer: Etorofu – joint; Shikotan – joint; Treaty – none (your points: 18)"
        in text
    )
    assert "2 packages, the one shown included, are worth exactly the same" in text
    assert "As good for everyone: Etorofu – joint" in text
    assert "Mirror: Etorofu – Japan; Shikotan – Russia (your points: 19)" in text
    assert "The sides choose, or draw a lot openly." in text


def test_infinitely_many_ties_and_mirrors_are_said_to_be() -> None:
    """With shares, ties and mirrors may be without number."""
    text = told(islands(), uneven(ties="infinite", twins="infinite"), "japan")
    assert "Infinitely many packages are worth exactly the same" in text
    assert "infinitely many mirrors" in text


def test_a_side_left_out_is_told_that_it_is() -> None:
    """A side that can neither gain nor lose reads so; another reads only that one side cannot."""
    dispute, settlement = heirs_settled()
    gains = FrozenMap({"ann": None, "ben": Fraction(1)})
    alone = replace(
        settlement,
        status=Status.UNEVEN,
        package=replace(package_of(settlement), gains=gains, imbalance=None),
        left_out=("ann",),
    )
    anns, bens = told(dispute, alone, "ann"), told(dispute, alone, "ben")
    assert tell(dispute, alone, "ann").sections[0].lines[0].startswith("Nobody can be called even")
    assert "You are left out of the comparison" in anns
    assert "of the way to the most" not in anns
    assert "1 side is left out of the comparison" in bens
    assert "As there is no draw" not in anns


def test_own_conflicts_are_told_and_no_others() -> None:
    """Without an agreement a side reads conflicts of public rules and its own limits only."""
    dispute = heirs()
    conflicts = (
        Conflict((Limit("rule", None, 1), Limit("red_line", "ann", 1))),
        Conflict((Limit("walk_away", "ann"), Limit("red_line", "ben", 2))),
        Conflict((Limit("walk_away", "ann"),), smallest=False),
    )
    text = told(dispute, settled(dispute, None, Status.NO_AGREEMENT, conflicts=conflicts), "ann")
    assert text.split("\n")[2].startswith("There is no package to offer")
    assert "Your red line no. 1: “I need the summer”" in text
    assert "What you have without an agreement: 20 points" in text
    assert "second thoughts" not in text
    assert text.count("limits cannot all hold") == 1
    assert "named in confidence are not told here" in text
