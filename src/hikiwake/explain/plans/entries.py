"""A plan as entries of a calendar, in the words of one reader and without a single figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from hikiwake.explain.audiences import JOINT, MEDIATOR
from hikiwake.explain.language.voice import Voice
from hikiwake.explain.plans.names import PlanNames
from hikiwake.explain.plans.plan import language_of

if TYPE_CHECKING:
    from hikiwake.findings.course import Planned


@dataclass(frozen=True, slots=True)
class Entry:
    """One step on the day by which it must be done, or else from which it can be."""

    uid: str
    day: date
    summary: str
    description: str


def entries(planned: Planned, audience: str, language: str | None = None) -> Iterator[Entry]:
    """Yield an entry for each step that has a date, told as :func:`tell_plan` tells it."""
    viewer = None if audience in (MEDIATOR, JOINT) else audience
    voice = Voice(language_of(planned, viewer, language))
    names, course = PlanNames(planned.agreement, voice, viewer), planned.course
    for place, step in enumerate(course.steps):
        day = step.by_when or step.not_before
        if day is None:
            continue
        pieces = ",".join(f"{p.obligation}.{p.number}/{p.of}" for p in step.pieces)
        told = [
            voice.say("When: {when}", when=names.when(step)),
            voice.say("How it is checked: {how}", how=names.checked(step)),
            voice.say("Until then others may withhold: {deed}", deed=names.withheld(course, place)),
        ]
        if planned.agreement.illustrative:
            told.append(
                voice.say("Illustrative: every number is invented; it is nobody's position.")
            )
        yield Entry(
            f"{sha256(f'{names.title}|{pieces}'.encode()).hexdigest()[:32]}@hikiwake",
            day,
            f"{voice.whole(place + 1)}. {names.deed(step)}",
            "\n".join(told),
        )
