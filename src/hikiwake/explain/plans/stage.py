"""What a plan's telling is made from: the plan, the language, and what things are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from hikiwake.numeric import DEFAULT_TOLERANCE, to_grain

if TYPE_CHECKING:
    from hikiwake.explain.language.voice import Voice
    from hikiwake.explain.plans.names import PlanNames
    from hikiwake.findings.course import Course, Planned


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that the sentences of one plan's telling may use."""

    planned: Planned
    voice: Voice
    names: PlanNames

    @property
    def course(self) -> Course:
        """The order that is planned."""
        return self.planned.course

    def number(self, done: int) -> str:
        """Return the number of a step, 0 for the beginning."""
        return self.voice.whole(done)

    def about(self, part: Fraction) -> str:
        """Return a part of a party's range to the grain that it may see (H14)."""
        grain = max(self.planned.tolerance, DEFAULT_TOLERANCE)
        return self.voice.percent(to_grain(part, grain))


def trust_of(stage: Stage, place: int, party: str) -> str:
    """Return the trust that a party needs before a step; a dash where it is not its own."""
    step = stage.course.steps[place]
    if party in step.tempted:
        tempting = stage.course.moments[place].temptation[party]
        if held_by_stakes(stage, (party,), place) and tempting is not None and tempting <= 0:
            # NOTE: said of a side that would have more by stopping, were it not for its stake
            return stage.voice.say("tempted, but held by the stake")
        # NOTE: said of a side that has as much already as at the end, so that others must trust it
        return stage.voice.say("tempted")
    return stage.voice.part(step.trust[party]) if party in step.trust else "–"


def held_by_stakes(stage: Stage, parties: Iterable[str], place: int | None = None) -> bool:
    """Tell whether sides that are never tempted owe that to a stake, at one place or at any."""
    moments = stage.course.moments if place is None else (stage.course.moments[place],)
    ends = stage.planned.ends
    return any(moment.has[party] > ends[party] for moment in moments for party in parties)
