"""The first sentences of every telling: what came out, and who is ahead, from which baseline."""

from __future__ import annotations

from collections.abc import Iterator

from hikiwake.explain.settled.scene import Scene
from hikiwake.settlement import Status


def result(scene: Scene) -> Iterator[str]:
    """Yield the sentences that say what became of the dispute, the most important one first."""
    voice, settlement = scene.voice, scene.settlement
    if settlement.package is None:
        if settlement.status is Status.NO_AGREEMENT:
            yield from _no_agreement(scene)
        else:
            yield voice.say(
                "The question is open: the search reached its limit before it found a package "
                "that every side could accept. There may be one."
            )
        return
    if settlement.direct:
        yield from _below(scene)
    if settlement.status is Status.UNDECIDED and settlement.direct:
        yield voice.say(
            "Whether a side is ahead in this package, counted from what each side has without an "
            "agreement, was not worked out: the engines at hand do not cover this dispute."
        )
        return
    if settlement.status is Status.UNDECIDED:
        yield voice.say(
            "The question is open: the search reached its limit before it was finished. The "
            "package shown is the best that was found; there may be a better one."
        )
        return
    if settlement.package.imbalance is None:
        yield from _nothing_to_compare(scene)
    elif settlement.status is Status.DRAW:
        yield voice.say(
            "This package is a draw: nobody is ahead, counted from what each side has without an "
            "agreement."
        )
    else:
        yield from _uneven(scene)


def _no_agreement(scene: Scene) -> Iterator[str]:
    yield scene.voice.say(
        "There is no package to offer: none keeps every public rule and every side's red lines "
        "and leaves each side with at least what it has without an agreement."
    )
    yield scene.voice.say(
        "This is a result, not a failure of anyone: it says that some limit would have to move."
    )


def _nothing_to_compare(scene: Scene) -> Iterator[str]:
    yield scene.voice.say(
        "Nobody can be called even or ahead here: fewer than two sides can gain anything from "
        "what they have without an agreement, so there is nothing to compare."
    )
    if scene.keeps_walk_aways():
        yield scene.voice.say(
            "The package below leaves every side with at least what it has without an agreement."
        )


def _below(scene: Scene) -> Iterator[str]:
    """Tell a reader, and nobody else, that it would have less than without an agreement."""
    if scene.viewer in scene.below_walk_away():
        yield scene.voice.say(
            "This package leaves you less than you have without an agreement: you need not take it."
        )


def _uneven(scene: Scene) -> Iterator[str]:
    voice, settlement = scene.voice, scene.settlement
    others = [party for party in settlement.ahead if party != scene.viewer]
    names = scene.names.parties(others)
    if not settlement.ahead:
        yield voice.say(
            "This package is not a draw, although nobody is ahead in it as a whole, counted from "
            "what each side has without an agreement."
        )
    elif scene.viewer not in settlement.ahead:
        yield voice.say(
            "This package is not even. Ahead, counted from what each side has without an "
            "agreement: {parties}.",
            parties=names,
        )
    elif others:
        yield voice.say(
            "This package is not even. Ahead together with you, counted from what each side has "
            "without an agreement: {parties}.",
            parties=names,
        )
    else:
        yield voice.say(
            "This package is not even: you are ahead, counted from what each side has without an "
            "agreement."
        )
    yield from _why_uneven(scene)


def _why_uneven(scene: Scene) -> Iterator[str]:
    voice, settlement = scene.voice, scene.settlement
    uneven_groups = [group.group for group in settlement.groups if not group.even]
    if uneven_groups:
        yield voice.say(
            "What is not for trade could not be settled evenly within itself; this package comes "
            "closest to it: {groups}.",
            groups=voice.listing(scene.names.group(group) for group in uneven_groups),
        )
    elif settlement.rule == "draw" and scene.exact:
        yield voice.say(
            "There is no draw to offer: every even package costs some side more than the price "
            "that was fixed beforehand, or leaves something on the table."
        )
    elif settlement.ahead or not scene.keeps_walk_aways():
        return
    elif settlement.direct and not scene.cannot_be_bettered():
        yield voice.say("Another package would be better for one side and worse for none.")
    else:
        yield voice.say(
            "It costs some side more than the price of evenness that was fixed beforehand."
        )
