"""Numbers are read exactly, within bounds, and rounded only for reading (H1)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from hikiwake import numeric
from hikiwake.numeric import (
    common_denominator,
    decimal_text,
    exact,
    fits_int64,
    fraction_text,
    kind_of,
    percent,
    to_grain,
    total,
    wholes,
)

F = Fraction


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (7, F(7)),
        (-7, F(-7)),
        (F(2, 7), F(2, 7)),
        (Decimal("12.5"), F(25, 2)),
        (Decimal("1E+3"), F(1000)),
        ("0.05", F(1, 20)),
        ("1/20", F(1, 20)),
        ("-2/6", F(-1, 3)),
        ("+5", F(5)),
        ("-0.5", F(-1, 2)),
        ("12e3", F(12_000)),
        ("1.25E-2", F(1, 80)),
        ("1_000", F(1000)),
        (" 3 ", F(3)),
        ("0.1", F(1, 10)),
        ("1e60", F(10**60)),
        ("1e-60", F(1, 10**60)),
        ("9" * 60, F(10**60 - 1)),
        ("0/5", F(0)),
    ],
)
def test_a_number_is_what_is_written(written: object, meant: Fraction) -> None:
    """Whole numbers, decimals, powers of ten and fractions are read without any rounding."""
    assert exact(written) == meant


@pytest.mark.parametrize(
    "written",
    ["", " ", "abc", ".5", "5.", "1 2", "--1", "0x10", "nan", "inf", "1,5", "1e", "1/", "/2",
     "1/-2", "\u0663", "\uff13", "1\uff0f2", "1e\u0662", "\u00bd", "5\n5"],
)  # fmt: skip
def test_other_texts_are_no_numbers(written: str) -> None:
    """What is no plain ASCII number is refused, other scripts' digits included."""
    with pytest.raises(ValueError, match="no number"):
        exact(written)


@pytest.mark.parametrize("written", ["1/0", "1.5/2", "1e2/3"])
def test_a_fraction_has_whole_numbers(written: str) -> None:
    """A fraction is one whole number over a positive one, nothing else."""
    with pytest.raises(ValueError, match="whole number over a positive whole number"):
        exact(written)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("1e61", "exponent"),
        ("1e-61", "exponent"),
        ("1e999999999", "exponent"),
        ("-1e-999999999", "exponent"),
        (Decimal("1e999999"), "exponent"),
        ("0." + "0" * 130 + "1", "exponent"),
        ("1" * 61, "digits"),
        ("0." + "1" * 61, "digits"),
        ("1/" + "3" * 61, "digits"),
        ("1" * 100_000, "digits"),
        (10**60, "digits"),
        (-(10**60), "digits"),
    ],
)
def test_absurd_numbers_are_refused(written: object, why: str) -> None:
    """More than 60 digits or an exponent beyond ±60 is refused at once (H1)."""
    with pytest.raises(ValueError, match=why):
        exact(written)


@pytest.mark.parametrize("written", [1.5, True, None, [1], {"a": 1}, b"1"])
def test_floats_and_other_things_are_no_numbers(written: object) -> None:
    """Floats, truth values, lists, tables and nothing at all are refused as numbers."""
    with pytest.raises(ValueError, match="where a number is needed"):
        exact(written)


@pytest.mark.parametrize("written", ["87654321x", "8765.4321/3", "87654321e61", "87654321" * 8])
def test_a_refusal_never_repeats_the_number(written: str) -> None:
    """The message holds nothing of the private value that was refused (H14)."""
    with pytest.raises(ValueError, match=r"number") as caught:
        exact(written)
    assert "8765" not in str(caught.value)


def test_kinds_have_words() -> None:
    """Each kind of raw value has a word, and a truth value is not called a number."""
    raw: tuple[object, ...] = (True, "x", [], {}, None, 1.5)
    words = ["true or false", "a text", "a list", "a table", "nothing", "something else"]
    assert [kind_of(value) for value in raw] == words


