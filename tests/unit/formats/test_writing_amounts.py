"""Amounts without steps in the files of GENIUS and NegMAS: written, and read again as they were."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hikiwake.api import settle
from hikiwake.errors import Unsupported
from hikiwake.formats import read
from hikiwake.formats.convert import exported
from hikiwake.model import (
    Amount,
    Choice,
    Curve,
    Dispute,
    FrozenMap,
    Option,
    Party,
    Preference,
    Table,
)
from hikiwake.model.preference import Points
from tests.drawing import Draw

Corners = list[tuple[Fraction, Fraction]]

LEVELS = st.integers(-40, 60).map(Fraction) | st.integers(1, 40).map(lambda n: Fraction(n, 7))
PLACES = st.decimals(-20, 20, places=2).map(Fraction)


def dispute_of(*curves: Corners, walk_away: int = 0) -> Dispute:
    """Return a dispute over a rent, with a curve for each party, and over a month."""
    month = Choice("month", (Option("june"), Option("july")))
    rent = Amount("rent", curves[0][0][0], curves[0][-1][0])
    preferences: dict[str, Preference] = {}
    for number, corners in enumerate(curves):
        table = Table(FrozenMap({"june": Fraction(number), "july": Fraction(3)}))
        points: dict[str, Points] = {"rent": Curve(tuple(corners)), "month": table}
        own = f"p{number}"
        preferences[own] = Preference(own, FrozenMap(points), walk_away=Fraction(walk_away))
    return Dispute(tuple(map(Party, preferences)), (rent, month), FrozenMap(preferences))


def again(dispute: Dispute, form: str) -> Dispute:
    """Return what is read of what is written."""
    files = exported(dispute, form).files
    with TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        return read(Path(folder))


def check_the_same(old: Dispute, new: Dispute) -> None:
    """Compare, at every corner and between them, points above the walk-away, up to one factor."""
    amount = new.issue("rent")
    assert isinstance(amount, Amount)
    assert (amount.min, amount.max, amount.step) == (*ends(old), None)
    for party, own in old.preferences.items():
        curve, factor = own.points["rent"], None
        assert isinstance(curve, Curve)
        places = [x for x, _ in curve.corners]
        places += [(a + b) / 2 for a, b in pairwise(places)]
        for place in places:
            for month in ("june", "july"):
                package = {"rent": place, "month": month}
                before = old.utility(party, package) - old.walk_away(party)
                after = new.utility(party, package) - new.walk_away(party)
                if factor is None and before:
                    factor = after / before
                    assert factor > 0
                assert after == before * (factor or 0)


def ends(dispute: Dispute) -> tuple[Fraction, Fraction]:
    """Return the ends of the range."""
    amount = dispute.issue("rent")
    assert isinstance(amount, Amount)
    return amount.min, amount.max


@st.composite
def bent(draw: Draw) -> list[Corners]:
    """Two parties' curves over one range: any number of corners, any levels."""
    low, high = sorted(draw(st.lists(PLACES, min_size=2, max_size=2, unique=True)))
    found: list[Corners] = []
    for _ in range(2):
        inside = [x for x in draw(st.lists(PLACES, max_size=5, unique=True)) if low < x < high]
        found.append([(x, draw(LEVELS)) for x in (low, *sorted(inside), high)])
    return found


@given(curves=bent(), walk_away=st.integers(-60, 10))
@settings(max_examples=60)
def test_negmas_holds_points_that_bend_anyhow(curves: list[Corners], walk_away: int) -> None:
    """Written as a sum of trapezoids, and read again, every number is worth what it was."""
    pytest.importorskip("yaml")
    dispute = dispute_of(*curves, walk_away=walk_away)
    check_the_same(dispute, again(dispute, "negmas"))


