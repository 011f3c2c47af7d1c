"""Output as a page shows it: a line that holds only ``…`` stands for any lines, or none."""

from __future__ import annotations

import re

ELISION = "…"
NO_BREAK = re.compile("[\u00a0\u202f]")


def lines_of(text: str) -> list[str]:
    """Return the lines without blanks at their ends and without empty lines around them.

    Blanks at which no line may break count as blanks: a person who types a page has no others.
    """
    lines = [NO_BREAK.sub(" ", line).rstrip() for line in text.splitlines()]
    while lines and not lines[0]:
        lines = lines[1:]
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines


def matches(shown: str, found: str) -> bool:
    """Tell whether output is what a page shows.

    >>> matches("one\\n…\\nfour", "one\\ntwo\\nthree\\nfour\\n")
    True
    >>> matches("one\\nfour", "one\\ntwo\\nfour")
    False
    """
    first, *rest = _chunks(shown)
    lines = lines_of(found)
    if lines[: len(first)] != first:
        return False
    if not rest:
        return len(lines) == len(first)
    position, last = len(first), rest[-1]
    for chunk in rest[:-1]:
        place = _find(lines, chunk, position)
        if place is None:
            return False
        position = place + len(chunk)
    return len(lines) - len(last) >= position and lines[len(lines) - len(last) :] == last


def renewed(shown: str, found: str) -> str | None:
    """Return the output as the page should show it, elisions kept; None if that takes a person.

    Each chunk keeps its first and last line; what lies between is taken from the output.

    >>> renewed("one\\n…\\n2\\n3\\nfour", "one\\nx\\n2\\nthree\\nfour")
    'one\\n…\\n2\\nthree\\nfour'
    """
    lines, position = lines_of(found), 0
    chunks = _chunks(shown)
    if len(chunks) == 1:
        return "\n".join(lines)
    new: list[str] = []
    for place, chunk in enumerate(chunks):
        if chunk:
            start = 0 if place == 0 else _find(lines, chunk[:1], position)
            ends_all = place == len(chunks) - 1
            if start is None or (place == 0 and lines[:1] != chunk[:1]):
                return None
            last = len(lines) - 1 if ends_all else _find(lines, chunk[-1:], start + len(chunk) // 3)
            if last is None:
                return None
            new.extend(lines[start : last + 1])
            position = last + 1
        if place < len(chunks) - 1:
            new.append(ELISION)
    return "\n".join(new)


def _chunks(shown: str) -> list[list[str]]:
    chunks: list[list[str]] = [[]]
    for line in lines_of(shown):
        if line.strip() == ELISION:
            chunks.append([])
        else:
            chunks[-1].append(line)
    return chunks


def _find(lines: list[str], chunk: list[str], start: int) -> int | None:
    for place in range(start, len(lines) - len(chunk) + 1):
        if lines[place : place + len(chunk)] == chunk:
            return place
    return None
