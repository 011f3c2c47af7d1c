"""Cells of a score sheet: the words of headings and last lines, and numbers as people type them."""

from __future__ import annotations

import re
from fractions import Fraction

from hikiwake.formats.scoresheet.words import (
    HEADINGS,
    NEVER_ELSE,
    NOTHING,
    THRESHOLD,
    same,
    without,
)
from hikiwake.numeric import exact

_MEANT = re.compile(r"(?:(?:your|my|our|the) )?(.*?)(?: (?:value|price|points?|score))?")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")

_SPACED = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
_PARTED = re.compile(r"([+-]?[1-9]\d{0,2}(?:[ '’]\d{3})+)([.,]\d+)?", re.ASCII)
_COMMAS = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+\.\d+|(?:,\d{3}){2,})", re.ASCII)
_POINTS = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})", re.ASCII)
_COMMA_OR_THOUSAND = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
_POINT_OR_THOUSAND = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_BARE_POINT = re.compile(r"([+-]?)(\d*)\.(\d*)", re.ASCII)
_WITH_UNIT = re.compile(r"[€$£¥₽]\s*[+-]?[\d.,]+|[+-]?\d[\d.,]*\s*(?:[^\W\d_]{2,}\.?|[€$£¥₽円])")
_WIDE = str.maketrans("０１２３４５６７８９．，＋－／−", "0123456789.,+-/-")


def heading_of(text: str) -> str | None:
    """Return which column a heading stands over, if any.

    Examples
    --------
    >>> [heading_of(text) for text in ("Points (out of 100):", "Punkte", "点数", "Notes")]
    ['points', 'points', 'points', None]
    """
    word = plainly(text)
    return next((name for name, words in HEADINGS.items() if word in words), None)


def plainly(text: str) -> str:
    """Return a heading as words are compared, without what stands in brackets at its end."""
    return same(_ASIDE.sub("", same(text)))


def tells_threshold(issue: str, option: str) -> bool:
    """Tell whether a line gives what the party keeps without an agreement.

    Words that may also mean an issue or an option do so only where no option, or issue, stands
    beside them.

    Examples
    --------
    >>> [tells_threshold(*cells) for cells in (("Your BATNA:", ""), ("", "Threshold"))]
    [True, True]
    >>> [tells_threshold(*cells) for cells in (("Reservation", "none"), ("", "No deal"))]
    [False, False]
    """
    if not option:
        return _word(issue) in THRESHOLD
    if not issue:
        return _word(option) in NEVER_ELSE
    return _word(issue) in NEVER_ELSE and _word(option) in NOTHING


def _word(text: str) -> str:
    plain = plainly(text)
    match = _MEANT.fullmatch(plain)
    return match[1] if match else plain


def points_of(text: str, decimal_comma: bool, point_parts: bool = False) -> Fraction:
    """Return the number in a cell: a decimal or fraction, thousands parted or not.

    Parameters
    ----------
    text
        What stands in the cell, with single blanks.
    decimal_comma
        Whether a comma may begin the decimals.
    point_parts
        Whether a point may part thousands, as where lists are parted by semicolons.

    Raises
    ------
    ValueError
        If it is none, or can be read in two ways. The message never repeats it.

    Examples
    --------
    >>> points_of("−12,5", True), points_of(".5", False), points_of("1 500", False)
    (Fraction(-25, 2), Fraction(1, 2), Fraction(1500, 1))
    >>> points_of("40 pts", False), points_of("４０点", False)
    (Fraction(40, 1), Fraction(40, 1))
    """
    plain = _SPACED.sub("", without(HEADINGS["points"], text.translate(_WIDE)))
    if plain.endswith("%"):
        raise ValueError("a number with a percent sign")
    if _WITH_UNIT.fullmatch(plain):
        raise ValueError("a number with a unit beside it")
    if match := _PARTED.fullmatch(plain):
        plain = re.sub(r"[ '’]", "", match[1]) + (match[2] or "").replace(",", ".")
    elif _COMMAS.fullmatch(plain):
        plain = plain.replace(",", "")
    elif decimal_comma and _POINTS.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif _COMMA_OR_THOUSAND.fullmatch(plain):
        raise ValueError("a number whose comma may part thousands or decimals")
    elif point_parts and _POINT_OR_THOUSAND.fullmatch(plain):
        raise ValueError("a number whose point may part thousands or decimals")
    elif decimal_comma and _COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    if (match := _BARE_POINT.fullmatch(plain)) and (match[2] or match[3]):
        plain = f"{match[1]}{match[2] or '0'}.{match[3] or '0'}"
    return exact(plain)
