"""Numbers as files write them: kept as text until they are exact. No float anywhere (H1)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hikiwake.numeric import exact, kind_of

_READABLE_INT = 60


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


def number(raw: object) -> Fraction:
    """Return the exact number that a raw value means.

    Raises
    ------
    ValueError
        If it is none, or beyond H1. The message never repeats the value.
    """
    if isinstance(raw, Bare):
        if raw.text.lstrip("+-")[:1].isdigit():
            return exact(raw.text)
        raise ValueError("something that is not a finite number")
    return exact(raw)


def is_number(raw: object) -> bool:
    """Tell whether a raw value is a number without quotes."""
    return isinstance(raw, int | Bare) and not isinstance(raw, bool)


def kind(raw: object) -> str:
    """Return a word for the kind of a raw value, for errors that must not repeat it."""
    if is_number(raw):
        return "a number"
    return "a date or time" if hasattr(raw, "isoformat") else kind_of(raw)
