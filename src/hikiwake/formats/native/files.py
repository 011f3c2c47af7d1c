"""From a path to text: bounded, regular, UTF-8. Every trap becomes a fault (H16, H19)."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from hikiwake.errors import Fault, FormatError, asked, nearest

MAX_BYTES = 4 * 1024 * 1024


def read_text(path: Path, name: str, budget: int = MAX_BYTES) -> str:
    """Return the text of a file that a person wrote.

    Parameters
    ----------
    path
        The file. A link is followed; what it leads to must be a regular file.
    name
        What the file is called in faults.
    budget
        How many bytes it may still have, at most 4 MiB.

    Raises
    ------
    FormatError
        If it is missing, no regular file, too large, or not UTF-8 text (H16, H19).
    """
    data = _read_bytes(path, name, min(budget, MAX_BYTES))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused(name, "a file in UTF-16", "UTF-8 text", "Save it again as UTF-8.")
    if b"\0" in data:
        raise _refused(name, "a binary file", "A text file", "Give the TOML or JSON file.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refused(
            f"{name} line {line}", "bytes that are not UTF-8", "UTF-8 text", "Save it as UTF-8."
        ) from None
    if not text.strip():
        raise _refused(name, "an empty file", "Something in it", "Write it first, or give another.")
    return text


def _read_bytes(path: Path, name: str, budget: int) -> bytes:
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except FileNotFoundError:
        raise missing(path, name, "A file") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "a path that cannot exist"
        raise _refused(name, f"it cannot be opened ({why})", "A file", "Check the path.") from None
    try:
        if not stat.S_ISREG(mode := os.fstat(handle).st_mode):
            found = "a folder" if stat.S_ISDIR(mode) else "no regular file"
            raise _refused(name, found, "A file", "Name the file itself.")
        with os.fdopen(handle, "rb", closefd=False) as file:
            data = file.read(budget + 1)
    except OSError:
        raise _refused(name, "it cannot be read", "A file", "Check the path.") from None
    finally:
        os.close(handle)
    if len(data) > budget:
        together = "" if budget == MAX_BYTES else " together with the files before it"
        raise _too_large(name, f"too large{together}")
    return data


def bounded_text(text: str, name: str) -> str:
    """Return a text in memory, held to the bounds of a file (H16, H19)."""
    if len(text) > MAX_BYTES:
        raise _too_large(name, "too large")
    if "\0" in text:
        raise _refused(name, "a zero character", "Text", "Remove it.")
    return text


def _too_large(name: str, found: str) -> FormatError:
    return _refused(
        name,
        found,
        "A dispute has at most 4 MiB, all of its files together",
        "Leave out what does not matter to the dispute.",
        "H16",
    )


def missing(path: Path, name: str, expected: str = "A dispute") -> FormatError:
    """Return the error that nothing stands at a path, with the nearest names beside it.

    Names are compared without their endings: any two that end in .toml would be alike.
    """
    try:
        beside = sorted(path.parent.iterdir())[:1000]
    except (OSError, ValueError):
        beside = []
    near = nearest(path.stem, {entry.stem for entry in beside})
    alike = [entry.name for stem in near for entry in beside if entry.stem == stem]
    remedy = asked(alike[:3]) or "Check the path."
    return _refused(name, "no such file or folder", expected, remedy)


def _refused(
    where: str, found: str, expected: str, remedy: str, convention: str = "H19"
) -> FormatError:
    return FormatError(Fault("The file", found, expected, convention, remedy, where))
