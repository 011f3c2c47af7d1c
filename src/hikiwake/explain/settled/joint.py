"""The joint telling: what all sides can sign. It has no points at all."""

from __future__ import annotations

from collections.abc import Iterator

from hikiwake.explain.language.telling import BULLET, Section
from hikiwake.explain.settled.beside import beside
from hikiwake.explain.settled.conflicts import own_conflicts
from hikiwake.explain.settled.limits import limits, not_for_trade
from hikiwake.explain.settled.package import names_note, public_package
from hikiwake.explain.settled.remedies import remedies
from hikiwake.explain.settled.result import result
from hikiwake.explain.settled.scene import Scene
from hikiwake.explain.settled.sureness import sureness


def for_all(scene: Scene) -> Iterator[Section]:
    """Yield the sections that every side may read and sign."""
    voice = scene.voice
    note = names_note(voice, scene.names)
    yield Section(voice.say("Result"), (*result(scene), *note))
    if scene.settlement.package is None:
        yield own_conflicts(scene)
    else:
        yield public_package(scene)
        said = tuple(BULLET + line for line in together(scene))
        if said:
            yield Section(voice.say("What the sides can say together"), said)
        yield from not_for_trade(scene)
        yield from limits(scene)
        yield from beside(scene)
        yield from remedies(scene)
    yield sureness(scene)


def together(scene: Scene) -> Iterator[str]:
    """Yield what all sides may say of a package, without anybody's points."""
    voice = scene.voice
    if scene.keeps_walk_aways():
        yield voice.say("Every side has at least what it has without an agreement.")
    if scene.cannot_be_bettered():
        yield voice.say(
            "No package within all limits is better for one side without being worse for another."
        )
