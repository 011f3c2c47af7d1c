"""Exact numbers: decimals and fractions in, integers over one denominator inside.

The only module that knows a tolerance, and the only one that rounds: for showing, never for
deciding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import lcm

DEFAULT_TOLERANCE = Fraction(1, 20)
DEFAULT_PRICE = Fraction(1, 10)

MAX_DIGITS = 60
MAX_DIGITS_DECIDED = 3_000  # of a part or number that was worked out
MAX_EXPONENT = 60
MAX_DENOMINATOR_BITS = 8_192
INT64_SAFE = 2**62
_AT_ONCE = 20
_WRITTEN_OUT = 10**15

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9][0-9_]*)(?:\.(?P<decimals>[0-9]+))?"
    r"(?:[eE](?P<exponent>[+-]?[0-9]{1,12}))?(?:/(?P<divisor>[0-9]+))?",
    re.ASCII,
)


def exact(value: object, digits: int = MAX_DIGITS) -> Fraction:
    """Return the number that a file means, exactly.

    Parameters
    ----------
    value
        An integer, a :class:`~decimal.Decimal`, a fraction, or a text such as ``"0.05"``,
        ``"1/20"`` or ``"12e3"``.
    digits
        How many it may have.

    Raises
    ------
    ValueError
        If it is no number, or has more digits or a larger exponent than H1 allows. The message
        never repeats the value.

    Examples
    --------
    >>> exact("0.05")
    Fraction(1, 20)
    >>> exact("1e999999999")
    Traceback (most recent call last):
    ValueError: a number with an exponent beyond ±60
    """
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal | Fraction):
        raise ValueError(f"{kind_of(value)} where a number is needed")
    if isinstance(value, Fraction):
        return value
    if isinstance(value, int):
        if abs(value) >= 10**digits:
            raise ValueError(f"a number with more than {digits} digits")
        return Fraction(value)
    return _parse(str(value).strip(), digits)


def _parse(text: str, digits: int) -> Fraction:
    match = _NUMBER.fullmatch(text) if len(text) <= 4 * digits else None
    if match is None:
        long = len(text) > 4 * digits
        raise ValueError(
            f"a number with more than {digits} digits" if long else "a text that is no number"
        )
    whole = match["whole"].replace("_", "")
    decimals, exponent, divisor = match["decimals"] or "", match["exponent"], match["divisor"]
    if len((whole + decimals).strip("0")) > digits or len(divisor or "") > digits:
        raise ValueError(f"a number with more than {digits} digits")
    shift = int(exponent or 0) - len(decimals)
    if abs(int(exponent or 0)) > MAX_EXPONENT or abs(shift) > 2 * MAX_EXPONENT:
        raise ValueError(f"a number with an exponent beyond ±{MAX_EXPONENT}")
    number = Fraction(int(whole + decimals)) * Fraction(10) ** shift
    if divisor is not None:
        if decimals or exponent or int(divisor) == 0:
            raise ValueError("a fraction that is not a whole number over a positive whole number")
        number /= int(divisor)
    return -number if match["sign"] == "-" else number


def kind_of(value: object) -> str:
    """Return a word for the kind of a raw value, for errors that must not repeat it."""
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "true or false"),
        (str, "a text"),
        (list, "a list"),
        (dict, "a table"),
        (type(None), "nothing"),
    )
    return next((word for kind, word in kinds if isinstance(value, kind)), "something else")


def common_denominator(numbers: Iterable[Fraction]) -> int:
    """Return the least integer by which all the numbers become integers.

    Raises
    ------
    OverflowError
        If it has more than ``MAX_DENOMINATOR_BITS`` bits: no honest table of points needs that.
    """
    denominators = list({number.denominator for number in numbers})
    denominator = 1
    for few in range(0, len(denominators), _AT_ONCE):
        denominator = lcm(denominator, *denominators[few : few + _AT_ONCE])
        if denominator.bit_length() > MAX_DENOMINATOR_BITS:
            raise OverflowError("the points have no common denominator of a usable size")
    return denominator


def total(numbers: Iterable[Fraction | int]) -> Fraction:
    """Return the sum of numbers, reduced once at the end and not after each of them.

    Examples
    --------
    >>> total([Fraction(1, 2), Fraction(1, 3), 1])
    Fraction(11, 6)
    """
    above, below = 0, 1
    for number in numbers:
        own, parts = number.as_integer_ratio()
        if parts == below:
            above += own
        else:
            common = lcm(below, parts)
            above, below = above * (common // below) + own * (common // parts), common
    return Fraction(above, below)


def wholes(numbers: Iterable[Fraction | int], unit: int) -> list[int]:
    """Return each number so many times, where that makes all of them whole.

    Examples
    --------
    >>> wholes([Fraction(1, 2), Fraction(-2, 3), 1], 6)
    [3, -4, 6]
    """
    return [number.numerator * (unit // number.denominator) for number in numbers]


def fits_int64(bound: int | Fraction) -> bool:
    """Tell whether every sum of magnitude at most ``bound`` is safe in 64 bits."""
    return 0 <= bound < INT64_SAFE


def to_grain(number: Fraction, grain: Fraction) -> Fraction:
    """Return the nearest multiple of ``grain``, halves up; the number itself if grain is 0."""
    if grain <= 0:
        return number
    return ((number / grain + Fraction(1, 2)).__floor__()) * grain


def fraction_text(number: Fraction) -> str:
    """Return ``"p/q"``, or ``"p"`` for a whole number."""
    return str(number)


def count_text(number: int) -> str:
    """Return a positive whole number for a message; a huge one as a power of ten below it.

    Examples
    --------
    >>> count_text(4_194_304), count_text(3**10_000)
    ('4,194,304', 'more than 10^4770')
    """
    if number < _WRITTEN_OUT:
        return f"{number:,}"
    return f"more than 10^{(number.bit_length() - 1) * 30_102 // 100_000}"


def decimal_text(number: Fraction, places: int = 2) -> str:
    """Return the number rounded to so many decimals, for reading only.

    Examples
    --------
    >>> decimal_text(Fraction(400, 7))
    '57.14'
    >>> decimal_text(Fraction(-1, 2), 0), decimal_text(Fraction(20))
    ('-1', '20')
    """
    scaled = (abs(number) * 10**places + Fraction(1, 2)).__floor__()
    whole, rest = divmod(scaled, 10**places)
    decimals = f"{rest:0{places}d}".rstrip("0") if places else ""
    sign = "-" if number < 0 and scaled else ""
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"


def percent(number: Fraction) -> int:
    """Return the number in whole hundredths, halves up, for reading only."""
    return int((number * 100 + Fraction(1, 2)).__floor__())
