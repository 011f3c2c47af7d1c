"""Ids: their form, and names that lead nowhere."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from hikiwake.errors import Fault, did_you_mean

MAX_ID = 80


def unknown(thing: str, kind: str, found: str, known: Iterable[str], where: str) -> Fault:
    """Return the fault of naming something that does not exist, with the nearest names."""
    names = list(known)
    expected = f"Known: {', '.join(names[:20])}{' …' if len(names) > 20 else ''}"
    hint = did_you_mean(found, names) or "Use one of these."
    if not names:
        expected, hint = "None is known: there is none", "Add it where it belongs, or remove this."
    return Fault(thing, f"no {kind} has the id {found[:MAX_ID]!r}", expected, "H3", hint, where)


def is_id(name: str) -> bool:
    """Tell whether a text may be an id: NFC, 1 to 80 characters, no dot, no control character."""
    return (
        0 < len(name) <= MAX_ID
        and "." not in name
        and name == name.strip()
        and unicodedata.is_normalized("NFC", name)
        and not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in name)
    )


def id_faults(ids: Iterable[str], word: str, where: str) -> Iterator[Fault]:
    """Yield what is wrong with the ids in one list: their form, and ids that come twice."""
    for name, times in Counter(ids).items():
        if not is_id(name):
            yield Fault(
                f"{word} {name[:MAX_ID]!r}",
                "not usable as an id",
                f"1 to {MAX_ID} characters, NFC, without '.' or control characters, "
                "no blanks at the ends",
                "H3",
                "Shorten or change the id; `name` may be any text.",
                where,
            )
        if times > 1:
            yield Fault(
                f"{word} {name[:MAX_ID]!r}",
                f"given {times} times",
                "Every id only once",
                "H3",
                "Rename or remove the others.",
                where,
            )
