"""Who a settlement is told to, and in which language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hikiwake.errors import Fault, UnknownName, did_you_mean
from hikiwake.explain.language.names import Names
from hikiwake.explain.language.telling import Telling
from hikiwake.explain.language.voice import LANGUAGES, Voice, speakable
from hikiwake.explain.settled.joint import for_all
from hikiwake.explain.settled.mediator import for_mediator
from hikiwake.explain.settled.party import for_party
from hikiwake.explain.settled.scene import Scene

if TYPE_CHECKING:
    from hikiwake.findings.offers import Remedies
    from hikiwake.model import Dispute
    from hikiwake.properties import Verdict
    from hikiwake.settlement import Settlement

MEDIATOR = "mediator"
JOINT = "joint"


def tell(
    dispute: Dispute,
    settlement: Settlement,
    audience: str,
    language: str | None = None,
    verdicts: Mapping[str, Verdict] | None = None,
    remedies: Remedies | None = None,
) -> Telling:
    """Return a settlement told to one audience, every text ready to read.

    A party's telling is made from public data and its own: no other side's points, red lines,
    bonuses or walk-away value, and its own gain only to the grain of the tolerance, never finer
    than 1/20 (H14). A joint telling has no points at all. The mediator's has everything.

    Parameters
    ----------
    dispute, settlement
        What was settled, and the result.
    audience
        ``"mediator"``, ``"joint"``, or a party's id.
    language
        One of ``LANGUAGES``. Without it: the party's own; for other audiences the language that
        all sides share; else English.
    verdicts
        What the properties say, by name, as the façade's ``properties_of`` returns it.
    remedies
        What would make it even, as the façade's ``remedies`` returns it. A red line that stands in
        the way is told to nobody but the side that drew it.

    Raises
    ------
    UnknownName
        If there is no such language (H3), or no such audience: nobody of that name, or a party
        whose id is an audience's name as well (H14).
    """
    _check(dispute, audience)
    viewer = None if audience in (MEDIATOR, JOINT) else audience
    voice = Voice(_language(dispute, viewer, language))
    names = Names(dispute, voice, viewer)
    sees_all = audience == MEDIATOR
    scene = Scene(dispute, settlement, voice, names, viewer, verdicts or {}, sees_all, remedies)
    if viewer is not None:
        sections = tuple(for_party(scene, viewer))
    else:
        sections = tuple(for_all(scene) if audience == JOINT else for_mediator(scene))
    invented = settlement.illustrative or dispute.illustrative
    return Telling(voice.language, _title(names, voice, (audience, viewer), invented), sections)


def reader(
    dispute: Dispute, audience: str, language: str | None, invented: bool
) -> tuple[Voice, Names, str]:
    """Return, for one audience, the voice, the names of things, and the title of a telling.

    Raises
    ------
    UnknownName
        If there is no such language (H3) or audience (H14).
    """
    viewer = None if audience in (MEDIATOR, JOINT) else audience
    voice = voice_for(dispute, audience, language)
    names = Names(dispute, voice, viewer)
    return voice, names, _title(names, voice, (audience, viewer), invented)


def voice_for(dispute: Dispute, audience: str, language: str | None) -> Voice:
    """Return the voice in which an audience is told something.

    Raises
    ------
    UnknownName
        If there is no such language (H3) or audience (H14).
    """
    _check(dispute, audience)
    return Voice(_language(dispute, None if audience in (MEDIATOR, JOINT) else audience, language))


def _check(dispute: Dispute, audience: str) -> None:
    known = (MEDIATOR, JOINT, *dispute.party_ids)
    if known.count(audience) == 1:
        return
    found, remedy = "a party's id that is also an audience's name", "Give the party another id."
    if audience not in known:
        found = "nobody in this dispute"
        remedy = did_you_mean(audience, known) or "Use one of these."
    expected = f"Known: {', '.join(known[:20])}"
    raise UnknownName(Fault(f"Audience {audience[:80]!r}", found, expected, "H14", remedy))


def _language(dispute: Dispute, viewer: str | None, asked: str | None) -> str:
    if asked is not None:
        return speakable(asked) or asked
    readers = dispute.parties if viewer is None else (dispute.party(viewer),)
    theirs = {speakable(reader.language) for reader in readers}
    return (theirs.pop() if len(theirs) == 1 else None) or LANGUAGES[0]


def _title(names: Names, voice: Voice, reader: tuple[str, str | None], invented: bool) -> str:
    audience, viewer = reader
    title = names.title() or voice.say("A dispute")
    if viewer is not None:
        title = voice.say("{title}: for {party}", title=title, party=names.party(viewer))
    elif audience == JOINT:
        title = voice.say("{title}: for all sides", title=title)
    else:
        title = voice.say("{title}: for the mediator", title=title)
    if invented:
        notice = voice.say("Illustrative: every number is invented; it is nobody's position.")
        return f"{notice}\n{title}"
    return title
