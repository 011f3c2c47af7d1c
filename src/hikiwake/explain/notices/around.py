"""What is said beside a text: which files were written with it, and what they hold.

Every function returns lines that are ready to be shown: sentences are wrapped, paths are not.
"""

from __future__ import annotations

from collections.abc import Mapping

from hikiwake.explain.language.layout import clean, wrap
from hikiwake.explain.language.voice import Voice


def picture(voice: Voice, path: object, reading: str, width: int) -> list[str]:
    """Return that a picture was drawn, and what can be read from it, if that is said."""
    return [
        voice.say("Picture: {path}", path=str(path)),
        *(wrap(reading, width) if reading else ()),
    ]


def calendar(voice: Voice, path: object, dated: int, undated: int) -> list[str]:
    """Return that a calendar was written, and how many steps have no date to stand in it."""
    lines = [
        voice.say("Calendar: {path}", path=str(path)),
        voice.say("Steps with a date: {number}.", number=voice.whole(dated)),
    ]
    if undated:
        lines.append(voice.say("Left out, without a date: {number}.", number=voice.whole(undated)))
    return lines


def certificate(voice: Voice, path: object, for_mediator: bool) -> list[str]:
    """Return that a certificate with everybody's points was written, and for whom it is."""
    said = [voice.say("Certificate: {path}. It holds everybody's points.", path=str(path))]
    if not for_mediator:  # what is told beside it is for others
        said.append(voice.say("It is for the mediator alone, whoever reads the rest."))
    return said


def plan_certificate(voice: Voice, path: object) -> list[str]:
    """Return that the certificate of a plan was written."""
    return [voice.say("Certificate: {path}. Everybody's figures are in it.", path=str(path))]


def nothing_to_certify(voice: Voice) -> list[str]:
    """Return that there is nothing that a certificate could be of."""
    return [voice.say("No certificate: there is no package.")]


def nothing_for_others(voice: Voice) -> list[str]:
    """Return that the certificates for each side and for everybody need a package."""
    return [voice.say("No certificates for others: there is no package.")]


def certificates(voice: Voice, folder: object, files: Mapping[str, object]) -> list[str]:
    """Return that a folder of certificates was written, and who may have which of its files.

    ``files`` has each party's own.
    """
    to_keep = voice.listing(("full.json", "opening.json"))
    each = (
        voice.say("{file}: for {party} alone.", file=str(file), party=clean(party))
        for party, file in files.items()
    )
    return [
        voice.say("Certificates: {path}", path=str(folder)),
        "  " + voice.say("{files}: keep both to yourself, and together.", files=to_keep),
        *("  " + line for line in each),
        "  " + voice.say("{file}: for everybody.", file="public.json"),
    ]


def sealed_feelings(voice: Voice, path: object, seal: str) -> list[str]:
    """Return that what a side feels was written, and the seal of it that everybody may see."""
    return [
        voice.say("Written: {path} (readable by you only)", path=str(path)),
        voice.say("Seal, for everybody to see: {seal}", seal=seal),
    ]
