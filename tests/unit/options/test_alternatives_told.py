"""What texts on alternatives say of packages: nothing that the numbers do not hold."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hikiwake import api
from hikiwake.explain import tell_alternatives
from hikiwake.model import Bonus
from tests.conformance.builders import choice, dispute, preference, rule

F = Fraction


def test_how_far_from_a_draw_is_not_told_where_nothing_is_compared() -> None:
    """Ben can gain nothing, so nothing is a draw, however wide the tolerance: no part is named."""
    one = dispute(
        [choice("car", "red", "blue")],
        preference("ann", {"car": {"red": 50, "blue": 50}}),
        preference("ben", {"car": {"red": 0, "blue": 0}}),
    )
    told = " ".join(
        tell_alternatives(one, api.alternatives(one, 2), "mediator").text(10_000).split()
    )
    assert told.count("Not a draw.") == 2
    assert "would be one" not in told


def test_what_matters_by_a_bonus_alone_is_not_told_to_be_no_matter() -> None:
    """Ann gives the day no points, but 2 to July as a bonus: her text says that it counts for her,
    and how much; the mediator reads it of her, and Ben nothing of it."""
    day = rule(day="july").never
    ann = preference("ann", {"car": {"red": 50, "blue": 50}})
    menu = dispute(
        [choice("car", "red", "blue"), choice("day", "june", "july")],
        replace(ann, bonuses=(Bonus(day, F(2)),)),
        preference("ben", {"car": {"red": 50, "blue": 50}, "day": {"june": 2, "july": 0}}),
    )
    found = api.alternatives(menu, 4)
    others = [p for p in found.packages if p.together["ann"]]
    assert {abs(p.together["ann"]) for p in others} == {2}
    texts = {
        reader: " ".join(tell_alternatives(menu, found, reader).text(10_000).split())
        for reader in ("mediator", "ann", "ben", "joint")
    }
    said = "What hangs together makes a difference of"
    assert texts["ann"].count(said) == len(others)
    assert texts["ann"].count("only by what hangs together: day –") == len(others)
    assert "no matter to you: day" not in texts["ann"]
    assert not any("hang" in texts[reader] for reader in ("ben", "joint"))
    assert "by issues that hang together" in texts["mediator"]
