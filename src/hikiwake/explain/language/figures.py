"""Numbers as people of each language write them. For showing only: nothing is decided here."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hikiwake.numeric import decimal_text

NO_BREAK = "\u00a0"
MINUS = "−"
ABOUT = "≈"
_THOUSANDS = {"en": ",", "ja": ",", "ru": NO_BREAK}
_POINT = {"en": ".", "ja": ".", "ru": ","}
_WRITTEN_OUT = 10**15
_LONG = 10_000
_VERY_LONG = 10**12
_DECIMALS = 12


def whole(number: int, language: str) -> str:
    r"""Return a whole number with its thousands set apart; a huge one as a power of ten.

    Examples
    --------
    >>> whole(25600, "en"), whole(25600, "ru"), whole(-3, "ja"), whole(4 * 10**40 + 1, "en")
    ('25,600', '25\xa0600', '−3', '4 × 10^40')
    """
    if abs(number) >= _WRITTEN_OUT:
        digits, exponent = f"{Decimal(number):.1e}".split("e+")
        lead = digits.removesuffix(".0").replace(".", _POINT[language]).replace("-", MINUS)
        return f"{lead} × 10^{exponent}"
    return _set_apart(str(number), language)


def plain(number: Fraction, language: str, places: int = 2) -> str:
    """Return a number rounded to so many decimals."""
    return _set_apart(decimal_text(number, places), language)


def points(number: Fraction, language: str) -> str:
    """Return points, with ``≈`` where they had to be rounded.

    Examples
    --------
    >>> points(Fraction(400, 7), "ru"), points(Fraction(25, 2), "en")
    ('≈57,14', '12.5')
    """
    places = 4 if abs(number) < 1 else 2
    rounded = decimal_text(number, places)
    about = "" if Fraction(rounded) == number else ABOUT
    return about + _set_apart(rounded, language)


def amount(number: Fraction, language: str) -> str:
    """Return an amount as it is decided: never rounded, unless it would be far too long.

    Examples
    --------
    >>> amount(Fraction(25, 8), "ru"), amount(Fraction(100, 3), "en"), amount(Fraction(900), "ja")
    ('3,125', '100/3', '900')
    """
    for places in range(_DECIMALS + 1):
        rounded = decimal_text(number, places)
        if Fraction(rounded) == number:
            return _set_apart(rounded, language)
    return points(number, language) if is_long(number) else fraction(number)


def signed(number: Fraction, language: str) -> str:
    """Return a change in points with its sign.

    Examples
    --------
    >>> signed(Fraction(5), "en"), signed(Fraction(-5, 2), "ru"), signed(Fraction(0), "en")
    ('+5', '−2,5', '0')
    """
    text = points(number, language)
    if number <= 0:
        return text
    about = ABOUT if text.startswith(ABOUT) else ""
    return f"{about}+{text.removeprefix(ABOUT)}"


def fraction(number: Fraction) -> str:
    """Return a part of something as a fraction that people read."""
    return str(number).replace("-", MINUS)


def is_finite(number: Fraction) -> bool:
    """Tell whether a number stands in decimals in full, as an amount is written."""
    return 10**_DECIMALS % number.denominator == 0


def is_long(number: Fraction, in_full: bool = False) -> bool:
    """Tell whether a fraction is too long to be read; ``in_full``: even by a patient reader."""
    return number.denominator >= (_VERY_LONG if in_full else _LONG)


def hundredths(number: Fraction, language: str, places: int = 0) -> str:
    """Return a part in hundredths, rounded, without the sign of per cent.

    Examples
    --------
    >>> hundredths(Fraction(1, 21), "en"), hundredths(Fraction(1, 21), "ru", 2)
    ('5', '4,76')
    """
    return plain(number * 100, language, places)


def whole_percent(number: Fraction) -> bool:
    """Tell whether a part is a whole number of hundredths, so that its percentage is exact."""
    return 100 % number.denominator == 0


def seconds(duration: float, language: str) -> str:
    """Return a duration in seconds."""
    return f"{duration:.3f}".replace(".", _POINT[language])


def _set_apart(text: str, language: str) -> str:
    sign, digits = (MINUS, text[1:]) if text.startswith("-") else ("", text)
    units, _, decimals = digits.partition(".")
    if len(units) > 4 or (language != "ru" and len(units) > 3):
        units = f"{int(units):,}".replace(",", _THOUSANDS[language])
    return sign + units + (_POINT[language] + decimals if decimals else "")
