"""Whether draws feel like draws, in words: for the mediator, once everybody has answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hikiwake.explain.audiences import MEDIATOR, reader
from hikiwake.explain.language.layout import clean
from hikiwake.explain.language.telling import BULLET, Section, Table, Telling
from hikiwake.findings.talks import Feeling, Felt, FeltPackage

if TYPE_CHECKING:
    from hikiwake.explain.language.names import Names
    from hikiwake.explain.language.voice import Voice
    from hikiwake.model import Dispute


def tell_felt(dispute: Dispute, found: Felt, language: str | None = None) -> Telling:
    """Return what packages are and how they feel, kept apart, told to the mediator (H14)."""
    voice, names, title = reader(dispute, MEDIATOR, language, dispute.illustrative)
    sections = [Section(voice.say("Result"), tuple(_result(found, voice, names)))]
    if found.opened:
        parties = names.in_order(dispute.party_ids)
        columns = (
            voice.say("Package"),
            voice.say("A draw"),
            voice.say("Feels like a draw"),
            *(names.party(party) for party in parties),
        )
        rows = tuple(_row(package, parties, voice) for package in found.packages)
        sections.append(
            Section(voice.say("What it is, and how it feels"), (), Table(columns, rows))
        )
    if found.reopens:
        sections.append(_questions(found, voice))
    return Telling(voice.language, title, tuple(sections))


def _result(found: Felt, voice: Voice, names: Names) -> Iterator[str]:
    if not found.opened:
        yield voice.say(
            "The answers stay sealed until every side has given its own. Still waiting for: "
            "{parties}.",
            parties=names.parties(found.waiting),
        )
        return
    if not found.reopens:
        yield voice.say("What is a draw feels like one, and nothing else does.")
        return
    for package in found.reopens:
        label = clean(package.label)
        if package.look.draw:
            yield voice.say(
                "Package {label} is a draw, from what each side has without an agreement, and does "
                "not feel like one.",
                label=label,
            )
        else:
            yield voice.say(
                "Package {label} feels like a draw to every side, and is none, from what each side "
                "has without an agreement.",
                label=label,
            )


def _row(package: FeltPackage, parties: list[str], voice: Voice) -> tuple[str, ...]:
    return (
        clean(package.label),
        voice.say("yes") if package.look.draw else voice.say("no"),
        voice.say("yes") if package.felt_draw else voice.say("no"),
        *(feeling(voice, package.feelings[party]) for party in parties),
    )


def feeling(voice: Voice, said: Feeling) -> str:
    """Return a feeling in the language of the reader."""
    if said is Feeling.AHEAD:
        return voice.say("ahead")
    if said is Feeling.BEHIND:
        return voice.say("behind")
    return voice.say("neither")


def _questions(found: Felt, voice: Voice) -> Section:
    lines = [
        voice.say(
            "Before anybody accepts, ask each side alone again. A feeling is no error: points may "
            "have missed what matters."
        ),
        BULLET
        + voice.say("Do the points that you gave still say what matters to you, and how much?"),
        BULLET + voice.say("Is something at stake for you that no issue names?"),
        BULLET + voice.say("What would you have without an agreement, as you see it today?"),
        BULLET
        + voice.say("With what do you compare: with today, with your hopes, or with others?"),
    ]
    return Section(voice.say("The questions are open again"), tuple(lines))
