"""Setting a telling on a screen: the same lines with colour and without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from hikiwake.cli.faults import Line
from hikiwake.explain.language.layout import table_lines, width_of, wrap
from hikiwake.explain.language.telling import BULLET
from hikiwake.explain.language.voice import Voice

if TYPE_CHECKING:
    from hikiwake.cli.screen import Screen
    from hikiwake.explain import Section, Telling

STATUS_ROLES = {"draw": "good", "uneven": "uneven", "no_agreement": "bad", "undecided": "uneven"}


def show(
    screen: Screen,
    telling: Telling,
    status: str,
    extras: Mapping[str, Sequence[Line]] = MappingProxyType({}),
) -> None:
    """Write a telling, its first sentence in the colour of the status.

    ``extras`` are lines that stand under the section of a heading, the heading given in English.
    """
    voice = Voice(telling.language)
    after = {voice.say(heading): lines for heading, lines in extras.items()}
    for role, text in _title(telling.title, screen.width):
        screen.line(text, role)
    for place, section in enumerate(telling.sections):
        first = STATUS_ROLES.get(status) if place == 0 else None
        for role, text in _section(section, screen.width, first):
            screen.line(text, role)
        for role, text in after.get(section.heading, ()):
            screen.line(text, role)


def _title(title: str, width: int) -> Iterator[Line]:
    lines = wrap(title, width)
    yield from (("title", line) for line in lines)
    yield "faint", "═" * min(width, max(width_of(line) for line in lines))


def _section(section: Section, width: int, first: str | None) -> Iterator[Line]:
    yield None, ""
    if section.heading:
        yield from (("heading", line) for line in wrap(section.heading, width))
        yield "faint", "─" * min(width, width_of(section.heading))
    for place, text in enumerate(section.lines):
        hang = "  " if text.startswith(BULLET) else ""
        yield from ((first if place == 0 else None, line) for line in wrap(text, width, hang=hang))
    if section.table is not None:
        if section.lines:
            yield None, ""
        lines = table_lines(section.table.columns, section.table.rows, width)
        under = next(place for place, line in enumerate(lines) if line.startswith("─"))
        for place, line in enumerate(lines):
            yield "strong" if place < under else "faint" if place == under else None, line
