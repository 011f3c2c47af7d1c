"""Calendars as RFC 5545 has them, read back by a second reading of the standard."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from hikiwake.formats.ical import Event, calendar, escaped, folded

STAMP = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)
LONG = "四つの島の共同利用を始める, " * 9 + "и подписание; ещё\\раз"


def read(text: str) -> list[tuple[str, str]]:
    """Return the names and values of a calendar's lines, unfolded and unescaped."""
    assert text.endswith("\r\n")
    lines = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    return [(name, _plain(value)) for name, _, value in (line.partition(":") for line in lines)]


def _plain(value: str) -> str:
    plain, escape = "", False
    for char in value:
        if escape:
            plain += {"n": "\n", "N": "\n"}.get(char, char)
        elif char != "\\":
            plain += char
        escape = char == "\\" and not escape
    return plain


def test_a_calendar_reads_back() -> None:
    """Every text, however long and in whatever writing, comes back as it was."""
    events = [Event("one@hikiwake", date(2027, 5, 31), "a, b; c\\d", "first\nsecond"),
              Event("two@hikiwake", date(2027, 12, 31), LONG, LONG)]  # fmt: skip
    text = calendar(LONG, events, STAMP)
    lines = read(text)
    assert lines[0] == ("BEGIN", "VCALENDAR")
    assert lines[-1] == ("END", "VCALENDAR")
    assert ("X-WR-CALNAME", LONG) in lines
    assert [v for n, v in lines if n == "SUMMARY"] == ["a, b; c\\d", LONG]
    assert [v for n, v in lines if n == "DESCRIPTION"] == ["first\nsecond", LONG]
    assert [v for n, v in lines if n == "DTSTART;VALUE=DATE"] == ["20270531", "20271231"]
    assert [v for n, v in lines if n == "DTEND;VALUE=DATE"] == ["20270601", "20280101"]
    assert ("DTSTAMP", "20270102T030405Z") in lines


@pytest.mark.parametrize("text", [LONG, "a" * 75, "a" * 76, "島" * 25, "a" + "島" * 25, ""])
def test_no_line_is_longer_than_75_octets(text: str) -> None:
    """Lines are folded by octets, never within a character, and no piece is lost."""
    pieces = list(folded(text))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == text
    assert all(piece.startswith(" ") for piece in pieces[1:])


def test_line_ends_and_control_characters_cannot_break_a_calendar() -> None:
    """A name with a line end in it stays one line, so that nobody can slip another event in."""
    assert escaped("a\r\nBEGIN:VEVENT\x00\x1b") == "a\\nBEGIN:VEVENT"
