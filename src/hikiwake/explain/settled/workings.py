"""For the mediator: what the dearer even package costs, and how the result was worked out."""

from __future__ import annotations

from collections.abc import Iterator

from hikiwake.explain.language import figures
from hikiwake.explain.language.layout import clean
from hikiwake.explain.language.telling import BULLET, Section, Table
from hikiwake.explain.settled.scene import Scene
from hikiwake.settlement import Exactness


def dearer(scene: Scene) -> Iterator[Section]:
    """Yield what the even package that is dearer would be worth to each side, and its price."""
    voice, other = scene.voice, scene.settlement.even_but_dearer
    if other is None:
        return
    columns = (
        voice.say("Side"),
        voice.say("Points"),
        voice.say("Gain"),
        voice.say("Costs, against the package shown"),
    )
    rows: list[tuple[str, ...]] = []
    for party in scene.names.in_order(scene.settlement.parties):
        gain, cost = other.package.gains[party], other.costs.get(party)
        rows.append(
            (
                scene.names.party(party),
                voice.points(other.package.utilities[party]),
                "–" if gain is None else voice.part(gain, in_full=True),
                "–" if cost is None else voice.part(cost, in_full=True),
            )
        )
    note = voice.say(
        "Gains are counted from what each side has without an agreement; costs in parts of the "
        "most that the side could gain. A cost below 0 is an advantage."
    )
    heading = voice.say("The even package that is dearer")
    yield Section(heading, (note,), Table(columns, tuple(rows)))


def workings(scene: Scene) -> Iterator[Section]:
    """Yield how the result was worked out, and what was noted when the dispute was read."""
    voice, settlement = scene.voice, scene.settlement
    lines = (
        voice.say("Engine: {engine}", engine=settlement.engine),
        voice.say("Exactness: {exactness}", exactness=_exactness(scene)),
        voice.say(
            "Seconds: {seconds}",
            seconds=figures.seconds(settlement.seconds, voice.language),
        ),
    )
    yield Section(voice.say("Workings"), tuple(BULLET + line for line in lines))
    if scene.dispute.notes:
        notes = tuple(BULLET + clean(note) for note in scene.dispute.notes)
        yield Section(voice.say("Notes from reading the dispute"), notes)


def _exactness(scene: Scene) -> str:
    say = scene.voice.say
    if scene.settlement.exactness is Exactness.EXACT:
        return say("exact")
    if scene.settlement.exactness is Exactness.BOUNDED:
        return say("bounded")
    return say("sampled")
