"""Packages beside the one that is shown: as good for everyone, its mirrors, even but dearer."""

from __future__ import annotations

from collections.abc import Iterator

from hikiwake.explain.language.telling import BULLET, Section
from hikiwake.explain.settled.scene import Scene
from hikiwake.model import Outcome
from hikiwake.settlement import Package

LISTED = 3


def beside(scene: Scene) -> Iterator[Section]:
    """Yield a section about the other packages that the sides may choose, if there are any."""
    lines = (*_dearer(scene), *_ties(scene), *_twins(scene), *_lots(scene))
    if lines:
        yield Section(scene.voice.say("Other packages that the sides may choose"), lines)


def _ties(scene: Scene) -> Iterator[str]:
    voice, settlement = scene.voice, scene.settlement
    if settlement.ties == "infinite":
        yield voice.say(
            "Infinitely many packages are worth exactly the same to every side. The one shown is "
            "no better than the others; the sides choose."
        )
    elif settlement.ties > 1:
        yield voice.count(
            "{n} package, the one shown included, is worth exactly the same to every side. The one "
            "shown is no better than the others; the sides choose.",
            "{n} packages, the one shown included, are worth exactly the same to every side. The "
            "one shown is no better than the others; the sides choose.",
            settlement.ties,
        )
    others = [outcome for outcome in settlement.tied if outcome != scene.package.outcome]
    for outcome in others[:LISTED]:
        differences = _unlike(scene, outcome)
        yield BULLET + voice.say("As good for everyone: {differences}", differences=differences)


def _twins(scene: Scene) -> Iterator[str]:
    voice, settlement = scene.voice, scene.settlement
    if settlement.twins == "infinite":
        yield voice.say(
            "The package has infinitely many mirrors: in a mirror the same gains, from what each "
            "side has without an agreement, fall to other sides. They are as good. The sides "
            "choose, or draw a lot openly."
        )
    elif settlement.twins > 0:
        yield voice.count(
            "The package has {n} mirror: in a mirror the same gains, from what each side has "
            "without an agreement, fall to other sides. It is as good. The sides choose, or draw a "
            "lot openly.",
            "The package has {n} mirrors: in a mirror the same gains, from what each side has "
            "without an agreement, fall to other sides. It is as good. The sides choose, or draw a "
            "lot openly.",
            settlement.twins,
        )
    for package in settlement.mirrors[:LISTED]:
        yield BULLET + _mirror(scene, package)


def _lots(scene: Scene) -> Iterator[str]:
    voice, settlement = scene.voice, scene.settlement
    if settlement.by_lot == 0:
        return
    yield voice.count(
        "The rule gives {n} other package as readily: it leaves an order open. The points of at "
        "least one side differ there. The sides choose, or draw a lot openly.",
        "The rule gives {n} other packages as readily: it leaves an order open. The points of at "
        "least one side differ there. The sides choose, or draw a lot openly.",
        settlement.by_lot,
    )
    for package in settlement.lots[:LISTED]:
        yield BULLET + _lot(scene, package)


def _lot(scene: Scene, package: Package) -> str:
    differences = _unlike(scene, package.outcome)
    if scene.viewer is None:
        return scene.voice.say("By lot: {differences}", differences=differences)
    return scene.voice.say(
        "By lot: {differences} (your points: {points})",
        differences=differences,
        points=scene.voice.points(package.utilities[scene.viewer]),
    )


def _mirror(scene: Scene, package: Package) -> str:
    differences = _unlike(scene, package.outcome)
    if scene.viewer is None:
        return scene.voice.say("Mirror: {differences}", differences=differences)
    return scene.voice.say(
        "Mirror: {differences} (your points: {points})",
        differences=differences,
        points=scene.voice.points(package.utilities[scene.viewer]),
    )


def _dearer(scene: Scene) -> Iterator[str]:
    voice, dearer = scene.voice, scene.settlement.even_but_dearer
    if scene.settlement.dearer_unknown:
        yield voice.say(
            "Whether there is an even package that costs some side more than the price was not "
            "found out: the search reached its limit."
        )
    if dearer is None:
        return
    yield voice.say(
        "There is an even package as well, but it costs at least one side more than the price that "
        "was fixed beforehand ({price} of the most that the side could gain from what it has "
        "without an agreement). The sides choose.",
        price=voice.percent(scene.settlement.price),
    )
    differences = _unlike(scene, dearer.package.outcome)
    if scene.viewer is None:
        yield BULLET + voice.say("Even, but dearer: {differences}", differences=differences)
    else:
        yield BULLET + voice.say(
            "Even, but dearer: {differences} (your points: {points})",
            differences=differences,
            points=voice.points(dearer.package.utilities[scene.viewer]),
        )


def _unlike(scene: Scene, outcome: Outcome) -> str:
    return scene.names.outcome(outcome, scene.package.outcome)
