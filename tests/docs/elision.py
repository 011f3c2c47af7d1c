"""Output as a page shows it: a line that holds only ``…`` stands for any lines, or none."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache

ELISION = "…"
ADDED = 1.0
DROPPED = 2.1  # what it costs to show a line no more: more than any change of it
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
    """Return the output as the page should show it; None if that takes a person.

    What is elided stays elided, and a line that is shown is not dropped in its favour: it becomes
    the line that is nearest to it.

    >>> renewed("one\\n…\\n2\\n3\\nfour", "one\\nx\\n2\\nthree\\nfour")
    'one\\n…\\n2\\nthree\\nfour'
    """
    wanted, lines = lines_of(shown), lines_of(found)
    new = "\n".join(_aligned(wanted, lines))
    whole = matches(new, found) and len(_chunks(new)) == len(_chunks(shown))
    lost = any(not chunk for chunk in _chunks(new)[1:-1]) and all(_chunks(shown)[1:-1])
    return new if whole and not lost else None


def _aligned(wanted: list[str], lines: list[str]) -> list[str]:
    """Return the lines, those left out that fall to an elision where the least is changed."""
    costs = [[0.0, *(ADDED * n for n in range(1, len(lines) + 1))]]
    for place, line in enumerate(wanted):
        above, elided = costs[place], line.strip() == ELISION
        row = [above[0] + (0 if elided else DROPPED)]
        for n, other in enumerate(lines):
            if elided:
                row.append(min(above[n + 1], row[n]))
            else:
                changed = above[n] + _change(line, other)
                row.append(min(changed, row[n] + ADDED, above[n + 1] + DROPPED))
        costs.append(row)
    return _traced(wanted, lines, costs)


def _traced(wanted: list[str], lines: list[str], costs: list[list[float]]) -> list[str]:
    new: list[str] = []
    place, n = len(wanted), len(lines)
    while place or n:
        cost = costs[place][n]
        if place and wanted[place - 1].strip() == ELISION:
            if n and cost == costs[place][n - 1]:
                n -= 1
            else:
                place -= 1
                new.append(ELISION)
        elif (
            place
            and n
            and cost == costs[place - 1][n - 1] + _change(wanted[place - 1], lines[n - 1])
        ):
            place, n = place - 1, n - 1
            new.append(lines[n])
        elif n and cost == costs[place][n - 1] + ADDED:
            n -= 1
            new.append(lines[n])
        else:
            place -= 1
    return new[::-1]


@cache
def _change(line: str, other: str) -> float:
    """Return what it costs that a line becomes another: 0 if it stays, at most 2."""
    if line == other:
        return 0
    matcher = SequenceMatcher(None, line, other, autojunk=False)
    return 2 * (1 - matcher.quick_ratio())


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