@st.composite
def held_by_genius(draw: Draw) -> Corners:
    """A line, flat at one end or not, or a rise and a fall with or without flat ends, over 0–8."""
    a, b, c = (Fraction(n) for n in draw(st.sampled_from(((1, 3, 5), (2, 4, 6), (1, 2, 6)))))
    low, high = Fraction(0), Fraction(8)
    base, top = sorted(draw(st.lists(LEVELS, min_size=2, max_size=2, unique=True)))
    end = base + (top - base) * Fraction(draw(st.integers(0, 9)), 10)
    return draw(
        st.sampled_from(
            (
                [(low, base), (high, top)],
                [(low, top), (high, base)],
                [(low, base), (high, base)],
                [(low, base), (a, base), (high, top)],
                [(low, top), (a, top), (high, base)],
                [(low, base), (a, top), (high, top)],
                [(low, top), (a, base), (high, base)],
                [(low, base), (a, base), (a + 4, top), (high, top)],
                [(low, base), (b, top), (high, end)],
                [(low, end), (b, top), (high, base)],
                [(low, base), (a, base), (b, top), (c, base), (high, base)],
            )
        )
    )


@given(curves=st.lists(held_by_genius(), min_size=2, max_size=2), extra=st.integers(0, 20))
@settings(max_examples=100)
def test_genius_holds_lines_cut_lines_and_triangles(curves: list[Corners], extra: int) -> None:
    """Written as evaluators of real issues, and read again, every number is worth what it was."""
    least = max(min(y for _, y in corners) for corners in curves) + 3 + extra
    dispute = dispute_of(*curves, walk_away=int(least) + 1)
    check_the_same(dispute, again(dispute, "genius"))


@pytest.mark.parametrize("form", ["genius", "negmas"])
def test_the_settlement_is_the_same(form: str) -> None:
    """A rent of any height and a month settle alike from our own file and from the other's."""
    if form == "negmas":
        pytest.importorskip("yaml")
    five, zero = (Fraction(5), Fraction(60)), (Fraction(0), Fraction(10))
    dispute = dispute_of(
        [zero, five, (Fraction(8), Fraction(10))],
        [(Fraction(0), Fraction(1)), (Fraction(8), Fraction(90, 7))],
        walk_away=10,
    )
    one, two = settle(dispute), settle(again(dispute, form))
    assert (one.status, one.outcome, one.gains) == (two.status, two.outcome, two.gains)
    assert one.outcome is not None


def test_what_genius_does_not_say_is_refused_with_its_reason() -> None:
    """A valley, or two bends upward, are no evaluator of GENIUS: named, with what is there."""
    zero, two, four = Fraction(0), Fraction(2), Fraction(4)
    valley = [(zero, four), (two, zero), (four, four)]
    straight = [(zero, zero), (four, four)]
    with pytest.raises(Unsupported) as caught:
        exported(dispute_of(straight, valley), "genius")
    (fault,) = caught.value.faults
    assert fault.object == "Party 'p1'"
    assert fault.found == "points for 'rent' that no evaluator of GENIUS gives in finite decimals"
    assert "NegMAS" in fault.remedy


@pytest.mark.parametrize("form", ["genius", "negmas"])
def test_ends_that_are_no_decimals_are_refused(form: str) -> None:
    """A range up to a third has no place in files that hold finite decimals."""
    corners = [(Fraction(0), Fraction(0)), (Fraction(1, 3), Fraction(4))]
    with pytest.raises(Unsupported, match="Issue 'rent': a range that ends or bends at others"):
        exported(dispute_of(corners, corners), form)


@pytest.mark.parametrize("form", ["csv", "xlsx", "geniusweb"])
def test_lists_and_steps_hold_no_endless_amounts(form: str) -> None:
    """Score sheets and GeniusWeb know lists and steps only, and the fault says so."""
    pytest.importorskip("openpyxl")
    corners = [(Fraction(0), Fraction(0)), (Fraction(3), Fraction(4))]
    with pytest.raises(Unsupported, match="numbers stand in lists or come in steps"):
        exported(dispute_of(corners, corners), form)
