"""Where commands write: a place that is free, with rights that fit what is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from hikiwake.errors import Fault, InputError
from hikiwake.files import PRIVATE, hindrance

PUBLIC = 0o644


def require_free(target: Path) -> None:
    """Refuse a place where something stands already, or nothing can be written.

    Raises
    ------
    InputError
        With what to do (H19).
    """
    if target.exists() or target.is_symlink():
        remedy = "Choose another name, or move what stands there."
        raise _fault(target, "there already", "A name that is free", remedy)
    if (why := hindrance(target, folders_are_made=True)) is not None:
        remedy = "Choose another folder, or change its rights."
        raise _fault(target, why, "A folder that can be written to", remedy)


def make_private(folder: Path) -> None:
    """Make a folder that nobody else can look into.

    Raises
    ------
    InputError
        If it cannot be made (H19).
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(0o700)
    except OSError as error:
        why = (error.strerror or "cannot be made").lower()
        remedy = "Choose another folder, or change its rights."
        raise _fault(folder, why, "A folder that can be made", remedy) from None


def write_files(
    target: Path, files: Mapping[Path, str | bytes], public: Collection[Path] = ()
) -> None:
    """Write new files, all or none, all but the public ones readable by nobody else.

    Raises
    ------
    InputError
        If one of them cannot be written (H19).
    """
    begun: list[Path] = []
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(PUBLIC if path in public else PRIVATE, exist_ok=False)
            begun.append(path)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        for path in begun:
            path.unlink(missing_ok=True)
        why = (error.strerror or "cannot be written").lower()
        remedy = "Choose another folder, or change its rights."
        raise _fault(target, why, "A folder that can be written to", remedy) from None


def _fault(target: Path, found: str, expected: str, remedy: str) -> InputError:
    return InputError(Fault(f"Path {str(target)!r}", found, expected, "H19", remedy))
