"""Numbers in attributes, read exactly as they are written."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

from hikiwake.formats.genius.elements import Element
from hikiwake.formats.genius.faults import Findings
from hikiwake.numeric import exact

_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?([eE][+-]?[0-9]+)?[dDfF]?", re.ASCII)
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)


def decimal(path: Path, element: Element, key: str, what: str, findings: Findings) -> Fraction:
    """Return the number under an attribute; 0 with a fault kept where there is none."""
    text = element.attributes.get(key)
    if text is None:
        findings.missing(path, element, f"{what} is missing", f"A number under `{key}`")
        return Fraction(0)
    match = _DECIMAL.fullmatch(text.strip())
    if match is None or not (match[2] or match[3]):
        findings.missing(path, element, f"{what} is no number", "A number such as 12 or 0.25")
        return Fraction(0)
    try:
        return exact(f"{match[1]}{match[2] or '0'}.{match[3] or '0'}{match[4] or ''}")
    except ValueError as error:
        expected = "At most 60 digits, and an exponent from −60 to 60"
        findings.missing(path, element, f"{what} is {error}", expected)
        return Fraction(0)


def whole(path: Path, element: Element, key: str, what: str, findings: Findings) -> Fraction:
    """Return the whole number under an attribute; 0 with a fault kept where there is none."""
    text = element.attributes.get(key)
    if text is None:
        findings.missing(path, element, f"{what} is missing", f"A whole number under `{key}`")
        return Fraction(0)
    if not _WHOLE.fullmatch(text.strip()):
        expected = "A whole number of at most 18 digits"
        findings.missing(path, element, f"{what} is no whole number", expected)
        return Fraction(0)
    return Fraction(int(text))
