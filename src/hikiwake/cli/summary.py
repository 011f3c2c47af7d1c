"""What the mediator reads first: the telling without its long tables, and the gains as bars."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from hikiwake.cli.faults import Line
from hikiwake.explain import Section, Telling
from hikiwake.explain.language.layout import pad, width_of, wrap
from hikiwake.explain.language.names import Names
from hikiwake.explain.language.voice import Voice
from hikiwake.explain.settled.beside import LISTED
from hikiwake.numeric import percent

LEFT_FOR_EXPLAIN = (
    "What each side has of its best hopes",
    "What a change would do",
    "Workings",
)
GAINS = "What each side gains"
OTHERS = "Other packages that the sides may choose"
BAR = 40
NAME = 28


def summary_of(telling: Telling) -> Telling:
    """Return the telling without the sections that ``explain --for mediator`` shows in full."""
    voice = Voice(telling.language)
    left_out = {voice.say(heading) for heading in LEFT_FOR_EXPLAIN}
    kept: list[Section] = []
    skipping = False
    for section in telling.sections:
        if section.heading:
            skipping = section.heading in left_out
        if not skipping:
            kept.append(section)
    return Telling(telling.language, telling.title, tuple(kept))


def extras(
    dispute: Any, settlement: Any, language: str, width: int, ties: bool
) -> dict[str, tuple[Line, ...]]:
    """Return what is shown under a section: the gains as bars, and every tie if asked for."""
    if settlement.outcome is None:
        return {}
    voice = Voice(language)
    names = Names(dispute, voice)
    shown = {GAINS: tuple(_gain_bars(settlement, names, voice, width))}
    if ties:
        shown[OTHERS] = tuple(_tie_lines(settlement, names, voice, width))
    return shown


def _gain_bars(settlement: Any, names: Names, voice: Voice, width: int) -> Iterator[Line]:
    label = min(NAME, max(width_of(names.party(party)) for party in settlement.parties))
    room = min(BAR, width - label - 10)
    yield None, ""
    for party in names.in_order(settlement.parties):
        gain = settlement.gains[party]
        if gain is not None:
            name = pad(wrap(names.party(party), label)[0], label)
            yield "bar", f"{name}  {bar(gain, room)} {voice.percent(gain)}"


def bar(gain: Fraction, room: int) -> str:
    """Return a gain from 0 to 1 as a bar of a fixed length.

    Examples
    --------
    >>> bar(Fraction(1, 2), 10), bar(Fraction(-1), 4), bar(Fraction(2), 4)
    ('█████░░░░░', '░░░░', '████')
    """
    full = max(0, min(room, percent(gain * Fraction(room, 100))))
    return "█" * full + "░" * (room - full)


def _tie_lines(settlement: Any, names: Names, voice: Voice, width: int) -> Iterator[Line]:
    others = [outcome for outcome in settlement.tied if outcome != settlement.outcome]
    lists = (
        ("As good for everyone: {differences}", others),
        ("Mirror: {differences}", [package.outcome for package in settlement.mirrors]),
        ("By lot: {differences}", [package.outcome for package in settlement.lots]),
    )
    for message, outcomes in lists:
        if len(outcomes) <= LISTED:  # the text lists them already
            continue
        yield None, ""
        for place, outcome in enumerate(outcomes, start=1):
            differences = names.outcome(outcome, settlement.outcome)
            text = f"{place}. {voice.say(message, differences=differences)}"
            yield from ((None, line) for line in wrap(text, width, hang="   "))
