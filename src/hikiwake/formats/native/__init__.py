"""Hikiwake's own format (design.md section 5): files in, a checked dispute out, and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hikiwake.errors import Fault, Unsupported
from hikiwake.formats.native.build import build
from hikiwake.formats.native.source import (
    SUFFIXES,
    Gathering,
    has_xml,
    main_file,
    missing,
    nothing_to_read,
)
from hikiwake.formats.native.write import preference_data, to_data, write
from hikiwake.model import Dispute

__all__ = [
    "dispute_from_text",
    "preference_data",
    "read_native",
    "read_public",
    "to_data",
    "write",
]


def read_native(path: Path, replaced: Mapping[str, Path]) -> Dispute:
    """Return the dispute at a path; see :func:`hikiwake.formats.read`."""
    try:
        folder, there = path.is_dir(), path.exists() or path.is_symlink()
    except (OSError, ValueError):
        folder, there = False, False
    if not there:
        raise missing(path, str(path))
    gathering = Gathering(replaced)
    if not folder:
        gathering.from_file(path)
    elif (main := main_file(path)) is not None:
        gathering.from_folder(path, main)
    elif has_xml(path):
        return _genius(path, replaced)
    else:
        raise nothing_to_read(path)
    return build(gathering.tree, gathering.findings)


def read_public(path: Path, own: Mapping[str, Path]) -> Dispute:
    """Return a dispute as one side may know it: everybody else's preference is empty.

    Parameters
    ----------
    path
        Its file, or the folder of ``dispute.toml``. What is private there is not looked at.
    own
        The preference files that are at hand, by party.

    Raises
    ------
    InputError
        With every fault that was found.
    """
    main = main_file(path) if path.is_dir() else path
    if main is None:
        raise nothing_to_read(path)
    gathering = Gathering(own)
    gathering.from_public(main)
    return build(gathering.tree, gathering.findings)


def read_own(path: Path, party: str, given: Mapping[str, Path]) -> Dispute | None:
    """Return a dispute as one party may know it, from its own file; None where none is at hand.

    Its file is the one that is given, if it is the only one, or the one among the dispute's
    ``preferences/``. Nobody else's is looked at, so that they need not be there.

    Raises
    ------
    InputError
        With every fault that was found.
    """
    if given:
        own = given.get(party) if len(given) == 1 else None
    else:
        names = {f"{party}{suffix}" for suffix in SUFFIXES}
        beside = path / "preferences"
        found = [p for p in beside.iterdir() if p.name in names] if beside.is_dir() else []
        own = found[0] if len(found) == 1 else None
    return read_public(path, {party: own}) if own is not None and is_native(path) else None


def is_native(path: Path) -> bool:
    """Tell whether a path is a dispute of this format, by its name or what is in the folder."""
    return main_file(path) is not None if path.is_dir() else path.suffix in SUFFIXES


def dispute_from_text(text: str, name: str = "dispute") -> Dispute:
    """Return the dispute that a TOML or JSON text means, checked, every number exact.

    Raises
    ------
    InputError
        With every fault that was found; ``name`` is what syntax faults call the text.

    Examples
    --------
    >>> dispute_from_text("hikiwake = 1").parties
    Traceback (most recent call last):
    hikiwake.errors.InvalidDispute: parties: The dispute: no `parties`. `parties` is needed ...
    """
    gathering = Gathering({})
    gathering.from_text(text, name)
    return build(gathering.tree, gathering.findings)


def _genius(folder: Path, replaced: Mapping[str, Path]) -> Dispute:
    if replaced:
        raise Unsupported(
            Fault(
                "The folder",
                "a GENIUS scenario with preferences to replace",
                "Replacing works with Hikiwake's own format",
                "H20",
                "Change the scenario's XML files instead.",
                str(folder),
            )
        )
    from hikiwake.formats.genius import read_genius

    return read_genius(folder)
