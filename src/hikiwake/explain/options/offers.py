"""Offers of equal worth, and what it costs to be even, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hikiwake.explain.audiences import MEDIATOR
from hikiwake.explain.language.telling import BULLET, Section
from hikiwake.explain.options.choosing import Choosing, decided

if TYPE_CHECKING:
    from hikiwake.findings.offers import Offer


def offers(told: Choosing) -> Iterator[Section]:
    """Yield the offers of equal worth: to a party its own, to the mediator everybody's (H14)."""
    voice, found = told.voice, told.found
    if told.viewer is not None and (own := found.equal_worth.get(told.viewer)):
        note = voice.say(
            "These packages are worth as much to you as package A, or nearly so. You may offer "
            "them together and let the others choose. They were made from your points and from "
            "public rules alone: whether the others could accept one, they do not tell."
        )
        lines = tuple(BULLET + _own_offer(told, offer, told.viewer) for offer in own)
        yield Section(voice.say("Offers of equal worth"), (note, *lines))
    if told.audience != MEDIATOR:
        return
    note = voice.say(
        "Worth as much to this side as package A, or nearly so; it may offer them together and let "
        "the others choose. They were made from its points and from public rules alone."
    )
    for party in told.names.in_order(found.parties):
        if own := found.equal_worth.get(party):
            name = told.names.party(party)
            heading = voice.say("Offers of equal worth to {party}", party=name)
            yield Section(heading, (note, *(BULLET + _offer(told, offer) for offer in own)))


def _own_offer(told: Choosing, offer: Offer, party: str) -> str:
    return told.voice.say(
        "{decided} (your points: {points})",
        decided=decided(told, offer.differences, lambda d: d.after),
        points=told.voice.points(offer.utilities[party]),
    )


def _offer(told: Choosing, offer: Offer) -> str:
    voice, names = told.voice, told.names
    changed = decided(told, offer.differences, lambda d: d.after)
    changes = voice.say("; ").join(
        voice.say("{party}: {points}", party=names.party(party), points=voice.signed(change))
        for party in names.in_order(told.found.parties)
        if (change := offer.utilities[party] - told.first.package.utilities[party])
    )
    values = {"decided": changed, "changes": changes or voice.say("no change")}
    if offer.acceptable:
        return voice.say("{decided} ({changes}); every side could accept it.", **values)
    return voice.say("{decided} ({changes}); not every side could accept it.", **values)


def equity(told: Choosing) -> Iterator[Section]:
    """Yield what it costs to be even. For the mediator only."""
    voice, found = told.voice, told.found.equity
    if found is None:
        return
    lines: list[str] = []
    if found.product_ratio is not None:
        values = {"part": voice.part(found.product_ratio)}
        if found.bounded:
            lines.append(
                voice.say(
                    "The product of gains, from what each side has without an agreement, is at "
                    "least {part} of the largest there is.",
                    **values,
                )
            )
        else:
            lines.append(
                voice.say(
                    "The product of gains, from what each side has without an agreement, is {part} "
                    "of the largest there is.",
                    **values,
                )
            )
    if found.total_ratio is not None:
        lines.append(
            voice.say(
                "The sum of points above what each side has without an agreement is {part} of the "
                "largest there is. In this dispute points mean the same to every side.",
                part=voice.part(found.total_ratio),
            )
        )
    if lines:
        heading = voice.say("What it costs to be even, in package A")
        yield Section(heading, tuple(BULLET + line for line in lines))
