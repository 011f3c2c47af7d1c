"""Numbers as files write them: kept as text until they are exact. No float anywhere (H1)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hikiwake.errors import Fault, Unsupported
from hikiwake.numeric import MAX_DIGITS, MAX_EXPONENT, exact, kind_of

_READABLE_INT = 60
_PLAIN_INTEGER = 2**63


@dataclass(frozen=True, slots=True)
class Bare:
    """A number that stands in a file without quotes, as its text."""

    text: str


def toml_float(text: str) -> Bare:
    """Keep a TOML float as its text."""
    return Bare(text.replace("_", ""))


def json_int(text: str) -> int | Bare:
    """Return a JSON integer, or its text where no honest number is that long."""
    return int(text) if len(text) <= _READABLE_INT else Bare(text)


def number(raw: object, digits: int = MAX_DIGITS) -> Fraction:
    """Return the exact number that a raw value means; it may have so many digits.

    Raises
    ------
    ValueError
        If it is none, or beyond H1. The message never repeats the value.
    """
    if isinstance(raw, Bare):
        if raw.text.lstrip("+-")[:1].isdigit():
            return exact(raw.text, digits)
        raise ValueError("something that is not a finite number")
    return exact(raw, digits)


def is_number(raw: object) -> bool:
    """Tell whether a raw value is a number without quotes."""
    return isinstance(raw, int | Bare) and not isinstance(raw, bool)


def kind(raw: object) -> str:
    """Return a word for the kind of a raw value, for errors that must not repeat it."""
    if is_number(raw):
        return "a number"
    return "a date or time" if hasattr(raw, "isoformat") else kind_of(raw)


def number_data(number: Fraction) -> int | str:
    """Return a number as a file holds it: whole, as a decimal, or as a fraction in a text.

    Examples
    --------
    >>> number_data(Fraction(7)), number_data(Fraction(1, 8)), number_data(Fraction(-1, 3))
    (7, '0.125', '-1/3')
    """
    if number.denominator == 1 and abs(number) < _PLAIN_INTEGER:
        return int(number)
    text = _decimal(number) or str(number)
    digits = max(len(part.strip("-").replace(".", "").strip("0")) for part in text.split("/"))
    if digits > MAX_DIGITS or len(text) > 4 * MAX_DIGITS:
        raise Unsupported(
            Fault(
                "A number",
                "more digits than a file may hold",
                f"At most {MAX_DIGITS}",
                "H1",
                "Round the dispute's numbers first.",
            )
        )
    return text


def _decimal(number: Fraction) -> str:
    """Return a finite decimal, or an empty text where the number has none."""
    places, rest = 0, number.denominator
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest, power = rest // prime, power + 1
        places = max(places, power)
    if rest != 1 or places > 2 * MAX_EXPONENT:
        return ""
    whole, decimals = divmod(abs(number) * 10**places, 10**places)
    tail = f".{int(decimals):0{places}d}" if places else ""
    return f"{'-' if number < 0 else ''}{whole}{tail}"
