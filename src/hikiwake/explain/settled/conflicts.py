"""Limits that cannot all hold: the mediator reads all of them, a side only its own."""

from __future__ import annotations

from collections.abc import Iterator

from hikiwake.explain.language.conditions import never
from hikiwake.explain.language.telling import BULLET, Section
from hikiwake.explain.settled.limits import rule_text
from hikiwake.explain.settled.scene import Scene
from hikiwake.settlement import Conflict, Limit

LISTED = 20


def conflicts(scene: Scene) -> Iterator[Section]:
    """Yield, for the mediator, every set of limits that cannot all hold."""
    found = scene.settlement.conflicts
    if found:
        lines = tuple(line for conflict in found[:LISTED] for line in _conflict(scene, conflict))
        yield Section(scene.voice.say("Limits that cannot all hold"), lines)


def own_conflicts(scene: Scene) -> Section:
    """Return what a side, or all sides together, may know about limits that cannot all hold.

    Only sets of public rules and the reader's own limits are told: any other would give away
    what somebody said in confidence.
    """
    known = [
        conflict
        for conflict in scene.settlement.conflicts
        if all(limit.kind == "rule" or _own(scene, limit) for limit in conflict.limits)
    ]
    lines = [line for conflict in known[:LISTED] for line in _conflict(scene, conflict)]
    lines.append(
        scene.voice.say(
            "Limits that any side named in confidence are not told here. A mediator, who sees "
            "them all, can say which of them cannot hold together."
        )
    )
    return Section(scene.voice.say("Limits that cannot all hold"), tuple(lines))


def _own(scene: Scene, limit: Limit) -> bool:
    return scene.viewer is not None and limit.party == scene.viewer


def _conflict(scene: Scene, conflict: Conflict) -> Iterator[str]:
    say = scene.voice.say
    if len(conflict.limits) == 1:
        yield say("This limit alone leaves no package:")
    elif conflict.smallest:
        yield say("These limits cannot all hold, and no fewer limits are in conflict:")
    else:
        yield say("These limits cannot all hold; without any one of them, the others could:")
    for limit in conflict.limits:
        yield BULLET + limit_text(scene, limit)


def limit_text(scene: Scene, limit: Limit) -> str:
    """Return one limit: a public rule, a red line, or what a side has without an agreement."""
    if limit.kind == "rule" or limit.party is None:
        return rule_text(scene, scene.dispute.rules[limit.place - 1])
    if limit.kind == "walk_away":
        return _walk_away(scene, limit.party)
    return _red_line(scene, limit.party, limit.place)


def _walk_away(scene: Scene, party: str) -> str:
    points = scene.voice.points(scene.settlement.walk_away[party])
    if party == scene.viewer:
        return scene.voice.say("What you have without an agreement: {points} points", points=points)
    return scene.voice.say(
        "What one side has without an agreement ({party}): {points} points",
        party=scene.names.party(party),
        points=points,
    )


def _red_line(scene: Scene, party: str, place: int) -> str:
    voice = scene.voice
    line = scene.dispute.preferences[party].red_lines[place - 1]
    text = never(voice, scene.names, line.never, line.why)
    number = voice.whole(place)
    if party == scene.viewer:
        return voice.say("Your red line no. {number}: {line}", number=number, line=text)
    return voice.say(
        "Red line no. {number} of one side ({party}): {line}",
        number=number,
        party=scene.names.party(party),
        line=text,
    )
