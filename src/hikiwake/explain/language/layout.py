"""Text on a screen of fixed width: how wide it is, where it may break, how a table is drawn.

Chinese, Japanese and Korean characters take two columns. Japanese has no blanks: lines break
between characters, but never before a closing mark or after an opening one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_NEVER_FIRST = set(
    "、。，．・：；？！ー～／＝）］｝」』】〕〉》〜…％ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々)]},.;:!?%»”’"
)
_NEVER_LAST = set("約（［｛「『【〔〈《([{«“‘")
_FIGURES = re.compile(r"[≈約]?[+−]?[\d.,\u00a0/]+(\u00a0?%)?")
_NARROW = re.compile("[\0-\u0377\u0400-\u052f\u2010-\u2027\u2212]*")
_BLANKS = re.compile(" +")
_GAP = "  "
_LEAST_COLUMN = 6


def width_of(text: str) -> int:
    """Return how many columns a text takes on a screen.

    Examples
    --------
    >>> width_of("island"), width_of("島"), width_of("и\u0306")
    (6, 2, 1)
    """
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_char_width, text))


def pad(text: str, width: int, right: bool = False) -> str:
    """Return a text filled with blanks to a width; ``right`` sets it flush right."""
    blanks = " " * max(0, width - width_of(text))
    return blanks + text if right else text + blanks


def clean(text: str) -> str:
    """Return a name on one line: no control characters, nothing that turns the writing around."""
    kept = (" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    return _BLANKS.sub(" ", "".join(char for char in kept if not _turns(char))).strip()


def wrap(text: str, width: int, indent: str = "", hang: str | None = None) -> list[str]:
    """Break a text into lines of at most ``width`` columns.

    Parameters
    ----------
    text
        One paragraph. A line break in it stays.
    width
        Columns of a whole line, the indent included.
    indent, hang
        What the first line and the others start with; without ``hang`` they start alike.

    Examples
    --------
    >>> wrap("one two three", 8)
    ['one two', 'three']
    >>> wrap("四つの島。", 8)
    ['四つの', '島。']
    """
    lines: list[str] = []
    start, rest = indent, indent if hang is None else hang
    for paragraph in text.split("\n"):
        whole = start + _BLANKS.sub(" ", paragraph.strip(" "))
        if width_of(whole) <= width:  # most do
            lines.append(whole)
            start = rest
            continue
        line, used, full = start, False, width_of(start)
        longest = max(1, width - max(width_of(start), width_of(rest)))
        for apart, piece, taken in _pieces(paragraph, longest):
            if used and full + apart + taken > width:
                lines.append(line)
                line, full = rest + piece, width_of(rest) + taken
            else:
                line += " " * apart + piece
                full += apart + taken
            used = True
        lines.append(line)
        start = rest
    return [line.rstrip(" ") for line in lines]


def table_lines(
    columns: Sequence[str], rows: Sequence[Sequence[str]], width: int, indent: str = ""
) -> list[str]:
    """Draw a table with a heading, its cells wrapped so that it fits the width.

    Columns of nothing but figures are set flush right.
    """
    room = width - width_of(indent)
    widths = _column_widths([columns, *rows], room)
    right = [
        bool(rows) and all(not row[i] or _FIGURES.fullmatch(row[i]) for row in rows)
        for i in range(len(columns))
    ]
    lines = list(_row_lines(columns, widths, right))
    lines.append(_GAP.join("─" * w for w in widths))
    tall = any(len(wrap(cell, w)) > 1 for row in rows for cell, w in zip(row, widths, strict=True))
    for place, row in enumerate(rows):
        if tall and place:
            lines.append("")
        lines.extend(_row_lines(row, widths, right))
    return [(indent + line).rstrip(" ") for line in lines]


@lru_cache(maxsize=4096)
def _char_width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def _turns(char: str) -> bool:
    return unicodedata.category(char) == "Cf" and char not in "\u200c\u200d"


def _pieces(text: str, longest: int) -> Iterator[tuple[bool, str, int]]:
    """Yield what may not be broken, after whether it may stand after a blank; and its width."""
    for place, word in enumerate(_BLANKS.split(text.strip(" "))):
        blank = place > 0
        if len(word) <= longest and word.isascii() and word.isprintable():
            yield blank, word, len(word)
            continue
        for piece in _unbreakable(word):
            for part in _cut(piece, longest):
                yield blank, part, width_of(part)
                blank = False


def _unbreakable(word: str) -> Iterator[str]:
    if _NARROW.fullmatch(word):  # only beside what takes two columns a line may break
        yield word
        return
    piece = ""
    for char in word:
        if piece and _may_break(piece[-1], char):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if _char_width(after) == 0 or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if "ァ" <= before <= "ー" and "ァ" <= after <= "ー":
        return False
    return _char_width(before) == 2 or _char_width(after) == 2


def _cut(piece: str, longest: int) -> Iterator[str]:
    if width_of(piece) <= longest:
        yield piece
        return
    part = ""
    for char in piece:
        if part and width_of(part) + _char_width(char) > longest:
            yield part
            part = ""
        part += char
    yield part


def _column_widths(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    widths = [max(1, *(width_of(cell) for cell in column)) for column in zip(*rows, strict=True)]
    words = [
        max(
            _LEAST_COLUMN,
            *(width_of(p.strip()) for cell in column for _, p, _ in _pieces(cell, room)),
        )
        for column in zip(*rows, strict=True)
    ]
    space = room - len(_GAP) * (len(widths) - 1)
    for least in (words, [_LEAST_COLUMN] * len(widths), [1] * len(widths)):
        while sum(widths) > space:
            slack = [w if w > least[i] else 0 for i, w in enumerate(widths)]
            if not any(slack):
                break
            widths[slack.index(max(slack))] -= 1
    return widths


def _row_lines(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for place in range(max(len(lines) for lines in wrapped)):
        yield _GAP.join(
            pad(lines[place] if place < len(lines) else "", width, flush)
            for lines, width, flush in zip(wrapped, widths, right, strict=True)
        ).rstrip(" ")
