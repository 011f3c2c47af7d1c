"""Numbers as people of each language write them."""

from fractions import Fraction

import pytest

from hikiwake.explain.language import figures
from hikiwake.explain.language.voice import Voice


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "25,600"), ("ja", "25,600"), ("ru", "25\u00a0600")]
)
def test_thousands_are_set_apart_as_the_language_does(language: str, shown: str) -> None:
    """Commas in English and Japanese, no-break spaces in Russian."""
    assert figures.whole(25_600, language) == shown


def test_four_digits_stand_together_in_russian() -> None:
    """Russian sets apart from five digits on."""
    assert figures.whole(2013, "ru") == "2013"
    assert figures.whole(2013, "en") == "2,013"


@pytest.mark.parametrize("exponent", [40, 6_000])
def test_a_huge_count_is_a_power_of_ten(exponent: int) -> None:
    """The number of packages may have thousands of digits; nobody reads them."""
    assert figures.whole(4 * 10**exponent + 1, "en") == f"4 × 10^{exponent}"


@pytest.mark.parametrize(
    ("number", "language", "shown"),
    [
        ("400/7", "en", "≈57.14"),
        ("400/7", "ru", "≈57,14"),
        ("400/7", "ja", "約57.14"),
        ("12.5", "ru", "12,5"),
        ("0.0625", "en", "0.0625"),
        ("-3", "en", "−3"),
        ("1/100000", "en", "≈0"),
    ],
)
def test_points_say_when_they_are_rounded(number: str, language: str, shown: str) -> None:
    """Points that two decimals cannot hold (four below 1) are marked as rounded."""
    assert Voice(language).points(Fraction(number)) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [("5", "+5"), ("-5/2", "−2.5"), ("0", "0"), ("1/3", "≈+0.3333"), ("-4/3", "≈−1.33")],
)
def test_changes_have_a_sign(number: str, shown: str) -> None:
    """What a change does carries plus or minus, and nothing at 0."""
    assert Voice("en").signed(Fraction(number)) == shown


@pytest.mark.parametrize(
    ("number", "language", "shown"),
    [
        ("20/21", "en", "20/21 (about 95\u00a0%)"),
        ("20/21", "ru", "20/21 (около 95\u00a0%)"),
        ("20/21", "ja", "20/21（約95%）"),
        ("1/20", "en", "1/20 (5\u00a0%)"),
        ("1/900", "en", "1/900 (less than 1\u00a0%)"),
        ("440/441", "en", "440/441 (more than 99\u00a0%)"),
        ("440/441", "ja", "440/441（99%超）"),
        ("1", "en", "100\u00a0%"),
        ("-1/20", "en", "−1/20 (−5\u00a0%)"),
        ("12345/98765", "ru", "≈12,5\u00a0%"),
    ],
)
def test_parts_are_fractions_that_people_read(number: str, language: str, shown: str) -> None:
    """A part is shown as a fraction and about how much that is; a very long one only rounded."""
    assert Voice(language).part(Fraction(number)) == shown


def test_a_long_fraction_in_full_is_exact() -> None:
    """The mediator reads the exact fraction where a side reads a rounded one."""
    assert Voice("en").part(Fraction(12345, 98765), in_full=True).startswith("2469/19753 (about")
