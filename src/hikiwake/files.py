"""Files that nobody else may read: whether one can stand somewhere, and writing it."""

from __future__ import annotations

import os
from pathlib import Path

PRIVATE = 0o600


def hindrance(target: Path, *, folders_are_made: bool = False) -> str | None:
    """Return why no file can be written at a place, before there is anything to write.

    None promises nothing: the place may change, or the disk be full, when it comes to writing.
    """
    if target.is_dir():
        return "a folder"
    folder = target.parent
    while folders_are_made and not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not folder.is_dir():
        return "not a directory" if folder.exists() else "no such file or directory"
    return None if os.access(folder, os.W_OK | os.X_OK) else "permission denied"


def replace_private(target: Path, content: bytes) -> None:
    """Write a file, whole or not at all, readable by nobody else; what stood there is replaced.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    beside = target.with_name(f".{target.name}.new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.replace(target)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
