"""What the mediator reads: everything."""

from dataclasses import replace
from fractions import Fraction

import pytest

from hikiwake.api import properties_of, settle
from hikiwake.explain import tell
from hikiwake.model import FrozenMap
from hikiwake.properties import PROPERTIES, Verdict, Witness
from hikiwake.settlement import Conflict, GroupShares, Limit, Status
from tests.unit.explain.cast import (
    heirs,
    heirs_settled,
    islands,
    islands_settled,
    package_of,
    settled,
    uneven,
)
from tests.unit.explain.readers import LANGUAGES, told


def test_gains_are_told_exactly_and_rounded() -> None:
    """The table of gains has points, walk-away, ideal and the exact gain of each side."""
    dispute, settlement = heirs_settled()
    table = tell(dispute, settlement, "mediator").sections[2].table
    assert table is not None
    assert table.rows[0] == ("Ann", "≈76.43", "20", "100", "4/7 (about 57\u00a0%)")
    assert table.rows[1][4] == "5713/10000 (about 57\u00a0%)"


def test_how_far_apart_is_told() -> None:
    """By how much a side is ahead is the mediator's to know; equal gains are called equal."""
    assert "lie 7/10 (70\u00a0%) of the most" in told(islands(), uneven(), "mediator")
    dispute, settlement = heirs_settled()
    same = replace(settlement, package=replace(package_of(settlement), imbalance=Fraction(0)))
    assert "are exactly equal." in told(dispute, same, "mediator")


def test_the_price_of_evenness_is_told_for_each() -> None:
    """The even package that is dearer is shown with what it costs or gives each side."""
    text = told(islands(), uneven(), "mediator")
    assert "Japan | 18 | 1/4 (25\u00a0%) | −1/20 (−5\u00a0%)" in text
    assert "Russia | 18 | 1/4 (25\u00a0%) | 13/20 (65\u00a0%)" in text


def test_changes_are_told_for_everybody() -> None:
    """Each change has its effect on each side and whether it is allowed."""
    text = told(*heirs_settled(), "mediator")
    assert "| sold | Ann: −40; Ben: ≈+27.28 | no" in text
    assert "| By June | Ann: −20; Ben: ≈+1.28 | yes" in text


def test_conflicts_name_each_limit() -> None:
    """Each limit is told: the rule with whose it is, whose red line, whose walk-away value."""
    dispute = heirs()
    conflicts = (
        Conflict((Limit("rule", "ann", 2), Limit("red_line", "ben", 1))),
        Conflict((Limit("walk_away", "ann"), Limit("walk_away", "ben")), smallest=False),
    )
    settlement = settled(dispute, None, Status.NO_AGREEMENT, conflicts=conflicts)
    text = told(dispute, settlement, "mediator")
    assert "These limits cannot all hold, and no fewer limits are in conflict:" in text
    assert "Public line of one side (Ann): “The house stays in the family”" in text
    assert "Red line no. 1 of one side (Ben): “CANARY Ben needs the money” (never together:" in text
    assert "These limits cannot all hold; without any one of them, the others could:" in text
    assert "What one side has without an agreement (Ann): 20 points" in text


def test_groups_are_told_with_everybodys_part() -> None:
    """The parts of a group are shown, and the one case where it holds by itself is explained."""
    dispute, settlement = islands_settled()
    text = told(dispute, settlement, "mediator")
    assert "Not for trade: The islands" in text
    assert "Japan | 3/5 (60\u00a0%)" in text
    shares = FrozenMap({"russia": Fraction(1), "japan": None})
    alone = replace(settlement, groups=(GroupShares("islands", shares, None, True),))
    assert "fewer than two sides have anything at stake" in told(dispute, alone, "mediator")
    apart = replace(settlement, groups=(GroupShares("islands", shares, Fraction(2, 5), False),))
    assert "No package is even within it." in told(dispute, apart, "mediator")


def test_points_of_many_sides_come_three_to_a_table() -> None:
    """Points issue by issue come in tables that fit a screen, under one heading."""
    from hikiwake.model import Dispute, Item, Party, Preference
    from tests.unit.explain.cast import table

    ids = tuple(f"side{n}" for n in range(7))
    dispute = Dispute(
        tuple(Party(p) for p in ids),
        (Item("seat"),),
        FrozenMap(
            {
                p: Preference(p, FrozenMap({"seat": table(**dict.fromkeys(ids, 0) | {p: 1})}))
                for p in ids
            }
        ),
    )
    sections = tell(dispute, settle(dispute), "mediator").sections
    start = [s.heading for s in sections].index("What each side has of its best hopes")
    widths = [len(s.table.columns) for s in sections[start : start + 3] if s.table]
    assert widths == [4, 4, 2]
    assert [s.heading for s in sections[start + 1 : start + 3]] == ["", ""]


def test_engine_exactness_and_notes_are_told() -> None:
    """How it was worked out and what was noted on reading stand at the end."""
    dispute, settlement = heirs_settled(seconds=1.25)
    text = told(replace(dispute, notes=("read \x1b[2Jleniently",)), settlement, "mediator")
    assert "Engine: brute_force" in text
    assert "Exactness: exact" in text
    assert "Seconds: 1.250" in text
    assert "read [2Jleniently" in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROPERTIES)
def test_every_property_is_told_in_words(name: str, language: str) -> None:
    """Whether a property holds, not, or means nothing, it is told in a sentence of its own."""
    dispute, settlement = heirs_settled()
    witness = Witness("ann", "ben", FrozenMap({"house": "ben"}), Fraction(3, 2))
    lines: set[str] = set()
    for verdict in (
        Verdict(name, True),
        Verdict(name, False, witness),
        Verdict(name, None, why="nothing_divided"),
        Verdict(name, None, why="fewer_than_two_compared"),
        Verdict(name, None, why="not_allowed"),
        Verdict(name, None, why="another"),
    ):
        telling = tell(dispute, settlement, "mediator", language, {name: verdict})
        lines.update(line for s in telling.sections for line in s.lines)
        assert not any(name in line for line in lines if "_" in name)
    plain = tell(dispute, settlement, "mediator", language)
    assert len(lines - {line for s in plain.sections for line in s.lines}) == 6


def test_witnesses_are_told() -> None:
    """A property that fails comes with who and by how much."""
    dispute = heirs()
    settlement = settle(dispute)
    text = "\n".join(
        line
        for section in tell(
            dispute, settlement, "mediator", None, properties_of(dispute, settlement)
        ).sections
        for line in section.lines
    )
    assert "Not envy-free: a side (Ben) would rather have what another gets (Ann)" in text
    assert "Pareto-optimal: no package within all limits" in text


def test_an_unknown_property_is_told_by_its_name() -> None:
    """A property that this room has no words for is still reported."""
    dispute, settlement = heirs_settled()
    for holds, said in ((True, "kind: holds."), (False, "kind: does not hold.")):
        verdicts = {"kind": Verdict("kind", holds)}
        sections = tell(dispute, settlement, "mediator", "en", verdicts).sections
        assert any(said in line for s in sections for line in s.lines)


def test_a_verdict_has_the_word_on_what_can_be_bettered() -> None:
    """If the referee finds the package can be bettered, no text says more of it than the rule."""
    dispute, settlement = heirs_settled()
    verdicts = {"pareto_optimal": Verdict("pareto_optimal", False)}
    joint = tell(dispute, settlement, "joint", "en", verdicts)
    lines = [line for section in joint.sections for line in section.lines]
    said = [line for line in lines if "better for one side" in line]
    assert all("What counts as a draw:" in line for line in said)
