"""The package itself, and what it leaves unsaid: tables that carry nobody's points."""

from __future__ import annotations

from hikiwake.explain.language.names import Names
from hikiwake.explain.language.telling import Section, Table
from hikiwake.explain.language.voice import Voice
from hikiwake.explain.settled.scene import Scene
from hikiwake.settlement import Status


def heading(scene: Scene) -> str:
    """Return what stands above a package: found, or only the best so far."""
    if scene.settlement.status is Status.UNDECIDED and not scene.settlement.direct:
        return scene.voice.say("The best package so far")
    return scene.voice.say("The package")


def public_package(scene: Scene) -> Section:
    """Return the package as all may see it: issues, what stands today, what is decided."""
    voice, names, outcome = scene.voice, scene.names, scene.package.outcome
    today = scene.dispute.status_quo
    columns = [voice.say("Issue"), voice.say("Decided")]
    if today:
        columns.insert(1, voice.say("Today"))
    rows: list[tuple[str, ...]] = []
    for issue in scene.dispute.issues:
        row = [names.issue(issue.id), names.value(issue.id, outcome[issue.id])]
        if today:
            row.insert(1, names.value(issue.id, today[issue.id]) if issue.id in today else "–")
        rows.append(tuple(row))
    return Section(heading(scene), (), Table(tuple(columns), tuple(rows)))


def names_note(voice: Voice, names: Names) -> tuple[str, ...]:
    """Return how names of different sides are ordered, where they differ."""
    if not names.differ():
        return ()
    return (
        voice.say(
            "Where the sides have different names for one thing, each side's own name stands here. "
            "Their order is alphabetical and says nothing."
        ),
    )
