"""Finite decimals, all that files of other programs hold: what is one, and what becomes one."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm

from hikiwake.errors import Unsupported
from hikiwake.formats.native.numbers import number_data

_SHORT = 10**12


def odd_part(numbers: Iterable[Fraction]) -> int:
    """Return the least whole number by which all numbers become finite decimals.

    Examples
    --------
    >>> odd_part([Fraction(1, 3), Fraction(1, 70), Fraction(1, 8)])
    21
    """
    found = 1
    for number in numbers:
        found = lcm(found, _without_tens(number.denominator))
    return found


def is_decimal(number: Fraction) -> bool:
    """Tell whether a number is a finite decimal."""
    return _without_tens(number.denominator) == 1


def is_round(number: Fraction) -> bool:
    """Tell whether a positive number and one divided by it are both short finite decimals."""
    short = max(number.numerator, number.denominator) < _SHORT
    return short and _without_tens(number.numerator) == 1 and is_decimal(number)


def is_short(number: Fraction) -> bool:
    """Tell whether a number is a finite decimal that files can hold."""
    try:
        number_data(number)
    except Unsupported:
        return False
    return is_decimal(number)


def _without_tens(number: int) -> int:
    for prime in (2, 5):
        while number % prime == 0:
            number //= prime
    return number


def ten_from(number: Fraction) -> Fraction:
    """Return the least power of ten, from 1 up, that is not below a number."""
    above = -(-number.numerator // number.denominator)
    return Fraction(10 ** len(str(above - 1))) if above > 1 else Fraction(1)


def decimal(number: Fraction) -> str:
    """Return a finite decimal as files hold it.

    Raises
    ------
    Unsupported
        If it has more digits than a file may hold (H1).
    """
    assert is_decimal(number)
    return str(number_data(number))
