"""Names that others chose, made into ids (H3); the original stays as the name that people read."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from hikiwake.model import Text

MAX_ID = 80
_UNUSABLE = ("Cc", "Cs", "Zl", "Zp")


def as_id(name: str, taken: Collection[str] = ()) -> str:
    """Return the nearest usable id for a name, other than those that are taken.

    Examples
    --------
    >>> as_id("2.5 million $")
    '2_5 million $'
    >>> as_id("2_5 million $", taken=["2_5 million $"])
    '2_5 million $ (2)'
    """
    letters = ("_" if c == "." or unicodedata.category(c) in _UNUSABLE else c for c in name)
    plain = unicodedata.normalize("NFC", "".join(letters)).strip()[:MAX_ID].strip() or "_"
    found, times = plain, 1
    while found in taken:
        times += 1
        ending = f" ({times})"
        found = plain[: MAX_ID - len(ending)].strip() + ending
    return found


def name_for(original: str, made: str) -> Text:
    """Return the name to keep beside an id: none if the id already reads the same."""
    readable = original.encode("utf-8", "replace").decode("utf-8")
    return Text() if readable == made else Text.of(readable)
