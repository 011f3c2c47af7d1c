"""Reading and writing disputes: Hikiwake's own TOML and JSON, and what others wrote."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hikiwake.errors import Fault, Unsupported
from hikiwake.formats.detect import foreign_reader
from hikiwake.formats.native import read_native
from hikiwake.model import Dispute

__all__ = ["read"]


def read(path: str | Path, *, preferences: Mapping[str, str | Path] | None = None) -> Dispute:
    """Return the dispute that stands at a path, checked, every number exact.

    What it is, is told from its content: a TOML or JSON file; a folder with ``dispute.toml`` (or
    ``.json``) and ``preferences/<party>.toml``; a folder of files that GENIUS, GeniusWeb or NegMAS
    wrote; or score sheets: a folder of CSV files, one CSV file, or an Excel workbook.

    Parameters
    ----------
    path
        A file or a folder.
    preferences
        Files that replace the preferences of the parties they are given for.

    Raises
    ------
    FormatError
        If a file cannot be read as what it claims to be (H16, H19).
    InvalidDispute
        With *every* fault that was found, each at its place, none with private numbers (H14).
    """
    foreign = foreign_reader(Path(path))
    if foreign is not None:
        if preferences:
            raise _not_replaceable(Path(path))
        return foreign(Path(path))
    return read_native(Path(path), {k: Path(v) for k, v in (preferences or {}).items()})


def _not_replaceable(path: Path) -> Unsupported:
    return Unsupported(
        Fault(
            f"{'Folder' if path.is_dir() else 'File'} {path.name!r}",
            "files of another program, with preferences to replace",
            "Replacing works with Hikiwake's own format",
            "H20",
            "Write it in our own format first, with `hikiwake import`.",
            str(path),
        )
    )
