"""Points as ranges: the middle counts, the range is kept, and writing gives it back (H28)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hikiwake import api
from hikiwake.explain import JOINT, MEDIATOR, tell
from hikiwake.formats.native import dispute_from_text, write
from hikiwake.model import WALK_AWAY, Answer, Curve, Linear

F = Fraction
RANGED = """
hikiwake = 1
parties = [{ id = "ann" }, { id = "ben" }]
issues = [
    { id = "piano", kind = "item", others = ["sold"] },
    { id = "savings", kind = "share" },
    { id = "rent", kind = "amount", min = 0, max = 10, step = 1 },
    { id = "month", kind = "choice", options = ["june", "july"] },
]
[preferences.ann]
walk_away = [1, 2]
points = { piano = [50, 60], savings = ["1/3", 1] }
values.month = { june = [3, 4], july = 0 }
curves.rent = [[0, [5, 6]], [10, 0]]
[[preferences.ann.bonuses]]
when = { month = "june" }
points = [-2, 2]
[preferences.ben]
points = { piano = { ann = 0, ben = 40, sold = [-1, 1] }, savings = 30 }
"""
TOLD = "are ranges: here the middle of each counts"


def test_the_middle_counts_and_the_range_is_kept() -> None:
    """Every place for points takes a range: the number is its middle, the ends stand beside it."""
    ann = dispute_from_text(RANGED).preferences["ann"]
    spans = {
        Answer("issue", "piano", "ann"): (50, 60),
        Answer("issue", "savings"): (F(1, 3), 1),
        Answer("issue", "month", "june"): (3, 4),
        Answer("issue", "rent", place=1): (5, 6),
        Answer("bonus", place=1): (-2, 2),
        WALK_AWAY: (1, 2),
    }
    assert dict(ann.ranges) == spans
    numbers = ann.answers()
    assert all(numbers[answer] == F(low + high) / 2 for answer, (low, high) in spans.items())
    assert ann.walk_away == F(3, 2)


@pytest.mark.parametrize("form", ["toml", "json"])
def test_what_is_written_reads_back_with_its_ranges(form: str) -> None:
    """A dispute with ranges, written as TOML or JSON and read again, is the same dispute."""
    dispute = dispute_from_text(RANGED)
    assert dispute_from_text(write(dispute, "json" if form == "json" else "toml")) == dispute


def test_answers_can_be_replaced_one_by_one() -> None:
    """Replaced answers stand where they stood, the others stay, and no range is left."""
    ann = dispute_from_text(RANGED).preferences["ann"]
    given = {answer: number + 1 for answer, number in ann.answers().items()}
    changed = ann.with_answers(given)
    assert changed.answers() == given
    assert not changed.ranges
    assert changed.points["savings"] == Linear(F(5, 3))
    assert changed.points["rent"] == Curve(((F(0), F(13, 2)), (F(10), F(1))))
    assert ann.with_answers({}).answers() == ann.answers()


def test_only_who_gave_ranges_and_the_mediator_are_told_of_them() -> None:
    """The text says that middles count to the mediator and to the side that was unsure, alone."""
    dispute = dispute_from_text(RANGED.replace("[-1, 1]", "0"))
    settlement = api.settle(dispute)
    told = {a: tell(dispute, settlement, a).text(10_000) for a in (MEDIATOR, "ann", "ben", JOINT)}
    assert [TOLD in told[a] for a in (MEDIATOR, "ann", "ben", JOINT)] == [True, True, False, False]
