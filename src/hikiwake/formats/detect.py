"""What a file or folder that is not in Hikiwake's own format is, told from its content (H20)."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from hikiwake.errors import Fault, FormatError
from hikiwake.model import Dispute

MAX_LOOKED_AT = 65_536  # bytes of a file that are looked at

Reader = Callable[[Path], Dispute]

_MAIN = ("dispute.toml", "dispute.json")
_OWN = (".toml", ".json")
_YAML = (".yml", ".yaml")


def foreign_reader(path: Path) -> Reader | None:
    """Return what reads a path that another program wrote; None for Hikiwake's own, and GENIUS."""
    try:
        if path.is_dir():
            return _of_folder(path)
        return _of_file(path) if path.is_file() else None
    except (OSError, ValueError):
        return None


def _of_file(path: Path) -> Reader | None:
    if path.suffix.lower() in _YAML or (
        path.suffix.lower() == ".json" and _is_one_of_many(_whole(path))
    ):
        return _refuse_one_of_many
    if path.suffix.lower() in _OWN:
        return None
    from hikiwake.formats.scoresheet import SUFFIXES, is_scoresheet, is_workbook, read_scoresheet

    start = _start(path)
    if is_workbook(start) or path.suffix.lower() in SUFFIXES:
        return read_scoresheet
    return read_scoresheet if is_scoresheet(start.decode("utf-8", "replace")) else None


def _is_one_of_many(text: str) -> bool:
    """Tell whether a text is a file of a folder that GeniusWeb, NegMAS or NegoLog wrote."""
    if '"hikiwake"' in text:
        return False
    from hikiwake.formats.geniusweb import is_geniusweb
    from hikiwake.formats.negmas import is_negmas, is_ufun
    from hikiwake.formats.negolog import is_negolog

    return is_geniusweb(text) or is_negmas(text) or is_ufun(text) or is_negolog(text)


def _refuse_one_of_many(path: Path) -> Dispute:
    raise FormatError(
        Fault(
            f"File {path.name!r}",
            "one file of those that another program wrote",
            "The folder that holds the domain and each party's file (GeniusWeb, NegMAS, NegoLog)",
            "H20",
            "Give the path of the folder.",
            str(path),
        )
    )


def _of_folder(folder: Path) -> Reader | None:
    if any(os.path.lexists(folder / name) for name in _MAIN):
        return None
    files = [p for p in sorted(folder.iterdir()) if p.is_file() and p.name[0] not in "._~"]
    by_kind: dict[str, list[Path]] = {}
    for path in files:
        by_kind.setdefault(path.suffix.lower(), []).append(path)
    if ".xml" in by_kind:
        return None
    yaml = [path for kind in _YAML for path in by_kind.get(kind, [])]
    json = by_kind.get(".json", [])
    if yaml or json:
        found = _of_trees(yaml, json)
        if found is not None:
            return found
    from hikiwake.formats.scoresheet import BOOKS, SUFFIXES, read_scoresheet

    return read_scoresheet if any(kind in by_kind for kind in (*SUFFIXES, *BOOKS)) else None


def _of_trees(yaml: list[Path], json: list[Path]) -> Reader | None:
    from hikiwake.formats.geniusweb import is_geniusweb, read_geniusweb
    from hikiwake.formats.negmas import is_negmas, read_negmas
    from hikiwake.formats.negolog import is_negolog, read_negolog

    for path in (*yaml, *json):
        text = _whole(path)
        if is_negmas(text):
            return read_negmas
        if path.suffix.lower() == ".json" and is_geniusweb(text):
            return read_geniusweb
        if path.suffix.lower() == ".json" and is_negolog(text):
            return read_negolog
    return None


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_LOOKED_AT)


def _whole(path: Path) -> str:
    """Return a file's text as far as one may be read at all; bytes that are no UTF-8 replaced."""
    with path.open("rb") as file:
        return file.read(4 * 2**20).decode("utf-8", "replace")
