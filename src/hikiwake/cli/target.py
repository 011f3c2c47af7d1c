"""Where commands write: a place that is free, with rights that fit what is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import typer

from hikiwake.errors import Fault, InputError

PRIVATE = 0o600
PUBLIC = 0o644


def require_free(target: Path) -> None:
    """Refuse a place where something stands already.

    Raises
    ------
    InputError
        With what to do (H19).
    """
    if target.exists() or target.is_symlink():
        remedy = "Choose another name, or move what stands there."
        raise _fault(target, "there already", "A name that is free", remedy)


def write_files(
    target: Path, files: Mapping[Path, str | bytes], public: Collection[Path] = ()
) -> None:
    """Write new files, all but the public ones readable by nobody else.

    Raises
    ------
    InputError
        If one of them cannot be written (H19).
    """
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(PUBLIC if path in public else PRIVATE, exist_ok=False)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        why = (error.strerror or "cannot be written").lower()
        remedy = "Choose another folder, or change its rights."
        raise _fault(target, why, "A folder that can be written to", remedy) from None


def hand_over(found: Any, target: Path) -> None:
    """Write the certificate of what was found, or say why there is none, beside the output."""
    if found.certificate is None:
        typer.echo(f"No certificate: {found.certificate_reason}.", err=True)
        return
    write_files(target, {target: found.certificate.text})
    typer.echo(f"Certificate: {target}. It holds everybody's points.", err=True)


def _fault(target: Path, found: str, expected: str, remedy: str) -> InputError:
    return InputError(Fault(f"Path {str(target)!r}", found, expected, "H19", remedy))
