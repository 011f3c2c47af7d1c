"""``--certificate`` and ``--certificates``: writing what others may check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer


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


def hand_over(dispute: Any, settlement: Any, full: Path | None, folder: Path | None) -> None:
    """Write the certificates, or say why there are none, beside the output proper."""
    if full is not None or settlement.certificate is None:
        hand_over_full(settlement, full)
    if folder is not None and settlement.certificate is not None:
        _for_others(dispute, settlement, folder)


def hand_over_full(found: Any, target: Path | None) -> None:
    """Write the certificate of what was found, or say why there is none."""
    from hikiwake.cli.target import write_files

    if found is None:
        typer.echo("No certificate: there is no package.", err=True)
    elif found.certificate is None:
        typer.echo(f"No certificate: {found.certificate_reason}.", err=True)
    elif target is not None:
        write_files(target, {target: found.certificate.text})
        typer.echo(f"Certificate: {target}. It holds everybody's points.", err=True)


def _for_others(dispute: Any, settlement: Any, folder: Path) -> None:
    """Write everything into one folder that only its owner may open."""
    from hikiwake.api import private_certificates
    from hikiwake.cli.target import make_private, write_files

    if settlement.package is None:
        typer.echo("No certificates for others: there is no package.", err=True)
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
    typer.echo(f"Certificates: {folder}", err=True)
    typer.echo("  full.json, opening.json: keep both to yourself, and together.", err=True)
    for party, path in own.items():
        typer.echo(f"  {path.relative_to(folder)}: for {party} alone.", err=True)
    typer.echo("  public.json: for everybody.", err=True)