def test_the_common_denominator_is_the_least() -> None:
    """Quarters and sixths become whole twelfths; nothing at all is over 1."""
    assert common_denominator([F(1, 4), F(5, 6), F(-7)]) == 12
    assert common_denominator([]) == 1


def test_the_common_denominator_is_bounded() -> None:
    """A denominator of 8,192 bits is still usable, one of 8,193 bits is not."""
    most = numeric.MAX_DENOMINATOR_BITS
    assert common_denominator([F(1, 2 ** (most - 1))]).bit_length() == most
    with pytest.raises(OverflowError):
        common_denominator([F(1, 2**most)])


def test_a_total_is_the_sum() -> None:
    """Of whole numbers and fractions of any sign and size, of one and of none."""
    chance = Random(3)
    for count in range(40):
        given = [
            Fraction(chance.randint(-99, 99) * 10 ** chance.choice((0, 40)), chance.randint(1, 60))
            for _ in range(count // 2)
        ]
        given += [chance.randint(-9, 9) for _ in range(count % 3)]
        found = total(given)
        assert found == sum(given, start=Fraction(0))
        assert isinstance(found, Fraction)


def test_wholes_are_the_numbers_so_many_times() -> None:
    """Whole numbers and fractions of either sign, times any multiple of all denominators."""
    chance = Random(4)
    for count in range(20):
        given = [F(chance.randint(-99, 99), chance.randint(1, 60)) for _ in range(count)]
        unit = common_denominator(given) * chance.randint(1, 9)
        assert wholes([*given, 7], unit) == [*(number * unit for number in given), 7 * unit]


def test_64_bits_are_used_only_below_a_proven_bound() -> None:
    """Sums below 2**62 are safe in 64 bits, those that could reach it are not."""
    assert fits_int64(2**62 - 1)
    assert fits_int64(F(2**62) - F(1, 2))
    assert not fits_int64(2**62)
    assert not fits_int64(-1)


@pytest.mark.parametrize(
    ("number", "grain", "shown"),
    [
        (F("0.57"), F(1, 20), F("0.55")),
        (F("0.525"), F(1, 20), F("0.55")),
        (F("0.5249"), F(1, 20), F("0.5")),
        (F(-1, 40), F(1, 20), F(0)),
        (F(-3, 40), F(1, 20), F(-1, 20)),
        (F(4, 7), F(0), F(4, 7)),
    ],
)
def test_a_gain_is_shown_to_the_grain(number: Fraction, grain: Fraction, shown: Fraction) -> None:
    """The nearest multiple of the grain is shown, halves up; without a grain the number itself."""
    assert to_grain(number, grain) == shown


@pytest.mark.parametrize(
    ("number", "places", "shown"),
    [
        (F(400, 7), 2, "57.14"),
        (F(2, 3), 2, "0.67"),
        (F(1, 8), 2, "0.13"),
        (F(1, 8), 3, "0.125"),
        (F(1, 2), 2, "0.5"),
        (F(1, 2), 0, "1"),
        (F(-1, 2), 0, "-1"),
        (F(-1, 1000), 2, "0"),
        (F(-1, 3), 4, "-0.3333"),
        (F(1000), 2, "1000"),
        (F(10**40) + F(1, 4), 2, "1" + "0" * 40 + ".25"),
    ],
)
def test_decimals_are_for_reading(number: Fraction, places: int, shown: str) -> None:
    """A number is shown to so many decimals without idle zeros, and never as minus zero."""
    assert decimal_text(number, places) == shown


def test_fractions_and_hundredths_are_for_reading() -> None:
    """4/7 is written 4/7 and read as 57 hundredths; half a hundredth counts as one."""
    assert (fraction_text(F(4, 7)), fraction_text(F(20))) == ("4/7", "20")
    assert [percent(n) for n in (F(4, 7), F(1, 200), F(-1, 200), F(1))] == [57, 1, 0, 100]
