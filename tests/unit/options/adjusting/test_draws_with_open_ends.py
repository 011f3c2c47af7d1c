"""Draws of two sides on a straight part of the frontier whose ends are no draws themselves."""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

from hikiwake.api import adjust
from hikiwake.model import Share
from tests.conformance.builders import choice, preference, red_line, rule
from tests.conformance.builders import dispute as built
from tests.unit.options.adjusting.test_adjust import listed


def test_a_draw_between_two_others_that_are_bettered_is_found() -> None:
    """Of a straight part whose ends are both bettered, what lies inside is a draw, and is told."""
    one = {"c0": 6, "c1": 94, "c2": 10, "c3": 12}
    other = {"c0": 12, "c1": 10, "c2": 94, "c3": 6}
    rest = {"rest": {"all": 187}, "land": 47}
    dispute = built(
        [choice("rest", "all"), choice("car", "ann", "ben"), choice("way", *one), Share("land")],
        preference(
            "ann",
            {**rest, "car": {"ann": 100, "ben": 58}, "way": one},
            red_lines=(red_line(way="c1", land={"ann": {"below": "2/3"}}),),
        ),
        preference("ben", {**rest, "car": {"ann": 0, "ben": 100}, "way": other}),
        rules=(rule(car="ann", way="c0"),),
        price=Fraction(1),
    )
    adjusting = adjust(dispute)
    assert any(adjusting.is_draw(outcome) for outcome in listed(dispute))
    for outcome in islice(listed(dispute), 0, None, 4):
        told = adjusting.repairs(outcome)
        assert adjusting.is_draw(outcome) or told.draw is not None
        assert told.draw is None or adjusting.is_draw(told.draw.package.outcome)
