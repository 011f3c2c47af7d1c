"""``--certificate`` and ``--certificates``: writing what others may check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hikiwake.explain.language.voice import Voice


def require_places(dispute: Any, full: Path | None, folder: Path | None) -> None:
    """Refuse places that are not free, before anything is searched.

    Raises
    ------
    InputError
        If something stands there (H19), or a party cannot have a file of its own (H3).
    """
    from hikiwake.cli.target import require_free

    for place in (full, folder):
        if place is not None:
            require_free(place)
    if folder is not None:
        from hikiwake.formats.convert import require_file_names

        require_file_names(dispute.party_ids)


def hand_over(
    dispute: Any,
    settlement: Any,
    places: tuple[Path | None, Path | None],
    voice: Voice,
    for_mediator: bool = True,
) -> None:
    """Write the certificates, or say why there are none, beside the output proper.

    ``places`` are where the full one goes, and the folder for all. ``for_mediator``: so is the
    output.
    """
    full, folder = places
    if full is not None or settlement.certificate is None:
        hand_over_full(settlement, full, voice, for_mediator)
    if folder is not None and settlement.certificate is not None:
        _for_others(dispute, settlement, folder, voice)


def hand_over_full(
    found: Any, target: Path | None, voice: Voice, for_mediator: bool = True
) -> None:
    """Write the certificate of what was found, or say why there is none."""
    from hikiwake.cli.screen import Screen, tell_beside
    from hikiwake.cli.target import write_files
    from hikiwake.explain.notices import around

    if found is None:
        tell_beside(around.nothing_to_certify(voice))
    elif found.certificate is None:
        from hikiwake.explain.language.layout import wrap
        from hikiwake.explain.notices.checked import Retelling

        why = Retelling(voice.language).no_certificate(found.certificate_reason)
        tell_beside(wrap(why, Screen().width))
    elif target is not None:
        write_files(target, {target: found.certificate.text})
        tell_beside(around.certificate(voice, target, for_mediator))


def _for_others(dispute: Any, settlement: Any, folder: Path, voice: Voice) -> None:
    """Write everything into one folder that only its owner may open."""
    from hikiwake.api import private_certificates
    from hikiwake.cli.screen import tell_beside
    from hikiwake.cli.target import make_private, write_files
    from hikiwake.explain.notices import around

    if settlement.package is None:
        tell_beside(around.nothing_for_others(voice))
        return
    made, public = private_certificates(dispute, settlement), folder / "public.json"
    own = {party: folder / "parties" / f"{party}.json" for party in dispute.party_ids}
    files = {
        folder / "full.json": settlement.certificate.text,
        folder / "opening.json": made.opening,
    }
    files |= {path: made.parties[party] for party, path in own.items()}
    make_private(folder)
    write_files(folder, {**files, public: made.public}, public=[public])
    each = {party: path.relative_to(folder) for party, path in own.items()}
    tell_beside(around.certificates(voice, folder, each))
