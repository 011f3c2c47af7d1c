"""Calendar files (RFC 5545): all-day events, lines folded and texts escaped by the standard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

FOLD = 75  # octets of a line, its end not counted


@dataclass(frozen=True, slots=True)
class Event:
    """Something on one day. ``uid`` stays the same when the calendar is written again."""

    uid: str
    day: date
    summary: str
    description: str


def calendar(name: str, events: Iterable[Event], stamp: datetime) -> str:
    """Return a calendar as the text of an ``.ics`` file.

    Parameters
    ----------
    stamp
        When it is written, in UTC.
    """
    return "".join(f"{line}\r\n" for line in _lines(name, events, stamp))


def _lines(name: str, events: Iterable[Event], stamp: datetime) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hikiwake//plan//EN")
    yield from ("CALSCALE:GREGORIAN", "METHOD:PUBLISH")
    yield from folded(f"X-WR-CALNAME:{escaped(name)}")
    for event in events:
        yield "BEGIN:VEVENT"
        yield from folded(f"UID:{escaped(event.uid)}")
        yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
        yield from folded(f"SUMMARY:{escaped(event.summary)}")
        yield from folded(f"DESCRIPTION:{escaped(event.description)}")
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def escaped(text: str) -> str:
    r"""Return a text as it stands in a calendar's line.

    Examples
    --------
    >>> print(escaped("a, b; c\nd"))
    a\, b\; c\nd
    """
    for char in ("\\", ";", ","):
        text = text.replace(char, f"\\{char}")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\\n".join("".join(c for c in line if c == "\t" or c >= " ") for line in lines)


def folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets, none cut within a character."""
    piece, used = "", 0
    for char in line:
        octets = len(char.encode())
        if used + octets > FOLD:
            yield piece
            piece, used = " ", 1
        piece += char
        used += octets
    yield piece
