"""What all sides read together."""

from dataclasses import replace
from itertools import permutations

import pytest

from hikiwake.api import settle
from hikiwake.explain import tell
from hikiwake.model import FrozenMap, Party, Text
from tests.unit.explain.cast import heirs, heirs_settled, islands, islands_settled
from tests.unit.explain.readers import LANGUAGES, told


def test_each_sides_own_name_stands_in_the_joint_text() -> None:
    """Places carry both names, and the text says that their order means nothing."""
    text = told(*islands_settled(), "joint")
    assert "Etorofu / Iturup | Russia | joint" in text
    assert "Their order is alphabetical and says nothing." in text


def test_what_stands_today_is_shown() -> None:
    """With a status quo the table has what stands today; an issue it leaves out has a dash."""
    table = tell(*islands_settled(), "joint").sections[1].table
    assert table is not None
    assert table.columns == ("Issue", "Today", "Decided")
    assert table.rows[3][1] == "–"
    other = tell(*heirs_settled(), "joint").sections[1].table
    assert other is not None
    assert other.columns == ("Issue", "Decided")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", ["joint", "mediator", "russia", "japan"])
def test_swapping_the_parties_in_the_file_changes_no_text(audience: str, language: str) -> None:
    """The settlement of the swapped file is told in the same words, to everybody."""
    one = islands()
    other = islands(parties=tuple(reversed(one.parties)))
    first, second = settle(one), settle(other)
    assert first.outcome == second.outcome
    assert told(one, replace(first, seconds=0.0), audience, language) == told(
        other, replace(second, seconds=0.0), audience, language
    )


def test_the_language_is_the_one_that_all_share() -> None:
    """Heirs who both read English get English; islands with two languages too, as nobody's own."""
    assert tell(*islands_settled(), "joint").language == "en"
    japanese = tuple(replace(party, language="ja") for party in islands().parties)
    dispute = islands(parties=japanese)
    assert tell(dispute, islands_settled()[1], "joint").language == "ja"


def test_what_the_sides_can_say_together() -> None:
    """Both sign that nobody is below its walk-away and that nothing better is free."""
    text = told(*heirs_settled(), "joint")
    assert "Every side has at least what it has without an agreement." in text
    assert "No package within all limits is better for one side without being worse" in text
    assert "Every public rule and every side's red line is kept." in text


def test_what_is_not_so_is_not_said() -> None:
    """With a side below its walk-away the sentence about it is missing."""
    dispute, settlement = heirs_settled()
    high = replace(settlement, walk_away=FrozenMap({"ann": 99, "ben": 0}))
    assert "Every side has at least" not in told(dispute, high, "joint")


def test_three_sides_stand_in_alphabetical_order() -> None:
    """However the file orders three parties, the joint names are ordered alike."""
    names = ("Cem", "Ann", "Ben")
    base = heirs()
    for order in permutations(base.parties):
        parties = tuple(
            Party(p.id, p.name, p.language, FrozenMap({"en": FrozenMap({"house": w})}))
            for p, w in zip(order, names, strict=False)
        )
        assert "Ann / Cem | " in told(heirs(parties=parties), heirs_settled()[1], "joint")


def test_an_untitled_dispute_is_still_titled() -> None:
    """Without a title the telling has one."""
    _, settlement = heirs_settled()
    assert tell(heirs(title=Text()), settlement, "joint").title == "A dispute: for all sides"
