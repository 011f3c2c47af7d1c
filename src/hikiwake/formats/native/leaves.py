"""Leaves of a file: texts that are printable and bounded, language codes, exact numbers."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import cast

from hikiwake.errors import Fault
from hikiwake.formats.native.findings import Findings, Place, owner, path_text
from hikiwake.formats.native.numbers import kind, number
from hikiwake.formats.native.syntax import Tree
from hikiwake.model import Text
from hikiwake.numeric import MAX_DIGITS

MAX_TEXT = 10_000

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,3}")


def text_fault(raw: object) -> str:
    """Return what keeps a raw value from being a text, or an empty text; never the value itself."""
    if not isinstance(raw, str):
        return f"{kind(raw)} where a text is needed"
    if len(raw) > MAX_TEXT:
        return f"a text of more than {MAX_TEXT} characters"
    if raw.isprintable():
        return ""
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in raw):
        return "a text with control characters"
    return ""


def is_language(code: str) -> bool:
    """Tell whether a text has the form of a language code, such as ``en`` or ``pt-BR``."""
    return _LANGUAGE.fullmatch(code) is not None


def read_text_at(tree: Tree, place: Place, raw: object, findings: Findings) -> Text:
    """Return the text at a place: one for all, or a table by language. Faults give an empty one."""
    if raw is None:
        return Text()
    words = cast(Tree, raw) if isinstance(raw, dict) else {"": raw}
    for language, wording in words.items():
        found = text_fault(wording)
        spot = (*place, language) if language else place
        if not found and isinstance(raw, dict) and not is_language(language):
            found = "a key that is no language code"
        if found:
            findings.add(
                Fault(
                    owner(place, tree),
                    found,
                    'A text, or a table of texts by language: { en = "…", ja = "…" }',
                    "H3",
                    "Change it.",
                    path_text(spot),
                )
            )
            return Text()
    return Text.of(cast("str | dict[str, str]", raw))


def read_plain(tree: Tree, place: Place, raw: object, findings: Findings) -> str:
    """Return one text for all at a place; a fault gives an empty one."""
    if not isinstance(raw, str):
        return ""
    if not (found := text_fault(raw)):
        return raw
    expected = f"A printable text of at most {MAX_TEXT} characters"
    findings.add(Fault(owner(place, tree), found, expected, "H3", "Change it.", path_text(place)))
    return ""


def read_number(
    tree: Tree, place: Place, raw: object, findings: Findings, digits: int = MAX_DIGITS
) -> Fraction | None:
    """Return the number at a public place, or None with a fault."""
    try:
        return number(raw, digits)
    except ValueError as error:
        expected = 'A number, such as 12, 12.5 or "1/3"'
        where = path_text(place)
        findings.add(Fault(owner(place, tree), str(error), expected, "H1", "Change it.", where))
        return None


def entries(tree: Tree, key: str) -> list[object]:
    """Return the entries of a list in a table; none if there is no such list."""
    raw = tree.get(key)
    return cast("list[object]", raw) if isinstance(raw, list) else []
