"""When a combination holds: one of some values, bounds inclusive or strict (H6)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hikiwake.model import (
    Between,
    Beyond,
    Condition,
    FrozenMap,
    OneOf,
    SharesBeyond,
    Value,
)

F = Fraction
THIRD = FrozenMap({"ann": F(1, 3), "ben": F(2, 3)})


def test_one_of_holds_for_each_of_its_values_only() -> None:
    """A list of values is an `or`: each of them passes, anything else does not."""
    test = OneOf(frozenset({"june", "july", F(3)}))
    assert all(test.holds(value) for value in ("june", "july", F(3)))
    assert not any(test.holds(value) for value in ("may", F(4), THIRD))


@pytest.mark.parametrize(
    ("low", "high", "inside", "outside"),
    [
        (F(2), F(5), [F(2), F(3), F(5)], [F(199, 100), F(501, 100)]),
        (None, F(5), [F(-9), F(5)], [F(6)]),
        (F(2), None, [F(2), F(99)], [F(1)]),
        (None, None, [F(0)], ["june", THIRD]),
        (F(5), F(2), [], [F(2), F(3), F(5)]),
    ],
)
def test_from_and_to_are_inclusive(
    low: Fraction | None, high: Fraction | None, inside: list[Value], outside: list[Value]
) -> None:
    """An amount at a bound lies between; one just beyond, or what is no number, does not."""
    test = Between(low, high)
    assert [test.holds(value) for value in inside + outside] == [True] * len(inside) + [
        False
    ] * len(outside)


@pytest.mark.parametrize(
    ("above", "below", "inside", "outside"),
    [
        (F(2), F(5), [F(201, 100), F(4)], [F(2), F(5)]),
        (None, F(5), [F(-9)], [F(5), F(6)]),
        (F(2), None, [F(99)], [F(2)]),
        (None, None, [F(0)], ["june", THIRD]),
    ],
)
def test_above_and_below_are_strict(
    above: Fraction | None, below: Fraction | None, inside: list[Value], outside: list[Value]
) -> None:
    """A number at a strict bound is not beyond it, so that what stays allowed is closed."""
    test = Beyond(above, below)
    assert [test.holds(value) for value in inside + outside] == [True] * len(inside) + [
        False
    ] * len(outside)


def test_every_named_party_must_be_beyond_its_bounds() -> None:
    """With ann above a quarter and ben above a half, a third to two thirds holds, halves do not."""
    test = SharesBeyond(FrozenMap({"ann": Beyond(F(1, 4), None), "ben": Beyond(F(1, 2), None)}))
    assert test.holds(THIRD)
    assert not test.holds(FrozenMap({"ann": F(1, 2), "ben": F(1, 2)}))
    assert not test.holds("ann")


def test_a_combination_needs_all_its_issues() -> None:
    """A combination holds only if every issue that it names passes its test."""
    both = Condition(
        FrozenMap({"house": OneOf(frozenset({"ann"})), "rent": Between(F(500), F(900))})
    )
    assert both.holds({"house": "ann", "rent": F(500), "car": "ben"})
    assert not both.holds({"house": "ann", "rent": F(450)})
    assert not both.holds({"house": "ben", "rent": F(500)})


def test_a_partial_outcome_is_not_known_to_have_the_combination() -> None:
    """Where an issue is open the combination does not hold, whatever the others are."""
    both = Condition(FrozenMap({"a": OneOf(frozenset({"x"})), "b": OneOf(frozenset({"y"}))}))
    assert not both.holds({"a": "x"})
    assert not both.holds({})
    assert both.holds({"a": "x", "b": "y"})
