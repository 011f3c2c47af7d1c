"""What is written is read back equal, number for number, text for text."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hikiwake.errors import Unsupported
from hikiwake.formats.native import dispute_from_text, preference_data, to_data, toml, write
from hikiwake.formats.native.numbers import number_data
from hikiwake.model import Dispute, FrozenMap, Text
from tests.strategies import disputes, paying_disputes, share_disputes
from tests.unit.formats.samples import COMPLETE, PAYING, SMALL

FORMS: tuple[Literal["toml", "json"], ...] = ("toml", "json")
UNUSUAL = 'quote " backslash \\ tab \t line\nemoji 😀 delete \x7f 家 é'


@pytest.mark.parametrize("form", FORMS)
@given(dispute=st.one_of(disputes(), share_disputes(), paying_disputes()))
def test_random_disputes_come_back_equal(form: Literal["toml", "json"], dispute: Dispute) -> None:
    """read(write(d)) == d, in both forms, for disputes with every kind of part but amounts."""
    assert dispute_from_text(write(dispute, form)) == dispute


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", [COMPLETE, SMALL, PAYING])
def test_samples_come_back_equal(form: Literal["toml", "json"], text: str) -> None:
    """Amounts, curves, bounds, names and status quo survive as well."""
    rules = (
        '\n[[rules]]\nnever = { money = { ann = { below = "1/3" } }, hours = { above = 0.5 } }'
        '\n[[rules]]\nnever = { rent = [1, 2], colour = ["red", "blue"] }'
        '\n[status_quo]\nmoney = { ann = "1/3", ben = "2/3" }\nhours = 0.125'
        if text == SMALL
        else ""
    )
    dispute = dispute_from_text(text + rules)
    assert dispute_from_text(write(dispute, form)) == dispute


@pytest.mark.parametrize("form", FORMS)
def test_unusual_texts_come_back_equal(form: Literal["toml", "json"]) -> None:
    """Quotes, line ends, emoji and keys that need quoting are escaped as each form wants it."""
    dispute = dispute_from_text(SMALL)
    plain = replace(dispute, title=Text.of({"en": UNUSUAL.replace("\x7f", ""), "ja": "家"}))
    assert dispute_from_text(write(plain, form)) == plain
    ann = replace(plain.parties[0], names=FrozenMap({"en": FrozenMap({"colour.red": "a\nb"})}))
    named = replace(plain, parties=(ann, plain.parties[1]))
    assert dispute_from_text(write(named, form)) == named


def test_toml_writer_agrees_with_the_standard_reader() -> None:
    """Any tree of texts, integers, truth values, lists and tables comes back from tomllib."""
    tree = {
        "a b": {"": 1, "c": {"d": {}}, "empty": []},
        "é": [[1, "x"], [], [True, {"k": UNUSUAL}]],
        "tables": [{"t": {"u": [{"v": 1}, {}]}}, {}],
        "last": False,
    }
    assert tomllib.loads(toml.dumps(tree)) == tree


@given(
    st.one_of(
        st.fractions(max_denominator=10**12),
        st.decimals(allow_nan=False, allow_infinity=False, places=30).map(Fraction),
        st.integers(-(10**60) + 1, 10**60 - 1).map(Fraction),
    )
)
def test_numbers_come_back_equal(number: Fraction) -> None:
    """Whole numbers, decimals and fractions are written so that they are read the same (H1)."""
    written = json.dumps(number_data(number))
    text = SMALL.replace("[preferences.ann]", f"[preferences.ann]\nwalk_away = {written}")
    assert dispute_from_text(text).preferences["ann"].walk_away == number


@pytest.mark.parametrize("text", ["1e-60", "1e60", "123e-60", f"0.{'0' * 59}1e-60", "9" * 60])
def test_extreme_numbers_come_back_equal(text: str) -> None:
    """The smallest and the largest numbers that a file may hold can be written, too."""
    number = Fraction(Decimal(text))
    source = SMALL.replace("[preferences.ann]", f'[preferences.ann]\nwalk_away = "{text}"')
    dispute = dispute_from_text(source)
    assert dispute.preferences["ann"].walk_away == number
    assert dispute_from_text(write(dispute)) == dispute


def test_number_that_no_file_may_hold_is_refused() -> None:
    """A fraction of more than 60 digits is not written as something else."""
    with pytest.raises(Unsupported):
        number_data(Fraction(1, 3 * 10**60 + 1))


def test_preference_alone_is_what_its_own_file_holds() -> None:
    """One party's preference is written as the content of preferences/<party>.toml."""
    dispute = dispute_from_text(COMPLETE)
    ann = preference_data(dispute.preferences["ann"], dispute)
    assert ann == to_data(dispute)["preferences"]["ann"]
    assert tomllib.loads(toml.dumps(ann)) == ann
